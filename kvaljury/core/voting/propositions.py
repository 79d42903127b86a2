"""Whether the order in which proposals are put against each other would decide."""

from __future__ import annotations

from kvaljury.core.model.voting import Grades
from kvaljury.core.voting.pairwise import compare_pairs, margins_of, smith_set


def order_winners(grades: Grades) -> tuple[str, ...]:
    """Give those who could win if proposals were put two by two, each winner against the next.

    With more than one of them, whoever chooses the order chooses the winner: it is a warning
    that no majority stands behind the result. An even pair may end either way here, since a
    casting vote would settle it.

    Args:
        grades: of at least one nominee.

    Returns:
        Ids, sorted: those from whom a chain of pairs that are not lost leads to all others.
    """
    return smith_set(grades.nominees, margins_of(compare_pairs(grades)))

"""Whether the order in which proposals are put against each other would decide."""

from __future__ import annotations

from itertools import permutations

from kvaljury.core.model.voting import Grades
from kvaljury.core.voting.pairwise import Margins, compare_pairs, margins_of, smith_set

_MOST_TRIED = 7


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


def try_every_order(grades: Grades) -> tuple[str, ...]:
    """Find the same by carrying out every order; for checks, with few nominees.

    Args:
        grades: of at most seven nominees.

    Raises:
        ValueError: for more.
    """
    if len(grades.nominees) > _MOST_TRIED:
        raise ValueError(f"more than {_MOST_TRIED} nominees")
    margins = margins_of(compare_pairs(grades))
    won: set[str] = set()
    for order in permutations(grades.nominees):
        won |= _winners(order, margins)
    return tuple(sorted(won))


def _winners(order: tuple[str, ...], margins: Margins) -> set[str]:
    standing = {order[0]}
    for challenger in order[1:]:
        after = {a for a in standing if margins[a, challenger] >= 0}
        if any(margins[challenger, a] >= 0 for a in standing):
            after.add(challenger)
        standing = after
    return standing

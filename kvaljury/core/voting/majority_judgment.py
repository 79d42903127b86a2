"""Majority judgment: the median grade, and ties told apart by what stands around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise

from kvaljury.core.model.voting import Figure, Grades, Tally
from kvaljury.core.voting.tiers import tiers_by
from kvaljury.errors import Text

_UNGRADED = -1
_HALF = Fraction(1, 2)


def majority_judgment(grades: Grades) -> Tally:
    """Rank by majority-grade; equal ones by the majority-value (Balinski and Laraki 2007).

    The majority-grade is the middle grade, the lower of two. Among equals one such grade is
    taken away from each, again and again, until the middle ones differ: only nominees with the
    same share of jurors at every level stay tied. Where jurors abstain on some nominees, shares
    of those who grade are compared; a nominee whom nobody grades stands below all others.

    Args:
        grades: of at least one nominee.
    """
    given = {nominee: grades.of(nominee) for nominee in grades.nominees}
    values = majority_values(given)
    nobody = Text("no grade")
    middle = {n: grades.levels[_middle(g)] if g else nobody for n, g in given.items()}
    above = {n: _share(g, above=True) for n, g in given.items()}
    below = {n: _share(g, above=False) for n, g in given.items()}
    return Tally(
        tiers_by(values),
        (
            Figure(Text("Majority-grade"), middle),
            Figure(Text("Share above it"), above),
            Figure(Text("Share below it"), below),
        ),
    )


def majority_values(given: dict[str, list[int]]) -> dict[str, tuple[int, ...]]:
    """Give what nominees are compared by: the grades met on the way outwards from the middle.

    After a share t of all grades has been taken away, the next ones are those at the quantiles
    (1 - t)/2 and (1 + t)/2; they change at finitely many t only, so that no number of jurors
    makes this long.

    Args:
        given: sorted grades by nominee.

    Returns:
        By nominee, sequences of equal length to be compared from the left; a lone -1 for a
        nominee without grades.
    """
    steps = sorted({Fraction(0), Fraction(1)} | set(_steps(given.values())))
    halfway = [(low + high) / 2 for low, high in pairwise(steps)]
    return {n: _outwards(g, halfway) if g else (_UNGRADED,) for n, g in given.items()}


def _steps(given: Iterable[Sequence[int]]) -> Iterable[Fraction]:
    for grades in given:
        for rank in range(len(grades)):
            if rank and grades[rank] != grades[rank - 1]:
                yield abs(1 - Fraction(2 * rank, len(grades)))


def _outwards(grades: Sequence[int], shares: Iterable[Fraction]) -> tuple[int, ...]:
    count = len(grades)
    return tuple(
        grades[int((_HALF + side * share / 2) * count)] for share in shares for side in (-1, 1)
    )


def _middle(grades: Sequence[int]) -> int:
    return grades[(len(grades) - 1) // 2]


def _share(grades: Sequence[int], *, above: bool) -> Fraction:
    if not grades:
        return Fraction(0)
    middle = _middle(grades)
    beyond = sum(grade > middle if above else grade < middle for grade in grades)
    return Fraction(beyond, len(grades))

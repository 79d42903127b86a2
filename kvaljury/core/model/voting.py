"""Grades of a jury, and what a voting method makes of them: tiers in which ties stay ties."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

import attrs

from kvaljury.errors import Text


@attrs.frozen
class Grades:
    """What the jurors who take part in a class think of each nominee.

    Attributes:
        nominees: ids, sorted.
        levels: named levels from the lowest to the highest.
        ballots: a juror each, in any order: for each nominee the index of the level, higher is
            better, or None where the juror abstains.
    """

    nominees: tuple[str, ...]
    levels: tuple[Text, ...]
    ballots: tuple[tuple[int | None, ...], ...]

    def of(self, nominee: str) -> list[int]:
        """Give the grades of a nominee, lowest first, without abstentions."""
        place = self.nominees.index(nominee)
        return sorted(grade for ballot in self.ballots if (grade := ballot[place]) is not None)


@attrs.frozen
class Figure:
    """A number or word for each nominee, as a tally is shown.

    Attributes:
        label: what it is.
        values: by nominee.
    """

    label: Text
    values: Mapping[str, int | Fraction | Text] = attrs.field(hash=False)


@attrs.frozen
class Pair:
    """How many jurors grade one nominee above another.

    Attributes:
        first: before ``second`` by id.
        for_first: jurors who grade it higher.
        for_second: likewise.
    """

    first: str
    second: str
    for_first: int
    for_second: int


@attrs.frozen
class Tally:
    """What a voting method makes of grades.

    Attributes:
        tiers: best first; the nominees of a tier are tied, sorted by id.
        figures: what the tiers rest on, in the order in which they decide.
        pairs: every pair, where the method compares pairs.
        cycle: nominees of which each is graded above the next, and the last above the first,
            by more jurors than the other way round; empty where there is no such cycle.
        notes: what people should know of it.
    """

    tiers: tuple[tuple[str, ...], ...]
    figures: tuple[Figure, ...] = ()
    pairs: tuple[Pair, ...] = ()
    cycle: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()


@attrs.frozen
class VotingMethod:
    """A way from grades to tiers.

    Attributes:
        name: what editions call it.
        label: what people call it.
        tally: grades of at least one nominee to tiers; neither the order of nominees nor that of
            ballots may decide.
    """

    name: str
    label: Text
    tally: Callable[[Grades], Tally]


@attrs.frozen
class Places:
    """What tiers say of a number of awards.

    Attributes:
        within: nominees who stand within the number whatever becomes of ties, sorted.
        tied: nominees of whom some, but not all, have room; empty where no tie is at the cut.
        room: how many of the tied have room.
    """

    within: tuple[str, ...]
    tied: tuple[str, ...] = ()
    room: int = 0


def places(tiers: Sequence[Sequence[str]], awards: int) -> Places:
    """Fill a number of awards from the top; a tie at the cut is told, never broken.

    Args:
        tiers: best first.
        awards: at least 0.

    >>> places([("A",), ("B", "C")], 2)
    Places(within=('A',), tied=('B', 'C'), room=1)
    """
    within: list[str] = []
    for tier in tiers:
        room = awards - len(within)
        if room <= 0:
            break
        if len(tier) > room:
            return Places(tuple(sorted(within)), tuple(sorted(tier)), room)
        within += tier
    return Places(tuple(sorted(within)))

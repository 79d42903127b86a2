"""How far what a team agreed on lies from what its examiners had set before, as exact values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import sqrt

import attrs

from kvaljury.errors import Text


@attrs.frozen
class Deviation:
    """Agreed leaf scores less the examiners' own, in points of 0-100.

    Attributes:
        leaves: number of differences, at least 1.
        mean: of the differences; above 0 where the team agreed on more than was set.
        variance: of the differences, by n - 1; None where there is only one.
        low: smallest difference.
        high: largest difference.
    """

    leaves: int
    mean: Fraction
    variance: Fraction | None
    low: Fraction
    high: Fraction

    @classmethod
    def of(cls, differences: Iterable[Fraction]) -> Deviation:
        """Sum up differences.

        Args:
            differences: at least one, in any order.

        >>> Deviation.of([Fraction(5), Fraction(-1)]).mean
        Fraction(2, 1)
        """
        found = tuple(differences)
        n = len(found)
        mean = sum(found, Fraction(0)) / n
        squares = sum(((each - mean) ** 2 for each in found), Fraction(0))
        return cls(n, mean, squares / (n - 1) if n > 1 else None, min(found), max(found))

    @property
    def spread(self) -> float | None:
        """Standard deviation of the differences in points, or None where there is only one."""
        return None if self.variance is None else sqrt(self.variance)


@attrs.frozen
class AgreedMark:
    """What a team agreed on for one criterion.

    Attributes:
        criterion: id, empty for a rubric's only one.
        label: of the criterion.
        value: on the rubric's scale.
        reason: the team's words.
    """

    criterion: str
    label: Text
    value: Fraction
    reason: str


@attrs.frozen
class LeafDrift:
    """A leaf on which a team agreed.

    Attributes:
        leaf: id.
        marks: agreed marks in the order of the rubric's criteria.
        before: mean of the home examiners' own scores, 0-100; None where nobody of the home
            team has marked the leaf in full.
        agreed: agreed score, 0-100; None where a criterion has no agreed mark.
    """

    leaf: str
    marks: tuple[AgreedMark, ...]
    before: Fraction | None
    agreed: Fraction | None

    @property
    def change(self) -> Fraction | None:
        """Agreed score less the mean of the examiners' own, or None where one is not there."""
        if self.before is None or self.agreed is None:
            return None
        return self.agreed - self.before

    @property
    def reasons(self) -> tuple[str, ...]:
        """The team's reasons, each once."""
        return tuple(dict.fromkeys(mark.reason for mark in self.marks))


@attrs.frozen
class ScoreDrift:
    """A score before and after the team agreed: means over the home examiners, 0-100.

    Attributes:
        before: by the examiners' own marks.
        after: by the agreed ones where there are any, else by their own.
    """

    before: Fraction
    after: Fraction

    @property
    def change(self) -> Fraction:
        """Points added by agreeing."""
        return self.after - self.before


@attrs.frozen
class EntryDrift:
    """What agreeing did to an entry.

    Attributes:
        entry: id.
        team: id of its home team, or None.
        total: None where no home examiner has a total.
        areas: by area id, in the order of the instructions; those that nobody has marked are
            left out.
        leaves: with an agreed mark, in the order of the instructions.
        examiners: by id of the home examiners who marked any of these leaves in full.
    """

    entry: str
    team: str | None
    total: ScoreDrift | None
    areas: Mapping[str, ScoreDrift] = attrs.field(hash=False)
    leaves: tuple[LeafDrift, ...]
    examiners: Mapping[str, Deviation] = attrs.field(hash=False)

    def largest(self, most: int) -> tuple[LeafDrift, ...]:
        """Give the leaves that changed most, the largest change in size first.

        Args:
            most: how many; leaves without a change are left out, ties keep their order.
        """
        changed = [(leaf, abs(leaf.change)) for leaf in self.leaves if leaf.change]
        ordered = sorted(changed, key=lambda found: -found[1])
        return tuple(leaf for leaf, _ in ordered[:most])


@attrs.frozen
class ExaminerDrift:
    """What agreeing says of an examiner's marks.

    Attributes:
        examiner: id.
        team: id of the home team.
        entries: on which the examiner's team agreed and the examiner has marks.
        deviation: over all leaves of these.
    """

    examiner: str
    team: str
    entries: int
    deviation: Deviation


@attrs.frozen
class TeamDrift:
    """What agreeing says of a team's marks, over all its examiners and leaves.

    Attributes:
        team: id.
        entries: on which it agreed and has marks of its own.
        deviation: one difference for each examiner and leaf.
    """

    team: str
    entries: int
    deviation: Deviation


@attrs.frozen
class Drift:
    """How far agreed marks lie from individual ones; nothing of it changes a mark.

    Attributes:
        entries: with an agreed mark, by id.
        examiners: by id.
        teams: by id.
    """

    entries: tuple[EntryDrift, ...] = ()
    examiners: tuple[ExaminerDrift, ...] = ()
    teams: tuple[TeamDrift, ...] = ()

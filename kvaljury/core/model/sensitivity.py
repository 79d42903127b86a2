"""What other examiners, areas, weights or ways of combining would have done to the lists."""

from __future__ import annotations

from enum import StrEnum

import attrs

from kvaljury.errors import Text


class Family(StrEnum):
    """The kinds of scenario that a list is tried against."""

    EXAMINERS = "examiners"
    AREAS = "areas"
    RAW = "raw"
    AGGREGATION = "aggregation"
    WEIGHTS = "weights"


@attrs.frozen
class ListedCount:
    """How often an entry is among the k best of its class in a family of scenarios.

    Attributes:
        family: the kind of scenario.
        scenarios: how many could be computed for the class.
        listed: in how many of them the entry is on the list, 0 to ``scenarios``; tied at the
            cut counts as on.
    """

    family: Family
    scenarios: int
    listed: int

    @property
    def share(self) -> float | None:
        """The share of scenarios with the entry on the list, 0-1, or None without scenarios."""
        return self.listed / self.scenarios if self.scenarios else None


@attrs.frozen
class EntrySensitivity:
    """What the scenarios do to one entry; places go by score and no status is computed anew.

    Attributes:
        id: the entry's.
        place: in the edition's own ranking, 1 is best.
        is_listed: whether that place is among the k best, tied at the cut included.
        counts: one for each family, in a fixed order.
        best: best place over the edition's own and all scenarios.
        worst: worst place, likewise.
        taken_off_by: codes of the scenarios that take a listed entry off the list, sorted
            (``"without-examiner:E07"``, ``"without-area:ledning"``, ``"raw"``, ``"mean"``,
            ``"median"``, ``"weights"`` where some draw of the weights does).
        put_on_by: codes of the scenarios that put an unlisted entry on the list, likewise.
    """

    id: str
    place: int
    is_listed: bool
    counts: tuple[ListedCount, ...]
    best: int
    worst: int
    taken_off_by: tuple[str, ...] = ()
    put_on_by: tuple[str, ...] = ()


@attrs.frozen
class LostScenario:
    """A scenario that says nothing of a class.

    Attributes:
        code: of the scenario.
        reason: one sentence.
        count: how many scenarios of that code; draws of weights share one.
    """

    code: str
    reason: Text
    count: int = 1


@attrs.frozen
class ReadingChange:
    """The smallest change of one reading's total that puts one entry in another's place.

    Attributes:
        examiner: id of who read.
        entry: id of what was read; not always one of those that change places.
        before: the total as it is, points.
        after: the total from which the list, by scores as they are before rounding, is another;
            points, 0-100.
        comes_on: ids of the entries that come on the list, sorted.
        falls_off: ids of those that fall off it, sorted.
    """

    examiner: str
    entry: str
    before: float
    after: float
    comes_on: tuple[str, ...]
    falls_off: tuple[str, ...]


@attrs.frozen
class WeightChange:
    """The smallest shift of one area's weight that puts one entry in another's place.

    The other areas keep their proportions.

    Attributes:
        area: id of the area.
        before: its weight as it is, percent.
        after: the weight from which the list is another, percent.
        comes_on: as for a reading's change.
        falls_off: likewise.
    """

    area: str
    before: float
    after: float
    comes_on: tuple[str, ...]
    falls_off: tuple[str, ...]


class ListState(StrEnum):
    """Whether there is a list that a change could alter."""

    OPEN = "open"
    NO_CHOICE = "no_choice"
    TIED = "tied"


@attrs.frozen
class ClassSensitivity:
    """How firmly the list of a class stands.

    Attributes:
        class_id: id of the class.
        shortlist_size: k.
        comparable: False where its entries cannot be compared; then all is about raw scores.
        state: ``no_choice`` where the class has no more entries than k, ``tied`` where entries
            share the last place, so that the slightest change decides.
        entries: the entries to be ranked, in the order of the ranking.
        lost: scenarios that could not be computed for the class, sorted by code.
        reading: the smallest change of a reading that was found, or None where none within
            0-100 alters the list, or none was sought.
        weight: the smallest shift of an area's weight, likewise.
    """

    class_id: str
    shortlist_size: int
    comparable: bool
    state: ListState
    entries: tuple[EntrySensitivity, ...]
    lost: tuple[LostScenario, ...] = ()
    reading: ReadingChange | None = None
    weight: WeightChange | None = None


@attrs.frozen
class Sensitivity:
    """How firmly the lists of an edition stand: advice on what to look at, no decision.

    Attributes:
        draws: number of draws of the areas' weights.
        concentration: of the Dirichlet distribution that they come from; the weight p of an
            area, as a share, has the standard deviation sqrt(p (1 - p) / (concentration + 1)).
        seed: of the draws.
        keeps_estimates: whether the draws of weights keep what the method estimated for the
            ranking, as a mixed model's variance components; all else estimates it anew.
        classes: in the edition's order.
    """

    draws: int
    concentration: float
    seed: int
    keeps_estimates: bool
    classes: tuple[ClassSensitivity, ...]

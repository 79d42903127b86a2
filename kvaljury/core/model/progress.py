"""Who has delivered what by a day and what is missing, as values."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction

import attrs

from kvaljury.core.model.agreement import DividedEntry
from kvaljury.core.model.edition import DocumentCheck, Remark
from kvaljury.core.model.rules import Deadline


class Completeness(StrEnum):
    """How much of what is expected is there."""

    NONE = "none"
    PARTLY = "partly"
    COMPLETE = "complete"


class ReadingKind(StrEnum):
    """Why an examiner reads an entry; nobody waits for an extra reading."""

    HOME = "home"
    GUEST = "guest"
    EXTRA = "extra"


class Deliverer(StrEnum):
    """Who a deadline is for."""

    ENTRY = "entry"
    EXAMINER = "examiner"
    TEAM = "team"
    NOBODY = "nobody"


@attrs.frozen
class MarkCount:
    """Marks given of those expected, one for each criterion of each leaf.

    Attributes:
        given: from 0 to expected.
        expected: number of marks.
        missing: ids of the leaves that lack a mark, in the order of the instructions.
    """

    given: int
    expected: int
    missing: tuple[str, ...] = ()

    @property
    def state(self) -> Completeness:
        """None where nothing of something is given, complete where nothing is missing."""
        if self.given == self.expected:
            return Completeness.COMPLETE
        return Completeness.PARTLY if self.given else Completeness.NONE


@attrs.frozen
class ReadingProgress:
    """What an examiner has marked of an entry."""

    entry: str
    examiner: str
    kind: ReadingKind
    marks: MarkCount


@attrs.frozen
class ExaminerProgress:
    """What an examiner has marked.

    Attributes:
        examiner: id.
        name: or None.
        team: id of the home team, or None.
        readings: by entry; all that are asked for, and extra ones that have been begun.
        jav: ids of entries that would be asked for but for declared jäv, sorted.
    """

    examiner: str
    name: str | None
    team: str | None
    readings: tuple[ReadingProgress, ...]
    jav: tuple[str, ...] = ()

    @property
    def asked(self) -> tuple[ReadingProgress, ...]:
        """The readings that somebody waits for."""
        return tuple(each for each in self.readings if each.kind is not ReadingKind.EXTRA)

    @property
    def waiting(self) -> tuple[ReadingProgress, ...]:
        """The readings that somebody waits for and that are not complete."""
        return tuple(r for r in self.asked if r.marks.state is not Completeness.COMPLETE)

    @property
    def given(self) -> int:
        """Marks given on the readings asked for."""
        return sum(each.marks.given for each in self.asked)

    @property
    def expected(self) -> int:
        """Marks expected on the readings asked for."""
        return sum(each.marks.expected for each in self.asked)

    @property
    def state(self) -> Completeness:
        """How much of what is asked for is there; who is asked for nothing is complete."""
        return MarkCount(self.given, self.expected).state


@attrs.frozen
class ConsensusProgress:
    """What a team has agreed on for an entry."""

    entry: str
    marks: MarkCount


@attrs.frozen
class DocumentProgress:
    """What has been said of the documents that are asked for at the visit of an entry.

    Attributes:
        entry: id.
        seen: ids of documents, in the order of the check list; likewise the others.
        not_seen: those that the team asked for and did not see.
        unanswered: those that nothing is said of; one asked for on request alone never is.
    """

    entry: str
    seen: tuple[str, ...]
    not_seen: tuple[str, ...]
    unanswered: tuple[str, ...]


@attrs.frozen
class TeamProgress:
    """What a team has delivered on the competing entries that it lists.

    Attributes:
        team: id.
        name: or None.
        coordinator: id of an examiner, or None.
        filed: ids of entries with a proposal, sorted.
        unfiled: ids of entries without one, sorted.
        consensus: by entry, those agreed on of other states too; empty where agreed marks are
            neither used nor begun.
        documents: by entry; empty where the edition asks for none.
    """

    team: str
    name: str | None
    coordinator: str | None
    filed: tuple[str, ...]
    unfiled: tuple[str, ...]
    consensus: tuple[ConsensusProgress, ...] = ()
    documents: tuple[DocumentProgress, ...] = ()


@attrs.frozen
class DeadlineProgress:
    """A deadline on the given day.

    Attributes:
        deadline: what has to be there, and when.
        last_day: the day at whose end, or during which, it passes.
        days_left: whole days to that day; 0 on the day itself, negative after it.
        deliverer: who it is for.
        missing: ids of those who have not delivered, sorted.
        total: how many it is for.
    """

    deadline: Deadline
    last_day: date
    days_left: int
    deliverer: Deliverer
    missing: tuple[str, ...]
    total: int

    @property
    def has_passed(self) -> bool:
        """Whether the last day is over."""
        return self.days_left < 0


@attrs.frozen
class LeafSpread:
    """A leaf on which the examiners of an entry differ.

    Attributes:
        leaf: id.
        low_examiner: id of who gave least, the first by id of several.
        low: that leaf score, 0-100.
        high_examiner: id of who gave most, the first by id of several.
        high: that leaf score, 0-100.
    """

    leaf: str
    low_examiner: str
    low: Fraction
    high_examiner: str
    high: Fraction

    @property
    def difference(self) -> Fraction:
        """Points between them."""
        return self.high - self.low


@attrs.frozen
class Discussion:
    """An entry whose examiners differ by more than the edition's limit.

    Attributes:
        divided: how far, as the ranking's account of agreement has it.
        is_preliminary: whether a reading that is asked for is not complete.
        leaves: where its examiners' own scores differ most, the furthest first.
    """

    divided: DividedEntry
    is_preliminary: bool
    leaves: tuple[LeafSpread, ...]


@attrs.frozen
class EditionProgress:
    """How far an edition has come on a day.

    Attributes:
        day: the day.
        examiners: by id.
        teams: by id.
        deadlines: in the order in which they pass.
        limit: points that the totals of an entry may differ by.
        discussions: entries beyond the limit, the most divided first.
        to_verify: what examiners want to verify at the visits, by entry and area.
        not_seen: what teams said of documents that they did not see, by entry.
    """

    day: date
    examiners: tuple[ExaminerProgress, ...]
    teams: tuple[TeamProgress, ...]
    deadlines: tuple[DeadlineProgress, ...]
    limit: float
    discussions: tuple[Discussion, ...] = ()
    to_verify: tuple[Remark, ...] = ()
    not_seen: tuple[DocumentCheck, ...] = ()

    @property
    def readings(self) -> tuple[ReadingProgress, ...]:
        """Every reading that is asked for or begun, by examiner and entry."""
        return tuple(reading for each in self.examiners for reading in each.readings)

    @property
    def asked(self) -> tuple[ReadingProgress, ...]:
        """Every reading that somebody waits for."""
        return tuple(reading for each in self.examiners for reading in each.asked)

    @property
    def next_deadlines(self) -> tuple[DeadlineProgress, ...]:
        """The deadlines that pass next: those of the nearest last day that is not over."""
        ahead = [each for each in self.deadlines if not each.has_passed]
        nearest = min((each.last_day for each in ahead), default=None)
        return tuple(each for each in ahead if each.last_day == nearest)

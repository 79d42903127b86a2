"""The deadlines of an edition to what is left of them on a day, and who has not delivered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from operator import attrgetter

import attrs

from kvaljury.core.model import (
    Deadline,
    DeadlineKind,
    Edition,
    EligibilityUse,
    Entry,
    Moment,
    RuleSet,
    State,
)
from kvaljury.core.model.progress import (
    Completeness,
    DeadlineProgress,
    Deliverer,
    DocumentProgress,
    ExaminerProgress,
    TeamProgress,
)

_DAY = timedelta(days=1)
_PARAMETER = "deadline"
_KIND_BY_RULE = {
    "bid-in-time": DeadlineKind.BID,
    "board-notice-in-time": DeadlineKind.BOARD_NOTICE,
}
_FIELD_BY_KIND = {
    DeadlineKind.BID: attrgetter("bid_received"),
    DeadlineKind.BOARD_NOTICE: attrgetter("board_notice_date"),
    DeadlineKind.BASIC_CONTROL: attrgetter("basic_control"),
}


@attrs.frozen
class _Delivery:
    """Who a deadline is for, and whose delivery is missing."""

    deliverer: Deliverer
    total: int = 0
    missing: tuple[str, ...] = ()


def all_deadlines(rules: RuleSet) -> tuple[Deadline, ...]:
    """Give every deadline of an edition, those of its eligibility rules among them.

    Args:
        rules: with the edition's changes applied.

    Returns:
        In the order in which they pass, then by id.
    """
    every = [*rules.deadlines, *_deadlines_of_rules(rules.eligibility)]
    return tuple(sorted(every, key=lambda deadline: (end_of(deadline.at), deadline.id)))


def end_of(moment: Moment) -> datetime:
    """Give the first moment after a deadline's day, or the deadline itself where it has an hour.

    >>> end_of(Moment(datetime(2025, 6, 4), whole_day=True))
    datetime.datetime(2025, 6, 5, 0, 0)
    """
    return moment.at + _DAY if moment.whole_day else moment.at


def last_day_of(moment: Moment) -> date:
    """Give the day on which a deadline runs out; 24.00 belongs to the day that it ends.

    >>> last_day_of(Moment(datetime(2025, 5, 8)))
    datetime.date(2025, 5, 7)
    """
    return moment.last_day


def follow_deadlines(
    edition: Edition,
    examiners: Sequence[ExaminerProgress],
    teams: Sequence[TeamProgress],
    documents: Mapping[str, DocumentProgress],
    day: date,
) -> tuple[DeadlineProgress, ...]:
    """Tell of every deadline how many days are left and who has not delivered.

    Args:
        edition: entries and rules.
        examiners: what each has marked.
        teams: what each has filed.
        documents: what is said of the visit documents, by id of the competing entries.
        day: on which one looks; during a last day the deadline has not passed.

    Returns:
        In the order in which they pass. Only competing entries are waited for.
    """
    competing = [entry for entry in edition.entries if entry.state is State.COMPETING]
    found = []
    for deadline in all_deadlines(edition.rules):
        last_day = last_day_of(deadline.at)
        delivery = _delivery(deadline.kind, competing, examiners, teams, documents)
        found.append(
            DeadlineProgress(
                deadline,
                last_day,
                (last_day - day).days,
                delivery.deliverer,
                tuple(sorted(delivery.missing)),
                delivery.total,
            )
        )
    return tuple(found)


def _deadlines_of_rules(uses: Sequence[EligibilityUse]) -> Iterator[Deadline]:
    for use in uses:
        at = use.parameters.get(_PARAMETER)
        kind = _KIND_BY_RULE.get(use.rule)
        if kind is not None and isinstance(at, Moment):
            yield Deadline(use.id, kind, use.label, at, use.source)


def _delivery(
    kind: DeadlineKind,
    competing: Sequence[Entry],
    examiners: Sequence[ExaminerProgress],
    teams: Sequence[TeamProgress],
    documents: Mapping[str, DocumentProgress],
) -> _Delivery:
    match kind:
        case DeadlineKind.BID | DeadlineKind.BOARD_NOTICE | DeadlineKind.BASIC_CONTROL:
            given = _FIELD_BY_KIND[kind]
            missing = tuple(entry.id for entry in competing if given(entry) is None)
            return _Delivery(Deliverer.ENTRY, len(competing), missing)
        case DeadlineKind.MARKS:
            late = tuple(e.examiner for e in examiners if e.state is not Completeness.COMPLETE)
            return _Delivery(Deliverer.EXAMINER, len(examiners), late)
        case DeadlineKind.PROPOSALS:
            unfiled = tuple(team.team for team in teams if team.unfiled)
            return _Delivery(Deliverer.TEAM, len(teams), unfiled)
        case DeadlineKind.VISIT:
            open_lists = tuple(entry for entry, found in documents.items() if found.unanswered)
            return _Delivery(Deliverer.ENTRY, len(documents), open_lists)
        case _:
            return _Delivery(Deliverer.NOBODY)

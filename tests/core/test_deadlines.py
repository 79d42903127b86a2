"""What is left of each deadline on a day, and who has not delivered."""

from datetime import date, datetime, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.deadlines import all_deadlines, end_of, follow_deadlines, last_day_of
from kvaljury.core.model import (
    BasicControl,
    Deadline,
    DeadlineKind,
    Moment,
    State,
)
from kvaljury.core.model.progress import (
    Deliverer,
    DocumentProgress,
    ExaminerProgress,
    MarkCount,
    ReadingKind,
    ReadingProgress,
    TeamProgress,
)
from kvaljury.errors import Text

DAY = date(2025, 5, 7)


def at(*parts):
    return datetime(*parts)  # noqa: DTZ001  # local, naive


MIDNIGHT = Moment(at(2025, 5, 8))
WHOLE = Moment(at(2025, 5, 7), whole_day=True)
MORNING = Moment(at(2025, 5, 7, 10))


def due(kind, at=WHOLE, id_="D1"):
    return Deadline(id_, DeadlineKind(kind), Text(id_), at)


def edition_with(build, *deadlines, entries=("F01", "F02"), eligibility=()):
    rules = attrs.evolve(build.rules(eligibility=eligibility), deadlines=deadlines)
    return build.edition(entries=entries, rules=rules)


def follow(edition, day=DAY, examiners=(), teams=(), documents=None):
    return follow_deadlines(edition, examiners, teams, documents or {}, day)


def examiner(name, given, expected=4):
    reading = ReadingProgress("F01", name, ReadingKind.HOME, MarkCount(given, expected))
    return ExaminerProgress(name, None, "L1", (reading,))


@pytest.mark.parametrize("moment", [MIDNIGHT, WHOLE, MORNING])
def test_a_deadline_belongs_to_the_day_on_which_it_runs_out(moment):
    assert last_day_of(moment) == DAY


def test_a_deadline_without_an_hour_runs_to_the_end_of_its_day_as_24_00_does():
    assert end_of(WHOLE) == end_of(MIDNIGHT) == at(2025, 5, 8)
    assert end_of(MORNING) == at(2025, 5, 7, 10)


@pytest.mark.parametrize("moment", [MIDNIGHT, WHOLE, MORNING])
@pytest.mark.parametrize(
    ("day", "left", "has_passed"),
    [
        (date(2025, 5, 6), 1, False),
        (date(2025, 5, 7), 0, False),
        (date(2025, 5, 8), -1, True),
        (date(2026, 5, 7), -365, True),
    ],
)
def test_days_are_counted_to_the_last_day_which_itself_is_in_time(
    build, moment, day, left, has_passed
):
    (found,) = follow(edition_with(build, due("ceremony", moment)), day)
    assert (found.days_left, found.has_passed) == (left, has_passed)


def test_deadlines_of_eligibility_rules_stand_among_the_others_in_the_order_of_passing(build):
    uses = (
        build.use("D25-03", "bid-in-time", deadline=MIDNIGHT),
        build.use("D25-04", "board-notice-in-time", deadline=MORNING),
        build.use("D25-09", "bid-in-time"),
        build.use("E1", "quarantine", deadline=MIDNIGHT),
    )
    edition = edition_with(
        build,
        due("marks", WHOLE, "D25-02"),
        due("interest", Moment(at(2025, 3, 1), whole_day=True), "Z"),
        eligibility=uses,
    )
    found = all_deadlines(edition.rules)
    assert [deadline.id for deadline in found] == ["Z", "D25-04", "D25-02", "D25-03"]
    assert [deadline.kind.value for deadline in found] == [
        "interest",
        "board_notice",
        "marks",
        "bid",
    ]
    assert found[3].source == "S25:1"


@pytest.mark.parametrize(
    ("kind", "delivered"),
    [
        ("bid", {"bid_received": MORNING}),
        ("board_notice", {"board_notice_date": WHOLE}),
        ("basic_control", {"basic_control": BasicControl.NOT_CLEARED}),
    ],
)
def test_competing_entries_are_waited_for_until_they_have_answered(build, kind, delivered):
    entries = [
        build.entry("F03"),
        build.entry("F02"),
        build.entry("F01", **delivered),
        build.entry("F04", state=State.WITHDRAWN),
        build.entry("F05", state=State.CALIBRATION_CASE),
    ]
    (found,) = follow(edition_with(build, due(kind), entries=entries))
    assert found.deliverer is Deliverer.ENTRY
    assert (found.missing, found.total) == (("F02", "F03"), 3)


def test_examiners_are_waited_for_until_every_reading_is_complete(build):
    examiners = [examiner("E3", 0), examiner("E1", 3), examiner("E2", 4)]
    (found,) = follow(edition_with(build, due("marks")), examiners=examiners)
    assert found.deliverer is Deliverer.EXAMINER
    assert (found.missing, found.total) == (("E1", "E3"), 3)


def test_teams_are_waited_for_until_all_their_proposals_are_filed(build):
    teams = [
        TeamProgress("L1", None, None, filed=("F01",), unfiled=("F02",)),
        TeamProgress("L2", None, None, filed=("F03",), unfiled=()),
    ]
    (found,) = follow(edition_with(build, due("proposals")), teams=teams)
    assert found.deliverer is Deliverer.TEAM
    assert (found.missing, found.total) == (("L1",), 2)


def test_visits_are_waited_for_until_the_document_list_is_answered(build):
    documents = {
        "F02": DocumentProgress("F02", (), (), ("plan",)),
        "F01": DocumentProgress("F01", ("plan",), (), ()),
    }
    (found,) = follow(edition_with(build, due("visit")), documents=documents)
    assert found.deliverer is Deliverer.ENTRY
    assert (found.missing, found.total) == (("F02",), 2)


@pytest.mark.parametrize("kind", ["interest", "ceremony"])
def test_nobody_is_waited_for_before_an_interest_or_a_ceremony(build, kind):
    (found,) = follow(edition_with(build, due(kind)))
    assert (found.deliverer, found.missing, found.total) == (Deliverer.NOBODY, (), 0)


@given(
    st.lists(st.datetimes(at(2025, 1, 1), at(2025, 12, 30)), max_size=6),
    st.dates(date(2025, 1, 1), date(2025, 12, 31)),
    st.booleans(),
)
def test_deadlines_stand_in_order_and_pass_when_their_day_is_over(build, times, day, whole):
    deadlines = [
        due(
            "ceremony",
            Moment(at(drawn.year, drawn.month, drawn.day) if whole else drawn, whole),
            f"D{n}",
        )
        for n, drawn in enumerate(times)
    ]
    found = follow(edition_with(build, *deadlines), day)
    assert [each.deadline for each in found] == [
        each.deadline for each in follow(edition_with(build, *reversed(deadlines)), day)
    ]
    ends = [end_of(each.deadline.at) for each in found]
    assert ends == sorted(ends)
    for each in found:
        midnight = at(day.year, day.month, day.day)
        assert each.has_passed is (end_of(each.deadline.at) <= midnight)
        assert each.last_day == day + timedelta(days=each.days_left)

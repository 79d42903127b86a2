"""Bids and minutes in time, to the second and by the day (D25-03, D25-04)."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.model import Moment, Outcome
from kvaljury.errors import Text
from kvaljury_plugins import bid_in_time, board_notice_in_time
from kvaljury_plugins.deadlines import judge_arrival, shown

RULES = [(bid_in_time, "bid_received"), (board_notice_in_time, "board_notice_date")]


def at(text):
    return Moment(datetime.fromisoformat(text), whole_day=len(text) == len("2025-05-07"))


MIDNIGHT_7_MAY = at("2025-05-08T00:00")
DAY_7_MAY = at("2025-05-07")
NOON_7_MAY = at("2025-05-07T12:00")
moments = st.builds(
    lambda hours, minutes: Moment(DAY_7_MAY.at + timedelta(hours=hours, minutes=minutes)),
    st.integers(-48, 48),
    st.sampled_from([0, 0, 1, 59]),
)
days = st.integers(4, 10).map(lambda day: at(f"2025-05-{day:02}"))


@pytest.mark.parametrize("deadline", [MIDNIGHT_7_MAY, DAY_7_MAY])
@pytest.mark.parametrize(
    ("received", "outcome"),
    [
        ("2025-05-07T23:59:59", Outcome.PASS),
        ("2025-05-08T00:00:00", Outcome.PASS),
        ("2025-05-08T00:00:01", Outcome.FAIL),
        ("2025-05-06", Outcome.PASS),
        ("2025-05-07", Outcome.PASS),
        ("2025-05-08", Outcome.FAIL),
        ("2025-05-09", Outcome.FAIL),
        ("2024-05-07", Outcome.PASS),
    ],
)
def test_a_day_with_or_without_the_hour_24_runs_to_its_end(deadline, received, outcome, make_entry):
    entry = make_entry(bid_received=at(received), board_notice_date=at(received))

    for module, _ in RULES:
        assert module.check(entry, {"year": 2025, "deadline": deadline}).outcome is outcome


@pytest.mark.parametrize(
    ("received", "outcome"),
    [
        ("2025-05-07T12:00:00", Outcome.PASS),
        ("2025-05-07T12:00:01", Outcome.FAIL),
        ("2025-05-06", Outcome.PASS),
        ("2025-05-07", Outcome.UNKNOWN),
        ("2025-05-08", Outcome.FAIL),
    ],
)
def test_a_day_without_an_hour_is_unknown_on_a_deadline_at_noon(received, outcome, make_entry):
    entry = make_entry(bid_received=at(received))

    assert bid_in_time.check(entry, {"deadline": NOON_7_MAY}).outcome is outcome


@pytest.mark.parametrize(("module", "field"), RULES)
def test_an_unknown_arrival_is_unknown(module, field, make_entry):
    verdict = module.check(make_entry(), {"deadline": DAY_7_MAY})

    assert verdict.outcome is Outcome.UNKNOWN
    assert verdict.value is None
    assert str(verdict.limit) == "2025-05-07"


def test_each_rule_reads_its_own_date(make_entry):
    entry = make_entry(bid_received=at("2025-05-09"), board_notice_date=at("2025-05-01"))

    assert bid_in_time.check(entry, {"deadline": DAY_7_MAY}).outcome is Outcome.FAIL
    assert board_notice_in_time.check(entry, {"deadline": DAY_7_MAY}).outcome is Outcome.PASS


def test_the_reason_states_arrival_and_deadline(make_entry, in_swedish):
    entry = make_entry(bid_received=at("2025-05-08T00:00:01"))

    verdict = bid_in_time.check(entry, {"deadline": MIDNIGHT_7_MAY})

    assert str(verdict.reason) == (
        "The bid came 2025-05-08 at 00.00.01, after the deadline 2025-05-07 at 24.00"
    )
    assert in_swedish(verdict.reason) == (
        "Bidraget kom in 2025-05-08 kl. 00.00.01, efter sista tidpunkten 2025-05-07 kl. 24.00"
    )


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (DAY_7_MAY, "2025-05-07"),
        (MIDNIGHT_7_MAY, "2025-05-07 at 24.00"),
        (NOON_7_MAY, "2025-05-07 at 12.00"),
        (at("2025-05-07T10:05:00"), "2025-05-07 at 10.05"),
        (at("2025-05-07T10:05:09"), "2025-05-07 at 10.05.09"),
        (at("2025-01-01T00:00:00"), "2024-12-31 at 24.00"),
    ],
)
def test_a_moment_is_written_as_people_write_it(moment, expected):
    assert str(shown(moment)) == expected


def test_the_last_day_that_a_calendar_has_is_late_and_no_bug(make_entry):
    entry = make_entry(bid_received=at("9999-12-31"))

    assert bid_in_time.check(entry, {"deadline": DAY_7_MAY}).outcome is Outcome.FAIL


@pytest.mark.parametrize(("module", "field"), RULES)
@pytest.mark.parametrize(
    ("parameters", "complaint"),
    [({}, "'deadline' is missing"), ({"deadline": "2025-05-07"}, "expected a day or a time")],
)
def test_a_deadline_that_is_no_moment_is_refused(module, field, parameters, complaint, make_entry):
    with pytest.raises(ValueError, match=complaint):
        module.check(make_entry(**{field: DAY_7_MAY}), parameters)


@given(received=moments | days, deadline=moments | days, earlier=st.integers(0, 72))
def test_what_comes_earlier_is_never_judged_worse(received, deadline, earlier):
    order = [Outcome.FAIL, Outcome.UNKNOWN, Outcome.PASS]
    step = timedelta(days=earlier // 24) if received.whole_day else timedelta(hours=earlier)
    before = Moment(received.at - step, received.whole_day)

    outcomes = [judge_arrival(Text("x", sv="x"), m, deadline).outcome for m in (before, received)]

    assert order.index(outcomes[0]) >= order.index(outcomes[1])


@given(day=days, deadline=moments | days, hours=st.integers(1, 24))
def test_a_day_is_in_time_only_if_every_hour_of_it_is(day, deadline, hours):
    exact = Moment(day.at + timedelta(hours=hours))

    whole = judge_arrival(Text("x", sv="x"), day, deadline).outcome
    one = judge_arrival(Text("x", sv="x"), exact, deadline).outcome

    assert whole is Outcome.UNKNOWN or whole is one

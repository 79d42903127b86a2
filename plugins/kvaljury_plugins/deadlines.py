"""When something came and when it was due, to a verdict; shared by the rules about time."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from kvaljury import Moment, Outcome, Text, Verdict

DAY = timedelta(days=1)


def judge_arrival(what: Text, received: Moment | None, deadline: Moment) -> Verdict:
    """Tell whether something came in time.

    A deadline without an hour runs to the end of its day. What came on a day without an hour is
    in time if the whole day is, too late if none of it is, and unknown otherwise.

    Args:
        what: what was due, as the beginning of a sentence.
        received: when it came, or None where that is unknown.
        deadline: the last moment that is in time.

    Returns:
        Pass, fail or unknown.
    """
    limit = shown(deadline)
    if received is None:
        reason = Text(
            "{what}: the day of arrival is not known; the deadline is {limit}",
            sv="{what}: uppgift om ankomstdag saknas; sista tidpunkt är {limit}",
            what=what,
            limit=limit,
        )
        return Verdict(Outcome.UNKNOWN, reason, None, limit)
    outcome = _compare(received, deadline.at + DAY if deadline.whole_day else deadline.at)
    reason = _REASON[outcome]
    value = shown(received)
    filled = Text(reason.en, sv=reason.sv, what=what, value=value, limit=limit)
    return Verdict(outcome, filled, value, limit)


_REASON = {
    Outcome.PASS: Text(
        "{what} came {value}, in time for the deadline {limit}",
        sv="{what} kom in {value}, i tid till sista tidpunkten {limit}",
    ),
    Outcome.FAIL: Text(
        "{what} came {value}, after the deadline {limit}",
        sv="{what} kom in {value}, efter sista tidpunkten {limit}",
    ),
    Outcome.UNKNOWN: Text(
        "{what} came {value}, at an hour that is not known; the deadline is {limit}",
        sv="{what} kom in {value}, men klockslaget saknas; sista tidpunkt är {limit}",
    ),
}


def _compare(received: Moment, end: datetime) -> Outcome:
    if not received.whole_day:
        return Outcome.PASS if received.at <= end else Outcome.FAIL
    if received.at >= end:
        return Outcome.FAIL
    return Outcome.PASS if received.at + DAY <= end else Outcome.UNKNOWN


def shown(moment: Moment) -> Text:
    """Write a moment as people do; midnight is the end of the day before.

    >>> str(shown(Moment(datetime(2025, 5, 8))))
    '2025-05-07 at 24.00'
    """
    if moment.whole_day:
        day = moment.at.date().isoformat()
        return Text("{day}", sv="{day}", day=day)
    midnight = moment.at.time() == time()
    day = (moment.at - DAY if midnight else moment.at).date().isoformat()
    hour = "24.00" if midnight else moment.at.strftime("%H.%M.%S").removesuffix(".00")
    return Text("{day} at {hour}", sv="{day} kl. {hour}", day=day, hour=hour)

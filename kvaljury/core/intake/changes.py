"""Change requests to where they stand, by working days."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum

import attrs

from kvaljury.core.model.bid_folder import ChangeRequest

_DAY = timedelta(days=1)
_SATURDAY = 5


class ChangeState(StrEnum):
    """Where a change request stands."""

    PROPOSED = "proposed"
    SENT = "sent"
    IN_TIME = "in_time"
    LATE = "late"
    OVERDUE = "overdue"


@attrs.frozen
class ChangeStanding:
    """A change request on a day.

    Attributes:
        request: the record.
        state: where it stands.
        due: the last day for the answer, or None while it is only proposed or the edition
            sets no time.
    """

    request: ChangeRequest
    state: ChangeState
    due: date | None


def is_working_day(day: date, off: Collection[date]) -> bool:
    """Tell whether people work on a day.

    Args:
        day: any.
        off: days besides Saturdays and Sundays on which nobody works.
    """
    return day.weekday() < _SATURDAY and day not in off


def working_day_after(day: date, number: int, off: Collection[date]) -> date:
    """Give the last day of a time set in working days; the day after counts as the first.

    Args:
        day: when it was set.
        number: of working days, at least 1.
        off: as for `is_working_day`.

    >>> working_day_after(date(2025, 5, 9), 2, ())
    datetime.date(2025, 5, 13)
    """
    while number:
        day += _DAY
        number -= is_working_day(day, off)
    return day


def change_standings(
    requests: Sequence[ChangeRequest],
    days: tuple[int, int] | None,
    today: date,
    off: Collection[date],
) -> Iterator[ChangeStanding]:
    """Say where each change request stands.

    Args:
        requests: of one or more entries.
        days: fewest and most working days that a unit has, or None where no time is set.
        today: the day it is asked for.
        off: as for `is_working_day`, of every year that matters.

    Yields:
        In the order of the requests. One that came back after its last day is late, one that
        has not come back by then is overdue.
    """
    for request in requests:
        sent = request.sent
        due = working_day_after(sent, days[1], off) if sent and days else None
        yield ChangeStanding(request, _state(request, due, today), due)


def _state(request: ChangeRequest, due: date | None, today: date) -> ChangeState:
    if request.sent is None:
        return ChangeState.PROPOSED
    if request.answered is not None:
        return ChangeState.LATE if due and request.answered > due else ChangeState.IN_TIME
    return ChangeState.OVERDUE if due and today > due else ChangeState.SENT

"""Dates and times as text to moments, strictly."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from kvaljury.core.model import Moment

FIRST_YEAR, LAST_YEAR = 1900, 2999
"""Years of a date; a slip of the pen lies outside, and days before and after can be reckoned."""

_MOMENT = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:(?:[T \u00a0]|[ \u00a0]kl\.?[ \u00a0])(?P<hour>[0-9]{2})(?P<mark>[.:])(?P<minute>[0-9]{2})"
    r"(?:(?P=mark)(?P<second>[0-9]{2}))?)?"
)


def parse_moment(text: str) -> Moment | None:
    """Read a date, or a date with a time, in naive local time.

    Args:
        text: ``2025-05-06``, or with ``10:00``, ``10.00`` or ``10:00:00`` after a space,
            ``kl.`` or T;
            ``24.00`` is the end of that day. Years are those from 1900 to 2999.

    Returns:
        The moment, or None where the text is anything else.

    >>> parse_moment("2025-05-07 24.00")
    Moment(at=datetime.datetime(2025, 5, 8, 0, 0), whole_day=False)
    >>> parse_moment("2025-02-30") is None
    True
    """
    found = _MOMENT.fullmatch(text.strip(" \u00a0\u202f"))
    if not found:
        return None
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    ends_the_day = (hour, minute, second) == (24, 0, 0)
    try:
        day = datetime.fromisoformat(found["date"])
        at = day if ends_the_day else day.replace(hour=hour, minute=minute, second=second)
    except ValueError:
        return None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    at += timedelta(days=ends_the_day)
    return Moment(at, whole_day=found["hour"] is None)

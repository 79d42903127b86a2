"""Dates and times as text to moments, strictly."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from kvaljury.core.model import Moment

_MOMENT = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[T \u00a0](?P<hour>[0-9]{2})(?P<mark>[.:])(?P<minute>[0-9]{2})"
    r"(?:(?P=mark)(?P<second>[0-9]{2}))?)?"
)


def parse_moment(text: str) -> Moment | None:
    """Read a date, or a date with a time, in naive local time.

    Args:
        text: ``2025-05-06``, or with ``10:00``, ``10.00`` or ``10:00:00`` after a space or T;
            ``24.00`` is the end of that day.

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
        at = (
            day + timedelta(days=1)
            if ends_the_day
            else day.replace(hour=hour, minute=minute, second=second)
        )
    except (ValueError, OverflowError):
        return None
    return Moment(at, whole_day=found["hour"] is None)

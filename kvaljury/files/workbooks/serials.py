"""Numbers as Excel stores them to text as people read it: plain decimals, dates and times."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from decimal import Decimal
from functools import lru_cache

_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_PLAIN_DIGITS = 15
_LONGEST = 400
_ISO_CLOCK = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
_ISO_DAY = re.compile(rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})(?:T({_ISO_CLOCK})Z?)?")
_ISO_TIME = re.compile(rf"T?({_ISO_CLOCK})Z?")
_EPOCH_1900, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_LEAP_DAY = 60  # Excel counts a 29 February 1900 that never was
_LAST_DAY = {False: 2958465, True: 2957003}  # 9999-12-31
_MILLISECONDS = 86_400_000
OVERFLOW = "########"
"""What Excel shows of a date that it cannot show."""


@lru_cache(maxsize=4096)
def plain_number(text: str) -> str | None:
    """Give a number of the file as Excel shows it: 15 significant digits, no exponent.

    Args:
        text: a decimal number, with or without exponent.

    Returns:
        Plain decimals, or None where it is anything else, or too large or small for a number.

    >>> plain_number("4.4999999999999996"), plain_number("1E+20"), plain_number("1e400")
    ('4.5', '100000000000000000000', None)
    """
    if len(text) <= _PLAIN_DIGITS and text.isascii() and text.isdigit():
        return str(int(text))
    if len(text) > _LONGEST or not _NUMBER.fullmatch(text):
        return None
    value = float(text)
    is_lost = value == 0 and any(digit in "123456789" for digit in re.split("[eE]", text)[0])
    if is_lost or value in (float("inf"), float("-inf")):
        return None
    return decimals(Decimal(f"{value:.15g}"))


def decimals(value: Decimal) -> str:
    """Write a number in plain decimals, without zeros at the end.

    >>> decimals(Decimal("0.51") * 100), decimals(Decimal("-0"))
    ('51', '0')
    """
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def as_percent(number: str) -> str:
    """Give a number as its percent format shows it.

    >>> as_percent("0.51")
    '51'
    """
    return decimals(Decimal(number).scaleb(2))


def as_moment(number: str, *, is_1904: bool, shows_time: bool = False) -> str | None:
    """Give the date, date and time, or time of day that a number stands for.

    Args:
        number: days since the epoch, as `plain_number` gives it.
        is_1904: whether the workbook counts from 1904.
        shows_time: whether people see the time of day, at midnight too.

    Returns:
        ``2025-05-06``, ``2025-05-06 10:00:00`` or ``10:00``; None where Excel shows none.

    >>> as_moment("45783.5", is_1904=False), as_moment("0.4375", is_1904=False)
    ('2025-05-06 12:00:00', '10:30')
    """
    value = Decimal(number)
    if value < 0 or value >= _LAST_DAY[is_1904] + 1:
        return None
    days, rest = divmod(round(value * _MILLISECONDS), _MILLISECONDS)
    if value < 1 and not is_1904 and not days:
        return _clock(rest, is_short=True)
    day = _day(days, is_1904=is_1904)
    return day if day is None or not (rest or shows_time) else f"{day} {_clock(rest)}"


def _day(days: int, *, is_1904: bool) -> str | None:
    if days > _LAST_DAY[is_1904]:
        return None
    if is_1904:
        return (_EPOCH_1904 + timedelta(days)).isoformat()
    if days == _LEAP_DAY:
        return "1900-02-29"
    return (_EPOCH_1900 + timedelta(days + (days < _LEAP_DAY))).isoformat()


def as_duration(number: str) -> str | None:
    """Give the hours, minutes and seconds that a number of days stands for, or None if negative.

    >>> as_duration("1.5")
    '36:00:00'
    """
    value = Decimal(number)
    return None if value < 0 else _clock(round(value * _MILLISECONDS))


def _clock(milliseconds: int, *, is_short: bool = False) -> str:
    seconds, part = divmod(milliseconds, 1000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    short = f"{hour:02}:{minute:02}"
    if is_short and not second and not part:
        return short
    return f"{short}:{second:02}" + (f".{part:03}" if part else "")


def iso_moment(text: str) -> str | None:
    """Read a date or time as strict files write it.

    Args:
        text: ISO 8601: ``2025-05-06``, ``2025-05-06T10:00:00``, ``10:00:00``, with or without Z.

    Returns:
        As `as_moment` gives it, or None where it is none.

    >>> iso_moment("2025-05-06T10:00:00Z"), iso_moment("T10:00"), iso_moment("2025-02-30")
    ('2025-05-06 10:00:00', '10:00', None)
    """
    if alone := _ISO_TIME.fullmatch(text):
        milliseconds = _milliseconds(alone[1])
        return None if milliseconds is None else _clock(milliseconds, is_short=True)
    found = _ISO_DAY.fullmatch(text)
    milliseconds = _milliseconds(found[2] or "00:00") if found else None
    if not found or milliseconds is None or not _is_day(found[1]):
        return None
    return f"{found[1]} {_clock(milliseconds)}" if milliseconds else found[1]


def _milliseconds(clock: str) -> int | None:
    """Give the milliseconds since midnight; what is finer is cut off."""
    try:
        moment = time.fromisoformat(clock[:15])
    except ValueError:
        return None
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    return seconds * 1000 + moment.microsecond // 1000


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True

"""Personal identity numbers in a text, shown masked; whose they are is not asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import attrs

_DASHES = "-+\u2010\u2011\u2012\u2013\u2212"
_NUMBER = re.compile(
    rf"(?<![0-9])(?P<century>18|19|20)?(?P<birth>[0-9]{{6}})"
    rf"(?P<sign>\s?[{_DASHES}]\s?|\s)?(?P<last>[0-9]{{4}})(?![0-9])"
)
_COORDINATION = 60  # is added to the day of birth in a samordningsnummer
_CENTURIES = (1800, 1900, 2000)


@attrs.frozen
class PersonalNumber:
    """A number that is built as a personnummer or samordningsnummer.

    Attributes:
        masked: the date of birth with the last four figures hidden.
        is_coordination: whether it is built as a samordningsnummer.
    """

    masked: str
    is_coordination: bool


def personal_numbers(text: str, year: int) -> Iterator[PersonalNumber]:
    """Find numbers of ten or twelve figures with a date that can be and a fitting check figure.

    Args:
        text: of a paragraph.
        year: the latest year of birth that can be meant.

    Yields:
        In the order of the text; the same number again where it stands again.

    Source:
        Skatteverket, SKV 704; the check figure is ISO/IEC 7812-1 (Luhn) over ten figures.

    >>> [number.masked for number in personal_numbers("Född 19121212-1212.", 2025)]
    ['19121212-****']
    """
    for found in _NUMBER.finditer(text):
        birth, century = found["birth"], found["century"] or ""
        day = int(birth[4:])
        is_coordination = day > _COORDINATION
        if _is_day(century, birth, day - _COORDINATION * is_coordination, year) and _fits(
            birth + found["last"]
        ):
            sign = "+" if "+" in (found["sign"] or "") else "-"
            yield PersonalNumber(f"{century}{birth}{sign}****", is_coordination)


def _is_day(century: str, birth: str, day: int, latest: int) -> bool:
    """Tell whether there is such a day in the century, or in any where it is left open."""
    centuries = [int(century) * 100] if century else _CENTURIES
    two, month = int(birth[:2]), int(birth[2:4])
    return any(first + two <= latest and _exists(first + two, month, day) for first in centuries)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _fits(figures: str) -> bool:
    doubled = (int(f) * (2 - place % 2) for place, f in enumerate(figures))
    return sum(n // 10 + n % 10 for n in doubled) % 10 == 0

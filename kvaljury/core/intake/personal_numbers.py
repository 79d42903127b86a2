"""Personal identity numbers in a text, shown masked; whose they are is not asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import attrs

from kvaljury.core.model.characters import without_invisible

_DASHES = "-+\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
# Other figures before or after it make it a part of a longer number, decimals make it an amount.
_NUMBER = re.compile(
    rf"(?<![^\W_])(?<![0-9][{_DASHES}])(?P<century>18|19|20)?"
    rf"(?P<year>[0-9]{{2}})(?P<gap>[{_DASHES}./ ]?)(?P<month>[0-9]{{2}})(?P=gap)(?P<day>[0-9]{{2}})"
    rf"(?P<sign>\s?[{_DASHES}/]\s?|\s)?(?P<last>[0-9]{{4}})"
    rf"(?![^\W_]|[{_DASHES}][0-9]|,[0-9]{{1,2}}(?![0-9]))"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_OTHER_BEFORE = re.compile(
    r"\b(?:ocr|ref|referens|summan?|totalt?|belopp|faktura|order|kvitto|konto|bankgiro|plusgiro)"
    r"(?:nummer|nr)?(?:[-.:\s]*(?:nummer|nr)\b)?[.:\s]*$",
    re.IGNORECASE,
)
_OTHER_AFTER = re.compile(
    r"\s*(?::-|(?:kr|kronor|sek|[tm]kr|mnkr|euro|st|stycken|besök|besökare|personer|deltagare|barn)\b)",
    re.IGNORECASE,
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

    Characters that nobody sees are passed over, and the date may be divided: 1985-07-09.
    Addresses of the web are left out, and so are figures without a sign that are said to be an
    amount, a number of something, or a reference.

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
    seen = _ADDRESS.sub(" ", without_invisible(text))
    for found in _NUMBER.finditer(seen):
        if _is_something_else(found):
            continue
        birth, century = "".join(found.group("year", "month", "day")), found["century"] or ""
        day = int(birth[4:])
        is_coordination = day > _COORDINATION
        if _is_day(century, birth, day - _COORDINATION * is_coordination, year) and _fits(
            birth + found["last"]
        ):
            sign = "+" if "+" in (found["sign"] or "") else "-"
            yield PersonalNumber(f"{century}{birth}{sign}****", is_coordination)


def _is_something_else(found: re.Match[str]) -> bool:
    """Tell whether figures that no sign divides are an amount, a reference or a row of numbers."""
    if (found["sign"] or "").strip():
        return False
    before, after = found.string[: found.start()], found.string[found.end() :]
    is_row = found["gap"] == " "
    return is_row or bool(_OTHER_BEFORE.search(before) or _OTHER_AFTER.match(after))


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

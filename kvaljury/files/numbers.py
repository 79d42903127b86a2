"""Numbers as text to exact rationals, by one strict pattern."""

from __future__ import annotations

import re
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache

from kvaljury.errors import Text

BLANKS = " \u00a0\u202f"
"""The spaces that Swedish text sets around numbers and between groups of three digits."""

_WHOLE = rf"[0-9]{{1,3}}(?:[{BLANKS}][0-9]{{3}})+|[0-9]+"
_NUMBER = re.compile(rf"(?P<whole>-?(?:{_WHOLE}))(?:[.,](?P<decimals>[0-9]+))?")
_SPACES = str.maketrans("", "", BLANKS)
_LONGEST, _LONGEST_WHOLE = 30, 15
_SHOWN_DECIMALS = 6
_DIGITS = 2 * _LONGEST
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


@lru_cache(maxsize=4096)
def parse_number(text: str) -> Fraction | None:
    """Read a decimal number.

    Args:
        text: ASCII digits with an optional minus and one decimal point or comma; spaces around
            it, and between groups of three digits before the point.

    Returns:
        The exact value, or None where the text is anything else (nan, an exponent, other
        digits than 0-9, a typographic minus), and for a number that `is_too_long`.

    >>> parse_number("-1 250 000,50")
    Fraction(-2500001, 2)
    >>> parse_number("85.000")
    Fraction(85, 1)
    >>> parse_number("1e2") is None
    True
    """
    found = _NUMBER.fullmatch(text.strip(BLANKS)) if len(text) <= _LONGEST else None
    if not found:
        return None
    whole, decimals = found["whole"].translate(_SPACES), found["decimals"] or ""
    if len(whole.lstrip("-")) > _LONGEST_WHOLE:
        return None
    return Fraction(int(whole + decimals), 10 ** len(decimals))


def is_too_long(text: str) -> bool:
    """Tell whether a text is a number of over 15 digits before its mark, or 30 characters.

    >>> is_too_long("1" * 16), is_too_long("1" * 15), is_too_long("x" * 40)
    (True, False, False)
    """
    is_number = set(text) <= set(f"0123456789-.,{BLANKS}")
    digits = re.split("[.,]", text, maxsplit=1)[0].translate(_SPACES).lstrip("-")
    return is_number and bool(digits) and (len(digits) > _LONGEST_WHOLE or len(text) > _LONGEST)


def parse_whole(text: str) -> int | None:
    """Read a whole number, written without decimals.

    Args:
        text: as for `parse_number`.

    Returns:
        The number, or None where the text is anything else, ``2.0`` too.

    >>> parse_whole("1 200"), parse_whole("2.0")
    (1200, None)
    """
    number = parse_number(text)
    return int(number) if number is not None and not {".", ","} & set(text) else None


def is_year(number: int) -> bool:
    """Tell whether a number can be a year of an award: 1990-2100.

    >>> is_year(2025), is_year(25)
    (True, False)
    """
    return _FIRST_YEAR <= number <= _LAST_YEAR


def as_shown(number: Fraction) -> int | float | Text:
    """Give a number in the form that messages are rendered from.

    A number with more decimals than are shown is written out, lest it look like the limit that
    it misses.

    >>> as_shown(Fraction(5)), as_shown(Fraction(1, 2))
    (5, 0.5)
    >>> print(as_shown(Fraction("100.0000001")))
    100.0000001
    """
    if number.denominator == 1:
        return int(number)
    with localcontext(prec=_DIGITS):
        exact = Decimal(number.numerator) / number.denominator
    if round(number, _SHOWN_DECIMALS) == number or Fraction(exact) != number:
        return float(number)
    digits = f"{exact:f}"
    return Text(digits, sv=digits.replace(".", ","))

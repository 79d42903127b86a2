"""Number formats to what a number under them means: a number, a percentage, a date or a time."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from kvaljury.errors import Source
from kvaljury.files.workbooks.markup import Attributes, Element, named, natural, skipping
from kvaljury.files.workbooks.parts import walk_part

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""The namespace of workbooks, transitional and strict."""


class Meaning(StrEnum):
    """What a number means under its format."""

    NUMBER = "number"
    PERCENT = "percent"
    MOMENT = "moment"
    TIMED = "timed"  # a moment of which the time of day is shown
    DURATION = "duration"
    DOUBTFUL = "doubtful"  # percent for some values, plain for others
    SCALED = "scaled"  # divided by a thousand or more


_PERCENT_IDS = {9, 10}
_DURATION_IDS = {46}
# 27-36 and 50-58 are dates in East Asian editions: taken for dates, they are never read as marks.
_MOMENT_IDS = {*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)}
_LITERALS = re.compile(
    r'"[^"]*"?|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]|general', re.IGNORECASE | re.DOTALL
)
_DURATION = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_MOMENT = re.compile("[ymdhs]", re.IGNORECASE)
_TIME = re.compile("[hs]", re.IGNORECASE)
_TIMED_IDS = {*range(18, 23), 45, 47}
_SCALED = re.compile("[0#?],+(?![0#?,])")


@lru_cache(maxsize=1024)
def meaning_of(code: str) -> Meaning:
    """Tell what a number means under a format that the workbook defines.

    Args:
        code: as it stands in the file, sections separated by semicolons.

    >>> [str(meaning_of(code)) for code in ("0.0", '0" mars"', "yyyy-mm-dd;@", "0%", "[h]:mm")]
    ['number', 'number', 'moment', 'percent', 'duration']
    """
    plain = _LITERALS.sub("", code)
    if _DURATION.search(plain):
        return Meaning.DURATION
    if _MOMENT.search(plain):
        return Meaning.TIMED if _TIME.search(plain) else Meaning.MOMENT
    shown = [part for part in plain.split(";")[:2] if re.search("[0#?]", part)]
    percent = {"%" in part for part in shown} or {False}
    if any(_SCALED.search(part) for part in shown):
        return Meaning.SCALED
    if len(percent) > 1:
        return Meaning.DOUBTFUL
    return Meaning.PERCENT if percent.pop() else Meaning.NUMBER


def read_styles(content: bytes, where: Source) -> tuple[Meaning, ...]:
    """Read what numbers mean by style.

    Args:
        content: the part ``styles``.
        where: its address.

    Returns:
        The meaning for each style that a cell can name, in their order.

    Raises:
        InputFault: if it is not understood.
    """
    codes: dict[int, str] = {}
    styles: list[int] = []

    def note_code(attributes: Attributes) -> None:
        number = natural(attributes.get("numFmtId", "")) or 0
        codes[number] = attributes.get("formatCode", "")

    def note_style(attributes: Attributes) -> None:
        styles.append(natural(attributes.get("numFmtId", "")) or 0)

    skipped = skipping(*named(MAIN, {"cellXfs": Element(), "numFmts": Element()}))
    sheet = {
        "numFmts": Element(named(MAIN, {"numFmt": Element(begin=note_code)})),
        "cellXfs": Element(named(MAIN, {"xf": Element({}, skipped, begin=note_style)}), skipped),
    }
    walk_part(content, named(MAIN, {"styleSheet": Element(named(MAIN, sheet), skipped)}), where)
    return tuple(_meaning(number, codes) for number in styles)


def _meaning(number: int, codes: dict[int, str]) -> Meaning:
    if number in codes:
        return meaning_of(codes[number])
    if number in _PERCENT_IDS:
        return Meaning.PERCENT
    if number in _DURATION_IDS:
        return Meaning.DURATION
    if number in _TIMED_IDS:
        return Meaning.TIMED
    return Meaning.MOMENT if number in _MOMENT_IDS else Meaning.NUMBER

"""References to cells and ranges to rows and columns, from 1."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Sequence
from functools import lru_cache

from kvaljury.files.workbooks.contents import Merged

LAST_ROW = 1_048_576
"""Rows of a sheet of Excel."""

LAST_COLUMN = 16_384
"""Columns of a sheet of Excel."""

_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


@lru_cache(maxsize=LAST_COLUMN)
def column_number(letters: str) -> int | None:
    """Give the number of a column, or None where there is no such.

    >>> column_number("A"), column_number("XFD"), column_number("XFE"), column_number("a")
    (1, 16384, None, None)
    """
    if not letters.isascii() or not letters.isalpha() or not letters.isupper():
        return None
    number = 0
    for letter in letters[:4]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number if number <= LAST_COLUMN else None


def parse_cell(reference: str) -> tuple[int, int] | None:
    """Give row and column of a reference as workbooks write it, or None where it is none.

    >>> parse_cell("AB12"), parse_cell("XFD1048577"), parse_cell("$A$1")
    ((12, 28), None, None)
    """
    found = _CELL.fullmatch(reference)
    column = column_number(found[1]) if found else None
    if not found or column is None or int(found[2]) > LAST_ROW:
        return None
    return int(found[2]), column


def parse_range(reference: str) -> Merged | None:
    """Give a range of cells, or None where it is none.

    >>> parse_range("A1:B2"), parse_range("B2:A1")
    (Merged(first_row=1, first_column=1, last_row=2, last_column=2), None)
    """
    first, colon, last = reference.partition(":")
    begin, end = parse_cell(first), parse_cell(last if colon else first)
    if begin is None or end is None or begin[0] > end[0] or begin[1] > end[1]:
        return None
    return Merged(*begin, *end)


def overlapping(ranges: Sequence[Merged]) -> tuple[Merged, Merged] | None:
    """Find two ranges that share a cell, or None.

    Time grows as n log n: ranges are entered by their first row and left by their last, and
    those entered at a time are kept by their columns.
    """
    steps = [(one.first_row, 1, i) for i, one in enumerate(ranges)]
    steps += [(one.last_row + 1, 0, i) for i, one in enumerate(ranges)]
    active: list[tuple[int, int]] = []
    for _, is_entered, index in sorted(steps):
        one = ranges[index]
        key = (one.first_column, index)
        place = bisect_left(active, key)
        if not is_entered:
            del active[place]
            continue
        beside = [ranges[i] for _, i in active[max(place - 1, 0) : place + 1]]
        for other in beside:
            if other.first_column <= one.last_column and one.first_column <= other.last_column:
                return other, one
        insort(active, key)
    return None

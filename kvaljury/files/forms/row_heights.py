"""How high the rows of a form are: enough for what stands there, and free to grow with answers."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from functools import lru_cache
from textwrap import wrap
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kvaljury.files.forms.layout import FIRST_COLUMN, Asked, FormSheet, Line, Look, Shown

FONT_SIZES = {Look.TITLE: 16, Look.AREA: 12, Look.RUBRIC: 10, Look.SCALE: 10, Look.NOTE: 9}
"""Points of the looks that differ from the usual size."""

_USUAL_SIZE = 11
_BOLD = frozenset({Look.TITLE, Look.HEAD, Look.AREA, Look.NUMBER, Look.STRONG})
_BOLD_SHARE = 0.92
_LEADING, _PADDING = 1.4, 4.0
_LEAST, _LEAST_TO_ANSWER = 15.0, 30.0
_HIGHEST = 400.0  # Excel takes 409.5 points at most
_ROW = re.compile(rb'(<row r="([0-9]+)"[^>]*?) customHeight="1"')
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)


def line_height(line: Line, widths: Sequence[int]) -> float:
    """Reckon the height of a row.

    Args:
        line: its cells.
        widths: of the columns from the second, in characters of the usual size.

    Returns:
        Points; LibreOffice never fits rows of a protected sheet to their text by itself.
    """
    heights = [_cell_height(cell, place, widths) for place, cell in line.cells.items()]
    least = _LEAST_TO_ANSWER if line.subject else _LEAST
    return round(min(max([least, *heights]), _HIGHEST), 2)


def fixed_rows(sheet: FormSheet) -> frozenset[int]:
    """Give the rows over which cells are merged, which no program fits to their text."""
    return frozenset(
        number
        for number, line in sheet.numbered()
        if any(cell.span > 1 for cell in line.shown().values())
    )


def growing_rows(content: bytes, fixed: Sequence[frozenset[int]]) -> bytes:
    """Let rows grow with what is typed into them.

    XlsxWriter marks each height that it is given as set by hand, and Excel leaves those alone.

    Args:
        content: a workbook by XlsxWriter.
        fixed: rows that keep their height, for each of the first sheets.

    Returns:
        The workbook; the same content gives the same bytes.
    """
    kept = {f"xl/worksheets/sheet{place}.xml": rows for place, rows in enumerate(fixed, start=1)}
    buffer = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name in kept:
                part = _free(part, kept[name])
            info = ZipInfo(name, _FIXED_DATE)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, part)
    return buffer.getvalue()


def _free(part: bytes, fixed: frozenset[int]) -> bytes:
    return _ROW.sub(lambda row: row[0] if int(row[2]) in fixed else row[1], part)


def _cell_height(cell: Shown | Asked, place: int, widths: Sequence[int]) -> float:
    first = place - FIRST_COLUMN
    if isinstance(cell, Asked):
        text, look, span = str(cell.value or ""), Look.LABEL, 1
    else:
        text, look, span = cell.text, cell.look, cell.span
    size = FONT_SIZES.get(look, _USUAL_SIZE)
    share = (_BOLD_SHARE if look in _BOLD else 1.0) * _USUAL_SIZE / size
    room = max(int(sum(widths[first : first + span]) * share), 1)
    return _lines(text, room) * size * _LEADING + _PADDING


@lru_cache(maxsize=4096)
def _lines(text: str, room: int) -> int:
    """Count the lines that a text takes; the same texts stand on sheet after sheet."""
    return sum(len(wrap(part, room)) or 1 for part in text.splitlines() or [""])

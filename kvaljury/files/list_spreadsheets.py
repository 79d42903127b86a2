"""Plain lists to an Excel workbook, a sheet each."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime

import attrs
import xlsxwriter

from kvaljury.files.sheet_cells import sheet_formats, write_text
from kvaljury.files.sheet_names import sheet_names


@attrs.frozen
class ListSheet:
    """One list.

    Attributes:
        title: of the sheet.
        heading: stands above the list.
        columns: title and width in characters.
        rows: as many cells each as there are columns.
    """

    title: str
    heading: str
    columns: tuple[tuple[str, int], ...]
    rows: Sequence[Sequence[str | int | None]]


def lists_xlsx(title: str, year: int, sheets: Sequence[ListSheet]) -> bytes:
    """Give lists as an Excel workbook.

    Args:
        title: of the workbook.
        year: of the edition, which dates the file.
        sheets: at least one.

    Returns:
        The workbook; text is written as text, and the same lists give the same bytes.
    """
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    fixed = datetime(year, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    workbook.set_properties({"title": title, "author": "kvaljury", "created": fixed})
    formats = sheet_formats(workbook, 0)
    names = sheet_names([sheet.title for sheet in sheets])
    for name, given in zip(names, sheets, strict=True):
        sheet = workbook.add_worksheet(name)
        write_text(sheet, 0, 0, given.heading, formats.heading)
        for place, (head, width) in enumerate(given.columns):
            sheet.set_column(place, place, width)
            write_text(sheet, 2, place, head, formats.head)
        for line, row in enumerate(given.rows, start=3):
            for place, value in enumerate(row):
                if isinstance(value, str):
                    write_text(sheet, line, place, value, formats.by_kind["text"])
                elif value is not None:
                    sheet.write_number(line, place, value, formats.by_kind["count"])
        sheet.freeze_panes(3, 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2)
    workbook.close()
    return buffer.getvalue()

"""How far a year has come as an Excel workbook, a sheet for each question that staff ask."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import attrs
import xlsxwriter

from kvaljury.errors import Text
from kvaljury.files.agreement_sheet import write_table
from kvaljury.files.agreement_tables import AgreementTable
from kvaljury.files.drift_tables import DRIFT, DRIFT_LEGEND, drift_tables
from kvaljury.files.progress_documents import ProgressDocument
from kvaljury.files.progress_tables import (
    deadlines_table,
    discussions_table,
    examiners_table,
    leaves_table,
    missing_table,
    readings_table,
    teams_table,
    unseen_table,
    verify_table,
)
from kvaljury.files.progress_wording import (
    PROGRESS,
    names_of_entries,
    names_of_examiners,
    next_deadline_sentences,
    summary_sentences,
)
from kvaljury.files.sheet_cells import SheetFormats, sheet_formats, write_text
from kvaljury.files.sheet_names import sheet_names


@attrs.frozen
class _Sheet:
    """What stands on a sheet: sentences, then tables; a table alone can be filtered."""

    name: Text
    heading: Text
    tables: tuple[AgreementTable, ...]
    sentences: tuple[Text, ...] = ()


def progress_xlsx(document: ProgressDocument) -> bytes:
    """Give the account as an Excel workbook.

    Args:
        document: the account with its provenance.

    Returns:
        The workbook; text is written as text, and the same account gives the same bytes.
    """
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    edition, render = document.edition, document.render
    title = f"{render(edition.title)} – {render(PROGRESS)}"
    fixed = datetime.combine(document.progress.day, datetime.min.time())
    workbook.set_properties({"title": title, "author": "kvaljury", "created": fixed})
    formats = sheet_formats(workbook, edition.rules.settings.rounding.decimals)
    sheets = tuple(_sheets(document))
    about = Text("About")
    *names, last = sheet_names([render(name) for name in (*(s.name for s in sheets), about)])
    for sheet, name in zip(sheets, names, strict=True):
        _write_sheet(workbook.add_worksheet(name), sheet, document, formats)
    _write_about(workbook.add_worksheet(last), title, document, formats)
    workbook.close()
    return buffer.getvalue()


def _sheets(document: ProgressDocument) -> Iterator[_Sheet]:
    edition, progress = document.edition, document.progress
    names = names_of_entries(edition) | names_of_examiners(edition)
    yield _Sheet(
        Text("Where things stand"),
        PROGRESS,
        (
            examiners_table(progress, edition),
            teams_table(progress, edition),
            readings_table(progress, edition),
        ),
        (*summary_sentences(progress), *next_deadline_sentences(progress, names)),
    )
    missing = missing_table(progress, edition)
    yield _Sheet(Text("Missing"), missing.title, (missing,))
    deadlines = deadlines_table(progress, edition)
    yield _Sheet(Text("Deadlines"), deadlines.title, (deadlines,))
    yield _Sheet(
        Text("Differences"),
        Text("To be discussed before the visit"),
        (discussions_table(progress, edition), leaves_table(progress, edition)),
    )
    yield _Sheet(
        Text("To verify"),
        Text("To verify at the visit"),
        (verify_table(progress, edition), unseen_table(progress, edition)),
    )
    yield _Sheet(
        Text("Marks agreed on"), DRIFT, drift_tables(document.drift, edition), (DRIFT_LEGEND,)
    )


def _write_sheet(
    sheet: Any, content: _Sheet, document: ProgressDocument, formats: SheetFormats
) -> None:
    render = document.render
    day = document.progress.day.isoformat()
    write_text(sheet, 0, 0, f"{render(content.heading)}, {day}", formats.heading)
    _set_widths(sheet, content.tables)
    line = 0
    for sentence in content.sentences:
        line += 1
        write_text(sheet, line, 0, render(sentence))
    for table in content.tables:
        top = line + 2
        line = write_table(sheet, top, table, render, formats)
        if len(content.tables) == 1 and table.rows:
            sheet.autofilter(top + 1, 0, line, len(table.columns) - 1)
            sheet.freeze_panes(top + 2, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _set_widths(sheet: Any, tables: Iterable[AgreementTable]) -> None:
    widths: dict[int, int] = {}
    for table in tables:
        for place, column in enumerate(table.columns):
            widths[place] = max(widths.get(place, 0), column.width)
    for place, width in widths.items():
        sheet.set_column(place, place, width)


def _write_about(sheet: Any, title: str, document: ProgressDocument, formats: SheetFormats) -> None:
    render = document.render
    sheet.set_column(0, 1, 70)
    write_text(sheet, 0, 0, title, formats.heading)
    rows = [
        (render(Text("Day")), document.progress.day.isoformat()),
        (render(document.edition.rules.title), document.edition.rules.name),
    ]
    for line, row in enumerate(rows, start=2):
        for place, cell in enumerate(row):
            write_text(sheet, line, place, cell, formats.wrapped)
    top = len(rows) + 3
    write_text(sheet, top, 0, render(Text("Input files and their SHA-256")), formats.strong)
    for line, row in enumerate(sorted(document.inputs.items()), start=top + 1):
        for place, cell in enumerate(row):
            write_text(sheet, line, place, cell, formats.wrapped)

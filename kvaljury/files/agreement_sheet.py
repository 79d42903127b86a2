"""How far examiners agree as a sheet of the workbook."""

from __future__ import annotations

from typing import Any

from kvaljury.core.model.wording import BASIS_FOR_DECISION
from kvaljury.errors import Text
from kvaljury.files.agreement_tables import (
    HOW_EXAMINERS_AGREE,
    TEAM_LEGEND,
    AgreementTable,
    agreement_tables,
)
from kvaljury.files.ranking_documents import RankingDocument, Render
from kvaljury.files.rounding import six_decimals
from kvaljury.files.sheet_cells import SheetFormats, write_text

AGREEMENT_SHEET = Text("Agreement")
_WIDTHS = (34, 14, 14, 14, 14, 14, 14, 14, 60)
_ROW_HEIGHT = 15


def write_agreement(sheet: Any, document: RankingDocument, formats: SheetFormats) -> None:
    """Write the account of agreement of a ranking; nothing where it has none.

    Args:
        sheet: an empty worksheet.
        document: the ranking with its provenance.
        formats: of the workbook.
    """
    account = document.ranking.agreement
    if account is None:
        return
    render = document.render
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    heading = f"{render(HOW_EXAMINERS_AGREE)} – {render(BASIS_FOR_DECISION)}"
    write_text(sheet, 0, 0, heading, formats.heading)
    line = 1
    for line, sentence in enumerate((*account.sentences, TEAM_LEGEND), start=2):
        _write_across(sheet, line, render(sentence), formats)
    names = {entry.id: entry.name for entry in document.edition.entries}
    for table in agreement_tables(account, names):
        line = write_table(sheet, line + 2, table, render, formats)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write_across(sheet: Any, line: int, text: str, formats: SheetFormats) -> None:
    """Write running text over the width of the sheet, in a row high enough for it."""
    sheet.set_row(line, _ROW_HEIGHT * -(-len(text) // sum(_WIDTHS)))
    sheet.merge_range(line, 0, line, len(_WIDTHS) - 1, "", formats.wrapped)
    write_text(sheet, line, 0, text, formats.wrapped)


def write_table(
    sheet: Any, top: int, table: AgreementTable, render: Render, formats: SheetFormats
) -> int:
    """Write a table with its title; a number that is not there is a dash.

    Args:
        sheet: a worksheet.
        top: the line of the title, from 0.
        table: what is written.
        render: texts to the reader's language.
        formats: of the workbook.

    Returns:
        The last line written.
    """
    write_text(sheet, top, 0, render(table.title), formats.strong)
    if not table.rows:
        write_text(sheet, top + 1, 0, render(table.empty))
        return top + 1
    for place, column in enumerate(table.columns):
        write_text(sheet, top + 1, place, render(column.title), formats.head)
    for line, row in enumerate(table.rows, start=top + 2):
        for place, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            if isinstance(cell, str | Text):
                write_text(sheet, line, place, render(cell), formats.by_kind["text"])
            elif cell is None:
                write_text(sheet, line, place, "–", formats.by_kind["text"])
            else:
                sheet.write_number(line, place, six_decimals(cell), formats.by_kind[column.kind])
    return top + 1 + len(table.rows)

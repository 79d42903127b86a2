"""How firmly lists stand, as a sheet of the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kvaljury.core.model.sensitivity import Sensitivity
from kvaljury.core.model.wording import BASIS_FOR_DECISION
from kvaljury.files.ranking_documents import RankingDocument
from kvaljury.files.sensitivity_documents import (
    sensitivity_heads,
    sensitivity_remarks,
    sensitivity_rows,
)
from kvaljury.files.sensitivity_wording import SENSITIVITY, area_labels
from kvaljury.files.sheet_cells import SheetFormats, write_text

_WIDTHS = (24, 10, 34, 8, 10, 10, 14, 14, 14, 14, 14, 70)
_TOP = 2
_FROZEN_COLUMNS = 3


def write_sensitivity(
    sheet: Any, sensitivity: Sensitivity, document: RankingDocument, formats: SheetFormats
) -> None:
    """Write a table of all entries to be ranked, then what would alter each list.

    Args:
        sheet: an empty worksheet.
        sensitivity: of the ranking.
        document: the ranking with its provenance.
        formats: of the workbook.
    """
    render = document.render
    heading = f"{render(SENSITIVITY)} – {render(BASIS_FOR_DECISION)}"
    write_text(sheet, 0, 0, heading, formats.heading)
    for place, (head, width) in enumerate(zip(sensitivity_heads(), _WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        write_text(sheet, _TOP, place, render(head), formats.head)
    line, areas = _TOP, area_labels(document.edition)
    for record in sensitivity_rows(sensitivity, document.ranking, areas, render):
        line += 1
        for place, cell in enumerate(record):
            if isinstance(cell, str):
                write_text(sheet, line, place, cell, formats.by_kind["text"])
            else:
                sheet.write_number(line, place, cell, formats.by_kind["count"])
    remarks = sensitivity_remarks(sensitivity, document.ranking, areas, render)
    _write_remarks(sheet, remarks, line + 2, formats)
    sheet.freeze_panes(_TOP + 1, _FROZEN_COLUMNS)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write_remarks(
    sheet: Any, remarks: Sequence[tuple[str, list[str]]], line: int, formats: SheetFormats
) -> None:
    for heading, sentences in remarks:
        write_text(sheet, line, 0, heading, formats.strong)
        for sentence in sentences:
            line += 1
            write_text(sheet, line, 0, sentence)
        line += 2

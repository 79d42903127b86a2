"""A ranking as an Excel workbook: a sheet a class, and one about how it was made."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from kvaljury.core.model import ClassRanking
from kvaljury.core.model.wording import (
    BASIS_FOR_DECISION,
    WOULD_CONNECT,
    assumption_texts,
    calibration_sentences,
    not_competing_names,
    plugin_text,
    ranking_link_texts,
    ranking_remarks,
)
from kvaljury.errors import Text
from kvaljury.files.agreement_sheet import AGREEMENT_SHEET, write_agreement
from kvaljury.files.linkage_sheet import write_linkage
from kvaljury.files.linkage_wording import LINKAGE
from kvaljury.files.ranking_columns import SHEET_COLUMNS
from kvaljury.files.ranking_documents import RankingDocument
from kvaljury.files.rounding import six_decimals
from kvaljury.files.sheet_cells import SheetFormats, sheet_formats, write_text
from kvaljury.files.sheet_names import sheet_names


def ranking_xlsx(document: RankingDocument) -> bytes:
    """Give a ranking as an Excel workbook.

    Args:
        document: the ranking with its provenance.

    Returns:
        The workbook; text is written as text, and the same ranking gives the same bytes.
    """
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    title = f"{document.render(document.edition.title)} – {document.render(BASIS_FOR_DECISION)}"
    fixed = datetime(document.edition.year, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    workbook.set_properties({"title": title, "author": "kvaljury", "created": fixed})
    formats = sheet_formats(workbook, document.edition.rules.settings.rounding.decimals)
    titles = (Text("About"), AGREEMENT_SHEET, Text("Sensitivity"), LINKAGE)
    others = [document.render(title) for title in titles]
    classes = document.ranking.classes
    names = sheet_names([*others, *(document.render(ranked.title) for ranked in classes)])
    for ranked, name in zip(classes, names[len(others) :], strict=True):
        _write_class(workbook.add_worksheet(name), document, ranked, formats)
    if document.ranking.agreement is not None:
        write_agreement(workbook.add_worksheet(names[1]), document, formats)
    if document.sensitivity is not None:
        # Seldom asked for, and the words for it take long to load.
        from kvaljury.files.sensitivity_sheet import write_sensitivity  # noqa: PLC0415

        sheet = workbook.add_worksheet(names[2])
        write_sensitivity(sheet, document.sensitivity, document, formats)
    linkage = document.ranking.calibration.linkage
    if linkage is not None:
        write_linkage(workbook.add_worksheet(names[3]), linkage, document, formats)
    _write_about(workbook.add_worksheet(names[0]), document, formats)
    workbook.close()
    return buffer.getvalue()


def _write_class(
    sheet: Any, document: RankingDocument, ranked: ClassRanking, formats: SheetFormats
) -> None:
    render = document.render
    write_text(
        sheet, 0, 0, f"{render(ranked.title)} – {render(BASIS_FOR_DECISION)}", formats.heading
    )
    notes = [render(note) for note in ranked.notes]
    for line, note in enumerate(notes, start=1):
        write_text(sheet, line, 0, note, formats.strong)
    top = len(notes) + 2
    for place, column in enumerate(SHEET_COLUMNS):
        sheet.set_column(place, place, column.width)
        write_text(sheet, top, place, render(column.title), formats.head)
    for line, entry in enumerate(ranked.entries, start=top + 1):
        for place, column in enumerate(SHEET_COLUMNS):
            value = column.value(ranked, entry, render)
            if isinstance(value, str):
                write_text(sheet, line, place, value, formats.by_kind["text"])
            elif value is not None:
                sheet.write_number(line, place, six_decimals(value), formats.by_kind[column.kind])
    sheet.freeze_panes(top + 1, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)


def _write_about(sheet: Any, document: RankingDocument, formats: SheetFormats) -> None:
    render = document.render
    sheet.set_column(0, 0, 110)
    sheet.set_column(1, 1, 70)
    heading = f"{render(document.edition.title)} – {render(BASIS_FOR_DECISION)}"
    write_text(sheet, 0, 0, heading, formats.heading)
    line = 2
    for title, rows in _about_sections(document):
        write_text(sheet, line, 0, render(title), formats.strong)
        line += 1
        for row in rows:
            for place, cell in enumerate(row):
                write_text(sheet, line, place, cell, formats.wrapped)
            line += 1
        line += 1


def _about_sections(document: RankingDocument) -> Iterable[tuple[Text, list[tuple[str, ...]]]]:
    edition, ranking, render = document.edition, document.ranking, document.render

    def lines(texts: Iterable[Text]) -> list[tuple[str, ...]]:
        return [(render(text),) for text in texts]

    yield (
        Text("How the scores were made comparable"),
        lines(calibration_sentences(ranking.calibration, ranking.classes)),
    )
    yield Text("To look at"), lines(ranking_remarks(ranking))
    yield WOULD_CONNECT, lines(ranking_link_texts(ranking))
    yield (
        Text("Marks left out because of jäv"),
        [(f"{reading.examiner} – {reading.entry}", reading.ground) for reading in ranking.excluded],
    )
    yield (
        Text("Entries that do not compete"),
        [(name,) for name in not_competing_names(ranking, edition)],
    )
    yield (
        Text("kvaljury's own proposals, which the edition may change"),
        lines(assumption_texts(edition)),
    )
    yield Text("Where the edition departs from its rule set"), [(key,) for key in edition.changes]
    yield Text("Rule set"), [(render(edition.rules.title), edition.rules.name)]
    yield (
        Text("Plugins"),
        [(f"{render(plugin_text(use))} – {use.provider}", use.version) for use in document.plugins],
    )
    yield Text("Input files and their SHA-256"), sorted(document.inputs.items())

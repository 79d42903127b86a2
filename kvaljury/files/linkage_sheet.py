"""The links between teams as a sheet of the workbook."""

from __future__ import annotations

from typing import Any

from kvaljury.core.model import Linkage
from kvaljury.core.model.wording import BASIS_FOR_DECISION
from kvaljury.errors import Text
from kvaljury.files.linkage_wording import (
    HOW_FIRMLY_LINKED,
    WOULD_STRENGTHEN,
    linkage_sentences,
    strengthening_texts,
)
from kvaljury.files.ranking_documents import RankingDocument
from kvaljury.files.rounding import six_decimals
from kvaljury.files.sheet_cells import SheetFormats, write_text

_TITLES = (
    Text("Team"),
    Text("Compared with"),
    Text("More generous by, points"),
    Text("Standard error, points"),
)
_WIDTH = 24


def write_linkage(
    sheet: Any, linkage: Linkage, document: RankingDocument, formats: SheetFormats
) -> None:
    """Write how firmly the teams are linked: sentences, proposed readings, every pair of teams.

    Args:
        sheet: an empty worksheet.
        linkage: of the ranking.
        document: the ranking with its provenance.
        formats: of the workbook.
    """
    render = document.render
    sheet.set_column(0, len(_TITLES) - 1, _WIDTH)
    heading = f"{render(HOW_FIRMLY_LINKED)} – {render(BASIS_FOR_DECISION)}"
    write_text(sheet, 0, 0, heading, formats.heading)
    line = 2
    for sentence in linkage_sentences(linkage):
        write_text(sheet, line, 0, render(sentence))
        line += 1
    names = {e.id: e.name for ranked in document.ranking.classes for e in ranked.entries}
    proposals = strengthening_texts(linkage, names)
    if proposals:
        write_text(sheet, line + 1, 0, render(WOULD_STRENGTHEN), formats.strong)
        for place, proposal in enumerate(proposals, start=line + 2):
            write_text(sheet, place, 0, render(proposal))
        line += 2 + len(proposals)
    _write_pairs(sheet, line + 1, linkage, document, formats)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write_pairs(
    sheet: Any, top: int, linkage: Linkage, document: RankingDocument, formats: SheetFormats
) -> None:
    for place, title in enumerate(_TITLES):
        write_text(sheet, top, place, document.render(title), formats.head)
    for line, pair in enumerate(linkage.team_differences, start=top + 1):
        for place, team in enumerate(pair.teams):
            write_text(sheet, line, place, team, formats.by_kind["text"])
        for place, value in enumerate((pair.difference, pair.standard_error), start=2):
            if value is None:
                write_text(sheet, line, place, "–", formats.by_kind["text"])
            else:
                sheet.write_number(line, place, six_decimals(value), formats.by_kind["coefficient"])

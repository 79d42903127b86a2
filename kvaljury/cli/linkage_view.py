"""How firmly the teams are linked as people read it."""

from __future__ import annotations

from kvaljury.cli.output import Output
from kvaljury.errors import Text
from kvaljury.files.linkage_wording import (
    HOW_FIRMLY_LINKED,
    WOULD_STRENGTHEN,
    linkage_sentences,
    strengthening_texts,
)
from kvaljury.files.ranking_documents import RankingDocument


def show_linkage(document: RankingDocument, output: Output) -> None:
    """Show how well severities can be told apart and what more links would buy.

    Args:
        document: the ranking with its provenance; nothing is shown where it has one team only.
        output: where and in which language.
    """
    linkage = document.ranking.calibration.linkage
    if linkage is None:
        return
    output.heading(HOW_FIRMLY_LINKED)
    for sentence in linkage_sentences(linkage):
        output.paragraph(sentence)
    if not linkage.strengthening:
        return
    output.line()
    output.line(Text("{title}:", title=WOULD_STRENGTHEN))
    names = {e.id: e.name for ranked in document.ranking.classes for e in ranked.entries}
    for text in strengthening_texts(linkage, names):
        output.line(text, indent=4)

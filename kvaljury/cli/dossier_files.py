"""What dossiers say to files of HTML and PDF, and the index that leads to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kvaljury.cli.dossier_basis import Basis
from kvaljury.cli.language import Language
from kvaljury.core.dossier import (
    blinded,
    blinded_class,
    blinded_edition,
    build_blocks,
    dossier_name,
    overview_blocks,
    overview_name,
)
from kvaljury.core.model import ClassRanking, DossierCase, DossierSection
from kvaljury.core.model.blocks import Block, Cell, Column, Document, Paragraph, Table
from kvaljury.core.model.wording import BASIS_FOR_DECISION
from kvaljury.errors import Text
from kvaljury.reports.html import html_page
from kvaljury.reports.pdf import Booklet, pdf_bytes
from kvaljury.reports.voice import Voice

INDEX, BOOKLET = "index.html", "beslutsunderlag.pdf"
PATTERNS = ("bidrag-*.html", "bidrag-*.pdf", "klass-*.html", "klass-*.pdf", INDEX, BOOKLET)
_SHOWN_DIGITS = 16
_PREFACE = (
    Text(
        "This is what the drafting group lays before the jury: for each class an overview, and"
        " then a dossier of each entry that is shortlisted, to be discussed, proposed or nominated."
    ),
    Text(
        "The scores are advice. Nobody has been chosen: the jury decides, and may decide otherwise."
    ),
)


def dossier_files(
    basis: Basis,
    sections: Sequence[DossierSection],
    language: Language,
    tell: Callable[[int, int], None],
) -> dict[str, bytes]:
    """Make every file.

    Args:
        basis: what they say.
        sections: of a dossier, in order.
        language: of the files.
        tell: is told the number of documents done and of all.

    Returns:
        Content by file name.

    Raises:
        PluginFault: if a section fails or answers with something unusable.
    """
    voice = _voice(basis, language)
    documents = list(_meeting_order(basis, sections))
    overviews = {overview_name(ranked.class_id) for ranked in basis.ranking.classes}
    files: dict[str, bytes] = {}
    overview = None
    for number, document in enumerate(documents, start=1):
        overview = document if document.name in overviews else overview
        files[f"{document.name}.html"] = html_page(
            document, voice, INDEX, _links(document, overview)
        )
        files[f"{document.name}.pdf"] = pdf_bytes(_bound(basis, document), voice)
        tell(number, len(documents) + 1)
    files[BOOKLET] = pdf_bytes(_bound(basis, *documents), voice)
    files[INDEX] = html_page(_index(basis, documents), voice)
    return files


def _links(document: Document, overview: Document | None) -> Iterator[tuple[Text | str, str]]:
    """Give what lies nearest to a document: its class's overview and itself on paper."""
    if overview is not None and overview is not document:
        yield overview.title, f"{overview.name}.html"
    yield Text("The page as PDF"), f"{document.name}.pdf"


def _voice(basis: Basis, language: Language) -> Voice:
    if basis.blinding is None:
        return Voice(language.code, language.render, language.number)
    hide = basis.blinding.everywhere
    return Voice(language.code, lambda text: hide(language.render(text)), language.number)


def _meeting_order(basis: Basis, sections: Sequence[DossierSection]) -> Iterator[Document]:
    """Give each class's overview, then its dossiers, best first."""
    cases = {case.entry.id: case for case in basis.cases}
    for ranked in basis.ranking.classes:
        yield _overview(basis, ranked, set(cases))
        for entry in ranked.entries:
            if entry.id in cases:
                yield _dossier(basis, cases[entry.id], sections)


def _overview(basis: Basis, ranked: ClassRanking, dossiers: set[str]) -> Document:
    edition, named = basis.edition, {code_of(basis, entry) for entry in dossiers}
    if basis.blinding is not None:
        edition = blinded_edition(edition, basis.blinding)
        ranked = blinded_class(ranked, basis.blinding)
    return Document(
        name=overview_name(ranked.class_id),
        title=Text("Overview: {title}", title=ranked.title),
        subtitle=basis.edition.title,
        blocks=overview_blocks(edition, ranked, {entry: dossier_name(entry) for entry in named}),
        stand=BASIS_FOR_DECISION,
    )


def _dossier(basis: Basis, case: DossierCase, sections: Sequence[DossierSection]) -> Document:
    if basis.blinding is not None:
        case = blinded(case, basis.blinding)
    entry = case.entry
    return Document(
        name=dossier_name(entry.id),
        title=entry.name,
        subtitle=Text("{id}, {title}", id=entry.id, title=case.class_title)
        if entry.id != entry.name
        else case.class_title,
        blocks=build_blocks(case, sections),
        stand=BASIS_FOR_DECISION,
    )


def code_of(basis: Basis, entry: str) -> str:
    """Give what stands for an entry: its id, or its code where names are hidden."""
    return entry if basis.blinding is None else basis.blinding.codes[entry]


def _bound(basis: Basis, *documents: Document) -> Booklet:
    one = documents[0] if len(documents) == 1 else None
    return Booklet(
        title=one.title if one else Text("Basis for the jury's decision"),
        subtitle=basis.edition.title,
        running=basis.edition.title,
        preface=_PREFACE,
        documents=documents,
        stand=BASIS_FOR_DECISION,
        foot=Text("Made from what has the checksum {digest}", digest=basis.digest[:_SHOWN_DIGITS]),
        year=basis.edition.year,
        parts=frozenset(overview_name(ranked.class_id) for ranked in basis.ranking.classes),
    )


def _index(basis: Basis, documents: Sequence[Document]) -> Document:
    def row(document: Document) -> tuple[Cell, ...]:
        return (
            Cell(document.title, link=f"{document.name}.html"),
            Cell(document.subtitle),
            Cell(Text("PDF"), link=f"{document.name}.pdf"),
        )

    blocks: tuple[Block, ...] = (
        *(Paragraph(text) for text in _PREFACE),
        Table(
            Text("All documents, in the order of the meeting"),
            (
                Column(Text("Document"), width=3),
                Column(Text("About"), width=2),
                Column(Text("On paper")),
            ),
            (
                *map(row, documents),
                (
                    Cell(Text("The whole booklet"), link=BOOKLET),
                    Cell(basis.edition.title),
                    Cell(Text("PDF"), link=BOOKLET),
                ),
            ),
        ),
    )
    return Document(
        name="index",
        title=Text("Basis for the jury's decision"),
        subtitle=basis.edition.title,
        blocks=blocks,
        stand=BASIS_FOR_DECISION,
    )

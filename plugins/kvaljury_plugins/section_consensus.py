"""Dossier section: what the team agreed on after the visit, and how far that moved its scores."""

from collections.abc import Iterable, Iterator

from kvaljury import (
    AgreedArea,
    AgreedLeaf,
    AskedDocument,
    DossierCase,
    DossierSection,
    TeamConsensus,
    Text,
    blocks,
    hookimpl,
)

_USED = Text(
    "The scores in this basis rest on what the team agreed on. The examiners' own marks are kept "
    "beside it, unchanged.",
    sv="Poängen i det här underlaget bygger på det som laget enades om. Examinatorernas egna "
    "poäng finns kvar bredvid, oförändrade.",
)
_ON_RECORD = Text(
    "The scores in this basis rest on the examiners' own marks. What the team agreed on is shown "
    "for information.",
    sv="Poängen i det här underlaget bygger på examinatorernas egna poäng. Det som laget enades "
    "om visas för kännedom.",
)
_OWN = Text("Own", sv="Egna")
_AGREED = Text("Agreed", sv="Gemensam")
_CHANGE = Text("Change", sv="Ändring")
_NOTHING = "–"


def build(case: DossierCase) -> Iterator[blocks.Block]:
    """Tell areas, questions with reasons, examiners and documents that were not seen."""
    agreed = case.consensus
    if agreed is None or not agreed.leaves:
        return
    yield blocks.Heading(Text("What the team agreed on", sv="Vad laget enades om"))
    yield blocks.Paragraph(_USED if case.has_consensus else _ON_RECORD)
    areas = (*([agreed.total] if agreed.total else []), *agreed.areas)
    if areas:
        yield _areas(case, areas)
    yield _leaves(case, agreed.leaves)
    if agreed.by_reader:
        yield blocks.Paragraph(_readers(case, agreed))
    yield from _documents(case.documents)


def _areas(case: DossierCase, areas: Iterable[AgreedArea]) -> blocks.Table:
    return blocks.Table(
        caption=Text(
            "Scores, 0–100, before and after the team agreed: means of its own examiners",
            sv="Poäng, 0–100, före och efter att laget enades: medelvärden för lagets egna "
            "examinatorer",
        ),
        columns=(
            blocks.Column(Text("Area", sv="Område"), width=3.0),
            *(blocks.Column(title, is_number=True) for title in (_OWN, _AGREED, _CHANGE)),
        ),
        rows=tuple(
            (
                blocks.Cell(area.label),
                blocks.Cell(case.number(area.own)),
                blocks.Cell(case.number(area.agreed)),
                blocks.Cell(_signed(case, area.agreed - area.own)),
            )
            for area in areas
        ),
    )


def _leaves(case: DossierCase, leaves: Iterable[AgreedLeaf]) -> blocks.Table:
    return blocks.Table(
        caption=Text(
            "The questions that the team agreed on, with its reasons",
            sv="Frågorna som laget enades om, med lagets motiveringar",
        ),
        columns=(
            blocks.Column(Text("Question", sv="Fråga"), width=2.5),
            blocks.Column(Text("Agreed mark", sv="Gemensam poäng"), width=1.5),
            blocks.Column(_CHANGE, is_number=True),
            blocks.Column(Text("Reason", sv="Motivering"), width=4.0),
        ),
        rows=tuple(_leaf_row(case, leaf) for leaf in leaves),
    )


def _leaf_row(case: DossierCase, leaf: AgreedLeaf) -> tuple[blocks.Cell, ...]:
    name = Text("{id} {label}", sv="{id} {label}", id=leaf.id, label=leaf.label)
    known = leaf.agreed is not None and leaf.own is not None
    change = _signed(case, (leaf.agreed or 0) - (leaf.own or 0)) if known else _NOTHING
    reasons = " | ".join(leaf.reasons)
    return blocks.Cell(name), blocks.Cell(_marks(leaf)), blocks.Cell(change), blocks.Cell(reasons)


def _marks(leaf: AgreedLeaf) -> Text:
    if len(leaf.marks) == 1:
        ((_, mark),) = leaf.marks
        return Text("{mark}", sv="{mark}", mark=mark)
    each = tuple(
        Text("{criterion} {mark}", sv="{criterion} {mark}", criterion=label, mark=mark)
        for label, mark in leaf.marks
    )
    return Text("{all}", sv="{all}", all=each)


def _signed(case: DossierCase, points: float) -> Text:
    number = case.number(points)
    if round(points, case.decimals) <= 0:
        return number
    return Text("+{points}", sv="+{points}", points=number)


def _readers(case: DossierCase, agreed: TeamConsensus) -> Text:
    changes = tuple(
        Text("{code} {points}", sv="{code} {points}", code=code, points=_signed(case, mean))
        for code, mean in agreed.by_reader.items()
    )
    return Text(
        "Agreed less own score, mean over the questions, by the team's own examiners: {changes} "
        "points. The letters stand for examiners in this basis alone.",
        sv="Gemensam poäng minus egen, medelvärde över frågorna, för lagets egna examinatorer: "
        "{changes} poäng. Bokstäverna gäller bara i det här underlaget.",
        changes=changes,
    )


def _documents(documents: Iterable[AskedDocument]) -> Iterator[blocks.Block]:
    asked = tuple(documents)
    unseen = [each for each in asked if each.seen is False]
    unsaid = [each.label for each in asked if each.seen is None and not each.on_request]
    if not unseen and not unsaid:
        return
    yield blocks.Heading(Text("Documents at the visit", sv="Dokument vid platsbesöket"), level=3)
    if unseen:
        yield blocks.Facts(tuple(_unseen(each) for each in unseen))
    if unsaid:
        yield blocks.Paragraph(
            Text(
                "The team has not said whether it saw: {documents}.",
                sv="Laget har inte angett om det har sett: {documents}.",
                documents=tuple(unsaid),
            )
        )


def _unseen(document: AskedDocument) -> tuple[Text, Text]:
    if not document.remark:
        return document.label, Text("not seen", sv="inte sett")
    return document.label, Text(
        "not seen: {remark}", sv="inte sett: {remark}", remark=document.remark
    )


@hookimpl
def kvaljury_dossier_sections() -> Iterable[DossierSection]:
    """Offer ``consensus``."""
    yield DossierSection("consensus", build)

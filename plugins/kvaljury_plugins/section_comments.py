"""Dossier section: strengths and development areas in the examiners' words, by area."""

from collections.abc import Iterable, Iterator

from kvaljury import AreaStanding, DossierCase, DossierSection, Text, blocks, hookimpl


def build(case: DossierCase) -> Iterator[blocks.Block]:
    """Tell every comment once, none shortened."""
    yield blocks.Heading(
        Text("Strengths and development areas", sv="Styrkor och utvecklingsområden")
    )
    told = [(area, tuple(_said(area))) for area in case.areas]
    if not any(said for _, said in told):
        yield blocks.Paragraph(
            Text(
                "The examiners have left no comments.",
                sv="Examinatorerna har inte lämnat några kommentarer.",
            )
        )
        return
    yield blocks.Paragraph(
        Text(
            "In the examiners' own words, one line a comment.",
            sv="Med examinatorernas egna ord, en rad för varje kommentar.",
        )
    )
    for area, said in told:
        if said:
            yield blocks.Heading(area.label, level=3)
            yield blocks.Facts(said)


def _said(area: AreaStanding) -> Iterator[tuple[Text, str]]:
    for title, comments in (
        (Text("Strengths", sv="Styrkor"), area.strengths),
        (Text("Development areas", sv="Utvecklingsområden"), area.development),
        (Text("Other remarks", sv="Övriga kommentarer"), area.remarks),
    ):
        if comments:
            yield title, "\n".join(comments)


@hookimpl
def kvaljury_dossier_sections() -> Iterable[DossierSection]:
    """Offer ``comments``."""
    yield DossierSection("comments", build)

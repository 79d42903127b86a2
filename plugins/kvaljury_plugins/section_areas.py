"""Dossier section: each question area against the class."""

from collections.abc import Iterable, Iterator

from kvaljury import DossierCase, DossierSection, Text, blocks, hookimpl


def build(case: DossierCase) -> Iterator[blocks.Block]:
    """Draw the areas where the entry has a score in any."""
    if all(area.score is None for area in case.areas):
        return
    yield blocks.Heading(Text("Area by area", sv="Område för område"))
    yield from case.banner()
    yield blocks.StripChart(
        title=Text("Scores by area", sv="Poäng per område"),
        description=_description(case),
        scale=Text("Score, 0–100, not adjusted", sv="Poäng, 0–100, inte justerade"),
        own=Text("this entry", sv="det här bidraget"),
        other=Text("other ranked entries", sv="övriga rangordnade bidrag"),
        low=0,
        high=100,
        lines=tuple(blocks.Strip(area.label, area.score, area.others) for area in case.areas),
        decimals=case.decimals,
    )
    yield blocks.Paragraph(
        Text(
            "Scores by area are the examiners' own and not adjusted for strict or generous teams: "
            "read the areas against each other rather than against other teams' entries.",
            sv="Poängen per område är examinatorernas egna och inte justerade för stränga eller "
            "generösa lag. Jämför hellre områdena med varandra än med andra lags bidrag.",
        )
    )
    yield blocks.Paragraph(
        Text(
            "Weights in the total: {weights}.",
            sv="Vikter i totalpoängen: {weights}.",
            weights=tuple(
                Text("{area} {weight} %", sv="{area} {weight} %", area=a.label, weight=a.weight)
                for a in case.areas
            ),
        )
    )


def _description(case: DossierCase) -> Text:
    compared = [area for area in case.areas if area.score is not None and area.others]
    if not case.comparable or not compared:
        return Text(
            "The entry's score in each area, and those of the class's other ranked entries.",
            sv="Bidragets poäng i varje område och de övriga rangordnade bidragens i klassen.",
        )
    above = [area for area in compared if (area.score or 0) > blocks.middle(area.others)]
    return Text(
        "The entry lies above the median of the others in {above} of {n} areas.",
        sv="Bidraget ligger över de andras median i {above} av {n} områden.",
        above=len(above),
        n=len(compared),
    )


@hookimpl
def kvaljury_dossier_sections() -> Iterable[DossierSection]:
    """Offer ``areas``."""
    yield DossierSection("areas", build)

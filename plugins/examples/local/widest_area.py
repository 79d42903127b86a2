"""Dossier section ``widest-area``: where the examiners of the entry differ most."""

from kvaljury import DossierSection, Text, blocks, hookimpl

TITLE = Text("The widest area", sv="Området där examinatorerna är mest oense")
NONE = Text("One examiner alone, or none.", sv="Högst en examinator har läst bidraget.")


def spread(area):
    """Give the points between the lowest and the highest score in an area."""
    scores = area.by_reader.values()
    return max(scores) - min(scores)


def build(case):
    """Name the area, where two examiners have scored one."""
    yield blocks.Heading(TITLE)
    areas = [area for area in case.areas if len(area.by_reader) > 1]
    if not areas:
        yield blocks.Paragraph(NONE)
        return
    widest = max(areas, key=spread)
    yield blocks.Paragraph(
        Text(
            "{area}: {points} points between the lowest and the highest score.",
            sv="{area}: {points} poäng mellan lägsta och högsta poängen.",
            area=widest.label,
            points=case.number(spread(widest)),
        )
    )


@hookimpl
def kvaljury_dossier_sections():
    """Offer ``widest-area``."""
    yield DossierSection("widest-area", build)

"""Dossier section: the presentation text and image of the bid."""

from collections.abc import Iterable, Iterator

from kvaljury import DossierCase, DossierSection, Text, blocks, hookimpl


def build(case: DossierCase) -> Iterator[blocks.Block]:
    """Show what the bid has; nothing where it has neither."""
    if not case.bid.presentation and case.bid.picture is None:
        return
    yield blocks.Heading(Text("In the unit's own words", sv="Med enhetens egna ord"))
    for paragraph in case.bid.presentation.splitlines():
        if paragraph.strip():
            yield blocks.Paragraph(paragraph.strip())
    if case.bid.picture is not None:
        yield case.bid.picture


@hookimpl
def kvaljury_dossier_sections() -> Iterable[DossierSection]:
    """Offer ``presentation``."""
    yield DossierSection("presentation", build)

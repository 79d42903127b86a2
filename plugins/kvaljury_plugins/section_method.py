"""Dossier section: how the numbers were made, and the digest of what they were made from."""

from collections.abc import Iterable, Iterator

from kvaljury import DossierCase, DossierSection, Text, blocks, hookimpl

_RAW = Text(
    "Each examiner sets marks on every question. The marks become a score of 0–100 for each "
    "question, the questions are weighted together to areas and the areas to a total.",
    sv="Varje examinator sätter poäng på varje fråga. De räknas om till 0–100 för varje fråga. "
    "Frågorna vägs ihop till områden och områdena till en totalpoäng.",
)
_INTERVAL = Text(
    "A 90 % interval: as far as the examiners' marks can tell, the chance is nine in ten that the "
    "score, or the place, lies within it. Probabilities come from the same calculation. None of "
    "it knows anything of what was not marked.",
    sv="90 % intervall: så långt examinatorernas poäng räcker är chansen nio på tio att poängen, "
    "eller platsen, ligger inom det. Sannolikheterna kommer ur samma beräkning. Inget av det "
    "säger något om sådant som inte har poängsatts.",
)
_ADVICE = Text(
    "This is a basis for decision. Nobody has been chosen; the jury decides.",
    sv="Det här är ett beslutsunderlag. Ingen är utsedd. Domarkommittén beslutar.",
)


def build(case: DossierCase) -> Iterator[blocks.Block]:
    """Tell it in plain sentences."""
    yield blocks.Heading(Text("How the numbers were made", sv="Så är siffrorna framtagna"))
    yield blocks.Paragraph(_RAW)
    for sentence in case.how:
        yield blocks.Paragraph(sentence)
    if case.entry.low is not None:
        yield blocks.Paragraph(_INTERVAL)
    yield blocks.Paragraph(_ADVICE)
    yield blocks.Paragraph(
        Text(
            "Checksum (SHA-256) of all that this was made from: {digest}",
            sv="Kontrollsumma (SHA-256) för allt som underlaget är gjort av: {digest}",
            digest=case.digest,
        )
    )


@hookimpl
def kvaljury_dossier_sections() -> Iterable[DossierSection]:
    """Offer ``method``."""
    yield DossierSection("method", build)

"""Dossier section: where proposal and score disagree, and what the place rests on."""

from collections.abc import Iterable, Iterator

from kvaljury import DossierCase, DossierSection, Text, blocks, hookimpl


def build(case: DossierCase) -> Iterator[blocks.Block]:
    """Tell both, or nothing where there is nothing to tell."""
    disagreement = _disagreement(case)
    if disagreement is None and not case.sensitivity:
        return
    yield blocks.Heading(Text("How sure is this?", sv="Hur säkert är det?"))
    yield from case.banner()
    if disagreement is not None:
        yield blocks.Paragraph(disagreement, is_notice=True)
    if case.sensitivity and case.has_choice:
        yield blocks.Paragraph(
            Text(
                "The list here means the {n} highest scores, whatever the status is.",
                sv="Med urvalet menas här de {n} högsta poängen, oavsett status.",
                n=case.shortlist_size,
            )
        )
    for sentence in case.sensitivity:
        yield blocks.Paragraph(sentence)


def _disagreement(case: DossierCase) -> Text | None:
    """Set the proposal against the scores, where there are more entries than places."""
    entry = case.entry
    if entry.rank is None or entry.proposal is None or not case.has_choice:
        return None
    proposed = entry.proposal == "award"
    if entry.p_shortlist is None:
        is_high = entry.rank <= case.shortlist_size
        return None if proposed == is_high else _by_place(case, proposed=proposed)
    is_high = entry.p_shortlist >= 1 / 2
    return None if proposed == is_high else _by_chance(case, proposed=proposed)


def _by_chance(case: DossierCase, *, proposed: bool) -> Text:
    chance = case.percent(case.entry.p_shortlist or 0.0)
    if proposed:
        return Text(
            "The team proposes the award. By the scores, the probability that the entry is among "
            "the {n} best is {chance}.",
            sv="Laget föreslår utmärkelse. Enligt poängen är sannolikheten {chance} att bidraget "
            "hör till de {n} bästa.",
            n=case.shortlist_size,
            chance=chance,
        )
    return Text(
        "The team does not propose the award. By the scores, the probability that the entry is "
        "among the {n} best is {chance}.",
        sv="Laget föreslår inte utmärkelse. Enligt poängen är sannolikheten {chance} att bidraget "
        "hör till de {n} bästa.",
        n=case.shortlist_size,
        chance=chance,
    )


def _by_place(case: DossierCase, *, proposed: bool) -> Text:
    ranked = len(case.rivals) + 1
    if proposed:
        return Text(
            "The team proposes the award. By the scores the entry has place {rank} of {n}, but "
            "how certain that is cannot be estimated.",
            sv="Laget föreslår utmärkelse. Enligt poängen har bidraget plats {rank} av {n}, men "
            "det går inte att skatta hur säkert det är.",
            rank=case.entry.rank,
            n=ranked,
        )
    return Text(
        "The team does not propose the award. By the scores the entry has place {rank} of {n}, "
        "but how certain that is cannot be estimated.",
        sv="Laget föreslår inte utmärkelse. Enligt poängen har bidraget plats {rank} av {n}, men "
        "det går inte att skatta hur säkert det är.",
        rank=case.entry.rank,
        n=ranked,
    )


@hookimpl
def kvaljury_dossier_sections() -> Iterable[DossierSection]:
    """Offer ``certainty``."""
    yield DossierSection("certainty", build)

"""Dossier section: the unit, what its team proposes and why, and where the entry stands."""

from collections.abc import Iterable, Iterator

from kvaljury import DossierCase, DossierSection, Text, blocks, hookimpl

_OUTSIDE = {
    "not_eligible": Text(
        "The entry may not take part and stands outside the ranking. It has a dossier because "
        "it is proposed or sent on.",
        sv="Bidraget får inte delta och står utanför rangordningen. Det har ett underlag därför "
        "att det är föreslaget eller förs vidare.",
    ),
    "barred_award": Text(
        "The entry cannot receive the award and stands outside the ranking. It has a dossier "
        "because it is proposed or sent on.",
        sv="Bidraget kan inte få utmärkelsen och står utanför rangordningen. Det har ett "
        "underlag därför att det är föreslaget eller förs vidare.",
    ),
    "unmarked": Text(
        "The entry has no marks that count, so it has no score and no place.",
        sv="Bidraget har inga poäng som räknas. Därför har det varken poäng eller plats.",
    ),
}


def build(case: DossierCase) -> Iterator[blocks.Block]:
    """Tell it in one table, with the reasons below."""
    yield blocks.Heading(Text("In brief", sv="I korthet"))
    yield from _notes(case)
    if case.entry.status in _OUTSIDE:
        yield blocks.Paragraph(_OUTSIDE[case.entry.status], is_notice=True)
    yield blocks.Facts((*_unit(case), *_proposed(case), *_score(case), *_place(case)))
    yield from _reasons(case)
    remarks = [reason.text for reason in case.entry.reasons]
    tied = sum(rival.rank == case.entry.rank for rival in case.rivals)
    if tied:
        remarks.append(
            Text(
                "shares its place with others ({n}), because the scores are equal",
                sv="delar plats med andra ({n}), eftersom poängen är lika",
                n=tied,
            )
        )
    if remarks:
        yield blocks.Heading(Text("To bear in mind", sv="Att tänka på"), level=3)
        yield blocks.Bullets(tuple(remarks))


def _notes(case: DossierCase) -> Iterator[blocks.Block]:
    """Tell what readers of the class must know, the banner of the guard first."""
    yield from case.banner()
    for note in case.notes if case.comparable else case.notes[1:]:
        yield blocks.Paragraph(note)


def _reasons(case: DossierCase) -> Iterator[blocks.Block]:
    if case.proposal is not None and case.proposal.reason:
        yield blocks.Paragraph(
            Text(
                "The team's reason: {reason}",
                sv="Lagets motivering: {reason}",
                reason=case.proposal.reason,
            )
        )
    elif case.proposal is not None:
        yield blocks.Paragraph(
            Text("The team has given no reason.", sv="Laget har inte lämnat någon motivering.")
        )
    if case.nomination is not None:
        yield blocks.Paragraph(
            Text(
                "The drafting group's reason ({who}): {reason}",
                sv="Beredningsgruppens motivering ({who}): {reason}",
                who=case.nomination.by,
                reason=case.nomination.reason,
            )
        )


def _unit(case: DossierCase) -> Iterator[tuple[Text, Text | str]]:
    yield Text("Unit", sv="Enhet"), case.entry.name
    yield Text("Class", sv="Tävlingsklass"), case.class_title
    if case.administration:
        yield Text("Administration", sv="Förvaltning"), case.administration
    if case.entry.team:
        yield Text("Team of examiners", sv="Examinatorslag"), case.entry.team


def _proposed(case: DossierCase) -> Iterator[tuple[Text, Text | str]]:
    yield (
        Text("The team proposes", sv="Laget föreslår"),
        case.proposal_word or Text("no proposal filed", sv="inget förslag har lämnats"),
    )
    if case.nomination_word is not None:
        yield (
            Text("The drafting group sends it on for", sv="Beredningsgruppen för vidare till"),
            case.nomination_word,
        )
    yield Text("Status in this basis", sv="Status i underlaget"), case.status_word


def _score(case: DossierCase) -> Iterator[tuple[Text, Text | str]]:
    entry = case.entry
    if entry.score is None:
        return
    score = case.number(entry.score)
    if entry.low is not None and entry.high is not None:
        yield (
            Text("Score, 0–100, with 90 % interval", sv="Poäng, 0–100, med 90 % intervall"),
            Text(
                "{score} ({low}–{high})",
                sv="{score} ({low}–{high})",
                score=score,
                low=case.number(entry.low),
                high=case.number(entry.high),
            ),
        )
    else:
        yield Text("Score, 0–100", sv="Poäng, 0–100"), score
    if entry.raw is not None and round(entry.raw, case.decimals) != round(
        entry.score, case.decimals
    ):
        yield (
            Text(
                "Before adjustment for strict and generous examiners",
                sv="Före justering för stränga och generösa examinatorer",
            ),
            case.number(entry.raw),
        )


def _place(case: DossierCase) -> Iterator[tuple[Text, Text | str]]:
    """Tell the place where there is anybody to be placed among."""
    entry = case.entry
    if entry.rank is None or not case.rivals:
        return
    yield (
        Text("Place, with 90 % interval", sv="Plats, med 90 % intervall")
        if entry.rank_low is not None
        else Text("Place", sv="Plats"),
        _place_text(case),
    )
    if entry.p_best is not None:
        yield (
            Text("Probability of being the best", sv="Sannolikhet att vara bäst"),
            case.percent(entry.p_best),
        )
    if entry.p_shortlist is not None and case.has_choice and case.shortlist_size > 1:
        yield (
            Text(
                "Probability of being among the {n} best",
                sv="Sannolikhet att vara bland de {n} bästa",
                n=case.shortlist_size,
            ),
            case.percent(entry.p_shortlist),
        )


def _place_text(case: DossierCase) -> Text:
    entry = case.entry
    ranked = len(case.rivals) + 1
    if entry.rank_low is None or entry.rank_high is None:
        return Text("{rank} of {n}", sv="{rank} av {n}", rank=entry.rank, n=ranked)
    if entry.rank_low == entry.rank_high:
        return Text(
            "{rank} ({low}) of {n}",
            sv="{rank} ({low}) av {n}",
            rank=entry.rank,
            low=entry.rank_low,
            n=ranked,
        )
    return Text(
        "{rank} ({low}–{high}) of {n}",
        sv="{rank} ({low}–{high}) av {n}",
        rank=entry.rank,
        low=entry.rank_low,
        high=entry.rank_high,
        n=ranked,
    )


@hookimpl
def kvaljury_dossier_sections() -> Iterable[DossierSection]:
    """Offer ``summary``."""
    yield DossierSection("summary", build)

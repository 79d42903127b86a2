"""Dossier section: the class as dots with intervals, this entry marked, the others unnamed."""

from collections.abc import Iterable, Iterator

from kvaljury import DossierCase, DossierSection, Text, blocks, hookimpl

_SCALE = Text("Score, 0–100", sv="Poäng, 0–100")
_READ_INTERVALS = Text(
    "The diamond is this entry. Where intervals overlap, the scores do not settle the order.",
    sv="Romben är det här bidraget. Där intervallen överlappar varandra avgör poängen inte "
    "ordningen.",
)
_READ_DOTS = Text(
    "The diamond is this entry. The uncertainty cannot be estimated, so the order is not certain "
    "however far apart the dots lie.",
    sv="Romben är det här bidraget. Osäkerheten kan inte skattas. Ordningen är därför inte säker, "
    "hur långt från varandra punkterna än ligger.",
)


def build(case: DossierCase) -> Iterator[blocks.Block]:
    """Draw the class where the entry has a place among others."""
    entry = case.entry
    if entry.score is None or entry.rank is None or not case.rivals:
        return
    yield blocks.Heading(Text("Among the entries of the class", sv="Bland klassens bidrag"))
    yield from case.banner()
    lines = tuple(_lines(case))
    low, high = blocks.bounds(lines)
    yield blocks.IntervalChart(
        title=Text("Scores of the class", sv="Klassens poäng")
        if entry.low is None
        else Text(
            "Scores of the class with 90 % intervals", sv="Klassens poäng med 90 % intervall"
        ),
        description=Text(
            "This entry has place {rank} of {n}.",
            sv="Bidraget har plats {rank} av {n}.",
            rank=entry.rank,
            n=len(lines),
        ),
        scale=_SCALE,
        low=low,
        high=high,
        lines=lines,
        decimals=case.decimals,
        cut=case.shortlist_size if case.has_choice else None,
    )
    yield blocks.Paragraph(_READ_DOTS if entry.low is None else _READ_INTERVALS)
    if case.has_choice:
        yield blocks.Paragraph(
            Text(
                "The dashed line stands after the {n} highest scores. It is no quota: the jury "
                "is not bound by it.",
                sv="Den streckade linjen står efter de {n} högsta poängen. Den är ingen kvot och "
                "binder inte domarkommittén.",
                n=case.shortlist_size,
            )
        )


def _lines(case: DossierCase) -> Iterator[blocks.Interval]:
    """Give the lines, best first; of tied entries this one stands first."""
    entry = case.entry
    own = blocks.Interval(entry.name, entry.score or 0.0, entry.low, entry.high, is_marked=True)
    placed = [(entry.rank or 0, own)]
    for rival in case.rivals:
        label = Text("Place {rank}", sv="Plats {rank}", rank=rival.rank)
        placed.append((rival.rank, blocks.Interval(label, rival.score, rival.low, rival.high)))
    yield from (line for _, line in sorted(placed, key=lambda each: each[0]))


@hookimpl
def kvaljury_dossier_sections() -> Iterable[DossierSection]:
    """Offer ``class-chart``."""
    yield DossierSection("class-chart", build)

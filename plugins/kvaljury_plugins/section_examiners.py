"""Dossier section: how far the examiners of the entry lie apart, under codes."""

from collections.abc import Iterable, Iterator, Mapping

from kvaljury import DossierCase, DossierSection, Text, blocks, hookimpl

_ONE = Text(
    "One examiner alone has read the entry, so nothing is known of how examiners differ.",
    sv="En enda examinator har läst bidraget. Det går därför inte att säga hur examinatorer "
    "skiljer sig åt.",
)
_CONSENSUS = Text(
    "The team has agreed on scores. Its examiners' scores are moved here so that their mean is "
    "what it agreed on; the distances between them are the examiners' own.",
    sv="Laget har enats om gemensamma poäng. Examinatorernas poäng är här flyttade så att "
    "medelvärdet är det som laget enades om. Avstånden mellan dem är examinatorernas egna.",
)


def build(case: DossierCase) -> Iterator[blocks.Block]:
    """Draw totals and areas by examiner."""
    if not case.readers:
        return
    yield blocks.Heading(Text("How the examiners differ", sv="Hur examinatorerna skiljer sig åt"))
    if len(case.readers) == 1:
        yield blocks.Paragraph(_ONE)
    else:
        yield _chart(case)
    yield blocks.Paragraph(_who(case))
    if case.has_consensus:
        yield blocks.Paragraph(_CONSENSUS)


def _chart(case: DossierCase) -> blocks.StripChart:
    totals = {reader.code: reader.total for reader in case.readers}
    lines = [_line(Text("The whole", sv="Helheten"), totals)]
    lines += [_line(area.label, area.by_reader) for area in case.areas if area.by_reader]
    low, high = blocks.strip_bounds(lines)
    return blocks.StripChart(
        title=Text("Scores by examiner", sv="Poäng per examinator"),
        description=_spread(case),
        scale=Text("Score, 0–100, not adjusted", sv="Poäng, 0–100, inte justerade"),
        own=Text("mean", sv="medelvärde"),
        other=Text("examiners by code", sv="examinatorer med kod"),
        low=low,
        high=high,
        lines=tuple(lines),
        decimals=case.decimals,
    )


def _line(label: Text, by_code: Mapping[str, float]) -> blocks.Strip:
    values = tuple(by_code.values())
    return blocks.Strip(label, sum(values) / len(values), values, tuple(by_code))


def _spread(case: DossierCase) -> Text:
    totals = [reader.total for reader in case.readers]
    return Text(
        "Between the lowest and the highest total are {spread} points.",
        sv="Mellan lägsta och högsta totalpoäng är det {spread} poäng.",
        spread=case.number(max(totals) - min(totals)),
    )


def _who(case: DossierCase) -> Text:
    guests = [reader.code for reader in case.readers if reader.is_guest]
    if guests:
        return Text(
            "Examiners who have read the entry: {n}, of these from other teams: {guests}. {codes}",
            sv="Examinatorer som har läst bidraget: {n}, varav från andra lag: {guests}. {codes}",
            n=len(case.readers),
            guests=", ".join(guests),
            codes=_CODES,
        )
    return Text(
        "Examiners who have read the entry: {n}. {codes}",
        sv="Examinatorer som har läst bidraget: {n}. {codes}",
        n=len(case.readers),
        codes=_CODES,
    )


_CODES = Text(
    "The letters stand for examiners in this basis alone: A here need not be the same person as "
    "A in another.",
    sv="Bokstäverna gäller bara i det här underlaget: A här behöver inte vara samma person "
    "som A i ett annat underlag.",
)


@hookimpl
def kvaljury_dossier_sections() -> Iterable[DossierSection]:
    """Offer ``examiners``."""
    yield DossierSection("examiners", build)

"""Dossier section: what every rule says of the entry, with the line of the instructions."""

from collections.abc import Iterable, Iterator, Sequence

from kvaljury import DossierCase, DossierSection, Finding, Text, blocks, hookimpl

_VERDICTS = {
    "pass": Text("met", sv="uppfyllt"),
    "fail": Text("not met", sv="inte uppfyllt"),
    "unknown": Text("not known", sv="inte känt"),
    "not_applicable": Text("not applicable", sv="inte tillämpligt"),
}
_STAGES = {
    "participation": Text("participation", sv="deltagande"),
    "award": Text("award", sv="utmärkelse"),
    "mention": Text("honourable mention", sv="hedersomnämnande"),
}


def build(case: DossierCase) -> Iterator[blocks.Block]:
    """Show what is not plainly met in full, the rest by rule."""
    yield blocks.Heading(
        Text(
            "Conditions for taking part and for the award",
            sv="Villkor för deltagande och utmärkelse",
        )
    )
    findings = case.entry.findings
    open_ones = [f for f in findings if _is_open(f)]
    if open_ones:
        yield _table(open_ones)
    settled = {f.rule for f in open_ones}
    met = [f for f in findings if f.verdict == "pass" and f.rule not in settled]
    rules = list(dict.fromkeys(f"{f.rule} ({f.source})" for f in met))
    if not findings:
        yield blocks.Paragraph(Text("No condition is set.", sv="Inga villkor är ställda."))
    elif rules:
        yield blocks.Paragraph(
            Text(
                "Conditions met: {rules}.", sv="Uppfyllda villkor: {rules}.", rules=", ".join(rules)
            )
        )
    if findings and not open_ones:
        yield blocks.Paragraph(
            Text(
                "No condition is unmet or unknown.",
                sv="Inget villkor är ouppfyllt eller okänt.",
            )
        )


def _is_open(finding: Finding) -> bool:
    return finding.verdict in {"fail", "unknown"} or finding.overridden_by is not None


def _table(findings: Sequence[Finding]) -> blocks.Table:
    """Give one row for what is the same at several stages."""
    groups: list[list[Finding]] = []
    for finding in findings:
        same = next((group for group in groups if _is_same(group[0], finding)), None)
        if same is None:
            groups.append([finding])
        else:
            same.append(finding)
    return blocks.Table(
        Text("Conditions to look at", sv="Villkor att titta på"),
        (
            blocks.Column(Text("Rule", sv="Regel"), width=1.2),
            blocks.Column(Text("About", sv="Gäller"), width=1.6),
            blocks.Column(Text("Finding", sv="Bedömning"), width=1.2),
            blocks.Column(Text("Why", sv="Varför"), width=3.8),
        ),
        tuple(map(_row, groups)),
    )


def _is_same(first: Finding, second: Finding) -> bool:
    return _told(first) == _told(second)


def _told(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.verdict, finding.reason, finding.overridden_by


def _row(same: Sequence[Finding]) -> tuple[blocks.Cell, ...]:
    first = same[0]
    about = Text("{stages}", sv="{stages}", stages=tuple(_STAGES[f.stage] for f in same))
    return (
        blocks.Cell(f"{first.rule} ({first.source})"),
        blocks.Cell(about),
        blocks.Cell(_verdict(first)),
        blocks.Cell(first.reason),
    )


def _verdict(finding: Finding) -> Text:
    if finding.overridden_by is not None:
        return Text("set aside by {who}", sv="åsidosatt av {who}", who=finding.overridden_by)
    return _VERDICTS[finding.verdict]


@hookimpl
def kvaljury_dossier_sections() -> Iterable[DossierSection]:
    """Offer ``eligibility``."""
    yield DossierSection("eligibility", build)

"""The words that tables and documents use for closed sets, and the sentences above and below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kvaljury.core.model import (
    Basis,
    CalibrationSummary,
    ClassRanking,
    Edition,
    Finding,
    Outcome,
    PluginUse,
    ProposalKind,
    RankedEntry,
    Ranking,
    Reason,
    Stage,
    Status,
)
from kvaljury.errors import Text

BASIS_FOR_DECISION = Text("Basis for decision – no decision")

STATUS_WORDS = {
    Status.NOT_ELIGIBLE: Text("may not take part"),
    Status.BARRED_AWARD: Text("cannot receive the award"),
    Status.UNMARKED: Text("no marks"),
    Status.SHORTLISTED: Text("shortlisted"),
    Status.DISCUSS: Text("to be discussed"),
    Status.NOT_SHORTLISTED: Text("not shortlisted"),
}
PROPOSAL_WORDS = {
    ProposalKind.AWARD: Text("award"),
    ProposalKind.MENTION: Text("honourable mention"),
    ProposalKind.NONE: Text("nothing"),
}
STAGE_WORDS = {
    Stage.PARTICIPATION: Text("participation"),
    Stage.AWARD: Text("award"),
    Stage.MENTION: Text("honourable mention"),
}
OUTCOME_WORDS = {
    Outcome.PASS: Text("yes"),
    Outcome.FAIL: Text("no"),
    Outcome.UNKNOWN: Text("unknown"),
    Outcome.NOT_APPLICABLE: Text("not applicable"),
}
_AGGREGATION_WORDS = {
    "mean": Text("mean"),
    "median": Text("median"),
    "trimmed-mean": Text("trimmed mean"),
}
_METHOD_WORDS = {
    "centred": Text("centred scores"),
    "least-squares": Text("least squares"),
    "mixed-model": Text("mixed model"),
    "raw": Text("raw scores"),
    "z-score": Text("z-scores"),
}
_PLUGIN_WORDS = {
    "aggregation": Text("aggregation"),
    "dossier-section": Text("dossier section"),
    "eligibility-rule": Text("eligibility rule"),
    "jav-rule": Text("jäv rule"),
    "normalisation": Text("normalisation"),
    "rubric": Text("rubric"),
    "shortlist-rule": Text("shortlist rule"),
    "voting-method": Text("voting method"),
}
_RULE_WORDS = {
    "failed": Text("not met"),
    "unknown": Text("not examined"),
    "overridden": Text("set aside"),
}
WOULD_CONNECT = Text("Readings that would connect the teams")
_DECIDED_BY = {"aggregation": "scoring.aggregation", "classes": "classes"}
BARRED = (Status.NOT_ELIGIBLE, Status.BARRED_AWARD)


def is_barred(entry: RankedEntry) -> bool:
    """Tell whether an entry stands apart because it may not take part or be awarded."""
    return entry.status in BARRED


def barring_findings(entry: RankedEntry) -> Iterator[Finding]:
    """Give the findings that bar an entry, each rule once, at the first stage it fails."""
    stages = {Stage.PARTICIPATION}
    if entry.status is Status.BARRED_AWARD:
        stages.add(Stage.AWARD)
    seen: set[str] = set()
    for finding in entry.findings:
        fails = finding.verdict is Outcome.FAIL and finding.overridden_by is None
        if fails and finding.stage in stages and finding.rule not in seen:
            seen.add(finding.rule)
            yield finding


def finding_text(finding: Finding) -> Text:
    """Give a finding with its rule and the line of the instructions."""
    return Text(
        "{rule} ({source}): {reason}",
        rule=finding.rule,
        source=finding.source,
        reason=finding.reason,
    )


def entry_remarks(entry: RankedEntry) -> list[Text]:
    """Say why an entry stands where it does: what bars it, else its reasons.

    What bars an entry is told by its findings, so its reasons that name a rule are left out.
    """
    barring = [finding_text(f) for f in barring_findings(entry)] if is_barred(entry) else []
    return barring + [
        reason_text(reason) for reason in entry.reasons if not (barring and _names_rule(reason))
    ]


def _names_rule(reason: Reason) -> bool:
    return ":" in reason.code


def brief_remarks(entry: RankedEntry) -> list[Text]:
    """Say the same in few words, for a table: a rule is only named."""
    return [_brief_reason(reason) for reason in entry.reasons]


def _brief_reason(reason: Reason) -> Text:
    kind, _, rule = reason.code.partition(":")
    return Text("{rule}: {reason}", rule=rule, reason=_RULE_WORDS[kind]) if rule else reason.text


def open_findings(entry: RankedEntry) -> list[Text]:
    """Give each rule once that is not examined, set aside, or failed at a later stage."""
    by_rule: dict[str, Text] = {}
    for finding in entry.findings:
        if finding.verdict in {Outcome.FAIL, Outcome.UNKNOWN} or finding.overridden_by:
            by_rule.setdefault(finding.rule, finding_text(finding))
    return list(by_rule.values())


def reason_text(reason: Reason) -> Text:
    """Give a reason, with its rule in front where it comes from one."""
    _, _, rule = reason.code.partition(":")
    return Text("{rule}: {reason}", rule=rule, reason=reason.text) if rule else reason.text


def not_competing_names(ranking: Ranking, edition: Edition) -> list[str]:
    """Name the withdrawn entries and calibration cases, in the order of ids."""
    names = {entry.id: entry.name for entry in edition.entries}
    return [f"{entry} {names.get(entry, '')}".strip() for entry in ranking.not_competing]


def aggregation_text(name: str) -> Text:
    """Name an aggregation in a sentence; one that kvaljury does not ship stands in quotes."""
    return _AGGREGATION_WORDS.get(name, Text('"{name}"', name=name))


def method_text(name: str) -> Text:
    """Name a normalisation in a sentence; one that kvaljury does not ship stands in quotes."""
    return _METHOD_WORDS.get(name, Text('"{name}"', name=name))


def plugin_text(use: PluginUse) -> Text:
    """Name a plugin in use with what it is, such as ``rubric approach``."""
    return Text("{kind} {name}", kind=_PLUGIN_WORDS.get(use.kind, use.kind), name=use.offer)


def calibration_sentences(
    summary: CalibrationSummary, classes: Iterable[ClassRanking]
) -> tuple[Text, Text]:
    """Say in two sentences how scores were made comparable and what that rests on.

    Args:
        summary: how they were.
        classes: whose scores; where none differs from its raw score, nothing was adjusted.

    Returns:
        A sentence about the method and one about its basis.
    """
    entries = [entry for ranked in classes for entry in ranked.entries]
    adjusted = any(entry.score != entry.raw for entry in entries)
    return _method_sentence(summary, adjusted), _basis_sentence(summary)


def _method_sentence(summary: CalibrationSummary, adjusted: bool) -> Text:
    if not adjusted:
        return Text(
            "The scores are the examiners' own, not adjusted for strict and generous"
            " examiners or teams."
        )
    return Text(
        "The scores are adjusted for strict and generous examiners and teams by the"
        " method {method}.",
        method=method_text(summary.method),
    )


def _basis_sentence(summary: CalibrationSummary) -> Text:
    if summary.basis is Basis.LINKS and summary.comparable and summary.components > 1:
        return Text(
            "The readings fall into {n} parts, but within each class the entries are connected"
            " by readings and can be compared.",
            n=summary.components,
        )
    if summary.basis is Basis.LINKS and summary.comparable:
        return Text("The teams can be compared because examiners have read across teams.")
    if summary.basis is Basis.ALLOCATION:
        return Text(
            "The teams are compared because the edition states that entries were allocated"
            " at random; that statement cannot be checked in the marks."
        )
    return Text(
        "The readings fall into {n} parts that cannot be compared with each other, so the"
        " classes concerned are shown without adjustment.",
        n=summary.components,
    )


def link_texts(links: Iterable[tuple[str, str]], names: Mapping[str, str]) -> list[Text]:
    """Name the readings that would connect the parts of the design.

    Args:
        links: examiner and entry of each.
        names: of entries by id.

    Returns:
        A text a reading, in the order given.
    """
    return [
        Text(
            "{examiner} reads {entry}",
            examiner=examiner,
            entry=f"{entry} {names.get(entry, '')}".strip(),
        )
        for examiner, entry in links
    ]


def ranking_link_texts(ranking: Ranking) -> list[Text]:
    """Name the readings that would connect the parts of a ranking's design."""
    names = {entry.id: entry.name for ranked in ranking.classes for entry in ranked.entries}
    return link_texts(ranking.calibration.links, names)


def mention_names(ranked: ClassRanking) -> list[str]:
    """Name the entries proposed for a mention that can receive one, in the order of ids."""
    names = {entry.id: entry.name for entry in ranked.entries}
    return [f"{entry} {names.get(entry, '')}".strip() for entry in ranked.mentions]


def assumption_texts(edition: Edition) -> list[Text]:
    """Give what kvaljury assumes where neither instructions nor edition say anything."""
    from_rules = [
        use.assumption
        for use in edition.rules.eligibility
        if use.assumption and f"eligibility.{use.id}.stages" not in edition.changes
    ]
    return [
        assumption.text
        for assumption in edition.rules.assumptions
        if not any(_is_overruled(assumption.id, key) for key in edition.changes)
    ] + from_rules


def _is_overruled(assumption: str, key: str) -> bool:
    return key.startswith(_DECIDED_BY.get(assumption, assumption + "."))


def ranking_remarks(ranking: Ranking) -> list[Text]:
    """Give what readers of the whole must know: the calibration's warnings, then the rest."""
    return [*ranking.calibration.warnings, *ranking.warnings]


def shown_place(entry: RankedEntry) -> str:
    """Give a place with its interval, such as ``1 (1–3)``."""
    if entry.rank_low is None or entry.rank_high is None:
        return str(entry.rank)
    if entry.rank_low == entry.rank_high:
        return f"{entry.rank} ({entry.rank_low})"
    return f"{entry.rank} ({entry.rank_low}–{entry.rank_high})"

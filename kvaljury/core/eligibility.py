"""Entries and rules to findings and stage verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from kvaljury.core.asking import asking, is_sound_text
from kvaljury.core.model import (
    Edition,
    Eligibility,
    EligibilityRule,
    EligibilityUse,
    Entry,
    Finding,
    Outcome,
    Override,
    Stage,
    Verdict,
)
from kvaljury.errors import PluginFault, Text


def judge_entries(
    edition: Edition, rules: Mapping[str, EligibilityRule]
) -> tuple[Eligibility, ...]:
    """Try every entry, whatever its state, against every rule of the edition.

    Args:
        edition: entries, eligibility rules with parameters and stages, overrides.
        rules: by plugin name, every rule that the edition uses.

    Returns:
        One value an entry, sorted by id.

    Raises:
        PluginFault: if a rule raises or gives anything but a verdict.
    """
    overrides = {(override.entry, override.rule): override for override in edition.overrides}
    entries = sorted(edition.entries, key=lambda entry: entry.id)
    return tuple(_judge_entry(edition, entry, rules, overrides) for entry in entries)


def _judge_entry(
    edition: Edition,
    entry: Entry,
    rules: Mapping[str, EligibilityRule],
    overrides: Mapping[tuple[str, str], Override],
) -> Eligibility:
    findings: list[Finding] = []
    for use in edition.rules.eligibility:
        verdict = _check(entry, use, rules[use.rule], edition.year)
        override = overrides.get((entry.id, use.id)) if use.overridable else None
        findings.extend(_findings(entry, use, verdict, override))
    return Eligibility(entry.id, decide_stages(findings), tuple(findings))


def decide_stages(findings: Iterable[Finding]) -> dict[Stage, Outcome]:
    """Sum up an entry's findings.

    Args:
        findings: on one entry.

    Returns:
        By stage: fail if any rule fails, else unknown if any is unknown, else pass; the award
        and the mention include the rules of participation.
    """
    verdicts: dict[Stage, set[Outcome]] = {stage: set() for stage in Stage}
    for finding in findings:
        verdicts[finding.stage].add(finding.verdict)
    taking_part = verdicts[Stage.PARTICIPATION]
    return {stage: _worst(found | taking_part) for stage, found in verdicts.items()}


def _worst(verdicts: set[Outcome]) -> Outcome:
    if Outcome.FAIL in verdicts:
        return Outcome.FAIL
    return Outcome.UNKNOWN if Outcome.UNKNOWN in verdicts else Outcome.PASS


def _check(entry: Entry, use: EligibilityUse, rule: EligibilityRule, year: int) -> Verdict:
    def failed(said: str) -> Text:
        return Text(
            "rule {rule} (plugin {plugin}) fails on entry {entry}: {error}",
            rule=use.id,
            plugin=rule.name,
            entry=entry.id,
            error=said,
        )

    verdict: object
    with asking(f"eligibility-rule {rule.name}", failed):
        verdict = rule.check(entry, {**use.parameters, "year": year})
    if not isinstance(verdict, Verdict) or not _is_sound(verdict):
        message = Text(
            "rule {rule} (plugin {plugin}) gives {given} on entry {entry}, expected a Verdict "
            "with an Outcome and texts",
            rule=use.id,
            plugin=rule.name,
            given=repr(verdict),
            entry=entry.id,
        )
        raise PluginFault(
            message, code="plugin-wrong-answer", plugin=f"eligibility-rule {rule.name}"
        )
    return verdict


def _is_sound(verdict: Verdict) -> bool:
    return (
        isinstance(verdict.outcome, Outcome)
        and is_sound_text(verdict.reason)
        and all(
            isinstance(shown, str | None) or is_sound_text(shown)
            for shown in (verdict.value, verdict.limit)
        )
    )


def _findings(
    entry: Entry, use: EligibilityUse, verdict: Verdict, override: Override | None
) -> Iterator[Finding]:
    for stage in Stage:
        if stage in use.stages:
            finding = Finding(
                rule=use.id,
                entry=entry.id,
                stage=stage,
                verdict=verdict.outcome,
                reason=verdict.reason,
                source=use.source,
                value=verdict.value,
                limit=verdict.limit,
            )
            yield _set_aside(finding, override) if override else finding


def _set_aside(finding: Finding, override: Override) -> Finding:
    by, why, original = override.by, override.reason, finding.reason
    if finding.verdict is Outcome.FAIL:
        reason = Text(
            "Not met, but set aside by {by} ({why}): {original}", by=by, why=why, original=original
        )
    elif finding.verdict is Outcome.UNKNOWN:
        reason = Text(
            "Not known, but set aside by {by} ({why}): {original}",
            by=by,
            why=why,
            original=original,
        )
    else:
        return finding
    return attrs.evolve(finding, verdict=Outcome.PASS, reason=reason, overridden_by=by)

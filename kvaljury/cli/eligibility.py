"""``kvaljury eligibility``: every entry against every rule, with reasons and sources."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kvaljury.cli.language import Language
from kvaljury.cli.options import command, edition_argument, json_option, plugins_option
from kvaljury.errors import Text

if TYPE_CHECKING:
    from kvaljury.cli.output import Output
    from kvaljury.core.model import Edition, Eligibility, Finding

SCHEMA = "kvaljury.eligibility/1"


def build(language: Language) -> click.Command:
    """Make the command in a language."""

    def callback(folder: Path, plugin_folders: Sequence[Path], as_json: bool) -> None:
        eligibility(language, folder, plugin_folders, as_json)

    return command(
        language,
        "eligibility",
        Text(
            "Hold every entry against every rule of the edition: may it take part, may it"
            " receive the award or an honourable mention? Unknown is never a pass."
        ),
        callback,
        [edition_argument(language), plugins_option(language), json_option(language)],
    )


def eligibility(
    language: Language, folder: Path, plugin_folders: Sequence[Path], as_json: bool
) -> None:
    """Judge the entries of an edition and show the verdicts.

    Args:
        language: of what is shown.
        folder: the edition folder; all but edition.toml and the entries is left unread.
        plugin_folders: folders of one-file plugins.
        as_json: print one JSON document instead of tables.

    Raises:
        KvaljuryError: if the input or a plugin is at fault.
    """
    from kvaljury.cli.boundary import tell_warnings
    from kvaljury.cli.edition_inputs import read_rules_and_entries
    from kvaljury.cli.output import Output
    from kvaljury.core.eligibility import judge_entries
    from kvaljury.core.pipeline import naming_provider
    from kvaljury.files import InputLog

    log = InputLog()
    edition, rules, plugins = read_rules_and_entries(folder, plugin_folders, log)
    log.raise_faults()
    output = Output(language)
    tell_warnings(log.warnings, output)
    with naming_provider(plugins):
        verdicts = judge_entries(edition, rules)
    if as_json:
        output.json(eligibility_json(edition, verdicts, language))
    else:
        _show(edition, verdicts, output)


def eligibility_json(
    edition: Edition, verdicts: Sequence[Eligibility], language: Language
) -> dict[str, Any]:
    """Give verdicts as JSON, schema ``kvaljury.eligibility/1``.

    Args:
        edition: that the entries belong to.
        verdicts: sorted by entry id.
        language: of the reasons.

    Returns:
        One record an entry, findings in the order of the rule set.
    """
    return {
        "schema": SCHEMA,
        "edition": language.render(edition.title),
        "year": edition.year,
        "rules": edition.rules.name,
        "entries": [
            {
                "id": verdict.entry,
                "stages": {stage.value: o.value for stage, o in verdict.stages.items()},
                "findings": [_finding_json(finding, language) for finding in verdict.findings],
            }
            for verdict in verdicts
        ],
    }


def _finding_json(finding: Finding, language: Language) -> dict[str, Any]:
    from kvaljury.files.ranking_documents import finding_json

    return {
        **finding_json(finding, language.render),
        "value": None if finding.value is None else language.render(finding.value),
        "limit": None if finding.limit is None else language.render(finding.limit),
        "overridden_by": finding.overridden_by,
    }


def _show(edition: Edition, verdicts: Sequence[Eligibility], output: Output) -> None:
    from kvaljury.cli.output import Column
    from kvaljury.core.model import Stage
    from kvaljury.core.model.wording import BASIS_FOR_DECISION, OUTCOME_WORDS, STAGE_WORDS

    say = output.language.render
    names = {entry.id: entry.name for entry in edition.entries}
    output.line(BASIS_FOR_DECISION)
    output.line(Text("{title}, rules: {rules}", title=edition.title, rules=edition.rules.title))
    output.line()
    columns = [Column(Text("Entry")), *(Column(STAGE_WORDS[stage]) for stage in Stage)]
    output.table(
        columns,
        [
            [
                f"{verdict.entry} {names[verdict.entry]}",
                *(say(OUTCOME_WORDS[verdict.stages[stage]]) for stage in Stage),
            ]
            for verdict in verdicts
        ],
    )
    _show_reasons(verdicts, names, output)


def _show_reasons(verdicts: Sequence[Eligibility], names: dict[str, str], output: Output) -> None:
    from kvaljury.core.model import Outcome
    from kvaljury.core.model.wording import finding_text

    output.heading(Text("Where a rule is broken, unknown or set aside"))
    for verdict in verdicts:
        open_findings = {
            (finding.rule, finding.verdict): finding
            for finding in verdict.findings
            if finding.verdict in {Outcome.FAIL, Outcome.UNKNOWN} or finding.overridden_by
        }
        if open_findings:
            output.line(f"{verdict.entry} {names[verdict.entry]}")
        for finding in open_findings.values():
            output.paragraph(finding_text(finding), indent=4)

"""``kvaljury edition diff``: what changed between two rule sets."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from kvaljury.cli.language import Language
from kvaljury.cli.options import command, json_option, language_option
from kvaljury.errors import Text

if TYPE_CHECKING:
    from kvaljury.cli.output import Output
    from kvaljury.core.comparison import Change
    from kvaljury.core.model import RuleSet

SCHEMA = "kvaljury.edition-diff/1"
SECTIONS = {
    "areas": Text("Areas"),
    "questions": Text("Questions"),
    "leaves": Text("Parts of questions"),
    "rubrics": Text("Rubrics"),
    "weights": Text("Weights"),
    "classes": Text("Classes"),
    "eligibility": Text("Eligibility rules"),
    "facts": Text("Dates, limits and provisions"),
    "assumptions": Text("kvaljury's own proposals"),
    "settings": Text("Settings"),
}


def build(language: Language) -> click.Group:
    """Make the group of commands about rule sets in a language."""
    return click.Group(
        "edition",
        commands=[_build_diff(language)],
        params=[language_option(language)],
        help=language.render(Text("Compare rule sets.")),
        options_metavar=language.render(Text("[OPTIONS]")),
        subcommand_metavar=language.render(Text("COMMAND [ARGUMENTS]...")),
    )


def _build_diff(language: Language) -> click.Command:
    def callback(before: str, after: str, as_json: bool) -> None:
        diff(language, before, after, as_json)

    return command(
        language,
        "diff",
        Text(
            "Show what changed from one rule set to another, each by its name, such as"
            " stockholm-2012, or the path of its file."
        ),
        callback,
        [
            click.Argument(["before"], metavar=language.render(Text("BEFORE"))),
            click.Argument(["after"], metavar=language.render(Text("AFTER"))),
            json_option(language),
        ],
    )


def diff(language: Language, before: str, after: str, as_json: bool) -> None:
    """Compare two rule sets and show what differs.

    Args:
        language: of what is shown.
        before: name or path of the first rule set.
        after: name or path of the second one.
        as_json: print one JSON document instead of text.

    Raises:
        UsageFault: if there is no such rule set.
        InputFaults: if one of them is at fault.
    """
    from kvaljury.cli.output import Output
    from kvaljury.cli.shipped import rule_set_of
    from kvaljury.core.comparison import compare_rule_sets

    first, second = rule_set_of(before), rule_set_of(after)
    changes = compare_rule_sets(first, second)
    output = Output(language)
    if as_json:
        output.json(diff_json(first, second, changes, language))
    else:
        _show(first, second, changes, output)


def diff_json(
    first: RuleSet, second: RuleSet, changes: Sequence[Change], language: Language
) -> dict[str, Any]:
    """Give a comparison as JSON, schema ``kvaljury.edition-diff/1``.

    Args:
        first: the rule set before.
        second: the rule set after.
        changes: what differs, in order.
        language: of the texts.

    Returns:
        One record a change; null where a rule set has nothing.
    """
    return {
        "schema": SCHEMA,
        "before": first.name,
        "after": second.name,
        "changes": [
            {
                "section": change.section,
                "key": change.key,
                "before": language.render(change.before) if change.before else None,
                "after": language.render(change.after) if change.after else None,
                "sources": list(change.sources),
            }
            for change in changes
        ],
    }


def _show(first: RuleSet, second: RuleSet, changes: Sequence[Change], output: Output) -> None:
    output.line(Text("From {before} to {after}", before=first.title, after=second.title))
    if not changes:
        output.line(Text("The rule sets are equal."))
    for section, group in groupby(changes, key=lambda change: change.section):
        output.heading(SECTIONS[section])
        for change in group:
            output.paragraph(_told(change), indent=2)


def _told(change: Change) -> Text:
    sources = f" ({', '.join(change.sources)})" if change.sources else ""
    key = change.label or change.key
    if change.before is None:
        return Text("{key}: new: {after}{sources}", key=key, after=change.after, sources=sources)
    if change.after is None:
        return Text(
            "{key}: gone: {before}{sources}", key=key, before=change.before, sources=sources
        )
    return Text(
        "{key}: was: {before} – is: {after}{sources}",
        key=key,
        before=change.before,
        after=change.after,
        sources=sources,
    )

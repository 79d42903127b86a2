"""``kvaljury explain``: how one entry's score, interval, rank and verdicts came about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kvaljury.cli.language import Language
from kvaljury.cli.options import command, json_option, plugins_option
from kvaljury.errors import Text, UsageFault

if TYPE_CHECKING:
    from kvaljury.cli.edition_inputs import EditionInputs
    from kvaljury.core.trace import EntryTrace

_MOST_WORDS = 2


def build(language: Language) -> click.Command:
    """Make the command in a language."""

    def callback(words: tuple[str, ...], plugin_folders: Sequence[Path], as_json: bool) -> None:
        entry, folder = entry_and_folder(words)
        explain(language, entry, folder, plugin_folders, as_json)

    return command(
        language,
        "explain",
        Text(
            "Show where the numbers of one entry come from: every mark, weight, reading,"
            " severity and rule behind its score, place and verdicts."
        ),
        callback,
        [
            click.Argument(
                ["words"],
                nargs=-1,
                required=True,
                metavar=language.render(Text("ENTRY [EDITION_FOLDER]")),
            ),
            plugins_option(language),
            json_option(language),
        ],
    )


def entry_and_folder(words: Sequence[str]) -> tuple[str, Path]:
    """Tell entry and folder apart, whichever comes first.

    Args:
        words: the arguments; one or two.

    Returns:
        The entry's id and the edition folder, the working folder where it is left out.

    Raises:
        UsageFault: if there are more than two, or the folder is not there.
    """
    if len(words) > _MOST_WORDS:
        raise UsageFault(
            Text(
                "{n} arguments were given; an entry and an edition folder are expected",
                n=len(words),
            )
        )
    if len(words) == 1:
        return words[0], Path()
    first, second = words
    if Path(first, "edition.toml").is_file() and not Path(second, "edition.toml").is_file():
        first, second = second, first
    if not Path(second).is_dir():
        raise UsageFault(Text("the edition folder {folder} is not there", folder=second))
    return first, Path(second)


def explain(
    language: Language,
    entry: str,
    folder: Path,
    plugin_folders: Sequence[Path],
    as_json: bool,
) -> None:
    """Rank an edition and show where the numbers of one entry come from.

    Args:
        language: of what is shown.
        entry: the entry's id, in any case.
        folder: the edition folder.
        plugin_folders: folders of one-file plugins.
        as_json: print one JSON document instead of tables.

    Raises:
        KvaljuryError: if there is no such entry, or the input, a plugin or the rules are at
            fault.
    """
    from kvaljury.cli.boundary import tell_warnings
    from kvaljury.cli.edition_inputs import read_inputs
    from kvaljury.cli.explanation import show_explanation
    from kvaljury.cli.explanation_json import explanation_json
    from kvaljury.cli.output import Output

    output = Output(language)
    inputs = read_inputs(folder, plugin_folders)
    trace = _trace(inputs, entry)
    tell_warnings(inputs.log.warnings, output)
    if as_json:
        output.json(explanation_json(trace, language))
    else:
        decimals = inputs.edition.rules.settings.rounding.decimals
        show_explanation(trace, decimals, output)


def _trace(inputs: EditionInputs, entry: str) -> EntryTrace:
    from kvaljury.core.pipeline import rank_edition
    from kvaljury.core.trace import trace_entry

    marks = inputs.marks()
    inputs.log.raise_faults()
    ranking = rank_edition(inputs.edition, marks, inputs.toolkit)
    return trace_entry(inputs.edition, marks, inputs.toolkit, ranking, _known_id(inputs, entry))


def _known_id(inputs: EditionInputs, entry: str) -> str:
    from kvaljury.files.nearest import nearest_hint

    ids = {known.id.casefold(): known.id for known in inputs.edition.entries}
    if entry.casefold() not in ids:
        raise UsageFault(
            Text("there is no entry {entry} in the edition", entry=entry),
            hint=nearest_hint(entry, ids.values()),
        )
    return ids[entry.casefold()]

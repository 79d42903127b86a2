"""``kvaljury progress``: who has marked what, what is missing, and whose deadlines pass next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click

from kvaljury.cli.language import Language
from kvaljury.cli.options import command, edition_argument, json_option, plugins_option
from kvaljury.errors import Text, UsageFault

OUT = "out"
FILE = "progress.xlsx"


def build(language: Language) -> click.Command:
    """Make the command in a language."""

    def callback(
        folder: Path, plugin_folders: Sequence[Path], day: str | None, as_json: bool
    ) -> None:
        progress(language, folder, plugin_folders, day=day_of(day), as_json=as_json)

    return command(
        language,
        "progress",
        Text(
            "Show who has marked what, what is missing, whose deadlines pass next, which entries"
            " should be discussed before the visit, and how far the teams' agreed marks lie from"
            " their own. Writes progress.xlsx to the folder out of the edition."
        ),
        callback,
        [
            edition_argument(language),
            plugins_option(language),
            click.Option(
                ["--date", "day"],
                metavar=language.render(Text("YYYY-MM-DD")),
                help=language.render(
                    Text("The day that deadlines are seen from; today if not given.")
                ),
            ),
            json_option(language),
        ],
    )


def day_of(text: str | None) -> date:
    """Read the day that deadlines are seen from.

    Args:
        text: ``2025-05-06``, or None for today.

    Raises:
        UsageFault: if the text is anything else.
    """
    from kvaljury.files.moments import parse_moment

    if text is None:
        return datetime.now().astimezone().date()
    moment = parse_moment(text)
    if moment is None or not moment.whole_day:
        raise UsageFault(Text("{text} is no day; a day such as 2025-05-06 was expected", text=text))
    return moment.at.date()


def progress(
    language: Language,
    folder: Path,
    plugin_folders: Sequence[Path],
    *,
    day: date,
    as_json: bool,
) -> None:
    """Tell how far an edition has come, write its workbook and show it.

    Args:
        language: of everything written and shown.
        folder: the edition folder.
        plugin_folders: folders of one-file plugins.
        day: that deadlines are seen from.
        as_json: print one JSON document instead of tables.

    Raises:
        KvaljuryError: if the input, a plugin or the disk is at fault; then nothing has been
            written. What is only missing is no fault.
    """
    from kvaljury.cli.boundary import tell_warnings
    from kvaljury.cli.edition_inputs import read_inputs
    from kvaljury.cli.output import Output
    from kvaljury.core.drift import drift_from_consensus
    from kvaljury.core.pipeline import naming_provider
    from kvaljury.core.progress import account_for_progress
    from kvaljury.files.progress_documents import ProgressDocument, progress_json
    from kvaljury.files.progress_spreadsheets import progress_xlsx
    from kvaljury.files.writing import write_outputs

    output = Output(language)
    inputs = read_inputs(folder, plugin_folders)
    marks, edition, toolkit = inputs.marks(), inputs.edition, inputs.toolkit
    inputs.log.raise_faults()
    tell_warnings(inputs.log.warnings, output)
    with naming_provider(toolkit.plugins):
        account = account_for_progress(edition, marks, toolkit, day)
        drift = drift_from_consensus(edition, marks, toolkit.rubrics)
    document = ProgressDocument(edition, account, drift, inputs.log.hashes, language.render)
    write_outputs(folder / OUT, {FILE: progress_xlsx(document)})
    if as_json:
        output.json(progress_json(document))
    else:
        from kvaljury.cli.progress_view import show_progress

        show_progress(document, output)

"""``kvaljury intake``: the bids against the rules about their form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kvaljury.cli.language import Language
from kvaljury.cli.options import command, edition_argument, json_option, plugins_option
from kvaljury.errors import Text, UsageFault

if TYPE_CHECKING:
    from kvaljury.cli.output import Output
    from kvaljury.core.intake.inspection import BidReport, IntakeBasis
    from kvaljury.core.model import Edition, Entry
    from kvaljury.files import InputLog


def build(language: Language) -> click.Command:
    """Make the command in a language."""
    from kvaljury.cli.progress import day_of

    def callback(
        folder: Path,
        plugin_folders: Sequence[Path],
        entries: Sequence[str],
        day: str | None,
        as_json: bool,
    ) -> None:
        intake(language, folder, plugin_folders, entries=entries, day=day_of(day), as_json=as_json)

    return command(
        language,
        "intake",
        Text(
            "Hold each bid in the folder bids against the rules about its form: Word format,"
            " answers to all questions, characters, appendices, images, presentation text,"
            " minutes extract, days and change requests. A report for each unit and an overview"
            " go to the folder out/intake of the edition, a list to out/intake.xlsx."
        ),
        callback,
        [
            edition_argument(language),
            plugins_option(language),
            click.Option(
                ["--entry", "entries"],
                multiple=True,
                metavar=language.render(Text("ENTRY")),
                help=language.render(Text("Only this entry. May be repeated.")),
            ),
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


def intake(
    language: Language,
    folder: Path,
    plugin_folders: Sequence[Path],
    *,
    entries: Sequence[str],
    day: date,
    as_json: bool,
) -> None:
    """Check the bids of an edition, write the reports and show what was found.

    Args:
        language: of everything written and shown.
        folder: the edition folder.
        plugin_folders: folders of one-file plugins.
        entries: ids of the entries to check; none means all.
        day: that deadlines are seen from.
        as_json: print one JSON document instead of a table.

    Raises:
        KvaljuryError: if the edition, a plugin or the disk is at fault; then nothing has been
            written. What is wrong with a bid is a finding, no fault.
    """
    from kvaljury.cli.boundary import tell_warnings
    from kvaljury.cli.intake_files import write_reports
    from kvaljury.cli.intake_json import intake_json
    from kvaljury.cli.output import Output
    from kvaljury.files import InputLog

    # Counts of four and five figures stand side by side here, so both are grouped.
    language = Language(language.code, grouped_from=1_000)
    log, output = InputLog(), Output(language)
    edition, basis, reports = _inspect(folder, plugin_folders, entries, day, log)
    tell_warnings(log.warnings, output)
    write_reports(folder, reports, edition, basis, language, is_whole=not entries)
    if as_json:
        output.json(intake_json(reports, edition, basis, log.hashes, language))
    else:
        _show(reports, edition, basis, output)


def _inspect(
    folder: Path, plugin_folders: Sequence[Path], entries: Sequence[str], day: date, log: InputLog
) -> tuple[Edition, IntakeBasis, list[BidReport]]:
    from kvaljury.cli.edition_inputs import read_rules_and_entries
    from kvaljury.core.eligibility import judge_entries
    from kvaljury.core.intake.fingerprints import Form
    from kvaljury.core.intake.inspection import IntakeBasis, inspect_bid
    from kvaljury.core.pipeline import naming_provider
    from kvaljury.files.bid_files import read_bid_folders
    from kvaljury.files.calendars import days_off
    from kvaljury.files.change_requests import read_change_requests
    from kvaljury.files.form_passages import read_form_passages

    edition, rules, plugins = read_rules_and_entries(folder, plugin_folders, log)
    requests = read_change_requests(folder, edition, log)
    form = Form(read_form_passages(edition.rules, folder, log))
    log.raise_faults()
    chosen = _chosen(edition.entries, entries)
    with naming_provider(plugins):
        verdicts = {verdict.entry: verdict for verdict in judge_entries(edition, rules)}
    years = {day.year, *(r.sent.year for r in requests if r.sent)}
    basis = IntakeBasis(edition.rules, form, day, days_off(years | {year + 1 for year in years}))
    folders = read_bid_folders(
        folder, [entry.id for entry in chosen], [entry.id for entry in edition.entries], log
    )
    reports = [
        inspect_bid(
            entry,
            folders[entry.id],
            verdicts[entry.id].findings,
            [request for request in requests if request.entry == entry.id],
            basis,
        )
        for entry in chosen
    ]
    return edition, basis, reports


def _chosen(entries: Sequence[Entry], ids: Sequence[str]) -> list[Entry]:
    from kvaljury.core.model import State
    from kvaljury.files.nearest import nearest_hint

    known = {entry.id: entry for entry in entries}
    for name in ids:
        if name not in known:
            message = Text('the entry "{id}" is unknown', id=name)
            raise UsageFault(message, hint=nearest_hint(name, known))
    if ids:
        return [entry for entry in entries if entry.id in ids]
    return [entry for entry in entries if entry.state is not State.WITHDRAWN]


def _show(
    reports: Sequence[BidReport], edition: Edition, basis: IntakeBasis, output: Output
) -> None:
    from kvaljury.cli.intake_files import FOLDER, INDEX
    from kvaljury.cli.output import Column
    from kvaljury.core.intake.findings import Severity
    from kvaljury.core.intake.report import FORM_ONLY

    say, number = output.language.render, output.language.number
    output.line(FORM_ONLY)
    output.line(Text("{title}, seen on {day}", title=edition.title, day=basis.today))
    output.line()
    leaves = sum(1 for _ in edition.rules.leaves())
    titles = (Text("Characters"), Text("Answered"), Text("To be mended"), Text("To look at"))
    columns = [Column(Text("Entry")), *(Column(title, right=True) for title in titles)]
    rows = []
    for report in reports:
        read = report.contribution
        rows.append(
            [
                f"{report.entry.id} {report.entry.name}",
                number(read.count.total) if read else "",
                say(Text("{n} of {total}", n=read.answered, total=leaves)) if read else "",
                number(len(report.of_severity(Severity.PROBLEM))),
                number(len(report.of_severity(Severity.LOOK))),
            ]
        )
    output.table(columns, rows)
    output.line()
    place = f"{FOLDER.as_posix()}/{INDEX}"
    output.line(
        Text("{n} reports are written. Open {index} in a browser.", n=len(reports), index=place)
    )

"""``kvaljury check``: every fault and warning of an edition folder, at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kvaljury.cli.language import Language
from kvaljury.cli.options import command, edition_argument, json_option, plugins_option
from kvaljury.errors import InputFault, InputFaults, KvaljuryError, PluginFault, Text

if TYPE_CHECKING:
    from kvaljury.cli.edition_inputs import FoundPlugins
    from kvaljury.cli.output import Output
    from kvaljury.files import InputLog, InputWarning

SCHEMA = "kvaljury.check/1"


def build(language: Language) -> click.Command:
    """Make the command in a language."""

    def callback(folder: Path, plugin_folders: Sequence[Path], as_json: bool) -> None:
        check(language, folder, plugin_folders, as_json)

    return command(
        language,
        "check",
        Text(
            "Read the whole edition folder and list every fault and warning with file and line."
            " A fault stops the other commands; a warning stops nothing."
        ),
        callback,
        [edition_argument(language), plugins_option(language), json_option(language)],
    )


def check(language: Language, folder: Path, plugin_folders: Sequence[Path], as_json: bool) -> None:
    """Read an edition and report what was found.

    Args:
        language: of the report.
        folder: the edition folder.
        plugin_folders: folders of one-file plugins.
        as_json: print one JSON document instead of lines.

    Raises:
        click.exceptions.Exit: with 3 if there is any fault of the input, after the report.
        PluginFault: after the report, if nothing but a plugin is at fault.
    """
    from kvaljury.cli.output import Output
    from kvaljury.files import InputLog

    log = InputLog()
    plugin_fault: PluginFault | None = None
    try:
        _read(folder, plugin_folders, log)
    except InputFaults:
        pass  # the log holds them, and is what is reported
    except PluginFault as fault:
        plugin_fault = fault
    output = Output(language)
    if as_json:
        output.json(check_json(log, language, plugin_fault))
    else:
        _show(log, output)
    _leave(log, plugin_fault, output)


def _leave(log: InputLog, plugin_fault: PluginFault | None, output: Output) -> None:
    from kvaljury.cli.boundary import tell_fault

    if plugin_fault and not log.faults:
        raise plugin_fault
    if plugin_fault:
        tell_fault(plugin_fault, output)
    if log.faults:
        raise click.exceptions.Exit(InputFault.exit_code)


def _read(folder: Path, plugin_folders: Sequence[Path], log: InputLog) -> None:
    from kvaljury.cli.edition_inputs import find_plugins
    from kvaljury.cli.jury_files import jury_files_of, read_answers, resolve_jury
    from kvaljury.cli.presentation_warnings import presentation_warnings
    from kvaljury.cli.semantic_checks import semantic_warnings
    from kvaljury.files.bid_files import warn_of_other_formats
    from kvaljury.files.bids import read_bids
    from kvaljury.files.change_requests import read_change_requests
    from kvaljury.files.stray_copies import warn_of_copies

    found = find_plugins(folder, plugin_folders, log)
    try:
        inputs = found.resolve()
    except PluginFault:
        _read_marks(found)
        raise
    marks = inputs.marks()
    files = jury_files_of(inputs)
    read_answers(inputs, files)
    entries = [entry.id for entry in inputs.edition.entries]
    bid = inputs.edition.rules.bid
    bids = read_bids(folder, entries, entries, bid, log)
    log.warnings.extend(presentation_warnings(bids, inputs.edition.year))
    warn_of_other_formats(folder, entries, bid, log)
    read_change_requests(folder, inputs.edition, log)
    warn_of_copies(folder, log)
    resolve_jury(inputs, files)
    try:
        log.warnings.extend(semantic_warnings(inputs, marks))
    except PluginFault:
        raise
    except KvaljuryError:
        # What is left of a faulty edition need not make sense; its faults are told.
        if not log.faults:
            raise


def _read_marks(found: FoundPlugins) -> None:
    """Read the marks of an edition that names a plugin which is not there.

    Without its rubric a leaf's marks cannot be judged, and telling them faulty would be wrong;
    so they are read only where every rubric is there.
    """
    from kvaljury.core.model import Rubric, Scheme
    from kvaljury.files import read_marks

    rubrics: dict[str, Rubric] = {}
    for leaf in found.edition.rules.leaves():
        rubric = found.registry.values.get(("kvaljury_rubrics", leaf.rubric))
        if not isinstance(rubric, Rubric):
            return
        rubrics[leaf.id] = rubric
    read_marks(found.folder, Scheme(rubrics), found.edition, found.log)


def check_json(
    log: InputLog, language: Language, plugin_fault: PluginFault | None = None
) -> dict[str, Any]:
    """Give what reading found as JSON, schema ``kvaljury.check/1``.

    Args:
        log: faults, warnings, hashes and cell counts.
        language: of the messages.
        plugin_fault: what is wrong with a plugin, or None.

    Returns:
        Lists sorted by address, messages and hints in words; of each file and kind the first
        hundred faults.
    """
    from kvaljury.cli.fault_listing import LeftOut, listed

    faults = listed(_sorted(log.faults))
    return {
        "schema": SCHEMA,
        "fault_count": len(log.faults),
        "faults": [_told(f, language) for f in faults if not isinstance(f, LeftOut)],
        "faults_left_out": [
            {"file": f.where.file, "code": f.code, "count": f.count}
            for f in faults
            if isinstance(f, LeftOut)
        ],
        "plugin_fault": _told(plugin_fault, language) if plugin_fault else None,
        "warnings": [_told(warning, language) for warning in _sorted(log.warnings)],
        "tables": [
            {
                "file": tally.file,
                "cells": tally.cells,
                "accepted": tally.accepted,
                "blank": tally.blank,
                "refused": tally.refused,
            }
            for tally in sorted(log.tallies)
        ],
        "inputs": dict(sorted(log.hashes.items())),
    }


def _told(finding: KvaljuryError | InputWarning, language: Language) -> dict[str, Any]:
    where = finding.where
    return {
        "file": where.file if where else None,
        "sheet": where.sheet if where else "",
        "line": where.line if where else None,
        "detail": where.detail if where else "",
        "code": finding.code,
        "message": language.render(finding.message),
        "hint": language.render(finding.hint) if finding.hint else None,
    }


def _sorted(findings: Sequence[Any]) -> list[Any]:
    from kvaljury.errors import Source

    return sorted(findings, key=lambda found: (found.where or Source(""), str(found.message)))


def _show(log: InputLog, output: Output) -> None:
    from kvaljury.cli.boundary import addressed
    from kvaljury.cli.fault_listing import listed

    faults = listed(_sorted(log.faults))
    for kind, findings in ((Text("fault"), faults), (Text("warning"), _sorted(log.warnings))):
        for finding in findings:
            said = addressed(finding.where, finding.message, output.language)
            output.line(Text("{line} [{kind}]", line=said, kind=kind))
            if finding.hint:
                output.line(finding.hint, indent=4)
    _show_tallies(log, output)
    output.line(
        Text(
            "Faults: {faults}. Warnings: {warnings}. Files read: {files}.",
            faults=len(log.faults),
            warnings=len(log.warnings),
            files=len(log.hashes),
        )
    )


def _show_tallies(log: InputLog, output: Output) -> None:
    from kvaljury.cli.output import Column

    if not log.tallies:
        return
    titles = (Text("Cells"), Text("Accepted"), Text("Blank"), Text("Refused"))
    columns = [Column(Text("File")), *(Column(title, right=True) for title in titles)]
    rows = [
        [t.file, *(output.language.number(n) for n in (t.cells, t.accepted, t.blank, t.refused))]
        for t in sorted(log.tallies)
    ]
    output.line()
    output.table(columns, rows)
    output.line()

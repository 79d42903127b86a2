"""``kvaljury publish``: who receives what and why, for the web."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from kvaljury.cli.language import Language
from kvaljury.cli.nominate import by_option, named_person
from kvaljury.cli.options import command, edition_argument, json_option, plugins_option
from kvaljury.core.model.recorded import RecordedDecision
from kvaljury.errors import Text, UsageFault

SCHEMA = "kvaljury.publish/1"
OUT = "out"


def build(language: Language) -> click.Command:
    """Make the command in a language."""

    def callback(
        *,
        folder: Path,
        plugin_folders: Sequence[Path],
        day: str | None,
        is_recorded: bool,
        by: str | None,
        as_json: bool,
    ) -> None:
        from kvaljury.cli.release import told_day

        name = _answers(is_recorded, by)
        day_told = told_day(day)
        publish(language, folder, plugin_folders, day=day_told, recorded_by=name, as_json=as_json)

    return command(
        language,
        "publish",
        Text(
            "Write the recorded awards and honourable mentions with their motivations for the web,"
            " from the day after the ceremony: publish.html, a piece of a page, and publish.txt go"
            " to the folder out of the edition."
        ),
        callback,
        [
            edition_argument(language),
            plugins_option(language),
            click.Option(
                ["--date", "day"],
                metavar=language.render(Text("YYYY-MM-DD")),
                help=language.render(Text("The day on which it is told; today if not given.")),
            ),
            click.Option(
                ["--record", "is_recorded"],
                is_flag=True,
                help=language.render(
                    Text("Note in the record of decisions that it is published; needs --by.")
                ),
            ),
            by_option(language),
            json_option(language),
        ],
    )


def _answers(is_recorded: bool, by: str | None) -> str | None:
    if is_recorded:
        return named_person(by, "--record")
    if by:
        raise UsageFault(Text("--by belongs to --record"))
    return None


def publish(
    language: Language,
    folder: Path,
    plugin_folders: Sequence[Path],
    *,
    day: date,
    recorded_by: str | None,
    as_json: bool,
) -> None:
    """Write what the city tells of the decisions.

    Args:
        language: of everything written and shown.
        folder: the edition folder.
        plugin_folders: folders of one-file plugins.
        day: on which it is told.
        recorded_by: who answers for an event ``published``, or None for no event.
        as_json: print one JSON document that lists the files.

    Raises:
        RulesFault: if nothing has been recorded, or the ceremony has not been.
        VerificationFault: if the record does not verify, or a decision does not come out again.
        KvaljuryError: if the edition cannot be read, or the disk is in the way.
    """
    from kvaljury.cli.output import Output
    from kvaljury.cli.protocol import nothing_recorded
    from kvaljury.cli.release import require_told
    from kvaljury.cli.verification import require_upheld
    from kvaljury.core.announcement import announcement_document, without_motivation
    from kvaljury.core.recorded_decisions import standing_decisions
    from kvaljury.files import read_edition
    from kvaljury.files.decision_record import read_record
    from kvaljury.files.writing import write_outputs
    from kvaljury.reports.fragment import html_fragment, plain_text
    from kvaljury.reports.voice import Voice

    output = Output(language)
    standing = standing_decisions(read_record(folder))
    if not standing:
        raise nothing_recorded()
    edition = read_edition(folder)
    require_told(edition, day)
    require_upheld(folder, plugin_folders, output, refuses=True)
    order = [each.id for each in edition.rules.classes]
    decisions = sorted(standing.values(), key=lambda d: _place(d.class_id, order))
    document = announcement_document(decisions, edition.title)
    voice = Voice(language.code, language.render, language.number)
    files = {
        "publish.html": html_fragment(document, voice),
        "publish.txt": plain_text(document, voice),
    }
    if recorded_by is not None:
        _note(folder, decisions, recorded_by)
    write_outputs(folder / OUT, files)
    lacking = without_motivation(decisions)
    for unit in lacking:
        output.complaint(Text("No motivation is recorded for {unit}.", unit=unit))
    if as_json:
        hashes = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}
        told = {"schema": SCHEMA, "folder": OUT, "without_motivation": list(lacking)}
        output.json({**told, "files": hashes})
        return
    output.line(
        Text(
            "The texts for the web stand in the folder {folder}: {names}.",
            folder=OUT,
            names=sorted(files),
        )
    )


def _place(class_id: str, order: Sequence[str]) -> tuple[int, str]:
    return (order.index(class_id) if class_id in order else len(order)), class_id


def _note(folder: Path, decisions: Sequence[RecordedDecision], by: str) -> None:
    from kvaljury.cli.release import moment
    from kvaljury.core.announcement import recipients
    from kvaljury.core.model.record import NewEvent
    from kvaljury.core.recorded_decisions import PUBLISHED
    from kvaljury.files.decision_record import append_events

    entries = [entry for decision in decisions for entry in recipients(decision)]
    append_events(folder, lambda _: [NewEvent(PUBLISHED, by, {"entries": entries})], moment())

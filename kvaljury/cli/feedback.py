"""``kvaljury feedback``: what each unit is told after the ceremony, in Word and as PDF."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from kvaljury.cli.language import Language
from kvaljury.cli.nominate import by_option, named_person
from kvaljury.cli.options import command, edition_argument, json_option, plugins_option
from kvaljury.core.model import Edition
from kvaljury.errors import Text, UsageFault

if TYPE_CHECKING:
    from kvaljury.cli.output import Output
    from kvaljury.core.model.blocks import Document
    from kvaljury.core.model.recorded import RecordedDecision

SCHEMA = "kvaljury.feedback/1"
TARGET = Path("out", "feedback")
PATTERNS = ("aterkoppling-*.docx", "aterkoppling-*.pdf")
_FORCE_HINT = Text(
    "wait until then; who must let feedback out earlier gives --force --by NAME --reason TEXT,"
    " which goes into the record of decisions"
)


@attrs.frozen
class Forced:
    """That somebody lets feedback out before its day.

    Attributes:
        by: the person who answers for it.
    """

    by: str
    reason: str


def build(language: Language) -> click.Command:
    """Make the command in a language."""

    def callback(
        *,
        folder: Path,
        plugin_folders: Sequence[Path],
        day: str | None,
        is_forced: bool,
        by: str | None,
        reason: str | None,
        as_json: bool,
    ) -> None:
        from kvaljury.cli.release import told_day

        forced = _forced(is_forced, by, reason)
        feedback(
            language, folder, plugin_folders, day=told_day(day), forced=forced, as_json=as_json
        )

    say = language.render
    return command(
        language,
        "feedback",
        Text(
            "Write the feedback of every competing entry, from the day after the ceremony:"
            " strengths and development areas, what it received, the third of its class in which"
            " it lies, and a plan to fill in. Word and PDF go to the folder out/feedback of the"
            " edition."
        ),
        callback,
        [
            edition_argument(language),
            plugins_option(language),
            click.Option(
                ["--date", "day"],
                metavar=say(Text("YYYY-MM-DD")),
                help=say(Text("The day on which it is told; today if not given.")),
            ),
            click.Option(
                ["--force", "is_forced"],
                is_flag=True,
                help=say(Text("Let it out before its day; needs --by and --reason.")),
            ),
            by_option(language),
            click.Option(
                ["--reason"],
                metavar=say(Text("TEXT")),
                help=say(Text("Why it is let out before its day.")),
            ),
            json_option(language),
        ],
    )


def _forced(is_forced: bool, by: str | None, reason: str | None) -> Forced | None:
    if not is_forced and (by or reason):
        raise UsageFault(Text("--by and --reason belong to --force"))
    if not is_forced:
        return None
    name = named_person(by, "--force")
    if not (reason and reason.strip()):
        raise UsageFault(Text("--force needs --reason TEXT"))
    return Forced(name, reason.strip())


def feedback(
    language: Language,
    folder: Path,
    plugin_folders: Sequence[Path],
    *,
    day: date,
    forced: Forced | None,
    as_json: bool,
) -> None:
    """Rank an edition and write what each unit is told.

    Args:
        language: of everything written and shown.
        folder: the edition folder.
        plugin_folders: folders of one-file plugins.
        day: on which it is told.
        forced: by whom and why it is let out before its day, or None.
        as_json: print one JSON document that lists the files.

    Raises:
        RulesFault: if the ceremony has not been and nobody forces it.
        VerificationFault: if the record does not verify, or a decision does not come out again.
        KvaljuryError: if the input, a plugin or the disk is at fault; then nothing has been
            written.
    """
    from kvaljury.cli.boundary import tell_warnings
    from kvaljury.cli.edition_inputs import read_inputs
    from kvaljury.cli.output import Output
    from kvaljury.cli.release import require_told
    from kvaljury.cli.verification import require_upheld
    from kvaljury.core.feedback import feedback_documents, unsorted_comments
    from kvaljury.core.feedback_warnings import points_to_read
    from kvaljury.core.pipeline import rank_edition
    from kvaljury.core.recorded_decisions import standing_decisions
    from kvaljury.core.release import may_be_told
    from kvaljury.files.decision_record import read_record
    from kvaljury.files.writing import LOCK_FILE, replace_outputs

    output = Output(language)
    inputs = read_inputs(folder, plugin_folders)
    edition = inputs.edition
    is_early = not may_be_told(edition.rules, day)
    if forced is None:
        inputs.log.raise_faults()
        require_told(edition, day, _FORCE_HINT)
    marks = inputs.marks()
    inputs.log.raise_faults()
    decisions = standing_decisions(read_record(folder))
    require_upheld(folder, plugin_folders, output, refuses=True)
    ranking = rank_edition(edition, marks, inputs.toolkit)
    tell_warnings(inputs.log.warnings, output)
    documents = feedback_documents(edition, marks, ranking, decisions)
    files = _files(documents, edition, language)
    if is_early and forced is not None:
        _note(folder, edition, day, forced, documents)
    replace_outputs(folder / TARGET, files, PATTERNS, folder / "out" / LOCK_FILE)
    left_out = unsorted_comments(edition, marks, ranking)
    for point in points_to_read(edition, marks, ranking):
        output.complaint(point)
    if as_json:
        output.json(_document(edition, day, files, left_out, is_forced=is_early))
        return
    _tell(output, len(documents), left_out, decisions, edition)


def _files(documents: Sequence[Document], edition: Edition, language: Language) -> dict[str, bytes]:
    from kvaljury.cli.paper import paper_files
    from kvaljury.cli.progress_bar import progress_bar

    files: dict[str, bytes] = {}
    with progress_bar(Text("Writing feedback"), language) as tell:
        for number, document in enumerate(documents, start=1):
            files |= paper_files(
                document, language, running=edition.title, foot=edition.title, year=edition.year
            )
            tell(number, len(documents))
    return files


def _note(
    folder: Path, edition: Edition, day: date, forced: Forced, documents: Sequence[Document]
) -> None:
    """Note in the record that feedback goes out before its day, before any file stands there."""
    from kvaljury.cli.release import moment
    from kvaljury.core.feedback import PREFIX
    from kvaljury.core.model.record import NewEvent
    from kvaljury.core.recorded_decisions import FORCED
    from kvaljury.core.release import ceremony_day
    from kvaljury.files.decision_record import append_events

    ceremony = ceremony_day(edition.rules)
    event = NewEvent(
        FORCED,
        forced.by,
        {
            "date": day.isoformat(),
            "ceremony": ceremony.isoformat() if ceremony else None,
            "reason": forced.reason,
            "entries": [document.name.removeprefix(f"{PREFIX}-") for document in documents],
        },
    )
    append_events(folder, lambda _: [event], moment())


def _document(
    edition: Edition, day: date, files: Mapping[str, bytes], left_out: int, *, is_forced: bool
) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "year": edition.year,
        "date": day.isoformat(),
        "forced": is_forced,
        "folder": TARGET.as_posix(),
        "comments_left_out": left_out,
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())},
    }


def _tell(
    output: Output,
    count: int,
    left_out: int,
    decisions: Mapping[str, RecordedDecision],
    edition: Edition,
) -> None:
    output.line(
        Text(
            "Feedback to {n} entries stands in the folder {folder}.",
            n=count,
            folder=TARGET.as_posix(),
        )
    )
    silent = [c.title for c in edition.rules.classes if c.id not in decisions]
    if silent:
        output.complaint(
            Text(
                "No decision is recorded for {classes}: nothing is said of awards there.",
                classes=silent,
            )
        )
    if left_out:
        output.complaint(
            Text(
                "Comments that were left out, since they are neither strengths nor development"
                " areas: {n}. Begin them with Styrka: or Utvecklingsområde: if they are meant for"
                " the unit.",
                n=left_out,
            )
        )
    output.line(Text("Read each of them through before you send it."))

"""``kvaljury protocol``: the record as minutes to be signed, in Word and as PDF."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import click

from kvaljury.cli.language import Language
from kvaljury.cli.options import command, edition_argument, json_option, plugins_option
from kvaljury.core.model import Edition
from kvaljury.core.model.record import DecisionRecord
from kvaljury.errors import RulesFault, Source, Text

SCHEMA = "kvaljury.protocol/1"
OUT = "out"
_SHOWN_DIGITS = 16


def build(language: Language) -> click.Command:
    """Make the command in a language."""

    def callback(folder: Path, plugin_folders: Sequence[Path], as_json: bool) -> None:
        protocol(language, folder, plugin_folders, as_json=as_json)

    return command(
        language,
        "protocol",
        Text(
            "Write the minutes of the jury's meeting from the record of decisions: who was there,"
            " jäv, votes, reservations, decisions and the checksum of the record, to be signed."
            " protokoll.docx and protokoll.pdf go to the folder out of the edition."
        ),
        callback,
        [edition_argument(language), plugins_option(language), json_option(language)],
    )


def protocol(
    language: Language, folder: Path, plugin_folders: Sequence[Path], *, as_json: bool
) -> None:
    """Write the minutes; of what does not come out again of the files, warn loudly.

    Args:
        language: of the minutes and of what is shown.
        folder: the edition folder.
        plugin_folders: folders of one-file plugins.
        as_json: print one JSON document that lists the files.

    Raises:
        RulesFault: if nothing has been recorded.
        VerificationFault: if the record does not verify.
        KvaljuryError: if the edition cannot be read, or the disk is in the way.
    """
    from kvaljury.cli.output import Output
    from kvaljury.cli.verification import require_upheld
    from kvaljury.core.minutes import signed_head
    from kvaljury.files import read_edition
    from kvaljury.files.decision_record import RECORD, read_record
    from kvaljury.files.writing import write_outputs

    output = Output(language)
    record = read_record(folder)
    if not record.events:  # also where the edition has faults that the jury never got past
        raise nothing_recorded()
    edition = read_edition(folder)
    head, files = signed_head(record), minutes_files(record, edition, language)
    if not files:
        raise nothing_recorded()
    require_upheld(folder, plugin_folders, output, refuses=False)
    write_outputs(folder / OUT, files)
    if as_json:
        hashes = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}
        output.json(
            {
                "schema": SCHEMA,
                "folder": OUT,
                "record": RECORD,
                "head": head,
                "files": hashes,
            }
        )
        return
    output.line(
        Text("The minutes stand in the folder {folder}: {names}.", folder=OUT, names=sorted(files))
    )
    output.line(Text("They are to be signed by the secretary, the chair and an adjuster."))


def minutes_files(record: DecisionRecord, edition: Edition, language: Language) -> dict[str, bytes]:
    """Make the minutes of a record, in Word and as PDF.

    Args:
        record: that verifies.
        edition: for its title and year.
        language: of the minutes.

    Returns:
        Content by file name; nothing where nothing has been decided.
    """
    from kvaljury.cli.paper import paper_files
    from kvaljury.core.minutes import minutes_document, signed_head

    document = minutes_document(record, edition.title)
    if document is None:
        return {}
    digest = signed_head(record)[:_SHOWN_DIGITS]
    foot = Text("Record of decisions, checksum {digest}", digest=digest)
    return paper_files(document, language, running=edition.title, foot=foot, year=edition.year)


def nothing_recorded() -> RulesFault:
    """Say that there is no decision to tell of."""
    from kvaljury.files.decision_record import RECORD

    return RulesFault(
        Text("no decision of the jury has been recorded"),
        Source(RECORD),
        Text("record the decisions first: kvaljury decide --record --by NAME"),
        "nothing-recorded",
    )

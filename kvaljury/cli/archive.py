"""``kvaljury archive``: what an edition leaves behind, in one file for the archive."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import click

from kvaljury.cli.language import Language
from kvaljury.cli.options import command, edition_argument, json_option, plugins_option
from kvaljury.errors import Text, VerificationFault

OUT = "out"
SCHEMA = "kvaljury.archive/1"


def build(language: Language) -> click.Command:
    """Make the command in a language."""

    def callback(folder: Path, plugin_folders: Sequence[Path], as_json: bool) -> None:
        archive(language, folder, plugin_folders, as_json=as_json)

    return command(
        language,
        "archive",
        Text(
            "Pack what an edition leaves behind into one file for the archive: PDF/A of minutes and"
            " dossiers, all data as CSV, ranking and record as JSON, a list of files with hashes, a"
            " description of every field, and a proposal of what to weed out. Verifies everything"
            " first. Writes arkiv-YEAR.zip to the folder out of the edition."
        ),
        callback,
        [edition_argument(language), plugins_option(language), json_option(language)],
    )


def archive(
    language: Language, folder: Path, plugin_folders: Sequence[Path], *, as_json: bool
) -> None:
    """Verify an edition and pack it.

    Args:
        language: of what is shown; the archive itself speaks both.
        folder: the edition folder.
        plugin_folders: folders of one-file plugins.
        as_json: print one JSON document that lists the files.

    Raises:
        VerificationFault: if the record does not hold, or another decision or ranking comes of
            the files; then nothing has been written.
        KvaljuryError: if the input, a plugin or the disk is at fault; likewise.
    """
    from kvaljury.cli.archive_contents import gather_archive
    from kvaljury.cli.output import Output
    from kvaljury.cli.verification import verify_edition
    from kvaljury.core.verification import Standing
    from kvaljury.files.archives import archive_bytes
    from kvaljury.files.writing import write_outputs

    output = Output(language)
    found = verify_edition(folder, plugin_folders, output)
    for check in found.standing(Standing.DIFFERS):
        hint = Text("see all of it with: kvaljury verify")
        message = Text("{subject}: {said}", subject=check.subject, said=check.said)
        raise VerificationFault(message, hint=hint)
    if found.fault:
        raise found.fault
    contents = gather_archive(folder, plugin_folders, found.record)
    packed = archive_bytes(contents.files)
    name = f"arkiv-{contents.year}.zip"
    write_outputs(folder / OUT, {name: packed})
    digest = hashlib.sha256(packed).hexdigest()
    for check in found.standing(Standing.STALE):
        output.complaint(Text("{subject}: {said}", subject=check.subject, said=check.said))
    for text in contents.warnings:
        output.complaint(text)
    if as_json:
        output.json(
            {
                "schema": SCHEMA,
                "file": f"{OUT}/{name}",
                "sha256": digest,
                "files": {file.path: file.digest for file in contents.files},
                "left_out": {file.path: file.proposal.en for file in contents.left},
            }
        )
        return
    output.line(
        Text(
            "Written to the folder out: {name}, {n} files. Its SHA-256: {digest}",
            name=name,
            n=len(contents.files) + 1,
            digest=digest,
        )
    )
    output.line(
        Text(
            "{n} files are not in it; gallringsforslag.csv in it says of each what is proposed.",
            n=len(contents.left),
        )
    )

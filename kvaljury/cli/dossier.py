"""``kvaljury dossier``: what the jury reads, in a browser and on paper."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kvaljury.cli.language import Language
from kvaljury.cli.options import command, edition_argument, json_option, plugins_option
from kvaljury.errors import Text

if TYPE_CHECKING:
    from kvaljury.cli.dossier_basis import Basis

SCHEMA = "kvaljury.dossier/1"


def build(language: Language) -> click.Command:
    """Make the command in a language."""

    def callback(
        folder: Path, plugin_folders: Sequence[Path], is_blind: bool, as_json: bool
    ) -> None:
        dossier(language, folder, plugin_folders, is_blind=is_blind, as_json=as_json)

    return command(
        language,
        "dossier",
        Text(
            "Make the jury's basis for decision: a dossier for each entry that is shortlisted, to"
            " be discussed, proposed or nominated, an overview of each class, and a booklet with"
            " all of it. HTML and PDF go to the folder out/dossier of the edition."
        ),
        callback,
        [
            edition_argument(language),
            plugins_option(language),
            click.Option(
                ["--blind", "is_blind"],
                is_flag=True,
                help=language.render(
                    Text("Codes instead of names; files go to the folder out/dossier-blind.")
                ),
            ),
            json_option(language),
        ],
    )


def dossier(
    language: Language,
    folder: Path,
    plugin_folders: Sequence[Path],
    *,
    is_blind: bool,
    as_json: bool,
) -> None:
    """Rank an edition and write its dossiers.

    Args:
        language: of everything written and shown.
        folder: the edition folder.
        plugin_folders: folders of one-file plugins.
        is_blind: codes instead of names.
        as_json: print one JSON document that lists the files.

    Raises:
        KvaljuryError: if the input, a plugin, the rules or the disk is at fault; then nothing
            has been written.
    """
    from kvaljury.cli.boundary import tell_warnings
    from kvaljury.cli.dossier_basis import gather_basis
    from kvaljury.cli.dossier_files import BOOKLET, INDEX, PATTERNS, dossier_files
    from kvaljury.cli.edition_inputs import read_inputs
    from kvaljury.cli.output import Output
    from kvaljury.cli.progress_bar import progress_bar
    from kvaljury.core.model.wording import BASIS_FOR_DECISION
    from kvaljury.core.pipeline import naming_provider
    from kvaljury.files.writing import LOCK_FILE, replace_outputs

    output = Output(language)
    inputs = read_inputs(folder, plugin_folders)
    basis = gather_basis(inputs, output, is_blind=is_blind)
    tell_warnings(inputs.log.warnings, output)
    with (
        progress_bar(Text("Making dossiers"), language) as tell,
        naming_provider(inputs.toolkit.section_plugins),
    ):
        files = dossier_files(basis, inputs.toolkit.sections, language, tell)
    target = Path("out", "dossier-blind" if is_blind else "dossier")
    replace_outputs(folder / target, files, PATTERNS, folder / "out" / LOCK_FILE)
    if as_json:
        output.json(_document(basis, files, target))
        return
    output.line(BASIS_FOR_DECISION)
    output.line(
        Text(
            "{n} dossiers and {classes} overviews stand in the folder {folder}.",
            n=len(basis.cases),
            classes=len(basis.ranking.classes),
            folder=target.as_posix(),
        )
    )
    output.line(
        Text("Open {index} in a browser, or print {booklet}.", index=INDEX, booklet=BOOKLET)
    )


def _document(basis: Basis, files: Mapping[str, bytes], target: Path) -> dict[str, Any]:
    from kvaljury.cli.dossier_files import code_of

    return {
        "schema": SCHEMA,
        "folder": target.as_posix(),
        "basis_sha256": basis.digest,
        "entries": [code_of(basis, case.entry.id) for case in basis.cases],
        "classes": [ranked.class_id for ranked in basis.ranking.classes],
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())},
    }

"""``kvaljury nominate``: a first list of what goes to the jury, for people to edit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kvaljury.cli.language import Language
from kvaljury.cli.options import command, edition_argument, plugins_option
from kvaljury.errors import Text, UsageFault

if TYPE_CHECKING:
    from kvaljury.cli.output import Output
    from kvaljury.core.model import Nomination

FILE = "nominations.csv"


def build(language: Language) -> click.Command:
    """Make the command in a language."""

    def callback(folder: Path, plugin_folders: Sequence[Path], by: str) -> None:
        nominate(language, folder, plugin_folders, by=by)

    return command(
        language,
        "nominate",
        Text(
            "Write nominations.csv, a first list of what the drafting group sends on to the jury:"
            " every entry that is shortlisted, to be discussed or proposed and may receive"
            " something. People edit it before anything rests on it. A list that is there is never"
            " written over."
        ),
        callback,
        [edition_argument(language), plugins_option(language), by_option(language, required=True)],
    )


def by_option(language: Language, *, required: bool = False) -> click.Option:
    """Make ``--by``, the name of the person who answers for it."""
    return click.Option(
        ["--by"],
        required=required,
        metavar=language.render(Text("NAME")),
        help=language.render(Text("Name of the person who answers for it.")),
    )


def named_person(by: str | None, needed_for: str) -> str:
    """Give the name of the person who answers.

    Args:
        by: as given.
        needed_for: the option that needs it, for the message.

    Raises:
        UsageFault: if it is absent or blank.
    """
    name = " ".join((by or "").split())
    if not name or not name.isprintable():
        message = Text("{option} needs the name of the person who answers for it",
                       option=needed_for)  # fmt: skip
        raise UsageFault(message, hint=Text("add --by NAME"))
    return name


def nominate(language: Language, folder: Path, plugin_folders: Sequence[Path], *, by: str) -> None:
    """Rank an edition and write a first list of nominations.

    Args:
        language: of the list and of what is shown.
        folder: the edition folder.
        plugin_folders: folders of one-file plugins.
        by: who puts the entries forward.

    Raises:
        UsageFault: if there are nominations already.
        KvaljuryError: if the input, a plugin, the rules or the disk is at fault; then nothing
            has been written.
    """
    from kvaljury.cli.boundary import tell_warnings
    from kvaljury.cli.edition_inputs import read_inputs
    from kvaljury.cli.output import Output
    from kvaljury.core.nominating import first_nominations
    from kvaljury.core.pipeline import rank_edition
    from kvaljury.files.jury_tables import nominations_csv

    name = named_person(by, "nominate")
    _refuse_present(folder)
    inputs = read_inputs(folder, plugin_folders)
    marks = inputs.marks()
    inputs.log.raise_faults()
    output = Output(language)
    tell_warnings(inputs.log.warnings, output)
    from kvaljury.core.model import Nomination

    ranking = rank_edition(inputs.edition, marks, inputs.toolkit)
    listed = [
        Nomination(entry, kind, language.render(reason), name)
        for entry, kind, reason in first_nominations(ranking)
    ]
    _write(folder, nominations_csv(listed, language.code))
    _tell(listed, output)


def _refuse_present(folder: Path) -> None:
    from kvaljury.files.input_files import is_present

    for file in (FILE, "nominations.xlsx"):
        if is_present(folder / file):
            message = Text("{file} is there already and is not written over", file=file)
            hint = Text("edit it, or move it away to begin anew")
            raise UsageFault(message, hint=hint)


def _write(folder: Path, content: bytes) -> None:
    """Write the list, unless somebody else has written one meanwhile."""
    from kvaljury.files.writing import update_file

    def change(before: bytes | None) -> bytes:
        if before is not None:
            _refuse_present(folder)
        return content

    update_file(folder / FILE, change)


def _tell(listed: Sequence[Nomination], output: Output) -> None:
    from kvaljury.core.model import ProposalKind
    from kvaljury.core.model.wording import BASIS_FOR_DECISION, PROPOSAL_WORDS

    output.line(BASIS_FOR_DECISION)
    counts = {kind: sum(one.nominated_for is kind for one in listed) for kind in ProposalKind}
    output.line(Text("Nominations in {file}: {n}.", file=FILE, n=len(listed)))
    for kind, n in counts.items():
        output.line(Text("{what}: {n}", what=PROPOSAL_WORDS[kind], n=n), indent=4)
    output.line(
        Text(
            "Edit the list: what each entry is put forward for, the reason and by whom. Then make"
            " what the jury reads with: kvaljury dossier"
        )
    )

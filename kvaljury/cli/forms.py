"""``kvaljury forms``: a workbook for each examiner, or for each team after the visit."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import click

from kvaljury.cli.language import Language
from kvaljury.cli.options import command, edition_argument, json_option, plugins_option
from kvaljury.errors import Text, UsageFault

if TYPE_CHECKING:
    from kvaljury.cli.edition_inputs import EditionInputs
    from kvaljury.cli.output import Output
    from kvaljury.core.model import Examiner
    from kvaljury.files.forms.sheet_parts import Desk

SCHEMA = "kvaljury.forms/1"
FOLDER = Path("out", "forms")


@attrs.frozen
class Asked:
    """What forms are asked for.

    Attributes:
        is_consensus: those of teams instead of examiners.
        examiners: ids of those whose forms are made; none means all.
        is_filled: with what has been given already.
        is_forced: over forms in which somebody has written.
    """

    is_consensus: bool = False
    examiners: tuple[str, ...] = ()
    is_filled: bool = False
    is_forced: bool = False


def build(language: Language) -> click.Command:
    """Make the command in a language."""

    def callback(
        folder: Path,
        plugin_folders: Sequence[Path],
        *,
        is_consensus: bool,
        examiners: tuple[str, ...],
        is_filled: bool,
        is_forced: bool,
        as_json: bool,
    ) -> None:
        asked = Asked(is_consensus, examiners, is_filled, is_forced)
        forms(language, folder, plugin_folders, asked, as_json=as_json)

    say = language.render
    return command(
        language,
        "forms",
        Text(
            "Make an Excel form for each examiner, with a sheet for each entry that he or she"
            " reads, or with --consensus for each team after the visit. They go to the folder"
            " out/forms of the edition; filled in they belong in marks or consensus."
        ),
        callback,
        [
            edition_argument(language),
            plugins_option(language),
            click.Option(
                ["--consensus", "is_consensus"],
                is_flag=True,
                help=say(Text("Forms of teams, for agreed marks and the documents of the visit.")),
            ),
            click.Option(
                ["--examiner", "examiners"],
                multiple=True,
                metavar="ID",
                help=say(Text("Only the form of this examiner. May be repeated.")),
            ),
            click.Option(
                ["--filled", "is_filled"],
                is_flag=True,
                help=say(Text("Fill in what the edition has been given already.")),
            ),
            click.Option(
                ["--force", "is_forced"],
                is_flag=True,
                help=say(Text("Write over forms in out/forms in which somebody has written.")),
            ),
            json_option(language),
        ],
    )


def forms(
    language: Language,
    folder: Path,
    plugin_folders: Sequence[Path],
    asked: Asked,
    *,
    as_json: bool,
) -> None:
    """Write the forms of an edition.

    Args:
        language: of the forms and of what is shown.
        folder: the edition folder.
        plugin_folders: folders of one-file plugins.
        asked: which forms.
        as_json: print one JSON document that lists the files.

    Raises:
        KvaljuryError: if the input, a plugin or the disk is at fault, or somebody has written in
            a form that would be replaced; then nothing has been written.
    """
    from kvaljury.cli.boundary import tell_warnings
    from kvaljury.cli.edition_inputs import read_inputs
    from kvaljury.cli.output import Output
    from kvaljury.files.writing import LOCK_FILE, replace_outputs

    inputs = read_inputs(folder, plugin_folders)
    _check(asked, inputs)
    desk = _desk(inputs, language)
    files = _made(inputs, desk, asked)
    inputs.log.raise_faults()
    made = {name: content for name, content in files.items() if content is not None}
    target = folder / FOLDER
    if not asked.is_forced:
        _keep_answers(target, made)
    stale = _stale(target, files, asked)
    replace_outputs(target, made, [escape(name) for name in stale], folder / "out" / LOCK_FILE)
    output = Output(language)
    tell_warnings(inputs.log.warnings, output)
    if as_json:
        output.json(_document(made, files, asked))
        return
    _tell(made, files, asked, output)
    if asked.is_consensus:
        _tell_unagreed(desk, output)
    elif not asked.examiners:
        _tell_unproposed(desk, output)
    output.line(Text("See what has come in with: kvaljury progress"))


def _check(asked: Asked, inputs: EditionInputs) -> None:
    """Refuse options that do not go together, and examiners that the edition does not have."""
    from kvaljury.files.nearest import nearest_hint

    if asked.is_consensus and asked.examiners:
        message = Text("--examiner does not go with --consensus, whose forms are those of teams")
        raise UsageFault(message, hint=Text("leave one of them out"))
    inputs.log.raise_faults()
    known = [examiner.id for examiner in inputs.edition.examiners]
    for examiner in asked.examiners:
        if examiner not in known:
            message = Text('the examiner "{id}" is unknown', id=examiner)
            raise UsageFault(message, hint=nearest_hint(examiner, known))


def _desk(inputs: EditionInputs, language: Language) -> Desk:
    from kvaljury.core.model import Scheme
    from kvaljury.files.forms.sheet_parts import Desk

    edition, rubrics = inputs.edition, inputs.toolkit.rubrics
    scheme = Scheme({leaf.id: rubrics[leaf.rubric] for leaf in edition.rules.leaves()})
    return Desk(edition, scheme, language.render, language.code)


def _made(inputs: EditionInputs, desk: Desk, asked: Asked) -> dict[str, bytes | None]:
    """Make the forms by file name; None for who has nothing to fill in."""
    if asked.is_consensus:
        return _team_forms(inputs, desk, asked)
    everyone = inputs.edition.examiners
    chosen = [e for e in everyone if not asked.examiners or e.id in asked.examiners]
    return _examiner_forms(inputs, desk, chosen, asked)


def _examiner_forms(
    inputs: EditionInputs, desk: Desk, examiners: Sequence[Examiner], asked: Asked
) -> dict[str, bytes | None]:
    from kvaljury.files.forms.examiner_sheets import Given
    from kvaljury.files.forms.writing import examiner_form

    marks = inputs.marks() if asked.is_filled else None
    proposals = inputs.edition.proposals
    return {
        f"{each.id}.xlsx": examiner_form(
            desk, each, None if marks is None else Given.of(marks, proposals, each.id)
        )
        for each in examiners
    }


def _team_forms(inputs: EditionInputs, desk: Desk, asked: Asked) -> dict[str, bytes | None]:
    from kvaljury.files.form_files import TEAM_SUFFIX
    from kvaljury.files.forms.team_sheets import TeamBasis
    from kvaljury.files.forms.writing import team_form

    basis = TeamBasis.of(inputs.marks(), is_filled=asked.is_filled)
    return {
        f"{team.id}{TEAM_SUFFIX}.xlsx": team_form(desk, team, basis)
        for team in inputs.edition.teams
    }


def _keep_answers(target: Path, made: Mapping[str, bytes]) -> None:
    """Refuse to write over forms in which somebody has written."""
    from kvaljury.files.forms.written import has_writing

    written = [name for name, content in made.items() if has_writing(target / name, content)]
    if written:
        message = Text(
            "somebody has written in forms of {folder}: {files}",
            folder=FOLDER.as_posix(),
            files=written,
        )
        hint = Text("move them to the folder marks or consensus, or give --force")
        raise UsageFault(message, hint=hint)


def _stale(target: Path, files: Mapping[str, bytes | None], asked: Asked) -> list[str]:
    """Name the empty forms of an earlier run whose examiner or team has none any longer."""
    from kvaljury.files.form_files import TEAM_SUFFIX
    from kvaljury.files.forms.written import has_writing

    if asked.examiners:
        return []
    return [
        path.name
        for path in sorted(target.glob("*.xlsx"))
        if path.stem.endswith(TEAM_SUFFIX) is asked.is_consensus
        and files.get(path.name) is None
        and not has_writing(path, b"")
    ]


def _document(
    made: Mapping[str, bytes], files: Mapping[str, bytes | None], asked: Asked
) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "folder": FOLDER.as_posix(),
        "kind": "team" if asked.is_consensus else "examiner",
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in sorted(made.items())},
        "without_entries": _without(files),
    }


def _without(files: Mapping[str, bytes | None]) -> list[str]:
    from kvaljury.files.form_files import TEAM_SUFFIX

    names = (name.removesuffix(".xlsx") for name, content in files.items() if content is None)
    return sorted(name.removesuffix(TEAM_SUFFIX) for name in names)


def _tell(
    made: Mapping[str, bytes],
    files: Mapping[str, bytes | None],
    asked: Asked,
    output: Output,
) -> None:
    output.line(Text("Forms in the folder {folder}: {n}.", folder=FOLDER.as_posix(), n=len(made)))
    if asked.is_consensus:
        output.line(Text("Send each team its form; put it into the folder consensus when it is"
                         " filled in."))  # fmt: skip
    else:
        output.line(Text("Send each examiner his or her form; put it into the folder marks when it"
                         " is filled in."))  # fmt: skip
    if without := _without(files):
        output.line(Text("No form was made for those without entries: {ids}.", ids=without))


def _tell_unproposed(desk: Desk, output: Output) -> None:
    from kvaljury.files.forms.proposal_sheet import entries_without_form

    if entries := entries_without_form(desk):
        output.line(
            Text(
                "No form asks for the proposal on {entries}, whose team has no coordinator without"
                " jäv: write it in proposals.csv.",
                entries=entries,
            )
        )


def _tell_unagreed(desk: Desk, output: Output) -> None:
    from kvaljury.files.forms.team_sheets import barred_entries

    edition = desk.edition
    if entries := [entry for team in edition.teams for entry in barred_entries(edition, team)]:
        output.line(
            Text(
                "No form asks for agreed marks on {entries}, since the coordinator of the team has"
                " declared jäv: somebody else enters them in a table in the folder consensus.",
                entries=entries,
            )
        )

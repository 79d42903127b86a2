"""``kvaljury ballots``: the jury's agenda, all jäv with its grounds, and ballots to fill in."""

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
    from kvaljury.cli.jury_papers import JuryDesk
    from kvaljury.core.jury_agenda import AgendaItem
    from kvaljury.core.model import Nomination
    from kvaljury.core.model.jury import JavFinding, Juror
    from kvaljury.files.forms.ballots import BallotClass, BallotPaper, BallotRow

SCHEMA = "kvaljury.ballots/1"
FOLDER = Path("out", "ballots")
TEMPLATE = "rostsedlar.csv"


def build(language: Language) -> click.Command:
    """Make the command in a language."""

    def callback(
        folder: Path,
        plugin_folders: Sequence[Path],
        *,
        is_blind: bool,
        is_forced: bool,
        as_json: bool,
    ) -> None:
        how = How(is_blind=is_blind, is_forced=is_forced)
        ballots(language, folder, plugin_folders, how, as_json=as_json)

    say = language.render
    return command(
        language,
        "ballots",
        Text(
            "Show the agenda of the jury, who leaves for jäv and on what ground, and whether each"
            " class has a quorum. Make a ballot in Excel for each member; the ballots go to the"
            " folder out/ballots of the edition, and filled in they belong in ballots."
        ),
        callback,
        [
            edition_argument(language),
            plugins_option(language),
            click.Option(
                ["--blind", "is_blind"],
                is_flag=True,
                help=say(Text("Codes instead of names on the ballots, for a blind first round.")),
            ),
            click.Option(
                ["--force", "is_forced"],
                is_flag=True,
                help=say(Text("Write over ballots in out/ballots in which somebody has written.")),
            ),
            json_option(language),
        ],
    )


@attrs.frozen(kw_only=True)
class How:
    """How ballots are made.

    Attributes:
        is_blind: codes stand for entries.
        is_forced: over ballots in which somebody has written.
    """

    is_blind: bool = False
    is_forced: bool = False


def ballots(
    language: Language,
    folder: Path,
    plugin_folders: Sequence[Path],
    how: How,
    *,
    as_json: bool,
) -> None:
    """Plan the jury's day, write its ballots and show it.

    Args:
        language: of the ballots and of what is shown.
        folder: the edition folder.
        plugin_folders: folders of one-file plugins.
        how: blind or not, over written ballots or not.
        as_json: print one JSON document instead of tables.

    Raises:
        KvaljuryError: if the input, a plugin, the rules or the disk is at fault, or somebody has
            written in a ballot that would be replaced; then nothing has been written.
    """
    from kvaljury.cli.ballots_view import agenda_json, show_agenda
    from kvaljury.cli.boundary import tell_warnings
    from kvaljury.cli.jury_papers import gather_desk
    from kvaljury.cli.output import Output
    from kvaljury.core.jury_agenda import plan_agenda
    from kvaljury.files.writing import LOCK_FILE, replace_outputs

    desk = gather_desk(folder, plugin_folders)
    agenda = plan_agenda(desk.papers)
    files = ballot_files(desk, agenda, language, is_blind=how.is_blind)
    target = folder / FOLDER
    if not how.is_forced:
        _keep_answers(target, files)
    stale = [escape(name) for name in _stale(target, files)]
    replace_outputs(target, files, stale, folder / "out" / LOCK_FILE)
    output = Output(language)
    tell_warnings(desk.inputs.log.warnings, output)
    if as_json:
        sums = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}
        shown: dict[str, Any] = {"schema": SCHEMA, "is_blind": how.is_blind}
        output.json({**shown, **agenda_json(desk, agenda, language), "files": sums})
        return
    show_agenda(desk, agenda, output)
    output.line()
    output.line(
        Text("Ballots in the folder {folder}: {n}.", folder=FOLDER.as_posix(), n=len(files) - 1)
    )
    output.paragraph(
        Text(
            "Send each member the own ballot; put it into the folder ballots when it is filled in."
            " {template} holds the same as plain rows. Then see: kvaljury decide",
            template=TEMPLATE,
        )
    )


def ballot_files(
    desk: JuryDesk, agenda: Sequence[AgendaItem], language: Language, *, is_blind: bool
) -> dict[str, bytes]:
    """Make the ballot of every juror, and the template of plain rows, by file name."""
    from kvaljury.core.dossier.blinding import blinding_of
    from kvaljury.files.forms.ballots import ballot_layout
    from kvaljury.files.forms.writing import form_bytes
    from kvaljury.files.jury_tables import ballots_csv

    edition = desk.inputs.edition
    codes = blinding_of(edition).codes if is_blind else {}
    entries = desk.papers.entries
    shown = {
        name: (codes[name], "") if codes else (name, entry.name) for name, entry in entries.items()
    }
    papers = [
        _paper(juror, agenda, shown, language, is_blind=is_blind)
        for juror in desk.papers.jury.jurors
    ]
    pairs = [
        (paper.juror, row.entry)
        for paper in papers
        for each in paper.classes
        for row in each.rows
        if not (each.jav or row.jav)
    ]
    forms = {
        f"{paper.juror}.xlsx": form_bytes(
            ballot_layout(paper, edition, language.render, language.code)
        )
        for paper in papers
    }
    return {**forms, TEMPLATE: ballots_csv(pairs, language.code)}


def _paper(
    juror: Juror,
    agenda: Sequence[AgendaItem],
    shown: Mapping[str, tuple[str, str]],
    language: Language,
    *,
    is_blind: bool,
) -> BallotPaper:
    from kvaljury.files.forms.ballots import BallotPaper

    classes = tuple(_class(juror, item, shown, language) for item in agenda)
    return BallotPaper(juror.id, juror.name, classes, is_blind=is_blind)


def _class(
    juror: Juror, item: AgendaItem, shown: Mapping[str, tuple[str, str]], language: Language
) -> BallotClass:
    from kvaljury.files.forms.ballots import BallotClass

    nominees = item.day.nominees
    rows = [_row(juror, nominee, item, shown, language) for nominee in nominees]
    is_out = all(juror.id in item.out[nominee.entry] for nominee in nominees)
    jav = _jav_text(item.findings(juror.id), language) if is_out else ""
    in_order = tuple(sorted(rows, key=lambda row: row.entry))
    return BallotClass(language.render(item.day.title), in_order, jav)


def _row(
    juror: Juror,
    nominee: Nomination,
    item: AgendaItem,
    shown: Mapping[str, tuple[str, str]],
    language: Language,
) -> BallotRow:
    from kvaljury.files.forms.ballots import BallotRow

    own = [found for found in item.findings(juror.id) if found.entry == nominee.entry]
    is_out = juror.id in item.out[nominee.entry]
    return BallotRow(
        *shown[nominee.entry],
        nominee.nominated_for,
        _jav_text(own, language) if is_out and own else "",
    )


def _jav_text(findings: Sequence[JavFinding], language: Language) -> str:
    """Say why there is nothing to fill in, by grounds alone, which tell no unit."""
    from kvaljury.core.jav_grounds import ground_text

    grounds = list(dict.fromkeys(language.render(ground_text(f.ground)) for f in findings))
    said = Text("Jäv, nothing to fill in. Ground: {grounds}", grounds=" | ".join(grounds))
    return language.render(said)


def _keep_answers(target: Path, files: Mapping[str, bytes]) -> None:
    """Refuse to write over ballots in which somebody has written."""
    from kvaljury.files.forms.written import has_writing

    forms = {name: content for name, content in files.items() if name != TEMPLATE}
    written = [name for name, content in forms.items() if has_writing(target / name, content)]
    template = target / TEMPLATE
    if template.is_file() and _is_filled(template.read_bytes()):
        written.append(TEMPLATE)
    if written:
        message = Text(
            "somebody has written in ballots of {folder}: {files}",
            folder=FOLDER.as_posix(),
            files=written,
        )
        hint = Text("move them to the folder ballots, or give --force")
        raise UsageFault(message, hint=hint)


def _is_filled(content: bytes) -> bool:
    """Tell whether a row of the template says anything beyond juror and entry."""
    rows = content.decode("utf-8-sig", "replace").splitlines()[1:]
    return any(row and not row.endswith(";;") for row in rows)


def _stale(target: Path, files: Mapping[str, bytes]) -> list[str]:
    """Name the empty ballots of an earlier run whose juror is no more."""
    from kvaljury.files.forms.written import has_writing

    return [
        path.name
        for path in sorted(target.glob("*.xlsx"))
        if path.name not in files and not has_writing(path, b"")
    ]

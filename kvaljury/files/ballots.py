"""Files of ballots/ to what each juror says of each nominee, one ballot a pair."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import attrs

from kvaljury.core.model import Edition, Entry, FormulaPolicy, Nomination, ProposalKind
from kvaljury.core.model.jury import Answer, Ballot, Grade, Jury
from kvaljury.errors import Source, Text
from kvaljury.files.data_files import WORKBOOK, data_files
from kvaljury.files.headers import BALLOTS
from kvaljury.files.log import InputLog, said_of
from kvaljury.files.references import KnownIds
from kvaljury.files.tables import Row, Table, read_table
from kvaljury.files.value_words import ANSWERS, GRADES

FOLDER = "ballots"
_AWAY = (Answer.JAV, Answer.ABSENT)


@attrs.frozen
class _Desk:
    """All that a row is held against."""

    entries: KnownIds
    jurors: KnownIds
    entry_by_code: Mapping[str, str]
    nominations: Mapping[str, Nomination] | None


def read_ballots(
    folder: Path,
    entries: Sequence[Entry],
    jury: Jury | None,
    log: InputLog,
    codes: Mapping[str, str],
    *,
    edition: Edition | None = None,
) -> tuple[Ballot, ...]:
    """Read every ballot.

    Args:
        folder: the edition folder.
        entries: those of the edition.
        jury: who may hand in ballots; None where jury.toml is absent or cannot be used.
        log: gets every fault and warning.
        codes: code of each entry in a blind round by its id; a ballot may give either.
        edition: whose nominations ballots must be about, and whose forms are read; without it
            nominations are not looked at.

    Returns:
        Ballots sorted by juror and entry, rows with a fault or without an answer left out.

    Raises:
        DiskFault: if a file is there but cannot be read.
    """
    files = data_files(folder, FOLDER, log)
    if jury is None:
        _refuse_without_jury(folder, [file for _, file in files], log)
        return ()
    desk = _Desk(
        KnownIds.of("entry", (entry.id for entry in entries), log),
        KnownIds.of("juror", (juror.id for juror in jury.jurors), log),
        {code.casefold(): entry for entry, code in codes.items()},
        edition.nominations if edition else None,
    )
    ballots: dict[tuple[str, str], Ballot] = {}
    for table in _tables(files, edition, log):
        for row in table.rows:
            if ballot := _read_ballot(row, desk):
                _add(ballots, ballot, row)
        table.note_tally(log)
    return tuple(ballots[key] for key in sorted(ballots))


def _refuse_without_jury(folder: Path, files: Sequence[str], log: InputLog) -> None:
    """Say that ballots need a jury; where jury.toml is at fault, that is said there."""
    if files and not (folder / "jury.toml").exists():
        message = Text("there are ballots but no jury, so nobody may hand them in")
        log.fault("missing-jury", Source("jury.toml"), message, Text("write jury.toml"))


def _tables(
    files: Sequence[tuple[Path, str]], edition: Edition | None, log: InputLog
) -> Iterator[Table]:
    formulas = edition.rules.settings.workbooks.formulas if edition else FormulaPolicy.REFUSE
    by_hash: dict[str, str] = {}
    for path, file in files:
        table = _read_file(path, file, edition, formulas, log)
        if table is None or _is_copy(file, by_hash, log):
            continue
        yield table


def _read_file(
    path: Path, file: str, edition: Edition | None, formulas: FormulaPolicy, log: InputLog
) -> Table | None:
    if path.suffix.lower() == WORKBOOK:
        from kvaljury.files.forms.ballots import read_ballot_form  # noqa: PLC0415  # few need it
        from kvaljury.files.forms.reading import is_form  # noqa: PLC0415
        from kvaljury.files.workbooks.opening import open_workbook  # noqa: PLC0415

        workbook = open_workbook(path, file, log)
        if workbook is None:
            return None
        if is_form(workbook):
            return read_ballot_form(workbook, edition, formulas, log)
    return read_table(path, file, BALLOTS, log, formulas)


def _is_copy(file: str, by_hash: dict[str, str], log: InputLog) -> bool:
    other = by_hash.setdefault(log.hashes[file], file)
    if other == file:
        return False
    message = Text("the file is a copy of {file} and is not read again", file=other)
    log.warn("same-file", Source(file), message, Text("delete one of them"))  # noqa: PLE1205  # no logger
    return True


def _read_ballot(row: Row, desk: _Desk) -> Ballot | None:
    """Read a row; None for one that is refused and for one without an answer."""
    row.require("juror", "entry")
    juror, entry = desk.jurors.read(row, "juror"), _read_entry(row, desk)
    grade, mention = row.word("grade", GRADES), row.word("mention", ANSWERS)
    if row.refused or juror is None or entry is None:
        return None
    nominee = _nominee(row, entry, desk)
    if row.refused or (grade is None and mention is None):
        return None
    for_mention = nominee is not None and nominee.nominated_for is ProposalKind.MENTION
    if grade is None and not for_mention and mention not in _AWAY:
        message = Text("the mention is answered, and grade is empty")
        row.fault("grade", "empty-field", message, Text('write "avstår" for no opinion'))
        return None
    return _ballot(row, juror, entry, grade, mention)


def _read_entry(row: Row, desk: _Desk) -> str | None:
    """Give the entry that a cell names by its id or by the code of a blind round."""
    given = row.cells.get("entry")
    if isinstance(given, str) and given not in desk.entries.ids:
        entry = desk.entry_by_code.get(given.casefold())
        if entry in desk.entries.ids:
            return entry
    return desk.entries.read(row, "entry")


def _nominee(row: Row, entry: str, desk: _Desk) -> Nomination | None:
    if desk.nominations is None:
        return None
    nomination = desk.nominations.get(entry)
    if nomination is None or nomination.nominated_for is ProposalKind.NONE:
        message = Text("the entry {entry} is not nominated, so there is no ballot on it",
                       entry=entry)  # fmt: skip
        hint = Text("nominate it in nominations.csv, or remove the row")
        row.fault("entry", "not-nominated", message, hint)
    return nomination


def _ballot(
    row: Row, juror: str, entry: str, grade: Grade | Answer | None, mention: Answer | None
) -> Ballot | None:
    state = _state(grade, mention)
    said = Answer.ABSTAINS if mention is None else mention
    if state in _AWAY:
        if mention not in (None, state):
            _refuse_contradiction(row, state)
            return None
        said = state
    elif mention in _AWAY:
        _refuse_contradiction(row, mention)
        return None
    given = grade if isinstance(grade, Grade) else None
    return Ballot(juror, entry, state, given, said, row.where())


def _state(grade: Grade | Answer | None, mention: Answer | None) -> Answer:
    """Give the state of a ballot; who answers nothing but the mention has answered."""
    if isinstance(grade, Grade):
        return Answer.YES
    if grade is not None:
        return grade
    return Answer.YES if mention in (Answer.YES, Answer.NO) else mention or Answer.ABSTAINS


def _refuse_contradiction(row: Row, state: Answer | None) -> None:
    message = (
        Text("jäv holds for both the grade and the mention")
        if state is Answer.JAV
        else Text("whoever is absent is so for both the grade and the mention")
    )
    row.fault("mention", "contradiction", message, Text("write the same word in both, or correct"))


def _add(ballots: dict[tuple[str, str], Ballot], ballot: Ballot, row: Row) -> None:
    other = ballots.setdefault((ballot.juror, ballot.entry), ballot)
    if other is ballot:
        return
    message = Text(
        "{juror} has a ballot on the entry {entry} already at {where}",
        juror=ballot.juror,
        entry=ballot.entry,
        where=said_of(other.source),
    )
    row.fault("entry", "same-ballot", message, Text("keep the one that holds"))

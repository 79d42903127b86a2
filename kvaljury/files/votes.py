"""votes.csv to the formal votes, and motivations.csv to the words of awards and mentions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import attrs

from kvaljury.core.model import Edition, Entry, EntryClass, FormulaPolicy, ProposalKind
from kvaljury.core.model.jury import Answer, Jury, Motivation, Vote
from kvaljury.errors import Source, Text
from kvaljury.files.data_files import WORKBOOK, table_files
from kvaljury.files.entries import read_class
from kvaljury.files.headers import MOTIVATIONS, VOTES, Columns
from kvaljury.files.jury import EVERYONE
from kvaljury.files.log import InputLog, said_of
from kvaljury.files.references import KnownIds
from kvaljury.files.tables import Row, Table, read_table
from kvaljury.files.value_words import ANSWERS, PROPOSALS

_Key = tuple[str, str, ProposalKind, str]


@attrs.frozen
class _Desk:
    """All that a row of votes is held against."""

    classes: Sequence[EntryClass]
    class_by_entry: Mapping[str, str]
    entries: KnownIds
    jurors: KnownIds


def read_votes(
    folder: Path,
    entries: Sequence[Entry],
    classes: Sequence[EntryClass],
    jury: Jury | None,
    log: InputLog,
    *,
    edition: Edition | None = None,
) -> tuple[Vote, ...]:
    """Read the formal votes.

    Args:
        folder: the edition folder.
        entries: those of the edition.
        classes: in which they compete.
        jury: who may vote; None where jury.toml is absent or cannot be used.
        log: gets every fault and warning.
        edition: whose settings say how formulas in workbooks are read.

    Returns:
        Votes in the order of the file, rows with a fault left out. The juror of a vote of
        everyone is empty.

    Raises:
        DiskFault: if the file is there but cannot be read.
    """
    votes: dict[_Key, Vote] = {}
    for table in _tables(folder, "votes", VOTES, edition, log):
        if jury is None:
            _refuse_without_jury(folder, log)
            break
        desk = _Desk(
            classes,
            {entry.id: entry.entry_class for entry in entries},
            KnownIds.of("entry", (entry.id for entry in entries), log),
            KnownIds.of("juror", (juror.id for juror in jury.jurors), log),
        )
        for row in table.rows:
            if vote := _read_vote(row, desk):
                _add(votes, vote, row)
        table.note_tally(log)
    if edition:
        _warn_of_idle_votes(votes.values(), edition, log)
    return tuple(votes.values())


def _warn_of_idle_votes(votes: Iterable[Vote], edition: Edition, log: InputLog) -> None:
    """Warn of votes in classes where nothing is nominated, which nobody would count."""
    class_by_entry = {entry.id: entry.entry_class for entry in edition.entries}
    up = {
        class_by_entry[name]
        for name, nomination in edition.nominations.items()
        if nomination.nominated_for is not ProposalKind.NONE
    }
    first = {vote.class_id: vote for vote in reversed(list(votes)) if vote.class_id not in up}
    for class_id, vote in first.items():
        message = Text(
            "nothing is nominated in the class {id}, so votes in it have no effect", id=class_id
        )
        log.warn("idle-votes", vote.source or Source("votes.csv"), message)  # noqa: PLE1205  # no logger


def read_motivations(
    folder: Path, entries: Sequence[Entry], log: InputLog, edition: Edition | None = None
) -> dict[str, Motivation]:
    """Read why entries get awards and mentions, with arguments as for `read_votes`.

    Returns:
        Motivations by entry id, sorted.
    """
    known = KnownIds.of("entry", (entry.id for entry in entries), log)
    found: dict[str, Motivation] = {}
    for table in _tables(folder, "motivations", MOTIVATIONS, edition, log):
        for row in table.rows:
            motivation = _read_motivation(row, known)
            if motivation is None:
                continue
            other = found.setdefault(motivation.entry, motivation)
            if other is not motivation:
                message = Text(
                    "the entry {entry} stands already at {where}",
                    entry=other.entry,
                    where=said_of(other.source),
                )
                row.fault("entry", "same-entry", message, Text("keep one of the rows"))
        table.note_tally(log)
    return dict(sorted(found.items()))


def _tables(
    folder: Path, stem: str, columns: Columns, edition: Edition | None, log: InputLog
) -> Iterator[Table]:
    """Give the one table of the edition folder, if it is there and can be read."""
    policy = edition.rules.settings.workbooks.formulas if edition else FormulaPolicy.REFUSE
    present = table_files(folder, (f"{stem}.csv", f"{stem}{WORKBOOK}"), log)
    for file in present if len(present) == 1 else ():
        table = read_table(folder / file, file, columns, log, policy)
        if table:
            yield table


def _refuse_without_jury(folder: Path, log: InputLog) -> None:
    """Say that votes need a jury; where jury.toml is at fault, that is said there."""
    if not (folder / "jury.toml").exists():
        message = Text("there are votes but no jury, so nobody may vote")
        log.fault("missing-jury", Source("jury.toml"), message, Text("write jury.toml"))


def _read_vote(row: Row, desk: _Desk) -> Vote | None:
    row.require("class", "for", "juror", "vote")
    found, proposed = read_class(row, desk.classes), row.word("for", PROPOSALS)
    entry = desk.entries.read(row, "entry") if "entry" in row.cells else ""
    juror, answer = _read_juror(row, desk), row.word("vote", ANSWERS)
    reservation = row.prose("reservation")
    if row.refused or entry is None or juror is None:
        return None
    if found is None or proposed is None or answer is None:
        return None
    vote = Vote(found.id, entry, proposed, juror, answer, reservation, row.where())
    _check_item(row, vote, desk)
    _check_everyone(row, vote)
    return None if row.refused else vote


def _read_juror(row: Row, desk: _Desk) -> str | None:
    """Give the id of a juror, empty for everyone."""
    given = row.cells.get("juror")
    if isinstance(given, str) and given.casefold() in EVERYONE:
        return ""
    return desk.jurors.read(row, "juror")


def _check_item(row: Row, vote: Vote, desk: _Desk) -> None:
    if not vote.entry and vote.proposed is not ProposalKind.NONE:
        message = Text("an award or a mention is voted on, and entry is empty")
        row.fault("entry", "empty-field", message, Text("write the id of the entry"))
    elif vote.entry and vote.proposed is ProposalKind.NONE:
        message = Text('"none" proposes that nobody gets the award of the class, and has no entry')
        hint = Text("leave entry empty; votes against an entry are no to its award")
        row.fault("entry", "entry-of-none", message, hint)
    elif vote.entry and desk.class_by_entry[vote.entry] != vote.class_id:
        message = Text(
            "the entry {entry} competes in the class {own}, not in {given}",
            entry=vote.entry,
            own=desk.class_by_entry[vote.entry],
            given=vote.class_id,
        )
        row.fault("entry", "other-class", message, Text("correct the class or the entry"))


def _check_everyone(row: Row, vote: Vote) -> None:
    if vote.juror:
        return
    if vote.answer in (Answer.JAV, Answer.ABSENT):
        message = Text("not everyone can have jäv or be absent")
        hint = Text("write a row for each member concerned")
        row.fault("vote", "state-of-everyone", message, hint)
    if vote.reservation:
        message = Text("a reservation is that of one member")
        hint = Text("write a row for each member who makes it")
        row.fault("reservation", "reservation-of-everyone", message, hint)


def _add(votes: dict[_Key, Vote], vote: Vote, row: Row) -> None:
    key = (vote.class_id, vote.entry, vote.proposed, vote.juror)
    other = votes.setdefault(key, vote)
    if other is vote:
        return
    message = Text(
        "{juror} has voted on this already at {where}",
        juror=vote.juror or Text("everyone"),
        where=said_of(other.source),
    )
    row.fault("juror", "same-vote", message, Text("keep the vote that holds"))


def _read_motivation(row: Row, entries: KnownIds) -> Motivation | None:
    row.require("entry", "motivation", "by")
    entry, text, by = entries.read(row, "entry"), row.prose("motivation"), row.line("by")
    if row.refused or entry is None or not text or by is None:
        return None
    return Motivation(entry, text, by, row.where())

"""Tables of proposals and nominations: the teams' proposals and the beredningsgrupp's list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from kvaljury.core.model import Edition, Entry, FormulaPolicy, Nomination, Proposal, State
from kvaljury.errors import Source, Text
from kvaljury.files.data_files import WORKBOOK, table_files
from kvaljury.files.form_files import read_forms
from kvaljury.files.headers import NOMINATIONS, PROPOSALS, Columns
from kvaljury.files.log import InputLog, said_of
from kvaljury.files.references import KnownIds
from kvaljury.files.tables import Row, Table, read_table
from kvaljury.files.value_words import PROPOSALS as WORDS

T = TypeVar("T", Proposal, Nomination)


def read_proposals(
    folder: Path, entries: Sequence[Entry], log: InputLog, edition: Edition | None = None
) -> dict[str, Proposal]:
    """Read what the teams propose, in a table of the edition folder and in forms.

    Args:
        folder: the edition folder.
        entries: those of the edition.
        log: gets every fault and warning.
        edition: settings, entries and teams; without it no form is read.

    Returns:
        Proposals by entry id, in the order of ids; a blank proposal is none that was filed.
    """
    known = KnownIds.of("entry", (entry.id for entry in entries), log)
    competing = {entry.id for entry in entries if entry.state is State.COMPETING}

    def read(row: Row) -> Proposal | None:
        proposal = _proposal(row, known)
        if proposal and proposal.entry not in competing:
            message = Text(
                "the entry {entry} does not compete, so the proposal has no effect",
                entry=proposal.entry,
            )
            row.warn("proposal", "idle-proposal", message)
        return proposal

    proposals: dict[str, Proposal] = {}
    for table in _tables(folder, "proposals", PROPOSALS, edition, log):
        _merge(proposals, _read(table, read, log))
    if edition:
        for form in read_forms(folder, edition, log).read():
            _merge(proposals, _read(form.proposals, read, log))
    return dict(sorted(proposals.items()))


def read_nominations(
    folder: Path, entries: Sequence[Entry], log: InputLog, edition: Edition | None = None
) -> dict[str, Nomination]:
    """Read what the beredningsgrupp sends on, with arguments as for `read_proposals`."""
    known = KnownIds.of("entry", (entry.id for entry in entries), log)
    nominations: dict[str, Nomination] = {}
    for table in _tables(folder, "nominations", NOMINATIONS, edition, log):
        read = _read(table, lambda row: _nomination(row, known), log)
        nominations = {entry: nomination for entry, (nomination, _) in read.items()}
    if nominations:
        message = Text(
            "nominations decide only which entries get a dossier; the ranking ignores them"
        )
        source = next(iter(nominations.values())).source
        file = source.file if source else "nominations.csv"
        log.warn("idle-nominations", Source(file), message)  # noqa: PLE1205  # no logger
    return dict(sorted(nominations.items()))


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


def _read(table: Table, read: Callable[[Row], T | None], log: InputLog) -> dict[str, tuple[T, Row]]:
    """Read the rows of a table by entry, each of which may stand there once."""
    records: dict[str, tuple[T, Row]] = {}
    for row in table.rows:
        record = read(row)
        if record and (other := records.setdefault(record.entry, (record, row))[0]) is not record:
            message = Text(
                "the entry {entry} stands already at {where}",
                entry=record.entry,
                where=said_of(other.source),
            )
            row.fault("entry", "same-entry", message, Text("keep one of the rows"))
    table.note_tally(log)
    return records


def _merge(proposals: dict[str, Proposal], more: dict[str, tuple[Proposal, Row]]) -> None:
    """Add proposals of another file; two that say the same are one, others are at fault."""
    for entry, (proposal, row) in more.items():
        other = proposals.setdefault(entry, proposal)
        if other is proposal or other == proposal:
            continue
        message = Text(
            "{where} holds another proposal for the entry {entry}",
            where=said_of(other.source),
            entry=entry,
        )
        row.fault("proposal", "two-proposals", message, Text("keep the one that holds"))


def _proposal(row: Row, entries: KnownIds) -> Proposal | None:
    row.require("entry")
    entry, reason = entries.read(row, "entry"), row.prose("reason")
    kind = row.word("proposal", WORDS)
    if row.refused or entry is None:
        return None
    if kind is None:
        if reason:
            message = Text("a reason stands without a proposal and is not carried over")
            row.warn("reason", "lone-reason", message)
        return None
    return Proposal(entry, kind, reason, row.where())


def _nomination(row: Row, entries: KnownIds) -> Nomination | None:
    row.require("entry", "for", "reason", "by")
    entry, reason, by = entries.read(row, "entry"), row.prose("reason"), row.line("by")
    kind = row.word("for", WORDS)
    if row.refused or entry is None or kind is None or by is None:
        return None
    return Nomination(entry, kind, reason, by, row.where())

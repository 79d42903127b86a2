"""proposals.csv and nominations.csv to the teams' proposals and the beredningsgrupp's list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from kvaljury.core.model import Entry, Nomination, Proposal, State
from kvaljury.errors import Source, Text
from kvaljury.files.data_files import refuse_workbooks_for
from kvaljury.files.headers import NOMINATIONS, PROPOSALS, Columns
from kvaljury.files.input_files import is_present
from kvaljury.files.log import InputLog
from kvaljury.files.references import KnownIds
from kvaljury.files.tables import Row, read_table
from kvaljury.files.value_words import PROPOSALS as WORDS

T = TypeVar("T", Proposal, Nomination)


def read_proposals(folder: Path, entries: Sequence[Entry], log: InputLog) -> dict[str, Proposal]:
    """Read what the teams propose.

    Args:
        folder: the edition folder.
        entries: those of the edition.
        log: gets every fault and warning.

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

    return _read(folder, "proposals.csv", PROPOSALS, read, log)


def read_nominations(
    folder: Path, entries: Sequence[Entry], log: InputLog
) -> dict[str, Nomination]:
    """Read what the beredningsgrupp sends on, with arguments as for `read_proposals`."""
    known = KnownIds.of("entry", (entry.id for entry in entries), log)
    file = "nominations.csv"
    nominations = _read(folder, file, NOMINATIONS, lambda row: _nomination(row, known), log)
    if nominations:
        message = Text(
            "nominations decide only which entries get a dossier; the ranking ignores them"
        )
        log.warn("idle-nominations", Source(file), message)  # noqa: PLE1205  # no logger
    return nominations


def _read(
    folder: Path, file: str, columns: Columns, read: Callable[[Row], T | None], log: InputLog
) -> dict[str, T]:
    path = folder / file
    refuse_workbooks_for(path, log)
    table = read_table(path, file, columns, log) if is_present(path) else None
    if table is None:
        return {}
    records: dict[str, T] = {}
    for row in table.rows:
        record = read(row)
        if record and records.setdefault(record.entry, record) is not record:
            message = Text(
                "the entry {entry} stands already at {where}",
                entry=record.entry,
                where=str(records[record.entry].source),
            )
            row.fault("entry", "same-entry", message, Text("keep one of the rows"))
    table.note_tally(log)
    return dict(sorted(records.items()))


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

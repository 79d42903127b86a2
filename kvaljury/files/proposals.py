"""Tables of proposals and nominations: the teams' proposals and the beredningsgrupp's list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import partial
from pathlib import Path
from typing import TypeVar

import attrs

from kvaljury.core.model import (
    Edition,
    Entry,
    Examiner,
    FormulaPolicy,
    Nomination,
    Proposal,
    ProposalKind,
    State,
)
from kvaljury.errors import Source, Text
from kvaljury.files.data_files import WORKBOOK, table_files
from kvaljury.files.form_files import read_forms
from kvaljury.files.headers import NOMINATIONS, PROPOSALS, Columns
from kvaljury.files.log import InputLog, said_of
from kvaljury.files.permits import Permits
from kvaljury.files.references import KnownIds
from kvaljury.files.tables import Row, Table, read_table
from kvaljury.files.value_words import PROPOSALS as WORDS

T = TypeVar("T", Proposal, Nomination)
_SOMEBODY_ELSE = Text(
    "let the coordinator fill it in, or somebody without jäv enter it in proposals.csv"
)


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
    desk = _Desk.of(entries, edition, log)
    proposals: dict[str, Proposal] = {}
    for table in _tables(folder, "proposals", PROPOSALS, edition, log):
        _merge(proposals, _read(table, desk.read, log))
    if edition:
        for form in read_forms(folder, edition, log).read():
            read = _read(form.proposals, partial(desk.read, examiner=form.examiner), log)
            given = {entry: proposal for entry, (proposal, _) in read.items()}
            kept = without_jav(given, edition.examiners, log)
            _merge(proposals, {entry: read[entry] for entry in kept})
    return dict(sorted(proposals.items()))


def without_jav(
    proposals: Mapping[str, Proposal], examiners: Iterable[Examiner], log: InputLog
) -> dict[str, Proposal]:
    """Leave out the proposals in forms of examiners who have jäv for the entry.

    Args:
        proposals: by entry id; those of tables name nobody and stay.
        examiners: with their jäv.
        log: gets a warning for each that is left out; its cells are counted as refused.

    Returns:
        The others, in the same order.
    """
    jav = {(examiner.id, jav.entry) for examiner in examiners for jav in examiner.jav}
    left_out = [p for p in proposals.values() if p.examiner and (p.examiner, p.entry) in jav]
    for proposal in left_out:
        where = proposal.source or Source("marks")
        message = Text(
            "the proposal of the examiner {examiner} for the entry {entry} is left out, for jäv",
            examiner=proposal.examiner,
            entry=proposal.entry,
        )
        log.warn("proposal-under-jav", where, message, _SOMEBODY_ELSE)  # noqa: PLE1205  # no logger
        if proposal.source:
            cells = 1 + bool(proposal.reason)
            log.tally(where.file, 0, -cells, 0, cells)
    gone = {proposal.entry for proposal in left_out}
    return {entry: proposal for entry, proposal in proposals.items() if entry not in gone}


def read_nominations(
    folder: Path, entries: Sequence[Entry], log: InputLog, edition: Edition | None = None
) -> dict[str, Nomination]:
    """Read what the beredningsgrupp sends on, with arguments as for `read_proposals`.

    Nominations decide what the jury reads and decides on; they move no score and no rank.
    """
    known = KnownIds.of("entry", (entry.id for entry in entries), log)
    competing = {entry.id for entry in entries if entry.state is State.COMPETING}
    nominations: dict[str, Nomination] = {}
    for table in _tables(folder, "nominations", NOMINATIONS, edition, log):
        read = _read(table, lambda row: _nomination(row, known, competing), log)
        nominations = {entry: nomination for entry, (nomination, _) in read.items()}
    return dict(sorted(nominations.items()))


@attrs.frozen
class _Desk:
    """What proposals are held against.

    Attributes:
        known: ids of entries.
        competing: ids of those that a proposal can have an effect on.
        coordinators: by entry; None where the teams are not known.
        jav: pairs of examiner and entry, whose proposals are left out another way.
    """

    known: KnownIds
    competing: Set[str]
    coordinators: Mapping[str, str | None] | None
    jav: Set[tuple[str, str]]

    @classmethod
    def of(cls, entries: Sequence[Entry], edition: Edition | None, log: InputLog) -> _Desk:
        known = KnownIds.of("entry", (entry.id for entry in entries), log)
        competing = {entry.id for entry in entries if entry.state is State.COMPETING}
        if edition is None or "team" in log.unread:
            return cls(known, competing, None, set())
        coordinators = {entry: team.coordinator for team in edition.teams for entry in team.entries}
        return cls(known, competing, coordinators, Permits.of(edition).jav)

    def read(self, row: Row, examiner: str | None = None) -> Proposal | None:
        """Read a row of a table, or of the form of an examiner."""
        proposal = _proposal(row, self.known, examiner)
        if proposal is None:
            return None
        if proposal.entry not in self.competing:
            message = Text(
                "the entry {entry} does not compete, so the proposal has no effect",
                entry=proposal.entry,
            )
            row.warn("proposal", "idle-proposal", message)
        return proposal if self._may_propose(row, proposal) else None

    def _may_propose(self, row: Row, proposal: Proposal) -> bool:
        """Refuse the proposal of an examiner who does not coordinate the entry's team."""
        examiner, entry = proposal.examiner, proposal.entry
        if examiner is None or self.coordinators is None or (examiner, entry) in self.jav:
            return True
        if self.coordinators.get(entry) == examiner:
            return True
        message = Text(
            "the examiner {examiner} proposes for the entry {entry} and does not coordinate its"
            " team",
            examiner=examiner,
            entry=entry,
        )
        row.fault("proposal", "no-permit", message, _SOMEBODY_ELSE)
        return False


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


def _proposal(row: Row, entries: KnownIds, examiner: str | None) -> Proposal | None:
    row.require("entry")
    entry, reason = entries.read(row, "entry"), row.prose("reason")
    kind = row.word("proposal", WORDS)
    if row.refused or entry is None:
        return None
    if kind is None:
        if reason:
            message = Text("a reason stands without a proposal and is not carried over")
            row.warn("reason", "lone-reason", message)
            row.refused = True
        return None
    return Proposal(entry, kind, reason, row.where(), examiner)


def _nomination(row: Row, entries: KnownIds, competing: Set[str]) -> Nomination | None:
    row.require("entry", "for", "reason", "by")
    entry, reason, by = entries.read(row, "entry"), row.prose("reason"), row.line("by")
    kind = row.word("for", WORDS)
    if row.refused or entry is None or kind is None or by is None:
        return None
    if entry not in competing and kind is not ProposalKind.NONE:
        message = Text("the entry {entry} does not compete, so it can receive nothing", entry=entry)
        hint = Text("take the row away, or nominate it for none")
        row.warn("for", "idle-nomination", message, hint)
    return Nomination(entry, kind, reason, by, row.where())

"""Files of consensus/ to the teams' agreed marks."""

from __future__ import annotations

from pathlib import Path

from kvaljury.core.model import ConsensusMark, Edition, MarksUsed, Scheme
from kvaljury.errors import Source, Text
from kvaljury.files.data_files import data_files
from kvaljury.files.form_basis import Bases
from kvaljury.files.form_files import read_folder_table, read_forms
from kvaljury.files.log import InputLog, said_of
from kvaljury.files.marking import Marking
from kvaljury.files.permits import TEAM_HINT, Permits
from kvaljury.files.references import KnownIds
from kvaljury.files.tables import Row

_Key = tuple[str, str, str]


def read_consensus_files(
    folder: Path, scheme: Scheme, edition: Edition, log: InputLog
) -> tuple[ConsensusMark, ...]:
    """Read every file of agreed marks, each of which has a reason.

    Args:
        folder: the edition folder.
        scheme: the rubric of every leaf.
        edition: the entries.
        log: gets every fault and warning.

    Returns:
        The agreed marks, sorted by entry, question and criterion.
    """
    entries = KnownIds.of("entry", (entry.id for entry in edition.entries), log)
    marking, permits = Marking.of(edition, scheme), Permits.of(edition)
    bases = Bases.of(edition, scheme)
    agreed: dict[_Key, ConsensusMark] = {}
    files = data_files(folder, "consensus", log)
    forms = read_forms(folder, edition, log) if files else None
    for path, file in files:
        table = read_folder_table(path, file, edition, forms, log) if forms else None
        if table is None:
            continue
        team = forms.team_of(file) if forms and "team" not in log.unread else None
        for row in table.rows:
            mark = _read_consensus(row, entries, marking, bases)
            odd = permits.team_misfit(team, mark.entry) if mark and team else None
            if odd:
                row.fault("entry", "no-permit", odd, TEAM_HINT)
            elif mark and (other := _add(agreed, mark)):
                _refuse_double(row, other)
        table.note_tally(log)
    if agreed and edition.rules.settings.scoring.marks is MarksUsed.INDIVIDUAL:
        message = Text(
            "the agreed marks have no effect on scores: the edition uses individual marks"
        )
        hint = Text('write marks = "consensus" under [scoring] in edition.toml to use them')
        log.warn("idle-consensus", Source("consensus"), message, hint)  # noqa: PLE1205  # no logger
    return tuple(agreed[key] for key in sorted(agreed))


def _add(agreed: dict[_Key, ConsensusMark], mark: ConsensusMark) -> ConsensusMark | None:
    """Add a mark, or give the one that already stands for the same thing."""
    other = agreed.setdefault((mark.entry, mark.question, mark.criterion), mark)
    return None if other is mark else other


def _read_consensus(
    row: Row, entries: KnownIds, marking: Marking, bases: Bases
) -> ConsensusMark | None:
    """Read a row; None for one that is refused and for one whose mark is blank."""
    row.require("entry", "question", *(["reason"] if "mark" in row.cells else []))
    entry, reason = entries.read(row, "entry"), row.prose("reason")
    leaf = marking.leaf(row)
    if leaf and bases.refuses(row, leaf):
        return None
    criterion = marking.criterion(row, leaf) if leaf else None
    value = marking.value(row, leaf) if leaf else None
    if row.refused or not (entry and leaf) or criterion is None:
        return None
    if value is None:
        if reason:
            message = Text("a reason stands without an agreed mark and is not carried over")
            row.warn("reason", "lone-reason", message)
            row.refused = True
        return None
    return ConsensusMark(entry, leaf, criterion, value, reason, row.where())


def _refuse_double(row: Row, other: ConsensusMark) -> None:
    message = Text(
        "the same agreed mark stands at {where}: entry {entry}, question {question}",
        where=said_of(other.source),
        entry=other.entry,
        question=other.question,
    )
    row.fault("mark", "same-mark", message, Text("keep one of the rows"))

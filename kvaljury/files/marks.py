"""Files of marks/ to marks, those under declared jäv apart."""

from __future__ import annotations

from pathlib import Path

import attrs

from kvaljury.core.model import Edition, LoneComment, Mark, Marks, Scheme
from kvaljury.errors import Source, Text
from kvaljury.files.data_files import data_files
from kvaljury.files.form_basis import Bases
from kvaljury.files.form_files import read_folder_table, read_forms
from kvaljury.files.log import InputLog, said_of
from kvaljury.files.marking import Marking
from kvaljury.files.permits import HINT, Permits, words_under_jav
from kvaljury.files.references import KnownIds
from kvaljury.files.tables import Row, Table

_Reader = tuple[str, str]
_Cell = tuple[str, str]


@attrs.frozen
class _Desk:
    """All that a row of marks is held against, and what has come of the rows before.

    Attributes:
        in_order: the readers, entry and examiner, that need no second look.
        marks: by reader and cell.
        comments: lone ones, in the order of the files.
        told: readers and files of whose comments under declared jäv people are told.
    """

    entries: KnownIds
    examiners: KnownIds
    marking: Marking
    permits: Permits
    bases: Bases
    log: InputLog
    in_order: set[_Reader] = attrs.field(factory=set)
    marks: dict[_Reader, dict[_Cell, Mark]] = attrs.field(factory=dict)
    comments: list[LoneComment] = attrs.field(factory=list)
    told: set[tuple[str, str, str]] = attrs.field(factory=set)


def read_mark_files(folder: Path, scheme: Scheme, edition: Edition, log: InputLog) -> Marks:
    """Read every file of marks.

    Args:
        folder: the edition folder.
        scheme: the rubric of every leaf.
        edition: entries, teams and declared jäv.
        log: gets every fault and warning.

    Returns:
        The marks that count, those under declared jäv, and comments without a mark; rows with a
        fault and blank ones are left out.
    """
    files = data_files(folder, "marks", log)
    if not files:
        return Marks()
    if not edition.teams and "team" not in log.unread:
        message = Text("there are marks but no team, so nobody has leave to set them")
        log.fault("missing-teams", Source("teams.toml"), message, Text("write teams.toml"))
        log.unread.update({"examiner", "team"})
    desk = _Desk(
        KnownIds.of("entry", (entry.id for entry in edition.entries), log),
        KnownIds.of("examiner", (examiner.id for examiner in edition.examiners), log),
        Marking.of(edition, scheme),
        Permits.of(edition),
        Bases.of(edition, scheme),
        log,
    )
    forms = read_forms(folder, edition, log)
    for path, file in files:
        if table := read_folder_table(path, file, edition, forms, log):
            _read_rows(table, desk)
    return _sorted(desk)


def _sorted(desk: _Desk) -> Marks:
    valid: list[Mark] = []
    excluded: list[Mark] = []
    for entry, examiner in sorted(desk.marks):
        own = desk.marks[entry, examiner]
        kept = excluded if (examiner, entry) in desk.permits.jav else valid
        kept.extend(own[cell] for cell in sorted(own))
    comments = sorted(desk.comments, key=lambda c: (c.entry, c.examiner, c.question, c.criterion))
    return Marks(tuple(valid), tuple(excluded), lone_comments=tuple(comments))


def _read_rows(table: Table, desk: _Desk) -> None:
    for row in table.rows:
        mark = _read_mark(row, desk)
        if mark is None:
            continue
        reader = mark.entry, mark.examiner
        if reader not in desk.marks:
            desk.marks[reader] = {}
        other = desk.marks[reader].setdefault((mark.question, mark.criterion), mark)
        if other is not mark:
            _refuse_double(row, other)
    table.note_tally(desk.log)


def _read_mark(row: Row, desk: _Desk) -> Mark | None:
    """Read a row; None for one that is refused and for one whose mark is blank.

    A comment beside a blank mark goes to the desk.
    """
    entry, examiner = _read_reader(row, desk)
    leaf = desk.marking.leaf(row)
    if leaf and row.basis and desk.bases.refuses(row, leaf):
        return None
    criterion = desk.marking.criterion(row, leaf) if leaf else None
    value = desk.marking.value(row, leaf) if leaf else None
    comment = row.prose("comment") if "comment" in row.cells else ""
    if row.refused or not (entry and examiner and leaf) or criterion is None:
        return None
    if value is None:
        if comment:
            where = row.where("comment")
            lone = LoneComment(entry, examiner, leaf, criterion, comment, where)
            _keep_comment(row, lone, desk)
        return None
    return Mark(entry, examiner, leaf, criterion, value, comment, row.where())


def _read_reader(row: Row, desk: _Desk) -> tuple[str | None, str | None]:
    """Read entry and examiner; those of the row before, as a rule, need no second look."""
    given = row.cells.get("entry"), row.cells.get("examiner")
    if given in desk.in_order and "question" in row.cells:
        return given
    row.require("entry", "examiner", "question")
    entry, examiner = desk.entries.read(row, "entry"), desk.examiners.read(row, "examiner")
    if entry and examiner:
        _check_permit(row, entry, examiner, desk)
        if not row.refused:
            desk.in_order.add((entry, examiner))
    return entry, examiner


def _check_permit(row: Row, entry: str, examiner: str, desk: _Desk) -> None:
    if "team" not in desk.log.unread and not desk.permits.may_read(examiner, entry):
        row.fault("examiner", "no-permit", desk.permits.misfit(examiner, entry), HINT)


def _refuse_double(row: Row, other: Mark) -> None:
    message = Text(
        "the same mark stands at {where}: entry {entry}, examiner {examiner}, question {question}",
        where=said_of(other.source),
        entry=other.entry,
        examiner=other.examiner,
        question=other.question,
    )
    row.fault("mark", "same-mark", message, Text("keep one of the rows"))


def _keep_comment(row: Row, comment: LoneComment, desk: _Desk) -> None:
    """Keep a comment without a mark; under declared jäv leave it out, and tell it once a file."""
    entry, examiner = comment.entry, comment.examiner
    if (examiner, entry) not in desk.permits.jav:
        desk.comments.append(comment)
        return
    row.refused = True
    if (row.file, entry, examiner) not in desk.told:
        desk.told.add((row.file, entry, examiner))
        row.warn("comment", "words-under-jav", words_under_jav(examiner, entry))

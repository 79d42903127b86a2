"""What an edition holds, from whatever form it had, as plain CSV that can be read again."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal, localcontext
from enum import Enum
from fractions import Fraction

import attrs

from kvaljury.core.model import Edition, Entry, Mark, Marks, Moment, Predecessor
from kvaljury.core.model.jury import Answer, Ballot, Motivation, Vote
from kvaljury.files.headers import (
    BALLOTS,
    CONSENSUS,
    ENTRIES,
    MARKS,
    MOTIVATIONS,
    NOMINATIONS,
    PROPOSALS,
    VOTES,
    Columns,
)

_DIGITS = 60
_COUNTED = "counted"
_EVERYONE = "all"

Row = Sequence[object]


@attrs.frozen(kw_only=True)
class ArchivedValues:
    """All that becomes tables.

    Attributes:
        ballots: empty where there is no jury, as are votes and motivations.
    """

    edition: Edition
    marks: Marks
    ballots: tuple[Ballot, ...] = ()
    votes: tuple[Vote, ...] = ()
    motivations: Mapping[str, Motivation] = attrs.field(factory=dict)


def archive_tables(values: ArchivedValues) -> dict[str, bytes]:
    """Write every table that has a row.

    Args:
        values: of an edition without faults.

    Returns:
        CSV by table: UTF-8, commas, CRLF, a header with the contract's names, numbers with a
        decimal point, days as ISO. Text stands as it was written, with no sign added.
    """
    marks = values.marks
    tables: dict[str, tuple[Sequence[str], Iterable[Row]]] = {
        "entries": (_names(ENTRIES), map(_entry_row, values.edition.entries)),
        "marks": ((*_names(MARKS), _COUNTED), _mark_rows(marks)),
        "consensus": (_names(CONSENSUS), map(_row_of(CONSENSUS, mark="value"), marks.consensus)),
        "remarks": (
            ("entry", "examiner", "area", "kind", "text"),
            ((r.entry, r.examiner, r.area, r.kind, r.text) for r in marks.remarks),
        ),
        "document_checks": (
            ("entry", "document", "seen", "remark"),
            ((c.entry, c.document, c.seen, c.remark) for c in marks.document_checks),
        ),
        "proposals": (
            _names(PROPOSALS),
            map(_row_of(PROPOSALS), _sorted(values.edition.proposals)),
        ),
        "nominations": (
            _names(NOMINATIONS),
            map(
                _row_of(NOMINATIONS, **{"for": "nominated_for"}),
                _sorted(values.edition.nominations),
            ),
        ),
        "ballots": (_names(BALLOTS), map(_ballot_row, values.ballots)),
        "votes": (_names(VOTES), map(_vote_row, values.votes)),
        "motivations": (
            _names(MOTIVATIONS),
            map(_row_of(MOTIVATIONS, motivation="text"), _sorted(values.motivations)),
        ),
    }
    written = {name: (head, list(rows)) for name, (head, rows) in tables.items()}
    return {name: plain_csv(head, rows) for name, (head, rows) in written.items() if rows}


def plain_csv(head: Sequence[str], rows: Iterable[Row]) -> bytes:
    """Write a table as RFC 4180 has it, in UTF-8.

    Args:
        head: names of the columns.
        rows: values; None is an empty cell.
    """
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([plain_cell(value) for value in row] for row in rows)
    return table.getvalue().encode()


def plain_cell(value: object) -> str:
    """Give a value as a cell that kvaljury reads as the same value.

    >>> plain_cell(Fraction(145, 2)), plain_cell(True), plain_cell(None)
    ('72.5', 'true', '')
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Enum():
            return str(value.value)
        case Fraction():
            return _decimal(value)
        case Moment():
            return _moment(value)
        case _:
            return str(value)


def _names(columns: Columns) -> tuple[str, ...]:
    return tuple(column.field for column in columns.columns)


def _row_of(columns: Columns, **renamed: str) -> Callable[[object], Row]:
    names = [renamed.get(name, name) for name in _names(columns)]
    return lambda value: [getattr(value, name) for name in names]


def _sorted(by_entry: Mapping[str, object]) -> list[object]:
    return [by_entry[entry] for entry in sorted(by_entry)]


def _entry_row(entry: Entry) -> Row:
    values = {**attrs.asdict(entry, recurse=False), "class": entry.entry_class}
    values["predecessors"] = "|".join(map(_predecessor, entry.predecessors))
    return [values[name] for name in _names(ENTRIES)]


def _predecessor(one: Predecessor) -> str:
    return f"{one.name}={one.last_award_year}" if one.last_award_year else one.name


def _mark_rows(marks: Marks) -> list[Row]:
    def row(mark: Mark, is_counted: bool) -> Row:
        key = (mark.entry, mark.examiner, mark.question, mark.criterion)
        return (*key, mark.value, mark.comment, is_counted)

    rows = [row(mark, True) for mark in marks.valid] + [row(mark, False) for mark in marks.excluded]
    rows += [
        (c.entry, c.examiner, c.question, c.criterion, None, c.comment, False)
        for c in marks.lone_comments
    ]
    return sorted(rows, key=lambda row: [str(cell) for cell in row[:4]])


def _ballot_row(ballot: Ballot) -> Row:
    said = None if ballot.state is Answer.YES else ballot.state
    return ballot.juror, ballot.entry, ballot.grade or said, ballot.mention


def _vote_row(vote: Vote) -> Row:
    juror = vote.juror or _EVERYONE
    return vote.class_id, vote.entry, vote.proposed, juror, vote.answer, vote.reservation


def _decimal(value: Fraction) -> str:
    with localcontext(prec=_DIGITS):
        exact = Decimal(value.numerator) / value.denominator
    return f"{exact:f}" if Fraction(exact) == value else f"{value}"


def _moment(moment: Moment) -> str:
    if moment.whole_day:
        return f"{moment.at:%Y-%m-%d}"
    return f"{moment.at:%Y-%m-%d %H:%M:%S}" if moment.at.second else f"{moment.at:%Y-%m-%d %H:%M}"

"""CSV files, and workbooks, to rows of cells by field; a file is read or refused whole."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from operator import methodcaller
from pathlib import Path
from typing import NamedTuple
from unicodedata import is_normalized, normalize

import attrs

from kvaljury.core.model import FormulaPolicy
from kvaljury.errors import Source, Text
from kvaljury.files.characters import SPACES
from kvaljury.files.csv_text import decode_csv
from kvaljury.files.header_rows import Line, header_fields
from kvaljury.files.headers import Columns
from kvaljury.files.input_files import read_input
from kvaljury.files.log import InputLog
from kvaljury.files.records import Record

_MEGABYTES = 200
_SEPARATORS = (";", ",", "\t")
_trimmed = methodcaller("strip", SPACES)
_DECLARED = re.compile(r'"?sep=(?P<separator>[^\r\n"]*)"?(?:\r\n|\r|\n|$)', re.IGNORECASE)


@attrs.define(eq=False)
class Row(Record):
    """One row of a table.

    Attributes:
        file: path relative to the edition folder.
        first_line: line or row of the sheet on which it begins, from 1.
        headers: header by field, as it stands in the file; in a workbook the cell (``D12``).
        sheet: name of the sheet of a workbook, or empty.
        basis: by what a form asked for the mark, as `form_basis.Basis` packs it; else empty.
    """

    file: str
    first_line: int
    headers: Mapping[str, str]
    sheet: str = ""
    basis: str = attrs.field(default="", init=False)

    def where(self, field: str = "") -> Source:
        """Give the address of a cell, or of the row."""
        detail = self.headers.get(field, "" if self.sheet else field)
        return Source(self.file, self.first_line, detail, self.sheet)


@attrs.define(eq=False)
class Table:
    """Rows of one CSV file or workbook, and what became of its cells.

    Attributes:
        file: path relative to the edition folder.
        rows: those that are not blank, in the order of the file.
        cells: number of data cells in the file, of unknown columns and blank rows too.
        unread: how many of them were refused before any row was made of them: filled cells
            of unknown columns and of ragged rows.
        is_whole: whether no sheet of a workbook was left out as a whole.
    """

    file: str
    rows: tuple[Row, ...]
    cells: int
    unread: int
    is_whole: bool = True

    def note_tally(self, log: InputLog) -> None:
        """Note how many cells were accepted, blank and refused, when all rows have been read."""
        filled = sum(len(row.cells) for row in self.rows)
        accepted = sum(len(row.cells) for row in self.rows if not row.refused)
        refused = filled - accepted + self.unread
        blank = self.cells - accepted - refused
        log.tally(self.file, self.cells, accepted, blank, refused)


class Opening(NamedTuple):
    """How a file begins: its separator, and what an Excel line ``sep=`` takes up before the table.

    Attributes:
        separator: semicolon, comma or tab.
        start: characters before the table.
        lines: lines before the table.
    """

    separator: str
    start: int
    lines: int


def read_table(
    path: Path,
    file: str,
    columns: Columns,
    log: InputLog,
    formulas: FormulaPolicy = FormulaPolicy.REFUSE,
) -> Table | None:
    """Read a CSV file, or all sheets of an Excel workbook; hash and parse the same bytes.

    Args:
        path: where it lies.
        file: its address relative to the edition folder, with forward slashes.
        columns: the columns that it may have.
        log: gets the hash, and every fault and warning.
        formulas: what becomes of cells of a workbook that hold a formula.

    Returns:
        The rows, or None where the file as a whole is refused. Ragged rows are left out with
        a fault each. The reader of the rows calls `Table.note_tally` at the end.

    Raises:
        DiskFault: if the file is there but cannot be read.
    """
    if path.suffix.lower() == ".xlsx":
        from kvaljury.files.workbooks.tables import read_workbook_table  # noqa: PLC0415  # few need it

        return read_workbook_table(path, file, columns, formulas, log)
    content = read_content(path, file, log)
    return None if content is None else parse_table(content, file, columns, log)


def read_content(path: Path, file: str, log: InputLog) -> bytes | None:
    """Read a file whole; None after a fault, see `read_input`.

    Raises:
        DiskFault: if the file is there but cannot be read.
    """
    return read_input(path, file, _MEGABYTES, log)


def parse_table(content: bytes, file: str, columns: Columns, log: InputLog) -> Table | None:
    """Parse the bytes of a CSV file, with arguments and result as for `read_table`."""
    log.hashes[file] = hashlib.sha256(content).hexdigest()
    text = decode_csv(content, file, log)
    if text is None:
        return None
    lines = _split(text, file, columns, log)
    if lines is None:
        return None
    filled = [line for line in lines if line.filled]
    if not filled:
        log.fault("empty-file", Source(file), Text("the file is empty; a header was expected"))
        return None
    header, body = filled[0], filled[1:]
    cells = sum(len(line.cells) for line in lines) - len(header.cells)
    fields = header_fields(header, body, file, columns, log)
    if fields is None:
        refused = sum(line.filled for line in body)
        log.tally(file, cells, 0, cells - refused, refused)
        return None
    return _table(header, body, fields, cells=cells, file=file, log=log)


def _table(
    header: Line,
    body: Sequence[Line],
    fields: Sequence[str | None],
    *,
    cells: int,
    file: str,
    log: InputLog,
) -> Table:
    headers = {f: header.cells[i] for i, f in enumerate(fields) if f}
    rows, unread = [], 0
    for line in body:
        if len(line.cells) != len(fields):
            unread += line.filled
            refuse_ragged(line, len(fields), file, log)
            continue
        known = {f: cell for f, cell in zip(fields, line.cells, strict=True) if cell and f}
        unread += line.filled - len(known)
        if known:
            rows.append(Row(known, log, file, line.number, headers))
    return Table(file, tuple(rows), cells, unread)


def find_opening(text: str, file: str, columns: Columns, log: InputLog) -> Opening | None:
    """Tell what separates the cells, and where the table begins.

    Args:
        text: the file, or enough of it to hold the header.
        file: its address, for the fault.
        columns: the columns that it may have.
        log: gets a fault where ``sep=`` names what cannot separate.

    Returns:
        Where the table begins, or None after a fault.
    """
    declared = _DECLARED.match(text)
    if not declared:
        return Opening(_separator(text, columns), 0, 0)
    if declared["separator"] not in _SEPARATORS:
        message = Text('"{separator}" cannot separate cells', separator=declared["separator"])
        hint = Text("separate cells with semicolon, comma or tab")
        log.fault("wrong-separator", Source(file, 1), message, hint)
        return None
    return Opening(declared["separator"], declared.end(), 1)


def _split(text: str, file: str, columns: Columns, log: InputLog) -> list[Line] | None:
    opening = find_opening(text, file, columns, log)
    if opening is None:
        return None
    body = text[opening.start :]
    skipped = opening.lines
    reader = csv.reader(
        io.StringIO(body, newline=""),
        delimiter=opening.separator,
        strict=True,
        skipinitialspace=True,
    )
    lines: list[Line] = []
    is_nfc = is_normalized("NFC", body)
    begun = 0
    try:
        for cells in reader:
            tidy = _tidy(cells, is_nfc=is_nfc)
            lines.append(Line(begun + skipped + 1, tidy, len(tidy) - tidy.count("")))
            begun = reader.line_num
    except csv.Error as error:
        refuse_quoting(str(error), Source(file, begun + skipped + 1), log)
        return None
    return lines


def _tidy(cells: Sequence[str], *, is_nfc: bool) -> tuple[str, ...]:
    trimmed = tuple(map(_trimmed, cells))
    return trimmed if is_nfc else tuple(normalize("NFC", cell) for cell in trimmed)


def _separator(text: str, columns: Columns) -> str:
    """Choose the separator by which the header names most known columns, then most columns."""

    def known_and_all(separator: str) -> tuple[int, int]:
        header = _first_cells(text, separator)
        return sum(columns.field_of(cell) is not None for cell in header), len(header)

    return max(_SEPARATORS, key=known_and_all)


def _first_cells(text: str, separator: str) -> list[str]:
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=separator, strict=True, skipinitialspace=True
    )
    try:
        return next((cells for cells in reader if any(c.strip(SPACES) for c in cells)), [])
    except csv.Error:
        return []


def refuse_ragged(line: Line, expected: int, file: str, log: InputLog) -> None:
    """Note that a row has another number of cells than the header."""
    log.fault(
        "ragged-row",
        Source(file, line.number),
        Text(
            "the row has {cells} cells where the header has {columns}",
            cells=len(line.cells),
            columns=expected,
        ),
        Text("separate as the header does; a cell that holds the separator stands in quotes"),
    )


def refuse_quoting(said: str, where: Source, log: InputLog) -> None:
    """Note in plain words what the csv module ``said`` of a row whose quotation marks are off."""
    if "field limit" in said:
        message = Text("a cell is longer than {limit} characters", limit=csv.field_size_limit())
        hint = Text("shorten it, or look for a quotation mark that is not closed")
    elif "unexpected end" in said:
        message = Text("a quotation mark that begins here or below is never closed")
        hint = Text("close it, or save the file anew from Excel")
    else:
        message = Text("text follows a closing quotation mark before the separator")
        hint = Text("double each quotation mark inside a quoted cell")
    log.fault("broken-csv", where, message, hint)

"""A panel data file to ratings: the fast way where the file is regular, else row by row."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from pathlib import Path
from unicodedata import is_normalized, normalize

import numpy as np

from kvaljury.core.model.ratings import Ratings
from kvaljury.errors import Source, Text
from kvaljury.files.byte_columns import Layout, read_byte_columns
from kvaljury.files.characters import SPACES, has_plain_characters
from kvaljury.files.csv_text import decode_csv
from kvaljury.files.header_rows import Line, header_fields
from kvaljury.files.log import InputLog
from kvaljury.files.numbers import parse_number
from kvaljury.files.rating_columns import (
    ID_FIELDS,
    RATINGS,
    IdColumn,
    has_one_class,
    no_ratings,
    to_ratings,
    warn_of_blanks,
)
from kvaljury.files.rating_rows import read_rating_rows
from kvaljury.files.tables import Opening, find_opening, read_content

_HEAD = 1 << 16


def read_ratings(path: Path, log: InputLog | None = None) -> Ratings:
    """Read a CSV file with one score a row.

    Args:
        path: the file, with columns entry, examiner and score, and optionally team, question and
            class; see `kvaljury.files.rating_columns.RATINGS` for the accepted headers.
        log: gets the hash of the file, every fault and every warning.

    Returns:
        The ratings of all rows that have no fault.

    Raises:
        InputFaults: if there is any fault and no log was given.
        DiskFault: if the file is there but cannot be read.
    """
    found = InputLog() if log is None else log
    file = str(path).encode("utf-8", "backslashreplace").decode()
    ratings = _read_file(path, file, found)
    if log is None:
        found.raise_faults()
    return ratings


def parse_ratings(content: bytes, file: str, log: InputLog) -> Ratings:
    """Parse the bytes of a panel data file, whose address is ``file``, as for `read_ratings`."""
    log.hashes[file] = hashlib.sha256(content).hexdigest()
    plain = _to_utf_8(content, file, log)
    if plain is None:
        return no_ratings()
    opening = find_opening(plain[:_HEAD].decode("utf-8", "ignore"), file, RATINGS, log)
    if opening is None:
        return no_ratings()
    ratings = read_regular_ratings(plain, opening, file, log)
    return ratings or read_rating_rows(plain, opening, file, log)


def read_regular_ratings(
    content: bytes, opening: Opening, file: str, log: InputLog
) -> Ratings | None:
    """Read ratings without looking at each row, as `read_rating_rows` would.

    Args:
        content: the whole file, in UTF-8 without byte order mark.
        opening: what separates its cells, and where the table begins.
        file: its address.
        log: gets the warnings.

    Returns:
        The ratings; None, with nothing noted, where the file is not regular enough, or has or
        may have a fault.
    """
    end = content.find(b"\n", opening.start) + 1
    header = _read_header(content[opening.start : end], opening)
    if header is None:
        return None
    found = InputLog()
    fields = header_fields(header, (), file, RATINGS, found)
    # A quotation mark may enclose a separator, which shows only in columns that are read.
    if fields is None or (None in fields and b'"' in content):
        return None
    known = [field for field in ID_FIELDS if field in fields]
    layout = Layout(
        start=end,
        separator=ord(opening.separator),
        width=len(fields),
        ids=tuple(fields.index(field) for field in known),
        number=fields.index("score"),
        is_crlf=content[end - 2 : end] == b"\r\n",
    )
    read = read_byte_columns(content, layout, _read_number)
    names = [_tidy_names(column.cells) for column in read.ids] if read else [None]
    if read is None or not len(read.numbers) or None in names:
        return None
    columns = {
        field: IdColumn.of(tidy, column.number_rows)
        for field, tidy, column in zip(known, names, read.ids, strict=True)
        if tidy
    }
    is_blank = np.isnan(read.numbers)
    if is_blank.all() or not has_one_class(columns):
        return None
    first_blank = header.number + 1 + int(is_blank.argmax())
    where = Source(file, first_blank, header.cells[layout.number])
    log.warnings.extend(found.warnings)
    warn_of_blanks(int(np.count_nonzero(is_blank)), where, log)
    return to_ratings(columns, read.numbers)


def _read_file(path: Path, file: str, log: InputLog) -> Ratings:
    if path.is_dir():
        message = Text("this is a folder; a CSV file was expected")
        log.fault("no-file", Source(file), message)
        return no_ratings()
    content = read_content(path, file, log)
    return no_ratings() if content is None else parse_ratings(content, file, log)


def _to_utf_8(content: bytes, file: str, log: InputLog) -> bytes | None:
    """Give the file in UTF-8 without byte order mark, or None where it is no text."""
    if content.isascii() and b"\0" not in content:
        # A copy saved; only the signs of other kinds of file are left to find.
        return content if decode_csv(content[:_HEAD], file, log) is not None else None
    text = decode_csv(content, file, log)
    return None if text is None else text.encode()


def _read_header(line: bytes, opening: Opening) -> Line | None:
    """Read a header of one line in which every column has a name."""
    reader = csv.reader(
        [line.decode()], delimiter=opening.separator, strict=True, skipinitialspace=True
    )
    try:
        cells = tuple(_tidy(cell) for cell in next(reader, []))
    except csv.Error:
        return None
    return Line(opening.lines + 1, cells, len(cells)) if cells and all(cells) else None


def _tidy(text: str) -> str:
    return normalize("NFC", text.strip(SPACES))


def _tidy_names(cells: Sequence[str]) -> Sequence[str] | None:
    """Trim and compose ids; None where one is empty or not plain."""
    text = "".join(cells)
    is_tidy = has_plain_characters(text) and is_normalized("NFC", text)
    if is_tidy and " " not in text and '"' not in text:
        return cells
    names = [_unquote(cell) for cell in cells]
    is_plain = all(name and has_plain_characters(name) for name in names)
    return [name for name in names if name] if is_plain else None


def _unquote(cell: str) -> str | None:
    """Give what a cell holds, trimmed; None where quotation marks do more than enclose it."""
    if '"' not in cell:
        return _tidy(cell)
    is_enclosed = len(cell) > 1 and cell[0] == cell[-1] == '"' and cell.count('"') == 2  # noqa: PLR2004  # the two
    return _tidy(cell[1:-1]) if is_enclosed else None


def _read_number(cell: bytes) -> float | None:
    """Read a score that is not written in the plain way; nan for a blank one, None for none."""
    text = _unquote(cell.decode())
    if not text:
        return None if text is None else float("nan")
    number = parse_number(text)
    return None if number is None else float(number)

"""The rows of any panel data file, one by one, to ratings; whatever is wrong gets its address."""

from __future__ import annotations

import csv
import io
from array import array
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from unicodedata import normalize

import attrs
import numpy as np

from kvaljury.core.model.ratings import Codes, Ratings
from kvaljury.errors import InputFault, Source, Text
from kvaljury.files.characters import SPACES, quoted
from kvaljury.files.header_rows import Line, header_fields
from kvaljury.files.log import InputLog
from kvaljury.files.rating_columns import (
    ID_FIELDS,
    RATINGS,
    IdColumn,
    no_ratings,
    to_ratings,
    warn_of_blanks,
)
from kvaljury.files.tables import (
    Opening,
    Row,
    refuse_quoting,
    refuse_ragged,
)

_LISTED = 50
_REMEMBERED = 1 << 16


def read_rating_rows(content: bytes, opening: Opening, file: str, log: InputLog) -> Ratings:
    """Read ratings row by row.

    Args:
        content: the whole file, in UTF-8 without byte order mark.
        opening: what separates its cells, and where the table begins.
        file: its address.
        log: gets every fault and warning; of the faults in rows the first 50, and the number of
            the others.

    Returns:
        The ratings of the rows that have no fault; none where the file as a whole is refused.
    """
    lines = _Lines(content, opening, file, log)
    header = next((line for line in lines if line.filled), None)
    if header is None:
        if not lines.is_broken:
            log.fault("empty-file", Source(file), Text("the file is empty; a header was expected"))
        return no_ratings()
    fields = header_fields(header, lines, file, RATINGS, log)
    if fields is None or lines.is_broken:
        return no_ratings()
    found = _FirstFaults()
    rows = _Rows.under(header, fields, file, found)
    for number, cells in lines.raw():
        if number > header.number:
            rows.take(number, cells)
    found.move_to(log)
    return no_ratings() if lines.is_broken else rows.ratings(header.number, log)


@attrs.define
class _Lines:
    """The records of a file, read anew each time."""

    content: bytes
    opening: Opening
    file: str
    log: InputLog
    is_broken: bool = False

    def raw(self) -> Iterator[tuple[int, list[str]]]:
        """Give the first line and the cells of each record; end at one that is no CSV."""
        octets = io.BytesIO(self.content)
        octets.seek(self.opening.start)
        reader = csv.reader(
            io.TextIOWrapper(octets, "utf-8", newline=""),
            delimiter=self.opening.separator,
            strict=True,
            skipinitialspace=True,
        )
        number = self.opening.lines + 1
        try:
            for cells in reader:
                yield number, cells
                number = self.opening.lines + reader.line_num + 1
        except csv.Error as error:
            if not self.is_broken:
                refuse_quoting(str(error), Source(self.file, number), self.log)
            self.is_broken = True

    def __iter__(self) -> Iterator[Line]:
        for number, cells in self.raw():
            yield _line(number, cells)


def _line(number: int, cells: Sequence[str]) -> Line:
    tidy = tuple(normalize("NFC", cell.strip(SPACES)) for cell in cells)
    return Line(number, tidy, len(tidy) - tidy.count(""))


def _pick(places: Codes, codes: Codes) -> Codes:
    return codes[places]


@attrs.define
class _FirstFaults(InputLog):
    """Keeps the first faults and counts the others."""

    others: int = 0
    first_other: Source = attrs.field(factory=lambda: Source(""))

    def fault(self, code: str, where: Source, message: Text, hint: Text | None = None) -> None:
        if len(self.faults) < _LISTED:
            self.faults.append(InputFault(message, where, hint, code))
            return
        if not self.others:
            self.first_other = attrs.evolve(where, detail="")
        self.others += 1

    def move_to(self, log: InputLog) -> None:
        """Note the faults, and how many more there are."""
        log.faults.extend(self.faults)
        if self.others:
            message = Text("further faults from here on, not listed: {n}", n=self.others)
            hint = Text("mend those that are listed and read the file again")
            log.fault("more-faults", self.first_other, message, hint)


@attrs.define
class _Ids:
    """The ids of one column.

    Attributes:
        names: the ids in the order of their numbers.
        code_by_name: number of each id.
        code_by_cell: number of each cell as it stands in the file, so that few cells are
            looked at twice.
    """

    field: str
    index: int
    names: list[str] = attrs.field(factory=list)
    code_by_name: dict[str, int] = attrs.field(factory=dict)
    code_by_cell: dict[str, int] = attrs.field(factory=dict)

    def learn(self, cell: str, name: str) -> None:
        if name not in self.code_by_name:
            self.code_by_name[name] = len(self.names)
            self.names.append(name)
        self.code_by_cell[cell] = self.code_by_name[name]


@attrs.define
class _Rows:
    """What has been read of the rows.

    Attributes:
        codes: number of the id in each column of the first row, then of the second and so on.
        numbers: score of each row, nan where it is blank.
        class_by_entry: number of each entry's class, and the line that says so first.
    """

    file: str
    log: InputLog
    headers: Mapping[str, str]
    width: int
    ids: list[_Ids]
    score_index: int
    score_by_cell: dict[str, float] = attrs.field(factory=dict)
    codes: array[int] = attrs.field(factory=lambda: array("i"))
    numbers: array[float] = attrs.field(factory=lambda: array("d"))
    class_by_entry: dict[int, tuple[int, int]] = attrs.field(factory=dict)
    refused: int = 0
    first_blank: int = 0

    @classmethod
    def under(cls, header: Line, fields: Sequence[str | None], file: str, log: InputLog) -> _Rows:
        places = {field: index for index, field in enumerate(fields) if field}
        return cls(
            file,
            log,
            {field: header.cells[index] for field, index in places.items()},
            len(fields),
            [_Ids(field, places[field]) for field in ID_FIELDS if field in places],
            places["score"],
        )

    def take(self, number: int, cells: Sequence[str]) -> None:
        """Read the record that begins on a line."""
        if len(cells) != self.width:
            self._refuse_ragged(_line(number, cells))
            return
        try:
            score = self.score_by_cell[cells[self.score_index]]
            codes = [column.code_by_cell[cells[column.index]] for column in self.ids]
        except KeyError:
            if not self._learn(_line(number, cells), cells):
                return
            score = self.score_by_cell[cells[self.score_index]]
            codes = [column.code_by_cell[cells[column.index]] for column in self.ids]
        if "class" in self.headers and not self._has_its_class(number, codes):
            self.refused += 1
            return
        self.codes.extend(codes)
        self.numbers.append(score)
        if score != score and not self.first_blank:  # noqa: PLR0124  # only nan differs from itself
            self.first_blank = number

    def ratings(self, header: int, log: InputLog) -> Ratings:
        """Make ratings of the rows; note a fault where there is none, and a warning of blanks."""
        codes = np.frombuffer(self.codes, np.int32).reshape(-1, len(self.ids)).T
        columns = {
            ids.field: IdColumn.of(ids.names, partial(_pick, column))
            for ids, column in zip(self.ids, codes, strict=True)
        }
        ratings = to_ratings(columns, np.frombuffer(self.numbers), self.refused)
        where = Source(self.file, header)
        if not ratings.rows:
            message = Text("no row stands below the header")
            log.fault("no-rows", where, message, Text("write one row for each score"))
        elif ratings.blank == ratings.rows:
            log.fault("no-scores", where, Text("no row has a score"))
        blank = Source(self.file, self.first_blank, self.headers["score"])
        warn_of_blanks(ratings.blank, blank, log)
        return ratings

    def _refuse_ragged(self, line: Line) -> None:
        if line.filled:
            refuse_ragged(line, self.width, self.file, self.log)
            self.refused += 1

    def _learn(self, line: Line, cells: Sequence[str]) -> bool:
        """Read a row with a cell that is new; tell whether it is neither refused nor empty."""
        if not line.filled:
            return False
        places = {**{column.field: column.index for column in self.ids}, "score": self.score_index}
        filled = {field: line.cells[index] for field, index in places.items() if line.cells[index]}
        row = Row(filled, self.log, self.file, line.number, self.headers)
        row.require(*(column.field for column in self.ids))
        names = [row.exact_text(column.field) for column in self.ids]
        number = row.number("score")
        if row.refused:
            self.refused += 1
            return False
        for column, name in zip(self.ids, names, strict=True):
            column.learn(cells[column.index], name or "")
        if len(self.score_by_cell) >= _REMEMBERED:
            self.score_by_cell.clear()
        score = float("nan") if number is None else float(number)
        self.score_by_cell[cells[self.score_index]] = score
        return True

    def _has_its_class(self, number: int, codes: Sequence[int]) -> bool:
        """Hold a row's class, the last of its ids, against that of the entry's first row."""
        first, line = self.class_by_entry.setdefault(codes[0], (codes[-1], number))
        if codes[-1] == first:
            return True
        entries, classes = self.ids[0].names, self.ids[-1].names
        self.log.fault(
            "several-classes",
            Source(self.file, number, self.headers["class"]),
            Text(
                "the entry {entry} has the class {second} here and {first} on line {line}",
                entry=quoted(entries[codes[0]]),
                second=quoted(classes[codes[-1]]),
                first=quoted(classes[first]),
                line=str(line),
            ),
            Text("an entry has one class on all its rows"),
        )
        return False

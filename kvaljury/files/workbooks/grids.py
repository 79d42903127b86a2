"""A sheet as people see it: rows of trimmed texts, and what hides or joins them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from unicodedata import normalize

import attrs

from kvaljury.errors import Source
from kvaljury.files.characters import SPACES
from kvaljury.files.workbooks.contents import Cell, Merged, Sheet, cell_reference


@attrs.frozen
class Grid:
    """The cells of a sheet that are not blank.

    Attributes:
        file: address of the workbook.
        sheet: where they stand.
        rows: trimmed text in NFC by row and column, both ascending; a formula without a value
            stands as an empty text.
    """

    file: str
    sheet: Sheet
    rows: Mapping[int, Mapping[int, str]]

    @classmethod
    def of(cls, file: str, sheet: Sheet) -> Grid:
        """Trim the texts of a sheet, and leave out those that are blank then."""
        rows: dict[int, dict[int, str]] = {}
        for row, column in sorted(sheet.cells):
            cell = sheet.cells[row, column]
            text = normalize("NFC", cell.text.strip(SPACES))
            if text or cell.formula is not None:
                rows.setdefault(row, {})[column] = text
        return cls(file, sheet, rows)

    def cell(self, row: int, column: int) -> Cell:
        """Give a cell of `rows` as it stands in the sheet."""
        return self.sheet.cells[row, column]

    def count(self) -> int:
        """Count the cells."""
        return sum(map(len, self.rows.values()))

    def at(self, row: int, column: int) -> Source:
        """Give the address of a cell."""
        return Source(self.file, row, cell_reference(row, column), self.sheet.name)

    def at_row(self, row: int) -> Source:
        """Give the address of a row."""
        return Source(self.file, row, "", self.sheet.name)

    def whole(self) -> Source:
        """Give the address of the sheet."""
        return Source(self.file, 0, "", self.sheet.name)


def reaches(merged: Merged, rows: Sequence[int], columns: Sequence[int]) -> bool:
    """Tell whether merged cells touch any of the rows and any of the columns, both ascending.

    >>> reaches(Merged(2, 1, 4, 1), [1, 4, 9], [1, 2]), reaches(Merged(2, 1, 3, 1), [1, 4], [1])
    (True, False)
    """
    is_one_cell = (merged.first_row, merged.first_column) == (merged.last_row, merged.last_column)
    return (
        not is_one_cell
        and _has_between(rows, merged.first_row, merged.last_row)
        and _has_between(columns, merged.first_column, merged.last_column)
    )


def range_of(merged: Merged) -> str:
    """Give merged cells as people call them.

    >>> range_of(Merged(3, 2, 4, 5))
    'B3:E4'
    """
    first = cell_reference(merged.first_row, merged.first_column)
    return f"{first}:{cell_reference(merged.last_row, merged.last_column)}"


def column_letters(column: int) -> str:
    """Give a column as people call it.

    >>> column_letters(28)
    'AB'
    """
    return cell_reference(1, column)[:-1]


def runs(numbers: Iterable[int]) -> str:
    """Give whole numbers as people list them.

    >>> runs([3, 1, 2, 7])
    '1–3, 7'
    """
    placed = enumerate(sorted(numbers))
    groups = [[n for _, n in run] for _, run in groupby(placed, lambda pair: pair[1] - pair[0])]
    return ", ".join(str(g[0]) if len(g) == 1 else f"{g[0]}–{g[-1]}" for g in groups)


def _has_between(numbers: Sequence[int], first: int, last: int) -> bool:
    index = bisect_left(numbers, first)
    return index < len(numbers) and numbers[index] <= last

"""What stands in a workbook, as far as it is read: sheets and their cells."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import attrs


class Visibility(StrEnum):
    """Whether people see a sheet."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "very_hidden"


class CellKind(StrEnum):
    """What a cell holds, whatever its appearance."""

    NUMBER = "number"
    TEXT = "text"
    TRUTH = "truth"
    ERROR = "error"
    DATE = "date"
    EMPTY = "empty"  # only of a formula that has no value


@attrs.frozen
class Cell:
    """A cell that holds something; blank ones are not there.

    Attributes:
        row: from 1.
        column: from 1.
        kind: of the value, for a formula of the one that Excel last reckoned.
        text: the value: a number in plain decimals with a point, as Excel shows it with 15
            digits and without exponent (``4.5``; under a percent format ``51`` for 0.51);
            a text as it stands; ``true`` or ``false``; the word of an error (``#N/A``); a date
            as ``2025-05-06``, with a time as ``2025-05-06 10:00:00``, a time alone as ``10:00``.
        formula: without the equals sign, or None where it holds a value.
        is_percent: whether its number is shown as percent.
    """

    row: int
    column: int
    kind: CellKind
    text: str
    formula: str | None = None
    is_percent: bool = False

    @property
    def reference(self) -> str:
        """The cell as people call it.

        >>> Cell(12, 28, CellKind.TEXT, "x").reference
        'AB12'
        """
        return cell_reference(self.row, self.column)


@attrs.frozen
class Merged:
    """Cells merged to one: first and last row and column, from 1."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def covers(self, row: int, column: int) -> bool:
        """Tell whether a cell is one of them."""
        is_in_row = self.first_row <= row <= self.last_row
        return is_in_row and self.first_column <= column <= self.last_column


@attrs.frozen
class Note:
    """What is stuck onto a cell, or lies over the sheet, and is no value of any cell.

    Attributes:
        row: of the cell, or of the one below the upper left corner of a text box; from 1.
        column: likewise.
        text: in one line.
        is_box: whether it is a text box or another shape.
    """

    row: int
    column: int
    text: str
    is_box: bool = False


@attrs.frozen
class Sheet:
    """A sheet of a workbook.

    Attributes:
        name: as on its tab.
        visibility: whether people see it.
        cells: by row and column from 1; sparse.
        merged: in the order of the file.
        hidden_rows: those that people do not see, filtered ones too.
        hidden_columns: likewise; from 1.
        notes: notes, comments and text boxes, which nobody reads as data.
    """

    name: str
    visibility: Visibility
    cells: Mapping[tuple[int, int], Cell] = attrs.field(hash=False)
    merged: tuple[Merged, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    notes: tuple[Note, ...] = ()

    def text(self, row: int, column: int) -> str:
        """Give the value of a cell, empty where there is none."""
        cell = self.cells.get((row, column))
        return cell.text if cell else ""


@attrs.frozen
class Workbook:
    """A workbook.

    Attributes:
        file: its address relative to the edition folder.
        sheets: in the order of the tabs; chart sheets hold no cells and are left out.
        sha256: of its bytes, in hexadecimal.
    """

    file: str
    sheets: tuple[Sheet, ...]
    sha256: str

    def sheet(self, name: str) -> Sheet | None:
        """Find a sheet by its name, regardless of case, as Excel does."""
        folded = name.casefold()
        return next((s for s in self.sheets if s.name.casefold() == folded), None)


def cell_reference(row: int, column: int) -> str:
    """Give a cell as people call it.

    >>> cell_reference(12, 4), cell_reference(1, 703)
    ('D12', 'AAA1')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"

"""Rows and cells of a sheet's XML to cells by place; what is not understood is a fault."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from kvaljury.errors import Text
from kvaljury.files.characters import quoted
from kvaljury.files.workbooks.contents import Cell, CellKind, Merged
from kvaljury.files.workbooks.markup import (
    Attributes,
    Element,
    MarkupFault,
    named,
    natural,
    skipping,
)
from kvaljury.files.workbooks.references import (
    LAST_COLUMN,
    LAST_ROW,
    column_number,
    parse_range,
)
from kvaljury.files.workbooks.styles import MAIN
from kvaljury.files.workbooks.texts import rich_text
from kvaljury.files.workbooks.values import Readings, Value

MOST_CELLS = 500_000
"""Filled cells that a workbook may have; a year's marks are ten thousand."""

UNTOLD_FORMULA = "…"
"""Stands for a formula that the file does not spell out: shared with, or filled from, another."""

_MOST_ROWS = LAST_ROW  # of all sheets together
_MOST_FAULTS = 20
_MOST_STEPS = 5_000_000
_ROW_ATTRIBUTES = frozenset(
    ["r", "spans", "s", "customFormat", "ht", "hidden", "customHeight", "outlineLevel"]
) | {"collapsed", "thickTop", "thickBot", "ph"}
_CELL_ATTRIBUTES = frozenset(["r", "s", "t", "cm", "vm", "ph", "quotePrefix"])
_FORMULAS = frozenset({"", "normal", "shared", "array", "dataTable"})
_TRUTHS = {"": False, "0": False, "false": False, "1": True, "true": True}

Report = Callable[[int, int, Text, str], None]
"""Notes a fault: row and column, 0 where the row or sheet as a whole is meant; text and code."""


@attrs.define
class Budget:
    """What may still be read of a workbook.

    Attributes:
        cells: filled ones.
        rows: of all sheets.
        faults: before reading stops.
        steps: of following array formulas.
    """

    cells: int = MOST_CELLS
    rows: int = _MOST_ROWS
    faults: int = _MOST_FAULTS
    steps: int = _MOST_STEPS


def is_set(attributes: Attributes, name: str) -> bool:
    """Read an attribute that is true or false; absent means false.

    Raises:
        MarkupFault: if it is neither.
    """
    text = attributes.get(name, "")
    if text not in _TRUTHS:
        message = Text(
            '{name} is "{value}"; true or false was expected', name=name, value=quoted(text)
        )
        raise MarkupFault(message)
    return _TRUTHS[text]


def is_zero(text: str) -> bool:
    """Tell whether a height or width is nought.

    >>> is_zero("0.0"), is_zero("10"), is_zero("")
    (True, False, False)
    """
    return bool(text) and not text.strip("0.")


class CellData:
    """Takes what stands in the cell data of one sheet.

    Attributes:
        cells: by row and column.
        hidden_rows: those that people do not see.
        has_zero_height: whether rows without a height of their own have none.
        row: the one that is being read, 0 after the last.
    """

    def __init__(self, readings: Readings, budget: Budget, report: Report) -> None:
        self.cells: dict[tuple[int, int], Cell] = {}
        self.hidden_rows: set[int] = set()
        self.has_zero_height = False
        self.row = 0
        self._readings = readings
        self._budget = budget
        self._report = report
        self._rows: set[int] = set()
        self._columns: set[int] = set()
        self._digits = ""
        self._column = 0
        self._is_lost = False
        self._filled_from: list[tuple[int, int, Merged]] = []
        self._clear()

    def element(self) -> Element:
        """Make the element that holds the rows; it stands in a sheet once."""
        refused = skipping(*named(MAIN, {"row": Element(), "c": Element(), "v": Element()}))
        inside = {
            "f": Element(begin=self._begin_formula, end=self._end_formula, holds_text=True),
            "v": Element(end=self._end_value, holds_text=True),
            "is": rich_text(self._end_inline),
            "extLst": refused,
        }
        cell = Element(named(MAIN, inside), begin=self._begin_cell, end=self._end_cell)
        row = Element(named(MAIN, {"c": cell, "extLst": refused}), begin=self._begin_row)
        return Element(named(MAIN, {"row": row}))

    def finish(self) -> dict[tuple[int, int], Cell]:
        """Mark the cells that a formula in another one fills, and give all.

        Raises:
            MarkupFault: if there are too many of them to tell.
        """
        for row, column, filled in self._filled_from:
            height = filled.last_row - filled.first_row + 1
            width = filled.last_column - filled.first_column + 1
            self._budget.steps -= min(height * width, len(self.cells))
            if self._budget.steps < 0:
                raise MarkupFault(Text("it has more array formulas than can be read"), "too-large")
            self._mark(filled, height * width)
            if not filled.covers(row, column):
                raise MarkupFault(Text("an array formula stands outside its own cells"))
        return self.cells

    def _mark(self, filled: Merged, size: int) -> None:
        if size > len(self.cells):
            places = [place for place in self.cells if filled.covers(*place)]
        else:
            rows = range(filled.first_row, filled.last_row + 1)
            columns = range(filled.first_column, filled.last_column + 1)
            places = [(r, c) for r in rows for c in columns if (r, c) in self.cells]
        for place in places:
            cell = self.cells[place]
            if cell.formula is None:
                self.cells[place] = attrs.evolve(cell, formula=UNTOLD_FORMULA)

    def _clear(self) -> None:
        self._kind = self._style = ""
        self._value: str | None = None
        self._formula: str | None = None
        self._inline: str | None = None

    def _begin_row(self, attributes: Attributes) -> None:
        _check_attributes(attributes, _ROW_ATTRIBUTES)
        number = _row_number(attributes.get("r", str(self.row + 1)))
        self.row = number
        if number in self._rows:
            raise MarkupFault(Text("row {row} stands in the sheet twice", row=str(number)))
        self._budget.rows -= 1
        if self._budget.rows < 0:
            message = Text("the workbook has over {limit} rows", limit=_MOST_ROWS)
            raise MarkupFault(message, "too-large")
        self._rows.add(number)
        self._columns = set()
        self._digits = str(number)
        self._column = 0
        height = attributes.get("ht", "0" if self.has_zero_height else "")
        if is_set(attributes, "hidden") or is_zero(height):
            self.hidden_rows.add(number)

    def _begin_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        column: int | None = self._column + 1
        if reference is not None:
            size = len(self._digits)
            is_of_row = reference[-size:] == self._digits
            column = column_number(reference[:-size]) if is_of_row else None
        if column is None or column > LAST_COLUMN or not attributes.keys() <= _CELL_ATTRIBUTES:
            self._lose(attributes, reference or "")
            return
        if column in self._columns:
            self._lose(attributes, reference or "", column)
            return
        self._columns.add(column)
        self._column = column
        self._kind = attributes.get("t", "")
        self._style = attributes.get("s", "")

    def _lose(self, attributes: Attributes, reference: str, column: int = 0) -> None:
        """Note why a cell has no place."""
        self._is_lost = True
        unknown = sorted(attributes.keys() - _CELL_ATTRIBUTES)
        if column:
            message, code = Text("the cell stands in the file twice"), "double-cell"
        elif unknown:
            message = Text('the attribute "{name}" of a cell is unknown', name=quoted(unknown[0]))
            code = "bad-cell"
        else:
            message = Text(
                'a cell of row {row} has the reference "{reference}"',
                row=str(self.row),
                reference=quoted(reference),
            )
            code = "bad-reference"
        self._fault(message, code, column)

    def _begin_formula(self, attributes: Attributes) -> None:
        kind = attributes.get("t", "")
        if kind not in _FORMULAS or self._formula is not None:
            raise MarkupFault(Text("the formula is of an unknown kind, or not the only one"))
        if kind in {"array", "dataTable"}:
            filled = parse_range(attributes.get("ref", ""))
            if filled is None:
                raise MarkupFault(Text("the array formula does not say which cells it fills"))
            self._filled_from.append((self.row, self._column, filled))

    def _end_formula(self, text: str) -> None:
        self._formula = text or UNTOLD_FORMULA

    def _end_value(self, text: str) -> None:
        if self._value is not None:
            raise MarkupFault(Text("a cell has two values"))
        self._value = text

    def _end_inline(self, text: str) -> None:
        if self._inline is not None:
            raise MarkupFault(Text("a cell has two values"))
        self._inline = text

    def _end_cell(self, _: str) -> None:
        if self._is_lost:
            self._is_lost = False
        elif self._value is not None or self._formula is not None or self._inline is not None:
            try:
                self._keep(self._read())
            except MarkupFault as fault:
                self._fault(fault.message, fault.code, self._column)
        else:
            return
        self._clear()

    def _read(self) -> Value | None:
        if self._kind == "inlineStr" or self._inline is not None:
            if self._kind != "inlineStr" or self._value:
                raise MarkupFault(Text("a cell has two values"), "bad-cell")
            return None if self._inline is None else (CellKind.TEXT, self._inline, False)
        if self._value is None:
            return None
        return self._readings.read(self._kind, self._value, self._style)

    def _keep(self, value: Value | None) -> None:
        if self._formula is None and (value is None or not value[1]):
            return
        self._budget.cells -= 1
        if self._budget.cells < 0:
            message = Text("the workbook has over {limit} filled cells", limit=MOST_CELLS)
            raise MarkupFault(message, "too-large")
        kind, text, is_percent = value or (CellKind.EMPTY, "", False)
        place = (self.row, self._column)
        self.cells[place] = Cell(*place, kind, text, self._formula, is_percent)

    def _fault(self, message: Text, code: str, column: int) -> None:
        self._report(self.row, column, message, code)
        self._budget.faults -= 1
        if self._budget.faults <= 0 or code == "too-large":
            raise MarkupFault(Text("nothing more was read of the workbook"), "stopped")


def _row_number(text: str) -> int:
    number = natural(text)
    if not number or number > LAST_ROW:
        raise MarkupFault(Text('a row has the number "{number}"', number=quoted(text)))
    return number


def _check_attributes(attributes: Attributes, known: frozenset[str]) -> None:
    for name in attributes.keys() - known:
        if " " not in name:
            message = Text('the attribute "{name}" of a row is unknown', name=quoted(name))
            raise MarkupFault(message)

"""The rows below a sheet's header, and what of them cannot be read surely."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from kvaljury.core.model import FormulaPolicy
from kvaljury.errors import Source, Text
from kvaljury.files.characters import quoted
from kvaljury.files.headers import Columns, Holds, fold_header
from kvaljury.files.log import InputLog
from kvaljury.files.tables import Row
from kvaljury.files.workbooks.contents import Cell, CellKind
from kvaljury.files.workbooks.grids import Grid, column_letters, runs

_TOTALS = frozenset(
    {"summa", "totalt", "total", "antal", "medel", "medelvärde", "genomsnitt", "sum", "average"}
)
_PLAIN_KINDS = frozenset({CellKind.NUMBER, CellKind.TEXT})
_REMEDIES = {
    "date-cell": Text("Excel has made a date of it: format the column as text and type it anew"),
    "truth-cell": Text("format the column as text and type it anew"),
    "percent-cell": Text("format the column as numbers without percent, and check each of them"),
}

_SWEDISH_ERRORS = {
    "#DIV/0!": "#DIVISION/0!",
    "#N/A": "#SAKNAS!",
    "#NAME?": "#NAMN?",
    "#NULL!": "#SKÄRNING!",
    "#NUM!": "#OGILTIGT!",
    "#REF!": "#REFERENS!",
    "#VALUE!": "#VÄRDEFEL!",
}


def refuse_cell(cell: Cell, where: Source, formulas: FormulaPolicy, log: InputLog) -> bool:
    """Note a fault of a cell whose value is not surely what people mean.

    Args:
        cell: in a column that is read.
        where: its address.
        formulas: what becomes of formulas that have a value.
        log: gets the fault.

    Returns:
        Whether there is one: the cell shows an error, or holds a formula that has no value or
        may not be taken.
    """
    if cell.kind is CellKind.ERROR:
        word = Text(cell.text, sv=_SWEDISH_ERRORS.get(cell.text, cell.text))
        message = Text("the cell shows the error {error}", error=word)
        log.fault("error-cell", where, message, Text("write the value in its place, or nothing"))
        return True
    if cell.formula is None:
        return False
    if cell.kind is CellKind.EMPTY:
        message = Text("the formula ={formula} has no saved value", formula=quoted(cell.formula))
        hint = (
            Text("write the value in its place")
            if formulas is FormulaPolicy.REFUSE
            else Text("open and save the file in Excel, or write the value in its place")
        )
        log.fault("formula-without-value", where, message, hint)
        return True
    if formulas is FormulaPolicy.VALUE:
        return False
    message = Text("the cell holds the formula ={formula}", formula=quoted(cell.formula))
    hint = Text(
        "copy the cells and paste them as values, or write {setting} under [workbooks] in"
        " edition.toml",
        setting='formulas = "value"',
    )
    log.fault("formula-cell", where, message, hint)
    return True


def misfit(cell: Cell, holds: Holds = Holds.TEXT) -> tuple[str, Text] | None:
    """Tell of a cell that holds what Excel makes of some texts that people type.

    Args:
        cell: in a column that is read.
        holds: what the column holds.

    Returns:
        Code and message of a fault; None for a cell that the column may hold. A number under a
        percent format is none that people see: they see 4500 % where 45 was typed before.
    """
    if cell.kind is CellKind.DATE and holds is not Holds.MOMENT:
        message = (
            Text("the cell holds the time {value}", value=cell.text)
            if "-" not in cell.text
            else Text("the cell holds the date {value}", value=cell.text)
        )
        return "date-cell", message
    if cell.kind is CellKind.TRUTH and holds is not Holds.TRUTH:
        return "truth-cell", Text("the cell holds a truth value of Excel")
    if cell.is_percent and holds is not Holds.PERCENT:
        return "percent-cell", Text("the cell holds the percentage {value} %", value=cell.text)
    return None


@attrs.define(eq=False)
class SheetRows:
    """Makes rows of the cells below a header.

    Attributes:
        grid: the sheet.
        header: row of its header.
        fields: field by column, None for unknown headers; every filled cell below has a header.
        columns: those that the table may have.
        formulas: what becomes of cells that hold a formula.
        log: gets every fault and warning.
        unread: filled cells that belong to no row, when `read` is done.
    """

    grid: Grid
    header: int
    fields: Mapping[int, str | None]
    columns: Columns
    formulas: FormulaPolicy
    log: InputLog
    unread: int = attrs.field(default=0, init=False)
    _reckoned: list[Source] = attrs.field(factory=list, init=False)
    _letters: dict[int, str] = attrs.field(factory=dict, init=False)

    def read(self) -> tuple[Row, ...]:
        """Give the rows that are not blank; those with a cell at fault are refused already."""
        self._letters = {column: column_letters(column) for column in self.fields}
        rows = tuple(
            row
            for number, cells in self.grid.rows.items()
            if number > self.header and (row := self._row(number, cells))
        )
        self._refuse_hidden(rows)
        self._warn_of_formulas()
        return rows

    def _row(self, number: int, cells: Mapping[int, str]) -> Row | None:
        known = {column: field for column in cells if (field := self.fields[column])}
        self.unread += len(cells) - len(known)
        if self._is_total(cells, known):
            self.unread += len(known)
            message = Text("the row seems to sum up the others")
            hint = Text("remove it, or fill in what is missing if it is one of them")
            self.log.fault("total-row", self.grid.at_row(number), message, hint)
            return None
        spoiled = {f for c, f in known.items() if self._is_refused(number, c, f)}
        texts = {f: cells[c] for c, f in known.items() if cells[c] or f in spoiled}
        headers = {f: f"{self._letters[c]}{number}" for c, f in self.fields.items() if f}
        row = Row(texts, self.log, self.grid.file, number, headers, self.grid.sheet.name)
        row.spoiled, row.refused = spoiled, bool(spoiled)
        return row if texts else None

    def _is_refused(self, number: int, column: int, field: str) -> bool:
        cell = self.grid.cell(number, column)
        if cell.kind in _PLAIN_KINDS and cell.formula is None and not cell.is_percent:
            return False  # nearly all of them
        where = self.grid.at(number, column)
        if refuse_cell(cell, where, self.formulas, self.log):
            return True
        if odd := misfit(cell, self.columns.holds(field)):
            code, message = odd
            self.log.fault(code, where, message, _REMEDIES[code])
            return True
        if cell.formula is not None:
            self._reckoned.append(where)
        return False

    def _is_total(self, cells: Mapping[int, str], known: Mapping[int, str]) -> bool:
        if self.columns.required <= set(known.values()):
            return False
        words = (cells[column].split(maxsplit=1) for column in known)
        return any(word and fold_header(word[0]) in _TOTALS for word in words)

    def _refuse_hidden(self, rows: tuple[Row, ...]) -> None:
        hidden = [row for row in rows if row.first_line in self.grid.sheet.hidden_rows]
        for row in hidden:
            row.refused = True
        if hidden:
            numbers = [row.first_line for row in hidden]
            message = Text("hidden or filtered rows hold values: {rows}", rows=runs(numbers))
            hint = Text("clear the filter or unhide the rows and check them, or remove them")
            self.log.fault("hidden-row", self.grid.at_row(numbers[0]), message, hint)

    def _warn_of_formulas(self) -> None:
        if self._reckoned:
            message = Text(
                "{n} formulas are read by the value that was saved last", n=len(self._reckoned)
            )
            self.log.warn("formulas-read", self._reckoned[0], message)  # noqa: PLE1205  # no logger

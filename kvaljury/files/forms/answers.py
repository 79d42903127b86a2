"""Cells of a form to rows of answers, each with its address."""

from __future__ import annotations

from collections.abc import Mapping
from unicodedata import normalize

import attrs

from kvaljury.core.model import FormulaPolicy
from kvaljury.errors import Text
from kvaljury.files.characters import SPACES, quoted
from kvaljury.files.forms.template import TemplateRow
from kvaljury.files.log import InputLog
from kvaljury.files.tables import Row, Table
from kvaljury.files.workbooks.contents import Cell, Sheet, cell_reference
from kvaljury.files.workbooks.sheet_rows import misfit, refuse_cell

_NUMBERS = frozenset({"mark"})


@attrs.define(eq=False)
class AnswerRow(Row):
    """A row of a form: what it is about, as the form knows, and what people answered.

    Attributes:
        filled: number of cells to answer in that are not blank.
    """

    filled: int = attrs.field(default=0, init=False)


@attrs.define(eq=False)
class AnswerTable(Table):
    """Rows of one kind of a form; its cells are the cells to answer in."""

    def note_tally(self, log: InputLog) -> None:
        """Note how many answers were accepted, blank and refused, when all have been read."""
        rows = [row for row in self.rows if isinstance(row, AnswerRow)]
        filled = sum(row.filled for row in rows)
        accepted = sum(row.filled for row in rows if not row.refused)
        log.tally(self.file, self.cells, accepted, self.cells - filled, filled - accepted)


def is_blank(cell: Cell | None) -> bool:
    """Tell whether people see nothing in a cell and nothing is reckoned there."""
    return cell is None or (cell.formula is None and not cell.text.strip(SPACES))


@attrs.frozen
class AnswerReader:
    """Reads the answers of one form.

    Attributes:
        file: its address.
        formulas: what becomes of cells that hold a formula.
        log: gets every fault and warning.
    """

    file: str
    formulas: FormulaPolicy
    log: InputLog

    def read(self, sheet: Sheet, line: TemplateRow, known: Mapping[str, str]) -> AnswerRow:
        """Read the answers of a row.

        Args:
            sheet: of the form.
            line: what stands where in it.
            known: what the row is about, as cells by field.

        Returns:
            The row, refused where one of its cells was.
        """
        places = {field: cell_reference(line.row, c) for c, field in line.answers.items()}
        first = next(iter(places.values()))
        headers = {**dict.fromkeys(["", *known], first), **places}
        cells: dict[str, object] = dict(known)
        row = AnswerRow(cells, self.log, self.file, line.row, headers, sheet.name)
        row.basis = line.basis
        spoiled: set[str] = set()
        for column, field in line.answers.items():
            cell = sheet.cells.get((line.row, column))
            if cell is not None and not is_blank(cell):
                row.filled += 1
                if self._is_sure(row, field, cell):
                    cells[field] = normalize("NFC", cell.text.strip(SPACES))
                else:
                    spoiled.add(field)
        row.spoiled = spoiled
        return row

    def _is_sure(self, row: AnswerRow, field: str, cell: Cell) -> bool:
        where = row.where(field)
        if refuse_cell(cell, where, self.formulas, self.log):
            row.refused = True
            return False
        if odd := misfit(cell):
            row.fault(field, *odd, _hint(field))
            return False
        if cell.formula is not None:
            said = Text("the formula ={formula} is read by the value that was saved last",
                        formula=quoted(cell.formula))  # fmt: skip
            self.log.warn("formulas-read", where, said)  # noqa: PLE1205  # no logger
        return True


def _hint(field: str) -> Text:
    if field in _NUMBERS:
        return Text(
            "clear the cell with Clear all, and type the mark as a number on the scale beside it"
        )
    return Text("format the cell as text, and type the answer anew")

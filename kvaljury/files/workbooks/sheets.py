"""The XML of a sheet to the sheet: cells, merged ranges, and what people do not see."""

from __future__ import annotations

from kvaljury.errors import Source, Text
from kvaljury.files.log import InputLog
from kvaljury.files.workbooks.cells import Budget, CellData, is_set, is_zero
from kvaljury.files.workbooks.contents import Merged, Sheet, Visibility, cell_reference
from kvaljury.files.workbooks.markup import (
    Attributes,
    Element,
    MarkupFault,
    named,
    natural,
    skipping,
    walk,
)
from kvaljury.files.workbooks.packages import broken_part
from kvaljury.files.workbooks.references import LAST_COLUMN, overlapping, parse_range
from kvaljury.files.workbooks.styles import MAIN
from kvaljury.files.workbooks.values import Readings

_MOST_MERGED = 100_000
_MUST_UNDERSTAND = "http://schemas.openxmlformats.org/markup-compatibility/2006 MustUnderstand"
_CELL_NAMES = ("sheetData", "row", "c", "v", "cols", "col", "mergeCells", "mergeCell")


class SheetReader:
    """Reads the sheets of one workbook, one after the other."""

    def __init__(self, file: str, readings: Readings, log: InputLog) -> None:
        self._file = file
        self._readings = readings
        self._log = log
        self._budget = Budget()

    def read(self, content: bytes, name: str, visibility: Visibility) -> Sheet:
        """Read a sheet.

        Args:
            content: its part.
            name: as on its tab.
            visibility: whether people see it.

        Returns:
            What stands in it; where the log got faults, what could be read.

        Raises:
            InputFault: where reading had to stop.
        """
        data = CellData(self._readings, self._budget, self._reporter(name))
        shape = _Shape(data)
        try:
            walk(content, named(MAIN, {"worksheet": shape.element()}))
            cells = data.finish()
            shape.check()
        except MarkupFault as fault:
            where = Source(self._file, data.row, "", name)
            raise broken_part(fault.message, where, fault.code) from fault
        return Sheet(
            name,
            visibility,
            cells,
            tuple(shape.merged),
            frozenset(data.hidden_rows),
            frozenset(shape.hidden_columns),
        )

    def _reporter(self, name: str) -> _Report:
        return _Report(self._file, name, self._log)


class _Report:
    """Notes the faults of a sheet's cells."""

    def __init__(self, file: str, sheet: str, log: InputLog) -> None:
        self._file = file
        self._sheet = sheet
        self._log = log

    def __call__(self, row: int, column: int, message: Text, code: str) -> None:
        detail = cell_reference(row, column) if column else ""
        fault = broken_part(message, Source(self._file, row, detail, self._sheet), code)
        fault.hint = Text("type the cell anew in Excel and save the file")
        self._log.faults.append(fault)


class _Shape:
    """Takes what stands in a sheet around its cells."""

    def __init__(self, data: CellData) -> None:
        self.merged: list[Merged] = []
        self.hidden_columns: set[int] = set()
        self._data = data
        self._columns = 0
        self._tables = 0

    def element(self) -> Element:
        """Make the element of the whole sheet."""
        skipped = skipping(*named(MAIN, dict.fromkeys(_CELL_NAMES, Element())))
        cells = self._data.element()
        cells.begin = self._begin_cells
        cells.end = self._end_cells
        children = {
            "sheetFormatPr": Element({}, skipped, begin=self._begin_format),
            "cols": Element(named(MAIN, {"col": Element(begin=self._begin_column)})),
            "sheetData": cells,
            "mergeCells": Element(named(MAIN, {"mergeCell": Element(begin=self._begin_merged)})),
        }
        return Element(named(MAIN, children), skipped, begin=_begin_sheet)

    def check(self) -> None:
        """Refuse a sheet without cell data, and merged cells that overlap."""
        if not self._tables:
            raise MarkupFault(Text("the sheet has no cell data"))
        pair = overlapping(self.merged)
        if pair:
            first, second = (cell_reference(one.first_row, one.first_column) for one in pair)
            raise MarkupFault(
                Text("the merged cells at {first} and {second} overlap", first=first, second=second)
            )

    def _begin_cells(self, _: Attributes) -> None:
        self._tables += 1
        if self._tables > 1:
            raise MarkupFault(Text("the sheet has cell data twice"))

    def _end_cells(self, _: str) -> None:
        self._data.row = 0

    def _begin_format(self, attributes: Attributes) -> None:
        self._data.has_zero_height = is_zero(attributes.get("defaultRowHeight", ""))

    def _begin_column(self, attributes: Attributes) -> None:
        first, last = (natural(attributes.get(name, "")) for name in ("min", "max"))
        if first is None or last is None:
            raise MarkupFault(Text("a column has no number"))
        self._columns += last - first + 1
        if not 1 <= first <= last <= LAST_COLUMN or self._columns > LAST_COLUMN:
            said = {"first": str(first), "last": str(last)}
            raise MarkupFault(Text("columns {first}-{last} cannot be", **said))
        if is_set(attributes, "hidden") or is_zero(attributes.get("width", "")):
            self.hidden_columns.update(range(first, last + 1))

    def _begin_merged(self, attributes: Attributes) -> None:
        merged = parse_range(attributes.get("ref", ""))
        if merged is None:
            raise MarkupFault(Text("merged cells have no reference"))
        self.merged.append(merged)
        if len(self.merged) > _MOST_MERGED:
            message = Text("the sheet has over {limit} merged ranges", limit=_MOST_MERGED)
            raise MarkupFault(message, "too-large")


def _begin_sheet(attributes: Attributes) -> None:
    if attributes.get(_MUST_UNDERSTAND, "").strip():
        raise MarkupFault(Text("the sheet uses extensions that are needed to understand it"))

"""Sheets of a workbook to rows of cells by field, just as a CSV file gives them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import attrs

from kvaljury.core.model import FormulaPolicy
from kvaljury.errors import Source, Text
from kvaljury.files.header_rows import Line, header_fields
from kvaljury.files.headers import Column, Columns
from kvaljury.files.log import InputLog
from kvaljury.files.tables import Table
from kvaljury.files.workbooks.contents import Visibility, Workbook
from kvaljury.files.workbooks.grids import Grid, column_letters, range_of, reaches, runs
from kvaljury.files.workbooks.opening import open_workbook
from kvaljury.files.workbooks.sheet_rows import SheetRows, refuse_cell

_HEADER_WITHIN = 30
"""Rows in which a header is looked for; a heading, a date and a few lines may stand above it."""

_Fields = Mapping[int, str | None]


@attrs.frozen
class _Desk:
    """What the sheets of a workbook are read by."""

    columns: Columns
    formulas: FormulaPolicy
    log: InputLog


def read_workbook_table(
    path: Path, file: str, columns: Columns, formulas: FormulaPolicy, log: InputLog
) -> Table | None:
    """Read all sheets of a workbook as one table.

    Args:
        path: where it lies.
        file: its address relative to the edition folder.
        columns: the columns that its sheets may have.
        formulas: what becomes of cells that hold a formula.
        log: gets the hash, and every fault and warning.

    Returns:
        The rows in the order of the tabs, each with its sheet and cell; None where no sheet
        can be read.

    Raises:
        DiskFault: if the file is there but cannot be read.
    """
    workbook = open_workbook(path, file, log)
    found = [] if workbook is None else _read(workbook, _Desk(columns, formulas, log))
    tables = [table for table in found if table]
    if not tables:
        return None
    return Table(
        file,
        tuple(row for table in tables for row in table.rows),
        sum(table.cells for table in tables),
        sum(table.unread for table in tables),
        is_whole=len(tables) == len(found),
    )


def sheet_tables(
    workbook: Workbook, columns: Columns, formulas: FormulaPolicy, log: InputLog
) -> list[Table]:
    """Read each sheet of a workbook that holds cells.

    Args:
        workbook: what stands in it.
        columns: the columns that its sheets may have.
        formulas: what becomes of cells that hold a formula.
        log: gets every fault and warning, and the tally of the sheets that are refused.

    Returns:
        A table for each sheet with a header in order, in the order of the tabs.
    """
    return [table for table in _read(workbook, _Desk(columns, formulas, log)) if table]


def _read(workbook: Workbook, desk: _Desk) -> list[Table | None]:
    grids = [Grid.of(workbook.file, sheet) for sheet in workbook.sheets]
    filled = [grid for grid in grids if grid.rows]
    if not filled:
        message = Text("the workbook is empty; a header was expected")
        desk.log.fault("empty-file", Source(workbook.file), message)
    return [_read_sheet(grid, desk) for grid in filled]


def _read_sheet(grid: Grid, desk: _Desk) -> Table | None:
    header = _find_header(grid, desk.columns)
    fields: _Fields | None = None
    if grid.sheet.visibility is not Visibility.VISIBLE:
        header = None
        message = Text("the sheet is hidden and holds {n} cells", n=grid.count())
        hint = Text("unhide the sheet and check it, or remove it")
        desk.log.fault("hidden-sheet", grid.whole(), message, hint)
    elif header is None:
        _refuse_headless(grid, desk)
    else:
        fields = _read_header(grid, header, desk)
    if header is None or fields is None:
        _note_refused(grid, header, desk.log)
        return None
    _look_above(grid, header, fields, desk)
    return _table(grid, header, fields, desk)


def _find_header(grid: Grid, columns: Columns) -> int | None:
    """Give the first row with all columns that are required, or else with most known ones."""
    best, most = None, 0
    for row, cells in grid.rows.items():
        if row > _HEADER_WITHIN:
            break
        if columns.are_required_in(cells.values()):
            return row
        known = {columns.field_of(text) for text in cells.values()} - {None}
        if len(known) > most:
            best, most = row, len(known)
    return best


def _refuse_headless(grid: Grid, desk: _Desk) -> None:
    names = ", ".join(c.swedish[0] if c.swedish else c.field for c in _required(desk.columns))
    fields = ", ".join(c.field for c in _required(desk.columns))
    message = Text(
        "no row among the first {limit} is a header; the columns {fields} were expected",
        limit=_HEADER_WITHIN,
        fields=fields,
    )
    hint = Text("write the headers {names} above the cells, or remove the sheet", names=names)
    desk.log.fault("no-header", grid.whole(), message, hint)


def _required(columns: Columns) -> Iterator[Column]:
    return (column for column in columns.columns if column.is_required)


def _look_above(grid: Grid, header: int, fields: _Fields, desk: _Desk) -> None:
    """Warn of titles above the header, and refuse rows there that look like those below it."""
    above = [row for row in grid.rows if row < header]
    data = [row for row in above if _is_data(grid.rows[row], fields, desk.columns)]
    if data:
        message = Text(
            "rows above the header, which is row {header}, hold what belongs below it: {rows}",
            header=header,
            rows=runs(data),
        )
        hint = Text(
            "move the header above them, and sort only the rows below it; remove what is a title"
        )
        desk.log.fault("rows-above-header", grid.at_row(data[0]), message, hint)
        filled = sum(len(grid.rows[row]) for row in data)
        desk.log.tally(grid.file, filled, 0, 0, filled)
    elif above:
        message = Text(
            "the rows above the header, which is row {header}, are not read: {rows}",
            header=header,
            rows=runs(above),
        )
        desk.log.warn("title-rows", grid.at_row(above[0]), message)  # noqa: PLE1205  # no logger


def _is_data(cells: Mapping[int, str], fields: _Fields, columns: Columns) -> bool:
    """Tell whether a row fills as many columns as are required; a title alone fills one."""
    filled = [column for column in cells if fields.get(column)]
    return len(filled) >= len(columns.required)


def _read_header(grid: Grid, header: int, desk: _Desk) -> _Fields | None:
    """Give the field of each column that has a header, None for unknown ones; None if faulty."""
    faults_before = len(desk.log.faults)
    cells = grid.rows[header]
    columns = tuple(cells)
    line = Line(header, tuple(cells.values()), len(cells))
    for column in columns:
        cell = grid.cell(header, column)
        refuse_cell(cell, grid.at(header, column), desk.formulas, desk.log)
    fields = header_fields(
        line, (), grid.file, desk.columns, desk.log, place=lambda i: grid.at(header, columns[i])
    )
    by_column = dict(zip(columns, fields or [None] * len(columns), strict=True))
    _refuse_nameless(grid, header, desk.log)
    _refuse_merged(grid, header, desk.log)
    _refuse_hidden(grid, header, by_column, desk.log)
    return by_column if len(desk.log.faults) == faults_before else None


def _refuse_nameless(grid: Grid, header: int, log: InputLog) -> None:
    first: dict[int, int] = {}
    for row, cells in grid.rows.items():
        for column in cells if row > header else ():
            first.setdefault(column, row)
    for column in sorted(first.keys() - grid.rows[header].keys()):
        message = Text("column {column} has cells but no header", column=column_letters(column))
        hint = Text("give it a header, or empty its cells")
        log.fault("nameless-column", grid.at(first[column], column), message, hint)


def _refuse_merged(grid: Grid, header: int, log: InputLog) -> None:
    rows = [row for row in grid.rows if row >= header]
    columns = list(grid.rows[header])
    for merged in grid.sheet.merged:
        if reaches(merged, rows, columns):
            message = Text("the cells {range} of the table are merged", range=range_of(merged))
            hint = Text("unmerge them, and write in each cell what holds for it")
            where = grid.at(merged.first_row, merged.first_column)
            log.fault("merged-cells", where, message, hint)


def _refuse_hidden(grid: Grid, header: int, fields: _Fields, log: InputLog) -> None:
    """Refuse a hidden header, and hidden columns of known fields that hold anything."""
    if header in grid.sheet.hidden_rows:
        message = Text("the header stands on a hidden row")
        log.fault("hidden-row", grid.at_row(header), message, Text("unhide the row"))
    hidden = [column for column, field in fields.items() if field is not None]
    hidden = [column for column in hidden if column in grid.sheet.hidden_columns]
    filled = {c for row, cells in grid.rows.items() if row > header for c in cells}
    for column in hidden:
        if column in filled:
            message = Text("the column {column} is hidden", column=column_letters(column))
            hint = Text("unhide the column and check it, or remove it")
            log.fault("hidden-column", grid.at(header, column), message, hint)


def _note_refused(grid: Grid, header: int | None, log: InputLog) -> None:
    """Count the cells of a sheet of which nothing is read: those below a header, or all."""
    above = header or 0
    named = grid.rows[header].keys() if header else set[int]()
    body = {row: cells for row, cells in grid.rows.items() if row > above}
    filled = sum(map(len, body.values()))
    under = sum(len(cells.keys() & named) for cells in body.values())
    blank = (max(body, default=above) - above) * len(named) - under
    log.tally(grid.file, filled + blank, 0, blank, filled)


def _table(grid: Grid, header: int, fields: _Fields, desk: _Desk) -> Table:
    """Make the rows below a header that is in order."""
    reading = SheetRows(grid, header, fields, desk.columns, desk.formulas, desk.log)
    rows = reading.read()
    area = (max(grid.rows) - header) * len(fields)
    return Table(grid.file, rows, area, reading.unread)

"""Cells of forms by the names that people give them."""

from __future__ import annotations

import re

from kvaljury.files.workbooks.contents import Sheet, Workbook, cell_reference


def place_of(reference: str) -> tuple[int, int]:
    """Give row and column of a reference such as ``F12``."""
    found = re.fullmatch(r"([A-Z]+)([0-9]+)", reference)
    assert found
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(found[2]), column


def row_of(workbook: Workbook, sheet: str, key: str) -> int:
    """Give the row whose hidden key ends as asked for."""
    found = sheet_of(workbook, sheet)
    rows = [r for (r, c), cell in found.cells.items() if c == 1 and cell.text.endswith(key)]
    assert len(rows) == 1, rows
    return rows[0]


def cell_of(workbook: Workbook, sheet: str, key: str, column: int) -> str:
    """Give the reference of a cell in the row of a key."""
    return cell_reference(row_of(workbook, sheet, key), column)


def sheet_of(workbook: Workbook, name: str) -> Sheet:
    """Give a sheet that must be there."""
    found = workbook.sheet(name)
    assert found is not None
    return found

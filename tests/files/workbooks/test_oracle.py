"""Over the corpora every cell agrees with openpyxl's, or the disagreement is explained."""

from __future__ import annotations

import datetime
import io
import tomllib
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kvaljury.files.log import InputLog
from kvaljury.files.workbooks.contents import (
    Cell,
    CellKind,
    Merged,
    Sheet,
    Workbook,
    cell_reference,
)
from kvaljury.files.workbooks.reading import read_workbook

CORPORA = Path(__file__).resolve().parents[4] / "shared/corpora"
LISTED = Path(__file__).with_name("disagreements.toml")
FOLDERS = ("calamine-xlsx", "crafted", "poi-nasty")

needs_corpora = pytest.mark.skipif(
    not CORPORA.is_dir(), reason="the corpora beside the project are absent"
)


def workbook_files(folder: str) -> list[Path]:
    """Every file of a corpus whose name says that Excel opens it."""
    paths = sorted((CORPORA / folder).glob("*"))
    return [path for path in paths if path.suffix in {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}]


def by_openpyxl(content: bytes, *, values: bool) -> Any:
    """Read with the oracle; its warnings are about what it will not write back."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def disagreements(path: Path) -> Iterator[tuple[str, str]]:
    """Give sheet and kind of each disagreement over a file; the sheet is empty for the file."""
    content = path.read_bytes()
    log = InputLog()
    ours = read_workbook(content, path.name, log)
    try:
        formulas = by_openpyxl(content, values=False)
        theirs = by_openpyxl(content, values=True) if has_formulas(ours, formulas) else formulas
    except Exception as error:  # whatever the oracle raises
        if ours:
            yield "", f"only openpyxl refuses it: {type(error).__name__}"
        return
    if ours is None:
        codes = ", ".join(sorted({fault.code for fault in log.faults}))
        yield "", f"only kvaljury refuses it: {codes}"
        return
    yield from sheets_that_differ(ours, theirs, formulas)


def has_formulas(ours: Workbook | None, theirs: Any) -> bool:
    """Tell whether either has found one; without any, a second reading would tell the same."""
    own = (cell.formula for sheet in (ours.sheets if ours else ()) for cell in sheet.cells.values())
    others = (cell.data_type for sheet in theirs.worksheets for cell in sheet._cells.values())
    return any(formula is not None for formula in own) or "f" in others


def sheets_that_differ(ours: Workbook, theirs: Any, formulas: Any) -> Iterator[tuple[str, str]]:
    names = [sheet.title for sheet in theirs.worksheets]
    own = [sheet.name for sheet in ours.sheets]
    if names != own:
        yield "", f"sheets {', '.join(own)} | {', '.join(names)}"
    for sheet in ours.sheets:
        if sheet.name in names:
            kinds = defaultdict(list)
            for place, kind in things_that_differ(sheet, theirs[sheet.name], formulas[sheet.name]):
                kinds[kind].append(place)
            for kind, places in kinds.items():
                yield sheet.name, f"{', '.join(places)}: {kind}"


def things_that_differ(sheet: Sheet, theirs: Any, formulas: Any) -> Iterator[tuple[str, str]]:
    """Give place and kind of what differs in a sheet: values, formulas, and what is not seen."""
    for place in sorted({*sheet.cells, *theirs._cells, *formulas._cells}):
        cell = sheet.cells.get(place)
        for kind in (
            value_differs(cell, theirs._cells.get(place)),
            formula_differs(cell, formulas._cells.get(place)),
        ):
            if kind:
                yield cell_reference(*place), kind
    ranges = sorted(m.bounds for m in theirs.merged_cells.ranges)
    if ranges != sorted(bounds(merged) for merged in sheet.merged):
        yield "sheet", "merged cells"
    if sheet.visibility.replace("_h", "H") != theirs.sheet_state:
        yield "sheet", "visibility"
    if not {row for row, one in theirs.row_dimensions.items() if one.hidden} <= sheet.hidden_rows:
        yield "sheet", "hidden rows"
    if not hidden_columns(theirs) <= sheet.hidden_columns:
        yield "sheet", "hidden columns"


def bounds(merged: Merged) -> tuple[int, int, int, int]:
    return merged.first_column, merged.first_row, merged.last_column, merged.last_row


def hidden_columns(theirs: Any) -> set[int]:
    hidden = (one for one in theirs.column_dimensions.values() if one.hidden)
    return {column for one in hidden for column in range(one.min, one.max + 1)}


def value_differs(cell: Cell | None, theirs: Any) -> str | None:
    """Say in a few words what differs; a formula without value is None to openpyxl."""
    value = None if theirs is None else theirs.value
    if cell is None or cell.kind is CellKind.EMPTY:
        return None if value in (None, "") else f"nothing | {value!r}"
    kind, text = said(value, theirs.data_type) if value is not None else (None, "nothing")
    unscaled = f"{Decimal(cell.text).scaleb(-2).normalize():f}" if cell.is_percent else None
    own = unscaled or cell.text
    if (cell.kind, own) == (kind, text) or (cell.formula is not None and not own and value is None):
        return None
    return f"{cell.kind} {own!r} | {text!r}"


def said(value: Any, data_type: str) -> tuple[CellKind, str]:
    if data_type == "e":
        return CellKind.ERROR, value
    if isinstance(value, bool):
        return CellKind.TRUTH, str(value).lower()
    if isinstance(value, int | float):
        return CellKind.NUMBER, f"{Decimal(f'{value:.15g}').normalize() + 0:f}"
    if isinstance(value, str):
        return CellKind.TEXT, value
    return CellKind.DATE, moment(value)


def moment(value: Any) -> str:
    if isinstance(value, datetime.timedelta):
        seconds = round(value.total_seconds() * 1000) / 1000
        whole = int(seconds)
        return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
    if isinstance(value, datetime.time):
        text = value.isoformat("milliseconds").removesuffix(".000")
        return text.removesuffix(":00") if len(text) == 8 else text
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ", "milliseconds").removesuffix(".000").removesuffix(" 00:00:00")
    return str(value.isoformat())


def formula_differs(cell: Cell | None, theirs: Any) -> str | None:
    has = theirs is not None and theirs.data_type == "f"
    own = None if cell is None else cell.formula
    if own == "…" or (own is None and not has):
        return None
    text = getattr(theirs.value, "text", theirs.value) if has else None
    if own is None or text is None or str(text).removeprefix("=") != own:
        return f"formula {own!r} | {text!r}"
    return None


def listed() -> Counter[tuple[str, str, str]]:
    entries = tomllib.loads(LISTED.read_text("utf-8"))["disagreements"]
    return Counter((one["file"], one["sheet"], one["what"]) for one in entries)


def test_every_disagreement_is_explained_in_a_sentence_and_stands_once():
    entries = tomllib.loads(LISTED.read_text("utf-8"))["disagreements"]
    assert all(set(one) == {"file", "sheet", "what", "why"} for one in entries)
    assert all(one["why"].endswith(".") and len(one["why"]) > 30 for one in entries)
    assert set(listed().values()) == {1}


@needs_corpora
@pytest.mark.parametrize("folder", FOLDERS)
def test_every_cell_agrees_with_openpyxl_or_is_listed(folder):
    found = {
        (f"{folder}/{path.name}", sheet, what)
        for path in workbook_files(folder)
        for sheet, what in disagreements(path)
    }
    known = {one for one in listed() if one[0].startswith(f"{folder}/")}
    assert sorted(found - known) == [], "not listed"
    assert sorted(known - found) == [], "stale"


@needs_corpora
@pytest.mark.parametrize("folder", FOLDERS)
def test_each_file_is_read_or_refused_with_an_address_and_a_remedy(folder):
    for path in workbook_files(folder):
        log = InputLog()
        workbook = read_workbook(path.read_bytes(), path.name, log)
        assert (workbook is None) is bool(log.faults), path.name
        for fault in log.faults:
            assert fault.where is not None, path.name
            assert fault.where.file == path.name
            assert fault.hint is not None, path.name


@needs_corpora
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("appended-junk", "broken-package"),
        ("bitflip-score-3-to-7", "broken-package"),
        ("cell-1e400", "bad-cell"),
        ("cell-dup", "double-cell"),
        ("cell-inf", "bad-cell"),
        ("cell-nan-text", "bad-cell"),
        ("csv-as", "wrong-file-type"),
        ("empty", "empty-file"),
        ("entity-expansion-sheet", "document-type"),
        ("html-as", "wrong-file-type"),
        ("prepended-junk", "broken-package"),
        ("truncated", "broken-package"),
        ("truncated-half", "broken-package"),
        ("xxe-sheet", "document-type"),
        ("zip-slip", "broken-package"),
    ],
)
def test_a_crafted_file_is_refused_for_what_is_wrong_with_it(name, code, log):
    assert read_workbook((CORPORA / f"crafted/{name}.xlsx").read_bytes(), name, log) is None
    assert [fault.code for fault in log.faults] == [code]


@needs_corpora
@pytest.mark.parametrize(
    ("name", "kind", "text"),
    [
        ("cell-17digits", "number", "3"),
        ("cell-arabic-digit", "text", "٤"),
        ("cell-date", "date", "2026-05-04"),
        ("cell-error-div0", "error", "#DIV/0!"),
        ("cell-negzero", "number", "0"),
        ("cell-text-apostrophe", "text", "4"),
        ("cell-text-comma", "text", "4,5"),
        ("cell-text-minus", "text", "−4"),
        ("ok", "number", "3"),
    ],
)
def test_a_crafted_cell_is_read_as_people_see_it(name, kind, text, log):
    content = (CORPORA / f"crafted/{name}.xlsx").read_bytes()
    cell = read_workbook(content, name, log).sheets[0].cells[4, 2]
    assert (str(cell.kind), cell.text) == (kind, text)

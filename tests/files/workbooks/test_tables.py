"""Sheets give the rows that CSV gives, every cell counted, and nothing doubtful is read."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.model import FormulaPolicy
from kvaljury.files.headers import CONSENSUS, ENTRIES, MARKS, PROPOSALS, Columns
from kvaljury.files.log import CellTally, InputLog
from kvaljury.files.tables import Row, Table, parse_table
from kvaljury.files.workbooks.contents import (
    Cell,
    CellKind,
    Merged,
    Sheet,
    Visibility,
    Workbook,
    cell_reference,
)
from kvaljury.files.workbooks.tables import read_workbook_table, sheet_tables

Value = str | bool | int | Cell | None
FILE = "marks/all.xlsx"
HEADER = ["Bidrag", "Examinator", "Fråga", "Poäng", "Kommentar"]
GOOD = ["F01", "E01", 1, 45, "Bra"]


def special(kind: CellKind, text: str, formula: str | None = None) -> Cell:
    return Cell(1, 1, kind, text, formula)


ERROR = special(CellKind.ERROR, "#N/A")
DATE = special(CellKind.DATE, "2025-05-04")


def formula(text: str, kind: CellKind = CellKind.NUMBER) -> Cell:
    return special(kind, text, "A1*2")


def cell(row: int, column: int, value: Value) -> Cell:
    match value:
        case Cell():
            return Cell(row, column, value.kind, value.text, value.formula, value.is_percent)
        case bool():
            return Cell(row, column, CellKind.TRUTH, str(value).lower())
        case int():
            return Cell(row, column, CellKind.NUMBER, str(value))
        case _:
            return Cell(row, column, CellKind.TEXT, str(value))


def sheet(
    rows: Sequence[Sequence[Value]],
    name: str = "Blad1",
    visibility: Visibility = Visibility.VISIBLE,
    *,
    merged: Sequence[Merged] = (),
    hidden_rows: Sequence[int] = (),
    hidden_columns: Sequence[int] = (),
) -> Sheet:
    cells = {
        (r, c): cell(r, c, value)
        for r, row in enumerate(rows, start=1)
        for c, value in enumerate(row, start=1)
        if value is not None
    }
    return Sheet(
        name,
        visibility,
        cells,
        tuple(merged),
        frozenset(hidden_rows),
        frozenset(hidden_columns),
    )


def tables_of(
    *sheets: Sheet,
    log: InputLog,
    columns: Columns = MARKS,
    formulas: FormulaPolicy = FormulaPolicy.REFUSE,
) -> list[Table]:
    tables = sheet_tables(Workbook(FILE, sheets, "0" * 64), columns, formulas, log)
    for table in tables:
        table.note_tally(log)
    return tables


def rows_of(*sheets: Sheet, log: InputLog, **options: FormulaPolicy) -> list[Row]:
    return [row for table in tables_of(*sheets, log=log, **options) for row in table.rows]


def faults(log: InputLog) -> list[str]:
    return [str(fault) for fault in log.faults]


def warnings(log: InputLog) -> list[str]:
    return [str(warning) for warning in log.warnings]


def test_cells_are_read_by_field_with_the_address_of_each(log: InputLog) -> None:
    (row,) = rows_of(sheet([HEADER, GOOD]), log=log)
    assert row.cells == {
        "entry": "F01",
        "examiner": "E01",
        "question": "1",
        "mark": "45",
        "comment": "Bra",
    }
    assert str(row.where("mark")) == "marks/all.xlsx: sheet Blad1, cell D2"
    assert str(row.where("entry")) == "marks/all.xlsx: sheet Blad1, cell A2"
    assert str(row.where()) == "marks/all.xlsx: sheet Blad1, row 2"
    assert row.where().said().sv == "{file}: blad {sheet}, rad {row}"
    assert log.tallies == [CellTally(FILE, cells=5, accepted=5, blank=0, refused=0)]
    assert log.faults == log.warnings == []


def test_a_blank_cell_has_an_address_too(log: InputLog) -> None:
    (row,) = rows_of(sheet([HEADER, [None, "E01", 1, 45]]), log=log)
    row.require("entry")
    assert faults(log) == ["marks/all.xlsx: sheet Blad1, cell A2: entry is empty"]


def test_the_last_row_that_holds_anything_ends_the_table(log: InputLog) -> None:
    rows = [HEADER, GOOD, [], [" ", "\u00a0"], ["F02", "E01", 1], [None, "  "]]
    tables_of(sheet(rows), log=log)
    assert log.tallies == [CellTally(FILE, cells=20, accepted=8, blank=12, refused=0)]


def test_texts_are_trimmed_and_composed_as_in_csv(log: InputLog) -> None:
    (row,) = rows_of(sheet([HEADER, ["\u00a0F01 ", "E01", 1, 45, "A\u030angen"]]), log=log)
    assert (row.cells["entry"], row.cells["comment"]) == ("F01", "Ången")


def test_numbers_and_truth_values_are_the_words_that_csv_has(log: InputLog) -> None:
    header = ["Nr", "Verksamhet", "Klass", "Budgetansvar", "Personalansvar", "Bidrag inkom"]
    received = special(CellKind.DATE, "2025-05-06 10:00:00")
    (table,) = tables_of(
        sheet([header, [12, "A", "skola", True, False, received]]), log=log, columns=ENTRIES
    )
    (row,) = table.rows
    assert row.cells == {
        "id": "12",
        "name": "A",
        "class": "skola",
        "manager_budget": "true",
        "manager_staff": "false",
        "bid_received": "2025-05-06 10:00:00",
    }


@pytest.mark.parametrize(
    "title",
    [
        [["Anmälda bidrag 2025"], ["2025-05-07"], []],
        [["Bidrag"], []],
        [[], []],
        [["Bidrag", "Poäng"], ["Lista"]],
        [[None] * 9 + ["utskrivet"]] * 29,
    ],
)
def test_what_stands_above_the_header_is_told_once_and_not_read(
    title: Sequence[Sequence[Value]], log: InputLog
) -> None:
    (row,) = rows_of(sheet([*title, HEADER, GOOD]), log=log)
    assert row.first_line == len(title) + 2
    filled = [number for number, cells in enumerate(title, start=1) if cells]
    assert [warning.code for warning in log.warnings] == ["title-rows"] * bool(filled)
    assert log.tallies[0].cells == 5


def test_the_rows_above_the_header_are_named(log: InputLog) -> None:
    rows_of(sheet([["Lista"], ["2025"], [], ["utkast"], HEADER, GOOD]), log=log)
    assert warnings(log) == [
        "marks/all.xlsx: sheet Blad1, row 1: the rows above the header, which is row 5,"
        " are not read: 1–2, 4"
    ]


def test_of_two_headers_the_first_counts_and_the_second_is_data(log: InputLog) -> None:
    rows = rows_of(sheet([HEADER, GOOD, HEADER, GOOD]), log=log)
    assert [row.cells["entry"] for row in rows] == ["F01", "Bidrag", "F01"]


def test_a_header_below_the_thirtieth_row_is_not_looked_for(log: InputLog) -> None:
    assert tables_of(sheet([*[["rubrik"]] * 30, HEADER, GOOD]), log=log) == []
    assert faults(log) == [
        "marks/all.xlsx: sheet Blad1: no row among the first 30 is a header; the columns entry,"
        " examiner, question, mark were expected (write the headers bidrag, examinator, fråga,"
        " poäng above the cells, or remove the sheet)"
    ]
    assert log.tallies == [CellTally(FILE, cells=40, accepted=0, blank=0, refused=40)]


def test_the_row_with_most_known_headers_says_what_is_missing(log: InputLog) -> None:
    rows = [["Bidrag"], ["Bidrag", "Fråga", "Poäng", "Komentar"], ["F01", 1, None, 5], [None, 2]]
    assert tables_of(sheet(rows), log=log) == []
    assert faults(log) == [
        "marks/all.xlsx: sheet Blad1, cell A2: the column examiner is missing"
        " (accepted headers: examiner, examiner id, examinator, examinators-id)"
    ]
    assert warnings(log) == [
        'marks/all.xlsx: sheet Blad1, cell D2: the column "Komentar" is unknown and is not read'
        " (did you mean kommentar?)"
    ]
    assert log.tallies == [CellTally(FILE, cells=8, accepted=0, blank=4, refused=4)]


def test_cells_of_unknown_columns_are_refused_and_counted(log: InputLog) -> None:
    (row,) = rows_of(
        sheet([[*HEADER, "Väder", None], [*GOOD, "sol"], [None] * 5 + ["regn"]]), log=log
    )
    assert "sol" not in row.cells.values()
    assert log.tallies == [CellTally(FILE, cells=12, accepted=5, blank=5, refused=2)]


def test_doubtful_cells_of_columns_that_are_not_read_do_not_matter(log: InputLog) -> None:
    (row,) = rows_of(sheet([[*HEADER, "Väder"], [*GOOD, ERROR], [*GOOD, formula("1")]]), log=log)[
        :1
    ]
    assert not row.refused
    assert log.faults == []


def test_two_headers_that_mean_the_same_are_refused(log: InputLog) -> None:
    assert tables_of(sheet([[*HEADER, "Betyg"], [*GOOD, 5]]), log=log) == []
    assert faults(log) == [
        'marks/all.xlsx: sheet Blad1, cell F1: the columns "Poäng" and "Betyg" mean the same'
        " (keep one of them)"
    ]


def test_cells_without_a_header_are_refused(log: InputLog) -> None:
    rows = [HEADER, [*GOOD, None, "lös"], [*GOOD, None, "anteckning", "till"]]
    assert tables_of(sheet(rows), log=log) == []
    hint = "(give it a header, or empty its cells)"
    assert faults(log) == [
        f"marks/all.xlsx: sheet Blad1, cell G2: column G has cells but no header {hint}",
        f"marks/all.xlsx: sheet Blad1, cell H3: column H has cells but no header {hint}",
    ]
    assert log.tallies == [CellTally(FILE, cells=13, accepted=0, blank=0, refused=13)]


def test_far_columns_cost_nothing_and_are_refused(log: InputLog) -> None:
    far = sheet([HEADER, GOOD])
    cells = {**far.cells, (1_048_576, 16_384): Cell(1_048_576, 16_384, CellKind.TEXT, "x")}
    assert tables_of(Sheet("Blad1", Visibility.VISIBLE, cells), log=log) == []
    assert [str(fault.where) for fault in log.faults] == [
        "marks/all.xlsx: sheet Blad1, cell XFD1048576"
    ]


def test_more_headers_than_a_table_can_have_are_refused(log: InputLog) -> None:
    wide = [*HEADER, *(f"x{n}" for n in range(200))]
    assert tables_of(sheet([wide, GOOD]), log=log) == []
    assert [fault.code for fault in log.faults] == ["too-many-columns"]


def test_sheets_without_cells_are_passed_over(log: InputLog) -> None:
    hidden = sheet([[" "]], "Dold", Visibility.VERY_HIDDEN)
    assert len(tables_of(sheet([]), sheet([HEADER, GOOD]), hidden, log=log)) == 1
    assert log.faults == log.warnings == []


def test_a_workbook_without_cells_is_a_fault(log: InputLog) -> None:
    assert tables_of(sheet([]), log=log) == []
    assert faults(log) == ["marks/all.xlsx: the workbook is empty; a header was expected"]


@pytest.mark.parametrize("visibility", [Visibility.HIDDEN, Visibility.VERY_HIDDEN])
def test_a_hidden_sheet_with_cells_is_refused(visibility: Visibility, log: InputLog) -> None:
    hidden = sheet([HEADER, GOOD], "Förra året", visibility)
    assert len(tables_of(hidden, sheet([HEADER, GOOD]), log=log)) == 1
    assert faults(log) == [
        "marks/all.xlsx: sheet Förra året: the sheet is hidden and holds 10 cells"
        " (unhide the sheet and check it, or remove it)"
    ]
    assert log.tallies == [CellTally(FILE, cells=15, accepted=5, blank=0, refused=10)]


def test_hidden_rows_with_values_are_named_and_refused(log: InputLog) -> None:
    rows = rows_of(sheet([HEADER, *[GOOD] * 5, [], GOOD], hidden_rows=[2, 3, 5, 7, 99]), log=log)
    assert [row.refused for row in rows] == [True, True, False, True, False, False]
    assert faults(log) == [
        "marks/all.xlsx: sheet Blad1, row 2: hidden or filtered rows hold values: 2–3, 5"
        " (clear the filter or unhide the rows and check them, or remove them)"
    ]
    assert log.tallies == [CellTally(FILE, cells=35, accepted=15, blank=5, refused=15)]


def test_a_hidden_row_above_the_header_or_of_unknown_columns_does_no_harm(log: InputLog) -> None:
    rows = [["Lista"], [*HEADER, "Väder"], [None] * 5 + ["sol"], GOOD]
    assert len(rows_of(sheet(rows, hidden_rows=[1, 3]), log=log)) == 1
    assert log.faults == []


def test_a_hidden_header_is_refused(log: InputLog) -> None:
    assert tables_of(sheet([HEADER, GOOD], hidden_rows=[1]), log=log) == []
    assert faults(log) == [
        "marks/all.xlsx: sheet Blad1, row 1: the header stands on a hidden row (unhide the row)"
    ]


def test_a_hidden_column_with_values_is_refused_and_an_empty_or_unknown_one_is_not(
    log: InputLog,
) -> None:
    rows = [[*HEADER, "Väder"], ["F01", "E01", 1, 45, None, "sol"]]
    assert len(tables_of(sheet(rows, hidden_columns=[5, 6, 9]), log=log)) == 1
    assert log.faults == []
    assert tables_of(sheet(rows, hidden_columns=[4, 5]), log=log) == []
    assert faults(log) == [
        "marks/all.xlsx: sheet Blad1, cell D1: the column D is hidden"
        " (unhide the column and check it, or remove it)"
    ]


@pytest.mark.parametrize(
    ("merged", "said"),
    [
        (Merged(3, 4, 4, 4), "D3:D4"),
        (Merged(2, 1, 2, 2), "A2:B2"),
        (Merged(1, 1, 2, 1), "A1:A2"),
        (Merged(3, 1, 9, 9), "A3:I9"),
    ],
)
def test_merged_cells_of_the_table_are_refused(merged: Merged, said: str, log: InputLog) -> None:
    assert tables_of(sheet([["Lista"], HEADER, GOOD, GOOD], merged=[merged]), log=log) == []
    where = cell_reference(merged.first_row, merged.first_column)
    assert faults(log) == [
        f"marks/all.xlsx: sheet Blad1, cell {where}: the cells {said} of the table are merged"
        " (unmerge them, and write in each cell what holds for it)"
    ]


@pytest.mark.parametrize(
    "merged",
    [
        Merged(1, 1, 1, 5),
        Merged(3, 4, 3, 4),
        Merged(4, 1, 4, 5),
        Merged(6, 1, 9, 5),
        Merged(2, 7, 5, 9),
    ],
)
def test_merged_titles_and_merged_cells_beside_the_table_do_no_harm(
    merged: Merged, log: InputLog
) -> None:
    rows = [["Lista"], HEADER, GOOD, [], GOOD]
    assert len(rows_of(sheet(rows, merged=[merged]), log=log)) == 2
    assert log.faults == []


def test_an_error_is_never_a_blank(log: InputLog) -> None:
    (row,) = rows_of(sheet([HEADER, ["F01", "E01", 1, ERROR, "Bra"]]), log=log)
    assert row.refused
    assert row.number("mark") is None
    row.require("mark")
    assert faults(log) == [
        "marks/all.xlsx: sheet Blad1, cell D2: the cell shows the error #N/A"
        " (write the value in its place, or nothing)"
    ]
    assert log.tallies == [CellTally(FILE, cells=5, accepted=0, blank=0, refused=5)]


def test_an_error_is_told_as_swedish_excel_shows_it(log: InputLog) -> None:
    odd = special(CellKind.ERROR, "#BUSY!")
    rows_of(sheet([HEADER, ["F01", "E01", 1, ERROR, odd]]), log=log)
    shown = [dict(fault.message.parameters)["error"] for fault in log.faults]
    assert [getattr(word, "sv", None) for word in shown] == ["#SAKNAS!", "#BUSY!"]


def test_a_formula_is_refused_with_two_remedies(log: InputLog) -> None:
    (row,) = rows_of(sheet([HEADER, ["F01", "E01", 1, formula("45")]]), log=log)
    assert row.refused
    assert row.number("mark") is None
    assert faults(log) == [
        "marks/all.xlsx: sheet Blad1, cell D2: the cell holds the formula =A1*2"
        ' (copy the cells and paste them as values, or write formulas = "value" under'
        " [workbooks] in edition.toml)"
    ]


def test_values_of_formulas_are_read_with_one_warning_a_sheet(log: InputLog) -> None:
    rows = [HEADER, ["F01", "E01", 1, formula("45")], [formula("F02", CellKind.TEXT), "E01", 1, 5]]
    read = rows_of(sheet(rows), sheet(rows, "B"), log=log, formulas=FormulaPolicy.VALUE)
    assert [row.cells.get("mark") for row in read] == ["45", "5"] * 2
    assert not any(row.refused for row in read)
    assert warnings(log) == [
        f"marks/all.xlsx: sheet {name}, cell D2: 2 formulas are read by the value that was saved"
        " last"
        for name in ("Blad1", "B")
    ]
    assert log.faults == []


def test_a_formula_that_gives_no_text_is_blank(log: InputLog) -> None:
    blank = formula("", CellKind.TEXT)
    rows = rows_of(
        sheet([HEADER, [*GOOD[:4], blank], [blank]]), log=log, formulas=FormulaPolicy.VALUE
    )
    assert [len(row.cells) for row in rows] == [4]
    assert log.tallies == [CellTally(FILE, cells=10, accepted=4, blank=6, refused=0)]


@pytest.mark.parametrize("policy", FormulaPolicy)
def test_a_formula_without_a_value_is_always_refused(policy: FormulaPolicy, log: InputLog) -> None:
    unsaved = formula("", CellKind.EMPTY)
    remedy = {
        FormulaPolicy.REFUSE: "write the value in its place",
        FormulaPolicy.VALUE: "open and save the file in Excel, or write the value in its place",
    }[policy]
    (row,) = rows_of(sheet([HEADER, ["F01", "E01", 1, unsaved]]), log=log, formulas=policy)
    row.require("mark")
    assert row.refused
    assert faults(log) == [
        f"marks/all.xlsx: sheet Blad1, cell D2: the formula =A1*2 has no saved value ({remedy})"
    ]
    assert log.tallies == [CellTally(FILE, cells=5, accepted=0, blank=1, refused=4)]


def test_a_formula_that_gives_an_error_is_an_error_under_either_policy(log: InputLog) -> None:
    broken = formula("#REF!", CellKind.ERROR)
    rows_of(sheet([HEADER, ["F01", "E01", 1, broken]]), log=log, formulas=FormulaPolicy.VALUE)
    assert [fault.code for fault in log.faults] == ["error-cell"]


def test_a_formula_in_the_header_follows_the_policy(log: InputLog) -> None:
    header = [*HEADER[:4], formula("Kommentar", CellKind.TEXT)]
    assert tables_of(sheet([header, GOOD]), log=log) == []
    assert [fault.code for fault in log.faults] == ["formula-cell"]
    (table,) = tables_of(sheet([header, GOOD]), log=InputLog(), formulas=FormulaPolicy.VALUE)
    assert table.rows[0].cells["comment"] == "Bra"


def test_a_date_that_excel_made_of_a_mark_is_refused_with_a_hint(log: InputLog) -> None:
    (row,) = rows_of(sheet([HEADER, ["F01", "E01", 1, DATE]]), log=log)
    assert row.refused
    assert row.number("mark") is None
    assert faults(log) == [
        "marks/all.xlsx: sheet Blad1, cell D2: the cell holds the date 2025-05-04"
        " (Excel has made a date of it: format the column as text and type it anew)"
    ]


@pytest.mark.parametrize("column", range(5))
def test_a_date_or_truth_value_in_any_column_of_marks_is_refused(
    column: int, log: InputLog
) -> None:
    rows = [[*GOOD[:column], value, *GOOD[column + 1 :]] for value in (DATE, True)]
    assert all(row.refused for row in rows_of(sheet([HEADER, *rows]), log=log))
    assert [fault.code for fault in log.faults] == ["date-cell", "truth-cell"]
    assert log.tallies == [CellTally(FILE, cells=10, accepted=0, blank=0, refused=10)]


def test_a_date_that_excel_made_of_a_typed_number_is_refused_in_csv_too(log: InputLog) -> None:
    table = parse_table(b"entry;examiner;question;mark\nF01;E01;1;2025-05-04\n", FILE, MARKS, log)
    assert table is not None
    assert table.rows[0].number("mark") is None
    assert "Excel has made a date of it" in faults(log)[0]


@pytest.mark.parametrize("word", ["Summa", "TOTALT:", "Totalt 64 bidrag", "medel", "Antal bidrag"])
def test_a_row_of_totals_is_refused_by_name(word: str, log: InputLog) -> None:
    rows = rows_of(sheet([HEADER, GOOD, [word, None, None, 45], [None, None, word, 2]]), log=log)
    assert len(rows) == 1
    assert faults(log) == [
        f"marks/all.xlsx: sheet Blad1, row {n}: the row seems to sum up the others"
        " (remove it, or fill in what is missing if it is one of them)"
        for n in (3, 4)
    ]
    assert log.tallies == [CellTally(FILE, cells=15, accepted=5, blank=6, refused=4)]


def test_a_whole_row_may_have_such_a_word(log: InputLog) -> None:
    assert len(rows_of(sheet([HEADER, [*GOOD[:4], "Summa summarum bra"]]), log=log)) == 1
    assert log.faults == []


@pytest.mark.parametrize(
    ("columns", "header", "folder"),
    [
        (CONSENSUS, ["Bidrag", "Examinator", "Fråga", "Poäng"], "marks"),
        (MARKS, ["Bidrag", "Fråga", "Poäng", "Motivering"], "consensus"),
    ],
)
def test_a_table_in_the_wrong_folder_is_told_where_it_belongs(
    columns: Columns, header: list[Value], folder: str, log: InputLog
) -> None:
    assert tables_of(sheet([header, ["F01", 1, 2, 3]]), log=log, columns=columns) == []
    text = ";".join(map(str, header)) + "\nF01;1;2;3\n"
    assert parse_table(text.encode(), "a.csv", columns, log) is None
    said = f"the table has the columns of those in the folder {folder}"
    assert faults(log) == [
        f"{where}: {said} (move the file to the folder {folder})"
        for where in ("marks/all.xlsx: sheet Blad1, cell A1", "a.csv:1")
    ]


def test_other_tables_have_no_folder_to_be_moved_to(log: InputLog) -> None:
    tables_of(sheet([["Bidrag", "Examinator", "Fråga", "Poäng"]]), log=log, columns=PROPOSALS)
    assert [fault.code for fault in log.faults] == ["missing-column"]


WORDS = st.sampled_from(["", " ", "F01", "12", "45", "4,5", "Ängen", "x\u00a0", "a;b", "ja"])
TABLES = st.lists(st.lists(WORDS, min_size=6, max_size=6), max_size=6)
CHOSEN = [*HEADER, "Väder"]


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";")
    writer.writerows([CHOSEN, *rows])
    return stream.getvalue().encode()


def numbers_as_numbers(rows: Sequence[Sequence[str]]) -> list[list[Value]]:
    return [[int(word) if word.isdigit() else word for word in row] for row in rows]


def read_cells(rows: Sequence[Row]) -> list[Mapping[str, object]]:
    return [row.cells for row in rows]


@given(TABLES)
def test_the_same_table_reads_the_same_from_csv_and_from_a_workbook(rows: list[list[str]]) -> None:
    log, other = InputLog(), InputLog()
    (table,) = tables_of(sheet([CHOSEN, *numbers_as_numbers(rows)]), log=log)
    expected = parse_table(as_csv(rows), FILE, MARKS, other)
    assert expected is not None
    expected.note_tally(other)
    assert read_cells(table.rows) == read_cells(expected.rows)
    (ours,), (theirs,) = log.tallies, other.tallies
    assert (ours.accepted, ours.refused) == (theirs.accepted, theirs.refused)
    assert ours.cells == ours.accepted + ours.blank + ours.refused
    assert len(log.warnings) == len(other.warnings) == 1


@given(st.lists(TABLES, min_size=1, max_size=4), st.randoms())
def test_the_order_of_sheets_does_not_matter(tables: list[list[list[str]]], random: object) -> None:
    sheets = [sheet([CHOSEN, *rows], f"B{n}") for n, rows in enumerate(tables)]
    readings = []
    for _ in range(2):
        log = InputLog()
        rows = rows_of(*sheets, log=log)
        readings.append((sorted((str(r.where()), str(r.cells)) for r in rows), log.tallies))
        random.shuffle(sheets)  # type: ignore[attr-defined]
    assert readings[0] == readings[1]


DOUBTFUL = st.sampled_from(
    ["", "F01", 12, True, ERROR, DATE, formula("1"), formula("", CellKind.EMPTY), "Summa", None]
)


@given(
    st.lists(st.lists(DOUBTFUL, max_size=7), max_size=6),
    st.sampled_from(FormulaPolicy),
    st.lists(st.integers(1, 8), max_size=3),
    st.lists(st.integers(1, 8), max_size=2),
)
def test_every_cell_below_the_header_is_accepted_blank_or_refused(
    rows: list[list[Value]], policy: FormulaPolicy, hidden: list[int], columns: list[int]
) -> None:
    log = InputLog()
    one = sheet([CHOSEN, *rows], hidden_rows=hidden, hidden_columns=columns)
    tables_of(one, log=log, formulas=policy)
    (tally,) = log.tallies
    assert min(tally.accepted, tally.blank, tally.refused) >= 0
    assert tally.cells == tally.accepted + tally.blank + tally.refused
    filled = sum(bool(c.text) or c.formula is not None for p, c in one.cells.items() if p[0] > 1)
    assert tally.accepted + tally.refused <= filled <= tally.cells
    assert log.faults or tally.accepted == filled - sum(
        bool(c.text) for p, c in one.cells.items() if p[0] > 1 and p[1] == len(CHOSEN)
    )


def test_all_sheets_of_a_file_make_one_table(tmp_path: Path, log: InputLog) -> None:
    sheets = (sheet([HEADER, GOOD], "A"), sheet([["x"]], "B"), sheet([HEADER, GOOD, GOOD], "C"))
    log.workbooks[FILE] = Workbook(FILE, sheets, "0" * 64)
    table = read_workbook_table(tmp_path, FILE, MARKS, FormulaPolicy.REFUSE, log)
    assert table is not None
    assert [(row.sheet, row.first_line) for row in table.rows] == [("A", 2), ("C", 2), ("C", 3)]
    assert not table.is_whole
    table.note_tally(log)
    assert log.tallies == [CellTally(FILE, cells=16, accepted=15, blank=0, refused=1)]


@pytest.mark.parametrize("workbook", [None, Workbook(FILE, (), "0" * 64)])
def test_a_file_without_any_table_gives_none(
    workbook: Workbook | None, tmp_path: Path, log: InputLog
) -> None:
    log.workbooks[FILE] = workbook
    assert read_workbook_table(tmp_path, FILE, MARKS, FormulaPolicy.REFUSE, log) is None


def percent(text: str) -> Cell:
    return Cell(1, 1, CellKind.NUMBER, text, None, is_percent=True)


def test_a_percentage_is_refused_where_no_percentage_is_asked_for(log: InputLog) -> None:
    (row,) = rows_of(sheet([HEADER, ["F01", "E01", 1, percent("45"), "Bra"]]), log=log)
    assert row.refused
    assert row.number("mark") is None
    assert faults(log) == [
        "marks/all.xlsx: sheet Blad1, cell D2: the cell holds the percentage 45 %"
        " (format the column as numbers without percent, and check each of them)"
    ]
    assert log.tallies == [CellTally(FILE, cells=5, accepted=0, blank=0, refused=5)]


def test_the_share_of_an_entry_may_be_a_percentage_and_its_staff_not(log: InputLog) -> None:
    header = ["Nr", "Verksamhet", "Klass", "Andel från Stockholm", "Medarbetare exkl. chef"]
    rows = [[12, "A", "skola", percent("51"), 8], [13, "B", "skola", 51, percent("8")]]
    (table,) = tables_of(sheet([header, *rows]), log=log, columns=ENTRIES)
    assert [row.cells.get("stockholm_share") for row in table.rows] == ["51", "51"]
    assert [(fault.code, str(fault.where)) for fault in log.faults] == [
        ("percent-cell", "marks/all.xlsx: sheet Blad1, cell E3")
    ]


def test_marks_that_were_sorted_above_the_header_are_a_fault_and_counted(log: InputLog) -> None:
    above = [[f"A{n:02}", "E01", 1, 45, None] for n in range(25)]
    read = rows_of(sheet([["Poäng 2025"], *above, HEADER, GOOD]), log=log)
    assert len(read) == 1
    assert faults(log) == [
        "marks/all.xlsx: sheet Blad1, row 2: rows above the header, which is row 27, hold what"
        " belongs below it: 2–26 (move the header above them, and sort only the rows below it;"
        " remove what is a title)"
    ]
    assert log.tallies == [CellTally(FILE, cells=105, accepted=5, blank=0, refused=100)]


@pytest.mark.parametrize(
    ("above", "is_fault"),
    [
        (["F01", "E01", 1, None, "senare"], True),
        (["F01", "E01", 1], False),
        ([None] * 6 + ["a", "b", "c", "d", "e"], False),
    ],
)
def test_a_row_above_that_fills_as_many_columns_as_are_required_is_no_title(
    above: list[Value], is_fault: bool, log: InputLog
) -> None:
    rows_of(sheet([above, HEADER, GOOD]), log=log)
    assert [fault.code for fault in log.faults] == ["rows-above-header"] * is_fault
    assert [warning.code for warning in log.warnings] == ["title-rows"] * (not is_fault)

"""What check and rank say of editions whose tables are workbooks."""

import csv
import io
import json
import subprocess
import sys

import pytest
import xlsxwriter


def workbook_of(text, separator=";", name="Blad1"):
    """Write the table of a CSV file as a workbook, numbers as numbers."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_numbers": True}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(csv.reader(io.StringIO(text), delimiter=separator)):
            for column, cell in enumerate(cells):
                if cell:
                    sheet.write(row, column, cell)
    return target.getvalue()


@pytest.fixture
def in_workbooks(linked_year):
    """The small year with its entries and marks in workbooks."""
    for path in [linked_year / "entries.csv", *(linked_year / "marks").glob("*.csv")]:
        text = path.read_text(encoding="utf-8-sig")
        separator = ";" if ";" in text.splitlines()[0] else ","
        path.with_suffix(".xlsx").write_bytes(workbook_of(text, separator))
        path.unlink()
    return linked_year


def counts(said):
    keys = ("accepted", "refused")
    return {
        table["file"].rpartition(".")[0]: [table[key] for key in keys]
        for table in said.json["tables"]
    }


def test_a_year_in_workbooks_gives_the_counts_and_the_ranking_of_the_same_year_in_csv(
    kvaljury, linked_year, request
):
    before = kvaljury("check", linked_year, "--json")
    ranked = kvaljury("rank", linked_year)
    request.getfixturevalue("in_workbooks")
    after = kvaljury("check", linked_year, "--json")
    assert after.code == 0
    assert counts(after) == counts(before)
    assert all(
        table["cells"] == table["accepted"] + table["blank"] + table["refused"]
        for table in after.json["tables"]
    )
    assert kvaljury("rank", linked_year).out == ranked.out


def test_a_fault_in_a_workbook_is_told_with_sheet_row_and_cell(kvaljury, linked_year):
    text = "entry;examiner;question;mark\nF01;E01;1;105\n"
    book = linked_year / "marks" / "E01.xlsx"
    book.write_bytes(workbook_of(text, name="Våren"))
    (linked_year / "marks" / "E01.csv").unlink()
    said = kvaljury("check", linked_year)
    assert said.code == 3
    assert "marks/E01.xlsx: blad Våren, cell D2: " in said.out
    (fault,) = kvaljury("check", linked_year, "--json").json["faults"]
    address = {key: fault[key] for key in ("file", "sheet", "line", "detail")}
    assert address == {"file": "marks/E01.xlsx", "sheet": "Våren", "line": 2, "detail": "D2"}


def test_a_year_in_csv_is_read_without_the_readers_of_workbooks(linked_year):
    code = f"""
import json, sys
sys.path[:] = {sys.path!r}
from pathlib import Path
from kvaljury.cli.edition_inputs import read_inputs
read_inputs(Path({str(linked_year)!r}), []).marks()
print(json.dumps(sorted(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
    )
    loaded = json.loads(done.stdout)
    assert "kvaljury.files.marks" in loaded
    heavy = ("pyexpat", "xml", "docx", "lxml", "kvaljury.files.workbooks", "kvaljury.files.forms")
    assert [name for name in loaded if name.startswith(heavy)] == []

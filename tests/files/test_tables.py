"""CSV files are read whole or refused whole, every cell accounted for."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kvaljury.errors import DiskFault
from kvaljury.files.headers import MARKS
from kvaljury.files.log import CellTally, InputLog
from kvaljury.files.tables import Table, parse_table, read_table

HEADER = "entry,examiner,question,criterion,mark,comment\n"


def table_of(text: str, log: InputLog) -> Table:
    table = parse_table(text.encode(), "marks/E01.csv", MARKS, log)
    assert table is not None, log.faults
    table.note_tally(log)
    return table


def faults_of(text: str, log: InputLog) -> list[str]:
    table = parse_table(text.encode(), "marks/E01.csv", MARKS, log)
    if table:
        table.note_tally(log)
    return [str(fault) for fault in log.faults]


def test_cells_are_read_by_field(log: InputLog) -> None:
    (row,) = table_of(HEADER + "F01,E01,1,,45,Bra\n", log).rows
    assert row.cells == {
        "entry": "F01",
        "examiner": "E01",
        "question": "1",
        "mark": "45",
        "comment": "Bra",
    }
    assert log.tallies == [CellTally("marks/E01.csv", cells=6, accepted=5, blank=1, refused=0)]
    assert log.faults == log.warnings == []


def test_the_same_bytes_are_hashed(log: InputLog) -> None:
    parse_table(b"", "a.csv", MARKS, log)
    assert log.hashes == {
        "a.csv": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    }


@pytest.mark.parametrize(
    "text",
    [
        HEADER + "F01,E01,1,,45,Bra\n",
        HEADER.replace(",", ";") + "F01;E01;1;;45;Bra\n",
        HEADER.replace(",", "\t") + "F01\tE01\t1\t\t45\tBra\n",
        "sep=;\n" + HEADER.replace(",", ";") + "F01;E01;1;;45;Bra\n",
        "SEP=,\r\n" + HEADER + "F01,E01,1,,45,Bra\n",
        '"sep=\t"\r\n' + HEADER.replace(",", "\t") + "F01\tE01\t1\t\t45\tBra\n",
        "\ufeff" + HEADER + "F01,E01,1,,45,Bra\n",
        HEADER + "F01,E01,1,,45,Bra",
        (HEADER + "F01,E01,1,,45,Bra\n").replace("\n", "\r\n"),
        (HEADER + "F01,E01,1,,45,Bra\n").replace("\n", "\r"),
        "\n\n" + HEADER + "\n  \nF01,E01,1,,45,Bra\n,,,,,\n\n",
        '"entry","examiner","question","criterion","mark","comment"\n"F01","E01","1","","45","Bra"',
        HEADER.replace(",", ", ") + 'F01, E01,\u00a01 ,, 45\u00a0, "Bra"\n',
        "Bidrag,Examinator,Fråga,Kriterium,Poäng,Kommentar\nF01,E01,1,,45,Bra\n",
        "BIDRAG,examinators_id,fra\u030aga,kriterium,PO\u00c4NG,kommentar\nF01,E01,1,,45,Bra\n",
        "comment,mark,question,examiner,entry\nBra,45,1,E01,F01\n",
    ],
)
def test_separators_marks_line_ends_headers_and_order_change_nothing(
    text: str, log: InputLog
) -> None:
    (row,) = table_of(text, log).rows
    assert row.cells == {
        "entry": "F01",
        "examiner": "E01",
        "question": "1",
        "mark": "45",
        "comment": "Bra",
    }
    assert log.faults == log.warnings == []


def test_the_separator_is_the_one_that_names_most_columns(log: InputLog) -> None:
    text = 'entry;examiner;question;mark;"a,b,c,d,e,f"\nF01;E01;1;4,5;x\n'
    (row,) = table_of(text, log).rows
    assert row.cells["mark"] == "4,5"


def test_lines_are_physical_also_after_quoted_line_breaks(log: InputLog) -> None:
    text = HEADER + 'F01,E01,1,,5,"två\nrader"\n\nF02,E01,1,,5,"en\r\ntill\r\n"\nF03,E01,1,,5,\n'
    rows = table_of(text, log).rows
    assert [row.where().line for row in rows] == [2, 5, 8]
    assert rows[0].cells["comment"] == "två\nrader"


def test_lines_are_physical_also_below_a_separator_line(log: InputLog) -> None:
    rows = table_of("sep=,\n" + HEADER + "F01,E01,1,,5,\n", log).rows
    assert str(rows[0].where("mark")) == "marks/E01.csv:3: mark"


def test_an_address_names_the_column_as_the_file_does(log: InputLog) -> None:
    rows = table_of("Bidrag;Examinator;Fråga;Poäng\nF01;E01;1;5\n", log).rows
    assert str(rows[0].where("mark")) == "marks/E01.csv:2: Poäng"


def test_names_are_normalised_to_nfc(log: InputLog) -> None:
    (row,) = table_of(HEADER + "F01,E01,1,,5,A\u030angen\n", log).rows
    assert row.cells["comment"] == "Ången"


def test_ragged_rows_are_refused_each_at_its_line(log: InputLog) -> None:
    text = HEADER + "F01,E01,1,,45\nF01,E01,1,,45,Bra\nF01,E01,1,,4,5,Bra\n"
    hint = "separate as the header does; a cell that holds the separator stands in quotes"
    assert faults_of(text, log) == [
        f"marks/E01.csv:2: the row has 5 cells where the header has 6 ({hint})",
        f"marks/E01.csv:4: the row has 7 cells where the header has 6 ({hint})",
    ]
    assert log.tallies == [CellTally("marks/E01.csv", cells=18, accepted=5, blank=3, refused=10)]


def test_an_unknown_column_is_a_warning_with_the_nearest_name(log: InputLog) -> None:
    table_of("entry,examiner,question,mark,coment,Väder\nF01,E01,1,5,Bra,sol\n", log)
    assert [str(warning) for warning in log.warnings] == [
        'marks/E01.csv:1: the column "coment" is unknown and is not read (did you mean comment?)',
        'marks/E01.csv:1: the column "Väder" is unknown and is not read',
    ]
    assert log.tallies == [CellTally("marks/E01.csv", cells=6, accepted=4, blank=0, refused=2)]


def test_a_row_that_fills_only_unknown_columns_is_counted_and_is_no_row(log: InputLog) -> None:
    table = table_of("entry,examiner,question,mark,Väder\n,,,,sol\n", log)
    assert table.rows == ()
    assert log.tallies == [CellTally("marks/E01.csv", cells=5, accepted=0, blank=4, refused=1)]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("mark,Poäng", 'the columns "mark" and "Poäng" mean the same (keep one of them)'),
        ("mark,MARK", 'the columns "mark" and "MARK" mean the same (keep one of them)'),
        ("mark,Väder,väder", 'the columns "Väder" and "väder" mean the same (keep one of them)'),
        ("mark,%,%", 'the columns "%" and "%" mean the same (keep one of them)'),
    ],
)
def test_two_columns_of_one_meaning_are_refused(header: str, said: str, log: InputLog) -> None:
    text = f"entry,examiner,question,{header}\n"
    assert faults_of(text, log) == [f"marks/E01.csv:1: {said}"]


def test_missing_columns_are_all_named_with_what_would_be_accepted(log: InputLog) -> None:
    text = "entry,criterion\nF01,x\n,\n"
    assert faults_of(text, log) == [
        "marks/E01.csv:1: the column examiner is missing"
        " (accepted headers: examiner, examiner id, examinator, examinators-id)",
        "marks/E01.csv:1: the column question is missing"
        " (accepted headers: question, fråga, delfråga, frågenummer)",
        "marks/E01.csv:1: the column mark is missing"
        " (accepted headers: mark, points, poäng, betyg)",
    ]
    assert log.tallies[0] == CellTally("marks/E01.csv", cells=4, accepted=0, blank=2, refused=2)


def test_a_column_without_header_may_only_be_blank(log: InputLog) -> None:
    assert faults_of("entry,examiner,question,mark,\nF01,E01,1,5,\n", log) == []
    assert faults_of("entry,examiner,question,mark,\nF01,E01,1,5,x\n", log) == [
        "marks/E01.csv:1: column 5 has cells but no header (give it a header, or empty its cells)"
    ]


@pytest.mark.parametrize("content", ["", "\n\n", "sep=;", " \n\u00a0\n", "\ufeff"])
def test_a_file_without_header_is_refused(content: str, log: InputLog) -> None:
    assert faults_of(content, log) == ["marks/E01.csv: the file is empty; a header was expected"]


def test_a_header_alone_is_an_empty_table(log: InputLog) -> None:
    assert table_of(HEADER, log).rows == ()
    assert log.tallies == [CellTally("marks/E01.csv", 0, 0, 0, 0)]


@pytest.mark.parametrize("declared", ["|", "", ";;", " "])
def test_another_declared_separator_is_refused(declared: str, log: InputLog) -> None:
    assert faults_of(f"sep={declared}\nentry\n", log) == [
        f'marks/E01.csv:1: "{declared}" cannot separate cells'
        " (separate cells with semicolon, comma or tab)"
    ]


@pytest.mark.parametrize(
    ("row", "line", "said"),
    [
        (
            'F01,E01,1,,5,"never closed\nF02,E01,1,,5,\n',
            3,
            "a quotation mark that begins here or below is never closed"
            " (close it, or save the file anew from Excel)",
        ),
        (
            'F01,E01,1,,5,"a"b\n',
            3,
            "text follows a closing quotation mark before the separator"
            " (double each quotation mark inside a quoted cell)",
        ),
        (
            f"F01,E01,1,,5,{'x' * 200_000}\n",
            3,
            f"a cell is longer than {csv.field_size_limit()} characters"
            " (shorten it, or look for a quotation mark that is not closed)",
        ),
    ],
)
def test_broken_quoting_refuses_the_file_at_the_row(
    row: str, line: int, said: str, log: InputLog
) -> None:
    assert faults_of(HEADER + "F01,E01,12a,,5,\n" + row, log) == [f"marks/E01.csv:{line}: {said}"]


def test_a_header_with_broken_quoting_is_refused(log: InputLog) -> None:
    assert faults_of('"entry"x,examiner\n', log)[0].startswith("marks/E01.csv:1: text follows")


def test_a_quotation_mark_inside_an_unquoted_cell_is_itself(log: InputLog) -> None:
    (row,) = table_of(HEADER + 'F01,E01,1,,5,37" N\n', log).rows
    assert row.cells["comment"] == '37" N'


def test_a_file_that_vanished_is_a_fault(tmp_path: Path, log: InputLog) -> None:
    assert read_table(tmp_path / "E01.csv", "marks/E01.csv", MARKS, log) is None
    assert [str(fault) for fault in log.faults] == ["marks/E01.csv: the file is missing"]


def test_a_file_that_cannot_be_read_is_a_fault_of_the_disk(
    tmp_path: Path, log: InputLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(DiskFault) as caught:
        read_table(tmp_path / "E01.csv", "marks/E01.csv", MARKS, log)
    assert str(caught.value) == "marks/E01.csv: the file cannot be read: Permission denied"


def test_a_folder_with_the_name_of_a_file_is_a_fault(tmp_path: Path, log: InputLog) -> None:
    assert read_table(tmp_path, "marks/E01.csv", MARKS, log) is None
    shown = ["marks/E01.csv: this is a folder; a file was expected"]
    assert [str(fault) for fault in log.faults] == shown


def test_a_header_of_more_than_200_columns_is_refused_before_its_names_are_compared(
    tmp_path: Path, log: InputLog
) -> None:
    path = tmp_path / "E01.csv"
    path.write_text("entry,examiner,question,mark" + ",x" * 197 + "\n", "utf-8")
    assert read_table(path, "marks/E01.csv", MARKS, log) is None
    shown = ["marks/E01.csv:1: the header has 201 columns; at most 200 can be read"]
    assert [str(fault) for fault in log.faults] == shown
    assert log.warnings == []

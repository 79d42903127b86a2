"""Panel data files become ratings; every fault has its address, no row is lost."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import numpy as np
import pytest

from kvaljury.core.model import Ratings
from kvaljury.errors import DiskFault, InputFaults
from kvaljury.files.log import InputLog
from kvaljury.files.ratings import parse_ratings, read_ratings

HEADER = "entry,examiner,team,question,class,score\n"
ROW = "F01,E01,L1,12a,skola,45\n"


def parsed(text: str | bytes, log: InputLog) -> Ratings:
    return parse_ratings(text if isinstance(text, bytes) else text.encode(), "r.csv", log)


def rows_of(ratings: Ratings) -> list[tuple[str, str, str, str, str, float]]:
    def name(ids: tuple[str, ...], codes: np.ndarray | None, row: int) -> str:
        return "" if codes is None else ids[codes[row]]

    by_row = None if ratings.entry_class is None else ratings.entry_class[ratings.entry]
    return [
        (
            name(ratings.entries, ratings.entry, row),
            name(ratings.examiners, ratings.examiner, row),
            name(ratings.teams, ratings.team, row),
            name(ratings.questions, ratings.question, row),
            name(ratings.classes, by_row, row),
            float(ratings.score[row]),
        )
        for row in range(len(ratings.score))
    ]


def test_rows_become_codes_into_sorted_ids(log: InputLog) -> None:
    ratings = parsed("entry,examiner,score\nF02,E01,45\nF01,E02,50.5\nF01,E01,7\n", log)
    assert ratings.entries == ("F01", "F02")
    assert ratings.examiners == ("E01", "E02")
    assert (ratings.teams, ratings.questions, ratings.classes) == ((), (), ())
    assert (ratings.team, ratings.question, ratings.entry_class) == (None, None, None)
    assert ratings.entry.tolist() == [1, 0, 0]
    assert ratings.examiner.tolist() == [0, 1, 0]
    assert ratings.score.tolist() == [45.0, 50.5, 7.0]
    assert ratings.entry.dtype == ratings.examiner.dtype == np.int32
    assert ratings.score.dtype == np.float64
    assert (ratings.rows, ratings.blank, ratings.refused) == (3, 0, 0)
    assert log.faults == log.warnings == []


def test_the_bytes_are_hashed(log: InputLog) -> None:
    parsed(HEADER + ROW, log)
    assert log.hashes == {"r.csv": hashlib.sha256((HEADER + ROW).encode()).hexdigest()}


@pytest.mark.parametrize(
    "text",
    [
        HEADER + ROW,
        HEADER + ROW.rstrip("\n"),
        HEADER + ROW + "\n\n",
        "\n\n" + HEADER + "\n  \n" + ROW + ",,,,,\n",
        "\ufeff" + HEADER + ROW,
        "sep=,\n" + HEADER + ROW,
        (HEADER + ROW).replace(",", ";"),
        "sep=;\r\n" + (HEADER + ROW).replace(",", ";").replace("\n", "\r\n"),
        (HEADER + ROW).replace(",", "\t"),
        (HEADER + ROW).replace("\n", "\r\n"),
        (HEADER + ROW).replace("\n", "\r"),
        (HEADER + ROW).replace(",", ", "),
        '"entry","examiner","team","question","class","score"\n"F01","E01","L1","12a","skola",45\n',
        '"entry","examiner","team","question","class","score"\n"F01","E01","L1","12a","skola","45"',
        "Bidrag,Examinator,Lag,Fråga,Klass,Poäng\n" + ROW,
        "BIDRAG,examinators_id,examinatorslag,FRA\u030aGA,tävlingsklass,betyg\n" + ROW,
        "score,class,question,team,examiner,entry\n45,skola,12a,L1,E01,F01\n",
        "unit,examiner id,team id,delfråga,entry class,mark\n" + ROW,
        HEADER + ROW.replace("45", "45.0"),
        "entry;examiner;team;question;class;score\nF01;E01;L1;12a;skola;45,0\n",
        HEADER + ROW.replace("45", " 45\u00a0"),
        HEADER + ROW.replace("F01", "\u00a0F01 "),
    ],
)
def test_separators_line_ends_quotes_headers_and_order_change_nothing(
    text: str, log: InputLog
) -> None:
    assert rows_of(parsed(text, log)) == [("F01", "E01", "L1", "12a", "skola", 45.0)]
    assert log.faults == log.warnings == []


def test_ids_are_composed_and_trimmed_so_that_equal_ones_are_one(log: InputLog) -> None:
    text = "entry,examiner,score\nA\u030angen,E 1,1\n\u00c5ngen, E 1 ,2\nÅngen ,E 1,3\n"
    ratings = parsed(text, log)
    assert (ratings.entries, ratings.examiners) == (("Ången",), ("E 1",))
    assert ratings.score.tolist() == [1, 2, 3]


def test_names_of_any_length_may_be_ids(log: InputLog) -> None:
    long = "Världsmästerskapen 2018 / " * 5 + "damer"
    ratings = parsed(f"entry,examiner,score\n{long},Ök Ä,1\nb,Ök Ä,2\n", log)
    assert ratings.entries == (long, "b")


def test_windows_1252_is_read_with_a_warning(log: InputLog) -> None:
    ratings = parsed("entry;examiner;score\nÅngen;Ök;4,5\n".encode("cp1252"), log)
    assert rows_of(ratings) == [("Ången", "Ök", "", "", "", 4.5)]
    assert [warning.code for warning in log.warnings] == ["windows-1252"]


def test_further_columns_are_not_read_and_named(log: InputLog) -> None:
    ratings = parsed("entry,nation,examiner,scor,score\nF01,SWE,E01,x,45\n", log)
    assert rows_of(ratings) == [("F01", "E01", "", "", "", 45.0)]
    assert [str(warning) for warning in log.warnings] == [
        'r.csv:1: the column "nation" is unknown and is not read',
        'r.csv:1: the column "scor" is unknown and is not read (did you mean score?)',
    ]


def test_several_rows_of_one_entry_and_examiner_are_several_marks(log: InputLog) -> None:
    ratings = parsed("entry,examiner,score\nF01,E01,45\nF01,E01,45\nF01,E01,50\n", log)
    assert ratings.score.tolist() == [45, 45, 50]


def test_an_examiner_may_have_several_teams(log: InputLog) -> None:
    ratings = parsed("entry,examiner,team,score\nF01,E01,L1,45\nF02,E01,L2,50\n", log)
    assert (ratings.teams, log.faults) == (("L1", "L2"), [])


def test_scores_have_no_range(log: InputLog) -> None:
    ratings = parsed("entry,examiner,score\nF01,E01,-1000000\nF01,E02,1 250 000.5\n", log)
    assert ratings.score.tolist() == [-1_000_000, 1_250_000.5]


@pytest.mark.parametrize("quote", ["", '"a ""b"""'])
def test_a_blank_score_is_missing_and_counted(quote: str, log: InputLog) -> None:
    other = quote or "F03"
    text = (
        f"entry,examiner,team,score\nF01,E01,L1,45\nF02,E01,L2,\n{other},E02,L1, \nF01,E01,L1,7\n"
    )
    ratings = parsed(text, log)
    assert ratings.score.tolist() == [45, 7]
    assert (ratings.rows, ratings.blank, ratings.refused) == (4, 2, 0)
    assert (ratings.entries, ratings.examiners, ratings.teams) == (("F01",), ("E01",), ("L1",))
    assert [str(warning) for warning in log.warnings] == [
        "r.csv:3: score: rows without a score, left out as missing: 2"
    ]


def test_an_entry_has_the_class_of_its_rows(log: InputLog) -> None:
    ratings = parsed(
        "entry,examiner,class,score\nB,E1,skola,1\nA,E1,andra,2\nB,E2,skola,3\nC,E1,vuxna,\n", log
    )
    assert (ratings.entries, ratings.classes) == (("A", "B"), ("andra", "skola"))
    assert ratings.entry_class is not None
    assert ratings.entry_class.tolist() == [0, 1]


def test_an_entry_of_two_classes_is_a_fault(log: InputLog) -> None:
    text = "entry,examiner,class,score\nA,E1,skola,1\nA,E2,andra,2\nA,E3,vuxna,\nA,E4,skola,5\n"
    ratings = parsed(text, log)
    assert [str(fault) for fault in log.faults] == [
        "r.csv:3: class: the entry A has the class andra here and skola on line 2 "
        "(an entry has one class on all its rows)",
        "r.csv:4: class: the entry A has the class vuxna here and skola on line 2 "
        "(an entry has one class on all its rows)",
    ]
    assert (ratings.rows, ratings.refused, ratings.classes) == (4, 2, ("skola",))


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (",E01,L1,12a,skola,45", "r.csv:3: entry: entry is empty"),
        ("F01, ,L1,12a,skola,45", "r.csv:3: examiner: examiner is empty"),
        ("F01,E01,,12a,skola,45", "r.csv:3: team: team is empty"),
        ("F01,E01,L1,,skola,", "r.csv:3: question: question is empty"),
        ("F01,E01,L1,12a,,45", "r.csv:3: class: class is empty"),
        ("F01,E01,L1,12a,skola", "r.csv:3: the row has 5 cells where the header has 6"),
        ("F01,E01,L1,12a,skola,4,5", "r.csv:3: the row has 7 cells where the header has 6"),
        ("F01,E01,L1,12a,skola,nan", 'r.csv:3: score: "nan" is not a number'),
        ("F01,E01,L1,12a,skola,inf", 'r.csv:3: score: "inf" is not a number'),
        ("F01,E01,L1,12a,skola,1e2", 'r.csv:3: score: "1e2" is not a number'),
        ("F01,E01,L1,12a,skola,45p", 'r.csv:3: score: "45p" is not a number'),
        ("F01,E01,L1,12a,skola,٤٥", 'r.csv:3: score: "٤٥" is not a number'),
        ("F01,E01,L1,12a,skola,2025-05-04", 'r.csv:3: score: "2025-05-04" is not a number'),
        ("F\u200b01,E01,L1,12a,skola,45", "r.csv:3: entry: an invisible character (U+200B)"),
        ("F\x0701,E01,L1,12a,skola,45", "r.csv:3: entry: a character that no text can have"),
        ("F\ufffd01,E01,L1,12a,skola,45", "r.csv:3: entry: a character that no text can have"),
    ],
)
def test_a_faulty_row_is_named_and_left_out(row: str, fault: str, log: InputLog) -> None:
    ratings = parsed(HEADER + ROW + row + "\n" + ROW, log)
    (found,) = log.faults
    assert str(found).startswith(fault)
    assert ratings.score.tolist() == [45, 45]
    assert (ratings.rows, ratings.refused) == (3, 1)


def test_every_fault_of_a_row_is_noted(log: InputLog) -> None:
    ratings = parsed("entry,examiner,score\n,,x\nF01,E01,1\n", log)
    assert [fault.where.detail for fault in log.faults if fault.where] == [
        "entry",
        "examiner",
        "score",
    ]
    assert ratings.refused == 1


def test_ids_of_refused_rows_alone_are_not_listed(log: InputLog) -> None:
    ratings = parsed("entry,examiner,class,score\nA,E1,x,1\nA,E9,y,2\nB,E1,x,bad\n", log)
    assert (ratings.entries, ratings.examiners, ratings.classes) == (("A",), ("E1",), ("x",))


def test_fifty_faults_are_listed_and_the_others_counted(log: InputLog) -> None:
    ratings = parsed("entry,examiner,score\n" + "F01,E01,x\n" * 50 + ",,1\n" * 10, log)
    assert len(log.faults) == 51
    assert [fault.where.line for fault in log.faults if fault.where] == list(range(2, 53))
    assert str(log.faults[-1]).startswith(
        "r.csv:52: further faults from here on, not listed: 20 (mend those that are listed"
    )
    assert (ratings.rows, ratings.refused) == (60, 60)


def test_exactly_fifty_faults_are_all_of_them(log: InputLog) -> None:
    parsed("entry,examiner,score\nF01,E01,1\n" + "F01,E01,x\n" * 50, log)
    assert {fault.code for fault in log.faults} == {"not-a-number"}


def test_a_row_in_quotes_that_spans_lines_counts_from_its_first(log: InputLog) -> None:
    parsed('entry,examiner,score\n"F\n01",E01,45\nF02,E01,x\n', log)
    assert [fault.where.line for fault in log.faults if fault.where] == [2, 4]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "r.csv: the file is empty; a header was expected"),
        ("\n \n", "r.csv: the file is empty; a header was expected"),
        (HEADER, "r.csv:1: no row stands below the header (write one row for each score)"),
        ("\n" + HEADER + "\n", "r.csv:2: no row stands below the header (write one"),
        (HEADER + ",,,,,\n", "r.csv:1: no row stands below the header (write one"),
        ("entry,examiner,score\nA,E1,\nA,E2,\n", "r.csv:1: no row has a score"),
        ("entry,score\nA,1\n", "r.csv:1: the column examiner is missing (accepted headers:"),
        ("entry,unit,examiner,score\nA,A,E1,1\n", 'r.csv:1: the columns "entry" and "unit" mean'),
        ("entry,examiner,score,mark\nA,E1,1,1\n", 'r.csv:1: the columns "score" and "mark" mean'),
        ("entry,examiner,score,\nA,E1,1,x\n", "r.csv:1: column 4 has cells but no header"),
        ("sep=|\nentry|examiner|score\nA|E1|1\n", 'r.csv:1: "|" cannot separate cells'),
        ('entry,examiner,score\nA,E1,1\nA,"E2,3\n', "r.csv:3: a quotation mark that begins here"),
        ('entry,examiner,score\nA,"E"2,3\n', "r.csv:2: text follows a closing quotation mark"),
        ('"entry,examiner,score\nA,E1,1\n', "r.csv:1: a quotation mark that begins here"),
        ('entry,examiner,score,\nA,E1,1,\n"', "r.csv:3: a quotation mark that begins here"),
        ('entry,examiner,score,,\nA,E1,1,,\n"', "r.csv:3: a quotation mark that begins here"),
        (b"entry,examiner,score\nA\0,E1,1\n", "r.csv:2: the file holds a NUL byte"),
        (b"PK\x03\x04entry,examiner,score\n", "r.csv: the file is an Excel workbook"),
        ("entry,examiner,score\nA,E1,1\n".encode("utf-16"), "r.csv: the text is in UTF-16"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(text: str | bytes, fault: str) -> None:
    log = InputLog()
    ratings = parsed(text, log)
    (found,) = log.faults
    assert str(found).startswith(fault)
    assert len(ratings.score) == len(ratings.entries) == 0
    assert "r.csv" in log.hashes


def test_an_unnamed_empty_column_is_passed_over(log: InputLog) -> None:
    assert len(parsed("entry,examiner,score,\nA,E1,1,\nA,E2,2,\n", log).score) == 2
    assert log.faults == log.warnings == []


def test_faults_before_broken_quotes_are_kept_but_no_row(log: InputLog) -> None:
    ratings = parsed('entry,examiner,score\nA,E1,1\nA,E2,x\nA,"E3,4\n', log)
    assert {fault.code for fault in log.faults} == {"not-a-number", "broken-csv"}
    assert ratings.rows == 0


def test_many_distinct_scores_are_remembered_within_bounds(
    log: InputLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kvaljury.files.rating_rows._REMEMBERED", 2)
    rows = "".join(f'"a ""b""",E1,{n}\n' for n in (1, 2, 3, 1, 4, 3, 2))
    ratings = parsed("entry,examiner,score\n" + rows, log)
    assert ratings.score.tolist() == [1, 2, 3, 1, 4, 3, 2]


def test_a_file_is_read_from_disk(tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text(HEADER + ROW, "utf-8")
    log = InputLog()
    assert rows_of(read_ratings(path, log)) == rows_of(read_ratings(path))
    assert list(log.hashes) == [str(path)]


def test_faults_are_raised_where_there_is_no_log(tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text(HEADER + "a,b,c\n" * 3, "utf-8")
    with pytest.raises(InputFaults) as raised:
        read_ratings(path)
    assert [f.where.line for f in raised.value.faults if f.where] == [2, 3, 4]
    assert str(raised.value).startswith(f"{path}:2: the row has 3 cells")


def test_a_missing_file_and_a_folder_are_faults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputFaults, match=r"^none\.csv: the file is missing$"):
        read_ratings(Path("none.csv"))
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(InputFaults, match=r"^folder\.csv: this is a folder; a CSV file was"):
        read_ratings(Path("folder.csv"))


def test_a_file_that_the_disk_does_not_give_is_a_disk_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(DiskFault, match="Permission denied"):
        read_ratings(tmp_path / "ratings.csv")


def test_a_file_name_that_is_no_text_can_be_shown(tmp_path: Path) -> None:
    log = InputLog()
    read_ratings(tmp_path / "r\udce5d.csv", log)
    (fault,) = log.faults
    assert str(fault).encode().endswith(rb"r\udce5d.csv: the file is missing")


def test_the_reference_data_are_read(shared: Path) -> None:
    content = gzip.decompress((shared / "data/figure-skating-2016-2018.csv.gz").read_bytes())
    log = InputLog()
    ratings = parse_ratings(content, "skating.csv", log)
    assert (ratings.rows, ratings.refused, len(ratings.score)) == (77_670, 40, 77_630)
    assert {fault.code for fault in log.faults} == {"empty-field"}
    assert (len(ratings.teams), len(ratings.questions)) == (152, 7)

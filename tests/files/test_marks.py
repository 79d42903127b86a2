"""Marks are held against entries, teams, leaves, rubrics and each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

from kvaljury.core.model import Edition, LoneComment, Mark, Marks, Question, RuleSet, Scheme, Text
from kvaljury.errors import InputFaults
from kvaljury.files.edition_folder import read_marks
from kvaljury.files.log import CellTally, InputLog

Write = Callable[[Mapping[str, str | bytes]], Path]
Read = Callable[[str], Marks]
HEADER = "entry;examiner;question;criterion;mark;comment\n"


@pytest.fixture
def read(write: Write, scheme: Scheme, edition: Edition, log: InputLog) -> Read:
    return lambda rows: read_marks(
        write({"marks/E.csv": HEADER + rows + "\n"}), scheme, edition, log
    )


def test_a_mark_is_read_with_its_address(read: Read, log: InputLog) -> None:
    marks = read("F01;E01;12a;;45;Bra, men kort")
    assert marks == Marks((Mark("F01", "E01", "12a", "", Fraction(45), "Bra, men kort"),))
    assert str(marks.valid[0].source) == "marks/E.csv:2"
    assert log.faults == log.warnings == []


def test_no_folder_of_marks_is_no_marks(
    write: Write, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    assert read_marks(write({"README.txt": ""}), scheme, edition, log) == Marks()
    assert log == InputLog()


def test_marks_are_sorted_whatever_the_order_of_files_and_rows(
    write: Write, scheme: Scheme, edition: Edition
) -> None:
    folder = write(
        {
            "marks/b.csv": HEADER + "F01;E02;12a;;5;\nF01;E01;12b;plan;4;\nF01;E01;12b;do;3,5;\n",
            "marks/a.CSV": HEADER + "S01;E04;1;;5;\nF01;E01;1;;5;\n",
        }
    )
    marks = read_marks(folder, scheme, edition)
    assert [(m.entry, m.examiner, m.question, m.criterion) for m in marks.valid] == [
        ("F01", "E01", "1", ""),
        ("F01", "E01", "12b", "do"),
        ("F01", "E01", "12b", "plan"),
        ("F01", "E02", "12a", ""),
        ("S01", "E04", "1", ""),
    ]


def test_marks_under_declared_jav_are_kept_apart(read: Read, log: InputLog) -> None:
    marks = read("F02;E03;1;;5;\nF02;E01;1;;10;\nF01;E03;1;;15;")
    assert [(m.entry, m.examiner) for m in marks.excluded] == [("F02", "E03")]
    assert [(m.entry, m.examiner) for m in marks.valid] == [("F01", "E03"), ("F02", "E01")]
    assert log.faults == []


def test_a_guest_and_anybody_at_a_calibration_case_may_read(read: Read, log: InputLog) -> None:
    marks = read("F01;E04;1;;5;\nK01;E01;1;;5;\nK01;E06;1;;5;")
    assert len(marks.valid) == 3
    assert log.faults == []


@pytest.mark.parametrize(
    "question", ["12a", "12A", "12 a", "12.a", "12-A", "012a", "12a.", "12 a)"]
)
def test_a_leaf_is_found_however_it_is_written(question: str, read: Read, log: InputLog) -> None:
    assert [mark.question for mark in read(f"F01;E01;{question};;5;").valid] == ["12a"]
    assert log.faults == []


@pytest.mark.parametrize("question", ["1", "01", "1.", "1)"])
def test_a_question_without_parts_is_its_leaf(question: str, read: Read) -> None:
    assert [mark.question for mark in read(f"F01;E01;{question};;5;").valid] == ["1"]


@pytest.mark.parametrize("criterion", ["plan", "PLAN", "Plan", "Planera", "planera"])
def test_a_criterion_is_found_by_id_or_label(criterion: str, read: Read, log: InputLog) -> None:
    assert [mark.criterion for mark in read(f"F01;E01;12b;{criterion};0,5;").valid] == ["plan"]
    assert log.faults == []


def test_a_criterion_is_found_again_in_other_rows(read: Read) -> None:
    marks = read("F01;E01;12b;Planera;0,5;\nF01;E02;12b;Planera;0,5;")
    assert [(mark.criterion, mark.value) for mark in marks.valid] == [("plan", Fraction(1, 2))] * 2


def test_the_only_criterion_may_be_named(read: Read) -> None:
    assert [mark.criterion for mark in read("F01;E01;1;poäng;5;").valid] == [""]


@pytest.mark.parametrize("mark", ["45", "45,0", "45.000", " 45 ", "\u00a045"])
def test_a_mark_is_exact_with_point_or_comma(mark: str, read: Read) -> None:
    assert [m.value for m in read(f"F01;E01;1;;{mark};").valid] == [Fraction(45)]


def test_a_blank_mark_is_no_mark(read: Read, log: InputLog) -> None:
    assert read("F01;E01;1;;;\nF01;E01;12a;; ;") == Marks()
    assert log.faults == log.warnings == []
    assert log.tallies == [CellTally("marks/E.csv", cells=12, accepted=6, blank=6, refused=0)]


def test_a_comment_without_a_mark_is_kept(read: Read, log: InputLog) -> None:
    marks = read("F02;E01;1;;;Sist\nF01;E02;12b;do;;Två\nF01;E01;12b;plan;;Ett\nF01;E01;1;;5;Nu")
    assert [mark.comment for mark in marks.valid] == ["Nu"]
    assert marks.lone_comments == (
        LoneComment("F01", "E01", "12b", "plan", "Ett"),
        LoneComment("F01", "E02", "12b", "do", "Två"),
        LoneComment("F02", "E01", "1", "", "Sist"),
    )
    assert [said.comment for said in marks.commented] == ["Nu", "Ett", "Två", "Sist"]
    assert str(marks.lone_comments[0].source) == "marks/E.csv:4: comment"
    assert log.faults == log.warnings == []
    assert log.tallies[0].refused == 0


def test_a_comment_without_a_mark_under_jav_is_told_once_and_counted_as_refused(
    read: Read, log: InputLog
) -> None:
    marks = read("F02;E03;1;;;Ett\nF02;E03;12a;;;Två\nF01;E03;1;;;Tre")
    assert [said.comment for said in marks.lone_comments] == ["Tre"]
    assert [str(warning) for warning in log.warnings] == [
        "marks/E.csv:2: comment: what the examiner E03 writes on the entry F02 is left out, for jäv"
    ]
    assert log.tallies == [CellTally("marks/E.csv", cells=18, accepted=4, blank=6, refused=8)]


def test_a_comment_keeps_its_lines_and_loses_invisible_characters_aloud(
    read: Read, log: InputLog
) -> None:
    marks = read('F01;E01;1;;5;"ett\n\ttvå\u00a0tre\u200b"')
    assert [mark.comment for mark in marks.valid] == ["ett\n\ttvå\u00a0tre"]
    assert [str(warning) for warning in log.warnings] == [
        "marks/E.csv:2: comment: an invisible character (U+200B) was left out"
    ]


EXCEL = "Excel has made a date of it: format the column as text and type it anew"
DIGITS = "write digits and at most one decimal comma or point, no unit"
GUEST = "if the reading is agreed, list the pair under guests of a team in teams.toml"
SCALE = "the scale goes from 0 to 100 in steps of 5"
BAD_ROWS = [
    (";E01;1;;5;", "entry: entry is empty"),
    ("F01;;1;;5;", "examiner: examiner is empty"),
    ("F01;E01;;;5;", "question: question is empty"),
    ("f01;E01;1;;5;", 'entry: the entry "f01" is unknown (did you mean F01?)'),
    ("F1;E01;1;;5;", 'entry: the entry "F1" is unknown (did you mean F01?)'),
    (
        "Summa;E01;1;;5;",
        'entry: the entry "Summa" is unknown'
        " (no entry has this id; entries stand in entries.toml or entries.csv)",
    ),
    ("F01;E1;1;;5;", 'examiner: the examiner "E1" is unknown (did you mean E01?)'),
    (
        "F01;Kim;1;;5;",
        'examiner: the examiner "Kim" is unknown'
        " (no team has an examiner with this id; see teams.toml)",
    ),
    (
        "F01;E05;1;;5;",
        f"examiner: the examiner E05 of team L2 marks the entry F01 of team L1 ({GUEST})",
    ),
    (
        "F01;E01;12;;5;",
        'question: the question "12" is marked by its parts (write one of: 12a, 12b)',
    ),
    (
        "F01;E01;12.;;5;",
        'question: the question "12." is marked by its parts (write one of: 12a, 12b)',
    ),
    ("F01;E01;12c;;5;", 'question: the question "12c" is unknown (did you mean 12b?)'),
    ("F01;E01;1.2;;5;", 'question: the question "1.2" is unknown (did you mean 12b?)'),
    ("F01;E01;x;;5;", 'question: the question "x" is unknown (known: 1, 12a, 12b)'),
    (
        "F01;E01;12b;;4;",
        "criterion: the rubric verbs of question 12b has several criteria; one was expected"
        " (write one of: plan, do)",
    ),
    (
        "F01;E01;12b;act;4;",
        'criterion: the rubric verbs of question 12b has no criterion "act"'
        " (write one of: plan, do)",
    ),
    (
        "F01;E01;1;plan;5;",
        'criterion: the rubric approach of question 1 has no criterion "plan"'
        " (leave the cell empty)",
    ),
    ("F01;E01;1;;105;", f"mark: mark 105 is outside 0-100 ({SCALE})"),
    ("F01;E01;1;;-5;", f"mark: mark -5 is outside 0-100 ({SCALE})"),
    ("F01;E01;1;;47;", "mark: mark 47 is not on the scale 0-100 in steps of 5"),
    ("F01;E01;1;;4,5;", "mark: mark 4.5 is not on the scale 0-100 in steps of 5"),
    (
        "F01;E01;12b;do;4,5;",
        "mark: mark 4.5 is outside 0-4 (the scale goes from 0 to 4 in steps of 0.5)",
    ),
    ("F01;E01;12b;do;0,25;", "mark: mark 0.25 is not on the scale 0-4 in steps of 0.5"),
    ("F01;E01;1;;x;", f'mark: "x" is not a number ({DIGITS})'),
    ("F01;E01;1;;nan;", f'mark: "nan" is not a number ({DIGITS})'),
    ("F01;E01;1;;1e2;", f'mark: "1e2" is not a number ({DIGITS})'),
    ("F01;E01;1;;#VÄRDEFEL!;", f'mark: "#VÄRDEFEL!" is not a number ({DIGITS})'),
    ("F01;E01;1;;04-maj;", f'mark: "04-maj" is not a number ({EXCEL})'),
    ("F01;E01;1;;4/5;", f'mark: "4/5" is not a number ({EXCEL})'),
    (
        "F01;E01;1;;4\u200b5;",
        "mark: an invisible character (U+200B) stands here (delete the cell and type its"
        " content anew)",
    ),
    (
        "\u202eF01;E01;1;;45;",
        "entry: an invisible character (U+202E) stands here (delete the cell and type its"
        " content anew)",
    ),
    (
        "F01;E01;12b;pl\u00adan;4;",
        "criterion: an invisible character (U+00AD) stands here (delete the cell and type its"
        " content anew)",
    ),
    (
        "F01;E01;1\x07;;45;",
        "question: a character that no text can have (U+0007) stands here"
        " (write it on one line, without tabs and control characters)",
    ),
    (
        "F01;E01;1;;45;a\x07",
        "comment: a character that no text can have (U+0007) stands here"
        " (write it on one line, without tabs and control characters)",
    ),
]


@pytest.mark.parametrize(("row", "said"), BAD_ROWS, ids=[row for row, _ in BAD_ROWS])
def test_a_bad_row_is_refused_at_its_line_and_column(
    row: str, said: str, read: Read, log: InputLog
) -> None:
    marks = read(f"F01;E02;1;;5;\n{row}")
    assert len(marks.valid) == 1
    assert [str(fault) for fault in log.faults] == [f"marks/E.csv:3: {said}"]
    (tally,) = log.tallies
    assert tally.cells == 12 == tally.accepted + tally.blank + tally.refused
    assert tally.accepted == 4


def test_all_faults_of_a_row_are_said_at_once(read: Read, log: InputLog) -> None:
    read("F9;E9;12;x;5;\nF01;E05;1;x;105;")
    assert [fault.code for fault in log.faults] == [
        "unknown-entry",
        "unknown-examiner",
        "question-with-parts",
        "no-permit",
        "unknown-criterion",
        "off-scale",
    ]


def test_a_reading_of_an_entry_without_team_is_refused(
    write: Write, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    first, second = edition.teams
    lone = attrs.evolve(edition, teams=(attrs.evolve(first, entries=()), second))
    read_marks(write({"marks/E.csv": HEADER + "F02;E01;1;;5;\n"}), scheme, lone, log)
    assert [str(fault) for fault in log.faults] == [
        "marks/E.csv:2: examiner: the examiner E01 marks the entry F02, which is in no team"
        f" ({GUEST})"
    ]


def test_the_same_mark_twice_is_refused_with_both_addresses(
    write: Write, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    folder = write(
        {
            "marks/a.csv": HEADER + "F01;E01;12a;;5;\n",
            "marks/b.csv": HEADER + "F01;E02;12a;;5;\nF01;E01;12 A;;10;\n",
        }
    )
    marks = read_marks(folder, scheme, edition, log)
    assert [(m.examiner, m.value) for m in marks.valid] == [("E01", 5), ("E02", 5)]
    assert [str(fault) for fault in log.faults] == [
        "marks/b.csv:3: mark: the same mark stands at marks/a.csv:2: entry F01, examiner E01,"
        " question 12a (keep one of the rows)"
    ]
    assert [tally.refused for tally in log.tallies] == [0, 4]


def test_a_blank_mark_beside_a_mark_is_no_double(read: Read, log: InputLog) -> None:
    assert len(read("F01;E01;1;;;\nF01;E01;1;;5;").valid) == 1
    assert log.faults == []


def test_a_refused_entry_is_not_called_unknown_and_its_marks_are_left_out(
    read: Read, log: InputLog
) -> None:
    log.refuse("entry", "F09")
    assert read("F09;E01;1;;5;") == Marks()
    assert log.faults == []
    assert log.tallies[0].refused == 4


def test_permits_are_not_judged_where_teams_are_at_fault(read: Read, log: InputLog) -> None:
    log.unread.add("team")
    assert len(read("F01;E05;1;;5;").valid) == 1
    assert log.faults == []


def test_marks_without_any_team_are_one_fault(
    write: Write, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    bare = attrs.evolve(edition, teams=(), examiners=())
    folder = write({"marks/E.csv": HEADER + "F01;E01;1;;5;\nF01;E02;1;;5;\n"})
    read_marks(folder, scheme, bare, log)
    assert [str(fault) for fault in log.faults] == [
        "teams.toml: there are marks but no team, so nobody has leave to set them"
        " (write teams.toml)"
    ]


def test_without_a_log_faults_are_raised_together(
    write: Write, scheme: Scheme, edition: Edition
) -> None:
    folder = write({"marks/E.csv": HEADER + "F01;E01;1;;x;\nF01;E02;1;;y;\n"})
    with pytest.raises(InputFaults) as caught:
        read_marks(folder, scheme, edition)
    assert [str(fault.where) for fault in caught.value.faults] == [
        "marks/E.csv:2: mark",
        "marks/E.csv:3: mark",
    ]


@pytest.mark.parametrize("name", ["E07.XLSM", "E07.xls", "E07.xlsb", "E07.ods"])
def test_a_workbook_among_the_marks_is_never_passed_over(
    name: str, write: Write, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    read_marks(write({f"marks/{name}": b"PK"}), scheme, edition, log)
    assert [str(fault) for fault in log.faults] == [
        f"marks/{name}: workbooks of the kind {Path(name).suffix.lower()} are not read"
        " (in Excel choose Save as, Excel workbook (.xlsx); remove this file)"
    ]


def test_hidden_and_lock_files_and_other_kinds_are_passed_over(
    write: Write, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    names = ["~$E07.xlsx", "._E07.csv", ".DS_Store", "notes.txt", ".~lock.E07.csv#"]
    folder = write({f"marks/{name}": b"\0" for name in names})
    assert read_marks(folder, scheme, edition, log) == Marks()
    assert log == InputLog()


def test_a_file_in_the_place_of_the_folder_is_a_fault(
    write: Write, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    read_marks(write({"marks": "entry"}), scheme, edition, log)
    assert [str(fault) for fault in log.faults] == ["marks: marks is a file; a folder was expected"]


def test_symbolic_links_are_followed(write: Write, scheme: Scheme, edition: Edition) -> None:
    folder = write({"elsewhere/E01.csv": HEADER + "F01;E01;1;;5;\n"})
    (folder / "marks").symlink_to(folder / "elsewhere")
    assert len(read_marks(folder, scheme, edition).valid) == 1


def test_a_leaf_with_an_id_of_another_shape_is_found_exactly(
    write: Write, scheme: Scheme, edition: Edition
) -> None:
    named = Scheme({**scheme.rubrics, "Results-1": scheme.rubrics["1"]})
    folder = write({"marks/E.csv": HEADER + "F01;E01;results-1;;5;\n"})
    assert read_marks(folder, named, edition).valid[0].question == "Results-1"


def test_a_question_of_another_shape_with_parts_names_them(
    write: Write, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    (area,) = edition.rules.areas
    question = Question("Mål", Text("Mål"), Fraction(100), area.questions[1].leaves)
    rules: RuleSet = attrs.evolve(edition.rules, areas=(attrs.evolve(area, questions=(question,)),))
    folder = write({"marks/E.csv": HEADER + "F01;E01;Mål;;5;\n"})
    read_marks(folder, scheme, attrs.evolve(edition, rules=rules), log)
    assert [fault.code for fault in log.faults] == ["question-with-parts"]


def test_unknown_ids_are_told_once_a_file_with_the_number_of_their_rows(
    write: Write, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    folder = write(
        {
            "marks/a.csv": HEADER + "F9;E01;1;;5;\nF9;E99;1;;5;\nF9;E99;12a;;5;\n",
            "marks/b.csv": HEADER + "F9;E01;1;;5;\n",
        }
    )
    assert read_marks(folder, scheme, edition, log) == Marks()
    assert [(str(fault.where), str(fault.message)) for fault in log.faults] == [
        ("marks/a.csv:2: entry", 'the entry "F9" is unknown; it stands in 3 places here'),
        ("marks/a.csv:3: examiner", 'the examiner "E99" is unknown; it stands in 2 places here'),
        ("marks/b.csv:2: entry", 'the entry "F9" is unknown'),
    ]
    assert [tally.accepted for tally in log.tallies] == [0, 0]


def test_a_reader_found_in_order_once_does_not_excuse_the_rows_after(
    read: Read, log: InputLog
) -> None:
    marks = read("F01;E01;1;;5;\nF01;E01;;;5;\nF01;E02;1;;5;\nF01;E01;12a;;5;\n;E01;1;;5;")
    assert [(mark.examiner, mark.question) for mark in marks.valid] == [
        ("E01", "1"),
        ("E01", "12a"),
        ("E02", "1"),
    ]
    assert [(fault.code, str(fault.where)) for fault in log.faults] == [
        ("empty-field", "marks/E.csv:3: question"),
        ("empty-field", "marks/E.csv:6: entry"),
    ]


def test_a_reader_without_leave_is_refused_in_every_row(read: Read, log: InputLog) -> None:
    assert read("S01;E01;1;;5;\nS01;E01;12a;;5;") == Marks()
    assert [str(fault.where) for fault in log.faults] == [
        "marks/E.csv:2: examiner",
        "marks/E.csv:3: examiner",
    ]

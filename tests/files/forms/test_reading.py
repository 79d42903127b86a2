"""Forms that come back: every answer once, with its cell, or a fault that says where and why."""

from fractions import Fraction

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kvaljury.core.model import DocumentCheck, FormulaPolicy, Remark, RemarkKind
from kvaljury.files.forms.reading import is_form, read_form
from kvaljury.files.log import CellTally, InputLog
from kvaljury.files.workbooks.contents import Cell, CellKind, Merged, Visibility
from tests.files.forms.changes import cell_of, place_of, row_of, sheet_of

LEAF_MARK, COMMENT = 6, 7
TEXT, NUMBER = CellKind.TEXT, CellKind.NUMBER


def cell(kind, text, **attributes):
    return Cell(1, 1, kind, text, **attributes)


def without(workbook, name):
    return attrs.evolve(
        workbook, sheets=tuple(sheet for sheet in workbook.sheets if sheet.name != name)
    )


def renamed(sheet, name):
    return attrs.evolve(sheet, name=name)


def mark_cell(workbook, leaf="mark/F01/1/", sheet="F01"):
    return cell_of(workbook, sheet, leaf, LEAF_MARK)


def only(log):
    (fault,) = log.faults
    return fault


def test_an_empty_form_holds_nothing_and_no_fault(empty, read, log):
    contents = read(empty)
    assert log.faults == log.warnings == []
    assert (contents.examiner, contents.team) == ("E01", None)
    assert all(table.rows == () for table in contents.tables())
    assert contents.remarks == contents.document_checks == ()
    (tally,) = log.tallies
    assert tally == CellTally("marks/E01.xlsx", tally.cells, 0, tally.cells, 0)
    # Three entries of four marks with comments and three remarks, two proposals with reasons.
    assert tally.cells == 3 * (4 * 2 + 3) + 2 * 2


def test_what_was_filled_in_comes_back_with_its_cell(filled, read, log):
    contents = read(filled)
    assert log.faults == log.warnings == []
    assert [dict(row.cells) for row in contents.marks.rows] == [
        {"entry": "F01", "examiner": "E01", "question": "1", "mark": "45", "comment": "=1+1"},
        {
            "entry": "F01",
            "examiner": "E01",
            "question": "12b",
            "criterion": "plan",
            "mark": "4",
            "comment": "Två rader:\n- så här",
        },
        {"entry": "F01", "examiner": "E01", "question": "12b", "criterion": "do", "mark": "1.5"},
        {
            "entry": "F02",
            "examiner": "E01",
            "question": "12a",
            "mark": "0",
            "comment": "#read(..)",
        },
    ]
    first = contents.marks.rows[0]
    where = f"marks/E01.xlsx: sheet F01, cell F{row_of(filled, 'F01', 'mark/F01/1/')}"
    assert str(first.where()) == str(first.where("mark")) == str(first.where("entry")) == where
    assert str(first.where("comment")) == where.replace("cell F", "cell G")
    assert first.number("mark") == Fraction(45)


def test_remarks_and_proposals_come_back(filled, read, log):
    contents = read(filled)
    assert contents.remarks == (
        Remark("F01", "E01", "all", RemarkKind.STRENGTH, "- lugnt\n- tryggt"),
        Remark("F01", "E01", "all", RemarkKind.VERIFY, "Fråga om mätningen"),
    )
    assert str(contents.remarks[0].source).startswith("marks/E01.xlsx: sheet F01, cell G")
    assert [dict(row.cells) for row in contents.proposals.rows] == [
        {"entry": "F01", "proposal": "mention", "reason": "Ett gott exempel"},
        {"entry": "F02", "proposal": "none"},
    ]
    assert log.tallies == [CellTally("marks/E01.xlsx", 37, 12, 25, 0)]


def test_the_form_of_a_team_comes_back_without_the_marks_of_examiners(of_team, read, log):
    contents = read(of_team)
    assert log.faults == log.warnings == []
    assert (contents.examiner, contents.team) == (None, "L1")
    assert contents.marks.rows == contents.remarks == ()
    (row,) = contents.consensus.rows
    assert dict(row.cells) == {
        "entry": "F01",
        "question": "12b",
        "criterion": "do",
        "mark": "2.5",
        "reason": "=samsyn",
    }
    assert contents.document_checks == (
        DocumentCheck("F01", "plan", True, "2025"),
        DocumentCheck("F02", "other", False),
    )
    assert log.tallies == [CellTally("consensus/L1-gemensamt.xlsx", 24, 5, 19, 0)]


def test_a_workbook_is_a_form_by_its_hidden_sheet(empty, change):
    assert is_form(empty)
    assert not is_form(without(empty, "kvaljury"))
    visible = change(empty, "kvaljury", visibility=Visibility.VISIBLE)
    assert is_form(visible)
    assert not is_form(change(visible, "kvaljury", {"A1": "entry"}))
    assert is_form(change(empty, "kvaljury", {"A1": "entry"}))


def test_what_office_programs_do_to_a_form_is_no_fault(filled, read, log, change):
    """Other hiding of the hidden sheet, 4.0 for 4, and the order of the tabs."""
    changed = change(filled, "kvaljury", visibility=Visibility.HIDDEN)
    changed = attrs.evolve(changed, sheets=tuple(reversed(changed.sheets)))
    changed = change(changed, "F01", {mark_cell(filled): cell(NUMBER, "45.0")})
    assert read(changed).marks.rows[0].number("mark") == Fraction(45)
    assert log.faults == log.warnings == []


@pytest.mark.parametrize("text", ["4,5", "4.5", " 4,5 ", "4,50"])
def test_a_number_typed_as_text_is_a_number(empty, read, log, change, text):
    contents = read(change(empty, "F01", {mark_cell(empty): text}))
    assert contents.marks.rows[0].number("mark") == Fraction(9, 2)
    assert log.faults == []


@pytest.mark.parametrize("text", ["4-5", "X", "45 50", "45/50", "45?", "１"])
def test_what_is_no_number_is_a_fault_at_its_cell(empty, read, log, change, text):
    reference = mark_cell(empty)
    contents = read(change(empty, "F01", {reference: text}))
    assert contents.marks.rows[0].number("mark") is None
    assert str(only(log).where) == f"marks/E01.xlsx: sheet F01, cell {reference}"
    contents.marks.note_tally(fresh := InputLog())
    assert fresh.tallies[0].refused == 1


@pytest.mark.parametrize(
    "odd_cell",
    [
        (cell(CellKind.ERROR, "#DIV/0!"), ("error-cell", "#DIV/0!")),
        (cell(CellKind.DATE, "2025-05-04"), ("date-cell", "2025-05-04")),
        (cell(CellKind.TRUTH, "true"), ("truth-cell", "truth")),
        (cell(NUMBER, "45", is_percent=True), ("percent-cell", "45 %")),
        (cell(NUMBER, "45", formula="40+5"), ("formula-cell", "=40+5")),
        (cell(CellKind.EMPTY, "", formula="40+5"), ("formula-without-value", "=40+5")),
    ],
)
def test_a_cell_that_is_not_surely_a_mark_is_refused(empty, read, log, change, odd_cell):
    reference, (odd, (code, said)) = mark_cell(empty), odd_cell
    contents = read(change(empty, "F01", {reference: odd}))
    fault = only(log)
    assert fault.code == code
    assert said in str(fault.message)
    assert str(fault.where) == f"marks/E01.xlsx: sheet F01, cell {reference}"
    assert fault.hint
    (row,) = contents.marks.rows
    assert row.refused
    assert "mark" not in row.cells
    assert (log.tallies[0].accepted, log.tallies[0].refused) == (0, 1)


def test_a_date_in_a_comment_is_refused_and_a_number_is_a_text(empty, read, log, change):
    row = row_of(empty, "F01", "mark/F01/1/")
    odd = {f"G{row}": cell(CellKind.DATE, "2025-05-04"), f"G{row + 2}": cell(NUMBER, "2024")}
    contents = read(change(empty, "F01", odd))
    assert "format the cell as text" in str(only(log).hint)
    assert [row.refused for row in contents.marks.rows] == [True, False]
    assert contents.marks.rows[1].prose("comment") == "2024"


def test_a_percentage_in_a_comment_is_refused_since_its_sign_would_be_lost(
    empty, read, log, change
):
    row = row_of(empty, "F01", "mark/F01/1/")
    contents = read(change(empty, "F01", {f"G{row}": cell(NUMBER, "51", is_percent=True)}))
    assert "comment" not in contents.marks.rows[0].cells
    assert "51 %" in str(only(log).message)
    assert "format the cell as text" in str(only(log).hint)


def test_an_edition_may_take_the_value_of_formulas(empty, read, log, change):
    formula = cell(NUMBER, "45", formula="40+5")
    changed = change(empty, "F01", {mark_cell(empty): formula})
    contents = read(changed, FormulaPolicy.VALUE)
    assert contents.marks.rows[0].number("mark") == Fraction(45)
    assert log.faults == []
    (warning,) = log.warnings
    assert warning.code == "formulas-read"
    assert "=40+5" in str(warning.message)


def test_a_formula_without_value_is_refused_whatever_the_edition_says(empty, read, codes, change):
    formula = cell(CellKind.EMPTY, "", formula="40+5")
    read(change(empty, "F01", {mark_cell(empty): formula}), FormulaPolicy.VALUE)
    assert codes() == ["formula-without-value"]


def test_spaces_alone_are_no_answer(empty, read, log, change):
    contents = read(change(empty, "F01", {mark_cell(empty): " \n\u00a0"}))
    assert contents.marks.rows == ()
    assert log.tallies[0].blank == log.tallies[0].cells


def test_a_remark_with_a_control_character_is_refused(empty, read, log, change):
    reference = cell_of(empty, "F01", "remark/F01/all/strength", COMMENT)
    assert read(change(empty, "F01", {reference: "a\x07b"})).remarks == ()
    assert only(log).code == "control-character"
    assert log.tallies[0].refused == 1


# The whole form.


def head(workbook, name):
    hidden = sheet_of(workbook, "kvaljury")
    return next(f"B{row}" for (row, c), at in hidden.cells.items() if c == 1 and at.text == name)


def test_another_template_version_is_refused(filled, read, log, change):
    assert read(change(filled, "kvaljury", {"B1": "99"})) is None
    fault = only(log)
    assert fault.code == "template-version"
    assert str(fault.where) == "marks/E01.xlsx: sheet kvaljury"
    assert str(fault.message) == "the form has the template version 99; 2 was expected"
    assert "kvaljury forms" in str(fault.hint)


def test_a_hidden_sheet_that_says_nothing_is_refused(filled, read, log, change):
    assert read(change(filled, "kvaljury", {"A1": None})) is None
    assert str(only(log).message) == "the hidden sheet does not say which form this is"


@pytest.mark.parametrize(
    "cells",
    [{"B2": "stockholm-2012"}, {"A14": None}, {"A3000": "x"}, {"Z1": "x"}, {"A200001": "x"}],
)
def test_a_hidden_sheet_that_was_changed_is_refused(filled, read, codes, change, cells):
    assert read(change(filled, "kvaljury", cells)) is None
    assert codes() == ["broken-form"]


def test_a_hidden_sheet_that_was_cut_is_refused(filled, read, codes, change):
    hidden = sheet_of(filled, "kvaljury")
    cut = {place: at for place, at in hidden.cells.items() if place[0] < 5}
    assert read(change(filled, "kvaljury", {}, cells=cut)) is None
    assert codes() == ["broken-form"]


@pytest.mark.parametrize("field", ["year", "rules"])
def test_the_form_of_another_year_is_refused_and_its_answers_counted(
    filled, read, log, year, field
):
    other = (
        attrs.evolve(year, year=2026)
        if field == "year"
        else attrs.evolve(year, rules=attrs.evolve(year.rules, name="another"))
    )
    assert read(filled, of=other) is None
    fault = only(log)
    assert fault.code == "other-edition"
    assert "the form is made for small, year 2025; the edition has" in str(fault.message)
    assert log.tallies == [CellTally("marks/E01.xlsx", 37, 0, 25, 12)]


def test_the_form_of_a_stranger_is_refused_with_the_nearest_name(filled, read, log, year):
    others = tuple(attrs.evolve(e, id=e.id.replace("E01", "E011")) for e in year.examiners)
    assert read(filled, of=attrs.evolve(year, examiners=others)) is None
    fault = only(log)
    assert fault.code == "unknown-examiner"
    assert str(fault.hint) == "did you mean E011?"
    assert log.tallies[0].accepted == 0


def test_the_form_of_an_unknown_team_is_refused_with_the_nearest_name(of_team, read, log, year):
    teams = tuple(attrs.evolve(team, id=f"{team.id}0") for team in year.teams)
    assert read(of_team, of=attrs.evolve(year, teams=teams)) is None
    fault = only(log)
    assert (fault.code, str(fault.hint)) == ("unknown-team", "did you mean L10?")


def test_a_team_is_not_called_unknown_where_the_teams_could_not_be_read(of_team, read, log, year):
    log.unread.add("team")
    assert read(of_team, of=attrs.evolve(year, teams=())) is None
    assert log.faults == []


# Its sheets.


def test_a_missing_sheet_is_named(filled, read, log):
    contents = read(without(filled, "F01"))
    fault = only(log)
    assert fault.code == "missing-sheet"
    assert str(fault.message) == "the sheet F01 is missing"
    assert {row.cells["entry"] for row in contents.marks.rows} == {"F02"}


def test_a_sheet_without_answers_may_be_removed(filled, read, log):
    assert read(without(without(filled, "Rubrics"), "Read this first")) is not None
    assert log.faults == log.warnings == []


def test_a_renamed_sheet_is_read_with_a_warning(filled, read, log, change):
    contents = read(change(filled, "F01", name="Blåmolnet"))
    assert log.faults == []
    (warning,) = log.warnings
    assert str(warning) == "marks/E01.xlsx: sheet Blåmolnet: the sheet was called F01 and is" \
        " read as that"  # fmt: skip
    assert contents.marks.rows[0].where().sheet == "Blåmolnet"


def test_a_copied_sheet_is_refused_with_both(filled, read, log):
    copy = renamed(sheet_of(filled, "F01"), "F01 (2)")
    contents = read(attrs.evolve(filled, sheets=(*filled.sheets, copy)))
    fault = only(log)
    assert fault.code == "copied-sheet"
    assert "F01, F01 (2)" in str(fault.message)
    assert str(fault.where) == "marks/E01.xlsx: sheet F01 (2)"
    assert {row.cells["entry"] for row in contents.marks.rows} == {"F02"}
    tally = log.tallies[0]
    assert tally.cells == tally.accepted + tally.blank + tally.refused
    assert tally.refused == 2 * 7


def test_a_sheet_pasted_over_another_is_found(filled, read, codes, change):
    pasted = change(filled, "F02", {}, cells=sheet_of(filled, "F01").cells)
    read(pasted)
    assert sorted(codes()) == ["copied-sheet", "missing-sheet"]


def test_a_sheet_of_another_form_is_refused(filled, read, log, change):
    key = sheet_of(filled, "F01").text(1, 1)
    read(change(filled, "F01", {"A1": key.replace("/E01/", "/E02/")}))
    first, second = sorted(log.faults, key=lambda fault: fault.code)
    assert (first.code, second.code) == ("missing-sheet", "strange-sheet")
    assert str(second.message) == "the sheet comes from another form"


def test_an_extra_sheet_is_refused_where_anything_stands_in_it(filled, read, log):
    blank = attrs.evolve(
        sheet_of(filled, "F01"), name="Blad1", cells={(3, 3): Cell(3, 3, TEXT, " ")}
    )
    written = attrs.evolve(blank, name="Blad2", cells={(3, 3): Cell(3, 3, TEXT, "45")})
    read(attrs.evolve(filled, sheets=(*filled.sheets, blank, written)))
    fault = only(log)
    assert (fault.code, str(fault.where)) == (
        "strange-sheet",
        "marks/E01.xlsx: sheet Blad2, cell C3",
    )
    assert log.tallies[0].refused == 1


@pytest.mark.parametrize("how", [Visibility.HIDDEN, Visibility.VERY_HIDDEN])
def test_a_hidden_sheet_with_answers_is_refused(filled, read, log, change, how):
    contents = read(change(filled, "F01", visibility=how))
    assert only(log).code == "hidden-sheet"
    assert str(only(log).where) == "marks/E01.xlsx: sheet F01"
    assert {row.cells["entry"] for row in contents.marks.rows} == {"F02"}
    assert log.tallies[0].refused == 7


def test_hidden_rows_and_columns_that_ask_for_answers_are_refused(filled, read, log, change):
    row = row_of(filled, "F01", "mark/F01/1/")
    hidden = {
        "hidden_rows": frozenset({1, 5, row, row + 2}),
        "hidden_columns": frozenset({1, 3, 6}),
    }
    read(change(filled, "F01", **hidden))
    rows, column = log.faults
    assert str(rows.message).endswith(f": {row}, {row + 2}")
    assert str(rows.where) == f"marks/E01.xlsx: sheet F01, cell {row}:{row}"
    assert str(column.where) == "marks/E01.xlsx: sheet F01, cell F:F"
    assert log.tallies[0].refused == 7


def test_rows_that_ask_for_nothing_may_be_hidden(filled, read, log, change):
    hidden = frozenset({1, 4})
    assert read(change(filled, "F01", hidden_rows=hidden)) is not None
    read(change(filled, "Read this first", visibility=Visibility.HIDDEN))
    assert log.faults == []


def test_a_merged_cell_for_an_answer_is_refused(filled, read, log, change):
    row, column = place_of(mark_cell(filled))
    merged = sheet_of(filled, "F01").merged
    joined = Merged(row, column, row, column + 1)
    alone = Merged(row, column, row, column)
    read(change(filled, "F01", merged=(*merged, alone, joined)))
    fault = only(log)
    assert (fault.code, fault.where.detail) == ("merged-cells", mark_cell(filled))


# What stands beside answers.


@pytest.mark.parametrize("reference", ["F5", "H6", "B2000", "AZ6"])
def test_what_stands_beside_the_answers_is_never_lost_silently(
    filled, read, log, change, reference
):
    contents = read(change(filled, "F01", {reference: "45"}))
    fault = only(log)
    assert (fault.code, fault.where.detail) == ("stray-cell", reference)
    assert '"45"' in str(fault.message)
    tally = log.tallies[0]
    assert (tally.cells, tally.accepted, tally.refused) == (38, 12, 1)
    assert len(contents.marks.rows) == 4


def test_what_stands_instead_of_the_forms_text_is_a_fault(filled, read, log, change):
    read(change(filled, "F01", {f"C{row_of(filled, 'F01', 'mark/F01/1/')}": "50"}))
    assert str(only(log).message) == '"50" stands here instead of the text of the form'


LINK = 'HYPERLINK("#gid=1","{}")'


def test_a_link_of_the_form_that_came_back_as_a_formula_is_its_text(filled, read, log, change):
    row = row_of(filled, "F01", "mark/F01/1/")
    same = sheet_of(filled, "F01").text(row, 4)
    link = cell(TEXT, same, formula=LINK.format(same))
    contents = read(change(filled, "F01", {f"D{row}": link}))
    assert log.faults == log.warnings == []
    assert len(contents.marks.rows) == 4


@pytest.mark.parametrize(
    "stray",
    [
        ("D", cell(TEXT, "55", formula=LINK.format("55"))),
        ("D", cell(CellKind.EMPTY, "", formula="B1")),
        ("K", cell(TEXT, "Mark", formula=LINK.format("Mark"))),
    ],
)
def test_a_formula_that_shows_anything_else_or_stands_beside_is_a_fault(
    filled, read, codes, change, stray
):
    column, odd = stray
    row = row_of(filled, "F01", "mark/F01/1/")
    read(change(filled, "F01", {f"{column}{row}": odd}))
    assert set(codes()) == {"stray-cell"}


def test_text_of_the_form_that_is_gone_is_a_fault(filled, read, log, change):
    row = row_of(filled, "F01", "mark/F01/1/")
    read(change(filled, "F01", {f"C{row}": None, f"D{row}": " "}))
    fault = only(log)
    assert (fault.code, fault.where.detail) == ("changed-form", f"C{row}")
    assert str(fault.message).endswith("cells: 2")


def test_a_number_that_the_form_shows_cannot_be_changed(of_team, read, codes, change):
    row = row_of(of_team, "F01", "consensus/F01/1/")
    assert sheet_of(of_team, "F01").text(row, 6) == "45"
    read(change(of_team, "F01", {f"F{row}": 50}))
    assert codes() == ["stray-cell"]


def moved(sheet, rows=0, columns=0, after=5):
    def to(row, column):
        return (row + rows * (row > after), column + columns * (column > after))

    return {
        to(*place): attrs.evolve(at, row=to(*place)[0], column=to(*place)[1])
        for place, at in sheet.cells.items()
    }


@pytest.mark.parametrize("shift", [(1, 0), (0, 1), (-1, 0)])
def test_inserted_and_removed_rows_and_columns_are_found(filled, read, log, change, shift):
    cells = moved(sheet_of(filled, "F01"), *shift)
    contents = read(change(filled, "F01", {}, cells=cells))
    fault = only(log)
    assert fault.code == "moved-cells"
    assert fault.where.sheet == "F01"
    assert {row.cells["entry"] for row in contents.marks.rows} == {"F02"}
    assert sum(t.cells for t in log.tallies) == 37


def test_sorted_rows_are_found(filled, read, codes, change):
    row = row_of(filled, "F01", "mark/F01/1/")
    sheet = sheet_of(filled, "F01")
    swapped = {f"{c}{row}": sheet.cells.get((row + 2, i)) for i, c in enumerate("ABCDEFG", 1)}
    swapped |= {f"{c}{row + 2}": sheet.cells.get((row, i)) for i, c in enumerate("ABCDEFG", 1)}
    read(change(filled, "F01", swapped))
    assert codes() == ["moved-cells"]


def test_writing_in_the_hidden_column_is_found(filled, read, log, change):
    read(change(filled, "F01", {"A40": "45"}))
    assert (only(log).code, only(log).where.detail) == ("moved-cells", "A40")


# An edition that has changed since.


def test_a_remark_on_an_area_that_is_gone_is_a_fault(filled, read, log, year):
    areas = tuple(attrs.evolve(area, id="other") for area in year.rules.areas)
    contents = read(filled, of=attrs.evolve(year, rules=attrs.evolve(year.rules, areas=areas)))
    assert contents.remarks == ()
    assert {fault.code for fault in log.faults} == {"changed-edition"}
    assert '"all"' in str(log.faults[0].message)
    assert log.tallies[0].refused == 2


def test_a_check_of_a_document_or_entry_that_is_gone_is_a_fault(of_team, read, log, year):
    changed = attrs.evolve(
        year,
        rules=attrs.evolve(year.rules, documents=year.rules.documents[1:]),
        entries=tuple(entry for entry in year.entries if entry.id != "F02"),
    )
    assert read(of_team, of=changed).document_checks == ()
    assert sorted(fault.code for fault in log.faults) == ["changed-edition", "unknown-entry"]


def test_a_word_that_is_neither_yes_nor_no_is_a_fault(of_team, read, log, change):
    row = row_of(of_team, "F01", "document/F01/plan/")
    contents = read(change(of_team, "F01", {f"H{row}": "kanske"}))
    assert only(log).code == "unknown-word"
    assert [check.entry for check in contents.document_checks] == ["F02"]


def test_a_remark_beside_an_unseen_document_says_nothing_of_it(of_team, read, change):
    row = row_of(of_team, "F01", "document/F01/plan/")
    contents = read(change(of_team, "F01", {f"H{row}": None}))
    assert contents.document_checks[0] == DocumentCheck("F01", "plan", None, "2025")


ANSWERS = st.one_of(
    st.none(),
    st.sampled_from(["X", "4-5", " ", "=1", "0", "100", "4,5"]),
    st.integers(0, 100),
    st.just(cell(CellKind.ERROR, "#N/A")),
    st.just(cell(CellKind.DATE, "2025-05-04")),
    st.just(cell(NUMBER, "1", formula="A1")),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.data())
def test_every_answer_is_accepted_blank_or_refused(empty, year, change, data):
    rows = [
        r for (r, c), at in sheet_of(empty, "F01").cells.items() if c == 1 and "/F01/" in at.text
    ]
    keyed = [r for r in rows if r > 1]
    cells = {f"G{row}": data.draw(ANSWERS) for row in keyed}
    cells |= {f"F{row}": data.draw(ANSWERS) for row in keyed[:4]}
    log = InputLog()
    contents = read_form(change(empty, "F01", cells), year, FormulaPolicy.REFUSE, log)
    for table in contents.tables():
        table.note_tally(log)
    (tally,) = log.tallies
    filled = [v for v in cells.values() if v is not None and v != " "]
    assert tally.cells == 37
    assert tally.accepted + tally.refused == len(filled)
    assert tally.blank == 37 - len(filled)
    kept = [
        v for row in contents.marks.rows for f, v in row.cells.items() if f in {"mark", "comment"}
    ]
    odd = [v for v in filled if isinstance(v, Cell)]
    remarks = [remark.text for remark in contents.remarks]
    assert len(kept) + len(remarks) + len(odd) == len(filled)
    assert sorted(kept + remarks) == sorted(
        str(v) if isinstance(v, int) else v for v in filled if not isinstance(v, Cell)
    )

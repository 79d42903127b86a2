"""What stands in a form: who reads what, what may be written where, and how it looks."""

import io
from fractions import Fraction
from zipfile import ZipFile

import attrs
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.model import (
    Level,
    LoneComment,
    Marks,
    Remark,
    RemarkKind,
    Scale,
    State,
    Team,
    Text,
)
from kvaljury.files.forms.examiner_sheets import Given, examiner_layout
from kvaljury.files.forms.layout import Asked, Look, Shown
from kvaljury.files.forms.permitted import jav_of, readings_of
from kvaljury.files.forms.proposal_sheet import PROPOSAL_CHOICES, entries_without_form
from kvaljury.files.forms.row_heights import growing_rows, line_height
from kvaljury.files.forms.sheet_parts import Desk, named
from kvaljury.files.forms.team_sheets import TeamBasis, barred_entries, team_layout
from kvaljury.files.forms.template import fingerprint, parse_template, template_of, template_rows
from kvaljury.files.forms.writing import examiner_form, form_bytes, mark_rule, team_form
from kvaljury.files.value_words import PROPOSALS, YES_NO
from kvaljury.files.workbooks.contents import Cell, CellKind, Sheet, Visibility
from tests.files.forms.changes import row_of
from tests.files.forms.conftest import GIVEN, examiner, parsed


def form_of(desk, name="E01", given=None):
    return examiner_layout(desk, examiner(desk, name), given)


def sheet_ids(form):
    return [sheet.id for sheet in form.sheets]


def texts(form, sheet):
    (found,) = [each for each in form.sheets if each.id == sheet]
    return [cell.text for line in found.lines for cell in line.shown().values()]


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def changed(desk, **attributes):
    return attrs.evolve(desk, edition=attrs.evolve(desk.edition, **attributes))


def with_entry(desk, name, **attributes):
    entries = tuple(
        attrs.evolve(entry, **attributes) if entry.id == name else entry
        for entry in desk.edition.entries
    )
    return changed(desk, entries=entries)


# Who reads what.


def test_an_examiner_reads_the_teams_entries_guest_readings_and_calibration_cases(desk):
    assert {e: str(why) for e, why in readings_of(desk.edition, "E04").items()} == {
        "S01": "of the team",
        "F01": "guest reading",
        "K01": "calibration case, which may be read and is not waited for",
    }


def test_nobody_gets_a_sheet_for_an_entry_under_declared_jav(desk):
    assert jav_of(desk.edition, "E03") == {"F02"}
    assert sheet_ids(form_of(desk, "E03")) == ["readme", "rubrics", "entry/F01", "entry/K01"]


def test_only_the_coordinator_gets_the_sheet_of_proposals(desk):
    assert sheet_ids(form_of(desk, "E01"))[-1] == "proposals"
    assert "proposals" not in sheet_ids(form_of(desk, "E02"))


def test_a_coordinator_does_not_propose_under_jav_and_is_told(desk):
    team = attrs.evolve(desk.edition.teams[0], coordinator="E03")
    led = changed(desk, teams=(team, desk.edition.teams[1]))
    form = form_of(led, "E03")
    asked = [line.subject.entry for line in form.sheets[-1].lines if line.subject]
    assert asked == ["F01"]
    assert any("F02 Enheten F02 is left out" in text for text in texts(form, "proposals"))
    assert entries_without_form(led) == ("F02",)
    assert entries_without_form(desk) == ()


def test_a_team_form_holds_nothing_on_which_its_coordinator_has_jav(desk):
    team = attrs.evolve(desk.edition.teams[0], coordinator="E03")
    form = team_layout(desk, team, TeamBasis.of(GIVEN, is_filled=True))
    assert sheet_ids(form) == ["readme", "rubrics", "entry/F01"]
    assert barred_entries(desk.edition, team) == ("F02",)
    (note,) = [text for text in texts(form, "readme") if "F02" in text]
    assert note.startswith("F02 Enheten F02 is left out, since the coordinator has declared jäv.")
    only = attrs.evolve(team, entries=("F02",))
    assert team_layout(desk, only, TeamBasis.of(GIVEN, is_filled=True)) is None


def test_jav_of_others_than_the_coordinator_leaves_the_team_form_whole(desk):
    for team in (desk.edition.teams[0], attrs.evolve(desk.edition.teams[0], coordinator=None)):
        assert barred_entries(desk.edition, team) == ()
        form = team_layout(desk, team, TeamBasis({}, {}))
        assert sheet_ids(form)[2:] == ["entry/F01", "entry/F02"]


def test_withdrawn_entries_have_a_sheet_only_where_something_was_given(desk):
    left = with_entry(desk, "F01", state=State.WITHDRAWN)
    assert "entry/F01" not in sheet_ids(form_of(left))
    given = Given.of(GIVEN, {}, "E01")
    assert "entry/F01" in sheet_ids(form_of(left, given=given))
    assert [line.subject.entry for line in form_of(left).sheets[-1].lines if line.subject] == [
        "F02"
    ]


def test_an_examiner_with_nothing_to_read_has_no_form(desk):
    entries = tuple(e for e in desk.edition.entries if e.state is State.COMPETING)
    idle = Team("L3", None, ("E07",), ())
    examiners = (*desk.edition.examiners, attrs.evolve(examiner(desk, "E01"), id="E07"))
    alone = changed(desk, entries=entries, teams=(*desk.edition.teams, idle), examiners=examiners)
    assert examiner_form(alone, examiner(alone, "E07")) is None
    assert team_form(alone, idle, TeamBasis({}, {})) is None


def test_a_team_form_leaves_out_what_does_not_compete_or_is_unknown(desk):
    team = attrs.evolve(desk.edition.teams[0], entries=("F01", "K01", "X99"), name="Nord")
    form = team_layout(desk, team, TeamBasis({}, {}))
    assert sheet_ids(form) == ["readme", "rubrics", "entry/F01"]
    assert "The form of the team L1 Nord" in texts(form, "readme")


# What stands in it.


def test_the_first_sheet_says_who_what_when_and_where_to(desk):
    said = "\n".join(texts(form_of(desk), "readme"))
    for part in (
        "Marks: Påhittad & prövad",
        "The form of the examiner E01",
        "(Marks)",
        "F01 =1+1, School (of the team)",
        "K01 Enheten K01, School (calibration case, which may be read and is not waited for)",
        "without a password",
        "into the folder marks",
    ):
        assert part in said
    assert "Visits" not in said


def test_the_team_is_told_that_individual_marks_stay_as_they_were(desk):
    team = desk.edition.teams[0]
    form = team_layout(desk, team, TeamBasis.of(GIVEN, is_filled=False))
    said = "\n".join(texts(form, "readme"))
    assert "stay as they were" in said
    assert "Filled in by the coordinator E01" in said
    nobody = team_layout(desk, attrs.evolve(team, coordinator=None), TeamBasis({}, {}))
    assert "Filled in by" not in "\n".join(texts(nobody, "readme"))


def test_the_rubrics_are_worded_once_each(desk):
    levelled = attrs.evolve(
        desk.scheme.rubrics["1"],
        levels=(
            Level(0, 0, Text("Nothing.")),
            Level(5, 100, Text("Something.")),
        ),
    )
    rubrics = {**desk.scheme.rubrics, "1": levelled, "12a": levelled}
    form = form_of(attrs.evolve(desk, scheme=attrs.evolve(desk.scheme, rubrics=rubrics)))
    assert texts(form, "rubrics") == [
        "Rubrics and scales",
        "Mark: 0–100 in steps of 5",
        "0",
        "Nothing.",
        "5–100",
        "Something.",
        "verbs: 0–4 in steps of 0.5",
        "A mark is set on each of: Plan, Do",
    ]


def test_a_mark_is_asked_for_on_each_criterion_and_remarks_after_each_area(desk):
    lines = [line for line in form_of(desk).sheets[2].lines if line.subject]
    assert [line.subject.key for line in lines] == [
        "mark/F01/1/",
        "mark/F01/12a/",
        "mark/F01/12b/plan",
        "mark/F01/12b/do",
        "remark/F01/all/strength",
        "remark/F01/all/development",
        "remark/F01/all/verify",
    ]
    assert [cell.field for cell in lines[0].asked().values()] == ["mark", "comment"]


def test_only_the_examiners_own_words_are_filled_in(desk):
    several = attrs.evolve(
        GIVEN,
        remarks=(*GIVEN.remarks, Remark("F01", "E01", "all", RemarkKind.STRENGTH, "mer")),
    )
    given = Given.of(several, {}, "E01")
    assert given.remarks["F01", "all", RemarkKind.STRENGTH] == "- lugnt\n- tryggt\nmer"
    assert given.entries() == {"F01", "F02"}
    assert given.comments == {
        ("F01", "1", ""): "=1+1",
        ("F01", "12b", "plan"): "Två rader:\n- så här",
        ("F02", "12a", ""): "#read(..)",
    }
    assert Given.of(Marks(), {}, "E01").entries() == set()


def test_a_comment_without_a_mark_is_filled_in_too(desk):
    lone = (
        LoneComment("F01", "E01", "1", "", "senare"),
        LoneComment("F01", "E02", "12a", "", "en annans"),
        LoneComment("K01", "E01", "12a", "", "ensam"),
    )
    given = Given.of(attrs.evolve(GIVEN, lone_comments=lone), {}, "E01")
    assert given.entries() == {"F01", "F02", "K01"}
    book = parsed(examiner_form(desk, examiner(desk, "E01"), given))
    for sheet, key, mark, comment in (
        ("F01", "mark/F01/1/", "45", "=1+1\nsenare"),
        ("F01", "mark/F01/12a/", "", ""),
        ("K01", "mark/K01/12a/", "", "ensam"),
    ):
        row = row_of(book, sheet, key)
        assert (book.sheet(sheet).text(row, 6), book.sheet(sheet).text(row, 7)) == (mark, comment)


def test_the_team_sees_each_examiners_marks_beside_the_agreed_one(of_team):
    sheet = of_team.sheet("F01")
    heads = [sheet.text(4, column) for column in range(2, 10)]
    assert heads == ["No.", "Question", "Rubric", "Scale", "E01", "E02", "Agreed mark", "Reason"]
    assert [cell.text for (row, _), cell in sorted(sheet.cells.items()) if row == 6][-2:] == [
        "45",
        "60",
    ]


def test_an_edition_without_a_check_list_has_none_in_its_forms(desk):
    rules = attrs.evolve(desk.edition.rules, documents=())
    form = team_layout(changed(desk, rules=rules), desk.edition.teams[0], TeamBasis({}, {}))
    assert "Documents at the visit" not in texts(form, "entry/F01")


def test_the_words_to_choose_from_are_those_that_are_read():
    for kind, word in PROPOSAL_CHOICES.items():
        assert PROPOSALS.meaning(word.en) is PROPOSALS.meaning(word.sv) is kind
    assert (YES_NO.meaning("yes"), YES_NO.meaning("ja")) == (True, True)


# The workbook.


def test_the_same_form_gives_the_same_bytes(desk):
    assert form_bytes(form_of(desk)) == form_bytes(form_of(desk))
    given = Given.of(GIVEN, {}, "E01")
    assert form_bytes(form_of(desk, given=given)) != form_bytes(form_of(desk))


def test_all_is_locked_but_the_cells_for_answers_which_are_seen_to_be_open(desk):
    form = form_of(desk)
    book = opened(form_bytes(form))
    for sheet in form.sheets:
        page = book[sheet.name]
        assert page.protection.sheet
        assert page.protection.password is None
        asked = {(number, place) for number, line in sheet.numbered() for place in line.asked()}
        for row in page.iter_rows():
            for at in row:
                is_asked = (at.row, at.column) in asked
                assert at.protection.locked is not is_asked
                assert (at.fill.fgColor.rgb == "FFFFF8D6") is is_asked


def test_text_is_text_whatever_it_looks_like(desk, filled):
    book = opened(form_bytes(form_of(desk, given=Given.of(GIVEN, {}, "E01"))))
    assert filled.sheet("F01").text(2, 2) == "F01 =1+1"
    kinds = {at.data_type for page in book for row in page.iter_rows() for at in row if at.value}
    assert kinds <= {"s", "n", "f"}
    with ZipFile(io.BytesIO(form_bytes(form_of(desk)))) as package:
        for name in package.namelist():
            assert b"<f>" not in package.read(name)


def test_a_mark_takes_its_scale_and_a_proposal_its_words(desk):
    book = opened(form_bytes(form_of(desk)))
    whole, halves = book["F01"].data_validations.dataValidation
    assert whole.type == "custom"
    assert str(whole.sqref).split() == ["F6", "F8"]
    assert whole.formula1.startswith("AND(ISNUMBER(F6),F6>=(0/1),F6<=(100/1),")
    assert "(1/2)" in halves.formula1
    assert halves.error == "A mark is a number, 0–4 in steps of 0.5. Leave the cell empty for no" \
        " mark."  # fmt: skip
    (words,) = book["The team's proposals"].data_validations.dataValidation
    assert words.formula1 == '"award,mention,none"'


@given(
    st.fractions(0, 10, max_denominator=10),
    st.fractions(min_value=Fraction(1, 10), max_value=3, max_denominator=10),
    st.fractions(-1, 14, max_denominator=20),
)
def test_the_rule_of_a_mark_admits_what_the_scale_admits(low, step, value):
    """Excel's rule happens to be one of Python too, once its functions are given."""
    scale = Scale(low, low + 4 * step, step)
    rule = mark_rule(scale, 5, 5).removeprefix("=")
    functions = {
        "AND": lambda *parts: all(parts),
        "ISNUMBER": lambda value: isinstance(value, float),
        "ABS": abs,
        "ROUND": round,
    }
    near_an_end = min(abs(value - scale.low), abs(value - scale.high)) < Fraction(1, 10**9)
    admitted = eval(rule, functions | {"F6": float(value)})  # the rule under test
    assert near_an_end or admitted is scale.admits(value)


def test_long_hints_are_cut_to_what_excel_takes(desk):
    lengthy = attrs.evolve(
        desk.scheme.rubrics["1"],
        criteria=(attrs.evolve(desk.scheme.rubrics["1"].criteria[0], label=Text("Ord " * 100)),),
    )
    rubrics = dict.fromkeys(desk.scheme.rubrics, lengthy)
    form = form_of(attrs.evolve(desk, scheme=attrs.evolve(desk.scheme, rubrics=rubrics)))
    (rule,) = opened(form_bytes(form))["F01"].data_validations.dataValidation
    assert len(rule.promptTitle) == 32


def test_sheets_are_named_by_their_entry_as_far_as_excel_takes_it(desk):
    long = "A" * 39
    names = {"F01": f"{long}1", "F02": f"{long}2", "K01": "kvaljury"}
    entries = tuple(
        attrs.evolve(entry, id=names.get(entry.id, entry.id)) for entry in desk.edition.entries
    )
    teams = tuple(
        attrs.evolve(t, entries=tuple(names.get(e, e) for e in t.entries))
        for t in desk.edition.teams
    )
    form = form_of(changed(desk, entries=entries, teams=teams))
    book = parsed(form_bytes(form))
    assert [sheet.name for sheet in book.sheets] == [
        "Read this first",
        "Rubrics",
        "A" * 31,
        f"{'A' * 29} 2",
        "kvaljury 2",
        "The team's proposals",
        "kvaljury",
    ]
    assert book.sheet("kvaljury").visibility is Visibility.VERY_HIDDEN


def test_pages_print_on_a4_with_the_entry_and_the_head_on_each(desk):
    book = opened(form_bytes(form_of(desk)))
    page = book["F01"]
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "portrait")
    assert page.page_setup.fitToHeight == 0
    assert page.print_title_rows == "$4:$4"
    assert page.freeze_panes == "A5"
    assert page.oddFooter.left.text == "F01 =1+1 – E01"
    assert book["Read this first"].oddFooter.left.text == "Påhittad && prövad – E01"
    assert book["The team's proposals"].page_setup.orientation == "landscape"


def test_rows_grow_with_answers_unless_cells_are_merged_over_them(desk):
    with ZipFile(io.BytesIO(form_bytes(form_of(desk)))) as package:
        sheet = package.read("xl/worksheets/sheet3.xml")
    rows = {part.split(b'"')[0]: part for part in sheet.split(b'<row r="')[1:]}
    assert b"customHeight" in rows[b"2"].split(b">")[0]
    assert b"customHeight" not in rows[b"6"].split(b">")[0]
    assert b' ht="' in rows[b"6"].split(b">")[0]


def test_a_row_is_as_high_as_its_tallest_text(desk):
    from kvaljury.files.forms.layout import Line

    one = line_height(Line({2: Shown("ord")}), (20,))
    assert one < line_height(Line({2: Shown("ord " * 12)}), (20,))
    assert one < line_height(Line({2: Shown("a\nb")}), (20,))
    assert one < line_height(Line({2: Shown("ord", Look.TITLE)}), (20,))
    assert line_height(Line({2: Asked("comment", "ord " * 9000)}), (20,)) == 400
    assert line_height(Line({}), (20,)) == 15


def test_a_package_without_sheets_of_the_form_is_left_alone():
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as package:
        package.writestr("xl/other.xml", b'<row r="2" ht="30" customHeight="1">')
    with ZipFile(io.BytesIO(growing_rows(buffer.getvalue(), [frozenset()]))) as package:
        assert b"customHeight" in package.read("xl/other.xml")


# Its plan.


def as_sheet(rows):
    cells = {
        (row, column): Cell(row, column, CellKind.TEXT, text)
        for row, line in enumerate(rows, start=1)
        for column, text in enumerate(line, start=1)
        if text
    }
    return Sheet("kvaljury", Visibility.VERY_HIDDEN, cells)


@pytest.mark.parametrize("kind", ["examiner", "team"])
def test_a_plan_is_read_as_it_was_written(desk, kind):
    basis = TeamBasis.of(GIVEN, is_filled=True)
    form = form_of(desk) if kind == "examiner" else team_layout(desk, desk.edition.teams[0], basis)
    template = template_of(form)
    assert parse_template(as_sheet(template_rows(template))) == template
    keys = [template.sheet_key(sheet) for sheet in template.sheets]
    assert len(set(keys)) == len(keys)


@given(st.text(), st.text())
def test_a_fingerprint_does_not_see_what_stands_around_a_text(text, other):
    assert fingerprint(f" {text}\n") == fingerprint(text)
    assert len(fingerprint(other)) == 8


def test_an_entry_is_named_by_its_id_once(desk):
    entry = attrs.evolve(desk.edition.entries[1], name="F02")
    assert named(entry) == "F02"
    assert isinstance(desk, Desk)

"""Whether a file in out/forms may be replaced."""

import pytest
from openpyxl.comments import Comment

from kvaljury.files.forms.examiner_sheets import Given
from kvaljury.files.forms.writing import examiner_form
from kvaljury.files.forms.written import has_writing
from tests.files.forms.conftest import GIVEN, examiner


def book(tmp_path, edit=None, *, content=None):
    """Write a workbook, changed by openpyxl."""
    import openpyxl

    path = tmp_path / "E01.xlsx"
    path.write_bytes(content)
    if edit:
        changed = openpyxl.load_workbook(path)
        edit(changed)
        changed.save(path)
    return path


@pytest.fixture(scope="module")
def empty_form(desk):
    return examiner_form(desk, examiner(desk, "E01"))


def test_an_absent_file_an_empty_form_and_the_same_form_hold_nothing(desk, empty_form, tmp_path):
    given = Given.of(GIVEN, {}, "E01")
    filled = examiner_form(desk, examiner(desk, "E01"), given)
    assert not has_writing(tmp_path / "none.xlsx", b"")
    assert not has_writing(book(tmp_path, content=empty_form), b"")
    assert not has_writing(book(tmp_path, content=filled), filled)
    assert has_writing(book(tmp_path, content=filled), empty_form)


def add_sheet(workbook):
    workbook.create_sheet("Blad1")


def write_on_added_sheet(workbook):
    workbook.create_sheet("Blad1")["C3"] = "45"


def write_note(workbook):
    workbook["F01"]["F6"].comment = Comment("ska vara 40", "E01")


def write_beside(workbook):
    workbook["F01"]["K40"] = "45"


def write_over(workbook):
    workbook["F01"]["C6"] = "45"


def break_plan(workbook):
    workbook["kvaljury"]["B2"] = "another"


def change_version(workbook):
    workbook["kvaljury"]["B1"] = "0"


def remove_plan(workbook):
    del workbook["kvaljury"]


@pytest.mark.parametrize(
    ("edit", "is_written"),
    [
        (add_sheet, False),
        (write_on_added_sheet, True),
        (write_beside, True),
        (write_note, True),
        (write_over, True),
        (break_plan, True),
        (change_version, True),
        (remove_plan, True),
    ],
)
def test_whatever_was_not_made_so_counts_as_writing(empty_form, tmp_path, edit, is_written):
    assert has_writing(book(tmp_path, edit, content=empty_form), b"") is is_written


@pytest.mark.parametrize("content", [b"no workbook", b"x" * (21 * 2**20)])
def test_what_cannot_be_read_counts_as_writing(tmp_path, content):
    assert has_writing(book(tmp_path, content=content), b"other")


def test_nobody_has_written_in_a_file_without_a_byte(tmp_path):
    assert not has_writing(book(tmp_path, content=b""), b"other")

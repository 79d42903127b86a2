"""Forms through LibreOffice and back: the same answers, and no fault."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from kvaljury.cli.edition_inputs import read_inputs
from kvaljury.cli.language import Language
from kvaljury.core.model import FormulaPolicy, Scheme
from kvaljury.files.forms.examiner_sheets import Given
from kvaljury.files.forms.reading import is_form, read_form
from kvaljury.files.forms.sheet_parts import Desk
from kvaljury.files.forms.team_sheets import TeamBasis
from kvaljury.files.forms.writing import examiner_form, team_form
from kvaljury.files.log import InputLog
from kvaljury.files.workbooks.reading import read_workbook

DEMO = Path(__file__).parents[3] / "examples" / "demo-2025"


@pytest.fixture(scope="module")
def demo():
    inputs = read_inputs(DEMO, [])
    marks = inputs.marks()
    inputs.log.raise_faults()
    return inputs, marks


def desk_of(inputs, code):
    rubrics, edition = inputs.toolkit.rubrics, inputs.edition
    scheme = Scheme({leaf.id: rubrics[leaf.rubric] for leaf in edition.rules.leaves()})
    return Desk(edition, scheme, Language(code).render, code)


def forms_of(demo, code, *, is_filled, some=None):
    """Make the forms of the demo year by file name."""
    inputs, marks = demo
    desk, edition = desk_of(inputs, code), inputs.edition
    stem = f"{code}-{'filled' if is_filled else 'empty'}"
    for each in edition.examiners[:some]:
        given = Given.of(marks, edition.proposals, each.id) if is_filled else None
        yield f"{each.id}-{stem}.xlsx", examiner_form(desk, each, given)
    for team in edition.teams[: some and 1]:
        basis = TeamBasis.of(marks, is_filled=is_filled)
        yield f"{team.id}-{stem}.xlsx", team_form(desk, team, basis)


def through_libreoffice(files, folder):
    """Open and save every file in one start of LibreOffice."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    before, after = folder / "before", folder / "after"
    before.mkdir()
    for name, content in files.items():
        (before / name).write_bytes(content)
    profile = (folder / "profile").as_uri()
    command = [office, "--headless", f"-env:UserInstallation={profile}", "--convert-to", "xlsx"]
    paths = sorted(map(str, before.iterdir()))
    subprocess.run(
        [*command, "--outdir", str(after), *paths], check=True, capture_output=True, timeout=540
    )
    return {name: (after / name).read_bytes() for name in files}


def answers(content, name, edition):
    """Give all that stands in a form, which must be in order."""
    log = InputLog()
    workbook = read_workbook(content, name, log)
    assert workbook is not None, log.faults
    assert is_form(workbook)
    contents = read_form(workbook, edition, FormulaPolicy.REFUSE, log)
    assert log.faults == log.warnings == []
    for table in contents.tables():
        table.note_tally(log)
    rows = [[(row.where(), dict(row.cells)) for row in table.rows] for table in contents.tables()]
    return rows, contents.remarks, contents.document_checks, log.tallies


def assert_unchanged(files, folder, demo):
    edition = demo[0].edition
    for name, content in through_libreoffice(files, folder).items():
        assert answers(content, name, edition) == answers(files[name], name, edition)


@pytest.fixture(scope="module")
def some_forms(demo):
    chosen = dict(forms_of(demo, "sv", is_filled=True, some=2))
    chosen |= dict(forms_of(demo, "en", is_filled=False, some=1))
    return chosen


def test_forms_come_through_libreoffice_unchanged(some_forms, demo, tmp_path):
    assert_unchanged(some_forms, tmp_path, demo)


@pytest.mark.skipif(
    "KVALJURY_EVERY_FORM" not in os.environ,
    reason="three minutes; set KVALJURY_EVERY_FORM=1 to take every form through LibreOffice",
)
@pytest.mark.parametrize("code", ["sv", "en"])
@pytest.mark.parametrize("is_filled", [True, False])
def test_every_form_of_the_demo_year_comes_through_unchanged(demo, tmp_path, code, is_filled):
    files = dict(forms_of(demo, code, is_filled=is_filled))
    assert len(files) == 45
    assert_unchanged(files, tmp_path, demo)


def test_every_mark_of_the_demo_year_comes_back_from_its_form(demo):
    inputs, marks = demo
    for examiner in inputs.edition.examiners[::7]:
        given = Given.of(marks, inputs.edition.proposals, examiner.id)
        content = examiner_form(desk_of(inputs, "sv"), examiner, given)
        (rows, *_), _, _, _ = answers(content, "form.xlsx", inputs.edition)
        read = {
            (cells["entry"], cells["question"]): (cells.get("mark"), cells.get("comment", ""))
            for _, cells in rows
        }
        own = [mark for mark in marks.valid if mark.examiner == examiner.id]
        assert read == {(m.entry, m.question): (str(m.value), m.comment) for m in own}

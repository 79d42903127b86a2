"""A form is held against the edition of today: units, rubrics, scales and wordings."""

from __future__ import annotations

from fractions import Fraction

import attrs
import pytest

from kvaljury.core.model import Scale, Text
from kvaljury.files.consensus import read_consensus_files
from kvaljury.files.form_basis import Basis
from kvaljury.files.forms.examiner_sheets import Given
from kvaljury.files.forms.team_sheets import TeamBasis
from kvaljury.files.forms.writing import examiner_form, team_form
from kvaljury.files.marks import read_mark_files
from tests.files.forms.conftest import GIVEN, PROPOSALS, examiner, parsed
from tests.files.forms.test_reading import only


def with_names(edition, **names):
    entries = tuple(attrs.evolve(e, name=names.get(e.id, e.name)) for e in edition.entries)
    return attrs.evolve(edition, entries=entries)


@pytest.fixture(scope="module")
def made(desk):
    return examiner_form(desk, examiner(desk, "E01"), Given.of(GIVEN, PROPOSALS, "E01"))


def test_a_sheet_about_a_unit_that_has_another_id_today_is_refused(filled, read, year, log):
    names = {entry.id: entry.name for entry in year.entries}
    swapped = with_names(year, F01=names["F02"], F02=names["F01"])
    contents = read(filled, of=swapped)
    assert [fault.code for fault in log.faults] == ["other-unit"] * 4
    assert str(log.faults[0]).startswith(
        'marks/E01.xlsx: sheet F01, cell B2: the form is about "F01 =1+1", and F01 is'
        f' "{names["F02"]}" today (if it is another unit, make a new form'
    )
    assert contents.marks.rows == contents.remarks == ()
    assert {str(fault.where) for fault in log.faults[2:]} == {
        "marks/E01.xlsx: sheet The team's proposals, cell C5",
        "marks/E01.xlsx: sheet The team's proposals, cell C6",
    }
    assert all(row.refused for row in contents.proposals.rows)
    (tally,) = log.tallies
    assert (tally.accepted, tally.refused) == (0, 12)


def test_a_name_mended_in_case_or_signs_is_the_same_unit(desk, read, year, log):
    before = attrs.evolve(desk, edition=with_names(year, F01="Förskolan blå-molnet"))
    form = parsed(examiner_form(before, examiner(desk, "E01"), Given.of(GIVEN, {}, "E01")))
    contents = read(form, of=with_names(year, F01="Förskolan Blåmolnet"))
    assert log.faults == []
    assert contents.marks.rows


def test_the_ids_of_an_edition_that_has_lost_an_entry_are_judged_row_by_row(
    filled, read, year, log
):
    fewer = attrs.evolve(year, entries=year.entries[1:])
    assert read(filled, of=fewer).marks.rows
    assert log.faults == []


def with_rubric(scheme, leaf, rubric):
    return attrs.evolve(scheme, rubrics={**scheme.rubrics, leaf: rubric})


def test_a_mark_set_by_another_rubric_is_refused_once_a_question(made, write, scheme, year, log):
    other = attrs.evolve(scheme.rubrics["1"], name="results")
    folder = write({"marks/E01.xlsx": made})
    marks = read_mark_files(folder, with_rubric(scheme, "1", other), year, log)
    assert [fault.code for fault in log.faults] == ["other-rubric"]
    said = str(log.faults[0])
    assert said.startswith("marks/E01.xlsx: sheet F01, cell F")
    assert "the form asks for marks on question 1 by the rubric" in said
    assert "and the edition of today by the rubric results (0–100 in steps of" in said
    assert {mark.question for mark in marks.valid} == {"12a", "12b"}


def test_a_mark_set_on_another_scale_is_refused(made, write, scheme, year, log):
    scale = Scale(Fraction(0), Fraction(1000), Fraction(5))
    other = attrs.evolve(scheme.rubrics["1"], scale=scale)
    folder = write({"marks/E01.xlsx": made})
    read_mark_files(folder, with_rubric(scheme, "1", other), year, log)
    assert "(0–1000 in steps of 5)" in str(only(log).message)


def test_a_question_worded_otherwise_is_told_once(made, write, scheme, year, log):
    folder = write({"marks/E01.xlsx": made, "consensus/.keep": b""})
    marks = read_mark_files(folder, scheme, _reworded(year), log)
    assert log.faults == []
    assert [(w.code, str(w.message)) for w in log.warnings] == [
        ("other-wording", "the question 1 is worded otherwise today than in the form")
    ]
    assert Fraction(45) in {mark.value for mark in marks.valid}


def _reworded(edition):
    def worded(leaf):
        label = Text("Another wording", sv="En annan lydelse")
        return attrs.evolve(leaf, label=label) if leaf.id == "1" else leaf

    areas = tuple(
        attrs.evolve(
            area,
            questions=tuple(
                attrs.evolve(q, leaves=tuple(map(worded, q.leaves))) for q in area.questions
            ),
        )
        for area in edition.rules.areas
    )
    return attrs.evolve(edition, rules=attrs.evolve(edition.rules, areas=areas))


def test_an_agreed_mark_set_by_another_rubric_is_refused(desk, write, scheme, year, log):
    content = team_form(desk, year.teams[0], TeamBasis.of(GIVEN, is_filled=True))
    other = attrs.evolve(scheme.rubrics["12b"], name="renamed")
    folder = write({"consensus/L1.xlsx": content})
    assert read_consensus_files(folder, with_rubric(scheme, "12b", other), year, log) == ()
    assert only(log).code == "other-rubric"


def test_what_a_form_asks_by_comes_back_as_it_was(year, scheme):
    leaf = next(leaf for area in year.rules.areas for leaf in area.leaves())
    rubric = attrs.evolve(scheme.rubrics[leaf.id], name="a name of words",
                          scale=Scale(Fraction(0), Fraction(5), Fraction(1, 2)))  # fmt: skip
    basis = Basis.of(leaf, rubric)
    assert Basis.parse(basis.packed) == basis

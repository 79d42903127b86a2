"""What a team agreed on and saw, as a dossier may tell it: under codes, blind without names."""

from fractions import Fraction

import attrs
import pytest

from kvaljury.core.dossier import blinded, blinding_of, reader_codes
from kvaljury.core.dossier.agreed import asked_documents, team_consensus
from kvaljury.core.drift import drift_from_consensus
from kvaljury.core.model import AskedDocument, ConsensusMark, DocumentCheck
from kvaljury.registry import load_plugins
from tests.core.dossier.test_cases import cases_of


@pytest.fixture(scope="module")
def agreed_year(linked):
    """The small year with an agreed mark on F02, and what L1 says of two documents."""
    edition, marks, ranking = linked
    agreed = (ConsensusMark("F02", "1", "", Fraction(60), "Åkervindas gård visade det, E01"),)
    checks = (
        DocumentCheck("F02", "plan", True),
        DocumentCheck("F02", "staff-survey", False, "E02 fick den inte på Åkervinda"),
        DocumentCheck("F01", "plan", False),
    )
    return edition, attrs.evolve(marks, consensus=agreed, document_checks=checks), ranking


@pytest.fixture(scope="module")
def drift(agreed_year):
    edition, marks, _ = agreed_year
    rubrics = load_plugins(entry_points=False).resolve(edition.rules).rubrics
    return drift_from_consensus(edition, marks, rubrics)


def test_it_reaches_its_own_entry_alone_with_examiners_under_codes(agreed_year, drift):
    cases = cases_of(agreed_year, drift=drift)
    assert cases["F01"].consensus is None
    told = cases["F02"].consensus
    codes = reader_codes("F02", ("E01", "E02", "E03"))
    assert list(told.by_reader) == ["A", "B", "C"]
    own = {codes[x]: float(found.mean) for x, found in drift.entries[0].examiners.items()}
    assert told.by_reader == own
    (leaf,) = told.leaves
    assert (leaf.id, leaf.agreed, leaf.marks[0][1]) == ("1", 60.0, 60.0)
    assert leaf.own == pytest.approx(60 - sum(own.values()) / 3)
    assert leaf.reasons == ("Åkervindas gård visade det, E01",)
    assert len(told.areas) == len(agreed_year[0].rules.areas)
    assert told.total.agreed - told.total.own == pytest.approx(float(drift.entries[0].total.change))


def test_without_a_drift_nothing_is_told_of_agreeing(agreed_year):
    assert {case.consensus for case in cases_of(agreed_year).values()} == {None}


def test_the_documents_stand_in_the_order_of_the_list_with_what_is_said(agreed_year):
    rules = agreed_year[0].rules
    found = cases_of(agreed_year)["F02"].documents
    assert [document.label for document in found] == [d.label for d in rules.documents]
    assert [document.seen for document in found] == [True, None, None, False, None, None]
    assert found[3].remark == "E02 fick den inte på Åkervinda"
    assert [document.on_request for document in found] == [False] * 5 + [True]
    assert asked_documents(attrs.evolve(rules, documents=()), ()) == ()
    assert asked_documents(rules, ())[0] == AskedDocument(rules.documents[0].label, None)


def test_an_examiner_without_a_code_and_a_team_without_marks_are_left_out(agreed_year, drift):
    (entry,) = drift.entries
    told = team_consensus(entry, agreed_year[0].rules, {"E02": "A"})
    assert list(told.by_reader) == ["A"]
    unread = attrs.evolve(
        entry,
        total=None,
        areas={},
        examiners={},
        leaves=(attrs.evolve(entry.leaves[0], before=None, agreed=None),),
    )
    told = team_consensus(unread, agreed_year[0].rules, {})
    assert (told.total, told.areas, told.by_reader) == (None, (), {})
    assert (told.leaves[0].own, told.leaves[0].agreed) == (None, None)


def test_in_blind_reading_reasons_and_remarks_tell_neither_unit_nor_examiner(agreed_year, drift):
    blinding = blinding_of(agreed_year[0])
    cases = cases_of(agreed_year, drift=drift)
    case = blinded(cases["F02"], blinding)
    assert case.consensus.leaves[0].reasons == ("[…] gård visade det, […]",)
    assert case.documents[3].remark == "[…] fick den inte på […]"
    assert case.consensus.by_reader == cases["F02"].consensus.by_reader
    assert blinded(cases["F01"], blinding).consensus is None

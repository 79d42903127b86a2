"""The jäv rules that come with kvaljury: whom they keep out, on which ground, in both languages."""

import attrs
import pytest

from kvaljury.core.jav_grounds import GROUNDS
from kvaljury.core.model import Administration, Entry, JavGround, Kind, Organisation, Person
from kvaljury.core.model.jury import same_administration
from kvaljury.testing import check_jav_rule
from kvaljury.testing.jury_samples import sample_cases
from kvaljury_plugins import (
    jav_basic_control,
    jav_head_of_administration,
    jav_own_unit,
    jav_same_administration,
)

MODULES = {
    "basic-control": jav_basic_control,
    "head-of-administration": jav_head_of_administration,
    "own-unit": jav_own_unit,
    "same-administration": jav_same_administration,
}
RULES = {name: next(iter(module.kvaljury_jav_rules())) for name, module in MODULES.items()}
UNIT = Entry(
    id="F01", name="Enheten", entry_class="skola", kind=Kind.SCHOOL, administration="Farsta"
)
LISTED = attrs.evolve(UNIT, id="F02", administration=None)
STRANGE = attrs.evolve(UNIT, id="F03", administration="Bolaget")
ORGANISATION = Organisation(
    (
        Administration("farsta", heads=("P1", "P2"), entries=("F02",), basic_control=("P3",)),
        Administration("Socialförvaltningen", heads=("P4",), basic_control=("P1",)),
    )
)


def ground(name, person, entry):
    found = RULES[name].find(person, entry, ORGANISATION)
    return found and found.ground


@pytest.mark.parametrize("name", RULES)
def test_a_rule_goes_by_its_name_and_keeps_its_contract(name):
    assert RULES[name].name == name
    check_jav_rule(RULES[name])


@pytest.mark.parametrize("name", RULES)
def test_every_ground_is_one_of_the_law_with_a_reason_in_both_languages(name, check_bilingual):
    found = [g for case in sample_cases() if (g := RULES[name].find(*case))]
    assert found
    for one in found:
        assert type(one) is JavGround
        assert one.ground in GROUNDS
        check_bilingual(one.reason)


@pytest.mark.parametrize(
    ("person", "entry", "expected"),
    [
        ("P1", UNIT, "KL 6:28 5"),
        ("P2", LISTED, "KL 6:28 5"),
        ("P1", STRANGE, None),
        ("P4", UNIT, None),
        ("P3", UNIT, None),
        ("farsta", UNIT, None),
    ],
)
def test_a_head_has_jav_for_the_units_under_the_administration(person, entry, expected):
    assert ground("head-of-administration", Person(person), entry) == expected


@pytest.mark.parametrize(
    ("person", "entry", "expected"),
    [("P3", UNIT, "KL 6:28 5"), ("P3", LISTED, "KL 6:28 5"), ("P1", UNIT, None)],
)
def test_who_answered_the_basic_control_has_jav_for_that_administration(person, entry, expected):
    assert ground("basic-control", Person(person), entry) == expected


def test_who_works_at_a_unit_has_jav_for_it_and_no_other():
    person = Person("P9", works_at=("F02", "F01"))
    assert ground("own-unit", person, UNIT) == "KL 6:28 1"
    assert ground("own-unit", person, STRANGE) is None


@pytest.mark.parametrize(
    ("administration", "entry", "expected"),
    [
        ("FARSTA", UNIT, "KL 6:28 5"),
        (" Farsta ", LISTED, "KL 6:28 5"),
        ("bolaget", STRANGE, "KL 6:28 5"),
        ("Socialförvaltningen", UNIT, None),
        (None, UNIT, None),
        (None, LISTED, None),
        ("", LISTED, None),
    ],
)
def test_who_works_in_the_same_administration_has_jav_only_where_that_rule_is_named(
    administration, entry, expected
):
    person = Person("P9", administration=administration)
    assert ground("same-administration", person, entry) == expected
    assert ground("head-of-administration", person, entry) is None


def test_a_reason_names_the_administration():
    found = RULES["head-of-administration"].find(Person("P1"), UNIT, ORGANISATION)
    assert str(found.reason) == "leads farsta, which the unit stands under"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Farsta", "farsta", True),
        ("Farsta  sdf", " farsta sdf", True),
        ("Farsta", "Fasta", False),
        (None, None, False),
        ("", "", False),
        (None, "Farsta", False),
    ],
)
def test_an_administration_is_the_same_whatever_its_capitals_and_spaces(one, other, same):
    assert same_administration(one, other) is same

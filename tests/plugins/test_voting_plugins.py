"""The voting methods that come with kvaljury come in by the door that others use."""

import pytest

from kvaljury import Grades, Text, voting
from kvaljury.testing import check_voting_method
from kvaljury_plugins import approval, borda, majority_judgment, plurality, schulze

OFFERS = {
    method.name: method
    for module in (approval, borda, majority_judgment, plurality, schulze)
    for method in module.kvaljury_voting_methods()
}
LEVELS = tuple(map(Text, ("not now", "could", "worthy")))
# One whom many find worthy and many do not, one whom all could accept, one in between.
DIVIDED = Grades(
    ("A", "B", "C"), LEVELS, ((2, 1, 0), (2, 1, 0), (0, 1, 2), (0, 1, 0), (2, 1, 1), (0, 1, 0))
)


@pytest.mark.parametrize("name", OFFERS)
def test_a_method_keeps_its_contract(name):
    check_voting_method(OFFERS[name])


@pytest.mark.parametrize("name", OFFERS)
def test_what_is_offered_is_the_function_of_the_public_face_with_a_label(name, check_bilingual):
    assert OFFERS[name].tally is getattr(voting, name.replace("-", "_"))
    check_bilingual(OFFERS[name].label)


def test_they_are_the_five_that_the_rules_may_name():
    assert sorted(OFFERS) == ["approval", "borda", "majority-judgment", "plurality", "schulze"]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("approval", ("A",)),
        ("borda", ("B",)),
        ("majority-judgment", ("B",)),
        ("plurality", ("A",)),
        ("schulze", ("A", "B")),
    ],
)
def test_methods_differ_where_a_jury_is_divided(name, first):
    assert OFFERS[name].tally(DIVIDED).tiers[0] == first

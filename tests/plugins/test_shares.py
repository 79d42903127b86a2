"""The city's share of places, children and pupils, by operator and kind (E25-05, E12-02 …)."""

from fractions import Fraction

import pytest

from kvaljury.core.model import Kind, Operator, Outcome
from kvaljury_plugins import share_of_places, share_of_pupils

PLACES_2025 = {"year": 2025, "minimum": 51, "elsewhere_kinds": ["preschool", "school"]}
PUPILS_2025 = {"year": 2025, "minimum": 51, "kinds": ["preschool", "school"]}
PUPILS_2012 = {"year": 2012, "minimum": 51, "kinds": ["school"]}
BORDER = [
    (Fraction(51), Outcome.PASS),
    (Fraction("50.99"), Outcome.FAIL),
    (Fraction("50.6"), Outcome.FAIL),
    (Fraction(100), Outcome.PASS),
    (Fraction(0), Outcome.FAIL),
    (None, Outcome.UNKNOWN),
]
OUTSIDE_CITY = (Operator.CONTRACTOR, Operator.INDEPENDENT)


@pytest.mark.parametrize(("share", "outcome"), BORDER)
@pytest.mark.parametrize("operator", OUTSIDE_CITY)
def test_51_percent_of_places_is_meant_to_the_last_decimal(share, outcome, operator, make_entry):
    entry = make_entry(operator=operator, sells_single_places=True, stockholm_share=share)

    assert share_of_places.check(entry, PLACES_2025).outcome is outcome


@pytest.mark.parametrize(("share", "outcome"), BORDER)
@pytest.mark.parametrize("kind", [Kind.PRESCHOOL, Kind.SCHOOL])
def test_51_percent_of_children_or_pupils_is_meant_to_the_last_decimal(
    share, outcome, kind, make_entry
):
    entry = make_entry(operator=Operator.INDEPENDENT, kind=kind, stockholm_share=share)

    assert share_of_pupils.check(entry, PUPILS_2025).outcome is outcome


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("module", [share_of_places, share_of_pupils])
def test_no_share_is_asked_of_what_the_city_runs(module, kind, make_entry):
    parameters = PLACES_2025 if module is share_of_places else PUPILS_2025
    entry = make_entry(
        operator=Operator.CITY, kind=kind, sells_single_places=True, stockholm_share=Fraction(1)
    )

    assert module.check(entry, parameters).outcome is Outcome.NOT_APPLICABLE


def test_an_independent_school_is_judged_by_pupils_and_not_by_places(make_entry):
    school = make_entry(
        operator=Operator.INDEPENDENT,
        kind=Kind.SCHOOL,
        sells_single_places=True,
        stockholm_share=Fraction(10),
    )

    assert share_of_places.check(school, PLACES_2025).outcome is Outcome.NOT_APPLICABLE
    assert share_of_pupils.check(school, PUPILS_2025).outcome is Outcome.FAIL


def test_an_independent_preschool_is_tested_on_children_in_2025_and_not_in_2012(make_entry):
    preschool = make_entry(
        operator=Operator.INDEPENDENT, kind=Kind.PRESCHOOL, stockholm_share=Fraction("50.99")
    )

    assert share_of_pupils.check(preschool, PUPILS_2025).outcome is Outcome.FAIL
    assert share_of_pupils.check(preschool, PUPILS_2012).outcome is Outcome.NOT_APPLICABLE


def test_a_contractor_is_judged_by_places_in_every_kind_of_class(make_entry):
    contractor = make_entry(
        operator=Operator.CONTRACTOR,
        kind=Kind.PRESCHOOL,
        sells_single_places=True,
        stockholm_share=Fraction(10),
    )

    assert share_of_places.check(contractor, PLACES_2025).outcome is Outcome.FAIL
    assert share_of_pupils.check(contractor, PUPILS_2025).outcome is Outcome.NOT_APPLICABLE


def test_without_single_places_the_operator_does_not_matter(make_entry):
    entry = make_entry(sells_single_places=False)

    assert share_of_places.check(entry, PLACES_2025).outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize("sells", [True, None])
def test_an_unknown_operator_is_unknown_for_places_that_may_be_sold(sells, make_entry):
    entry = make_entry(sells_single_places=sells, stockholm_share=Fraction(90))

    assert share_of_places.check(entry, PLACES_2025).outcome is Outcome.UNKNOWN


def test_an_unknown_operator_is_unknown_for_pupils_only_in_the_kinds_that_are_judged(make_entry):
    school = make_entry(kind=Kind.SCHOOL, stockholm_share=Fraction(90))
    home = make_entry(kind=Kind.OTHER, stockholm_share=Fraction(90))

    assert share_of_pupils.check(school, PUPILS_2025).outcome is Outcome.UNKNOWN
    assert share_of_pupils.check(home, PUPILS_2025).outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize("operator", OUTSIDE_CITY)
@pytest.mark.parametrize(
    ("sells", "outcome"), [(False, Outcome.NOT_APPLICABLE), (None, Outcome.UNKNOWN)]
)
def test_places_are_judged_only_where_single_places_are_sold(operator, sells, outcome, make_entry):
    entry = make_entry(operator=operator, sells_single_places=sells, stockholm_share=Fraction(1))

    assert share_of_places.check(entry, PLACES_2025).outcome is outcome


def test_the_reason_states_what_the_share_is_of_and_both_figures(make_entry):
    entry = make_entry(
        operator=Operator.CONTRACTOR, sells_single_places=True, stockholm_share=Fraction(50)
    )

    verdict = share_of_places.check(entry, PLACES_2025)

    assert str(verdict.reason) == (
        "The city's share of the places is 50%; at least 51% is asked for"
    )
    assert (str(verdict.value), str(verdict.limit)) == ("50%", "at least 51%")


def test_the_share_is_handed_on_as_the_number_that_was_given(make_entry):
    entry = make_entry(
        operator=Operator.INDEPENDENT, kind=Kind.SCHOOL, stockholm_share=Fraction("50.99")
    )

    value = share_of_pupils.check(entry, PUPILS_2025).value

    assert dict(value.parameters)["share"] == Fraction("50.99")


@pytest.mark.parametrize(
    ("module", "parameters", "complaint"),
    [
        (share_of_places, {"minimum": 51}, "'elsewhere_kinds' is missing"),
        (share_of_places, {"minimum": 51, "elsewhere_kinds": "school"}, "expected a list"),
        (share_of_pupils, {"kinds": ["school"]}, "'minimum' is missing"),
        (share_of_pupils, {"minimum": 51, "kinds": ["scool"]}, "scool"),
        (share_of_pupils, {"minimum": "51", "kinds": ["school"]}, "expected a number"),
    ],
)
def test_a_wrong_parameter_is_refused_by_name(module, parameters, complaint, make_entry):
    with pytest.raises(ValueError, match=complaint):
        module.check(make_entry(kind=Kind.SCHOOL), parameters)

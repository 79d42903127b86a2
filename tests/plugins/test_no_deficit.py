"""Deficits: negative is one, zero is none, unknown is not tried (E25-07, E12-04)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.model import Outcome
from kvaljury_plugins import no_deficit

BOTH = {"year": 2025, "fields": ["result_previous_year", "forecast_current_year"]}
FORECAST = {"year": 2012, "fields": ["forecast_current_year"]}
amounts = st.none() | st.integers(-3, 3).map(Fraction)


def judge(make_entry, parameters, result, forecast):
    entry = make_entry(result_previous_year=result, forecast_current_year=forecast)
    return no_deficit.check(entry, parameters)


@pytest.mark.parametrize(
    ("result", "forecast", "outcome"),
    [
        (Fraction(-1), Fraction(1), Outcome.FAIL),
        (Fraction(1), Fraction(-1), Outcome.FAIL),
        (Fraction(0), Fraction(0), Outcome.PASS),
        (Fraction(5), Fraction(7), Outcome.PASS),
        (None, Fraction(1), Outcome.UNKNOWN),
        (Fraction(1), None, Outcome.UNKNOWN),
        (None, None, Outcome.UNKNOWN),
        (Fraction(-1), None, Outcome.FAIL),
        (None, Fraction(-1), Outcome.FAIL),
        (Fraction(-1, 100), Fraction(0), Outcome.FAIL),
    ],
)
def test_both_figures_are_joined_by_and_in_2025(result, forecast, outcome, make_entry):
    assert judge(make_entry, BOTH, result, forecast).outcome is outcome


@pytest.mark.parametrize(
    ("forecast", "outcome"),
    [(Fraction(0), Outcome.PASS), (Fraction(-1), Outcome.FAIL), (None, Outcome.UNKNOWN)],
)
@pytest.mark.parametrize("result", [Fraction(-1), None])
def test_only_the_forecast_counts_in_2012(result, forecast, outcome, make_entry):
    assert judge(make_entry, FORECAST, result, forecast).outcome is outcome


def test_the_reason_names_every_figure(make_entry, in_swedish):
    verdict = judge(make_entry, BOTH, Fraction(-1), Fraction(2))

    assert (
        str(verdict.reason) == "A deficit: last year's result -1 SEK and this year's forecast 2 SEK"
    )
    assert in_swedish(verdict.reason) == (
        "Underskott: förra årets resultat -1 kr och årets prognos 2 kr"
    )


def test_the_reason_names_the_figure_that_is_not_known(make_entry):
    verdict = judge(make_entry, BOTH, None, Fraction(2))

    assert str(verdict.reason) == (
        "Not tried for deficit: last year's result is not known and this year's forecast 2 SEK"
    )
    assert verdict.value is None


@pytest.mark.parametrize(
    ("parameters", "complaint"),
    [
        ({}, "'fields' is missing"),
        ({"fields": []}, "empty"),
        ({"fields": "forecast_current_year"}, "expected a list"),
        ({"fields": ["forecast"]}, "forecast_current_year, result_previous_year"),
        ({"fields": [["forecast_current_year"]]}, "expected a list"),
        ({"feilds": [], "fields": ["forecast_current_year"]}, "nearest known one is 'fields'"),
    ],
)
def test_wrong_fields_are_refused_so_that_nothing_passes_untested(
    parameters, complaint, make_entry
):
    with pytest.raises(ValueError, match=complaint):
        judge(make_entry, parameters, Fraction(1), Fraction(1))


@given(result=amounts, forecast=amounts)
def test_a_pass_needs_every_named_figure_known_and_not_negative(make_entry, result, forecast):
    passes = judge(make_entry, BOTH, result, forecast).outcome is Outcome.PASS

    assert passes == all(amount is not None and amount >= 0 for amount in (result, forecast))

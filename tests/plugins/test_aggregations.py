"""The shipped aggregations are exact, stay within the totals and never punish a higher total."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury_plugins import mean, median, trimmed_mean

OFFERED = {
    offered.name: offered
    for module in (mean, median, trimmed_mean)
    for offered in module.kvaljury_aggregations()
}
every_aggregation = pytest.mark.parametrize("name", sorted(OFFERED))
thirds = st.integers(0, 300).map(lambda n: Fraction(n, 3))
totals = st.lists(thirds, min_size=1, max_size=9)


def combine(name, *values):
    return OFFERED[name].combine(tuple(map(Fraction, values)))


def test_three_aggregations_are_offered():
    assert sorted(OFFERED) == ["mean", "median", "trimmed-mean"]


@every_aggregation
def test_one_total_is_its_own_raw_score(name):
    assert combine(name, Fraction(200, 3)) == Fraction(200, 3)


@every_aggregation
def test_two_totals_give_their_middle(name):
    assert combine(name, 50, 55) == Fraction(105, 2)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("mean", Fraction(121, 3)), ("median", Fraction(11)), ("trimmed-mean", Fraction(11))],
)
def test_an_outlier_among_three_moves_only_the_mean(name, expected):
    assert combine(name, 10, 11, 100) == expected


def test_the_median_of_four_is_the_mean_of_the_middle_two():
    assert combine("median", 0, 10, 21, 100) == Fraction(31, 2)


def test_the_trimmed_mean_drops_one_highest_and_one_lowest_and_keeps_their_equals():
    assert combine("trimmed-mean", 10, 10, 40, 90, 90) == Fraction(140, 3)


@every_aggregation
def test_thirds_stay_exact(name):
    third = Fraction(100, 3)

    assert combine(name, third, third, third) == third


@every_aggregation
@given(values=totals)
def test_the_raw_score_lies_within_the_totals(name, values):
    assert min(values) <= combine(name, *values) <= max(values)


@every_aggregation
@given(values=totals, data=st.data())
def test_the_order_of_totals_never_matters(name, values, data):
    assert combine(name, *data.draw(st.permutations(values))) == combine(name, *values)


@every_aggregation
@given(values=totals, at=st.integers(0, 8), more=thirds)
def test_a_higher_total_never_gives_a_lower_raw_score(name, values, at, more):
    raised = [*values]
    raised[at % len(values)] += more

    assert combine(name, *raised) >= combine(name, *values)

"""Readings to raw scores, and what an aggregation may give."""

import statistics
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.aggregation import aggregate
from kvaljury.core.model import Aggregation, Reading
from kvaljury.errors import PluginFault
from kvaljury_plugins import mean, median, trimmed_mean

MEAN = Aggregation("mean", statistics.mean)
SHIPPED = [
    offered for module in (mean, median, trimmed_mean) for offered in module.kvaljury_aggregations()
]
totals = st.integers(0, 300).map(lambda thirds: Fraction(thirds, 3))


def reading(entry, examiner, total):
    return Reading(entry, examiner, "L1", Fraction(total), {}, {}, {})


def readings(entry, *values):
    return [reading(entry, f"E{i}", total) for i, total in enumerate(values)]


def test_the_totals_of_each_entry_are_combined_apart_and_sorted_by_id():
    raw = aggregate([*readings("F02", 10, 20), *readings("F01", 40)], MEAN)

    assert list(raw.items()) == [("F01", 40), ("F02", 15)]


def test_no_readings_give_no_scores():
    assert aggregate([], MEAN) == {}


def test_an_aggregation_gets_sorted_totals_that_it_cannot_change():
    seen = []

    def combine(values):
        seen.append(values)
        return values[0]

    aggregate(readings("F01", 30, 10, 20), Aggregation("first", combine))

    assert seen == [(10, 20, 30)]


def test_a_whole_number_is_an_exact_raw_score():
    raw = aggregate(readings("F01", 10, 20), Aggregation("fixed", lambda values: 15))

    assert raw == {"F01": 15}
    assert isinstance(raw["F01"], Fraction)


@pytest.mark.parametrize("edge", [10, 20])
def test_the_lowest_and_the_highest_total_are_within_bounds(edge):
    assert aggregate(readings("F01", 10, 20), Aggregation("edge", lambda values: edge)) == {
        "F01": edge
    }


def raising(values):
    raise ZeroDivisionError("division by zero")


@pytest.mark.parametrize(
    ("combine", "complaint"),
    [
        (raising, "the aggregation odd fails on entry F01: ZeroDivisionError: division by zero"),
        (lambda values: 15.0, r"gives 15\.0 on entry F01"),
        (lambda values: float("nan"), "gives nan"),
        (lambda values: None, "gives None"),
        (lambda values: "15", "gives '15'"),
        (lambda values: True, "gives True"),
        (lambda values: Fraction(201, 10), "the lowest total 10 and the highest 20"),
        (lambda values: 9, "the lowest total 10 and the highest 20"),
    ],
)
def test_anything_but_an_exact_number_within_the_totals_names_the_plugin(combine, complaint):
    with pytest.raises(PluginFault, match=complaint) as caught:
        aggregate(readings("F01", 10, 20), Aggregation("odd", combine))

    assert caught.value.code == ("plugin-failed" if combine is raising else "plugin-wrong-answer")
    assert "odd" in str(caught.value)


@pytest.mark.parametrize("aggregation", SHIPPED, ids=lambda offered: offered.name)
@given(values=st.lists(totals, min_size=1, max_size=6), data=st.data())
def test_the_order_of_readings_never_matters(aggregation, values, data):
    given_order = readings("F01", *values)
    shuffled = data.draw(st.permutations(given_order))

    assert aggregate(shuffled, aggregation) == aggregate(given_order, aggregation)


@pytest.mark.parametrize("aggregation", SHIPPED, ids=lambda offered: offered.name)
@given(values=st.lists(totals, min_size=1, max_size=6), more=totals, at=st.integers(0, 5))
def test_a_higher_total_never_lowers_a_raw_score(aggregation, values, more, at):
    raised = [*values]
    raised[at % len(values)] += more

    higher = aggregate(readings("F01", *raised), aggregation)["F01"]

    assert higher >= aggregate(readings("F01", *values), aggregation)["F01"]

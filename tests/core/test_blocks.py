import pytest

from kvaljury.core.model.blocks import Interval, Strip, bounds, middle, strip_bounds
from kvaljury.core.model.figures import number_text, percent_text


def test_the_ends_of_a_scale_are_tens_that_hold_values_and_intervals():
    assert bounds([Interval("a", 57.2, 49.9, 63.0), Interval("b", 71.0)]) == (40, 80)
    assert bounds([Interval("a", 50.0), Interval("b", 60.0)]) == (50, 60)


def test_a_scale_is_never_without_width():
    assert bounds([Interval("a", 50.0)]) == (40, 60)


def test_the_ends_of_a_strips_scale_hold_its_own_value_and_the_others():
    assert strip_bounds([Strip("a", 55.0, (61.0, 72.0)), Strip("b", None, (33.0,))]) == (30, 80)


@pytest.mark.parametrize(
    ("values", "median"), [([3.0], 3.0), ([5.0, 1.0, 3.0], 3.0), ([4.0, 1.0, 2.0, 9.0], 3.0)]
)
def test_the_middle_is_the_median(values, median):
    assert middle(values) == median


@pytest.mark.parametrize(
    ("probability", "shown"),
    [
        (0.0, "0"),
        (0.001, "<1"),
        (0.005, "1"),
        (0.444, "44"),
        (0.994, "99"),
        (0.996, ">99"),
        (1.0, "100"),
    ],
)
def test_a_percentage_claims_no_certainty_that_is_not_there(probability, shown):
    assert str(percent_text(probability)) == f"{shown}\N{NO-BREAK SPACE}%"


def test_a_number_is_shown_with_so_many_decimals():
    assert (str(number_text(2.0, 0)), str(number_text(2.5, 2))) == ("2", "2.50")

"""Parameters are read strictly: what is missing, misspelt or of the wrong kind is said."""

from datetime import datetime
from fractions import Fraction

import pytest

from kvaljury.core.model import Kind, Moment
from kvaljury_plugins.parameters import (
    expect_parameters,
    kinds,
    moment,
    number,
    whole_number,
    words,
)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (51, Fraction(51)),
        (50.99, Fraction(5099, 100)),
        (Fraction(1, 3), Fraction(1, 3)),
        (0, Fraction(0)),
    ],
)
def test_a_number_is_read_exactly(given, read):
    assert number({"minimum": given}, "minimum") == read


@pytest.mark.parametrize("given", [True, "51", None, -1, float("nan"), float("inf"), [51]])
def test_anything_but_a_number_of_at_least_zero_is_refused(given):
    with pytest.raises(ValueError, match=r"'minimum' is .*expected a number of at least 0"):
        number({"minimum": given}, "minimum")


def test_a_whole_number_may_be_written_with_a_point_and_may_not_have_a_part():
    assert whole_number({"years": 2.0}, "years") == 2
    with pytest.raises(ValueError, match="5/2, expected a whole number"):
        whole_number({"years": 2.5}, "years")


def test_known_words_are_kept_in_their_order():
    assert words({"fields": ["b", "a"]}, "fields", frozenset("abc")) == ("b", "a")


def test_kinds_are_read_as_kinds():
    assert kinds({"kinds": ("school", "other")}, "kinds") == {Kind.SCHOOL, Kind.OTHER}
    assert kinds({"kinds": []}, "kinds") == frozenset()


def test_a_moment_is_handed_on():
    given = Moment(datetime.fromisoformat("2025-05-07"), whole_day=True)

    assert moment({"deadline": given}, "deadline") is given


def test_the_year_is_always_welcome_and_nothing_else_unnamed_is():
    expect_parameters({"year": 2025, "minimum": 5}, "minimum")
    with pytest.raises(
        ValueError, match="'minimun' is unknown, the nearest known one is 'minimum'"
    ):
        expect_parameters({"minimun": 4, "minimum": 5}, "minimum")
    with pytest.raises(ValueError, match=r"'zzz' is unknown$"):
        expect_parameters({"zzz": 4, "minimum": 5}, "minimum")

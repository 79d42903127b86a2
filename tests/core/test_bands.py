"""Scores to thirds: only where no third is a single unit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.bands import LEAST, Band, bands_of

SCORES = st.dictionaries(
    st.text("abcdefghij", min_size=1, max_size=3), st.floats(0, 100), min_size=LEAST
)


def numbered(*scores):
    return {f"e{place}": float(score) for place, score in enumerate(scores)}


def test_six_entries_give_two_in_each_third():
    found = bands_of(numbered(4, 9, 5, 8, 6, 7), 1)
    assert {entry: band.value for entry, band in found.items()} == {
        "e1": "upper", "e3": "upper", "e5": "middle", "e4": "middle", "e2": "lower", "e0": "lower",
    }  # fmt: skip


def test_fewer_than_six_give_no_bands():
    assert bands_of(numbered(1, 2, 3, 4, 5), 1) == {}


def test_entries_that_are_equal_as_rounded_share_a_band():
    found = bands_of(numbered(9, 7.04, 7.0, 3, 2, 1), 1)
    assert found["e1"] is found["e2"] is Band.UPPER
    assert bands_of(numbered(9, 7.1, 7.0, 3, 2, 1), 1)["e2"] is Band.MIDDLE


def test_a_class_of_equals_lies_in_the_middle():
    assert set(bands_of(numbered(*[5] * 8), 1).values()) == {Band.MIDDLE}


@given(SCORES)
def test_a_higher_score_never_lies_in_a_lower_band(scores):
    order = list(Band)
    found = bands_of(scores, 1)
    ranked = sorted(scores, key=lambda entry: -scores[entry])
    places = [order.index(found[entry]) for entry in ranked]
    assert places == sorted(places)


@given(SCORES, st.randoms())
def test_the_order_of_entries_does_not_matter(scores, chance):
    mixed = list(scores.items())
    chance.shuffle(mixed)
    assert bands_of(dict(mixed), 1) == bands_of(scores, 1)


@pytest.mark.parametrize("count", range(LEAST, 20))
def test_every_third_holds_at_least_two(count):
    found = list(bands_of(numbered(*range(count)), 1).values())
    assert min(found.count(band) for band in Band) >= 2

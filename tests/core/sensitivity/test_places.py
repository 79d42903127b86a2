"""Scores to places and lists."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.comparability import quantised
from kvaljury.core.ranking import rank_scores
from kvaljury.core.sensitivity.places import is_listed, places_of

scores = st.lists(st.floats(-20, 120), min_size=1, max_size=12)


@given(scores, st.integers(0, 6))
def test_places_are_those_of_the_ranking(values, decimals):
    array = quantised(np.array(values))
    assert (places_of(array, decimals) == rank_scores(array, None, 1, decimals).rank).all()


@given(st.lists(scores.map(lambda v: (v * 5)[:5]), min_size=1, max_size=4))
def test_many_scenarios_at_once_give_what_each_gives(rows):
    found = places_of(np.array(rows), 1)
    assert (found == np.array([places_of(np.array(row), 1) for row in rows])).all()


def test_half_a_unit_is_rounded_away_from_zero_and_ties_share_a_place():
    assert places_of(np.array([61.25, 61.3, 61.2, -0.05, -0.1]), 1).tolist() == [1, 1, 3, 4, 4]


def test_all_who_share_the_last_place_are_listed():
    assert is_listed(np.array([70.0, 60.04, 60.0, 50.0]), 2, 1).tolist() == [
        True,
        True,
        True,
        False,
    ]
    assert is_listed(np.array([70.0, 60.04, 60.0, 50.0]), 2).tolist() == [
        True,
        True,
        False,
        False,
    ]


def test_no_scenario_gives_no_places():
    assert places_of(np.zeros((0, 3)), 1).shape == (0, 3)

"""Totals from area scores and weights."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.scoring import score_readings
from kvaljury.core.sensitivity.area_weights import area_scores, draw_weights, shifted_weights
from tests.core.sensitivity.years import PLAIN, grid, year

marks = st.one_of(st.none(), st.integers(0, 100))
weights = st.lists(st.integers(0, 50), min_size=3, max_size=3).filter(any)


def scored(table, shares):
    total = sum(shares)
    named = {f"a{i}": Fraction(100 * share, total) for i, share in enumerate(shares)}
    edition, values = year(table, weights=named)
    return edition, score_readings(edition, values, {"plain": PLAIN})


@given(st.lists(st.tuples(marks, marks, marks), min_size=1, max_size=6), weights)
def test_the_editions_weights_give_the_readings_totals(rows, shares):
    edition, readings = scored({"e1": {f"x{i}": row for i, row in enumerate(rows)}}, shares)
    areas = area_scores(edition.rules.areas, readings)
    totals = areas.totals(areas.weights)
    assert totals == pytest.approx([float(reading.total) for reading in readings], abs=1e-9)


def test_weights_are_shared_out_over_what_a_reading_has():
    edition, readings = scored(grid([((80, 40, None), (80, None, None))]), (50, 30, 20))
    areas = area_scores(edition.rules.areas, readings)
    totals = areas.totals(np.array([[50.0, 30.0, 20.0], [0.0, 30.0, 70.0]]))
    assert totals[0] == pytest.approx([65.0, 80.0])
    assert totals[1, 0] == pytest.approx(40.0)
    assert np.isnan(totals[1, 1])


def test_drawn_weights_lie_around_the_editions_as_stated():
    drawn = draw_weights(np.array([20.0, 20.0, 60.0]), 20_000, 50.0, 1)
    assert drawn.sum(axis=1) == pytest.approx(100.0)
    assert drawn.mean(axis=0) == pytest.approx([20, 20, 60], abs=0.2)
    expected = [100 * np.sqrt(p * (1 - p) / 51) for p in (0.2, 0.2, 0.6)]
    assert drawn.std(axis=0) == pytest.approx(expected, rel=0.03)


def test_the_same_seed_draws_the_same_weights():
    one, same, other = (draw_weights(np.array([50.0, 50.0]), 5, 50.0, seed) for seed in (1, 1, 2))
    assert (one == same).all()
    assert (one != other).any()


def test_a_shifted_weight_is_taken_from_the_others_in_proportion():
    shifted = shifted_weights(np.array([20.0, 20.0, 60.0]), 0, np.array([20.0, 40.0, 0.0, 100.0]))
    assert shifted == pytest.approx(
        np.array([[20, 20, 60], [40, 15, 45], [0, 25, 75], [100, 0, 0]])
    )

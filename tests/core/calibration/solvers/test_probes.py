"""Probing vectors: which columns share one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from kvaljury.core.calibration.solvers.probes import Probes, hubs_of, neighbours_of

NONE = np.zeros(0, dtype=np.intp)


@st.composite
def incidences(draw) -> csr_array:
    generator = np.random.default_rng(draw(st.integers(0, 1000)))
    filled = generator.random((draw(st.integers(1, 15)), draw(st.integers(1, 20)))) < 0.2
    return csr_array(filled.astype(float))


def test_those_who_read_the_same_entry_are_in_different_probes() -> None:
    incidence = csr_array(np.array([[1.0, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]]))
    colour = Probes.of(incidence, NONE, 2).colour.tolist()
    assert colour in ([0, 1, 0, 1], [1, 0, 1, 0])


@settings(max_examples=30)
@given(incidences())
def test_with_enough_colours_none_is_shared_in_a_row(incidence: csr_array) -> None:
    probes = Probes.of(incidence, NONE, 1 + int(neighbours_of(incidence).max()))
    for row in incidence.toarray():
        colours = probes.colour[row > 0]
        assert len(set(colours)) == len(colours)


@settings(max_examples=30)
@given(incidences(), st.integers(1, 5))
def test_every_column_is_in_one_probe_even_with_too_few_colours(
    incidence: csr_array, count: int
) -> None:
    probes = Probes.of(incidence, NONE, count)
    vectors = probes.block(slice(0, count))
    assert vectors.shape == (incidence.shape[1], count)
    assert np.abs(vectors).sum(axis=1) == pytest.approx(1)


def test_columns_left_out_are_in_no_probe() -> None:
    incidence = csr_array(np.ones((2, 5)))
    vectors = Probes.of(incidence, np.array([1, 3]), 3).block(slice(0, 3))
    assert np.abs(vectors).sum(axis=1).tolist() == [1, 0, 1, 0, 1]
    assert np.abs(vectors).sum(axis=0).tolist() == [1, 1, 1]


def test_the_same_design_has_the_same_probes_and_other_signs_the_same_colours() -> None:
    incidence = csr_array(np.eye(200))
    one, other = (Probes.of(incidence, np.array([7]), 8) for _ in range(2))
    assert np.array_equal(one.block(slice(0, 8)), other.block(slice(0, 8)))
    again = one.resigned()
    assert np.array_equal(again.colour, one.colour)
    assert again.sign[7] == 0
    assert 50 < np.sum(again.sign != one.sign) < 150


def test_colours_are_used_about_equally() -> None:
    assert np.bincount(Probes.of(csr_array(np.eye(64)), NONE, 8).colour).tolist() == [8] * 8


def test_an_area_that_meets_most_examiners_is_a_hub() -> None:
    incidence = csr_array(np.hstack([np.eye(10), np.ones((10, 1))]) * 3)
    neighbours = neighbours_of(incidence)
    assert neighbours.tolist() == [1] * 10 + [10]
    assert hubs_of(neighbours, 9, 3).tolist() == [10]
    assert hubs_of(neighbours, 10, 3).tolist() == []


def test_too_many_hubs_are_none() -> None:
    assert hubs_of(np.array([5, 5, 1]), 2, 2).tolist() == [0, 1]
    assert hubs_of(np.array([5, 5, 1]), 2, 1).tolist() == []

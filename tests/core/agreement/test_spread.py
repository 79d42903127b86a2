"""Centring, mid-ranks and the examples in the docstrings."""

import doctest
import importlib
import pkgutil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kvaljury.core.agreement as package
from kvaljury.core.agreement.spread import centred_to_unit, mid_ranks, sum_of_squares


def test_values_without_spread_have_no_scale():
    assert centred_to_unit(np.full((2, 3), 0.1)) is None


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=12))
def test_mid_ranks_add_up_and_follow_the_order(values):
    ranks = mid_ranks(np.array(values, dtype=float))
    assert ranks.sum() == len(values) * (len(values) + 1) / 2
    for one, rank in zip(values, ranks, strict=True):
        below = sum(other < one for other in values)
        assert rank == below + (values.count(one) + 1) / 2


def test_a_sum_of_squares_is_about_the_mean():
    assert sum_of_squares(np.array([1.0, 2.0, 6.0])) == 14.0


@pytest.mark.parametrize("name", [m.name for m in pkgutil.iter_modules(package.__path__)])
def test_the_examples_in_the_docstrings_hold(name):
    module = importlib.import_module(f"{package.__name__}.{name}")
    assert doctest.testmod(module).failed == 0


def test_the_face_of_the_package_is_sorted_and_resolves():
    assert all(hasattr(package, name) for name in package.__all__)
    assert len(set(package.__all__)) == len(package.__all__)

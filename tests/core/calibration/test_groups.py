"""Levels that part rows alike, and levels within levels."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from kvaljury.core.calibration.groups import (
    ENTRIES_FOR_OWN_MEAN,
    is_nested,
    mean_groups,
    same_partition,
    without_gaps,
)

LEVELS = st.integers(1, 8).flatmap(
    lambda n: st.tuples(*[arrays.arrays(np.intp, n, elements=st.integers(0, 3))] * 2)
)


@given(LEVELS)
def test_a_level_is_nested_where_no_two_rows_of_it_differ_in_the_other(levels):
    inner, outer = levels
    owners = {level: set(outer[inner == level].tolist()) for level in set(inner.tolist())}
    assert is_nested(inner, outer) is all(len(owner) == 1 for owner in owners.values())


@given(LEVELS)
def test_two_levels_are_one_partition_where_each_is_nested_in_the_other(levels):
    first, second = map(without_gaps, levels)
    together = first[:, None] == first, second[:, None] == second
    assert same_partition(first, second) is bool((together[0] == together[1]).all())


@given(arrays.arrays(np.intp, st.integers(1, 30), elements=st.integers(0, 4)))
def test_classes_have_a_mean_of_their_own_from_five_entries(entry_class):
    group = mean_groups(entry_class)
    sizes = np.bincount(entry_class)[entry_class]
    small = group[sizes < ENTRIES_FOR_OWN_MEAN]
    assert len(set(small.tolist())) <= 1
    assert is_nested(entry_class, group)
    assert set(group.tolist()) == set(range(int(group.max()) + 1))

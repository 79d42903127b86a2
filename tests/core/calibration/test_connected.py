"""Parts of a graph, found in rounds, are those of a plain search."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.calibration.connected import connected_parts


def test_nothing_connected_leaves_every_node_alone() -> None:
    none = np.zeros(0, dtype=np.intp)
    assert connected_parts(none, none, 3).tolist() == [0, 1, 2]


def test_a_shuffled_ring_is_one_part() -> None:
    order = np.random.default_rng(0).permutation(5000)
    assert not connected_parts(order, np.roll(order, 1), 5000).any()


@given(st.integers(1, 12), st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11))))
def test_parts_are_those_of_a_plain_search(count: int, pairs: list[tuple[int, int]]) -> None:
    edges = [(a % count, b % count) for a, b in pairs]
    label = list(range(count))
    for _ in range(count):
        for a, b in edges:
            label[a] = label[b] = min(label[a], label[b])
    left, right = (np.array([edge[i] for edge in edges], dtype=np.intp) for i in (0, 1))
    assert connected_parts(left, right, count).tolist() == label

"""Pairs to the parts that they connect."""

from __future__ import annotations

import numpy as np

from kvaljury.core.model.panel import Ints


def connected_parts(left: Ints, right: Ints, count: int) -> Ints:
    """Number the parts of a graph.

    In every round each tree hooks on to the smallest root that it is connected with, so that a
    long chain takes as few rounds as its length has binary digits.

    Args:
        left: ``(e,)`` one node of each edge.
        right: ``(e,)`` the other.
        count: number of nodes, n.

    Returns:
        ``(n,)`` the smallest node of each node's part.

    Source:
        Shiloach and Vishkin 1982.

    >>> connected_parts(np.array([0, 3]), np.array([2, 1]), 5).tolist()
    [0, 1, 0, 1, 4]
    """
    root = np.arange(count)
    while len(left):
        one, other = root[left], root[right]
        np.minimum.at(root, np.maximum(one, other), np.minimum(one, other))
        while np.any(root[root] != root):
            root = root[root]
        is_open = root[left] != root[right]
        left, right = left[is_open], right[is_open]
    return root

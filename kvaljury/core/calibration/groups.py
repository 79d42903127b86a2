"""Levels to groups: classes that have a mean of their own, and levels that part rows alike."""

from __future__ import annotations

import numpy as np

from kvaljury.core.model.panel import Ints

ENTRIES_FOR_OWN_MEAN = 5


def mean_groups(entry_class: Ints) -> Ints:
    """Tell which fixed mean each entry has.

    Classes with at least five entries have a mean of their own, smaller ones share one.

    Args:
        entry_class: ``(n,)`` index of each entry's class.

    Returns:
        ``(n,)`` index of each entry's mean, from 0 without gaps; the shared one comes last.

    >>> mean_groups(np.array([0, 1, 1, 1, 1, 1, 2])).tolist()
    [1, 0, 0, 0, 0, 0, 1]
    """
    sizes = np.bincount(entry_class)
    own = np.where(sizes >= ENTRIES_FOR_OWN_MEAN, np.arange(len(sizes)), len(sizes))
    return without_gaps(own[entry_class])


def without_gaps(level: Ints) -> Ints:
    """Number the levels that occur from 0, in their order.

    >>> without_gaps(np.array([7, -1, 7, 3])).tolist()
    [2, 0, 2, 1]
    """
    return np.unique(level, return_inverse=True)[1].astype(np.intp)


def same_partition(first: Ints, second: Ints) -> bool:
    """Tell whether two levels put the same rows together, so that nothing can tell them apart.

    Args:
        first: ``(r,)`` levels from 0 without gaps.
        second: ``(r,)`` likewise.

    >>> same_partition(np.array([0, 0, 1]), np.array([1, 1, 0]))
    True
    """
    return bool(first.max() == second.max()) and is_nested(first, second)


def is_nested(inner: Ints, outer: Ints) -> bool:
    """Tell whether rows that share an inner level share an outer one.

    Args:
        inner: ``(r,)`` levels from 0.
        outer: ``(r,)`` levels.

    >>> is_nested(np.array([0, 0, 1, 2]), np.array([5, 5, 5, 6]))
    True
    """
    owner = np.empty(int(inner.max()) + 1, dtype=outer.dtype)
    owner[inner] = outer
    return bool(np.array_equal(owner[inner], outer))

"""Scores of many scenarios to places and lists."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kvaljury.core.comparability import DECIMALS
from kvaljury.core.model.panel import Floats, Ints

Bools = NDArray[np.bool_]


def places_of(scores: Floats, decimals: int = DECIMALS) -> Ints:
    """Give places within a class, as a ranking does: equal after rounding shares a place.

    Args:
        scores: ``(…, n)`` on 0-100.
        decimals: 0 to 6; half goes away from zero.

    Returns:
        ``(…, n)`` places, 1 is best.

    >>> places_of(np.array([50.04, 61.0, 50.0]), 1).tolist()
    [2, 1, 2]
    """
    shown = _rounded(np.asarray(scores, dtype=np.float64), decimals)
    count = shown.shape[-1]
    if shown.size == 0:
        return np.zeros(shown.shape, dtype=np.intp)
    # Rows one above the other on one scale, so that they are sorted and searched at once.
    row = np.arange(shown.size // count)[:, None]
    raised = shown.reshape(-1, count) - shown.min() + row * (np.ptp(shown) + 1)
    not_above = np.searchsorted(np.sort(raised, axis=1).ravel(), raised.ravel(), side="right")
    places = 1 + (row + 1) * count - not_above.reshape(raised.shape)
    return np.asarray(places.reshape(shown.shape), dtype=np.intp)


def is_listed(scores: Floats, size: int, decimals: int = DECIMALS) -> Bools:
    """Tell which entries are among the k best, those tied at the cut included.

    Args:
        scores: ``(…, n)`` of one class.
        size: k.
        decimals: as for :func:`places_of`.

    Returns:
        ``(…, n)``.
    """
    return np.asarray(places_of(scores, decimals) <= size, dtype=np.bool_)


def _rounded(scores: Floats, decimals: int) -> Ints:
    unit = 10 ** (DECIMALS - decimals)
    whole = np.rint(scores * 10**DECIMALS).astype(np.int64)
    return np.asarray(np.sign(whole) * ((np.abs(whole) + unit // 2) // unit), dtype=np.intp)

"""Values to the scale on which rounding cannot pass for a difference, and to mid-ranks."""

from __future__ import annotations

import numpy as np

from kvaljury.core.model.panel import Floats

NEGLIGIBLE = 1e-20


def centred_to_unit(values: Floats) -> Floats | None:
    """Shift and scale values so that they lie within -1 and 1.

    Sums of squares of the result neither overflow nor turn a constant into a spread; those
    below ``NEGLIGIBLE`` of the total are rounding.

    Args:
        values: any shape, at least one value, finite.

    Returns:
        The same shape, or None where all values are equal.

    >>> centred_to_unit(np.array([70.0, 80.0, 75.0])).tolist()
    [0.0, 1.0, 0.5]
    """
    shifted = values - values.flat[0]
    largest = float(np.max(np.abs(shifted)))
    return np.asarray(shifted / largest, dtype=np.float64) if largest > 0 else None


def mid_ranks(values: Floats) -> Floats:
    """Rank values from 1 upwards; equal values share the mean of their places.

    Args:
        values: ``(n,)``, finite.

    Returns:
        ``(n,)`` ranks.

    >>> mid_ranks(np.array([30.0, 10.0, 30.0, 50.0])).tolist()
    [2.5, 1.0, 2.5, 4.0]
    """
    ordered = np.sort(values)
    below = np.searchsorted(ordered, values, "left")
    return (below + np.searchsorted(ordered, values, "right") + 1) / 2


def sum_of_squares(values: Floats) -> float:
    """Add the squared deviations of ``(n,)`` values from their mean."""
    deviations = values - np.sum(values) / len(values)
    return float(np.sum(deviations * deviations))

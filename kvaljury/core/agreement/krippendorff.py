"""Ratings of units by coders, with gaps, to Krippendorff's alpha."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np

from kvaljury.core.agreement.spread import centred_to_unit, mid_ranks, sum_of_squares
from kvaljury.core.model.panel import Floats, Ints

Metric = Literal["nominal", "ordinal", "interval", "ratio"]
METRICS: tuple[Metric, ...] = get_args(Metric)


def krippendorff_alpha(ratings: Floats, metric: Metric = "interval") -> float | None:
    """Compute Krippendorff's alpha: 1 is perfect agreement, 0 what chance gives.

    Units with a single rating have nothing to be compared with and are left out.

    Args:
        ratings: ``(units, coders)`` in any unit; NaN is missing, as is all that is not finite.
        metric: how far two ratings are apart: whether they differ (``nominal``), by how many
            ratings they are separated (``ordinal``), their difference (``interval``) or their
            difference relative to their sum (``ratio``, from 0 upwards).

    Returns:
        At most 1; None where no unit has two ratings, all ratings that can be compared are
        equal, or a ratio is asked for of negative ratings.

    Source:
        Krippendorff 2011, Computing Krippendorff's alpha-reliability, University of
        Pennsylvania; Hayes and Krippendorff 2007, Communication Methods and Measures 1:77-89.

    >>> krippendorff_alpha(np.array([[1.0, 1.0], [2.0, 2.0], [3.0, np.nan]]))
    1.0
    """
    present = np.isfinite(ratings)
    present[present.sum(axis=1) < 2] = False  # noqa: PLR2004  # a pair is two
    values = np.asarray(ratings[present], dtype=np.float64)
    scaled = centred_to_unit(values) if len(values) else None
    if scaled is None or (metric == "ratio" and values.min() < 0):
        return None
    unit = np.nonzero(present)[0].astype(np.intp)
    if metric == "ratio":
        return _ratio_alpha(unit, values)
    if metric == "nominal":
        return _nominal_alpha(unit, values)
    # The ordinal metric is the squared difference of mid-ranks, written otherwise.
    return _interval_alpha(unit, mid_ranks(values) if metric == "ordinal" else scaled)


def _interval_alpha(unit: Ints, values: Floats) -> float:
    sizes = np.bincount(unit)
    means = np.bincount(unit, values) / np.maximum(sizes, 1)
    weights = (sizes / np.maximum(sizes - 1, 1))[unit]
    observed = float(np.sum(weights * (values - means[unit]) ** 2))
    return 1 - (len(values) - 1) * observed / (len(values) * sum_of_squares(values))


def _nominal_alpha(unit: Ints, values: Floats) -> float:
    _, code = np.unique(values, return_inverse=True)
    sizes = np.bincount(unit)
    cells, alike = np.unique(np.stack([unit, code]), axis=1, return_counts=True)
    pairs_by_size = (sizes**2)[sizes > 1] / (sizes[sizes > 1] - 1)
    observed = float(pairs_by_size.sum() - np.sum(alike**2 / (sizes[cells[0]] - 1)))
    expected = len(values) ** 2 - float(np.sum(np.bincount(code) ** 2))
    return 1 - (len(values) - 1) * observed / expected


def _ratio_alpha(unit: Ints, values: Floats) -> float:
    sizes = np.bincount(unit)
    observed = sum(
        float(_ratio_distances(values[unit == u]).sum()) / (sizes[u] - 1) for u in np.unique(unit)
    )
    distinct, counts = np.unique(values, return_counts=True)
    expected = float(counts @ _ratio_distances(distinct) @ counts)
    return 1 - (len(values) - 1) * float(observed) / expected


def _ratio_distances(values: Floats) -> Floats:
    sums = values[:, None] + values
    differences = values[:, None] - values
    return np.divide(differences, sums, out=np.zeros_like(sums), where=sums > 0) ** 2

"""Scores of entries by examiners to Kendall's coefficient of concordance."""

from __future__ import annotations

import numpy as np

from kvaljury.core.agreement.spread import mid_ranks
from kvaljury.core.model.panel import Floats


def kendall_w(scores: Floats) -> float | None:
    """Compute Kendall's W, corrected for ties: 1 when all examiners rank alike, 0 for no accord.

    Only the order in which each examiner puts the entries counts, not the points.

    Args:
        scores: ``(entries, examiners)`` in any unit; NaN is missing, and an entry that lacks a
            reading is left out.

    Returns:
        From 0 to 1; None for fewer than two complete entries or two examiners, or where every
        examiner ties all entries.

    Source:
        Kendall and Babington Smith 1939, The problem of m rankings, Annals of Mathematical
        Statistics 10:275-287; ties as Siegel 1956, Nonparametric Statistics, chapter 9.

    >>> kendall_w(np.array([[50.0, 61], [55, 70], [80, 90]]))
    1.0
    """
    complete = scores[np.isfinite(scores).all(axis=1)]
    entries, examiners = complete.shape
    if min(entries, examiners) < 2:  # noqa: PLR2004  # a ranking takes two, and so does accord
        return None
    deviations = np.array([mid_ranks(column) for column in complete.T]) - (entries + 1) / 2
    # The tie correction takes from each ranking's sum of squares what its ties took.
    largest = examiners * float(np.sum(deviations**2))
    return float(np.sum(deviations.sum(axis=0) ** 2)) / largest if largest > 0 else None

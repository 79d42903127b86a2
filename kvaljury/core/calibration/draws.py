"""Fitted models to joint draws of the scores, seeded."""

from __future__ import annotations

import numpy as np

from kvaljury.core.calibration.mixed_model import MixedModel
from kvaljury.core.model.panel import Floats, Ints


def draw_scores(model: MixedModel, draws: int, seed: int) -> Floats:
    """Draw scores from their joint distribution given the readings and variance components.

    Fixed means carry their uncertainty along.

    Args:
        model: a fitted model.
        draws: number of draws, m.
        seed: of the random numbers.

    Returns:
        ``(m, n)`` scores on 0-100.
    """
    solution, equations = model.fit.solution, model.fit.equations
    generator = np.random.default_rng(seed)
    spread = np.sqrt(model.fit.variance["residual"])
    others = generator.standard_normal((draws, len(solution.scale)))
    entries = generator.standard_normal((draws, len(equations.counts)))
    deviates = spread * np.linalg.solve(solution.factor.T, others.T).T * solution.scale
    own = spread * np.sqrt(solution.shrink) * entries - solution.shrink * (
        deviates @ equations.cross.T
    )
    fixed = deviates[:, len(solution.scale) - len(model.fit.fixed) :]
    return np.asarray(model.scores + own + fixed[:, model.group], dtype=np.float64)


def draw_spread(
    entry: Ints, values: Floats, centres: Floats, draws: int, seed: int
) -> Floats | None:
    """Draw scores that differ only by how readings of one entry differ, pooled over entries.

    It knows nothing of teams, so the intervals are too narrow where severity differs.

    Args:
        entry: ``(r,)`` index of each reading's entry; every entry has a reading.
        values: ``(r,)`` readings.
        centres: ``(n,)`` centres of the draws.
        draws: number of draws, m.
        seed: of the random numbers.

    Returns:
        ``(m, n)`` draws, or None where no entry was read twice.
    """
    counts = np.bincount(entry)
    freedom = len(values) - len(counts)
    if freedom == 0:
        return None
    means = np.bincount(entry, values) / counts
    variance = float(np.sum((values - means[entry]) ** 2)) / freedom
    deviates = np.random.default_rng(seed).standard_normal((draws, len(counts)))
    return np.asarray(centres + deviates * np.sqrt(variance / counts), dtype=np.float64)

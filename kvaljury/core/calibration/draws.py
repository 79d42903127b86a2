"""Fitted models to joint draws of the scores, seeded."""

from __future__ import annotations

import numpy as np

from kvaljury.core.calibration.mixed_model import MixedModel
from kvaljury.core.model.panel import Floats, Ints

_RIDGE = 1e-12
_NO_SPREAD = 1e-12


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
    covariance = score_covariance(model)
    ridge = _RIDGE * float(np.trace(covariance)) / len(covariance)
    factor = np.linalg.cholesky(covariance + ridge * np.eye(len(covariance)))
    drawn = np.random.default_rng(seed).standard_normal((draws, len(covariance))) @ factor.T
    drawn += model.scores
    return np.asarray(drawn, dtype=np.float64)


def score_covariance(model: MixedModel) -> Floats:
    """Give the covariance of the scores given the readings and variance components.

    Entries of one team share what is not known of its severity, so it is far from diagonal.

    Args:
        model: a fitted model.

    Returns:
        ``(n, n)`` squared points.
    """
    system = model.fit.system
    means = np.eye(len(model.fit.fixed))[model.group]
    cross = np.asarray(system.schur.cross)
    others = -system.shrink[:, None] * cross * system.scale + _own_cohort(model)
    fixed = means - system.shrink[:, None] * system.own_fixed - others @ system.bordered
    shared = others @ system.factor.solve(others.T) + fixed @ system.fixed_inverse @ fixed.T
    residual = model.fit.variance["residual"]
    return np.asarray(residual * (shared + np.diag(system.shrink)), dtype=np.float64)


def _own_cohort(model: MixedModel) -> Floats:
    """Give what each entry takes of the effects beside its own ``(n, m)``, scaled."""
    system = model.fit.system
    names, sizes = system.design.cells.names, system.design.cells.sizes
    taken = np.zeros((len(model.group), len(system.scale)))
    if model.cohort is not None:
        begin = sum(sizes[1 : names.index("cohort")])
        entries = np.arange(len(model.group))
        taken[entries, begin + model.cohort] = system.scale[begin + model.cohort]
    return taken


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
        ``(m, n)`` draws, or None where no entry was read twice or no two readings of one differ.
    """
    counts = np.bincount(entry)
    freedom = len(values) - len(counts)
    if freedom == 0:
        return None
    means = np.bincount(entry, values) / counts
    variance = float(np.sum((values - means[entry]) ** 2)) / freedom
    if variance <= _NO_SPREAD:
        return None
    deviates = np.random.default_rng(seed).standard_normal((draws, len(counts)))
    return np.asarray(centres + deviates * np.sqrt(variance / counts), dtype=np.float64)

"""Sums of squares by level to variance ratios, roughly: where a search for better ones begins."""

from __future__ import annotations

import numpy as np

from kvaljury.core.calibration.equations.system import Design
from kvaljury.core.model.panel import Floats, Ints

_UNKNOWN = 0.7
_SEED = 1953
_LEAST, _MOST = 0.02, 50.0


def start_ratios(design: Design) -> Floats:
    """Estimate standard deviation ratios by Henderson's first method.

    What a component of variance 1 adds to each sum of squares is found by trying it out, with
    random signs as its effects: that takes one pass over the cells for each component.

    Args:
        design: cells and effects.

    Returns:
        ``(k,)`` ratios; 0.7 where the estimate is not positive.

    Source:
        Henderson 1953, method I; Hutchinson 1990 (random signs).
    """
    cells = design.cells
    levels = list(zip(cells.levels, cells.sizes, strict=True))
    if design.has_reading:
        levels.append((np.arange(len(cells.total)), len(cells.total)))
    signs = np.random.default_rng(_SEED)
    tried = [(2.0 * signs.integers(0, 2, size) - 1)[level] for level, size in levels]
    weighted = np.stack([cells.total, *(cells.weight * values for values in tried)]).T
    square = [cells.square, *(float(cells.weight @ values**2) for values in tried)]
    fixed = np.column_stack([cells.fixed_total, *(cells.fixed.T @ values for values in tried)])
    estimates = np.linalg.pinv(cells.fixed_cross) @ fixed
    rest = weighted - cells.fixed @ estimates
    rows = [
        np.sum(_summed(level, rest, size) ** 2 / _counted(level, cells.weight, size), axis=0)
        for level, size in levels
    ]
    rows.append(np.array(square) - np.sum(fixed * estimates, axis=0))
    table = np.array(rows)
    error = [size - cells.fixed.shape[1] for _, size in levels] + [cells.freedom]
    return _solved(table[:, 0], np.column_stack([table[:, 1:], error]))


def _summed(level: Ints, values: Floats, size: int) -> Floats:
    sums = [np.bincount(level, column, size) for column in values.T]
    return np.stack(sums).T.astype(np.float64)


def _counted(level: Ints, weight: Floats, size: int) -> Floats:
    return np.bincount(level, weight, size)[:, None].astype(np.float64)


def _solved(found: Floats, coefficients: Floats) -> Floats:
    components = np.linalg.lstsq(coefficients, found, rcond=None)[0]
    if not components[-1] > 0:
        return np.full(len(found) - 1, _UNKNOWN)
    ratios = np.sqrt(np.maximum(components[:-1] / components[-1], 0))
    return np.where(ratios > 0, np.clip(ratios, _LEAST, _MOST), _UNKNOWN)

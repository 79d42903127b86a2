"""Derivatives of the log-determinants of mixed-model equations."""

from __future__ import annotations

import numpy as np

from kvaljury.core.calibration.factors import DenseFactor
from kvaljury.core.calibration.schur import DenseSchur
from kvaljury.core.calibration.system import System
from kvaljury.core.model.panel import Floats

_NUDGE = 1e-5


def log_determinant(system: System, *, is_restricted: bool) -> float:
    """Give the part of the criterion that no response enters, under REML or ML."""
    return system.log_random + (system.log_fixed if is_restricted else 0.0)


def traces(system: System, *, is_restricted: bool) -> Floats:
    """Differentiate the log-determinant with respect to the squared ratios.

    Exactly where the inverse is at hand, else from one factorisation more for each effect.

    Args:
        system: equations at given ratios.
        is_restricted: REML, or ML.

    Returns:
        ``(k,)`` traces of Z'PZ under REML, of Z'V^-1 Z under ML, residual variance 1.
    """
    exact: list[float] = []
    if isinstance(system.factor, DenseFactor) and isinstance(system.schur, DenseSchur):
        exact = _exact(system, system.schur, system.factor.inverse, is_restricted)
    here = log_determinant(system, is_restricted=is_restricted)
    found = np.zeros(len(system.squares))
    found[: len(exact)] = exact
    for k in range(len(exact), len(found)):
        nudged = system.squares.copy()
        nudged[k] += _NUDGE * max(nudged[k], 1e-3)
        there = System.at(system.design, nudged)
        change = log_determinant(there, is_restricted=is_restricted) - here
        found[k] = change / (nudged[k] - system.squares[k])
    return found


def _exact(system: System, schur: DenseSchur, inverse: Floats, is_restricted: bool) -> list[float]:
    """Give the traces of the eliminated effect and of those in the Schur complement."""
    left = 1 / (1 + system.squares[0] * system.counts)
    cross = left[:, None] * schur.cross
    reduced = schur.reduced(system.shrink)
    scaled = system.scale[:, None] * inverse * system.scale
    first = system.counts * left - np.sum((cross @ scaled) * cross, axis=1)
    others = np.diag(reduced) - np.sum((reduced @ scaled) * reduced, axis=1)
    if is_restricted:
        bordered = system.scale[:, None] * system.bordered
        own = left[:, None] * (system.own_fixed - schur.cross @ bordered)
        kept = system.border - reduced @ bordered
        first = first - np.sum((own @ system.fixed_inverse) * own, axis=1)
        others = others - np.sum((kept @ system.fixed_inverse) * kept, axis=1)
    parts = np.split(others, np.cumsum(system.design.cells.sizes[1:])[:-1])
    named = len(system.design.cells.names) - 1
    return [float(first.sum()), *(float(part.sum()) for part in parts[:named])]

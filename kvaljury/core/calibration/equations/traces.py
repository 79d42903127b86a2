"""Derivatives of the log-determinants of mixed-model equations."""

from __future__ import annotations

import numpy as np

from kvaljury.core.calibration.equations.system import System
from kvaljury.core.calibration.solvers import IterativeSchur
from kvaljury.core.model.panel import Floats

_NUDGE = 1e-5
_LEAST = 1e-5


def log_determinant(system: System, *, is_restricted: bool) -> float:
    """Give the part of the criterion that no response enters, under REML or ML."""
    return system.log_random + (system.log_fixed if is_restricted else 0.0)


def traces(system: System, *, is_restricted: bool) -> Floats:
    """Differentiate the log-determinant with respect to the squared ratios.

    From the diagonal of the inverse, or what probes say of it; for the halo, from one
    log-determinant more.

    Args:
        system: equations at given ratios.
        is_restricted: REML, or ML.

    Returns:
        ``(k,)`` traces of Z'PZ under REML, of Z'V^-1 Z under ML, residual variance 1.
    """
    exact = _exact(_away_from_zero(system), is_restricted=is_restricted)
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


def _away_from_zero(system: System) -> System:
    """Move components of zero to where their traces can be told, and are hardly different."""
    cells = system.design.cells
    least = np.zeros(len(system.squares))
    for k, (level, size) in enumerate(zip(cells.levels, cells.sizes, strict=True)):
        if k > 0 and system.squares[k] < _LEAST:
            least[k] = _LEAST / np.bincount(level, cells.weight * system.keep, size).max()
    if np.all(system.squares >= least):
        return system
    return System.at(system.design, np.maximum(system.squares, least))


def _exact(system: System, *, is_restricted: bool) -> list[float]:
    """Give the traces of the eliminated effect and of those in the Schur complement.

    With F = I + D M D, the diagonal of M - M D F^-1 D M is that of (I - F^-1) / D^2.
    """
    cells = system.design.cells
    own, others = _diagonals(system)
    left = 1 / (1 + system.squares[0] * system.counts)
    first = left * system.counts - left**2 * own
    squared = system.scale**2
    rest = (1 - others / squared) / squared
    if is_restricted:
        scaled = system.scale[:, None] * system.bordered
        taken = left[:, None] * (system.own_fixed - system.schur.cross @ scaled)
        first = first - np.sum((taken @ system.fixed_inverse) * taken, axis=1)
        kept = system.bordered
        rest = rest - np.sum((kept @ system.fixed_inverse) * kept, axis=1) / squared
    parts = np.split(rest, np.cumsum(cells.sizes[1:])[:-1])
    return [float(first.sum()), *(float(part.sum()) for part in parts[: len(cells.names) - 1])]


def _diagonals(system: System) -> tuple[Floats, Floats]:
    """Give the diagonals of the inverse, those that the log-determinant knows where probed."""
    if isinstance(system.schur, IterativeSchur):
        return system.schur.probed(system.factor, system.scale)
    return system.schur.conditional(system.factor, system.scale)

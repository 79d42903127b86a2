"""How far off a fit may be whose log-determinants and traces were probed."""

from __future__ import annotations

import attrs
import numpy as np

from kvaljury.core.calibration.equations.system import System
from kvaljury.core.calibration.solvers import IterativeFactor, IterativeSchur, blocks
from kvaljury.core.model.panel import Floats

_NONE = 1e-6


@attrs.frozen
class StochasticError:
    """Standard errors that probes add, apart from those of the data.

    Attributes:
        criterion: of the criterion, in its units.
        variance: of variance components, relative to each; the largest of them.
    """

    criterion: float
    variance: float


def stochastic_error(system: System) -> StochasticError | None:
    """Estimate the error of what was probed, from other signs for the same probes.

    The information that data have on the logarithm of a component is about that of independent
    levels, of which there are as many as degrees of freedom are spent on them.

    Args:
        system: equations at the fit.

    Returns:
        The error, or None where nothing was probed.
    """
    schur, factor = system.schur, system.factor
    if not (isinstance(schur, IterativeSchur) and isinstance(factor, IterativeFactor)):
        return None
    again = attrs.evolve(schur, probes=schur.probes.resigned())
    other = again.factorise(system.shrink, system.scale)
    forms = factor.log_forms - other.log_forms
    apart = _taken(system, schur, factor) - _taken(system, again, other)
    sizes, spent = np.array(system.design.cells.sizes), _spent(system, schur, factor)
    errors = np.sqrt(np.sum(apart**2, axis=0) / 2) * sizes
    relative = np.divide(errors, spent**2, out=np.zeros_like(errors), where=spent > _NONE)
    return StochasticError(float(np.sqrt(forms @ forms / 2)), float(relative.max()))


def _spent(system: System, schur: IterativeSchur, factor: IterativeFactor) -> Floats:
    """Give the degrees of freedom that are spent on each effect."""
    left = 1 / (1 + system.squares[0] * system.counts)
    own, _ = schur.probed(factor, system.scale)
    _, inverse = schur.probed(factor, np.ones_like(system.scale))
    first = system.squares[0] * float(left @ (system.counts - left * own))
    sizes = system.design.cells.sizes[1:]
    rest = [part.sum() for part in np.split(1 - inverse, np.cumsum(sizes)[:-1])]
    return np.array([first, *rest])


def _taken(system: System, schur: IterativeSchur, factor: IterativeFactor) -> Floats:
    """Give what each probe ``(k,)`` says is not spent on each effect, or on others instead."""
    left = system.squares[0] / (1 + system.squares[0] * system.counts) ** 2
    scale, sizes = system.scale[:, None], system.design.cells.sizes
    begins = np.concatenate([[0], np.cumsum(sizes[1:])[:-1]])
    table = np.zeros((schur.probes.count, len(sizes)))
    for part in blocks(schur.probes.count):
        probes, solved = schur.probes.block(part) / factor.root[:, None], factor.probed[:, part]
        met = (schur.cross @ (scale * probes)) * (schur.cross @ (scale * solved))
        table[part, 0] = left @ met
        table[part, 1:] = np.add.reduceat(probes * solved, begins, axis=0).T
    return table

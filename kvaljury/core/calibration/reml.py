"""A response, fixed effects and crossed random effects to variance components, by REML.

The first random effect is eliminated: its block of the mixed-model equations is diagonal, so
only the Schur complement over the other effects and the fixed part is ever factorised.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs
import numpy as np

from kvaljury.core.calibration.equations import Equations, Solution
from kvaljury.core.model.panel import Floats, Ints

_ITERATIONS = 200
_TOLERANCE = 1e-10
_HALVINGS = 40
_LARGEST_RATIO = 1e4
_SMALLEST_RATIO = 1e-7


@attrs.frozen(eq=False)
class Fit:
    """A fitted model.

    Attributes:
        criterion: -2 log restricted likelihood, constants as lme4's ``REMLcrit``; NaN where
            the response has no spread left.
        variance: variance component by effect, and ``residual``, in squared units of the
            response.
        fixed: ``(p,)`` generalised least squares estimates.
        effects: BLUPs by effect, ``(levels,)`` each, in units of the response.
        ratios: ``(effects,)`` standard deviations relative to the residual's.
        equations: the cross-products that the fit rests on.
        solution: the equations solved at the fit.
    """

    criterion: float
    variance: dict[str, float]
    fixed: Floats
    effects: dict[str, Floats]
    ratios: Floats
    equations: Equations
    solution: Solution


def fit_reml(
    response: Floats,
    fixed: Floats,
    effects: Mapping[str, Ints],
    variance: Mapping[str, float] | None = None,
    priors: Mapping[str, float] | None = None,
) -> Fit:
    """Fit a linear mixed model with crossed random intercepts.

    Args:
        response: ``(r,)`` values.
        fixed: ``(r, p)`` design of full column rank, in cell-mean coding.
        effects: ``(r,)`` level of each row by effect, from 0 without gaps; the first is
            eliminated and should have most levels.
        variance: variance components by effect and ``residual`` to keep fixed; estimated
            when None.
        priors: by effect, the rate of a Gamma(2, rate) prior on its standard deviation
            relative to the residual's, which keeps it from zero and from infinity; the
            criterion of the fit leaves it out.

    Returns:
        The fit; components are never negative.

    Source:
        Bates, Maechler, Bolker and Walker 2015, section 3 (profiled criterion); Gilmour,
        Thompson and Cullis 1995 (average information); Chung, Rabe-Hesketh, Dorie, Gelman and
        Liu 2013 (the prior).
    """
    equations = Equations.of(response, fixed, effects)
    if variance is None:
        rates = [(priors or {}).get(name) for name in effects]
        ratios = _estimate_ratios(equations, Penalty.of(rates))
        solution = equations.solve(ratios)
        residual = solution.residual_variance
    else:
        residual = variance["residual"]
        ratios = np.sqrt(np.array([variance[name] for name in effects]) / residual)
        solution = equations.solve(ratios)
    names = list(effects)
    return Fit(
        criterion=solution.criterion,
        variance={
            **{name: float(residual * ratio**2) for name, ratio in zip(names, ratios, strict=True)},
            "residual": float(residual),
        },
        fixed=solution.fixed,
        effects=dict(zip(names, solution.effects, strict=True)),
        ratios=ratios,
        equations=equations,
        solution=solution,
    )


@attrs.frozen(eq=False)
class Penalty:
    """-2 log of Gamma(2, rate) priors on some of the ratios.

    Attributes:
        weight: ``(k,)`` 1 where there is a prior.
        rate: ``(k,)`` its rate, 0 where there is none.
    """

    weight: Floats
    rate: Floats

    @classmethod
    def of(cls, rates: Sequence[float | None]) -> Penalty:
        """Take the rate of each effect, None for no prior."""
        return cls(
            np.array([float(rate is not None) for rate in rates]),
            np.array([rate or 0.0 for rate in rates]),
        )

    def at(self, ratios: Floats) -> float:
        """Give the penalty, infinite where a ratio with a prior is zero."""
        held = self.weight > 0
        if np.any(ratios[held] <= 0):
            return np.inf
        return float(2 * np.sum(self.rate[held] * ratios[held] - np.log(ratios[held])))

    def gradient(self, ratios: Floats) -> Floats:
        """Give its derivative ``(k,)`` with respect to the ratios."""
        return 2 * self.rate - self.curvature(ratios) * ratios

    def curvature(self, ratios: Floats) -> Floats:
        """Give its second derivative ``(k,)``."""
        safe = np.where(self.weight > 0, ratios, 1.0)
        return np.asarray(2 * self.weight / safe**2, dtype=np.float64)


def _estimate_ratios(equations: Equations, penalty: Penalty) -> Floats:
    ratios = np.full(len(equations.names), 0.7)
    solution = equations.solve(ratios)
    if not np.isfinite(solution.criterion):
        return np.zeros_like(ratios)
    for _ in range(_ITERATIONS):
        step, decrease = _newton_step(equations, ratios, solution, penalty)
        if decrease < _TOLERANCE:
            released = _release(equations, ratios, solution)
            if released is None:
                break
            ratios, solution = released
            continue
        better = _search_line(equations, ratios, solution, step, penalty)
        if better is None:
            break
        ratios, solution = better
    return ratios


def _newton_step(
    equations: Equations, ratios: Floats, solution: Solution, penalty: Penalty
) -> tuple[Floats, float]:
    """Give the projected step in the ratios and the decrease of the criterion it promises."""
    slope, information = equations.derivatives(ratios, solution)
    gradient = 2 * ratios * slope + penalty.gradient(ratios)
    hessian = 4 * np.outer(ratios, ratios) * information + np.diag(
        2 * np.maximum(slope, 0) + penalty.curvature(ratios)
    )
    free = ratios > 0
    step = np.zeros_like(ratios)
    if free.any():
        block = hessian[np.ix_(free, free)]
        ridge = 1e-10 * max(np.trace(block), 1e-300)
        step[free] = -np.linalg.solve(block + ridge * np.eye(len(block)), gradient[free])
    step = np.maximum(ratios + step, 0) - ratios
    return step, float(-gradient @ step / 2)


def _search_line(
    equations: Equations, ratios: Floats, solution: Solution, step: Floats, penalty: Penalty
) -> tuple[Floats, Solution] | None:
    for halving in range(_HALVINGS):
        candidate = np.clip(ratios + step * 0.5**halving, 0, _LARGEST_RATIO)
        candidate[candidate < _SMALLEST_RATIO] = 0
        added = penalty.at(candidate)
        if not np.isfinite(added):
            continue
        tried = equations.solve(candidate)
        if tried.criterion + added <= solution.criterion + penalty.at(ratios):
            return candidate, tried
    return None


def _release(
    equations: Equations, ratios: Floats, solution: Solution
) -> tuple[Floats, Solution] | None:
    """Leave the bound for a component that fits better away from it, or give None."""
    slope, _ = equations.derivatives(ratios, solution)
    worst = int(np.argmin(np.where(ratios == 0, slope, np.inf)))
    if ratios[worst] > 0 or slope[worst] >= 0:
        return None
    for size in (0.5, 0.1, 0.02):
        candidate = ratios.copy()
        candidate[worst] = size
        tried = equations.solve(candidate)
        if tried.criterion < solution.criterion - _TOLERANCE:
            return candidate, tried
    return None

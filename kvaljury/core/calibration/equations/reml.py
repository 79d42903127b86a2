"""Cells to variance components, by restricted or full maximum likelihood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import attrs
import numpy as np

from kvaljury.core.calibration.equations.moments import start_ratios
from kvaljury.core.calibration.equations.penalty import Penalty
from kvaljury.core.calibration.equations.system import Design, System
from kvaljury.core.calibration.equations.traces import log_determinant, traces
from kvaljury.core.calibration.solvers import Cells
from kvaljury.core.model.panel import Floats, Ints

_ITERATIONS = 100
_TOLERANCE = 1e-11
_PROBED_TOLERANCE = 1e-6
_NOISE = 2e-13
_SMALLEST, _LARGEST = 1e-7, 1e4
_ROUNDING = 1e-13
_AWAY_FROM_ZERO = (0.5, 0.1, 0.02, 4e-3, 8e-4, 1.6e-4)
_SAFE = 1e-3
_NO_ERROR = 1e-6
_FEW_CELLS, _FINE_CELLS = 30, 20_000
_STEADY = 1e-9
_POLISHINGS = 10
_SOUNDINGS = 4


@attrs.frozen(eq=False)
class Fit:
    """A fitted model.

    Attributes:
        criterion: -2 log restricted likelihood, constants as lme4's ``REMLcrit``, or -2 log
            likelihood; NaN where the response has no spread left.
        variance: variance component by effect, and ``residual``, in squared units of the
            response.
        fixed: estimates of the fixed means.
        effects: BLUPs by effect, ``(levels,)`` each, in units of the response.
        ratios: ``(k,)`` standard deviations relative to the residual's.
        system: the equations at the fit.
        is_degenerate: whether the model explains all but nothing, so that no error is left to
            estimate and the figures mean nothing.
    """

    criterion: float
    variance: dict[str, float]
    fixed: Floats
    effects: dict[str, Floats]
    ratios: Floats
    system: System
    is_degenerate: bool = False


@attrs.frozen(eq=False)
class Point:
    """The criterion at given ratios.

    Attributes:
        size: sum of squares that is left, in the metric of the model.
        residual: residual variance.
        objective: the criterion with the penalty.
    """

    ratios: Floats
    system: System
    size: float
    residual: float
    criterion: float
    objective: float


@attrs.frozen(eq=False)
class Likelihood:
    """What is minimised.

    Attributes:
        design: cells and effects.
        is_restricted: REML, or ML.
        penalty: -2 log priors, left out of the criterion.
    """

    design: Design
    is_restricted: bool
    penalty: Penalty

    @property
    def freedom(self) -> int:
        """Rows, less the rank of the fixed design under REML."""
        cells = self.design.cells
        return cells.freedom + (0 if self.is_restricted else len(cells.origin))

    def at(self, ratios: Floats) -> Point:
        """Evaluate the criterion."""
        cells = self.design.cells
        system = System.at(self.design, ratios**2)
        size = self._size(system)
        residual = max(size, 0.0) / self.freedom if self.freedom > 0 else 0.0
        if residual > _ROUNDING * max(cells.square / len(cells.total), 1e-300):
            spread = self.freedom * (1 + np.log(2 * np.pi * residual))
            criterion = log_determinant(system, is_restricted=self.is_restricted) + spread
        else:
            criterion = np.nan
        objective = criterion + self.penalty.at(ratios)
        return Point(ratios, system, size, residual, float(criterion), float(objective))

    def _size(self, system: System) -> float:
        """Add up what is left and what the effects cost.

        The quick difference of two sums loses all digits where little is left, or where ratios
        are large; then every term is formed by itself, and none is negative.
        """
        cells, formed, response = self.design.cells, system.formed, system.response
        quick = formed.square - float(formed.response.times(response)[0, 0])
        if quick > _SAFE * formed.square and system.squares.max(initial=0.0) < 1 / _SAFE:
            return quick
        fixed = response.fixed[:, 0]
        error = cells.square - 2 * float(fixed @ cells.fixed_total)
        error += float(fixed @ cells.fixed_cross @ fixed)
        summed = cells.total - cells.fixed @ fixed
        within = error - float(summed @ (summed / cells.weight))
        rest = summed - cells.weight * self.design.fitted(response)[:, 0]
        parts = np.split(response.others[:, 0], np.cumsum(cells.sizes[1:])[:-1])
        both = zip([response.own[:, 0], *parts], system.squares, strict=False)
        cost = sum(float(effect @ effect) / square for effect, square in both if square > 0)
        return float(max(within, 0.0) + np.sum(system.keep * rest**2 / cells.weight) + cost)

    def derivatives(self, point: Point) -> tuple[Floats, Floats]:
        """Differentiate the criterion with respect to the squared ratios.

        Returns:
            ``(k,)`` slope and ``(k, k)`` average information, the residual profiled out.
        """
        cells, system = self.design.cells, point.system
        levels, sizes = list(cells.levels), list(cells.sizes)
        if self.design.has_reading:
            levels.append(np.arange(len(cells.total)))
            sizes.append(len(cells.total))
        sums = self._sums_of_rest(system, levels, sizes)
        squared = np.array([float(total @ total) for total in sums])
        slope = traces(system, is_restricted=self.is_restricted) - squared / point.residual
        working = np.stack([total[level] for total, level in zip(sums, levels, strict=True)]).T
        weighted = cells.weight[:, None] * working
        formed = system.sums(weighted, cells.fixed.T @ working)
        information = weighted.T @ (system.keep[:, None] * working)
        information = information - formed.times(system.solution(formed))
        information = information - np.outer(squared, squared) / point.size
        return slope, information / point.residual

    def _sums_of_rest(
        self, system: System, levels: Sequence[Ints], sizes: Sequence[int]
    ) -> list[Floats]:
        """Sum the conditional residuals by level: BLUPs are their multiples, where not zero."""
        cells, blups = self.design.cells, system.response
        if np.all(system.squares > 0) and not self.design.has_reading:
            parts = np.split(blups.others[:, 0], np.cumsum(sizes[1:])[:-1])
            both = zip([blups.own[:, 0], *parts], system.squares, strict=False)
            return [effect / square for effect, square in both]
        rest = system.rest(cells.total[:, None], blups)[:, 0]
        return [
            np.bincount(level, rest, size).astype(np.float64)
            for level, size in zip(levels, sizes, strict=True)
        ]


def fit_reml(
    response: Floats,
    fixed: Floats,
    effects: Mapping[str, Ints],
    variance: Mapping[str, float] | None = None,
    priors: Mapping[str, float] | None = None,
) -> Fit:
    """Fit rows that are cells of their own.

    Args:
        response: ``(r,)`` values.
        fixed: ``(r, p)`` design of full column rank whose columns sum to one (cell means).
        effects: ``(r,)`` level of each row by effect, from 0 without gaps; the first is
            eliminated and should have most levels.
        variance: as for :func:`fit`.
        priors: as for :func:`fit`.

    Returns:
        The fit.
    """
    cells = Cells.of_rows(response, fixed, effects)
    return fit(Design(cells), variance=variance, priors=priors)


def fit(
    design: Design,
    *,
    is_restricted: bool = True,
    variance: Mapping[str, float] | None = None,
    priors: Mapping[str, float] | None = None,
    start: Floats | None = None,
) -> Fit:
    """Fit a linear mixed model with crossed random intercepts to cells.

    Args:
        design: cells and effects.
        is_restricted: REML, or ML.
        variance: variance components by effect and ``residual`` to keep; estimated when None.
        priors: by effect, the rate of a Gamma(2, rate) prior on its standard deviation
            relative to the residual's, which keeps it from zero and from infinity; the
            criterion of the fit leaves it out.
        start: ``(k,)`` ratios to begin at.

    Returns:
        The fit; components are never negative.

    Source:
        Bates, Maechler, Bolker and Walker 2015, section 3 (profiled criterion); Gilmour,
        Thompson and Cullis 1995 (average information); Chung, Rabe-Hesketh, Dorie, Gelman and
        Liu 2013 (the prior).
    """
    penalty = Penalty.of([(priors or {}).get(name) for name in design.names])
    likelihood = Likelihood(design, is_restricted, penalty)
    if variance is None:
        point = _best(likelihood, start_ratios(design) if start is None else start)
        residual = point.residual
    else:
        residual = variance["residual"]
        kept = np.array([variance[name] for name in design.names])
        point = likelihood.at(np.sqrt(kept / residual))
    squares = point.ratios**2
    solved = point.system.described(design.cells.total[:, None], point.system.response)
    return Fit(
        criterion=point.criterion,
        variance={
            **{n: float(residual * g) for n, g in zip(design.names, squares, strict=True)},
            "residual": float(residual),
        },
        fixed=design.cells.reported(solved.fixed[:, 0]),
        effects={
            name: effect[:, 0] for name, effect in zip(design.names, solved.effects, strict=True)
        },
        ratios=point.ratios,
        system=point.system,
        is_degenerate=variance is None and _leaves_nothing(point),
    )


def _leaves_nothing(point: Point) -> bool:
    cells = point.system.design.cells
    spread = cells.square / float(cells.weight.sum())
    at_the_end = bool(np.any(point.ratios >= _LARGEST))
    return not np.isfinite(point.criterion) or at_the_end or point.residual < _NO_ERROR * spread


def _best(likelihood: Likelihood, start: Floats) -> Point:
    """Minimise; a panel of few cells may have many minima, so others are sounded too."""
    best = _minimise(likelihood, start)
    if len(likelihood.design.cells.total) <= _FEW_CELLS:
        others = [
            _minimise(likelihood, other, _SOUNDINGS)
            for other in _other_starts(len(start))
            if np.isfinite(likelihood.penalty.at(other))
        ]
        lowest = min([best, *others], key=_height)
        if _height(lowest) < _height(best) - _TOLERANCE:
            best = _minimise(likelihood, lowest.ratios)
    return _polished(likelihood, best)


def _height(point: Point) -> float:
    """Give the objective, lowest of all where no error is left."""
    return -np.inf if np.isnan(point.criterion) else point.objective


def _other_starts(effects: int) -> Iterator[Floats]:
    """Give ratios that are all middling or large, and those with one or two effects alone."""
    yield np.full(effects, 0.7)
    yield np.full(effects, 3.0)
    for size in (1, 2):
        for chosen in combinations(range(effects), size):
            start = np.zeros(effects)
            start[list(chosen)] = 2.0
            yield start


def _polished(likelihood: Likelihood, point: Point) -> Point:
    """Step on until the ratios stand still: the criterion alone is flat long before."""
    is_fine = len(likelihood.design.cells.total) <= _FINE_CELLS
    if not is_fine or point.system.schur.is_approximate or _leaves_nothing(point):
        return point
    before = np.inf
    for _ in range(_POLISHINGS):
        step, _decrease = _newton_step(likelihood, point, *likelihood.derivatives(point))
        length = float(np.max(np.abs(step) / (1 + point.ratios)))
        if length < _STEADY or length > before / 2:
            break
        candidate = point.ratios + step
        candidate[candidate < _SMALLEST] = 0
        moved = likelihood.at(candidate)
        if not moved.objective <= point.objective + _negligible(point):
            break
        point, before = moved, length
    return point


def _minimise(likelihood: Likelihood, ratios: Floats, iterations: int = _ITERATIONS) -> Point:
    point = likelihood.at(ratios)
    if not np.isfinite(point.criterion):
        return likelihood.at(np.zeros_like(ratios))
    for _ in range(iterations):
        slope, information = likelihood.derivatives(point)
        step, decrease = _newton_step(likelihood, point, slope, information)
        better = (
            _search_line(likelihood, point, step, decrease)
            if decrease >= _negligible(point)
            else _release(likelihood, point, slope)
        )
        if better is None:
            break
        point = better
    return point


def _negligible(point: Point) -> float:
    """Give a decrease that is not worth a step, or too small for derivatives that are probed."""
    if point.system.schur.is_approximate:
        return _PROBED_TOLERANCE
    return _TOLERANCE + _NOISE * abs(point.criterion)


def _newton_step(
    likelihood: Likelihood, point: Point, slope: Floats, information: Floats
) -> tuple[Floats, float]:
    """Give the projected step in the ratios and the decrease that it promises."""
    ratios, penalty = point.ratios, likelihood.penalty
    gradient = 2 * ratios * slope + penalty.gradient(ratios)
    hessian = 4 * np.outer(ratios, ratios) * information + np.diag(
        2 * np.maximum(slope, 0) + penalty.curvature(ratios)
    )
    free = ratios > 0
    step = np.zeros_like(ratios)
    if free.any():
        block = hessian[np.ix_(free, free)]
        ridge = 1e-10 * max(float(np.trace(block)), 1e-300)
        step[free] = -np.linalg.solve(block + ridge * np.eye(len(block)), gradient[free])
    step = np.clip(ratios + step, 0, _LARGEST) - ratios
    return step, float(-gradient @ step / 2)


def _search_line(
    likelihood: Likelihood, point: Point, step: Floats, decrease: float
) -> Point | None:
    """Try the step, then halves of it for as long as one of them promises anything."""
    while decrease >= _negligible(point):
        candidate = np.clip(point.ratios + step, 0, _LARGEST)
        candidate[candidate < _SMALLEST] = 0
        if np.isfinite(likelihood.penalty.at(candidate)):
            tried = likelihood.at(candidate)
            if tried.objective <= point.objective:
                return tried
        step, decrease = step / 2, decrease / 2
    return None


def _release(likelihood: Likelihood, point: Point, slope: Floats) -> Point | None:
    """Leave the bound for a component that fits better away from it, or give None."""
    worst = int(np.argmin(np.where(point.ratios == 0, slope, np.inf)))
    if point.ratios[worst] > 0 or slope[worst] >= 0:
        return None
    for size in _AWAY_FROM_ZERO:
        candidate = point.ratios.copy()
        candidate[worst] = size
        tried = likelihood.at(candidate)
        if tried.objective < point.objective - _TOLERANCE:
            return tried
    return None

"""The mixed-model equations of a design, with the first random effect eliminated."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
import numpy as np

from kvaljury.core.model.panel import Floats, Ints

_ROUNDING = 1e-13


@attrs.frozen(eq=False)
class Solution:
    """The equations solved at given standard deviation ratios.

    Attributes:
        criterion: -2 log restricted likelihood, profiled over the residual variance.
        residual_variance: its REML estimate given the ratios.
        fixed: ``(p,)`` estimates.
        effects: BLUPs by effect in the order of the design.
        residuals: ``(r,)`` conditional residuals.
        shrink: ``(q,)`` factor by which the eliminated effect's sums become its BLUPs.
        scale: ``(m,)`` ratio of each other random column, 1 for the fixed ones.
        factor: ``(m, m)`` lower Cholesky factor of the Schur complement.
        inverse: ``(m, m)`` inverse of the Schur complement, scaled back.
        reduced: ``(m, m)`` cross-products after elimination, unscaled.
    """

    criterion: float
    residual_variance: float
    fixed: Floats
    effects: tuple[Floats, ...]
    residuals: Floats
    shrink: Floats
    scale: Floats
    factor: Floats
    inverse: Floats
    reduced: Floats


@attrs.frozen(eq=False)
class Equations:
    """Cross-products of a design; the fixed columns come last.

    Attributes:
        names: effects, the eliminated one first.
        levels: ``(r,)`` level of each row by effect.
        sizes: number of levels by effect.
        response: ``(r,)``.
        fixed: ``(r, p)``.
        counts: ``(q,)`` rows of each level of the eliminated effect.
        cross: ``(q, m)`` cross-products of the eliminated effect with the others.
        others: ``(m, m)`` cross-products of the others.
        sums: ``(q,)`` sums of the response by level of the eliminated effect.
        other_sums: ``(m,)`` products of the others with the response.
    """

    names: tuple[str, ...]
    levels: tuple[Ints, ...]
    sizes: tuple[int, ...]
    response: Floats
    fixed: Floats
    counts: Floats
    cross: Floats
    others: Floats
    sums: Floats
    other_sums: Floats

    @classmethod
    def of(cls, response: Floats, fixed: Floats, effects: Mapping[str, Ints]) -> Equations:
        """Form the cross-products once.

        Args:
            response: ``(r,)`` values.
            fixed: ``(r, p)`` design of full column rank.
            effects: ``(r,)`` level of each row by effect, the one to eliminate first.
        """
        levels = tuple(effects.values())
        sizes = tuple(int(level.max()) + 1 for level in levels)
        columns = np.hstack(
            [np.eye(size)[level] for size, level in zip(sizes[1:], levels[1:], strict=True)]
            + [fixed]
        )
        cross = np.zeros((sizes[0], columns.shape[1]))
        np.add.at(cross, levels[0], columns)
        return cls(
            names=tuple(effects),
            levels=levels,
            sizes=sizes,
            response=response,
            fixed=fixed,
            counts=np.bincount(levels[0], minlength=sizes[0]).astype(float),
            cross=cross,
            others=columns.T @ columns,
            sums=_sums(levels[0], response, sizes[0]),
            other_sums=columns.T @ response,
        )

    def with_response(self, response: Floats) -> Equations:
        """Give the same design with another response ``(r,)``."""
        columns = [
            _sums(level, response, size)
            for level, size in zip(self.levels[1:], self.sizes[1:], strict=True)
        ]
        return attrs.evolve(
            self,
            response=response,
            sums=_sums(self.levels[0], response, self.sizes[0]),
            other_sums=np.concatenate([*columns, self.fixed.T @ response]),
        )

    def solve(self, ratios: Floats) -> Solution:
        """Solve the equations.

        Args:
            ratios: ``(effects,)`` standard deviations relative to the residual's, none negative.
        """
        shrink = ratios[0] ** 2 / (ratios[0] ** 2 * self.counts + 1)
        scale = np.concatenate(
            [np.full(size, ratio) for size, ratio in zip(self.sizes[1:], ratios[1:], strict=True)]
            + [np.ones(self.fixed.shape[1])]
        )
        reduced = self.others - self.cross.T @ (shrink[:, None] * self.cross)
        schur = scale[:, None] * reduced * scale
        random = len(scale) - self.fixed.shape[1]
        schur[np.arange(random), np.arange(random)] += 1
        factor = np.linalg.cholesky(schur)
        inverse = scale[:, None] * np.linalg.inv(schur) * scale
        solved = inverse @ (self.other_sums - self.cross.T @ (shrink * self.sums))
        effects, fixed = self._split(solved)
        eliminated = shrink * (self.sums - self.cross @ solved)
        blups = (eliminated, *effects)
        fitted = self.fixed @ fixed
        for level, blup in zip(self.levels, blups, strict=True):
            fitted = fitted + blup[level]
        residuals = self.response - fitted
        freedom = len(self.response) - len(fixed)
        residual = float(residuals @ self.response) / freedom if freedom > 0 else 0.0
        log_determinant = float(
            np.log(ratios[0] ** 2 * self.counts + 1).sum() + 2 * np.log(np.diag(factor)).sum()
        )
        criterion = (
            log_determinant + freedom * (1 + np.log(2 * np.pi * residual))
            if residual > _ROUNDING * float(np.mean(self.response**2))
            else np.nan
        )
        return Solution(
            criterion=float(criterion),
            residual_variance=max(residual, 0.0),
            fixed=fixed,
            effects=blups,
            residuals=residuals,
            shrink=shrink,
            scale=scale,
            factor=factor,
            inverse=inverse,
            reduced=reduced,
        )

    def derivatives(self, ratios: Floats, solution: Solution) -> tuple[Floats, Floats]:
        """Differentiate the criterion with respect to the squared ratios.

        Args:
            ratios: ``(k,)`` where the solution was taken.
            solution: the equations solved there.

        Returns:
            ``(k,)`` slope and ``(k, k)`` average information, the residual variance profiled out.
        """
        freedom = len(self.response) - self.fixed.shape[1]
        size = solution.residual_variance * freedom
        sums = [
            _sums(level, solution.residuals, count)
            for level, count in zip(self.levels, self.sizes, strict=True)
        ]
        squares = np.array([float(total @ total) for total in sums])
        slope = self._traces(ratios, solution) - squares / solution.residual_variance
        working = np.stack([total[level] for total, level in zip(sums, self.levels, strict=True)])
        products = working @ self._project(np.ascontiguousarray(working.T), solution)
        information = (products - np.outer(squares, squares) / size) / solution.residual_variance
        return slope, information

    def _split(self, solved: Floats) -> tuple[list[Floats], Floats]:
        ends = np.cumsum(self.sizes[1:])
        parts = np.split(solved, ends)
        return parts[:-1], parts[-1]

    def _traces(self, ratios: Floats, solution: Solution) -> Floats:
        """Give the trace of Z'PZ of each effect, residual variance 1."""
        keep = 1 / (ratios[0] ** 2 * self.counts + 1)
        seen = keep[:, None] * self.cross
        first = float((self.counts * keep).sum() - np.sum((seen @ solution.inverse) * seen))
        inner = np.diag(solution.reduced) - np.sum(
            (solution.reduced @ solution.inverse) * solution.reduced, axis=1
        )
        rest, _ = self._split(inner)
        return np.array([first, *(float(part.sum()) for part in rest)])

    def _project(self, columns: Floats, solution: Solution) -> Floats:
        """Give P times the columns ``(r, k)``, residual variance 1."""
        first = np.zeros((self.sizes[0], columns.shape[1]))
        np.add.at(first, self.levels[0], columns)
        parts = []
        for size, level in zip(self.sizes[1:], self.levels[1:], strict=True):
            part = np.zeros((size, columns.shape[1]))
            np.add.at(part, level, columns)
            parts.append(part)
        other = np.vstack([*parts, self.fixed.T @ columns])
        shrink = solution.shrink[:, None]
        solved = solution.inverse @ (other - self.cross.T @ (shrink * first))
        fitted = (shrink * (first - self.cross @ solved))[self.levels[0]]
        rows, fixed = self._split(solved)
        for row, level in zip(rows, self.levels[1:], strict=True):
            fitted = fitted + row[level]
        return np.asarray(columns - fitted - self.fixed @ fixed, dtype=np.float64)


def _sums(level: Ints, values: Floats, size: int) -> Floats:
    return np.bincount(level, values, size).astype(np.float64)

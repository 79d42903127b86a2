"""Mixed-model equations at given variance ratios: solved, with their log-determinants."""

from __future__ import annotations

import attrs
import numpy as np

from kvaljury.core.calibration.cells import Cells
from kvaljury.core.calibration.factors import Factor
from kvaljury.core.calibration.schur import Schur, assemble
from kvaljury.core.model.panel import Floats, Ints


@attrs.frozen(eq=False)
class Solved:
    """What a response gives.

    Attributes:
        fixed: ``(p, k)`` generalised least squares estimates.
        effects: ``(levels, k)`` BLUPs by effect.
        rest: ``(r, k)`` sums of the conditional residuals by cell.
    """

    fixed: Floats
    effects: tuple[Floats, ...]
    rest: Floats


@attrs.define(eq=False)
class Design:
    """Cells, and the cross-products that were formed last.

    Attributes:
        cells: of the panel.
        has_reading: whether cells have an effect of their own, the halo of a reading.
    """

    cells: Cells
    has_reading: bool = False
    _formed: tuple[float, Schur] | None = attrs.field(default=None, init=False)

    @property
    def names(self) -> tuple[str, ...]:
        """Effects in the order of the ratios."""
        return (*self.cells.names, *(("reading",) if self.has_reading else ()))

    def products(self, keep: Floats, halo: float) -> Schur:
        """Give the cross-products for cell weights that the halo has shrunk.

        Args:
            keep: ``(r,)`` factor of the weights.
            halo: squared ratio of the reading effect, the key of what was formed last.
        """
        if self._formed is None or self._formed[0] != halo:
            self._formed = (halo, assemble(self.cells, self.cells.weight * keep))
        return self._formed[1]

    def sums(self, values: Floats) -> Floats:
        """Sum ``(r, k)`` by the levels of the effects that are kept: ``(m, k)``."""
        return np.vstack(
            [
                _by_level(level, values, size)
                for level, size in zip(self.cells.levels[1:], self.cells.sizes[1:], strict=True)
            ]
            or [np.zeros((0, values.shape[1]))]
        )


@attrs.frozen(eq=False)
class System:
    """The equations of a design at given ratios.

    Attributes:
        squares: ``(k,)`` squared ratios.
        halo: that of the reading effect, 0 without one.
        keep: ``(r,)`` what the halo leaves of a cell's weight.
        counts: ``(q,)`` weight of each level of the eliminated effect.
        shrink: ``(q,)`` factor by which sums of the eliminated effect become BLUPs.
        scale: ``(m,)`` ratio of each other column.
        schur: cross-products after elimination.
        factor: of the Schur complement over the random effects that are kept.
        own_fixed: ``(q, p)`` sums of the fixed design by level of the eliminated effect.
        border: ``(m, p)`` the fixed columns after elimination, unscaled.
        bordered: ``(m, p)`` the scaled border solved.
        fixed_inverse: ``(p, p)`` covariance of the fixed estimates, residual variance 1.
        log_random: log-determinant of the random part.
        log_fixed: log-determinant of the fixed part.
    """

    design: Design
    squares: Floats
    halo: float
    keep: Floats
    counts: Floats
    shrink: Floats
    scale: Floats
    schur: Schur
    factor: Factor
    own_fixed: Floats
    border: Floats
    bordered: Floats
    fixed_inverse: Floats
    log_random: float
    log_fixed: float

    @classmethod
    def at(cls, design: Design, squares: Floats) -> System:
        """Assemble and factorise.

        Args:
            design: cells and effects.
            squares: ``(k,)`` squared standard deviation ratios, none negative.
        """
        cells = design.cells
        halo = float(squares[-1]) if design.has_reading else 0.0
        keep = 1 / (1 + halo * cells.weight)
        weight = cells.weight * keep
        counts = np.bincount(cells.levels[0], weight, cells.sizes[0]).astype(np.float64)
        shrink = squares[0] / (1 + squares[0] * counts)
        kept = np.sqrt(squares[1 : len(cells.names)])
        scale = np.concatenate(
            [np.full(n, ratio) for n, ratio in zip(cells.sizes[1:], kept, strict=True)]
            + [np.zeros(0)]
        )
        schur = design.products(keep, halo)
        factor = schur.factorise(shrink, scale)
        fixed = keep[:, None] * cells.fixed
        own_fixed = _by_level(cells.levels[0], fixed, cells.sizes[0])
        shrunk = shrink[:, None] * own_fixed
        border = design.sums(fixed) - schur.cross.T @ shrunk
        scaled = scale[:, None] * border
        bordered = factor.solve(scaled)
        matrix = cells.fixed_cross - halo * fixed.T @ cells.fixed
        matrix = matrix - own_fixed.T @ shrunk - scaled.T @ bordered
        return cls(
            design,
            squares,
            halo,
            keep,
            counts,
            shrink,
            scale,
            schur,
            factor,
            own_fixed,
            border,
            bordered,
            np.linalg.inv(matrix),
            float(
                np.log1p(halo * cells.weight).sum()
                + np.log1p(squares[0] * counts).sum()
                + factor.log_determinant
            ),
            float(np.linalg.slogdet(matrix)[1]) + cells.log_constant,
        )

    def solve(self, total: Floats, fixed_total: Floats) -> Solved:
        """Solve for responses.

        Args:
            total: ``(r, k)`` sums of the responses by cell.
            fixed_total: ``(p, k)`` products of the fixed design with them.
        """
        cells = self.design.cells
        kept = self.keep[:, None] * total
        own = _by_level(cells.levels[0], kept, cells.sizes[0])
        shrunk = self.shrink[:, None] * own
        right = self.scale[:, None] * (self.design.sums(kept) - self.schur.cross.T @ shrunk)
        right_fixed = fixed_total - self.halo * cells.fixed.T @ kept - self.own_fixed.T @ shrunk
        fixed = self.fixed_inverse @ (right_fixed - self.bordered.T @ right)
        others = self.scale[:, None] * (self.factor.solve(right) - self.bordered @ fixed)
        first = shrunk - self.shrink[:, None] * (self.schur.cross @ others + self.own_fixed @ fixed)
        effects = [first, *np.split(others, np.cumsum(cells.sizes[1:])[:-1])][: len(cells.names)]
        fitted = np.zeros_like(total)
        for level, effect in zip(cells.levels, effects, strict=True):
            fitted += effect[level]
        rest = self.keep[:, None] * (total - cells.fixed @ fixed - cells.weight[:, None] * fitted)
        if self.design.has_reading:
            effects.append(self.halo * rest)
        return Solved(fixed, tuple(effects), rest)


def _by_level(level: Ints, values: Floats, size: int) -> Floats:
    columns = [np.bincount(level, column, size) for column in values.T]
    return np.stack(columns, axis=1) if columns else np.zeros((size, 0))

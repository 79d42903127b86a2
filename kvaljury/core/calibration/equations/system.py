"""Mixed-model equations at given variance ratios: solved, with their log-determinants."""

from __future__ import annotations

import attrs
import numpy as np

from kvaljury.core.calibration.solvers import Cells, Factor, Schur, assemble
from kvaljury.core.model.panel import Floats, Ints


@attrs.frozen(eq=False)
class Sums:
    """Responses summed as the equations need them.

    Attributes:
        fixed: ``(p, k)`` products with the fixed design.
        own: ``(q, k)`` by level of the eliminated effect.
        others: ``(m, k)`` by level of the effects that are kept.
    """

    fixed: Floats
    own: Floats
    others: Floats

    def times(self, solution: Solution) -> Floats:
        """Multiply with a solution: ``(k, j)``."""
        return np.asarray(
            self.fixed.T @ solution.fixed
            + self.own.T @ solution.own
            + self.others.T @ solution.others,
            dtype=np.float64,
        )


@attrs.frozen(eq=False)
class Solution:
    """What sums give.

    Attributes:
        fixed: ``(p, k)`` generalised least squares estimates.
        own: ``(q, k)`` BLUPs of the eliminated effect.
        others: ``(m, k)`` BLUPs of the effects that are kept.
    """

    fixed: Floats
    own: Floats
    others: Floats


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


@attrs.frozen(eq=False)
class Formed:
    """What a design gives for one size of the halo.

    Attributes:
        halo: squared ratio of the reading effect, 0 without one.
        keep: ``(r,)`` what the halo leaves of a cell's weight.
        counts: ``(q,)`` weight of each level of the eliminated effect.
        schur: cross-products.
        design: sums of the columns of the fixed design.
        response: sums of the response.
        square: sum of squares of the response that the halo leaves.
    """

    halo: float
    keep: Floats
    counts: Floats
    schur: Schur
    design: Sums
    response: Sums
    square: float


@attrs.define(eq=False)
class Design:
    """Cells, and what was formed from them last.

    Attributes:
        cells: of the panel.
        has_reading: whether cells have an effect of their own, the halo of a reading.
    """

    cells: Cells
    has_reading: bool = False
    _formed: Formed | None = attrs.field(default=None, init=False)

    @property
    def names(self) -> tuple[str, ...]:
        """Effects in the order of the ratios."""
        return (*self.cells.names, *(("reading",) if self.has_reading else ()))

    def formed(self, halo: float) -> Formed:
        """Form the equations' sums for a squared ratio of the reading effect."""
        if self._formed is None or self._formed.halo != halo:
            cells = self.cells
            keep = 1 / (1 + halo * cells.weight)
            weight = cells.weight * keep
            before = None if self._formed is None else self._formed.schur
            fixed, total = keep[:, None] * cells.fixed, (keep * cells.total)[:, None]
            design = cells.fixed_cross - halo * fixed.T @ cells.fixed
            response = cells.fixed_total[:, None] - halo * cells.fixed.T @ total
            self._formed = Formed(
                halo,
                keep,
                np.bincount(cells.levels[0], weight, cells.sizes[0]).astype(np.float64),
                assemble(cells, weight, before),
                Sums(design, *self.sums(fixed)),
                Sums(response, *self.sums(total)),
                cells.square - halo * float(cells.total @ total[:, 0]),
            )
        return self._formed

    def sums(self, values: Floats) -> tuple[Floats, Floats]:
        """Sum ``(r, k)`` by level of the eliminated effect and of those kept."""
        cells = self.cells
        first, *others = (
            _by_level(level, values, size)
            for level, size in zip(cells.levels, cells.sizes, strict=True)
        )
        return first, np.vstack(others or [np.zeros((0, values.shape[1]))])

    def fitted(self, solution: Solution) -> Floats:
        """Add the BLUPs of each cell ``(r, k)``, without the halo."""
        fitted = solution.own[self.cells.levels[0]]
        begin = 0
        for level, size in zip(self.cells.levels[1:], self.cells.sizes[1:], strict=True):
            fitted += solution.others[begin : begin + size][level]
            begin += size
        return fitted


@attrs.frozen(eq=False)
class System:
    """The equations of a design at given ratios.

    Attributes:
        squares: ``(k,)`` squared ratios.
        formed: what does not depend on them, but for the halo's.
        shrink: ``(q,)`` factor by which sums of the eliminated effect become BLUPs.
        scale: ``(m,)`` ratio of each other column.
        factor: of the Schur complement over the random effects that are kept.
        bordered: ``(m, p)`` the fixed columns after elimination, scaled and solved.
        fixed_inverse: ``(p, p)`` covariance of the fixed estimates, residual variance 1.
        response: what the response gives.
        log_random: log-determinant of the random part.
        log_fixed: log-determinant of the fixed part.
    """

    design: Design
    squares: Floats
    formed: Formed
    shrink: Floats
    scale: Floats
    factor: Factor
    bordered: Floats
    fixed_inverse: Floats
    response: Solution
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
        formed = design.formed(halo)
        shrink = squares[0] / (1 + squares[0] * formed.counts)
        scale = np.repeat(np.sqrt(squares[1 : len(cells.names)]), cells.sizes[1:])
        factor = formed.schur.factorise(shrink, scale)
        columns, response = formed.design, formed.response
        shrunk = shrink[:, None] * np.hstack([columns.own, response.own])
        both = np.hstack([columns.others, response.others]) - formed.schur.cross.T @ shrunk
        scaled = scale[:, None] * both
        solved = factor.solve(scaled)
        p = columns.own.shape[1]
        bordered = solved[:, :p]
        matrix = columns.fixed - columns.own.T @ shrunk[:, :p] - scaled[:, :p].T @ bordered
        inverse = np.linalg.inv(matrix)
        right = response.fixed - columns.own.T @ shrunk[:, p:] - bordered.T @ scaled[:, p:]
        fixed = inverse @ right
        others = scale[:, None] * (solved[:, p:] - bordered @ fixed)
        own = shrunk[:, p:] - shrink[:, None] * (formed.schur.cross @ others + columns.own @ fixed)
        return cls(
            design,
            squares,
            formed,
            shrink,
            scale,
            factor,
            bordered,
            inverse,
            Solution(fixed, own, others),
            float(
                np.log1p(halo * cells.weight).sum() * (halo > 0)
                + np.log1p(squares[0] * formed.counts).sum()
                + factor.log_determinant
            ),
            float(np.linalg.slogdet(matrix)[1]) + cells.log_constant,
        )

    @property
    def halo(self) -> float:
        """Squared ratio of the reading effect, 0 without one."""
        return self.formed.halo

    @property
    def keep(self) -> Floats:
        """``(r,)`` what the halo leaves of a cell's weight."""
        return self.formed.keep

    @property
    def counts(self) -> Floats:
        """``(q,)`` weight of each level of the eliminated effect."""
        return self.formed.counts

    @property
    def schur(self) -> Schur:
        """Cross-products after elimination."""
        return self.formed.schur

    @property
    def own_fixed(self) -> Floats:
        """``(q, p)`` sums of the fixed design by level of the eliminated effect."""
        return self.formed.design.own

    def sums(self, total: Floats, fixed_total: Floats) -> Sums:
        """Sum responses, given as for `solve`."""
        kept = self.keep[:, None] * total
        fixed = fixed_total - self.halo * self.design.cells.fixed.T @ kept
        return Sums(fixed, *self.design.sums(kept))

    def solution(self, sums: Sums) -> Solution:
        """Solve for sums."""
        shrunk = self.shrink[:, None] * sums.own
        right = self.scale[:, None] * (sums.others - self.schur.cross.T @ shrunk)
        right_fixed = sums.fixed - self.own_fixed.T @ shrunk - self.bordered.T @ right
        fixed = self.fixed_inverse @ right_fixed
        others = self.scale[:, None] * (self.factor.solve(right) - self.bordered @ fixed)
        taken = self.schur.cross @ others + self.own_fixed @ fixed
        return Solution(fixed, shrunk - self.shrink[:, None] * taken, others)

    def rest(self, total: Floats, solution: Solution) -> Floats:
        """Give sums of the conditional residuals by cell ``(r, k)``."""
        cells = self.design.cells
        fitted = cells.weight[:, None] * self.design.fitted(solution)
        return np.asarray(
            self.keep[:, None] * (total - cells.fixed @ solution.fixed - fitted), dtype=np.float64
        )

    def solve(self, total: Floats, fixed_total: Floats) -> Solved:
        """Solve for responses.

        Args:
            total: ``(r, k)`` sums of the responses by cell.
            fixed_total: ``(p, k)`` products of the fixed design with them.
        """
        return self.described(total, self.solution(self.sums(total, fixed_total)))

    def described(self, total: Floats, solution: Solution) -> Solved:
        """Give a solution by effect, with what it leaves."""
        cells = self.design.cells
        rest = self.rest(total, solution)
        effects = [solution.own, *np.split(solution.others, np.cumsum(cells.sizes[1:])[:-1])]
        effects = effects[: len(cells.names)]
        if self.design.has_reading:
            effects.append(self.halo * rest)
        return Solved(solution.fixed, tuple(effects), rest)


def _by_level(level: Ints, values: Floats, size: int) -> Floats:
    summed = np.empty((values.shape[1], size))
    for row, column in zip(summed, values.T, strict=True):
        row[:] = np.bincount(level, column, size)
    return summed.T

"""Rows of a panel to cells: rows that share a level of every effect, summed once."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
import numpy as np

from kvaljury.core.model.panel import Floats, Ints

_SAME = 1e-12


@attrs.frozen(eq=False)
class Cells:
    """Sums over the rows of each cell, sufficient for every model with these effects.

    Attributes:
        names: effects by name; the one that will be eliminated stands first.
        levels: ``(r,)`` level of each cell by effect.
        sizes: number of levels by effect.
        weight: ``(r,)`` number of rows.
        total: ``(r,)`` sum of the response, less its origin.
        fixed: ``(r, p)`` sums of the fixed design.
        fixed_cross: ``(p, p)`` cross-products of the fixed design over rows.
        fixed_total: ``(p,)`` products of the fixed design with the response.
        square: sum of the squared response that the cells leave to explain.
        freedom: rows less the rank of the fixed design.
        origin: ``(f,)`` to be added to the estimates of the fixed design.
        log_constant: to be added to the log-determinant of the fixed part.
    """

    names: tuple[str, ...]
    levels: tuple[Ints, ...]
    sizes: tuple[int, ...]
    weight: Floats
    total: Floats
    fixed: Floats
    fixed_cross: Floats
    fixed_total: Floats
    square: float
    freedom: int
    origin: Floats
    log_constant: float = 0.0

    @classmethod
    def of_rows(cls, response: Floats, fixed: Floats, effects: Mapping[str, Ints]) -> Cells:
        """Take every row as a cell of its own.

        Args:
            response: ``(r,)`` values.
            fixed: ``(r, p)`` design of full column rank whose columns sum to one (cell means).
            effects: ``(r,)`` levels by effect, from 0 without gaps.
        """
        origin = float(np.mean(response))
        response = response - origin
        return cls(
            names=tuple(effects),
            levels=tuple(effects.values()),
            sizes=_sizes(effects),
            weight=np.ones(len(response)),
            total=response,
            fixed=fixed,
            fixed_cross=fixed.T @ fixed,
            fixed_total=fixed.T @ response,
            square=float(response @ response),
            freedom=len(response) - fixed.shape[1],
            origin=np.full(fixed.shape[1], origin),
        )

    @classmethod
    def of_marks(
        cls, response: Floats, mean: Ints, cell: Ints, effects: Mapping[str, Ints]
    ) -> Cells:
        """Sum rows by cell.

        Where every cell has the same share of every mean, as when no mark is missing, the
        differences between the means are known apart from the rest: one mean is left to fit.

        Args:
            response: ``(n,)`` values, one a mark.
            mean: ``(n,)`` index of the fixed mean (the question) of each row.
            cell: ``(n,)`` index of the cell of each row, from 0 without gaps.
            effects: ``(r,)`` levels of each cell by effect.
        """
        origin = float(np.mean(response))
        response = response - origin
        means, count = int(mean.max()) + 1, int(cell.max()) + 1
        fixed = np.bincount(cell * means + mean, minlength=count * means).reshape(count, means)
        return cls(
            names=tuple(effects),
            levels=tuple(effects.values()),
            sizes=_sizes(effects),
            weight=fixed.sum(axis=1).astype(float),
            total=np.bincount(cell, response).astype(np.float64),
            fixed=fixed.astype(float),
            fixed_cross=np.diag(np.bincount(mean).astype(float)),
            fixed_total=np.bincount(mean, response).astype(np.float64),
            square=float(response @ response),
            freedom=len(response) - means,
            origin=np.full(means, origin),
        )._reduced()

    def _reduced(self) -> Cells:
        """Leave one mean to fit where every cell has the same share of each."""
        share = self.fixed / self.weight[:, None]
        if self.fixed.shape[1] == 1 or np.ptp(share, axis=0).max() > _SAME:
            return self
        rows = float(self.weight.sum())
        own = self.fixed_total / np.diag(self.fixed_cross)
        between = float(self.total @ (self.total / self.weight))
        contrasts = own - own @ share[0]
        within = self.square - between - float(contrasts**2 @ np.diag(self.fixed_cross))
        return attrs.evolve(
            self,
            fixed=self.weight[:, None],
            fixed_cross=np.array([[rows]]),
            fixed_total=np.array([self.total.sum()]),
            square=within + between,
            origin=self.origin + contrasts,
            log_constant=float(np.log(np.diag(self.fixed_cross)).sum() - np.log(rows)),
        )


def _sizes(effects: Mapping[str, Ints]) -> tuple[int, ...]:
    return tuple(int(level.max()) + 1 for level in effects.values())

"""Symmetric positive definite matrices, factorised: dense where small, sparse where large."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import attrs
import numpy as np

from kvaljury.core.model.panel import Floats, Ints

if TYPE_CHECKING:
    from scipy.sparse.linalg import SuperLU


_NO_FRONT: tuple[Ints, Floats] = (np.zeros(0, dtype=np.intp), np.zeros((0, 0)))


class Factor(Protocol):
    """A factorised matrix of order m."""

    @property
    def log_determinant(self) -> float:
        """Natural logarithm."""

    def solve(self, right: Floats) -> Floats:
        """Solve for right-hand sides ``(m, k)``."""

    def spread(self, normal: Floats) -> Floats:
        """Turn independent normals ``(m, k)`` into draws whose covariance is the inverse."""


@attrs.frozen(eq=False)
class DenseFactor:
    """A Cholesky factor with the inverse beside it."""

    lower: Floats
    inverse: Floats

    @classmethod
    def of(cls, matrix: Floats) -> DenseFactor:
        """Factorise ``(m, m)``."""
        lower, inverse = np.linalg.cholesky(matrix), np.linalg.inv(matrix)
        return cls(lower.astype(np.float64), inverse.astype(np.float64))

    @property
    def log_determinant(self) -> float:
        """Natural logarithm."""
        return float(2 * np.log(np.diag(self.lower)).sum())

    def solve(self, right: Floats) -> Floats:
        """Solve for right-hand sides ``(m, k)``."""
        return self.inverse @ right

    def spread(self, normal: Floats) -> Floats:
        """Turn independent normals ``(m, k)`` into draws whose covariance is the inverse."""
        return self.inverse @ (self.lower @ normal)


@attrs.frozen(eq=False)
class SparseFactor:
    """A sparse LU factor of a permuted matrix without pivoting, so that U is D times L'.

    Attributes:
        factor: of the matrix with rows and columns in the order of ``order``.
        order: ``(m,)`` which row stands where.
    """

    factor: SuperLU
    order: Ints

    @property
    def log_determinant(self) -> float:
        """Natural logarithm."""
        return float(np.log(self.factor.U.diagonal()).sum())

    def solve(self, right: Floats) -> Floats:
        """Solve for right-hand sides ``(m, k)``."""
        solved = np.empty_like(right)
        solved[self.order] = self.factor.solve(np.ascontiguousarray(right[self.order]))
        return solved

    def spread(self, normal: Floats) -> Floats:
        """Turn independent normals ``(m, k)`` into draws whose covariance is the inverse."""
        root = np.sqrt(self.factor.U.diagonal())
        drawn = np.empty_like(normal)
        drawn[self.order] = self.factor.solve(self.factor.L @ (root[:, None] * normal))
        return drawn

    def inverse_on(self, row: Ints, ends: Ints) -> Floats:
        """Give the inverse where the factorised matrix has entries, and nowhere else.

        Columns are taken from the last to the first; what one needs of the inverse is a part
        of what its parent in the elimination tree needed.

        Args:
            row: ``(z,)`` row of each entry, in the permuted order, sorted by column.
            ends: ``(m + 1,)`` where the columns begin.

        Returns:
            ``(z,)`` entries of the inverse of the permuted matrix.

        Source:
            Takahashi, Fagan and Chin 1973; Erisman and Tinney 1975.
        """
        lower, pivots = self.factor.L.tocsc(), self.factor.U.diagonal()
        lower.sort_indices()
        fronts: list[tuple[Ints, Floats]] = [_NO_FRONT] * len(pivots)
        values = np.zeros(len(row))
        for j in range(len(pivots) - 1, -1, -1):
            below = lower.indices[lower.indptr[j] + 1 : lower.indptr[j + 1]]
            rows = np.concatenate([[j], below])
            front = np.zeros((len(rows), len(rows)))
            if len(below):
                held, inverse = fronts[below[0]]
                at = np.searchsorted(held, below)
                inner = inverse[np.ix_(at, at)]
                column = lower.data[lower.indptr[j] + 1 : lower.indptr[j + 1]]
                beside = -inner @ column
                front[1:, 1:], front[1:, 0], front[0, 1:] = inner, beside, beside
                front[0, 0] = 1 / pivots[j] - column @ beside
            else:
                front[0, 0] = 1 / pivots[j]
            fronts[j] = (rows, front)
            own = row[ends[j] : ends[j + 1]]
            kept = own >= j
            values[ends[j] : ends[j + 1]][kept] = front[np.searchsorted(rows, own[kept]), 0]
        return _mirrored(values, row, ends)


def _mirrored(values: Floats, row: Ints, ends: Ints) -> Floats:
    """Copy what stands below the diagonal to above it."""
    size = len(ends) - 1
    column = np.repeat(np.arange(size), np.diff(ends))
    above = row < column
    keys = column * size + row
    values[above] = values[np.searchsorted(keys, row[above] * size + column[above])]
    return values

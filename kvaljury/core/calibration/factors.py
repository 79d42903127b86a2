"""Symmetric positive definite matrices, factorised: dense where small, sparse where large."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import attrs
import numpy as np

from kvaljury.core.model.panel import Floats, Ints

if TYPE_CHECKING:
    from scipy.sparse.linalg import SuperLU


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

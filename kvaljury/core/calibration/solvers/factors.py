"""Symmetric positive definite matrices, inverted whole."""

from __future__ import annotations

from typing import Protocol

import attrs
import numpy as np

from kvaljury.core.model.panel import Floats

_SWEPT_UP_TO = 8
_SWEPT_FROM = 16
_SPLIT_FROM = 96


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
    """The inverse with the log-determinant."""

    inverse: Floats
    log_determinant: float

    @classmethod
    def of(cls, matrix: Floats) -> DenseFactor:
        """Factorise ``(m, m)``."""
        inverse, log_determinant = inverted(matrix[None])
        return cls(inverse[0], log_determinant)

    def solve(self, right: Floats) -> Floats:
        """Solve for right-hand sides ``(m, k)``."""
        return self.inverse @ right

    def spread(self, normal: Floats) -> Floats:
        """Turn independent normals ``(m, k)`` into draws whose covariance is the inverse."""
        return np.asarray(np.linalg.cholesky(self.inverse) @ normal, dtype=np.float64)


def inverted(blocks: Floats) -> tuple[Floats, float]:
    """Invert symmetric positive definite matrices.

    Args:
        blocks: ``(n, s, s)``.

    Returns:
        ``(n, s, s)`` inverses, and the sum of the log-determinants.
    """
    count, order = blocks.shape[:2]
    if order <= 1 or (order <= _SWEPT_UP_TO and count >= _SWEPT_FROM):
        return _swept(blocks)
    if order < _SPLIT_FROM:
        pivots = np.diagonal(np.linalg.cholesky(blocks), axis1=1, axis2=2)
        return np.linalg.inv(blocks).astype(np.float64), float(2 * np.log(pivots).sum())
    return _split(blocks)


def _swept(blocks: Floats) -> tuple[Floats, float]:
    """Sweep all matrices at once, column by column: quick where they are small and many."""
    swept, log_determinant = np.array(blocks, dtype=np.float64), 0.0
    for k in range(swept.shape[1]):
        pivot = swept[:, k, k].copy()
        column = swept[:, :, k].copy()
        scaled = column / pivot[:, None]
        swept -= column[:, :, None] * scaled[:, None, :]
        swept[:, :, k] = swept[:, k, :] = scaled
        swept[:, k, k] = -1 / pivot
        log_determinant += float(np.log(pivot).sum())
    return -swept, log_determinant


def _split(blocks: Floats) -> tuple[Floats, float]:
    """Invert by halves: most of the work is then products, which are quickest."""
    half = blocks.shape[1] // 2
    first, log_first = inverted(blocks[:, :half, :half])
    weight = blocks[:, half:, :half] @ first
    rest = blocks[:, half:, half:] - weight @ blocks[:, half:, :half].transpose(0, 2, 1)
    second, log_second = inverted(rest)
    beside = -second @ weight
    inverse = np.empty_like(blocks)
    inverse[:, half:, half:] = second
    inverse[:, half:, :half] = beside
    inverse[:, :half, half:] = beside.transpose(0, 2, 1)
    inverse[:, :half, :half] = first - weight.transpose(0, 2, 1) @ beside
    return inverse, log_first + log_second

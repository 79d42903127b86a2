"""Batches of fronts, eliminated: a sparse factorisation with the inverse where it is needed."""

from __future__ import annotations

from functools import cached_property

import attrs
import numpy as np

from kvaljury.core.calibration.solvers.elimination import Batch, Elimination
from kvaljury.core.calibration.solvers.factors import inverted
from kvaljury.core.model.panel import Floats


@attrs.frozen(eq=False)
class FrontFactor:
    """A symmetric positive definite matrix, factorised front by front.

    Attributes:
        elimination: where everything is.
        inverse: by batch, ``(n, s, s)`` inverse of the block of own columns.
        weight: by batch, ``(n, b, s)`` what an own column passes on to those below.
        log_determinant: natural logarithm.

    Source:
        Duff and Reid 1983 (fronts); Takahashi, Fagan and Chin 1973 and Erisman and Tinney 1975
        (the inverse on the pattern).
    """

    elimination: Elimination
    inverse: tuple[Floats, ...]
    weight: tuple[Floats, ...]
    log_determinant: float

    @classmethod
    def of(cls, elimination: Elimination, fronts: Floats) -> FrontFactor:
        """Factorise.

        Args:
            elimination: of the pattern.
            fronts: the matrix at its addresses, zero elsewhere; used up.
        """
        inverses, weights, log_determinant = [], [], 0.0
        for batch in elimination.batches:
            front, own = batch.view(fronts), batch.own.shape[1]
            inverse, log_pivots = inverted(front[:, :own, :own])
            weight = front[:, own:, :own] @ inverse
            if weight.shape[1]:
                passed = front[:, own:, own:] - weight @ front[:, own:, :own].transpose(0, 2, 1)
                np.add.at(fronts, batch.addresses.ravel(), passed.ravel())
            inverses.append(inverse)
            weights.append(weight)
            log_determinant += log_pivots
        return cls(elimination, tuple(inverses), tuple(weights), log_determinant)

    def solve(self, right: Floats) -> Floats:
        """Solve for right-hand sides ``(m, k)``."""
        count = right.shape[1]
        solved = np.zeros((len(right) + 1, count))
        solved[:-1] = right
        flat = solved.ravel()
        parts = list(zip(self.elimination.batches, self.inverse, self.weight, strict=True))
        for batch, _, weight in parts:
            if weight.shape[1]:
                where = (batch.below[:, :, None] * count + np.arange(count)).ravel()
                passed = weight @ solved[batch.own]
                np.subtract.at(flat, where, passed.ravel())
        for batch, inverse, weight in reversed(parts):
            solved[batch.own] = inverse @ solved[batch.own] - _from_below(batch, weight, solved)
        return solved[:-1]

    def spread(self, normal: Floats) -> Floats:
        """Turn independent normals ``(m, k)`` into draws whose covariance is the inverse."""
        drawn = np.zeros((len(normal) + 1, normal.shape[1]), dtype=normal.dtype)
        drawn[:-1] = normal
        parts = zip(self.elimination.batches, self._roots, self.weight, strict=True)
        for batch, root, weight in reversed(list(parts)):
            own = root.astype(normal.dtype, copy=False) @ drawn[batch.own]
            drawn[batch.own] = own - _from_below(batch, weight, drawn)
        return drawn[:-1]

    @cached_property
    def _roots(self) -> tuple[Floats, ...]:
        return tuple(np.linalg.cholesky(inverse).astype(np.float64) for inverse in self.inverse)

    @cached_property
    def selected(self) -> Floats:
        """The inverse in place of the fronts: at the addresses of the matrix, ``(size,)``."""
        values = np.zeros(self.elimination.size)
        parts = zip(self.elimination.batches, self.inverse, self.weight, strict=True)
        for batch, inverse, weight in reversed(list(parts)):
            front, own = batch.view(values), batch.own.shape[1]
            front[:, :own, :own] = inverse
            if weight.shape[1]:
                lower = values[batch.addresses]
                beside = -lower @ weight
                front[:, own:, own:] = lower
                front[:, own:, :own] = beside
                front[:, :own, own:] = beside.transpose(0, 2, 1)
                front[:, :own, :own] -= weight.transpose(0, 2, 1) @ beside
        return values


def _from_below(batch: Batch, weight: Floats, solved: Floats) -> Floats | float:
    if not weight.shape[1]:
        return 0.0
    return weight.astype(solved.dtype, copy=False).transpose(0, 2, 1) @ solved[batch.below]

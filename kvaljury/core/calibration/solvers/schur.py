"""The mixed-model equations after elimination, assembled again and again on one pattern."""

from __future__ import annotations

from typing import Protocol

import attrs
import numpy as np

from kvaljury.core.calibration.solvers.cells import Cells
from kvaljury.core.calibration.solvers.expansion import fills_in, mixes_well
from kvaljury.core.calibration.solvers.factors import DenseFactor, Factor
from kvaljury.core.calibration.solvers.fronts import FrontFactor
from kvaljury.core.calibration.solvers.iterative import IterativeSchur
from kvaljury.core.calibration.solvers.pattern import Pattern
from kvaljury.core.model.panel import Floats, Ints

DENSE_UP_TO = 200
_FEW = 8


class Matrix(Protocol):
    """What arrays can be multiplied by; an array is one."""

    def __matmul__(self, right: Floats, /) -> Floats:
        """Multiply ``(m, k)`` by it."""


class Product(Matrix, Protocol):
    """A matrix that has a transpose."""

    @property
    def T(self) -> Matrix:  # noqa: N802  # as arrays have it
        """The transpose."""


class Schur(Protocol):
    """Cross-products of the effects that are kept, for one set of cell weights."""

    @property
    def cross(self) -> Product:
        """``(q, m)`` cross-products of the eliminated effect with the others."""

    @property
    def is_approximate(self) -> bool:
        """Whether log-determinants and variances are stochastic estimates."""

    def conditional(self, factor: Factor, scale: Floats) -> tuple[Floats, Floats]:
        """Give the diagonals of B D F^-1 D B' ``(q,)`` and of D F^-1 D ``(m,)``.

        Args:
            factor: F, as factorised here.
            scale: ``(m,)`` diagonal of D.
        """

    def factorise(self, shrink: Floats, scale: Floats) -> Factor:
        """Factorise I + D (C - B' G B) D, G and D diagonal.

        Args:
            shrink: ``(q,)`` diagonal of G.
            scale: ``(m,)`` diagonal of D.
        """


def columns_of(cells: Cells) -> tuple[Ints, ...]:
    """Give the column of each cell in the equations, by effect that is kept."""
    ends = np.concatenate([[0], np.cumsum(cells.sizes[1:])])
    return tuple(end + level for end, level in zip(ends, cells.levels[1:], strict=False))


def assemble(cells: Cells, weight: Floats, before: Schur | None = None) -> Schur:
    """Form cross-products, dense or sparse by their size, and so that they do not fill in.

    Args:
        cells: of the design.
        weight: ``(r,)`` of the cells.
        before: what was formed for other weights of the same cells.
    """
    if sum(cells.sizes[1:]) <= DENSE_UP_TO:
        return DenseSchur.of(cells, weight)
    if isinstance(before, SparseSchur):
        return SparseSchur.at(before.pattern, weight)
    if isinstance(before, IterativeSchur) or mixes_well(cells):
        return IterativeSchur.of(cells, weight, before)
    sparse = SparseSchur.of(cells, weight)
    return IterativeSchur.of(cells, weight) if fills_in(sparse.pattern.elimination) else sparse


@attrs.frozen(eq=False)
class DenseSchur:
    """Small enough to be filled in."""

    cross: Floats
    others: Floats
    is_approximate: bool = attrs.field(default=False, init=False)

    @classmethod
    def of(cls, cells: Cells, weight: Floats) -> DenseSchur:
        """Sum the weights by pairs of levels."""
        columns, order = columns_of(cells), sum(cells.sizes[1:])
        cross, others = np.zeros((cells.sizes[0], order)), np.zeros((order, order))
        for column in columns:
            cross += _table(cells.levels[0], column, weight, cross.shape)
            for other in columns:
                others += _table(column, other, weight, others.shape)
        return cls(cross, others)

    def factorise(self, shrink: Floats, scale: Floats) -> Factor:
        """Factorise I + D (C - B' G B) D."""
        reduced = self.others - self.cross.T @ (shrink[:, None] * self.cross)
        matrix = scale[:, None] * reduced * scale
        matrix[np.diag_indices(len(matrix))] += 1
        return DenseFactor.of(matrix)

    def conditional(self, factor: Factor, scale: Floats) -> tuple[Floats, Floats]:
        """Give the diagonals of B D F^-1 D B' and of D F^-1 D."""
        assert isinstance(factor, DenseFactor)  # noqa: S101  # it was made here
        inverse = scale[:, None] * factor.inverse * scale
        return np.sum((self.cross @ inverse) * self.cross, axis=1), np.diag(inverse).copy()


@attrs.frozen(eq=False)
class Cross:
    """Cross-products of the eliminated effect with the others, by kind.

    Attributes:
        pattern: of the design.
        values: ``(p,)`` at the meetings of the pattern.
    """

    pattern: Pattern
    values: Floats

    @property
    def T(self) -> CrossTransposed:  # noqa: N802  # as arrays have it
        """The transpose."""
        return CrossTransposed(self.pattern, self.values)

    def __matmul__(self, right: Floats) -> Floats:
        """Multiply ``(m, k)`` by it."""
        return self.by_kind(right)[self.pattern.kind]

    def by_kind(self, right: Floats) -> Floats:
        """Multiply, for each kind ``(g, k)`` instead of each level."""
        pattern, kinds = self.pattern, len(self.pattern.number)
        product = np.empty((kinds, right.shape[1]), dtype=right.dtype)
        if right.shape[1] <= _FEW:
            for column, taken in zip(product.T, right.T, strict=True):
                column[:] = np.bincount(pattern.holder, self.values * taken[pattern.column], kinds)
            return product
        values = self.values.astype(right.dtype, copy=False)
        for kind, meetings in pattern.by_width:
            taken = right[pattern.column[meetings]]
            product[kind] = (values[meetings][:, None, :] @ taken)[:, 0]
        return product

    def __array__(self, dtype: object = None, copy: object = None) -> Floats:
        """Fill it in: ``(q, m)``."""
        filled = np.zeros((len(self.pattern.number), self.pattern.elimination.order))
        filled[self.pattern.holder, self.pattern.column] = self.values
        return filled[self.pattern.kind]


@attrs.frozen(eq=False)
class CrossTransposed:
    """The transpose of `Cross`."""

    pattern: Pattern
    values: Floats

    def __matmul__(self, right: Floats) -> Floats:
        """Multiply ``(q, k)`` by it."""
        pattern = self.pattern
        kinds, order = len(pattern.number), pattern.elimination.order
        product = np.empty((order, right.shape[1]))
        for column, values in zip(product.T, right.T, strict=True):
            summed = np.bincount(pattern.kind, values, kinds)
            column[:] = np.bincount(pattern.column, self.values * summed[pattern.holder], order)
        return product


@attrs.frozen(eq=False)
class SparseSchur:
    """Cross-products on a pattern that is found once.

    Attributes:
        pattern: of the design.
        cross: the eliminated effect with the others.
        base: ``(z,)`` entries of C on the pattern.
    """

    pattern: Pattern
    cross: Cross
    base: Floats
    is_approximate: bool = attrs.field(default=False, init=False)

    @classmethod
    def of(cls, cells: Cells, weight: Floats) -> SparseSchur:
        """Find the pattern, and sum the weights on it."""
        return cls.at(Pattern.of(cells, columns_of(cells)), weight)

    @classmethod
    def at(cls, pattern: Pattern, weight: Floats) -> SparseSchur:
        """Sum the weights ``(r,)`` on a pattern."""
        weight = weight[pattern.cell]
        effects = pattern.meeting.shape[1]
        values = np.bincount(pattern.meeting.ravel(), np.repeat(weight, effects))
        kind = pattern.holder[pattern.meeting[:, 0]]
        whole = np.repeat(weight * pattern.number[kind], pattern.beside.shape[1])
        base = np.bincount(pattern.beside.ravel(), whole, len(pattern.first))
        return cls(pattern, Cross(pattern, values.astype(np.float64)), base.astype(np.float64))

    def factorise(self, shrink: Floats, scale: Floats) -> Factor:
        """Factorise I + D (C - B' G B) D."""
        pattern, values = self.pattern, self.cross.values
        by_kind = np.empty(len(pattern.number))
        by_kind[pattern.kind] = shrink
        taken = (by_kind * pattern.number)[pattern.holder] * values
        products = taken[pattern.left] * values[pattern.right]
        data = self.base - np.bincount(pattern.pair, products, len(self.base))
        data *= scale[pattern.one] * scale[pattern.other]
        fronts = np.zeros(pattern.elimination.size)
        fronts[pattern.first] = data
        fronts[pattern.second] = data
        fronts[pattern.elimination.diagonal] += 1
        return FrontFactor.of(pattern.elimination, fronts)

    def conditional(self, factor: Factor, scale: Floats) -> tuple[Floats, Floats]:
        """Give the diagonals of B D F^-1 D B' and of D F^-1 D."""
        assert isinstance(factor, FrontFactor)  # noqa: S101  # it was made here
        pattern, values = self.pattern, self.cross.values
        inverse = factor.selected[pattern.first] * scale[pattern.one] * scale[pattern.other]
        products = values[pattern.left] * values[pattern.right] * inverse[pattern.pair]
        products[pattern.left != pattern.right] *= 2
        own = np.bincount(pattern.holder[pattern.left], products, len(pattern.number))
        return own[pattern.kind].astype(np.float64), inverse[pattern.alone]


def _table(row: Ints, column: Ints, weight: Floats, shape: tuple[int, int]) -> Floats:
    flat = np.bincount(row * shape[1] + column, weight, shape[0] * shape[1])
    return flat.reshape(shape).astype(np.float64)

"""The mixed-model equations after elimination, assembled again and again on one pattern."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import attrs
import numpy as np

from kvaljury.core.calibration.cells import Cells
from kvaljury.core.calibration.factors import DenseFactor, Factor, SparseFactor
from kvaljury.core.model.panel import Floats, Ints

if TYPE_CHECKING:
    from scipy.sparse import csr_array

DENSE_UP_TO = 2000


class Schur(Protocol):
    """Cross-products of the effects that are kept, for one set of cell weights."""

    @property
    def cross(self) -> Floats | csr_array:
        """``(q, m)`` cross-products of the eliminated effect with the others."""

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


def assemble(cells: Cells, weight: Floats) -> Schur:
    """Form cross-products, dense or sparse by their size.

    Args:
        cells: of the design.
        weight: ``(r,)`` of the cells.
    """
    order = sum(cells.sizes[1:])
    return (DenseSchur if order <= DENSE_UP_TO else SparseSchur).of(cells, weight)


@attrs.frozen(eq=False)
class DenseSchur:
    """Small enough to be filled in."""

    cross: Floats
    others: Floats

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
        matrix = scale[:, None] * self.reduced(shrink) * scale
        matrix[np.diag_indices(len(matrix))] += 1
        return DenseFactor.of(matrix)

    def conditional(self, factor: Factor, scale: Floats) -> tuple[Floats, Floats]:
        """Give the diagonals of B D F^-1 D B' and of D F^-1 D."""
        scaled = self.cross * scale
        first = np.sum(scaled * factor.solve(scaled.T).T, axis=1)
        return first, scale**2 * np.diag(factor.solve(np.eye(len(scale))))

    def reduced(self, shrink: Floats) -> Floats:
        """Give C - B' G B ``(m, m)``."""
        return self.others - self.cross.T @ (shrink[:, None] * self.cross)


@attrs.frozen(eq=False)
class SparseSchur:
    """Pattern and order are found once; then every assembly is one sparse product.

    Attributes:
        cross: ``(q, m)`` compressed by row.
        base: ``(z,)`` entries of C on the pattern.
        products: ``(z, q)`` what each eliminated level takes from them.
        row: ``(z,)`` row of each entry, in the fill-reducing order.
        ends: ``(m + 1,)`` where the columns of the pattern begin.
        order: ``(m,)`` the fill-reducing order.
    """

    cross: csr_array
    base: Floats
    products: csr_array
    row: Ints
    ends: Ints
    order: Ints

    @classmethod
    def of(cls, cells: Cells, weight: Floats) -> SparseSchur:
        """Find the pattern and a fill-reducing order."""
        from scipy.sparse import coo_array, csc_array, csr_array, eye_array  # noqa: PLC0415
        from scipy.sparse.linalg import splu  # noqa: PLC0415  # 0.6 s to import

        columns, m = columns_of(cells), sum(cells.sizes[1:])
        size, kinds = len(weight), len(columns)
        cross = coo_array(
            (np.tile(weight, kinds), (np.tile(cells.levels[0], kinds), np.concatenate(columns))),
            shape=(cells.sizes[0], m),
        ).tocsr()
        cross.sum_duplicates()
        pattern = csr_array(
            (
                np.repeat(weight, kinds),
                np.stack(columns, axis=1).ravel(),
                np.arange(size + 1) * kinds,
            ),
            shape=(size, m),
        )
        plain = pattern.copy()
        plain.data = np.ones_like(plain.data)
        others = (plain.T @ pattern).tocsc()
        ones = cross.copy()
        ones.data = np.ones_like(ones.data)
        whole = (others + ones.T @ ones + eye_array(m)).tocsc()
        whole.data[:] = 1.0
        dominant = whole + m * eye_array(m)
        order = np.argsort(splu(csc_array(dominant), options={"SymmetricMode": True}).perm_c)
        place = np.empty(m, dtype=np.intp)
        place[order] = np.arange(m)
        whole = whole[order][:, order].tocsc()
        whole.sort_indices()
        row = whole.indices.astype(np.intp)
        column = np.repeat(np.arange(m), np.diff(whole.indptr))
        keys = column * m + row
        base = np.zeros(len(row))
        held = others.tocoo()
        base[np.searchsorted(keys, place[held.col] * m + place[held.row])] = held.data
        left, right, level = _pairs(cross.indptr)
        where = np.searchsorted(keys, place[cross.indices[left]] * m + place[cross.indices[right]])
        products = coo_array(
            (cross.data[left] * cross.data[right], (where, level)),
            shape=(len(row), cells.sizes[0]),
        ).tocsr()
        return cls(cross, base, products, row, whole.indptr, order)

    def factorise(self, shrink: Floats, scale: Floats) -> Factor:
        """Factorise I + D (C - B' G B) D."""
        from scipy.sparse import csc_array  # noqa: PLC0415
        from scipy.sparse.linalg import splu  # noqa: PLC0415

        scale = scale[self.order]
        column = np.repeat(np.arange(len(scale)), np.diff(self.ends))
        data = scale[self.row] * scale[column] * (self.base - self.products @ shrink)
        data[self.row == column] += 1
        matrix = csc_array((data, self.row, self.ends), shape=(len(scale), len(scale)))
        factor = splu(
            matrix, permc_spec="NATURAL", diag_pivot_thresh=0.0, options={"SymmetricMode": True}
        )
        return SparseFactor(factor, self.order)

    def conditional(self, factor: Factor, scale: Floats) -> tuple[Floats, Floats]:
        """Give the diagonals of B D F^-1 D B' and of D F^-1 D."""
        assert isinstance(factor, SparseFactor)  # noqa: S101  # it was made here
        column = np.repeat(np.arange(len(scale)), np.diff(self.ends))
        ordered = scale[self.order]
        inverse = factor.inverse_on(self.row, self.ends) * ordered[self.row] * ordered[column]
        others = np.empty(len(scale))
        others[self.order] = inverse[self.row == column]
        return self.products.T @ inverse, others


def _table(row: Ints, column: Ints, weight: Floats, shape: tuple[int, int]) -> Floats:
    flat = np.bincount(row * shape[1] + column, weight, shape[0] * shape[1])
    return flat.reshape(shape).astype(np.float64)


def _pairs(ends: Ints) -> tuple[Ints, Ints, Ints]:
    """Give positions of every ordered pair of entries of each row, and the row."""
    lengths = np.diff(ends)
    own = np.repeat(np.arange(len(lengths)), lengths)
    partners = lengths[own]
    left = np.repeat(np.arange(len(own)), partners)
    begin = np.repeat(np.cumsum(partners) - partners, partners)
    right = np.arange(len(left)) - begin + ends[own[left]]
    return left, right, own[left]

"""Functions of a symmetric positive definite matrix, from its products with vectors alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from kvaljury.core.model.panel import Floats

Singles = NDArray[np.floating[Any]]
Product = Callable[[Any], Any]

BLOCK = 16
_SOLVED = 1e-12
_MOST_STEPS = 500
_MOST_TERMS = 250
_FLAT = 1e-28
_ROOT_ERROR = 1e-4
_MARGIN = 1.1


def blocks(columns: int) -> Iterator[slice]:
    """Split columns so that what a product touches stays in the cache."""
    return (slice(begin, begin + BLOCK) for begin in range(0, columns, BLOCK))


@attrs.frozen(eq=False)
class Solution:
    """What conjugate gradients leave behind: solutions, and the Lanczos matrices of their steps.

    Attributes:
        solved: ``(m, k)``.
        weight: ``(k,)`` squared lengths of the right-hand sides.
        diagonal: ``(s, k)`` diagonals of the Lanczos matrices.
        beside: ``(s, k)`` what stands beside them, below; the last of each column is not used.
    """

    solved: Floats
    weight: Floats
    diagonal: Floats
    beside: Floats

    def log_forms(self) -> tuple[Floats, float, float]:
        """Give v' log(M) v ``(k,)`` of the right-hand sides, and the outermost Ritz values.

        Source:
            Gauss quadrature: Golub and Meurant 1994; Ubaru, Chen and Saad 2017.
        """
        steps = np.arange(len(self.diagonal))
        if not len(steps):
            return np.zeros_like(self.weight), 1.0, 1.0
        matrices = np.zeros((len(self.weight), len(steps), len(steps)))
        matrices[:, steps, steps] = self.diagonal.T
        matrices[:, steps[1:], steps[:-1]] = self.beside[:-1].T
        nodes, vectors = np.linalg.eigh(matrices)
        forms = np.sum(vectors[:, 0, :] ** 2 * np.log(nodes), axis=1)
        return self.weight * forms, float(nodes.min()), float(nodes.max())


def conjugate_gradients(product: Product, right: Floats, error: float = _SOLVED) -> Solution:
    """Solve for right-hand sides side by side.

    Args:
        product: of the matrix with ``(m, k)``.
        right: ``(m, k)``.
        error: length of the residuals that is left, relative to the right-hand sides.

    Source:
        Hestenes and Stiefel 1952; for the Lanczos matrices, Golub and Van Loan 2013, 11.3.
    """
    solved, rest, direction = np.zeros_like(right), right.copy(), right.copy()
    size = weight = _squares(right)
    added, carried = np.zeros_like(size), []
    diagonal: list[Floats] = []
    for _ in range(_MOST_STEPS):
        active = size > _FLAT * weight
        if not np.any(size > error**2 * weight):
            break
        image = product(direction)
        length = _ratio(size, _dots(direction, image), active)
        solved += length * direction
        rest -= length * image
        after = np.where(active, _squares(rest), size)
        growth = _ratio(after, size, active)
        direction *= growth
        direction += rest
        inverse = _ratio(np.ones_like(size), length, active)
        diagonal.append(np.where(active, inverse + added, 1.0))
        carried.append(np.where(after > _FLAT * weight, np.sqrt(growth) * inverse, 0.0))
        added, size = growth * inverse, after
    shape = (-1, right.shape[1])
    return Solution(
        solved, weight, np.reshape(diagonal, shape), np.reshape(np.array(carried), shape)
    )


@attrs.frozen
class InverseRoot:
    """A Chebyshev series of the inverse square root.

    Attributes:
        middle: of the interval.
        reach: half its length.
        series: coefficients.

    Source:
        For draws, Chow and Saad 2014.
    """

    middle: float
    reach: float
    series: tuple[float, ...]

    @classmethod
    def on(cls, low: float, high: float) -> InverseRoot:
        """Take it to 1e-4 between about the smallest and about the largest eigenvalue."""
        low, high = low / _MARGIN, high * _MARGIN
        middle, reach = (high + low) / 2, (high - low) / 2
        angle = np.pi * (np.arange(2 * _MOST_TERMS) + 0.5) / (2 * _MOST_TERMS)
        values = 1 / np.sqrt(middle + reach * np.cos(angle))
        order = np.arange(_MOST_TERMS)
        series = np.cos(order[:, None] * angle) @ values / _MOST_TERMS
        series[0] /= 2
        matters = np.flatnonzero(np.abs(series) > _ROOT_ERROR * abs(series[0]))
        last = max(2, int(matters[-1]) + 1)
        return cls(middle, reach, tuple(float(value) for value in series[:last]))

    def times(self, product: Product, vectors: Singles) -> Singles:
        """Multiply vectors by the inverse root of a matrix.

        Args:
            product: of the matrix with ``(m, k)``.
            vectors: ``(m, k)`` in single or double precision.
        """
        before, now = vectors, self._shifted(product, vectors)
        total = self.series[0] * before + self.series[1] * now
        for coefficient in self.series[2:]:
            before, now = now, 2 * self._shifted(product, now) - before
            total += coefficient * now
        return total

    def _shifted(self, product: Product, vectors: Singles) -> Singles:
        image = product(vectors)
        image -= self.middle * vectors
        image /= self.reach
        return np.asarray(image)


def _dots(left: Floats, right: Floats) -> Floats:
    return np.asarray(np.einsum("ij,ij->j", left, right), dtype=np.float64)


def _squares(vectors: Floats) -> Floats:
    return _dots(vectors, vectors)


def _ratio(above: Floats, below: Floats, active: NDArray[np.bool_]) -> Floats:
    return np.divide(above, below, out=np.zeros_like(above), where=active)

"""Linear constraints with whole numbers to random solutions of them, without rounding."""

from __future__ import annotations

import numpy as np

from kvaljury.core.model.panel import Floats, Ints

PRIME = 2**31 - 1
_BLOCK = 64
_HALF = 16


def reduced_rows(rows: Ints, basis: Ints | None = None) -> Ints:
    """Bring rows to reduced echelon form modulo ``PRIME``, a block of rows at a time.

    Args:
        rows: ``(m, k)`` whole numbers.
        basis: ``(l, k)`` rows in that form already that the others are added to, if any.

    Returns:
        ``(rank, k)`` rows whose first number is a 1 that no other row has in its column, in no
        particular order.

    >>> reduced_rows(np.array([[2, 4], [1, 2]])).tolist()
    [[1, 2]]
    """
    if basis is None:
        basis = np.zeros((0, rows.shape[1]), dtype=np.int64)
    leading = _leading(basis)
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK] % PRIME
        block, found = _eliminated(_less(block, block[:, leading], basis))
        basis = np.concatenate([_less(basis, basis[:, found], block), block])
        leading = np.concatenate([leading, found])
    return basis


def random_solutions(rows: Ints, unknowns: Ints) -> Ints:
    """Turn random numbers into random solutions of ``rows @ x = 0`` modulo ``PRIME``.

    Args:
        rows: ``(rank, k)`` as :func:`reduced_rows` gives them.
        unknowns: ``(k, d)`` random numbers from 0 below ``PRIME``.

    Returns:
        ``(k, d)``, the first unknown of each row replaced by what the others make it.
    """
    solutions = unknowns.copy()
    leading = _leading(rows)
    solutions[leading] = 0
    solutions[leading] = _less(np.zeros_like(solutions[leading]), rows, solutions)
    return solutions


def _eliminated(rows: Ints) -> tuple[Ints, Ints]:
    """Reduce a few rows; give those that are not zero and the column of each one's 1."""
    kept, leading = [], []
    for place in range(len(rows)):
        present = np.flatnonzero(rows[place])
        if not len(present):
            continue
        column = present[0]
        kept.append(place)
        leading.append(column)
        rows[place] = rows[place] * pow(int(rows[place, column]), PRIME - 2, PRIME) % PRIME
        others = np.flatnonzero(rows[:, column])
        others = others[others != place]
        taken = rows[others, column][:, None] * rows[place][None, :] % PRIME
        rows[others] = (rows[others] - taken) % PRIME
    return rows[kept], np.array(leading, dtype=np.intp)


def _less(rows: Ints, left: Ints, right: Ints) -> Ints:
    """Give ``rows - left @ right`` modulo ``PRIME``.

    Numbers are multiplied in halves of 16 bits, so that floating-point sums of 100,000 products
    are exact and none of the shifted ones passes 63 bits.
    """
    high, low = _halves(left)
    upper, lower = _halves(right)
    middle = (high @ lower + low @ upper).astype(np.int64)
    carried = (((high @ upper).astype(np.int64) << _HALF) + middle) % PRIME
    taken = (carried << _HALF) + (low @ lower).astype(np.int64)
    return np.asarray((rows - taken) % PRIME)


def _halves(values: Ints) -> tuple[Floats, Floats]:
    return (values >> _HALF).astype(np.float64), (values & (2**_HALF - 1)).astype(np.float64)


def _leading(rows: Ints) -> Ints:
    return np.asarray(np.argmax(rows != 0, axis=1), dtype=np.intp)

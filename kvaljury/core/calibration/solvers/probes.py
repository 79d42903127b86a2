"""A sparse design to probing vectors that tell its columns apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import numpy as np

from kvaljury.core.model.panel import Floats, Ints

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_SEED = 20


@attrs.frozen(eq=False)
class Probes:
    """Vectors of random signs, each zero but on the columns of one colour.

    Columns with a row in common have different colours, where colours suffice, so that sums
    over the probes leave out entries of a matrix function between unrelated columns alone.

    Attributes:
        colour: ``(m,)``.
        sign: ``(m,)`` -1 or 1; 0 where a column is in no probe.
        count: number of colours.

    Source:
        Tang and Saad 2012 (probing).
    """

    colour: Ints
    sign: Floats
    count: int

    @classmethod
    def of(cls, incidence: csr_array, left_out: Ints, count: int) -> Probes:
        """Colour columns.

        Args:
            incidence: ``(q, m)``; its values do not matter.
            left_out: columns to be in no probe.
            count: number of colours.
        """
        generator = np.random.default_rng(_SEED)
        size = incidence.shape[1]
        first = generator.permutation(np.arange(size) % count)
        coloured = np.setdiff1d(np.arange(size), left_out)
        colour = np.zeros(size, dtype=np.intp)
        colour[coloured] = _coloured(incidence, coloured, first, count)
        sign = generator.choice([-1.0, 1.0], size)
        sign[left_out] = 0
        return cls(colour, sign, count)

    def block(self, part: slice) -> Floats:
        """Give some of the probes as columns ``(m, k)``."""
        numbers = np.arange(self.count)[part]
        return np.where(self.colour[:, None] == numbers, self.sign[:, None], 0.0)

    def resigned(self) -> Probes:
        """Give other signs to the same colours."""
        generator = np.random.default_rng(_SEED + 1)
        sign = self.sign * generator.choice([-1.0, 1.0], len(self.sign))
        return attrs.evolve(self, sign=sign)


def neighbours_of(incidence: csr_array) -> Ints:
    """Count the columns ``(m,)`` that share rows with each, one as often as they meet.

    Args:
        incidence: ``(q, m)``; its values do not matter.
    """
    pattern = incidence.copy()
    pattern.data = np.ones(len(pattern.data), dtype=np.intp)
    return np.asarray(pattern.T @ (np.diff(pattern.indptr) - 1), dtype=np.intp)


def hubs_of(neighbours: Ints, many: int, most: int) -> Ints:
    """Find columns that share rows with very many others.

    Args:
        neighbours: ``(m,)`` of each column.
        many: more than which make a hub.
        most: hubs to find at most; where there are more, there are none.
    """
    hubs = np.flatnonzero(neighbours > many).astype(np.intp)
    return hubs if len(hubs) <= most else hubs[:0]


def _coloured(incidence: csr_array, columns: Ints, first: Ints, count: int) -> list[int]:
    """Colour column by column, keeping as bits what colours each row has met."""
    by_column = incidence.tocsc()
    rows, ends = by_column.indices.tolist(), by_column.indptr.tolist()
    met = [0] * incidence.shape[0]
    colours = []
    for column in columns.tolist():
        own = rows[ends[column] : ends[column + 1]]
        taken = 0
        for row in own:
            taken |= met[row]
        colour = _free(taken, int(first[column]), count)
        colours.append(colour)
        for row in own:
            met[row] |= 1 << colour
    return colours


def _free(taken: int, first: int, count: int) -> int:
    """Give the first colour that is free, from ``first`` on and then from 0, else ``first``."""
    free = ~taken & ((1 << count) - 1)
    chosen = (free >> first << first) or free
    return (chosen & -chosen).bit_length() - 1 if chosen else first

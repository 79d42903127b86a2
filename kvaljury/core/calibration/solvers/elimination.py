"""Steps of elimination to batches of equal fronts, which arrays can work on at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cached_property
from itertools import chain

import attrs
import numpy as np

from kvaljury.core.calibration.solvers.ordering import Step
from kvaljury.core.model.panel import Floats, Ints

_EXACT_UP_TO = 8
_STEPS_BY_OCTAVE = 4


@attrs.frozen(eq=False)
class Batch:
    """Fronts of one shape whose children lie in earlier batches.

    A front is a square over its own columns and those below them. Fronts are filled up to one
    shape: with own columns that stand alone, with columns below that are zero.

    Attributes:
        own: ``(n, s)`` columns; the number of columns stands for none.
        below: ``(n, b)`` likewise.
        begin: where the ``n`` fronts ``(s + b, s + b)`` begin in one array of all fronts.
        target: ``(n,)`` where the parent's front begins in it.
        width: ``(n,)`` order of the parent's front.
        place: ``(n, b)`` row of each column below in the parent's front.
    """

    own: Ints
    below: Ints
    begin: int
    target: Ints
    width: Ints
    place: Ints

    @property
    def shape(self) -> tuple[int, int, int]:
        """Shape of the fronts."""
        order = self.own.shape[1] + self.below.shape[1]
        return len(self.own), order, order

    def view(self, fronts: Floats) -> Floats:
        """Give the fronts of the batch as a view ``(n, s + b, s + b)``."""
        size = int(np.prod(self.shape))
        return fronts[self.begin : self.begin + size].reshape(self.shape)

    @cached_property
    def addresses(self) -> Ints:
        """Where the columns below meet in the parents' fronts: ``(n, b, b)``."""
        rows = self.target[:, None] + self.place * self.width[:, None]
        return np.asarray(rows[:, :, None] + self.place[:, None, :], dtype=np.intp)


@attrs.frozen(eq=False)
class Lists:
    """Numbers in lists of unequal lengths.

    Attributes:
        values: all of them.
        ends: ``(n + 1,)`` where the lists begin.
    """

    values: Ints
    ends: Ints

    @classmethod
    def of(cls, parts: Sequence[Collection[int]]) -> Lists:
        """Take lists."""
        lengths = np.fromiter(map(len, parts), dtype=np.intp, count=len(parts))
        total = int(lengths.sum())
        values = np.fromiter(chain.from_iterable(parts), dtype=np.intp, count=total)
        return cls(values, np.concatenate([[0], np.cumsum(lengths)]))

    @property
    def lengths(self) -> Ints:
        """Length of each list."""
        return np.diff(self.ends)

    def take(self, lists: Ints) -> tuple[Ints, Ints]:
        """Give the values of some lists, one after another, and which of them each is of."""
        lengths = self.lengths[lists]
        owner = np.repeat(np.arange(len(lists)), lengths)
        begin = np.repeat(self.ends[lists] - (np.cumsum(lengths) - lengths), lengths)
        return self.values[begin + np.arange(len(owner))], owner

    def through(self, members: Lists) -> Lists:
        """Put in place of each value the list of another that it numbers."""
        values, owner = members.take(self.values)
        sizes = np.bincount(owner, minlength=len(self.values))
        return Lists(values, np.concatenate([[0], np.cumsum(sizes)])[self.ends])

    def table(self, lists: Ints, fill: int) -> Ints:
        """Give some lists as rows, filled up to the longest."""
        values, owner = self.take(lists)
        lengths = self.lengths[lists]
        table = np.full((len(lists), int(lengths.max())), fill, dtype=np.intp)
        within = np.arange(len(values)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        table[owner, within] = values
        return table


@attrs.frozen(eq=False)
class Elimination:
    """Where everything is while a matrix of order m is eliminated.

    Attributes:
        order: m.
        batches: children before parents.
        size: elements of all fronts.
        diagonal: addresses of the diagonals of own columns, those that stand for none included.
        node: ``(m,)`` front of each column, numbered as the steps.
        row: ``(m,)`` row of each column in that front.
        begin: ``(n,)`` where each front begins.
        width: ``(n,)`` order of each front.
        keys: front times m plus column, sorted, of all columns below in all fronts.
        rows: row of each of them.
    """

    order: int
    batches: tuple[Batch, ...]
    size: int
    diagonal: Ints
    node: Ints
    row: Ints
    begin: Ints
    width: Ints
    keys: Ints
    rows: Ints

    @classmethod
    def of(cls, steps: Sequence[Step], members: Lists) -> Elimination:
        """Lay the fronts out.

        Args:
            steps: every one before its parent.
            members: columns of each node of the steps.
        """
        order = len(members.values)
        own = Lists.of([step.own for step in steps]).through(members)
        below = Lists.of([step.below for step in steps]).through(members)
        parent = np.array([step.parent for step in steps], dtype=np.intp)
        groups = _groups(own.lengths, below.lengths, parent)
        begin, width, start = _layout(groups, own.lengths, below.lengths)
        node, row = np.empty(order, dtype=np.intp), np.empty(order, dtype=np.intp)
        node[own.values] = np.repeat(np.arange(len(steps)), own.lengths)
        row[own.values] = np.arange(order) - own.ends[node[own.values]]
        holder = np.repeat(np.arange(len(steps)), below.lengths)
        rows = np.arange(len(holder)) - below.ends[holder] + start[holder]
        keys = holder * order + below.values
        sorting = np.argsort(keys)
        found = cls(
            order=order,
            batches=(),
            size=int(np.sum(width**2)),
            diagonal=np.concatenate([_diagonals(g, begin, width, start) for g in groups]),
            node=node,
            row=row,
            begin=begin,
            width=width,
            keys=keys[sorting],
            rows=rows[sorting],
        )
        batches = tuple(found._batch(group, own, below, parent) for group in groups)
        return attrs.evolve(found, batches=batches)

    def find(self, node: Ints, column: Ints) -> Ints:
        """Give the row of columns in fronts, where they are their own or below."""
        row = self.row[column]
        is_below = np.flatnonzero(self.node[column] != node)
        keys = node[is_below] * self.order + column[is_below]
        row[is_below] = self.rows[np.searchsorted(self.keys, keys)]
        return row

    def locate(self, left: Ints, right: Ints) -> tuple[Ints, Ints]:
        """Give both addresses of pairs of columns that are connected.

        Only one of them matters where one column is below the other.
        """
        place = self.node * self.order + self.row
        is_first = place[left] <= place[right]
        own, other = np.where(is_first, left, right), np.where(is_first, right, left)
        node = self.node[own]
        one, two = self.row[own], self.find(node, other)
        begin, width = self.begin[node], self.width[node]
        return begin + two * width + one, begin + one * width + two

    def _batch(self, group: Ints, own: Lists, below: Lists, parent: Ints) -> Batch:
        lower, above = below.table(group, self.order), parent[group]
        rows, columns = np.nonzero(lower < self.order)
        place = np.zeros_like(lower)
        place[rows, columns] = self.find(above[rows], lower[rows, columns])
        return Batch(
            own=own.table(group, self.order),
            below=lower,
            begin=int(self.begin[group[0]]),
            target=self.begin[above],
            width=self.width[above],
            place=place,
        )


def _groups(own: Ints, below: Ints, parent: Ints) -> list[Ints]:
    """Sort fronts by height in the tree and shape."""
    height = [0] * len(parent)
    by_shape: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    sizes = zip(parent.tolist(), own.tolist(), below.tolist(), strict=True)
    for node, (above, first, second) in enumerate(sizes):
        by_shape[height[node], _rounded(first), _rounded(second)].append(node)
        if above >= 0:
            height[above] = max(height[above], height[node] + 1)
    return [np.array(by_shape[key], dtype=np.intp) for key in sorted(by_shape)]


def _rounded(size: int) -> int:
    """Round a size up, by at most a quarter."""
    if size <= _EXACT_UP_TO:
        return size
    step = max(1, (1 << (size.bit_length() - 1)) // _STEPS_BY_OCTAVE)
    return -(-size // step) * step


def _layout(groups: Sequence[Ints], own: Ints, below: Ints) -> tuple[Ints, Ints, Ints]:
    """Give where each front begins, its order, and in which row its columns below begin."""
    begin, width, start = (np.zeros(len(own), dtype=np.intp) for _ in range(3))
    end = 0
    for group in groups:
        first = int(own[group].max())
        order = first + int(below[group].max())
        begin[group] = end + np.arange(len(group)) * order**2
        width[group], start[group] = order, first
        end += len(group) * order**2
    return begin, width, start


def _diagonals(group: Ints, begin: Ints, width: Ints, start: Ints) -> Ints:
    steps = np.arange(start[group[0]]) * (width[group[0]] + 1)
    return np.asarray(begin[group][:, None] + steps, dtype=np.intp).ravel()

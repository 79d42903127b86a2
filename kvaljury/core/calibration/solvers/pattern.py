"""Who shares what in a design: found once, then every assembly is a few sums."""

from __future__ import annotations

from functools import cached_property

import attrs
import numpy as np
from numpy.typing import NDArray

from kvaljury.core.calibration.solvers.cells import Cells
from kvaljury.core.calibration.solvers.elimination import Elimination, Lists
from kvaljury.core.calibration.solvers.ordering import order_nodes
from kvaljury.core.model.panel import Ints

_MOSTLY_EMPTY = 50
_Hashes = NDArray[np.uint64]


@attrs.frozen(eq=False)
class Pattern:
    """Where the cross-products of a design lie.

    Levels of the eliminated effect whose cells are alike are one kind: the entries that a team
    has read alone. Sums over them are formed once for each kind.

    Attributes:
        elimination: of the columns that are kept.
        kind: ``(q,)`` kind of each level of the eliminated effect.
        number: ``(g,)`` how many levels are of each kind.
        cell: ``(c,)`` cells of one level of each kind, sorted by kind.
        holder: ``(p,)`` kind of each meeting of a kind with a column, sorted.
        column: ``(p,)`` its column.
        meeting: ``(c, k)`` which meeting each of the cells adds to, by effect that is kept.
        left: ``(l,)`` meetings with one kind, in pairs: the one.
        right: ``(l,)`` the other, which may be the same.
        pair: ``(l,)`` pair of columns that they add to.
        first: ``(z,)`` address of each pair of columns.
        second: ``(z,)`` the address on the other side of the diagonal.
        one: ``(z,)`` one column of each pair.
        other: ``(z,)`` the other.
        alone: ``(m,)`` pair of each column with itself.
        beside: ``(c, k (k + 1) / 2)`` which pair of columns each cell adds to by itself.
    """

    elimination: Elimination
    kind: Ints
    number: Ints
    cell: Ints
    holder: Ints
    column: Ints
    meeting: Ints
    left: Ints
    right: Ints
    pair: Ints
    first: Ints
    second: Ints
    one: Ints
    other: Ints
    alone: Ints
    beside: Ints

    @classmethod
    def of(cls, cells: Cells, columns: tuple[Ints, ...]) -> Pattern:
        """Find the kinds, an order of elimination, and the addresses.

        Args:
            cells: of the design.
            columns: column of each cell, by effect that is kept.
        """
        order = sum(cells.sizes[1:])
        table = np.stack(columns, axis=1)
        kind, cell, owner = _kinds(cells, table)
        holder, column, meeting = _meetings(owner, table[cell], order)
        members, cliques = _alike(holder, column)
        elimination = Elimination.of(order_nodes(members.lengths.tolist(), cliques), members)
        left, right = _pairs(holder)
        first, second = elimination.locate(column[left], column[right])
        unique, index = _compressed(first, elimination.size)
        shown = np.empty(len(unique), dtype=np.intp)
        shown[index] = np.arange(len(index))
        alone = np.empty(order, dtype=np.intp)
        is_alone = left == right
        alone[column[left[is_alone]]] = index[is_alone]
        inside = [
            elimination.locate(table[cell, a], table[cell, b])[0]
            for a in range(table.shape[1])
            for b in range(a + 1)
        ]
        return cls(
            elimination=elimination,
            kind=kind,
            number=np.bincount(kind),
            cell=cell,
            holder=holder,
            column=column,
            meeting=meeting,
            left=left,
            right=right,
            pair=index,
            first=unique,
            second=second[shown],
            one=column[left[shown]],
            other=column[right[shown]],
            alone=alone,
            beside=np.searchsorted(unique, np.stack(inside, axis=1)),
        )

    @cached_property
    def by_width(self) -> list[tuple[Ints, Ints]]:
        """Kinds that meet equally many columns ``(n,)``, and their meetings ``(n, w)``."""
        widths = np.bincount(self.holder, minlength=len(self.number))
        begins = np.cumsum(widths) - widths
        kinds = [np.flatnonzero(widths == width) for width in np.unique(widths)]
        return [(kind, begins[kind][:, None] + np.arange(widths[kind[0]])) for kind in kinds]


def _mixed(values: Ints | _Hashes) -> _Hashes:
    """Scatter numbers over 64 bits, equal ones alike (the finaliser of splitmix64)."""
    mixed = values.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _summed(group: Ints, values: _Hashes) -> _Hashes:
    """Add hashes by group; groups are sorted and none is empty."""
    begins = np.flatnonzero(np.concatenate([[True], group[1:] != group[:-1]]))
    return np.add.reduceat(values, begins)


def _kinds(cells: Cells, table: Ints) -> tuple[Ints, Ints, Ints]:
    """Give the kind of each level, cells of one level of each kind, and the kind of those."""
    level = cells.levels[0]
    hashes = _mixed(np.unique(cells.weight, return_inverse=True)[1].astype(np.intp))
    for columns in table.T:
        hashes = _mixed(hashes ^ _mixed(columns))
    by_level = np.argsort(level, kind="stable")
    _, shown, kind = np.unique(
        _summed(level[by_level], hashes[by_level]), return_index=True, return_inverse=True
    )
    is_shown = np.zeros(cells.sizes[0], dtype=bool)
    is_shown[shown] = True
    cell = by_level[is_shown[level[by_level]]]
    owner = kind[level[cell]]
    by_kind = np.argsort(owner, kind="stable")
    return kind.astype(np.intp), cell[by_kind], owner[by_kind].astype(np.intp)


def _meetings(owner: Ints, table: Ints, order: int) -> tuple[Ints, Ints, Ints]:
    keys, meeting = np.unique((owner[:, None] * order + table).ravel(), return_inverse=True)
    return keys // order, keys % order, meeting.reshape(table.shape).astype(np.intp)


def _alike(holder: Ints, column: Ints) -> tuple[Lists, list[list[int]]]:
    """Join columns that meet the same kinds to nodes, and give the cliques of the nodes."""
    sums = _summed(holder, _mixed(column))
    _, shown = np.unique(sums, return_index=True)
    is_shown = np.zeros(len(sums), dtype=bool)
    is_shown[shown] = True
    holder, column = holder[is_shown[holder]], column[is_shown[holder]]
    by_column = np.argsort(column, kind="stable")
    _, node = np.unique(
        _summed(column[by_column], _mixed(sums[holder[by_column]])), return_inverse=True
    )
    nodes = Lists(np.argsort(node, kind="stable"), _ends(node))
    keys = np.unique(holder * len(nodes.ends) + node[column])
    begins = np.flatnonzero(np.diff(keys // len(nodes.ends), prepend=-1)).tolist()
    values = (keys % len(nodes.ends)).tolist()
    ends = [*begins[1:], len(values)]
    return nodes, [values[begin:end] for begin, end in zip(begins, ends, strict=True)]


def _ends(group: Ints) -> Ints:
    return np.concatenate([[0], np.cumsum(np.bincount(group))])


def _pairs(holder: Ints) -> tuple[Ints, Ints]:
    """Give every two meetings with one kind, each pair once, and each meeting with itself."""
    ends = np.searchsorted(holder, holder, side="right")
    here = np.arange(len(holder))
    partners = ends - here
    left = np.repeat(here, partners)
    begin = np.repeat(np.cumsum(partners) - partners, partners)
    return left, np.arange(len(left)) - begin + left


def _compressed(addresses: Ints, size: int) -> tuple[Ints, Ints]:
    """Give the addresses that occur, sorted, and the index of each in them."""
    if size > _MOSTLY_EMPTY * len(addresses):
        unique, index = np.unique(addresses, return_inverse=True)
        return unique, index.astype(np.intp)
    occurs = np.zeros(size, dtype=bool)
    occurs[addresses] = True
    unique = np.flatnonzero(occurs)
    index = np.cumsum(occurs) - 1
    return unique, index[addresses]

"""Rows of a panel to cells: rows that share a level of every effect, summed once."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
import numpy as np
from numpy.typing import NDArray

from kvaljury.core.model.panel import Floats, Ints

_SAME = 1e-12


@attrs.frozen(eq=False)
class Cells:
    """Sums over the rows of each cell, sufficient for every model with these effects.

    Attributes:
        names: effects by name; the one that will be eliminated stands first.
        levels: ``(r,)`` level of each cell by effect.
        sizes: number of levels by effect.
        weight: ``(r,)`` number of rows.
        total: ``(r,)`` sum of the response, less its origin.
        fixed: ``(r, p)`` sums of the fixed design.
        fixed_cross: ``(p, p)`` cross-products of the fixed design over rows.
        fixed_total: ``(p,)`` products of the fixed design with the response.
        square: sum of the squared response that the cells leave to explain.
        freedom: rows less the rank of the fixed design.
        origin: ``(f,)`` to be added to what is reported of the fixed design.
        report: ``(f, p)`` turns estimates into what is reported; None where they are the same.
        log_constant: to be added to the log-determinant of the fixed part.
    """

    names: tuple[str, ...]
    levels: tuple[Ints, ...]
    sizes: tuple[int, ...]
    weight: Floats
    total: Floats
    fixed: Floats
    fixed_cross: Floats
    fixed_total: Floats
    square: float
    freedom: int
    origin: Floats
    report: Floats | None = None
    log_constant: float = 0.0

    @classmethod
    def of_rows(cls, response: Floats, fixed: Floats, effects: Mapping[str, Ints]) -> Cells:
        """Take every row as a cell of its own.

        Args:
            response: ``(r,)`` values.
            fixed: ``(r, p)`` design of full column rank whose columns sum to one (cell means).
            effects: ``(r,)`` levels by effect, from 0 without gaps.
        """
        origin = float(np.mean(response))
        response = response - origin
        return cls(
            names=tuple(effects),
            levels=tuple(effects.values()),
            sizes=_sizes(effects),
            weight=np.ones(len(response)),
            total=response,
            fixed=fixed,
            fixed_cross=fixed.T @ fixed,
            fixed_total=fixed.T @ response,
            square=float(response @ response),
            freedom=len(response) - fixed.shape[1],
            origin=np.full(fixed.shape[1], origin),
        )

    @classmethod
    def of_marks(
        cls,
        response: Floats,
        mean: Ints,
        cell: Ints,
        effects: Mapping[str, Ints],
        group: Ints | None = None,
    ) -> Cells:
        """Sum rows by cell.

        Where every cell has the same share of every mean, as when no mark is missing, the
        differences between the means are known apart from the rest: one mean a group is left
        to fit.

        Args:
            response: ``(n,)`` values, one a mark.
            mean: ``(n,)`` index of the fixed mean (the question) of each row.
            cell: ``(n,)`` index of the cell of each row, from 0 without gaps.
            effects: ``(r,)`` levels of each cell by effect.
            group: ``(r,)`` index of each cell's group (the class), from 0 without gaps; what a
                group differs from the first one of those that share means with it is fixed too.
        """
        origin = float(np.mean(response))
        response = response - origin
        means, count = int(mean.max()) + 1, int(cell.max()) + 1
        tally = np.bincount(cell * means + mean, minlength=count * means)
        asked: Floats = tally.reshape(count, means).astype(np.float64)
        number, total = asked.sum(axis=1), np.bincount(cell, response).astype(np.float64)
        member = np.ones((count, 1)) if group is None else np.eye(int(group.max()) + 1)[group]
        contrasts = member[:, has_contrast(asked.T @ member)]
        beside = asked.T @ contrasts
        cells = cls(
            names=tuple(effects),
            levels=tuple(effects.values()),
            sizes=_sizes(effects),
            weight=number,
            total=total,
            fixed=np.hstack([asked, number[:, None] * contrasts]),
            fixed_cross=np.block(
                [[np.diag(asked.sum(axis=0)), beside], [beside.T, np.diag(number @ contrasts)]]
            ),
            fixed_total=np.concatenate([np.bincount(mean, response), total @ contrasts]),
            square=float(response @ response),
            freedom=len(response) - means - contrasts.shape[1],
            origin=np.concatenate([np.full(means, origin), np.zeros(contrasts.shape[1])]),
        )
        return cells._reduced(asked, member)

    def reported(self, estimates: Floats) -> Floats:
        """Turn the estimates ``(p,)`` of the fixed design into means and contrasts ``(f,)``."""
        return self.origin + (estimates if self.report is None else self.report @ estimates)

    def _reduced(self, asked: Floats, member: Floats) -> Cells:
        """Leave one mean a group to fit where every cell has the same share of each mean."""
        share = asked / self.weight[:, None]
        means, groups = asked.shape[1], member.shape[1]
        if means == 1 or np.ptp(share, axis=0).max() > _SAME:
            return self
        rows = asked.sum(axis=0)
        own = self.fixed_total[:means] / rows
        between = float(self.total @ (self.total / self.weight))
        contrasts = own - own @ share[0]
        within = self.square - between - float(contrasts**2 @ rows)
        first = np.zeros((means + groups - 1, groups))
        first[:means, 0] = 1
        first[means:] = np.eye(groups)[1:]
        first[means:, 0] = -1
        return attrs.evolve(
            self,
            fixed=self.weight[:, None] * member,
            fixed_cross=np.diag(self.weight @ member),
            fixed_total=self.total @ member,
            square=within + between,
            origin=self.origin + np.concatenate([contrasts, np.zeros(groups - 1)]),
            report=first,
            log_constant=float(np.log(rows).sum() - np.log(rows.sum())),
        )


def has_contrast(shared: Floats) -> NDArray[np.bool_]:
    """Tell which groups can be told from another one by the means that they share.

    Args:
        shared: ``(means, groups)`` number of rows.

    Returns:
        ``(groups,)`` False for the first of each set of groups that means connect.

    >>> has_contrast(np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 2.0]])).tolist()
    [False, True, False]
    """
    return np.asarray(connected_groups(shared) != np.arange(shared.shape[1]), dtype=np.bool_)


def connected_groups(shared: Floats) -> Ints:
    """Give the first group ``(groups,)`` that each one is connected with by shared means."""
    reach = shared.T @ shared > 0
    while True:
        further = reach.astype(float) @ reach > 0
        if np.array_equal(further, reach):
            return np.asarray(np.argmax(reach, axis=1), dtype=np.intp)
        reach = further


def _sizes(effects: Mapping[str, Ints]) -> tuple[int, ...]:
    return tuple(int(level.max()) + 1 for level in effects.values())

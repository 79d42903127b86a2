"""Scores and joint draws to ranks with their uncertainty, within a class."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

import attrs
import numpy as np

from kvaljury.core.model.panel import Floats, Ints

LEVEL = 0.90
_ROUNDING = 1e-12
_TAILS = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)


@attrs.frozen(eq=False)
class RankStatistics:
    """Ranks of the entries of a class, in the order of their scores' array.

    Attributes:
        rank: ``(n,)`` 1 is best; equal after rounding shares a rank (1, 1, 3).
        tied: ``(n,)`` number of entries that share the rank.
        low: ``(n,)`` best rank of the 90 % interval, or None without draws; likewise the rest.
        high: ``(n,)`` worst rank of the interval.
        expected: ``(n,)`` mean rank.
        p_best: ``(n,)`` probability of rank 1.
        p_shortlist: ``(n,)`` probability of a rank up to k.
        above_next: ``(n,)`` probability of lying above the entries of the next rank, a half for
            all but the last, by order in the array, of those that share a rank; NaN at the end.
    """

    rank: Ints
    tied: Ints
    low: Ints | None = None
    high: Ints | None = None
    expected: Floats | None = None
    p_best: Floats | None = None
    p_shortlist: Floats | None = None
    above_next: Floats | None = None


def round_half_up(score: float, decimals: int) -> Decimal:
    """Round a quantised score as people do.

    Args:
        score: a number with at most 6 decimals.
        decimals: 0 to 6.

    >>> round_half_up(61.25, 1)
    Decimal('61.3')
    """
    return Decimal(f"{score:.6f}").quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def score_intervals(scores: Floats, draws: Floats) -> tuple[Floats, Floats]:
    """Give 90 % intervals of the scores' deviations from the mean of all read entries.

    The mean itself is uncertain too, but shared by all, so it says nothing of their order.

    Args:
        scores: ``(n,)`` of all read entries.
        draws: ``(m, n)`` joint draws of them.

    Returns:
        ``(n,)`` lower and upper ends, shifted back by the mean of the scores; never clipped.
    """
    deviations = draws - draws.mean(axis=1, keepdims=True)
    low, high = np.quantile(deviations, _TAILS, axis=0)
    centre = scores.mean()
    return low + centre, high + centre


def rank_scores(scores: Floats, draws: Floats | None, size: int, decimals: int) -> RankStatistics:
    """Rank the entries of a class.

    Args:
        scores: ``(n,)`` quantised scores.
        draws: ``(m, n)`` joint draws of them, or None where no uncertainty is known.
        size: k, how many the shortlist's probabilities are about.
        decimals: of the edition's rounding; entries equal after it are tied, and what the draws
            say is pooled over the tie.

    Returns:
        Ranks and, given draws, what they say.
    """
    shown = [round_half_up(score, decimals) for score in scores]
    rank = np.array([1 + sum(other > own for other in shown) for own in shown], dtype=np.intp)
    tied = np.array([shown.count(own) for own in shown], dtype=np.intp)
    if draws is None or len(scores) == 0:
        return RankStatistics(rank, tied)
    order = np.argsort(-draws, axis=1, kind="stable")
    drawn = np.empty_like(order)
    np.put_along_axis(drawn, order, np.arange(1, len(scores) + 1)[None, :], axis=1)
    counts = np.array([np.bincount(column, minlength=len(scores) + 1)[1:] for column in drawn.T])
    same = np.array([[other == own for other in shown] for own in shown], dtype=float)
    share = same @ counts / (len(draws) * tied[:, None])
    reached = np.cumsum(share, axis=1)
    low, high = (1 + np.argmax(reached >= tail - _ROUNDING, axis=1) for tail in _TAILS)
    return RankStatistics(
        rank,
        tied,
        low,
        high,
        expected=share @ np.arange(1, len(scores) + 1),
        p_best=share[:, 0],
        p_shortlist=share[:, :size].sum(axis=1),
        above_next=_above_next(rank, draws),
    )


def _above_next(rank: Ints, draws: Floats) -> Floats:
    """Compare neighbours draw by draw: two margins do not tell what is joint."""
    ordered = np.argsort(rank, kind="stable")
    groups = np.split(ordered, np.flatnonzero(np.diff(rank[ordered])) + 1)
    above = np.full(len(rank), np.nan)
    for group, following in pairwise(groups):
        difference = draws[:, group, None] - draws[:, None, following]
        above[group[-1]] = np.mean(difference > 0) + np.mean(difference == 0) / 2
    for group in groups:
        above[group[:-1]] = 0.5
    return above

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
    ordered = np.ascontiguousarray((draws - draws.mean(axis=1, keepdims=True)).T)
    ordered.sort(axis=1)
    low, high = (_quantile(ordered, tail) for tail in _TAILS)
    centre = scores.mean()
    return low + centre, high + centre


def _quantile(ordered: Floats, probability: float) -> Floats:
    """Interpolate sorted rows ``(n, m)`` as numpy does, which is several times slower."""
    place = probability * (ordered.shape[1] - 1)
    below = int(place)
    first, second = ordered[:, below], ordered[:, min(below + 1, ordered.shape[1] - 1)]
    part, gap = place - below, second - first
    return np.asarray(first + gap * part if part < 0.5 else second - gap * (1 - part))  # noqa: PLR2004  # the nearer end, for accuracy


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
    rounded = (round_half_up(score, decimals) for score in scores)
    shown = np.array([int(score.scaleb(decimals)) for score in rounded], dtype=np.int64)
    rank = 1 + (shown > shown[:, None]).sum(axis=1, dtype=np.intp)
    same = shown == shown[:, None]
    tied = same.sum(axis=1, dtype=np.intp)
    if draws is None or len(scores) == 0:
        return RankStatistics(rank, tied)
    share = same.astype(np.float64) @ _rank_counts(draws) / (len(draws) * tied[:, None])
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


def _rank_counts(draws: Floats) -> Ints:
    """Count how often each entry (row) has each rank (column); the first of equals ranks higher."""
    count = draws.shape[1]
    order = np.argsort(-draws, axis=1, kind="stable")
    pairs = np.bincount((order * count + np.arange(count)).ravel(), minlength=count**2)
    return pairs.reshape(count, count).astype(np.intp)


def _above_next(rank: Ints, draws: Floats) -> Floats:
    """Compare neighbours draw by draw: two margins do not tell what is joint."""
    by_entry = np.ascontiguousarray(draws.T)
    ordered = np.argsort(rank, kind="stable")
    groups = np.split(ordered, np.flatnonzero(np.diff(rank[ordered])) + 1)
    above = np.full(len(rank), np.nan)
    for group, following in pairwise(groups):
        one, other = by_entry[group, None], by_entry[None, following]
        wins, evens = np.count_nonzero(one > other), np.count_nonzero(one == other)
        pairs = len(group) * len(following) * by_entry.shape[1]
        above[group[-1]] = wins / pairs + evens / pairs / 2
    for group in groups:
        above[group[:-1]] = 0.5
    return above

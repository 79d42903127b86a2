"""Joint draws of many entries to their ranks, counted."""

from __future__ import annotations

import attrs
import numpy as np
from numpy.typing import NDArray

from kvaljury.core.calibration.equations import Fit, Singles, draw_effects
from kvaljury.core.model.panel import Floats, Ints

LEVEL = 0.90
_TAILS = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)
_ROUNDING = 1e-9
_KEY_BITS = 30
_BLOCK_ELEMENTS = 4_000_000
_LOT = 1e-4

_Ranks = NDArray[np.uint16] | NDArray[np.uint32]


@attrs.frozen(eq=False)
class Places:
    """What draws say of the ranks of entries, each within its class; 1 is best.

    Attributes:
        expected: ``(n,)`` mean rank.
        low: ``(n,)`` best rank of the 90 % interval.
        high: ``(n,)`` worst rank of the interval.
        best: ``(n,)`` probability of rank 1.
        top: ``(n,)`` probability of a rank up to k.
    """

    expected: Floats
    low: Ints
    high: Ints
    best: Floats
    top: Floats


def draw_places(
    fit: Fit,
    class_of_entry: Ints | None,
    draws: int,
    top: int,
    seed: int,
    *,
    cohort: Ints | None = None,
) -> Places:
    """Draw the ranks of entries within their classes.

    Args:
        fit: a fitted model, the entries its first effect; entries of one class share their fixed
            part, so it does not enter.
        class_of_entry: ``(n,)`` class of each entry from 0 without gaps, None for one class.
        draws: number of draws.
        top: k, how many places the probability of a place among the best is about.
        seed: of the random numbers.
        cohort: ``(n,)`` level of each entry's cohort, whose effect is part of the score.

    Returns:
        Expected ranks, intervals and probabilities; where no variance between entries was
        found, equal ones are ranked by lot in each draw.
    """
    entries = len(fit.effects[fit.system.design.cells.names[0]])
    if class_of_entry is None:
        class_of_entry = np.zeros(entries, dtype=np.intp)
    by_class = np.argsort(class_of_entry, kind="stable")
    members = np.split(by_class, np.cumsum(np.bincount(class_of_entry))[:-1])
    ranks: _Ranks = np.empty((draws, entries), _type_for(entries))
    is_level = fit.variance[fit.system.design.cells.names[0]] == 0
    lots = np.random.Generator(np.random.SFC64([seed, 1]))
    done = 0
    for _, drawn in draw_effects(fit, draws, seed, cohort):
        effects = drawn - drawn.mean(axis=1, keepdims=True)
        if is_level:
            effects = _parted(effects, lots)
        for own in members:
            part = effects if len(members) == 1 else effects[:, own]
            ranked = rank_rows(part, ranks.dtype)
            if len(members) == 1:
                ranks[done : done + len(effects)] = ranked
            else:
                ranks[done : done + len(effects), own] = ranked
        done += len(effects)
    return count_places(ranks, top)


def _parted(scores: Singles, generator: np.random.Generator) -> Singles:
    """Put scores that are equal in order by lot: the order of the ids must not decide."""
    reach = np.float32(_LOT * (float(np.abs(scores).max()) or 1.0))
    lots = generator.random(scores.shape, dtype=np.float32)
    return np.asarray(scores + reach * lots, dtype=np.float32)


def rank_rows(scores: Singles, kind: np.dtype[np.uint16] | np.dtype[np.uint32]) -> _Ranks:
    """Rank within rows, the highest first.

    Sorting whole numbers, made of the score and the place, is several times faster than sorting
    places by score.

    Args:
        scores: ``(b, n)``.
        kind: of the ranks.

    Returns:
        ``(b, n)`` from 1; of scores that are equal to nine digits the first stands first.

    >>> rank_rows(np.array([[1.5, -2.0, 7.0]], dtype=np.float32), np.dtype(np.uint16)).tolist()
    [[2, 3, 1]]
    """
    entries = scores.shape[1]
    digits = max(1, entries.bit_length())
    largest = float(np.abs(scores).max()) or 1.0
    keys = (scores * (-(2.0**_KEY_BITS) / largest)).astype(np.int64)
    keys <<= digits
    keys |= np.arange(entries)
    keys.sort(axis=1)
    keys &= (1 << digits) - 1
    ranks = np.empty(scores.shape, kind)
    places = np.arange(1, scores.shape[1] + 1, dtype=kind)
    for row, places_of in zip(ranks, keys, strict=True):
        row[places_of] = places
    return ranks


def count_places(ranks: _Ranks, top: int) -> Places:
    """Summarise draws of ranks.

    Args:
        ranks: ``(m, n)``.
        top: k.
    """
    draws, entries = ranks.shape
    low, high = (np.empty(entries, dtype=np.intp) for _ in range(2))
    tails = [max(0, int(np.ceil(tail * draws - _ROUNDING)) - 1) for tail in _TAILS]
    step = max(1, _BLOCK_ELEMENTS // draws)
    for first in range(0, entries, step):
        block = np.ascontiguousarray(ranks[:, first : first + step].T, dtype=np.int32)
        block.partition(tails, axis=1)
        low[first : first + step] = block[:, tails[0]]
        high[first : first + step] = block[:, tails[1]]
    return Places(
        expected=ranks.sum(axis=0, dtype=np.uint64) / draws,
        low=low,
        high=high,
        best=(ranks == 1).mean(axis=0),
        top=(ranks <= top).mean(axis=0),
    )


def _type_for(entries: int) -> np.dtype[np.uint16] | np.dtype[np.uint32]:
    return np.dtype(np.uint16) if entries <= np.iinfo(np.uint16).max else np.dtype(np.uint32)

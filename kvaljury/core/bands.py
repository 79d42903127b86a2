"""Scores of a class to thirds, which tell a unit where it stands and nothing of others."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

LEAST = 6
"""Entries below which no band is told: each third must hold two, so that none is one unit."""

_THIRDS = 3


class Band(StrEnum):
    """A third of a class."""

    UPPER = "upper"
    MIDDLE = "middle"
    LOWER = "lower"


def bands_of(scores: Mapping[str, float], decimals: int) -> dict[str, Band]:
    """Divide a class into thirds.

    Args:
        scores: by entry id, 0-100, of a class whose entries can be compared.
        decimals: of scores as the edition rounds them; entries that are equal then are tied.

    Returns:
        By entry id; tied entries share the band of their middle place, the higher one where a
        tie lies astride a limit. Empty where there are fewer than `LEAST`.

    >>> [band.value for band in bands_of(dict(zip("abcdef", (9, 8, 7, 6, 5, 4))), 1).values()]
    ['upper', 'upper', 'middle', 'middle', 'lower', 'lower']
    """
    if len(scores) < LEAST:
        return {}
    shown = {entry: round(score, decimals) for entry, score in scores.items()}
    values = list(shown.values())
    return {entry: _band(score, values) for entry, score in shown.items()}


def _band(score: float, values: list[float]) -> Band:
    above = sum(value > score for value in values)
    tied = values.count(score)
    # Places from 0, doubled so that the middle of a tie stays a whole number.
    middle = 2 * above + tied - 1
    return tuple(Band)[_THIRDS * middle // (2 * len(values))]

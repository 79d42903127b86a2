"""Readings' area scores and weights of the areas to totals, for many weights at once."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np

from kvaljury.core.model import Area, Reading
from kvaljury.core.model.panel import Floats


@attrs.frozen(eq=False)
class AreaScores:
    """Area scores of readings.

    Attributes:
        areas: ``(a,)`` ids of the areas that weigh something, in the order of the instructions.
        weights: ``(a,)`` the edition's, percent; they sum to 100.
        scores: ``(r, a)`` on 0-100, 0 where there is none.
        there: ``(r, a)`` 1.0 where the reading has a score on the area, else 0.0.
    """

    areas: tuple[str, ...]
    weights: Floats
    scores: Floats
    there: Floats

    def totals(self, weights: Floats) -> Floats:
        """Combine the areas' scores by other weights, made to sum to one over what is there.

        Args:
            weights: ``(…, a)`` in any unit, none negative.

        Returns:
            ``(…, r)`` totals on the scale of the scores; NaN where nothing that a reading has
            weighs anything.
        """
        weight = weights @ self.there.T
        total = weights @ self.scores.T
        lacking = np.full_like(total, np.nan)
        return np.asarray(np.divide(total, weight, out=lacking, where=weight > 0))


def area_scores(areas: Sequence[Area], readings: Sequence[Reading]) -> AreaScores:
    """Put the area scores of readings into arrays.

    Args:
        areas: of the rule set, with the edition's weights.
        readings: as scored; the order is kept.
    """
    weighing = [area for area in areas if area.weight]
    shape = (len(readings), len(weighing))
    scores, there = np.zeros(shape), np.zeros(shape)
    for row, reading in enumerate(readings):
        for column, area in enumerate(weighing):
            if area.id in reading.areas:
                scores[row, column] = float(reading.areas[area.id])
                there[row, column] = 1.0
    weights = np.array([float(area.weight) for area in weighing])
    return AreaScores(tuple(area.id for area in weighing), weights, scores, there)


def draw_weights(weights: Floats, draws: int, concentration: float, seed: int) -> Floats:
    """Draw weights around the edition's.

    Args:
        weights: ``(a,)`` percent, each above 0.
        draws: number of draws, m.
        concentration: the higher, the nearer to the edition's weights; the share p of an area
            has the mean p and the standard deviation sqrt(p (1 - p) / (concentration + 1)).
        seed: of the random numbers.

    Returns:
        ``(m, a)`` percent, each row summing to 100.

    Source:
        Lahdelma and Salminen (2001), SMAA-2, Operations Research 49(3), 444-454, where weights
        are drawn from a distribution over those that can be defended; here a Dirichlet one.
    """
    shares = weights / weights.sum()
    generator = np.random.default_rng(seed)
    return np.asarray(100 * generator.dirichlet(concentration * shares, draws))


def shifted_weights(weights: Floats, area: int, after: Floats) -> Floats:
    """Give one area other weights; the others keep their proportions.

    Args:
        weights: ``(a,)`` percent, at least two areas.
        area: index of the area.
        after: ``(m,)`` its new weights, percent, 0-100.

    Returns:
        ``(m, a)`` percent, each row summing to 100.
    """
    total = float(weights.sum())
    left = (total - after) / (total - weights[area])
    shifted = left[:, None] * weights
    shifted[:, area] = after
    return np.asarray(shifted)

"""The smallest shift of one area's weight that alters the list of a class."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

import attrs
import numpy as np

from kvaljury.core.model.panel import Floats
from kvaljury.core.model.sensitivity import WeightChange
from kvaljury.core.sensitivity.area_weights import AreaScores, shifted_weights
from kvaljury.core.sensitivity.crossing import Candidate, smallest_verified
from kvaljury.core.sensitivity.places import Bools, is_listed
from kvaljury.core.sensitivity.recalculation import (
    RankedClass,
    Trial,
    list_of,
    own_list,
    with_totals,
)

_HUNDRED = 100.0
_FINE_STEP = 0.25
_COARSE_STEP = 4.0
_PARTS = 250
_TRIED = 3


def smallest_weight_change(
    trial: Trial, ranked: RankedClass, response: Floats | None, areas: AreaScores
) -> WeightChange | None:
    """Find which area's weight, shifted least, alters the list of a class, and verify it.

    Shifts are tried in steps of 0.25 percentage points with a linear response (4 without), so a
    list that changes and changes back within a step may be passed over; the first step that
    alters the list is then narrowed down with everything estimated anew.

    Args:
        trial: what to compute with.
        ranked: a class with more entries than k, none tied at the cut.
        response: of the class, ``(n, r)``, or None.
        areas: area scores of the trial's readings.

    Returns:
        A shift that alters the list while one smaller by 1 % does not, or None where no such
        shift within 0-100 was found.
    """
    if len(areas.areas) == 1:
        return None
    alone = attrs.evolve(trial, classes=(ranked,))
    before = own_list(alone)

    @cache
    def list_after(area: int, change: float) -> Bools | None:
        (totals,) = _shifted_totals(areas, area, np.array([change]))
        return list_of(alone, with_totals(alone.readings, totals))

    def alters(area: int, change: float) -> bool:
        after = list_after(area, change)
        return after is not None and bool((before & ~after).any())

    def are_altering(area: int, changes: Floats) -> Bools:
        if response is None:
            return np.array([alters(area, change) for change in changes.tolist()])
        totals = _shifted_totals(areas, area, changes)
        scores = predicted_scores(alone, ranked, response, totals)
        computable = np.isfinite(scores[:, 0])
        lists = is_listed(np.where(computable[:, None], scores, 0.0), ranked.size)
        return np.asarray(computable & (before & ~lists).any(axis=1))

    best = smallest_verified(_candidates(areas, are_altering, response is None), alters)
    after = None if best is None else list_after(best.subject, best.change)
    if best is None or after is None:
        return None
    weight = float(areas.weights[best.subject])
    return WeightChange(
        area=areas.areas[best.subject],
        before=round(weight, 6),
        after=round(weight + best.change, 6),
        comes_on=ranked.named(after & ~before),
        falls_off=ranked.named(before & ~after),
    )


def predicted_scores(trial: Trial, ranked: RankedClass, response: Floats, totals: Floats) -> Floats:
    """Give the scores of a class for other totals by its linear response.

    Args:
        trial: with its own scores.
        ranked: the class.
        response: of the class, ``(n, r)``.
        totals: ``(m, r)``; a row with NaN gives NaN.

    Returns:
        ``(m, n)``.
    """
    rows = [trial.panel.entries.index(entry) for entry in ranked.entries]
    return np.asarray(trial.base.scores[rows] + (totals - trial.panel.score) @ response.T)


def _shifted_totals(areas: AreaScores, area: int, changes: Floats) -> Floats:
    after = np.clip(areas.weights[area] + changes, 0.0, _HUNDRED)
    return areas.totals(shifted_weights(areas.weights, area, after))


def _candidates(
    areas: AreaScores, are_altering: Callable[[int, Floats], Bools], is_costly: bool
) -> list[Candidate]:
    """Give the few smallest shifts, one for each area and direction, that alter the list."""
    found = []
    for area, weight in enumerate(areas.weights.tolist()):
        for direction, limit in ((1.0, _HUNDRED - weight), (-1.0, weight)):
            tried = partial(_are_enough, are_altering, area, direction)
            step = _COARSE_STEP if is_costly else _FINE_STEP
            size = _first(tried, np.append(np.arange(step, limit, step), limit))
            if size is not None and not is_costly:
                finer = np.linspace(max(size - step, 0.0), size, _PARTS + 1)[1:]
                size = _first(tried, finer)
            if size is not None:
                found.append(Candidate(area, direction, size, limit))
    found.sort(key=lambda c: (c.size, areas.areas[c.subject], c.direction))
    return found[:_TRIED]


def _are_enough(
    are_altering: Callable[[int, Floats], Bools], area: int, direction: float, sizes: Floats
) -> Bools:
    return are_altering(area, direction * sizes)


def _first(are_enough: Callable[[Floats], Bools], sizes: Floats) -> float | None:
    enough = are_enough(sizes)
    return float(sizes[enough.argmax()]) if enough.any() else None

"""A trial to the scenarios that have a name: who or what is left out, how readings combine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import attrs
import numpy as np

from kvaljury.core.comparability import quantised
from kvaljury.core.model import Area, Reading
from kvaljury.core.model.panel import Floats
from kvaljury.core.model.sensitivity import Family
from kvaljury.core.scoring import weighted_mean
from kvaljury.core.sensitivity.recalculation import (
    Recalculated,
    Trial,
    recalculate,
    with_own_total,
)

Combine = Callable[[Floats], np.floating]

WEIGHTS_CODE = "weights"


@attrs.frozen
class Scenario:
    """One way in which things might have been otherwise.

    Attributes:
        code: stable word for scripts (``"without-examiner:E07"``).
        family: its kind.
        scores: computes its scores.
    """

    code: str
    family: Family
    scores: Callable[[], Recalculated]


def named_scenarios(trial: Trial) -> tuple[Scenario, ...]:
    """Give every scenario with a name.

    Args:
        trial: what to compute with.

    Returns:
        One for each examiner and each area that weighs something, then raw scores, the mean and
        the median of the examiners; always in the same order.
    """
    return (*_without_examiners(trial), *_without_areas(trial), *_other_combinations(trial))


def _without_examiners(trial: Trial) -> Iterator[Scenario]:
    def without(examiner: str) -> Recalculated:
        kept = [reading for reading in trial.readings if reading.examiner != examiner]
        return recalculate(trial, kept)

    for examiner in trial.panel.examiners:
        code = f"without-examiner:{examiner}"
        yield Scenario(code, Family.EXAMINERS, partial(without, examiner))


def _without_areas(trial: Trial) -> Iterator[Scenario]:
    areas = [area for area in trial.edition.rules.areas if area.weight]

    def without(left_out: Area) -> Recalculated:
        kept = [area for area in areas if area is not left_out]
        return recalculate(trial, _over_areas(trial.readings, kept))

    for area in areas if len(areas) > 1 else ():
        yield Scenario(f"without-area:{area.id}", Family.AREAS, partial(without, area))


def _over_areas(readings: Sequence[Reading], areas: Sequence[Area]) -> list[Reading]:
    """Score readings over some areas, exactly; those that have none of them are left out."""
    totals = [(reading, weighted_mean(areas, reading.areas)) for reading in readings]
    return [with_own_total(reading, total) for reading, total in totals if total is not None]


def _other_combinations(trial: Trial) -> Iterator[Scenario]:
    raw = dict(zip(trial.panel.entries, quantised(trial.panel.raw).tolist(), strict=True))
    yield Scenario("raw", Family.RAW, partial(Recalculated, raw, raw))
    for code, combine in (("mean", np.mean), ("median", np.median)):
        yield Scenario(code, Family.AGGREGATION, partial(_combine_otherwise, trial, combine))


def _combine_otherwise(trial: Trial, combine: Combine) -> Recalculated:
    return Recalculated(
        raw=_combined(trial, trial.panel.score, combine),
        scores=_combined(trial, adjusted_totals(trial), combine),
    )


def adjusted_totals(trial: Trial) -> Floats:
    """Give totals without the severities of examiner and team, where the method estimated any.

    Args:
        trial: with its own scores.

    Returns:
        ``(r,)`` points.
    """
    effects = trial.base.summary.effects
    adjusted = trial.panel.score.copy()
    for name in ("examiner", "team"):
        severity = effects.get(name, {})
        adjusted -= [severity.get(getattr(reading, name), 0.0) for reading in trial.readings]
    return adjusted


def _combined(trial: Trial, totals: Floats, combine: Combine) -> dict[str, float]:
    found = [combine(totals[trial.panel.entry == i]) for i in range(len(trial.panel.entries))]
    return dict(zip(trial.panel.entries, quantised(np.array(found)).tolist(), strict=True))

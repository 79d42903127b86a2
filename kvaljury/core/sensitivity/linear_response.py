"""Scores as a linear function of the totals, where they are one."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
import numpy as np

from kvaljury.core.calibration.groups import mean_groups, without_gaps
from kvaljury.core.comparability import quantised
from kvaljury.core.model import Panel, Text
from kvaljury.core.model.panel import Floats, Ints
from kvaljury.core.sensitivity.recalculation import Trial, recalculate, with_totals

_CLOSE = 1e-4
_TRIED = 2.0
_LARGEST_SYSTEM = 6000


@attrs.frozen(eq=False)
class Responses:
    """How the scores of classes follow the totals of all readings.

    Attributes:
        by_class: by class id ``(n, r)`` points of score for a point of total, in the order of
            the class's entries, or None where the scores are no linear function of the totals.
        keeps_estimates: whether a response takes for fixed what the method estimated.
    """

    by_class: Mapping[str, Floats | None]
    keeps_estimates: bool


def class_responses(trial: Trial) -> Responses:
    """Find how the scores of each class follow the totals of all readings.

    A mixed model's variance components are kept as they were estimated; that its matrix gives
    the scores that the method gave is checked. A method that gave the raw scores is taken to go
    on doing so. For another method, totals are changed one after the other, and what a change of
    all of them does is checked.

    Args:
        trial: what to compute with.
    """
    found: dict[str, Floats | None] = {}
    keeps = False
    for comparable in (True, False):
        classes = tuple(c for c in trial.classes if c.comparable is comparable)
        if classes:
            matrix, kept = _response(attrs.evolve(trial, classes=classes))
            ends = np.cumsum([len(ranked.entries) for ranked in classes])[:-1]
            parts = [None] * len(classes) if matrix is None else np.split(matrix, ends)
            found.update(zip((ranked.id for ranked in classes), parts, strict=True))
            keeps = keeps or kept
    return Responses(found, keeps)


def _response(part: Trial) -> tuple[Floats | None, bool]:
    """Give the response of classes and whether it keeps estimates."""
    fitted = _fitted_response(part) if part.classes[0].comparable else None
    if fitted is not None:
        return fitted, True
    rows = _rows(part)
    means = _means(part.panel)[rows]
    if _is_linear(part, means):
        return means, False
    if (part.base.scores[rows] == quantised(part.panel.raw)[rows]).all():
        raw = tuple(attrs.evolve(ranked, comparable=False) for ranked in part.classes)
        if _is_linear(attrs.evolve(part, classes=raw), means):
            return means, True
    return _by_differences(part), False


def _fitted_response(part: Trial) -> Floats | None:
    matrix = mixed_model_response(part.panel, part.base.summary.variance)
    rows = _rows(part)
    if matrix is None or not _gives(matrix[rows], part.panel.score, part.base.scores[rows]):
        return None
    return np.asarray(matrix[rows])


def _rows(part: Trial) -> list[int]:
    return [part.panel.entries.index(entry) for c in part.classes for entry in c.entries]


def mixed_model_response(panel: Panel, variance: Mapping[str, float | None]) -> Floats | None:
    """Give the best linear unbiased predictions of all scores as a matrix.

    Args:
        panel: readings of all teams.
        variance: components by effect (entry, team, cohort, examiner) and ``residual``, squared
            points; None or 0 where there is no such effect.

    Returns:
        ``(n, r)``, or None where the components are not those of such a model.

    Source:
        Henderson's mixed-model equations (Henderson 1975, Biometrics 31, 423-447).
    """
    known = {name: value for name, value in variance.items() if value}
    error = known.pop("residual", None)
    levels = _levels(panel)
    if error is None or not known.keys() <= levels.keys():
        return None
    group = mean_groups(panel.entry_class)
    blocks = [_dummies(group[panel.entry])] + [_dummies(levels[name]) for name in known]
    penalty = [np.zeros(blocks[0].shape[1])]
    penalty += [
        np.full(b.shape[1], error / known[n]) for n, b in zip(known, blocks[1:], strict=True)
    ]
    design = np.hstack(blocks)
    if design.shape[1] > _LARGEST_SYSTEM:
        return None
    solved = np.linalg.solve(design.T @ design + np.diag(np.concatenate(penalty)), design.T)
    parts = np.split(solved, np.cumsum([block.shape[1] for block in blocks])[:-1])
    response = parts[0][group]
    for name, part in zip(known, parts[1:], strict=True):
        if name == "entry":
            response = response + part
        if name == "cohort":
            response = response + part[without_gaps(panel.home)]
    return np.asarray(response)


def _levels(panel: Panel) -> dict[str, Ints]:
    return {
        "entry": panel.entry,
        "team": panel.team,
        "examiner": panel.examiner,
        "cohort": without_gaps(panel.home)[panel.entry],
    }


def _dummies(level: Ints) -> Floats:
    return np.eye(int(level.max()) + 1)[level]


def _means(panel: Panel) -> Floats:
    weights = _dummies(panel.entry).T
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def _gives(matrix: Floats, totals: Floats, scores: Floats) -> bool:
    return bool(np.abs(matrix @ totals - scores).max() < _CLOSE)


def _is_linear(part: Trial, matrix: Floats) -> bool:
    """Tell whether a matrix gives the scores for the totals and for others not far from them."""
    start = part.panel.score
    return all(
        (scores := _scores_at(part, totals)) is not None and _gives(matrix, totals, scores)
        for totals in (start, start + _nudges(len(start)))
    )


def _nudges(count: int) -> Floats:
    """Give changes without any pattern of the design's; any would do, so the seed is fixed."""
    return np.round(np.random.default_rng(1).uniform(-_TRIED, _TRIED, count), 3)


def _by_differences(part: Trial) -> Floats | None:
    start, nudges = part.panel.score, _nudges(len(part.readings))
    base, once, twice = (_scores_at(part, start + times * nudges) for times in range(3))
    if base is None or once is None or twice is None:
        return None
    if np.abs(twice - 2 * once + base).max() > _CLOSE:
        return None
    columns = []
    for unit in np.eye(len(start)):
        moved = _scores_at(part, start + unit)
        if moved is None:
            return None
        columns.append(moved - base)
    matrix = np.array(columns).T
    return matrix if _gives(matrix, nudges, once - base) else None


def _scores_at(part: Trial, totals: Floats) -> Floats | None:
    computed = recalculate(part, with_totals(part.readings, totals))
    scores = [computed.of_class(ranked) for ranked in part.classes]
    known = [found for found in scores if not isinstance(found, Text)]
    return np.concatenate(known) if len(known) == len(scores) else None

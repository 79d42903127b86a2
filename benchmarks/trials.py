"""A panel with known truth to how well each method recovers it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs
import numpy as np

from benchmarks.panels import DESIGNS, Floats, Sample, sample_panel
from kvaljury import CalibrationSettings, Panel, RulesFault, calibration
from kvaljury.core.ranking import score_intervals
from kvaljury_plugins import least_squares, z_score

PODIUM = 3


@attrs.frozen(eq=False)
class Recovered:
    """What a method makes of a panel.

    Attributes:
        scores: ``(n,)``.
        draws: ``(m, n)`` joint draws of them, or None where a method gives none.
    """

    scores: Floats
    draws: Floats | None = None


@attrs.frozen
class Trial:
    """How well a method did on a panel; NaN where it gives no draws.

    Attributes:
        tau: Kendall's tau-b of its scores and true quality.
        best_first: 1 where the truly best entry has the highest score, else 0.
        best_among_three: 1 where it is among the three highest.
        covered: share of entries whose 90 % interval holds their true deviation in quality from
            the mean of all entries.
        covered_answered: likewise, with how well entries answer these questions for quality.
        width: mean width of the intervals, points.
    """

    tau: float
    best_first: float
    best_among_three: float
    covered: float = np.nan
    covered_answered: float = np.nan
    width: float = np.nan


def try_methods(
    methods: Sequence[str], design: str, seed: int, draws: int = 4000
) -> tuple[Trial, ...]:
    """Calibrate a panel and hold the answers against the truth.

    Args:
        methods: keys of :data:`METHODS`.
        design: a key of ``DESIGNS``.
        seed: of the panel and of the draws.
        draws: number of joint draws.

    Returns:
        One replication of a row of the table.
    """
    sample = sample_panel(DESIGNS[design], seed)
    settings = CalibrationSettings(seed=seed, draws=draws)
    return tuple(judge(METHODS[name](sample.panel, settings), sample) for name in methods)


def judge(recovered: Recovered, sample: Sample) -> Trial:
    """Hold a method's answer against the truth."""
    scores, best = recovered.scores, np.argmax(sample.quality)
    place = 1 + np.sum(scores > scores[best])
    trial = Trial(
        tau=kendall_tau(scores, sample.quality),
        best_first=float(place == 1),
        best_among_three=float(place <= PODIUM),
    )
    if recovered.draws is None:
        return trial
    low, high = (end - scores.mean() for end in score_intervals(scores, recovered.draws))
    return attrs.evolve(
        trial,
        covered=coverage(low, high, sample.quality),
        covered_answered=coverage(low, high, sample.answered),
        width=float(np.mean(high - low)),
    )


def coverage(low: Floats, high: Floats, truth: Floats) -> float:
    """Give the share of intervals that hold the truth's deviation from its mean.

    >>> coverage(np.array([-2.0, 0.0]), np.array([0.0, 0.5]), np.array([4.0, 6.0]))
    0.5
    """
    deviation = truth - truth.mean()
    return float(np.mean((low <= deviation) & (deviation <= high)))


def kendall_tau(first: Floats, second: Floats) -> float:
    """Give Kendall's tau-b, pair by pair.

    >>> kendall_tau(np.array([1.0, 2.0, 3.0]), np.array([1.0, 3.0, 2.0]))
    0.3333333333333333
    """
    i, j = np.triu_indices(len(first), 1)
    one, other = np.sign(first[i] - first[j]), np.sign(second[i] - second[j])
    return float(one @ other / np.sqrt((one @ one) * (other @ other)))


def _raw(panel: Panel, _settings: CalibrationSettings) -> Recovered:
    return Recovered(panel.raw)


def _z_score(panel: Panel, settings: CalibrationSettings) -> Recovered:
    return Recovered(z_score.calibrate(panel, settings).scores)


def _least_squares(panel: Panel, settings: CalibrationSettings) -> Recovered:
    """Take the shortest of all solutions where the plugin refuses: luck."""
    try:
        answer = least_squares.calibrate(panel, settings)
    except RulesFault:
        names = ((panel.entries, panel.entry), (panel.examiners, panel.examiner))
        columns = np.hstack([np.eye(len(ids))[level] for ids, level in names])
        solution = np.linalg.lstsq(columns, panel.score, rcond=None)[0]
        return Recovered(np.asarray(solution[: len(panel.entries)], dtype=np.float64))
    return Recovered(answer.scores, answer.draws)


def _mixed(*, cohort: bool) -> Callable[[Panel, CalibrationSettings], Recovered]:
    def recover(panel: Panel, settings: CalibrationSettings) -> Recovered:
        model = calibration.fit_panel(panel, cohort=cohort)
        if model is None:
            raise ValueError("the variance between entries cannot be estimated")
        draws = calibration.draw_scores(model, settings.draws, settings.seed)
        return Recovered(model.scores, draws)

    return recover


METHODS = {
    "raw": _raw,
    "z-score": _z_score,
    "least-squares": _least_squares,
    "mixed": _mixed(cohort=False),
    "mixed-cohort": _mixed(cohort=True),
}

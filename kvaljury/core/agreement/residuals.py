"""A panel to each reading's distance from what the other readings lead one to expect."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
import numpy as np

from kvaljury.core.calibration.groups import without_gaps
from kvaljury.core.model import Panel
from kvaljury.core.model.panel import Floats

DECIMALS = 6
_DETERMINED = 1e-9
_SINGULAR = 1e-10
_AS_GOOD_AS_FIXED = 1e6
_FIXED = {"entry": np.inf, "examiner": np.inf}


@attrs.frozen(eq=False)
class Residuals:
    """Readings less their fitted values.

    Attributes:
        values: ``(r,)`` points, quantised to 6 decimals.
        variance: ``(r,)`` of each residual, not of the reading's error, in squared points; 0
            where the reading determines its own fitted value.
    """

    values: Floats
    variance: Floats


def model_residuals(
    panel: Panel,
    scores: Floats,
    effects: Mapping[str, Mapping[str, float]],
    variance: Mapping[str, float | None],
) -> Residuals | None:
    """Compute the residuals of a mixed model from what is told of it.

    The fitted value of a reading is its entry's score with the severities of its team and
    examiner, as they are shown. Class means are taken as known, which makes the variances
    larger by a hundredth or so.

    Args:
        panel: readings of all teams.
        scores: ``(n,)`` on 0-100, class mean, entry and cohort effect together.
        effects: severities by effect (team, examiner) and id, in points.
        variance: components by effect and ``residual``, in squared points; None where the model
            has no such effect.

    Returns:
        The residuals, or None where no severity or no variance of the error is told.

    Source:
        Nobre and Singer 2007, Residual analysis for linear mixed models, Biometrical Journal
        49:863-875, the conditional residual and its variance.
    """
    error = variance.get("residual")
    if not effects or not error:
        return None
    fitted = scores[panel.entry]
    for name, ids, level in (
        ("team", panel.teams, panel.team),
        ("examiner", panel.examiners, panel.examiner),
    ):
        severity = effects.get(name, {})
        fitted = fitted + np.array([severity.get(word, 0.0) for word in ids])[level]
    ratios = {name: component / error for name, component in variance.items() if component}
    share = _Absorbed.of(panel, ratios).share_of_error()
    return Residuals((panel.score - fitted).round(DECIMALS), error * share)


def least_squares_residuals(panel: Panel) -> Residuals | None:
    """Compute the residuals of readings from entries and examiners, both fixed.

    Nothing is assumed of teams or of how entries were allocated.

    Args:
        panel: readings of all teams.

    Returns:
        The residuals, or None where no reading is to spare, such as with one reading an entry.

    Source:
        Cook and Weisberg 1982, Residuals and Influence in Regression, section 2.2.
    """
    absorbed = _Absorbed.of(panel, _FIXED)
    share = absorbed.share_of_error()
    freedom = round(float(share.sum()))
    if freedom == 0:
        return None
    means = np.bincount(panel.entry, panel.score) / np.bincount(panel.entry)
    within = panel.score - means[panel.entry]
    severity = absorbed.inverse @ (absorbed.effects.T @ within)
    values = (within - absorbed.effects @ severity).round(DECIMALS)
    return Residuals(values, float(values @ values) / freedom * share)


@attrs.frozen(eq=False)
class _Absorbed:
    """The equations of a mixed model with the block of the entries eliminated.

    Attributes:
        own: ``(r,)`` what a reading's entry takes of it.
        effects: ``(r, q)`` levels of the other effects, less what their entry takes.
        inverse: ``(q, q)`` of what is left of the equations.
    """

    own: Floats
    effects: Floats
    inverse: Floats

    @classmethod
    def of(cls, panel: Panel, ratios: Mapping[str, float]) -> _Absorbed:
        """Eliminate the entries; an infinite ratio of variances is a fixed effect."""
        counts = np.bincount(panel.entry)
        entry_ratio = ratios.get("entry", 0.0)
        taken = 1 / (counts + 1 / entry_ratio) if entry_ratio else np.zeros(len(counts))
        levels, penalty = _levels(panel, ratios)
        sums = np.add.reduceat(levels, np.concatenate(([0], np.cumsum(counts)[:-1])))
        left = levels.T @ levels + np.diag(penalty) - sums.T @ (taken[:, None] * sums)
        return cls(
            own=taken[panel.entry],
            effects=levels - (taken[:, None] * sums)[panel.entry],
            inverse=np.asarray(np.linalg.pinv(left, _SINGULAR, hermitian=True), dtype=np.float64),
        )

    def share_of_error(self) -> Floats:
        """Give the variance of each residual as a share of the variance of the error."""
        fitted = self.own + np.einsum("rq,rq->r", self.effects @ self.inverse, self.effects)
        return np.where(1 - fitted > _DETERMINED, 1 - fitted, 0.0)


def _levels(panel: Panel, ratios: Mapping[str, float]) -> tuple[Floats, Floats]:
    """Give the levels of all effects but the entry in units of their deviation, and penalties."""
    columns = [np.zeros((len(panel.score), 0))]
    penalties = [np.zeros(0)]
    of_reading = {
        "team": panel.team,
        "cohort": panel.home[panel.entry],
        "examiner": panel.examiner,
    }
    for name, level in of_reading.items():
        ratio = ratios.get(name, 0.0)
        if ratio:
            is_fixed = ratio > _AS_GOOD_AS_FIXED
            deviation = 1.0 if is_fixed else ratio**0.5
            row = without_gaps(level)
            columns.append(deviation * np.eye(int(row.max()) + 1)[row])
            penalties.append(np.full(columns[-1].shape[1], 0.0 if is_fixed else 1.0))
    return np.hstack(columns), np.concatenate(penalties)

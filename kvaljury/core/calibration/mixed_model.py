"""Readings to calibrated scores by a mixed model: class mean + entry + team + examiner + error."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
import numpy as np

from kvaljury.core.calibration.reml import Fit, fit_reml
from kvaljury.core.model import Panel
from kvaljury.core.model.panel import Floats, Ints

ENTRIES_FOR_OWN_MEAN = 5
TEAMS_WITHOUT_PRIOR = 5
_PRIOR_RATE = 0.25
_BELIEVED = 0.5
_NO_ERROR = 1e-7


@attrs.frozen(eq=False)
class MixedModel:
    """The fitted model of a panel.

    Attributes:
        fit: variance components, fixed means and BLUPs.
        group: ``(n,)`` index of each entry's fixed mean.
        scores: ``(n,)`` fixed mean plus entry effect, 0-100.
        effects: the effects that could be told apart, the entry first.
        priors: effects whose variance the readings say too little of, so that a weak prior
            keeps it from zero and from infinity.
    """

    fit: Fit
    group: Ints
    scores: Floats
    effects: tuple[str, ...]
    priors: tuple[str, ...] = ()


def fit_panel(
    panel: Panel, variance: Mapping[str, float] | None = None, *, doubts_teams: bool = False
) -> MixedModel | None:
    """Fit entry, team and examiner effects to a panel.

    Classes with at least five read entries have a mean of their own, smaller ones share one.
    An effect that the readings cannot tell from another, from the class means or from the
    error is left out. The variance between fewer than five teams gets a weak prior, and so does
    the variance between entries where less than half of an entry's deviation would be believed:
    an estimate of zero would claim to know that all are equal.

    Args:
        panel: readings of all teams.
        variance: components by effect and ``residual`` to keep fixed; estimated when None.
        doubts_teams: give the variance between teams its prior however many there are.

    Returns:
        The model, or None where the variance between entries cannot be estimated: no entry
        was read twice, there is no more than one entry a fixed mean, or the readings leave no
        error.
    """
    group = _fixed_groups(panel)
    readings = len(panel.score)
    entries = len(panel.entries)
    if readings <= entries or entries <= group.max() + 1 or np.ptp(panel.score) == 0:
        return None
    effects = _separable_effects(panel, group)
    fixed = np.eye(int(group.max()) + 1)[group[panel.entry]]
    kept = None if variance is None else {name: variance[name] for name in (*effects, "residual")}
    is_doubtful = doubts_teams or len(panel.teams) < TEAMS_WITHOUT_PRIOR
    priors = {"team": _PRIOR_RATE} if is_doubtful and "team" in effects and kept is None else {}
    fit = fit_reml(panel.score, fixed, effects, kept, priors)
    if not fit.variance["residual"] > _NO_ERROR * float(np.var(panel.score)):
        return None
    if kept is None and _believed(fit) < _BELIEVED:
        priors["entry"] = _PRIOR_RATE
        fit = fit_reml(panel.score, fixed, effects, priors=priors)
    scores = fit.fixed[group] + fit.effects["entry"]
    return MixedModel(fit, group, scores, tuple(effects), tuple(sorted(priors)))


def _believed(fit: Fit) -> float:
    """Give the mean fraction of an entry's own deviation that its readings leave standing."""
    signal = fit.ratios[0] ** 2 * fit.system.counts
    return float(np.mean(signal / (1 + signal)))


def _fixed_groups(panel: Panel) -> Ints:
    sizes = np.bincount(panel.entry_class, minlength=len(panel.classes))
    own = np.where(sizes >= ENTRIES_FOR_OWN_MEAN, np.arange(len(sizes)), len(sizes))
    _, group = np.unique(own[panel.entry_class], return_inverse=True)
    return group.astype(np.intp)


def _separable_effects(panel: Panel, group: Ints) -> dict[str, Ints]:
    """Give the levels of the effects that differ from each other, the means and the error."""
    effects = {"entry": panel.entry}
    means = group[panel.entry]
    for name, level in (("team", panel.team), ("examiner", panel.examiner)):
        levels = int(level.max()) + 1
        follows_mean = len(np.unique(np.stack([means, level]), axis=1).T) == means.max() + 1
        if levels == 1 or levels == len(level) or follows_mean:
            continue
        if not any(_same_partition(level, other) for other in effects.values()):
            effects[name] = level
    return effects


def _same_partition(first: Ints, second: Ints) -> bool:
    pairs = len(np.unique(np.stack([first, second]), axis=1).T)
    return bool(pairs == first.max() + 1 == second.max() + 1)

"""Readings to calibrated scores: class mean + entry + team + examiner + cohort + error."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import attrs
import numpy as np

from kvaljury.core.calibration.equations import Fit, fit_reml
from kvaljury.core.calibration.groups import is_nested, mean_groups, same_partition, without_gaps
from kvaljury.core.model import Panel
from kvaljury.core.model.panel import Floats, Ints

TEAMS_WITHOUT_PRIOR = 5
_PRIOR_RATE = 0.25
_BELIEVED = 0.5


@attrs.frozen(eq=False)
class MixedModel:
    """The fitted model of a panel.

    Attributes:
        fit: variance components, fixed means and BLUPs.
        group: ``(n,)`` index of each entry's fixed mean.
        scores: ``(n,)`` fixed mean plus entry effect plus cohort effect, 0-100.
        effects: the effects that could be told apart, the entry first.
        cohort: ``(n,)`` level of each entry's cohort, or None without that effect.
        priors: effects whose variance the readings say too little of, so that a weak prior
            keeps it from zero and from infinity.
    """

    fit: Fit
    group: Ints
    scores: Floats
    effects: tuple[str, ...]
    cohort: Ints | None = None
    priors: tuple[str, ...] = ()


def fit_panel(
    panel: Panel,
    variance: Mapping[str, float] | None = None,
    *,
    doubts_teams: bool = False,
    cohort: bool = True,
) -> MixedModel | None:
    """Fit entry, team, examiner and cohort effects to a panel.

    The cohort of an entry is all that has the same home team: teams that were given better
    entries than others are told from generous ones by the readings of guests. Classes with at
    least five read entries have a mean of their own, smaller ones share one. An effect that the
    readings cannot tell from another, from the class means or from the error is left out. The
    variance between teams gets a weak prior where teams are fewer than five, and so do those
    between teams and cohorts where both are estimated: few links say little of which of the two
    it is, and intervals that take the likelier for certain are too narrow. So does the variance
    between entries where less than half of an entry's deviation would be believed: an estimate
    of zero would claim to know that all are equal.

    Args:
        panel: readings of all teams.
        variance: components by effect and ``residual`` to keep fixed, an effect without one
            is left out; estimated when None.
        doubts_teams: give the variances between teams and cohorts their priors however many
            there are.
        cohort: let teams have been given better or worse entries than others; without it, a
            team's entries are taken for a random sample.

    Returns:
        The model, or None where the variance between entries cannot be estimated: no entry
        was read twice, there is no more than one entry a fixed mean, or the readings leave no
        error.
    """
    group = mean_groups(panel.entry_class)
    readings = len(panel.score)
    entries = len(panel.entries)
    if readings <= entries or entries <= group.max() + 1 or np.ptp(panel.score) == 0:
        return None
    effects = _separable_effects(panel, group, has_cohort=cohort)
    fixed = np.eye(int(group.max()) + 1)[group[panel.entry]]
    kept = variance
    if kept is not None:
        effects = {name: level for name, level in effects.items() if name in kept}
    priors = _team_priors(panel, effects, doubts_teams) if kept is None else {}
    fit = fit_reml(panel.score, fixed, effects, kept, priors)
    if fit.is_degenerate:
        return None
    if kept is None and _believed(fit) < _BELIEVED:
        priors["entry"] = _PRIOR_RATE
        fit = fit_reml(panel.score, fixed, effects, priors=priors)
    scores = fit.fixed[group] + fit.effects["entry"]
    bundle = without_gaps(panel.home) if "cohort" in effects else None
    if bundle is not None:
        scores = scores + fit.effects["cohort"][bundle]
    return MixedModel(fit, group, scores, tuple(effects), bundle, tuple(sorted(priors)))


def _team_priors(panel: Panel, effects: Collection[str], doubts_teams: bool) -> dict[str, float]:
    is_known = len(panel.teams) >= TEAMS_WITHOUT_PRIOR and "cohort" not in effects
    if is_known and not doubts_teams:
        return {}
    return {name: _PRIOR_RATE for name in ("team", "cohort") if name in effects}


def _believed(fit: Fit) -> float:
    """Give the mean fraction of an entry's own deviation that its readings leave standing."""
    signal = fit.ratios[0] ** 2 * fit.system.counts
    return float(np.mean(signal / (1 + signal)))


def _separable_effects(panel: Panel, group: Ints, *, has_cohort: bool) -> dict[str, Ints]:
    """Give the levels of the effects that differ from each other, the means and the error."""
    effects = {"entry": panel.entry}
    means = group[panel.entry]
    found = [("team", panel.team), ("examiner", panel.examiner)]
    if has_cohort:
        # Entries without a home reading form a cohort too.
        found.append(("cohort", without_gaps(panel.home)[panel.entry]))
    for name, level in found:
        levels = int(level.max()) + 1
        if levels == 1 or levels == len(level) or is_nested(means, level):
            continue
        if not any(same_partition(level, other) for other in effects.values()):
            effects[name] = level
    return effects

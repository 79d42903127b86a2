"""What is said of classes whose entries no reading connects: raw scores, wide intervals."""

from __future__ import annotations

import numpy as np

from kvaljury.core.calibration.mixed_model import fit_panel
from kvaljury.core.model import Panel
from kvaljury.core.model.panel import Floats


def guarded_scores(panel: Panel, draws: int, seed: int) -> Floats | None:
    """Draw around the raw scores with all that may lie between teams left in.

    Each draw shifts the readings of a team by one normal deviate with the whole variance between
    teams, those of an examiner by another, and each reading by its error: severe team and weak
    entries are not told apart. A prior keeps the variance between teams from zero; where teams
    are not separable from entries or classes, it may be as large as that between entries.

    Args:
        panel: readings of all teams.
        draws: number of draws, m.
        seed: of the random numbers.

    Returns:
        ``(m, n)`` draws, or None where the variance components cannot be estimated.
    """
    model = fit_panel(panel, doubts_teams=True, cohort=False)
    if model is None:
        return None
    variance = model.fit.variance
    generator = np.random.default_rng(seed)
    noise = np.zeros((draws, len(panel.score)))
    between = variance.get("team", variance["entry"])
    for square, level in ((between, panel.team), (variance.get("examiner", 0.0), panel.examiner)):
        deviates = generator.standard_normal((draws, int(level.max()) + 1))
        noise += np.sqrt(square) * deviates[:, level]
    noise += np.sqrt(variance["residual"]) * generator.standard_normal(noise.shape)
    counts = np.bincount(panel.entry)
    mean = np.zeros((len(counts), len(panel.score)))
    mean[panel.entry, np.arange(len(panel.score))] = 1 / counts[panel.entry]
    return np.asarray(panel.raw + noise @ mean.T, dtype=np.float64)

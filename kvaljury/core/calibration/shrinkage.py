"""How much of a difference between teams a model leaves in the scores."""

from __future__ import annotations

import numpy as np

from kvaljury.core.calibration.mixed_model import MixedModel
from kvaljury.core.model import Panel


def kept_fraction(panel: Panel, model: MixedModel) -> float | None:
    """Tell how much of a team's mean difference from the others stays in its entries' scores.

    Raw scores keep all of it, scores that put every team at the same mean keep nothing.

    Args:
        panel: readings of all teams.
        model: the model fitted to them.

    Returns:
        Mean over the teams with home entries, a fraction; None where only one team has any.
    """
    homes = [int(team) for team in np.unique(panel.home) if team >= 0]
    if len(homes) < 2:  # noqa: PLR2004  # a difference takes two
        return None
    cells = model.fit.system.design.cells
    shifts = np.stack([(panel.team == team).astype(float) for team in homes], axis=1)
    solved = model.fit.system.solve(shifts, cells.fixed.T @ shifts)
    moved = solved.fixed[model.group] + solved.effects[0]
    if model.cohort is not None:
        moved = moved + solved.effects[model.effects.index("cohort")][model.cohort]
    kept = [
        moved[panel.home == team, column].mean() - moved[panel.home != team, column].mean()
        for column, team in enumerate(homes)
    ]
    return float(np.mean(kept))

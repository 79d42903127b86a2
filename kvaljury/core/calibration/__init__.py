"""Readings of several teams to scores that can be compared, and an account of when they cannot."""

from kvaljury.core.calibration.design import Component, components_of, connecting_readings
from kvaljury.core.calibration.draws import draw_scores, draw_spread, score_covariance
from kvaljury.core.calibration.equations import Fit, fit_reml
from kvaljury.core.calibration.estimability import (
    Estimability,
    estimability_of,
    estimability_warning,
    estimable_parts,
)
from kvaljury.core.calibration.guard import guarded_scores
from kvaljury.core.calibration.least_squares import LeastSquares, fit_least_squares
from kvaljury.core.calibration.linkage import linkage_of
from kvaljury.core.calibration.mixed_model import TEAMS_WITHOUT_PRIOR, MixedModel, fit_panel
from kvaljury.core.calibration.shrinkage import kept_fraction

__all__ = [
    "TEAMS_WITHOUT_PRIOR",
    "Component",
    "Estimability",
    "Fit",
    "LeastSquares",
    "MixedModel",
    "components_of",
    "connecting_readings",
    "draw_scores",
    "draw_spread",
    "estimability_of",
    "estimability_warning",
    "estimable_parts",
    "fit_least_squares",
    "fit_panel",
    "fit_reml",
    "guarded_scores",
    "kept_fraction",
    "linkage_of",
    "score_covariance",
]

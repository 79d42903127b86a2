"""Readings of several teams to scores that can be compared, and an account of when they cannot."""

from kvaljury.core.calibration.design import Component, components_of, connecting_readings
from kvaljury.core.calibration.draws import draw_scores, draw_spread, score_covariance
from kvaljury.core.calibration.guard import guarded_scores
from kvaljury.core.calibration.mixed_model import MixedModel, fit_panel
from kvaljury.core.calibration.reml import Fit, fit_reml
from kvaljury.core.calibration.shrinkage import kept_fraction

__all__ = [
    "Component",
    "Fit",
    "MixedModel",
    "components_of",
    "connecting_readings",
    "draw_scores",
    "draw_spread",
    "fit_panel",
    "fit_reml",
    "guarded_scores",
    "kept_fraction",
    "score_covariance",
]

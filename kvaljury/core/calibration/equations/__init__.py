"""Mixed-model equations of a panel: variance components, effects, and joint draws of them."""

from kvaljury.core.calibration.equations.approximation import StochasticError, stochastic_error
from kvaljury.core.calibration.equations.joint_draws import Singles, draw_effects
from kvaljury.core.calibration.equations.reml import Fit, fit, fit_reml
from kvaljury.core.calibration.equations.system import Design

__all__ = [
    "Design",
    "Fit",
    "Singles",
    "StochasticError",
    "draw_effects",
    "fit",
    "fit_reml",
    "stochastic_error",
]

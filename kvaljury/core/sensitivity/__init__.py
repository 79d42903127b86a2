"""A ranking and what it came from to how firmly its lists stand."""

from kvaljury.core.sensitivity.assessment import CONCENTRATION, DRAWS, assess_sensitivity

__all__ = ["CONCENTRATION", "DRAWS", "assess_sensitivity"]

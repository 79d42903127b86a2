"""Weak priors on standard deviation ratios, as a penalty on the criterion."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np

from kvaljury.core.model.panel import Floats


@attrs.frozen(eq=False)
class Penalty:
    """-2 log of Gamma(2, rate) priors on some of the ratios.

    Attributes:
        weight: ``(k,)`` 1 where there is a prior.
        rate: ``(k,)`` its rate, 0 where there is none.
    """

    weight: Floats
    rate: Floats

    @classmethod
    def of(cls, rates: Sequence[float | None]) -> Penalty:
        """Take the rate of each effect, None for no prior."""
        return cls(
            np.array([float(rate is not None) for rate in rates]),
            np.array([rate or 0.0 for rate in rates]),
        )

    def at(self, ratios: Floats) -> float:
        """Give the penalty, infinite where a ratio with a prior is zero."""
        held = self.weight > 0
        if np.any(ratios[held] <= 0):
            return np.inf
        return float(2 * np.sum(self.rate[held] * ratios[held] - np.log(ratios[held])))

    def gradient(self, ratios: Floats) -> Floats:
        """Give its derivative ``(k,)`` with respect to the ratios."""
        return 2 * self.rate - self.curvature(ratios) * ratios

    def curvature(self, ratios: Floats) -> Floats:
        """Give its second derivative ``(k,)``."""
        safe = np.where(self.weight > 0, ratios, 1.0)
        return np.asarray(2 * self.weight / safe**2, dtype=np.float64)

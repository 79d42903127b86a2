"""The scale and the six ranges that the city's examiners mark on; shared by the rubrics."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from kvaljury import Level, Scale, Text

Floats = NDArray[np.float64]
PERCENT_IN_FIVES = Scale(Fraction(0), Fraction(100), Fraction(5))
RANGES = ((0, 5), (10, 25), (30, 45), (50, 65), (70, 85), (90, 100))


def six_levels(*wordings: Text) -> tuple[Level, ...]:
    """Put six wordings on the six ranges, from the lowest to the highest.

    Raises:
        ValueError: if there are not six.
    """
    return tuple(
        Level(low, high, wording) for (low, high), wording in zip(RANGES, wordings, strict=True)
    )

"""Whether eliminating the columns of a design would fill it in."""

from __future__ import annotations

import numpy as np

from kvaljury.core.calibration.solvers.cells import Cells
from kvaljury.core.calibration.solvers.elimination import Elimination
from kvaljury.core.model.panel import Floats

_ORDER = 4000
_STEPS = 12
_GAP = 0.15
_WORK = 1e10
_SEED = 20


def mixes_well(cells: Cells) -> bool:
    """Tell whether a large design has no small set of columns that parts it.

    A walk goes from an examiner to one of the entries read, and on to one of the examiners of
    that. Where it forgets quickly where it began, no few examiners part the others, and however
    elimination is ordered a large part of the matrix is filled. Teams that read together, or
    link to few others, are remembered long.

    Args:
        cells: of the design; the first effect is eliminated, and the walk is by the largest
            of the others.

    Source:
        Lipton, Rose and Tarjan 1979 (separators and fill); Alon and Milman 1985 (separators
        and the spectral gap).
    """
    sizes = cells.sizes[1:]
    if sum(sizes) <= _ORDER:
        return False
    return spectral_gap(cells, 1 + int(np.argmax(sizes))) > _GAP


def fills_in(elimination: Elimination) -> bool:
    """Tell whether an order of elimination, once it was found, takes seconds to follow.

    Args:
        elimination: of the columns.
    """
    work = sum(float(np.prod(batch.shape)) * batch.own.shape[1] for batch in elimination.batches)
    return bool(work > _WORK)


def spectral_gap(cells: Cells, effect: int) -> float:
    """Give about what a walk from level to level of an effect forgets in a step, 0 to 1.

    Args:
        cells: of the design.
        effect: its index.
    """
    first, other = cells.levels[0], cells.levels[effect]
    shape = cells.sizes[0], cells.sizes[effect]
    own = 1 / np.sqrt(np.bincount(first, minlength=shape[0]))
    root = np.sqrt(np.bincount(other, minlength=shape[1]))
    top = root / np.linalg.norm(root)
    vector = np.random.default_rng(_SEED).standard_normal(shape[1])
    kept = 1.0
    for _ in range(_STEPS):
        vector -= top * (top @ vector)
        vector /= max(float(np.linalg.norm(vector)), 1e-300)
        met = np.bincount(first, (vector / root)[other], shape[0]) * own
        stepped: Floats = np.bincount(other, (met * own)[first], shape[1]) / root
        kept = float(vector @ stepped)
        vector = stepped
    return 1 - kept

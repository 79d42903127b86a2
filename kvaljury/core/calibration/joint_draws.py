"""Fitted models of large panels to joint draws, block by block.

The covariance of the entries is never formed: independent normals go through the factor, so
that what is drawn has exactly the joint distribution of the effects given the responses and the
variance components, the uncertainty of the fixed part among it.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from kvaljury.core.calibration.fronts import FrontFactor
from kvaljury.core.calibration.reml import Fit
from kvaljury.core.calibration.schur import Cross
from kvaljury.core.model.panel import Floats, Ints

_BLOCK_ELEMENTS = 4_000_000

Singles = NDArray[np.float32]


def draw_effects(
    fit: Fit, draws: int, seed: int, cohort: Ints | None = None
) -> Iterator[tuple[Floats, Singles]]:
    """Draw the effects of the entries, the first effect, and the fixed part with them.

    Args:
        fit: a fitted model.
        draws: number of draws.
        seed: of the random numbers.
        cohort: ``(n,)`` level of each entry's cohort, whose effect is added; None without.

    Yields:
        Blocks of draws: ``(b, f)`` of the fixed part as the fit reports it, and ``(b, n)`` of
        the effects, in single precision.
    """
    system, cells = fit.system, fit.system.design.cells
    generator = np.random.Generator(np.random.SFC64(seed))
    centre, begin = fit.effects[cells.names[0]], 0
    if cohort is not None:
        before = cells.names.index("cohort")
        begin = sum(cells.sizes[1:before])
        centre = centre + fit.effects["cohort"][cohort]
    root = np.sqrt(fit.variance["residual"])
    spread = (root * np.sqrt(system.shrink)).astype(np.float32)
    fixed_root = root * np.linalg.cholesky(system.fixed_inverse)
    shrunk_fixed = (system.shrink[:, None] * system.own_fixed).T.astype(np.float32)
    middle = centre.astype(np.float32)
    single = np.dtype(np.float32 if isinstance(system.factor, FrontFactor) else np.float64)
    scale = (root * system.scale)[:, None].astype(single)
    bordered = (system.scale[:, None] * system.bordered).astype(single)
    step = max(1, _BLOCK_ELEMENTS // max(1, len(centre)))
    for first in range(0, draws, step):
        count = min(step, draws - first)
        fixed = fixed_root @ generator.standard_normal((len(fixed_root), count))
        normal = quick_normals(generator, (len(scale), count)).astype(single, copy=False)
        others = system.factor.spread(normal)
        others *= scale
        others -= bordered @ fixed.astype(single)
        effects = quick_normals(generator, (count, len(centre)))
        effects *= spread
        effects += middle
        effects -= _through(fit, others)
        effects -= fixed.T.astype(np.float32) @ shrunk_fixed
        if cohort is not None:
            effects += others[begin + cohort].T.astype(np.float32)
        estimates = system.response.fixed + fixed
        yield np.stack([cells.reported(column) for column in estimates.T]), effects


def quick_normals(generator: np.random.Generator, shape: tuple[int, int]) -> Singles:
    """Draw standard normals in single precision, more than twice as fast as the generator does.

    Args:
        generator: of uniform numbers.
        shape: of the array.

    Returns:
        Normals; none is further from zero than 5.8.

    Source:
        Box and Muller 1958.
    """
    size = shape[0] * shape[1]
    half = (size + 1) // 2
    uniform = generator.random((2, half), dtype=np.float32)
    radius, angle = 1 - uniform[0], uniform[1]
    np.log(radius, out=radius)
    radius *= -2
    np.sqrt(radius, out=radius)
    angle *= np.float32(2 * np.pi)
    np.multiply(radius, np.cos(angle), out=uniform[0])
    uniform[1] = radius * np.sin(angle)
    return uniform.reshape(-1)[:size].reshape(shape)


def _through(fit: Fit, others: Floats) -> Singles:
    """Give what draws of the other effects take from those of the entries: ``(b, n)``."""
    system, cross = fit.system, fit.system.schur.cross
    if not isinstance(cross, Cross):
        return (system.shrink[:, None] * (cross @ others)).T.astype(np.float32)
    kind = cross.pattern.kind
    shrink = np.empty(len(cross.pattern.number), dtype=others.dtype)
    shrink[kind] = system.shrink
    by_kind = np.ascontiguousarray((shrink[:, None] * cross.by_kind(others)).T)
    return np.take(by_kind, kind, axis=1).astype(np.float32, copy=False)

"""Readings to scores by least squares: entry + examiner + error, both fixed, nothing shrunk."""

from __future__ import annotations

import attrs
import numpy as np

from kvaljury.core.calibration.design import components_of
from kvaljury.core.model import Panel
from kvaljury.core.model.panel import Floats, Ints

# The square of the last decimal that leaves the engine.
_NO_ERROR = 1e-12


@attrs.frozen(eq=False)
class LeastSquares:
    """The additive fit of a panel, each part of the design on a level of its own.

    Within a part that readings connect, the severities of its examiners have mean zero, each
    examiner counted once, as in the source: a score is what examiners of middling severity would
    have given. Differences between entries of one part do not depend on that choice; between
    parts they mean nothing.

    Attributes:
        scores: ``(n,)`` points, not clipped to 0-100.
        severities: ``(e,)`` points; positive is generous.
        freedom: readings beyond what entries and examiners take up.
        residual: variance of a reading in squared points; None without degrees of freedom, zero
            where the readings fit to the last decimal.
        counts: ``(n,)`` readings of each entry.
        share: ``(n, e)`` share of each examiner in an entry's readings.
        root: ``(e, e)`` whose ``root.T @ root`` is the covariance of the severities for a
            residual variance of one.

    Source:
        MacKay, Kenna, Low and Parker 2017, Calibration with confidence, R. Soc. Open Sci.
        4:160760, with equal weights.
    """

    scores: Floats
    severities: Floats
    freedom: int
    residual: float | None
    counts: Ints
    share: Floats
    root: Floats

    def covariance(self) -> Floats | None:
        """Give the covariance of the scores ``(n, n)`` in squared points.

        Returns:
            Exact for normal errors of the estimated variance, or None where that is unknown
            or zero.
        """
        if not self.residual:
            return None
        through = self.root @ self.share.T
        return np.asarray(
            self.residual * (np.diag(1 / self.counts) + through.T @ through), dtype=np.float64
        )

    def draw(self, draws: int, seed: int) -> Floats | None:
        """Draw scores from the normal distribution with that covariance.

        Args:
            draws: number of draws, m.
            seed: of the random numbers.

        Returns:
            ``(m, n)`` points, or None where the variance of a reading is unknown or zero.
        """
        if not self.residual:
            return None
        generator = np.random.default_rng(seed)
        own = generator.standard_normal((draws, len(self.counts))) / np.sqrt(self.counts)
        severity = generator.standard_normal((draws, len(self.root))) @ self.root
        noise = own - severity @ self.share.T
        return np.asarray(self.scores + np.sqrt(self.residual) * noise, dtype=np.float64)


def fit_least_squares(panel: Panel) -> LeastSquares:
    """Fit entries and examiners as fixed effects, every reading with the same weight.

    The entries are eliminated; what is left is one equation an examiner, a Laplacian of who
    has read with whom, with one null vector for each part of the design.

    Args:
        panel: readings of all teams, in one part or several.

    Returns:
        The fit.
    """
    counts = np.bincount(panel.entry)
    n, e = len(counts), len(panel.examiners)
    cells = np.bincount(panel.entry * e + panel.examiner, minlength=n * e)
    cross = cells.reshape(n, e).astype(float)
    share = cross / counts[:, None]
    level, parts = _levels(panel)
    laplacian = np.diag(cross.sum(axis=0)) - cross.T @ share
    inverse = np.linalg.inv(np.linalg.cholesky(laplacian + level))
    root: Floats = np.asarray(inverse - inverse @ level, dtype=np.float64)
    means = np.bincount(panel.entry, panel.score) / counts
    apart = np.bincount(panel.examiner, panel.score - means[panel.entry])
    severities: Floats = root.T @ (root @ apart)
    scores = means - share @ severities
    freedom = len(panel.score) - n - e + parts
    rest = panel.score - scores[panel.entry] - severities[panel.examiner]
    residual = float(rest @ rest) / freedom if freedom else None
    if residual is not None and residual <= _NO_ERROR:
        residual = 0.0
    return LeastSquares(scores, severities, freedom, residual, counts, share, root)


def _levels(panel: Panel) -> tuple[Floats, int]:
    """Give the projection on the means of each part's examiners, and the number of parts."""
    parts = components_of(panel)
    part = {examiner: i for i, each in enumerate(parts) for examiner in each.examiners}
    member = np.eye(len(parts))[[part[examiner] for examiner in panel.examiners]]
    return np.asarray(member / member.sum(axis=0) @ member.T, dtype=np.float64), len(parts)

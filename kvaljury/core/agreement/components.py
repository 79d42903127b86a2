"""A table of entries by examiners, with or without gaps, to its variance components."""

from __future__ import annotations

import attrs
import numpy as np

from kvaljury.core.agreement.spread import NEGLIGIBLE, centred_to_unit
from kvaljury.core.model.panel import Floats, Ints

_SINGULAR = 1e-10


@attrs.frozen
class CrossedComponents:
    """Variance components of readings that entries and examiners cross, in squared points.

    Being unbiased, the first two are negative where the readings vary less than their error.

    Attributes:
        entry: between entries.
        examiner: between examiners, their severity.
        residual: of a single reading.
    """

    entry: float
    examiner: float
    residual: float


def separate_components(entry: Ints, examiner: Ints, score: Floats) -> CrossedComponents | None:
    """Estimate entry, examiner and residual components by fitting constants.

    On a complete table they are those of the analysis of variance, so that the intraclass
    correlations follow; gaps are left as gaps.

    Args:
        entry: ``(r,)`` level of each reading from 0 without gaps.
        examiner: ``(r,)`` level of each reading from 0 without gaps; a pair stands once.
        score: ``(r,)`` points.

    Returns:
        The components, or None where the readings do not tell them apart: fewer than two
        entries or examiners, no reading to spare, or no spread.

    Source:
        Henderson 1953, Estimation of variance and covariance components, Biometrics 9, method 3.

    >>> entry, examiner = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    >>> separate_components(entry, examiner, np.array([50.0, 60.0, 70.0, 80.0]))
    CrossedComponents(entry=200.0, examiner=50.0, residual=0.0)
    """
    readings = len(score)
    values = centred_to_unit(score) if readings else None
    if values is None:
        return None
    entries, examiners = int(entry.max()) + 1, int(examiner.max()) + 1
    severity, rank = _severity_within_entries(entry, examiner, values)
    freedom = readings - entries - rank
    if freedom == 0:  # also where each entry, or each examiner, stands in one reading only
        return None
    error = _squares_within(entry, values - severity[examiner])
    error = error if error > NEGLIGIBLE * float(values @ values) else 0.0
    residual = error / freedom
    of_examiner = _squares_within(entry, values) - error - rank * residual
    of_entry = _squares_within(examiner, values) - error - (entries + rank - examiners) * residual
    unit = float(np.max(np.abs(score - score[0]))) ** 2
    return CrossedComponents(
        entry=unit * of_entry / (readings - examiners),
        examiner=unit * of_examiner / (readings - entries),
        residual=unit * residual,
    )


def harmonic_mean(counts: Ints) -> float:
    """Average numbers of readers as the error of a mean sees them.

    Args:
        counts: ``(n,)`` readings of each entry, at least one each.

    >>> harmonic_mean(np.array([2, 4, 4]))
    3.0
    """
    return len(counts) / float(np.sum(1 / counts))


def _squares_within(level: Ints, values: Floats) -> float:
    means = np.bincount(level, values) / np.bincount(level)
    return float(np.sum((values - means[level]) ** 2))


def _severity_within_entries(entry: Ints, examiner: Ints, values: Floats) -> tuple[Floats, int]:
    """Give the least-squares severity of examiners with entries fixed, and its rank."""
    counts = np.bincount(entry)
    incidence = np.zeros((len(counts), int(examiner.max()) + 1))
    incidence[entry, examiner] = 1.0
    means = np.bincount(entry, values) / counts
    reduced = np.diag(incidence.sum(axis=0)) - incidence.T @ (incidence / counts[:, None])
    sums = np.bincount(examiner, values) - incidence.T @ means
    eigenvalues, vectors = np.linalg.eigh(reduced)
    kept = eigenvalues > _SINGULAR * len(entry)
    basis = vectors[:, kept]
    return basis @ ((basis.T @ sums) / eigenvalues[kept]), int(kept.sum())

"""Tables of targets by judges, or variance components, to intraclass correlations."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
import numpy as np

from kvaljury.core.agreement.components import harmonic_mean
from kvaljury.core.agreement.spread import NEGLIGIBLE, centred_to_unit
from kvaljury.core.model.panel import Floats, Ints


@attrs.frozen
class IntraclassCorrelations:
    """The six intraclass correlations, at most 1, each None where it is undefined.

    Attributes:
        one_way: ICC(1,1), a single judge, each target with judges of its own.
        agreement: ICC(2,1), a single judge drawn at random, severity counted as error.
        consistency: ICC(3,1), a single judge of these, severity left out.
        one_way_mean: ICC(1,k), the mean of the judges.
        agreement_mean: ICC(2,k), likewise.
        consistency_mean: ICC(3,k), likewise; Cronbach's alpha.
    """

    one_way: float | None = None
    agreement: float | None = None
    consistency: float | None = None
    one_way_mean: float | None = None
    agreement_mean: float | None = None
    consistency_mean: float | None = None


@attrs.frozen
class AgreementOfReaders:
    """ICC(2,1) and ICC(2,k) of readings with gaps.

    Attributes:
        single: ICC(2,1), of one examiner's reading; None where undefined.
        mean: ICC(2,k), of the mean of an entry's readings; None where undefined.
        readers: k, the harmonic mean of readers an entry.
    """

    single: float | None
    mean: float | None
    readers: float


def intraclass_correlations(table: Floats) -> IntraclassCorrelations:
    """Compute the six intraclass correlations of a complete table.

    They compare the targets of one table with each other, in any unit; they are negative where
    judges agree less than by chance.

    Args:
        table: ``(targets, judges)``, a number in every cell.

    Returns:
        The correlations; all None for fewer than two targets or judges, a table without
        spread or with a cell that is no number. One is None where the variance that it would
        be a share of is not positive.

    Source:
        Shrout and Fleiss 1979, Intraclass correlations, Psychological Bulletin 86:420-428.

    >>> found = intraclass_correlations(np.array([[50.0, 60.0], [70.0, 80.0]]))
    >>> round(found.agreement, 6), found.consistency
    (0.8, 1.0)
    """
    targets, judges = table.shape
    if min(targets, judges) < 2 or not np.isfinite(table).all():  # noqa: PLR2004  # agreement takes two
        return IntraclassCorrelations()
    values = centred_to_unit(np.asarray(table, dtype=np.float64))
    if values is None:
        return IntraclassCorrelations()
    between, judge, error, within = _mean_squares(values)
    severity = (judge - error) / targets
    return IntraclassCorrelations(
        one_way=_share(between - within, between + (judges - 1) * within),
        agreement=_share(between - error, between + (judges - 1) * error + judges * severity),
        consistency=_share(between - error, between + (judges - 1) * error),
        one_way_mean=_share(between - within, between),
        agreement_mean=_share(between - error, between + severity),
        consistency_mean=_share(between - error, between),
    )


def agreement_of_readers(
    variance: Mapping[str, float | None], readers: Ints
) -> AgreementOfReaders | None:
    """Compute ICC(2,1) and ICC(2,k) from variance components, for readings with gaps.

    The effects of teams and cohorts are left out: what the examiners of one team have in
    common is not in their agreement.

    Args:
        variance: components ``entry``, ``examiner`` and ``residual`` in squared points; a model
            without examiners has them in the residual. Others are ignored.
        readers: ``(n,)`` readings of each entry, at least one each.

    Returns:
        The correlations, or None without entries or where the entry or residual component
        was not estimated.

    Source:
        Shrout and Fleiss 1979, as ratios of components; McGraw and Wong 1996, Forming inferences
        about some intraclass correlation coefficients, Psychological Methods 1:30-46.

    >>> agreement_of_readers({"entry": 6.0, "examiner": 1.0, "residual": 5.0}, np.array([2, 2]))
    AgreementOfReaders(single=0.5, mean=0.6666666666666666, readers=2.0)
    """
    entry, residual = variance.get("entry"), variance.get("residual")
    if entry is None or residual is None or len(readers) == 0:
        return None
    error = (variance.get("examiner") or 0.0) + residual
    mean_readers = harmonic_mean(readers)
    return AgreementOfReaders(
        single=_share(entry, entry + error),
        mean=_share(entry, entry + error / mean_readers),
        readers=mean_readers,
    )


def _mean_squares(values: Floats) -> tuple[float, float, float, float]:
    """Give the mean squares between targets, between judges, of error and within targets."""
    targets, judges = values.shape
    mean = np.sum(values) / values.size
    rows = np.sum(values, axis=1, keepdims=True) / judges - mean
    columns = np.sum(values, axis=0, keepdims=True) / targets - mean
    errors = values - mean - rows - columns
    squares = np.array([judges * np.sum(rows**2), targets * np.sum(columns**2), np.sum(errors**2)])
    squares[squares < NEGLIGIBLE * squares.sum()] = 0.0
    between, judge, error = (float(square) for square in squares)
    return (
        between / (targets - 1),
        judge / (judges - 1),
        error / ((targets - 1) * (judges - 1)),
        (judge + error) / (targets * (judges - 1)),
    )


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole > 0 else None

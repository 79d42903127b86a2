"""Aggregation: the raw score is the mean of the examiners' totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from kvaljury import Aggregation, hookimpl


def combine(totals: Sequence[Fraction]) -> Fraction:
    """Give the mean.

    Args:
        totals: at least one, on 0-100.

    >>> combine([Fraction(50), Fraction(55)])
    Fraction(105, 2)
    """
    return sum(totals, Fraction(0)) / len(totals)


@hookimpl
def kvaljury_aggregations() -> Iterator[Aggregation]:
    """Offer ``mean``."""
    yield Aggregation("mean", combine)

"""Aggregation: the raw score is the middle total, or the mean of the two middle ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from kvaljury import Aggregation, hookimpl


def combine(totals: Sequence[Fraction]) -> Fraction:
    """Give the median.

    Args:
        totals: at least one, on 0-100, in any order.

    >>> combine([Fraction(50), Fraction(90), Fraction(60)])
    Fraction(60, 1)
    """
    ordered = sorted(totals)
    upper = len(ordered) // 2
    return (ordered[upper] + ordered[-1 - upper]) / 2


@hookimpl
def kvaljury_aggregations() -> Iterator[Aggregation]:
    """Offer ``median``."""
    yield Aggregation("median", combine)

"""Aggregation: the mean of the totals without one highest and one lowest, from three totals on.

With one or two totals none is dropped. Where several share the highest or the lowest total, only
one of them is dropped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from kvaljury import Aggregation, hookimpl

FEWEST_TO_TRIM = 3


def combine(totals: Sequence[Fraction]) -> Fraction:
    """Give the trimmed mean.

    Args:
        totals: at least one, on 0-100, in any order.

    >>> combine([Fraction(0), Fraction(50), Fraction(60), Fraction(90)])
    Fraction(55, 1)
    """
    kept = sorted(totals)[1:-1] if len(totals) >= FEWEST_TO_TRIM else totals
    return sum(kept, Fraction(0)) / len(kept)


@hookimpl
def kvaljury_aggregations() -> Iterator[Aggregation]:
    """Offer ``trimmed-mean``."""
    yield Aggregation("trimmed-mean", combine)

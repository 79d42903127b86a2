"""Readings to raw scores: combines the examiners' totals of each entry and checks the result."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Protocol, TypeVar

from kvaljury.core.asking import asking
from kvaljury.core.model import Aggregation, Reading
from kvaljury.errors import PluginFault, Text


class OfAnEntry(Protocol):
    """A record of one entry, such as a reading or a mark."""

    @property
    def entry(self) -> str:
        """Its id."""


_Record = TypeVar("_Record", bound=OfAnEntry)


def by_entry(records: Iterable[_Record]) -> dict[str, list[_Record]]:
    """Put records together by entry id, each in the order in which it comes."""
    grouped: dict[str, list[_Record]] = {}
    for record in records:
        grouped.setdefault(record.entry, []).append(record)
    return grouped


def aggregate(readings: Iterable[Reading], aggregation: Aggregation) -> dict[str, Fraction]:
    """Combine the totals of each entry; the order of readings never matters.

    Args:
        readings: in any order.
        aggregation: the edition's.

    Returns:
        Raw score by entry id, sorted, on the scale of the totals; exact.

    Raises:
        PluginFault: if the aggregation raises, or gives anything but an exact number between
            the lowest and the highest total.
    """
    return {
        entry: _combine(aggregation, entry, sorted(reading.total for reading in own))
        for entry, own in sorted(by_entry(readings).items())
    }


def _combine(aggregation: Aggregation, entry: str, totals: list[Fraction]) -> Fraction:
    def failed(said: str) -> Text:
        return Text(
            "the aggregation {name} fails on entry {entry}: {error}",
            name=aggregation.name,
            entry=entry,
            error=said,
        )

    with asking(f"aggregation {aggregation.name}", failed):
        raw = aggregation.combine(tuple(totals))
    exact = isinstance(raw, Fraction | int) and not isinstance(raw, bool)
    if not exact or not totals[0] <= raw <= totals[-1]:
        message = Text(
            "the aggregation {name} gives {raw} on entry {entry}, expected an exact number "
            "between the lowest total {low} and the highest {high}",
            name=aggregation.name,
            raw=repr(raw),
            entry=entry,
            low=totals[0],
            high=totals[-1],
        )
        raise PluginFault(
            message, code="plugin-wrong-answer", plugin=f"aggregation {aggregation.name}"
        )
    return Fraction(raw)

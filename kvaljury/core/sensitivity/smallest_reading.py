"""The smallest change of one reading's total that alters the list of a class."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import attrs
import numpy as np

from kvaljury.core.model.panel import Floats
from kvaljury.core.model.sensitivity import ReadingChange
from kvaljury.core.sensitivity.crossing import Candidate, smallest_verified
from kvaljury.core.sensitivity.places import Bools
from kvaljury.core.sensitivity.recalculation import (
    RankedClass,
    Trial,
    list_of,
    own_list,
    with_total,
)

_HIGHEST = 100.0
_TRIED = 3
_NO_RATE = 1e-9


def smallest_reading_change(
    trial: Trial, ranked: RankedClass, response: Floats | None
) -> ReadingChange | None:
    """Find which reading, changed least, alters the list of a class, and verify it.

    With a linear response the changes that alter the list are known exactly for every reading
    of every class, the variance components kept; the smallest are then verified with everything
    estimated anew. Without one, the readings of the class's own entries are tried.

    Args:
        trial: what to compute with.
        ranked: a class with more entries than k, none tied at the cut.
        response: of the class, ``(n, r)``, or None.

    Returns:
        A change that alters the list while one smaller by 1 % does not, or None where no such
        change within 0-100 was found.
    """
    alone = attrs.evolve(trial, classes=(ranked,))
    before = own_list(alone)

    @cache
    def list_after(reading: int, change: float) -> Bools | None:
        total = float(alone.panel.score[reading]) + change
        return list_of(alone, with_total(alone.readings, reading, total))

    def alters(reading: int, change: float) -> bool:
        after = list_after(reading, change)
        return after is not None and bool((before & ~after).any())

    if response is None:
        candidates = list(own_candidates(alone))
    else:
        scores = alone.base.scores[[alone.panel.entries.index(e) for e in ranked.entries]]
        candidates = linear_candidates(scores, before, response, alone.panel.score)[:_TRIED]
    best = smallest_verified(candidates, alters)
    after = None if best is None else list_after(best.subject, best.change)
    if best is None or after is None:
        return None
    reading = alone.readings[best.subject]
    start = float(reading.total)
    return ReadingChange(
        examiner=reading.examiner,
        entry=reading.entry,
        before=round(start, 6),
        after=round(start + best.change, 6),
        comes_on=ranked.named(after & ~before),
        falls_off=ranked.named(before & ~after),
    )


def linear_candidates(
    scores: Floats, listed: Bools, response: Floats, totals: Floats
) -> list[Candidate]:
    """Give for every reading the changes that let an entry pass another over the cut.

    Args:
        scores: ``(n,)`` of the class.
        listed: ``(n,)`` who is on the list; somebody is and somebody is not.
        response: ``(n, r)`` points of score for a point of total.
        totals: ``(r,)`` as they are.

    Returns:
        Those within 0-100, the smallest first, then in the order of readings.
    """
    gap = scores[listed][:, None] - scores[~listed][None, :]
    rate = response[~listed][None, :, :] - response[listed][:, None, :]
    found = []
    for direction, limits in ((1.0, _HIGHEST - totals), (-1.0, totals)):
        sizes = np.full(rate.shape, np.inf)
        towards = direction * rate
        np.divide(gap[:, :, None], towards, out=sizes, where=towards > _NO_RATE)
        found += [
            Candidate(place, direction, float(size), float(limit))
            for place, (size, limit) in enumerate(zip(sizes.min(axis=(0, 1)), limits, strict=True))
            if 0 < size <= limit
        ]
    return sorted(found, key=lambda c: (c.size, c.subject, c.direction))


def own_candidates(alone: Trial) -> Iterator[Candidate]:
    """Give the furthest changes of all readings of the entries of a trial's only class."""
    (ranked,) = alone.classes
    for place, reading in enumerate(alone.readings):
        if reading.entry in ranked.entries:
            total = float(reading.total)
            for direction, limit in ((1.0, _HIGHEST - total), (-1.0, total)):
                if limit > 0:
                    yield Candidate(place, direction, limit, limit)

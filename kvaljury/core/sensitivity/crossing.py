"""Changes that may alter a list to the smallest one that does, computed anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import attrs

NARROW = 0.002
_NEARLY = 0.995
_WIDER = 1.05
_FURTHER = 2
_SMALLEST = 1e-6


@attrs.frozen
class Candidate:
    """A change that may alter the list.

    Attributes:
        subject: index of what changes: a reading, or an area.
        direction: 1.0 for more, -1.0 for less.
        size: from which it should, points or percentage points, above 0.
        limit: how far it can go, at least ``size``.
    """

    subject: int
    direction: float
    size: float
    limit: float

    @property
    def change(self) -> float:
        """The signed change."""
        return self.direction * self.size


def smallest_verified(
    candidates: Iterable[Candidate], alters: Callable[[int, float], bool]
) -> Candidate | None:
    """Find the smallest change that alters a list when everything is computed anew.

    Args:
        candidates: the most promising first.
        alters: subject and signed change to whether the list is another; costly.

    Returns:
        The candidate with its verified size, or None where none alters the list.
    """
    best: Candidate | None = None
    for candidate in candidates:
        limit = candidate.limit if best is None else min(candidate.limit, best.size * _NEARLY)

        def is_enough(size: float, tried: Candidate = candidate) -> bool:
            return alters(tried.subject, tried.direction * size)

        if limit < candidate.size and not is_enough(limit):
            continue
        size = smallest_altering(is_enough, min(candidate.size, limit), limit)
        if size is not None:
            best = attrs.evolve(candidate, size=size)
    return best


def smallest_altering(alters: Callable[[float], bool], guess: float, limit: float) -> float | None:
    """Find the smallest size of a change that alters a list, to 0.2 % or a millionth.

    Args:
        alters: tells whether a change of a size does; costly.
        guess: where to begin, above 0.
        limit: largest size that is possible, at least the guess.

    Returns:
        A size that alters the list while one smaller by 0.2 % does not, or None where nothing
        up to twice the guess, or the limit, does.

    >>> round(smallest_altering(lambda size: size > 3, 2.5, 100), 2)
    3.0
    """
    high, low = min(guess * (1 + NARROW / 2), limit), 0.0
    furthest = min(_FURTHER * guess, limit)
    while not alters(high):
        if high >= furthest:
            return None
        low, high = high, min(high * _WIDER, furthest)
    step = 1 - NARROW / 2
    while low == 0 and high > _SMALLEST:
        if alters(high * step):
            high, step = high * step, step**4
        else:
            low = high * step
    while high - low > max(NARROW * high, _SMALLEST):
        middle = (low + high) / 2
        low, high = (low, middle) if alters(middle) else (middle, high)
    return high

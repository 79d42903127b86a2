"""The order of the classes in which jurors have to leave and come back the fewest times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

_MOST_EXACT = 12

Out = Mapping[str, AbstractSet[str]]


def walk_outs(order: Sequence[str], out: Out) -> int:
    """Count how often somebody who was in the room has to leave it.

    Args:
        order: ids of the classes.
        out: ids of the jurors who sit out, by class.

    >>> walk_outs(["a", "b", "c"], {"a": {"J1"}, "b": set(), "c": {"J1"}})
    2
    """
    before: AbstractSet[str] = frozenset()
    count = 0
    for class_id in order:
        count += len(out[class_id] - before)
        before = out[class_id]
    return count


def best_agenda(classes: Sequence[str], out: Out) -> tuple[str, ...]:
    """Order classes so that the fewest walk-outs are needed.

    Exact by dynamic programming over sets of classes (Held and Karp 1962) for up to twelve
    classes; with more the next class is always one that costs least.

    Args:
        classes: in the order in which they are shown; among equally good agendas the one that
            keeps closest to it, class by class, is chosen.
        out: ids of the jurors who sit out, by class.

    Returns:
        Every class once.
    """
    if len(classes) > _MOST_EXACT:
        return _greedy(classes, out)
    return tuple(classes[index] for index in _exact([out[c] for c in classes]))


def _exact(out: Sequence[AbstractSet[str]]) -> tuple[int, ...]:
    """Give the best order: cost first, then the indices themselves, from the left."""
    count = len(out)
    # (set of classes that are left, class before) to the best way to end the day.
    best: dict[tuple[int, int], tuple[int, tuple[int, ...]]] = {}
    for left in range(1 << count):
        for last in [-1, *range(count)]:
            if last >= 0 and left >> last & 1:
                continue
            before = out[last] if last >= 0 else frozenset()
            ends = []
            for index in range(count):
                if left >> index & 1:
                    cost, rest = best[left & ~(1 << index), index]
                    ends.append((cost + len(out[index] - before), (index, *rest)))
            best[left, last] = min(ends, default=(0, ()))
    return best[(1 << count) - 1, -1][1]


def _greedy(classes: Sequence[str], out: Out) -> tuple[str, ...]:
    left = list(classes)
    before: AbstractSet[str] = frozenset()
    order = []
    while left:
        nearest = min(left, key=lambda class_id: len(out[class_id] - before))
        left.remove(nearest)
        order.append(nearest)
        before = out[nearest]
    return tuple(order)

"""Who read what to the parts of the design that can be compared, and what would join them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

import attrs
import numpy as np

from kvaljury.core.calibration.connected import connected_parts
from kvaljury.core.model import Panel
from kvaljury.core.model.panel import Ints


@attrs.frozen
class Component:
    """Entries and examiners that readings connect; nothing can be said across two of them.

    An examiner belongs to one team, so a contrast between two entries can be estimated with
    entry, examiner and team as fixed effects exactly when readings connect them.

    Attributes:
        entries: ids, sorted.
        examiners: ids, sorted.
        teams: ids, sorted.
    """

    entries: tuple[str, ...]
    examiners: tuple[str, ...]
    teams: tuple[str, ...]


def components_of(panel: Panel) -> tuple[Component, ...]:
    """Find the parts of the design that have readings.

    Args:
        panel: readings of all teams.

    Returns:
        The parts, the one with most entries first, then by first entry id.
    """
    entries = len(panel.entries)
    nodes = entries + len(panel.examiners)
    part = connected_parts(panel.entry, panel.examiner + entries, nodes)[panel.entry]
    order = np.argsort(part, kind="stable")
    runs = np.split(order, np.flatnonzero(np.diff(part[order])) + 1)
    found = [
        Component(
            entries=_named(panel.entries, panel.entry[rows]),
            examiners=_named(panel.examiners, panel.examiner[rows]),
            teams=_named(panel.teams, panel.team[rows]),
        )
        for rows in runs
        if len(rows)
    ]
    return tuple(sorted(found, key=lambda part: (-len(part.entries), part.entries)))


def connecting_readings(
    panel: Panel,
    components: tuple[Component, ...],
    groups: Iterable[Collection[str]],
    forbidden: Collection[tuple[str, str]] = (),
) -> tuple[tuple[str, str], ...]:
    """Propose the fewest extra readings after which every group lies in one component.

    Examiners and entries with fewest readings are asked first, so that links are spread.

    Args:
        panel: readings of all teams.
        components: of the panel.
        groups: entries that should be compared with each other, as a rule one class each.
        forbidden: pairs (examiner, entry) that may not be proposed, such as declared jäv.

    Returns:
        Pairs (examiner, entry), one for each join; a join that every pair is forbidden for is
        left out.
    """
    part_by_entry = {entry: part for part in components for entry in part.entries}
    load = Counter(panel.examiners[x] for x in panel.examiner)
    load.update(panel.entries[e] for e in panel.entry)
    proposed: list[tuple[str, str]] = []
    joined = {part.entries[0]: part.entries[0] for part in components}
    for group in groups:
        parts = sorted(
            {part_by_entry[entry] for entry in group if entry in part_by_entry},
            key=lambda part: (-len(part.entries), part.entries),
        )
        for part in parts[1:]:
            left, right = _root(joined, parts[0].entries[0]), _root(joined, part.entries[0])
            if left == right:
                continue
            pair = _cheapest(parts[0], part, set(group), load, forbidden)
            if pair is not None:
                joined[right] = left
                load.update(pair)
                proposed.append(pair)
    return tuple(proposed)


def _named(ids: Sequence[str], levels: Ints) -> tuple[str, ...]:
    return tuple(sorted(ids[level] for level in set(levels.tolist())))


def _cheapest(
    first: Component,
    second: Component,
    group: set[str],
    load: Mapping[str, int],
    forbidden: Collection[tuple[str, str]],
) -> tuple[str, str] | None:
    candidates = [
        (examiner, entry)
        for reader, read in ((second, first), (first, second))
        for examiner in reader.examiners
        for entry in read.entries
        if entry in group and (examiner, entry) not in forbidden
    ]
    return min(candidates, key=lambda p: (load[p[0]] + load[p[1]], p[0], p[1]), default=None)


def _root(parent: dict[str, str], node: str) -> str:
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node

"""Who read what in which team to the entries that can be compared, teams taken into account."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np

from kvaljury.core.calibration.connected import connected_parts
from kvaljury.core.calibration.groups import is_nested
from kvaljury.core.calibration.modular import PRIME, random_solutions, reduced_rows
from kvaljury.core.model.panel import Ints
from kvaljury.errors import Text

_DRAWS = 3
_FACTORS = 3
_ROUNDS = 30
_SPARE = 64
_MOST_TEAMS = 2000


@attrs.frozen(eq=False)
class Estimability:
    """Which differences between entries the readings can tell.

    Attributes:
        graph: ``(n,)`` part of the examiner-entry graph that each entry lies in.
        parts: ``(n,)`` entries have the same label exactly when their difference can be
            estimated with entry, examiner and team as fixed effects. Labels of both kinds count
            from 0 in the order of the first entry.
        confounded: two teams in one part of the graph whose difference cannot be estimated, as
            indices, or None where the graph tells all.
        is_tested: False where there are too many teams to test more than the graph.
    """

    graph: Ints
    parts: Ints
    confounded: tuple[int, int] | None = None
    is_tested: bool = True


def estimable_parts(entry: Ints, examiner: Ints, team: Ints | None = None) -> Ints:
    """Label entries so that two share a label exactly when their difference can be estimated.

    Args:
        entry: ``(r,)`` index of each reading's entry; each from 0 has a reading.
        examiner: ``(r,)`` index of each reading's examiner, likewise.
        team: ``(r,)`` index of each reading's team, likewise, or None without teams; an examiner
            may have several.

    Returns:
        ``(n,)`` labels from 0 in the order of the first entry.

    >>> two_panels = [0, 1, 2, 3], [0, 1, 1, 2], [0, 0, 1, 1]
    >>> estimable_parts(*map(np.array, two_panels)).tolist()
    [0, 1, 2, 3]
    >>> estimable_parts(*map(np.array, two_panels[:2])).tolist()
    [0, 1, 1, 2]
    """
    return estimability_of(entry, examiner, team).parts


def estimability_of(entry: Ints, examiner: Ints, team: Ints | None = None) -> Estimability:
    """Find what can be estimated with entry, examiner and team as fixed effects.

    A difference of two entries can be estimated when every assignment of numbers to entries,
    examiners and teams that sums to zero over each reading gives both the same number. Where
    each examiner has one team that is so when readings connect them. Else levels that are
    bound to be equal are merged, levels with one reading set aside, and of what is left some
    assignments are drawn at random in exact arithmetic modulo a prime: two entries that have
    the same numbers by chance are less likely than one in 10 to the power of 18.

    Args:
        entry: as for :func:`estimable_parts`; likewise the rest.
        examiner: likewise.
        team: likewise.

    Returns:
        The parts, and two teams that stand in the way where the graph alone would say more.

    Source:
        Searle 1971, Linear Models, chapter 5 (estimable functions); Weeks & Williams 1964,
        Technometrics 6:319-324 (merging levels whose other factors agree).
    """
    graph = graph_parts(entry, examiner)
    if team is None or is_nested(examiner, team):
        return Estimability(graph, graph)
    if int(team.max()) >= _MOST_TEAMS:
        return Estimability(graph, graph, is_tested=False)
    values = _null_values(entry, examiner, team)
    parts = _labels(values[0])
    return Estimability(graph, parts, _confounded(graph, parts, values[2], entry, team))


def estimability_warning(estimability: Estimability, teams: Sequence[str]) -> Text | None:
    """Say that examiners connect teams whose difference nevertheless cannot be told.

    Args:
        estimability: of the readings.
        teams: ``(t,)`` ids.

    Returns:
        A sentence that names two such teams, or says that it was not tested; None where there
        are none.
    """
    if not estimability.is_tested:
        return Text(
            "There are more than {limit} teams that share examiners, so it was only tested whether"
            " readings connect entries, not whether teams can be told apart",
            limit=_MOST_TEAMS,
        )
    if estimability.confounded is None:
        return None
    first, second = estimability.confounded
    return Text(
        "Examiners connect the readings of the teams {first} and {second}, but with a severity of"
        " its own for each team the difference between their entries cannot be estimated: it"
        " takes examiners who read the same entries for different teams",
        first=teams[first],
        second=teams[second],
    )


def graph_parts(entry: Ints, examiner: Ints) -> Ints:
    """Label entries by the part of the examiner-entry graph that they lie in.

    Args:
        entry: ``(r,)`` index of each reading's entry; each from 0 has a reading.
        examiner: ``(r,)`` index of each reading's examiner.

    Returns:
        ``(n,)`` labels from 0 in the order of the first entry.

    >>> graph_parts(np.array([0, 1, 1, 2]), np.array([0, 0, 1, 2])).tolist()
    [0, 0, 1]
    """
    count = int(entry.max()) + 1
    return _labels(
        connected_parts(entry, examiner + count, count + int(examiner.max()) + 1)[:count, None]
    )


def _labels(values: Ints) -> Ints:
    """Number distinct rows in the order in which they first come."""
    key = np.zeros(len(values), dtype=np.int64)
    for column in values.T:
        key = key * len(values) + np.unique(column, return_inverse=True)[1]
        _, first, key = np.unique(key, return_index=True, return_inverse=True)
    return np.asarray(np.argsort(np.argsort(first))[key], dtype=np.intp)


def _confounded(
    graph: Ints, parts: Ints, values: Ints, entry: Ints, team: Ints
) -> tuple[int, int] | None:
    split = np.flatnonzero(np.bincount(graph[np.unique(parts, return_index=True)[1]]) > 1)
    if not len(split):
        return None
    present = np.unique(team[graph[entry] == split[0]])
    other = present[(values[present] != values[present[0]]).any(axis=1)]
    return int(present[0]), int(other[0])


def _null_values(entry: Ints, examiner: Ints, team: Ints) -> list[Ints]:
    """Draw numbers for entries, examiners and teams that sum to zero over each reading."""
    codes = [entry.astype(np.int64), examiner.astype(np.int64), team.astype(np.int64)]
    classes, rows, aside = _merged(codes)
    generator = np.random.default_rng(0)
    values = [generator.integers(0, PRIME, (len(level), _DRAWS)) for level in classes]
    if len(rows):
        _solve([level[code[rows]] for level, code in zip(classes, codes, strict=True)], values)
    for factor, left in reversed(aside):
        others = [f for f in range(_FACTORS) if f != factor]
        total = sum(values[f][classes[f][codes[f][left]]] for f in others)
        values[factor][classes[factor][codes[factor][left]]] = -total % PRIME
    return [value[level] for value, level in zip(values, classes, strict=True)]


def _merged(codes: list[Ints]) -> tuple[list[Ints], Ints, list[tuple[int, Ints]]]:
    """Merge levels that are bound to be equal and set aside readings that bind nothing.

    Returns:
        The class of each level by factor; the readings left, distinct in classes; and those set
        aside in order, with the factor whose only reading each is.
    """
    classes = [np.arange(int(code.max()) + 1) for code in codes]
    rows, aside = np.arange(len(codes[0])), []
    for _ in range(_ROUNDS):
        before = len(rows)
        is_merged = [_merge(factor, codes, classes, rows) for factor in range(_FACTORS)]
        rows = rows[_distinct(rows, codes, classes)]
        for factor in range(_FACTORS):
            level = classes[factor][codes[factor][rows]]
            is_alone = np.bincount(level, minlength=1)[level] == 1
            aside.append((factor, rows[is_alone]))
            rows = rows[~is_alone]
        if not len(rows) or (len(rows) == before and not any(is_merged)):
            break
    return classes, rows, aside


def _distinct(rows: Ints, codes: list[Ints], classes: list[Ints]) -> Ints:
    """Give the place of one reading of each combination of classes, in order."""
    key = np.zeros(len(rows), dtype=np.int64)
    for level, code in zip(classes, codes, strict=True):
        key = np.unique(key * len(level) + level[code[rows]], return_inverse=True)[1]
    return np.sort(np.unique(key, return_index=True)[1])


def _merge(factor: int, codes: list[Ints], classes: list[Ints], rows: Ints) -> bool:
    """Merge levels of a factor between readings that agree in the other two, if there are any."""
    one, other = (classes[f][codes[f][rows]] for f in range(_FACTORS) if f != factor)
    key = one * (int(other.max()) + 1) + other
    order = np.argsort(key, kind="stable")
    level = classes[factor][codes[factor][rows]][order]
    is_same = key[order][1:] == key[order][:-1]
    first, second = level[:-1][is_same], level[1:][is_same]
    if np.array_equal(first, second):
        return False
    classes[factor] = connected_parts(first, second, len(classes[factor]))[classes[factor]]
    return True


def _solve(codes: list[Ints], values: list[Ints]) -> None:
    """Make the random numbers of the levels sum to zero over each reading, in place.

    The factor with fewest levels is drawn; a spanning forest over the other two gives theirs,
    and each reading beside the forest closes a cycle, which binds what is drawn.
    """
    fewest = min(range(_FACTORS), key=lambda f: len(np.unique(codes[f])))
    left, right = (f for f in range(_FACTORS) if f != fewest)
    level, shift = np.unique(codes[fewest], return_inverse=True)
    nodes, node = np.unique(
        np.concatenate([codes[left], codes[right] + len(values[left])]), return_inverse=True
    )
    first, second = np.split(node, 2)
    forest = _Forest.of(first, second, shift, len(nodes))
    gauge = np.random.default_rng(1).integers(0, PRIME, (len(nodes), _DRAWS))
    bound = np.zeros((0, len(level)), dtype=np.int64)
    while True:
        drawn = random_solutions(bound, values[fewest][level])
        heights = forest.heights(drawn, gauge)
        amiss = ((heights[first] - heights[second] + drawn[shift]) % PRIME).any(axis=1)
        if not amiss.any():
            break
        chosen = np.random.default_rng(2).permutation(np.flatnonzero(amiss))[: len(level) + _SPARE]
        cycles = forest.cycles(first[chosen], second[chosen], shift[chosen], len(level))
        bound = reduced_rows(cycles, bound)
    values[fewest][level] = drawn
    is_left = nodes < len(values[left])
    values[left][nodes[is_left]] = heights[is_left]
    values[right][nodes[~is_left] - len(values[left])] = -heights[~is_left] % PRIME


@attrs.frozen(eq=False)
class _Forest:
    """A spanning forest: each node's parent, itself at a root, and the shift to it.

    Heights are the numbers of nodes of the first kind and the negated ones of the second, so
    that along a path shifts are added and subtracted in turn.
    """

    parent: Ints
    shift: Ints
    sign: Ints

    @classmethod
    def of(cls, first: Ints, second: Ints, shift: Ints, nodes: int) -> _Forest:
        from scipy.sparse import csr_array  # noqa: PLC0415  # 0.6 s to import
        from scipy.sparse.csgraph import breadth_first_order  # noqa: PLC0415  # likewise

        ends = np.concatenate([first, second]), np.concatenate([second, first])
        root = connected_parts(first, second, nodes)
        roots = np.flatnonzero(root == np.arange(nodes))
        ends = (
            np.concatenate([ends[0], np.full(len(roots), nodes)]),
            np.concatenate([ends[1], roots]),
        )
        graph = csr_array((np.ones(len(ends[0])), ends), shape=(nodes + 1, nodes + 1))
        parent = breadth_first_order(graph, nodes)[1][:nodes].astype(np.int64)
        parent[roots] = roots
        is_first = np.zeros(nodes, dtype=bool)
        is_first[first] = True
        own = np.arange(nodes)
        keys = first * nodes + second
        order = np.argsort(keys)
        wanted = np.where(is_first, own * nodes + parent, parent * nodes + own)
        wanted[roots] = keys[0]
        found = shift[order[np.searchsorted(keys[order], wanted)]]
        sign = np.where(is_first, -1, 1)
        sign[roots] = 0
        return cls(parent, found, sign)

    def heights(self, shifts: Ints, gauge: Ints) -> Ints:
        """Sum the shifts from each node to its root, where the gauge stands, by doubling."""
        above = self.parent
        heights = self.sign[:, None] * shifts[self.shift] % PRIME
        while not np.array_equal(above, above[above]):
            heights = (heights + heights[above]) % PRIME
            above = above[above]
        heights = (heights + heights[above]) % PRIME
        return np.asarray((heights + gauge[above]) % PRIME)

    def cycles(self, first: Ints, second: Ints, shift: Ints, shifts: int) -> Ints:
        """Give the sum of shifts around the cycle that each reading closes, as rows."""
        rows = np.zeros((len(first), shifts), dtype=np.int64)
        own = np.arange(len(first))
        rows[own, shift] = 1
        for start, direction in ((first, 1), (second, -1)):
            node = start
            while self.sign[node].any():
                np.add.at(rows, (own, self.shift[node]), direction * self.sign[node])
                node = self.parent[node]
        return rows

"""Cliques to an order of elimination with little fill, by minimum degree."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Sequence

import attrs

_FILLED = 0.5
_WORK_BY_NODE = 400
_WORK_AT_LEAST = 1_000_000
_WORTH_JOINING = 0.7


@attrs.define(eq=False)
class Step:
    """Nodes that are eliminated at once, and what they leave connected.

    Attributes:
        own: nodes eliminated here, in order.
        below: nodes of later steps that become a clique.
        own_size: unknowns of ``own``.
        below_size: unknowns of ``below``.
        parent: index of the step that eliminates the first of ``below``, -1 without any.
    """

    own: list[int]
    below: set[int]
    own_size: int
    below_size: int
    parent: int = -1


def order_nodes(weight: Sequence[int], cliques: Iterable[Collection[int]]) -> list[Step]:
    """Order the nodes of a graph that is a union of cliques.

    Nodes that are far apart are eliminated in one round, so that the tree of steps is shallow.
    What is left when a step would connect half of it is eliminated at once, and so is the rest
    when the search becomes long: such a design is as good as filled in.

    Args:
        weight: number of unknowns of each node.
        cliques: nodes that are connected with each other.

    Returns:
        Steps, every one before its parent.

    Source:
        Amestoy, Davis and Duff 1996 (quotient graph); Liu 1985 (rounds of independent nodes).
    """
    graph = _Quotient.of(weight, cliques)
    steps: list[Step] = []
    while graph.left:
        steps += graph.eliminate_round()
    return _joined(steps)


@attrs.define(eq=False)
class _Quotient:
    """What is left of the graph: every clique is kept as a set, edges are never formed.

    Attributes:
        cliques: nodes of each clique, emptied when another one takes it in.
        member: cliques of each node.
        degree: unknowns that each node is connected with, -1 once it is eliminated.
        left: unknowns that are left.
        work: set elements that may still be looked at.
    """

    weight: Sequence[int]
    cliques: list[set[int]]
    member: list[set[int]]
    degree: list[int]
    queue: list[tuple[int, int]]
    left: int
    work: int

    @classmethod
    def of(cls, weight: Sequence[int], cliques: Iterable[Collection[int]]) -> _Quotient:
        sets = [set(clique) for clique in cliques if len(clique) > 1]
        member: list[set[int]] = [set() for _ in weight]
        for index, clique in enumerate(sets):
            for node in clique:
                member[node].add(index)
        work = max(_WORK_AT_LEAST, _WORK_BY_NODE * len(weight))
        graph = cls(weight, sets, member, [0] * len(weight), [], sum(weight), work)
        graph.measure(range(len(weight)))
        return graph

    def measure(self, nodes: Iterable[int]) -> None:
        for node in nodes:
            around = self.around(node)
            self.work -= len(around) + 1
            degree = sum(map(self.weight.__getitem__, around)) - self.weight[node]
            self.degree[node] = degree
            heapq.heappush(self.queue, (degree, node))

    def around(self, node: int) -> set[int]:
        """Give the nodes connected with one, itself among them."""
        return {node}.union(*map(self.cliques.__getitem__, self.member[node]))

    def eliminate_round(self) -> list[Step]:
        """Eliminate nodes of least degree that do not touch each other."""
        steps: list[Step] = []
        touched: set[int] = set()
        bound = -1
        while self.queue and (bound < 0 or self.queue[0][0] <= bound):
            degree, node = heapq.heappop(self.queue)
            if degree != self.degree[node] or node in touched:
                continue
            bound = degree
            if self.work < 0 or degree + self.weight[node] >= _FILLED * self.left:
                return [*steps, self.eliminate_rest()]
            steps.append(self.eliminate(node))
            touched |= steps[-1].below
        self.measure(node for node in touched if self.degree[node] >= 0)
        return steps

    def eliminate(self, node: int) -> Step:
        """Eliminate a node and those that only it held."""
        taken, own = self.member[node], [node]
        below, size = self.around(node), self.degree[node] + self.weight[node]
        below.discard(node)
        for other in below:
            self.member[other] -= taken
            if not self.member[other]:
                own.append(other)
        below.difference_update(own)
        for index in taken:
            self.cliques[index] = set()
        self.cliques.append(below)
        for other in below:
            self.member[other].add(len(self.cliques) - 1)
        own_size = self.drop(own)
        return Step(own, below, own_size, size - own_size)

    def eliminate_rest(self) -> Step:
        own = [node for node, degree in enumerate(self.degree) if degree >= 0]
        return Step(own, set(), self.drop(own), 0)

    def drop(self, nodes: Iterable[int]) -> int:
        """Take nodes out, and give the number of their unknowns."""
        size = 0
        for node in nodes:
            self.degree[node] = -1
            size += self.weight[node]
        self.left -= size
        return size


def _joined(steps: list[Step]) -> list[Step]:
    """Let a step join its parent where that costs less than having both."""
    place = {node: index for index, step in enumerate(steps) for node in step.own}
    kept: list[Step] = []
    for step in steps:
        parent = min(map(place.__getitem__, step.below), default=-1)
        if parent >= 0 and _is_worth_joining(step, steps[parent]):
            steps[parent].own = step.own + steps[parent].own
            steps[parent].own_size += step.own_size
            place.update(dict.fromkeys(step.own, parent))
        else:
            kept.append(step)
    index_of = {node: index for index, step in enumerate(kept) for node in step.own}
    for step in kept:
        step.parent = min(map(index_of.__getitem__, step.below), default=-1)
    return kept


def _is_worth_joining(step: Step, parent: Step) -> bool:
    apart = (step.own_size + step.below_size) ** 2 + (parent.own_size + parent.below_size) ** 2
    together = (step.own_size + parent.own_size + parent.below_size) ** 2
    return together <= _WORTH_JOINING * apart

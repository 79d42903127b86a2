"""Methods that compare nominees in pairs: Condorcet's winner, Schulze's beatpaths, cycles."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from kvaljury.core.model.voting import Figure, Grades, Pair, Tally
from kvaljury.errors import Text

Margins = Mapping[tuple[str, str], int]


def compare_pairs(grades: Grades) -> tuple[Pair, ...]:
    """Count for every pair who is graded higher; a juror who lacks one grade counts neither way.

    Args:
        grades: of any number of nominees.

    Returns:
        Pairs sorted by the ids of their nominees.
    """
    places = list(enumerate(grades.nominees))
    found = []
    for (i, first), (j, second) in combinations(places, 2):
        both = [(a, b) for ballot in grades.ballots if _are_given(a := ballot[i], b := ballot[j])]
        for_first = sum(a > b for a, b in both)  # type: ignore[operator]
        for_second = sum(b > a for a, b in both)  # type: ignore[operator]
        found.append(Pair(first, second, for_first, for_second))
    return tuple(found)


def schulze(grades: Grades) -> Tally:
    """Rank by beatpaths over margins (Schulze 2011); the nominees of a tier are undominated.

    The strength of a path is its smallest margin; a nominee stands above another whose best
    path back is weaker. That relation has no cycles. A tier holds those whom nobody left stands
    above, so that within a tier the method does not tell who is better.

    Args:
        grades: of at least one nominee.

    Returns:
        Tiers, every pair, and a cycle where there is one among the strongest.
    """
    pairs = compare_pairs(grades)
    margins = margins_of(pairs)
    strength = _beatpaths(grades.nominees, margins)
    left = list(grades.nominees)
    tiers = []
    while left:
        top = tuple(
            a for a in left if all(strength[a, b] >= strength[b, a] for b in left if b != a)
        )
        tiers.append(top)
        left = [nominee for nominee in left if nominee not in top]
    wins = {a: sum(margins[a, b] > 0 for b in grades.nominees if b != a) for a in grades.nominees}
    cycle = find_cycle(smith_set(grades.nominees, margins), margins)
    return Tally(tuple(tiers), (Figure(Text("Pairs won"), wins),), pairs, cycle)


def margins_of(pairs: Iterable[Pair]) -> dict[tuple[str, str], int]:
    """Give the margin of each ordered pair: jurors for the first minus jurors for the second."""
    margins = {}
    for pair in pairs:
        margins[pair.first, pair.second] = pair.for_first - pair.for_second
        margins[pair.second, pair.first] = pair.for_second - pair.for_first
    return margins


def condorcet_winner(nominees: Sequence[str], margins: Margins) -> str | None:
    """Give the nominee who wins every pair, or None."""
    winners = [a for a in nominees if all(margins[a, b] > 0 for b in nominees if b != a)]
    return winners[0] if winners else None


def smith_set(nominees: Sequence[str], margins: Margins) -> tuple[str, ...]:
    """Give the smallest set whose members win every pair with those outside, sorted.

    Args:
        nominees: at least one.
        margins: of every ordered pair; 0 is a tie, which is no win.
    """
    reach = {a: _reachable(a, nominees, margins) for a in nominees}
    return tuple(sorted(a for a in nominees if len(reach[a]) == len(nominees)))


def find_cycle(nominees: Sequence[str], margins: Margins) -> tuple[str, ...]:
    """Give a shortest cycle of wins, from its first nominee by id; empty where there is none."""
    found = [
        cycle for start in sorted(nominees) if (cycle := _cycle_from(start, nominees, margins))
    ]
    return min(found, key=len, default=())


def _are_given(a: int | None, b: int | None) -> bool:
    return a is not None and b is not None


def _beatpaths(nominees: Sequence[str], margins: Margins) -> dict[tuple[str, str], int]:
    strength = {pair: max(margin, 0) for pair, margin in margins.items()}
    for via in nominees:
        for a in nominees:
            for b in nominees:
                if len({a, b, via}) == 3:  # noqa: PLR2004  # three different nominees
                    through = min(strength[a, via], strength[via, b])
                    strength[a, b] = max(strength[a, b], through)
    return strength


def _reachable(start: str, nominees: Sequence[str], margins: Margins) -> set[str]:
    """Give those whom a chain of pairs that are not lost leads to."""
    found, queue = {start}, deque([start])
    while queue:
        a = queue.popleft()
        new = [b for b in nominees if b not in found and margins[a, b] >= 0]
        found.update(new)
        queue.extend(new)
    return found


def _cycle_from(start: str, nominees: Sequence[str], margins: Margins) -> tuple[str, ...]:
    queue: deque[tuple[str, ...]] = deque([(start,)])
    seen = {start}
    while queue:
        path = queue.popleft()
        for b in sorted(nominees):
            if b == path[-1] or margins[path[-1], b] <= 0:
                continue
            if b == start:
                return path
            if b not in seen:
                seen.add(b)
                queue.append((*path, b))
    return ()

"""Voting plugins asked for their tally, and what they answer held against its contract."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction
from itertools import pairwise

from kvaljury.core.asking import asking, is_sound_text
from kvaljury.core.model import Figure, Grades, Pair, Tally, Text, VotingMethod
from kvaljury.errors import PluginFault


def tally_grades(method: VotingMethod, grades: Grades) -> Tally:
    """Ask a voting method what it makes of grades.

    Args:
        method: what a plugin offers.
        grades: of at least one nominee.

    Returns:
        Its tally: every nominee in one tier, ties explicit.

    Raises:
        PluginFault: if it fails, or answers with what is no tally of these nominees.
    """

    def failed(said: str) -> Text:
        return Text("The voting method {name} failed: {error}", name=method.name, error=said)

    plugin = f"voting-method {method.name}"
    with asking(plugin, failed):
        answered: object = method.tally(grades)
        fault = next(_faults_in(answered, grades), None)
    if fault:
        message = Text(
            "The voting method {name} answered with a fault: {fault}", name=method.name, fault=fault
        )
        raise PluginFault(message, code="plugin-wrong-answer", plugin=plugin)
    assert isinstance(answered, Tally)  # noqa: S101  # told by the first of the faults
    return answered


def _faults_in(tally: object, grades: Grades) -> Iterator[Text]:
    # Every check may rely on those before it: only the first fault is asked for.
    if type(tally) is not Tally:
        yield Text("it is no Tally")
        return
    if type(tally.tiers) is not tuple or any(type(tier) is not tuple for tier in tally.tiers):
        yield Text("its tiers are no tuple of tuples")
    if sorted(nominee for tier in tally.tiers for nominee in tier) != sorted(grades.nominees):
        yield Text("not every nominee stands in exactly one tier")
    if any(not tier or list(tier) != sorted(tier) for tier in tally.tiers):
        yield Text("a tier is empty or not sorted by id")
    if not all(_is_figure(figure, grades.nominees) for figure in tally.figures):
        yield Text("a figure lacks its label or the number or text of a nominee")
    if not all(_is_pair(pair, grades) for pair in tally.pairs):
        yield Text("a pair is none of two nominees in the order of their ids")
    if not _is_cycle(tally.cycle, grades):
        yield Text("its cycle is no round of pairs that more jurors want than not")
    if not all(is_sound_text(note) for note in tally.notes):
        yield Text("a note is no Text that can be shown")


def _is_figure(figure: object, nominees: Collection[str]) -> bool:
    return (
        type(figure) is Figure
        and is_sound_text(figure.label)
        and figure.values.keys() == set(nominees)
        and all(
            type(value) in (int, Fraction) or is_sound_text(value)
            for value in figure.values.values()
        )
    )


def _is_pair(pair: object, grades: Grades) -> bool:
    return (
        type(pair) is Pair
        and {pair.first, pair.second} <= set(grades.nominees)
        and pair.first < pair.second
        and type(pair.for_first) is type(pair.for_second) is int
    )


def _is_cycle(cycle: tuple[str, ...], grades: Grades) -> bool:
    if not cycle:
        return True
    if not set(cycle) <= set(grades.nominees) or len(set(cycle)) < len(cycle):
        return False
    return all(_margin(a, b, grades) > 0 for a, b in pairwise((*cycle, cycle[0])))


def _margin(a: str, b: str, grades: Grades) -> int:
    i, j = grades.nominees.index(a), grades.nominees.index(b)
    given = [(ballot[i], ballot[j]) for ballot in grades.ballots]
    both = [(x, y) for x, y in given if x is not None and y is not None]
    return sum(x > y for x, y in both) - sum(y > x for x, y in both)

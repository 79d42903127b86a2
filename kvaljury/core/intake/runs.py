"""Numbers that run on through a bid as evidence that they are the questions'."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import attrs

from kvaljury.core.intake.anchors import Anchor, Candidate, Evidence

_HALF = 0.5


def sure_by_runs(chosen: Sequence[Candidate], anchors: Sequence[Anchor]) -> list[Candidate]:
    """Take numbers for sure that run on unbroken through at least half of the questions.

    Where most numbers have the words of their question beside them, one with other words is
    odd and stays unsure.

    Args:
        chosen: the places that were found, in order.
        anchors: of the edition.
    """
    numbered = [c for c in chosen if anchors[c.anchor].number and c.evidence is not Evidence.WORDS]
    if sum(not each.is_sure for each in numbered) < _HALF * len(numbered):
        return list(chosen)
    found = {anchors[each.anchor].number for each in numbered}
    sure = set(_long_run(found, _numbers(anchors)))
    whole = {number for number in sure if _has_all_parts(number, numbered, anchors)}
    return [_surer(each, anchors[each.anchor], sure, whole) for each in chosen]


def _numbers(anchors: Sequence[Anchor]) -> list[str]:
    return list(dict.fromkeys(anchor.number for anchor in anchors if anchor.number))


def _long_run(found: Collection[str], numbers: Sequence[str]) -> Iterator[str]:
    """Give the numbers of every stretch without a gap that is long enough."""
    run: list[str] = []
    for number in (*numbers, ""):
        if number in found:
            run.append(number)
            continue
        if len(run) >= _HALF * len(numbers):
            yield from run
        run = []


def _has_all_parts(number: str, chosen: Sequence[Candidate], anchors: Sequence[Anchor]) -> bool:
    parts = {anchor.letter for anchor in anchors if anchor.number == number and anchor.letter}
    own = (anchors[each.anchor] for each in chosen)
    return parts <= {anchor.letter for anchor in own if anchor.number == number}


def _surer(
    candidate: Candidate, anchor: Anchor, sure: Collection[str], whole: Collection[str]
) -> Candidate:
    by_run = anchor.number in (whole if anchor.letter else sure)
    is_number = candidate.evidence is Evidence.NUMBER
    return attrs.evolve(candidate, is_sure=candidate.is_sure or (is_number and by_run))

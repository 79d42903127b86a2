"""Candidates to the chain of places that keeps the order of bid and form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from kvaljury.core.intake.anchors import LONGEST_HEADING, Anchor, Candidate
from kvaljury.core.model.word_document import Paragraph

_LIST_ROOM, _ROOM_WORTH = 300, 0.5
_SHORTEST_CONTENTS = 5  # headings on end with nothing under them


def _with_room(
    candidates: Sequence[Sequence[Candidate]], body: Sequence[Paragraph]
) -> list[list[Candidate]]:
    """Favour numbers with text after them over the items of a list."""
    raised: list[list[Candidate]] = [[] for _ in body]
    room = 0
    for index in range(len(body) - 1, -1, -1):
        worth = _ROOM_WORTH * min(room, _LIST_ROOM) / _LIST_ROOM
        raised[index] = [attrs.evolve(c, score=c.score + worth) for c in candidates[index]]
        room = 0 if candidates[index] else room + len(body[index].text)
    return raised


@attrs.frozen
class _Chain:
    """Candidates that follow each other, linked backwards."""

    score: float
    last: Candidate | None = None
    before: _Chain | None = None


def dearest_chain(
    candidates: Sequence[Sequence[Candidate]],
    body: Sequence[Paragraph],
    anchors: Sequence[Anchor],
) -> list[Candidate]:
    """Choose the candidates of most worth that keep the order of bid and form.

    Of chains worth the same the later place wins: a table of contents stands first.

    Args:
        candidates: what each paragraph may be the heading of.
        body: the paragraphs.
        anchors: of the edition.
    """
    has_text = text_under(candidates, body)
    listed = _without_contents(candidates, body, has_text)
    return _dearest(_with_room(listed, body), anchors)


def _dearest(
    candidates: Sequence[Sequence[Candidate]], anchors: Sequence[Anchor]
) -> list[Candidate]:
    best: list[_Chain | None] = [None] * len(anchors)
    for here in candidates:
        before = list(best)
        for candidate in here:
            chain = _longest_before(candidate, before, best, anchors)
            if chain is None:
                continue
            longer = _Chain(chain.score + candidate.score, candidate, chain)
            known = best[candidate.anchor]
            if known is None or longer.score >= known.score:
                best[candidate.anchor] = longer
    dearest = max((c for c in best if c), key=lambda c: c.score, default=None)
    chosen: list[Candidate] = []
    while dearest is not None and dearest.last is not None:
        chosen.append(dearest.last)
        dearest = dearest.before
    return chosen[::-1]


def _longest_before(
    candidate: Candidate,
    before: Sequence[_Chain | None],
    now: Sequence[_Chain | None],
    anchors: Sequence[Anchor],
) -> _Chain | None:
    """Give the dearest chain that a candidate may continue; it may open question and part at once.

    A lettered part continues only its own question, since letters stand in every list.
    """
    anchor = anchors[candidate.anchor]
    own = [i for i in range(candidate.anchor) if anchor.letter and _same(anchors[i], anchor)]
    usable = own if candidate.needs_question else range(candidate.anchor)
    chains = [chain for i in usable if (chain := before[i])]
    chains += [
        chain
        for i in own
        if not anchors[i].letter
        and (chain := now[i])
        and chain.last
        and chain.last.paragraph == candidate.paragraph
    ]
    if not candidate.needs_question:
        chains.append(_Chain(0.0))
    return max(chains, key=lambda chain: chain.score, default=None)


def _same(one: Anchor, other: Anchor) -> bool:
    return bool(one.number) and one.number == other.number


def text_under(candidates: Sequence[Sequence[Candidate]], body: Sequence[Paragraph]) -> list[bool]:
    """Tell of each paragraph whether text stands on its line or next under it.

    Args:
        candidates: what each paragraph may be the heading of.
        body: the paragraphs.
    """
    has_text: list[bool] = []
    is_followed = False
    for paragraph, here in zip(reversed(body), reversed(candidates), strict=True):
        text = paragraph.text.strip()
        has_text.append(is_followed or len(text) > LONGEST_HEADING)
        is_followed = not here if text else is_followed
    return has_text[::-1]


def _without_contents(
    candidates: Sequence[Sequence[Candidate]], body: Sequence[Paragraph], has_text: Sequence[bool]
) -> list[Sequence[Candidate]]:
    """Leave out headings of a table of contents that stand elsewhere as well, with text under them.

    A question that only the table has would else draw all before it into the table.
    """
    best: dict[int, float] = {}
    for here, is_answered in zip(candidates, has_text, strict=True):
        for each in here if is_answered else ():
            best[each.anchor] = max(each.score, best.get(each.anchor, 0.0))
    kept = list(candidates)
    for run in _runs(candidates, body):
        if len(run) >= _SHORTEST_CONTENTS:
            for index in run:
                if not has_text[index]:
                    kept[index] = [
                        c for c in candidates[index] if c.score > best.get(c.anchor, 0.0)
                    ]
    return kept


def _runs(
    candidates: Sequence[Sequence[Candidate]], body: Sequence[Paragraph]
) -> Iterator[list[int]]:
    """Give the stretches of paragraphs on end that may all be headings, empty ones passed over."""
    run: list[int] = []
    for index, here in enumerate(candidates):
        if here:
            run.append(index)
        elif body[index].text.strip():
            yield run
            run = []
    yield run

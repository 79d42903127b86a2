"""Questions that stand outside the form's order: found all the same where they are sure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import attrs

from kvaljury.core.intake.anchors import (
    Anchor,
    AnchorKind,
    Candidate,
    Evidence,
)
from kvaljury.core.intake.chains import text_under
from kvaljury.core.model.word_document import Paragraph


def with_strays(
    chosen: Sequence[Candidate],
    candidates: Sequence[Sequence[Candidate]],
    body: Sequence[Paragraph],
    anchors: Sequence[Anchor],
) -> list[Candidate]:
    """Add the places of questions that the chain of the form's order leaves out.

    Only a place that a number with its words or the form's own words speak for is taken, and
    only where text stands under it, so that a table of contents and lists fool nobody.

    Args:
        chosen: the places that stand in order.
        candidates: what each paragraph may be the heading of.
        body: the paragraphs.
        anchors: of the edition.

    Returns:
        All places in the order of the bid.
    """
    taken = {each.paragraph for each in chosen}
    has_text = text_under(candidates, body)
    found: dict[int, Candidate] = {each.anchor: each for each in chosen}
    placed = {each.paragraph: anchors[each.anchor].number for each in chosen}
    question = ""
    for index, here in enumerate(candidates):
        question = placed.get(index, question)
        if index in taken:
            continue
        for candidate in here:
            anchor = anchors[candidate.anchor]
            is_part = candidate.needs_question
            if (
                candidate.anchor not in found
                and _is_sure(candidate)
                and (has_text[index] or anchor.kind is AnchorKind.QUESTION)
                and (not is_part or anchor.number == question)
            ):
                found[candidate.anchor] = attrs.evolve(candidate, is_in_order=False)
                question = anchor.number
    kept = _kept(found.values(), has_text, anchors)
    return sorted(kept, key=lambda each: (each.paragraph, each.anchor))


def _is_sure(candidate: Candidate) -> bool:
    return candidate.is_sure and candidate.evidence is not Evidence.WORDS


def _kept(
    found: Collection[Candidate], has_text: Sequence[bool], anchors: Sequence[Anchor]
) -> Iterator[Candidate]:
    """Leave out questions as a whole with neither text nor parts of their own under them."""
    parts = {
        anchors[each.anchor].number
        for each in found
        if anchors[each.anchor].letter and not each.is_in_order
    }
    for each in found:
        is_whole = anchors[each.anchor].kind is AnchorKind.QUESTION and not each.is_in_order
        if not is_whole or has_text[each.paragraph] or anchors[each.anchor].number in parts:
            yield each

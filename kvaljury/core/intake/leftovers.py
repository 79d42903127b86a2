"""The form's introductory texts and annexes that were left in a contribution."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import attrs

from kvaljury.core.intake.fingerprints import Match
from kvaljury.core.model.bid_folder import Passage, PassageKind
from kvaljury.core.model.word_document import Paragraph

# A sentence of one's own may share some words on end with the form, but not most of them.
_MOST, _FEWEST_WORDS = 0.6, 8
_SHARED_ANNEX = 0.3
_LONGEST_TITLE = 80


@attrs.frozen
class Leftover:
    """Passages of the form in a contribution.

    Attributes:
        kind: introduction or annex.
        name: id of the area, or heading of the annex.
        paragraphs: indexes, increasing.
    """

    kind: PassageKind
    name: str
    paragraphs: tuple[int, ...]


def left_in(
    body: Sequence[Paragraph],
    matches: Sequence[Mapping[Passage, Match]],
    annexes: Sequence[range],
    opening: Collection[int],
) -> tuple[Leftover, ...]:
    """Find what the form tells to remove.

    Args:
        body: the paragraphs.
        matches: the form's passages in each.
        annexes: stretches that begin with a heading of an annex. One that is the form's own
            is left in as a whole, what was filled in too.
        opening: indexes of the paragraphs that open questions and areas; they are none of it.

    Returns:
        By passage, in reading order. An annex of the unit's own is none.
    """
    found: dict[tuple[PassageKind, str], set[int]] = {}
    for index, inside in enumerate(matches):
        if passage := _passage(inside):
            found.setdefault((passage.kind, passage.name), set()).add(index)
    for stretch in annexes:
        if name := _form_annex(stretch, body, found):
            found[PassageKind.ANNEX, name] |= set(stretch)
    for places in found.values():
        places.update(_between(places, body, opening))
    made = (Leftover(kind, name, tuple(sorted(at))) for (kind, name), at in found.items())
    return tuple(sorted(_apart(made), key=lambda left: left.paragraphs))


def _passage(inside: Mapping[Passage, Match]) -> Passage | None:
    fitting = [
        (match.words, passage)
        for passage, match in inside.items()
        if passage.kind is not PassageKind.QUESTION
        and match.share >= _MOST
        and match.words >= _FEWEST_WORDS
    ]
    return max(fitting, key=lambda each: each[0])[1] if fitting else None


def _form_annex(
    stretch: range,
    body: Sequence[Paragraph],
    found: Mapping[tuple[PassageKind, str], Collection[int]],
) -> str:
    """Give the name of the form's annex that a stretch holds, or nothing."""
    size = sum(len(body[index].text) for index in stretch)
    shared = {
        name: sum(len(body[index].text) for index in places if index in stretch)
        for (kind, name), places in found.items()
        if kind is PassageKind.ANNEX
    }
    name = max(shared, key=lambda each: shared[each], default="")
    return name if name and shared[name] >= _SHARED_ANNEX * size else ""


def _between(
    places: Collection[int], body: Sequence[Paragraph], opening: Collection[int]
) -> set[int]:
    """Give the short headings and empty lines that stand between passages of the same kind."""
    inside: set[int] = set()
    run: list[int] | None = []
    for index in range(min(places), max(places) + 1):
        if index in places:
            inside.update(run or ())
            run = []
        elif run is not None and len(body[index].text) <= _LONGEST_TITLE and index not in opening:
            run.append(index)
        else:  # the unit's own: what is short before the next passage is its own too
            run = None
    return inside


def _apart(found: Iterable[Leftover]) -> Iterator[Leftover]:
    """Give each paragraph to one leftover only."""
    seen: set[int] = set()
    for left in found:
        own = tuple(index for index in left.paragraphs if index not in seen)
        seen.update(own)
        if own:
            yield attrs.evolve(left, paragraphs=own)

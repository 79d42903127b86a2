"""A contribution to its sections and to where each question is answered.

The form's order is kept by those who write, so the places are the dearest chain of candidates
in which both the paragraphs and the questions go on. What is not in it was not found, which
is for a person to look at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

import attrs

from kvaljury.core.intake.anchors import (
    LONGEST_HEADING,
    Anchor,
    AnchorKind,
    Candidate,
    Evidence,
    Reader,
    anchors_of,
)
from kvaljury.core.intake.fingerprints import Form, Match, letters_of
from kvaljury.core.intake.leftovers import Leftover, left_in
from kvaljury.core.intake.markers import marker_of
from kvaljury.core.model import RuleSet
from kvaljury.core.model.bid_folder import Passage, PassageKind
from kvaljury.core.model.word_document import Paragraph, Part, WordDocument
from kvaljury.errors import Text

SHORTEST_ANSWER = 30
"""Letters and digits besides the question's own; fewer are no answer."""

_HALF = 0.5
_LIST_ROOM, _ROOM_WORTH = 300, 0.5


class AnswerState(StrEnum):
    """What was found of an answer."""

    ANSWERED = "answered"
    EMPTY = "empty"
    UNDIVIDED = "undivided"
    NOT_FOUND = "not_found"


@attrs.frozen
class LeafAnswer:
    """Where a leaf is answered.

    Attributes:
        leaf: its id.
        state: what was found; undivided is text under the question as a whole.
        letters: letters and digits of the answer, the question's own words taken off.
        first: index of the paragraph that opens it, or None.
        end: index after its last paragraph, or None.
        evidence: by what it was found, or None.
        is_sure: False where nothing but a number or a word speaks for it.
    """

    leaf: str
    state: AnswerState
    letters: int = 0
    first: int | None = None
    end: int | None = None
    evidence: Evidence | None = None
    is_sure: bool = True

    @property
    def is_answered(self) -> bool:
        """Whether an answer was found in its own place."""
        return self.state is AnswerState.ANSWERED


@attrs.frozen
class Section:
    """A stretch of a contribution.

    Attributes:
        kind: an area, an annex, or None for what stands before the first of them.
        name: id of the area, else empty.
        first: index of its first paragraph.
        end: index after its last.
    """

    kind: AnchorKind | None
    name: str
    first: int
    end: int


@attrs.frozen
class Outline:
    """A contribution as it was understood.

    Attributes:
        sections: in reading order; together they are the whole body.
        answers: of every leaf, in the order of the form.
        leftovers: the form's introductory texts and annexes that were left in.
        places: id of the question or leaf, else label of the area, by index of the paragraph
            that opens it.
    """

    sections: tuple[Section, ...]
    answers: tuple[LeafAnswer, ...]
    leftovers: tuple[Leftover, ...] = ()
    places: Mapping[int, Text | str] = attrs.field(factory=dict, hash=False)

    @property
    def answered(self) -> int:
        """How many leaves have an answer."""
        return sum(answer.is_answered for answer in self.answers)

    def left_out(self) -> frozenset[int]:
        """Give the indexes of the paragraphs that are the form's own and not counted."""
        return frozenset(index for left in self.leftovers for index in left.paragraphs)

    def place_of(self, paragraph: int) -> Text | str:
        """Give the question or area that a paragraph stands under, or nothing."""
        before = [index for index in self.places if index <= paragraph]
        return self.places[max(before)] if before else ""


_Chosen = list[Candidate]
_Matches = list[dict[Passage, Match]]


def outline(document: WordDocument, rules: RuleSet, form: Form) -> Outline:
    """Find the sections and answers of a contribution.

    Args:
        document: the contribution.
        rules: areas, questions and leaves, with the words that name them.
        form: the passages of the edition's form; without it numbers and words remain.

    Returns:
        One answer for each leaf, whatever was found.
    """
    body = _body(document)
    reader = Reader(anchors_of(rules))
    matches = [form.matches(_unmarked(p)) for p in body]
    candidates = [
        reader.candidates(index, paragraph, matches[index]) for index, paragraph in enumerate(body)
    ]
    chosen = _dearest_chain(_with_room(candidates, body), reader.anchors)
    sections = _sections(chosen, reader.anchors, len(body))
    annexes = [range(s.first, s.end) for s in sections if s.kind is AnchorKind.ANNEX]
    opening = frozenset(c.paragraph for c in chosen)
    leftovers = left_in(body, matches, annexes, opening)
    work = _Work(body, matches, chosen, reader.anchors, leftovers)
    labels: dict[str, Text | str] = {area.id: area.label for area in rules.areas}
    named = {c.paragraph: reader.anchors[c.anchor] for c in chosen}
    places = {
        at: labels[a.name] if a.kind is AnchorKind.AREA else a.name for at, a in named.items()
    }
    return Outline(sections, work.answers(rules), leftovers, places)


def _body(document: WordDocument) -> list[Paragraph]:
    """Give what is read as running text; it stands first in the document."""
    kept: list[Paragraph] = []
    for paragraph in document.paragraphs:
        if paragraph.part not in (Part.BODY, Part.TEXT_BOX):
            break
        kept.append(paragraph)
    return kept


def _unmarked(paragraph: Paragraph) -> str:
    marker = marker_of(paragraph)
    return marker.rest if marker else paragraph.text


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


def _dearest_chain(candidates: Sequence[Sequence[Candidate]], anchors: Sequence[Anchor]) -> _Chosen:
    """Choose the candidates of most worth that keep the order of bid and form.

    Of chains worth the same the later place wins: a table of contents stands first.
    """
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
    chosen: _Chosen = []
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


def _sections(chosen: _Chosen, anchors: Sequence[Anchor], end: int) -> tuple[Section, ...]:
    opens: list[tuple[int, AnchorKind | None, str]] = [(0, None, "")]
    area = ""
    for candidate in chosen:
        anchor = anchors[candidate.anchor]
        inside = _area_of(candidate.anchor, anchors)
        if anchor.kind is AnchorKind.ANNEX:
            opens.append((candidate.paragraph, AnchorKind.ANNEX, ""))
        elif inside != area:
            # An area without a heading of its own begins with its first question.
            opens.append((candidate.paragraph, AnchorKind.AREA, inside))
            area = inside
    ends = [start for start, _, _ in opens[1:]] + [end]
    return tuple(
        Section(kind, name, start, stop)
        for (start, kind, name), stop in zip(opens, ends, strict=True)
        if stop > start
    )


def _area_of(index: int, anchors: Sequence[Anchor]) -> str:
    areas = [a.name for a in anchors[: index + 1] if a.kind is AnchorKind.AREA]
    return areas[-1]


@attrs.frozen
class _Work:
    """What is known when answers are measured."""

    body: Sequence[Paragraph]
    matches: _Matches
    chosen: _Chosen
    anchors: Sequence[Anchor]
    leftovers: tuple[Leftover, ...]

    def answers(self, rules: RuleSet) -> tuple[LeafAnswer, ...]:
        """Measure the answer of every leaf."""
        places = self._places()
        return tuple(
            _answer(leaf.id, question.id, places)
            for area in rules.areas
            for question in area.questions
            for leaf in question.leaves
        )

    def _places(self) -> dict[str, _Place]:
        """Give each place that was found, by its name."""
        omitted = {i for left in self.leftovers for i in left.paragraphs}
        ends = [*(c.paragraph for c in self.chosen[1:]), len(self.body)]
        found: dict[str, _Place] = {}
        for candidate, end in zip(self.chosen, ends, strict=False):
            inside = (i for i in range(candidate.paragraph, end) if i not in omitted)
            letters = sum(self._own(i, is_opening=i == candidate.paragraph) for i in inside)
            found[self.anchors[candidate.anchor].name] = _Place(candidate, end, letters)
        return found

    def _own(self, index: int, *, is_opening: bool) -> int:
        """Count letters and digits of a paragraph that are not a question's own words."""
        text = _unmarked(self.body[index])
        letters = letters_of(text)
        questions = [
            match
            for passage, match in self.matches[index].items()
            if passage.kind is PassageKind.QUESTION
            and (match.coverage >= _HALF or match.share >= _HALF)
        ]
        if questions:
            return min(match.foreign for match in questions)
        is_title = self.body[index].heading > 0 or _is_title(text)
        return 0 if is_opening and is_title else letters


def _is_title(text: str) -> bool:
    return len(text.strip()) <= LONGEST_HEADING and not text.strip().endswith(".")


@attrs.frozen
class _Place:
    """A place of the form as it was found, and how much stands below it."""

    candidate: Candidate
    end: int
    letters: int


def _answer(leaf: str, question: str, places: Mapping[str, _Place]) -> LeafAnswer:
    place = places.get(leaf)
    if place is not None:
        found = place.candidate
        state = AnswerState.ANSWERED if place.letters >= SHORTEST_ANSWER else AnswerState.EMPTY
        span = found.paragraph, place.end
        return LeafAnswer(leaf, state, place.letters, *span, found.evidence, found.is_sure)
    whole = places.get(question)
    if whole is None or whole.letters < SHORTEST_ANSWER:
        return LeafAnswer(leaf, AnswerState.NOT_FOUND)
    span = whole.candidate.paragraph, whole.end
    return LeafAnswer(leaf, AnswerState.UNDIVIDED, whole.letters, *span)

"""A contribution to its sections and to where each question is answered.

The form's order is kept by those who write, so the places are the dearest chain of candidates
in which both the paragraphs and the questions go on. What surely stands for a question outside
it is out of order; what is in neither was not found, which is for a person to look at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

import attrs

from kvaljury.core.intake.anchors import (
    Anchor,
    AnchorKind,
    Candidate,
    Evidence,
    Reader,
    anchors_of,
)
from kvaljury.core.intake.chains import dearest_chain
from kvaljury.core.intake.fingerprints import Form, Match, letters_of
from kvaljury.core.intake.leftovers import Leftover, left_in
from kvaljury.core.intake.markers import marker_of
from kvaljury.core.intake.runs import sure_by_runs
from kvaljury.core.intake.strays import with_strays
from kvaljury.core.intake.titles import is_short_line, letters_beside
from kvaljury.core.model import RuleSet
from kvaljury.core.model.bid_folder import Passage, PassageKind
from kvaljury.core.model.characters import count_signs
from kvaljury.core.model.word_document import Paragraph, Part, WordDocument
from kvaljury.errors import Text

SHORTEST_ANSWER = 30
"""Letters and digits besides the question's own; fewer are for a person to look at."""

_HALF = 0.5


class AnswerState(StrEnum):
    """What was found of an answer."""

    ANSWERED = "answered"
    SHORT = "short"
    ONE_LINE = "one_line"
    EMPTY = "empty"
    UNDIVIDED = "undivided"
    NOT_FOUND = "not_found"


@attrs.frozen
class LeafAnswer:
    """Where a leaf is answered.

    Attributes:
        leaf: its id.
        state: what was found; short is anything that may be an answer but says little, one line
            what stands beside the number and may be a heading, undivided text under the question
            as a whole, and empty is nothing at all.
        letters: letters and digits of the answer, the question's own words taken off.
        characters: of a short answer, without whitespace.
        first: index of the paragraph that opens it, or None.
        end: index after its last paragraph, or None.
        evidence: by what it was found, or None.
        is_sure: False where nothing but a number or a word speaks for it.
        is_in_order: False where it does not stand in the order of the form.
    """

    leaf: str
    state: AnswerState
    letters: int = 0
    characters: int = 0
    first: int | None = None
    end: int | None = None
    evidence: Evidence | None = None
    is_sure: bool = True
    is_in_order: bool = True

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
        origins: index in the file of each paragraph where lines were split apart, or empty.
    """

    sections: tuple[Section, ...]
    answers: tuple[LeafAnswer, ...]
    leftovers: tuple[Leftover, ...] = ()
    places: Mapping[int, Text | str] = attrs.field(factory=dict, hash=False)
    origins: tuple[int, ...] = ()

    @property
    def answered(self) -> int:
        """How many leaves have an answer."""
        return sum(answer.is_answered for answer in self.answers)

    def left_out(self) -> frozenset[int]:
        """Give the indexes of the paragraphs that are the form's own and not counted."""
        return frozenset(index for left in self.leftovers for index in left.paragraphs)

    def number_of(self, paragraph: int) -> int:
        """Give the number of a paragraph in the file, from 1."""
        return (self.origins[paragraph] if self.origins else paragraph) + 1

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
    chain = dearest_chain(candidates, body, reader.anchors)
    surely = sure_by_runs(chain, reader.anchors)
    chosen = with_strays(surely, candidates, body, reader.anchors)
    sections = _sections(chosen, reader.anchors, len(body))
    annexes = [range(s.first, s.end) for s in sections if s.kind is AnchorKind.ANNEX]
    opening = frozenset(c.paragraph for c in chosen)
    leftovers = left_in(body, matches, annexes, opening)
    pictured = frozenset(i.paragraph for i in document.images if i.paragraph is not None)
    work = _Work(body, matches, chosen, reader.anchors, leftovers, pictured)
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
    pictured: frozenset[int]

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
            first, anchor = candidate.paragraph, self.anchors[candidate.anchor]
            # One line may open a question and its first part; then it is the part's.
            is_own = end > first and first not in omitted
            surely, beside = self._opening(first, anchor) if is_own else (0, 0)
            kept = [i for i in range(first + 1, end) if i not in omitted]
            letters = surely + sum(map(self._own, kept))
            texts = "".join(self.body[i].text for i in kept if not self._questions(i))
            signs = count_signs(texts).counted
            if surely and not self._questions(first):
                signs += count_signs(_unmarked(self.body[first])).counted
            pictured = not self.pictured.isdisjoint(range(first, end)) and is_own
            found[anchor.name] = _Place(candidate, end, letters, beside, signs, pictured)
        return found

    def _opening(self, index: int, anchor: Anchor) -> tuple[int, int]:
        """Count what on the line that opens a place is an answer, and what may be one."""
        text = _unmarked(self.body[index])
        if self._questions(index) or not (self.body[index].heading or is_short_line(text)):
            return self._own(index), 0
        return 0, 0 if self.body[index].heading else letters_beside(text, anchor)

    def _own(self, index: int) -> int:
        """Count letters and digits of a paragraph that are not a question's own words."""
        questions = self._questions(index)
        if questions:
            return min(match.foreign for match in questions)
        return letters_of(_unmarked(self.body[index]))

    def _questions(self, index: int) -> list[Match]:
        """Give how a paragraph matches the questions that it quotes."""
        return [
            match
            for passage, match in self.matches[index].items()
            if passage.kind is PassageKind.QUESTION
            and (match.coverage >= _HALF or match.share >= _HALF)
        ]


@attrs.frozen
class _Place:
    """A place of the form as it was found, and how much stands below it.

    Attributes:
        letters: letters and digits of what is surely an answer.
        beside: those of what stands beside the number, which may be an answer or a heading.
        characters: of paragraphs that are no question's, without whitespace.
        is_pictured: whether an image stands there.
    """

    candidate: Candidate
    end: int
    letters: int
    beside: int
    characters: int
    is_pictured: bool

    @property
    def state(self) -> AnswerState:
        """What was found here."""
        if self.letters >= SHORTEST_ANSWER:
            return AnswerState.ANSWERED
        if self.characters or self.is_pictured:
            return AnswerState.SHORT
        # What is left beside a question's own words may be a slip in them.
        return AnswerState.ONE_LINE if self.letters + self.beside else AnswerState.EMPTY


def _answer(leaf: str, question: str, places: Mapping[str, _Place]) -> LeafAnswer:
    place = places.get(leaf)
    if place is not None:
        found = place.candidate
        span = found.paragraph, place.end
        return LeafAnswer(
            leaf,
            place.state,
            place.letters + place.beside,
            place.characters,
            *span,
            found.evidence,
            found.is_sure,
            found.is_in_order,
        )
    whole = places.get(question)
    if whole is None or whole.letters + whole.beside < SHORTEST_ANSWER:
        return LeafAnswer(leaf, AnswerState.NOT_FOUND)
    span = whole.candidate.paragraph, whole.end
    letters = whole.letters + whole.beside
    return LeafAnswer(leaf, AnswerState.UNDIVIDED, letters, whole.characters, *span)

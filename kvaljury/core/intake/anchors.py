"""Paragraphs to the places of the form that each of them may be the heading of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

import attrs

from kvaljury.core.intake.fingerprints import Match
from kvaljury.core.intake.markers import Marker, marker_of
from kvaljury.core.intake.words import begins_like, folded_words
from kvaljury.core.model import Area, Question, RuleSet
from kvaljury.core.model.bid_folder import Passage, PassageKind
from kvaljury.core.model.word_document import Paragraph
from kvaljury.errors import Text

LONGEST_HEADING = 120
"""Characters."""

_ANNEX = re.compile(r"\s*bilaga\s*(?P<number>[0-9]{1,2}|[A-Z])?\b", re.IGNORECASE)
_CONTENTS = ("toc", "innehåll")
_ENDS_A_SENTENCE = (".", ";", ",")
_MOST_SUPPORT = 600
_MOST_ANNEXES = 4
_TELLING = 5  # letters; shorter words stand anywhere

# What evidence is worth: a number says more than a word, the form's own words more than a number.
_OWN_WORDS, _NUMBER, _LETTER, _WORDS, _WEAK = 3.0, 2.0, 1.2, 1.5, 0.5
_HEADING, _SUPPORT, _AREA = 0.3, 0.4, 2.0
_ENOUGH = 1.0
_HALF = 0.5


class AnchorKind(StrEnum):
    """What of the form a place in a bid stands for."""

    AREA = "area"
    QUESTION = "question"
    LEAF = "leaf"
    ANNEX = "annex"


class Evidence(StrEnum):
    """By what a place was found, the surest first."""

    OWN_WORDS = "own_words"
    NUMBER = "number"
    WORDS = "words"


@attrs.frozen
class Anchor:
    """A place of the form that is looked for; anchors follow each other in a bid.

    Attributes:
        kind: what it is.
        name: id of the area, question or leaf; of an annex empty.
        number: of the question, else empty.
        letter: of the part, else empty.
        stems: folded beginnings of words by which a heading names it; any of the sets.
        label: all folded words of its label.
    """

    kind: AnchorKind
    name: str
    number: str = ""
    letter: str = ""
    stems: tuple[tuple[str, ...], ...] = ()
    label: tuple[str, ...] = ()


@attrs.frozen
class Candidate:
    """A paragraph that may stand for an anchor.

    Attributes:
        paragraph: its index.
        anchor: index of the anchor.
        score: what the evidence is worth.
        evidence: the best of it.
        is_sure: whether more than a number or a word speaks for it, or nothing against it.
        needs_question: whether it holds only inside its own question.
        is_in_order: whether it stands where the form's order puts it.
    """

    paragraph: int
    anchor: int
    score: float
    evidence: Evidence
    is_sure: bool = True
    needs_question: bool = False
    is_in_order: bool = True


def anchors_of(rules: RuleSet) -> tuple[Anchor, ...]:
    """Give the anchors of an edition in the order of its form, annexes last."""
    found: list[Anchor] = []
    for area in rules.areas:
        found.append(_area_anchor(area))
        for question in area.questions:
            found += _question_anchors(question)
    return (*found, *[Anchor(AnchorKind.ANNEX, "")] * _MOST_ANNEXES)


def _area_anchor(area: Area) -> Anchor:
    return Anchor(AnchorKind.AREA, area.id, stems=(folded_words(_said(area.label)),))


def _question_anchors(question: Question) -> Iterator[Anchor]:
    is_leaf = question.leaves[0].id == question.id
    kind = AnchorKind.LEAF if is_leaf else AnchorKind.QUESTION
    stems = _stems(question.words, question.label)
    label = folded_words(_said(question.label))
    yield Anchor(kind, question.id, question.id, stems=stems, label=label)
    if not is_leaf:
        for leaf in question.leaves:
            letter = leaf.id.removeprefix(question.id)
            stems = _stems(leaf.words, leaf.label)
            label = folded_words(_said(leaf.label))
            yield Anchor(AnchorKind.LEAF, leaf.id, question.id, letter, stems, label)


def _stems(words: Sequence[str], label: Text) -> tuple[tuple[str, ...], ...]:
    """Give the words of the rule set, and the telling ones of the label that it gives."""
    given = tuple(stem for word in words for stem in folded_words(word))
    of_label = tuple(word for word in folded_words(_said(label)) if len(word) >= _TELLING)
    return tuple(stems for stems in (given, of_label) if stems)


def _said(label: Text) -> str:
    return label.sv or label.en


@attrs.frozen
class Reader:
    """Looks for anchors in the paragraphs of one bid.

    Attributes:
        anchors: of the edition.
    """

    anchors: tuple[Anchor, ...]
    _stems: tuple[str, ...] = attrs.field(init=False, eq=False, repr=False)
    _fitting: dict[str, frozenset[str]] = attrs.field(
        init=False, factory=dict, eq=False, repr=False
    )

    def __attrs_post_init__(self) -> None:
        stems = {stem for anchor in self.anchors for each in anchor.stems for stem in each}
        object.__setattr__(self, "_stems", tuple(sorted(stems)))

    def _stems_of(self, words: Iterable[str]) -> frozenset[str]:
        """Give the stems that some word begins like; each word is compared once."""
        found: set[str] = set()
        for word in words:
            if word not in self._fitting:
                fitting = (stem for stem in self._stems if begins_like(word, stem))
                self._fitting[word] = frozenset(fitting)
            found |= self._fitting[word]
        return frozenset(found)

    def candidates(
        self, index: int, paragraph: Paragraph, matches: Mapping[Passage, Match]
    ) -> list[Candidate]:
        """Give what a paragraph may be the heading of, in the order of anchors.

        Args:
            index: of the paragraph.
            paragraph: of the contribution.
            matches: the form's passages in it.
        """
        text = paragraph.text
        if not text.strip() and not paragraph.number:
            return []
        if paragraph.style.casefold().startswith(_CONTENTS):
            return []
        clue = _Clue.of(paragraph, matches, self._stems_of)
        return [
            candidate
            for place, anchor in enumerate(self.anchors)
            if (candidate := _candidate(index, place, anchor, clue))
        ]


@attrs.frozen
class _Clue:
    """What a paragraph says of itself.

    Attributes:
        text: the paragraph.
        marker: the number it begins with, or None.
        words: how many, the number left out.
        stems: that its words begin like.
        own: share of each question's own words that it has, by id.
        is_short: whether it can be a heading.
        heading: what being one is worth.
    """

    text: str
    marker: Marker | None
    words: int
    stems: frozenset[str]
    own: Mapping[str, float]
    is_short: bool
    heading: float

    @classmethod
    def of(
        cls,
        paragraph: Paragraph,
        matches: Mapping[Passage, Match],
        stems_of: Callable[[Iterable[str]], frozenset[str]],
    ) -> _Clue:
        marker = marker_of(paragraph)
        text = (marker.rest if marker else paragraph.text).strip()
        is_heading = paragraph.heading > 0
        fits = len(text) <= LONGEST_HEADING and not text.endswith(_ENDS_A_SENTENCE)
        own = {
            p.name: match.coverage for p, match in matches.items() if p.kind is PassageKind.QUESTION
        }
        words = folded_words(text[:_MOST_SUPPORT])
        return cls(
            text,
            marker,
            len(words),
            stems_of(words) if marker or is_heading or fits else frozenset(),
            own,
            is_heading or fits,
            _HEADING if is_heading else 0.0,
        )

    def names(self, anchor: Anchor) -> bool:
        """Tell whether a short text is little more than the words that are looked for."""
        (stems,) = anchor.stems
        return self.words <= len(stems) + 2 and self.stems.issuperset(stems)

    def share(self, anchor: Anchor) -> float:
        """Give the share of the words that stand here, of the set that fits best."""
        shares = (len(self.stems.intersection(each)) / len(set(each)) for each in anchor.stems)
        return max(shares, default=0.0)

    def number_worth(self, anchor: Anchor) -> float:
        """Give what the number that stands here is worth for an anchor."""
        marker = self.marker
        if marker is None:
            return 0.0
        if not marker.number:
            return _LETTER if anchor.letter and marker.letter == anchor.letter else 0.0
        if marker.number != anchor.number:
            return 0.0
        # "13. a." opens the question and its first part at once.
        if marker.letter != anchor.letter and anchor.letter:
            return 0.0
        return _NUMBER if marker.is_firm else _WEAK


def _candidate(index: int, place: int, anchor: Anchor, clue: _Clue) -> Candidate | None:
    if anchor.kind is AnchorKind.ANNEX:
        fits = clue.is_short and bool(_ANNEX.match(clue.text))
        return Candidate(index, place, _AREA, Evidence.WORDS) if fits else None
    if anchor.kind is AnchorKind.AREA:
        fits = clue.is_short and clue.names(anchor)
        score = _AREA + clue.heading
        return Candidate(index, place, score, Evidence.WORDS) if fits else None
    return _question_candidate(index, place, anchor, clue)


def _question_candidate(index: int, place: int, anchor: Anchor, clue: _Clue) -> Candidate | None:
    number = clue.number_worth(anchor)
    coverage = clue.own.get(anchor.name, 0.0)
    own = _OWN_WORDS * coverage if coverage >= _HALF else 0.0
    share = clue.share(anchor)
    words = _WORDS * share if clue.is_short and share > _HALF else 0.0
    if number and not words and share >= _HALF:
        words = _SUPPORT
    if number + own + words < _ENOUGH or (number == _WEAK and not own and not words):
        return None
    evidence = Evidence.OWN_WORDS if own else Evidence.NUMBER if number else Evidence.WORDS
    has_own_number = bool(clue.marker and clue.marker.number and number)
    return Candidate(
        index,
        place,
        number + own + words + clue.heading,
        evidence,
        is_sure=bool(own or (number and (words or not clue.words)) or (words and clue.heading)),
        needs_question=bool(anchor.letter) and not has_own_number,
    )

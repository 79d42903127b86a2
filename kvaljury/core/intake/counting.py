"""A Word document to its length in characters without whitespace, and to what makes it doubtful.

What counts as one character is said in `count_signs`. What of a document is counted is what
Word's own count without blanks gives with its box for text boxes, footnotes and endnotes
ticked, for the document as it reads when every change is accepted:

- the body with its tables, content controls, fields and equations, and text that is inserted;
- text boxes, footnotes and endnotes, since a contribution is all that the unit has written.

Left out are the form's own texts where the caller names them, deleted and hidden text, prompts
of controls that nobody has filled in, the text of charts and diagrams, comments, headers and
footers, and the numbers and bullets that Word sets by itself. Every such choice that another
program may make otherwise is told as a doubt with the number of characters that hang on it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Protocol

import attrs

from kvaljury.core.model.characters import Signs, count_signs
from kvaljury.core.model.word_document import NOT_READ, Origin, Paragraph, Part, WordDocument
from kvaljury.errors import Text

COUNTED_PARTS = frozenset({Part.BODY, Part.TEXT_BOX, Part.FOOTNOTE, Part.ENDNOTE})
"""The parts of a document that make its length."""

COUNTED_ORIGINS = frozenset(Origin) - NOT_READ
"""The kinds of text that make its length."""

_NOTES = frozenset({Part.FOOTNOTE, Part.ENDNOTE})
_NEAR = 100  # a hundredth of the limit


class DoubtKind(StrEnum):
    """Why programs count a document otherwise."""

    TEXT_BOXES = "text_boxes"
    NOTES = "notes"
    INSERTED = "inserted"
    CONTENT_CONTROLS = "content_controls"
    FIELDS = "fields"
    EQUATIONS = "equations"
    ACCENTS = "accents"
    DELETED = "deleted"
    HIDDEN = "hidden"
    PLACEHOLDERS = "placeholders"
    DRAWINGS = "drawings"
    COMMENTS = "comments"
    HEADERS = "headers"
    FORM_TEXT = "form_text"
    LIST_NUMBERS = "list_numbers"
    NO_BREAK_SPACES = "no_break_spaces"
    INVISIBLE = "invisible"
    ASTRAL = "astral"


@attrs.frozen
class Doubt:
    """Characters that one program counts and another does not.

    Attributes:
        kind: what they are.
        characters: how many, above 0.
        is_counted: whether they are in the total.
    """

    kind: DoubtKind
    characters: int
    is_counted: bool


@attrs.frozen
class Count:
    """A length in characters without whitespace.

    Attributes:
        total: what counts.
        by_part: by where it stands, parts that do not count too; of what is read as text.
        by_origin: by what it is, what does not count too; of the parts that count.
        doubts: every choice that makes a difference here, those that are counted first.
    """

    total: int
    by_part: Mapping[Part, int] = attrs.field(hash=False)
    by_origin: Mapping[Origin, int] = attrs.field(hash=False)
    doubts: tuple[Doubt, ...] = ()

    def otherwise(self, doubt: Doubt) -> int:
        """Give the total if one of the doubts had been decided otherwise."""
        return self.total + (-doubt.characters if doubt.is_counted else doubt.characters)


class Length(StrEnum):
    """How a length stands to the limit."""

    WITHIN = "within"
    NEAR = "near"
    OVER = "over"


class Section(Protocol):
    """A range of paragraphs of a document, by index."""

    @property
    def first(self) -> int:
        """The first paragraph."""
        ...

    @property
    def end(self) -> int:
        """The first after its last."""
        ...


@attrs.frozen
class SectionCounts:
    """A document's length by section.

    Attributes:
        sections: in the order of the sections; where these overlap, so do their counts.
        rest: of all that stands in none: comments, headers and footers too.
    """

    sections: tuple[Count, ...]
    rest: Count


def count_characters(document: WordDocument, left_out: Collection[int] = ()) -> Count:
    """Count a document.

    Args:
        document: as it was read.
        left_out: indices of the paragraphs of the form itself, which do not count; nor do the
            notes that they refer to.

    Returns:
        Characters without whitespace.
    """
    return _chosen(document, [True] * len(document.paragraphs), left_out)


def count_paragraphs(paragraphs: Iterable[Paragraph], form_text: int = 0) -> Count:
    """Count some paragraphs of a document.

    Args:
        paragraphs: those that count.
        form_text: characters of others that are the form's own.

    >>> from kvaljury.core.model.word_document import Stretch
    >>> boxed = Paragraph((Stretch("i rutan"),), Part.TEXT_BOX)
    >>> count = count_paragraphs([Paragraph((Stretch("Vi gör så"),)), boxed])
    >>> count.total, [(doubt.kind.value, count.otherwise(doubt)) for doubt in count.doubts]
    (13, [('text_boxes', 7)])
    """
    texts: dict[tuple[Part, Origin], list[str]] = defaultdict(list)
    numbers = []
    for paragraph in paragraphs:
        for stretch in paragraph.stretches:
            texts[paragraph.part, stretch.origin].append(stretch.text)
        if paragraph.number and paragraph.part in COUNTED_PARTS:
            numbers.append(paragraph.number)
    signs = {place: count_signs("".join(parts)) for place, parts in texts.items()}
    return _count(signs, count_signs("".join(numbers)).counted, form_text)


def _count(signs: Mapping[tuple[Part, Origin], Signs], numbers: int, form_text: int) -> Count:
    by_part = dict.fromkeys(Part, 0)
    by_origin = dict.fromkeys(Origin, 0)
    read = Signs()
    for (part, origin), found in signs.items():
        if origin in COUNTED_ORIGINS:
            by_part[part] += found.counted
        if part in COUNTED_PARTS:
            by_origin[origin] += found.counted
        if part in COUNTED_PARTS and origin in COUNTED_ORIGINS:
            read += found
    left_out = {DoubtKind.FORM_TEXT: form_text, DoubtKind.LIST_NUMBERS: numbers}
    choices = [*_counted(by_part, by_origin, read), *_left_out(by_part, by_origin, read, left_out)]
    doubts = tuple(doubt for doubt in choices if doubt.characters)
    return Count(read.counted, by_part, by_origin, doubts)


def _counted(
    by_part: Mapping[Part, int], by_origin: Mapping[Origin, int], read: Signs
) -> list[Doubt]:
    characters = {
        DoubtKind.TEXT_BOXES: by_part[Part.TEXT_BOX],
        DoubtKind.NOTES: sum(by_part[part] for part in _NOTES),
        DoubtKind.INSERTED: by_origin[Origin.INSERTED],
        DoubtKind.CONTENT_CONTROLS: by_origin[Origin.CONTENT_CONTROL],
        DoubtKind.FIELDS: by_origin[Origin.FIELD],
        DoubtKind.EQUATIONS: by_origin[Origin.EQUATION],
        DoubtKind.ACCENTS: read.accents,
    }
    return [Doubt(kind, number, is_counted=True) for kind, number in characters.items()]


def _left_out(
    by_part: Mapping[Part, int],
    by_origin: Mapping[Origin, int],
    read: Signs,
    apart: Mapping[DoubtKind, int],
) -> list[Doubt]:
    characters = {
        DoubtKind.DELETED: by_origin[Origin.DELETED],
        DoubtKind.HIDDEN: by_origin[Origin.HIDDEN],
        DoubtKind.PLACEHOLDERS: by_origin[Origin.PLACEHOLDER],
        DoubtKind.DRAWINGS: by_origin[Origin.DRAWING],
        DoubtKind.COMMENTS: by_part[Part.COMMENT],
        DoubtKind.HEADERS: by_part[Part.HEADER] + by_part[Part.FOOTER],
        **apart,
        DoubtKind.NO_BREAK_SPACES: read.no_break,
        DoubtKind.INVISIBLE: read.invisible,
        DoubtKind.ASTRAL: read.astral,
    }
    return [Doubt(kind, number, is_counted=False) for kind, number in characters.items()]


def count_by_section(
    document: WordDocument, sections: Sequence[Section], left_out: Collection[int] = ()
) -> SectionCounts:
    """Count each section of a document.

    Text boxes count where they are anchored, footnotes and endnotes where they are referred to.

    Args:
        document: as it was read.
        sections: ranges of indices of its paragraphs.
        left_out: as for `count_characters`.

    Returns:
        The lengths; where no two sections overlap, they and the rest sum to the whole.
    """
    places = _places(document)
    is_rest = [True] * len(places)
    counts = []
    for section in sections:
        inside = [place is not None and section.first <= place < section.end for place in places]
        is_rest = [was and not now for was, now in zip(is_rest, inside, strict=True)]
        counts.append(_chosen(document, inside, left_out))
    return SectionCounts(tuple(counts), _chosen(document, is_rest, left_out))


def _places(document: WordDocument) -> list[int | None]:
    """Give the index of the body's paragraph by which each one belongs to a section."""
    return [_place(index, each) for index, each in enumerate(document.paragraphs)]


def _place(index: int, paragraph: Paragraph) -> int | None:
    if paragraph.part in _NOTES:
        return paragraph.anchor
    return index if paragraph.part in COUNTED_PARTS else None


def _chosen(document: WordDocument, chosen: Sequence[bool], left_out: Collection[int]) -> Count:
    omitted = frozenset(left_out)
    kept: list[Paragraph] = []
    form: list[Paragraph] = []
    for place, paragraph, is_chosen in zip(
        _places(document), document.paragraphs, chosen, strict=True
    ):
        if is_chosen:
            (form if place in omitted else kept).append(paragraph)
    return count_paragraphs(kept, count_paragraphs(form).total if form else 0)


def judge_length(total: int, limit: int) -> Length:
    """Hold a length against the limit.

    Args:
        total: characters without whitespace.
        limit: the most that are allowed, above 0.

    Returns:
        ``near`` where they differ by at most 1 % of the limit, which a person then decides.

    >>> [judge_length(total, 95_000).value for total in (94_049, 94_050, 95_950, 95_951)]
    ['within', 'near', 'near', 'over']
    """
    if abs(total - limit) * _NEAR <= limit:
        return Length.NEAR
    return Length.OVER if total > limit else Length.WITHIN


def said_otherwise(count: Count, doubt: Doubt) -> Text:
    """Say what the total would be if a doubt were decided otherwise.

    >>> str(said_otherwise(Count(13, {}, {}), Doubt(DoubtKind.TEXT_BOXES, 6, True)))
    '7 if text boxes are not counted'
    """
    return Text(_OTHERWISE[doubt.kind].en, n=count.otherwise(doubt))


_OTHERWISE = {
    DoubtKind.TEXT_BOXES: Text("{n} if text boxes are not counted"),
    DoubtKind.NOTES: Text("{n} if footnotes and endnotes are not counted"),
    DoubtKind.INSERTED: Text("{n} if tracked insertions are not counted"),
    DoubtKind.CONTENT_CONTROLS: Text("{n} if content controls (form fields) are not counted"),
    DoubtKind.FIELDS: Text("{n} if fields, such as a table of contents, are not counted"),
    DoubtKind.EQUATIONS: Text("{n} if equations are not counted"),
    DoubtKind.ACCENTS: Text("{n} if accents that stand apart from their letter are not counted"),
    DoubtKind.DELETED: Text("{n} if tracked deletions are counted"),
    DoubtKind.HIDDEN: Text("{n} if hidden text is counted"),
    DoubtKind.PLACEHOLDERS: Text("{n} if the prompts of fields not filled in are counted"),
    DoubtKind.DRAWINGS: Text("{n} if the text of charts and diagrams is counted"),
    DoubtKind.COMMENTS: Text("{n} if comments are counted"),
    DoubtKind.HEADERS: Text("{n} if headers and footers are counted"),
    DoubtKind.FORM_TEXT: Text("{n} if the form's own texts that were left in are counted"),
    DoubtKind.LIST_NUMBERS: Text("{n} if automatic numbers and bullets are counted"),
    DoubtKind.NO_BREAK_SPACES: Text("{n} if no-break spaces are counted"),
    DoubtKind.INVISIBLE: Text("{n} if characters that nobody sees are counted"),
    DoubtKind.ASTRAL: Text("{n} if emoji and the like are counted as two"),
}

"""A Word document as a sequence of paragraphs, with what makes its length doubtful kept apart."""

from __future__ import annotations

from enum import StrEnum

import attrs


class Part(StrEnum):
    """Where in a document a paragraph stands."""

    BODY = "body"
    TEXT_BOX = "text_box"
    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"
    COMMENT = "comment"
    HEADER = "header"
    FOOTER = "footer"


class Origin(StrEnum):
    """What a stretch of text is; the first that fits, what nobody reads as text before the rest."""

    DELETED = "deleted"
    HIDDEN = "hidden"
    PLACEHOLDER = "placeholder"  # of a content control that nobody has filled in
    DRAWING = "drawing"  # text of a chart or diagram
    INSERTED = "inserted"
    CONTENT_CONTROL = "content_control"
    FIELD = "field"
    EQUATION = "equation"
    PLAIN = "plain"


NOT_READ = frozenset({Origin.DELETED, Origin.HIDDEN, Origin.PLACEHOLDER, Origin.DRAWING})
"""What is no part of the text as it reads when every change is accepted."""


@attrs.frozen
class Stretch:
    """Text of one origin; a tab is a tab, a line break a line feed.

    Attributes:
        text: as in the file, in NFC.
    """

    text: str
    origin: Origin = Origin.PLAIN

    @property
    def is_read(self) -> bool:
        """Whether it is part of the text as it reads when every change is accepted."""
        return self.origin not in NOT_READ


@attrs.frozen
class Paragraph:
    """A paragraph.

    Attributes:
        stretches: in reading order, deleted text too.
        part: where it stands.
        heading: level from 1, or 0 for what is no heading.
        number: what Word's own numbering puts in front (``"12."``, ``"a)"``), or empty.
        in_table: whether it stands in a cell of a table.
        style: name of its style, or empty.
        anchor: of a footnote or endnote the index of the paragraph that refers to it, else None.
    """

    stretches: tuple[Stretch, ...]
    part: Part = Part.BODY
    heading: int = 0
    number: str = ""
    in_table: bool = False
    style: str = ""
    anchor: int | None = None

    @property
    def text(self) -> str:
        """The text as it reads when every change is accepted.

        Hidden text, placeholders and the text of charts and diagrams are left out.
        """
        return "".join(stretch.text for stretch in self.stretches if stretch.is_read)


@attrs.frozen
class PlacedImage:
    """An image in the text.

    Attributes:
        name: of its file in the document.
        paragraph: index of the paragraph that holds it, or None where it stands elsewhere.
        media_type: such as ``image/png``.
        data: its bytes.
        width_mm: as placed on the page, 0 where unknown.
        height_mm: likewise.
        description: the alternative text, or empty.
    """

    name: str
    paragraph: int | None
    media_type: str
    data: bytes = attrs.field(repr=False)
    width_mm: float = 0.0
    height_mm: float = 0.0
    description: str = ""


@attrs.frozen
class WordDocument:
    """A Word document.

    Attributes:
        file: its address relative to the edition folder.
        paragraphs: those of the body first, in reading order (text boxes where they are
            anchored), then notes, comments, headers and footers.
        images: in reading order.
        counted_by_word: characters without whitespace that the program which saved it last
            noted in its properties, or None; a cross-check only.
        tracks_changes: whether it holds insertions or deletions that nobody has accepted.
        embedded: names of further files inside (attached documents, sheets).
    """

    file: str
    paragraphs: tuple[Paragraph, ...]
    images: tuple[PlacedImage, ...] = ()
    counted_by_word: int | None = None
    tracks_changes: bool = False
    embedded: tuple[str, ...] = ()

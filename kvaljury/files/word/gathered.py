"""What has been read of a Word file so far, and what a stretch of its text is part of."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import TypeAlias

import attrs

from kvaljury.core.model.word_document import Origin, Paragraph, Part, PlacedImage, Stretch
from kvaljury.files.word.numbering import NumberedList
from kvaljury.files.word.packages import WordPackage
from kvaljury.files.word.styles import Styles

BITS = {origin: 1 << place for place, origin in enumerate(Origin)}
"""A bit for each thing that text may be part of; several may hold, and the lowest tells."""

DELETED, HIDDEN, DRAWING = BITS[Origin.DELETED], BITS[Origin.HIDDEN], BITS[Origin.DRAWING]
INSERTED, FIELD = BITS[Origin.INSERTED], BITS[Origin.FIELD]
PASSED_ON = DELETED | HIDDEN | INSERTED
"""What a text box or note shares with the place where it is anchored."""

Pieces: TypeAlias = list[tuple[str, int]]
"""Text with the bits of what it is part of."""


def _origin(bits: int) -> Origin:
    return next((origin for origin, bit in BITS.items() if bits & bit), Origin.PLAIN)


@attrs.frozen
class Note:
    """A reference to a footnote or endnote.

    Attributes:
        part: which of them.
        id: of the note.
        bits: what the reference is part of: a note whose reference is deleted is deleted.
        anchor: index of the paragraph that refers to it.
    """

    part: Part
    id: str
    bits: int
    anchor: int


@attrs.define
class Gathered:
    """What has been read of a document.

    Attributes:
        package: the file.
        styles: its styles.
        lists: its lists by id.
        paragraphs: in reading order.
        images: likewise.
        notes: references to notes, in reading order.
        tracks_changes: whether an insertion or deletion was met.
        drawn: charts and diagrams whose text has been read: a part that is shown many times is
            read once, or a small file would fill the memory.
    """

    package: WordPackage
    styles: Styles
    lists: dict[int, NumberedList]
    paragraphs: list[Paragraph] = attrs.field(factory=list)
    images: list[PlacedImage] = attrs.field(factory=list)
    notes: list[Note] = attrs.field(factory=list)
    tracks_changes: bool = False
    drawn: set[str] = attrs.field(factory=set)


def stretches(pieces: Iterable[tuple[str, int]]) -> tuple[Stretch, ...]:
    """Join neighbours of one origin and compose letters with their accents."""
    joined: list[tuple[Origin, list[str]]] = []
    for text, bits in pieces:
        origin = _origin(bits) if bits else Origin.PLAIN
        if joined and joined[-1][0] is origin:
            joined[-1][1].append(text)
        else:
            joined.append((origin, [text]))
    texts = [("".join(parts), origin) for origin, parts in joined]
    return tuple(Stretch(unicodedata.normalize("NFC", t), origin) for t, origin in texts if t)

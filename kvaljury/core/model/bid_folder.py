"""What lies in the folder of a bid, and what the form itself says, as values."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import attrs

from kvaljury.core.model.word_document import WordDocument
from kvaljury.errors import Source, Text


class FileRole(StrEnum):
    """What a file beside others of a bid is taken for, by its name and ending."""

    CONTRIBUTION = "contribution"
    PRESENTATION = "presentation"
    IMAGE = "image"
    MINUTES = "minutes"
    OTHER = "other"


@attrs.frozen(order=True)
class BidFile:
    """A file of a bid.

    Attributes:
        file: its address relative to the edition folder.
        role: what it is taken for.
        sha256: of its bytes in hexadecimal, or empty where it was not read.
        size: bytes.
    """

    file: str
    role: FileRole
    sha256: str = ""
    size: int = 0

    @property
    def name(self) -> str:
        """The name without its folder."""
        return self.file.rpartition("/")[2]

    @property
    def ending(self) -> str:
        """The ending in small letters, with its point, or empty."""
        stem, point, ending = self.name.rpartition(".")
        return f".{ending.lower()}" if point and stem else ""


@attrs.frozen
class ImageSigns:
    """What figures of an image say about text in it; nothing is read.

    Attributes:
        width: in pixels.
        height: likewise.
        lines: most rows of small sharp signs that stand one above the other with clear rows
            between, in any part of the image; running text has many, photographs have none.
        background: share of the pixels that have the most frequent colour, 0-1.
    """

    width: int
    height: int
    lines: int
    background: float


@attrs.frozen
class Trouble:
    """Why a file of a bid could not be read, as its reader says it."""

    file: str
    message: Text
    hint: Text | None = None


@attrs.frozen
class BidFolder:
    """All that lies in ``bids/<entry>/``.

    Attributes:
        files: sorted by address.
        documents: Word contributions that could be read, by address.
        presentation: the presentation text as it was written, without the numbers and bullets
            that Word sets by itself, or None where there is none that can be read.
        images: width and height in pixels of the images beside the text by address, None for
            one that cannot be read.
        placed: signs of text in the images of the contributions: address of the document, name
            of the image in it, and the signs, None where the image cannot be looked at.
        troubles: what could not be read.
        presentation_document: the presentation text with its notes and comments where it came
            in Word, else None.
    """

    files: tuple[BidFile, ...] = ()
    documents: tuple[WordDocument, ...] = ()
    presentation: str | None = None
    images: tuple[tuple[str, tuple[int, int] | None], ...] = ()
    placed: tuple[tuple[str, str, ImageSigns | None], ...] = ()
    troubles: tuple[Trouble, ...] = ()
    presentation_document: WordDocument | None = None

    def of_role(self, role: FileRole) -> tuple[BidFile, ...]:
        """Give the files of a role."""
        return tuple(file for file in self.files if file.role is role)


class PassageKind(StrEnum):
    """What a passage of the form is."""

    QUESTION = "question"
    INTRODUCTION = "introduction"
    ANNEX = "annex"


@attrs.frozen
class Passage:
    """A passage of the form as fingerprints, from which its words cannot be had.

    Attributes:
        kind: what it is.
        name: id of the question or leaf, or heading of the annex, or id of the area.
        prints: see `kvaljury.core.intake.fingerprints`.
    """

    kind: PassageKind
    name: str
    prints: frozenset[str] = attrs.field(repr=False)


@attrs.frozen
class ChangeRequest:
    """A request to mend a bid.

    Attributes:
        entry: id of the entry.
        matter: what is to be mended.
        sent: the day it was sent, or None while it is only proposed.
        answered: the day the mended bid came, or None.
        by: who sent it, or empty.
    """

    entry: str
    matter: str
    sent: date | None = None
    answered: date | None = None
    by: str = ""
    source: Source | None = attrs.field(default=None, eq=False)

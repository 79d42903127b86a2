"""The presentation text of a bid, plain or in Word, to the text that the jury reads."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import attrs

from kvaljury.core.model import BidFormat
from kvaljury.core.model.characters import count_signs
from kvaljury.core.model.word_document import Paragraph, Part, WordDocument
from kvaljury.errors import Source, Text
from kvaljury.files.characters import code_of, first_control
from kvaljury.files.input_files import read_input
from kvaljury.files.log import InputLog

PLAIN_TEXT = "presentation.txt"
_BEGINNING = "presentation"
_WORD, _PLAIN = ".docx", ".txt"
_WRITTEN_BY_THE_UNIT = frozenset(Part) - {Part.COMMENT, Part.HEADER, Part.FOOTER}
_MEGABYTES, _MEGABYTES_OF_WORD = 1, 20
_LONGEST = 10_000


@attrs.frozen
class Presentation:
    """The presentation text of a bid.

    Attributes:
        shown: what the jury reads, from Word with the numbers and bullets that it shows.
        written: what is counted: without them, in NFC.
        document: with notes and comments where it came in Word, else None.
    """

    shown: str
    written: str
    document: WordDocument | None = None


def is_presentation(name: str) -> bool:
    """Tell whether a file is a presentation text that can be read.

    >>> [is_presentation(name) for name in ("Presentation Ängen.docx", "min presentation.txt")]
    [True, False]
    """
    return is_called_presentation(name) and Path(name.casefold()).suffix in (_WORD, _PLAIN)


def is_called_presentation(name: str) -> bool:
    """Tell whether a file is called a presentation, whatever its kind."""
    return name.casefold().startswith(_BEGINNING)


def presentation_files(named: Mapping[str, Path]) -> list[Path]:
    """Pick the presentation texts from a folder's files by their names in lower case."""
    return [path for name, path in named.items() if is_presentation(name)]


def presentation_megabytes(name: str) -> int:
    """Give the most millions of bytes that a presentation text may have, by its name."""
    return _MEGABYTES_OF_WORD if name.casefold().endswith(_WORD) else _MEGABYTES


def read_presentation(paths: list[Path], file: str, bid: BidFormat, log: InputLog) -> str:
    """Read the presentation text of a bid.

    Args:
        paths: what `presentation_files` picked; more than one is a fault.
        file: address of their folder relative to the edition folder.
        bid: what the edition asks for; the length is held against it.
        log: gets hash, faults and warnings.

    Returns:
        The text as it is shown; empty after a fault.

    Raises:
        DiskFault: if a file is there but cannot be read.
    """
    if len(paths) > 1:
        names = ", ".join(sorted(path.name for path in paths))
        message = Text("there are several presentation texts: {names}", names=names)
        log.fault("several-texts", Source(file), message, Text("keep one"))
        return ""
    found = _read_file(paths[0], f"{file}/{paths[0].name}", log) if paths else None
    if found is None:
        return ""
    _warn_long(found, f"{file}/{paths[0].name}", bid, log)
    return found.shown


def _read_file(path: Path, file: str, log: InputLog) -> Presentation | None:
    data = read_input(path, file, presentation_megabytes(path.name), log)
    if data is None:
        return None
    log.hashes[file] = hashlib.sha256(data).hexdigest()
    return parse_presentation(data, file, log)


def parse_presentation(data: bytes, file: str, log: InputLog) -> Presentation | None:
    """Read the bytes of a presentation text.

    Args:
        data: plain text in UTF-8, or a Word document.
        file: its address, whose ending tells which.
        log: gets faults and warnings.

    Returns:
        The text, or None after a fault.
    """
    if file.casefold().endswith(_WORD):
        return _word_text(data, file, log)
    if not file.casefold().endswith(_PLAIN):
        message = Text("presentation texts of the kind {kind} are not read", kind=Path(file).suffix)
        hint = Text("save it as Word or plain text")
        log.fault("other-format", Source(file), message, hint)
        return None
    text = _plain_text(data, file, log)
    return None if text is None else _checked(text, text, None, file, log)


def _plain_text(data: bytes, file: str, log: InputLog) -> str | None:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = Text("the text is not UTF-8")
        log.fault("not-utf8", Source(file), message, Text("save it as UTF-8 and try again"))
        return None


def _word_text(data: bytes, file: str, log: InputLog) -> Presentation | None:
    """Give what the unit has written as it reads when every change is accepted."""
    from kvaljury.files.word.reading import read_word  # noqa: PLC0415  # few texts need it

    document = read_word(data, file, log)
    if document is None:
        return None
    if document.tracks_changes:
        message = Text(
            "the text holds changes that nobody has accepted; they are taken as accepted"
        )
        hint = Text("accept or reject them in Word")
        log.warn("tracked-changes", Source(file), message, hint)  # noqa: PLE1205
    written = [p for p in document.paragraphs if p.part in _WRITTEN_BY_THE_UNIT]
    shown = "\n".join(map(_line, written))
    return _checked(shown, "\n".join(p.text for p in written), document, file, log)


def _line(paragraph: Paragraph) -> str:
    """Put the number or bullet that Word shows in front."""
    return f"{paragraph.number} {paragraph.text}" if paragraph.number else paragraph.text


def _checked(
    shown: str, written: str, document: WordDocument | None, file: str, log: InputLog
) -> Presentation | None:
    if control := first_control(shown, lines=True):
        message = Text("the text holds the control character {code}", code=code_of(control))
        log.fault("control-character", Source(file), message, Text("take it away"))
        return None
    shown, written = _trimmed(shown), _trimmed(unicodedata.normalize("NFC", written))
    if len(shown) > _LONGEST:
        message = Text("the text is longer than {limit} characters", limit=_LONGEST)
        log.fault("too-long", Source(file), message, Text("shorten it"))
        return None
    return Presentation(shown, written, document)


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


def _warn_long(found: Presentation, file: str, bid: BidFormat, log: InputLog) -> None:
    limit, signs = bid.presentation_longest, count_signs(found.written).counted
    if limit is not None and signs > limit:
        message = Text(
            "the presentation text has {n} characters without spaces; {rule} allows {limit}",
            n=signs,
            rule=bid.rules.get("presentation_longest") or Text("the edition"),
            limit=limit,
        )
        log.warn("long-presentation", Source(file), message)  # noqa: PLE1205

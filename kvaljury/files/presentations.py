"""The presentation text of a bid, plain or in Word, to the text that the jury reads."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Mapping
from pathlib import Path

from kvaljury.core.model.characters import count_signs
from kvaljury.core.model.word_document import Paragraph, Part
from kvaljury.errors import Source, Text
from kvaljury.files.characters import code_of, first_control
from kvaljury.files.input_files import read_input
from kvaljury.files.log import InputLog

PLAIN_TEXT = "presentation.txt"
_WORD_TEXT = re.compile(r"presentation(stext.*)?\.docx")
_WRITTEN_BY_THE_UNIT = frozenset(Part) - {Part.COMMENT, Part.HEADER, Part.FOOTER}
_MEGABYTES, _MEGABYTES_OF_WORD = 1, 20
_LONGEST = 10_000
_MOST_SIGNS = 1_000
_LENGTH = "F25-04"


def presentation_files(named: Mapping[str, Path]) -> list[Path]:
    """Pick the presentation texts from a folder's files by their names in lower case."""
    return [
        path for name, path in named.items() if name == PLAIN_TEXT or _WORD_TEXT.fullmatch(name)
    ]


def read_presentation(paths: list[Path], file: str, facts: Collection[str], log: InputLog) -> str:
    """Read the presentation text of a bid.

    Args:
        paths: what `presentation_files` picked; more than one is a fault.
        file: address of their folder relative to the edition folder.
        facts: ids of the facts of the edition's instructions; the length is held against
            F25-04 where it is among them.
        log: gets hash, faults and warnings.

    Returns:
        The text, from Word with the numbers and bullets that it shows; empty after a fault.

    Raises:
        DiskFault: if a file is there but cannot be read.
    """
    if len(paths) > 1:
        names = ", ".join(sorted(path.name for path in paths))
        message = Text("there are several presentation texts: {names}", names=names)
        log.fault("several-texts", Source(file), message, Text("keep one"))
        return ""
    return _read_text(paths[0], f"{file}/{paths[0].name}", facts, log) if paths else ""


def _read_text(path: Path, file: str, facts: Collection[str], log: InputLog) -> str:
    is_word = path.name.casefold() != PLAIN_TEXT
    data = read_input(path, file, _MEGABYTES_OF_WORD if is_word else _MEGABYTES, log)
    if data is None:
        return ""
    log.hashes[file] = hashlib.sha256(data).hexdigest()
    text = _word_text(data, file, log) if is_word else _plain_text(data, file, log)
    return "" if text is None else _checked(text, file, facts, log)


def _plain_text(data: bytes, file: str, log: InputLog) -> str | None:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = Text("the text is not UTF-8")
        log.fault("not-utf8", Source(file), message, Text("save it as UTF-8 and try again"))
        return None


def _word_text(data: bytes, file: str, log: InputLog) -> str | None:
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
    return "\n".join(map(_line, written))


def _line(paragraph: Paragraph) -> str:
    """Put the number or bullet that Word shows in front."""
    return f"{paragraph.number} {paragraph.text}" if paragraph.number else paragraph.text


def _checked(text: str, file: str, facts: Collection[str], log: InputLog) -> str:
    if control := first_control(text, lines=True):
        message = Text("the text holds the control character {code}", code=code_of(control))
        log.fault("control-character", Source(file), message, Text("take it away"))
        return ""
    text = "\n".join(line.rstrip() for line in text.splitlines()).strip()
    if len(text) > _LONGEST:
        message = Text("the text is longer than {limit} characters", limit=_LONGEST)
        log.fault("too-long", Source(file), message, Text("shorten it"))
        return ""
    if _LENGTH in facts:
        _warn_long(text, file, log)
    return text


def _warn_long(text: str, file: str, log: InputLog) -> None:
    signs = count_signs(unicodedata.normalize("NFC", text)).counted
    if signs > _MOST_SIGNS:
        message = Text(
            "the presentation text has {n} characters without spaces; {rule} allows {limit}",
            n=signs,
            rule=_LENGTH,
            limit=_MOST_SIGNS,
        )
        log.warn("long-presentation", Source(file), message)  # noqa: PLE1205

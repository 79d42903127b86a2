"""Bytes of a CSV file to text, in the encodings that Excel writes."""

from __future__ import annotations

import re

from kvaljury.errors import Source, Text
from kvaljury.files.log import InputLog

_REMEDY = Text("save it from Excel as CSV UTF-8 (comma delimited)")
_MARKS_OF_OTHERS = (
    (b"PK\x03\x04", Text("the file is an Excel workbook or a zip archive with the name of a CSV")),
    (b"\xd0\xcf\x11\xe0", Text("the file is an old Excel workbook with the name of a CSV")),
    (b"%PDF", Text("the file is a PDF with the name of a CSV")),
    (b"\xff\xfe", Text("the text is in UTF-16; UTF-8 was expected")),
    (b"\xfe\xff", Text("the text is in UTF-16; UTF-8 was expected")),
)
_UTF_8_PAIR = re.compile(rb"\xc3[\x80-\xbf]")
_WINDOWS_LETTER = re.compile(rb"[\xe5\xe4\xf6\xc5\xc4\xd6\xe9]")
_MAC_LETTER = re.compile(
    rb"(?<=[A-Za-z])[\x80\x81\x85\x8a\x8c\x8e\x9a]|[\x80\x81\x85\x8a\x8c\x8e\x9a](?=[A-Za-z])"
)


def decode_csv(content: bytes, file: str, log: InputLog) -> str | None:
    """Decode UTF-8, with or without byte order mark, or else Windows-1252 with a warning.

    Args:
        content: the whole file.
        file: its address relative to the edition folder.
        log: gets the fault or warning.

    Returns:
        The text, or None where the encoding is another or cannot be told.
    """
    for mark, message in _MARKS_OF_OTHERS:
        if content.startswith(mark):
            log.fault("wrong-encoding", Source(file), message, _REMEDY)
            return None
    if b"\0" in content:
        _refuse_nul(content, file, log)
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = line_at(content, error.start)
    return _decode_windows(content, line, file, log)


def line_at(content: bytes, position: int) -> int:
    r"""Give the line, from 1, of a position in a file with any line ends.

    >>> line_at(b"a\r\nb\rc", 5)
    3
    """
    return 1 + len(re.findall(rb"\r\n|\n|\r(?!\n)", content[:position]))


def _refuse_nul(content: bytes, file: str, log: InputLog) -> None:
    if content.count(b"\0") * 3 >= len(content):
        message = Text("the text is in UTF-16; UTF-8 was expected")
        log.fault("wrong-encoding", Source(file), message, _REMEDY)
        return
    message = Text("the file holds a NUL byte, so it is no text")
    line = line_at(content, content.index(b"\0"))
    log.fault("wrong-encoding", Source(file, line), message, _REMEDY)


def _decode_windows(content: bytes, line: int, file: str, log: InputLog) -> str | None:
    if _UTF_8_PAIR.search(content):
        message = Text("the text mixes UTF-8 with another encoding, from this line")
        log.fault("wrong-encoding", Source(file, line), message, _REMEDY)
        return None
    if _MAC_LETTER.search(content) and not _WINDOWS_LETTER.search(content):
        message = Text("the text seems to be in Mac Roman; UTF-8 was expected")
        log.fault("wrong-encoding", Source(file, line), message, _REMEDY)
        return None
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        message = Text("the text is neither in UTF-8 nor in Windows-1252")
        where = Source(file, line_at(content, error.start))
        log.fault("wrong-encoding", where, message, _REMEDY)
        return None
    message = Text("the text is not in UTF-8 and was read as Windows-1252")
    log.warn("windows-1252", Source(file, line), message, _REMEDY)  # noqa: PLE1205  # no logger
    return text

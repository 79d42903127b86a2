"""The first bytes of a file to what it really is, whatever its name says."""

from __future__ import annotations

from collections.abc import Mapping

from kvaljury.errors import Text

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_LOOKED_AT = 4096  # bytes

_BY_SIGNATURE = (
    (b"%PDF", Text("a PDF")),
    (b"{\\rtf", Text("a text in the RTF format")),
    (b"\x89PNG", Text("a picture")),
    (b"\xff\xd8\xff", Text("a picture")),
    (b"\x09\x08", Text("an Excel workbook of the old kind (.xls)")),
    (b"\x09\x04", Text("an Excel workbook of the old kind (.xls)")),
    (b"\x09\x02", Text("an Excel workbook of the old kind (.xls)")),
    (b"\x09\x00", Text("an Excel workbook of the old kind (.xls)")),
)
_BY_STREAM = (
    ("WordDocument", Text("a Word document of the old kind (.doc)")),
    ("Workbook", Text("an Excel workbook of the old kind (.xls)")),
    ("Book", Text("an Excel workbook of the old kind (.xls)")),
)
_BY_MARKUP = (
    (b"office:spreadsheet", Text("an Excel workbook of the kind XML 2003")),
    (b"office:word", Text("a Word document of the kind XML 2003")),
    (b"<html", Text("a web page (HTML)")),
    (b"<!doctype html", Text("a web page (HTML)")),
    (b"<table", Text("a web page (HTML)")),
)
_BY_CONTENT_TYPE = (
    ("sheet.binary", Text("a binary Excel workbook (.xlsb)")),
    ("ms-excel", Text("an Excel workbook with macros (.xlsm)")),
    ("ms-word", Text("a Word document with macros (.docm)")),
    ("spreadsheetml", Text("an Excel workbook (.xlsx)")),
    ("wordprocessingml", Text("a Word document (.docx)")),
    ("presentationml", Text("a PowerPoint presentation")),
)
_BY_MIMETYPE = (
    (b"opendocument.spreadsheet", Text("an OpenDocument spreadsheet (.ods)")),
    (b"opendocument.text", Text("an OpenDocument text (.odt)")),
    (b"opendocument", Text("an OpenDocument file")),
)


def is_encrypted(content: bytes) -> bool:
    """Tell whether bytes are an Office file that Office has encrypted with a password."""
    return content.startswith(_OLD_OFFICE) and _names_stream(content, "EncryptedPackage")


def kind_of_bytes(content: bytes) -> Text:
    """Say what a file is that is no zip package.

    Args:
        content: the whole file, not empty.
    """
    if content.startswith(_OLD_OFFICE):
        found = (said for stream, said in _BY_STREAM if _names_stream(content, stream))
        return next(found, Text("an Office file of an old kind"))
    for signature, said in _BY_SIGNATURE:
        if content.startswith(signature):
            return said
    return _kind_of_text(content[:_LOOKED_AT])


def kind_of_archive(parts: Mapping[str, bytes]) -> Text | None:
    """Say what a zip archive without ``[Content_Types].xml`` is; None for an Office file."""
    if "[content_types].xml" in parts:
        return None
    mimetype = parts.get("mimetype", b"")
    found = (said for name, said in _BY_MIMETYPE if name in mimetype)
    return next(found, Text("a zip archive that is no Office file"))


def kind_of_type(content_type: str) -> Text:
    """Say what an Office file of a content type is."""
    found = (said for name, said in _BY_CONTENT_TYPE if name in content_type.lower())
    return next(found, Text("an Office file of another kind"))


def _names_stream(content: bytes, name: str) -> bool:
    return name.encode("utf-16-le") in content


def _kind_of_text(start: bytes) -> Text:
    is_marked = start.startswith(_BOMS)
    if not is_marked and any(byte < ord(" ") and byte not in b"\t\n\r\f" for byte in start):
        return Text("a file of an unknown kind")
    folded = start.lower().replace(b"\0", b"")
    found = (said for tag, said in _BY_MARKUP if tag in folded)
    return next(found, Text("a text or CSV file"))

"""Bytes of an Office file to its parts, checked before anything in them is believed."""

from __future__ import annotations

import re
from collections.abc import Mapping

import attrs

from kvaljury.errors import InputFault, Source, Text
from kvaljury.files.log import InputLog
from kvaljury.files.workbooks.archives import read_archive
from kvaljury.files.workbooks.disguises import (
    is_encrypted,
    kind_of_archive,
    kind_of_bytes,
    kind_of_type,
)
from kvaljury.files.workbooks.markup import ENCODINGS, Element, MarkupFault, named, walk

_CONTENT_TYPES = "[content_types].xml"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MACRO_PARTS = re.compile(r"(^|/)(vbaproject\.bin|vbadata\.xml|macrosheets/.*)$")
_DECLARATION = re.compile(r"""<\?xml\s[^>]*?\bencoding\s*=\s*["']([^"']*)""")
_MOST_TAGS = (
    6_000_000  # half a million filled cells have two million; more only keep the reader busy
)
_MAIN_TYPE = re.compile(r"[./]main(\+xml)?$", re.IGNORECASE)


@attrs.frozen
class PackageKind:
    """A kind of Office file.

    Attributes:
        said: what it is, for messages.
        remedy: how people make one of what they have.
        main_types: the content types, lower case, of which its main part has one.
    """

    said: Text
    remedy: Text
    main_types: frozenset[str]


WORKBOOK = PackageKind(
    Text("an Excel workbook (.xlsx)"),
    Text("open the file in Excel and save it as an Excel workbook (.xlsx)"),
    frozenset({f"{_SHEET}.sheet.main+xml", f"{_SHEET}.template.main+xml"}),
)
DOCUMENT = PackageKind(
    Text("a Word document (.docx)"),
    Text("open the file in Word and save it as a Word document (.docx)"),
    frozenset({f"{_WORD}.document.main+xml", f"{_WORD}.template.main+xml"}),
)


@attrs.frozen
class Package:
    """The parts of an Office file.

    Attributes:
        file: its address relative to the edition folder.
        kind: what it was opened as.
        parts: bytes by name: forward slashes, lower case, none in front.
    """

    file: str
    kind: PackageKind
    parts: Mapping[str, bytes] = attrs.field(hash=False)

    def part(self, name: str) -> bytes | None:
        """Find a part by its name, whatever its case, with or without a slash in front."""
        return self.parts.get(name.removeprefix("/").lower())


def open_package(content: bytes, file: str, log: InputLog, kind: PackageKind) -> Package | None:
    """Unpack an Office file, if it is what its name says and nothing about it is doubtful.

    Args:
        content: the file.
        file: its address relative to the edition folder.
        log: gets the fault.
        kind: what it should be.

    Returns:
        Its parts; None after a fault. No XML in them has a document type, so that no entity
        can stand for anything else; what it says is not checked.
    """
    try:
        return Package(file, kind, _checked_parts(content, file, kind))
    except InputFault as fault:
        fault.hint = fault.hint or _remedy(fault.code, kind)
        log.faults.append(fault)
        return None


def _remedy(code: str, kind: PackageKind) -> Text:
    if code != "broken-package":
        return kind.remedy
    return Text("copy or send the file again; or {remedy}", remedy=kind.remedy)


def _checked_parts(content: bytes, file: str, kind: PackageKind) -> dict[str, bytes]:
    if not content:
        message = Text("the file is empty; {expected} was expected", expected=kind.said)
        raise InputFault(message, Source(file), Text("save or send it again"), "empty-file")
    if is_encrypted(content):
        message = Text("the file is encrypted with a password and cannot be read")
        hint = Text("open it, remove the password under File, Info, and save it")
        raise InputFault(message, Source(file), hint, "encrypted")
    if not content.startswith(b"PK") and b"PK\x05\x06" not in content:
        raise _disguised(kind_of_bytes(content), file, kind)
    parts = read_archive(content, file)
    if other := kind_of_archive(parts):
        raise _disguised(other, file, kind)
    tags = sum(_check_prolog(name, part, file) for name, part in parts.items())
    if tags > _MOST_TAGS:
        message = Text("it has more than {limit} tags", limit=_MOST_TAGS)
        raise broken_part(message, Source(file), "too-large")
    _check_kind(parts, file, kind)
    return parts


def _disguised(found: Text, file: str, kind: PackageKind) -> InputFault:
    message = Text("this is {found}; {expected} was expected", found=found, expected=kind.said)
    return InputFault(message, Source(file), kind.remedy, "wrong-file-type")


def _check_prolog(name: str, part: bytes, file: str) -> int:
    """Refuse a document type in any part that could be XML, whatever its name; count its tags."""
    wide = part.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<"))
    if not (wide or part.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")):
        return 0
    plain = part.replace(b"\0", b"") if wide else part
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        message = Text("its XML declares a document type (DTD)")
        raise broken_part(message, Source(file, 0, name), "document-type")
    declared = _DECLARATION.match(plain[:200].lstrip(b"\xef\xbb\xbf\xff\xfe").decode("latin-1"))
    if declared and declared[1].lower() not in ENCODINGS:
        message = Text("its XML is in an encoding that Office does not use")
        raise broken_part(message, Source(file, 0, name))
    return part.count(b"<")


def broken_part(flaw: Text, where: Source, code: str = "broken-part") -> InputFault:
    """Make the fault of a part that is not as Office writes it; the remedy is to save anew."""
    message = Text("the file holds what cannot be read surely: {flaw}", flaw=flaw)
    return InputFault(message, where, None, code)


def _check_kind(parts: Mapping[str, bytes], file: str, kind: PackageKind) -> None:
    types = _content_types(parts[_CONTENT_TYPES], file)
    main = [one for one in types if _MAIN_TYPE.search(one)]
    if any("sheet.binary" in one for one in main):
        raise _disguised(kind_of_type("sheet.binary"), file, kind)
    if any("macroenabled" in one or "vba" in one for one in types) or any(
        _MACRO_PARTS.search(name) for name in parts
    ):
        message = Text(
            "the file has macros; {expected} without any was expected", expected=kind.said
        )
        raise InputFault(message, Source(file), kind.remedy, "macros")
    if len(kind.main_types.intersection(main)) != 1:
        raise _disguised(kind_of_type(" ".join(main)), file, kind)


def _content_types(content: bytes, file: str) -> list[str]:
    types: list[str] = []

    def note(attributes: Mapping[str, str]) -> None:
        types.append(attributes.get("ContentType", "").lower())

    entry = Element(begin=note)
    grammar = Element(named(_TYPES, {"Default": entry, "Override": entry}))
    try:
        walk(content, named(_TYPES, {"Types": grammar}))
    except MarkupFault as fault:
        raise broken_part(fault.message, Source(file, 0, _CONTENT_TYPES), fault.code) from fault
    return types

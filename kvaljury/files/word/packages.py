"""A Word file's bytes to its parts, each parsed when it is asked for, or to why it is refused."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from urllib.parse import unquote

import attrs
from lxml import etree

from kvaljury.errors import InputFault, Source, Text
from kvaljury.files.input_files import MEGABYTE
from kvaljury.files.log import InputLog
from kvaljury.files.word.names import Element, children
from kvaljury.files.workbooks.packages import DOCUMENT, open_package

_MOST_BYTES = 10 * MEGABYTE  # a contribution of the greatest length comes to under one
_MOST_NODES = 1_000_000  # lxml takes 120 bytes for each
_ENCODINGS = {"UTF-8", "UTF-16", "ASCII", "US-ASCII"}
_RESAVE = Text("open the file in Word and save it anew as a Word document (.docx)")


@attrs.frozen
class Relation:
    """What a part refers to.

    Attributes:
        kind: last word of its type (``image``, ``footnotes``).
        target: name of the other part, or the address where it is outside.
        is_outside: whether the file does not hold it.
    """

    kind: str
    target: str
    is_outside: bool


@attrs.define
class WordPackage:
    """The parts of a Word file.

    Attributes:
        file: its address relative to the edition folder.
        parts: bytes by name in lower case, as Office tells parts apart.
        types: media type by name or, with a dot in front, by ending.
    """

    file: str
    parts: Mapping[str, bytes]
    types: dict[str, str] = attrs.field(factory=dict)
    _relations: dict[str, dict[str, Relation]] = attrs.field(factory=dict)

    def xml(self, name: str) -> Element:
        """Parse a part.

        Raises:
            InputFault: if it is missing, no XML, or larger than a document can be meant to be.
        """
        data = self.parts.get(name)
        if data is None:
            message = Text("the file refers to its part {part}, which is missing", part=name)
            raise self.refusal("missing-part", message)
        return self._parse(name, data)

    def relations(self, name: str) -> dict[str, Relation]:
        """Give what a part refers to by id; the empty name is the file itself."""
        if name not in self._relations:
            self._relations[name] = self._read_relations(name)
        return self._relations[name]

    def related(self, name: str, kind: str) -> list[str]:
        """Give the parts of a kind that a part refers to, in the order of the file."""
        found = self.relations(name).values()
        targets = [each.target for each in found if each.kind == kind and not each.is_outside]
        return list(dict.fromkeys(targets))

    def media_type(self, name: str) -> str:
        """Give the media type that the file states for a part, or empty."""
        return self.types.get(name) or self.types.get(posixpath.splitext(name)[1], "")

    def refusal(self, code: str, message: Text, hint: Text | None = None) -> InputFault:
        """Make the fault that refuses the file; without a hint to save it anew."""
        return InputFault(message, Source(self.file), hint or _RESAVE, code)

    def _parse(self, name: str, data: bytes) -> Element:
        nodes = data.count(b"<") + 2 * data.count(b"=")
        if len(data) > _MOST_BYTES or nodes > _MOST_NODES:
            message = Text("{part} is larger than a contribution can be", part=name)
            raise self.refusal("too-large", message, Text("check that it is the right file"))
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            message = Text("{part} is damaged: it is no well-formed XML", part=name)
            raise self.refusal("bad-xml", message) from error
        # The gate looks for document types in the bytes; the parser knows more encodings.
        information = root.getroottree().docinfo
        if information.doctype or (information.encoding or "UTF-8").upper() not in _ENCODINGS:
            message = Text("{part} is not written as Word files are", part=name)
            raise self.refusal("bad-xml", message)
        return root

    def _read_relations(self, name: str) -> dict[str, Relation]:
        folder, base = posixpath.split(name)
        listed = posixpath.join(folder, "_rels", f"{base}.rels")
        if listed not in self.parts:
            return {}
        root = self.xml(listed)
        return {each.get("Id", ""): _relation(each, folder) for each in children(root, _LISTED)}


_LISTED = "pr:Relationship"


def _relation(element: Element, folder: str) -> Relation:
    kind = element.get("Type", "").rpartition("/")[2]
    target = element.get("Target", "")
    if element.get("TargetMode") == "External":
        return Relation(kind, target, is_outside=True)
    path = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
    return Relation(kind, path.lower(), is_outside=False)


def open_word(content: bytes, file: str, log: InputLog) -> WordPackage | None:
    """Open a Word file through the gate that every package passes.

    Args:
        content: the bytes of the file.
        file: its address relative to the edition folder.
        log: gets the fault.

    Returns:
        Its parts, or None after a fault.

    Raises:
        InputFault: if the parts do not say what they are.
    """
    opened = open_package(content, file, log, DOCUMENT)
    if opened is None:
        return None
    package = WordPackage(file, opened.parts)
    package.types.update(_types(package))
    return package


def _types(package: WordPackage) -> dict[str, str]:
    root = package.xml("[content_types].xml")
    stated = {f".{e.get('Extension', '').lower()}": e for e in children(root, "ct:Default")}
    for each in children(root, "ct:Override"):
        stated[each.get("PartName", "").lstrip("/").lower()] = each
    return {name: each.get("ContentType", "") for name, each in stated.items()}

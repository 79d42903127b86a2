"""Relationships to the parts of an Office file by what they are for."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from urllib.parse import unquote

import attrs

from kvaljury.errors import Source, Text
from kvaljury.files.characters import quoted
from kvaljury.files.workbooks.markup import Attributes, Element, MarkupFault, named, walk
from kvaljury.files.workbooks.packages import Package, broken_part

_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_EXTERNAL = "external"

RELATIONSHIP_IDS = tuple(f"{space} id" for space in _OFFICE)
"""The attribute that names a relationship, in transitional and in strict files."""


@attrs.frozen
class Relationship:
    """What a part refers to.

    Attributes:
        use: what it is for (``worksheet``), or the whole address of what Office does not define.
        target: name of a part, or empty where it lies outside the file.
    """

    use: str
    target: str


def relationships(package: Package, part: str) -> dict[str, Relationship]:
    """Read what a part refers to.

    Args:
        package: the file.
        part: name of the part, empty for the package.

    Returns:
        By id; empty where it refers to nothing.

    Raises:
        InputFault: if they are damaged or lead out of the package.
    """
    folder, name = posixpath.split(part)
    address = posixpath.join(folder, "_rels", f"{name}.rels")
    content = package.part(address)
    found: dict[str, Relationship] = {}
    where = Source(package.file, 0, address)

    def note(attributes: Attributes) -> None:
        name = attributes.get("Id", "")
        if not name or name in found:
            raise MarkupFault(
                Text('the relationship "{id}" is not one of its own', id=quoted(name))
            )
        found[name] = _relationship(attributes, folder)

    if content is not None:
        grammar = Element(named(_SPACE, {"Relationship": Element(begin=note)}))
        walk_part(content, named(_SPACE, {"Relationships": grammar}), where)
    return found


def walk_part(content: bytes, document: Mapping[str, Element], where: Source) -> None:
    """Parse a part as `walk` does, with its faults given their address.

    Raises:
        InputFault: if it is not understood.
    """
    try:
        walk(content, document)
    except MarkupFault as fault:
        raise broken_part(fault.message, where, fault.code) from fault


def single_part(package: Package, found: Mapping[str, Relationship], use: str) -> str | None:
    """Find the part of a use that a file has at most once.

    Args:
        package: the file.
        found: relationships by id.
        use: such as ``styles``.

    Returns:
        Its name, or None where there is none.

    Raises:
        InputFault: if there are several, or the part is missing.
    """
    targets = {one.target for one in found.values() if one.use == use}
    if len(targets) > 1:
        message = Text('it has {n} parts of the kind "{use}"', n=len(targets), use=use)
        raise broken_part(message, Source(package.file))
    for target in targets:
        content_of(package, target)
    return next(iter(targets), None)


def content_of(package: Package, part: str) -> bytes:
    """Give the bytes of a part.

    Raises:
        InputFault: if it is missing.
    """
    content = package.part(part)
    if content is None:
        message = Text('the part "{part}" is missing', part=quoted(part))
        raise broken_part(message, Source(package.file))
    return content


def main_part(package: Package) -> str:
    """Find the part with which a file begins.

    Raises:
        InputFault: if there is none.
    """
    part = single_part(package, relationships(package, ""), "officeDocument")
    if part is None:
        raise broken_part(Text("it does not say where it begins"), Source(package.file))
    return part


def _relationship(attributes: Attributes, folder: str) -> Relationship:
    kind = attributes.get("Type", "")
    space, _, use = kind.rpartition("/")
    target = unquote(attributes.get("Target", "")).replace("\\", "/")
    if attributes.get("TargetMode", "").lower() == _EXTERNAL:
        return Relationship(use if space in _OFFICE else kind, "")
    path = posixpath.normpath(posixpath.join("/", folder, target.partition("#")[0]))
    return Relationship(use if space in _OFFICE else kind, path.lstrip("/"))

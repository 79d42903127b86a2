"""What is drawn in a Word file: images with their size, and the text of charts and diagrams."""

from __future__ import annotations

import re

import attrs

from kvaljury.core.model.word_document import PlacedImage
from kvaljury.files.word.names import Element, child, descendants, value
from kvaljury.files.word.packages import WordPackage

_EMU = 36_000  # English Metric Units in a millimetre
_UNITS = {"pt": 25.4 / 72, "in": 25.4, "cm": 10.0, "mm": 1.0, "px": 25.4 / 96}
_SIZE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*(\d{1,6}(?:\.\d{1,6})?)(pt|in|cm|mm|px)")


@attrs.frozen
class Placing:
    """Where and how large something is drawn.

    Attributes:
        width_mm: on the page, 0 where unknown.
        height_mm: likewise.
        description: the alternative text, or empty.
    """

    width_mm: float = 0.0
    height_mm: float = 0.0
    description: str = ""


def placing(element: Element) -> Placing:
    """Read size and alternative text of what is drawn in the way of Word 2007 and later.

    Args:
        element: ``wp:inline`` or ``wp:anchor``.
    """
    extent, properties = child(element, "wp:extent"), child(element, "wp:docPr")
    width, height = (_length(extent, side) for side in ("cx", "cy"))
    return Placing(width, height, _attribute(properties, "descr"))


def old_placing(element: Element) -> Placing:
    """Read size and alternative text of what is drawn in VML, the way of older versions.

    Args:
        element: the shape that holds the image.
    """
    sizes = {
        side: round(float(number) * _UNITS[unit], 2)
        for side, number, unit in _SIZE.findall(_attribute(element, "style"))
    }
    description = _attribute(element, "alt")
    return Placing(sizes.get("width", 0.0), sizes.get("height", 0.0), description)


def _length(extent: Element | None, side: str) -> float:
    digits = _attribute(extent, side)
    is_length = digits.isascii() and digits.isdigit() and len(digits) <= len("27273042316900")
    return round(int(digits) / _EMU, 2) if is_length else 0.0


def _attribute(element: Element | None, name: str) -> str:
    return "" if element is None else str(element.get(name, ""))


def image(
    package: WordPackage, part: str, identity: str, placed: Placing, paragraph: int | None
) -> PlacedImage | None:
    """Find an image that a part refers to.

    Args:
        package: the file.
        part: name of the part that shows it.
        identity: id of the relation.
        placed: its size and alternative text.
        paragraph: index of the paragraph that holds it.

    Returns:
        The image, without bytes where it is only linked or missing; None where the part refers
        to nothing of that id.
    """
    relation = package.relations(part).get(identity)
    if relation is None:
        return None
    return PlacedImage(
        name=relation.target.rpartition("/")[2],
        paragraph=paragraph,
        media_type=package.media_type(relation.target),
        data=b"" if relation.is_outside else package.parts.get(relation.target, b""),
        width_mm=placed.width_mm,
        height_mm=placed.height_mm,
        description=placed.description,
    )


def drawn_text(package: WordPackage, part: str, element: Element) -> tuple[str, str]:
    """Read the text of a chart or diagram.

    Args:
        package: the file.
        part: name of the part that shows it.
        element: ``c:chart``, ``cx:chart`` or ``dgm:relIds``.

    Returns:
        The name of its part and its text, one line for each piece; both empty where the part
        refers to nothing of that id.
    """
    identity = value(element, "r:id") or value(element, "r:dm") or ""
    relation = package.relations(part).get(identity)
    if relation is None or relation.is_outside:
        return "", ""
    found = descendants(package.xml(relation.target), "a:t", "c:v", "cx:pt", "cx:v")
    pieces = ("".join(each.itertext()).strip() for each in found)
    return relation.target, "\n".join(piece for piece in pieces if piece)


def symbol(element: Element) -> str:
    """Give the character of ``w:sym``; without a code that can be one it is a question mark."""
    code = value(element, "w:char") or ""
    is_code = re.fullmatch("[0-9A-Fa-f]{1,6}", code) is not None
    number = int(code, 16) if is_code else 0
    is_character = 0 < number <= _LAST and not _SURROGATES[0] <= number <= _SURROGATES[1]
    return chr(number) if is_character else "?"


_LAST = 0x10FFFF
_SURROGATES = (0xD800, 0xDFFF)

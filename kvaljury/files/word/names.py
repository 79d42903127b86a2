"""Short names (``w:p``) of what stands in Word's XML, in both of its namespaces."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeAlias

Element: TypeAlias = Any
"""An element of lxml, which ships no types."""

_OPEN = "http://schemas.openxmlformats.org"
_STRICT = "http://purl.oclc.org/ooxml"
_OFFICE_2010 = "http://schemas.microsoft.com/office/word/2010"

SPACES = {
    "w": (f"{_OPEN}/wordprocessingml/2006/main", f"{_STRICT}/wordprocessingml/main"),
    "r": (f"{_OPEN}/officeDocument/2006/relationships", f"{_STRICT}/officeDocument/relationships"),
    "m": (f"{_OPEN}/officeDocument/2006/math", f"{_STRICT}/officeDocument/math"),
    "wp": (
        f"{_OPEN}/drawingml/2006/wordprocessingDrawing",
        f"{_STRICT}/drawingml/wordprocessingDrawing",
    ),
    "a": (f"{_OPEN}/drawingml/2006/main", f"{_STRICT}/drawingml/main"),
    "c": (f"{_OPEN}/drawingml/2006/chart", f"{_STRICT}/drawingml/chart"),
    "dgm": (f"{_OPEN}/drawingml/2006/diagram", f"{_STRICT}/drawingml/diagram"),
    "cx": ("http://schemas.microsoft.com/office/drawing/2014/chartex",),
    "mc": (f"{_OPEN}/markup-compatibility/2006",),
    "wps": (f"{_OFFICE_2010}/wordprocessingShape",),
    "v": ("urn:schemas-microsoft-com:vml",),
    "o": ("urn:schemas-microsoft-com:office:office",),
    "ep": (
        f"{_OPEN}/officeDocument/2006/extended-properties",
        f"{_STRICT}/officeDocument/extendedProperties",
    ),
    "pr": (f"{_OPEN}/package/2006/relationships",),
    "ct": (f"{_OPEN}/package/2006/content-types",),
}

UNDERSTOOD = frozenset(
    {
        *(uri for uris in SPACES.values() for uri in uris),
        f"{_OFFICE_2010}/wordprocessingGroup",
        f"{_OFFICE_2010}/wordprocessingCanvas",
        f"{_OFFICE_2010}/wordprocessingInk",
        f"{_OFFICE_2010}/wordprocessingDrawing",
        "http://schemas.microsoft.com/office/word/2010/wordml",
        "http://schemas.microsoft.com/office/word/2012/wordml",
        "http://schemas.microsoft.com/office/drawing/2010/main",
        "http://schemas.microsoft.com/office/drawing/2015/9/8/chartex",
        "http://schemas.microsoft.com/office/drawing/2016/5/10/chartex",
    }
)
"""Namespaces whose alternative is read where a file offers several."""


@cache
def tags(name: str) -> tuple[str, ...]:
    """Give the full names of a short one, that of older files first.

    >>> tags("v:shape")
    ('{urn:schemas-microsoft-com:vml}shape',)
    """
    prefix, _, local = name.partition(":")
    return tuple(f"{{{uri}}}{local}" for uri in SPACES[prefix])


def child(element: Element | None, name: str) -> Element | None:
    """Find the first child of a name; None has none."""
    return None if element is None else next(element.iterchildren(*tags(name)), None)


def children(element: Element | None, name: str) -> list[Element]:
    """Find all children of a name."""
    wanted = tags(name)
    return [] if element is None else [each for each in element if each.tag in wanted]


def descendants(element: Element, *names: str) -> list[Element]:
    """Find everything of some names below an element, in the order of the file."""
    return list(element.iter(*(tag for name in names for tag in tags(name))))


def value(element: Element | None, name: str = "w:val") -> str | None:
    """Give an attribute, or None where it or the element is not there."""
    if element is None:
        return None
    for tag in tags(name):
        found: str | None = element.get(tag)
        if found is not None:
            return found
    return None


def whole(element: Element | None, name: str = "w:val") -> int | None:
    """Give an attribute as a whole number, or None where it is none that can be meant."""
    found = (value(element, name) or "").strip()
    digits = found.removeprefix("-")
    is_whole = digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS
    return int(found) if is_whole else None


_MOST_DIGITS = 9


def is_on(element: Element | None) -> bool | None:
    """Give a switch such as ``<w:vanish/>``: on, off, or None where it is not there."""
    if element is None:
        return None
    return (value(element) or "true") not in {"0", "false", "off"}

"""Word's styles to what they say of a paragraph or run: heading, hidden, numbered."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from kvaljury.files.word.names import Element, child, children, is_on, value, whole

_HEADING = re.compile(r"(?:heading|rubrik) ?([1-9])", re.IGNORECASE)
_DEEPEST = 9


@attrs.frozen
class Style:
    """A style as the file defines it.

    Attributes:
        id: as paragraphs refer to it.
        name: as people see it.
        parent: id of the style that it is based on, or empty.
        outline: level from 0, 9 for body text, or None where it says nothing.
        hides: whether its text is hidden, or None where it says nothing.
        list_id: of the list that it numbers by, or None; 0 for none.
        list_level: from 0, or None.
    """

    id: str
    name: str
    parent: str = ""
    outline: int | None = None
    hides: bool | None = None
    list_id: int | None = None
    list_level: int | None = None


@attrs.define
class Styles:
    """All styles of a document.

    Attributes:
        by_id: every style.
        default: id of the style of paragraphs that name none.
        hides_all: whether text is hidden unless a style says otherwise.
    """

    by_id: dict[str, Style] = attrs.field(factory=dict)
    default: str = ""
    hides_all: bool = False
    _levels: dict[str, int] = attrs.field(factory=dict)

    def chain(self, style: str) -> Iterator[Style]:
        """Give a style and those that it is based on; a circle ends where it closes."""
        seen: set[str] = set()
        while style in self.by_id and style not in seen:
            seen.add(style)
            yield self.by_id[style]
            style = self.by_id[style].parent

    def name(self, style: str) -> str:
        """Give the name of a style, its id where it is not defined."""
        return self.by_id[style].name if style in self.by_id else style

    def heading(self, style: str) -> int:
        """Give the level of a heading style from 1, or 0.

        The outline level decides; where a style says nothing about it, its name does.
        """
        if style not in self._levels:
            self._levels[style] = self._heading(style)
        return self._levels[style]

    def _heading(self, style: str) -> int:
        for each in self.chain(style):
            if each.outline is not None:
                return heading_level(each.outline)
            named = _HEADING.fullmatch(each.name) or _HEADING.fullmatch(each.id)
            if named:
                return int(named[1])
        undefined = _HEADING.fullmatch(style) if style not in self.by_id else None
        return int(undefined[1]) if undefined else 0

    def hides(self, style: str) -> bool:
        """Tell whether a style hides its text."""
        said = (each.hides for each in self.chain(style))
        return next((hides for hides in said if hides is not None), False)


def heading_level(outline: int) -> int:
    """Give the level of a heading from 1, or 0 for body text.

    >>> heading_level(0), heading_level(9)
    (1, 0)
    """
    return outline + 1 if 0 <= outline < _DEEPEST else 0


def read_styles(root: Element | None) -> Styles:
    """Read the part ``styles.xml``.

    Args:
        root: its element, or None where the file has none.
    """
    found = Styles()
    run = child(child(child(root, "w:docDefaults"), "w:rPrDefault"), "w:rPr")
    found.hides_all = is_on(child(run, "w:vanish")) or False
    for element in children(root, "w:style"):
        style = _style(element)
        found.by_id[style.id] = style
        is_default = value(element, "w:default") in {"1", "true", "on"}
        if is_default and value(element, "w:type") == "paragraph":
            found.default = style.id
    return found


def _style(element: Element) -> Style:
    paragraph, run = child(element, "w:pPr"), child(element, "w:rPr")
    numbering = child(paragraph, "w:numPr")
    name = value(element, "w:styleId") or ""
    return Style(
        id=name,
        name=value(child(element, "w:name")) or name,
        parent=value(child(element, "w:basedOn")) or "",
        outline=whole(child(paragraph, "w:outlineLvl")),
        hides=is_on(child(run, "w:vanish")),
        list_id=whole(child(numbering, "w:numId")),
        list_level=whole(child(numbering, "w:ilvl")),
    )

"""Runs of text to the text that people see: rich text joined, readings for pronunciation out."""

from __future__ import annotations

import re
from collections.abc import Callable

from kvaljury.errors import Source, Text
from kvaljury.files.workbooks.markup import (
    XML_SPACES,
    Attributes,
    Element,
    MarkupFault,
    named,
    skipping,
)
from kvaljury.files.workbooks.parts import walk_part
from kvaljury.files.workbooks.styles import MAIN

LONGEST_TEXT = 32_767
"""Characters that a cell of Excel can hold."""

_MOST_STRINGS = 500_000
_SPACE = "http://www.w3.org/XML/1998/namespace space"
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    r"""Put back the characters that Excel writes by their number.

    Raises:
        MarkupFault: if they are no characters, or the text is longer than a cell can hold.

    >>> unescaped("a_x000D_b"), unescaped("_x005F_x0041_")
    ('a\rb', '_x0041_')
    """
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
        try:
            text = text.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError as error:
            raise MarkupFault(Text("a text holds half a character")) from error
    if len(text) > LONGEST_TEXT:
        message = Text("a text is longer than the {limit} characters of a cell", limit=LONGEST_TEXT)
        raise MarkupFault(message, "too-large")
    return text


def rich_text(take: Callable[[str], None]) -> Element:
    """Make the element of a text, with or without runs; ``take`` gets it whole at its end."""
    runs: list[str] = []
    is_kept = False

    def begin(_: Attributes) -> None:
        runs.clear()

    def begin_run(attributes: Attributes) -> None:
        nonlocal is_kept
        is_kept = attributes.get(_SPACE) == "preserve"

    def end_run(text: str) -> None:
        runs.append(text if is_kept else text.strip(XML_SPACES))

    def end(_: str) -> None:
        take(unescaped("".join(runs)))

    text = Element(begin=begin_run, end=end_run, holds_text=True)
    run = Element(named(MAIN, {"t": text, "rPr": skipping()}))
    children = {"t": text, "r": run, "rPh": skipping(), "phoneticPr": skipping()}
    return Element(named(MAIN, children), begin=begin, end=end)


def read_strings(content: bytes, where: Source) -> list[str]:
    """Read the texts that cells share.

    Args:
        content: the part ``sharedStrings``.
        where: its address.

    Returns:
        In their order, by which cells name them.

    Raises:
        InputFault: if it is not understood.
    """
    strings: list[str] = []

    def take(text: str) -> None:
        strings.append(text)
        if len(strings) > _MOST_STRINGS:
            message = Text("it has over {limit} texts", limit=_MOST_STRINGS)
            raise MarkupFault(message, "too-large")

    table = Element(named(MAIN, {"si": rich_text(take), "extLst": skipping()}))
    walk_part(content, named(MAIN, {"sst": table}), where)
    return strings

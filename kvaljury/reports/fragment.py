"""Documents of headings and paragraphs to a piece of HTML for another page, and to plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kvaljury.core.model.blocks import Document, Heading, Paragraph
from kvaljury.reports.voice import Voice

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")


def html_fragment(document: Document, voice: Voice) -> bytes:
    """Give a document as one section of a web page, without style or script.

    Args:
        document: of headings and paragraphs; other blocks are left out.
        voice: language of its words.

    Returns:
        UTF-8; headings begin at level 2, below the title of the page it is put into.
    """
    from markupsafe import escape  # noqa: PLC0415  # comes with jinja2, late like it

    def element(tag: str, words: str) -> str:
        return f"<{tag}>{escape(_shown(words))}</{tag}>"

    lines = [f'<section lang="{voice.code}">', element("h2", voice.render(document.title))]
    for level, words in _told(document, voice):
        tag = f"h{level + 1}" if level else "p"
        paragraphs = [words] if level else words.split("\n")
        lines += [element(tag, each) for each in paragraphs if each.strip()]
    return ("\n".join([*lines, "</section>"]) + "\n").encode("utf-8", "replace")


def plain_text(document: Document, voice: Voice) -> bytes:
    """Give the same as plain text, UTF-8, with an empty line between paragraphs."""
    title = _shown(voice.render(document.title))
    lines = [title, "=" * len(title), ""]
    for level, words in _told(document, voice):
        said = _shown(words)
        lines += [said, *(["-" * len(said)] if level == _CLASS else []), ""]
    return "\n".join(lines).encode("utf-8", "replace")


_CLASS = 2


def _told(document: Document, voice: Voice) -> Iterator[tuple[int, str]]:
    """Give the level of each heading, 0 for a paragraph, with its words."""
    for block in document.blocks:
        if isinstance(block, Heading):
            yield block.level, voice.render(block.text)
        elif isinstance(block, Paragraph):
            yield 0, voice.render(block.text)


def _shown(words: str) -> str:
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", words.replace("\r\n", "\n"))

"""Documents to self-contained HTML: nothing is fetched, nothing of the data is run."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kvaljury.core.model.blocks import Block, Bullets, Document, Facts, Paragraph, Words
from kvaljury.errors import Text
from kvaljury.reports.plain import plain_document
from kvaljury.reports.voice import Voice

if TYPE_CHECKING:
    from jinja2 import Template

_COLUMN = "{column}"
_WORDS = {
    "skip": Text("Skip to the content"),
    "site": Text("Other documents"),
    "home": Text("All documents"),
    "contents": Text("Contents"),
    "figures": Text("The figures of the chart"),
    "notice": Text("Please note"),
    "ascending": Text("Sorted by {column}, ascending", column=_COLUMN),
    "descending": Text("Sorted by {column}, descending", column=_COLUMN),
}
_NEIGHBOUR = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\.(?:html|pdf)")
_DATE = re.compile(r"(?<![\w-])([0-9]{4}-[0-9]{2}-[0-9]{2})(?![\w-])")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")


def html_page(
    document: Document,
    voice: Voice,
    home: str | None = None,
    links: Iterable[tuple[Words, str]] = (),
) -> bytes:
    """Give a document as one HTML file.

    Args:
        document: of neutral blocks.
        voice: language of its words and numbers.
        home: file name of the index beside it, or None.
        links: words and file name of further files beside it, shown above the title.

    Returns:
        UTF-8; the same document gives the same bytes.
    """
    from markupsafe import Markup  # noqa: PLC0415  # comes with jinja2, 60 ms to import

    plain = plain_document(document, voice)
    for block, item in zip(document.blocks, plain["blocks"], strict=True):
        _complete(block, item)
    style = _resource("document.css").replace('"STAND"', _css_string(plain["stand"]))
    script = _resource("document.js")
    page = _template().render(
        **plain,
        language=voice.code,
        home=home,
        links=[(voice.render(text), target) for text, target in links],
        words={name: voice.render(text) for name, text in _WORDS.items()},
        sections=[
            (number, item["text"])
            for number, item in enumerate(plain["blocks"])
            if item["kind"] == "heading" and item["level"] == 2  # noqa: PLR2004
        ],
        style=Markup(style),  # noqa: S704  # a file of the package and an escaped string
        script=Markup(script),  # noqa: S704  # a file of the package
        style_hash=_digest(style),
        script_hash=_digest(script),
    )
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", page).encode("utf-8", "backslashreplace")


def _complete(block: Block, item: dict[str, Any]) -> None:
    """Add what only a page needs to a plain block."""
    from markupsafe import Markup  # noqa: PLC0415

    if item["kind"] == "chart":
        item["svg"] = Markup(item["svg"])  # noqa: S704  # drawn here, its words escaped
    elif item["kind"] == "table":
        for cell in (cell for row in item["rows"] for cell in row["cells"]):
            # A section may come from anybody: its links stay in the folder.
            cell["link"] = cell["link"] if _NEIGHBOUR.fullmatch(cell["link"] or "") else None
    elif isinstance(block, Paragraph):
        item["is_data"] = isinstance(block.text, str)
    elif isinstance(block, Bullets):
        item["are_data"] = [isinstance(text, str) for text in block.items]
    elif isinstance(block, Facts):
        item["are_data"] = [isinstance(told, str) for _, told in block.pairs]


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.filters["dated"] = _dated
    return environment.from_string(_resource("document.html"))


def _dated(text: str) -> str:
    """Keep each date on one line; some browsers break at its hyphens."""
    from markupsafe import Markup, escape  # noqa: PLC0415

    shown = _DATE.sub(r'<span class="date">\1</span>', str(escape(text)))
    return Markup(shown)  # noqa: S704  # escaped before the spans were put in


@cache
def _resource(name: str) -> str:
    text = files("kvaljury.reports").joinpath("templates", name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


def _css_string(text: str) -> str:
    """Give a text as a CSS string that neither ends itself nor its style element."""
    return '"' + "".join(c if c.isalnum() else f"\\{ord(c):x} " for c in text) + '"'


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")

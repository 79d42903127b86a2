"""Documents to tagged PDF through Typst, which gets data as JSON and nothing else."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

import attrs

from kvaljury.core.model.blocks import Document
from kvaljury.errors import DiskFault, Text
from kvaljury.reports.plain import Plain, plain_document
from kvaljury.reports.typeface import FACES, LACKING, printable, typeface
from kvaljury.reports.voice import Voice

if TYPE_CHECKING:
    import typst

_REGIONS = {"sv": "SE", "en": "GB"}
# A section this short is never split, so that no page carries its last line alone.
_SHORT, _SHORT_FACT = 1500, 160
_FEW_FACTS = 6
_SECTION = 2
# Room for a title at the head of a page, as a share of the type size.
_RUNNING = 26
# PDF/UA refuses a heading without text.
_UNSEEN = "–"


@attrs.frozen
class Booklet:
    """Documents bound together.

    Attributes:
        title: of the whole.
        subtitle: a line below it.
        running: stands on every page.
        preface: sentences before the contents.
        documents: in reading order; more than one gives contents.
        stand: that this is a basis and no decision.
        foot: what the numbers were made from.
        year: of the edition, which dates the file.
        parts: names of the documents that open a part, below which the following documents
            stand in contents and bookmarks.
    """

    title: Text | str
    subtitle: Text | str
    running: Text | str
    preface: tuple[Text | str, ...]
    documents: tuple[Document, ...]
    stand: Text | str
    foot: Text | str
    year: int
    parts: frozenset[str] = frozenset()


def pdf_bytes(booklet: Booklet, voice: Voice) -> bytes:
    """Give documents as one PDF, PDF/A-2a and PDF/UA-1.

    Args:
        booklet: what is bound.
        voice: language of its words and numbers.

    Returns:
        The same bytes for the same booklet. Signs that the typeface lacks are replaced, and each
        document in which that happened says so.

    Raises:
        DiskFault: if the page cannot be set, as where a file of the installation is damaged.
    """
    import typst  # noqa: PLC0415  # 85 MB, loaded where a PDF is wanted

    data = json.dumps(_data(booklet, voice), ensure_ascii=False, allow_nan=False)
    try:
        compiled, warnings = _compiler().compile_with_warnings(
            _template(), sys_inputs={"data": data}, pdf_standards=["a-2a", "ua-1"]
        )
    except typst.TypstError as error:
        raise _unset(booklet, error) from error
    if warnings:
        raise _unset(booklet, warnings[0])
    return cast("bytes", compiled)


def _unset(booklet: Booklet, what: object) -> DiskFault:
    name = booklet.title if len(booklet.documents) > 1 else booklet.documents[0].name
    return DiskFault(Text("The PDF of {name} could not be set: {what}", name=name, what=str(what)))


@cache
def _compiler() -> typst.Compiler:
    """Make the compiler once: it keeps the typeface and what it has already set.

    Only the shipped typeface is there, so that a page is the same on every machine.
    """
    import typst  # noqa: PLC0415

    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FACES)]
    )
    return typst.Compiler(font_paths=fonts, ignore_system_fonts=True)


@cache
def _template() -> bytes:
    return files("kvaljury.reports").joinpath("templates", "document.typ").read_bytes()


@attrs.define
class _Press:
    """Renders texts for the typeface and remembers whether any sign was replaced."""

    voice: Voice
    has_replaced: bool = False

    def __call__(self, text: Text | str) -> str:
        written = self.voice.render(text)
        shown = printable(written)
        if shown.count(LACKING) > written.count(LACKING):
            self.has_replaced = True
        return shown


def _data(booklet: Booklet, voice: Voice) -> Plain:
    say = _Press(voice)
    is_bound = len(booklet.documents) > 1
    return {
        "title": _title(say(booklet.title), booklet.documents),
        "subtitle": say(booklet.subtitle),
        "running": say(booklet.running),
        "preface": [say(text) for text in booklet.preface],
        "stand": say(booklet.stand),
        "foot": say(booklet.foot),
        "year": booklet.year,
        "language": voice.code,
        "region": _REGIONS[voice.code],
        "page": say(Text("Page")),
        "of": say(Text("of")),
        "contents": say(Text("Contents")) if is_bound else None,
        "documents": [
            {
                **_typeset(document, voice),
                "depth": 2
                if is_bound and booklet.parts and document.name not in booklet.parts
                else 1,
            }
            for document in booklet.documents
        ],
    }


def _title(shown: str, documents: tuple[Document, ...]) -> str:
    """Give the title, or the file's name where nothing of it can be seen: a PDF must have one."""
    return shown if shown.strip() else documents[0].name


def _typeset(document: Document, voice: Voice) -> Plain:
    press = _Press(voice)
    plain = plain_document(document, Voice(voice.code, press, voice.number))
    note = Text(
        "Signs that the typeface of this document lacks are shown as {sign}. The page for the"
        " browser shows them as they were written.",
        sign=LACKING,
    )
    return {
        "title": _title(plain["title"], (document,)),
        "running": typeface().clipped(plain["title"], _RUNNING),
        "subtitle": plain["subtitle"],
        "sections": _sections(plain["blocks"]),
        "note": voice.render(note) if press.has_replaced else None,
    }


def _sections(blocks: list[Plain]) -> list[Plain]:
    """Divide blocks before each heading of level 2, and say which sections hold together."""
    sections: list[list[Plain]] = [[]]
    for block in map(_settable, blocks):
        before = sections[-1]
        if block["kind"] == "heading" and (block["level"] == _SECTION or len(sections) == 1):
            sections.append([{**block, "level": _SECTION}])
        elif block["kind"] == "heading":
            before.append({**block, "level": _SECTION + 1})
        elif before and block["kind"] == before[-1]["kind"] == "facts":
            before[-1] = _facts([*before[-1]["pairs"], *block["pairs"]])
        else:
            before.append(block)
    return [{"blocks": section, "is_whole": _is_short(section)} for section in sections if section]


def _settable(block: Plain) -> Plain:
    if block["kind"] == "picture":
        return {"kind": "picture", "svg": _wrapped(block), "words": block["alternative"]}
    if block["kind"] == "heading" and not block["text"].strip():
        return {**block, "text": _UNSEEN}
    return _facts(block["pairs"]) if block["kind"] == "facts" else block


def _facts(pairs: list[list[str]]) -> Plain:
    """Give facts; many short ones stand in two columns."""
    is_double = len(pairs) >= _FEW_FACTS and all(
        len(term) + len(told) <= _SHORT_FACT and "\n" not in told for term, told in pairs
    )
    return {"kind": "facts", "pairs": pairs, "is_double": is_double}


def _is_short(section: list[Plain]) -> bool:
    texts = [text for block in section for text in [block.get("text", ""), *block.get("texts", ())]]
    kinds = {block["kind"] for block in section}
    return kinds <= {"heading", "paragraph", "bullets"} and sum(map(len, texts)) <= _SHORT


def _wrapped(picture: dict[str, Any]) -> str:
    """Put an image into SVG, which JSON can carry as text."""
    size = f'width="{picture["width"]}" height="{picture["height"]}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size}'
        f' href="data:{picture["media_type"]};base64,{picture["base64"]}"/></svg>'
    )

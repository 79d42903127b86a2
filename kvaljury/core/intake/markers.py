"""The beginning of a paragraph to the number of a question that may stand there."""

from __future__ import annotations

import re
from typing import NamedTuple

from kvaljury.core.model.word_document import Paragraph

_NUMBERED = re.compile(
    r"[\s\u2022\u00b7\u2013-]*(?P<word>(?:svar\s+(?:(?:på|till)\s+)?)?(?:del)?fråga|svar(?:\s+(?:på|till))?|fr\.?|question)?\s*(?:nr\.?\s*)?(?P<number>[1-9][0-9]?)"
    r"(?P<rest>\s*[.:)\u2013-]?\s*\(?(?P<letter>[a-hA-H])(?:\s*[.:)](?!\w)|\s*$)|(?P<joined>[a-hA-H])\b[.:)]?"
    r"|\s*[.)](?![0-9])|\s*:(?!\w)|(?=\s*$)|(?=\s))",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"[\s\u2022\u00b7\u2013-]*\(?(?P<letter>[a-hA-H])[.:)](?!\w)")
_BARE = re.compile(r"\s*(?P<letter>[a-hA-H])\s*$")
_SURE_ENDING = re.compile(r"[.:)]\s*$")
_TEN_PERCENT = re.compile(r"\s*(?:%|[\u2013-]\s*[0-9]|[0-9])")


class Marker(NamedTuple):
    """A number at the beginning of a paragraph.

    Attributes:
        number: of the question, or empty where only a letter stands.
        letter: of the part in small letters, or empty.
        rest: the paragraph without it.
        is_firm: whether sign or word tells that it numbers something (``12.``, ``Fråga 12``),
            other than a number that begins a sentence (``12 barn``).
    """

    number: str
    letter: str
    rest: str
    is_firm: bool


def marker_of(paragraph: Paragraph) -> Marker | None:
    """Give the number with which a paragraph begins, typed or made by Word, or None.

    Years, dates, decimals, ranges and percentages number nothing.

    Args:
        paragraph: of a contribution.
    """
    text = paragraph.text
    made = _typed(paragraph.number) if paragraph.number else None
    typed = _typed(text)
    if made is None:
        return typed
    if typed is None:
        return Marker(made.number, made.letter, text, is_firm=True)
    # Word's number and a typed one beside it: "13." made by Word, "a." typed.
    if made.number and not made.letter and typed.letter and not typed.number:
        return Marker(made.number, typed.letter, typed.rest, is_firm=True)
    if typed.number and typed.is_firm and not made.number:
        return typed
    return Marker(made.number, made.letter, text, is_firm=True)


def _typed(text: str) -> Marker | None:
    lettered = _LETTERED.match(text) or _BARE.match(text)
    if lettered:
        return Marker("", lettered["letter"].lower(), text[lettered.end() :], is_firm=True)
    found = _NUMBERED.match(text)
    if found is None or _TEN_PERCENT.match(text, found.end()):
        return None
    letter = (found["letter"] or found["joined"] or "").lower()
    rest = text[found.end() :]
    is_firm = bool(
        letter or found["word"] or not rest.strip() or _SURE_ENDING.search(found["rest"])
    )
    return Marker(found["number"], letter, rest, is_firm)

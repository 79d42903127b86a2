"""What one character of a contribution is, so that everybody counts the same."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import attrs

_ORDINARY = "\x00-\x9f\xa1-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u22ff"
_RARE = re.compile(f"[^{_ORDINARY}]")

_NO_BREAK_SPACES = "\u00a0\u2007\u202f"
_IGNORABLE_MARKS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_SHOWN_FORMATS = re.compile(
    "[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001345f]"
)
_LAST_OF_TWO_BYTES = "\uffff"


@attrs.frozen
class Signs:
    """How many characters of each kind a text has.

    Attributes:
        counted: characters without whitespace; each is one Unicode code point.
        no_break: whitespace that breaks no line (U+00A0, U+2007, U+202F); not counted.
        invisible: characters that show nothing by themselves, such as the soft hyphen; not
            counted.
        accents: combining marks that stand apart from their letter; counted.
        astral: characters beyond U+FFFF such as emoji, which some programs take for two;
            counted once.
    """

    counted: int = 0
    no_break: int = 0
    invisible: int = 0
    accents: int = 0
    astral: int = 0

    def __add__(self, other: Signs) -> Signs:
        pairs = zip(attrs.astuple(self), attrs.astuple(other), strict=True)
        return Signs(*(mine + its for mine, its in pairs))


def count_signs(text: str) -> Signs:
    r"""Count the characters of a text without whitespace.

    - A character is a Unicode code point of the composed text (NFC): ``å`` is one, however it
      was typed; an emoji is one.
    - Whitespace is all that Unicode calls so: blanks of any width, tabs, line and page breaks,
      and no-break spaces.
    - Characters that show nothing are left out: what Unicode calls default-ignorable, such as
      the soft hyphen (U+00AD), the zero-width space (U+200B), joiners, the word joiner
      (U+2060), the byte order mark (U+FEFF), marks of direction and variation selectors.
    - A combining mark that has no composed form with its letter is a character of its own.

    Args:
        text: in NFC.

    >>> count_signs("ab\u00a0c\u00add\u200b e")
    Signs(counted=5, no_break=1, invisible=2, accents=0, astral=0)
    """
    unspaced = len("".join(text.split()))
    rare = [] if text.isascii() else _RARE.findall(text)
    if not rare:
        return Signs(unspaced)
    kinds = [_kind(sign) for sign in rare]
    invisible = kinds.count("invisible")
    return Signs(
        counted=unspaced - invisible,
        no_break=kinds.count("no_break"),
        invisible=invisible,
        accents=kinds.count("accent"),
        astral=sum(
            sign > _LAST_OF_TWO_BYTES and kind != "invisible"
            for sign, kind in zip(rare, kinds, strict=True)
        ),
    )


def without_invisible(text: str) -> str:
    r"""Leave out the characters that show nothing by themselves.

    >>> without_invisible("sam\u00adsyn")
    'samsyn'
    """
    return "".join(s for s in text if not _RARE.match(s) or _kind(s) != "invisible")


@cache
def _kind(sign: str) -> str:
    if sign in _NO_BREAK_SPACES:
        return "no_break"
    category = unicodedata.category(sign)
    if (category == "Cf" and not _SHOWN_FORMATS.match(sign)) or _IGNORABLE_MARKS.match(sign):
        return "invisible"
    return "accent" if category.startswith("M") else ""

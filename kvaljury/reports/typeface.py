"""The shipped typeface to the signs that it has and the room that they take."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Mapping
from functools import cache
from itertools import accumulate
from pathlib import Path

import attrs

FACES = Path(__file__).with_name("fonts")
LACKING = "\N{REPLACEMENT CHARACTER}"
_ENDS_LINE = frozenset("\r\v\f\x1c\x1d\x1e\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}")
_SELECTORS = range(0xFE00, 0xFE10)


@attrs.frozen
class Typeface:
    """A cut of the typeface.

    Attributes:
        advances: width of each sign by code point, as a share of the type size.
    """

    advances: Mapping[int, float] = attrs.field(repr=False, hash=False)

    def width(self, text: str) -> float:
        """Give the width of a line, as a share of the type size; unknown signs count as wide."""
        return sum(self.advances.get(ord(sign), 1.0) for sign in text)

    def clipped(self, text: str, room: float) -> str:
        """Shorten a line to the room that there is, with an ellipsis where something is left out.

        Args:
            text: one line.
            room: width, as a share of the type size.
        """
        if self.width(text) <= room:
            return text
        ends = accumulate(map(self.width, text), initial=self.width("…"))
        kept = sum(end <= room for end in ends) - 1
        return f"{text[: max(kept, 0)].rstrip()}…"


@cache
def typeface(cut: str = "Regular") -> Typeface:
    """Read a cut of Open Sans, ``Regular`` or ``Bold``."""
    return read_typeface((FACES / f"OpenSans-{cut}.ttf").read_bytes())


def read_typeface(font: bytes) -> Typeface:
    """Read which signs a TrueType font has.

    Args:
        font: a file whose character map has a table of format 4, as every font of text has.

    Source:
        OpenType 1.9, tables ``cmap``, ``hhea``, ``hmtx`` and ``head``.
    """
    (tables,) = struct.unpack_from(">H", font, 4)
    start = {
        font[at : at + 4]: struct.unpack_from(">I", font, at + 8)[0]
        for at in range(12, 12 + 16 * tables, 16)
    }
    (em,) = struct.unpack_from(">H", font, start[b"head"] + 18)
    (known,) = struct.unpack_from(">H", font, start[b"hhea"] + 34)
    widths = struct.unpack_from(">" + "Hh" * known, font, start[b"hmtx"])[::2]
    return Typeface(
        {
            code: widths[min(glyph, known - 1)] / em
            for code, glyph in _glyphs(font, start[b"cmap"]).items()
        }
    )


def _glyphs(font: bytes, cmap: int) -> dict[int, int]:
    """Give the glyph of each code point that has one."""
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    maps = [cmap + struct.unpack_from(">4xI", font, cmap + 4 + 8 * n)[0] for n in range(count)]
    at = next(at for at in maps if struct.unpack_from(">H", font, at) == (4,))
    segments = struct.unpack_from(">H", font, at + 6)[0] // 2
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{segments}H", font, at + place)
        for place in (14, *(16 + 2 * segments * part for part in (1, 2, 3)))
    )
    glyphs = {}
    for n, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, last + 1):
            glyph = code
            if offsets[n]:
                place = at + 16 + 2 * (segments * 3 + n) + offsets[n] + 2 * (code - first)
                (glyph,) = struct.unpack_from(">H", font, place)
            if glyph := (glyph + deltas[n]) & 0xFFFF:
                glyphs[code] = glyph
    return glyphs


class _Signs(dict[int, str]):
    """What is set for each code point, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _set_for(chr(code))
        return found


_SIGNS = _Signs()


def printable(text: str) -> str:
    """Give a text that the typeface can set.

    Args:
        text: any string.

    Returns:
        The text with a replacement character for each sign that has no glyph, and without
        signs that are never seen, which can turn the order of others around.

    >>> printable("Förskolan Ελπίδα 日本") == f"Förskolan Ελπίδα {2 * LACKING}"
    True
    """
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n")).translate(_SIGNS)


def _set_for(sign: str) -> str:
    category = unicodedata.category(sign)
    if sign == "\n" or sign in _ENDS_LINE:
        return "\n"
    if category == "Cf" or ord(sign) in _SELECTORS:
        return sign if sign == "\N{SOFT HYPHEN}" else ""
    if category not in {"Cc", "Co", "Cs"} and _has(sign):
        return sign
    return " " if category == "Zs" or sign == "\t" else LACKING


def _has(sign: str) -> bool:
    return all(ord(sign) in typeface(cut).advances for cut in ("Regular", "Bold"))

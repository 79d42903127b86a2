"""Characters that people cannot see, found and kept out of what decides."""

from __future__ import annotations

from unicodedata import category

SPACES = " \t\n\r\u00a0\u1680\u2007\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
"""White space that may stand around a value without belonging to it."""

LONGEST_NAME = 200
"""Characters that a name or title may have."""

LONGEST_PROSE = 30_000
"""Characters that free text may have; Excel cuts a cell at 32,767."""

_LINE_BREAKS = "\t\n\r\u2028\u2029"
_LONGEST_QUOTE = 60
_NO_CHARACTER = 0xFFFE  # the last two of each plane are none


def has_plain_characters(text: str) -> bool:
    r"""Tell whether a text is one line of visible characters and ordinary spaces.

    >>> has_plain_characters("Förskolan Ängen"), has_plain_characters("F\u200b01")
    (True, False)
    """
    return text.isprintable() and "\ufffd" not in text


def first_control(text: str, *, lines: bool = False) -> str | None:
    """Find a character that no text should hold: a control, or the sign of a lost letter.

    Args:
        text: what stands in the file.
        lines: whether tabs and line breaks may stand in it.

    Returns:
        The character, or None.
    """
    allowed = _LINE_BREAKS if lines else ""
    return next((sign for sign in text if sign not in allowed and _is_control(sign)), None)


def first_invisible(text: str) -> str | None:
    r"""Find a zero-width character, soft hyphen or mark of writing direction, or None.

    >>> first_invisible("F\u200b01") == "\u200b"
    True
    """
    return next((sign for sign in text if category(sign) == "Cf"), None)


def without_invisible(text: str) -> str:
    """Leave out what `first_invisible` finds."""
    return "".join(sign for sign in text if category(sign) != "Cf")


def code_of(sign: str) -> str:
    r"""Name a character by its Unicode number.

    >>> code_of("\u200b")
    'U+200B'
    """
    return f"U+{ord(sign):04X}"


def quoted(text: str) -> str:
    """Shorten what stands in a file so that a message can hold it.

    >>> len(quoted("x" * 1000))
    60
    """
    visible = "".join(sign if has_plain_characters(sign) else " " for sign in text[:_LONGEST_QUOTE])
    return visible if len(text) <= _LONGEST_QUOTE else visible[: _LONGEST_QUOTE - 1] + "…"


def _is_control(sign: str) -> bool:
    if sign == "\ufffd" or ord(sign) & _NO_CHARACTER == _NO_CHARACTER:
        return True
    return category(sign) in {"Cc", "Cs", "Zl", "Zp"}

"""What people cannot see is found; what ids may be is checked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.files.characters import (
    SPACES,
    code_of,
    first_control,
    first_invisible,
    has_plain_characters,
    quoted,
    without_invisible,
)
from kvaljury.files.ids import id_misfit

CONTROLS = [
    "\0",
    "\x07",
    "\x0b",
    "\x1b",
    "\x7f",
    "\x85",
    "\ufffd",
    "\ufffe",
    "\U0001ffff",
    "\ud800",
]


@pytest.mark.parametrize("sign", CONTROLS)
@pytest.mark.parametrize("lines", [False, True])
def test_controls_and_lost_letters_are_found(sign: str, lines: bool) -> None:
    assert first_control(f"a{sign}b", lines=lines) == sign
    assert not has_plain_characters(f"a{sign}b")


@pytest.mark.parametrize("sign", ["\t", "\n", "\r", "\u2028", "\u2029"])
def test_line_breaks_are_controls_only_in_a_single_line(sign: str) -> None:
    assert first_control(f"a{sign}b") == sign
    assert first_control(f"a{sign}b", lines=True) is None


@pytest.mark.parametrize("sign", ["\u200b", "\u200e", "\u202e", "\u2066", "\ufeff", "\u00ad"])
def test_invisible_characters_are_found_and_left_out(sign: str) -> None:
    assert first_invisible(f"a{sign}b") == sign
    assert without_invisible(f"a{sign}b") == "ab"
    assert first_control(f"a{sign}b") is None


@pytest.mark.parametrize("text", ["Förskolan Ängen", "–", "日本", "🎉", "", "½ & <b>"])
def test_visible_characters_are_plain(text: str) -> None:
    assert has_plain_characters(text)
    assert first_control(text) is first_invisible(text) is None


@given(st.text())
def test_a_quote_is_short_and_visible(text: str) -> None:
    assert len(quoted(text)) <= 60
    assert has_plain_characters(quoted(text))


def test_a_short_quote_is_whole() -> None:
    assert quoted("x" * 60) == "x" * 60
    assert quoted("x" * 61) == "x" * 59 + "…"


@given(st.text())
def test_a_plain_text_has_nothing_to_find(text: str) -> None:
    if has_plain_characters(text):
        assert first_control(text) is first_invisible(text) is None


def test_spaces_are_white_and_no_controls_but_line_breaks() -> None:
    assert all(sign.isspace() for sign in SPACES)
    assert "\x1c" not in SPACES


def test_a_character_is_named_by_its_number() -> None:
    assert code_of("\u200b") == "U+200B"


@pytest.mark.parametrize("name", ["F01", "f", "9", "a_b-c", "x" * 40, "com10", "console", "COM"])
def test_ids_are_letters_digits_hyphens_and_underscores(name: str) -> None:
    assert id_misfit(name) is None


@pytest.mark.parametrize(
    "name",
    [
        *("", "-a", "_a", "å", "a b", "a.b", "a/b", "..", "x" * 41, "a\n", "\u0430", "１"),
        *("CON", "con", "Prn", "AUX", "nul", "com1", "LPT9", "com0"),
    ],
)
def test_anything_else_and_device_names_are_refused(name: str) -> None:
    assert id_misfit(name) is not None

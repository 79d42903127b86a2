import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.reports.typeface import LACKING, printable, typeface


def test_the_typeface_has_the_signs_of_swedish_greek_and_cyrillic() -> None:
    for cut in ("Regular", "Bold"):
        assert all(ord(sign) in typeface(cut).advances for sign in f"ÅÄÖéü–…”§ΕλΑДжЯ{LACKING}")


def test_the_typeface_lacks_the_signs_of_east_asia_and_faces() -> None:
    assert not {ord(sign) for sign in "日本😀ع"} & set(typeface().advances)


def test_widths_are_those_of_the_font() -> None:
    assert typeface().width("i") == pytest.approx(518 / 2048)
    assert typeface().width("AB") == pytest.approx(typeface().width("A") + typeface().width("B"))
    assert typeface("Bold").width("Örnen") > typeface().width("Örnen")
    assert typeface().width("日") == 1.0


def test_a_line_that_fits_is_not_clipped() -> None:
    assert typeface().clipped("Örnen", typeface().width("Örnen")) == "Örnen"


def test_a_line_that_does_not_fit_ends_with_an_ellipsis() -> None:
    room = typeface().width("Förskolan …")
    assert typeface().clipped("Förskolan Örnen", room) == "Förskolan…"


@given(st.text(max_size=40), st.floats(1, 20))
def test_a_clipped_line_fits_and_begins_as_the_line(text: str, room: float) -> None:
    shown = typeface().clipped(text, room)
    assert typeface().width(shown) <= room + 1e-9
    assert text.startswith(shown.removesuffix("…").rstrip())


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Örnen", "Örnen"),
        ("O\u0308rnen", "Örnen"),
        ("Ελπίδα Надежда", "Ελπίδα Надежда"),
        ("日😀", LACKING * 2),
        ("\x00\x1b[31m\ud800\ue000\uffff", f"{LACKING}{LACKING}[31m{LACKING * 3}"),
        ("ett\ttvå\u3000tre", "ett två tre"),
        ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne"),
        ("abc\u202edef\u200b\ufeff\ufe0f", "abcdef"),
        ("sam\u00adverkan", "sam\u00adverkan"),
        ("", ""),
    ],
)
def test_signs_are_kept_joined_left_out_or_marked(written: str, shown: str) -> None:
    assert printable(written) == shown


@given(st.text())
def test_whatever_is_printable_has_a_glyph(text: str) -> None:
    shown = printable(text)
    assert printable(shown) == shown
    for cut in ("Regular", "Bold"):
        assert all(ord(sign) in typeface(cut).advances for sign in shown.replace("\n", ""))


@given(st.text())
def test_no_seen_sign_disappears(text: str) -> None:
    seen = [
        sign
        for sign in unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
        if unicodedata.category(sign) != "Cf" and sign not in map(chr, range(0xFE00, 0xFE10))
    ]
    assert len(printable(text).replace("\u00ad", "")) == len(seen)

"""Numbers are read by one strict pattern, exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.errors import Text
from kvaljury.files.numbers import as_shown, is_too_long, is_year, parse_number, parse_whole


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", Fraction(0)),
        ("-0", Fraction(0)),
        ("4,5", Fraction(9, 2)),
        ("4.5", Fraction(9, 2)),
        ("007", Fraction(7)),
        ("85.000", Fraction(85)),
        ("85,000", Fraction(85)),
        ("50.99", Fraction(5099, 100)),
        (" 12 ", Fraction(12)),
        ("\u00a012\u202f", Fraction(12)),
        ("95 000", Fraction(95000)),
        ("-1 250 000", Fraction(-1250000)),
        ("1\u00a0250\u00a0000,50", Fraction(2500001, 2)),
        ("1\u202f234", Fraction(1234)),
        ("0.1", Fraction(1, 10)),
    ],
)
def test_a_number_is_read_exactly(text: str, value: Fraction) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "-", ".", ",", "5.", ".5", "+5", "- 5", "--5", "4,5,6", "1.234,5", "1,234.5"),
        *("nan", "NaN", "inf", "-inf", "Infinity", "1e2", "1E400", "1_0", "0x10", "1/2", "½", "٣"),
        *("１２", "\u22125", "5-", "5 %", "51%", "100 kr", "1 23", "12 34", "1234 567", "1  234"),
        *("1 2345", "4\u200b5", "\u200b4", "4\t5", "4\n", "4\u20095", "#DIV/0!", "04-maj", "sju"),
        *("1" * 16, "0." + "1" * 29, "²", "1 234 56", " 1 234 567 89"),
    ],
)
def test_anything_else_is_no_number(text: str) -> None:
    assert parse_number(text) is None


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12))
def test_every_plain_decimal_is_read_as_itself_with_point_or_comma(value: object) -> None:
    text = f"{value:f}"
    expected = Fraction(text) if len(text) <= 30 else None
    assert parse_number(text) == parse_number(text.replace(".", ",")) == expected


@given(st.integers(1 - 10**15, 10**15 - 1))
def test_groups_of_three_digits_change_nothing(value: int) -> None:
    assert parse_number(f"{value:,}".replace(",", " ")) == value


@given(st.text(max_size=60))
def test_any_text_gives_a_number_of_ascii_digits_or_none(text: str) -> None:
    number = parse_number(text)
    assert number is None or set(text) <= set("0123456789-., \u00a0\u202f")


@pytest.mark.parametrize(
    ("text", "value"), [("5", 5), ("1 200", 1200), ("-3", -3), ("2.0", None), ("2,0", None)]
)
def test_a_whole_number_is_written_without_decimals(text: str, value: int | None) -> None:
    assert parse_whole(text) == value


def test_a_word_is_no_whole_number() -> None:
    assert parse_whole("fem") is None


@pytest.mark.parametrize(
    ("year", "expected"), [(1989, False), (1990, True), (2100, True), (2101, False), (25, False)]
)
def test_years_go_from_1990_to_2100(year: int, expected: bool) -> None:
    assert is_year(year) is expected


def test_a_whole_rational_is_shown_without_decimals() -> None:
    assert (as_shown(Fraction(5)), as_shown(Fraction(9, 2))) == (5, 4.5)
    assert isinstance(as_shown(Fraction(5)), int)


def test_a_number_with_more_decimals_than_are_shown_is_written_out() -> None:
    assert as_shown(Fraction("100.0000001")) == Text("100.0000001", sv="100,0000001")
    assert str(as_shown(100 + Fraction(1, 10**24))) == "100.000000000000000000000001"
    assert as_shown(Fraction(1, 3)) == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1" * 15, False),
        ("-" + "1" * 15 + ",5", False),
        ("1" * 16, True),
        ("1 234 567 890 123 456", True),
        ("0," + "3" * 29, True),
        ("." * 40, False),
        ("sju" * 20, False),
        ("", False),
    ],
)
def test_a_number_of_over_15_digits_or_30_characters_is_too_long(text: str, expected: bool) -> None:
    assert is_too_long(text) is expected
    assert not expected or parse_number(text) is None

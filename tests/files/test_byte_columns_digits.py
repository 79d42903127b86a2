"""Eight digits at a time give what the strict pattern of numbers gives."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.files.digit_cells import Places, Words, justify, parse_cells
from kvaljury.files.numbers import parse_number


def read(cells: Sequence[str]) -> list[float | None]:
    """Parse cells that stand between noise of digits, signs and marks; None for an odd one."""
    content = b"9.-,9.-,9.-,"
    starts, ends = [], []
    for cell in cells:
        starts.append(len(content))
        content += cell.encode()
        ends.append(len(content))
        content += b",7.-"
    padded = content + b"1234567890123456"

    def load(places: Places) -> Words:
        return np.array([int.from_bytes(padded[p : p + 8], "little") for p in places], np.uint64)

    values, odd = parse_cells(load, np.array(starts), np.array(ends))
    assert values.dtype == np.float64
    return [None if i in odd else float(value) for i, value in enumerate(values)]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("0", 0.0),
        ("7", 7.0),
        ("68", 68.0),
        ("100", 100.0),
        ("007", 7.0),
        ("12345678", 12345678.0),
        ("99999999", 99999999.0),
        ("-1", -1.0),
        ("-12345678", -12345678.0),
        ("4.5", 4.5),
        ("4,5", 4.5),
        ("0.1", 0.1),
        ("-0,1", -0.1),
        ("123456.7", 123456.7),
        ("1.234567", 1.234567),
        ("12.345678", 12.345678),
        ("-7654321,12345678", -7654321.12345678),
        ("1234567.12345678", 1234567.12345678),
        ("85.00000", 85.0),
    ],
)
def test_plain_numbers_are_read(cell: str, value: float) -> None:
    assert read([cell]) == [value]
    assert read(["5", cell, "-4.25"]) == [5.0, value, -4.25]


def test_minus_zero_is_zero() -> None:
    assert [math.copysign(1, value or 0) for value in read(["-0", "-0.0", "0"])] == [1, 1, 1]


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "-",
        ".",
        ",",
        "-.",
        ".5",
        "5.",
        "-.5",
        "5,",
        "+5",
        "--5",
        "5-",
        "1.2.3",
        "1,2,3",
        "1.2,3",
        "..5",
        "1e2",
        "nan",
        "inf",
        " 5",
        "5 ",
        "1 000",
        "0x10",
        "1_0",
        '"5"',
        "/5",
        "5:",
        "123456789",
        "12345678.1",
        "1234567890123456",
        "1.123456789",
        "1.12345678901234567",
        "1234567.1234567x",
        "x234567.12345678",
        ".123456789",
        "1.2345.678",
        "½",
        "５",
        "\u00ff",
        "−5",
    ],
)
def test_anything_else_is_left_to_others(cell: str) -> None:
    assert read([cell]) == [None]
    assert read(["5", cell, "-4.25"]) == [5.0, None, -4.25]


numerals = st.from_regex(r"-?[0-9]{1,9}([.,][0-9]{1,9})?", fullmatch=True)
noise = st.text("0123456789.,- x", max_size=18)


@given(st.lists(numerals | noise, min_size=1, max_size=6))
def test_what_is_read_is_what_the_strict_pattern_reads(cells: list[str]) -> None:
    for cell, value in zip(cells, read(cells), strict=True):
        if value is not None:
            exact = parse_number(cell)
            assert exact is not None
            assert value == float(exact)


@given(st.lists(st.from_regex(r"-?[0-9]{1,4}([.,][0-9]{1,3})?", fullmatch=True), min_size=1))
def test_ordinary_numbers_are_never_odd(cells: list[str]) -> None:
    assert None not in read(cells)


@given(st.binary(min_size=8, max_size=8), st.integers(0, 8))
def test_justified_words_hold_the_first_bytes_at_their_end(word: bytes, count: int) -> None:
    words = np.frombuffer(word, "<u8")
    moved = justify(words, np.array([count])).tobytes()
    assert moved == bytes(8 - count) + word[:count]

"""Regular bytes become arrays; what is not regular is left to others."""

from __future__ import annotations

import math
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.files import byte_columns
from kvaljury.files.byte_columns import LONGEST_ID, Layout, read_byte_columns

HEADER = b"entry,examiner,score\n"


def layout(start: int = len(HEADER), *, crlf: bool = False, separator: str = ",") -> Layout:
    return Layout(start, ord(separator), 3, (0, 1), 2, is_crlf=crlf)


def read_odd(cell: bytes) -> float | None:
    return {b"": math.nan, b"ten": 10.0}.get(cell)


def rows_of(body: bytes, *, crlf: bool = False) -> list[tuple[str, str, float]] | None:
    read = read_byte_columns(HEADER + body, layout(crlf=crlf), read_odd)
    if read is None:
        return None
    ids = [
        [column.cells[i] for i in column.number_rows(np.arange(len(column.cells), dtype=np.int32))]
        for column in read.ids
    ]
    return list(zip(*ids, read.numbers.tolist(), strict=True))


def test_rows_are_read_in_the_order_of_the_file() -> None:
    assert rows_of(b"F02,E01,45\nF01,E01,50.5\nF01,E02,-3\n") == [
        ("F02", "E01", 45),
        ("F01", "E01", 50.5),
        ("F01", "E02", -3),
    ]


@pytest.mark.parametrize("end", [b"", b"\n", b"\n\n\n", b"\r\n\n"])
def test_the_last_line_may_end_or_not_and_empty_lines_may_follow(end: bytes) -> None:
    expected = [("F01", "E01", 45), ("F01", "E02", 50)]
    if b"\r" not in end:
        assert rows_of(b"F01,E01,45\nF01,E02,50" + end) == expected
    assert rows_of(b"F01,E01,45\r\nF01,E02,50" + end, crlf=True) == expected


@pytest.mark.parametrize("body", [b"", b"\n", b"\n\n"])
def test_no_rows_are_no_rows(body: bytes) -> None:
    read = read_byte_columns(HEADER + body, layout(), read_odd)
    assert read is not None
    assert [column.cells for column in read.ids] == [[], []]
    assert [len(column.number_rows(np.zeros(0, np.int32))) for column in read.ids] == [0, 0]
    assert len(read.numbers) == 0


def test_a_number_that_is_not_plain_is_read_by_the_caller() -> None:
    rows = rows_of(b"F01,E01,ten\nF01,E02,\nF01,E03,7\n")
    assert rows is not None
    assert [rows[0][2], rows[2][2]] == [10, 7]
    assert math.isnan(rows[1][2])


@pytest.mark.parametrize(
    "body",
    [
        b"F01,E01\n",
        b"F01,E01,45,1\n",
        b"F01,E01\nF01,E01,45,1\n",
        b"F01,E01,45,1\nF01,E01\n",
        b"F01,E01,45\n\nF01,E02,45\n",
        b"\nF01,E02,45\n",
        b",E01,45\n",
        b"F01,,45\n",
        b"F01,E01,eleven\n",
        b"F01,E01,45\r\nF01,E02,45\n",
        b"F01,E01,45\rF01,E02,45\n",
        b"F01,E\r01,45\nF01,E02,45\r\n",
        b"F01,E01,45\r\r\n",
        b"F" * (LONGEST_ID + 1) + b",E01,45\n",
        b"F01,E01," + b"1" * (1 << 17) + b"\n",
        b"1" * (1 << 21),
    ],
)
def test_an_irregular_file_is_not_read(body: bytes) -> None:
    assert rows_of(body) is None
    assert rows_of(b"F01,E01,45\n" + body) is None


@pytest.mark.parametrize(
    "body",
    [
        b"F01,E01,45\nF01,E02,45\r\n",
        b"F01,E\r01,45\nF01,E02,45\r\n",
        b"F01,E\r01,45\r\nF01,E02,45\r\n",
    ],
)
def test_line_ends_that_differ_are_not_read(body: bytes) -> None:
    assert rows_of(body, crlf=True) is None


def test_an_empty_id_among_many_equal_ones_is_not_read() -> None:
    body = b"F01,E01,45\n" * 9
    assert rows_of(body + b"F01,,45\n") is None
    assert rows_of(b",E01,45\n" * 9) is None


def test_blocks_may_have_ids_of_one_word_or_several() -> None:
    names = ["F1", "a-long-name-of-an-entry", "F2", "a-long-name"]
    rows = [(name, "E", n) for name in names for n in range(20)]
    with patch.object(byte_columns, "_BLOCK", 120):
        assert rows_of("".join(f"{a},{b},{n}\n" for a, b, n in rows).encode()) == rows


def test_a_very_long_line_is_not_read_where_blocks_are_long() -> None:
    assert rows_of(b"F01,E01," + b"0" * (1 << 16) + b"\n") is None


def test_the_longest_id_is_read() -> None:
    name = "F" * LONGEST_ID
    assert rows_of(f"{name},E01,4\nF,E01,5\n".encode()) == [(name, "E01", 4), ("F", "E01", 5)]


ids = st.text("abåÄ1 -.", min_size=1, max_size=30)
rows = st.lists(st.tuples(ids, ids, st.integers(-999, 999_999)), min_size=1, max_size=30)


@given(rows, st.integers(110, 300), st.booleans(), st.integers(1, 5))
def test_blocks_of_any_size_give_the_rows_of_the_file(
    rows: list[tuple[str, str, float]], size: int, crlf: bool, times: int
) -> None:
    rows = [row for row in rows for _ in range(times)]
    end = "\r\n" if crlf else "\n"
    body = "".join(f"{a},{b},{n}{end}" for a, b, n in rows).encode()
    with patch.object(byte_columns, "_BLOCK", size):
        assert rows_of(body, crlf=crlf) == rows


def test_a_line_longer_than_a_block_is_not_read() -> None:
    with patch.object(byte_columns, "_BLOCK", 10):
        assert rows_of(b"F0123456,E01,45\n") is None

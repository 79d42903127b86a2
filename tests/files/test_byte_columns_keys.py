"""Numbering words by hashing gives what a dictionary gives."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.files import key_table
from kvaljury.files.key_table import Codes, KeyTable


def words_of(cells: Sequence[bytes], count: int) -> list[np.ndarray]:
    """Spell cells as the reader of columns does: every word at its end."""
    padded = [
        b"".join(cell[i : i + 8].rjust(8, b"\0") for i in range(0, count * 8, 8)) for cell in cells
    ]
    matrix = np.frombuffer(b"".join(padded), "<u8").reshape(len(cells), count)
    return [matrix[:, i] for i in range(count)]


def encode(table: KeyTable, cells: Sequence[bytes], count: int = 1) -> Codes:
    codes = table.encode(words_of(cells, count))
    assert codes is not None
    return codes


def test_equal_cells_have_one_number_and_others_another() -> None:
    table = KeyTable()
    assert len(set(encode(table, [b"a", b"b", b"c"]).tolist())) == 3
    codes = encode(table, [b"b", b"d", b"b", b"a"])
    assert codes.dtype == np.int32
    names = table.cells()
    assert [names[code] for code in codes] == ["b", "d", "b", "a"]
    assert sorted(names) == ["a", "b", "c", "d"]


def test_an_empty_table_has_no_cells() -> None:
    assert KeyTable().cells() == []


def test_an_empty_cell_has_no_number() -> None:
    assert KeyTable().encode(words_of([b"a", b""], 1)) is None


def test_a_table_that_fills_grows_and_keeps_its_numbers() -> None:
    table = KeyTable()
    cells = [f"e{i}".encode() for i in range(5000)]
    before = encode(table, cells[:100])
    after = encode(table, cells)
    assert after[:100].tolist() == before.tolist()
    names = table.cells()
    assert [names[code] for code in after] == [cell.decode() for cell in cells]


def test_short_and_long_cells_may_follow_each_other() -> None:
    table = KeyTable()
    short = encode(table, [b"abc", b"abcdefgh"])
    long = encode(table, [b"abcdefgh", b"abcdefghi", b"abcdefghj", b"abc"], 2)
    again = encode(table, [b"abc"])
    assert long[0] == short[1]
    assert long[3] == short[0] == again[0]
    assert len(set(long.tolist())) == 4
    assert {"abc", "abcdefgh", "abcdefghi", "abcdefghj"} == set(table.cells())


def clash() -> tuple[bytes, bytes]:
    """Give a long cell and the short one that it folds to."""
    first, second = words_of([b"abcdefghijklmnop"], 2)
    folded = first ^ (second * key_table._FOLD)
    return b"abcdefghijklmnop", folded.astype("<u8").tobytes()


def test_two_cells_that_fold_to_one_key_are_never_taken_for_each_other() -> None:
    long, short = clash()
    assert KeyTable().encode(words_of([long, short], 2)) is None
    table = KeyTable()
    encode(table, [long], 2)
    assert table.encode(words_of([short], 1)) is None
    table = KeyTable()
    encode(table, [short])
    assert table.encode(words_of([long], 2)) is None


letters = st.sampled_from([b"a", b"b", b"ab", b"e1", b"e2", b"12345678", b"123456789", b"x" * 24])
cells = st.lists(letters | st.binary(min_size=1, max_size=20).map(lambda b: b.hex().encode()[:20]))


@given(st.lists(cells.filter(bool), min_size=1, max_size=5))
def test_batches_are_numbered_as_by_a_dictionary(batches: list[list[bytes]]) -> None:
    table = KeyTable()
    number_by_cell: dict[bytes, int] = {}
    for batch in batches:
        longest = max(len(cell) for cell in batch)
        for cell, code in zip(batch, encode(table, batch, -(-longest // 8)), strict=True):
            assert number_by_cell.setdefault(cell, code) == code
    names = table.cells()
    assert {names[code].encode(): code for code in number_by_cell.values()} == number_by_cell
    assert sorted(number_by_cell.values()) == list(range(len(names)))

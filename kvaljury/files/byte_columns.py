"""The bytes of a regular CSV file to arrays, without a Python object for any row."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs
import numpy as np
from numpy.typing import NDArray

from kvaljury.files.cell_runs import ByteColumn, CellRuns
from kvaljury.files.digit_cells import WORD, Places, Words, bits_of, justify, parse_cells

LONGEST_ID = 64
"""Bytes of the longest id that is read in this way."""

_BLOCK = 1 << 20  # a block and what is made of it lie in the processor's cache
_LONGEST_ROW = 1 << 16  # shorter than what the csv module takes for a broken cell
_PADDING = bytes(3 * WORD)
_BITS = np.uint64(64)
_NEWLINE, _RETURN = ord("\n"), ord("\r")


@attrs.frozen
class Layout:
    """Where the columns of a CSV file stand.

    Attributes:
        start: place of the first byte after the header.
        separator: the byte between cells.
        width: number of columns.
        ids: index of each column of ids.
        number: index of the column of numbers.
        is_crlf: whether every line ends in CR LF; else in LF.
    """

    start: int
    separator: int
    width: int
    ids: tuple[int, ...]
    number: int
    is_crlf: bool


@attrs.frozen(eq=False)
class ByteColumns:
    """The columns that were read.

    Attributes:
        ids: the columns of ids.
        numbers: ``(r,)``, nan where the cell is blank.
    """

    ids: tuple[ByteColumn, ...]
    numbers: NDArray[np.float64]


ReadNumber = Callable[[bytes], float | None]


@attrs.frozen(eq=False)
class _Block:
    """Whole lines of the file, padded, and where the cells of their rows lie.

    Attributes:
        pairs: the two words that begin at every eighth place, as if they were one number:
            numpy is slow to fetch what is not aligned.
        first: ``(rows,)`` place of the first byte of each row.
        ends: ``(width, rows)`` place after the last byte of each cell.
    """

    content: bytes
    pairs: NDArray[np.complex128]
    first: Places
    ends: Places

    @classmethod
    def of(cls, content: bytes, ends: Places) -> _Block:
        """Make a block of lines that make a rectangle, from where its cells end."""
        pairs = np.ndarray((len(content) // WORD - 1,), np.complex128, content, 0, (WORD,))
        first = np.empty_like(ends[-1])
        first[0] = len(_PADDING)
        np.add(ends[-1, :-1], 1, out=first[1:])
        return cls(content, pairs, first, ends)

    def cells(self, column: int) -> tuple[Places, Places]:
        """Give for each cell of a column the place of its first byte and that after its last."""
        starts = self.ends[column - 1] + 1 if column else self.first
        return starts, self.ends[column]

    def load(self, places: Places) -> Words:
        """Give the word of eight bytes that begins at each place."""
        pair = self.pairs[places >> 3].view("<u8")
        shift = bits_of(places & WORD - 1)
        words: Words = pair[::2] >> shift
        np.subtract(_BITS, shift, out=shift)
        words |= np.left_shift(pair[1::2], shift, out=shift)
        return words


def read_byte_columns(content: bytes, layout: Layout, read_odd: ReadNumber) -> ByteColumns | None:
    """Read the rows of a file in which every line has one cell for each column.

    Quotation marks are not understood: where a cell holds one, the caller has to see to it that
    it only encloses the cell.

    Args:
        content: the whole file, in UTF-8 and without NUL.
        layout: where its columns stand.
        read_odd: reads a number that is not written in the plain way; gives nan for a blank
            cell and None for one that is no number.

    Returns:
        The columns; None where a row has more or fewer cells than the header, an id is empty or
        longer than `LONGEST_ID` bytes, a number is none, a line is very long or the line ends
        differ.
    """
    runs = [CellRuns() for _ in layout.ids]
    numbers: list[NDArray[np.float64]] = [np.zeros(0)]
    for lines in _blocks(content, layout):
        block = _divide(lines, layout)
        if block is None:
            return None
        for column, cells in zip(layout.ids, runs, strict=True):
            words = _words(block, column)
            if words is None or not cells.add(words):
                return None
        values = _numbers(block, layout.number, read_odd)
        if values is None:
            return None
        numbers.append(values)
    ids = [cells.column() for cells in runs]
    known = tuple(column for column in ids if column)
    return ByteColumns(known, np.concatenate(numbers)) if len(known) == len(ids) else None


def _blocks(content: bytes, layout: Layout) -> Iterator[bytes]:
    """Cut the file behind line ends; every block is padded and ends in a line end."""
    ending = b"\r\n" if layout.is_crlf else b"\n"
    end = len(content)
    while end > layout.start and content[end - 1] in ending:
        end -= 1
    start = layout.start
    view = memoryview(content)
    while start < end:
        stop = content.rfind(b"\n", start, start + _BLOCK) + 1 or start + _BLOCK
        if stop < end:
            yield b"".join((_PADDING, view[start:stop], _PADDING))
        else:
            yield b"".join((_PADDING, view[start:end], ending, _PADDING))
        start = stop


def _divide(content: bytes, layout: Layout) -> _Block | None:
    """Find the cells of a block, or None where they do not make a rectangle."""
    octets = np.frombuffer(content, np.uint8)
    is_end = octets == _NEWLINE
    rows = np.count_nonzero(is_end)
    is_end |= octets == layout.separator
    found = np.flatnonzero(is_end)
    if not rows or len(found) != rows * layout.width:
        return None
    block = _Block.of(content, np.ascontiguousarray(found.reshape(rows, layout.width).T))
    last = block.ends[-1]
    # As many line ends as rows, and each row's last cell ends in one: so no other cell does.
    if not (octets[last] == _NEWLINE).all() or (last - block.first).max() > _LONGEST_ROW:
        return None
    returns = content.count(b"\r") if b"\r" in content else 0
    if returns != rows * layout.is_crlf:
        return None
    if layout.is_crlf:
        last -= 1  # in place: the last cells end before CR
        if not (octets[last] == _RETURN).all():
            return None
    return block


def _words(block: _Block, column: int) -> list[Words] | None:
    """Give the words of the cells of a column, or None where one is too long."""
    starts, ends = block.cells(column)
    lengths = ends - starts
    longest = int(lengths.max())
    if longest <= WORD:
        return [justify(block.load(starts), lengths)]
    if longest > LONGEST_ID:
        return None
    return [
        justify(block.load(np.minimum(starts + done, ends)), np.clip(lengths - done, 0, WORD))
        for done in range(0, longest, WORD)
    ]


def _numbers(block: _Block, column: int, read_odd: ReadNumber) -> NDArray[np.float64] | None:
    starts, ends = block.cells(column)
    values, odd = parse_cells(block.load, starts, ends)
    for row in odd.tolist():
        number = read_odd(block.content[starts[row] : ends[row]])
        if number is None:
            return None
        values[row] = number
    return values

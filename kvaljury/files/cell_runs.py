"""Words of the cells of one column, block by block, to the distinct cells and a number a row."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np

from kvaljury.files.digit_cells import Places, Words
from kvaljury.files.key_table import Codes, KeyTable


@attrs.frozen(eq=False)
class ByteColumn:
    """A column of ids, row by row as they stand in the file.

    Attributes:
        cells: its distinct cells, as they stand in the file but decoded.
        runs: for each block of rows the number of the cell of each run of equal ones, and the
            rows in each run, or None where every row stands for itself.
    """

    cells: list[str]
    runs: list[tuple[Codes, Places | None]]

    def number_rows(self, code_by_cell: Codes) -> Codes:
        """Number the rows.

        Args:
            code_by_cell: ``(n,)`` what to call each of the distinct cells.

        Returns:
            ``(r,)`` the code of each row's cell.
        """
        parts = (
            code_by_cell[codes] if lengths is None else np.repeat(code_by_cell[codes], lengths)
            for codes, lengths in self.runs
        )
        return np.concatenate([np.zeros(0, np.int32), *parts])


@attrs.define(eq=False)
class _Block:
    """The runs of some rows; those that are many are numbered at once, and their words let go."""

    words: Sequence[Words]
    lengths: Places | None
    codes: Codes | None


class CellRuns:
    """Collects the cells of a column and numbers them.

    Panel data are mostly sorted by entry and examiner, so that equal cells follow each other.
    """

    def __init__(self) -> None:
        self._table = KeyTable()
        self._blocks: list[_Block] = []

    def add(self, words: Sequence[Words]) -> bool:
        """Add rows.

        Args:
            words: the first word of every row's cell ``(m,)``, then the second of every cell and
                so on.

        Returns:
            Whether the rows could be added; see `KeyTable.encode`.
        """
        is_first = np.empty(len(words[0]), np.bool_)
        is_first[0] = True
        np.not_equal(words[0][1:], words[0][:-1], out=is_first[1:])
        for word in words[1:]:
            is_first[1:] |= word[1:] != word[:-1]
        firsts = np.flatnonzero(is_first)
        if len(firsts) * 2 <= len(is_first):
            lengths = np.diff(firsts, append=len(is_first))
            self._blocks.append(_Block([word[firsts] for word in words], lengths, None))
            return True
        codes = self._table.encode(words)
        self._blocks.append(_Block((), None, codes))
        return codes is not None

    def column(self) -> ByteColumn | None:
        """Give the column; None where a cell is empty or could be taken for another."""
        waiting = [block for block in self._blocks if block.codes is None]
        if waiting:
            codes = self._table.encode(_join([block.words for block in waiting]))
            if codes is None:
                return None
            ends = np.cumsum([len(block.words[0]) for block in waiting])
            for block, part in zip(waiting, np.split(codes, ends[:-1]), strict=True):
                block.codes = part
        runs = [(block.codes, block.lengths) for block in self._blocks if block.codes is not None]
        return ByteColumn(self._table.cells(), runs)


def _join(parts: Sequence[Sequence[Words]]) -> list[Words]:
    """Put cells of several blocks, which may have more words in one than in another, in a row."""
    width = max(len(words) for words in parts)
    return [
        np.concatenate([words[i] if i < len(words) else np.zeros_like(words[0]) for words in parts])
        for i in range(width)
    ]

"""Cells of one column, as 64-bit words, to small whole numbers: a vectorised hash table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kvaljury.files.digit_cells import WORD, Words

Codes = NDArray[np.int32]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FOLD = np.uint64(0xD6E8FEB86659FD93)
_FIRST_BITS = 12


class KeyTable:
    """Numbers the distinct cells of a column, from 0.

    A cell is one or more words of eight bytes, NUL where it is shorter. Words beyond the first are
    folded into it, and what comes of that is looked up by linear probing, all cells at once.
    Folding may map two cells to one key, so that the words of every long cell are compared.
    """

    def __init__(self) -> None:
        self._bits = _FIRST_BITS
        self._keys: Words = np.zeros(1 << self._bits, np.uint64)
        self._codes: Codes = np.zeros(1 << self._bits, np.int32)
        self._spelled: NDArray[np.uint64] = np.zeros((0, 1), np.uint64)

    def encode(self, words: Sequence[Words]) -> Codes | None:
        """Give the number of each cell.

        Args:
            words: the first word of every cell ``(m,)``, then the second of every cell and so
                on; words beyond the end of a cell are 0.

        Returns:
            ``(m,)`` numbers, or None where a cell is empty or two cells fold to one key.
        """
        key = words[0]
        for more in words[1:]:
            key = key ^ (more * _FOLD)
        if not key.all():
            return None
        codes, missing = self._find(key)
        if missing.size:
            self._add(key, words, missing)
            codes[missing] = self._find(key[missing])[0]
        is_exact = len(words) == self._spelled.shape[1] == 1 or self._spells(words, codes)
        return codes if is_exact else None

    def cells(self) -> list[str]:
        """Give the distinct cells in the order of their numbers, decoded from UTF-8."""
        count, width = self._spelled.shape
        octets = np.full((count, width * WORD + 1), ord("\n"), np.uint8)
        octets[:, :-1] = self._spelled.astype("<u8").view(np.uint8).reshape(count, width * WORD)
        return octets.tobytes().replace(b"\0", b"").decode().split("\n")[:-1]

    def _slots(self, key: Words) -> NDArray[np.intp]:
        return (key * _GOLDEN >> np.uint64(64 - self._bits)).astype(np.intp)

    def _find(self, key: Words) -> tuple[Codes, NDArray[np.intp]]:
        """Give the number of each key, and the places of those that have none yet."""
        slot = self._slots(key)
        missing: list[NDArray[np.intp]] = []
        rest = np.flatnonzero(self._keys[slot] != key)
        while rest.size:
            is_free = self._keys[slot[rest]] == 0
            missing.append(rest[is_free])
            rest = rest[~is_free]
            slot[rest] = slot[rest] + 1 & len(self._keys) - 1
            rest = rest[self._keys[slot[rest]] != key[rest]]
        return self._codes[slot], np.concatenate(missing) if missing else rest

    def _add(self, key: Words, words: Sequence[Words], missing: NDArray[np.intp]) -> None:
        new, first = np.unique(key[missing], return_index=True)
        place = missing[first]
        known, width = self._spelled.shape
        spelled = np.zeros((known + len(new), max(width, len(words))), np.uint64)
        spelled[:known, :width] = self._spelled
        for column, word in enumerate(words):
            spelled[known:, column] = word[place]
        self._spelled = spelled
        codes = np.arange(known, known + len(new), dtype=np.int32)
        if len(spelled) * 4 > len(self._keys):
            filled = np.flatnonzero(self._keys)
            new = np.concatenate([self._keys[filled], new])
            codes = np.concatenate([self._codes[filled], codes])
            self._bits = (len(spelled) * 8).bit_length()
            self._keys = np.zeros(1 << self._bits, np.uint64)
            self._codes = np.zeros(1 << self._bits, np.int32)
        self._put(new, codes)

    def _put(self, key: Words, codes: Codes) -> None:
        slot = self._slots(key)
        while key.size:
            is_free = self._keys[slot] == 0
            self._keys[slot[is_free]] = key[is_free]
            is_placed = self._keys[slot] == key
            self._codes[slot[is_placed]] = codes[is_placed]
            key, codes, slot = key[~is_placed], codes[~is_placed], slot[~is_placed]
            slot = slot + 1 & len(self._keys) - 1

    def _spells(self, words: Sequence[Words], codes: Codes) -> bool:
        """Tell whether each cell is, word by word, the one that its number stands for."""
        return all(
            np.array_equal(
                self._spelled[codes, column],
                words[column] if column < len(words) else np.zeros(len(codes), np.uint64),
            )
            for column in range(self._spelled.shape[1])
        )

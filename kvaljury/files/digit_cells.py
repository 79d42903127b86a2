"""Cells of digits, as 64-bit words, to numbers: eight digits at a time, all cells at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Places = NDArray[np.intp]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Load = Callable[[Places], Words]

WORD = 8
"""Bytes in a word."""

_EXACT_DIGITS = 15  # so large a whole number is exact as a float, and so is 10**15
_POWERS = 10.0 ** np.arange(WORD + 1)


def _each(byte: int) -> np.uint64:
    return np.uint64(int.from_bytes(bytes([byte]) * WORD, "little"))


_ZEROS, _DOTS, _COMMAS = _each(ord("0")), _each(ord(".")), _each(ord(","))
_LOW, _HIGH = _each(0x01), _each(0x80)
_UPPER_HALVES, _SIXES, _THREES = _each(0xF0), _each(0x06), _each(0x33)
_MINUS, _BYTE = np.uint64(ord("-")), np.uint64(0xFF)
_LOWER_HALVES = _each(0x0F)
_JOINS = tuple(
    (np.uint64(10**digits << bits | 1), np.uint64(bits), np.uint64(keep))
    for digits, bits, keep in (
        (1, 8, 0x00FF00FF00FF00FF),
        (2, 16, 0x0000FFFF0000FFFF),
        (4, 32, 0x00000000FFFFFFFF),
    )
)
_BITS, _MARK = np.uint64(64), np.uint64(1)


def bits_of(count: Places) -> Words:
    """Give the number of bits in a number of bytes of at least 0."""
    bits: Words = (count << 3).view(np.uint64)
    return bits


def justify(words: Words, count: Places) -> Words:
    """Move the first bytes of each word to its end, with NUL before them.

    Args:
        words: ``(m,)`` words, the first byte in the lowest place.
        count: ``(m,)`` number of bytes to keep, 0-8.

    Returns:
        ``(m,)`` words.
    """
    # numpy promises 0 for a shift by 64, whatever the processor makes of it.
    shift = bits_of(count)
    np.subtract(_BITS, shift, out=shift)
    return np.left_shift(words, shift, out=shift)


def parse_cells(load: Load, starts: Places, ends: Places) -> tuple[Floats, Places]:
    """Read numbers that are written in the plain way.

    Plain are an optional minus, digits, and optionally a point or comma and decimals: in all
    eight bytes without the minus; or at most 7 digits and 8 decimals, 15 digits in all.

    Args:
        load: gives the word of eight bytes that begins at each place.
        starts: ``(m,)`` place of the first byte of each cell.
        ends: ``(m,)`` place after the last.

    Returns:
        ``(m,)`` numbers, correctly rounded, and the index of each cell that is not plain, where
        the number is anything; an empty cell is not plain.
    """
    words = load(starts)
    length = ends - starts
    values, is_plain = _parse_digits(words, length)
    if is_plain.all():
        return values, np.flatnonzero(~is_plain)
    is_negative = (words & _BYTE) == _MINUS
    starts = starts + is_negative
    values, is_plain = _parse_short(load(starts), ends - starts)
    long = np.flatnonzero(ends - starts > WORD)
    values[long], is_plain[long] = _parse_long(load, starts[long], ends[long])
    return np.where(is_negative, 0.0 - values, values), np.flatnonzero(~is_plain)


def _parse_digits(words: Words, length: Places) -> tuple[Floats, Flags]:
    """Read cells of at most eight digits."""
    digits = np.minimum(length, WORD)
    words = _fill(justify(words, digits), digits)
    return _value(words), (length > 0) & (length <= WORD) & _are_digits(words)


def _parse_short(words: Words, length: Places) -> tuple[Floats, Flags]:
    """Read cells of at most eight bytes, a mark among them."""
    digits = np.minimum(length, WORD)
    words = justify(words, digits)
    mark = _first_mark(words)
    is_marked = mark != 0
    after = ~((mark << _MARK) - _MARK)
    decimals = np.bitwise_count(after) >> 3
    before = words & ((mark >> np.uint64(7)) - _MARK)
    digits = digits - is_marked
    words = _fill(words & after | before << bits_of(is_marked.astype(np.intp)), digits)
    is_plain = (length <= WORD) & _are_digits(words)
    is_plain &= (digits > decimals) & ((decimals > 0) == is_marked)
    return _value(words) / _POWERS[decimals], is_plain


def _parse_long(load: Load, starts: Places, ends: Places) -> tuple[Floats, Flags]:
    """Read cells of more than eight bytes whose mark is among the first eight."""
    words = load(starts)
    mark = _first_mark(words)
    whole = np.bitwise_count(mark - _MARK).astype(np.intp) >> 3
    decimals = np.minimum(ends - starts - whole - 1, WORD)
    is_plain = (mark != 0) & (whole > 0) & (starts + whole + decimals + 1 == ends)
    before = _fill(justify(words, whole), whole)
    rest = _BITS - bits_of(decimals)
    after = _fill(load(ends - WORD) >> rest << rest, decimals)
    is_plain &= (whole + decimals <= _EXACT_DIGITS) & _are_digits(before) & _are_digits(after)
    power = _POWERS[decimals]
    return (_value(before) * power + _value(after)) / power, is_plain


def _first_mark(words: Words) -> Words:
    """Set the high bit of the byte that is the first point or comma of each word, no other."""
    found = _find_byte(words, _DOTS) | _find_byte(words, _COMMAS)
    return found & (~found + _MARK)


def _find_byte(words: Words, pattern: np.uint64) -> Words:
    """Set the high bit of the first byte that equals the pattern's; later bits may be wrong."""
    differing = words ^ pattern
    return (differing - _LOW) & ~differing & _HIGH


def _fill(words: Words, digits: Places) -> Words:
    """Write the digit 0 before the last bytes of each word."""
    before = bits_of(digits)
    np.right_shift(_ZEROS, before, out=before)
    before |= words
    return before


def _are_digits(words: Words) -> Flags:
    carried = words + _SIXES
    carried &= _UPPER_HALVES
    carried >>= np.uint64(4)
    carried |= words & _UPPER_HALVES
    are_digits: Flags = carried == _THREES
    return are_digits


def _value(digits: Words) -> Floats:
    """Add up eight digits by pairs, fours and eights.

    Source: D. Lemire, "Quickly parsing eight digits" (2018), lemire.me/blog.
    """
    sums = digits & _LOWER_HALVES
    for join, shift, keep in _JOINS:
        sums *= join
        sums >>= shift
        sums &= keep
    return sums.astype(np.float64)

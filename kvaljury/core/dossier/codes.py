"""Names to codes that tell nothing: neither who it is nor in which order people stand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from string import ascii_uppercase


def reader_codes(entry: str, examiners: Iterable[str]) -> dict[str, str]:
    """Give each examiner of an entry a letter; another entry has another order.

    Args:
        entry: id.
        examiners: ids.

    Returns:
        Code by examiner id: ``A`` to ``Z``, then ``AA`` …
    """
    ordered = sorted(examiners, key=lambda examiner: _mixed(f"{entry}\n{examiner}"))
    return {examiner: _letters(place) for place, examiner in enumerate(ordered)}


def unit_codes(
    entries: Iterable[str], salt: str, letter: str = "B", taken: Iterable[str] = ()
) -> dict[str, str]:
    """Give each entry, or team, a code for blind reading.

    Args:
        entries: ids.
        salt: differs between editions.
        letter: that codes begin with; it is doubled until no code means something already.
        taken: names that mean something already; ids always do.

    Returns:
        Code by id: ``B01`` …, in an order that follows neither ids nor places.
    """
    ordered = sorted(entries, key=lambda entry: _mixed(f"{salt}\n{entry}"))
    width = max(2, len(str(len(ordered))))
    known = {name.casefold() for name in (*ordered, *taken)}
    codes = [f"{letter}{place:0{width}d}" for place in range(1, len(ordered) + 1)]
    while not known.isdisjoint(code.casefold() for code in codes):
        codes = [f"{letter}{code}" for code in codes]
    return dict(zip(ordered, codes, strict=True))


def _mixed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _letters(place: int) -> str:
    whole, rest = divmod(place, len(ascii_uppercase))
    return (_letters(whole - 1) if whole else "") + ascii_uppercase[rest]

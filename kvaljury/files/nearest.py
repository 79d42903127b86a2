"""A word that nobody knows to a hint with the nearest word that is known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from kvaljury.errors import Text


def nearest_word(word: str, known: Iterable[str]) -> str | None:
    """Give the known word most like an unknown one, whatever its case, or None.

    >>> nearest_word("Alocation", ["method", "allocation"])
    'allocation'
    """
    by_folded = {name.casefold(): name for name in sorted(known, reverse=True)}
    close = get_close_matches(word.casefold(), by_folded, n=1)
    return by_folded[close[0]] if close else None


def nearest_hint(word: str, known: Iterable[str]) -> Text | None:
    """Suggest the known word most like an unknown one; else name all that are known.

    Args:
        word: what stands in the file.
        known: what could stand there.

    Returns:
        One sentence, or None where nothing is known.
    """
    names = sorted(known)
    if near := nearest_word(word, names):
        return Text("did you mean {name}?", name=near)
    return Text("known: {names}", names=", ".join(names)) if names else None

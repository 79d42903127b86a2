"""Text to words that compare regardless of case, doubled letters and small slips."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

_WORD = re.compile(r"[^\W_]+")
_DOUBLED = re.compile(r"(.)\1+")
# A slip in a short word makes another word; a long one bears two.
_BEARS_ONE, _BEARS_TWO = 5, 10


def folded_words(text: str) -> tuple[str, ...]:
    """Give the words of a text, folded: no case, no signs, no doubled letters.

    Doubled letters are what the instructions and those who write misspell most, so they
    make no difference.

    >>> folded_words("Arbetsätt – ARBETSSÄTT!")
    ('arbetsät', 'arbetsät')
    """
    return tuple(word for _, _, word in placed_words(text))


def placed_words(text: str) -> list[tuple[int, int, str]]:
    """Give start, end and folded form of each word of a text in NFC."""
    return [(m.start(), m.end(), _folded(m.group())) for m in _WORD.finditer(text)]


@lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    return _DOUBLED.sub(r"\1", normalize("NFC", word.casefold()))


@lru_cache(maxsize=100_000)
def begins_like(word: str, stem: str) -> bool:
    """Tell whether a folded word begins like a folded stem, small slips forgiven.

    Args:
        word: of a text.
        stem: what it should begin with, so that inflected words fit too.

    >>> begins_like("hedersomnämande", "hedersomnämnande")
    True
    >>> begins_like("mål", "målgrup")
    False
    """
    if word.startswith(stem):
        return True
    slips = 0 if len(stem) < _BEARS_ONE else 1 if len(stem) < _BEARS_TWO else 2
    if not slips or len(word) < len(stem) - slips or word[0] != stem[0]:
        return False
    return _prefix_distance(stem, word[: len(stem) + slips]) <= slips


def _prefix_distance(stem: str, word: str) -> int:
    """Count the fewest letters changed, left out or put in to make a stem a beginning of a word."""
    row = list(range(len(word) + 1))
    for above, letter in enumerate(stem, start=1):
        last, row[0] = row[0], above
        for place, other in enumerate(word, start=1):
            changed = last + (letter != other)
            last, row[place] = row[place], min(changed, row[place] + 1, row[place - 1] + 1)
    return min(row)

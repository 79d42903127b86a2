"""The form's own passages in a bid: found by fingerprints, so that none of its text is kept.

A fingerprint is a short hash of five words on end, folded as `words.folded_words` does. A
passage of fewer words has the one fingerprint of all of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import attrs

from kvaljury.core.intake.words import folded_words, placed_words
from kvaljury.core.model.bid_folder import Passage

GRAM = 5
"""Words to a fingerprint."""

_BYTES = 5  # two passages of a thousand words share one by chance once in a million


def fingerprint(words: Sequence[str]) -> str:
    """Hash folded words.

    >>> fingerprint(["en", "två"]) == fingerprint(("en", "två"))
    True
    """
    return hashlib.blake2b(" ".join(words).encode(), digest_size=_BYTES).hexdigest()


def fingerprints(text: str) -> list[str]:
    """Give the fingerprints of a text, in its order."""
    words = folded_words(text)
    if not words:
        return []
    return [fingerprint(words[i : i + GRAM]) for i in range(max(1, len(words) - GRAM + 1))]


class Match(NamedTuple):
    """How much of a text is a passage's own.

    Attributes:
        words: that stand in the passage too, with the few that were changed between them.
        of: words of the text.
        foreign: letters and digits that are not the passage's.
        coverage: share of the passage that the text has, 0-1.
    """

    words: int
    of: int
    foreign: int
    coverage: float

    @property
    def share(self) -> float:
        """Share of the text that is the passage's, 0-1."""
        return self.words / self.of if self.of else 0.0


@attrs.frozen
class Form:
    """The passages of a form, to look texts up in.

    Attributes:
        passages: of the form.
    """

    passages: tuple[Passage, ...] = ()
    _places: Mapping[str, tuple[int, ...]] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        places: dict[str, list[int]] = {}
        for index, passage in enumerate(self.passages):
            for mark in passage.prints:
                places.setdefault(mark, []).append(index)
        object.__setattr__(self, "_places", {mark: tuple(at) for mark, at in places.items()})

    def matches(self, text: str) -> dict[Passage, Match]:
        """Give every passage that has words with a text in common, in the form's order.

        Args:
            text: of one paragraph, in NFC.
        """
        placed = placed_words(text)
        covered: dict[int, set[int]] = {}
        found: dict[int, set[str]] = {}
        for gram in _grams(len(placed)):
            mark = fingerprint([placed[i][2] for i in gram])
            for passage in self._places.get(mark, ()):
                covered.setdefault(passage, set()).update(gram)
                found.setdefault(passage, set()).add(mark)
        return {
            self.passages[index]: _match(
                placed, covered[index], len(found[index]) / len(self.passages[index].prints)
            )
            for index in sorted(covered)
        }


def _grams(words: int) -> Iterator[range]:
    """Give the places of five words on end, and of fewer at the beginning for short passages."""
    yield from (range(i, i + GRAM) for i in range(words - GRAM + 1))
    yield from (range(n) for n in range(1, min(words + 1, GRAM)))


def _match(placed: Sequence[tuple[int, int, str]], covered: set[int], coverage: float) -> Match:
    own = _closed(covered)
    foreign = sum(end - start for place, (start, end, _) in enumerate(placed) if place not in own)
    return Match(len(own), len(placed), foreign, coverage)


def _closed(covered: set[int]) -> set[int]:
    """Add the words between covered ones where there are so few that a slip explains them."""
    closed = set(covered)
    for before, after in pairwise(sorted(covered)):
        if after - before <= GRAM + 1:
            closed.update(range(before, after))
    return closed


def letters_of(text: str) -> int:
    """Count the letters and digits of a text."""
    return sum(end - start for start, end, _ in placed_words(text))

"""The line beside a question's number: a heading, or a short answer."""

from __future__ import annotations

from kvaljury.core.intake.anchors import LONGEST_HEADING, Anchor
from kvaljury.core.intake.fingerprints import letters_of
from kvaljury.core.intake.words import begins_like, placed_words


def is_short_line(text: str) -> bool:
    """Tell whether a line is short and no whole sentence, so that it may be a heading."""
    return len(text.strip()) <= LONGEST_HEADING and not text.strip().endswith(".")


def letters_beside(text: str, anchor: Anchor) -> int:
    """Count the letters and digits of the words that do not name a question.

    Args:
        text: the line, its number left out.
        anchor: the question, with the words that name it.
    """
    stems = {stem for each in (*anchor.stems, anchor.label) for stem in each}
    return sum(
        letters_of(text[start:end])
        for start, end, word in placed_words(text)
        if not any(begins_like(word, stem) for stem in stems)
    )

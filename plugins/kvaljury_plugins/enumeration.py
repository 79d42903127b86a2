"""Several texts to one that lists them, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from kvaljury import Text


def enumerate_texts(texts: Sequence[Text]) -> Text:
    """List texts as a sentence does.

    Args:
        texts: at least one.

    >>> str(enumerate_texts([Text("a"), Text("b"), Text("c")]))
    'a, b and c'
    """
    if len(texts) == 1:
        return texts[0]
    return Text(
        "{first} and {last}",
        sv="{first} och {last}",
        first=reduce(_append, texts[:-1]),
        last=texts[-1],
    )


def _append(first: Text, second: Text) -> Text:
    return Text("{first}, {second}", sv="{first}, {second}", first=first, second=second)

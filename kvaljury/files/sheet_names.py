"""Titles to names of sheets that Excel accepts."""

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST_SHEET_NAME = 31
_RESERVED = {"history"}


def sheet_names(titles: Sequence[str]) -> list[str]:
    """Turn titles into names that Excel accepts: short, distinct, without its own signs.

    Args:
        titles: in order; an earlier one keeps its name.

    Returns:
        As many names, at most 31 characters each, unique regardless of case.

    >>> sheet_names(["Skola", "skola", "Vård/omsorg"])
    ['Skola', 'skola 2', 'Vård omsorg']
    """
    names: list[str] = []
    taken = set(_RESERVED)
    for title in titles:
        plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]+", " ", title).strip(" '") or "-"
        name, number = plain[:LONGEST_SHEET_NAME].strip(" '"), 1
        while name.casefold() in taken:
            number += 1
            ending = f" {number}"
            name = plain[: LONGEST_SHEET_NAME - len(ending)].strip(" '") + ending
        taken.add(name.casefold())
        names.append(name)
    return names

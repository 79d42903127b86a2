"""Keys of nominees to tiers."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any


def tiers_by(keys: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    """Group nominees by key, highest first; equal keys are ties.

    Args:
        keys: by nominee; any two can be compared.

    >>> tiers_by({"B": 2, "A": 2, "C": 3})
    (('C',), ('A', 'B'))
    """
    ordered = sorted(sorted(keys), key=lambda nominee: keys[nominee], reverse=True)
    groups = groupby(ordered, key=lambda nominee: keys[nominee])
    return tuple(tuple(sorted(group)) for _, group in groups)

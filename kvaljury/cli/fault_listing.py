"""Masses of faults of one kind to a list that people can read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

import attrs

from kvaljury.errors import KvaljuryError, Source, Text

MOST_SHOWN = 100
_NOWHERE = Source("")


@attrs.frozen
class LeftOut:
    """Faults of one kind in one file that a list leaves out.

    Attributes:
        where: the file as a whole.
        code: kind of fault.
        count: how many are left out; at least 1.
    """

    where: Source
    code: str
    count: int
    hint: None = None

    @property
    def message(self) -> Text:
        """The line that stands in their place."""
        return Text(
            "{n} more faults of the same kind ({code}) are not shown", n=self.count, code=self.code
        )


def listed(faults: Sequence[KvaljuryError]) -> list[KvaljuryError | LeftOut]:
    """Give the first hundred faults of each file and kind, and how many more there are.

    Args:
        faults: sorted by address.

    Returns:
        In the same order; what is left out of a file is told after its last fault.
    """
    items: list[KvaljuryError | LeftOut] = []
    for file, group in groupby(faults, key=_file):
        found: Counter[str] = Counter()
        for fault in group:
            found[fault.code] += 1
            if found[fault.code] <= MOST_SHOWN:
                items.append(fault)
        items.extend(
            LeftOut(Source(file), code, count - MOST_SHOWN)
            for code, count in found.items()
            if count > MOST_SHOWN
        )
    return items


def _file(fault: KvaljuryError) -> str:
    return (fault.where or _NOWHERE).file

"""The record of decisions as values: what happened, in order, each tied to all before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import attrs

Plain: TypeAlias = "str | int | bool | Sequence[Plain] | Mapping[str, Plain] | None"
"""What an event may hold: no binary fractions, decimals are texts."""

BEGINNING = "0" * 64
"""The parent of the first event."""


@attrs.frozen
class NewEvent:
    """Something to be recorded.

    Attributes:
        kind: kebab-case (``"ballots-counted"``).
        by: the person who answers for it.
        data: what happened.
    """

    kind: str
    by: str
    data: Mapping[str, Plain] = attrs.field(hash=False)


@attrs.frozen
class Event:
    """Something that was recorded.

    Attributes:
        number: from 1.
        kind: as for `NewEvent`.
        at: local time as ISO text.
        by: the person who answers for it.
        data: what happened.
        parent: digest of the event before, or `BEGINNING`.
        digest: SHA-256 of its own line, in hexadecimal.
    """

    number: int
    kind: str
    at: str
    by: str
    data: Mapping[str, Plain] = attrs.field(hash=False)
    parent: str
    digest: str


@attrs.frozen
class DecisionRecord:
    """All that was recorded, in order."""

    events: tuple[Event, ...] = ()

    @property
    def head(self) -> str:
        """The digest of the last event, which stands for all of them."""
        return self.events[-1].digest if self.events else BEGINNING

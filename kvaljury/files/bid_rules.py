"""Deadlines and the format of contributions, as a file gives them, to what the rules say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from kvaljury.core.model import BidFormat, Deadline
from kvaljury.errors import Text
from kvaljury.files.moments import parse_moment
from kvaljury.files.rule_records import BidRecord, DeadlineRecord, as_text
from kvaljury.files.value_checks import Checks

_PAIRS = ("image_size", "change_days")
_NUMBERS = ("longest", "presentation_longest")


def as_deadlines(records: Sequence[DeadlineRecord], checks: Checks) -> tuple[Deadline, ...]:
    """Make deadlines of their records, in the order of time; one that is no date is left out.

    Args:
        records: the tables ``[[deadlines]]``.
        checks: of the file; gets a fault for each that is no date.
    """
    made = []
    for index, record in enumerate(records):
        at = parse_moment(record.at)
        if at is None:
            message = Text('"{value}" is no date', value=record.at)
            hint = Text('write "2025-05-07", or "2025-05-07 24.00" with an hour')
            checks.fault("not-a-date", ("deadlines", index, "at"), message, hint)
            continue
        label = as_text(record.label)
        made.append(Deadline(record.id, record.kind, label, at, record.source))
    return in_order(made)


def in_order(deadlines: Iterable[Deadline]) -> tuple[Deadline, ...]:
    """Sort deadlines by time, then id."""
    return tuple(sorted(deadlines, key=lambda deadline: (deadline.at.at, deadline.id)))


def as_bid_format(record: BidRecord, checks: Checks) -> BidFormat:
    """Make the format of contributions of its record.

    Args:
        record: the table ``[bid]``.
        checks: of the file; gets a fault for each figure that cannot be meant.
    """
    given = {field.name: getattr(record, field.name) for field in attrs.fields(BidRecord)}
    for name in (*_NUMBERS, *_PAIRS):
        if misfit := _misfit(name, given[name]):
            checks.fault("out-of-range", ("bid", name), misfit)
            given[name] = None
    return BidFormat(**given)


def _misfit(name: str, value: int | tuple[int, ...] | None) -> Text | None:
    if value is None:
        return None
    figures = value if isinstance(value, tuple) else (value,)
    if name in _PAIRS and len(figures) != len(_PAIRS):
        return Text("two whole numbers were expected")
    return None if min(figures) > 0 else Text("a number above 0 was expected")

"""decisions/record.jsonl: one canonical line an event, each with the digest of the one before.

RFC 8785 gives every value one form, so that a line can be checked byte by byte. Whoever can
write the file can rewrite all of it: only a head that was noted elsewhere, as in minutes that
people sign, proves that nothing was changed.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import attrs
import rfc8785

from kvaljury.core.model.record import BEGINNING, DecisionRecord, Event, NewEvent
from kvaljury.errors import DiskFault, Source, Text, VerificationFault
from kvaljury.files.writing import update_file

RECORD = "decisions/record.jsonl"
_KEYS = frozenset({"at", "by", "data", "kind", "number", "parent"})


class _NotOurs(ValueError):
    """A line holds what kvaljury never writes: a key twice, or a binary fraction."""


def read_record(folder: Path) -> DecisionRecord:
    """Read the record of an edition; one that is not there is empty.

    Args:
        folder: the edition folder.

    Raises:
        VerificationFault: if a line is not what kvaljury wrote there, with its number.
        DiskFault: if the file is there but cannot be read.
    """
    path = folder / RECORD
    if not os.path.lexists(path):
        return DecisionRecord()
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = Text("the file cannot be read: {reason}", reason=reason)
        raise DiskFault(message, Source(RECORD)) from error
    return parse_record(content)


def parse_record(content: bytes, file: str = RECORD) -> DecisionRecord:
    """Check a record line by line.

    Args:
        content: the bytes of the file.
        file: its address, for the fault.

    Raises:
        VerificationFault: at the first line that is not canonical, not the next in number, or
            not tied to the one before.
    """
    if content and not content.endswith(b"\n"):
        last = content.count(b"\n") + 1
        raise _fault(file, last, Text("the line is not complete"))
    events: list[Event] = []
    for number, line in enumerate(content.split(b"\n")[:-1], start=1):
        parent = events[-1].digest if events else BEGINNING
        events.append(_event(line, number, parent, file))
    return DecisionRecord(tuple(events))


def append_events(
    folder: Path, make: Callable[[DecisionRecord], Sequence[NewEvent]], at: str
) -> DecisionRecord:
    """Add to the record of an edition what follows from it; nobody else adds in between.

    Args:
        folder: the edition folder.
        make: the record so far to what is to be added; it may refuse by raising, and may be
            asked twice.
        at: local time as ISO text.

    Returns:
        The record with what was added.

    Raises:
        VerificationFault: if the record as it stands does not verify.
        DiskFault: if the disk, a lock or a permission is in the way; nothing was added then.
    """
    result = [DecisionRecord()]

    def change(content: bytes | None) -> bytes | None:
        before = content or b""
        record = parse_record(before)
        lines, result[0] = _continued(record, make(record), at)
        return before + lines if lines else None

    if not os.path.lexists((folder / RECORD).parent):
        make(result[0])  # what refuses the first events leaves no folder that tells of a record
    update_file(folder / RECORD, change)
    return result[0]


def _continued(
    record: DecisionRecord, new: Sequence[NewEvent], at: str
) -> tuple[bytes, DecisionRecord]:
    lines = b""
    for event in new:
        line = _line(event, len(record.events) + 1, record.head, at)
        made = _event(line, len(record.events) + 1, record.head, RECORD)
        record = attrs.evolve(record, events=(*record.events, made))
        lines += line + b"\n"
    return lines, record


def _line(event: NewEvent, number: int, parent: str, at: str) -> bytes:
    _refuse_fractions(event.data)
    value: dict[str, Any] = {
        "at": at,
        "by": event.by,
        "data": _plain(event.data),
        "kind": event.kind,
        "number": number,
        "parent": parent,
    }
    return rfc8785.dumps(value)


def _event(line: bytes, number: int, parent: str, file: str) -> Event:
    try:
        value = json.loads(
            line.decode("utf-8"),
            object_pairs_hook=_no_double_keys,
            parse_float=_no_fraction,
            parse_constant=_no_fraction,
        )
        is_canonical = rfc8785.dumps(value) == line
    except (ValueError, RecursionError, rfc8785.CanonicalizationError):
        is_canonical = False
    if not is_canonical or not isinstance(value, dict) or value.keys() != _KEYS:
        raise _fault(file, number, Text("the line is not as kvaljury wrote it"))
    if not (_has_kinds(value) and isinstance(value["data"], dict)):
        raise _fault(file, number, Text("the line is not as kvaljury wrote it"))
    if value["number"] != number or value["parent"] != parent:
        raise _fault(file, number, Text("the line does not follow from the one before"))
    return Event(digest=hashlib.sha256(line).hexdigest(), **value)


def _has_kinds(value: dict[str, Any]) -> bool:
    texts = all(isinstance(value[key], str) for key in ("at", "by", "kind", "parent"))
    return texts and type(value["number"]) is int


def _no_fraction(literal: str) -> float:
    raise _NotOurs(literal)


def _no_double_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise _NotOurs
    return made


def _plain(value: Any) -> Any:
    if isinstance(value, dict) or hasattr(value, "items"):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _refuse_fractions(value: Any) -> None:
    """Refuse binary fractions, which no two programs need to write alike."""
    if isinstance(value, float):
        raise TypeError("an event holds decimals as texts")
    inside = value.values() if hasattr(value, "values") else value
    if not isinstance(value, str | bytes) and hasattr(inside, "__iter__"):
        for item in inside:
            _refuse_fractions(item)


def _fault(file: str, number: int, message: Text) -> VerificationFault:
    hint = Text("compare with a copy: kvaljury verify --against COPY")
    return VerificationFault(message, Source(file, number), hint)

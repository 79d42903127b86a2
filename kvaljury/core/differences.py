"""Two plain values, and two sets of files, told apart piece by piece."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

import attrs

_NAMING = ("class", "juror", "entry", "for", "rule", "stage", "id", "name", "first", "second")
_LAST_DECIMAL = 1.5e-6


class FileState(StrEnum):
    """What has become of a file since something was made of it."""

    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"


@attrs.frozen
class FileChange:
    """A file that is not what it was.

    Attributes:
        path: relative to the edition folder.
    """

    path: str
    state: FileState


@attrs.frozen
class Difference:
    """A value that is not the one that comes out anew.

    Attributes:
        key: the way to it, dotted, with what names a row in brackets.
        noted: as it stands; None where it is absent.
        found: as it comes out; None where it is absent.
        is_last_decimal: whether two numbers differ by no more than their last decimal, which
            another processor may round otherwise.
    """

    key: str
    noted: Any
    found: Any
    is_last_decimal: bool = False


def file_changes(noted: Mapping[str, str], found: Mapping[str, str]) -> tuple[FileChange, ...]:
    """Tell which files are not what they were.

    Args:
        noted: SHA-256 by path, then.
        found: SHA-256 by path, now.

    Returns:
        By path.
    """
    changes = []
    for path in sorted({*noted, *found}):
        if path not in found:
            changes.append(FileChange(path, FileState.MISSING))
        elif path not in noted:
            changes.append(FileChange(path, FileState.ADDED))
        elif noted[path] != found[path]:
            changes.append(FileChange(path, FileState.CHANGED))
    return tuple(changes)


def differences(noted: Any, found: Any, key: str = "") -> list[Difference]:
    """Compare two plain values key by key.

    Args:
        noted: as it stands.
        found: as it comes out.
        key: the way to both.

    Returns:
        In the order of the keys; rows that name themselves are compared with their like.

    >>> differences({"a": [{"id": "x", "n": 1}]}, {"a": [{"id": "x", "n": 2}]})
    [Difference(key='a[x].n', noted=1, found=2, is_last_decimal=False)]
    """
    return _compared(_plain(noted), _plain(found), key)


def _compared(noted: Any, found: Any, key: str) -> list[Difference]:
    if isinstance(noted, dict) and isinstance(found, dict):
        return _of_mappings(noted, found, key)
    if _are_rows(noted) and _are_rows(found):
        return _of_rows(noted, found, key)
    if _are_same(noted, found):
        return []
    return [Difference(key, noted, found, _is_last_decimal(noted, found))]


def _are_same(noted: Any, found: Any) -> bool:
    if isinstance(noted, list) and isinstance(found, list) and len(noted) == len(found):
        return not any(_compared(a, b, "") for a, b in zip(noted, found, strict=True))
    return _kind(noted) == _kind(found) and bool(noted == found)


def _plain(value: Any) -> Any:
    """Give lists and dictionaries for whatever sequences and mappings there are."""
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def _of_mappings(noted: Mapping[str, Any], found: Mapping[str, Any], key: str) -> list[Difference]:
    told = []
    for name in dict.fromkeys([*noted, *found]):
        way = f"{key}.{name}" if key else name
        if name in noted and name in found:
            told += _compared(noted[name], found[name], way)
        else:
            told.append(Difference(way, noted.get(name), found.get(name)))
    return told


def _of_rows(
    noted: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]], key: str
) -> list[Difference]:
    ours, theirs = _named(noted), _named(found)
    told = _of_mappings(ours, theirs, "")
    if not told and list(ours) != list(theirs):
        return [Difference(key, list(ours), list(theirs))]
    return [attrs.evolve(one, key=key + one.key) for one in told]


def _named(rows: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    names = ["/".join(str(row[k]) for k in _NAMING if row.get(k)) for row in rows]
    if len(set(names)) < len(names) or "" in names:
        names = [str(n) for n in range(1, len(rows) + 1)]
    return {f"[{name}]": row for name, row in zip(names, rows, strict=True)}


def _are_rows(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def _kind(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return str(value)
    return "number" if isinstance(value, int | float) else type(value).__name__


def _is_last_decimal(noted: Any, found: Any) -> bool:
    numbers = isinstance(noted, float) and isinstance(found, float)
    return numbers and abs(noted - found) <= _LAST_DECIMAL

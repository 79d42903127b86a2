"""The edition folder: files to values and values to files, loaded when asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kvaljury.files.edition_folder import read_edition as read_edition
    from kvaljury.files.edition_folder import read_edition_entries as read_edition_entries
    from kvaljury.files.edition_folder import read_marks as read_marks
    from kvaljury.files.log import CellTally as CellTally
    from kvaljury.files.log import InputLog as InputLog
    from kvaljury.files.log import InputWarning as InputWarning
    from kvaljury.files.rule_sets import read_rule_set as read_rule_set
    from kvaljury.files.rule_sets import shipped_rule_sets as shipped_rule_sets

_HOME = {
    "CellTally": "log",
    "InputLog": "log",
    "InputWarning": "log",
    "read_edition": "edition_folder",
    "read_edition_entries": "edition_folder",
    "read_marks": "edition_folder",
    "read_rule_set": "rule_sets",
    "shipped_rule_sets": "rule_sets",
}

__all__ = [
    "CellTally",
    "InputLog",
    "InputWarning",
    "read_edition",
    "read_edition_entries",
    "read_marks",
    "read_rule_set",
    "shipped_rule_sets",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'kvaljury.files' has no attribute {name!r}")
    return getattr(import_module(f"kvaljury.files.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return list(__all__)

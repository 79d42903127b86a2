"""Whether a block that a plugin made can be shown: types, texts, numbers and sizes."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import attrs

from kvaljury.core.asking import is_sound_text
from kvaljury.core.model import Text, blocks

BLOCKS: tuple[type, ...] = get_args(blocks.Block)
_PARTS = (*BLOCKS, blocks.Cell, blocks.Column, blocks.Interval, blocks.Strip)
_LONGEST = 100_000
_MOST_PARTS = 10_000
_MOST_DECIMALS = 6
_LINK = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}\.(?:html|pdf)")
_MEDIA_TYPES = ("image/jpeg", "image/png")
_LARGEST = 1e6


def is_sound_block(block: object) -> bool:
    """Tell whether a block is exactly of its type and can be shown.

    Args:
        block: what a section gave.

    >>> is_sound_block(blocks.Paragraph("Word")), is_sound_block(blocks.Paragraph(None))
    (True, False)
    """
    return type(block) in BLOCKS and size_of(block) <= _MOST_PARTS and _is_sound_part(block)


def size_of(value: Any) -> int:
    """Count the texts, numbers and parts that a block is made of."""
    if isinstance(value, tuple):
        return sum(size_of(each) for each in value)
    if type(value) in _PARTS:
        return 1 + size_of(attrs.astuple(value, recurse=False))
    return 1


def _is_sound_part(part: Any) -> bool:
    hints = _hints_of(type(part).__name__)
    return all(_fits(getattr(part, name), hint) for name, hint in hints.items()) and _MEANT.get(
        type(part), _always
    )(part)


@cache
def _hints_of(kind: str) -> dict[str, Any]:
    return get_type_hints(getattr(blocks, kind))


def _fits(value: object, hint: Any) -> bool:
    """Tell whether a value is sound and of the type that an attribute asks for."""
    if get_origin(hint) in (Union, UnionType):
        return any(_fits(value, kind) for kind in get_args(hint))
    if get_origin(hint) is tuple:
        return isinstance(value, tuple) and _fit_each(value, get_args(hint))
    if hint in _PARTS:
        return type(value) is hint and _is_sound_part(value)
    return _SOUND[hint](value)


def _fit_each(values: tuple[object, ...], kinds: tuple[Any, ...]) -> bool:
    if kinds[-1] is Ellipsis:
        return all(_fits(value, kinds[0]) for value in values)
    return len(values) == len(kinds) and all(map(_fits, values, kinds))


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) and abs(value) <= _LARGEST


_SOUND: Mapping[Any, Callable[[Any], bool]] = {
    Text: is_sound_text,
    str: lambda value: isinstance(value, str) and len(value) <= _LONGEST,
    float: _is_number,
    int: lambda value: _is_number(value) and isinstance(value, int),
    bool: lambda value: isinstance(value, bool),
    bytes: lambda value: isinstance(value, bytes),
    type(None): lambda value: value is None,
}


def _is_chart(chart: blocks.IntervalChart | blocks.StripChart) -> bool:
    return bool(chart.lines) and chart.low < chart.high and 0 <= chart.decimals <= _MOST_DECIMALS


def _is_table(table: blocks.Table) -> bool:
    return bool(table.columns) and all(len(row) == len(table.columns) for row in table.rows)


def _always(_: object) -> bool:
    return True


_MEANT: Mapping[type, Callable[[Any], bool]] = {
    blocks.Heading: lambda heading: heading.level in (2, 3),
    blocks.Column: lambda column: column.width > 0,
    blocks.Cell: lambda cell: cell.link is None or bool(_LINK.fullmatch(cell.link)),
    blocks.Table: _is_table,
    blocks.Interval: lambda line: (line.low is None) == (line.high is None),
    blocks.IntervalChart: _is_chart,
    blocks.Strip: lambda line: len(line.names) in (0, len(line.others)),
    blocks.StripChart: _is_chart,
    blocks.Picture: lambda picture: (
        picture.media_type in _MEDIA_TYPES and picture.width > 0 and picture.height > 0
    ),
}

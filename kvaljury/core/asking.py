"""Plugin functions, asked so that whatever goes wrong names the plugin."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from functools import lru_cache
from string import Formatter

from kvaljury.errors import PluginFault, RulesFault, Text

_LONGEST = 2000
_LARGEST = 10**15
_FORMAT = re.compile(r"[.,0-9a-z%]{0,5}")
_HALF_PAIR = re.compile("[\ud800-\udfff]")


@contextmanager
def asking(
    plugin: str,
    failed: Callable[[str], Text],
    *,
    hint: Text | None = None,
    may_refuse: bool = False,
) -> Iterator[None]:
    """Turn what a plugin raises into a fault that names it.

    Args:
        plugin: kind and name of what it offered (``"rubric halves"``).
        failed: gives the message for what the plugin said.
        hint: what to do about it.
        may_refuse: whether a RulesFault of the plugin's own goes through: the data do not suit
            its method.

    Raises:
        PluginFault: for everything but an interruption by the user.
    """
    try:
        yield
    except (KeyboardInterrupt, GeneratorExit):
        raise
    except BaseException as error:
        if may_refuse and isinstance(error, RulesFault):
            raise
        message = failed(said_by(error))
        raise PluginFault(message, hint=hint, code="plugin-failed", plugin=plugin) from error


def said_by(error: BaseException) -> str:
    """Give the kind of an exception and what it says, even where saying it fails.

    >>> said_by(KeyError("weights"))
    "KeyError: 'weights'"
    """
    try:
        words = str(error)
    except Exception:  # a plugin's exception is a plugin's code too
        words = ""
    kind = type(error).__name__
    shown = words.encode("utf-8", "replace").decode()[:_LONGEST]
    return f"{kind}: {shown}" if shown else kind


def is_sound_text(text: object) -> bool:
    """Tell whether a text can be shown in both languages, in bounded length.

    Args:
        text: what a plugin gave where a Text was expected.

    >>> is_sound_text(Text("{n} of {m}", n=1))
    False
    """
    if not isinstance(text, Text):
        return False
    values = dict(text.parameters)
    return (
        all(map(_is_sound_value, values.values()))
        and _is_sound_template(text.en, values)
        and (text.sv is None or _is_sound_template(text.sv, values))
    )


def _is_sound_template(template: object, values: dict[str, object]) -> bool:
    if not isinstance(template, str):
        return False
    names = _names_in(template)
    if names is None or not names <= values.keys():
        return False
    return ":" not in template or _can_be_laid_out(template, values)


def _can_be_laid_out(template: str, values: dict[str, object]) -> bool:
    """Tell whether the values suit their layouts: only a number has decimals."""
    try:
        template.format_map(
            {n: float(v) if isinstance(v, Fraction) else v for n, v in values.items()}
        )
    except (TypeError, ValueError):
        return False
    return True


@lru_cache(maxsize=4096)
def _names_in(template: str) -> frozenset[str] | None:
    """Give the placeholders of a template, or None where it can do more than fill them in."""
    if not _is_plain(template):
        return None
    try:
        fields = [field for field in Formatter().parse(template) if field[1] is not None]
    except ValueError:
        return None
    if any(
        conversion is not None or _FORMAT.fullmatch(layout or "") is None
        for _, _, layout, conversion in fields
    ):
        return None
    return frozenset(str(name) for _, name, _, _ in fields)


def _is_sound_value(value: object) -> bool:
    if type(value) is str:
        return _is_plain(value)
    if isinstance(value, Text):
        return is_sound_text(value)
    if isinstance(value, float):
        return math.isfinite(value) and abs(value) < _LARGEST
    if isinstance(value, int | Fraction):
        return -_LARGEST < value < _LARGEST
    return _is_plain(str(value))


def _is_plain(text: str) -> bool:
    return len(text) <= _LONGEST and (text.isascii() or not _HALF_PAIR.search(text))

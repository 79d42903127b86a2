"""Parameters of eligibility rules, as a file gives them, to what the rules are handed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction

from kvaljury.core.model import Kind, Moment
from kvaljury.errors import Text
from kvaljury.files.moments import parse_moment
from kvaljury.files.nearest import nearest_hint
from kvaljury.files.strict_structure import kind_of_value, shown_value

DEADLINE = "deadline"
"""The parameter that is a moment, a whole day where no hour is given."""

_WORDS: Mapping[str, tuple[str, ...]] = {
    "kinds": tuple(Kind),
    "elsewhere_kinds": tuple(Kind),
    "fields": ("result_previous_year", "forecast_current_year"),
}

_EXPECTED: Mapping[type, Text] = {tuple: Text("a list of texts"), Fraction: Text("a number")}


class UnfitParameter(ValueError):
    """A parameter that no rule can use, with what to say about it."""

    def __init__(self, message: Text, hint: Text | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.hint = hint


def parameter(name: str, value: object) -> object:
    """Make what a rule is handed of what the file says.

    Args:
        name: of the parameter; ``deadline`` becomes a moment, and the words of ``kinds``,
            ``elsewhere_kinds`` and ``fields`` are known.
        value: as TOML gives it.

    Returns:
        str, bool, int, Fraction (where a decimal point stands), Moment, date or a tuple of
        texts.

    Raises:
        UnfitParameter: if the value cannot be meant.
    """
    if name == DEADLINE:
        return _moment(value)
    if isinstance(value, list):
        return _words(name, value)
    if isinstance(value, dict) or name in _WORDS:
        expected = Text("a list of texts") if name in _WORDS else Text("a single value or a list")
        raise UnfitParameter(_stands(value, expected))
    return value


def overriding_parameter(name: str, value: object, default: object) -> object:
    """Make what a rule is handed of what an edition says in place of the rule set.

    Args:
        name: of the parameter.
        value: as TOML gives it.
        default: the rule set's, whose type the edition keeps; a number may be a decimal one
            where the rule set writes it with a decimal point.

    Returns:
        As for :func:`parameter`.

    Raises:
        UnfitParameter: if the value cannot be meant or is of another type.
    """
    made = parameter(name, value)
    if type(made) is int and isinstance(default, Fraction):
        made = Fraction(made)
    if type(made) is not type(default):
        expected = _EXPECTED.get(type(default)) or kind_of_value(default)
        raise UnfitParameter(_stands(value, expected))
    if isinstance(made, int | Fraction) and made < 0:
        raise UnfitParameter(Text("the number is negative"))
    return made


def _stands(value: object, expected: Text) -> Text:
    return Text(
        "{found} stands where {expected} was expected",
        found=shown_value(value),
        expected=expected,
    )


def _moment(value: object) -> Moment:
    if isinstance(value, datetime) and value.tzinfo is None:
        return Moment(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return Moment(datetime(value.year, value.month, value.day), whole_day=True)  # noqa: DTZ001  # naive local time by contract
    moment = parse_moment(value) if isinstance(value, str) else None
    if moment is None:
        hint = Text('write "2025-05-07", or "2025-05-07 24.00" with an hour')
        raise UnfitParameter(_stands(value, Text("a date without time zone")), hint)
    return moment


def _words(name: str, values: list[object]) -> tuple[str, ...]:
    words = tuple(value for value in values if isinstance(value, str))
    if len(words) < len(values):
        raise UnfitParameter(_stands(values, Text("a list of texts")))
    for word in words:
        if name in _WORDS and word not in _WORDS[name]:
            raise UnfitParameter(
                Text('"{word}" is unknown here', word=word), nearest_hint(word, _WORDS[name])
            )
    return words

"""A rule set's parameters as typed values; what is missing or wrong is a ValueError saying so."""

from __future__ import annotations

import math
from collections.abc import Mapping
from difflib import get_close_matches
from fractions import Fraction

from kvaljury import Kind, Moment


def expect_parameters(parameters: Mapping[str, object], *names: str) -> None:
    """Refuse parameters other than the named ones and the edition's year.

    Args:
        parameters: what the rule set gives.
        names: the parameters that the rule takes; each must be there.

    Raises:
        ValueError: if one is missing or unknown.
    """
    for name in names:
        if name not in parameters:
            raise ValueError(f"the parameter {name!r} is missing")
    for name in sorted(parameters.keys() - {*names, "year"}):
        near = get_close_matches(name, names, 1)
        hint = f", the nearest known one is {near[0]!r}" if near else ""
        raise ValueError(f"the parameter {name!r} is unknown{hint}")


def whole_number(parameters: Mapping[str, object], name: str) -> int:
    """Read a whole number of at least 0.

    Raises:
        ValueError: if it is anything else.
    """
    value = number(parameters, name)
    if value.denominator != 1:
        raise ValueError(f"the parameter {name!r} is {value}, expected a whole number")
    return int(value)


def number(parameters: Mapping[str, object], name: str) -> Fraction:
    """Read a number of at least 0, exactly; a float counts as the decimal that it is written as.

    Raises:
        ValueError: if it is anything else.
    """
    value = parameters.get(name)
    if isinstance(value, float) and math.isfinite(value):
        value = Fraction(repr(value))
    if isinstance(value, bool) or not isinstance(value, int | Fraction) or value < 0:
        raise ValueError(f"the parameter {name!r} is {value!r}, expected a number of at least 0")
    return Fraction(value)


def words(parameters: Mapping[str, object], name: str, known: frozenset[str]) -> tuple[str, ...]:
    """Read a list of known words.

    Args:
        parameters: what the rule set gives.
        name: the parameter.
        known: the words that may stand in it.

    Raises:
        ValueError: if it is no list, or a word in it is unknown.
    """
    value = parameters.get(name)
    if not isinstance(value, list | tuple) or not all(
        isinstance(word, str) and word in known for word in value
    ):
        expected = ", ".join(sorted(known))
        raise ValueError(f"the parameter {name!r} is {value!r}, expected a list of: {expected}")
    return tuple(value)


def kinds(parameters: Mapping[str, object], name: str) -> frozenset[Kind]:
    """Read a list of kinds of class.

    Raises:
        ValueError: if it is no list, or a kind in it is unknown.
    """
    return frozenset(map(Kind, words(parameters, name, frozenset(kind.value for kind in Kind))))


def moment(parameters: Mapping[str, object], name: str) -> Moment:
    """Read a point in time.

    Raises:
        ValueError: if it is anything else.
    """
    value = parameters.get(name)
    if not isinstance(value, Moment):
        raise ValueError(  # noqa: TRY004  # one kind of error for every wrong parameter
            f"the parameter {name!r} is {value!r}, expected a day or a time"
        )
    return value

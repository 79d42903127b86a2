"""Plain TOML values to attrs values, without coercion, every fault with its path."""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

import attrs
import cattrs
from cattrs.cols import mapping_structure_factory
from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError, IterableValidationError
from cattrs.gen import make_dict_structure_fn, override

from kvaljury.errors import Text
from kvaljury.files.characters import quoted
from kvaljury.files.nearest import nearest_hint, nearest_word

T = TypeVar("T")
Path = tuple[str | int, ...]
Structure = Callable[[Any, Any], Any]

_RATIO = re.compile(r"(-?[0-9]{1,15})/([0-9]{1,15})")
_NAMES: Mapping[object, Text] = {
    str: Text("a text in quotes"),
    int: Text("a whole number"),
    bool: Text("true or false"),
    Fraction: Text("a number"),
    date: Text("a date"),
    datetime: Text("a date with a time"),
    time: Text("a time"),
    dict: Text("a table"),
    list: Text("a list"),
}


class Refused(ValueError):
    """A value that does not fit, with what to say about it."""

    def __init__(self, message: Text, hint: Text | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.hint = hint


@attrs.frozen
class Misfit:
    """One fault of the shape of a document.

    Attributes:
        path: keys and indices from 0.
        code: ``"unknown-key"``, ``"missing-key"`` or ``"wrong-value"``.
    """

    path: Path
    code: str
    message: Text
    hint: Text | None = None


def kind_of_value(value: object) -> Text:
    """Name what stands in a TOML document, as people call it."""
    return _NAMES.get(type(value), Text("something else"))


def exact_number(value: object) -> Fraction | None:
    """Give a TOML number, or a text such as ``"50/3"``, as a rational; None for all else.

    >>> exact_number("50/3")
    Fraction(50, 3)
    """
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return Fraction(value)
    ratio = _RATIO.fullmatch(value) if isinstance(value, str) else None
    if ratio and int(ratio[2]):
        return Fraction(int(ratio[1]), int(ratio[2]))
    return None


def structure_strictly(data: object, cls: type[T]) -> T | list[Misfit]:
    """Make an attrs value from plain values, refusing whatever does not fit exactly.

    An attribute whose metadata hold ``{"toml": "class"}`` is read from that key.

    Args:
        data: a table as :func:`kvaljury.files.toml_documents.read_toml` gives it.
        cls: an attrs class of str, int, bool, Fraction, date, datetime, StrEnum, Literal,
            tuple, dict, union and attrs fields.

    Returns:
        The value, or everything that is wrong with the data.
    """
    try:
        return _converter().structure(data, cls)
    except Exception as error:  # cattrs gathers whatever a hook or class raises
        return list(_misfits(error, ()))


def structure_value(value: object, kind: type[T]) -> T:
    """Make a single value, refusing whatever does not fit exactly.

    Args:
        value: as TOML gives it.
        kind: as for the attributes of :func:`structure_strictly`.

    Returns:
        The value.

    Raises:
        Refused: with the first thing that is wrong.
    """
    try:
        return _converter().structure(value, kind)
    except cattrs.BaseValidationError as error:
        first = next(_misfits(error, ()))
        raise Refused(first.message, first.hint) from None


def key_of(attribute: attrs.Attribute[Any]) -> str:
    """Give the TOML key of an attribute."""
    return str(attribute.metadata.get("toml", attribute.name))


def _misfits(error: BaseException, path: Path) -> Iterator[Misfit]:
    if isinstance(error, ClassValidationError):
        keys = {a.name: key_of(a) for a in attrs.fields(error.cl)}
        noted, bare = error.group_exceptions()
        for inner, attribute_note in noted:
            yield from _misfits(inner, (*path, keys[attribute_note.name]))
        for inner in bare:
            yield from _misfits(inner, path)
    elif isinstance(error, IterableValidationError):
        for inner, item_note in error.group_exceptions()[0]:
            yield from _misfits(inner, (*path, item_note.index))
    elif isinstance(error, ForbiddenExtraKeysError):
        known = [key_of(a) for a in attrs.fields(error.cl)]
        for key in sorted(error.extra_fields):
            hint = nearest_hint(key, known)
            yield Misfit(
                (*path, key), "unknown-key", Text("the key {key} is unknown", key=quoted(key)), hint
            )
    elif isinstance(error, KeyError):
        key = str(error.args[0])
        yield Misfit(path, "missing-key", Text("the key {key} is missing", key=key))
    elif isinstance(error, Refused):
        yield Misfit(path, "wrong-value", error.message, error.hint)
    else:
        raise error  # pragma: no cover


def _refuse(value: object, expected: Text) -> Refused:
    return Refused(
        Text(
            "{found} stands where {expected} was expected",
            found=shown_value(value),
            expected=expected,
        )
    )


def shown_value(value: object) -> Text | str:
    """Show what stands in a TOML document; a list or table is only named."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return Text('the text "{value}"', value=quoted(value))
    if isinstance(value, int):
        return Text("the number {value}", value=value)
    if isinstance(value, Fraction):
        return Text("the decimal number {value}", value=float(value))
    return kind_of_value(value)


def _exactly(kind: type) -> Structure:
    def structure(value: Any, _: Any) -> Any:
        if type(value) is not kind:
            raise _refuse(value, _NAMES[kind])
        return value

    return structure


def _number(value: Any, _: Any) -> Fraction:
    number = exact_number(value)
    if number is None:
        raise _refuse(value, _NAMES[Fraction])
    return number


def _word(value: Any, cls: Any) -> Any:
    words = [str(word) for word in get_args(cls) or cls]
    if not isinstance(value, str) or value not in words:
        expected = Text("one of {words}", words=", ".join(words))
        near = nearest_word(value, words) if isinstance(value, str) else None
        hint = Text("did you mean {name}?", name=near) if near else None
        raise Refused(_refuse(value, expected).message, hint)
    return cls(value) if isinstance(cls, type) else value


def _plain_kind(arm: Any) -> type:
    origin = get_origin(arm) or arm
    if attrs.has(origin):
        return dict
    if origin is Literal or issubclass(origin, StrEnum):
        return str
    return list if origin is tuple else origin


def _structure_union(converter: cattrs.Converter) -> Callable[[Any], Structure]:
    def factory(union: Any) -> Structure:
        arms = {_plain_kind(arm): arm for arm in get_args(union) if arm is not types.NoneType}
        if len(arms) == 1:
            only = next(iter(arms.values()))
            return lambda value, _: converter.structure(value, only)
        if Fraction in arms:
            arms.setdefault(int, arms[Fraction])

        def structure(value: Any, _: Any) -> Any:
            if type(value) not in arms:
                raise _refuse(value, _either([_NAMES[kind] for kind in arms]))
            return converter.structure(value, arms[type(value)])

        return structure

    return factory


def _either(names: Sequence[Text]) -> Text:
    either = names[0]
    for name in names[1:]:
        either = Text("{first} or {second}", first=either, second=name)
    return either


def _guard(kind: type, structure: Structure) -> Structure:
    def guarded(value: Any, cls: Any) -> Any:
        if type(value) is not kind:
            raise _refuse(value, _NAMES[kind])
        return structure(value, cls)

    return guarded


def _structure_class(converter: cattrs.Converter) -> Callable[[Any], Structure]:
    def factory(cls: Any) -> Structure:
        renamed = {a.name: override(rename=key_of(a)) for a in attrs.fields(cls)}
        made = make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True, **renamed)  # type: ignore[arg-type]
        return _guard(dict, made)

    return factory


def _structure_dict(converter: cattrs.Converter) -> Callable[[Any], Structure]:
    def factory(cls: Any) -> Structure:
        return _guard(dict, mapping_structure_factory(cls, converter))

    return factory


def _structure_tuple(converter: cattrs.Converter) -> Callable[[Any], Structure]:
    def factory(cls: Any) -> Structure:
        items: Any = list.__class_getitem__(get_args(cls)[0])
        return _guard(list, lambda value, _: tuple(converter.structure(value, items)))

    return factory


@cache
def _converter() -> cattrs.Converter:
    converter = cattrs.Converter(detailed_validation=True)
    hooks: list[tuple[Callable[[Any], bool], Callable[[Any], Structure]]] = [
        (attrs.has, _structure_class(converter)),
        (lambda t: get_origin(t) is dict, _structure_dict(converter)),
        (lambda t: get_origin(t) is tuple, _structure_tuple(converter)),
        (lambda t: get_origin(t) in (Union, types.UnionType), _structure_union(converter)),
        (lambda t: get_origin(t) is Literal, lambda _: _word),
    ]
    for predicate, factory in hooks:
        converter.register_structure_hook_factory(predicate, factory)
    for kind in (str, int, bool, date, datetime):
        converter.register_structure_hook(kind, _exactly(kind))
    converter.register_structure_hook(Fraction, _number)
    converter.register_structure_hook(StrEnum, _word)  # else the hook for str would take it
    converter.register_structure_hook_func(lambda t: t is object, lambda value, _: value)
    return converter

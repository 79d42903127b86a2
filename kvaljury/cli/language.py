"""Texts to sentences in the reader's language, with that language's numbers."""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from pathlib import Path

import attrs

from kvaljury.errors import Source, Text
from kvaljury.files.rounding import half_up

LANGUAGES = ("sv", "en")
LOCALE = Path(__file__).resolve().parents[1] / "locale"
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_GROUPED_FROM = 10_000
_MOST_DECIMALS = 6


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    return gettext.translation("kvaljury", LOCALE, [code], fallback=True)


@attrs.frozen
class Language:
    """One of the languages that kvaljury speaks.

    Attributes:
        code: ``sv`` or ``en``.
        grouped_from: the least whole number whose thousands are set apart.

    >>> Language("sv").render(Text("{share} of {n}", sv="{share} av {n}", share=0.5, n=12))
    '0,5 av 12'
    """

    code: str = "sv"
    grouped_from: int = _GROUPED_FROM

    @property
    def decimal_mark(self) -> str:
        """The sign between whole and decimals."""
        return "," if self.code == "sv" else "."

    def render(self, text: Text | str) -> str:
        """Give a text in this language; a plain string is data and stays as it is.

        Args:
            text: template with parameters, or a string.

        Returns:
            The sentence, parameters filled in after translation.
        """
        if isinstance(text, str):
            return text
        template = self._template(text)
        if not text.parameters:
            return template
        return template.format_map({name: self._value(v) for name, v in text.parameters})

    def _template(self, text: Text) -> str:
        if self.code == "en":
            return text.en
        if text.sv is not None:
            return text.sv
        return _catalogue(self.code).gettext(text.en) if text.en else ""

    def _value(self, value: object) -> object:
        if isinstance(value, bool):
            return self.render(Text("yes") if value else Text("no"))
        if isinstance(value, Enum):
            return str(value.value)
        if isinstance(value, int | float | Fraction | Decimal):
            return _Number(value, self)
        return self._words(value)

    def _words(self, value: object) -> str:
        if value is None:
            return self.render(Text("unknown"))
        if isinstance(value, Text | str):
            return self.render(value)
        if isinstance(value, date):
            return _iso(value)
        if isinstance(value, Mapping):
            return ", ".join(f"{key} {self._value(item)}" for key, item in value.items())
        if isinstance(value, Sequence | set | frozenset):
            items = value if isinstance(value, Sequence) else sorted(value)
            return ", ".join(str(self._value(item)) for item in items)
        return str(value) if isinstance(value, Source) else _moment(value)

    def number(self, value: float | Fraction | Decimal, decimals: int | None = None) -> str:
        """Show a number, rounded half up.

        Args:
            value: a finite number.
            decimals: how many to show, or None for as many as there are, at most six.

        Returns:
            Digits with the language's decimal mark, grouped from 10 000.

        >>> Language("sv").number(1234567.5, 1).replace(NO_BREAK_SPACE, " ")
        '1 234 567,5'
        """
        rounded = half_up(value, _MOST_DECIMALS if decimals is None else decimals)
        digits = f"{abs(rounded):f}"
        if decimals is None and "." in digits:
            digits = digits.rstrip("0").rstrip(".")
        whole, point, rest = digits.partition(".")
        sign = "-" if rounded < 0 else ""
        return sign + self._grouped(whole) + (self.decimal_mark if point else "") + rest

    def _grouped(self, whole: str) -> str:
        if int(whole) < self.grouped_from:
            return whole
        return f"{int(whole):,}".replace(",", NO_BREAK_SPACE if self.code == "sv" else ",")

    def percent(self, probability: float) -> str:
        """Show a probability as a whole percentage that never claims certainty it has not.

        >>> Language("en").percent(0.999).replace(NO_BREAK_SPACE, " ")
        '>99 %'
        """
        shown = int(half_up(100 * Decimal(repr(probability)), 0))
        certain = probability in (0.0, 1.0)
        if shown == 100 and not certain:  # noqa: PLR2004  # a hundred per cent
            return f">99{NO_BREAK_SPACE}%"
        if shown == 0 and not certain:
            return f"<1{NO_BREAK_SPACE}%"
        return f"{shown}{NO_BREAK_SPACE}%"

    @contextmanager
    def spoken_by_click(self) -> Iterator[None]:
        """Let click's own messages come in this language for the time being."""
        before = os.environ.get("LANGUAGE")
        gettext.bindtextdomain("messages", str(LOCALE))
        os.environ["LANGUAGE"] = self.code
        try:
            yield
        finally:
            if before is None:
                del os.environ["LANGUAGE"]
            else:
                os.environ["LANGUAGE"] = before


_FIXED = re.compile(r"\.([0-6])f")


@attrs.frozen
class _Number:
    """A number that obeys a template's format specification and the language's signs."""

    value: float | Fraction | Decimal
    language: Language

    def __str__(self) -> str:
        return self.language.number(self.value)

    def __format__(self, specification: str) -> str:
        if not specification:
            return str(self)
        if decimals := _FIXED.fullmatch(specification):
            return self.language.number(self.value, int(decimals[1]))
        return format(self.value, specification).replace(".", self.language.decimal_mark)


def _iso(value: date) -> str:
    if not isinstance(value, datetime):
        return value.isoformat()
    return value.isoformat(" ", "seconds" if value.second else "minutes")


def _moment(value: object) -> str:
    at = getattr(value, "at", None)
    if not isinstance(at, datetime):
        return str(value)
    return at.date().isoformat() if getattr(value, "whole_day", False) else _iso(at)


def language_of(argv: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Find the language before the command line is parsed, so that faults in it are understood.

    Args:
        argv: the arguments, without the program's name.
        environment: where ``KVALJURY_LANG`` may stand.

    Returns:
        What ``--lang`` says, else the environment, else Swedish; an unknown word gives Swedish.
    """
    asked = environment.get("KVALJURY_LANG", "")
    for argument, following in zip(argv, [*argv[1:], ""], strict=False):
        if argument == "--":
            break
        if argument == "--lang":
            asked = following
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return Language(asked.lower() if asked.lower() in LANGUAGES else "sv")

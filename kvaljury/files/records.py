"""Cells of one record to typed values, each fault at its address."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import ClassVar, TypeVar

import attrs

from kvaljury.core.model import Moment
from kvaljury.errors import Source, Text
from kvaljury.files.characters import (
    LONGEST_NAME,
    LONGEST_PROSE,
    code_of,
    first_control,
    first_invisible,
    has_plain_characters,
    quoted,
    without_invisible,
)
from kvaljury.files.headers import field_name
from kvaljury.files.ids import id_misfit
from kvaljury.files.log import InputLog
from kvaljury.files.moments import parse_moment
from kvaljury.files.numbers import is_too_long, is_year, parse_number, parse_whole
from kvaljury.files.strict_structure import kind_of_value
from kvaljury.files.value_words import YES_NO, Words

T = TypeVar("T")

_MADE_A_DATE = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}.*|[0-9]{1,2}[-/][a-zåäö]{3,9}\.?|[a-zåäö]{3}[-/][0-9]{2}"
    r"|[0-9]{1,2}/[0-9]{1,2}.*",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")
_MARKS = str.maketrans("", "", ".,")


@attrs.define(eq=False)
class Record(ABC):
    """A row of a table, or a table of a TOML list.

    Attributes:
        cells: what stands in the file by field; blank ones are left out.
        log: gets every fault.
        is_typed: whether the file tells numbers and truth values from text, as TOML does.
        refused: whether any fault was noted.
        spoiled: fields whose cell cannot be read and whose fault is noted; they read as blank.
    """

    cells: Mapping[str, object]
    log: InputLog
    refused: bool = attrs.field(default=False, init=False)
    spoiled: Collection[str] = attrs.field(default=(), init=False)
    is_typed: ClassVar[bool] = False

    @abstractmethod
    def where(self, field: str = "") -> Source:
        """Give the address of a field, or of the whole record."""

    def name_of(self, field: str) -> Text | str:
        """Name a field as the file does: the key of a TOML file, the header of a table."""
        return field if self.is_typed else field_name(field)

    def fault(self, field: str, code: str, message: Text, hint: Text | None = None) -> None:
        """Note a fault of a field, and refuse the record."""
        self.refused = True
        self.log.fault(code, self.where(field), message, hint)

    def warn(self, field: str, code: str, message: Text, hint: Text | None = None) -> None:
        """Note a warning about a field."""
        self.log.warn(code, self.where(field), message, hint)

    def require(self, *fields: str) -> None:
        """Note a fault for each field that is blank."""
        for field in fields:
            if field not in self.cells and field not in self.spoiled:
                self.fault(
                    field, "empty-field", Text("{field} is empty", field=self.name_of(field))
                )

    def exact_text(self, field: str) -> str | None:
        """Give a text in which every character counts, such as an id or a number."""
        text = self._text(field)
        if text is None or has_plain_characters(text):  # nearly all of them
            return text
        if sign := first_control(text):
            self._refuse_control(field, sign)
            return None
        if sign := first_invisible(text):
            self.fault(
                field,
                "invisible-character",
                Text("an invisible character ({code}) stands here", code=code_of(sign)),
                Text("delete the cell and type its content anew"),
            )
            return None
        return text

    def line(self, field: str, longest: int = LONGEST_NAME) -> str | None:
        """Give a name: one line, single spaces, invisible characters left out with a warning."""
        text = self._text(field)
        if text is None or self._is_too_long(field, text, longest):
            return None
        if sign := first_control(text):
            self._refuse_control(field, sign)
            return None
        name = " ".join(self._visible(field, text).split())
        if not name:
            self.fault(field, "empty-field", Text("{field} is empty", field=self.name_of(field)))
        return name or None

    def prose(self, field: str) -> str:
        """Give free text, which may have several lines; empty where the field is blank."""
        text = self._text(field)
        if text is None or self._is_too_long(field, text, LONGEST_PROSE):
            return ""
        if has_plain_characters(text):
            return text
        if sign := first_control(text, lines=True):
            self._refuse_control(field, sign)
            return ""
        return self._visible(field, text)

    def id(self, field: str) -> str | None:
        """Give a well-formed id."""
        text = self.exact_text(field)
        if text is None:
            return None
        if misfit := id_misfit(text):
            self.fault(field, "malformed-id", *misfit)
            return None
        return text

    def word(self, field: str, words: Words[T]) -> T | None:
        """Give the meaning of a word of a closed set, or None where it says nothing."""
        value = self.cells.get(field)
        if words is YES_NO and type(value) in (bool, int):  # a TOML truth value
            text: str | None = str(value).lower()
        else:
            text = self.exact_text(field)
        if text is None or words.leaves_open(text):
            return None
        meaning = words.meaning(text)
        if meaning is None:
            self.fault(
                field,
                "unknown-word",
                Text(
                    '"{word}" is none of the words that {field} can have',
                    word=quoted(text),
                    field=self.name_of(field),
                ),
                words.hint(text),
            )
        return meaning

    def number(self, field: str) -> Fraction | None:
        """Give an exact decimal number."""
        value = self.cells.get(field)
        if self.is_typed and isinstance(value, int | Fraction) and not isinstance(value, bool):
            return Fraction(value)
        text = self._untyped(field, Text("a number"))
        if text is None:
            return None
        number = parse_number(text)
        if number is None:
            self._refuse_number(field, text, Text('"{value}" is not a number', value=quoted(text)))
        return number

    def amount(self, field: str) -> Fraction | None:
        """Give an amount in kronor, in which a point never parts thousands."""
        given = self.cells.get(field)
        if isinstance(given, str) and _THOUSANDS.fullmatch(given.strip()):
            plain = given.strip().translate(_MARKS)
            message = Text(
                '"{value}" is either thousands or has three decimals', value=quoted(given)
            )
            hint = Text("write {plain} if thousands are meant, else two decimals", plain=plain)
            self.fault(field, "doubtful-amount", message, hint)
            return None
        if isinstance(given, str) and not self.is_typed and field not in self.spoiled:
            number = parse_number(given.replace("\N{MINUS SIGN}", "-"))
            if number is not None:
                return number
        return self.number(field)

    def whole(self, field: str) -> int | None:
        """Give a whole number of at least zero."""
        value = self.cells.get(field)
        if self.is_typed and type(value) is int:
            number: int | None = value
            text = str(value)
        else:
            given = self._untyped(field, Text("a whole number"))
            if given is None:
                return None
            text, number = given, parse_whole(given)
        if number is None or number < 0:
            message = Text('"{value}" is no whole number of at least 0', value=quoted(text))
            self._refuse_number(field, text, message)
            return None
        return number

    def year(self, field: str) -> int | None:
        """Give a year from 1990 to 2100."""
        year = self.whole(field)
        if year is not None and not is_year(year):
            message = Text("{year} is no year between 1990 and 2100", year=str(year))
            self.fault(field, "not-a-year", message, Text("write the year with four digits"))
            return None
        return year

    def moment(self, field: str) -> Moment | None:
        """Give a date, or a date with a time."""
        value = self.cells.get(field)
        if isinstance(value, datetime):
            if value.tzinfo is None:
                return Moment(value)
            message = Text("the time has a time zone; local time without one was expected")
            self.fault(field, "time-zone", message)
            return None
        if isinstance(value, date):
            return Moment(datetime(value.year, value.month, value.day), whole_day=True)  # noqa: DTZ001  # naive local time by contract
        text = self.exact_text(field)
        moment = None if text is None else parse_moment(text)
        if text is not None and moment is None:
            self.fault(
                field,
                "not-a-date",
                Text('"{value}" is no date', value=quoted(text)),
                Text("write 2025-05-06, or 2025-05-06 10:00"),
            )
        return moment

    def _text(self, field: str) -> str | None:
        value = self.cells.get(field)
        if isinstance(value, str) or value is None:
            return None if field in self.spoiled else value
        self._refuse_kind(field, value, Text("a text in quotes"))
        return None

    def _untyped(self, field: str, expected: Text) -> str | None:
        value = self.cells.get(field)
        if self.is_typed and value is not None:
            self._refuse_kind(field, value, expected)
            return None
        return self.exact_text(field)

    def _refuse_kind(self, field: str, value: object, expected: Text) -> None:
        self.fault(
            field,
            "wrong-value",
            Text(
                "{found} stands where {expected} was expected",
                found=kind_of_value(value),
                expected=expected,
            ),
        )

    def _refuse_number(self, field: str, text: str, message: Text) -> None:
        if is_too_long(text):
            hint = Text("write at most 15 digits before the decimal mark, and few after it")
            self.fault(field, "not-a-number", Text("the number is too long"), hint)
            return
        made_a_date = _MADE_A_DATE.fullmatch(text)
        hint = (
            Text("Excel has made a date of it: format the column as text and type it anew")
            if made_a_date
            else Text("write digits and at most one decimal comma or point, no unit")
        )
        self.fault(field, "not-a-number", message, hint)

    def _refuse_control(self, field: str, sign: str) -> None:
        message = Text("a character that no text can have ({code}) stands here", code=code_of(sign))
        hint = (
            Text("letters were lost when the file was saved: restore them and save as CSV UTF-8")
            if sign == "\ufffd"
            else Text("write it on one line, without tabs and control characters")
        )
        self.fault(field, "control-character", message, hint)

    def _is_too_long(self, field: str, text: str, longest: int) -> bool:
        if len(text) <= longest:
            return False
        message = Text("the text is longer than {limit} characters", limit=longest)
        self.fault(field, "too-long", message, Text("shorten it"))
        return True

    def _visible(self, field: str, text: str) -> str:
        sign = first_invisible(text)
        if sign is None:
            return text
        message = Text("an invisible character ({code}) was left out", code=code_of(sign))
        self.warn(field, "invisible-character", message)
        return without_invisible(text)

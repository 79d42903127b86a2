"""What stands in a cell's XML to the cell that people see."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs

from kvaljury.errors import Text
from kvaljury.files.characters import quoted
from kvaljury.files.workbooks.contents import CellKind
from kvaljury.files.workbooks.markup import XML_SPACES, MarkupFault, natural
from kvaljury.files.workbooks.serials import (
    OVERFLOW,
    as_duration,
    as_moment,
    as_percent,
    iso_moment,
    plain_number,
)
from kvaljury.files.workbooks.styles import Meaning
from kvaljury.files.workbooks.texts import unescaped

_TRUTHS = {"0": "false", "1": "true", "false": "false", "true": "true"}

Value = tuple[CellKind, str, bool]
"""Kind and text of a cell, and whether its number is shown as percent."""


@attrs.frozen(eq=False)
class Readings:
    """How the values of a workbook are read.

    Attributes:
        strings: the texts that cells share.
        meanings: what numbers mean by style; empty where the workbook has no styles.
        is_1904: whether dates count from 1904.
    """

    strings: Sequence[str]
    meanings: Sequence[Meaning]
    is_1904: bool

    def read(self, kind: str, text: str, style: str) -> Value | None:
        """Read a value.

        Args:
            kind: the type of the cell as it stands in the file.
            text: its value, which is there but may be empty.
            style: the number of its style as it stands in the file, or empty.

        Returns:
            The value, or None where the cell holds nothing.

        Raises:
            MarkupFault: if it is not understood.
        """
        if kind in {"", "n"}:
            return self._number(text.strip(XML_SPACES), style)
        if kind == "str":
            return CellKind.TEXT, unescaped(text), False
        read = _READERS.get(kind)
        if read is None:
            raise MarkupFault(Text('the type "{kind}" is unknown', kind=quoted(kind)), "bad-cell")
        text = text.strip(XML_SPACES)
        return read(self, text) if text else None

    def _number(self, text: str, style: str) -> Value | None:
        if not text:
            return None
        number = plain_number(text)
        if number is None:
            raise _bad(Text('"{value}" is no number that Excel can hold', value=quoted(text)))
        meaning = self._meaning(style)
        if meaning is Meaning.NUMBER:
            return CellKind.NUMBER, number, False
        if meaning is Meaning.PERCENT:
            return CellKind.NUMBER, as_percent(number), True
        return self._moment(number, meaning)

    def _moment(self, number: str, meaning: Meaning) -> Value:
        if meaning is Meaning.DOUBTFUL:
            raise _bad(Text("its format shows some numbers as percent and others not"))
        if meaning is Meaning.SCALED:
            raise _bad(Text("its format shows numbers divided by a thousand or more"))
        if meaning is Meaning.DURATION:
            shown = as_duration(number)
        else:
            shown = as_moment(number, is_1904=self.is_1904, shows_time=meaning is Meaning.TIMED)
        if shown is None:
            return CellKind.ERROR, OVERFLOW, False
        return CellKind.DATE, shown, False

    def _meaning(self, style: str) -> Meaning:
        # A cell that names no style has the first one, which people may have made one of percent.
        style = style or "0"
        if style == "0" and not self.meanings:
            return Meaning.NUMBER
        index = natural(style)
        if index is None or index >= len(self.meanings):
            raise _bad(Text('its style "{style}" is not in the workbook', style=quoted(style)))
        return self.meanings[index]

    def _shared(self, text: str) -> Value:
        index = natural(text)
        if index is None or index >= len(self.strings):
            said = quoted(text)
            raise _bad(Text('the text number "{number}" is not in the workbook', number=said))
        return CellKind.TEXT, self.strings[index], False

    def _truth(self, text: str) -> Value:
        if text not in _TRUTHS:
            raise _bad(Text('"{value}" is neither true nor false', value=quoted(text)))
        return CellKind.TRUTH, _TRUTHS[text], False

    def _error(self, text: str) -> Value:
        return CellKind.ERROR, unescaped(text), False

    def _iso(self, text: str) -> Value:
        shown = iso_moment(text)
        if shown is None:
            raise _bad(Text('"{value}" is no date that Excel can hold', value=quoted(text)))
        return CellKind.DATE, shown, False


_READERS: dict[str, Callable[[Readings, str], Value]] = {
    "s": Readings._shared,
    "b": Readings._truth,
    "e": Readings._error,
    "d": Readings._iso,
}


def _bad(message: Text) -> MarkupFault:
    return MarkupFault(message, "bad-cell")

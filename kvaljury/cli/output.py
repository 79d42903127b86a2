"""Sentences, tables and documents to the standard streams, on any console."""

from __future__ import annotations

import codecs
import io
import json
import sys
import textwrap
import unicodedata
from collections.abc import Sequence
from typing import Any, Literal, TextIO

import attrs

from kvaljury.cli.language import NO_BREAK_SPACE, Language
from kvaljury.cli.streams import silence, standard_error, standard_output
from kvaljury.errors import Text

_WIDTH = 120
_NARROWEST_LAST = 24
_NARROWEST_GRID = 80
_PLAINLY = "kvaljury-plainly"
_PLAIN_SIGNS = {
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{MINUS SIGN}": "-",
    "\N{NON-BREAKING HYPHEN}": "-",
    "\N{LEFT DOUBLE QUOTATION MARK}": '"',
    "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{HORIZONTAL ELLIPSIS}": "...",
    "\N{MULTIPLICATION SIGN}": "x",
    NO_BREAK_SPACE: " ",
}
_KEPT = {NO_BREAK_SPACE, "\N{ZERO WIDTH JOINER}", "\N{SOFT HYPHEN}"}


def shown(text: str) -> str:
    r"""Make a string harmless on a terminal: one line, no control or direction characters.

    >>> shown("Rosen\x1b[2J\nRad två")
    'Rosen?[2J Rad två'
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in _KEPT else _stand_in(c) for c in text)


def _stand_in(character: str) -> str:
    return " " if character.isspace() else "?"


def width(text: str) -> int:
    """Count the columns that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


@attrs.frozen
class Column:
    """A column of a table.

    Attributes:
        title: what stands at its head.
        right: True for numbers.
        wraps: True for the last column, whose text may run over several lines.
    """

    title: Text | str
    right: bool = False
    wraps: bool = False


def prepare_streams() -> None:
    """Keep each stream's encoding, but let characters it lacks be shown by ASCII ones.

    Dashes, quotes and spaces have a plain sign that says the same; others become ``?``.
    """
    codecs.register_error(_PLAINLY, _plainly)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.closed:
            stream.reconfigure(errors=_PLAINLY)


def _plainly(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(_PLAIN_SIGNS.get(character, "?") for character in lacking), error.end


@attrs.frozen
class Output:
    """What a command says, in one language."""

    language: Language

    def line(self, text: Text | str = "", indent: int = 0) -> None:
        """Print one line; whatever it holds, it stays one line."""
        standard_output().write(" " * indent + shown(self.language.render(text)) + "\n")

    def paragraph(self, text: Text | str, indent: int = 0) -> None:
        """Print running text, broken to the width of a page."""
        room = textwrap.TextWrapper(
            width=_WIDTH,
            initial_indent=" " * indent,
            subsequent_indent=" " * indent,
            break_on_hyphens=False,
            break_long_words=False,
        )
        for line in room.wrap(shown(self.language.render(text))):
            standard_output().write(line + "\n")

    def heading(self, text: Text | str) -> None:
        """Print a line with an empty one before it and a rule under it."""
        title = shown(self.language.render(text))
        standard_output().write(f"\n{title}\n{'-' * width(title)}\n")

    def complaint(self, text: Text | str, indent: int = 0) -> None:
        """Print one line where errors and warnings go; where nobody can read it, drop it."""
        self.verbatim_complaint(" " * indent + shown(self.language.render(text)) + "\n")

    def verbatim_complaint(self, lines: str) -> None:
        """Print whole lines as they are where errors go, as `complaint` does."""
        stream = standard_error()
        if stream is None:
            return
        try:
            stream.write(lines)
        except (OSError, ValueError):
            silence(stream)

    def json(self, value: Any) -> None:
        """Print a JSON document; half a surrogate pair, as odd paths have, is escaped."""
        text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
        self.document(text.encode("utf-8", "backslashreplace"))

    def document(self, content: bytes) -> None:
        """Write a UTF-8 document as it is, whatever the stream's encoding."""
        stream = standard_output()
        stream.flush()
        if hasattr(stream, "buffer"):
            stream.buffer.write(content)
            stream.buffer.flush()
        else:
            stream.write(content.decode())

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
        """Show a table: ruled on a terminal with room for it, else aligned plain text.

        Args:
            columns: only the last may wrap.
            rows: cells in the order of the columns, already in words.
        """
        heads = [shown(self.language.render(column.title)) for column in columns]
        cells = [[shown(cell) for cell in row] for row in rows]
        stream = standard_output()
        if not (stream.isatty() and _ruled(stream, columns, heads, cells)):
            stream.write("".join(line + "\n" for line in _aligned(columns, heads, cells)))


def _ruled(
    stream: TextIO, columns: Sequence[Column], heads: list[str], cells: list[list[str]]
) -> bool:
    """Draw a grid, or tell that the terminal is too narrow for one."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text as Words

    console = Console(file=stream, markup=False, emoji=False, highlight=False)
    table = Table(box=box.ASCII2, highlight=False)
    widths = _room_for(heads, cells, console.width - 3 * len(columns) - 1)
    if widths is None or console.width < _NARROWEST_GRID:
        return False
    for column, head, size in zip(columns, heads, widths, strict=True):
        justify: Literal["left", "right"] = "right" if column.right else "left"
        table.add_column(Words(head), justify=justify, width=size, overflow="fold")
    for row in cells:
        table.add_row(*(Words(cell) for cell in row))
    console.print(table)
    return True


def _room_for(heads: list[str], cells: list[list[str]], room: int) -> list[int] | None:
    """Share a terminal's columns out so that no word is split; None where they are too few."""
    least = [_widest(" ".join(texts).split()) for texts in zip(heads, *cells, strict=True)]
    wanted = [max(least[i], _widest([row[i] for row in cells])) for i in range(len(heads))]
    if sum(least) > room:
        return None
    while sum(least) < min(room, sum(wanted)):
        neediest = max(range(len(heads)), key=lambda i: wanted[i] - least[i])
        least[neediest] += 1
    return least


def _widest(texts: Sequence[str]) -> int:
    return max(map(width, texts), default=0)


def _aligned(columns: Sequence[Column], heads: list[str], cells: list[list[str]]) -> list[str]:
    every = [heads, *cells]
    widths = [max(width(row[i]) for row in every) for i in range(len(columns))]
    if columns[-1].wraps:
        left = sum(widths[:-1]) + 2 * (len(columns) - 1)
        widths[-1] = min(widths[-1], max(_WIDTH - left, _NARROWEST_LAST))
    lines = [line for row in every for line in _row(columns, row, widths)]
    rule = "  ".join("-" * size for size in widths)
    return [lines[0], rule, *lines[1:]]


def _row(columns: Sequence[Column], row: list[str], widths: list[int]) -> list[str]:
    *fixed, last = row
    parts = textwrap.wrap(last, widths[-1], break_on_hyphens=False) if columns[-1].wraps else [last]
    lines = [[*fixed, (parts or [""])[0]], *([*[""] * len(fixed), part] for part in parts[1:])]
    return ["  ".join(map(_padded, line, widths, columns)).rstrip() for line in lines]


def _padded(cell: str, size: int, column: Column) -> str:
    gap = " " * (size - width(cell))
    return gap + cell if column.right else cell + gap

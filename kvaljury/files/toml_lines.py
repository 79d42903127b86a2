"""Text of a valid TOML document to the line on which each key and array item stands."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from unicodedata import normalize

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\n]++|#[^\n]*+)*+")
_SPACE = re.compile(r"[ \t]*+")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]++")
_STRING = re.compile(
    r'"""(?:\\.|"{1,2}(?!")|[^"\\]++)*+"{3,5}'
    r"|'''(?:'{1,2}(?!')|[^']++)*+'{3,5}"
    r'|"(?:\\.|[^"\\\n]++)*+"'
    r"|'[^'\n]*+'",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}\n#]++")


class _Scanner:
    """One pass over a text that the parser has found valid."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.lines: dict[Path, int] = {}
        self.table: Path = ()
        self.tables_in: dict[Path, int] = {}

    def skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        assert match  # noqa: S101  # the parser has accepted the text
        self.at = match.end()
        return match.group()

    def next_is(self, token: str) -> bool:
        if found := self.text.startswith(token, self.at):
            self.at += len(token)
        return found

    def note(self, path: Path) -> None:
        self.lines.setdefault(path, bisect_right(self.starts, self.at))

    def document(self) -> None:
        self.skip(_BLANK)
        while self.at < len(self.text):
            if self.next_is("[["):
                self.array_header()
            elif self.next_is("["):
                self.table = self.resolve(self.key())
                self.at += 1
            else:
                self.pair(self.table)
            self.skip(_BLANK)

    def array_header(self) -> None:
        key = self.key()
        array = (*self.resolve(key[:-1]), key[-1])
        self.note(array)
        index = self.tables_in.get(array, 0)
        self.tables_in[array] = index + 1
        self.table = (*array, index)
        self.note(self.table)
        self.at += 2

    def resolve(self, key: list[str]) -> Path:
        path: Path = ()
        for part in key:
            path = (*path, part)
            self.note(path)
            if path in self.tables_in:
                path = (*path, self.tables_in[path] - 1)
        return path

    def key(self) -> list[str]:
        parts = []
        while True:
            self.skip(_SPACE)
            quoted = self.text[self.at] in "\"'"
            part = self.skip(_STRING if quoted else _BARE_KEY)
            parts.append(normalize("NFC", tomllib.loads(f"k={part}")["k"] if quoted else part))
            self.skip(_SPACE)
            if not self.next_is("."):
                return parts

    def pair(self, table: Path) -> None:
        path = table
        self.note(table)
        for part in self.key():
            path = (*path, part)
            self.note(path)
        self.at += 1
        self.value(path)

    def value(self, path: Path) -> None:
        self.skip(_SPACE)
        if self.next_is("["):
            self.array(path)
        elif self.next_is("{"):
            self.inline_table(path)
        else:
            self.skip(_STRING if self.text[self.at] in "\"'" else _SCALAR)

    def array(self, path: Path) -> None:
        index = 0
        self.skip(_BLANK)
        while not self.next_is("]"):
            item = (*path, index)
            self.note(item)
            self.value(item)
            self.skip(_BLANK)
            index += self.next_is(",")
            self.skip(_BLANK)

    def inline_table(self, path: Path) -> None:
        self.skip(_BLANK)
        while not self.next_is("}"):
            self.pair(path)
            self.skip(_BLANK)
            self.next_is(",")
            self.skip(_BLANK)


def line_by_path(text: str) -> dict[Path, int]:
    r"""Find the line of every key and array item.

    Args:
        text: a valid TOML document with ``\n`` line ends.

    Returns:
        Line numbers from 1 by path; a path is made of keys in NFC and of indices from 0.

    >>> line_by_path("[a]\nb.c = [1,\n2]")[("a", "b", "c", 1)]
    3
    """
    scanner = _Scanner(text)
    scanner.document()
    scanner.lines.pop((), None)
    return scanner.lines

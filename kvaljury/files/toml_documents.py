"""A TOML file to plain values, or to attrs values, with every fault at its line."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import TypeVar
from unicodedata import normalize

import attrs

from kvaljury.errors import Source, Text
from kvaljury.files import characters
from kvaljury.files.input_files import read_input
from kvaljury.files.log import InputLog
from kvaljury.files.strict_structure import structure_strictly
from kvaljury.files.toml_lines import line_by_path

T = TypeVar("T")

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_POSITION = re.compile(r"\(at line (\d+), column \d+\)$")
_LONGEST_NUMBER = 30
_LARGEST_NUMBER = 10**15
_SEED = ("calibration", "seed")  # any number of 64 bits, which nothing is reckoned with
_MEGABYTES = 2
_DEEPEST = 100
_TOO_DEEP = Text("brackets or keys are nested too deeply")
KeyPath = tuple[str | int, ...]


class _NoNumber:
    """Stands where a float was nan, inf, or too long to be meant."""


@attrs.frozen
class TomlDocument:
    r"""A TOML file that was read whole.

    Attributes:
        file: address relative to the edition folder, with forward slashes.
        data: dict, list, str (NFC), int, Fraction, bool and datetime values; floats are exact.
        text: the file's text with ``\n`` line ends.
    """

    file: str
    data: dict[str, object]
    text: str = attrs.field(eq=False, repr=False)

    @cached_property
    def lines(self) -> Mapping[KeyPath, int]:
        """Line numbers from 1 by path of keys and of indices from 0."""
        return line_by_path(self.text)

    def source(self, *path: str | int) -> Source:
        r"""Give the address of a key or list item.

        Args:
            path: keys, and indices from 0.

        Returns:
            File, line (of the nearest thing that stands in the file) and the dotted key, in
            which list items count from 1.

        >>> TomlDocument("a.toml", {}, "[u]\n\n[x]").source("x", 0, "y")
        Source(file='a.toml', line=3, detail='x[1].y')
        """
        lengths = range(len(path), 0, -1)
        line = next((self.lines[path[:n]] for n in lengths if path[:n] in self.lines), 0)
        return Source(self.file, line, _dotted(path))

    def structure(self, cls: type[T], log: InputLog) -> T | None:
        """Make an attrs value of the whole document; nothing is coerced.

        Keys that are unknown or hold something else than expected are noted and left out, so
        that what else is wrong can be found in the same run.

        Args:
            cls: an attrs class; see :func:`~kvaljury.files.strict_structure.structure_strictly`.
            log: gets every fault of the document.

        Returns:
            The value, without what is at fault; or None where it cannot do without.
        """
        made = structure_strictly(self.data, cls)
        if not isinstance(made, list):
            return made
        for misfit in made:
            log.fault(misfit.code, self.source(*misfit.path), misfit.message, misfit.hint)
        if any(misfit.code == "missing-key" for misfit in made):
            return None
        rest = structure_strictly(_without(self.data, {misfit.path for misfit in made}), cls)
        return None if isinstance(rest, list) else rest


def read_toml(path: Path, file: str, log: InputLog) -> TomlDocument | None:
    """Read a TOML file; hash and parse the same bytes.

    Args:
        path: where it lies.
        file: its address relative to the edition folder, with forward slashes.
        log: gets the hash and every fault.

    Returns:
        The document, or None where it is missing or faulty.

    Raises:
        DiskFault: if the file is there but cannot be read.
    """
    content = read_input(path, file, _MEGABYTES, log)
    return None if content is None else parse_toml(content, file, log)


def parse_toml(content: bytes, file: str, log: InputLog) -> TomlDocument | None:
    """Parse the bytes of a TOML file, with arguments and result as for :func:`read_toml`."""
    log.hashes[file] = hashlib.sha256(content).hexdigest()
    text = _decode(content, file, log)
    if text is None:
        return None
    try:
        data = tomllib.loads(text, parse_float=_exact_float)
        faults = list(_value_faults(data, ()))
        document = TomlDocument(file, _normalised(data), text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        _note_syntax(str(error), file, log)
        return None
    except RecursionError:
        log.fault("too-deep", Source(file), _TOO_DEEP)
        return None
    except ValueError:  # the interpreter refuses whole numbers of thousands of digits
        line = 1 + text[: _longest_digits(text)].count("\n")
        log.fault("not-a-number", Source(file, line), Text("the number is too long"))
        return None
    for path, code, message in faults:
        log.fault(code, document.source(*path), message)
    return None if faults else document


def _without(value: object, paths: Collection[KeyPath], at: KeyPath = ()) -> object:
    """Copy plain values without the keys at the paths; items of a list stay where they are."""
    if isinstance(value, dict):
        return {
            key: _without(item, paths, (*at, key))
            for key, item in value.items()
            if (*at, key) not in paths
        }
    if isinstance(value, list):
        return [_without(item, paths, (*at, index)) for index, item in enumerate(value)]
    return value


def _decode(content: bytes, file: str, log: InputLog) -> str | None:
    remedy = Text("save it as UTF-8 without byte order mark")
    if content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        message = Text("the file begins with a byte order mark (BOM), which must not stand there")
        log.fault("byte-order-mark", Source(file, 1), message, remedy)
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = 1 + content[: error.start].count(b"\n")
        log.fault("not-utf-8", Source(file, line), Text("the text is not in UTF-8"), remedy)
        return None


def _exact_float(literal: str) -> Fraction | _NoNumber:
    if len(literal) > _LONGEST_NUMBER or literal.lstrip("+-") in {"nan", "inf"}:
        return _NoNumber()
    mantissa, _, exponent = literal.lower().partition("e")
    if exponent and abs(int(exponent)) > _LONGEST_NUMBER:
        return _NoNumber()
    return Fraction(Decimal(f"{mantissa}e{exponent or 0}"))


def _value_faults(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, str, Text]]:
    if isinstance(value, _NoNumber):
        yield path, "not-a-number", Text("nan, inf and endless numbers are no numbers here")
    elif isinstance(value, int | Fraction) and not -_limit(path) < value < _limit(path):
        yield path, "not-a-number", Text("the number is too long")
    elif len(path) > _DEEPEST:
        raise RecursionError
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _value_faults(item, (*path, index))
    elif isinstance(value, dict):
        if len({normalize("NFC", key) for key in value}) < len(value):
            yield path, "same-key", Text("two keys differ only in how their letters are stored")
        for key, item in value.items():
            yield from _value_faults(item, (*path, normalize("NFC", key)))


def _limit(path: KeyPath) -> int:
    return 2**63 if path == _SEED else _LARGEST_NUMBER


def _normalised(table: dict[str, object]) -> dict[str, object]:
    return {normalize("NFC", key): _normalised_value(value) for key, value in table.items()}


def _normalised_value(value: object) -> object:
    if isinstance(value, str):
        return normalize("NFC", value)
    if isinstance(value, list):
        return [_normalised_value(item) for item in value]
    return _normalised(value) if isinstance(value, dict) else value


def _longest_digits(text: str) -> int:
    return max(re.finditer(r"[0-9_]++", text), key=lambda run: len(run.group())).start()


def _note_syntax(said: str, file: str, log: InputLog) -> None:
    place = _POSITION.search(said)
    reason = said[: place.start()].strip() if place else said
    log.fault(
        "broken-toml",
        Source(file, int(place[1]) if place else 0),
        Text("this is not TOML: {reason}", reason=reason),
        Text("texts stand in quotes, tables in [brackets], one key = value a line"),
    )


def _dotted(path: KeyPath) -> str:
    dotted = ""
    for part in path:
        if isinstance(part, int):
            dotted += f"[{part + 1}]"
        else:
            quoted = part if _BARE.fullmatch(part) else f'"{characters.quoted(part)}"'
            dotted += f".{quoted}" if dotted else quoted
    return dotted

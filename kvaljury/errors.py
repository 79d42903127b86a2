"""Every deliberate error, with the translatable text and the address that it carries."""

from __future__ import annotations

from collections.abc import Iterable
from functools import total_ordering
from typing import ClassVar

import attrs


@attrs.frozen(init=False)
class Text:
    """A sentence that the shell shows in the reader's language.

    Text of the house is written in English and found in the Swedish catalogue; text from
    rule sets and plugins carries its own Swedish. Parameters are filled in after translation,
    so that numbers can follow the language.

    Attributes:
        en: English template with ``{name}`` placeholders.
        sv: Swedish template, or None to look it up in the catalogue.
        parameters: the values of the placeholders, sorted by name; a value may be a Text.

    >>> str(Text("{n} of {total} marks", n=3, total=4))
    '3 of 4 marks'
    """

    en: str
    sv: str | None
    parameters: tuple[tuple[str, object], ...]

    def __init__(self, en: str, /, sv: str | None = None, **parameters: object) -> None:
        self.__attrs_init__(en, sv, tuple(sorted(parameters.items())))

    def __str__(self) -> str:
        return self.en.format_map(dict(self.parameters)) if self.parameters else self.en


@total_ordering
@attrs.frozen
class Source:
    """Where in the input something stands; sources are ordered as one reads the files.

    Attributes:
        file: path relative to the edition folder, with forward slashes.
        line: line or row number from 1; 0 where the file or sheet as a whole is meant.
        detail: a key, column or cell (``D12``) within the line, or empty.
        sheet: name of the sheet of a workbook, or empty.

    >>> str(Source("marks/E07.csv", 12, "mark"))
    'marks/E07.csv:12: mark'
    >>> str(Source("marks/E07.xlsx", 12, "D12", "F01"))
    'marks/E07.xlsx: sheet F01, cell D12'
    """

    file: str
    line: int = 0
    detail: str = ""
    sheet: str = ""

    def __lt__(self, other: Source) -> bool:
        if not isinstance(other, Source):
            return NotImplemented
        return self._order() < other._order()

    def __str__(self) -> str:
        return str(self.said())

    def said(self) -> Text:
        """Give the address in words."""
        if self.sheet and self.detail:
            return Text(
                "{file}: sheet {sheet}, cell {cell}",
                sv="{file}: blad {sheet}, cell {cell}",
                file=self.file,
                sheet=self.sheet,
                cell=self.detail,
            )
        if self.sheet and self.line:
            return Text(
                "{file}: sheet {sheet}, row {row}",
                sv="{file}: blad {sheet}, rad {row}",
                file=self.file,
                sheet=self.sheet,
                row=str(self.line),
            )
        if self.sheet:
            template = ("{file}: sheet {sheet}", "{file}: blad {sheet}")
            return Text(template[0], sv=template[1], file=self.file, sheet=self.sheet)
        place = f"{self.file}:{self.line}" if self.line else self.file
        said = f"{place}: {self.detail}" if self.detail else place
        return Text("{place}", sv="{place}", place=said)

    def _order(self) -> tuple[str, str, int, str]:
        return self.file, self.sheet, self.line, self.detail


@attrs.define(eq=False)
class KvaljuryError(Exception):
    """Something kvaljury refuses on purpose, said so that a civil servant can mend it.

    Attributes:
        message: what is, and what was expected.
        where: the address, or None where there is none.
        hint: what to do about it.
        code: stable kebab-case name of the kind of error.
    """

    message: Text
    where: Source | None = None
    hint: Text | None = None
    code: str = "error"
    exit_code: ClassVar[int] = 1

    def __str__(self) -> str:
        address = f"{self.where}: " if self.where else ""
        return f"{address}{self.message}" + (f" ({self.hint})" if self.hint else "")


@attrs.define(eq=False)
class UsageFault(KvaljuryError):
    """The command was called in a way that cannot be carried out."""

    code: str = "usage"
    exit_code: ClassVar[int] = 2


@attrs.define(eq=False)
class InputFault(KvaljuryError):
    """One fault in one input file."""

    code: str = "input"
    exit_code: ClassVar[int] = 3


@attrs.define(eq=False)
class InputFaults(KvaljuryError):
    """All faults of the input, collected and raised once.

    Attributes:
        faults: every fault, sorted by address.
    """

    code: str = "input-faults"
    faults: tuple[InputFault, ...] = ()
    exit_code: ClassVar[int] = 3

    @classmethod
    def of(cls, faults: Iterable[InputFault]) -> InputFaults:
        """Collect faults in the order of their addresses.

        Args:
            faults: at least one fault.

        Returns:
            One error whose text lists them all, one a line.
        """
        ordered = tuple(sorted(faults, key=lambda f: (f.where or Source(""), str(f.message))))
        return cls(Text("{n} faults in the input", n=len(ordered)), faults=ordered)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


@attrs.define(eq=False)
class PluginFault(KvaljuryError):
    """A plugin is at fault; the message names it and where it comes from.

    Attributes:
        plugin: kind and name of what it offered, where the fault came up in use.
    """

    code: str = "plugin"
    plugin: str = ""
    exit_code: ClassVar[int] = 4


@attrs.define(eq=False)
class RulesFault(KvaljuryError):
    """The rules cannot be applied to these data; the hint says what would mend it."""

    code: str = "rules"
    exit_code: ClassVar[int] = 5


@attrs.define(eq=False)
class VerificationFault(KvaljuryError):
    """An output or record is not what it claims to be."""

    code: str = "not-verified"
    exit_code: ClassVar[int] = 6


@attrs.define(eq=False)
class DiskFault(KvaljuryError):
    """The disk, a lock or a permission is in the way."""

    code: str = "disk"
    exit_code: ClassVar[int] = 7

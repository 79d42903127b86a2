"""What reading an edition folder found: faults, warnings, hashes and cell counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from kvaljury.errors import InputFault, InputFaults, Source, Text

if TYPE_CHECKING:
    from kvaljury.files.form_files import Forms
    from kvaljury.files.workbooks.contents import Workbook


def said_of(source: Source | None) -> Text | str:
    """Give the address of a value that was read, in words; empty for one made otherwise."""
    return source.said() if source else ""


@attrs.frozen
class InputWarning:
    """Something in the input that people should look at and that stops nothing."""

    message: Text
    where: Source
    hint: Text | None = None
    code: str = "warning"

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" + (f" ({self.hint})" if self.hint else "")


@attrs.frozen(order=True)
class CellTally:
    """How many data cells of a file were accepted, blank and refused; they sum to ``cells``.

    Attributes:
        file: path relative to the edition folder.
    """

    file: str
    cells: int
    accepted: int
    blank: int
    refused: int


@attrs.define
class InputLog:
    """Collects everything that the readers find, so that it is shown at once.

    Attributes:
        faults: in the order of finding.
        warnings: in the order of finding.
        hashes: SHA-256 in hexadecimal by path relative to the edition folder.
        tallies: cell counts of every table.
        refused_ids: ids of records that were refused, by kind (``"entry"``), so that what
            refers to them is not called unknown on top of it.
        unread: kinds of record whose file could not be read, for the same reason.
        workbooks: what has been read of workbooks by address, None for one that was refused:
            several readers look into one workbook, whose bytes are read once.
        forms: what stands in the forms of marks/ and consensus/, for the same reason; None
            before anybody asked.
    """

    faults: list[InputFault] = attrs.field(factory=list)
    warnings: list[InputWarning] = attrs.field(factory=list)
    hashes: dict[str, str] = attrs.field(factory=dict)
    tallies: list[CellTally] = attrs.field(factory=list)
    refused_ids: dict[str, set[str]] = attrs.field(factory=dict)
    unread: set[str] = attrs.field(factory=set)
    workbooks: dict[str, Workbook | None] = attrs.field(factory=dict)
    forms: Forms | None = None

    def tally(self, file: str, cells: int, accepted: int, blank: int, refused: int) -> None:
        """Count cells of a file; those of several tables of one workbook are added up."""
        for index, known in enumerate(self.tallies):
            if known.file == file:
                added = (known.cells + cells, known.accepted + accepted)
                rest = (known.blank + blank, known.refused + refused)
                self.tallies[index] = CellTally(file, *added, *rest)
                return
        self.tallies.append(CellTally(file, cells, accepted, blank, refused))

    def fault(self, code: str, where: Source, message: Text, hint: Text | None = None) -> None:
        """Note a fault.

        Args:
            code: kebab-case kind of fault.
            where: the address.
            message: what is, and what was expected.
            hint: what to do about it.
        """
        self.faults.append(InputFault(message, where, hint, code))

    def warn(self, code: str, where: Source, message: Text, hint: Text | None = None) -> None:
        """Note a warning, with arguments as for a fault."""
        self.warnings.append(InputWarning(message, where, hint, code))

    def refuse(self, kind: str, name: str) -> None:
        """Remember that the record of an id was refused."""
        self.refused_ids.setdefault(kind, set()).add(name)

    def may_exist(self, kind: str, name: str) -> bool:
        """Tell whether an id that is not known may stand in what was refused."""
        return kind in self.unread or name in self.refused_ids.get(kind, ())

    def raise_faults(self) -> None:
        """Raise every fault that was noted, once.

        Raises:
            InputFaults: if there is any.
        """
        if self.faults:
            raise InputFaults.of(self.faults)

"""What reading an edition folder found: faults, warnings, hashes and cell counts."""

from __future__ import annotations

import attrs

from kvaljury.errors import InputFault, InputFaults, Source, Text


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
    """

    faults: list[InputFault] = attrs.field(factory=list)
    warnings: list[InputWarning] = attrs.field(factory=list)
    hashes: dict[str, str] = attrs.field(factory=dict)
    tallies: list[CellTally] = attrs.field(factory=list)
    refused_ids: dict[str, set[str]] = attrs.field(factory=dict)
    unread: set[str] = attrs.field(factory=set)

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

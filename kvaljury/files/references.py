"""Ids that one file uses and another defines: known, unknown, or refused where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import attrs

from kvaljury.errors import InputFault, Source, Text
from kvaljury.files.log import InputLog
from kvaljury.files.nearest import nearest_word
from kvaljury.files.records import Record

IdKind = Literal["entry", "examiner", "juror"]
_UNKNOWN = {
    "entry": Text("no entry has this id; entries stand in entries.toml or entries.csv"),
    "examiner": Text("no team has an examiner with this id; see teams.toml"),
    "juror": Text("no member has this id; see jury.toml"),
}


@attrs.define(eq=False)
class _Stray:
    """The one fault about an unknown id in a file, and in how many places it stands there."""

    fault: InputFault
    places: int = 1


@attrs.frozen
class KnownIds:
    """The ids of one kind that the edition has.

    Attributes:
        kind: what they are ids of.
        ids: exactly as they are defined.
        log: knows which records were refused, and gets one fault a file for each unknown id.
    """

    kind: IdKind
    ids: frozenset[str]
    log: InputLog
    _strays: dict[tuple[str, str], _Stray] = attrs.field(
        factory=dict, init=False, eq=False, repr=False
    )

    @classmethod
    def of(cls, kind: IdKind, ids: Iterable[str], log: InputLog) -> KnownIds:
        """Collect ids."""
        return cls(kind, frozenset(ids), log)

    def misfit(self, name: str) -> tuple[str, Text, Text] | None:
        """Say what is wrong with an id that is not known, as code, message and hint.

        Returns:
            None for a known id, and for one whose own record was refused: that is said there.
        """
        if name in self.ids or self.log.may_exist(self.kind, name):
            return None
        near = nearest_word(name, self.ids)
        hint = Text("did you mean {name}?", name=near) if near else _UNKNOWN[self.kind]
        return f"unknown-{self.kind}", self._stranger(name), hint

    def check(self, name: str, where: Source) -> bool:
        """Tell whether an id is known, and note a fault where it is not and nothing said so."""
        stray = self._strays.get((where.file, name))
        if stray:
            stray.places += 1
            stray.fault.message = self._repeated(name, stray.places)
        elif misfit := self.misfit(name):
            code, message, hint = misfit
            self.log.fault(code, where, message, hint)
            self._strays[where.file, name] = _Stray(self.log.faults[-1])
        return name in self.ids

    def read(self, record: Record, field: str) -> str | None:
        """Give the known id of a cell; refuse the record where it is not known."""
        given = record.cells.get(field)
        if isinstance(given, str) and given in self.ids:
            return given
        name = record.exact_text(field)
        if name is None:
            return None
        self.check(name, record.where(field))
        record.refused = True
        return None

    def _stranger(self, name: str) -> Text:
        if self.kind == "entry":
            return Text('the entry "{id}" is unknown', id=name)
        if self.kind == "juror":
            return Text('the member "{id}" is unknown', id=name)
        return Text('the examiner "{id}" is unknown', id=name)

    def _repeated(self, name: str, places: int) -> Text:
        if self.kind == "juror":
            return Text(
                'the member "{id}" is unknown; it stands in {n} places here', id=name, n=places
            )
        if self.kind == "entry":
            return Text(
                'the entry "{id}" is unknown; it stands in {n} places here', id=name, n=places
            )
        return Text(
            'the examiner "{id}" is unknown; it stands in {n} places here', id=name, n=places
        )

"""entries.toml, entries.csv or entries.xlsx to entries; all pass the same checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import ClassVar

import attrs

from kvaljury.core.model import (
    Entry,
    EntryClass,
    FormulaPolicy,
    Kind,
    Operator,
    Predecessor,
    State,
)
from kvaljury.errors import Source, Text
from kvaljury.files.characters import LONGEST_NAME, LONGEST_PROSE, SPACES, quoted
from kvaljury.files.data_files import table_files
from kvaljury.files.headers import ENTRIES
from kvaljury.files.log import InputLog
from kvaljury.files.nearest import nearest_hint
from kvaljury.files.numbers import as_shown, is_year, parse_whole
from kvaljury.files.records import Record
from kvaljury.files.strict_structure import kind_of_value
from kvaljury.files.tables import Table, read_table
from kvaljury.files.toml_documents import TomlDocument, read_toml
from kvaljury.files.value_words import BASIC_CONTROLS, OPERATORS, STATES, YES_NO

_FIELDS = tuple(column.field for column in ENTRIES.columns)
_FILES = ("entries.toml", "entries.csv", "entries.xlsx")
_WHOLE = Fraction(100)

_Found = tuple[Sequence[Record], Table | None]


@attrs.define(eq=False)
class TomlRecord(Record):
    """One table of ``[[entries]]``.

    Attributes:
        document: the file.
        index: position in the list, from 0.
    """

    document: TomlDocument
    index: int
    is_typed: ClassVar[bool] = True

    def where(self, field: str = "") -> Source:
        """Give the address of a key, or of the table."""
        return self.document.source("entries", self.index, *([field] if field else []))


def read_entries(
    folder: Path,
    classes: Sequence[EntryClass] | None,
    log: InputLog,
    formulas: FormulaPolicy = FormulaPolicy.REFUSE,
) -> tuple[Entry, ...]:
    """Read the entries of an edition.

    Args:
        folder: the edition folder.
        classes: those of the edition, or None where they could not be read; then every class
            is let through, since nothing will be made of the entries.
        log: gets every fault and warning.
        formulas: what becomes of cells of a workbook that hold a formula.

    Returns:
        Those without a fault, sorted by id.
    """
    faults_before = len(log.faults)
    present = table_files(folder, _FILES, log)
    found = _records(folder, present, formulas, log)
    if found is None:
        log.unread.add("entry")
        return ()
    records, table = found
    entries = tuple(_distinct(records, classes))
    if table:
        table.note_tally(log)
        if not table.is_whole:
            log.unread.add("entry")
    for record in records:
        name = record.cells.get("id")
        if record.refused and isinstance(name, str):
            log.refuse("entry", name)
    if not records:
        log.unread.add("entry")
    if not records and len(log.faults) == faults_before:
        message = Text("the edition has no entry; at least one was expected")
        log.fault("empty-edition", Source(present[0]), message)
    return tuple(sorted(entries, key=lambda entry: entry.id))


def _records(
    folder: Path, present: Sequence[str], formulas: FormulaPolicy, log: InputLog
) -> _Found | None:
    """Give the records of the one file there is; note a fault for none."""
    if not present:
        message = Text(
            "there are no entries: entries.xlsx, entries.csv or entries.toml was expected"
        )
        log.fault("missing-file", Source("entries.csv"), message)
    if len(present) != 1:
        return None
    if present[0] == _FILES[0]:
        return _from_toml(folder / present[0], log)
    table = read_table(folder / present[0], present[0], ENTRIES, log, formulas)
    return (table.rows, table) if table else None


def _from_toml(path: Path, log: InputLog) -> _Found | None:
    document = read_toml(path, path.name, log)
    if document is None:
        return None
    for key in sorted(document.data.keys() - {"entries"}):
        _refuse_key(document.source(key), key, ("entries",), log)
    found = document.data.get("entries", [])
    if not isinstance(found, list):
        _refuse_shape(document.source("entries"), found, Text("a list of tables"), log)
        return None
    made = (_toml_record(document, index, table, log) for index, table in enumerate(found))
    return [record for record in made if record], None


def _toml_record(
    document: TomlDocument, index: int, table: object, log: InputLog
) -> TomlRecord | None:
    if not isinstance(table, dict):
        _refuse_shape(document.source("entries", index), table, Text("a table"), log)
        return None
    cells = {
        key: value.strip(SPACES) if isinstance(value, str) else value
        for key, value in table.items()
        if not isinstance(value, str) or value.strip(SPACES)
    }
    record = TomlRecord(cells, log, document, index)
    for key in sorted(table.keys() - set(_FIELDS)):
        _refuse_key(record.where(key), key, _FIELDS, log)
        record.refused = True
    return record


def _refuse_key(where: Source, key: str, known: Sequence[str], log: InputLog) -> None:
    log.fault(
        "unknown-key", where, Text("the key {key} is unknown", key=key), nearest_hint(key, known)
    )


def _refuse_shape(where: Source, found: object, expected: Text, log: InputLog) -> None:
    message = Text(
        "{found} stands where {expected} was expected",
        found=kind_of_value(found),
        expected=expected,
    )
    log.fault("wrong-value", where, message, Text("begin each entry with [[entries]]"))


def _distinct(records: Sequence[Record], classes: Sequence[EntryClass] | None) -> Iterator[Entry]:
    first: dict[str, Record] = {}
    for record in records:
        entry = _read_entry(record, classes)
        name = record.cells.get("id")
        if not isinstance(name, str):
            continue
        other = first.setdefault(name.casefold(), record)
        if other is not record:
            _refuse_double(record, name, other)
        elif entry:
            yield entry


def _refuse_double(record: Record, name: str, other: Record) -> None:
    message = Text(
        'the id "{id}" is taken: "{other}" stands at {where}',
        id=quoted(name),
        other=quoted(str(other.cells["id"])),
        where=other.where("id").said(),
    )
    hint = Text("give each entry an id of its own; capitals do not tell ids apart")
    record.fault("id", "same-id", message, hint)


def _read_entry(record: Record, classes: Sequence[EntryClass] | None) -> Entry | None:
    record.require("id", "name", "class")
    entry_id, name = record.id("id"), record.line("name")
    entry_class = read_class(record, classes)
    entry = Entry(
        id=entry_id or "",
        name=name or "",
        entry_class=entry_class.id if entry_class else "",
        kind=entry_class.kind if entry_class else Kind.OTHER,
        administration=record.line("administration"),
        state=record.word("state", STATES) or State.COMPETING,
        operator=record.word("operator", OPERATORS),
        financed_by_city=record.word("financed_by_city", YES_NO),
        manager_operations=record.word("manager_operations", YES_NO),
        manager_budget=record.word("manager_budget", YES_NO),
        manager_staff=record.word("manager_staff", YES_NO),
        plan_with_goals=record.word("plan_with_goals", YES_NO),
        sells_single_places=record.word("sells_single_places", YES_NO),
        employees_excluding_manager=record.whole("employees_excluding_manager"),
        stockholm_share=_read_share(record),
        result_previous_year=record.amount("result_previous_year"),
        forecast_current_year=record.amount("forecast_current_year"),
        last_award_year=record.year("last_award_year"),
        last_mention_year=record.year("last_mention_year"),
        predecessors=_read_predecessors(record),
        board_notice_date=record.moment("board_notice_date"),
        bid_received=record.moment("bid_received"),
        basic_control=record.word("basic_control", BASIC_CONTROLS),
        source=record.where(),
    )
    if record.refused:
        return None
    if entry.operator is Operator.CITY and entry.financed_by_city is False:
        message = Text("the unit is run by the city but is not financed by it")
        hint = Text("check the operator and who finances the unit")
        record.warn("financed_by_city", "city-not-financed", message, hint)
    return entry


def read_class(record: Record, classes: Sequence[EntryClass] | None) -> EntryClass | None:
    """Give the class that a cell names by id or title; refuse the record where there is none."""
    given = record.line("class")
    if given is None or classes is None:
        return None
    wanted = given.casefold()
    named = [c for c in classes if c.id.casefold() == wanted]
    titled = [c for c in classes if wanted in {title.casefold() for title in _titles(c)}]
    found = named or titled
    if len(found) == 1:
        return found[0]
    if found:
        message = Text('"{word}" is the title of several classes', word=quoted(given))
        ids = ", ".join(c.id for c in found)
        record.fault("class", "ambiguous-class", message, Text("write one of: {words}", words=ids))
    else:
        message = Text('the class "{word}" is unknown', word=quoted(given))
        words = [word for c in classes for word in (c.id, *_titles(c))]
        record.fault("class", "unknown-class", message, nearest_hint(given, words))
    return None


def _titles(entry_class: EntryClass) -> set[str]:
    title = entry_class.title
    return {" ".join(text.split()) for text in (title.en, title.sv or title.en)}


def _read_share(record: Record) -> Fraction | None:
    share = record.number("stockholm_share")
    if share is None:
        return None
    if not 0 <= share <= _WHOLE:
        message = Text("{share} is no percentage between 0 and 100", share=as_shown(share))
        record.fault("stockholm_share", "out-of-range", message)
        return None
    if 0 < share <= 1:
        message = Text("the share is read as {share} percent", share=as_shown(share))
        record.warn("stockholm_share", "small-share", message, Text("write 51 for 51 percent"))
    return share


def _read_predecessors(record: Record) -> tuple[Predecessor, ...]:
    text = record.line("predecessors", LONGEST_PROSE)
    if text is None:
        return ()
    return tuple(p for part in text.split("|") if (p := _read_predecessor(record, part.strip())))


def _read_predecessor(record: Record, part: str) -> Predecessor | None:
    name, equals, year_text = (piece.strip() for piece in part.rpartition("="))
    if not equals:
        name = part
    year = parse_whole(year_text) if equals else None
    is_misdated = equals and (year is None or not is_year(year))
    if not name or len(name) > LONGEST_NAME or is_misdated:
        message = Text('"{part}" is no predecessor', part=quoted(part))
        hint = Text("write name or name=YEAR, the year of its award, with | between several")
        record.fault("predecessors", "malformed-predecessor", message, hint)
        return None
    return Predecessor(name, year)

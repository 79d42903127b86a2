"""Bytes of an xlsx file to its workbook, or to faults: no value is lost, invented or guessed."""

from __future__ import annotations

import hashlib

import attrs

from kvaljury.errors import InputFault, Source, Text
from kvaljury.files.characters import quoted
from kvaljury.files.log import InputLog
from kvaljury.files.workbooks.cells import is_set
from kvaljury.files.workbooks.contents import Sheet, Visibility, Workbook
from kvaljury.files.workbooks.markup import Attributes, Element, MarkupFault, named, skipping
from kvaljury.files.workbooks.notes import read_notes
from kvaljury.files.workbooks.packages import WORKBOOK, Package, broken_part, open_package
from kvaljury.files.workbooks.parts import (
    RELATIONSHIP_IDS,
    Relationship,
    content_of,
    main_part,
    relationships,
    single_part,
    walk_part,
)
from kvaljury.files.workbooks.sheets import SheetReader
from kvaljury.files.workbooks.styles import MAIN, read_styles
from kvaljury.files.workbooks.texts import read_strings
from kvaljury.files.workbooks.values import Readings

_MOST_SHEETS = 250
_WITHOUT_CELLS = {"chartsheet", "dialogsheet"}
_STATES = {
    "": Visibility.VISIBLE,
    "visible": Visibility.VISIBLE,
    "hidden": Visibility.HIDDEN,
    "veryHidden": Visibility.VERY_HIDDEN,
}


@attrs.frozen
class _Tab:
    """A sheet as the workbook lists it; ``relationship`` names its part."""

    name: str
    visibility: Visibility
    relationship: str


def read_workbook(content: bytes, file: str, log: InputLog) -> Workbook | None:
    """Read an Excel workbook whole.

    Args:
        content: the file.
        file: its address relative to the edition folder.
        log: gets the faults.

    Returns:
        What stands in it; None after at least one fault.
    """
    package = open_package(content, file, log, WORKBOOK)
    if package is None:
        return None
    known = len(log.faults)
    try:
        sheets = _read_sheets(package, log)
    except InputFault as fault:
        log.faults.append(fault)
    for noted in log.faults[known:]:
        noted.hint = noted.hint or WORKBOOK.remedy
    if len(log.faults) > known:
        return None
    return Workbook(file, sheets, hashlib.sha256(content).hexdigest())


def _read_sheets(package: Package, log: InputLog) -> tuple[Sheet, ...]:
    main = main_part(package)
    found = relationships(package, main)
    tabs, is_1904 = _read_tabs(package, main)
    reader = SheetReader(package.file, _readings(package, found, is_1904=is_1904), log)
    sheets = []
    read: set[str] = set()
    for tab in tabs:
        part = _part_of(tab, found, package)
        if part in read:
            raise broken_part(Text("two sheets are one"), Source(package.file, 0, "", tab.name))
        if part is not None:
            read.add(part)
            sheet = reader.read(content_of(package, part), tab.name, tab.visibility)
            sheets.append(attrs.evolve(sheet, notes=read_notes(package, part)))
    return tuple(sheets)


def _readings(package: Package, found: dict[str, Relationship], *, is_1904: bool) -> Readings:
    strings = single_part(package, found, "sharedStrings")
    styles = single_part(package, found, "styles")
    return Readings(
        read_strings(content_of(package, strings), _place(package, strings)) if strings else (),
        read_styles(content_of(package, styles), _place(package, styles)) if styles else (),
        is_1904,
    )


def _place(package: Package, part: str) -> Source:
    return Source(package.file, 0, part)


def _part_of(tab: _Tab, found: dict[str, Relationship], package: Package) -> str | None:
    """Give the part of a sheet; None for one that holds no cells."""
    relationship = found.get(tab.relationship)
    where = Source(package.file, 0, "", tab.name)
    if relationship is None or not relationship.target:
        raise broken_part(Text("the sheet is not in the file"), where)
    if relationship.use in _WITHOUT_CELLS:
        return None
    if relationship.use != "worksheet":
        said = quoted(relationship.use.rpartition("/")[2])
        raise broken_part(Text('the sheet is of the unknown kind "{kind}"', kind=said), where)
    return relationship.target.lower()


def _read_tabs(package: Package, main: str) -> tuple[list[_Tab], bool]:
    """Read which sheets the workbook lists, and whether its dates count from 1904."""
    tabs: list[_Tab] = []
    is_1904 = False
    names: set[str] = set()

    def note_properties(attributes: Attributes) -> None:
        nonlocal is_1904
        is_1904 = is_set(attributes, "date1904")

    def note_sheet(attributes: Attributes) -> None:
        tab = _tab(attributes)
        if tab.name.casefold() in names or len(tabs) >= _MOST_SHEETS:
            message = Text(
                'the sheet "{name}" stands there twice, or is one of over {limit}',
                name=quoted(tab.name),
                limit=_MOST_SHEETS,
            )
            raise MarkupFault(message, "bad-sheet")
        names.add(tab.name.casefold())
        tabs.append(tab)

    skipped = skipping(*named(MAIN, {"sheets": Element(), "sheet": Element()}))
    inside = {
        "workbookPr": Element({}, skipped, begin=note_properties),
        "sheets": Element(named(MAIN, {"sheet": Element({}, skipped, begin=note_sheet)})),
    }
    grammar = named(MAIN, {"workbook": Element(named(MAIN, inside), skipped)})
    walk_part(content_of(package, main), grammar, _place(package, main))
    if not tabs:
        raise broken_part(Text("the workbook has no sheets"), _place(package, main))
    return tabs, is_1904


def _tab(attributes: Attributes) -> _Tab:
    name, state = attributes.get("name", ""), attributes.get("state", "")
    if not name.strip() or state not in _STATES:
        message = Text('the sheet "{name}" has no name or an unknown state', name=quoted(name))
        raise MarkupFault(message, "bad-sheet")
    ids = [attributes[key] for key in RELATIONSHIP_IDS if key in attributes]
    return _Tab(name, _STATES[state], ids[0] if ids else "")

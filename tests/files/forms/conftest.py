"""Forms of the small edition, as they are written and as they come back changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from fractions import Fraction
from types import MappingProxyType

import attrs
import pytest

from kvaljury.core.model import (
    ConsensusMark,
    Deadline,
    DeadlineKind,
    DocumentCheck,
    Edition,
    FormulaPolicy,
    Mark,
    Marks,
    Moment,
    Proposal,
    ProposalKind,
    Remark,
    RemarkKind,
    Scheme,
    Text,
    VisitDocument,
)
from kvaljury.files.forms.examiner_sheets import Given
from kvaljury.files.forms.reading import FormContents, read_form
from kvaljury.files.forms.sheet_parts import Desk
from kvaljury.files.forms.team_sheets import TeamBasis
from kvaljury.files.forms.writing import examiner_form, team_form
from kvaljury.files.log import InputLog
from kvaljury.files.workbooks.contents import Cell, CellKind, Sheet, Workbook
from kvaljury.files.workbooks.reading import read_workbook
from tests.files.forms.changes import place_of

HALF = Fraction(1, 2)
GIVEN = Marks(
    valid=(
        Mark("F01", "E01", "1", "", Fraction(45), "=1+1"),
        Mark("F01", "E01", "12b", "do", 3 * HALF),
        Mark("F01", "E01", "12b", "plan", Fraction(4), "Två rader:\n- så här"),
        Mark("F01", "E02", "1", "", Fraction(60)),
        Mark("F02", "E01", "12a", "", Fraction(0), "#read(..)"),
    ),
    consensus=(ConsensusMark("F01", "12b", "do", 5 * HALF, "=samsyn"),),
    remarks=(
        Remark("F01", "E01", "all", RemarkKind.STRENGTH, "- lugnt\n- tryggt"),
        Remark("F01", "E01", "all", RemarkKind.VERIFY, "Fråga om mätningen"),
        Remark("F01", "E02", "all", RemarkKind.STRENGTH, "en annans ord"),
    ),
    document_checks=(
        DocumentCheck("F01", "plan", True, "2025"),
        DocumentCheck("F02", "other", False),
    ),
)
PROPOSALS = {
    "F01": Proposal("F01", ProposalKind.MENTION, "Ett gott exempel"),
    "F02": Proposal("F02", ProposalKind.NONE),
}


@pytest.fixture(scope="session")
def year(edition: Edition) -> Edition:
    """The small edition with a check list, a deadline and names that are no formulas."""
    documents = (
        VisitDocument("plan", Text("Annual plan", sv="Verksamhetsplan"), "S25:137"),
        VisitDocument("other", Text("Other", sv="Annat"), "S25:142", on_request=True),
    )
    at = Moment(datetime(2025, 9, 5), whole_day=True)  # noqa: DTZ001  # naive by contract
    deadline = Deadline("D1", DeadlineKind.MARKS, Text("Marks", sv="Poäng"), at)
    other = Deadline("D2", DeadlineKind.VISIT, Text("Visits", sv="Besök"), at)
    entries = tuple(
        attrs.evolve(entry, name="=1+1" if entry.id == "F01" else entry.name)
        for entry in edition.entries
    )
    rules = attrs.evolve(edition.rules, documents=documents, deadlines=(deadline, other))
    return attrs.evolve(edition, rules=rules, entries=entries, title="Påhittad & prövad")


@pytest.fixture(scope="session")
def desk(year: Edition, scheme: Scheme) -> Desk:
    """English forms of the small edition."""
    return Desk(year, scheme, str, "en")


def examiner(desk: Desk, name: str):
    return next(each for each in desk.edition.examiners if each.id == name)


def parsed(content: bytes | None, file: str = "marks/E01.xlsx") -> Workbook:
    log = InputLog()
    workbook = read_workbook(content or b"", file, log)
    assert workbook is not None, log.faults
    assert log.faults == []
    return workbook


@pytest.fixture(scope="session")
def empty(desk: Desk) -> Workbook:
    """The form of the coordinator E01, without any answer."""
    return parsed(examiner_form(desk, examiner(desk, "E01")))


@pytest.fixture(scope="session")
def filled(desk: Desk) -> Workbook:
    """The same with what E01 has given."""
    given = Given.of(GIVEN, PROPOSALS, "E01")
    return parsed(examiner_form(desk, examiner(desk, "E01"), given))


@pytest.fixture(scope="session")
def of_team(desk: Desk) -> Workbook:
    """The form of the team L1 after the visit, filled in."""
    basis = TeamBasis.of(GIVEN, is_filled=True)
    content = team_form(desk, desk.edition.teams[0], basis)
    return parsed(content, "consensus/L1-gemensamt.xlsx")


@pytest.fixture
def read(year: Edition, log: InputLog) -> Callable[..., FormContents | None]:
    """Read a form; its own count is noted as its readers do."""

    def read_it(
        workbook: Workbook, formulas: FormulaPolicy = FormulaPolicy.REFUSE, of: Edition = year
    ) -> FormContents | None:
        contents = read_form(workbook, of, formulas, log)
        for table in contents.tables() if contents else ():
            table.note_tally(log)
        return contents

    return read_it


@pytest.fixture
def codes(log: InputLog) -> Callable[[], list[str]]:
    """Give the codes of all faults."""
    return lambda: [fault.code for fault in log.faults]


Cells = Mapping[str, Cell | str | float | None]


@pytest.fixture(scope="session")
def change() -> Callable[..., Workbook]:
    """Change a sheet of a workbook: cells by reference, and any attribute of the sheet."""

    def changed(
        workbook: Workbook, name: str, cells: Cells = MappingProxyType({}), /, **attributes: object
    ) -> Workbook:
        sheets = [
            _changed(sheet, cells, attributes) if sheet.name == name else sheet
            for sheet in workbook.sheets
        ]
        assert workbook.sheet(name)
        return attrs.evolve(workbook, sheets=tuple(sheets))

    return changed


def _changed(sheet: Sheet, cells: Cells, attributes: Mapping[str, object]) -> Sheet:
    kept = dict(sheet.cells)
    for reference, value in cells.items():
        place = place_of(reference)
        kept.pop(place, None)
        if isinstance(value, Cell):
            kept[place] = attrs.evolve(value, row=place[0], column=place[1])
        elif isinstance(value, str):
            kept[place] = Cell(*place, CellKind.TEXT, value)
        elif value is not None:
            kept[place] = Cell(*place, CellKind.NUMBER, f"{value:g}")
    return attrs.evolve(sheet, **{"cells": kept, **attributes})

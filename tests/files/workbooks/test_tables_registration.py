"""A registration list as an official keeps it in Excel: read as meant, or refused aloud."""

# ruff: noqa: DTZ001  # naive local time by contract
from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from kvaljury.core.model import (
    Edition,
    Entry,
    EntryClass,
    FormulaPolicy,
    Kind,
    Moment,
    Operator,
    Proposal,
    ProposalKind,
    Scheme,
    Settings,
    WorkbookSettings,
)
from kvaljury.files.edition_folder import read_edition, read_marks
from kvaljury.files.entries import read_entries
from kvaljury.files.headers import ENTRIES
from kvaljury.files.log import CellTally, InputLog

Write = Callable[[Mapping[str, str | bytes]], Path]
Classes = Sequence[EntryClass]

HEADER = [
    "Nr",
    "Verksamhetens\nnamn",
    "Tävlingsklass",
    "Förvaltning /\nbolag",
    "Driftsform",
    "Chef med budgetansvar\n(ja/nej)",
    "Medarbetare exkl. chef\n(antal)",
    "Andel från Stockholm\n(%)",
    "Resultat föregående år\n(kr)",
    "Prognos innevarande år (SEK)",
    "Senaste utmärkelse (år)",
    "Protokollsutdrag inkom\n(datum)",
    "Bidrag inkom",
    "Kontaktperson",
]
MOMENT = datetime(2025, 5, 6, 10, 30)
ROW = [
    101,
    " Förskolan Ängen ",
    "Förskola",
    "Farsta stadsdelsförvaltning",
    "Stad",
    "Ja",
    12,
    0.51,
    "-1 250 000",
    -1250000.5,
    2019,
    date(2025, 5, 6),
    MOMENT,
    "Anna",
]
OTHER = ["S-1", "Skolan", "SKOLA", None, None, False, None, 1, None, None, None, None, None, None]
EXPECTED = Entry(
    id="101",
    name="Förskolan Ängen",
    entry_class="forskola",
    kind=Kind.PRESCHOOL,
    administration="Farsta stadsdelsförvaltning",
    operator=Operator.CITY,
    manager_budget=True,
    employees_excluding_manager=12,
    stockholm_share=Fraction(51),
    result_previous_year=Fraction(-1250000),
    forecast_current_year=Fraction(-2500001, 2),
    last_award_year=2019,
    board_notice_date=Moment(datetime(2025, 5, 6), whole_day=True),
    bid_received=Moment(MOMENT),
)
PERCENT, DAY, TIME = "0 %", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"


def workbook(*sheets: Sequence[Sequence[Any]], names: Sequence[str] = ()) -> bytes:
    """Write sheets as Excel would hold them; column H is shown as percent."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        formats = {look: book.add_format({"num_format": look}) for look in (PERCENT, DAY, TIME)}
        for index, rows in enumerate(sheets):
            sheet = book.add_worksheet(names[index] if names else None)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    match value:
                        case datetime():
                            sheet.write_datetime(r, c, value, formats[TIME])
                        case date():
                            sheet.write_datetime(r, c, value, formats[DAY])
                        case float() | int() if c == HEADER.index("Andel från Stockholm\n(%)"):
                            sheet.write(r, c, value, formats[PERCENT])
                        case str() if value.startswith("="):
                            sheet.write_formula(r, c, value, None, "F09")
                        case _:
                            sheet.write(r, c, value)
    return target.getvalue()


TITLE = [["Kvalitetsutmärkelsen 2025: anmälda bidrag"], ["Utskriven", date(2025, 5, 7)], []]


def read(
    classes: Classes, write: Write, log: InputLog, *sheets: Sequence[Sequence[Any]]
) -> tuple[Entry, ...]:
    return read_entries(write({"entries.xlsx": workbook(*sheets)}), classes, log)


def faults(log: InputLog) -> list[str]:
    return [str(fault) for fault in log.faults]


def test_a_registration_list_is_read_as_it_is_meant(
    classes: Classes, write: Write, log: InputLog
) -> None:
    first, second = read(classes, write, log, [*TITLE, HEADER, ROW, OTHER])
    assert first == EXPECTED
    assert (second.id, second.manager_budget, second.stockholm_share) == ("S-1", False, 100)
    assert str(first.source) == "entries.xlsx: sheet Sheet1, row 5"
    assert log.faults == []
    assert sorted((warning.code, warning.where.detail) for warning in log.warnings) == [
        ("title-rows", ""),
        ("unknown-column", "N4"),
    ]
    assert log.tallies == [CellTally("entries.xlsx", cells=28, accepted=18, blank=9, refused=1)]
    assert set(log.hashes) == {"entries.xlsx"}


def test_classes_may_stand_on_sheets_of_their_own(
    classes: Classes, write: Write, log: InputLog
) -> None:
    entries = read(classes, write, log, [*TITLE, HEADER, ROW], [HEADER, OTHER], [])
    assert [entry.id for entry in entries] == ["101", "S-1"]
    assert log.faults == []


def test_an_id_that_stands_on_two_sheets_is_refused(
    classes: Classes, write: Write, log: InputLog
) -> None:
    read(classes, write, log, [HEADER, OTHER], [HEADER, OTHER])
    assert faults(log) == [
        'entries.xlsx: sheet Sheet2, cell A2: the id "S-1" is taken: "S-1" stands at'
        " entries.xlsx: sheet Sheet1, cell A2"
        " (give each entry an id of its own; capitals do not tell ids apart)"
    ]


def test_a_row_of_totals_is_refused_and_the_entries_are_read(
    classes: Classes, write: Write, log: InputLog
) -> None:
    total = ["Summa", None, None, None, None, None, 12]
    assert read(classes, write, log, [HEADER, ROW, total]) == (EXPECTED,)
    assert [(fault.code, str(fault.where)) for fault in log.faults] == [
        ("total-row", "entries.xlsx: sheet Sheet1, row 3")
    ]


def test_a_cross_is_refused_since_blank_means_unknown(
    classes: Classes, write: Write, log: InputLog
) -> None:
    crossed = [*ROW[:5], "X", *ROW[6:]]
    assert read(classes, write, log, [HEADER, crossed]) == ()
    assert faults(log) == [
        'entries.xlsx: sheet Sheet1, cell F2: "X" is none of the words that manager_budget can'
        ' have (write "ja" for a cross, and "nej" where there is none)'
    ]


def test_a_date_where_a_number_belongs_is_refused(
    classes: Classes, write: Write, log: InputLog
) -> None:
    read(classes, write, log, [HEADER, [*ROW[:6], date(2025, 5, 4), *ROW[7:]]])
    assert faults(log) == [
        "entries.xlsx: sheet Sheet1, cell G2: the cell holds the date 2025-05-04"
        " (Excel has made a date of it: format the column as text and type it anew)"
    ]


def test_amounts_in_thousands_are_not_read_as_kronor(
    classes: Classes, write: Write, log: InputLog
) -> None:
    header = [*HEADER[:3], "Resultat föregående år (tkr)", "Prognos innevarande år, mnkr"]
    (entry,) = read(classes, write, log, [header, [*ROW[:3], -1250, 5]])
    assert entry.result_previous_year is entry.forecast_current_year is None
    assert [str(warning) for warning in log.warnings] == [
        f"entries.xlsx: sheet Sheet1, cell {where}: the column"
        f' "{known}{unit}" is unknown and is not read (write the amounts in kronor, under the'
        f' header "{known}")'
        for where, known, unit in (
            ("D1", "Resultat föregående år", " (tkr)"),
            ("E1", "Prognos innevarande år", ", mnkr"),
        )
    ]


@pytest.mark.parametrize(
    "header",
    ["Något (tkr)", "(tkr)", "tkr", "Resultat föregående år", "Antal medarbetare", "Medarbetare"],
)
def test_other_headers_are_no_amounts_in_thousands(header: str) -> None:
    assert ENTRIES.in_thousands(header) is None


@pytest.mark.parametrize("header", ["Antal medarbetare", "Antal anställda", "Utmärkelse", "(kr)"])
def test_headers_that_may_mean_two_things_are_not_known(header: str) -> None:
    assert ENTRIES.field_of(header) is None


def test_a_refused_entry_is_not_called_unknown_elsewhere(
    classes: Classes, write: Write, log: InputLog
) -> None:
    assert read(classes, write, log, [HEADER, ["=B1", "Ny", "skola"]]) == ()
    assert [fault.code for fault in log.faults] == ["formula-cell"]
    assert log.may_exist("entry", "F09")
    assert not log.may_exist("entry", "F10")


def test_entries_of_a_sheet_that_is_refused_are_not_called_unknown_elsewhere(
    classes: Classes, write: Write, log: InputLog
) -> None:
    assert len(read(classes, write, log, [HEADER, OTHER], [["Anteckning"]])) == 1
    assert log.may_exist("entry", "whatever")


def test_a_workbook_that_cannot_be_read_is_a_fault_and_no_empty_edition(
    classes: Classes, write: Write, log: InputLog
) -> None:
    assert read_entries(write({"entries.xlsx": b"PK"}), classes, log) == ()
    assert len(log.faults) == 1
    assert log.may_exist("entry", "whatever")


def test_three_files_of_entries_are_refused(classes: Classes, write: Write, log: InputLog) -> None:
    folder = write({f"entries.{end}": b"" for end in ("toml", "csv", "xlsx")})
    assert read_entries(folder, classes, log) == ()
    assert faults(log) == [
        "entries.xlsx: entries.toml, entries.csv, entries.xlsx have the same name; one of them"
        " was expected (look which one holds; rename it if both count, or move the other one away)"
    ]


EDITION = 'rules = "stockholm-2025"\nyear = 2025\n'
LISTED = workbook([["Nr", "Enhet", "Klass"], ["F01", "Ängen", "Förskola"]])
PROPOSED = workbook([["Bidrag", "Förslag", "Motivering"], ["F01", "Utmärkelse", "Stark"]])
SENT_ON = workbook(
    [["Bidrag", "Nomineras till", "Motivering", "Av"], ["F01", "utmärkelse", "Stark", "Gruppen"]]
)


def test_every_table_of_the_edition_may_be_a_workbook(write: Write, log: InputLog) -> None:
    folder = write(
        {
            "edition.toml": EDITION,
            "entries.xlsx": LISTED,
            "proposals.xlsx": PROPOSED,
            "nominations.xlsx": SENT_ON,
        }
    )
    edition = read_edition(folder, log)
    assert edition.proposals == {"F01": Proposal("F01", ProposalKind.AWARD, "Stark")}
    assert edition.nominations["F01"].by == "Gruppen"
    assert log.faults == []
    assert log.warnings == []


@pytest.mark.parametrize("stem", ["proposals", "nominations"])
def test_a_table_in_two_formats_names_both(stem: str, write: Write, log: InputLog) -> None:
    folder = write(
        {
            "edition.toml": EDITION,
            "entries.xlsx": LISTED,
            f"{stem}.csv": "",
            f"{stem}.xlsx": PROPOSED,
        }
    )
    edition = read_edition(folder, log)
    assert edition.proposals == edition.nominations == {}
    assert faults(log) == [
        f"{stem}.xlsx: {stem}.csv, {stem}.xlsx have the same name; one of them was expected"
        " (look which one holds; rename it if both count, or move the other one away)"
    ]


RECKONED = workbook([["Nr", "Enhet", "Klass"], ["=A9", "Ängen", "Förskola"]])


def test_the_edition_chooses_what_becomes_of_formulas(write: Write, log: InputLog) -> None:
    choice = EDITION + '[workbooks]\nformulas = "value"\n'
    folder = write({"edition.toml": choice, "entries.xlsx": RECKONED, "proposals.xlsx": PROPOSED})
    edition = read_edition(folder, log)
    assert [entry.id for entry in edition.entries] == ["F09"]
    assert [fault.code for fault in log.faults] == ["unknown-entry"]
    assert "formulas-read" in {warning.code for warning in log.warnings}


def test_formulas_among_the_marks_follow_the_edition(
    write: Write, scheme: Scheme, edition: Edition
) -> None:
    rows = [["Bidrag", "Examinator", "Fråga", "Poäng"], ["=Z1", "E01", 1, 45]]
    folder = write({"marks/E01.xlsx": workbook(rows)})
    codes = []
    for policy in FormulaPolicy:
        chosen = Settings(workbooks=WorkbookSettings(policy))
        rules = attrs.evolve(edition.rules, settings=chosen)
        log = InputLog()
        read_marks(folder, scheme, attrs.evolve(edition, rules=rules), log)
        codes.append([fault.code for fault in log.faults])
    assert codes == [["formula-cell"], ["unknown-entry"]]


FIELDS = ["Bidrag", "Namn", "Klass", "Driftsform", "Andel Stockholm", "Föregångare", "Bidrag inkom"]
WORDS = st.sampled_from(
    ["", "F01", "f02", "7", "Ängen", "skola", "stad", "51", "0,5", "Gläntan=2019", "2025-05-06"]
)


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=";").writerows([FIELDS, *rows])
    return stream.getvalue().encode()


@settings(max_examples=60)
@given(st.lists(st.lists(WORDS, min_size=7, max_size=7), min_size=1, max_size=5))
def test_the_same_list_reads_the_same_from_csv_and_from_excel(
    classes: Classes, rows: list[list[str]]
) -> None:
    numbers = [[int(word) if word.isdigit() else word or None for word in row] for row in rows]
    readings = []
    for name, content in (
        ("entries.csv", as_csv(rows)),
        ("entries.xlsx", workbook([FIELDS, *numbers])),
    ):
        log = InputLog()
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / name).write_bytes(content)
            entries = read_entries(Path(folder), classes, log)
        lines = sorted((f.code, f.where.line, str(f.message)) for f in log.faults if f.where)
        (tally,) = log.tallies
        readings.append((entries, [line[:2] for line in lines], tally.accepted, tally.refused))
    assert readings[0] == readings[1]

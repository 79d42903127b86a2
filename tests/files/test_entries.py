"""Entries are the same from CSV and TOML, and every doubtful field is said aloud."""

# ruff: noqa: DTZ001  # naive local time by contract
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pytest

from kvaljury.core.model import (
    BasicControl,
    Entry,
    EntryClass,
    Kind,
    Moment,
    Operator,
    Predecessor,
    State,
    Text,
)
from kvaljury.files.entries import read_entries
from kvaljury.files.log import InputLog

Write = Callable[[Mapping[str, str | bytes]], Path]
Classes = Sequence[EntryClass]

FULL = Entry(
    id="F01",
    name="Förskolan Ängen",
    entry_class="forskola",
    kind=Kind.PRESCHOOL,
    administration="Farsta stadsdelsförvaltning",
    state=State.COMPETING,
    operator=Operator.INDEPENDENT,
    financed_by_city=True,
    manager_operations=True,
    manager_budget=False,
    manager_staff=True,
    plan_with_goals=False,
    sells_single_places=True,
    employees_excluding_manager=12,
    stockholm_share=Fraction(5099, 100),
    result_previous_year=Fraction(-1250000),
    forecast_current_year=Fraction(1, 2),
    last_award_year=2022,
    last_mention_year=2024,
    predecessors=(Predecessor("Ängens förskola", 2019), Predecessor("Gläntan")),
    board_notice_date=Moment(datetime(2025, 5, 6), whole_day=True),
    bid_received=Moment(datetime(2025, 5, 8)),
    basic_control=BasicControl.NOT_CLEARED,
)

FULL_CSV = """\
id;name;class;administration;state;operator;financed_by_city;manager_operations;manager_budget;\
manager_staff;plan_with_goals;sells_single_places;employees_excluding_manager;stockholm_share;\
result_previous_year;forecast_current_year;last_award_year;last_mention_year;predecessors;\
board_notice_date;bid_received;basic_control
F01;Förskolan Ängen;forskola;Farsta stadsdelsförvaltning;competing;independent;true;ja;nej;1;0;\
JA;12;50,99;-1 250 000;0.5;2022;2024;Ängens förskola=2019|Gläntan;2025-05-06;2025-05-07 24.00;\
not_cleared
"""
SWEDISH_CSV = """\
Bidrags-ID;Verksamhet;Tävlingsklass;Förvaltning/bolag;Läge;Driftsform;Finansierad av staden;\
Chef med verksamhetsansvar;Chef med budgetansvar;Chef med personalansvar;\
Verksamhetsplan med mål;Säljer enstaka platser;Medarbetare exklusive chef;\
Andel från Stockholm (%);Resultat föregående år;Prognos innevarande år;Senaste utmärkelse;\
Senaste hedersomnämnande;Föregångare;Protokollsutdrag inkom;Bidrag inkom;Grundläggande kontroll
F01;Förskolan  Ängen;FÖRSKOLA;Farsta stadsdelsförvaltning;tävlar;fristående;sant;ja;nej;ja;falskt;\
ja;12;50,99;-1 250 000;0,5;2022;2024; Ängens förskola = 2019 | Gläntan ;2025-05-06;\
2025-05-07 24:00;ej godkänd
"""
FULL_TOML = """\
[[entries]]
id = "F01"
name = "Förskolan Ängen"
class = "Preschool"
administration = "Farsta stadsdelsförvaltning"
operator = "independent"
financed_by_city = true
manager_operations = "ja"
manager_budget = "nej"
manager_staff = 1
plan_with_goals = 0
sells_single_places = true
employees_excluding_manager = 12
stockholm_share = 50.99
result_previous_year = -1250000
forecast_current_year = 0.5
last_award_year = 2022
last_mention_year = 2024
predecessors = "Ängens förskola=2019|Gläntan"
board_notice_date = 2025-05-06
bid_received = 2025-05-08 00:00:00
basic_control = "not_cleared"
"""


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("entries.csv", FULL_CSV),
        ("entries.csv", SWEDISH_CSV),
        ("entries.csv", SWEDISH_CSV.replace(";", "\t")),
        ("entries.toml", FULL_TOML),
        ("entries.toml", FULL_TOML.replace("2025-05-08 00:00:00", '"2025-05-07 24.00"')),
    ],
)
def test_every_field_is_read_the_same_from_every_form(
    file: str, content: str, classes: Classes, write: Write, log: InputLog
) -> None:
    assert read_entries(write({file: content}), classes, log) == (FULL,)
    assert log.faults == log.warnings == []


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("entries.csv", "id,name,class,operator\nF01,Ängen,andra,\n"),
        ("entries.toml", '[[entries]]\nid="F01"\nname="Ängen"\nclass="andra"\noperator=" "\n'),
    ],
)
def test_empty_fields_are_unknown(
    file: str, content: str, classes: Classes, write: Write, log: InputLog
) -> None:
    expected = Entry(id="F01", name="Ängen", entry_class="andra", kind=Kind.OTHER)
    assert read_entries(write({file: content}), classes, log) == (expected,)
    assert log.faults == []


@pytest.mark.parametrize("word", ["ej klar", "inte klar", "pågår"])
def test_a_control_that_is_not_finished_is_unknown(
    word: str, classes: Classes, write: Write, log: InputLog
) -> None:
    text = f"id,name,class,basic_control\nF01,Ängen,andra,{word}\n"
    (entry,) = read_entries(write({"entries.csv": text}), classes, log)
    assert entry.basic_control is None
    assert log.faults == log.warnings == []
    assert log.tallies[0].accepted == 4


def test_entries_are_sorted_by_id_and_know_where_they_stand(
    classes: Classes, write: Write, log: InputLog
) -> None:
    folder = write({"entries.csv": "id,name,class\nS01,Skolan,skola\nF01,Ängen,forskola\n"})
    entries = read_entries(folder, classes, log)
    assert [(e.id, str(e.source)) for e in entries] == [
        ("F01", "entries.csv:3"),
        ("S01", "entries.csv:2"),
    ]


def test_toml_entries_know_where_they_stand(classes: Classes, write: Write, log: InputLog) -> None:
    (entry,) = read_entries(write({"entries.toml": "\n" + FULL_TOML}), classes, log)
    assert str(entry.source) == "entries.toml:2: entries[1]"


WORDS_YES_NO = "write one of: ja, nej, true, false, 1, 0"
EXCEL_DATE = "Excel has made a date of it: format the column as text and type it anew"
DIGITS = "write digits and at most one decimal comma or point, no unit"
ID_HINT = "use A-Z, a-z, 0-9, hyphen and underscore, beginning with a letter or digit"
BAD_CELLS = [
    ("id", "", "id is empty"),
    ("id", "F 01", f'the id "F 01" has characters that an id cannot have ({ID_HINT})'),
    ("id", "-F01", f'the id "-F01" has characters that an id cannot have ({ID_HINT})'),
    ("id", "Å01", f'the id "Å01" has characters that an id cannot have ({ID_HINT})'),
    ("id", "../F01", f'the id "../F01" has characters that an id cannot have ({ID_HINT})'),
    ("id", "x" * 41, f"the id is longer than 40 characters ({ID_HINT})"),
    (
        "id",
        "Nul",
        "the id Nul is a device name in Windows"
        " (choose another id, so that files can be named after it)",
    ),
    (
        "id",
        "F\u200b01",
        "an invisible character (U+200B) stands here (delete the cell and type its content anew)",
    ),
    ("name", "", "name is empty"),
    ("name", "\u200b", "name is empty"),
    (
        "name",
        "Äng\x07en",
        "a character that no text can have (U+0007) stands here"
        " (write it on one line, without tabs and control characters)",
    ),
    (
        "name",
        "Förskolan\tÄngen",
        "a character that no text can have (U+0009) stands here"
        " (write it on one line, without tabs and control characters)",
    ),
    (
        "name",
        "F\ufffdrskolan",
        "a character that no text can have (U+FFFD) stands here"
        " (letters were lost when the file was saved: restore them and save as CSV UTF-8)",
    ),
    ("class", "", "class is empty"),
    ("class", "förskla", 'the class "förskla" is unknown (did you mean Förskola?)'),
    ("class", "forskolla", 'the class "forskolla" is unknown (did you mean forskola?)'),
    (
        "state",
        "sover",
        '"sover" is none of the words that state can have (write one of:'
        " competing, withdrawn, calibration_case, tävlar, återkallat, kalibreringsfall)",
    ),
    (
        "operator",
        "kommunen",
        '"kommunen" is none of the words that operator can have (write one of:'
        " city, contractor, independent, stad, entreprenad, fristående)",
    ),
    (
        "financed_by_city",
        "kanske",
        f'"kanske" is none of the words that financed_by_city can have ({WORDS_YES_NO})',
    ),
    (
        "manager_staff",
        "-1",
        f'"-1" is none of the words that manager_staff can have ({WORDS_YES_NO})',
    ),
    (
        "basic_control",
        "nja",
        '"nja" is none of the words that basic_control can have'
        " (write one of: cleared, not_cleared, godkänd, ej godkänd)",
    ),
    (
        "basic_control",
        "klar",
        '"klar" is none of the words that basic_control can have'
        ' (write "godkänd" or "ej godkänd", or leave it empty)',
    ),
    ("employees_excluding_manager", "2.0", f'"2.0" is no whole number of at least 0 ({DIGITS})'),
    ("employees_excluding_manager", "-5", f'"-5" is no whole number of at least 0 ({DIGITS})'),
    ("employees_excluding_manager", "fem", f'"fem" is no whole number of at least 0 ({DIGITS})'),
    ("stockholm_share", "51 %", f'"51 %" is not a number ({DIGITS})'),
    ("stockholm_share", "100,01", "100.01 is no percentage between 0 and 100"),
    ("stockholm_share", "-1", "-1 is no percentage between 0 and 100"),
    ("result_previous_year", "nan", f'"nan" is not a number ({DIGITS})'),
    ("result_previous_year", "1e400", f'"1e400" is not a number ({DIGITS})'),
    ("result_previous_year", "\u22125x", f'"\u22125x" is not a number ({DIGITS})'),
    *(
        (
            field,
            amount,
            f'"{amount}" is either thousands or has three decimals (write {plain} if thousands are'
            " meant, else two decimals)",
        )
        for field, amount, plain in (
            ("result_previous_year", "70.000", "70000"),
            ("forecast_current_year", "-70,000", "-70000"),
        )
    ),
    ("forecast_current_year", "04-maj", f'"04-maj" is not a number ({EXCEL_DATE})'),
    ("forecast_current_year", "2025-05-04", f'"2025-05-04" is not a number ({EXCEL_DATE})'),
    ("forecast_current_year", "#DIV/0!", f'"#DIV/0!" is not a number ({DIGITS})'),
    (
        "last_award_year",
        "22",
        "22 is no year between 1990 and 2100 (write the year with four digits)",
    ),
    ("last_mention_year", "2022.0", f'"2022.0" is no whole number of at least 0 ({DIGITS})'),
    (
        "predecessors",
        "Gläntan=22",
        '"Gläntan=22" is no predecessor (write name or name=YEAR, the year of its award,'
        " with | between several)",
    ),
    (
        "predecessors",
        "Gläntan|",
        '"" is no predecessor (write name or name=YEAR, the year of its award,'
        " with | between several)",
    ),
    (
        "predecessors",
        "=2019",
        '"=2019" is no predecessor (write name or name=YEAR, the year of its award,'
        " with | between several)",
    ),
    (
        "bid_received",
        "6 maj",
        '"6 maj" is no date (write 2025-05-06, or 2025-05-06 10:00)',
    ),
    (
        "board_notice_date",
        "2025-02-30",
        '"2025-02-30" is no date (write 2025-05-06, or 2025-05-06 10:00)',
    ),
]


def _good() -> dict[str, str]:
    return {"id": "F01", "name": "Ängen", "class": "forskola"}


@pytest.mark.parametrize(("field", "value", "said"), BAD_CELLS)
def test_a_bad_cell_is_refused_at_its_line_and_column(
    *, field: str, value: str, said: str, classes: Classes, write: Write, log: InputLog
) -> None:
    cells = {**_good(), field: value, "plan_with_goals": "ja"}
    folder = write(
        {"entries.csv": ";".join(cells) + "\n" + ";".join(f'"{c}"' for c in cells.values()) + "\n"}
    )
    assert read_entries(folder, classes, log) == ()
    assert [str(fault) for fault in log.faults] == [f"entries.csv:2: {field}: {said}"]
    (tally,) = log.tallies
    assert tally.cells == len(cells) == tally.blank + tally.refused
    assert tally.accepted == 0


TEXTS = [bad for bad in BAD_CELLS if bad[0] in {"id", "name", "class", "state", "operator"}]


@pytest.mark.parametrize(("field", "value", "said"), TEXTS)
def test_a_bad_text_is_refused_in_toml_by_the_same_check(
    *, field: str, value: str, said: str, classes: Classes, write: Write, log: InputLog
) -> None:
    escaped = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in value)
    pairs = {**_good(), field: escaped}
    toml = "[[entries]]\n" + "".join(f'{key} = "{text}"\n' for key, text in pairs.items())
    assert read_entries(write({"entries.toml": toml}), classes, log) == ()
    line = 2 + list(pairs).index(field)
    assert [str(fault) for fault in log.faults] == [
        f"entries.toml:{line}: entries[1].{field}: {said}"
    ]


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        ("id = 5", "a whole number stands where a text in quotes was expected"),
        ("administration = true", "true or false stands where a text in quotes was expected"),
        ('stockholm_share = "51"', "a text in quotes stands where a number was expected"),
        ("stockholm_share = true", "true or false stands where a number was expected"),
        (
            'employees_excluding_manager = "5"',
            "a text in quotes stands where a whole number was expected",
        ),
        (
            "employees_excluding_manager = 5.0",
            "a number stands where a whole number was expected",
        ),
        (
            "employees_excluding_manager = true",
            "true or false stands where a whole number was expected",
        ),
        ("last_award_year = 2022.5", "a number stands where a whole number was expected"),
        ("operator = 1", "a whole number stands where a text in quotes was expected"),
        ("state = false", "true or false stands where a text in quotes was expected"),
        (
            "financed_by_city = 2",
            f'"2" is none of the words that financed_by_city can have ({WORDS_YES_NO})',
        ),
        ("financed_by_city = 1.0", "a number stands where a text in quotes was expected"),
        ("bid_received = 10:00:00", "a time stands where a text in quotes was expected"),
        ("bid_received = 2025", "a whole number stands where a text in quotes was expected"),
        (
            "bid_received = 2025-05-06T10:00:00Z",
            "the time has a time zone; local time without one was expected",
        ),
        ('predecessors = ["Gläntan"]', "a list stands where a text in quotes was expected"),
        (
            "employees_excluding_manager = -1",
            f'"-1" is no whole number of at least 0 ({DIGITS})',
        ),
    ],
)
def test_a_value_of_another_kind_is_refused_in_toml(
    pair: str, said: str, classes: Classes, write: Write, log: InputLog
) -> None:
    pairs = [f'{key} = "{text}"' for key, text in _good().items() if not pair.startswith(key)]
    folder = write({"entries.toml": "\n".join(["[[entries]]", pair, *pairs])})
    assert read_entries(folder, classes, log) == ()
    key = pair.split(" ", maxsplit=1)[0]
    assert [str(fault) for fault in log.faults] == [f"entries.toml:2: entries[1].{key}: {said}"]


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        (
            '[[entries]]\nid="F01"\nname="Ä"\nclass="andra"\noperater="city"\n',
            "entries.toml:5: entries[1].operater: the key operater is unknown"
            " (did you mean operator?)",
        ),
        (
            '[[entrys]]\nid="F01"\n[[entries]]\nid="F01"\nname="Ä"\nclass="andra"\n',
            "entries.toml:1: entrys: the key entrys is unknown (did you mean entries?)",
        ),
        (
            '[entries]\nid="F01"\n',
            "entries.toml:1: entries: a table stands where a list of tables was expected"
            " (begin each entry with [[entries]])",
        ),
        (
            'entries = ["F01"]\n',
            "entries.toml:1: entries[1]: a text in quotes stands where a table was expected"
            " (begin each entry with [[entries]])",
        ),
        ("", "entries.toml: the edition has no entry; at least one was expected"),
        ("entries = []", "entries.toml: the edition has no entry; at least one was expected"),
    ],
)
def test_a_toml_file_of_another_shape_is_refused(
    toml: str, said: str, classes: Classes, write: Write, log: InputLog
) -> None:
    read_entries(write({"entries.toml": toml}), classes, log)
    assert [str(fault) for fault in log.faults] == [said]


def test_all_faults_of_a_row_are_said_at_once(
    classes: Classes, write: Write, log: InputLog
) -> None:
    folder = write({"entries.csv": "id,name,class,operator\n,,x,y\n"})
    assert read_entries(folder, classes, log) == ()
    assert [fault.code for fault in log.faults] == [
        "empty-field",
        "empty-field",
        "unknown-class",
        "unknown-word",
    ]


@pytest.mark.parametrize("other", ["F01", "f01"])
@pytest.mark.parametrize("form", ["csv", "toml"])
def test_ids_are_unique_whatever_their_case(
    other: str, form: str, classes: Classes, write: Write, log: InputLog
) -> None:
    if form == "csv":
        folder = write({"entries.csv": f"id,name,class\nF01,A,skola\n{other},B,skola\n"})
        first, second = "entries.csv:2: id", "entries.csv:3: id"
    else:
        tables = (f'[[entries]]\nid="{i}"\nname="A"\nclass="skola"\n' for i in ("F01", other))
        folder = write({"entries.toml": "".join(tables)})
        first, second = "entries.toml:2: entries[1].id", "entries.toml:6: entries[2].id"
    entries = read_entries(folder, classes, log)
    assert [entry.id for entry in entries] == ["F01"]
    assert [str(fault) for fault in log.faults] == [
        f'{second}: the id "{other}" is taken: "F01" stands at {first}'
        " (give each entry an id of its own; capitals do not tell ids apart)"
    ]


def test_an_empty_table_is_an_empty_edition(classes: Classes, write: Write, log: InputLog) -> None:
    assert read_entries(write({"entries.csv": "id,name,class\n"}), classes, log) == ()
    assert [str(fault) for fault in log.faults] == [
        "entries.csv: the edition has no entry; at least one was expected"
    ]


def test_two_files_of_entries_are_refused(classes: Classes, write: Write, log: InputLog) -> None:
    folder = write({"entries.csv": FULL_CSV, "entries.toml": FULL_TOML})
    assert read_entries(folder, classes, log) == ()
    assert [str(fault) for fault in log.faults] == [
        "entries.csv: entries.toml, entries.csv have the same name; one of them was expected"
        " (look which one holds; rename it if both count, or move the other one away)"
    ]
    assert log.may_exist("entry", "whatever")


def test_no_file_of_entries_is_a_fault(classes: Classes, write: Write, log: InputLog) -> None:
    assert read_entries(write({}), classes, log) == ()
    assert [str(fault) for fault in log.faults] == [
        "entries.csv: there are no entries: entries.xlsx, entries.csv or entries.toml was expected"
    ]


@pytest.mark.parametrize("name", ["entries.xlsm", "entries.xls", "entries.ods"])
def test_a_workbook_is_never_passed_over(
    name: str, classes: Classes, write: Write, log: InputLog
) -> None:
    folder = write({name: b"PK\x03\x04", "entries.csv": FULL_CSV})
    assert read_entries(folder, classes, log) == (FULL,)
    assert [str(fault) for fault in log.faults] == [
        f"{name}: workbooks of the kind {Path(name).suffix} are not read"
        " (in Excel choose Save as, Excel workbook (.xlsx); remove this file)"
    ]


@pytest.mark.parametrize("title", ["skola", "SKOLA", "Skola", "School", "  school "])
def test_a_class_is_found_by_id_or_title_in_both_languages(
    title: str, classes: Classes, write: Write, log: InputLog
) -> None:
    (entry,) = read_entries(write({"entries.csv": f"id,name,class\nS1,A,{title}\n"}), classes, log)
    assert (entry.entry_class, entry.kind) == ("skola", Kind.SCHOOL)


def test_a_title_of_several_classes_must_be_told_apart_by_id(write: Write, log: InputLog) -> None:
    twins = [EntryClass(i, Text("Care", sv="Omsorg"), Kind.OTHER) for i in ("a", "b")]
    assert read_entries(write({"entries.csv": "id,name,class\nS1,A,omsorg\n"}), twins, log) == ()
    assert [str(fault) for fault in log.faults] == [
        'entries.csv:2: class: "omsorg" is the title of several classes (write one of: a, b)'
    ]


def test_an_id_of_a_class_goes_before_a_title(write: Write, log: InputLog) -> None:
    classes = [
        EntryClass("a", Text("B"), Kind.OTHER),
        EntryClass("b", Text("A"), Kind.SCHOOL),
    ]
    (entry,) = read_entries(write({"entries.csv": "id,name,class\nS1,A,b\n"}), classes, log)
    assert entry.entry_class == "b"


def test_unknown_classes_are_let_through_where_the_rules_could_not_be_read(
    write: Write, log: InputLog
) -> None:
    read_entries(write({"entries.csv": "id,name,class\nS1,A,whatever\n"}), None, log)
    assert log.faults == []


def test_a_city_unit_that_the_city_does_not_finance_is_a_warning(
    classes: Classes, write: Write, log: InputLog
) -> None:
    text = "id,name,class,operator,financed_by_city\nS1,A,skola,stad,nej\nS2,B,skola,stad,\n"
    assert len(read_entries(write({"entries.csv": text}), classes, log)) == 2
    assert [str(warning) for warning in log.warnings] == [
        "entries.csv:2: financed_by_city: the unit is run by the city but is not financed by it"
        " (check the operator and who finances the unit)"
    ]


def test_a_share_that_looks_like_a_fraction_is_a_warning(
    classes: Classes, write: Write, log: InputLog
) -> None:
    text = "id;name;class;stockholm_share\nS1;A;skola;0,51\nS2;B;skola;0\nS3;C;skola;100\n"
    assert len(read_entries(write({"entries.csv": text}), classes, log)) == 3
    assert [str(warning) for warning in log.warnings] == [
        "entries.csv:2: stockholm_share: the share is read as 0.51 percent"
        " (write 51 for 51 percent)"
    ]


def test_invisible_characters_are_left_out_of_names_with_a_warning(
    classes: Classes, write: Write, log: InputLog
) -> None:
    text = "id,name,class\nS1,\u202eFör\u00adskolan\u00a0Ängen,skola\n"
    (entry,) = read_entries(write({"entries.csv": text}), classes, log)
    assert entry.name == "Förskolan Ängen"
    assert [str(warning) for warning in log.warnings] == [
        "entries.csv:2: name: an invisible character (U+202E) was left out"
    ]


def test_what_refers_to_a_refused_entry_is_not_called_unknown(
    classes: Classes, write: Write, log: InputLog
) -> None:
    read_entries(write({"entries.csv": "id,name,class\nS1,A,x\n"}), classes, log)
    assert log.may_exist("entry", "S1")
    assert not log.may_exist("entry", "S2")


def test_a_file_that_cannot_be_parsed_leaves_every_entry_in_doubt(
    classes: Classes, write: Write, log: InputLog
) -> None:
    assert read_entries(write({"entries.toml": "= broken"}), classes, log) == ()
    assert [fault.code for fault in log.faults] == ["broken-toml"]
    assert log.may_exist("entry", "S1")


def test_a_table_without_its_columns_leaves_every_entry_in_doubt(
    classes: Classes, write: Write, log: InputLog
) -> None:
    assert read_entries(write({"entries.csv": "id,name\nS1,A\n"}), classes, log) == ()
    assert [fault.code for fault in log.faults] == ["missing-column"]
    assert log.may_exist("entry", "S1")


@pytest.mark.parametrize(
    ("file", "content"), [("entries.csv", "id,name,class\n"), ("entries.toml", "")]
)
def test_a_file_without_entries_leaves_every_entry_in_doubt(
    file: str, content: str, classes: Classes, write: Write, log: InputLog
) -> None:
    assert read_entries(write({file: content}), classes, log) == ()
    assert [fault.code for fault in log.faults] == ["empty-edition"]
    assert log.may_exist("entry", "S1")

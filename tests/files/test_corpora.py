"""Hostile files give a fault with an address or a correct reading, never another exception."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from kvaljury.core.model import Edition, EntryClass, Scheme
from kvaljury.files.edition_folder import read_marks
from kvaljury.files.entries import read_entries
from kvaljury.files.headers import Column, Columns
from kvaljury.files.log import InputLog
from kvaljury.files.tables import parse_table
from kvaljury.files.teams import read_teams

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
TABLES = [
    *sorted(CORPORA.glob("csv-spectrum/csvs/*.csv")),
    *sorted(CORPORA.glob("crafted/*.csv")),
    *sorted(CORPORA.glob("crafted/*.xlsx")),
]
SPECTRUM = [
    path
    for path in TABLES
    if path.parent.name == "csvs"
    and path.stem != "location_coordinates"  # its JSON has another number
]
TOML = sorted(CORPORA.glob("toml-test/**/*.toml"))
BROKEN = [path for path in TOML if "invalid" in path.parts]

needs_corpora = pytest.mark.skipif(
    not CORPORA.is_dir(), reason="the corpora beside the project are absent"
)


def check_addresses(log: InputLog) -> None:
    assert log.faults
    assert all(fault.where and fault.where.file and str(fault.message) for fault in log.faults)
    assert all(t.cells == t.accepted + t.blank + t.refused for t in log.tallies)


@needs_corpora
@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_a_strange_table_is_no_set_of_marks(
    path: Path, tmp_path: Path, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    (tmp_path / "marks").mkdir()
    (tmp_path / "marks/E.csv").write_bytes(path.read_bytes())
    marks = read_marks(tmp_path, scheme, edition, log)
    assert marks.valid == ()
    check_addresses(log)


@needs_corpora
@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_a_strange_table_is_no_set_of_entries(
    path: Path, tmp_path: Path, classes: Sequence[EntryClass], log: InputLog
) -> None:
    (tmp_path / "entries.csv").write_bytes(path.read_bytes())
    assert read_entries(tmp_path, classes, log) == ()
    check_addresses(log)


@needs_corpora
@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.relative_to(CORPORA).as_posix())
def test_broken_toml_is_a_fault_as_entries_and_as_teams(
    path: Path, tmp_path: Path, classes: Sequence[EntryClass]
) -> None:
    for name in ("entries.toml", "teams.toml"):
        (tmp_path / name).write_bytes(path.read_bytes())
    logs = InputLog(), InputLog()
    read_entries(tmp_path, classes, logs[0])
    read_teams(tmp_path, (), logs[1])
    for log in logs:
        check_addresses(log)


@needs_corpora
@pytest.mark.parametrize("path", SPECTRUM, ids=lambda path: path.name)
def test_the_spectrum_of_csv_is_read_as_its_authors_say(path: Path, log: InputLog) -> None:
    read = json.loads((path.parents[1] / "json" / f"{path.stem}.json").read_text(encoding="utf-8"))
    expected = read if isinstance(read, list) else [read]
    columns = Columns(tuple(Column(name, ()) for name in expected[0]))
    content = path.read_bytes()
    table = parse_table(content, path.name, columns, log)
    assert table is not None
    trimmed = [{k: v.strip() for k, v in row.items() if v.strip()} for row in expected]
    assert [row.cells for row in table.rows] == trimmed
    table.note_tally(log)
    cells = [len(row) for row in csv.reader(io.StringIO(content.decode()), strict=True)]
    assert log.tallies[0].cells == sum(cells[1:])
    assert log.tallies[0].accepted == sum(map(len, trimmed))


@needs_corpora
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("cp1252", "the column examiner is missing"),
        ("date-autocorrect", "the column examiner is missing"),
        ("dup-header", 'the columns "Betyg" and "Betyg" mean the same'),
        ("invalid-utf8-deep", "the column examiner is missing"),
        ("macroman", "the text seems to be in Mac Roman; UTF-8 was expected"),
        ("mixed-delim", "the column examiner is missing"),
        ("nul", "the file holds a NUL byte, so it is no text"),
        ("utf16le", "the text is in UTF-16; UTF-8 was expected"),
        ("huge-field", "a cell is longer than"),
    ],
)
def test_a_crafted_file_is_refused_for_its_fault(
    *, name: str, said: str, tmp_path: Path, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    (tmp_path / "marks").mkdir()
    content = (CORPORA / f"crafted/{name}.csv").read_bytes()
    (tmp_path / "marks/E.csv").write_bytes(content)
    read_marks(tmp_path, scheme, edition, log)
    assert any(str(fault.message).startswith(said) for fault in log.faults)


CRAFTED = Columns(
    (
        Column("unit", ("Enhet",)),
        Column("question", ("Fråga", "M")),
        Column("mark", ("Betyg",)),
        Column("comment", ("Kommentar",)),
    )
)


@needs_corpora
@pytest.mark.parametrize(
    ("name", "rows", "said"),
    [
        ("cp1252", [("Förskolan Ängen", "F1", "4,5")], []),
        (
            "date-autocorrect",
            [("E-1", "04-maj"), ("E-2", "2026-05-04")],
            ['2: Betyg: "04-maj" is not a number', '3: Betyg: "2026-05-04" is not a number'],
        ),
        ("invalid-utf8-deep", [("E-1", "4")] * 5000 + [("Förskolan", "3")], []),
        ("mixed-delim", [], ["2: the row has 1 cells where the header has 3"]),
        (
            "ragged",
            [],
            [
                "2: the row has 3 cells where the header has 2",
                "3: the row has 1 cells where the header has 2",
            ],
        ),
        ("sep-line", [("E-1", "4")], []),
        ("thousand", [("E-1", "1\u00a0234,5")], []),
        ("total-row", [("E-1", "4"), ("E-2", "5"), ("Summa", "9")], []),
        (
            "formula",
            [
                ("E-1", "=cmd|'/C calc'!A0"),
                ("E-2", "@SUM(1)"),
                ("E-3", "+1+1"),
                ("E-4", "-2+3"),
                ("E-5", "=1"),
            ],
            [],
        ),
    ],
)
def test_the_cells_of_a_crafted_file_are_read_or_refused(
    name: str, rows: Sequence[tuple[str, ...]], said: Sequence[str], log: InputLog
) -> None:
    content = (CORPORA / f"crafted/{name}.csv").read_bytes()
    table = parse_table(content, "E.csv", CRAFTED, log)
    assert table is not None
    assert [tuple(row.cells.values()) for row in table.rows] == rows
    for row in table.rows:
        row.number("mark")
    assert [f"{f.where}: {f.message}" for f in log.faults] == [f"E.csv:{text}" for text in said]
    assert [w.code for w in log.warnings] == (
        ["windows-1252"] if name in {"cp1252", "invalid-utf8-deep"} else []
    )


@needs_corpora
def test_naughty_names_are_read_as_they_are_or_refused(
    tmp_path: Path, classes: Sequence[EntryClass], log: InputLog
) -> None:
    names = json.loads((CORPORA / "blns/blns.json").read_text(encoding="utf-8"))
    text = io.StringIO(newline="")
    rows = [[f"N{number}", name, "skola"] for number, name in enumerate(names)]
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([["id", "name", "class"], *rows])
    (tmp_path / "entries.csv").write_text(
        text.getvalue(), encoding="utf-8", newline="", errors="replace"
    )
    entries = {entry.id: entry.name for entry in read_entries(tmp_path, classes, log)}
    assert len(entries) + len({fault.where for fault in log.faults}) == len(names)
    for number, name in enumerate(names):
        if f"N{number}" in entries and name.isascii():
            assert entries[f"N{number}"] == " ".join(name.split())

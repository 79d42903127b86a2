"""Whatever the bytes: a reading or faults; and form, order and separators change nothing."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvaljury.core.model import Edition, EntryClass, Marks, Scheme, State
from kvaljury.files.edition_folder import read_marks
from kvaljury.files.entries import read_entries
from kvaljury.files.headers import MARKS
from kvaljury.files.log import InputLog
from kvaljury.files.tables import parse_table

Read = Callable[..., tuple[Marks, InputLog]]
HEADER = ["entry", "examiner", "question", "criterion", "mark", "comment"]
SWEDISH = ["Bidrag", "Examinator", "Fråga", "Kriterium", "Poäng", "Kommentar"]


@st.composite
def sets_of_marks(draw: st.DrawFn) -> list[list[str]]:
    """Rows of different marks that may all be set."""
    homes = {"F01": ("E01", "E02", "E03", "E04"), "S01": ("E04", "E05", "E06")}
    leaves = [("1", ""), ("12a", ""), ("12b", "plan"), ("12b", "do")]
    keys = [(e, x, *leaf) for e, readers in homes.items() for x in readers for leaf in leaves]
    chosen = draw(st.lists(st.sampled_from(keys), unique=True, max_size=8))
    words = st.text(st.characters(codec="cp1252", categories=["L", "N", "P"]), max_size=8)
    return [
        [
            *key,
            draw(st.sampled_from(["0", "0,5", "3,5"] if key[3] else ["0", "45", "100"])),
            draw(words),
        ]
        for key in chosen
    ]


def as_csv(rows: Sequence[Sequence[str]], header: Sequence[str], separator: str, end: str) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([header, *rows])
    return text.getvalue()


@pytest.fixture(scope="session")
def read(edition: Edition, scheme: Scheme) -> Read:
    """Read files of marks, each given as its bytes, in a folder of its own."""

    def read_contents(*contents: bytes) -> tuple[Marks, InputLog]:
        log = InputLog()
        with tempfile.TemporaryDirectory() as folder:
            marks = Path(folder) / "marks"
            marks.mkdir()
            for number, content in enumerate(contents):
                (marks / f"{number}.csv").write_bytes(content)
            return read_marks(Path(folder), scheme, edition, log), log

    return read_contents


@given(sets_of_marks(), st.randoms(use_true_random=False), st.integers(0, 8))
def test_the_order_of_rows_files_and_columns_changes_nothing(
    read: Read, rows: list[list[str]], random: object, cut: int
) -> None:
    expected, log = read(as_csv(rows, HEADER, ",", "\n").encode())
    assert log.faults == []
    assert len(expected.valid) == len(rows)
    columns = list(range(len(HEADER)))
    random.shuffle(rows)  # type: ignore[attr-defined]
    random.shuffle(columns)  # type: ignore[attr-defined]
    mixed = [[row[i] for i in columns] for row in rows]
    header = [HEADER[i] for i in columns]
    parts = [as_csv(part, header, ",", "\n").encode() for part in (mixed[:cut], mixed[cut:])]
    assert read(*parts)[0] == expected


@given(
    rows=sets_of_marks(),
    separator=st.sampled_from(",;\t"),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    header=st.sampled_from([HEADER, SWEDISH]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]),
    with_point=st.booleans(),
)
def test_separator_line_end_language_encoding_and_decimal_sign_change_nothing(
    *,
    read: Read,
    rows: list[list[str]],
    separator: str,
    end: str,
    header: list[str],
    encoding: str,
    with_point: bool,
) -> None:
    expected, _ = read(as_csv(rows, HEADER, ",", "\n").encode())
    marks = [[*r[:4], r[4].replace(",", ".") if with_point else r[4], r[5]] for r in rows]
    content = as_csv(marks, header, separator, end).encode(encoding)
    reading, log = read(content)
    refused_as_unclear = any(fault.code == "wrong-encoding" for fault in log.faults)
    assert reading == expected or (encoding == "cp1252" and refused_as_unclear)


@settings(max_examples=300)
@given(st.binary(max_size=200))
def test_any_bytes_as_marks_give_faults_or_a_reading(read: Read, content: bytes) -> None:
    marks, log = read(content)
    assert marks == Marks()
    assert log.faults
    assert all(fault.where for fault in log.faults)


CELLS = st.text(
    st.sampled_from('F01SE;,\t\n\r" "abä\u200b\u00a0\0=-.5x|'), max_size=6
) | st.sampled_from(["F01", "E01", "12b", "plan", "45", "4,5"])


@settings(max_examples=300)
@given(st.lists(st.lists(CELLS, max_size=7), max_size=5), st.sampled_from(";,\t"), st.booleans())
def test_any_cells_give_faults_or_marks_and_every_cell_is_counted(
    read: Read, rows: list[list[str]], separator: str, quoted: bool
) -> None:
    body = (
        as_csv(rows, SWEDISH, separator, "\r\n")
        if quoted
        else "\n".join(separator.join(row) for row in [SWEDISH, *rows])
    )
    marks, log = read(body.encode())
    assert all(m.examiner == "E01" and m.entry == "F01" for m in marks.valid)
    assert all(t.cells == t.accepted + t.blank + t.refused for t in log.tallies)
    assert all(min(t.accepted, t.blank, t.refused) >= 0 for t in log.tallies)


@settings(max_examples=200)
@given(st.lists(st.lists(st.sampled_from(["", " ", "x", "å"]), max_size=5), max_size=5))
def test_cells_are_counted_as_an_independent_reader_counts_them(rows: list[list[str]]) -> None:
    log = InputLog()
    content = as_csv(rows, ["entry", "examiner", "question", "mark"], ",", "\n")
    table = parse_table(content.encode(), "E.csv", MARKS, log)
    assert table is not None
    table.note_tally(log)
    counted = [cell for row in list(csv.reader(io.StringIO(content)))[1:] for cell in row]
    (tally,) = log.tallies
    assert tally.cells == len(counted)
    assert tally.blank == sum(not cell.strip() for cell in counted)


FIELDS = ["id", "name", "class", "operator", "stockholm_share", "predecessors", "bid_received"]
VALUES = st.sampled_from(
    ["", "F01", "f01", "Ängen", "skola", "stad", "51", "0,5", "Gläntan=2019", "2025-05-06", "nan"]
)


@given(st.lists(st.lists(VALUES, min_size=7, max_size=7), max_size=6), st.randoms())
def test_entries_are_the_same_whatever_the_order_of_rows(
    classes: Sequence[EntryClass], rows: list[list[str]], random: object
) -> None:
    readings = []
    for _ in range(2):
        log = InputLog()
        with tempfile.TemporaryDirectory() as folder:
            text = as_csv(rows, FIELDS, ";", "\n")
            (Path(folder) / "entries.csv").write_text(text, encoding="utf-8", newline="")
            entries = read_entries(Path(folder), classes, log)
        codes = sorted(fault.code for fault in log.faults)
        readings.append((entries if not log.faults else None, codes))
        random.shuffle(rows)  # type: ignore[attr-defined]
    assert readings[0] == readings[1]
    assert all(entry.state is State.COMPETING for entry in readings[0][0] or ())

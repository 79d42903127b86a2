"""Agreed marks are records of their own, each with a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

from kvaljury.core.model import (
    ConsensusMark,
    Edition,
    Marks,
    MarksUsed,
    Scheme,
    ScoringSettings,
    Settings,
)
from kvaljury.files.edition_folder import read_marks
from kvaljury.files.log import InputLog

Write = Callable[[Mapping[str, str | bytes]], Path]
Read = Callable[[str], Marks]
HEADER = "entry;question;criterion;mark;reason\n"


@pytest.fixture
def read(write: Write, scheme: Scheme, edition: Edition, log: InputLog) -> Read:
    return lambda rows: read_marks(
        write({"consensus/L1.csv": HEADER + rows + "\n"}), scheme, edition, log
    )


def test_agreed_marks_are_read_sorted_beside_the_marks(read: Read, log: InputLog) -> None:
    marks = read("S01;1;;50;efter besöket\nF01;12 B;Planera;3,5;visat på plats")
    assert marks == Marks(
        consensus=(
            ConsensusMark("F01", "12b", "plan", Fraction(7, 2), "visat på plats"),
            ConsensusMark("S01", "1", "", Fraction(50), "efter besöket"),
        )
    )
    assert str(marks.consensus[0].source) == "consensus/L1.csv:3"
    assert log.faults == []


def test_swedish_headers_are_read(
    write: Write, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    text = "Verksamhet;Delfråga;Enad poäng;Motivering\nF01;1;5;samsyn\n"
    marks = read_marks(write({"consensus/L1.csv": text}), scheme, edition, log)
    assert [mark.value for mark in marks.consensus] == [5]


def test_a_blank_agreed_mark_is_none(read: Read, log: InputLog) -> None:
    assert read("F01;1;;;") == Marks()
    assert log.faults == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("F01;1;;50;", "2: reason: reason is empty"),
        ("F01;;;50;skäl", "2: question: question is empty"),
        ("F1;1;;50;skäl", '2: entry: the entry "F1" is unknown (did you mean F01?)'),
        ("F01;1;;52;skäl", "2: mark: mark 52 is not on the scale 0-100 in steps of 5"),
        (
            "F01;12b;;3;skäl",
            "2: criterion: the rubric verbs of question 12b has several criteria;"
            " one was expected (write one of: plan, do)",
        ),
        (
            "F01;1;;50;skäl\nF01;01;;55;skäl",
            "3: mark: the same agreed mark stands at consensus/L1.csv:2: entry F01, question 1"
            " (keep one of the rows)",
        ),
    ],
)
def test_a_bad_row_is_refused_at_its_line_and_column(
    row: str, said: str, read: Read, log: InputLog
) -> None:
    read(row)
    assert [str(fault) for fault in log.faults] == [f"consensus/L1.csv:{said}"]


def test_a_file_with_a_bad_header_is_refused_and_the_next_is_read(
    write: Write, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    folder = write({"consensus/a.csv": "x\n", "consensus/b.csv": HEADER + "F01;1;;5;skäl\n"})
    assert len(read_marks(folder, scheme, edition, log).consensus) == 1
    assert {fault.code for fault in log.faults} == {"missing-column"}


def test_agreed_marks_that_the_edition_does_not_use_are_a_warning(
    read: Read, log: InputLog
) -> None:
    read("F01;1;;50;samsyn\nS01;1;;50;samsyn")
    assert [str(warning) for warning in log.warnings] == [
        "consensus: the agreed marks have no effect on scores: the edition uses individual marks"
        ' (write marks = "consensus" under [scoring] in edition.toml to use them)'
    ]


def test_agreed_marks_that_are_used_are_no_warning(
    write: Write, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    used = Settings(ScoringSettings(marks=MarksUsed.CONSENSUS))
    agreed = attrs.evolve(edition, rules=attrs.evolve(edition.rules, settings=used))
    read_marks(write({"consensus/L1.csv": HEADER + "F01;1;;50;skäl\n"}), scheme, agreed, log)
    assert log.warnings == []


def test_a_reason_without_an_agreed_mark_is_told(read: Read, log: InputLog) -> None:
    assert read("F01;1;;;vi enades inte\nF01;12a;;;").consensus == ()
    assert log.faults == []
    (warning,) = log.warnings
    assert str(warning) == (
        "consensus/L1.csv:2: reason: a reason stands without an agreed mark and is not carried over"
    )
    (tally,) = log.tallies
    assert (tally.accepted, tally.refused) == (2, 3)

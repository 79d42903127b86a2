"""Every header means one thing, and the documented list is the one that is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.files.headers import (
    CHANGE_REQUESTS,
    CONSENSUS,
    ENTRIES,
    MARKS,
    NOMINATIONS,
    PROPOSALS,
    Columns,
    field_name,
    fold_header,
)

README = Path(__file__).parents[2] / "rubrics" / "README.md"
BEGIN, END = "<!-- headers:start -->", "<!-- headers:end -->"
TABLES = {
    "entries.csv": ENTRIES,
    "marks/*.csv": MARKS,
    "consensus/*.csv": CONSENSUS,
    "proposals.csv": PROPOSALS,
    "nominations.csv": NOMINATIONS,
    "change_requests.csv": CHANGE_REQUESTS,
}


def documented(tables: dict[str, Columns]) -> str:
    """The list of headers as Markdown; required columns are bold."""
    lines = ["| file | column | English | Swedish |", "|---|---|---|---|"]
    for file, columns in tables.items():
        for column in columns.columns:
            field = f"**`{column.field}`**" if column.is_required else f"`{column.field}`"
            english, swedish = ", ".join(column.english), ", ".join(column.swedish)
            lines.append(f"| `{file}` | {field} | {english} | {swedish} |")
    return "\n".join(lines)


def test_the_readme_lists_exactly_the_headers_that_are_read() -> None:
    text = README.read_text(encoding="utf-8")
    assert text.partition(BEGIN)[2].partition(END)[0].strip() == documented(TABLES)


@pytest.mark.parametrize("columns", TABLES.values(), ids=TABLES)
def test_no_header_names_two_columns(columns: Columns) -> None:
    folded = [fold_header(h) for column in columns.columns for h in column.headers]
    assert len(folded) == len(set(folded))


@pytest.mark.parametrize("columns", TABLES.values(), ids=TABLES)
def test_every_column_has_a_swedish_header(columns: Columns) -> None:
    assert all(column.swedish for column in columns.columns)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Verksamhet", "name"),
        ("Förvaltning/bolag", "administration"),
        ("Tävlingsklass", "class"),
        ("Driftsform", "operator"),
        ("Medarbetare exklusive chef", "employees_excluding_manager"),
        ("Andel från Stockholm (%)", "stockholm_share"),
        ("Resultat föregående år", "result_previous_year"),
        ("Prognos innevarande år", "forecast_current_year"),
        ("Senaste utmärkelse", "last_award_year"),
        ("Bidrag inkom", "bid_received"),
        ("Protokollsutdrag inkom", "board_notice_date"),
        ("Grundläggande kontroll", "basic_control"),
        ("EMPLOYEES EXCLUDING-MANAGER", "employees_excluding_manager"),
    ],
)
def test_a_registration_list_is_understood(header: str, field: str) -> None:
    assert ENTRIES.field_of(header) == field


def test_the_nearest_header_is_found() -> None:
    assert MARKS.nearest("coment") == "comment"
    assert MARKS.nearest("Komentar") == "kommentar"
    assert MARKS.nearest("qqqqqq") is None


@given(st.sampled_from([h for c in ENTRIES.columns for h in c.headers]), st.sampled_from(" _-/"))
def test_case_and_joints_do_not_matter(header: str, joint: str) -> None:
    changed = header.replace(" ", joint).replace("_", joint).upper()
    assert ENTRIES.field_of(changed) == ENTRIES.field_of(header) is not None


def test_a_field_is_named_in_swedish_as_its_column_is_headed() -> None:
    named = field_name("reason")
    assert (str(named), named.sv) == ("reason", "skäl")
    assert field_name("weather") == "weather"

"""``kvaljury progress`` as staff run it."""

import io
from datetime import datetime

import openpyxl
import pytest

from kvaljury.cli.progress import day_of
from kvaljury.errors import UsageFault
from tests.cli.small_year import write_year

DATE = ("--date", "2025-05-07")
CONSENSUS = """entry;question;criterion;mark;reason
F01;1;;60;efter besöket
F01;2;;20;svag uppföljning
"""
DEADLINES = """
[[deadlines]]
id = "M"
kind = "marks"
label = "Examinatorernas poäng"
at = "2025-08-28"

[[deadlines]]
id = "P"
kind = "proposals"
label = "Lagens förslag"
at = "2025-09-12"

[[deadlines]]
id = "V"
kind = "visit"
label = "Platsbesök"
at = "2025-09-05"
"""


@pytest.fixture
def half_year(tmp_path):
    """A year: E03 has begun, E06 has not, E02 is generous to F01, L1 has agreed on two."""
    year = write_year(tmp_path / "year", extra=f"[agreement]\nlimit = 12.5\n{DEADLINES}")
    generous = year / "marks" / "E02.csv"
    rows = [line.split(";") for line in generous.read_text("utf-8").splitlines()]
    for row in rows:
        row[4] = "95" if row[0] == "F01" else row[4]
    generous.write_text("\n".join(map(";".join, rows)) + "\n", "utf-8")
    path = year / "marks" / "E03.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:20]), "utf-8")
    (year / "marks" / "E06.csv").unlink()
    (year / "consensus").mkdir()
    (year / "consensus" / "L1.csv").write_text(CONSENSUS, "utf-8")
    return year


def rows_of(year, sheet):
    content = (year / "out" / "progress.xlsx").read_bytes()
    book = openpyxl.load_workbook(io.BytesIO(content))
    try:
        return [[cell for cell in row if cell is not None] for row in book[sheet].values]
    finally:
        book.close()


def test_what_is_missing_is_no_fault_and_is_told_by_examiner_question_and_deadline(
    kvaljury, half_year
):
    said = kvaljury("progress", half_year, *DATE, "--lang", "en")
    assert said.code == 0
    for words in (
        "Provåret, 2025-05-07",
        "Marks: 541 of 725. Complete readings: 18 of 25.",
        "Proposals: 2 of 7 entries.",
        "Next: The bid in time, 2025-05-07 at 24.00 (today): nothing is missing",
        "passed 47 days ago",
        "28 days left",
        "missing from 1 of 7 entries:",
        "missing from 2 of 6 examiners:",
        "preliminary: not all marks are in",
        "svag uppföljning",
        "Written to the folder out: progress.xlsx",
    ):
        assert words in " ".join(said.out.split())
    (begun,) = [line for line in said.out.splitlines() if " begun " in line and "home" in line]
    assert begun.split()[:3] == ["L1", "E03", "F01"]


def test_the_document_for_scripts_has_its_schema_and_the_same_numbers(kvaljury, half_year):
    told = kvaljury("progress", half_year, *DATE, "--json", "--lang", "en").json
    assert (told["schema"], told["date"]) == ("kvaljury.progress/1", "2025-05-07")
    assert told["marks"] == {"given": 541, "expected": 725}
    by_id = {each["id"]: each for each in told["examiners"]}
    third = by_id["E03"]
    assert (third["team"], third["given"], third["expected"]) == ("L1", 19, 116)
    assert third["state"] == "partly"
    assert [r["state"] for r in third["readings"]] == ["partly", "none", "none", "none"]
    assert len(third["readings"][0]["missing"]) == 10
    assert by_id["E06"]["state"] == "none"
    assert [r["kind"] for r in by_id["E01"]["readings"]] == ["home", "home", "guest", *["home"] * 2]
    due = {each["id"]: each for each in told["deadlines"]}
    assert list(due) == ["D25-02", "D25-03", "D25-04", "D25-05", "M", "V", "P", "D25-06"]
    bid = due["D25-03"]
    assert (bid["last_day"], bid["ends"]) == ("2025-05-07", "2025-05-08T00:00:00")
    assert (bid["days_left"], bid["passed"], bid["next"]) == (0, False, True)
    assert due["M"]["missing"] == ["E03", "E06"]
    assert due["P"]["missing"] == ["L1", "L2"]
    assert due["V"]["missing"] == ["F01", "F02", "F03", "F04", "S01", "S02", "S03"]
    assert due["D25-05"]["missing"] == ["S03"]
    assert (due["D25-02"]["passed"], due["D25-02"]["deliverer"]) == (True, "nobody")
    first = told["teams"][0]
    assert first["proposals"] == {"filed": ["F02"], "missing": ["F01", "S01", "S02"]}
    assert first["consensus"][0]["given"] == 2
    assert {len(each["unanswered"]) for each in first["documents"]} == {5}
    assert told["agreement"]["limit"] == 12.5
    assert len(told["agreement"]["divided"][0]["leaves"]) == 5
    (entry,) = told["drift"]["entries"]
    assert [leaf["marks"][0]["reason"] for leaf in entry["leaves"]] == [
        "efter besöket",
        "svag uppföljning",
    ]
    assert entry["total"]["change"] == pytest.approx(
        entry["total"]["agreed"] - entry["total"]["own"], abs=1e-5
    )


def test_divided_entries_are_those_of_the_ranking(kvaljury, half_year):
    told = kvaljury("progress", half_year, *DATE, "--json").json
    ranked = kvaljury("rank", half_year, "--json").json
    listed = [
        {key: each[key] for key in ("entry", "low", "high", "difference")}
        for each in told["agreement"]["divided"]
    ]
    assert listed
    assert listed == [
        {key: each[key] for key in ("entry", "low", "high", "difference")}
        for each in ranked["agreement"]["divided"]
    ]


def test_the_workbook_has_a_sheet_for_each_question_of_staff(kvaljury, half_year):
    assert kvaljury("progress", half_year, *DATE, "--lang", "en").code == 0
    status = rows_of(half_year, "Where things stand")
    assert ["L1", "E03", 0, 4, 19, 116, "begun"] in [row[:7] for row in status]
    assert ["L2", "E06", "F03 Förskolan Öringen", "home team", 0, 29, "not begun"] in [
        row[:7] for row in status
    ]
    missing = rows_of(half_year, "Missing")
    assert [row[0] for row in missing if row].count("Marks") == 7
    assert ["Proposal", "L1", "E01", "F01 Förskolan Blåklockan", "not begun"] in [
        row[:5] for row in missing
    ]
    agreed = [row for row in missing if row and row[0] == "Marks agreed on"]
    assert len(agreed) == 4
    assert agreed[0][4:] == ["begun", ", ".join(agreed[0][5].split(", "))]
    due = rows_of(half_year, "Deadlines")
    assert ["The bid in time", "2025-05-07 at 24.00", 0, "today"] in [row[:4] for row in due]
    assert len(rows_of(half_year, "Differences")) > 8
    assert ["none"] in rows_of(half_year, "To verify")
    drift = rows_of(half_year, "Marks agreed on")
    (reason,) = [row for row in drift if row and row[-1] == "efter besöket"]
    assert reason[1:5] == ["1", 65, 60, -5]
    about = rows_of(half_year, "About")
    assert ["Day", "2025-05-07"] in about
    assert "edition.toml" in [row[0] for row in about if row]


def test_the_same_year_and_day_give_the_same_bytes(kvaljury, half_year):
    path = half_year / "out" / "progress.xlsx"
    kvaljury("progress", half_year, *DATE)
    first = path.read_bytes()
    kvaljury("progress", half_year, *DATE, "--json")
    assert path.read_bytes() == first
    kvaljury("progress", half_year, "--date", "2025-05-08")
    assert path.read_bytes() != first


def test_a_year_without_teams_or_marks_has_a_sensible_answer(kvaljury, tmp_path):
    year = write_year(tmp_path / "year", marked=False)
    (year / "teams.toml").unlink()
    (year / "proposals.csv").unlink()
    said = kvaljury("progress", year, *DATE, "--lang", "en")
    assert said.code == 0
    assert "No team has been formed, so nobody is asked for marks." in said.out
    assert "Deadlines" in said.out
    assert kvaljury("progress", year, *DATE, "--json").json["examiners"] == []


def test_a_year_with_teams_and_no_mark_says_that_none_has_begun(kvaljury, tmp_path):
    year = write_year(tmp_path / "year", marked=False)
    said = kvaljury("progress", year, "--date", "2026-01-01", "--lang", "en")
    assert said.code == 0
    assert "Marks: 0 of 725. Complete readings: 0 of 25." in said.out
    assert "All deadlines have passed." in said.out
    assert "Readings begun" not in said.out


def test_what_is_agreed_on_alone_has_no_changes_to_show(kvaljury, tmp_path):
    year = write_year(tmp_path / "year", marked=False)
    (year / "consensus").mkdir()
    (year / "consensus" / "L1.csv").write_text(CONSENSUS, "utf-8")
    said = kvaljury("progress", year, *DATE, "--lang", "en")
    (row,) = [line for line in said.out.splitlines() if line.endswith("–") and "F01" in line]
    assert row.split()[-4:] == ["L1", "–", "–", "–"]
    assert "Questions that changed most:\nnone" in said.out


def test_a_fault_of_the_input_stops_it_before_anything_is_written(kvaljury, half_year):
    (half_year / "marks" / "E01.csv").write_text("entry;examiner\nF01;E01\n", "utf-8")
    said = kvaljury("progress", half_year, *DATE)
    assert said.code == 3
    assert "marks/E01.csv" in said.err
    assert not (half_year / "out").exists()


@pytest.mark.parametrize("text", ["7 maj", "2025-02-30", "2025-05-07 10:00", "20250507", ""])
def test_a_day_that_is_none_is_a_fault_of_use(kvaljury, half_year, text):
    said = kvaljury("progress", half_year, "--date", text, "--lang", "en")
    assert said.code == 2
    assert "a day such as 2025-05-06 was expected" in said.err


def test_the_day_is_today_where_none_is_given():
    before = datetime.now().astimezone().date()
    assert before <= day_of(None) <= datetime.now().astimezone().date()
    with pytest.raises(UsageFault):
        day_of("i dag")

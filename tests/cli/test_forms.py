"""``kvaljury forms``: what it writes, what it leaves alone and what it says."""

import openpyxl
import pytest

from kvaljury.files.writing import LOCK_FILE


@pytest.fixture
def year(linked_year):
    return linked_year


def names(year):
    return sorted(path.name for path in (year / "out" / "forms").iterdir())


def write(year, name, cell="F6", value=45):
    path = year / "out" / "forms" / name
    book = openpyxl.load_workbook(path)
    book["F01"][cell] = value
    book.save(path)
    return path


def test_every_examiner_gets_a_form_and_the_next_step_is_told(kvaljury, year):
    said = kvaljury("forms", year, "--lang", "en")
    assert (said.code, said.err) == (0, "")
    assert names(year) == [f"E0{n}.xlsx" for n in range(1, 7)]
    assert said.out.splitlines() == [
        "Forms in the folder out/forms: 6.",
        "Send each examiner his or her form; put it into the folder marks when it is filled in.",
        "See what has come in with: kvaljury progress",
    ]
    assert not (year / "out" / "forms" / LOCK_FILE).exists()


def test_every_team_gets_a_form_for_after_the_visit(kvaljury, year):
    said = kvaljury("forms", year, "--consensus", "--lang", "en")
    assert said.code == 0
    assert "into the folder consensus" in said.out
    assert names(year) == ["L1-gemensamt.xlsx", "L2-gemensamt.xlsx"]
    sheet = openpyxl.load_workbook(year / "out" / "forms" / "L1-gemensamt.xlsx")["F01"]
    assert [sheet.cell(4, column).value for column in range(6, 12)] == [
        "E01", "E02", "E03", "E04", "Agreed mark", "Reason",
    ]  # fmt: skip


def test_only_the_forms_that_are_asked_for_are_written(kvaljury, year):
    said = kvaljury("forms", year, "--examiner", "E02", "--examiner", "E05", "--json")
    assert said.code == 0
    assert names(year) == ["E02.xlsx", "E05.xlsx"]
    assert said.json["schema"] == "kvaljury.forms/1"
    assert (said.json["kind"], said.json["folder"]) == ("examiner", "out/forms")
    assert list(said.json["files"]) == ["E02.xlsx", "E05.xlsx"]


def test_the_same_edition_gives_the_same_forms(kvaljury, year):
    first = kvaljury("forms", year, "--json").json
    assert kvaljury("forms", year, "--json").json == first


def test_a_form_in_which_somebody_has_written_is_not_replaced(kvaljury, year):
    kvaljury("forms", year)
    path = write(year, "E01.xlsx")
    before = path.read_bytes()
    said = kvaljury("forms", year, "--lang", "en")
    assert said.code == 2
    assert "somebody has written in forms of out/forms: E01.xlsx" in said.err
    assert "--force" in said.err
    assert path.read_bytes() == before
    assert kvaljury("forms", year, "--force").code == 0
    assert path.read_bytes() != before


def test_forms_that_nobody_needs_any_longer_go_unless_written_in(kvaljury, year):
    kvaljury("forms", year)
    folder = year / "out" / "forms"
    for name in ("E08.xlsx", "E09.xlsx"):
        (folder / name).write_bytes((folder / "E01.xlsx").read_bytes())
    write(year, "E09.xlsx")
    kvaljury("forms", year, "--examiner", "E01")
    assert "E08.xlsx" in names(year)
    kvaljury("forms", year, "--consensus")
    assert "E08.xlsx" in names(year)
    kvaljury("forms", year)
    assert {"E08.xlsx", "E09.xlsx"} & set(names(year)) == {"E09.xlsx"}
    assert "L1-gemensamt.xlsx" in names(year)


def test_marks_move_from_csv_to_forms_without_changing_the_ranking(kvaljury, year):
    before = kvaljury("rank", year, "--json").json["classes"]
    assert kvaljury("forms", year, "--filled").code == 0
    for path in (year / "marks").iterdir():
        path.unlink()
    (year / "proposals.csv").unlink()
    for name in names(year):
        (year / "marks" / name).write_bytes((year / "out" / "forms" / name).read_bytes())
    assert kvaljury("rank", year, "--json").json["classes"] == before
    assert kvaljury("check", year).code == 0


def test_a_fresh_form_is_empty_whatever_was_given(kvaljury, year):
    kvaljury("forms", year)
    sheet = openpyxl.load_workbook(year / "out" / "forms" / "E01.xlsx")["F01"]
    assert sheet["F6"].value is None
    kvaljury("forms", year, "--filled")
    sheet = openpyxl.load_workbook(year / "out" / "forms" / "E01.xlsx")["F01"]
    assert sheet["F6"].value == 45


def test_those_without_entries_are_named(kvaljury, year):
    with (year / "teams.toml").open("a", encoding="utf-8") as file:
        file.write('[[teams]]\nid = "L3"\nexaminers = ["E07"]\nentries = []\n')
    said = kvaljury("forms", year, "--lang", "en")
    assert "No form was made for those without entries: E07." in said.out
    assert kvaljury("forms", year, "--json").json["without_entries"] == ["E07"]
    assert kvaljury("forms", year, "--consensus", "--json").json["without_entries"] == ["L3"]


def test_entries_that_no_form_asks_a_proposal_for_are_named(kvaljury, year):
    path = year / "teams.toml"
    text = path.read_text("utf-8").replace('coordinator = "E04"\n', "")
    path.write_text(text, "utf-8")
    assert "on F03, F04, S03," in kvaljury("forms", year, "--lang", "en").out


def coordinator_under_jav(year, examiner="E01", entry="F01"):
    path = year / "teams.toml"
    path.write_text(
        f'[[examiners]]\nid = "{examiner}"\n'
        f'jav = [{{ entry = "{entry}", ground = "närstående" }}]\n' + path.read_text("utf-8"),
        "utf-8",
    )


def test_entries_on_which_the_coordinator_has_jav_are_named_and_left_out_of_the_teams_form(
    kvaljury, year
):
    assert "declared jäv" not in kvaljury("forms", year, "--consensus", "--lang", "en").out
    coordinator_under_jav(year)
    said = kvaljury("forms", year, "--consensus", "--force", "--lang", "en")
    assert said.code == 0
    assert "No form asks for agreed marks on F01, since the coordinator of the team" in said.out
    book = openpyxl.load_workbook(year / "out" / "forms" / "L1-gemensamt.xlsx")
    assert "F01" not in book.sheetnames
    assert "F02" in book.sheetnames


def proposing(kvaljury, year):
    """Put the form of E01 among the marks, with the proposal F01 award."""
    (year / "proposals.csv").unlink()
    kvaljury("forms", year, "--examiner", "E01")
    book = openpyxl.load_workbook(year / "out" / "forms" / "E01.xlsx")
    sheet = book.worksheets[-2 if book.worksheets[-1].title == "kvaljury" else -1]
    row = next(row for row in range(1, 20) if sheet.cell(row, 2).value == "F01")
    sheet.cell(row, 4).value = "utmärkelse"
    (year / "marks" / "E01.csv").unlink()
    book.save(year / "marks" / "E01.xlsx")


def proposals_of(kvaljury, year):
    said = kvaljury("rank", year, "--json").json
    found = {e["id"]: e.get("proposal") for each in said["classes"] for e in each["entries"]}
    return {entry: proposal for entry, proposal in found.items() if proposal}


@pytest.mark.parametrize("how", ["declared", "derived"])
def test_a_proposal_under_jav_moves_nothing_and_is_told(kvaljury, year, how):
    proposing(kvaljury, year)
    assert proposals_of(kvaljury, year) == {"F01": "award"}
    if how == "declared":
        coordinator_under_jav(year)
    else:
        own = '[[persons]]\nid = "E01"\nworks_at = ["F01"]\n'
        (year / "organisation.toml").write_text(own, "utf-8")
    assert proposals_of(kvaljury, year) == {}
    said = kvaljury("check", year, "--json", "--lang", "en").json
    told = [w for w in said["warnings"] if w["code"] == "proposal-under-jav"]
    assert [(w["file"], w["message"]) for w in told] == [
        (
            "marks/E01.xlsx",
            "the proposal of the examiner E01 for the entry F01 is left out, for jäv",
        )
    ]
    (table,) = [each for each in said["tables"] if each["file"] == "marks/E01.xlsx"]
    assert (table["accepted"], table["refused"]) == (0, 1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--examiner", "E0"], 'the examiner "E0" is unknown'),
        (["--examiner", "E01", "--consensus"], "--examiner does not go with --consensus"),
    ],
)
def test_options_that_cannot_be_carried_out_are_refused(kvaljury, year, arguments, said):
    result = kvaljury("forms", year, "--lang", "en", *arguments)
    assert result.code == 2
    assert said in result.err
    assert not (year / "out" / "forms").exists()


def test_a_fault_of_the_edition_stops_everything(kvaljury, year):
    (year / "teams.toml").write_text("[[teams]]\n", "utf-8")
    assert kvaljury("forms", year).code == 3
    assert not (year / "out").exists()


def test_a_fault_of_the_marks_stops_what_shows_them(kvaljury, year):
    (year / "marks" / "E01.csv").write_text("entry;examiner;question;mark\nF01;E01;1;X\n", "utf-8")
    assert kvaljury("forms", year, "--consensus").code == 3
    assert kvaljury("forms", year).code == 0

"""``kvaljury feedback`` from the command line: after the ceremony, or forced and on record."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from kvaljury.cli import run
from kvaljury.files.decision_record import RECORD, read_record
from kvaljury.files.log import InputLog
from kvaljury.files.word.reading import read_word
from tests.cli.small_year import ENTRIES, write_year
from tests.core.record_examples import decided, voided, write_record
from tests.reports.pdf_reading import ACCESSIBLE, ARCHIVAL, failures, texts

TODAY = date(2025, 12, 1)
SCENARIO_2012 = Path(__file__).parents[1] / "scenarios" / "stockholm-2012" / "input"
BEFORE, AFTER = "2025-11-25", "2025-11-26"
FORCE = ("--force", "--by", "Sara Ek", "--reason", "Sjukdom")


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr("kvaljury.cli.release.today", lambda: TODAY)


def make_year(folder):
    """A year in which one examiner names another school, and one says not what it is."""
    write_year(folder)
    for examiner, comment in (("E01", "Styrka: bättre än Skolan Linden"), ("E02", "Hm.")):
        path = folder / "marks" / f"{examiner}.csv"
        text = path.read_text("utf-8")
        path.write_text(text.replace(";\n", f";{comment}\n", 1), encoding="utf-8")
    return folder


@pytest.fixture
def year(tmp_path):
    return make_year(tmp_path / "year")


@pytest.fixture(scope="module")
def given_out(tmp_path_factory):
    """The folder of a year whose schools are decided and whose feedback is written."""
    folder = make_year(tmp_path_factory.mktemp("given") / "year")
    write_record(folder, ("decided", decided()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kvaljury.cli.release.today", lambda: TODAY)
        assert run(["feedback", str(folder), "--date", AFTER, "--lang", "en"]) == 0
    return folder


def told(folder, entry):
    data = (folder / "out" / "feedback" / f"aterkoppling-{entry}.docx").read_bytes()
    found = read_word(data, "x.docx", InputLog())
    return "\n".join(paragraph.text for paragraph in found.paragraphs)


def test_every_entry_gets_a_word_file_and_a_pdf_from_the_day_after(given_out):
    names = sorted(path.name for path in (given_out / "out" / "feedback").iterdir())
    assert names == sorted(
        f"aterkoppling-{entry}.{ending}" for entry in ENTRIES for ending in ("docx", "pdf")
    )
    assert len(read_record(given_out).events) == 1


def test_the_pdf_can_be_archived_and_says_what_word_says(given_out):
    data = (given_out / "out" / "feedback" / "aterkoppling-F01.pdf").read_bytes()
    assert failures(data, ARCHIVAL) == []
    assert failures(data, ACCESSIBLE) == []
    assert "Suggestion for a plan of action" in " ".join(texts(data))
    assert "Suggestion for a plan of action" in told(given_out, "F01")


def test_before_and_on_the_day_it_refuses_and_writes_nothing(kvaljury, year):
    said = kvaljury("feedback", year, "--date", BEFORE, "--lang", "en")
    assert said.code == 5
    assert "the ceremony is on 2025-11-25" in said.err
    assert "--force --by NAME --reason TEXT" in said.err
    assert not (year / "out").exists()


def test_an_edition_without_a_ceremony_refuses(kvaljury, year, monkeypatch):
    monkeypatch.setattr("kvaljury.core.release.all_deadlines", lambda rules: ())
    said = kvaljury("feedback", year, "--lang", "en")
    assert said.code == 5
    assert "names no day for the ceremony" in said.err
    assert kvaljury("feedback", year, *FORCE).code == 0
    assert read_record(year).events[0].data["ceremony"] is None


def test_who_forces_it_stands_in_the_record(kvaljury, year):
    said = kvaljury("feedback", year, "--date", BEFORE, *FORCE, "--json")
    assert said.code == 0, said.err
    (event,) = read_record(year).events
    assert (event.kind, event.by) == ("feedback-forced", "Sara Ek")
    assert dict(event.data) == {
        "date": BEFORE, "ceremony": BEFORE, "reason": "Sjukdom", "entries": sorted(ENTRIES),
    }  # fmt: skip
    assert said.json["forced"] is True
    assert len(said.json["files"]) == 14


def test_force_after_the_ceremony_is_not_needed_and_not_recorded(kvaljury, year):
    said = kvaljury("feedback", year, "--date", AFTER, *FORCE, "--lang", "en")
    assert said.code == 0
    assert not (year / RECORD).exists()
    assert "Feedback to 7 entries" in said.out
    assert "No decision is recorded for Preschool, School" in said.err
    assert "neither strengths nor development areas: 1." in said.err


@pytest.mark.parametrize(
    "options",
    [
        ("--force",),
        ("--force", "--by", "Sara"),
        ("--force", "--by", "Sara", "--reason", " "),
        ("--by", "Sara"),
        ("--reason", "därför"),
        ("--date", "i morgon"),
        ("--date", "2025-12-02"),
    ],
)
def test_options_that_do_not_go_together_are_refused(kvaljury, year, options):
    assert kvaljury("feedback", year, *options).code == 2
    assert not (year / "out").exists()


def test_no_feedback_names_anybody_else(given_out):
    for entry in ENTRIES:
        said = told(given_out, entry)
        for other, (name, _, _) in ENTRIES.items():
            assert other == entry or (other not in said and name not in said)
        for examiner in ("E01", "E02", "E03", "E04", "E05", "E06"):
            assert examiner not in said
    assert "Bättre än […]" in told(given_out, "F01")


def test_the_recorded_decision_is_told_to_each(given_out):
    assert "You receive the award in the class School." in told(given_out, "S01")
    assert "You receive an honourable mention" in told(given_out, "S03")
    assert "You do not receive an award" in told(given_out, "S02")
    assert "The jury's decision" not in told(given_out, "F01")


def test_a_shaken_decision_holds_feedback_back(kvaljury, year):
    write_record(year, ("decided", decided()), ("voided", voided()))
    said = kvaljury("feedback", year, "--lang", "en")
    assert said.code == 5
    assert "decide the class anew" in said.err


def test_a_record_that_does_not_verify_holds_it_back(kvaljury, year):
    write_record(year, ("decided", decided()))
    path = year / RECORD
    path.write_bytes(path.read_bytes()[:-1])
    assert kvaljury("feedback", year).code == 6


def test_a_fault_in_the_input_is_told_and_nothing_written(kvaljury, year):
    (year / "marks" / "E03.csv").write_text("entry;examiner\n", encoding="utf-8")
    assert kvaljury("feedback", year).code == 3
    assert not (year / "out").exists()


def test_old_feedback_of_an_entry_that_is_gone_is_removed(kvaljury, year):
    folder = year / "out" / "feedback"
    folder.mkdir(parents=True)
    (folder / "aterkoppling-X99.pdf").write_bytes(b"")
    (folder / "egna-anteckningar.txt").write_text("kvar")
    assert kvaljury("feedback", year).code == 0
    assert not (folder / "aterkoppling-X99.pdf").exists()
    assert (folder / "egna-anteckningar.txt").exists()


def test_2012_which_had_no_jury_gives_feedback_to_every_unit(kvaljury, tmp_path):
    folder = tmp_path / "year"
    shutil.copytree(SCENARIO_2012, folder)
    said = kvaljury("feedback", folder, "--date", "2012-11-21", "--lang", "en")
    assert said.code == 0, said.err
    names = [path.stem for path in (folder / "out" / "feedback").glob("*.docx")]
    assert names
    for name in names:
        assert "The jury's decision" not in told(folder, name.removeprefix("aterkoppling-"))
    assert kvaljury("feedback", folder, "--date", "2012-11-20").code == 5


@pytest.mark.parametrize(
    ("comment", "is_told"),
    [
        ("Styrka: ni fick 45 poäng", True),
        ("Styrka: på plats 2 av alla", True),
        ("Styrka: rang 3", True),
        ("Styrka: på andra plats i klassen", True),
        ("Styrka: en plats för alla 12 barn", False),
        ("Styrka: 3 av 4 mål", False),
    ],
)
def test_a_comment_that_tells_a_score_or_place_is_pointed_out(kvaljury, year, comment, is_told):
    path = year / "marks" / "E01.csv"
    text = path.read_text("utf-8")
    path.write_text(text.replace("Styrka: bättre än Skolan Linden", comment), encoding="utf-8")
    said = " ".join(kvaljury("feedback", year, "--lang", "en").err.split())
    assert ("a comment seems to tell a score or a place" in said) is is_told


def test_comments_with_a_name_left_out_are_counted(kvaljury, year):
    said = " ".join(kvaljury("feedback", year, "--lang", "en").err.split())
    assert "F01, " in said
    assert "comments in which a name was left out: 1." in said

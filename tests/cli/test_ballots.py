"""``ballots`` plans the jury's day and makes ballots; jäv is shown with its ground."""

import io

import openpyxl
import pytest

from tests.cli.jury_year import write_jury

ORGANISATION = '[[administrations]]\nname = "Nämnden"\nheads = ["J3", "E01"]\n'
DECLARED = {"J1": '[{ entry = "F01", ground = "KL 6:28 1" }]'}


def sheet(path, name="Ballot"):
    return openpyxl.load_workbook(path)[name]


def texts(page):
    return [str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None]


def test_the_agenda_tells_who_leaves_and_why(kvaljury, linked_year) -> None:
    write_jury(linked_year, DECLARED)
    (linked_year / "organisation.toml").write_text(ORGANISATION, encoding="utf-8")
    said = kvaljury("ballots", linked_year, "--lang", "en")
    assert said.code == 0
    assert said.out.startswith("Basis for decision")
    assert "Leave for jäv: J1 Anna, J3 Carin" in said.out
    assert "In the chair: J2 Bo, acting." in said.out
    assert "proposed ground – to be confirmed by the member" in " ".join(said.out.split())
    assert "KL 6:28 1: the matter concerns" in said.out


def test_ballots_hold_no_cells_where_a_juror_has_jav(kvaljury, linked_year) -> None:
    write_jury(linked_year, DECLARED)
    assert kvaljury("ballots", linked_year, "--lang", "en").code == 0
    folder = linked_year / "out/ballots"
    assert len(list(folder.glob("*.xlsx"))) == 9
    own, other = texts(sheet(folder / "J1.xlsx")), texts(sheet(folder / "J2.xlsx"))
    assert "F01" not in own
    assert any(text.startswith("Jäv, nothing to fill in") for text in own)
    assert {"F01", "F02", "S01"} <= set(other)
    rows = (folder / "rostsedlar.csv").read_text("utf-8-sig").splitlines()
    assert rows[0] == "juror;entry;grade;mention"
    assert "J1;F01;;" not in rows
    assert "J2;F01;;" in rows


def test_jav_for_the_entry_alone_leaves_the_rest_of_the_class(kvaljury, linked_year) -> None:
    write_jury(linked_year, DECLARED, rules='[rules]\nsits_out = "entry"\n')
    assert kvaljury("ballots", linked_year, "--lang", "en").code == 0
    rows = (linked_year / "out/ballots/rostsedlar.csv").read_text("utf-8-sig").splitlines()
    assert "J1;F02;;" in rows
    assert "J1;F01;;" not in rows


def test_a_filled_in_ballot_is_counted_by_decide(kvaljury, linked_year) -> None:
    write_jury(linked_year)
    assert kvaljury("ballots", linked_year, "--lang", "en").code == 0
    book = openpyxl.load_workbook(linked_year / "out/ballots/J2.xlsx")
    for row in book["Ballot"].iter_rows(min_row=2):
        if row[1].value == "F01":
            row[4].value, row[5].value = "worthy now", "no"
    (linked_year / "ballots").mkdir()
    book.save(linked_year / "ballots/J2.xlsx")
    said = kvaljury("decide", linked_year, "--json", "--lang", "en")
    assert said.json["classes"][0]["ballots"] == [
        {"juror": "J2", "entry": "F01", "state": "yes", "grade": "worthy_now", "mention": "no",
         "void": False}
    ]  # fmt: skip


def test_a_blind_round_shows_codes_and_is_read_by_them(kvaljury, linked_year) -> None:
    write_jury(linked_year)
    assert kvaljury("ballots", linked_year, "--blind", "--lang", "en").code == 0
    shown = texts(sheet(linked_year / "out/ballots/J2.xlsx"))
    assert not {"F01", "S01"} & set(shown)
    assert not [text for text in shown if "Blåklockan" in text]
    rows = (linked_year / "out/ballots/rostsedlar.csv").read_text("utf-8-sig")
    (linked_year / "ballots").mkdir()
    filled = rows.replace(";;", ";could_receive;yes")
    (linked_year / "ballots/all.csv").write_text(filled, encoding="utf-8")
    found = kvaljury("decide", linked_year, "--json").json["classes"]
    assert {b["entry"] for each in found for b in each["ballots"]} == {"F01", "F02", "S01"}


def test_ballots_with_answers_are_not_written_over(kvaljury, linked_year) -> None:
    write_jury(linked_year)
    assert kvaljury("ballots", linked_year, "--lang", "en").code == 0
    assert kvaljury("ballots", linked_year, "--lang", "en").code == 0
    template = linked_year / "out/ballots/rostsedlar.csv"
    empty = template.read_bytes()
    template.write_bytes(empty.replace(b"J2;F01;;", b"J2;F01;not_now;no"))
    said = kvaljury("ballots", linked_year, "--lang", "en")
    assert said.code == 2
    assert "rostsedlar.csv" in said.err
    assert kvaljury("ballots", linked_year, "--force", "--lang", "en").code == 0
    assert template.read_bytes() == empty


def test_the_ballot_of_who_is_no_more_goes(kvaljury, linked_year) -> None:
    write_jury(linked_year)
    kvaljury("ballots", linked_year)
    text = (linked_year / "jury.toml").read_text("utf-8").replace('"J9"', '"J10"')
    (linked_year / "jury.toml").write_text(text, encoding="utf-8")
    assert kvaljury("ballots", linked_year).code == 0
    names = {path.name for path in (linked_year / "out/ballots").glob("*.xlsx")}
    assert "J10.xlsx" in names
    assert "J9.xlsx" not in names


def test_json_tells_the_same(kvaljury, linked_year) -> None:
    write_jury(linked_year, DECLARED)
    told = kvaljury("ballots", linked_year, "--json").json
    assert told["schema"] == "kvaljury.ballots/1"
    first = next(item for item in told["agenda"] if item["class"] == "forskola")
    assert first["out"] == {"F01": ["J1"], "F02": ["J1"]}
    assert (first["chair"], first["is_acting"], first["has_quorum"]) == ("J2", True, True)
    assert told["jav"][0]["ground"] == "KL 6:28 1"
    assert min(told["files"]) == "J1.xlsx"


def test_no_jav_is_said_and_too_few_are_told(kvaljury, linked_year) -> None:
    write_jury(linked_year, rules="[rules]\nquorum = 9\n")
    assert "No member has jäv" in kvaljury("ballots", linked_year, "--lang", "en").out
    write_jury(linked_year, DECLARED, rules="[rules]\nquorum = 9\n")
    assert "No quorum: 8 take part" in kvaljury("ballots", linked_year, "--lang", "en").out


@pytest.mark.parametrize("missing", ["jury.toml", "nominations.csv"])
def test_without_a_jury_or_nominations_there_are_no_ballots(kvaljury, linked_year, missing) -> None:
    write_jury(linked_year)
    (linked_year / missing).unlink()
    said = kvaljury("ballots", linked_year, "--lang", "en")
    assert said.code == 5
    assert not (linked_year / "out/ballots").exists()


def test_marks_under_derived_jav_are_left_out_like_declared_ones(kvaljury, linked_year) -> None:
    before = kvaljury("rank", linked_year, "--json").json
    (linked_year / "organisation.toml").write_text(
        '[[persons]]\nid = "E01"\nworks_at = ["F01"]\n', encoding="utf-8"
    )
    said = kvaljury("rank", linked_year, "--json")
    assert said.code == 0
    raw = {e["id"]: e["raw"] for each in said.json["classes"] for e in each["entries"]}
    old = {e["id"]: e["raw"] for each in before["classes"] for e in each["entries"]}
    assert raw["F01"] != old["F01"]
    assert raw["F03"] == old["F03"]
    assert "own-unit" in [plugin["name"] for plugin in said.json["plugins"]]
    assert "organisation.toml" in said.json["inputs"]
    assert "KL 6:28" in kvaljury("rank", linked_year, "--lang", "en").out
    form = kvaljury("forms", linked_year, "--examiner", "E01", "--lang", "en")
    assert form.code == 0
    book = openpyxl.load_workbook(io.BytesIO((linked_year / "out/forms/E01.xlsx").read_bytes()))
    assert "F01" not in book.sheetnames


def test_check_reads_the_jury_and_names_the_line_of_a_missing_plugin(kvaljury, linked_year) -> None:
    write_jury(linked_year, rules='[rules]\nmethod = "bordaa"\n')
    said = kvaljury("check", linked_year, "--lang", "en")
    assert said.code == 4
    assert "jury.toml:2: rules.method" in said.err
    write_jury(linked_year, ballots__all="juror;entry;grade\nJ77;F01;not_now\n")
    said = kvaljury("check", linked_year, "--lang", "en")
    assert said.code == 3
    assert "ballots/all.csv:2: juror" in said.out


def test_a_missing_jav_rule_never_means_no_jav(kvaljury, linked_year) -> None:
    edition = linked_year / "edition.toml"
    edition.write_text(edition.read_text("utf-8") + '[jury]\njav_rules = ["x"]\n', encoding="utf-8")
    assert kvaljury("rank", linked_year).code == 0
    (linked_year / "organisation.toml").write_text(ORGANISATION, encoding="utf-8")
    said = kvaljury("rank", linked_year, "--lang", "en")
    assert said.code == 4
    assert "edition.toml:5: jury.jav_rules" in said.err

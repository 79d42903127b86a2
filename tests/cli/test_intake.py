"""``kvaljury intake`` on whole editions."""

import io
import re
import zipfile

import pytest

from tests.intake_samples import bid_lines, docx_bytes, png, rules_of

DAY = ("--date", "2025-05-09")
R25, R12 = rules_of(2025), rules_of(2012)


def put(year, name, data):
    path = year / "bids" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())


@pytest.fixture
def year(linked_year):
    """A year with one good bid, one that departs, one that is broken and one in PDF."""
    put(linked_year, "F01/bidrag.docx", docx_bytes(bid_lines(R25)))
    put(linked_year, "F01/presentation.txt", "Vi lyssnar.")
    put(linked_year, "F01/bild.png", png())
    lines = bid_lines(R25, "word", left_out=("7",), unanswered=("9",))
    put(linked_year, "F02/bidrag.docx", docx_bytes([*lines, ("19121212-1212", 0, "")]))
    put(linked_year, "F02/budget.xlsx", b"x")
    put(linked_year, "S01/bidrag.docx", b"PK\3\4 cut off")
    put(linked_year, "S02/bidrag.pdf", b"%PDF")
    return linked_year


def entries(said):
    return {entry["id"]: entry for entry in said.json["entries"]}


def codes(entry):
    return [finding["code"] for finding in entry["findings"]]


def test_every_bid_gets_a_report_and_the_office_an_overview(kvaljury, year):
    said = kvaljury("intake", year, *DAY, "--lang", "en")
    assert (said.code, said.err) == (0, "")
    rows = [line.split() for line in said.out.splitlines()]
    assert rows[5][:3] == ["F01", "Förskolan", "Blåklockan"]
    assert rows[5][-5:] == ["29", "of", "29", "0", "0"]
    assert rows[6][-5:] == ["27", "of", "29", "3", "3"]
    names = {path.name for path in (year / "out" / "intake").iterdir()}
    ids = ("F01", "F02", "F03", "F04", "S01", "S02", "S03")
    assert names == {"index.html"} | {f"bidrag-{i}.{kind}" for i in ids for kind in ("html", "pdf")}
    assert (year / "out" / "intake" / "bidrag-F01.pdf").read_bytes().startswith(b"%PDF")
    page = (year / "out" / "intake" / "bidrag-F02.html").read_text("utf-8")
    assert "19121212-****" in page
    assert "19121212-1212" not in page
    index = (year / "out" / "intake" / "index.html").read_text("utf-8")
    assert 'href="bidrag-F02.html"' in index


def test_the_json_document_holds_what_scripts_need(kvaljury, year):
    said = kvaljury("intake", year, *DAY, "--json", "--lang", "en")
    assert said.code == 0
    assert said.json["schema"] == "kvaljury.intake/1"
    assert said.json["date"] == "2025-05-09"
    assert said.json["next_due"] == "2025-05-13"
    assert said.json["limits"] == {
        "characters": 95_000,
        "presentation": 1_000,
        "image": [1920, 1200],
    }
    found = entries(said)
    assert found["F01"]["findings"] == []
    assert found["F01"]["contribution"]["answered"] == 29
    assert codes(found["F02"]) == [
        "no-presentation",
        "appendices",
        "no-answer",
        "no-image",
        "not-found",
        "personal-number",
    ]
    assert codes(found["S01"])[:2] == ["no-presentation", "unreadable"]
    assert found["S01"]["contribution"] is None
    assert "not-word" in codes(found["S02"])
    assert codes(found["F03"]) == ["no-bid"]
    assert set(said.json["inputs"]) >= {"bids/F01/bidrag.docx", "bids/S02/bidrag.pdf"}
    sections = found["F01"]["contribution"]["sections"]
    total = found["F01"]["contribution"]["characters"]
    assert sum(section["characters"] for section in sections) == total


def test_the_same_year_gives_the_same_bytes(kvaljury, year):
    def outputs():
        assert kvaljury("intake", year, *DAY).code == 0
        return {p.name: p.read_bytes() for p in (year / "out").rglob("*.*") if p.is_file()}

    assert outputs() == outputs()


def test_one_entry_is_checked_alone_and_the_overview_left_as_it_is(kvaljury, year):
    said = kvaljury("intake", year, "--entry", "F02", *DAY, "--json")
    assert list(entries(said)) == ["F02"]
    assert {p.name for p in (year / "out" / "intake").iterdir()} == {
        "bidrag-F02.html",
        "bidrag-F02.pdf",
    }


def test_an_unknown_entry_and_an_odd_day_are_faults_of_use(kvaljury, year):
    said = kvaljury("intake", year, "--entry", "F2", "--lang", "en")
    assert said.code == 2
    assert "did you mean F02?" in said.err
    assert kvaljury("intake", year, "--date", "i går").code == 2
    assert kvaljury("intake", year, "--date", "9999-12-31").code == 2


def test_a_request_beyond_all_years_is_a_fault_of_its_row(kvaljury, year):
    rows = "entry;sent;matter\nF01;9999-12-30;korta\n"
    (year / "change_requests.csv").write_text(rows, "utf-8")
    for command in (("intake", year, *DAY), ("check", year)):
        said = kvaljury(*command, "--lang", "en")
        assert said.code == 3
        assert "change_requests.csv:2: sent" in said.out + said.err


def test_check_tells_of_a_bid_that_is_not_in_word(kvaljury, year):
    said = kvaljury("check", year, "--json", "--lang", "en")
    told = [each for each in said.json["warnings"] if each["code"] == "not-word"]
    assert [(each["file"], each["message"]) for each in told] == [
        ("bids/S02", "the contribution is not in Word format: bidrag.pdf")
    ]


def test_findings_carry_the_line_of_the_instructions(kvaljury, year):
    said = kvaljury("intake", year, *DAY, "--json", "--lang", "en")
    assert said.json["sources"]["longest"] == {"rule": "F25-02", "source": "S25:172"}
    found = {each["code"]: each for each in entries(said)["F02"]["findings"]}
    assert (found["appendices"]["rule"], found["appendices"]["source"]) == ("F25-03", "S25:172")
    assert found["personal-number"]["source"] is None
    page = (year / "out" / "intake" / "bidrag-F02.html").read_text("utf-8")
    assert "F25-03; S25:172" in page
    assert "S25:172" in (year / "out" / "intake" / "index.html").read_text("utf-8")
    book = zipfile.ZipFile(io.BytesIO((year / "out" / "intake.xlsx").read_bytes()))
    assert "S25:172" in book.read("xl/sharedStrings.xml").decode()


def test_an_edition_at_fault_stops_everything(kvaljury, year):
    (year / "change_requests.csv").write_text("entry;matter\nF99;korta\n", "utf-8")
    assert kvaljury("intake", year, *DAY).code == 3
    assert not (year / "out").exists()
    (year / "edition.toml").write_text("rules = 3", "utf-8")
    assert kvaljury("intake", year, *DAY).code == 3


def test_withdrawn_entries_are_passed_over_unless_asked_for(kvaljury, year):
    text = (year / "entries.csv").read_text("utf-8")
    (year / "entries.csv").write_text(text.replace("competing", "withdrawn", 1), "utf-8")
    assert "F01" not in entries(kvaljury("intake", year, *DAY, "--json"))
    assert "F01" in entries(kvaljury("intake", year, "--entry", "F01", *DAY, "--json"))


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2025-05-07 23:59:59", []),
        ("2025-05-07 24.00", []),
        ("2025-05-08 00:00:01", ["too-late"]),
        ("2025-05-08", ["too-late"]),
        ("", ["unknown-arrival"]),
    ],
)
def test_the_last_day_ends_at_24(kvaljury, year, received, expected):
    text = (year / "entries.csv").read_text("utf-8")
    (year / "entries.csv").write_text(text.replace("2025-05-06 10:00", received, 1), "utf-8")
    said = kvaljury("intake", year, "--entry", "F01", *DAY, "--json")
    assert codes(entries(said)["F01"]) == expected


def test_a_late_bid_may_be_set_aside_by_a_named_person(kvaljury, year):
    text = (year / "entries.csv").read_text("utf-8")
    (year / "entries.csv").write_text(text.replace("2025-05-06 10:00", "2025-05-09", 1), "utf-8")
    with (year / "edition.toml").open("a", encoding="utf-8") as file:
        file.write(
            '[[overrides]]\nentry = "F01"\nrule = "D25-03"\nby = "Kim"\nreason = "strömavbrott"\n'
        )
    found = entries(kvaljury("intake", year, *DAY, "--json"))["F01"]["findings"]
    assert [(each["code"], each["severity"]) for each in found] == [("set-aside", "note")]


def test_change_requests_stand_in_reports_and_the_list(kvaljury, year):
    (year / "change_requests.csv").write_text(
        "bidrag;skickad;ärende;besvarad\nF01;2025-05-06;Korta texten;\n", "utf-8"
    )
    (change,) = entries(kvaljury("intake", year, *DAY, "--json"))["F01"]["change_requests"]
    assert (change["due"], change["state"], change["by"]) == ("2025-05-08", "overdue", None)
    assert "Korta texten" in (year / "out" / "intake" / "bidrag-F01.html").read_text("utf-8")
    assert "Korta texten" in (year / "out" / "intake" / "index.html").read_text("utf-8")
    book = zipfile.ZipFile(io.BytesIO((year / "out" / "intake.xlsx").read_bytes()))
    words = book.read("xl/sharedStrings.xml").decode()
    assert "Korta texten" in words
    assert "19121212-****" in words
    proposed = "bidrag;ärende\nF01;Korta texten\n"
    (year / "change_requests.csv").write_text(proposed, "utf-8")
    (change,) = entries(kvaljury("intake", year, *DAY, "--json"))["F01"]["change_requests"]
    assert (change["sent"], change["due"], change["state"]) == (None, None, "proposed")


def test_doubts_of_the_count_are_told(kvaljury, year):
    def boxed(made):
        made.core_properties.title = "Bidrag"
        made.sections[0].header.paragraphs[0].text = "Förskolan Blåklockan"

    put(year, "F01/bidrag.docx", docx_bytes(bid_lines(R25), boxed))
    read = entries(kvaljury("intake", year, *DAY, "--json"))["F01"]["contribution"]
    (doubt,) = read["doubts"]
    assert doubt["kind"] == "headers"
    assert doubt["otherwise"] == read["characters"] + doubt["characters"]


@pytest.mark.parametrize("style", ["typed", "word", "joined", "headings"])
def test_2012_asks_for_its_own_questions_and_length(kvaljury, tmp_path, style):
    (tmp_path / "edition.toml").write_text('rules = "stockholm-2012"\nyear = 2012\n', "utf-8")
    (tmp_path / "entries.csv").write_text(
        "id;name;class;bid_received;board_notice_date\n"
        "F01;Ett;forskola;2012-05-20;2012-06-01\nF02;Två;forskola;;\n",
        "utf-8",
    )
    put(tmp_path, "F01/bidrag.docx", docx_bytes(bid_lines(R12, style)))
    put(tmp_path, "F01/bilder.zip", b"x")
    long = docx_bytes(bid_lines(R12, style, "x" * 3600))
    put(tmp_path, "F02/bidrag.docx", long)
    said = kvaljury("intake", tmp_path, "--date", "2012-05-21", "--json")
    assert said.code == 0
    assert said.json["next_due"] is None
    assert said.json["limits"] == {"characters": 85_000, "presentation": None, "image": None}
    found = entries(said)
    assert found["F01"]["findings"] == []
    assert found["F01"]["contribution"]["answered"] == 24
    assert set(codes(found["F02"])) >= {"too-long", "unknown-arrival"}


def test_help_names_the_command(kvaljury):
    assert "intake" in kvaljury("--help").out
    assert "out/intake" in kvaljury("intake", "--help", "--lang", "en").out.replace("\n", "")


def test_a_personal_number_in_a_presentation_text_is_warned_of(kvaljury, year):
    put(year, "F01/presentation.txt", "Ring 121212-1212, eller 1212121212.")
    for command in ("check", "dossier"):
        said = kvaljury(command, year, "--lang", "en")
        told = [line for line in (said.out + said.err).splitlines() if "121212-****" in line]
        assert len(told) == 1
        assert told[0].startswith("bids/F01: the presentation text holds 121212-****")
    assert "121212-****" not in kvaljury("dossier", year, "--blind", "--lang", "en").err


def test_counts_of_four_and_five_figures_are_both_grouped(kvaljury, year):
    put(year, "F01/bidrag.docx", docx_bytes([*bid_lines(R25), ("x" * 90_000, 0, "")]))
    assert kvaljury("intake", year, *DAY).code == 0
    page = (year / "out" / "intake" / "bidrag-F01.html").read_text("utf-8")
    assert "95\N{NO-BREAK SPACE}000" in page
    cells = re.findall(r">([0-9\N{NO-BREAK SPACE}]+)<", page)
    assert any(re.fullmatch("[0-9]\N{NO-BREAK SPACE}[0-9]{3}", cell) for cell in cells)
    assert not any(re.fullmatch("[0-9]{4}", cell) for cell in cells)
    assert "2\N{NO-BREAK SPACE}025" not in page

"""A ranking as JSON, CSV and a workbook."""

import csv
import io
import json
from fractions import Fraction

import attrs
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.model import Basis, Outcome, Ranking, Reason, Stage, Status, Text
from kvaljury.core.model.wording import (
    aggregation_text,
    barring_findings,
    calibration_sentences,
    entry_remarks,
    is_barred,
    mention_names,
    method_text,
)
from kvaljury.files.ranking_columns import COLUMNS, shown_number
from kvaljury.files.ranking_documents import (
    harmless,
    json_bytes,
    ranking_csv,
    ranking_json,
    six_decimals,
)
from kvaljury.files.rounding import half_up
from kvaljury.files.spreadsheets import ranking_xlsx, sheet_names
from tests.cli.ranking_examples import (
    CLASS,
    EDITION,
    ENTRIES,
    RANKING,
    SPLIT_RANKING,
    SUMMARY,
    document,
    finding,
    first_entry,
)

CONTRACT = {
    "schema",
    "edition",
    "rules",
    "inputs",
    "plugins",
    "calibration",
    "classes",
}
ENTRY_KEYS = [
    "id",
    "name",
    "team",
    "raw",
    "score",
    "low",
    "high",
    "rank",
    "rank_low",
    "rank_high",
    "expected_rank",
    "p_best",
    "p_shortlist",
    "p_above_next",
    "proposal",
    "status",
    "reasons",
    "findings",
]


def parsed(ranking=RANKING, code="sv"):
    return json.loads(ranking_json(document(ranking, code)))


def rows_of(content):
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def workbook_of(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def test_the_json_has_every_key_of_the_contract():
    told = parsed()
    assert told.keys() >= CONTRACT
    assert told["schema"] == "kvaljury.ranking/1"
    assert (told["edition"], told["rules"]) == ("Provåret", "stockholm-2025")
    assert told["plugins"] == [
        {"name": "approach", "provider": "kvaljury", "version": "0.1.0", "kind": "rubric"}
    ]


@pytest.mark.parametrize("code", ["sv", "en"])
def test_the_json_says_which_language_its_texts_are_in(code):
    assert parsed(code=code)["language"] == code


def test_inputs_are_listed_in_alphabetical_order():
    assert list(parsed()["inputs"]) == ["edition.toml", "teams.toml"]


def test_every_variance_component_has_a_key_and_an_absent_one_is_null():
    variance = parsed()["calibration"]["variance"]
    assert variance == {
        "entry": 81.123457,
        "team": 4.0,
        "cohort": None,
        "examiner": 0.0,
        "residual": 12.5,
    }


def test_every_entry_has_the_keys_of_the_contract_in_their_order():
    entries = parsed()["classes"][0]["entries"]
    assert [list(entry) for entry in entries] == [ENTRY_KEYS] * len(ENTRIES)


def test_a_number_that_is_not_there_is_null():
    unmarked = parsed()["classes"][0]["entries"][2]
    numbers = [unmarked[key] for key in ENTRY_KEYS[3:14]]
    assert numbers == [None] * 11
    assert unmarked["team"] is None


def test_numbers_carry_six_decimals_and_ranks_are_whole():
    entry = parsed()["classes"][0]["entries"][1]
    assert entry["raw"] == 0.666667
    assert '"rank": 2,' in ranking_json(document()).decode()


def test_reasons_are_codes_and_findings_are_sentences_in_the_language():
    swedish, english = (parsed(code=code)["classes"][0]["entries"][3] for code in ("sv", "en"))
    assert swedish["reasons"] == english["reasons"] == ["failed:E25-04"]
    assert swedish["findings"][0] == {
        "rule": "E25-04",
        "stage": "participation",
        "verdict": "fail",
        "reason": "3 av 5 medarbetare",
        "source": "S25:54",
    }
    assert english["findings"][0]["reason"] == "3 of 5 employees"


def test_the_json_tells_what_stands_beside_the_classes():
    told = parsed(SPLIT_RANKING)
    assert told["excluded"] == [
        {"entry": "F02", "examiner": "E03", "ground": "närstående", "marks": 29}
    ]
    assert told["not_competing"] == ["F09"]
    assert told["notes"] == ["en poäng saknas"]
    assert told["changes"] == ["shortlist.size"]
    assert told["assumptions"] == ["0–100 är ett förslag", "personer räknas"]
    assert told["calibration"]["links"] == [{"examiner": "E03", "entry": "S01"}]
    assert told["classes"][1]["notes"] == ["Lagen kan inte jämföras: L1, L2"]
    assert told["classes"][0]["mentions"] == ["F02"]


def test_json_refuses_numbers_that_json_does_not_have():
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_bytes({"score": float("nan")})


@pytest.mark.parametrize("write", [ranking_json, ranking_csv, ranking_xlsx])
def test_the_same_ranking_gives_the_same_bytes(write):
    assert write(document()) == write(document())


@pytest.mark.parametrize(
    ("value", "shown"), [(2 / 3, 0.666667), (-1e-9, 0.0), (3, 3), (None, None), (-0.0, 0.0)]
)
def test_six_decimals_leave_no_negative_zero(value, shown):
    assert str(six_decimals(value)) == str(shown)


def test_the_csv_opens_right_in_excel():
    content = ranking_csv(document())
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == len(ENTRIES) + 1
    assert b"Bl\xc3\xa5klockan" in content


def test_the_csv_has_one_record_an_entry_and_a_cell_a_column():
    rows = rows_of(ranking_csv(document()))
    assert len(rows) == len(ENTRIES)
    assert {len(row) for row in rows} == {len(COLUMNS) + 1}  # the readings that would connect


def test_csv_numbers_follow_the_language_and_the_edition_s_rounding():
    swedish, english = (rows_of(ranking_csv(document(code=code)))[0] for code in ("sv", "en"))
    assert "72,3" in swedish.values()
    assert "72.3" in english.values()
    assert "0,999" in swedish.values()
    assert "-1,5" in swedish.values()


def test_text_that_a_spreadsheet_would_run_is_made_harmless():
    row = rows_of(ranking_csv(document()))[1]
    assert "'=cmd|' /C calc'!A0" in row.values()


@given(st.text())
def test_no_cell_of_text_begins_as_a_formula_or_breaks_the_record(text):
    cell = harmless(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert "\n" not in cell
    assert "\r" not in cell


def test_every_record_says_that_it_is_no_decision():
    rows = rows_of(ranking_csv(document()))
    assert {list(row.values())[-1] for row in rows} == {document().render(basis())}


def test_the_csv_tells_the_banner_and_the_readings_that_would_connect_the_teams():
    told = {row["Id"]: row for row in rows_of(ranking_csv(document(SPLIT_RANKING)))}
    assert told["S01"]["Om klassen"] == "Lagen kan inte jämföras: L1, L2"
    connecting = document().render(Text("Readings that would connect the teams"))
    assert told["S01"][connecting] == "E03 läser S01 Eken"
    assert (told["F01"]["Om klassen"], told["F01"][connecting]) == ("", "")


@pytest.mark.parametrize(
    ("name", "words"),
    [("mean", "medelvärde"), ("median", "median"), ("own", "”own”")],
)
def test_aggregations_are_named_in_words_and_unknown_ones_in_quotes(name, words):
    assert document().render(aggregation_text(name)) == words


@pytest.mark.parametrize(
    ("name", "words"),
    [("mixed-model", "blandad modell"), ("raw", "råpoäng"), ("own", "”own”")],
)
def test_methods_are_named_in_words_and_unknown_ones_in_quotes(name, words):
    assert document().render(method_text(name)) == words


def test_a_barred_entry_keeps_the_reasons_that_no_finding_tells():
    reason = Reason("award_barred", Text("proposed for the award that it cannot receive"))
    entry = attrs.evolve(ENTRIES[3], reasons=(*ENTRIES[3].reasons, reason))
    told = [str(text) for text in entry_remarks(entry)]
    assert told == ["E25-04 (S25:54): 3 of 5 employees", str(reason.text)]


def basis():
    return Text("Basis for decision – no decision")


def test_the_workbook_has_a_sheet_a_class_and_one_about_it():
    names = workbook_of(ranking_xlsx(document(SPLIT_RANKING))).sheetnames
    assert names == ["Förskola", "Skola", document().render(Text("About"))]


def test_text_in_the_workbook_is_text_whatever_it_begins_with():
    sheet = workbook_of(ranking_xlsx(document()))["Förskola"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "f" not in {cell.data_type for cell in cells}
    assert "=cmd|' /C calc'!A0" in {cell.value for cell in cells}


def test_numbers_in_the_workbook_are_numbers_with_six_decimals():
    sheet = workbook_of(ranking_xlsx(document()))["Förskola"]
    numbers = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "n"]
    assert 72.25 in numbers
    assert 0.666667 in numbers


def test_the_head_of_a_sheet_stays_in_view():
    sheet = workbook_of(ranking_xlsx(document()))["Förskola"]
    head = [cell.value for cell in sheet[3]]
    assert document().render(Text("Entry")) in head
    assert sheet.freeze_panes == "C4"


def test_a_class_that_cannot_be_compared_says_so_at_the_top_of_its_sheet():
    sheet = workbook_of(ranking_xlsx(document(SPLIT_RANKING)))["Skola"]
    assert sheet["A2"].value == "Lagen kan inte jämföras: L1, L2"


def test_the_sheet_about_the_ranking_tells_what_it_rests_on():
    book = workbook_of(ranking_xlsx(document(SPLIT_RANKING)))
    told = {cell.value for row in book.worksheets[-1].iter_rows() for cell in row}
    assert {"0–100 är ett förslag", "personer räknas", "en poäng saknas", "få lag"} <= told
    assert {"närstående", "F09", "shortlist.size", "edition.toml", "a" * 64} <= told
    assert "bedömningsmall approach – kvaljury" in told


@pytest.mark.parametrize(("decimals", "shown"), [(0, "0"), (2, "0.00")])
def test_scores_in_the_workbook_show_the_edition_s_decimals(decimals, shown):
    settings = EDITION.rules.settings
    rounded = attrs.evolve(settings, rounding=attrs.evolve(settings.rounding, decimals=decimals))
    edition = attrs.evolve(EDITION, rules=attrs.evolve(EDITION.rules, settings=rounded))
    sheet = workbook_of(ranking_xlsx(document(edition=edition)))["Förskola"]
    formats = {cell.number_format for row in sheet.iter_rows() for cell in row if cell.value}
    assert shown in formats


def test_a_text_longer_than_excel_takes_is_cut_not_lost():
    long = attrs.evolve(first_entry(), name="x" * 40_000)
    ranking = attrs.evolve(RANKING, classes=(attrs.evolve(CLASS, entries=(long,)),))
    sheet = workbook_of(ranking_xlsx(document(ranking)))["Förskola"]
    assert "x" * 32_767 in {cell.value for row in sheet.iter_rows() for cell in row}


@given(st.lists(st.text(max_size=60), max_size=8))
def test_sheet_names_are_what_excel_accepts(titles):
    names = sheet_names(titles)
    assert len({name.casefold() for name in names}) == len(titles)
    assert all(0 < len(name) <= 31 for name in names)
    assert not any(set("[]:*?/\\") & set(name) for name in names)
    assert not any(name.startswith("'") or name.endswith("'") for name in names)
    assert "history" not in {name.casefold() for name in names}


@pytest.mark.parametrize(
    ("value", "decimals", "mark", "shown"),
    [(72.25, 1, ",", "72,3"), (-0.04, 1, ",", "0,0"), (2.5, 0, ".", "3"), (None, 2, ",", "")],
)
def test_shown_numbers_are_rounded_half_up(value, decimals, mark, shown):
    assert shown_number(value, decimals, mark) == shown


@given(st.fractions(min_value=-1000, max_value=1000), st.integers(0, 6))
def test_half_up_is_never_further_off_than_half_a_step(value, decimals):
    rounded = Fraction(half_up(value, decimals))
    assert abs(rounded - value) <= Fraction(1, 2 * 10**decimals)
    assert half_up(-value, decimals) == -half_up(value, decimals)


def test_an_entry_is_barred_by_the_rules_of_its_stage_each_told_once():
    barred = ENTRIES[3]
    assert is_barred(barred)
    assert [f.rule for f in barring_findings(barred)] == ["E25-04"]
    only_award = attrs.evolve(
        barred,
        status=Status.BARRED_AWARD,
        findings=(
            finding("E25-07", Stage.AWARD),
            finding("E25-08", Stage.MENTION),
            finding("E25-09", Stage.AWARD, Outcome.UNKNOWN),
            finding("E25-06", overridden_by="Beredningsgruppen"),
        ),
    )
    assert [f.rule for f in barring_findings(only_award)] == ["E25-07"]


def test_a_barred_entry_without_a_finding_keeps_its_reasons():
    entry = attrs.evolve(ENTRIES[3], findings=())
    assert [str(text) for text in entry_remarks(entry)] == ["E25-04: too few"]


def test_a_mention_of_an_entry_that_is_not_in_the_class_is_told_by_its_id():
    ranked = attrs.evolve(CLASS, mentions=("F01", "X9"))
    assert mention_names(ranked) == ["F01 Blåklockan", "X9"]


@pytest.mark.parametrize(
    ("changes", "basis"),
    [
        ({}, "across teams"),
        ({"components": 2}, "2 parts, but within each class the entries are connected"),
        ({"basis": Basis.ALLOCATION}, "at random"),
        ({"basis": Basis.NONE, "comparable": False, "components": 2}, "2 parts"),
        ({"comparable": False, "components": 3}, "3 parts"),
    ],
)
def test_two_sentences_tell_how_scores_were_made_comparable(changes, basis):
    first, second = map(str, calibration_sentences(attrs.evolve(SUMMARY, **changes), [CLASS]))
    assert "mixed model" in first
    assert basis in second


def test_scores_that_equal_the_raw_ones_are_not_called_adjusted():
    unchanged = attrs.evolve(CLASS, entries=ENTRIES[1:])
    assert "not adjusted" in str(calibration_sentences(SUMMARY, [unchanged])[0])


def test_an_empty_ranking_gives_documents_all_the_same():
    empty = Ranking(calibration=SUMMARY, classes=(), readings=(), raw={})
    assert parsed(empty)["classes"] == []
    assert rows_of(ranking_csv(document(empty))) == []
    assert len(workbook_of(ranking_xlsx(document(empty))).sheetnames) == 1

"""The commands on a small year."""

import csv
import hashlib
import io
import json
import shutil
from importlib.resources import files

import openpyxl
import pytest

from tests.cli.small_year import write_year

COMMANDS = ["init", "check", "eligibility", "rank", "explain", "plugins", "edition"]
ON_EDITIONS = ["check", "eligibility", "rank", "plugins"]
RUBRIC = """
from kvaljury import Criterion, Level, Rubric, Scale, Text, hookimpl
from fractions import Fraction

@hookimpl
def kvaljury_rubrics():
    scale = Scale(Fraction(0), Fraction(100), Fraction(5))
    levels = (Level(0, 100, Text("Any", sv="Alla")),)
    yield Rubric("plain", (Criterion("", Text("Mark", sv="Poäng")),), scale, levels, score)

def score(marks):
    return marks[:, 0]
"""


@pytest.mark.parametrize("command", [*COMMANDS, "edition diff"])
def test_every_command_explains_itself_in_both_languages(kvaljury, command):
    swedish = kvaljury(*command.split(), "--help")
    english = kvaljury(*command.split(), "--help", "--lang", "en")
    assert (swedish.code, english.code) == (0, 0)
    assert "Användning: kvaljury" in swedish.out
    assert "Usage: kvaljury" in english.out
    assert "[ALTERNATIV]" in swedish.out
    assert "--lang [sv|en]" in swedish.out


def test_help_lists_every_command_in_the_order_of_a_year(kvaljury):
    out = kvaljury("--help").out
    places = [out.index(f"\n  {name} ") for name in COMMANDS]
    assert places == sorted(places)


def test_without_a_command_help_is_shown_as_a_usage_error(kvaljury):
    said = kvaljury()
    assert said.code == 2
    assert "Kommandon" in said.err


def test_the_version_is_told(kvaljury):
    said = kvaljury("--version")
    assert (said.code, said.out.split()[0]) == (0, "kvaljury")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["rnk"], "rank"),
        (["rank", "--jsn"], "--json"),
        (["rank", "no-such-folder"], "no-such-folder"),
        (["rank", ".", "."], "Oväntat argument"),
        (["--lang", "xx", "rank"], "'sv', 'en'"),
        (["explain"], "Argument saknas"),
        (["explain", "F01", ".", "."], "argument"),
        (["explain", "F01", "no-such-folder"], "no-such-folder"),
        (["edition", "dif"], "dif"),
        (["edition", "diff", "stockholm-2012", "stockholm-2035"], "stockholm-2025"),
        (["init"], "Argument saknas"),
        (["init", "new", "--rules", "stockholm"], "stockholm"),
        (["init", "new", "--demo", "--rules", "stockholm-2012"], "stockholm-2025"),
    ],
)
def test_a_call_that_cannot_be_carried_out_says_why(
    kvaljury, tmp_path, monkeypatch, arguments, words
):
    monkeypatch.chdir(tmp_path)
    said = kvaljury(*arguments)
    assert said.code == 2
    assert words in said.err
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_command_is_answered_in_the_language_asked_for(kvaljury):
    assert "det finns inget kommando" in kvaljury("rnk").err
    assert "there is no command" in kvaljury("--lang", "en", "rnk").err


@pytest.mark.parametrize("command", ["check", "eligibility", "rank"])
def test_a_folder_that_is_no_edition_is_an_input_fault(kvaljury, tmp_path, command):
    assert kvaljury(command, tmp_path).code == 3


@pytest.mark.parametrize("command", ON_EDITIONS)
def test_the_edition_folder_is_the_working_folder_if_left_out(
    kvaljury, linked_year, monkeypatch, command
):
    monkeypatch.chdir(linked_year)
    assert kvaljury(command).code == 0


def test_rank_writes_three_files_and_shows_them(kvaljury, linked_year):
    said = kvaljury("rank", linked_year)
    assert (said.code, said.err) == (0, "")
    names = {path.name for path in (linked_year / "out").iterdir() if path.name[0] != "."}
    assert names == {"ranking.json", "ranking.csv", "ranking.xlsx"}
    assert said.out.startswith("Underlag – inget beslut\n")
    assert "Förskolan Åkervinda" in said.out


def test_rank_json_prints_the_very_bytes_of_the_file(kvaljury, linked_year):
    said = kvaljury("rank", linked_year, "--json")
    assert said.out.encode() == (linked_year / "out" / "ranking.json").read_bytes()
    assert said.json["schema"] == "kvaljury.ranking/1"


def test_rank_gives_the_same_bytes_wherever_the_folder_lies(kvaljury, linked_year, tmp_path):
    other = tmp_path / "annan mapp åäö"
    shutil.copytree(linked_year, other)
    kvaljury("rank", linked_year)
    kvaljury("rank", other)
    for name in ("ranking.json", "ranking.csv", "ranking.xlsx"):
        assert (linked_year / "out" / name).read_bytes() == (other / "out" / name).read_bytes()
    assert str(tmp_path) not in (other / "out" / "ranking.json").read_text(encoding="utf-8")


def test_rank_lists_the_hash_of_every_input(kvaljury, linked_year):
    inputs = kvaljury("rank", linked_year, "--json").json["inputs"]
    assert {"edition.toml", "entries.csv", "teams.toml", "marks/E01.csv"} <= inputs.keys()
    assert {len(digest) for digest in inputs.values()} == {64}


def test_barred_entries_stand_apart_with_rule_and_reason(kvaljury, linked_year):
    out = kvaljury("rank", linked_year).out
    apart = out.split("Utanför rangordningen:")[1]
    assert "F04 Förskolan [/b]{x}: får inte delta" in apart
    assert "E25-04" in apart


def test_mentions_come_from_proposals(kvaljury, linked_year):
    assert "Föreslagna till hedersomnämnande: S03" in kvaljury("rank", linked_year).out


def test_no_output_names_a_winner(kvaljury, linked_year, split_year):
    for year in (linked_year, split_year):
        for code, words in (("sv", ("vinnar", "segrar")), ("en", ("winner", "wins"))):
            out = kvaljury("rank", year, "--lang", code).out.casefold()
            assert not any(word in out for word in words)


def test_teams_that_cannot_be_compared_stand_above_everything(kvaljury, split_year):
    said = kvaljury("rank", split_year)
    assert said.code == 0
    banner = said.out.index("Lagen kan inte jämföras: L1, L2")
    assert banner < said.out.index("Provåret")
    assert " läser " in said.out[banner : said.out.index("Provåret")]


def test_teams_that_cannot_be_compared_are_told_in_the_json(kvaljury, split_year):
    told = kvaljury("rank", split_year, "--json").json
    assert told["calibration"]["comparable"] is False
    assert told["calibration"]["basis"] == "none"
    statuses = {e["status"] for c in told["classes"] for e in c["entries"] if e["rank"]}
    assert statuses == {"discuss"}


def test_the_calibration_and_the_assumptions_are_told_at_the_end(kvaljury, linked_year):
    out = kvaljury("rank", linked_year).out
    assert "kvaljurys egna förslag" in out
    assert "Så gjordes poängen jämförbara" in out


def test_the_csv_and_the_workbook_hold_every_competing_entry(kvaljury, linked_year):
    kvaljury("rank", linked_year)
    text = (linked_year / "out" / "ranking.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert {row["Id"] for row in rows} == {"F01", "F02", "F03", "F04", "S01", "S02", "S03"}
    book = openpyxl.load_workbook(linked_year / "out" / "ranking.xlsx")
    assert book.sheetnames[-1] == "Om"


def test_english_is_spoken_throughout(kvaljury, linked_year):
    said = kvaljury("rank", linked_year, "--lang", "en")
    assert said.out.startswith("Basis for decision")
    assert "may not take part" in said.out
    assert "Underlag" not in said.out


def test_the_language_may_come_from_the_environment(kvaljury, linked_year, monkeypatch):
    monkeypatch.setenv("KVALJURY_LANG", "en")
    assert kvaljury("rank", linked_year).out.startswith("Basis for decision")


def test_an_edition_without_marks_cannot_be_ranked_and_is_told_what_would_mend_it(
    kvaljury, tmp_path
):
    year = write_year(tmp_path / "year", marked=False)
    said = kvaljury("rank", year)
    assert said.code == 5
    assert "marks/" in said.err
    assert not (year / "out").exists()


def test_a_fault_stops_rank_before_anything_is_written(kvaljury, linked_year):
    path = linked_year / "marks" / "E01.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(";;40;", ";;42;"), encoding="utf-8")
    said = kvaljury("rank", linked_year)
    assert said.code == 3
    assert "marks/E01.csv:" in said.err
    assert said.out == ""
    assert not (linked_year / "out").exists()


def test_outputs_that_cannot_be_written_are_a_disk_fault(kvaljury, linked_year):
    (linked_year / "out").write_text("a file in the way")
    assert kvaljury("rank", linked_year).code == 7


def test_warnings_go_where_they_do_not_disturb_the_document(kvaljury, linked_year):
    teams = linked_year / "teams.toml"
    text = teams.read_text(encoding="utf-8")
    teams.write_text(text + '[[teams]]\nid = "L3"\nexaminers = ["E09"]\nentries = []\n')
    said = kvaljury("rank", linked_year, "--json")
    assert said.json["schema"]
    assert "teams.toml:" in said.err
    assert "[varning]" in said.err


def test_check_finds_nothing_wrong_in_a_good_year(kvaljury, linked_year):
    said = kvaljury("check", linked_year)
    assert said.code == 0
    assert "Fel: 0." in said.out
    assert "marks/E01.csv" in said.out


def test_check_counts_the_cells_of_every_table(kvaljury, linked_year):
    tables = kvaljury("check", linked_year, "--json").json["tables"]
    assert {"entries.csv", "proposals.csv", "marks/E06.csv"} <= {t["file"] for t in tables}
    for table in tables:
        assert table["cells"] == table["accepted"] + table["blank"] + table["refused"]


def test_check_names_unknown_verdicts_and_missing_marks_with_their_address(kvaljury, linked_year):
    path = linked_year / "marks" / "E02.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    told = kvaljury("check", linked_year, "--json").json["warnings"]
    by_code = {warning["code"]: warning for warning in told}
    assert by_code["unknown-verdict"]["file"] == "entries.csv"
    assert "D25-05" in by_code["unknown-verdict"]["message"]
    assert by_code["incomplete-marks"]["file"] == "marks/E02.csv"
    assert "20d" in by_code["incomplete-marks"]["message"]


def test_check_warns_of_a_year_without_marks(kvaljury, tmp_path):
    said = kvaljury("check", write_year(tmp_path / "year", marked=False), "--json")
    assert said.code == 0
    assert "no-marks" in {warning["code"] for warning in said.json["warnings"]}


def test_check_shows_every_fault_of_every_file_at_once(kvaljury, linked_year):
    entries = linked_year / "entries.csv"
    text = entries.read_text(encoding="utf-8")
    entries.write_text(text.replace(";skola;", ";skoal;", 1), encoding="utf-8")
    (linked_year / "marks" / "E01.csv").write_text("entry;examiner;question;mark\nF01;E01;1;105\n")
    said = kvaljury("check", linked_year)
    assert said.code == 3
    assert "entries.csv:6" in said.out
    assert "marks/E01.csv:2" in said.out
    told = kvaljury("check", linked_year, "--json")
    assert told.code == 3
    assert len(told.json["faults"]) >= 2
    parts = {"file", "sheet", "line", "detail", "code", "message", "hint"}
    assert parts == told.json["faults"][0].keys()


def test_check_of_broken_toml_is_a_fault_with_its_line(kvaljury, linked_year):
    (linked_year / "edition.toml").write_text("rules = [\n", encoding="utf-8")
    said = kvaljury("check", linked_year)
    assert said.code == 3
    assert "edition.toml:" in said.out


def test_eligibility_needs_neither_teams_nor_marks(kvaljury, linked_year):
    shutil.rmtree(linked_year / "marks")
    (linked_year / "teams.toml").unlink()
    said = kvaljury("eligibility", linked_year)
    assert said.code == 0
    assert "S25:54" in said.out


def test_eligibility_needs_nothing_but_edition_and_entries(kvaljury, tmp_path):
    own = '[calibration]\nmethod = "mixt-model"\n[rubrics]\ndefault = "aproach"\n'
    year = write_year(tmp_path / "year", extra=own)
    (year / "teams.toml").write_text("= broken", encoding="utf-8")
    (year / "proposals.csv").write_text("x", encoding="utf-8")
    (year / "marks" / "E01.csv").write_text("x", encoding="utf-8")
    said = kvaljury("eligibility", year)
    assert (said.code, said.err) == (0, "")
    assert "S25:54" in said.out


def test_eligibility_tells_faults_of_the_entries_before_a_missing_rule(kvaljury, tmp_path):
    shipped = (files("kvaljury_rubrics") / "2025" / "rules.toml").read_text(encoding="utf-8")
    rules = shipped.replace('rule = "quarantine"', 'rule = "quarantin"')
    assert rules != shipped
    rules = rules.replace('name = "stockholm-2025"', 'name = "own"')
    year = write_year(tmp_path / "year")
    (year / "own.toml").write_text(rules, encoding="utf-8")
    edition = year / "edition.toml"
    edition.write_text('rules = "own.toml"\nyear = 2025\n', encoding="utf-8")
    said = kvaljury("eligibility", year)
    assert (said.code, "quarantin" in said.err) == (4, True)
    entries = year / "entries.csv"
    entries.write_text("id;name;class\nF01;;forskola\n", encoding="utf-8")
    said = kvaljury("eligibility", year)
    assert (said.code, "quarantin" in said.err) == (3, False)


def test_an_own_rule_set_needs_a_name_of_its_own(kvaljury, tmp_path):
    shipped = (files("kvaljury_rubrics") / "2025" / "rules.toml").read_text(encoding="utf-8")
    year = write_year(tmp_path / "year")
    (year / "own.toml").write_text(shipped, encoding="utf-8")
    (year / "edition.toml").write_text('rules = "own.toml"\nyear = 2025\n', encoding="utf-8")
    said = kvaljury("eligibility", year)
    assert said.code == 3
    assert "own.toml:3: name: namnet stockholm-2025 tillhör ett regelverk" in said.err


def test_the_title_of_an_edition_without_one_follows_the_language(kvaljury, linked_year):
    edition = linked_year / "edition.toml"
    edition.write_text('rules = "stockholm-2025"\nyear = 2025\n', encoding="utf-8")
    titles = [
        kvaljury(command, linked_year, "--json", "--lang", code).json["edition"]
        for command in ("eligibility", "rank")
        for code in ("sv", "en")
    ]
    assert titles[:2] == titles[2:]
    assert titles[0] == "Stockholms stads kvalitetsutmärkelse 2025"
    assert titles[1] != titles[0]


def test_eligibility_json_has_a_verdict_a_stage_and_every_finding(kvaljury, linked_year):
    told = kvaljury("eligibility", linked_year, "--json").json
    assert told["schema"] == "kvaljury.eligibility/1"
    stages = {entry["id"]: entry["stages"] for entry in told["entries"]}
    assert list(stages) == sorted(stages)
    assert stages["F01"] == {"participation": "pass", "award": "pass", "mention": "pass"}
    assert stages["F04"]["participation"] == "fail"
    assert stages["S02"] == {"participation": "pass", "award": "fail", "mention": "fail"}
    assert stages["S03"]["award"] == "unknown"
    finding = told["entries"][0]["findings"][0]
    assert {"rule", "stage", "verdict", "reason", "source"} <= finding.keys()


def test_explain_shows_marks_weights_readings_and_rules(kvaljury, linked_year):
    said = kvaljury("explain", "F01", linked_year)
    assert said.code == 0
    for word in ("E04", "12a", "1,67", "S25:267", "E25-04", "approach"):
        assert word in said.out


@pytest.mark.parametrize("entry", ["F01", "f01"])
def test_explain_takes_entry_and_folder_in_either_order(kvaljury, linked_year, entry):
    first = kvaljury("explain", entry, linked_year, "--json")
    assert kvaljury("explain", linked_year, entry, "--json").json == first.json
    assert first.json["schema"] == "kvaljury.explain/1"
    assert first.json["entry"] == "F01"


def test_explain_numbers_agree_with_the_ranking(kvaljury, linked_year):
    told = kvaljury("explain", "F02", linked_year, "--json").json
    ranking = kvaljury("rank", linked_year, "--json").json
    ranked = next(e for c in ranking["classes"] for e in c["entries"] if e["id"] == "F02")
    assert told["ranked"] == ranked
    totals = [reading["total"] for reading in told["readings"]]
    assert told["raw"] == pytest.approx(sum(totals) / len(totals), abs=1e-6)
    assert sum(weight["weight"] for weight in told["weights"]) == pytest.approx(100, abs=1e-4)


def test_explain_uses_the_working_folder_if_none_is_named(kvaljury, linked_year, monkeypatch):
    monkeypatch.chdir(linked_year)
    assert kvaljury("explain", "F04").code == 0


def test_explain_names_the_nearest_entry(kvaljury, linked_year):
    said = kvaljury("explain", "F02b", linked_year)
    assert said.code == 2
    assert "F02?" in said.err


def test_explain_of_an_entry_that_does_not_compete(kvaljury, linked_year):
    entries = linked_year / "entries.csv"
    text = entries.read_text(encoding="utf-8")
    entries.write_text(text.replace(";competing;", ";withdrawn;", 1), encoding="utf-8")
    said = kvaljury("explain", "F01", linked_year)
    assert said.code == 0
    assert "tävlar inte" in said.out
    assert kvaljury("explain", "F01", linked_year, "--json").json["ranked"] is None


def test_explain_lists_marks_left_out_for_jav(kvaljury, linked_year):
    teams = linked_year / "teams.toml"
    text = teams.read_text(encoding="utf-8")
    jav = '[[examiners]]\nid = "E01"\njav = [{ entry = "F01", ground = "släkt" }]\n'
    teams.write_text(text + jav, encoding="utf-8")
    assert "släkt" in kvaljury("explain", "F01", linked_year).out
    out = kvaljury("rank", linked_year).out
    assert "E01 om F01: släkt" in out


def test_explain_of_an_entry_without_a_reading(kvaljury, linked_year):
    for path in (linked_year / "marks").iterdir():
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(x for x in lines if not x.startswith("S02;")), encoding="utf-8")
    said = kvaljury("explain", "S02", linked_year)
    assert said.code == 0
    assert "ingen giltig läsning" in said.out


def test_plugins_lists_what_was_found_without_an_edition(kvaljury, tmp_path):
    told = kvaljury("plugins", tmp_path, "--json").json
    assert told["schema"] == "kvaljury.plugins/1"
    names = {(offer["hook"], offer["name"]) for offer in told["plugins"]}
    assert {("kvaljury_rubrics", "approach"), ("kvaljury_normalisations", "mixed-model")} <= names
    assert {name for hook, name in names if hook == "kvaljury_normalisations"} == {
        "centred",
        "least-squares",
        "mixed-model",
        "raw",
        "z-score",
    }
    assert {offer["in_use"] for offer in told["plugins"]} == {None}
    assert kvaljury("plugins", tmp_path).code == 0


def test_plugins_tells_what_an_edition_uses(kvaljury, linked_year):
    told = kvaljury("plugins", linked_year, "--json").json["plugins"]
    in_use = {offer["name"]: offer["in_use"] for offer in told}
    assert in_use["mixed-model"] is True
    assert in_use["z-score"] is False
    assert " ja " in kvaljury("plugins", linked_year).out


def test_a_one_file_plugin_takes_effect_where_the_edition_names_it(kvaljury, tmp_path):
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "plain.py").write_text(RUBRIC, encoding="utf-8")
    year = write_year(tmp_path / "year", extra='[rubrics.leaves]\n"1" = "plain"\n')
    said = kvaljury("rank", year, "--json", "--plugins-dir", folder)
    assert said.code == 0
    assert ("rubric", "plain") in {(use["kind"], use["name"]) for use in said.json["plugins"]}
    missing = kvaljury("rank", year)
    assert missing.code == 4
    assert missing.err.startswith("edition.toml:5: rubrics.leaves.1: ")


def test_a_plugin_folder_that_the_edition_names_is_found(kvaljury, tmp_path):
    year = write_year(tmp_path / "year", extra='plugins = "own"\n[rubrics]\ndefault = "plain"\n')
    (year / "own").mkdir()
    (year / "own" / "plain.py").write_text(RUBRIC, encoding="utf-8")
    assert kvaljury("rank", year).code == 0


@pytest.mark.parametrize("command", ["eligibility", "check", "rank"])
def test_a_rule_that_fails_in_use_is_told_with_its_file(kvaljury, tmp_path, command):
    shipped = (files("kvaljury_rubrics") / "2025" / "rules.toml").read_text(encoding="utf-8")
    year = write_year(tmp_path / "year")
    rules = shipped.replace('rule = "quarantine"', 'rule = "broken"')
    rules = rules.replace('name = "stockholm-2025"', 'name = "own"')
    (year / "own.toml").write_text(rules, encoding="utf-8")
    (year / "edition.toml").write_text(
        'rules = "own.toml"\nyear = 2025\nplugins = "mine"\n', encoding="utf-8"
    )
    (year / "mine").mkdir()
    (year / "mine" / "broken.py").write_text(
        "from kvaljury import EligibilityRule, hookimpl\n\n\n@hookimpl\n"
        "def kvaljury_eligibility_rules():\n"
        "    yield EligibilityRule('broken', lambda entry, parameters: 1 / 0)\n",
        encoding="utf-8",
    )
    said = kvaljury(command, year)
    assert said.code == 4
    assert "broken.py" in said.err
    assert "ZeroDivisionError" in said.err


def test_files_of_plugins_in_use_are_among_the_inputs(kvaljury, tmp_path):
    year = write_year(tmp_path / "year", extra='plugins = "own"\n[rubrics]\ndefault = "plain"\n')
    for folder, name in ((year / "own", "plain"), (tmp_path / "more", "idle")):
        folder.mkdir()
        source = RUBRIC.replace('"plain"', f'"{name}"')
        (folder / f"{name}.py").write_text(source, encoding="utf-8")
    inputs = kvaljury("rank", year, "--json", "--plugins-dir", tmp_path / "more").json["inputs"]
    content = (year / "own" / "plain.py").read_bytes()
    assert inputs["own/plain.py"] == hashlib.sha256(content).hexdigest()
    assert [file for file in inputs if file.endswith(".py")] == ["own/plain.py"]


def test_a_plugin_file_outside_the_edition_is_an_input_by_its_name(kvaljury, tmp_path):
    year = write_year(tmp_path / "year", extra='[rubrics]\ndefault = "plain"\n')
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "plain.py").write_text(RUBRIC, encoding="utf-8")
    said = kvaljury("rank", year, "--json", "--plugins-dir", folder)
    assert "plain.py" in said.json["inputs"]
    assert str(tmp_path) not in said.out


def test_two_plugin_files_of_one_name_are_two_inputs(kvaljury, tmp_path):
    own = '[rubrics]\ndefault = "plain"\nleaves = { "1" = "other" }\n'
    year = write_year(tmp_path / "year", extra=own)
    options = []
    for name in ("plain", "other"):
        folder = tmp_path / name
        folder.mkdir()
        source = RUBRIC.replace('"plain"', f'"{name}"')
        (folder / "rubric.py").write_text(source, encoding="utf-8")
        options += ["--plugins-dir", folder]
    inputs = kvaljury("rank", year, "--json", *options).json["inputs"]
    assert len([file for file in inputs if file.startswith("rubric.py")]) == 2


def test_a_broken_plugin_is_named_and_nothing_is_written(kvaljury, linked_year, tmp_path):
    (tmp_path / "broken.py").write_text("raise ValueError('trasig')")
    said = kvaljury("rank", linked_year, "--plugins-dir", tmp_path)
    assert said.code == 4
    assert "broken" in said.err
    assert "trasig" in said.err
    assert not (linked_year / "out").exists()


def test_a_plugin_that_nobody_offers_is_no_reason_to_hide_the_faults(kvaljury, linked_year):
    edition = linked_year / "edition.toml"
    text = edition.read_text(encoding="utf-8")
    edition.write_text(text + '[calibration]\nmethod = "mixed"\n', encoding="utf-8")
    assert kvaljury("rank", linked_year).code == 4
    entries = linked_year / "entries.csv"
    entries.write_text(entries.read_text(encoding="utf-8").replace(";skola;", ";skoal;", 1))
    assert kvaljury("rank", linked_year).code == 3


def name_an_unknown_method(year):
    edition = year / "edition.toml"
    text = edition.read_text(encoding="utf-8")
    edition.write_text(text + '[calibration]\nmethod = "mixed"\n', encoding="utf-8")


def test_check_tells_the_line_that_names_an_unknown_plugin(kvaljury, linked_year):
    name_an_unknown_method(linked_year)
    said = kvaljury("check", linked_year)
    assert said.code == 4
    assert "Fel: 0." in said.out
    assert said.err.startswith("edition.toml:5: calibration.method: ")
    told = kvaljury("check", linked_year, "--json")
    assert told.json["plugin_fault"]["line"] == 5
    assert told.json["plugin_fault"]["code"] == "plugin-missing"


def test_check_lists_faults_in_marks_beside_an_unknown_plugin(kvaljury, linked_year):
    name_an_unknown_method(linked_year)
    path = linked_year / "marks" / "E01.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(";;40;", ";;42;"), encoding="utf-8")
    said = kvaljury("check", linked_year)
    assert said.code == 3
    assert "marks/E01.csv:" in said.out
    assert "edition.toml:5: calibration.method: " in said.err


def test_check_does_not_judge_marks_whose_rubric_is_unknown(kvaljury, tmp_path):
    year = write_year(tmp_path / "year", extra='[rubrics]\ndefault = "plain"\n')
    said = kvaljury("check", year)
    assert said.code == 4
    assert "Fel: 0." in said.out
    assert said.err.startswith("edition.toml:5: rubrics.default: ")


def test_plugins_lists_what_was_found_beside_an_unknown_name(kvaljury, linked_year):
    name_an_unknown_method(linked_year)
    said = kvaljury("plugins", linked_year, "--json")
    assert said.code == 4
    in_use = {offer["name"]: offer["in_use"] for offer in said.json["plugins"]}
    assert (in_use["mean"], in_use["mixed-model"]) == (True, False)
    assert said.err.startswith("edition.toml:5: calibration.method: ")


CONSENSUS = """entry;question;criterion;mark;reason
F01;1;;60;efter besöket
F01;2;plan;80;tydlig plan
F01;2;act;20;svag uppföljning
"""
PDCA = '[rubrics.leaves]\n"2" = "pdca"\n'


def write_consensus(tmp_path, scoring):
    year = write_year(tmp_path / "year", extra=f"{scoring}{PDCA}")
    for path in (year / "marks").iterdir():
        lines = path.read_text(encoding="utf-8").splitlines()
        split = [line.split(";") for line in lines]
        kept = [line for line, cells in zip(lines, split, strict=True) if cells[2] != "2"]
        pdca = [
            f"{cells[0]};{cells[1]};2;{criterion};{30 + 10 * place};"
            for cells in split
            if cells[2] == "2"
            for place, criterion in enumerate(("act", "analyse", "do", "follow_up", "plan"))
        ]
        path.write_text("\n".join([*kept, *pdca]) + "\n", encoding="utf-8")
    (year / "consensus").mkdir()
    (year / "consensus" / "L1.csv").write_text(CONSENSUS, encoding="utf-8")
    return year


def test_explain_shows_what_the_team_agreed_on_and_what_it_shifts(kvaljury, tmp_path):
    year = write_consensus(tmp_path, '[scoring]\nmarks = "consensus"\n')
    told = kvaljury("explain", "F01", year, "--json").json
    assert told["marks_used"] == "consensus"
    first, second = told["consensus"]
    assert (first["leaf"], first["score"]) == ("1", 60)
    assert first["marks"][0]["reason"] == "efter besöket"
    home = [reading for reading in told["readings"] if not reading["guest"]]
    assert {reading["consensus_shift"]["1"] for reading in home} == {first["shift"]}
    assert sum(r["leaves"]["1"] for r in home) / len(home) == pytest.approx(60, abs=1e-5)
    assert {bool(r["consensus_shift"]) for r in told["readings"] if r["guest"]} == {False}
    assert (second["leaf"], second["score"], second["shift"]) == ("2", None, None)
    out = kvaljury("explain", "F01", year).out
    for words in (
        "Lagets gemensamma poäng",
        "efter besöket",
        "Planera 80, Åtgärda 20",
        "förskjuts",
    ):
        assert words in out
    assert first["own"] == pytest.approx(60 - first["shift"], abs=1e-5)
    assert second["own"] is not None


def test_explain_shows_the_agreed_mark_beside_the_examiners_own(kvaljury, tmp_path):
    out = kvaljury("explain", "F01", write_consensus(tmp_path, ""), "--lang", "en").out
    head, _, *rows = out[out.index("Question  Weight") :].splitlines()
    assert head.split()[-6:] == ["E01", "E02", "E03", "E04", "Agreed", "Topic"]
    marked = {row.split()[0]: row.split() for row in rows[:9] if row[:1].isdigit()}
    assert marked["1"][3:8] == ["45", "50", "55", "40", "60"]
    assert marked["3"][7] == "-"
    out = kvaljury("explain", "F02", tmp_path / "year", "--lang", "en").out
    assert "Agreed" not in out


def test_explain_has_no_mean_where_nobody_of_the_home_team_has_marked(kvaljury, tmp_path):
    year = write_consensus(tmp_path, "")
    for examiner in ("E01", "E02", "E03"):
        path = year / "marks" / f"{examiner}.csv"
        rows = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text("".join(r for r in rows if not r.startswith("F01;")), "utf-8")
    told = kvaljury("explain", "F01", year, "--json").json
    assert [agreed["own"] for agreed in told["consensus"]] == [None, None]


def test_explain_says_where_the_agreed_marks_are_on_record_only(kvaljury, tmp_path):
    year = write_consensus(tmp_path, "")
    told = kvaljury("explain", "F01", year, "--json").json
    assert told["marks_used"] == "individual"
    assert [agreed["shift"] for agreed in told["consensus"]] == [None, None]
    assert "de gemensamma redovisas bara" in kvaljury("explain", "F01", year).out


def test_explain_gives_marks_in_the_order_of_leaf_and_criterion_with_their_labels(
    kvaljury, tmp_path
):
    year = write_consensus(tmp_path, "")
    told = kvaljury("explain", "F01", year, "--json").json
    marks = told["readings"][0]["marks"]
    assert [mark["question"] for mark in marks[:7]] == ["1", *["2"] * 5, "3"]
    assert [(mark["label"], mark["mark"]) for mark in marks[1:6]] == [
        ("Planera", 70),
        ("Utföra", 50),
        ("Följa upp", 60),
        ("Analysera", 40),
        ("Åtgärda", 30),
    ]
    rows = kvaljury("explain", "F01", year).out.splitlines()
    at = next(i for i, row in enumerate(rows) if row.endswith(": Planera"))
    labels = ["Utföra", "Följa upp", "Analysera", "Åtgärda"]
    assert all(row.endswith(label) for row, label in zip(rows[at + 1 :], labels, strict=False))


def test_explain_tells_the_banner_and_the_readings_that_would_help(kvaljury, split_year):
    out = kvaljury("explain", "F01", split_year).out
    assert "Lagen kan inte jämföras: L1, L2" in out
    assert " läser " in out
    told = kvaljury("explain", "F01", split_year, "--json").json
    assert told["notes"][0] == "Lagen kan inte jämföras: L1, L2"
    assert told["calibration"]["links"]


def test_the_probability_of_one_place_is_that_of_being_the_best(kvaljury, tmp_path):
    year = write_year(tmp_path / "year", extra="[shortlist]\nsize = 1\n")
    assert "Sannolikhet att vara bäst:" in kvaljury("explain", "F01", year).out


def test_edition_diff_is_in_swedish_words(kvaljury):
    out = kvaljury("edition", "diff", "stockholm-2012", "stockholm-2025").out
    assert "no-deficit, gäller: var: deltagande – är: utmärkelse, hedersomnämnande" in out
    assert "är: förskola, skola" in out
    assert "Chef- och ledarskap: var: 16,67 % – är: 20 %" in out
    assert "participation" not in out


def test_edition_diff_shows_what_changed(kvaljury):
    said = kvaljury("edition", "diff", "stockholm-2012", "stockholm-2025")
    assert said.code == 0
    assert "employees" in said.out
    assert "S25:54" in said.out
    told = kvaljury("edition", "diff", "stockholm-2012", "stockholm-2025", "--json").json
    assert told["schema"] == "kvaljury.edition-diff/1"
    assert (told["before"], told["after"]) == ("stockholm-2012", "stockholm-2025")
    assert {"section", "key", "before", "after", "sources"} == told["changes"][0].keys()
    assert None in {change["before"] for change in told["changes"]}
    assert None in {change["after"] for change in told["changes"]}


def test_a_rule_set_is_equal_to_itself(kvaljury):
    said = kvaljury("edition", "diff", "stockholm-2025", "stockholm-2025")
    assert said.code == 0
    assert "lika" in said.out


def test_edition_diff_takes_the_path_of_a_rule_set(kvaljury, tmp_path):
    path = tmp_path / "egna.toml"
    path.write_text("name = ", encoding="utf-8")
    said = kvaljury("edition", "diff", path, "stockholm-2025")
    assert said.code == 3
    assert said.err.startswith("egna.toml")


@pytest.mark.parametrize("rules", ["stockholm-2012", "stockholm-2025"])
@pytest.mark.parametrize("code", ["sv", "en"])
def test_a_new_edition_is_read_without_other_faults_than_its_emptiness(
    kvaljury, tmp_path, rules, code
):
    folder = tmp_path / "år"
    said = kvaljury("init", folder, "--rules", rules, "--lang", code)
    assert (said.code, said.err) == (0, "")
    told = kvaljury("check", folder, "--json")
    assert [(fault["file"]) for fault in told.json["faults"]] == ["entries.csv"]


def test_a_new_edition_s_examples_can_be_used_by_taking_the_signs_away(
    kvaljury, linked_year, tmp_path
):
    kvaljury("init", tmp_path / "new")
    text = (tmp_path / "new" / "edition.toml").read_text(encoding="utf-8")
    lines = [
        line.removeprefix("# ") if "=" in line or "[" in line else line for line in text.split("\n")
    ]
    settings = [line for line in lines if not line.startswith("#") and "(" not in line]
    (linked_year / "edition.toml").write_text(
        "\n".join(line for line in settings if "lottats" not in line), encoding="utf-8"
    )
    assert kvaljury("rank", linked_year).code == 0


def test_init_touches_nothing_that_is_there(kvaljury, linked_year):
    before = sorted(linked_year.rglob("*"))
    said = kvaljury("init", linked_year)
    assert said.code == 2
    assert sorted(linked_year.rglob("*")) == before


def test_a_headed_entry_file_comes_in_the_language_asked_for(kvaljury, tmp_path):
    kvaljury("init", tmp_path / "sv")
    kvaljury("init", tmp_path / "en", "--lang", "en")
    swedish, english = (
        (tmp_path / code / "entries.csv").read_text(encoding="utf-8-sig") for code in ("sv", "en")
    )
    assert swedish.startswith("bidrag;verksamhet;tävlingsklass;")
    assert english.startswith("id;name;class;")


def test_json_is_utf_8_and_ends_its_last_line(kvaljury, linked_year):
    said = kvaljury("eligibility", linked_year, "--json")
    assert said.out.endswith("}\n")
    assert "Provåret" in said.out
    assert json.loads(said.out)


FAILING_RUBRIC = RUBRIC.replace("return marks[:, 0]", "raise ValueError('trasig mall')")


def year_with_failing_rubric(tmp_path):
    year = write_year(tmp_path / "year", extra='plugins = "own"\n[rubrics]\ndefault = "plain"\n')
    (year / "own").mkdir()
    (year / "own" / "plain.py").write_text(FAILING_RUBRIC, encoding="utf-8")
    return year


def test_check_finds_a_rubric_that_fails(kvaljury, tmp_path):
    said = kvaljury("check", year_with_failing_rubric(tmp_path))
    assert said.code == 4
    assert "trasig mall" in said.err


def test_check_reports_faults_even_where_a_rubric_fails(kvaljury, tmp_path):
    year = year_with_failing_rubric(tmp_path)
    proposals = year / "proposals.csv"
    proposals.write_text("entry;proposal;reason\nF99;award;\n", encoding="utf-8")
    said = kvaljury("check", year)
    assert said.code == 3
    assert "proposals.csv:2" in said.out


def test_a_warning_s_hint_stands_under_it(kvaljury, linked_year):
    path = linked_year / "proposals.csv"
    path.write_text("entry;proposal;reason;förslagg\nF02;award;modig;x\n", encoding="utf-8")
    lines = kvaljury("rank", linked_year).err.splitlines()
    assert lines[0].startswith("proposals.csv:1")
    assert lines[1].startswith("    ")


def test_a_missing_fictitious_year_is_told(kvaljury, tmp_path, monkeypatch):
    import importlib.resources

    monkeypatch.setattr(importlib.resources, "files", lambda _package: tmp_path)
    said = kvaljury("init", tmp_path / "demo", "--demo")
    assert said.code == 7
    assert "installera" in said.err


def test_the_fictitious_year_is_copied_without_python_files(kvaljury, tmp_path, monkeypatch):
    import importlib.resources

    package = tmp_path / "package"
    (package / "demo" / "marks").mkdir(parents=True)
    (package / "demo" / "edition.toml").write_bytes(b"year = 2025\n")
    (package / "demo" / "__init__.py").write_bytes(b"")
    (package / "demo" / "marks" / "E01.csv").write_bytes(b"entry\n")
    monkeypatch.setattr(importlib.resources, "files", lambda _package: package)
    assert kvaljury("init", tmp_path / "new", "--demo").code == 0
    copied = {p.relative_to(tmp_path / "new").as_posix() for p in (tmp_path / "new").rglob("*.*")}
    assert copied == {"edition.toml", "marks/E01.csv"}

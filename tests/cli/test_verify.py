"""``kvaljury verify`` as an auditor runs it: on a whole folder, and on the record alone."""

import json
import shutil
from datetime import date

import pytest

from kvaljury.core.model.record import NewEvent
from kvaljury.files.decision_record import RECORD, append_events, read_record
from tests.cli.decided_year import RECORD as RECORDED
from tests.cli.decided_year import write_decided_year
from tests.cli.small_year import write_year


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """A year that is decided and ranked, made once; tests change copies of it."""
    from kvaljury.cli import run

    year = write_decided_year(tmp_path_factory.mktemp("decided") / "year")
    assert run(["decide", str(year), *RECORDED]) == 0
    assert run(["rank", str(year)]) == 0
    return year


@pytest.fixture
def year(once, tmp_path):
    return shutil.copytree(once, tmp_path / "year")


def changed(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8", newline="")


def standings(said):
    return {(c["check"], c["subject"]): c["standing"] for c in said.json["checks"]}


def add(year, kind, **data):
    append_events(year, lambda record: [NewEvent(kind, "X", data)], "2025-12-01T10:00:00")


def test_a_year_as_it_was_decided_holds_in_every_part(kvaljury, year):
    said = kvaljury("verify", year, "--json", "--head", read_record(year).head)
    assert said.code == 0
    assert said.json["schema"] == "kvaljury.verification/1"
    assert said.json["verified"] is True
    assert said.json["events"] == 2
    assert set(standings(said).values()) == {"verified"}
    assert ("decision", "forskola") in standings(said)
    assert ("ranking", "out/ranking.json") in standings(said)


def test_the_head_may_be_copied_with_spaces_and_capitals(kvaljury, year):
    head = read_record(year).head.upper()
    assert kvaljury("verify", year, "--head", f"{head[:32]} {head[32:]}").code == 0


@pytest.mark.parametrize("head", ["ab", "g" * 64, ""])
def test_what_is_no_head_is_refused(kvaljury, year, head):
    assert kvaljury("verify", year, "--head", head).code == 2


def test_a_foreign_head_does_not_hold(kvaljury, year):
    said = kvaljury("verify", year, "--head", "a" * 64, "--lang", "en")
    assert said.code == 6
    assert "not the record that was signed" in " ".join(said.out.split())


@pytest.mark.parametrize(("kind", "code"), [("published", 0), ("voided", 6), ("odd", 6)])
def test_what_was_added_after_signing_is_told_apart_from_what_was_changed(
    kvaljury, year, kind, code
):
    head = read_record(year).head
    add(year, kind, **{"class": "none", "entries": []})
    said = kvaljury("verify", year, "--head", head, "--json", "--lang", "en")
    assert said.code == code
    (told,) = [c["said"] for c in said.json["checks"] if c["check"] == "head"]
    assert f"checksum of event 2, and everything up to it is unchanged; events added since then: 3 {kind}" in told  # fmt: skip # noqa: E501


def test_the_record_alone_can_be_verified_by_anyone_who_has_the_head(kvaljury, year, tmp_path):
    alone = tmp_path / "alone"
    (alone / "decisions").mkdir(parents=True)
    shutil.copy(year / RECORD, alone / RECORD)
    said = kvaljury("verify", alone, "--head", read_record(year).head, "--json")
    assert said.code == 0
    assert standings(said)["decision", RECORD] == "untried"


def test_an_older_copy_is_found_in_the_record_and_a_longer_one_is_not(kvaljury, year, tmp_path):
    copy = tmp_path / "old.jsonl"
    lines = (year / RECORD).read_bytes().splitlines(keepends=True)
    copy.write_bytes(lines[0])
    assert kvaljury("verify", year, "--against", copy).code == 0
    assert kvaljury("verify", year, "--against", year).code == 0
    (year / RECORD).write_bytes(lines[0])
    copy.write_bytes(b"".join(lines))
    assert kvaljury("verify", year, "--against", copy).code == 6
    assert kvaljury("verify", year, "--against", tmp_path / "none").code == 2
    copy.write_bytes(b"{}")
    assert kvaljury("verify", year, "--against", copy).code == 6


def test_a_record_that_is_gone_is_missed_by_head_and_copy(kvaljury, year, tmp_path):
    copy = shutil.copy(year / RECORD, tmp_path / "copy.jsonl")
    head = read_record(year).head
    (year / RECORD).unlink()
    assert kvaljury("verify", year, "--head", head).code == 6
    assert kvaljury("verify", year, "--against", copy).code == 6


def test_a_changed_record_is_told_with_its_line(kvaljury, year):
    changed(year / RECORD, "Anna Ek", "Anna Al")
    said = kvaljury("verify", year, "--lang", "en")
    assert said.code == 6
    assert "line 2" in said.out


def test_a_changed_ballot_is_told_with_file_class_and_key(kvaljury, year):
    changed(year / "ballots" / "moete.csv", "J3,F02,could_receive", "J3,F02,worthy_now")
    said = kvaljury("verify", year, "--json")
    assert said.code == 6
    (check,) = [c for c in said.json["checks"] if c["subject"] == "forskola"]
    assert check["standing"] == "differs"
    assert {"path": "ballots/moete.csv", "state": "changed"} in check["files"]
    keys = {d["key"]: (d["noted"], d["found"]) for d in check["differences"]}
    assert keys["ballots[J3/F02].grade"] == ("could_receive", "worthy_now")
    assert standings(said)["decision", "skola"] == "stale"


def test_a_file_that_changed_without_changing_the_result_is_told_and_fails_nothing(kvaljury, year):
    path = year / "votes.csv"
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    said = kvaljury("verify", year, "--lang", "en")
    assert said.code == 0
    assert "votes.csv: changed since" in said.out


def test_a_forged_decision_with_a_whole_chain_does_not_come_out_again(kvaljury, year):
    (first,) = [e for e in read_record(year).events if e.data["class"] == "skola"]
    add(year, "decided", **{**first.data, "awards": ["S01"]})
    said = kvaljury("verify", year, "--json")
    (check,) = [c for c in said.json["checks"] if c["subject"] == "skola"]
    assert (said.code, check["standing"]) == (6, "differs")
    assert [d["key"] for d in check["differences"]] == ["awards"]


def test_an_event_that_kvaljury_never_writes_is_a_finding_and_no_bug(kvaljury, year):
    add(year, "decided", odd=1)
    said = kvaljury("verify", year, "--lang", "en")
    assert said.code == 6
    assert "event 3" in said.out


def test_a_decision_by_another_version_is_noted_and_its_result_tried(kvaljury, year, monkeypatch):
    monkeypatch.setattr("kvaljury.__version__", "99.1")
    said = kvaljury("verify", year, "--json")
    assert said.code == 0
    (check,) = [c for c in said.json["checks"] if c["subject"] == "skola"]
    assert check["standing"] == "noted"
    assert any(d["found"] == "99.1" for d in check["versions"])


def ranking_changed(year, change):
    path = year / "out" / "ranking.json"
    document = json.loads(path.read_bytes())
    change(document["classes"][0]["entries"][0])
    path.write_text(json.dumps(document), "utf-8")


def test_a_ranking_that_somebody_touched_is_told_by_entry_and_key(kvaljury, year):
    ranking_changed(year, lambda entry: entry.update(score=entry["score"] + 1))
    said = kvaljury("verify", year, "--lang", "en")
    assert said.code == 6
    assert "].score: noted" in said.out


def test_the_last_decimal_of_a_ranking_may_be_that_of_another_processor(kvaljury, year):
    ranking_changed(year, lambda entry: entry.update(score=round(entry["score"] + 1e-6, 6)))
    said = kvaljury("verify", year, "--json")
    assert said.code == 0
    assert standings(said)["ranking", "out/ranking.json"] == "noted"


@pytest.mark.parametrize("content", ["", "[]", '{"schema": "other/1"}', "[" * 10**5])
def test_what_is_no_ranking_does_not_hold(kvaljury, year, content):
    (year / "out" / "ranking.json").write_text(content)
    assert kvaljury("verify", year).code == 6


def test_marks_that_changed_after_ranking_are_told(kvaljury, year):
    changed(year / "marks" / "E01.csv", "F01;E01;1;;45;", "F01;E01;1;;95;")
    said = kvaljury("verify", year, "--json")
    (check,) = [c for c in said.json["checks"] if c["check"] == "ranking"]
    assert (said.code, check["standing"]) == (6, "differs")
    assert check["files"] == [{"path": "marks/E01.csv", "state": "changed"}]


def test_input_at_fault_is_told_beside_what_holds(kvaljury, year):
    (year / "votes.csv").write_text("nonsense\n1\n")
    said = kvaljury("verify", year, "--lang", "en")
    assert said.code == 3
    assert "Holds: the chain" in said.out
    assert "Could not be tried" in said.out


def test_a_ranking_without_its_edition_cannot_be_tried(kvaljury, year):
    (year / "edition.toml").unlink()
    said = kvaljury("verify", year, "--json")
    assert said.code == 0
    assert standings(said)["ranking", "out/ranking.json"] == "untried"


def test_where_nothing_can_be_verified_nothing_is_said_to_hold(kvaljury, tmp_path):
    assert kvaljury("verify", write_year(tmp_path / "year")).code == 2


def test_an_empty_head_is_told_as_such(kvaljury, year):
    assert "no checksum was given" in kvaljury("verify", year, "--head", "", "--lang", "en").err


@pytest.mark.parametrize("command", ["verify", "protocol", "publish"])
@pytest.mark.parametrize("day", ["igår", "20251014", "2025-02-30"])
def test_a_day_that_is_none_is_a_finding_and_no_bug(kvaljury, year, command, day):
    add(year, "decided", **{**last_of(year, "skola"), "date": day})
    said = kvaljury(command, year, "--lang", "en")
    assert said.code == 6
    assert "see date" in " ".join((said.out + said.err).split())


def last_of(year, name):
    return [e for e in read_record(year).events if e.data["class"] == name][-1].data


def test_a_record_that_was_emptied_or_removed_is_missed(kvaljury, year):
    (year / RECORD).write_bytes(b"")
    said = kvaljury("verify", year, "--lang", "en")
    assert (said.code, "holds nothing" in said.out) == (6, True)
    (year / RECORD).unlink()
    said = kvaljury("verify", year, "--lang", "en")
    assert said.code == 6
    assert "there is no record, and yet there is decisions/.kvaljury.lock" in " ".join(
        said.out.split()
    )


def test_minutes_without_a_record_are_told(kvaljury, year):
    assert kvaljury("protocol", year).code == 0
    shutil.rmtree(year / "decisions")
    assert kvaljury("verify", year).code == 6
    assert kvaljury("archive", year).code == 6


def test_what_was_refused_before_anything_was_recorded_is_no_trace_of_a_record(kvaljury, tmp_path):
    year = write_decided_year(tmp_path / "year")
    changed(year / "votes.csv", "forskola,F02,award,alla,yes,", "forskola,F02,award,J1,yes,")
    assert kvaljury("decide", year, *RECORDED).code == 5
    assert kvaljury("verify", year).code == 2


@pytest.mark.parametrize(
    ("changes", "said_of"),
    [
        ({"inputs": {}}, "does not name all files"),
        ({"inputs": {"votes.csv": "0" * 64}}, "edition.toml, jury.toml"),
        ({"inputs": None}, "see inputs"),
        ({"date": "2999-01-01"}, "see date"),
        ({"version": 1}, "see version"),
    ],
)
def test_a_chain_made_anew_does_not_hide_what_a_decision_lacks(kvaljury, year, changes, said_of):
    add(year, "decided", **{**last_of(year, "skola"), **changes})
    said = kvaljury("verify", year, "--lang", "en")
    assert said.code == 6
    assert said_of in " ".join(said.out.split())


def test_another_version_makes_no_wording_of_what_people_said(kvaljury, year):
    forged = json.loads(json.dumps(thawed(last_of(year, "skola"))))
    forged["version"] = "0.1"
    forged["nominees"][0]["reason"] = "något annat"
    add(year, "decided", **forged)
    said = kvaljury("verify", year, "--json")
    (check,) = [c for c in said.json["checks"] if c["subject"] == "skola"]
    assert (said.code, check["standing"]) == (6, "differs")
    assert [d["key"] for d in check["differences"]] == ["nominees[S01/award/Skolan Eken].reason"]


def thawed(value):
    if hasattr(value, "items"):
        return {key: thawed(inner) for key, inner in value.items()}
    return [thawed(inner) for inner in value] if isinstance(value, list | tuple) else value


def test_without_a_head_nothing_is_said_to_be_as_it_was_signed(kvaljury, year):
    said = " ".join(kvaljury("verify", year, "--lang", "en").out.split())
    assert "Nothing has been compared with signed minutes" in said
    head = read_record(year).head
    said = " ".join(kvaljury("verify", year, "--head", head, "--lang", "en").out.split())
    assert "Nothing has been compared" not in said


def test_a_copy_that_is_not_there_is_told_in_the_language_of_the_reader(kvaljury, year):
    said = kvaljury("verify", year, "--against", year / "none", "--lang", "en")
    assert "it is not there" in said.err


COPIES = (
    "decisions/record-DATOR1.jsonl",
    "jury-DATOR1.toml",
    "votes (1).csv",
    "Kopia av votes.csv",
)


def test_another_version_of_a_file_is_told_by_verify_and_check(kvaljury, year):
    for name in COPIES:
        (year / name).write_text("", "utf-8")
    (year / "votes-plan.txt").write_text("", "utf-8")
    found = {c["subject"] for c in kvaljury("verify", year, "--json").json["checks"]}
    assert found >= set(COPIES)
    warned = kvaljury("check", year, "--json").json["warnings"]
    assert {w["file"] for w in warned if w["code"] == "stray-copy"} == set(COPIES)


@pytest.fixture
def december(monkeypatch):
    monkeypatch.setattr("kvaljury.cli.release.today", lambda: date(2025, 12, 1))


def test_what_no_longer_holds_is_neither_published_nor_fed_back(kvaljury, year, december):
    assert kvaljury("publish", year).code == 0
    shutil.rmtree(year / "out")
    changed(year / "jury.toml", 'entry = "S01", ground', 'entry = "F02", ground')
    for command in ("publish", "feedback"):
        said = kvaljury(command, year, "--lang", "en")
        assert said.code == 6
        assert "decide the class anew" in said.err
        assert not (year / "out").exists()


def test_minutes_of_what_no_longer_holds_are_written_with_a_warning(kvaljury, year):
    assert "WARNING" not in kvaljury("protocol", year, "--lang", "en").err
    changed(year / "ballots" / "moete.csv", "J3,F02,could_receive", "J3,F02,worthy_now")
    said = kvaljury("protocol", year, "--lang", "en")
    assert said.code == 0
    assert "WARNING: forskola" in said.err

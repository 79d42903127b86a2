"""``decide`` shows a draft; with --record it puts on record what was carried, all or nothing."""

import pytest

from kvaljury.files.decision_record import read_record
from tests.cli.jury_year import ALL_YES, VOTES, jury_toml, write_jury

DAY = ("--date", "2025-10-14", "--lang", "en")
RECORD = (*DAY, "--record", "--by", "Sigrid")


@pytest.fixture
def year(linked_year):
    return write_jury(linked_year, votes=ALL_YES)


def kinds(folder):
    return [event.kind for event in read_record(folder).events]


def test_a_draft_is_headed_as_one_and_names_no_winner(kvaljury, year) -> None:
    said = kvaljury("decide", year, *DAY)
    assert said.code == 0
    assert said.out.startswith("Basis for decision – no decision\n")
    assert "9–0, carried by the votes handed in." in said.out
    assert "winner" not in said.out
    assert not (year / "decisions").exists()


def test_what_was_carried_is_recorded_with_the_head(kvaljury, year) -> None:
    said = kvaljury("decide", year, *RECORD)
    assert said.code == 0
    assert "no decision" not in said.out
    record = read_record(year)
    assert kinds(year) == ["decided", "decided"]
    assert f"Checksum of the record: {record.head}" in said.out
    assert "kvaljury protocol" in said.out
    first = record.events[0]
    assert (first.by, first.data["date"], first.data["awards"]) == ("Sigrid", "2025-10-14", ["F01"])
    assert "votes.csv" in first.data["inputs"]
    assert first.data["title"] == {"sv": "Förskola", "en": "Preschool"}


def test_the_same_again_adds_nothing(kvaljury, year) -> None:
    kvaljury("decide", year, *RECORD)
    head = read_record(year).head
    said = kvaljury("decide", year, *RECORD)
    assert (said.code, read_record(year).head) == (0, head)
    assert "on record already, unchanged" in said.out


def test_one_class_may_be_decided_alone(kvaljury, year) -> None:
    assert kvaljury("decide", year, *RECORD, "--class", "skola").code == 0
    assert [event.data["class"] for event in read_record(year).events] == ["skola"]


def test_no_recipient_is_recorded_without_awards(kvaljury, year) -> None:
    votes = VOTES + "forskola;F01;award;all;no;\nforskola;;none;all;yes;\n"
    write_jury(year, votes=votes)
    said = kvaljury("decide", year, *RECORD, "--class", "forskola")
    assert said.code == 0
    assert read_record(year).events[0].data["awards"] == []
    assert "that is a decision like any other" in said.out


def test_every_reason_is_told_at_once_and_nothing_written(kvaljury, year) -> None:
    write_jury(year, votes=VOTES + "forskola;F01;award;J1;yes;\n")
    said = kvaljury("decide", year, *RECORD)
    assert said.code == 5
    assert "the quorum is 5" in said.err
    assert "nothing has been put to the vote" in said.err
    assert not (year / "decisions/record.jsonl").exists()
    draft = kvaljury("decide", year, *DAY)
    assert draft.code == 0
    assert "Cannot be decided" in draft.out


def test_a_deficit_found_after_the_shortlist_bars_the_award_unless_let_through(
    kvaljury, year
) -> None:
    entries = (year / "entries.csv").read_text("utf-8")
    line = next(line for line in entries.splitlines() if line.startswith("F01;"))
    later = line.replace(";0;0;;2025", ";0;-250000;;2025")
    assert later != line
    (year / "entries.csv").write_text(entries.replace(line, later), encoding="utf-8", newline="")
    said = kvaljury("decide", year, *RECORD)
    assert said.code == 5
    assert "--override F01" in said.err
    through = ("--override", "F01", "--reason", "engångskostnad")
    said = kvaljury("decide", year, *RECORD, *through)
    assert said.code == 0
    assert "Let through by Sigrid: F01" in said.out
    overrides = read_record(year).events[0].data["overrides"]
    (given,) = overrides
    assert (given["entry"], given["by"], given["reason"]) == ("F01", "Sigrid", "engångskostnad")
    assert given["rules"]
    assert kvaljury("decide", year, *RECORD).code == 0
    assert len(read_record(year).events) == 2


def test_a_correction_is_a_new_event_with_a_reason(kvaljury, year) -> None:
    kvaljury("decide", year, *RECORD)
    write_jury(year, votes=ALL_YES.replace("skola;S01;award;all;yes", "skola;S01;award;all;no"))
    refused = kvaljury("decide", year, *RECORD)
    assert refused.code == 5
    assert "--correct" in refused.err
    said = kvaljury("decide", year, *RECORD, "--correct", "felräknat")
    assert said.code == 0
    assert kinds(year) == ["decided", "decided", "corrected", "decided"]
    assert "takes the place of an earlier decision" in said.out


def test_jav_found_later_is_voided_and_the_class_decided_again(kvaljury, year) -> None:
    kvaljury("decide", year, *RECORD)
    late = {"J9": '[{ entry = "F01", ground = "närstående", on = 2025-10-20 }]'}
    (year / "jury.toml").write_text(jury_toml(late), encoding="utf-8")
    said = kvaljury("decide", year, *RECORD)
    assert said.code == 0
    assert "decided again" in " ".join(said.out.split())
    assert "0 ballots and 1 votes are void, found on 2025-10-20" in said.out
    assert kinds(year)[2:] == ["voided"]
    refused = kvaljury("decide", year, *RECORD)
    assert refused.code == 5
    assert "made void" in refused.err
    draft = kvaljury("decide", year, *DAY, "--json").json
    assert [each["is_void"] for each in draft["classes"]] == [True, False]
    assert kvaljury("decide", year, *RECORD, "--correct", "jäv").code == 0
    assert kinds(year)[3:] == ["corrected", "decided"]


def test_jav_on_record_stays_in_force_when_its_line_is_gone(kvaljury, year) -> None:
    kvaljury("decide", year, *RECORD)
    late = {"J9": '[{ entry = "F01", ground = "närstående", on = 2025-10-20 }]'}
    (year / "jury.toml").write_text(jury_toml(late), encoding="utf-8")
    kvaljury("decide", year, *RECORD)
    (year / "jury.toml").write_text(jury_toml(), encoding="utf-8")
    said = kvaljury("decide", year, *RECORD, "--correct", "jäv")
    assert said.code == 0
    assert "the jäv of J9 for F01 stands in the record" in " ".join(said.err.split())
    decided = read_record(year).events[-1].data
    assert decided["items"][0]["answers"]["jav"] == ["J9"]
    assert kvaljury("verify", year, "--lang", "en").code == 0


def test_a_leave_that_is_not_needed_is_refused(kvaljury, year) -> None:
    said = kvaljury("decide", year, *RECORD, "--override", "F01", "--reason", "säkert")
    assert said.code == 2
    assert 'no rule bars the entry "F01"' in said.err
    said = kvaljury("decide", year, *RECORD, "--override", "F02", "--reason", "säkert")
    assert said.code == 2


@pytest.mark.parametrize("day", ["2999-01-01", "2024-12-31", "2027-01-01"])
def test_a_day_on_which_nothing_can_have_been_decided_is_refused(kvaljury, year, day) -> None:
    said = kvaljury("decide", year, *RECORD, "--date", day)
    assert said.code == 2
    assert day in said.err
    assert not (year / "decisions/record.jsonl").exists()
    assert kvaljury("decide", year, "--date", day).code == 0


def test_jav_found_on_a_day_that_has_not_come_is_a_fault(kvaljury, year) -> None:
    late = {"J9": '[{ entry = "F01", ground = "närstående", on = 2999-10-20 }]'}
    (year / "jury.toml").write_text(jury_toml(late), encoding="utf-8")
    said = kvaljury("check", year, "--lang", "en")
    assert said.code == 3
    assert "2999-10-20 has not come yet" in said.err + said.out


def test_a_class_that_cannot_be_decided_is_not_said_to_be_decided(kvaljury, year) -> None:
    write_jury(year, votes=VOTES + "forskola;;none;all;no;\n")
    said = kvaljury("decide", year, *DAY)
    assert "Cannot be decided" in said.out
    assert "decision like any other" not in said.out


def test_json_tells_the_event_and_its_state(kvaljury, year) -> None:
    draft = kvaljury("decide", year, *DAY, "--json").json
    assert (draft["schema"], draft["status"], draft["head"]) == (
        "kvaljury.decision/1",
        "draft",
        None,
    )
    assert draft["note"].startswith("Basis for decision")
    assert draft["classes"][0]["items"][0]["carried"] is True
    assert draft["classes"][0]["event"] is None
    told = kvaljury("decide", year, *RECORD, "--json").json
    assert (told["status"], told["head"]) == ("recorded", read_record(year).head)
    assert [each["recording"] for each in told["classes"]] == ["new", "new"]
    write_jury(year, votes=VOTES)
    refusals = kvaljury("decide", year, *DAY, "--json").json["classes"][0]["refusals"]
    assert refusals[0]["code"] == "no-vote"


@pytest.mark.parametrize(
    "options",
    [
        ["--record"],
        ["--override", "F01", "--reason", "x"],
        ["--override", "F01", "--by", "K"],
        ["--override", "F09", "--by", "K", "--reason", "x"],
        ["--override", "F01", "--by", "K", "--reason", " "],
        ["--correct", "x"],
        ["--record", "--by", "K", "--correct", " "],
        ["--class", "skolan"],
        ["--date", "i dag"],
    ],
)
def test_options_that_do_not_go_together_are_told(kvaljury, year, options) -> None:
    assert kvaljury("decide", year, *options).code == 2
    assert not (year / "decisions").exists()


def test_a_class_without_a_nominee_is_told(kvaljury, year) -> None:
    assert kvaljury("decide", year, "--class", "andra").code == 5


def test_a_record_that_does_not_verify_stops_everything(kvaljury, year) -> None:
    kvaljury("decide", year, *RECORD)
    path = year / "decisions/record.jsonl"
    path.write_bytes(path.read_bytes().replace(b"Sigrid", b"Sigrud"))
    assert kvaljury("decide", year, *DAY).code == 6


def test_a_closed_vote_shows_numbers_and_no_names(kvaljury, year) -> None:
    rules = '[rules]\nvoting = "closed"\nmethod = "plurality"\n'
    ballots = "juror;entry;grade;mention\n" + "".join(
        f"J{n};F01;worthy_now;no\nJ{n};F02;;yes\nJ{n};S01;not_now;no\n" for n in range(1, 10)
    )
    votes = ALL_YES.replace("all;yes;\nskola", "all;yes;\nforskola;F01;award;J2;no;Nej.\nskola")
    write_jury(year, rules=rules, votes=votes, ballots__all=ballots)
    out = kvaljury("decide", year, *DAY).out
    assert "    Yes: 8\n" in out
    assert "    No: 1\n" in out
    assert "F02 Förskolan Åkervinda: yes to a mention 9, no 0" in out


def test_a_vote_with_other_members_than_the_ballots_says_who_took_part(kvaljury, year) -> None:
    votes = ALL_YES.replace("all;yes;\nskola", "all;yes;\nforskola;F01;award;J1;absent;\nskola")
    write_jury(
        year, {"J3": '[{ entry = "S01", ground = "x" }]'}, votes=votes + "skola;S01;award;J3;yes;\n"
    )
    out = kvaljury("decide", year, *DAY).out
    assert "In the chair: J2 Bo, acting." in out
    assert "Void for jäv: the votes of J3 Carin" in out

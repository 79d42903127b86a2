"""``kvaljury protocol`` from the command line, on records by hand and on one by ``decide``."""

import shutil
from pathlib import Path

import pytest

from kvaljury.files.decision_record import RECORD, read_record
from kvaljury.files.log import InputLog
from kvaljury.files.word.reading import read_word
from tests.cli.small_year import write_year
from tests.core.record_examples import NAMES, WHOLE_STORY, closed, decided, write_record
from tests.reports.pdf_reading import ACCESSIBLE, ARCHIVAL, failures, texts

SCENARIOS = Path(__file__).parents[1] / "scenarios"


@pytest.fixture
def folder(tmp_path):
    return write_year(tmp_path / "year", marked=False)


def minutes(folder):
    data = (folder / "out" / "protokoll.docx").read_bytes()
    found = read_word(data, "protokoll.docx", InputLog())
    return "\n".join(paragraph.text for paragraph in found.paragraphs)


def test_minutes_come_in_word_and_pdf_with_the_same_words(kvaljury, folder):
    record = write_record(folder, *WHOLE_STORY)
    said = kvaljury("protocol", folder, "--lang", "en")
    assert said.code == 0, said.err
    assert "protokoll.docx, protokoll.pdf" in said.out
    paper = " ".join("\n".join(texts((folder / "out" / "protokoll.pdf").read_bytes())).split())
    for words in (record.head, "§ 4 School", "Engångskostnad", "För lek <b>och</b> =1+1 & lugn."):
        assert words in paper
        assert words in minutes(folder)


def test_the_pdf_can_be_archived_and_listened_to(kvaljury, folder):
    write_record(folder, *WHOLE_STORY)
    assert kvaljury("protocol", folder).code == 0
    data = (folder / "out" / "protokoll.pdf").read_bytes()
    assert failures(data, ARCHIVAL) == []
    assert failures(data, ACCESSIBLE) == []


def test_the_same_record_gives_the_same_bytes(kvaljury, folder):
    write_record(folder, ("decided", decided()))
    first = kvaljury("protocol", folder, "--json").json
    again = kvaljury("protocol", folder, "--json").json
    assert first == again
    assert first["schema"] == "kvaljury.protocol/1"
    assert first["head"] == read_record(folder).head
    assert sorted(first["files"]) == ["protokoll.docx", "protokoll.pdf"]


def test_no_name_stands_beside_a_closed_vote(kvaljury, folder):
    items = [{**decided()["items"][0], "reservations": {}}]
    write_record(folder, ("decided", closed(items=items)))
    assert kvaljury("protocol", folder, "--lang", "en").code == 0
    vote = minutes(folder).split("\nVote\n")[1].split("\nDecision\n")[0]
    for name, _, _ in NAMES.values():
        assert name not in vote


def test_without_a_record_it_refuses_and_says_what_to_do(kvaljury, folder):
    said = kvaljury("protocol", folder, "--lang", "en")
    assert said.code == 5
    assert "no decision of the jury has been recorded" in said.err
    assert "kvaljury decide --record" in said.err
    assert not (folder / "out").exists()


def test_a_record_without_a_decision_is_refused_likewise(kvaljury, folder):
    write_record(folder, ("published", {"entries": []}))
    assert kvaljury("protocol", folder).code == 5


def test_a_record_that_does_not_verify_is_refused(kvaljury, folder):
    write_record(folder, ("decided", decided()), ("published", {"entries": []}))
    path = folder / RECORD
    path.write_bytes(path.read_bytes().replace(b"Skolan Eken", b"Skolan Elak", 1))
    said = kvaljury("protocol", folder)
    assert said.code == 6
    assert not (folder / "out").exists()


def test_a_decision_that_kvaljury_never_wrote_is_refused_although_the_chain_holds(kvaljury, folder):
    write_record(folder, ("decided", {"class": "skola"}))
    said = kvaljury("protocol", folder, "--lang", "en")
    assert said.code == 6
    assert "event 1" in said.err


def test_what_decide_records_becomes_minutes(kvaljury, tmp_path):
    folder = tmp_path / "year"
    shutil.copytree(SCENARIOS / "jury-casting-vote" / "input", folder)
    done = kvaljury("decide", folder, "--record", "--by", "Sara Ek", "--date", "2025-10-14")
    assert done.code == 0, done.err
    assert kvaljury("protocol", folder, "--lang", "en").code == 0
    said = minutes(folder)
    assert read_record(folder).head in said
    assert "Secretary: Sara Ek" in said
    assert "the casting vote of" in said


def test_the_screen_names_nobody_beside_a_closed_vote_either(kvaljury, tmp_path):
    folder = tmp_path / "year"
    shutil.copytree(SCENARIOS / "jury-casting-vote" / "input", folder)
    path = folder / "jury.toml"
    said = kvaljury("decide", folder, "--lang", "en")
    assert "the casting vote of" in said.out
    text = path.read_text("utf-8")
    assert 'voting = "open"' in text or "voting" not in text
    text = text.replace('voting = "open"', "").replace("[rules]", '[rules]\nvoting = "closed"', 1)
    path.write_text(text if "[rules]" in text else f'[rules]\nvoting = "closed"\n{text}', "utf-8")
    said = kvaljury("decide", folder, "--lang", "en")
    assert "the casting vote decided" in said.out
    assert "the casting vote of" not in said.out

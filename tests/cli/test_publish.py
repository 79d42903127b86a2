"""``kvaljury publish`` from the command line: what was recorded, after the ceremony."""

from datetime import date

import pytest

from kvaljury.files.decision_record import RECORD, read_record
from tests.cli.small_year import write_year
from tests.core.record_examples import corrected, decided, preschool, write_record

AFTER = ("--date", "2025-11-26", "--lang", "en")


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr("kvaljury.cli.release.today", lambda: date(2025, 12, 1))


@pytest.fixture
def folder(tmp_path):
    folder = write_year(tmp_path / "year", marked=False)
    write_record(folder, ("decided", decided()), ("decided", preschool()))
    return folder


def read(folder, ending):
    return (folder / "out" / f"publish.{ending}").read_text("utf-8")


def test_recipients_and_motivations_stand_in_the_order_of_the_classes(kvaljury, folder):
    said = kvaljury("publish", folder, *AFTER)
    assert said.code == 0, said.err
    assert "publish.html, publish.txt" in said.out
    text = read(folder, "txt")
    assert text.index("Preschool") < text.index("School\n")
    assert "The award: Skolan Eken\n\nFör ett modigt arbete." in text
    assert "Nobody receives the award of the class this year." in text
    assert "För lek &lt;b&gt;och&lt;/b&gt; =1+1 &amp; lugn." in read(folder, "html")


def test_nothing_but_recipients_is_told(kvaljury, folder):
    assert kvaljury("publish", folder, *AFTER).code == 0
    for ending in ("txt", "html"):
        for secret in ("Linden", "Falk", "Sekreterare", "S01", "jäv"):
            assert secret not in read(folder, ending)


def test_a_missing_motivation_is_told(kvaljury, folder):
    write_record(folder, ("corrected", corrected()), ("decided", decided(motivations={})))
    said = kvaljury("publish", folder, *AFTER, "--json")
    assert said.code == 0
    assert "No motivation is recorded for Skolan Eken (S01)." in said.err
    assert said.json["without_motivation"] == ["Skolan Eken (S01)", "Skolan Almen (S03)"]


def test_a_class_that_the_edition_no_longer_has_comes_last(kvaljury, folder):
    write_record(folder, ("decided", decided(**{"class": "a", "title": {"sv": "Å", "en": "Old"}})))
    assert kvaljury("publish", folder, *AFTER).code == 0
    assert read(folder, "txt").index("\nOld\n") > read(folder, "txt").index("\nSchool\n")


def test_before_the_ceremony_it_refuses(kvaljury, folder):
    said = kvaljury("publish", folder, "--date", "2025-11-25", "--lang", "en")
    assert said.code == 5
    assert "the ceremony is on 2025-11-25" in said.err
    assert "wait until the ceremony has been" in said.err
    assert not (folder / "out").exists()


def test_without_a_record_it_refuses(kvaljury, tmp_path):
    folder = write_year(tmp_path / "bare", marked=False)
    assert kvaljury("publish", folder, *AFTER).code == 5


def test_publication_goes_into_the_record_where_that_is_asked_for(kvaljury, folder):
    assert kvaljury("publish", folder, *AFTER).code == 0
    assert len(read_record(folder).events) == 2
    assert kvaljury("publish", folder, *AFTER, "--record", "--by", " Sara  Ek ").code == 0
    event = read_record(folder).events[-1]
    assert (event.kind, event.by, event.data["entries"]) == ("published", "Sara Ek", ["S01", "S03"])


@pytest.mark.parametrize("options", [("--record",), ("--by", "Sara"), ("--record", "--by", " ")])
def test_options_that_do_not_go_together_are_refused(kvaljury, folder, options):
    assert kvaljury("publish", folder, *options).code == 2
    assert not (folder / "out").exists()


def test_a_record_that_does_not_verify_is_refused(kvaljury, folder):
    path = folder / RECORD
    path.write_bytes(path.read_bytes().replace(b"modigt", b"fegt"))
    assert kvaljury("publish", folder, *AFTER).code == 6

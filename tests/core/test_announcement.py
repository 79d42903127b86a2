"""What is published: recipients with motivations, and which of those are missing."""

from kvaljury.core.announcement import announcement_document, recipients, without_motivation
from kvaljury.core.recorded_decisions import standing_decisions
from tests.core.record_examples import decided, preschool, write_record


def decisions(tmp_path, *data):
    record = write_record(tmp_path, *(("decided", each) for each in data))
    return list(standing_decisions(record).values())


def test_each_class_tells_award_then_mentions_with_motivations(tmp_path):
    document = announcement_document(decisions(tmp_path, decided()), "The award")
    assert [str(block.text) for block in document.blocks] == [
        "School",
        "The award: Skolan Eken",
        "För ett modigt arbete.",
        "Honourable mention: Skolan Almen",
        "För lek <b>och</b> =1+1 & lugn.",
    ]


def test_a_class_without_recipient_says_so(tmp_path):
    document = announcement_document(decisions(tmp_path, preschool()), "The award")
    assert [str(block.text) for block in document.blocks] == [
        "Preschool",
        "Nobody receives the award of the class this year.",
    ]


def test_missing_motivations_are_named_and_nothing_stands_in_their_place(tmp_path):
    found = decisions(tmp_path, decided(motivations={}, nominees=[]))
    assert without_motivation(found) == ("S01", "S03")
    assert recipients(found[0]) == ("S01", "S03")
    assert len(announcement_document(found, "t").blocks) == 3

"""The record as minutes: from it alone, nothing left out, names only where voting is open."""

import re

import pytest

from kvaljury.cli.language import Language
from kvaljury.core.minutes import minutes_document, signed_head
from kvaljury.core.minutes.words import voting_method_text
from kvaljury.core.model.blocks import Document, Heading, Paragraph, Signatures, Table
from kvaljury.core.model.record import BEGINNING, DecisionRecord
from kvaljury.core.recorded_decisions import standing_decisions
from kvaljury.errors import RulesFault, VerificationFault
from kvaljury.reports.plain import plain_document
from kvaljury.reports.voice import Voice
from tests.core.record_examples import (
    NAMES,
    REASON,
    WHOLE_STORY,
    again,
    answers,
    closed,
    corrected,
    decided,
    item,
    preschool,
    voided,
    write_record,
)

ENGLISH = Language("en")
VOICE = Voice("en", ENGLISH.render, ENGLISH.number)


@pytest.fixture
def minutes(tmp_path):
    """Write a record of some events and give its minutes."""

    def make(*events) -> Document:
        document = minutes_document(write_record(tmp_path, *events), "The award")
        assert document is not None
        return document

    return make


def words_of(document):
    """All that a document says, a line a text."""
    found = []

    def walk(value):
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, dict):
            for each in value.values():
                walk(each)
        elif isinstance(value, list):
            for each in value:
                walk(each)

    walk(plain_document(document, VOICE))
    return "\n".join(found)


def rows(document, caption):
    for block in document.blocks:
        if isinstance(block, Table) and ENGLISH.render(block.caption) == caption:
            return [[ENGLISH.render(cell.text) for cell in row] for row in block.rows]
    raise AssertionError(caption)


def under(document, heading):
    """The texts below a heading, to the next one."""
    is_in, found = False, []
    for block in document.blocks:
        if isinstance(block, Heading):
            is_in = ENGLISH.render(block.text) == heading
        elif is_in:
            found.append(block)
    return words_of(Document("x", "", "", tuple(found), ""))


def one(data):
    return ("decided", data)


def test_a_record_without_a_decision_has_no_minutes(tmp_path):
    assert minutes_document(DecisionRecord(), "t") is None
    assert signed_head(DecisionRecord()) == BEGINNING
    record = write_record(tmp_path, ("feedback-forced", {"entries": []}), ("voided", voided()))
    assert minutes_document(record, "t") is None


def test_each_decision_is_a_numbered_paragraph_in_the_order_of_the_record(minutes):
    document = minutes(one(decided()), one(preschool()))
    headings = [ENGLISH.render(b.text) for b in document.blocks if isinstance(b, Heading)]
    assert [h for h in headings if h.startswith("§")] == ["§ 1 School", "§ 2 Preschool"]


def test_who_took_part_is_told_by_paragraph_with_the_reason_for_staying_away(minutes):
    found = rows(minutes(one(decided()), one(preschool())), "Who took part in which paragraph")
    by_name = {row[0]: row[1:] for row in found}
    assert by_name["Asta Ordförande"] == ["chair", "Stadsledningskontoret", "§ 2", "§ 1 (jäv)"]
    assert by_name["David Ek"] == ["member", "", "§ 2", "§ 1 (absent)"]
    assert by_name["Frans Gren"][2:] == ["§ 1", "–"]


def test_a_juror_who_sits_out_one_entry_took_part_in_part(minutes):
    other = item("S02", voters=["J2", "J3", "J5"], answers=answers(yes="J2 J3 J5", jav="J1 J6"))
    document = minutes(one(decided(items=[item(), other])))
    by_name = {row[0]: row for row in rows(document, "Who took part in which paragraph")}
    assert by_name["Frans Gren"][3:] == ["§ 1 in part", "§ 1 (jäv)"]
    assert "Sitting for proposal 1" in words_of(document)
    assert "Sitting for proposal 2" in words_of(document)


def test_the_chair_is_named_with_why_another_acts(minutes):
    assert "Bo Vice, acting, since the chair has jäv" in words_of(minutes(one(decided())))


def test_an_absent_chair_and_an_empty_chair_are_told(tmp_path):
    absent = item(answers=answers(yes="J2", absent="J1 J4"))
    empty = item(chair=None, voters=[], answers=answers(), carried=None, stands_in={})
    record = write_record(tmp_path, one(decided(items=[absent])), one(preschool(items=[empty])))
    said = words_of(minutes_document(record, "t"))
    assert "since the chair is absent" in said
    assert "In the chair\nnobody" in said
    assert "There is no quorum: 0 take part, at least 3 are needed." in said
    assert "not decided" in said


def test_substitutes_are_told_with_whom_they_stand_in_for_and_the_quorum(minutes):
    said = words_of(minutes(one(decided())))
    assert "Frans Gren for David Ek" in said
    assert "There is a quorum: 4 take part, at least 3 are needed." in said


def test_jav_is_told_with_its_ground_in_words_and_that_the_person_left(minutes):
    said = under(minutes(one(decided())), "Jäv")
    assert "KL 6:28 5: something else may disturb the trust" in said
    assert "Follows from who leads and handles what: The head leads the unit." in said
    assert "Asta Ordförande take no part in the decision that the jäv reaches." in said
    assert "left the room" not in said


def test_what_was_declared_is_the_ground_alone(minutes):
    jav = [{**decided()["jav"][0], "known": "declared", "ground": "syskon"}]
    said = under(minutes(one(decided(jav=jav))), "Jäv")
    assert "for Skolan Linden (S02). Ground: syskon. Declared by the juror" in said
    assert "The head leads" not in said


def test_a_class_without_jav_says_so(minutes):
    assert "No jäv was declared or found" in under(minutes(one(preschool())), "Jäv")


def test_nominees_are_told_with_reason_and_by_whom(minutes):
    found = rows(minutes(one(decided())), "What the drafting group sends on")
    assert found[2] == ["Skolan Almen (S03)", "honourable mention", "modig", "Beredningen"]


def test_tied_nominees_share_a_place_and_are_told(minutes):
    document = minutes(one(decided()))
    assert rows(document, "Tally") == [
        ["Skolan Eken (S01)", "1", "1"],
        ["Skolan Linden (S02)", "1", "0.5"],
    ]
    said = under(document, "Ballots")
    assert "Tied: Skolan Eken (S01), Skolan Linden (S02)" in said
    assert "Jurors whose ballots count: 4." in said
    assert "Condorcet" in said
    assert "Jurors whose ballots do not count, for jäv: 1." in said


def test_figures_may_be_words_and_places_after_a_tie_are_left_out(minutes):
    figure = {
        "label": {"sv": "Omdöme", "en": "Judgment"},
        "values": {"S01": {"sv": "nu", "en": "now"}},
    }
    tally = {"tiers": [["S01", "S02"], ["S03"]], "figures": [figure], "pairs": [], "cycle": []}
    found = rows(minutes(one(decided(tally=tally, ballots=[]))), "Tally")
    assert [row[1:] for row in found] == [["1", "now"], ["1", ""], ["3", ""]]


def test_a_cycle_is_shown_and_an_order_that_would_decide_is_warned_of(minutes):
    said = under(minutes(one(preschool())), "Ballots")
    assert "Förskolan Ceder (F03) above Förskolan Ask (F01)." in said
    assert "would decide between Förskolan Ask (F01), Förskolan Bok (F02)" in said


def test_mentions_on_ballots_count_only_those_that_are_valid(minutes):
    found = rows(minutes(one(decided())), "Mentions on the ballots")
    assert found == [["Skolan Almen (S03)", "1", "1"]]


def test_open_votes_name_jurors_by_state_and_the_casting_vote(minutes):
    document = minutes(one(decided()))
    said = under(document, "Vote")
    assert "Voting was open." in said
    assert "Proposal 1: Yes\nBo Vice, Frans Gren" in said
    assert "the casting vote of Bo Vice decided" in said
    assert "the vote of Asta Ordförande does not count" in said
    assert rows(document, "Votes")[0][1:] == ["2", "2", "0", "1", "1", "carried"]


def test_closed_votes_name_nobody(minutes):
    document = minutes(one(closed()))
    said = under(document, "Vote")
    assert "Voting was closed." in said
    assert "equal numbers; the casting vote decided" in said
    assert "votes that do not count, for jäv: 1" in said
    for name, _, _ in NAMES.values():
        assert name not in said
        assert name not in under(document, "Ballots")
    assert rows(document, "Votes")[0][1:] == ["2", "2", "0", "1", "1", "carried"]


def test_reservations_stand_word_by_word(minutes):
    said = under(minutes(one(closed())), "Reservations")
    assert f"Eva Falk, on proposal 1\n{REASON}" in said


def test_a_class_in_which_nothing_was_put_to_the_vote_says_so(minutes):
    document = minutes(one(decided(items=[], awards=[], mentions=[])))
    assert "Nothing was put to the vote." in words_of(document)
    names = [ENGLISH.render(role) for role, _ in document.blocks[-1].lines]
    assert names == ["Secretary", "Adjuster"]


def test_the_decision_stands_with_its_motivation(minutes):
    said = under(minutes(one(decided())), "Decision")
    assert "Skolan Eken (S01) receives the award in the class School." in said
    assert "För ett modigt arbete. (By Asta Ordförande)" in said
    assert "För lek <b>och</b> =1+1 & lugn." in said


def test_no_recipient_is_a_decision(minutes):
    document = minutes(one(preschool()))
    assert "nobody receives the award in the class Preschool" in under(document, "Decision")
    assert rows(document, "Votes")[0][0] == "1. Nobody receives the award"


def test_a_lost_proposal_is_told_as_lost(minutes):
    document = minutes(one(decided(items=[item(carried=False)], awards=[])))
    assert rows(document, "Votes")[0][-1] == "lost"


def test_what_bars_a_nominee_is_told_for_what_it_is_nominated_for(minutes):
    title = "Tried against the rules on the day of the decision"
    said = under(minutes(one(decided())), title)
    assert "Skolan Linden (S02) is barred by the rules (E25-07: A deficit.)" in said
    assert "Skolan Almen (S03) could not be tried in full" in said
    assert "E25-08" not in said


def test_an_override_names_who_answers_and_why(minutes):
    said = words_of(minutes(*WHOLE_STORY))
    assert "Asta Ordförande has set the rules aside for Skolan Linden (S02)" in said
    assert "Reason: Engångskostnad" in said
    assert "No motivation stands in the record." in said


def test_nothing_that_was_voided_or_corrected_is_left_out(minutes):
    document = minutes(*WHOLE_STORY)
    said = words_of(document)
    assert "This decision no longer stands: it was replaced by § 4." in said
    assert "This decision replaces § 1. Reason: Jäv upptäcktes" in said
    assert "Void answers on ballots: 1. Void votes: 2." in said
    assert "§ 3 School: jäv found after the decision" in said
    assert said.count("receives the award in the class School.") == 2
    chairs = [(ENGLISH.render(r), n) for r, n in document.blocks[-1].lines]
    assert ("Acting chair, §§ 1, 4", "Bo Vice") in chairs
    assert ("Chair, § 2", "Asta Ordförande") in chairs


def test_a_decision_that_was_shaken_and_not_made_anew_says_so(minutes):
    said = words_of(minutes(one(decided()), ("voided", voided(events=[1, 9, "x"]))))
    assert "see § 2; the class has not been decided anew" in said
    assert "Concerns\n§ 1\n" in said


def test_the_minutes_carry_the_checksum_and_publishing_does_not_alter_them(tmp_path):
    record = write_record(tmp_path, one(decided()))
    document = minutes_document(record, "t")
    assert record.head == signed_head(record)
    assert record.head in words_of(document)
    later = write_record(tmp_path, ("published", {"entries": ["S01"]}))
    assert later.head != record.head
    assert minutes_document(later, "t") == document


def test_they_are_signed_by_secretary_chairs_and_adjuster(minutes):
    (signed,) = [b for b in minutes(one(decided())).blocks if isinstance(b, Signatures)]
    assert [(ENGLISH.render(role), name) for role, name in signed.lines] == [
        ("Secretary", "Sigrid Sekreterare"),
        ("Acting chair, § 1", "Bo Vice"),
        ("Adjuster", ""),
    ]


def test_no_number_but_those_of_the_record_and_no_rank_stands_in_them(minutes):
    said = words_of(minutes(one(decided(place="Stadshuset"))))
    assert "Place\nStadshuset" in said
    assert not re.search(r"\d,\d|\brank\b", said)


def test_ids_without_a_name_stand_as_they_are(minutes):
    nominees = [{**decided()["nominees"][0], "name": "S01"}]
    said = words_of(minutes(one(decided(nominees=nominees, people={}))))
    assert "S01 receives the award" in said
    assert "J2, J6" in said


def test_a_method_of_another_plugin_stands_in_quotes():
    assert str(voting_method_text("lottery")) == '"lottery"'


@pytest.mark.parametrize(
    "changes",
    [
        {"class": 3},
        {"title": {"sv": "Skola"}},
        {"items": [item(needed="3")]},
        {"items": [item(answers={})]},
        {"items": ["S01"]},
        {"awards": [1]},
        {"people": {"J1": {"name": "A", "role": "king"}}},
        {"tally": {"tiers": [["S01"]], "figures": [], "pairs": []}},
        {"tally": {**decided()["tally"],
                   "figures": [{"label": {"sv": "a", "en": "a"}, "values": {"S01": "many"}}]}},
        {"motivations": {"S01": "text"}},
    ],
)  # fmt: skip
def test_an_event_that_kvaljury_never_wrote_is_refused_by_number(tmp_path, changes):
    record = write_record(tmp_path, one(decided()), one({**decided(), **changes}))
    with pytest.raises(VerificationFault, match="event 2 of the record is not as kvaljury"):
        minutes_document(record, "t")


@pytest.mark.parametrize("lacking", ["juror", "ballots"])
def test_a_voided_event_that_lacks_a_field_is_refused(tmp_path, lacking):
    data = {key: value for key, value in voided().items() if key != lacking}
    record = write_record(tmp_path, one(decided()), ("voided", data))
    with pytest.raises(VerificationFault, match=f"event 2 .* see {lacking}"):
        minutes_document(record, "t")


def test_the_decision_that_counts_is_the_last_of_its_class(tmp_path):
    published = ("published", {"entries": []})
    standing = standing_decisions(write_record(tmp_path, *WHOLE_STORY, published))
    assert {name: found.awards for name, found in standing.items()} == {
        "skola": ("S02",),
        "forskola": (),
    }


@pytest.mark.parametrize("event", [("voided", voided()), ("corrected", corrected())])
def test_a_decision_that_was_shaken_counts_no_more(tmp_path, event):
    record = write_record(tmp_path, one(decided()), event)
    with pytest.raises(RulesFault, match="shaken by event 2"):
        standing_decisions(record)


def test_notices_frame_what_must_not_be_missed(minutes):
    notices = [
        ENGLISH.render(b.text)
        for b in minutes(one(decided()), ("corrected", corrected()), one(again())).blocks
        if isinstance(b, Paragraph) and b.is_notice
    ]
    assert any("no longer stands" in text for text in notices)
    assert any("set the rules aside" in text for text in notices)


def test_a_substitute_who_was_not_called_is_not_absent(minutes):
    away = item(voters=["J2", "J3", "J5"], stands_in={}, answers=answers(yes="J2", absent="J4 J6"))
    document = minutes(one(decided(items=[away])))
    assert rows(document, "Votes")[0][5] == "1"
    assert "Absent\nDavid Ek\n" in words_of(document)
    by_name = {row[0]: row for row in rows(document, "Who took part in which paragraph")}
    assert by_name["Frans Gren"][3:] == ["–", "–"]


def test_jav_that_was_declared_late_is_told_by_its_ground_alone(minutes):
    jav = [{**decided()["jav"][0], "known": "found_later", "ground": "KL 6:28 1"}]
    said = under(minutes(one(decided(jav=jav))), "Jäv")
    assert "Found after handling had begun" in said
    assert "The head leads" not in said


def test_fractions_of_the_tally_have_two_decimals_and_whole_numbers_none(minutes):
    figure = {"label": {"sv": "a", "en": "a"}, "values": {"S01": "0.333333", "S02": 2}}
    tally = {"tiers": [["S01", "S02"]], "figures": [figure], "pairs": [], "cycle": []}
    found = rows(minutes(one(decided(tally=tally))), "Tally")
    assert [row[2] for row in found] == ["0.33", "2"]


def test_each_paragraph_tells_its_day_only_where_days_differ(minutes, tmp_path):
    assert "Decided on" not in words_of(minutes(one(decided()), one(preschool())))
    said = words_of(minutes(("corrected", corrected()), one(again())))
    assert "Decided on 2025-10-14." in said
    assert "Decided on 2025-10-21." in said

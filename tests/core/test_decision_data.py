"""What was decided becomes plain data; what the record holds is told apart from what is new."""

import json
from datetime import date
from fractions import Fraction

import attrs
import pytest
import rfc8785

from kvaljury.core.decision_data import (
    decided_data,
    is_same_decision,
    is_void,
    last_decisions,
    plain_number,
    voided_events,
)
from kvaljury.core.jury_agenda import plan_agenda
from kvaljury.core.jury_day import hold_day
from kvaljury.core.model import Outcome, PluginUse
from kvaljury.core.model.jury import Answer, Declaration, JavSource, Motivation, Role, SitsOut
from kvaljury.core.model.jury_day import Leave
from kvaljury.core.model.record import DecisionRecord, Event, NewEvent
from kvaljury.core.recording import (
    Recording,
    jav_on_record,
    record_day,
    recorded_leaves,
    with_jav_on_record,
)
from tests.core.jury_examples import NINE, juror, jury_of
from tests.core.jury_papers import (
    AWARD,
    ENTRIES,
    MENTION,
    NONE,
    SCHULZE,
    around,
    ballots,
    jav,
    nominations,
    papers,
    verdict,
    votes,
)

ALL_YES = votes("A", "all=yes")


def data_of(usual, **changes):
    return {day.class_id: decided_data(day, usual, around(**changes)) for day in hold_day(usual)}


def recorded(*new):
    """Make a record of new events, with numbers only."""
    events = [
        Event(n, event.kind, "2025-10-14T15:00:00", event.by, event.data, "", "")
        for n, event in enumerate(new, start=1)
    ]
    return DecisionRecord(tuple(events))


def done(usual, record=DecisionRecord(), correction=None, **changes):  # noqa: B008  # it is frozen
    days = hold_day(usual)
    return record_day(
        record, days, data_of(usual, **changes), usual, by="Sigrid", correction=correction
    )


def found_later(usual, *declared, name="J9"):
    """Let a juror declare jäv that was found after the decision."""
    jurors = tuple(
        attrs.evolve(one, declared=declared) if one.id == name else one for one in usual.jury.jurors
    )
    later = tuple(
        attrs.evolve(jav(name, one.entry), known=JavSource.FOUND_LATER) for one in declared
    )
    return attrs.evolve(usual, jury=attrs.evolve(usual.jury, jurors=jurors), jav=usual.jav + later)


LATER = Declaration("A", "KL 6:28 5", date(2025, 10, 20))


def test_a_decision_is_told_with_all_that_it_rests_on() -> None:
    jury = jury_of(*NINE, juror("E1", Role.SUBSTITUTE, substitute_for=("J1",)))
    usual = papers(
        jury=jury,
        jav=(jav("J1", "A"),),
        nominations=nominations(A=AWARD, B=MENTION),
        ballots=ballots("A", "wwccnajx") + ballots("B", "w"),
        votes=votes("A", "all=yes J3=no J4=jav E1=yes", J3="Svagt.") + votes("", "all=no", NONE),
        leaves=(Leave("A", "Kim", "engångskostnad", ("E1",)), Leave("V", "Kim", "annan klass")),
    )
    made = data_of(
        usual,
        motivations={"A": Motivation("A", "Helhet.", "Anna"), "B": Motivation("B", "x", "y")},
        plugins=(PluginUse("jav-rule own-unit", "kvaljury", "1"),),
    )["skola"]
    assert json.loads(rfc8785.dumps(made)) == made
    assert made["title"] == {"sv": "sv:School", "en": "School"}
    assert made["rules"] == {
        "quorum": "more-than-half", "majority": "simple", "casting_vote": "chair",
        "sits_out": "class", "voting": "open", "method": "majority-judgment", "share": False,
        "awards": 1,
    }  # fmt: skip
    assert made["people"]["E1"] == {"name": "Juror E1", "role": "substitute", "organisation": None}
    assert made["nominees"][1] == {
        "entry": "B", "name": "Unit B", "for": "mention", "reason": "strong", "by": "Kim",
    }  # fmt: skip
    assert made["jav"][0] == {
        "juror": "J1", "entry": "A", "rule": "own-unit", "ground": "KL 6:28 5",
        "reason": {"sv": "sv:works there", "en": "works there"}, "known": "derived",
    }  # fmt: skip
    assert made["ballots"][0] == {
        "juror": "J1", "entry": "A", "state": "yes", "grade": "worthy_now", "mention": "no",
        "void": True,
    }  # fmt: skip
    assert [b["state"] for b in made["ballots"]][5:8] == ["abstains", "jav", "absent"]
    item = made["items"][0]
    assert (item["entry"], item["for"], item["chair"], item["is_acting"]) == (
        "A",
        "award",
        "J2",
        True,
    )
    assert item["stands_in"] == {"E1": "J1"}
    assert item["answers"]["no"] == ["J3"]
    assert item["answers"]["jav"] == ["J1", "J4", "J7"]
    assert item["reservations"] == {"J3": "Svagt."}
    assert (item["carried"], item["casting_vote"]) == (True, None)
    assert (made["awards"], made["mentions"]) == (["A"], [])
    assert made["motivations"] == {"A": {"text": "Helhet.", "by": "Anna"}}
    assert made["overrides"] == [
        {"entry": "A", "by": "Kim", "reason": "engångskostnad", "rules": ["E1"]}
    ]
    assert item["unseated"] == []
    assert made["plugins"] == [
        {"name": "jav-rule own-unit", "provider": "kvaljury", "version": "1"}
    ]
    assert (made["date"], made["inputs"], made["version"]) == (
        "2025-10-14", {"votes.csv": "0" * 64}, "1",
    )  # fmt: skip


def test_a_tally_is_told_in_whole_numbers_texts_and_decimals() -> None:
    given = ballots("A", "wwwnnnccc") + ballots("B", "cccwwwnnn") + ballots("C", "nnncccwww")
    made = data_of(papers(method=SCHULZE, ballots=given))["skola"]
    assert made["tally"]["cycle"] == ["A", "B", "C"]
    assert made["tally"]["tiers"] == [["A", "B", "C"]]
    assert made["tally"]["pairs"][0] == {
        "first": "A", "second": "B", "for_first": 6, "for_second": 3,
    }  # fmt: skip
    assert made["order_would_decide"] == ["A", "B", "C"]
    figures = data_of(papers(ballots=given))["skola"]["tally"]["figures"]
    assert figures[0]["values"]["A"]["en"] == "could receive the award"
    assert figures[1]["values"]["A"] == "0.333333"


def test_without_ballots_there_is_no_tally() -> None:
    assert data_of(papers())["skola"]["tally"] is None


def test_eligibility_tells_what_failed_or_was_not_tried() -> None:
    verdicts = {name: verdict(name) for name in ENTRIES}
    verdicts["A"] = verdict("A", award=Outcome.FAIL, mention=Outcome.UNKNOWN)
    made = data_of(papers(eligibility=verdicts, nominations=nominations(A=AWARD)))["skola"]
    because = {"sv": "sv:because", "en": "because"}
    assert made["eligibility"] == [
        {"entry": "A", "stage": "award", "outcome": "fail",
         "failed": [{"rule": "E1", "reason": because}]},
        {"entry": "A", "stage": "mention", "outcome": "unknown",
         "failed": [{"rule": "E2", "reason": because}]},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "plain"),
    [(Fraction(0), 0), (Fraction(-3), -3), (Fraction(1, 2), "0.5"), (Fraction(2, 3), "0.666667")],
)
def test_numbers_have_no_binary_fractions(value, plain) -> None:
    assert plain_number(value) == plain


def test_the_day_and_the_files_do_not_make_another_decision() -> None:
    one = data_of(papers(votes=ALL_YES))["skola"]
    other = data_of(papers(votes=ALL_YES), date="2025-10-15", inputs={}, version="2")["skola"]
    assert is_same_decision(one, other)
    assert is_same_decision(json.loads(rfc8785.dumps(one)), other)
    assert not is_same_decision(one, data_of(papers(votes=votes("A", "all=no")))["skola"])


def test_a_new_decision_is_recorded_once() -> None:
    usual = papers(votes=ALL_YES)
    first = done(usual)
    assert [event.kind for event in first.events] == ["decided"]
    assert first.by_class == {"skola": Recording.NEW}
    again = done(usual, recorded(*first.events), date="2025-12-01")
    assert (again.events, again.by_class) == ((), {"skola": Recording.UNCHANGED})


def test_nothing_is_recorded_where_any_class_cannot_be_decided() -> None:
    up = nominations(A=AWARD, V=AWARD)
    told = done(papers(nominations=up, votes=ALL_YES))
    assert told.events == ()
    assert [(name, refusal.code) for name, refusal in told.refusals] == [("vard", "no-vote")]


def test_a_changed_decision_needs_a_reason_and_the_old_one_stays() -> None:
    record = recorded(*done(papers(votes=ALL_YES)).events)
    changed = papers(votes=votes("A", "all=no"))
    refused = done(changed, record)
    assert [refusal.code for _, refusal in refused.refusals] == ["changed"]
    assert refused.events == ()
    told = done(changed, record, "felräknat")
    assert told.by_class == {"skola": Recording.CORRECTED}
    assert [event.kind for event in told.events] == ["corrected", "decided"]
    assert told.events[0].data == {"replaces": 1, "class": "skola", "reason": "felräknat"}
    whole = recorded(*done(papers(votes=ALL_YES)).events, *told.events)
    assert last_decisions(whole)["skola"].number == 3


def test_jav_found_later_makes_ballots_and_votes_void_and_the_class_undecided() -> None:
    usual = papers(votes=ALL_YES, ballots=ballots("A", "wwwwwwwww") + ballots("B", "wwwwwwwwx"))
    first = done(usual).events
    later = found_later(usual, LATER)
    told = done(later, recorded(*first))
    assert told.by_class == {"skola": Recording.VOIDED}
    (event,) = told.events
    assert (event.kind, event.by) == ("voided", "Sigrid")
    assert event.data == {
        "class": "skola", "juror": "J9", "entry": "A", "ground": "KL 6:28 5", "on": "2025-10-20",
        "events": [1], "ballots": 1, "votes": 1,
    }  # fmt: skip
    record = recorded(*first, event)
    assert is_void(record, "skola")
    assert voided_events(record, later, "Sigrid") == []
    assert [refusal.code for _, refusal in done(later, record).refusals] == ["void"]
    again = done(later, record, "jäv upptäckt")
    assert [one.kind for one in again.events] == ["corrected", "decided"]
    assert "J9" not in again.events[1].data["items"][0]["answers"]["yes"]
    mended = recorded(*first, event, *again.events)
    assert not is_void(mended, "skola")
    assert done(later, mended).by_class == {"skola": Recording.UNCHANGED}


def test_void_and_decided_anew_may_be_recorded_at_once() -> None:
    usual = papers(votes=ALL_YES)
    told = done(found_later(usual, LATER), recorded(*done(usual).events), "jäv")
    assert [event.kind for event in told.events] == ["voided", "corrected", "decided"]


def test_jav_that_was_withdrawn_still_leaves_the_class_to_be_decided_again() -> None:
    usual = papers(votes=ALL_YES)
    first = done(usual).events
    void = done(found_later(usual, LATER), recorded(*first)).events
    assert [refusal.code for _, refusal in done(usual, recorded(*first, *void)).refusals] == [
        "void"
    ]


@pytest.mark.parametrize(
    "declared",
    [
        Declaration("A", "närstående"),  # there from the start
        Declaration("V", "närstående", date(2025, 10, 20)),  # another class
    ],
)
def test_other_jav_makes_nothing_void(declared) -> None:
    usual = papers(votes=ALL_YES)
    assert voided_events(recorded(*done(usual).events), found_later(usual, declared), "S") == []


def test_jav_that_the_decision_knew_of_makes_nothing_void() -> None:
    usual = found_later(papers(votes=votes("A", "all=yes")), LATER)
    assert voided_events(recorded(*done(usual).events), usual, "S") == []


def test_who_said_nothing_has_nothing_void() -> None:
    usual = papers(votes=votes("A", "all=yes J9=abstains"))
    record = recorded(*done(usual).events)
    assert voided_events(record, found_later(usual, LATER), "S") == []


def test_where_jav_reaches_the_entry_alone_nothing_else_is_void() -> None:
    usual = papers(
        rules={"sits_out": SitsOut.ENTRY},
        votes=votes("A", "all=yes J9=abstains") + votes("B", "all=no") + votes("", "all=no", NONE),
        ballots=ballots("A", "wwwwwwwww", Answer.YES) + ballots("B", "wwwwwwwww", Answer.YES),
    )
    record = recorded(*done(usual).events)
    (event,) = voided_events(record, found_later(usual, LATER), "S")
    assert (event.data["ballots"], event.data["votes"]) == (1, 1)


def test_classes_that_are_not_asked_for_are_left_alone() -> None:
    up = nominations(A=AWARD, V=AWARD)
    usual = papers(nominations=up, votes=ALL_YES + votes("V", "all=yes", class_id="vard"))
    record = recorded(*done(usual).events)
    later = found_later(usual, LATER, Declaration("V", "x", date(2025, 11, 1)))
    days = [day for day in hold_day(later) if day.class_id == "vard"]
    told = record_day(record, days, {"vard": data_of(later)["vard"]}, later, by="S")
    assert [event.data["class"] for event in told.events] == ["vard"]


def test_what_was_let_through_holds_until_its_decision_is_void() -> None:
    usual = papers(votes=ALL_YES, leaves=(Leave("A", "Kim", "skäl"),))
    first = done(usual).events
    assert recorded_leaves(recorded(*first)) == (Leave("A", "Kim", "skäl"),)
    void = done(found_later(usual, LATER), recorded(*first)).events
    assert recorded_leaves(recorded(*first, *void)) == ()


def test_a_leave_without_rules_on_record_lets_past_what_the_decision_notes() -> None:
    verdicts = {name: verdict(name, award=Outcome.FAIL) for name in ENTRIES}
    leave = Leave("A", "Kim", "skäl", ("E1",))
    (event,) = done(papers(votes=ALL_YES, eligibility=verdicts, leaves=(leave,))).events
    data = {**event.data, "overrides": [{"entry": "A", "by": "Kim", "reason": "skäl"}]}
    assert recorded_leaves(recorded(event)) == (leave,)
    assert recorded_leaves(recorded(attrs.evolve(event, data=data))) == (leave,)


def test_jav_that_made_something_void_stays_in_force_without_its_line() -> None:
    usual = papers(votes=ALL_YES)
    later = found_later(usual, LATER)
    first = done(usual).events
    record = recorded(*first, *done(later, recorded(*first)).events)
    (found,) = jav_on_record(record, usual)
    assert (found.person, found.entry, found.ground) == ("J9", "A", LATER.ground)
    assert found.known is JavSource.FOUND_LATER
    (day,) = hold_day(with_jav_on_record(usual, [found]))
    assert day.results[0].answers[Answer.JAV] == ("J9",)
    declared = attrs.evolve(later.jav[-1], rule="declared")
    assert jav_on_record(record, attrs.evolve(usual, jav=(declared,))) == ()
    nobody = attrs.evolve(usual, jury=jury_of(*NINE[:8]))
    assert jav_on_record(record, nobody) == ()


def test_a_decision_is_recounted_with_the_jav_that_was_on_record_before_it() -> None:
    usual = papers(votes=ALL_YES)
    later = found_later(usual, LATER)
    first = done(usual).events
    void = done(later, recorded(*first)).events
    record = recorded(*first, *void)
    assert jav_on_record(record, usual, settled=True) == ()
    mended = recorded(*first, *void, *done(later, record, "jäv").events)
    assert [one.person for one in jav_on_record(mended, usual, settled=True)] == ["J9"]
    assert jav_on_record(recorded(*void), usual, settled=True) == ()


def test_other_events_are_no_decisions() -> None:
    record = recorded(NewEvent("published", "S", {"entries": []}))
    assert last_decisions(record) == {}
    assert not is_void(record, "skola")


def test_the_agenda_lets_the_fewest_leave_and_tells_who_moves() -> None:
    usual = papers(
        nominations=nominations(A=AWARD, V=MENTION),
        jav=(jav("J1", "A"), jav("J2", "V")),
        ballots=ballots("A", "wwwwwwwwj"),
        votes=ALL_YES,
    )
    first, second = plan_agenda(usual)
    assert [item.day.class_id for item in (first, second)] == ["skola", "vard"]
    assert (first.leaving, first.returning) == (("J1",), ())
    assert (second.leaving, second.returning) == (("J2",), ("J1",))
    assert first.day.results == ()
    assert first.day.sitting.chair == "J2"
    assert [found.entry for found in first.findings("J1")] == ["A"]
    assert first.out == {"": {"J1"}, "A": {"J1"}}

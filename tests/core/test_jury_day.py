"""A class is worked through: ballots to a tally, votes to items, and what hinders a decision."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.jury_day import hold_day, nominees_of
from kvaljury.core.model import Outcome, State
from kvaljury.core.model.jury import Answer, Ballot, CastingVote, Role, SitsOut
from kvaljury.core.model.jury_day import Leave
from tests.core.jury_examples import NINE, juror, jury_of
from tests.core.jury_papers import (
    AWARD,
    ENTRIES,
    LETTERS,
    MENTION,
    NONE,
    SCHULZE,
    ballots,
    jav,
    nominations,
    papers,
    verdict,
    votes,
)


def day_of(**changes):
    (day,) = hold_day(papers(**changes))
    return day


def codes(day):
    return [refusal.code for refusal in day.refusals]


def test_classes_without_a_nominee_do_not_come_up() -> None:
    up = nominations(A=AWARD, B=NONE, V=MENTION)
    assert [day.class_id for day in hold_day(papers(nominations=up))] == ["skola", "vard"]
    assert [one.entry for one in nominees_of("skola", up.values(), ENTRIES)] == ["A"]


def test_without_ballots_nothing_is_tallied_and_nobody_counts_as_absent() -> None:
    day = day_of()
    assert day.tally is None
    assert day.mentions_wished == ()
    assert len(day.sitting.seats) == 9
    assert codes(day) == ["no-vote"]


def test_ballots_are_tallied_by_the_method() -> None:
    given_ = ballots("A", "wwwwwwccc") + ballots("B", "cccccaaan") + ballots("C", "nnnnnnnnn")
    day = day_of(ballots=given_)
    assert day.tally.tiers == (("A",), ("B",), ("C",))
    assert day.grades.of("B") == [0, 1, 1, 1, 1, 1]
    assert day.mentions_wished[1].values == {"A": 9, "B": 6, "C": 9}


def test_who_hands_in_nothing_or_is_absent_takes_no_part() -> None:
    day = day_of(ballots=ballots("A", "wwwxwww-w"))
    assert day.sitting.absent == ("J4", "J8")


def test_too_few_ballots_are_a_warning() -> None:
    day = day_of(ballots=ballots("A", "www"))
    assert "quorum" in str(day.warnings[-1])


def test_jav_for_one_nominee_keeps_out_of_the_whole_class() -> None:
    day = day_of(jav=(jav("J1", "A"),), ballots=ballots("B", "wwwwwwwww", Answer.YES))
    assert day.sitting.jav == ("J1",)
    assert [ballot.juror for ballot in day.void_ballots] == ["J1"]
    assert day.grades.of("B") == [2] * 8
    assert day.mentions_wished[0].values["B"] == 8
    assert str(day.warnings[-1]) == "ballots of ['J1'], who have jäv, were left out"


def test_jav_may_reach_the_entry_alone() -> None:
    day = day_of(
        rules={"sits_out": SitsOut.ENTRY},
        jav=(jav("J1", "A"),),
        ballots=ballots("A", "wwwwwwwww", Answer.YES) + ballots("B", "wwwwwwwww", Answer.YES),
    )
    assert day.sitting.jav == ()
    assert (len(day.grades.of("A")), len(day.grades.of("B"))) == (8, 9)
    assert day.mentions_wished[0].values == {"A": 8, "B": 9, "C": 0}


def test_who_has_jav_for_every_nominee_takes_no_part_even_so() -> None:
    found = tuple(jav("J1", name) for name in "ABC")
    assert day_of(rules={"sits_out": SitsOut.ENTRY}, jav=found).sitting.jav == ("J1",)


def test_jav_for_what_is_not_up_keeps_nobody_out() -> None:
    assert day_of(jav=(jav("J1", "V"),)).sitting.jav == ()


def test_jav_said_on_a_ballot_counts() -> None:
    day = day_of(ballots=ballots("A", "jwwwwwwww"))
    assert (day.sitting.jav, day.jav[0].rule) == (("J1",), "declared")


def test_a_mention_that_alone_is_answered_is_void_under_jav() -> None:
    only = Ballot("J1", "A", Answer.ABSTAINS, None, Answer.YES)
    silent = Ballot("J1", "B", Answer.ABSTAINS)
    day = day_of(jav=(jav("J1", "A"),), ballots=(only, silent))
    assert day.void_ballots == (only,)


def test_nominees_for_a_mention_are_not_tallied_for_the_award() -> None:
    day = day_of(nominations=nominations(A=MENTION), ballots=ballots("A", "wwwwwwwww"))
    assert (day.tally, day.grades.nominees) == (None, ())


def test_a_cycle_is_told_and_the_order_would_decide() -> None:
    given_ = ballots("A", "wwwnnnccc") + ballots("B", "cccwwwnnn") + ballots("C", "nnncccwww")
    day = day_of(method=SCHULZE, ballots=given_)
    assert day.tally.cycle == ("A", "B", "C")
    assert day.order_would_decide == ("A", "B", "C")
    assert len(day.warnings) == 2


def test_three_against_three_are_decided_by_the_chair() -> None:
    found = tuple(jav(name, "A") for name in ("J7", "J8", "J9"))
    given_ = votes("A", "J1=yes J2=yes J3=yes J4=no J5=no J6=no")
    day = day_of(jav=found, votes=given_)
    (result,) = day.results
    assert (result.is_carried, result.casting_vote) == (True, "J1")
    assert day.awards == ("A",)
    assert codes(day) == []


def test_with_the_chair_out_the_deputy_has_the_casting_vote() -> None:
    found = tuple(jav(name, "A") for name in ("J1", "J8", "J9"))
    given_ = votes("A", "J3=yes J4=yes J5=yes J2=no J6=no J7=no")
    day = day_of(jav=found, votes=given_)
    (result,) = day.results
    assert (result.is_carried, result.casting_vote) == (False, "J2")
    assert result.sitting.is_acting
    assert day.awards == ()
    assert codes(day) == []


def test_acclamation_stands_for_all_who_take_part_and_single_votes_override() -> None:
    found = (jav("J9", "A"),)
    given_ = votes("A", "all=yes J2=no J3=absent J4=jav J5=abstains")
    day = day_of(jav=found, votes=given_)
    (result,) = day.results
    assert result.answers == {
        Answer.YES: ("J1", "J6", "J7", "J8"),
        Answer.NO: ("J2",),
        Answer.ABSTAINS: ("J5",),
        Answer.JAV: ("J4", "J9"),
        Answer.ABSENT: ("J3",),
    }
    assert day.warnings == ()


def test_who_has_no_vote_noted_is_absent_with_a_warning() -> None:
    day = day_of(votes=votes("A", "J1=yes J2=yes J3=yes J4=yes J5=yes J6=absent"))
    assert day.results[0].sitting.absent == ("J6", "J7", "J8", "J9")
    assert [str(text) for text in day.warnings] == [
        "award to A Unit A: no vote is noted of ['J7', 'J8', 'J9'], who count as absent"
    ]


def test_votes_of_substitutes_without_a_seat_are_left_out_with_a_warning() -> None:
    jury = jury_of(*NINE, juror("E1", Role.SUBSTITUTE))
    day = day_of(jury=jury, votes=votes("A", "all=yes E1=no"))
    assert day.results[0].unseated == ("E1",)
    assert "take no part" in str(day.warnings[0])


def test_votes_under_jav_are_void_and_told() -> None:
    day = day_of(jav=(jav("J1", "A"),), votes=votes("A", "all=no J1=yes"))
    assert day.results[0].voided == ("J1",)
    assert "jäv" in str(day.warnings[0])


def test_votes_of_other_classes_are_another_matter() -> None:
    day = day_of(votes=votes("V", "all=yes", class_id="vard"))
    assert day.results == ()


def test_no_recipient_is_a_decision() -> None:
    day = day_of(votes=votes("A", "all=no") + votes("", "all=yes", NONE))
    assert (day.awards, codes(day)) == ((), [])


def test_nobody_and_somebody_contradict_each_other() -> None:
    day = day_of(votes=votes("A", "all=yes") + votes("", "all=yes", NONE))
    assert codes(day) == ["contradiction"]


def test_nothing_is_decided_without_a_quorum() -> None:
    day = day_of(votes=votes("A", "J1=yes J2=yes J3=yes J4=yes"))
    assert codes(day) == ["no-quorum"]
    assert "4 take part, and the quorum is 5" in str(day.refusals[0].message)


def test_equal_numbers_and_a_chair_who_abstains_decide_nothing() -> None:
    given_ = votes("A", "all=abstains J2=yes J3=no")
    assert codes(day_of(votes=given_)) == ["undecided"]
    assert codes(day_of(votes=given_, rules={"casting_vote": CastingVote.FALLS})) == []


@pytest.mark.parametrize(
    ("outcome", "code"), [(Outcome.FAIL, "barred"), (Outcome.UNKNOWN, "untried")]
)
def test_what_is_barred_or_untried_is_not_awarded_unless_let_through(outcome, code) -> None:
    verdicts = {name: verdict(name, award=outcome) for name in ENTRIES}
    given_ = votes("A", "all=yes")
    day = day_of(eligibility=verdicts, votes=given_)
    assert codes(day) == [code]
    assert "E1" in str(day.refusals[0].message)
    assert "--override A" in str(day.refusals[0].hint)
    let = (Leave("A", "Kim", "why", ("E1",)),)
    assert codes(day_of(eligibility=verdicts, votes=given_, leaves=let)) == []
    assert codes(day_of(eligibility=verdicts, votes=votes("A", "all=no"))) == []


def test_a_leave_lets_past_the_rules_it_was_given_for_and_no_other() -> None:
    verdicts = {name: verdict(name, award=Outcome.FAIL) for name in ENTRIES}
    for given_for in ((), ("E2", "E7")):
        let = (Leave("A", "Kim", "why", given_for), Leave("B", "Kim", "why", ("E1",)))
        day = day_of(eligibility=verdicts, votes=votes("A", "all=yes"), leaves=let)
        assert codes(day) == ["barred"]
        assert "(E1)" in str(day.refusals[0].message)


def test_jav_said_in_a_vote_keeps_out_of_the_whole_class() -> None:
    day = day_of(
        ballots=ballots("A", "wwwwwwwww") + ballots("B", "wwwwwwwww"),
        votes=votes("A", "all=yes J1=jav") + votes("B", "all=no J1=yes"),
    )
    (found,) = day.jav
    assert (found.person, found.entry, str(found.reason)) == ("J1", "A", "declared in the vote")
    assert day.results[1].voided == ("J1",)
    assert {ballot.juror for ballot in day.void_ballots} == {"J1"}
    assert day.grades.of("B") == [2] * 8


def test_jav_said_in_a_vote_reaches_the_entry_alone_where_jav_does() -> None:
    given_ = votes("A", "all=yes J1=jav") + votes("B", "all=no") + votes("", "all=no J2=jav", NONE)
    day = day_of(rules={"sits_out": SitsOut.ENTRY}, votes=given_)
    assert [(one.person, one.entry) for one in day.jav] == [("J1", "A")]
    assert [result.sitting.jav for result in day.results] == [("J1",), (), ("J1", "J2")]


def test_jav_for_the_question_whether_anybody_gets_it_is_noted_for_every_nominee() -> None:
    given_ = votes("A", "all=yes") + votes("", "all=no J1=jav J2=jav", NONE)
    day = day_of(jav=(jav("J2", "B"),), votes=given_)
    assert [(one.person, one.entry) for one in day.jav] == [
        ("J2", "B"), ("J1", "A"), ("J1", "B"), ("J1", "C"),
    ]  # fmt: skip
    assert day.results[0].sitting.jav == ("J1", "J2")


def test_jav_said_in_a_vote_is_noted_once_and_in_its_own_class_only() -> None:
    given_ = votes("A", "all=yes J1=jav", MENTION) + votes("A", "all=yes J1=jav J3=jav")
    given_ += votes("V", "all=yes J2=jav", class_id="vard")
    day = day_of(jav=(jav("J3", "A"),), votes=given_)
    assert [(one.person, one.entry) for one in day.jav] == [("J3", "A"), ("J1", "A")]


@pytest.mark.parametrize(
    ("state", "said"),
    [(State.WITHDRAWN, "withdrawn"), (State.CALIBRATION_CASE, "calibration case")],
)
def test_what_does_not_compete_gets_nothing(state, said) -> None:
    entries = {**ENTRIES, "A": attrs.evolve(ENTRIES["A"], state=state)}
    for kind in (AWARD, MENTION):
        day = day_of(entries=entries, votes=votes("A", "all=yes", kind))
        assert codes(day) == ["not-competing"]
        assert said in str(day.refusals[0].message)
    assert codes(day_of(entries=entries, votes=votes("A", "all=no"))) == []


def test_that_somebody_gets_the_award_and_nobody_does_is_no_decision() -> None:
    lost = votes("", "all=no", NONE)
    assert codes(day_of(votes=lost)) == ["nothing-carried"]
    assert codes(day_of(votes=lost + votes("A", "all=no"))) == ["nothing-carried"]
    assert codes(day_of(votes=lost + votes("A", "all=yes"))) == []


def test_what_is_nominated_for_a_mention_gets_no_award() -> None:
    up = nominations(A=MENTION, B=AWARD)
    day = day_of(nominations=up, votes=votes("A", "all=yes"))
    assert codes(day) == ["not-nominated"]
    assert "for a mention only" in str(day.refusals[0].message)
    assert codes(day_of(nominations=up, votes=votes("B", "all=yes", MENTION))) == []


def test_nothing_gets_both_the_award_and_a_mention() -> None:
    given_ = votes("A", "all=yes") + votes("A", "all=yes", MENTION)
    assert codes(day_of(votes=given_)) == ["award-and-mention"]


def test_everyone_are_the_members_and_a_substitute_is_seated_by_a_row_of_the_own() -> None:
    jury = jury_of(
        *NINE,
        juror("E1", Role.SUBSTITUTE),
        juror("E2", Role.SUBSTITUTE, substitute_for=("J2",)),
    )
    silent = day_of(jury=jury, votes=votes("A", "all=yes J9=absent"))
    assert silent.results[0].answers[Answer.YES] == tuple(f"J{n}" for n in range(1, 9))
    assert str(silent.warnings[-1]) == (
        "award to A Unit A: ['E1'] could have stood in; a substitute takes part by a row of their"
        " own"
    )
    called = day_of(jury=jury, votes=votes("A", "all=yes J9=absent E1=no"))
    assert called.results[0].answers[Answer.NO] == ("E1",)
    assert called.warnings == ()
    assert day_of(jury=jury, votes=votes("A", "all=yes")).warnings == ()


def test_a_ballot_without_a_seat_is_void_and_told() -> None:
    jury = jury_of(*NINE, juror("E1", Role.SUBSTITUTE))
    extra = Ballot("E1", "A", Answer.YES, LETTERS["w"], Answer.NO)
    day = day_of(jury=jury, ballots=(*ballots("A", "wwwwwwwww"), extra))
    assert day.void_ballots == (extra,)
    assert str(day.warnings[-1]) == (
        "ballots of ['E1'], who have no seat in the class, were left out"
    )
    seated = day_of(jury=jury, ballots=(*ballots("A", "wwwwwwww"), extra))
    assert seated.void_ballots == ()


def test_a_mention_is_tried_at_its_own_stage() -> None:
    verdicts = {name: verdict(name, mention=Outcome.FAIL) for name in ENTRIES}
    day = day_of(eligibility=verdicts, votes=votes("A", "all=yes", MENTION))
    assert codes(day) == ["barred"]
    assert "mention to A" in str(day.refusals[0].message)
    assert day.mentions == ("A",)


def test_what_is_not_nominated_gets_nothing() -> None:
    day = day_of(nominations=nominations(A=AWARD), votes=votes("B", "all=yes"))
    assert codes(day) == ["not-nominated"]


def test_more_awards_than_the_class_has_are_refused() -> None:
    given_ = votes("A", "all=yes") + votes("B", "all=yes")
    assert codes(day_of(votes=given_)) == ["too-many-awards"]
    assert codes(day_of(votes=given_, rules={"awards": {"skola": 2}})) == []
    assert codes(day_of(votes=given_, rules={"may_share": True})) == ["too-many-awards"]


def test_a_tie_at_the_cut_may_share_where_the_edition_allows_it() -> None:
    tied = ballots("A", "wwwwwwwww") + ballots("B", "wwwwwwwww") + ballots("C", "nnnnnnnnn")
    given_ = votes("A", "all=yes") + votes("B", "all=yes")
    assert codes(day_of(votes=given_, ballots=tied, rules={"may_share": True})) == []
    more = given_ + votes("C", "all=yes")
    assert codes(day_of(votes=more, ballots=tied, rules={"may_share": True})) == ["too-many-awards"]


@given(
    st.lists(st.sampled_from("wcna"), min_size=9, max_size=9),
    st.sets(st.sampled_from([f"J{n}" for n in range(1, 10)])),
    st.lists(st.sampled_from(["yes", "no", "abstains", "jav", "absent"]), min_size=9, max_size=9),
    st.sampled_from(SitsOut),
)
def test_nothing_given_under_jav_ever_counts(letters, out, answers, reach) -> None:
    given_ = " ".join(f"J{n}={answer}" for n, answer in enumerate(answers, start=1))
    usual = papers(
        rules={"sits_out": reach},
        jav=tuple(jav(name, "A") for name in sorted(out)),
        ballots=ballots("A", "".join(letters), Answer.YES),
        votes=votes("A", given_),
    )
    (day,) = hold_day(usual)
    kept = tuple(b for b in usual.ballots if b.juror not in out)
    stays = tuple(v for v in usual.votes if v.juror not in out)
    (without,) = hold_day(attrs.evolve(usual, ballots=kept, votes=stays))
    result, alone = day.results[0], without.results[0] if without.results else None
    assert not out & {*result.answers[Answer.YES], *result.answers[Answer.NO]}
    assert sorted(day.grades.of("A")) == sorted(without.grades.of("A"))
    assert alone is None or alone.is_carried == result.is_carried


def test_that_nobody_gets_the_award_needs_a_quorum_too() -> None:
    day = day_of(votes=votes("", "J1=yes", NONE))
    assert codes(day) == ["no-quorum"]
    assert str(day.refusals[0].message).startswith("nobody gets the award of the class")

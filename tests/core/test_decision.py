"""Votes become decisions: worked examples with jäv, casting votes, ties and no recipient."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.decision import decide_item
from kvaljury.core.model import Grades, ProposalKind
from kvaljury.core.model.jury import Answer, CastingVote, JuryRules, Majority, Role
from kvaljury.core.model.sitting import Item
from kvaljury.core.model.voting import Places, places
from kvaljury.core.sitting import seat_jury, seat_voters
from kvaljury.core.voting import approval, majority_judgment, schulze
from kvaljury.core.voting.propositions import order_winners
from kvaljury.errors import Text
from tests.core.jury_examples import NINE, juror, jury_of, votes

ITEM = Item("skola", "F01", ProposalKind.AWARD)
LEVELS = (Text("not now"), Text("could receive it"), Text("worthy now"))


def decided(answers, jav="", absent="", jurors=(), **rules):
    jury = jury_of(*jurors, **rules)
    sitting = seat_jury(jury, set(jav.split()), set(absent.split()))
    return decide_item(ITEM, votes(answers), sitting, jury.rules)


class TestNineJurorsThreeOut:
    """Nine jurors, three out for jäv, and three against three."""

    def test_with_the_chair_in_the_room_the_chairs_vote_decides(self):
        outcome = decided("J1=yes J2=yes J3=yes J4=no J5=no J6=no", jav="J7 J8 J9")
        assert outcome.sitting.has_quorum
        assert not outcome.sitting.is_acting
        assert (outcome.is_carried, outcome.casting_vote) == (True, "J1")

    def test_with_the_chair_among_the_three_the_deputys_vote_decides(self):
        outcome = decided("J2=no J3=yes J4=yes J5=yes J6=no J7=no", jav="J1 J8 J9")
        assert outcome.sitting.is_acting
        assert (outcome.is_carried, outcome.casting_vote) == (False, "J2")

    def test_with_chair_and_deputy_out_the_first_member_in_order_decides(self):
        outcome = decided("J3=yes J4=no J5=yes J6=no J7=yes J8=no", jav="J1 J2 J9")
        assert (outcome.sitting.chair, outcome.is_carried) == ("J3", True)

    def test_an_edition_may_let_an_even_proposal_fall(self):
        outcome = decided(
            "J1=yes J2=yes J3=yes J4=no J5=no J6=no",
            jav="J7 J8 J9",
            casting_vote=CastingVote.FALLS,
        )
        assert (outcome.is_carried, outcome.casting_vote) == (False, None)

    def test_a_chair_who_abstains_leaves_it_undecided(self):
        outcome = decided("J1=abstains J2=yes J3=no", jav="J7 J8 J9")
        assert (outcome.is_carried, outcome.casting_vote) == (None, None)

    def test_two_more_away_and_there_is_no_quorum(self):
        yes = "J1=yes J2=yes J3=yes J4=yes"
        assert decided(yes, jav="J7 J8 J9", absent="J6").is_carried is True
        assert decided(yes, jav="J7 J8 J9", absent="J5 J6").is_carried is None


class TestMajority:
    @pytest.mark.parametrize(
        ("answers", "simple", "absolute"),
        [
            ("J1=yes J2=yes J3=no", True, False),
            ("J1=no J2=no J3=yes", False, False),
            ("J1=yes J2=yes J3=yes J4=yes J5=yes", True, True),
            ("J1=yes J2=yes J3=yes J4=yes", True, False),
            ("J2=yes", True, False),
        ],
    )
    def test_simple_is_of_those_who_vote_and_absolute_of_those_present(
        self, answers, simple, absolute
    ):
        assert decided(answers).is_carried is simple
        assert decided(answers, majority=Majority.ABSOLUTE).is_carried is absolute

    @pytest.mark.parametrize("chair", ["yes", "abstains", "no"])
    def test_exactly_half_of_those_present_lacks_the_absolute_majority_and_falls(self, chair):
        half = f"J1={chair} J2=yes J3=yes J4=abstains J5={{}} J6=abstains"
        answers = half.format("abstains" if chair == "yes" else "yes")
        fallen = decided(answers, absent="J7 J8 J9", majority=Majority.ABSOLUTE)
        assert (fallen.is_carried, fallen.casting_vote) == (False, None)

    @pytest.mark.parametrize(("chair", "is_carried"), [("yes", True), ("no", False)])
    def test_equal_numbers_are_for_the_chair_under_absolute_majority_too(self, chair, is_carried):
        other = "no" if is_carried else "yes"
        even = decided(f"J1={chair} J2={other}", majority=Majority.ABSOLUTE)
        assert (even.is_carried, even.casting_vote) == (is_carried, "J1")


class TestStates:
    def test_every_juror_stands_in_one_state(self):
        outcome = decided("J1=yes J2=no J3=abstains", jav="J8", absent="J9")
        assert outcome.answers == {
            Answer.YES: ("J1",),
            Answer.NO: ("J2",),
            Answer.ABSTAINS: ("J3", "J4", "J5", "J6", "J7"),
            Answer.JAV: ("J8",),
            Answer.ABSENT: ("J9",),
        }
        assert [outcome.count(answer) for answer in Answer] == [1, 1, 5, 1, 1]

    def test_a_yes_or_no_under_jav_is_told_and_does_not_count(self):
        outcome = decided("J1=no J7=yes J8=no J9=abstains", jav="J7 J8 J9")
        assert outcome.voided == ("J7", "J8")
        assert (outcome.is_carried, outcome.count(Answer.YES)) == (False, 0)

    def test_a_vote_without_a_seat_is_told_and_does_not_count(self):
        jurors = (*NINE, juror("S1", Role.SUBSTITUTE), juror("S2", Role.SUBSTITUTE))
        outcome = decided("J1=no S1=yes S2=abstains", jurors=jurors)
        assert (outcome.unseated, outcome.is_carried, outcome.voided) == (("S1",), False, ())

    def test_a_vote_of_one_who_is_absent_or_unknown_does_not_count_either(self):
        outcome = decided("J1=no J9=yes X=yes", absent="J9")
        assert (outcome.unseated, outcome.is_carried) == (("J9", "X"), False)

    def test_a_substitute_who_stands_in_votes(self):
        jurors = (*NINE, juror("S1", Role.SUBSTITUTE))
        outcome = decided("S1=yes", jav="J9", jurors=jurors)
        assert outcome.answers[Answer.YES] == ("S1",)
        assert outcome.unseated == ()

    @pytest.mark.parametrize("answer", ["jav", "absent"])
    def test_nobody_is_seated_and_noted_as_out(self, answer):
        with pytest.raises(ValueError, match=f"J2 is seated and noted as {answer}"):
            decided(f"J1=yes J2={answer}")

    def test_reservations_are_those_of_voters(self):
        jury = jury_of()
        noted = votes("J1=yes J2=no J3=no J9=no", J2="För tidigt.", J9="Också.")
        sitting = seat_jury(jury, {"J9"}, set())
        outcome = decide_item(ITEM, noted, sitting, jury.rules)
        assert outcome.reservations == {"J2": "För tidigt."}
        assert Item.of(noted[0]) == ITEM

    @given(
        st.fixed_dictionaries({f"J{n}": st.sampled_from(list(Answer)) for n in range(1, 10)}),
        st.sets(st.sampled_from([f"J{n}" for n in range(1, 10)])),
        st.builds(
            JuryRules,
            majority=st.sampled_from(Majority),
            casting_vote=st.sampled_from(CastingVote),
        ),
    )
    def test_no_vote_under_jav_ever_counts_and_nothing_is_carried_without_quorum(
        self, answers, jav, rules
    ):
        noted = votes(" ".join(f"{name}={answer}" for name, answer in answers.items()))
        sitting = seat_voters(jury_of(), jav, noted)
        outcome = decide_item(ITEM, noted, sitting, rules)
        counted = {*outcome.answers[Answer.YES], *outcome.answers[Answer.NO]}
        assert counted.isdisjoint(jav)
        assert set(outcome.voided) <= jav
        states = [name for names in outcome.answers.values() for name in names]
        assert sorted(states) == sorted(answers)
        yes, no = outcome.count(Answer.YES), outcome.count(Answer.NO)
        if not sitting.has_quorum:
            assert outcome.is_carried is None
        elif outcome.is_carried:
            assert yes >= no
            assert (yes > no) or outcome.casting_vote == sitting.chair


def grades(*ballots):
    return Grades(tuple(f"F0{n}" for n, _ in enumerate(ballots[0], 1)), LEVELS, ballots)


class TestWorkedTallies:
    def test_a_cycle_is_shown_and_the_order_of_proposals_would_decide(self):
        round_ = grades((2, 1, 0), (0, 2, 1), (1, 0, 2))
        tally = schulze(round_)
        assert tally.tiers == (("F01", "F02", "F03"),)
        assert tally.cycle == ("F01", "F02", "F03")
        assert order_winners(round_) == ("F01", "F02", "F03")

    def test_a_tie_for_two_awards_is_told_and_left_to_people(self):
        tied = majority_judgment(grades((2, 2, 1, 0), (2, 1, 2, 0), (2, 2, 2, 1)))
        assert tied.tiers == (("F01",), ("F02", "F03"), ("F04",))
        assert places(tied.tiers, 2) == Places(("F01",), ("F02", "F03"), 1)

    def test_two_awards_for_two_who_are_tied_need_no_choice(self):
        tied = approval(grades((2, 2, 0), (2, 2, 1)))
        assert places(tied.tiers, 2) == Places(("F01", "F02"))

    def test_no_recipient_is_a_decision_like_any_other(self):
        nobody = Item("skola", "", ProposalKind.NONE)
        jury = jury_of()
        noted = votes("J1=yes J2=yes J3=no", entry_id="", proposed=ProposalKind.NONE)
        outcome = decide_item(nobody, noted, seat_jury(jury, {"J9"}, set()), jury.rules)
        assert (outcome.item.entry, outcome.is_carried) == ("", True)
        assert JuryRules(awards={"": 1, "skola": 0}).awards_of("skola") == 0
        assert places(schulze(grades((2, 1))).tiers, 0) == Places(())

    def test_a_class_without_its_own_number_has_the_default(self):
        assert JuryRules(awards={"": 2, "skola": 0}).awards_of("andra") == 2
        assert JuryRules(awards={"skola": 0}).awards_of("andra") == 1
        assert JuryRules().is_open

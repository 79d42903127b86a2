"""Who takes part in an item: members, substitutes in order, the chair, and the quorum."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.model.jury import Role
from kvaljury.core.model.sitting import Seat
from kvaljury.core.sitting import quorum_of, seat_jury, seat_voters
from tests.core.jury_examples import NINE, juror, jury_of, votes

S1, S2, S3 = (juror(f"S{n}", Role.SUBSTITUTE) for n in (1, 2, 3))


def sitting(*jurors, jav="", absent="", **rules):
    return seat_jury(jury_of(*jurors, **rules), set(jav.split()), set(absent.split()))


class TestQuorum:
    @pytest.mark.parametrize(("members", "needed"), [(1, 1), (2, 2), (3, 2), (8, 5), (9, 5)])
    def test_it_is_more_than_half_of_the_members(self, members, needed):
        assert quorum_of(jury_of(*NINE[:members])) == needed

    def test_substitutes_do_not_raise_it(self):
        assert quorum_of(jury_of(*NINE, S1, S2)) == 5

    def test_an_edition_may_give_a_number(self):
        assert quorum_of(jury_of(quorum=7)) == 7

    @pytest.mark.parametrize(("out", "holds"), [("J2 J3 J4 J5", True), ("J2 J3 J4 J5 J6", False)])
    def test_it_is_held_against_those_who_take_part(self, out, holds):
        assert sitting(jav=out).has_quorum is holds
        assert sitting(absent=out).has_quorum is holds

    def test_a_substitute_who_stands_in_counts(self):
        assert sitting(*NINE, S1, jav="J2 J3 J4 J5 J6").has_quorum


class TestStates:
    def test_nobody_stands_in_two_states_and_jav_goes_first(self):
        found = sitting(jav="J9 J3", absent="J3 J4")
        assert found.jav == ("J3", "J9")
        assert found.absent == ("J4",)
        assert found.voters == ("J1", "J2", "J5", "J6", "J7", "J8")


class TestChair:
    @pytest.mark.parametrize(
        ("out", "chair", "is_acting"),
        [
            ("", "J1", False),
            ("J2", "J1", False),
            ("J1", "J2", True),
            ("J1 J2", "J3", True),
            ("J1 J2 J3", "J4", True),
        ],
    )
    def test_it_is_the_jurys_else_the_deputy_else_the_first_member(self, out, chair, is_acting):
        found = sitting(jav=out)
        assert (found.chair, found.is_acting) == (chair, is_acting)

    def test_the_deputy_goes_before_members_who_are_listed_earlier(self):
        jurors = (juror("A"), juror("B", Role.DEPUTY_CHAIR), juror("C", Role.CHAIR))
        assert sitting(*jurors, absent="C").chair == "B"

    def test_a_substitute_takes_the_chair_where_no_member_is_left(self):
        found = sitting(juror("A", Role.CHAIR), S1, absent="A")
        assert (found.chair, found.is_acting) == ("S1", True)

    def test_a_substitute_of_the_chair_does_not_take_the_chair_before_the_deputy(self):
        stand_in = juror("S9", Role.SUBSTITUTE, substitute_for=("J1",))
        assert sitting(stand_in, *NINE, absent="J1").chair == "J2"

    def test_nobody_is_in_the_chair_of_an_empty_room(self):
        found = sitting(NINE[0], absent="J1")
        assert (found.chair, found.is_acting, found.has_quorum) == (None, False, False)


class TestSubstitutes:
    def test_they_stand_in_by_precedence_for_the_first_who_is_away(self):
        found = sitting(*NINE, S1, S2, S3, jav="J4", absent="J2")
        assert found.seats[-2:] == (Seat("S1", "J2"), Seat("S2", "J4"))
        assert "S3" not in found.voters
        assert not {"S3"} & {*found.jav, *found.absent}

    def test_none_is_needed_where_nobody_is_away(self):
        assert sitting(*NINE, S1).voters == tuple(f"J{n}" for n in range(1, 10))

    def test_one_with_jav_or_absent_stands_in_for_nobody(self):
        assert sitting(*NINE, S1, S2, S3, jav="J4 S1", absent="S2").seats[-1] == Seat("S3", "J4")

    def test_one_for_certain_members_stands_in_for_none_but_them(self):
        own = juror("S9", Role.SUBSTITUTE, substitute_for=("J5",))
        assert sitting(*NINE, own, jav="J4").voters[-1] == "J9"
        assert sitting(*NINE, own, jav="J4 J5").seats[-1] == Seat("S9", "J5")

    def test_one_for_anyone_makes_room_for_one_for_some(self):
        own = juror("S9", Role.SUBSTITUTE, substitute_for=("J4",))
        found = sitting(*NINE, S1, own, jav="J4 J5")
        assert found.seats[-2:] == (Seat("S1", "J5"), Seat("S9", "J4"))

    def test_several_move_where_that_is_what_it_takes(self):
        fields = (("J4", "J5"), ("J5", "J6"), ("J4",))
        three = [
            juror(f"S{n}", Role.SUBSTITUTE, substitute_for=field)
            for n, field in enumerate(fields, 1)
        ]
        assert sitting(*NINE, *three, jav="J4 J5 J6").seats[-3:] == (
            Seat("S1", "J5"),
            Seat("S2", "J6"),
            Seat("S3", "J4"),
        )

    def test_an_earlier_one_never_loses_the_seat_to_a_later(self):
        own = juror("S9", Role.SUBSTITUTE, substitute_for=("J4",))
        assert sitting(*NINE, S1, own, jav="J4").seats[-1] == Seat("S1", "J4")

    @given(
        st.lists(st.sets(st.sampled_from(["J1", "J2", "J3"])), max_size=4),
        st.sets(st.sampled_from(["J1", "J2", "J3", "S0", "S1"])),
    )
    def test_no_seat_stays_empty_that_some_order_of_calling_could_fill(self, fields, away):
        substitutes = [
            juror(f"S{n}", Role.SUBSTITUTE, substitute_for=tuple(sorted(field)))
            for n, field in enumerate(fields)
        ]
        found = seat_jury(jury_of(*NINE[:3], *substitutes), away, set())
        empty = [m for m in ("J1", "J2", "J3") if m in away]
        ready = [(s.substitute_for or ("J1", "J2", "J3")) for s in substitutes if s.id not in away]
        stand_ins = [seat for seat in found.seats if seat.stands_in_for]
        assert len(stand_ins) == most_seated(ready, empty)
        assert len({seat.stands_in_for for seat in stand_ins}) == len(stand_ins)


def most_seated(ready, empty):
    if not ready:
        return 0
    best = most_seated(ready[1:], empty)
    for member in empty:
        if member in ready[0]:
            best = max(best, 1 + most_seated(ready[1:], [m for m in empty if m != member]))
    return best


def test_who_is_noted_with_jav_or_absent_or_not_at_all_is_out():
    noted = votes("J1=yes J2=jav J3=absent J4=abstains J5=no")
    found = seat_voters(jury_of(), {"J5"}, noted)
    assert found.voters == ("J1", "J4")
    assert found.jav == ("J2", "J5")
    assert found.absent == ("J3", "J6", "J7", "J8", "J9")

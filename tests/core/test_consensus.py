"""Scoring by consensus: home readings shift together, guests and evidence stay."""

from fractions import Fraction

import attrs
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.consensus import home_readers, shift_to_consensus
from kvaljury.core.model import Guest
from kvaljury.core.scoring import score_readings

steps = st.integers(0, 20).map(lambda step: 5 * step)


def two_teams(build, marks="consensus"):
    return build.edition(
        entries=["F01", "F02"],
        teams=[
            build.team("L1", "E1 E2", "F01", guests=[Guest("E9", "F01")]),
            build.team("L2", "E9", "F02"),
        ],
        rules=build.rules(marks=marks),
    )


def leaf_scores(readings, leaf):
    return {reading.examiner: reading.leaves.get(leaf) for reading in readings}


def test_home_readings_shift_so_that_their_mean_is_the_consensus(build):
    marks = build.collect(
        build.marks("F01", "E1", q1=40),
        build.marks("F01", "E2", q1=60),
        consensus=[build.consensus("F01", q1=65)],
    )

    readings = score_readings(two_teams(build), marks, build.rubrics())

    assert leaf_scores(readings, "1") == {"E1": 55, "E2": 75}


def test_a_guest_reading_stays_and_does_not_count_in_the_mean(build):
    marks = build.collect(
        build.marks("F01", "E1", q1=40),
        build.marks("F01", "E2", q1=60),
        build.marks("F01", "E9", q1=0),
        consensus=[build.consensus("F01", q1=65)],
    )

    readings = score_readings(two_teams(build), marks, build.rubrics())

    assert leaf_scores(readings, "1") == {"E1": 55, "E2": 75, "E9": 0}


def test_a_shifted_score_is_never_clipped(build):
    marks = build.collect(
        build.marks("F01", "E1", q1=0),
        build.marks("F01", "E2", q1=100),
        consensus=[build.consensus("F01", q1=100)],
    )

    readings = score_readings(two_teams(build), marks, build.rubrics())

    assert leaf_scores(readings, "1") == {"E1": 50, "E2": 150}


def test_a_leaf_without_consensus_keeps_its_own_marks(build):
    marks = build.collect(
        build.marks("F01", "E1", q1=40, q2a=10),
        consensus=[build.consensus("F01", q1=65)],
    )

    (reading,) = score_readings(two_teams(build), marks, build.rubrics())

    assert reading.leaves == {"1": 65, "2a": 10}


def test_a_consensus_that_lacks_a_criterion_shifts_nothing(build):
    marks = build.collect(
        build.marks("F01", "E1", q3=(40, 40)),
        consensus=[build.consensus("F01", q3=(90, None))],
    )

    (reading,) = score_readings(two_teams(build), marks, build.rubrics())

    assert reading.leaves == {"3": 40}


def test_the_mean_is_taken_over_the_home_readers_who_marked_the_leaf(build):
    marks = build.collect(
        build.marks("F01", "E1", q1=40, q2a=10),
        build.marks("F01", "E2", q2a=30),
        consensus=[build.consensus("F01", q1=65, q2a=50)],
    )

    readings = score_readings(two_teams(build), marks, build.rubrics())

    assert leaf_scores(readings, "1") == {"E1": 65, "E2": None}
    assert leaf_scores(readings, "2a") == {"E1": 40, "E2": 60}


def test_one_entrys_consensus_leaves_the_others_alone(build):
    marks = build.collect(
        build.marks("F01", "E1", q1=40),
        build.marks("F02", "E9", q1=40),
        consensus=[build.consensus("F01", q1=65)],
    )

    readings = score_readings(two_teams(build), marks, build.rubrics())

    assert [reading.total for reading in readings] == [65, 40]


def test_a_consensus_on_what_nobody_at_home_has_marked_gives_no_score(build):
    marks = build.collect(
        build.marks("F01", "E9", q1=40), consensus=[build.consensus("F01", q1=65, q2a=10)]
    )

    (reading,) = score_readings(two_teams(build), marks, build.rubrics())

    assert reading.leaves == {"1": 40}


def test_shifting_leaves_what_it_was_given_unchanged(build):
    scores = {("F01", "E1"): {"1": Fraction(40)}}

    shift_to_consensus(two_teams(build), scores, {"F01": {"1": Fraction(65)}})

    assert scores == {("F01", "E1"): {"1": 40}}


def test_an_entry_that_no_team_lists_has_no_home_readers(build):
    edition = attrs.evolve(build.edition(), teams=(build.team("L1", "E1", ""),))

    assert home_readers(edition, [("F01", "E1")]) == {}


@given(own=st.lists(steps, min_size=2, max_size=2), guest=steps, agreed=steps)
def test_the_mean_is_the_consensus_and_the_differences_stay(build, own, guest, agreed):
    marks = build.collect(
        build.marks("F01", "E1", q1=own[0]),
        build.marks("F01", "E2", q1=own[1]),
        build.marks("F01", "E9", q1=guest),
        consensus=[build.consensus("F01", q1=agreed)],
    )

    first, second, visitor = score_readings(two_teams(build), marks, build.rubrics())

    assert (first.total + second.total) / 2 == agreed
    assert first.total - second.total == own[0] - own[1]
    assert visitor.total == guest

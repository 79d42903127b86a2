"""What agreeing did to scores: exact changes by entry, leaf, examiner and team."""

from fractions import Fraction

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvaljury.core.drift import drift_from_consensus, scored_by
from kvaljury.core.model import Guest, MarksUsed
from kvaljury.core.model.drift import Deviation, Drift
from kvaljury.core.scoring import score_readings

steps = st.integers(0, 20).map(lambda step: 5 * step)
maybe = st.none() | steps


def two_teams(build, marks="individual"):
    return build.edition(
        entries=["F01", "F02"],
        teams=[
            build.team("L1", "E1 E2", "F01", guests=[Guest("E9", "F01")]),
            build.team("L2", "E9", "F02"),
        ],
        rules=build.rules(marks=marks),
    )


def drift_of(build, *groups, consensus=(), edition=None):
    marks = build.collect(*groups, consensus=consensus)
    return drift_from_consensus(edition or two_teams(build), marks, build.rubrics())


def whole(build, entry, examiner, mark):
    return build.marks(entry, examiner, q1=mark, q2a=mark, q2b=mark, q3=mark)


def test_without_agreed_marks_there_is_no_drift(build):
    assert drift_of(build, build.marks("F01", "E1", q1=40)) == Drift()


def test_a_leaf_is_the_agreed_score_less_the_mean_of_the_home_examiners(build):
    drift = drift_of(
        build,
        build.marks("F01", "E1", q1=40),
        build.marks("F01", "E2", q1=55),
        build.marks("F01", "E9", q1=0),
        consensus=[build.consensus("F01", q1=60)],
    )
    (entry,) = drift.entries
    (leaf,) = entry.leaves
    assert (entry.entry, entry.team) == ("F01", "L1")
    assert (leaf.before, leaf.agreed, leaf.change) == (Fraction(95, 2), 60, Fraction(25, 2))
    assert leaf.reasons == ("agreed",)
    assert [(m.criterion, str(m.label), m.value) for m in leaf.marks] == [("", "one", 60)]


def test_totals_and_areas_move_by_the_edition_weights_and_guests_take_no_part(build):
    drift = drift_of(
        build,
        whole(build, "F01", "E1", 40),
        whole(build, "F01", "E2", 60),
        whole(build, "F01", "E9", 0),
        consensus=[build.consensus("F01", q1=70)],
    )
    (entry,) = drift.entries
    # Leaf 1 is half of an area of 60 per cent: 20 points there are 6 in the total.
    assert (entry.total.before, entry.total.after, entry.total.change) == (50, 56, 6)
    assert entry.areas["users"].change == 10
    assert entry.areas["staff"].change == 0
    assert set(entry.examiners) == {"E1", "E2"}


def test_an_examiner_has_mean_spread_and_range_of_agreed_less_own(build):
    drift = drift_of(
        build,
        build.marks("F01", "E1", q1=40, q2a=50),
        build.marks("F01", "E2", q1=70),
        consensus=[build.consensus("F01", q1=60, q2a=45)],
    )
    first, second = drift.examiners
    assert (first.examiner, first.team, first.entries) == ("E1", "L1", 1)
    assert first.deviation == Deviation(
        2, Fraction(15, 2), Fraction(625, 2), Fraction(-5), Fraction(20)
    )
    assert first.deviation.spread == pytest.approx(312.5**0.5)
    assert (second.deviation.mean, second.deviation.variance) == (-10, None)
    assert second.deviation.spread is None


def test_a_team_pools_the_differences_of_its_examiners(build):
    drift = drift_of(
        build,
        build.marks("F01", "E1", q1=40),
        build.marks("F01", "E2", q1=70),
        build.marks("F02", "E9", q1=10, q2a=10),
        consensus=[build.consensus("F01", q1=60), build.consensus("F02", q1=20, q2a=40)],
    )
    assert [(t.team, t.entries, t.deviation.leaves) for t in drift.teams] == [
        ("L1", 1, 2),
        ("L2", 1, 2),
    ]
    assert [t.deviation.mean for t in drift.teams] == [5, 20]


def test_the_reasons_of_a_leaf_are_told_once_each_in_the_order_of_its_criteria(build):
    x, y = build.consensus("F01", q3=(50, 70))
    marks = [[attrs.evolve(y, reason="b"), attrs.evolve(x, reason="a")]]
    drift = drift_of(build, build.marks("F01", "E1", q3=40), consensus=marks)
    (leaf,) = drift.entries[0].leaves
    assert leaf.reasons == ("a", "b")
    assert [mark.criterion for mark in leaf.marks] == ["x", "y"]
    same = drift_of(build, consensus=[build.consensus("F01", q3=(50, 70))])
    assert same.entries[0].leaves[0].reasons == ("agreed",)


def test_a_leaf_that_lacks_an_agreed_criterion_is_told_without_a_score(build):
    drift = drift_of(
        build, build.marks("F01", "E1", q3=40), consensus=[build.consensus("F01", q3=(90, None))]
    )
    (leaf,) = drift.entries[0].leaves
    assert (leaf.before, leaf.agreed, leaf.change) == (40, None, None)
    assert drift.entries[0].total.change == 0
    assert drift.examiners == drift.teams == ()


def test_what_nobody_at_home_has_marked_has_nothing_to_be_compared_with(build):
    drift = drift_of(
        build, build.marks("F01", "E9", q1=40), consensus=[build.consensus("F01", q1=60)]
    )
    (entry,) = drift.entries
    assert entry.total is None
    assert entry.areas == {}
    assert (entry.leaves[0].before, entry.leaves[0].agreed) == (None, 60)
    assert entry.leaves[0].change is None
    assert entry.largest(3) == ()


def test_an_entry_that_no_team_lists_has_no_home_team(build):
    edition = build.edition(entries=["F01"], teams=[build.team("L1", "E1", "")])
    drift = drift_of(build, consensus=[build.consensus("F01", q1=60)], edition=edition)
    assert drift.entries[0].team is None


def test_the_largest_changes_come_first_whatever_their_sign_and_none_is_no_change(build):
    drift = drift_of(
        build,
        whole(build, "F01", "E1", 50),
        consensus=[build.consensus("F01", q1=55, q2a=20, q2b=50, q3=60)],
    )
    (entry,) = drift.entries
    assert [leaf.leaf for leaf in entry.leaves] == ["1", "2a", "2b", "3"]
    assert [leaf.leaf for leaf in entry.largest(5)] == ["2a", "3", "1"]
    assert [leaf.leaf for leaf in entry.largest(1)] == ["2a"]


def test_equal_changes_keep_the_order_of_the_instructions(build):
    drift = drift_of(
        build,
        whole(build, "F01", "E1", 50),
        consensus=[build.consensus("F01", q3=60, q1=40, q2a=60)],
    )
    assert [leaf.leaf for leaf in drift.entries[0].largest(2)] == ["1", "2a"]


def test_which_marks_the_scores_rest_on_makes_no_difference_to_the_drift(build):
    groups = [whole(build, "F01", "E1", 40), whole(build, "F01", "E9", 80)]
    consensus = [build.consensus("F01", q1=70, q3=10)]
    assert drift_of(build, *groups, consensus=consensus) == drift_of(
        build, *groups, consensus=consensus, edition=two_teams(build, "consensus")
    )


def test_scored_by_changes_nothing_but_the_marks_that_are_used(build):
    edition = two_teams(build)
    other = scored_by(edition, MarksUsed.CONSENSUS)
    assert other.rules.settings.scoring.marks is MarksUsed.CONSENSUS
    assert scored_by(other, MarksUsed.INDIVIDUAL) == edition


leaf_marks = st.fixed_dictionaries({"q1": maybe, "q2a": maybe, "q2b": maybe, "q3": maybe})
readings = st.fixed_dictionaries(
    dict.fromkeys([("F01", "E1"), ("F01", "E2"), ("F01", "E9"), ("F02", "E9")], leaf_marks)
)
agreements = st.fixed_dictionaries({"F01": leaf_marks, "F02": leaf_marks})


def collected(build, own, agreed):
    return build.collect(
        *(build.marks(*reader, **values) for reader, values in own.items()),
        consensus=[build.consensus(entry, **values) for entry, values in agreed.items()],
    )


@settings(max_examples=40)
@given(readings, agreements, st.randoms(use_true_random=False))
def test_the_order_of_marks_entries_and_teams_never_matters(build, own, agreed, random):
    edition, marks = two_teams(build), collected(build, own, agreed)
    expected = drift_from_consensus(edition, marks, build.rubrics())

    def mixed(values):
        return tuple(random.sample(values, len(values)))

    shuffled = attrs.evolve(
        marks, valid=mixed(list(marks.valid)), consensus=mixed(list(marks.consensus))
    )
    other = attrs.evolve(
        edition, entries=mixed(list(edition.entries)), teams=mixed(list(edition.teams))
    )
    assert drift_from_consensus(other, shuffled, build.rubrics()) == expected


@settings(max_examples=40)
@given(readings, agreements)
def test_the_differences_of_examiners_sum_to_those_of_teams_and_leaves(build, own, agreed):
    marks = collected(build, own, agreed)
    before = attrs.evolve(marks)
    drift = drift_from_consensus(two_teams(build), marks, build.rubrics())
    assert marks == before

    def total(deviations):
        return sum((found.leaves * found.mean for found in deviations), Fraction(0))

    by_examiner = [found.deviation for found in drift.examiners]
    by_team = [found.deviation for found in drift.teams]
    by_entry = [own for found in drift.entries for own in found.examiners.values()]
    assert total(by_examiner) == total(by_team) == total(by_entry)
    for grouped in (by_team, by_entry):
        assert sum(d.leaves for d in grouped) == sum(d.leaves for d in by_examiner)
    for entry in drift.entries:
        readers = {"F01": 2, "F02": 1}[entry.entry]
        changes = [leaf.change for leaf in entry.leaves if leaf.change is not None]
        if all(d.leaves == len(changes) for d in entry.examiners.values()):
            assert total(entry.examiners.values()) in {
                len(entry.examiners) * sum(changes),
                readers * sum(changes),
            }


@settings(max_examples=40)
@given(readings, agreements)
def test_the_total_after_agreeing_is_the_mean_that_scoring_by_consensus_gives(build, own, agreed):
    edition, marks = two_teams(build, "consensus"), collected(build, own, agreed)
    scored = score_readings(edition, marks, build.rubrics())
    for entry in drift_from_consensus(edition, marks, build.rubrics()).entries:
        home = {"F01": ("E1", "E2"), "F02": ("E9",)}[entry.entry]
        totals = [r.total for r in scored if r.entry == entry.entry and r.examiner in home]
        if totals:
            assert entry.total.after == sum(totals) / len(totals)
        else:
            assert entry.total is None


@given(st.lists(st.fractions(-100, 100), min_size=1, max_size=8))
def test_a_deviation_lies_between_its_ends_and_spreads_only_where_values_differ(differences):
    found = Deviation.of(differences)
    assert found.low <= found.mean <= found.high
    assert found.leaves == len(differences)
    if len(differences) == 1:
        assert found.spread is None
    else:
        assert (found.spread == 0) is (found.low == found.high)

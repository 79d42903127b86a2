"""Marks to readings: weights, what is missing, and exactness."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.model import Mark, Marks
from kvaljury.core.scoring import score_readings, weighted_mean
from kvaljury_plugins import approach, pdca, radar, results

SHIPPED = {
    rubric.name: rubric
    for module in (approach, results, pdca, radar)
    for rubric in module.kvaljury_rubrics()
}
steps = st.integers(0, 20).map(lambda step: 5 * step)


def score_one(build, areas=None, **values):
    edition = build.edition(rules=build.rules(areas or build.areas))
    marks = build.collect(build.marks("F01", "E1", **values))
    return score_readings(edition, marks, build.rubrics())


def test_scores_rise_from_leaf_to_question_to_area_to_total_by_weight(build):
    (reading,) = score_one(build, q1=50, q2a=100, q2b=20, q3=(60, 30))

    assert reading.leaves == {"1": 50, "2a": 100, "2b": 20, "3": 45}
    assert reading.questions == {"1": 50, "2": 40, "3": 45}
    assert reading.areas == {"users": 45, "staff": 45}
    assert reading.total == 45
    assert reading.missing == ()


def test_a_reading_names_its_entry_examiner_and_the_examiners_home_team(build):
    edition = build.edition(
        teams=[build.team("L1", "E1", "F01"), build.team("L2", "E2", "", guests=())]
    )
    marks = build.collect(build.marks("F01", "E2", q1=5), build.marks("F01", "E1", q1=5))

    readings = score_readings(edition, marks, build.rubrics())

    assert [(r.entry, r.examiner, r.team) for r in readings] == [
        ("F01", "E1", "L1"),
        ("F01", "E2", "L2"),
    ]


def test_what_is_missing_is_named_and_counts_nowhere(build):
    (reading,) = score_one(build, q1=50, q2b=20)

    assert reading.missing == ("2a", "3")
    assert reading.questions == {"1": 50, "2": 20}
    assert reading.areas == {"users": 35}
    assert reading.total == 35


def test_a_missing_mark_is_not_read_as_zero(build):
    (whole,) = score_one(build, q1=50, q2a=50, q2b=50, q3=0)
    (part,) = score_one(build, q1=50, q2a=50, q2b=50)

    assert whole.total < part.total == 50


def test_a_leaf_that_lacks_one_criterion_is_missing(build):
    (reading,) = score_one(build, q1=50, q3=(60, None))

    assert reading.missing == ("2a", "2b", "3")
    assert reading.total == 50


def test_a_reading_without_one_scored_leaf_is_dropped(build):
    assert score_one(build, q3=(60, None)) == ()


def test_no_marks_give_no_readings(build):
    assert score_readings(build.edition(), Marks(), build.rubrics()) == ()


def weightless(build):
    """Leaf 1a, question 2 and the area staff weigh nothing."""
    return (
        build.area(
            "users",
            100,
            build.question("1", 100, build.leaf("1a", 0), build.leaf("1b", 100)),
            build.question("2", 0),
        ),
        build.area("staff", 0, build.question("3", 100, build.leaf("3", 100, "two"))),
    )


def test_what_weighs_nothing_is_shown_and_counts_nowhere(build):
    (reading,) = score_one(build, weightless(build), q1a=100, q1b=40, q2=100, q3=100)

    assert reading.leaves == {"1a": 100, "1b": 40, "2": 100, "3": 100}
    assert reading.questions == {"1": 40, "2": 100, "3": 100}
    assert reading.areas == {"users": 40, "staff": 100}
    assert reading.total == 40


@pytest.mark.parametrize("values", [{"q1a": 80}, {"q2": 80}, {"q3": 80}])
def test_a_reading_of_which_all_that_is_marked_weighs_nothing_has_no_total(build, values):
    assert score_one(build, weightless(build), **values) == ()


def test_a_weightless_leaf_alone_leaves_its_question_out(build):
    (reading,) = score_one(build, weightless(build), q1a=80, q1b=30)
    (alone,) = score_one(
        build,
        (
            build.area("x", 50, *weightless(build)[0].questions),
            build.area("y", 50, build.question("9")),
        ),
        q1a=80,
        q9=30,
    )

    assert reading.questions == {"1": 30}
    assert alone.questions == {"9": 30}
    assert alone.areas == {"y": 30}
    assert alone.total == 30


def test_thirds_stay_exact(build):
    thirds = [build.leaf(f"1{letter}", Fraction(100, 3)) for letter in "abc"]
    areas = (build.area("users", 100, build.question("1", 100, *thirds)),)

    (reading,) = score_one(build, areas, q1a=5, q1b=5, q1c=10)

    assert reading.total == Fraction(20, 3)


def test_weights_need_not_sum_to_100_among_what_is_combined(build):
    parts = [build.leaf("a", 20), build.leaf("b", 20), build.leaf("c", 60)]

    assert weighted_mean(parts, {"a": Fraction(10), "b": Fraction(20)}) == 15
    assert weighted_mean(parts, {}) is None
    assert weighted_mean([], {"a": Fraction(10)}) is None


rationals = st.builds(Fraction, st.integers(0, 300), st.integers(1, 12))


@given(pairs=st.lists(st.tuples(rationals, rationals), min_size=1, max_size=6))
def test_the_weighted_mean_is_exact_for_any_weights_and_scores(build, pairs):
    parts = [build.leaf(str(i), weight) for i, (weight, _) in enumerate(pairs)]
    scores = {str(i): score for i, (_, score) in enumerate(pairs)}
    weights = sum(weight for weight, _ in pairs)

    mean = weighted_mean(parts, scores)

    if weights:
        assert mean == sum(weight * score for weight, score in pairs) / weights
    else:
        assert mean is None


def test_marks_under_jav_give_no_reading_so_that_a_team_of_four_gives_three(build):
    edition = build.edition(teams=[build.team("L1", "E1 E2 E3 E4", "F01")])
    marks = build.collect(
        *(build.marks("F01", examiner, q1=50) for examiner in ("E1", "E2", "E3")),
        excluded=[build.marks("F01", "E4", q1=100)],
    )

    readings = score_readings(edition, marks, build.rubrics())

    assert [reading.examiner for reading in readings] == ["E1", "E2", "E3"]


def test_consensus_marks_change_nothing_where_individual_marks_are_scored(build):
    own = build.marks("F01", "E1", q1=50)
    agreed = [build.consensus("F01", q1=90)]

    with_consensus = score_readings(
        build.edition(), build.collect(own, consensus=agreed), build.rubrics()
    )

    assert with_consensus == score_readings(build.edition(), build.collect(own), build.rubrics())


tables = st.dictionaries(
    st.tuples(st.sampled_from(["F01", "F02"]), st.sampled_from(["E1", "E2", "E3"])),
    st.fixed_dictionaries({}, optional=dict.fromkeys(("q1", "q2a", "q2b", "q3"), steps)),
    min_size=1,
)


@given(table=tables, data=st.data())
def test_the_order_of_marks_entries_and_examiners_never_matters(build, table, data):
    edition = build.edition(["F01", "F02"])
    marks = [m for key, values in table.items() for m in build.marks(*key, **values)]
    shuffled = data.draw(st.permutations(marks))

    readings = score_readings(edition, Marks(tuple(marks)), build.rubrics())

    assert readings == score_readings(edition, Marks(tuple(shuffled)), build.rubrics())
    assert [r.leaves for r in readings] == [
        r.leaves for r in score_readings(edition, Marks(tuple(shuffled)), build.rubrics())
    ]


@given(table=tables)
def test_every_score_lies_between_the_lowest_and_the_highest_mark(build, table):
    edition = build.edition(["F01", "F02"])
    marks = [m for key, values in table.items() for m in build.marks(*key, **values)]

    for reading in score_readings(edition, Marks(tuple(marks)), build.rubrics()):
        own = [m.value for m in marks if (m.entry, m.examiner) == (reading.entry, reading.examiner)]
        levels = [reading.leaves, reading.questions, reading.areas, {"total": reading.total}]
        scores = [score for level in levels for score in level.values()]
        assert 0 <= min(own) <= min(scores) <= max(scores) <= max(own) <= 100
        assert all(isinstance(score, Fraction) for score in scores)


@pytest.mark.parametrize("name", sorted(SHIPPED))
@given(data=st.data())
def test_a_higher_mark_never_lowers_a_total_by_any_shipped_rubric(build, name, data):
    rubric = SHIPPED[name]
    areas = (
        build.area(
            "users",
            100,
            build.question("1", 60, build.leaf("1", 100, name)),
            build.question("2", 40, build.leaf("2", 100, name)),
        ),
    )
    edition = build.edition(rules=build.rules(areas))
    cells = [(leaf, c.id) for leaf in "12" for c in rubric.criteria]
    values = data.draw(st.lists(steps, min_size=len(cells), max_size=len(cells)))
    at = data.draw(st.integers(0, len(cells) - 1))
    raised = [max(v, data.draw(steps)) if i == at else v for i, v in enumerate(values)]

    def total(row):
        marks = [
            Mark("F01", "E1", leaf, criterion, Fraction(v))
            for (leaf, criterion), v in zip(cells, row, strict=True)
        ]
        return score_readings(edition, Marks(tuple(marks)), SHIPPED)[0].total

    assert total(raised) >= total(values)

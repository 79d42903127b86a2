"""The shipped rubrics: wording, scale, score, and that a higher mark never costs anything."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury import Text
from kvaljury_plugins import approach, levels, pdca, radar, results

RUBRICS = {
    rubric.name: rubric
    for module in (approach, results, pdca, radar)
    for rubric in module.kvaljury_rubrics()
}
every_rubric = pytest.mark.parametrize("name", sorted(RUBRICS))
marks = st.integers(0, 20).map(lambda step: 5 * step)


def score(name, *row):
    return RUBRICS[name].score(np.array([row], dtype=float)).tolist()[0]


def rows(rubric):
    return st.lists(marks, min_size=len(rubric.criteria), max_size=len(rubric.criteria))


def test_four_rubrics_are_offered():
    assert sorted(RUBRICS) == ["approach", "pdca", "radar", "results"]


@every_rubric
def test_marks_run_from_0_to_100_in_steps_of_five(name):
    scale = RUBRICS[name].scale

    assert (scale.low, scale.high, scale.step) == (0, 100, 5)


@every_rubric
def test_six_worded_ranges_hold_every_mark_once(name):
    rubric = RUBRICS[name]
    ranges = [(level.low, level.high) for level in rubric.levels]

    assert ranges == [(0, 5), (10, 25), (30, 45), (50, 65), (70, 85), (90, 100)]
    covered = [mark for low, high in ranges for mark in range(low, high + 1, 5)]
    assert covered == list(range(0, 101, 5))


@every_rubric
def test_every_wording_and_label_is_in_both_languages_and_its_own(name, check_bilingual):
    rubric = RUBRICS[name]
    texts = [level.wording for level in rubric.levels] + [c.label for c in rubric.criteria]

    for text in texts:
        check_bilingual(text)
    assert len({text.sv for text in texts}) == len({text.en for text in texts}) == len(texts)


def test_approach_and_results_share_no_wording():
    assert not set(approach.LEVELS) & set(results.LEVELS)


@pytest.mark.parametrize("name", ["approach", "results"])
def test_the_one_mark_of_a_holistic_rubric_is_its_score(name):
    assert [criterion.id for criterion in RUBRICS[name].criteria] == [""]
    assert [score(name, mark) for mark in (0, 45, 100)] == [0, 45, 100]


def test_pdca_marks_the_five_verbs_of_the_city():
    criteria = RUBRICS["pdca"].criteria

    assert [c.id for c in criteria] == ["plan", "do", "follow_up", "analyse", "act"]
    assert [c.label.sv.lower() for c in criteria] == [
        "planera",
        "utföra",
        "följa upp",
        "analysera",
        "åtgärda",
    ]


def test_pdca_scores_the_mean_of_the_five():
    assert score("pdca", 100, 50, 50, 25, 0) == 45


def test_radar_scores_the_mean_where_no_key_attribute_is_below_it():
    assert score("radar", 60, 30, 60, 30, 30, 30) == 40


@pytest.mark.parametrize("key", radar.KEY)
def test_radar_never_scores_above_either_key_attribute(key):
    row = [10 if criterion.id == key else 100 for criterion in radar.CRITERIA]

    assert score("radar", *row) == 10


@pytest.mark.parametrize("weak", sorted({c.id for c in radar.CRITERIA} - set(radar.KEY)))
def test_a_weak_attribute_that_is_not_key_lowers_the_mean_but_caps_nothing(weak):
    row = [40 if criterion.id == weak else 100 for criterion in radar.CRITERIA]

    assert score("radar", *row) == 90


def test_radar_says_in_its_labels_which_attributes_are_key():
    assert len(radar.KEY_COLUMNS) == len(radar.KEY) == 2
    assert {c.id for c in radar.CRITERIA if "(nyckel)" in c.label.sv} == set(radar.KEY)
    assert {c.id for c in radar.CRITERIA if "(key)" in c.label.en} == set(radar.KEY)


@every_rubric
@given(data=st.data())
def test_every_score_lies_between_the_lowest_and_the_highest_mark(name, data):
    row = data.draw(rows(RUBRICS[name]))

    assert min(row) <= score(name, *row) <= max(row)


@every_rubric
@given(data=st.data())
def test_a_higher_mark_never_gives_a_lower_score(name, data):
    row = data.draw(rows(RUBRICS[name]))
    at = data.draw(st.integers(0, len(row) - 1))
    raised = [*row]
    raised[at] = data.draw(marks.filter(lambda mark: mark >= row[at]))

    assert score(name, *raised) >= score(name, *row)


@every_rubric
@given(data=st.data())
def test_readings_are_scored_each_by_itself(name, data):
    table = data.draw(st.lists(rows(RUBRICS[name]), min_size=1, max_size=8))

    together = RUBRICS[name].score(np.array(table, dtype=float))

    assert together.shape == (len(table),)
    assert together.tolist() == [score(name, *row) for row in table]


def test_a_wording_short_or_over_is_refused():
    with pytest.raises(ValueError, match="zip"):
        levels.six_levels(*[Text("x", sv="x")] * 5)

"""Rubrics are applied to all readings at once, and what they give is checked."""

from fractions import Fraction

import numpy as np
import pytest

from kvaljury.core.leaf_scores import apply_rubric, score_leaves
from kvaljury.errors import PluginFault

MARKS = np.array([[10.0], [20.0]])


def test_scores_are_exact_in_billionths(build):
    thirds = build.rubric(score=lambda marks: marks[:, 0] / 3)

    assert apply_rubric(thirds, MARKS) == [
        Fraction(3_333_333_333, 10**9),
        Fraction(6_666_666_667, 10**9),
    ]


def test_what_floating_point_adds_at_the_ends_is_taken_away(build):
    rubric = build.rubric(score=lambda marks: np.array([-1e-12, 100 + 1e-12]))

    assert apply_rubric(rubric, MARKS) == [0, 100]


def test_whole_numbers_are_scores_too(build):
    assert apply_rubric(build.rubric(score=lambda marks: [0, 100]), MARKS) == [0, 100]


def test_a_rubric_is_called_once_for_all_readings_of_a_leaf_and_sees_only_complete_ones(build):
    seen = []

    def score(marks):
        seen.append(marks.tolist())
        return marks[:, 0]

    rubrics = {"one": build.rubric("one", ("x", "y"), score)}
    marks = {
        "b": {("1", "x"): Fraction(5), ("1", "y"): Fraction(10)},
        "c": {("1", "x"): Fraction(5)},
        "a": {("1", "y"): Fraction(20), ("1", "x"): Fraction(15), ("2", "x"): Fraction(5)},
    }

    scores = score_leaves([build.leaf("1"), build.leaf("2")], marks, rubrics)

    assert seen == [[[15.0, 20.0], [5.0, 10.0]]]
    assert list(scores.items()) == [("a", {"1": 15}), ("b", {"1": 5}), ("c", {})]


def test_a_rubric_that_changes_its_marks_changes_nobody_elses(build):
    def spoil(marks):
        marks[:] = 0
        return marks[:, 0]

    marks = MARKS.copy()

    apply_rubric(build.rubric(score=spoil), marks)

    assert (marks == MARKS).all()


def raising(marks):
    raise KeyError("weights")


HOSTILE = {
    "raises": raising,
    "nan": lambda marks: np.array([50.0, np.nan]),
    "infinite": lambda marks: np.array([50.0, np.inf]),
    "below 0": lambda marks: np.array([50.0, -0.001]),
    "above 100": lambda marks: np.array([50.0, 100.001]),
    "huge": lambda marks: np.array([50.0, 1e308]),
    "divides by zero": lambda marks: marks[:, 0] / 0,
    "two-dimensional": lambda marks: marks,
    "too few": lambda marks: marks[:1, 0],
    "one number": lambda marks: 50.0,
    "nothing": lambda marks: None,
    "complex": lambda marks: marks[:, 0] + 1j,
    "truth values": lambda marks: marks[:, 0] > 15,
    "words": lambda marks: ["10", "20"],
    "objects": lambda marks: np.array([Fraction(10), None]),
    "ragged": lambda marks: [[1], [1, 2]],
}


EXPECTED_CODE = {
    "raises": "plugin-failed",
    "ragged": "plugin-failed",
}


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_a_rubric_that_gives_anything_but_scores_is_named(build, kind):
    rubric = build.rubric("odd-one", score=HOSTILE[kind])

    with pytest.raises(PluginFault, match="the rubric odd-one") as caught:
        apply_rubric(rubric, MARKS)

    assert caught.value.code == EXPECTED_CODE.get(kind, "plugin-wrong-answer")
    assert caught.value.hint is not None


def test_the_fault_says_which_marks_gave_which_score(build):
    rubric = build.rubric("odd-one", score=lambda marks: np.array([50.0, 100.5]))

    with pytest.raises(PluginFault, match=r"the score 100\.5 for the marks 20, expected 0-100"):
        apply_rubric(rubric, MARKS)


def test_the_fault_says_what_was_raised(build):
    with pytest.raises(PluginFault, match="KeyError: 'weights'") as caught:
        apply_rubric(build.rubric("odd-one", score=raising), MARKS)

    assert isinstance(caught.value.__cause__, KeyError)


def test_the_fault_says_what_came_and_how_many_numbers_were_expected(build):
    rubric = build.rubric("odd-one", score=lambda marks: marks)

    with pytest.raises(PluginFault, match=r"float64 of the shape \(2, 1\), expected 2 numbers"):
        apply_rubric(rubric, MARKS)

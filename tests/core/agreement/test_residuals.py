"""How far readings are from what the others lead one to expect."""

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.agreement import least_squares_residuals, model_residuals
from kvaljury.testing import panels

TABLE = np.array([[50.0, 60, 55], [70, 72, 75], [40, 52, 44], [90, 85, 95]])
VARIANCE = {"entry": 60.0, "team": 9.0, "cohort": 4.0, "examiner": 16.0, "residual": 25.0}


def rows_of(table):
    return [(f"e{e}", f"x{x}", "A", s) for e, row in enumerate(table) for x, s in enumerate(row)]


def exact(panel, variance, mean):
    """BLUPs, residuals and variances of residuals by the whole covariance matrix."""
    levels = {
        "entry": panel.entry,
        "team": panel.team,
        "cohort": panel.home[panel.entry],
        "examiner": panel.examiner,
    }
    same = {name: level[:, None] == level for name, level in levels.items()}
    parts = {name: (variance[name] or 0.0) * shared for name, shared in same.items()}
    inverse = np.linalg.inv(sum(parts.values()) + variance["residual"] * np.eye(len(panel.score)))
    told = {name: part @ inverse @ (panel.score - mean) for name, part in parts.items()}
    first = [int(np.flatnonzero(panel.entry == e)[0]) for e in range(len(panel.entries))]
    effects = {
        name: {
            word: float(told[name][np.flatnonzero(levels[name] == i)[0]])
            for i, word in enumerate(words)
        }
        for name, words in (("team", panel.teams), ("examiner", panel.examiners))
    }
    return (
        (mean + told["entry"] + told["cohort"])[first],
        effects,
        variance["residual"] * inverse @ (panel.score - mean),
        variance["residual"] ** 2 * np.diag(inverse),
    )


def test_on_a_complete_table_residuals_are_those_of_the_analysis_of_variance(make_panel):
    found = least_squares_residuals(make_panel(rows_of(TABLE)))
    centred = TABLE - TABLE.mean(0) - TABLE.mean(1, keepdims=True) + TABLE.mean()
    assert found.values == pytest.approx(centred.ravel(), abs=1e-6)
    share = (1 - 1 / 4) * (1 - 1 / 3)
    assert found.variance == pytest.approx(np.full(12, np.sum(centred**2) / 6 * share), rel=1e-5)


def test_a_severe_examiner_and_a_weak_entry_leave_no_residual(make_panel):
    table = np.array([40.0, 60, 75])[:, None] + np.array([-10.0, 0, 4])
    found = least_squares_residuals(make_panel(rows_of(table)))
    assert (found.values == 0).all()
    assert (found.variance == 0).all()


@pytest.mark.parametrize(
    "rows",
    [
        [("a", "x", "A", 50.0)],
        [("a", "x", "A", 50.0), ("b", "x", "A", 60.0)],
        [("a", "x", "A", 50.0), ("b", "y", "A", 60.0)],
        [("a", "x", "A", 50.0), ("a", "y", "A", 60.0)],
    ],
    ids=["one reading", "one examiner", "one reading an entry", "one reading an examiner"],
)
def test_where_no_reading_is_to_spare_there_are_no_residuals(make_panel, rows):
    assert least_squares_residuals(make_panel(rows)) is None


def test_a_reading_that_settles_its_own_fitted_value_has_no_variance(make_panel):
    rows = [*rows_of(TABLE), ("e9", "x9", "A", 99.0)]
    found = least_squares_residuals(make_panel(rows))
    assert (found.values[-1], found.variance[-1]) == (0.0, 0.0)
    assert (found.variance[:-1] > 0).all()


def test_a_residual_of_a_model_is_the_reading_less_score_and_severities(make_panel):
    panel = make_panel([("a", "x", "A", 50.0), ("a", "y", "B", 70.0), ("b", "x", "A", 61.0)])
    effects = {"team": {"A": -2.0, "B": 2.0}, "examiner": {"x": 1.0}}
    found = model_residuals(panel, np.array([55.0, 60.0]), effects, {"residual": 4.0})
    assert found.values.tolist() == [-4.0, 13.0, 2.0]
    assert found.variance.tolist() == [4.0, 4.0, 4.0]


def test_what_entries_take_of_the_error_is_left_out_of_the_variance(make_panel):
    # With as much variance between entries as of error, two readings of one take a third each.
    panel = make_panel([("a", "x", "A", 50.0), ("a", "y", "A", 70.0), ("b", "x", "A", 61.0)])
    variance = {"entry": 9.0, "team": None, "examiner": 0.0, "residual": 9.0}
    found = model_residuals(panel, np.array([60.0, 60.0]), {"team": {}}, variance)
    assert found.variance == pytest.approx(np.array([6.0, 6.0, 4.5]))


@pytest.mark.parametrize(
    ("effects", "variance"),
    [
        ({}, VARIANCE),
        ({"team": {"A": 1.0}}, {}),
        ({"team": {"A": 1.0}}, {"entry": 1.0, "residual": None}),
        ({"team": {"A": 1.0}}, {"entry": 1.0, "residual": 0.0}),
    ],
)
def test_a_method_that_tells_too_little_has_no_residuals(make_panel, effects, variance):
    panel = make_panel(rows_of(TABLE))
    assert model_residuals(panel, panel.raw, effects, variance) is None


def test_residuals_of_a_linked_design_are_those_of_the_whole_covariance(simulate_panel):
    panel = simulate_panel(3)
    scores, effects, values, variance = exact(panel, VARIANCE, 55.0)
    found = model_residuals(panel, scores, effects, VARIANCE)
    assert found.values == pytest.approx(values, abs=2e-6)
    assert found.variance == pytest.approx(variance)


def test_an_enormous_component_is_as_good_as_a_fixed_effect(make_panel):
    panel = make_panel(rows_of(TABLE))
    enormous = {"entry": 1e300, "examiner": 1e300, "residual": 1e-6}
    found = model_residuals(panel, panel.raw, {"examiner": {}}, enormous)
    assert found.variance == pytest.approx(np.full(12, 0.5e-6))


@given(panels(), st.sampled_from(["team", "cohort", "examiner"]))
def test_residuals_of_any_panel_are_those_of_the_whole_covariance(panel, left_out):
    told = {**VARIANCE, left_out: None}
    scores, effects, values, variance = exact(panel, told, 50.0)
    found = model_residuals(panel, scores, effects, told)
    assert found.values == pytest.approx(values, abs=2e-6)
    assert found.variance == pytest.approx(variance)


@given(panels())
def test_least_squares_residuals_sum_to_zero_within_entries_and_examiners(panel):
    found = least_squares_residuals(panel)
    if found is None:
        return
    for level in (panel.entry, panel.examiner):
        assert np.abs(np.bincount(level, found.values)).max() < 1e-4
    assert ((found.variance >= 0) & (found.variance < 1e4)).all()


@given(panels(), st.floats(-20, 20).map(lambda points: round(points, 2)))
def test_a_whole_team_s_severity_is_no_residual(panel, severity):
    stricter = attrs.evolve(panel, score=panel.score + severity * (panel.team == 0))
    first, second = least_squares_residuals(panel), least_squares_residuals(stricter)
    assert (first is None) == (second is None)
    if first is not None and second is not None:
        assert first.values == pytest.approx(second.values, abs=1e-4)

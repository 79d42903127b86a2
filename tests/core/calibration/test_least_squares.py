"""Least squares with entry and examiner fixed: by hand, against numpy, in its limits."""

import attrs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvaljury.core.calibration import LeastSquares, components_of, fit_least_squares, fit_panel
from kvaljury.testing import panels

# x read a and b, y read b and c; b is what they share.
CHAIN = [("a", "x", "A", 50), ("b", "x", "A", 60), ("b", "y", "B", 68), ("c", "y", "B", 80)]


def dummies(panel):
    """Give the design with a column for each entry and each examiner."""
    return np.hstack(
        [np.eye(len(panel.entries))[panel.entry], np.eye(len(panel.examiners))[panel.examiner]]
    )


def part_of(panel):
    """Give the part of each entry, as a number."""
    parts = components_of(panel)
    return np.array([next(i for i, p in enumerate(parts) if e in p.entries) for e in panel.entries])


def same_part(panel):
    part = part_of(panel)
    return part[:, None] == part


def differences(values):
    return values[:, None] - values


def test_one_shared_entry_tells_two_examiners_apart_by_hand(make_panel) -> None:
    model = fit_least_squares(make_panel(CHAIN))
    assert model.severities == pytest.approx([-4, 4]), "y gave b 8 points more than x"
    assert model.scores == pytest.approx([54, 64, 76])
    assert model.freedom == 0
    assert model.residual is None
    assert model.covariance() is None
    assert model.draw(10, 1) is None


def test_a_full_design_gives_means_and_the_residual_of_two_way_analysis_by_hand(make_panel) -> None:
    rows = [("a", "x", "A", 50), ("a", "y", "A", 58), ("b", "x", "A", 60), ("b", "y", "A", 64)]
    model = fit_least_squares(make_panel(rows))
    assert model.scores == pytest.approx([54, 62])
    assert model.severities == pytest.approx([-3, 3])
    assert model.freedom == 1
    assert model.residual == pytest.approx(4), "four residuals of one point"
    assert model.covariance() == pytest.approx(np.diag([2.0, 2.0]))


def test_an_unbalanced_design_has_the_covariance_worked_by_hand(make_panel) -> None:
    # a by x; b by x and y, c by y; one more reading of b by z and c by z closes a ring.
    rows = [*CHAIN, ("b", "z", "B", 60), ("c", "z", "B", 75)]
    panel = make_panel(rows)
    model = fit_least_squares(panel)
    design = dummies(panel)
    constrained = np.linalg.pinv(design.T @ design)
    # The pseudo-inverse has its own level, which differences of entries do not see.
    contrast = np.array([[1, -1, 0], [0, 1, -1]])
    expected = model.residual * contrast @ constrained[:3, :3] @ contrast.T
    assert contrast @ model.covariance() @ contrast.T == pytest.approx(expected)
    # y and z read the same entries: c - b is the mean of 12 and 15, with twice 2 readings.
    assert model.scores[2] - model.scores[1] == pytest.approx(13.5)
    assert model.freedom == 1
    assert model.residual == pytest.approx((15 - 12) ** 2 / 4)
    assert expected[1, 1] == pytest.approx(model.residual)


@pytest.mark.parametrize("guests", [0, 1, 3])
def test_fitted_values_are_those_of_numpy_on_the_dummy_design(simulate_panel, guests) -> None:
    panel = simulate_panel(4, guests=guests)
    model = fit_least_squares(panel)
    solution, _, rank, _ = np.linalg.lstsq(dummies(panel), panel.score, rcond=None)
    fitted = model.scores[panel.entry] + model.severities[panel.examiner]
    assert fitted == pytest.approx(dummies(panel) @ solution)
    entries = solution[: len(panel.entries)]
    same = same_part(panel)
    assert differences(model.scores)[same] == pytest.approx(differences(entries)[same])
    rest = panel.score - fitted
    assert model.freedom == len(panel.score) - rank
    assert model.residual == pytest.approx(rest @ rest / (len(panel.score) - rank))


def test_the_covariance_is_that_of_the_constrained_normal_equations(simulate_panel) -> None:
    panel = simulate_panel(4)
    model = fit_least_squares(panel)
    n, e = len(panel.entries), len(panel.examiners)
    level = np.concatenate([np.zeros(n), np.ones(e)])
    design = np.vstack([dummies(panel), level])
    bread = np.linalg.inv(design.T @ design)
    constrained = bread - np.outer(bread @ level, bread @ level) / (level @ bread @ level)
    assert model.covariance() == pytest.approx(model.residual * constrained[:n, :n])


def test_draws_have_the_covariance_and_the_scores_as_their_mean(simulate_panel) -> None:
    model = fit_least_squares(simulate_panel(2, teams=3))
    draws = model.draw(40_000, 5)
    covariance = model.covariance()
    scale = np.sqrt(np.outer(np.diag(covariance), np.diag(covariance)))
    assert np.abs(np.cov(draws.T) - covariance).max() < 0.03 * scale.max()
    assert draws.mean(axis=0) == pytest.approx(model.scores, abs=0.1)
    assert np.array_equal(draws, model.draw(40_000, 5))
    assert not np.array_equal(draws, model.draw(40_000, 6))


def test_estimates_from_new_errors_scatter_as_the_covariance_says(simulate_panel) -> None:
    panel = simulate_panel(2, teams=3)
    model = fit_least_squares(panel)
    truth = model.scores[panel.entry] + model.severities[panel.examiner]
    generator = np.random.default_rng(3)
    again = [
        fit_least_squares(
            attrs.evolve(panel, score=truth + generator.normal(0, 2.0, len(truth)))
        ).scores
        for _ in range(1500)
    ]
    expected = model.covariance() * 4 / model.residual
    assert np.abs(np.cov(np.transpose(again)) - expected).max() < 0.15 * expected.max()


def test_the_mixed_model_comes_to_it_as_its_variances_grow(simulate_panel) -> None:
    panel = simulate_panel(1)
    wide = fit_panel(
        panel, {"entry": 1e8, "cohort": 1e8, "team": 1e8, "examiner": 1e8, "residual": 1.0}
    )
    least = differences(fit_least_squares(panel).scores)
    assert differences(wide.scores) == pytest.approx(least, abs=1e-3)


def test_an_entry_read_once_is_that_reading_less_the_severity(make_panel) -> None:
    rows = [(e, x, "A", 50 + 4 * (e == "b") + 6 * (x == "y")) for e in "ab" for x in "xy"]
    model = fit_least_squares(make_panel([*rows, ("once", "y", "A", 70)]))
    assert model.severities == pytest.approx([-3, 3])
    assert model.scores == pytest.approx([53, 57, 67])


def test_an_entry_read_once_is_known_least(simulate_panel) -> None:
    panel = simulate_panel(1)
    alone = panel.entries.index("e03")
    kept = (panel.entry != alone) | (panel.examiner == panel.examiner[panel.entry == alone][0])
    thinned = attrs.evolve(
        panel,
        entry=panel.entry[kept],
        examiner=panel.examiner[kept],
        team=panel.team[kept],
        score=panel.score[kept],
    )
    variances = np.diag(fit_least_squares(thinned).covariance())
    assert variances.argmax() == alone


def test_parts_stand_each_on_a_level_of_its_own(make_panel) -> None:
    apart = [(e + "2", x + "2", t + "2", y + 7) for e, x, t, y in CHAIN]
    model = fit_least_squares(make_panel([*CHAIN, *apart]))
    assert model.severities == pytest.approx([-4, -4, 4, 4])
    assert model.scores[::2] == pytest.approx([54, 64, 76])
    assert model.scores[1::2] == pytest.approx([61, 71, 83])


def test_one_examiner_leaves_the_readings_as_they_are(make_panel) -> None:
    model = fit_least_squares(make_panel([("a", "x", "A", 50), ("b", "x", "A", 70)]))
    assert model.scores == pytest.approx([50, 70])
    assert model.severities == pytest.approx([0])
    assert model.residual is None


def test_one_reading_is_its_own_score(make_panel) -> None:
    model = fit_least_squares(make_panel([("a", "x", "A", 55)]))
    assert model.scores.tolist() == [55]
    assert model.severities.tolist() == [0]
    assert model.draw(5, 1) is None


def test_equal_readings_leave_no_error_to_draw_from(make_panel) -> None:
    rows = [(e, x, "A", 33.3) for e in "abcd" for x in "xyz"]
    model = fit_least_squares(make_panel(rows))
    assert model.residual == 0
    assert model.scores == pytest.approx(np.full(4, 33.3))
    assert model.draw(5, 1) is None
    assert model.covariance() is None


def test_readings_that_only_severities_tell_apart_leave_no_error(make_panel) -> None:
    rows = [
        (e, x, "A", 10.1 * i + 7.7 * j) for i, e in enumerate("abcd") for j, x in enumerate("xyz")
    ]
    model = fit_least_squares(make_panel(rows))
    assert model.residual == 0
    assert np.diff(model.scores) == pytest.approx(np.full(3, 10.1))
    assert np.diff(model.severities) == pytest.approx(np.full(2, 7.7))


def test_more_examiners_than_entries_are_fitted_alike(make_panel) -> None:
    generator = np.random.default_rng(1)
    rows = [(f"e{i}", f"x{j}", "A", generator.normal(50, 9)) for i in range(2) for j in range(9)]
    panel = make_panel(rows)
    gap = panel.score[9:].mean() - panel.score[:9].mean()
    assert np.diff(fit_least_squares(panel).scores) == pytest.approx([gap])


@settings(max_examples=60, deadline=None)
@given(panels(), st.floats(-40, 40), st.data())
def test_a_severity_moves_no_entry_against_another(panel, constant, data) -> None:
    who = data.draw(st.integers(0, len(panel.examiners) - 1))
    moved = attrs.evolve(panel, score=panel.score + constant * (panel.examiner == who))
    before, after = fit_least_squares(panel), fit_least_squares(moved)
    same = same_part(panel)
    assert differences(after.scores)[same] == pytest.approx(
        differences(before.scores)[same], abs=1e-6
    )
    assert after.freedom == before.freedom
    if before.residual is not None:
        assert after.residual == pytest.approx(before.residual, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(panels(), st.randoms(use_true_random=False))
def test_the_order_of_readings_never_matters(panel, random) -> None:
    order = list(range(len(panel.score)))
    random.shuffle(order)
    other = attrs.evolve(
        panel,
        entry=panel.entry[order],
        examiner=panel.examiner[order],
        team=panel.team[order],
        score=panel.score[order],
    )
    one, two = fit_least_squares(panel), fit_least_squares(other)
    assert one.scores == pytest.approx(two.scores, abs=1e-8)
    assert one.severities == pytest.approx(two.severities, abs=1e-8)


@settings(max_examples=60, deadline=None)
@given(panels())
def test_residuals_are_orthogonal_to_entries_and_examiners(panel) -> None:
    model = fit_least_squares(panel)
    assert type(model) is LeastSquares
    rest = panel.score - model.scores[panel.entry] - model.severities[panel.examiner]
    assert np.bincount(panel.entry, rest) == pytest.approx(0, abs=1e-7)
    assert np.bincount(panel.examiner, rest) == pytest.approx(0, abs=1e-7)
    for part in components_of(panel):
        own = [panel.examiners.index(examiner) for examiner in part.examiners]
        assert model.severities[own].mean() == pytest.approx(0, abs=1e-8)
    assert model.freedom == len(panel.score) - np.linalg.matrix_rank(dummies(panel))

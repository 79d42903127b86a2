"""REML against lme4's answers, a dense oracle and its own invariances."""

import csv
import gzip
import json
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.calibration.equations import reml
from kvaljury.core.calibration.equations.penalty import Penalty
from kvaljury.core.calibration.equations.reml import Likelihood, fit_reml
from kvaljury.core.calibration.equations.system import Design
from kvaljury.core.calibration.solvers.cells import Cells


def codes(values):
    return np.unique(np.asarray(values), return_inverse=True)


def dense_criterion(response, fixed, effects, variance):
    """-2 log restricted likelihood from the full covariance matrix: slow and plain."""
    covariance = variance["residual"] * np.eye(len(response))
    for name, level in effects.items():
        covariance += variance[name] * (level[:, None] == level[None, :])
    inverse = np.linalg.inv(covariance)
    information = fixed.T @ inverse @ fixed
    estimate = np.linalg.solve(information, fixed.T @ inverse @ response)
    rest = response - fixed @ estimate
    freedom = len(response) - fixed.shape[1]
    return (
        np.linalg.slogdet(covariance)[1]
        + np.linalg.slogdet(information)[1]
        + rest @ inverse @ rest
        + freedom * np.log(2 * np.pi)
    )


def panel(seed, entries=12, examiners=5):
    generator = np.random.default_rng(seed)
    entry = np.repeat(np.arange(entries), 3)
    examiner = np.concatenate([generator.permutation(examiners)[:3] for _ in range(entries)])
    _, examiner = np.unique(examiner, return_inverse=True)
    response = (
        50
        + generator.normal(0, 6, entries)[entry]
        + generator.normal(0, 4, examiners)[examiner]
        + generator.normal(0, 3, len(entry))
    )
    return response, np.ones((len(entry), 1)), {"entry": entry, "examiner": examiner}


def test_penicillin_agrees_with_lme4(shared: Path) -> None:
    rows = list(csv.DictReader((shared / "data/penicillin.csv").read_text().splitlines()))
    reference = json.loads((shared / "reference/lme4_penicillin_reml.json").read_text())
    _, plate = codes([row["plate"] for row in rows])
    _, sample = codes([row["sample"] for row in rows])
    response = np.array([float(row["diameter"]) for row in rows])
    fit = fit_reml(response, np.ones((len(rows), 1)), {"plate": plate, "sample": sample})
    assert fit.criterion == pytest.approx(reference["criterion"], abs=1e-4)
    assert fit.criterion == pytest.approx(330.8606, abs=1e-4)
    assert fit.variance["plate"] == pytest.approx(0.7169, abs=1e-4)
    assert fit.variance["sample"] == pytest.approx(3.7310, abs=1e-3)


def skating_reading_means(path: Path):
    marks = defaultdict(list)
    dropped = 0
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if not row["examiner"] and float(row["score"]) == 0:
                dropped += 1
                continue
            marks[row["entry"], row["examiner"], row["team"]].append(float(row["score"]))
    keys = sorted(marks)
    assert dropped == 40
    assert sum(map(len, marks.values())) == 77_630
    return keys, np.array([np.mean(marks[key]) for key in keys])


def test_real_skating_panels_give_the_halo_fit_of_lme4(shared: Path) -> None:
    keys, means = skating_reading_means(shared / "data/figure-skating-2016-2018.csv.gz")
    names, levels = zip(*(codes([key[i] for key in keys]) for i in (0, 2, 1)), strict=True)
    assert tuple(map(len, names)) == (1726, 152, 214)
    fit = fit_reml(
        means,
        np.ones((len(means), 1)),
        dict(zip(("entry", "team", "examiner"), levels, strict=True)),
    )
    reference = json.loads((shared / "reference/lme4_skating_halo_reml.json").read_text())
    variance = reference["var"]
    residual = variance["halo"] + variance["Residual"] / 5
    assert fit.variance["entry"] == pytest.approx(variance["entry"], rel=2e-3)
    assert fit.variance["team"] == pytest.approx(variance["team"], rel=2e-3)
    assert fit.variance["examiner"] == pytest.approx(variance["examiner"], rel=2e-3)
    assert fit.variance["residual"] == pytest.approx(residual, rel=2e-3)
    assert fit.variance["residual"] == pytest.approx(0.1156, abs=5e-5)
    assert fit.variance["entry"] == pytest.approx(0.9902, abs=5e-5)
    assert fit.variance["examiner"] == pytest.approx(0.0194, abs=5e-5)


@pytest.mark.parametrize("seed", range(5))
def test_criterion_is_that_of_the_full_covariance_matrix(seed: int) -> None:
    response, fixed, effects = panel(seed)
    fit = fit_reml(response, fixed, effects)
    assert fit.criterion == pytest.approx(
        dense_criterion(response, fixed, effects, fit.variance), abs=1e-8
    )


@pytest.mark.parametrize("seed", range(5))
def test_no_nearby_variances_fit_better(seed: int) -> None:
    response, fixed, effects = panel(seed)
    fit = fit_reml(response, fixed, effects)
    for name in fit.variance:
        for factor in (0.9, 1.1):
            nearby = {**fit.variance, name: fit.variance[name] * factor + 1e-9}
            assert dense_criterion(response, fixed, effects, nearby) >= fit.criterion - 1e-7


@pytest.mark.parametrize("seed", range(3))
def test_slope_is_the_derivative_of_the_criterion(seed: int) -> None:
    response, fixed, effects = panel(seed)
    likelihood = Likelihood(
        Design(Cells.of_rows(response, fixed, effects)), True, Penalty.of([None, None])
    )
    squares = np.array([0.8, 0.3])
    slope, _ = likelihood.derivatives(likelihood.at(np.sqrt(squares)))
    for i in range(2):
        ends = []
        for change in (-1e-6, 1e-6):
            moved = squares.copy()
            moved[i] += change
            ends.append(likelihood.at(np.sqrt(moved)).criterion)
        assert slope[i] == pytest.approx((ends[1] - ends[0]) / 2e-6, rel=1e-4, abs=1e-4)


def test_a_component_without_support_is_zero_and_never_negative() -> None:
    entry = np.repeat(np.arange(8), 3)
    examiner = np.tile(np.arange(3), 8)
    noise = np.tile([1.0, 0.0, -1.0], 8) * np.repeat([1, -1] * 4, 3)
    response = 50 + 5.0 * (entry % 4) + noise
    fit = fit_reml(response, np.ones((24, 1)), {"entry": entry, "examiner": examiner})
    assert fit.variance["examiner"] == 0
    assert fit.variance["entry"] > 0
    assert np.all(fit.effects["examiner"] == 0)


def test_equal_scores_have_no_criterion_and_no_variance() -> None:
    entry = np.repeat(np.arange(4), 2)
    fit = fit_reml(np.full(8, 50.0), np.ones((8, 1)), {"entry": entry, "x": np.arange(8) % 2})
    assert np.isnan(fit.criterion)
    assert fit.variance == pytest.approx({"entry": 0.0, "x": 0.0, "residual": 0.0}, abs=1e-9)
    assert fit.fixed == pytest.approx([50.0])


def test_blups_are_those_of_the_full_covariance_matrix() -> None:
    response, fixed, effects = panel(3)
    fit = fit_reml(response, fixed, effects)
    covariance = fit.variance["residual"] * np.eye(len(response))
    for name, level in effects.items():
        covariance += fit.variance[name] * (level[:, None] == level[None, :])
    inverse = np.linalg.inv(covariance)
    estimate = np.linalg.solve(fixed.T @ inverse @ fixed, fixed.T @ inverse @ response)
    rest = inverse @ (response - fixed @ estimate)
    assert fit.fixed == pytest.approx(estimate, abs=1e-9)
    for name, level in effects.items():
        expected = fit.variance[name] * np.bincount(level, rest)
        assert fit.effects[name] == pytest.approx(expected, abs=1e-9)


def test_kept_variances_are_not_estimated_again() -> None:
    response, fixed, effects = panel(1)
    kept = {"entry": 36.0, "examiner": 16.0, "residual": 9.0}
    fit = fit_reml(response, fixed, effects, kept)
    assert fit.variance == pytest.approx(kept)


@given(st.floats(-30, 30), st.floats(0.1, 10), st.integers(0, 3))
def test_variances_follow_the_unit_and_not_the_origin(shift: float, unit: float, seed: int) -> None:
    response, fixed, effects = panel(seed)
    fit = fit_reml(response, fixed, effects)
    moved = fit_reml(shift + unit * response, fixed, effects)
    for name, value in fit.variance.items():
        assert moved.variance[name] == pytest.approx(unit**2 * value, rel=1e-3, abs=1e-5)


class Parabola:
    """A criterion of one ratio that is least at a given one."""

    def __init__(self, least: float) -> None:
        self.least = least

    def at(self, ratios):
        objective = float((ratios[0] - self.least) ** 2)
        return reml.Point(ratios, None, 1.0, 1.0, objective, objective)


@pytest.mark.parametrize("least", [0.4, 0.05, 0.005, 2e-4])
def test_a_component_leaves_zero_however_small_it_is(least: float) -> None:
    likelihood = Parabola(least)
    better = reml._release(likelihood, likelihood.at(np.zeros(1)), np.array([-1.0]))
    assert better is not None
    assert better.objective < least**2


def test_a_component_that_fits_no_better_anywhere_stays_zero() -> None:
    likelihood = Parabola(-1.0)
    assert reml._release(likelihood, likelihood.at(np.zeros(1)), np.array([-1.0])) is None


def test_a_search_that_is_cut_short_gives_what_it_has_reached() -> None:
    likelihood = Likelihood(Design(Cells.of_rows(*panel(1))), True, Penalty.of([None, None]))
    start = np.array([3.0, 0.1])
    whole = reml._minimise(likelihood, start)
    short = reml._minimise(likelihood, start, iterations=1)
    assert whole.criterion < short.criterion < likelihood.at(start).criterion

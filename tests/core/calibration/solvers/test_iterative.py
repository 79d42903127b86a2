"""Huge random designs are solved by products alone, nearly as if they had been factorised."""

import numpy as np
import pytest

from kvaljury.core.calibration.equations import reml
from kvaljury.core.calibration.equations.approximation import stochastic_error
from kvaljury.core.calibration.equations.penalty import Penalty
from kvaljury.core.calibration.equations.reml import Fit, Likelihood, fit
from kvaljury.core.calibration.equations.system import Design, System
from kvaljury.core.calibration.equations.traces import traces
from kvaljury.core.calibration.solvers import iterative
from kvaljury.core.calibration.solvers import schur as schur_module
from kvaljury.core.calibration.solvers.cells import Cells
from kvaljury.core.calibration.solvers.iterative import IterativeFactor, IterativeSchur
from kvaljury.core.calibration.solvers.schur import DenseSchur
from tests.core.calibration.solvers.random_design import draw_design


@pytest.fixture
def forced(monkeypatch):
    """Take every design for a huge random one."""

    def force() -> None:
        monkeypatch.setattr(schur_module, "DENSE_UP_TO", 0)
        monkeypatch.setattr(schur_module, "mixes_well", lambda cells: True)

    return force


@pytest.fixture
def coloured(monkeypatch) -> None:
    """Give each column a colour of its own, so that probes leave nothing out."""
    monkeypatch.setattr(iterative, "_PROBES", 400)
    monkeypatch.setattr(iterative, "_PROBES_OF_DEVIATIONS", (400, 400))


def both(cells: Cells, scale: float | None = None):
    """Factorise densely and not at all, at ratios that the design was drawn with."""
    counts = np.bincount(cells.levels[0], cells.weight)
    shrink = 3.8 / (1 + 3.8 * counts)
    ratios = [np.sqrt(25 / 17), np.sqrt(16 / 17)][: len(cells.sizes) - 1]
    scales = np.repeat(ratios if scale is None else [scale] * len(ratios), cells.sizes[1:])
    made = [kind.of(cells, cells.weight) for kind in (DenseSchur, IterativeSchur)]
    return [(schur, schur.factorise(shrink, scales)) for schur in made], scales


def deviations(fitted: Fit) -> tuple[np.ndarray, np.ndarray]:
    system = fitted.system
    own, others = system.schur.conditional(system.factor, system.scale)
    return np.sqrt(system.shrink + system.shrink**2 * own), np.sqrt(others)


def relative(ours: np.ndarray, theirs: np.ndarray) -> float:
    return float(np.sqrt(np.mean((ours / theirs - 1) ** 2)))


@pytest.mark.parametrize("areas", [0, 5, 200])
def test_solutions_are_those_of_the_factor(areas: int) -> None:
    ((_, dense), (_, ours)), _ = both(draw_design(400, areas=areas))
    right = np.random.default_rng(1).normal(size=(200 + areas, 20))
    assert ours.solve(right) == pytest.approx(dense.solve(right), abs=1e-9)


def test_areas_that_meet_most_examiners_are_eliminated_exactly() -> None:
    ((_, dense), (schur, ours)), scale = both(draw_design(400, areas=5))
    assert schur.hubs.tolist() == [200, 201, 202, 203, 204]
    _, theirs = both(draw_design(400, areas=5))[0][0][0].conditional(dense, scale)
    _, found = schur.conditional(ours, scale)
    assert found[200:] == pytest.approx(theirs[200:], rel=2e-3)


@pytest.mark.usefixtures("coloured")
@pytest.mark.parametrize("areas", [0, 5])
def test_with_a_colour_each_nothing_is_left_to_chance(areas: int) -> None:
    ((dense_schur, dense), (schur, ours)), scale = both(draw_design(120, areas=areas))
    assert ours.log_determinant == pytest.approx(dense.log_determinant, abs=1e-8)
    exact = dense_schur.conditional(dense, scale)
    for found, theirs in zip(schur.probed(ours, scale), exact, strict=True):
        assert found == pytest.approx(theirs, rel=1e-5)
    for found, theirs in zip(schur.conditional(ours, scale), exact, strict=True):
        assert found == pytest.approx(theirs, rel=2e-3)


@pytest.mark.usefixtures("coloured")
@pytest.mark.parametrize("is_restricted", [True, False])
def test_with_a_colour_each_derivatives_are_those_of_the_factor(
    forced, is_restricted: bool
) -> None:
    cells, squares = draw_design(120, areas=5), np.array([3.0, 1.2, 0.7])
    exact = traces(System.at(Design(cells), squares), is_restricted=is_restricted)
    forced()
    system = System.at(Design(cells), squares)
    assert isinstance(system.factor, IterativeFactor)
    assert traces(system, is_restricted=is_restricted) == pytest.approx(exact, rel=1e-5)


def test_log_determinants_are_good_to_a_thousandth() -> None:
    ((_, dense), (_, ours)), _ = both(draw_design(400))
    assert ours.log_determinant == pytest.approx(dense.log_determinant, rel=1e-3)
    assert ours.log_determinant != dense.log_determinant


@pytest.mark.parametrize("scale", [0.0, 1e-4, 100.0])
def test_the_ends_of_the_range_of_ratios_are_stood(scale: float) -> None:
    ((_, dense), (_, ours)), _ = both(draw_design(100, areas=3), scale)
    right = np.random.default_rng(1).normal(size=(53, 2))
    assert ours.solve(right) == pytest.approx(dense.solve(right), rel=1e-6, abs=1e-8)
    assert ours.log_determinant == pytest.approx(dense.log_determinant, rel=0.05, abs=1e-9)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("areas", [0, 5])
def test_draws_have_the_inverse_as_covariance(dtype: type, areas: int) -> None:
    ((_, dense), (_, ours)), _ = both(draw_design(200, areas=areas))
    root = ours.spread(np.eye(100 + areas, dtype=dtype))
    assert root.dtype == dtype
    inverse = dense.solve(np.eye(100 + areas))
    assert root @ root.T == pytest.approx(inverse, abs=2e-3 * inverse.max())


def test_the_same_design_gives_the_same_bytes() -> None:
    one, other = (both(draw_design(200))[0][1][1] for _ in range(2))
    assert one.log_determinant == other.log_determinant
    assert one.probed.tobytes() == other.probed.tobytes()


@pytest.mark.parametrize("areas", [0, 6])
@pytest.mark.parametrize("is_restricted", [True, False])
def test_a_fit_is_nearly_the_exact_one(forced, areas: int, is_restricted: bool) -> None:
    cells = draw_design(400, areas=areas)
    exact = fit(Design(cells), is_restricted=is_restricted)
    forced()
    ours = fit(Design(cells), is_restricted=is_restricted)
    assert not exact.system.schur.is_approximate
    assert ours.system.schur.is_approximate
    assert ours.criterion == pytest.approx(exact.criterion, rel=1e-4)
    for name, value in exact.variance.items():
        assert ours.variance[name] == pytest.approx(value, rel=3e-3)
    for name, effect in exact.effects.items():
        spread = np.sqrt(exact.variance[name])
        assert ours.effects[name] == pytest.approx(effect, abs=1e-3 * spread)
    for found, theirs in zip(deviations(ours), deviations(exact), strict=True):
        assert relative(found, theirs) < 0.01
        assert found == pytest.approx(theirs, rel=0.04)


def test_a_halo_is_fitted_too(forced) -> None:
    cells = draw_design(200)
    marks = (
        np.repeat(cells.total, 3)
        + np.random.default_rng(3).normal(0, 3, 3 * 800)[: 3 * len(cells.total)]
    )
    question = np.tile(np.arange(3), len(cells.total))
    cell = np.repeat(np.arange(len(cells.total)), 3)
    effects = dict(zip(cells.names, cells.levels, strict=True))
    panel = Cells.of_marks(marks, question, cell, effects)
    exact = fit(Design(panel, has_reading=True))
    forced()
    ours = fit(Design(panel, has_reading=True))
    for name, value in exact.variance.items():
        assert ours.variance[name] == pytest.approx(value, rel=0.01)


def test_an_effect_that_is_not_there_is_given_no_variance(forced) -> None:
    cells = draw_design(300)
    entry, examiner = cells.levels
    response = np.random.default_rng(8).normal(size=len(entry))
    sums = np.bincount(examiner, response) / np.bincount(examiner)
    effects = {"entry": entry, "examiner": examiner}
    flat = Cells.of_rows(response - sums[examiner], cells.fixed, effects)
    forced()
    found = fit(Design(flat))
    assert isinstance(found.system.factor, IterativeFactor)
    assert found.variance["examiner"] == pytest.approx(0, abs=1e-6)
    error = stochastic_error(found.system)
    assert error is not None
    assert np.isfinite(error.variance)


def test_the_error_is_estimated_and_shrinks_with_size(forced) -> None:
    exact = fit(Design(draw_design(1000)))
    forced()
    small, large = (fit(Design(draw_design(entries))) for entries in (200, 1000))
    of_small, of_large = stochastic_error(small.system), stochastic_error(large.system)
    assert of_small is not None
    assert of_large is not None
    assert of_large.variance < of_small.variance / 2
    assert of_large.criterion / large.criterion < of_small.criterion / small.criterion
    assert abs(large.criterion - exact.criterion) < 4 * of_large.criterion
    for name in ("entry", "examiner"):
        ours, theirs = (each.variance[name] / each.variance["residual"] for each in (large, exact))
        assert abs(ours / theirs - 1) < 4 * of_large.variance


def test_there_is_no_stochastic_error_where_nothing_was_probed() -> None:
    assert stochastic_error(fit(Design(draw_design(60))).system) is None


def test_examiners_nested_in_more_areas_than_hubs_are_fitted_less_exactly(
    monkeypatch, forced
) -> None:
    cells = draw_design(300, areas=20)
    exact = fit(Design(cells))
    forced()
    monkeypatch.setattr(iterative, "_HUBS", 19)
    ours = fit(Design(cells))
    assert isinstance(ours.system.schur, IterativeSchur)
    assert len(ours.system.schur.hubs) == 0
    for name, value in exact.variance.items():
        assert ours.variance[name] == pytest.approx(value, rel=0.05)
    for found, theirs in zip(deviations(ours), deviations(exact), strict=True):
        assert relative(found, theirs) < 0.1


@pytest.mark.parametrize("step", [0.5, -5.0])
def test_a_step_that_does_not_help_is_given_up_when_halves_of_it_promise_nothing(
    step: float,
) -> None:
    cells = draw_design(100)
    penalty = Penalty.of([None, 1.0])
    likelihood = Likelihood(Design(cells), True, penalty)
    best = likelihood.at(fit(Design(cells), priors={"examiner": 1.0}).ratios)
    assert reml._search_line(likelihood, best, np.array([0.0, step]), 1e-7) is None

"""Large designs are solved sparsely, to the same answers as small ones densely."""

import numpy as np
import pytest

from kvaljury.core.calibration.equations.penalty import Penalty
from kvaljury.core.calibration.equations.reml import Likelihood, fit
from kvaljury.core.calibration.equations.system import Design, System
from kvaljury.core.calibration.solvers import schur as schur_module
from kvaljury.core.calibration.solvers.cells import Cells
from kvaljury.core.calibration.solvers.factors import DenseFactor
from kvaljury.core.calibration.solvers.fronts import FrontFactor
from kvaljury.core.calibration.solvers.schur import DenseSchur, SparseSchur


@pytest.fixture
def cells() -> Cells:
    generator = np.random.default_rng(4)
    entry = np.repeat(np.arange(60), 4)
    team = entry // 6
    examiner = team * 4 + np.tile(np.arange(4), 60)
    guest = np.arange(0, 60, 6)
    entry = np.concatenate([entry, guest])
    examiner = np.concatenate([examiner, (examiner[guest * 4] + 4) % 40])
    team = examiner // 4
    response = (
        50
        + generator.normal(0, 8, 60)[entry]
        + generator.normal(0, 4, 40)[examiner]
        + generator.normal(0, 4, 10)[team]
        + generator.normal(0, 3, len(entry))
    )
    effects = {"entry": entry, "team": team, "examiner": examiner}
    return Cells.of_rows(response, np.ones((len(entry), 1)), effects)


@pytest.fixture
def factors(cells: Cells):
    counts = np.bincount(cells.levels[0])
    shrink = 2.0 / (1 + 2.0 * counts)
    scale = np.sqrt(np.concatenate([np.full(10, 0.5), np.full(40, 0.9)]))
    dense, sparse = (kind.of(cells, cells.weight) for kind in (DenseSchur, SparseSchur))
    return (
        (dense, dense.factorise(shrink, scale)),
        (sparse, sparse.factorise(shrink, scale)),
        scale,
    )


def test_sparse_and_dense_factors_solve_alike(factors) -> None:
    (_, dense), (_, sparse), _ = factors
    assert isinstance(dense, DenseFactor)
    assert isinstance(sparse, FrontFactor)
    right = np.random.default_rng(1).normal(size=(50, 3))
    assert sparse.log_determinant == pytest.approx(dense.log_determinant, abs=1e-9)
    assert sparse.solve(right) == pytest.approx(dense.solve(right), abs=1e-9)


def test_draws_have_the_inverse_as_covariance(factors) -> None:
    (_, dense), (_, sparse), _ = factors
    inverse = dense.solve(np.eye(50))
    for factor in (dense, sparse):
        root = factor.spread(np.eye(50))
        assert root @ root.T == pytest.approx(inverse, abs=1e-9)


def test_conditional_variances_are_those_of_the_inverse(factors) -> None:
    (dense_schur, dense), (sparse_schur, sparse), scale = factors
    for ours, theirs in zip(
        sparse_schur.conditional(sparse, scale), dense_schur.conditional(dense, scale), strict=True
    ):
        assert ours == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize("is_restricted", [True, False])
@pytest.mark.parametrize("has_reading", [True, False])
def test_a_fit_is_the_same_by_either_way(
    cells: Cells, monkeypatch, is_restricted: bool, has_reading: bool
) -> None:
    twice = Cells.of_marks(
        np.concatenate([cells.total + 1, cells.total - np.arange(len(cells.total)) % 3]),
        np.repeat([0, 1], len(cells.total)),
        np.tile(np.arange(len(cells.total)), 2),
        dict(zip(cells.names, cells.levels, strict=True)),
    )
    dense = fit(Design(twice, has_reading), is_restricted=is_restricted)
    monkeypatch.setattr(schur_module, "DENSE_UP_TO", 0)
    sparse = fit(Design(twice, has_reading), is_restricted=is_restricted)
    assert isinstance(sparse.system.factor, FrontFactor)
    assert sparse.criterion == pytest.approx(dense.criterion, abs=1e-6)
    for name, value in dense.variance.items():
        assert sparse.variance[name] == pytest.approx(value, rel=1e-3, abs=1e-4)


def test_unequal_marks_keep_a_mean_for_each_question(cells: Cells) -> None:
    generator = np.random.default_rng(2)
    kept = generator.random(2 * len(cells.total)) > 0.2
    cell = np.tile(np.arange(len(cells.total)), 2)[kept]
    cell = np.unique(cell, return_inverse=True)[1]
    present = np.unique(np.tile(np.arange(len(cells.total)), 2)[kept])
    question = np.repeat([0, 1], len(cells.total))[kept]
    response = 50 + 7.0 * question + generator.normal(0, 3, len(cell))
    effects = {
        name: np.unique(level[present], return_inverse=True)[1]
        for name, level in zip(cells.names, cells.levels, strict=True)
    }
    fitted = fit(Design(Cells.of_marks(response, question, cell, effects)))
    assert len(fitted.fixed) == 2
    assert fitted.fixed[1] - fitted.fixed[0] == pytest.approx(7, abs=1)
    system = System.at(fitted.system.design, fitted.ratios**2)
    assert system.bordered.shape == (50, 2)


@pytest.mark.parametrize("limit", [0, 1000])
@pytest.mark.parametrize("squares", [(0.8, 0.3, 0.5), (0.8, 0.0, 0.5), (0.8, 0.4, 0.0), (0, 0, 1)])
def test_the_slope_is_the_derivative_also_where_a_component_is_zero(
    cells: Cells, monkeypatch, limit: int, squares: tuple[float, ...]
) -> None:
    monkeypatch.setattr(schur_module, "DENSE_UP_TO", limit)
    likelihood = Likelihood(Design(cells), True, Penalty.of([None] * 3))
    here = np.array(squares, dtype=float)
    point = likelihood.at(np.sqrt(here))
    slope, _ = likelihood.derivatives(point)
    for i in range(3):
        moved = here.copy()
        moved[i] += 1e-6
        change = likelihood.at(np.sqrt(moved)).criterion - point.criterion
        assert slope[i] == pytest.approx(change / 1e-6, rel=1e-3, abs=1e-3)


def test_means_of_several_classes_are_fitted_alike(cells: Cells, monkeypatch) -> None:
    group = cells.levels[0] % 3
    response = cells.total + cells.origin[0] + np.array([0.0, 5.0, -5.0])[group]
    effects = dict(zip(cells.names, cells.levels, strict=True))
    dense = fit(Design(Cells.of_rows(response, np.eye(3)[group], effects)))
    monkeypatch.setattr(schur_module, "DENSE_UP_TO", 0)
    sparse = fit(Design(Cells.of_rows(response, np.eye(3)[group], effects)))
    assert isinstance(sparse.system.schur, SparseSchur)
    assert sparse.criterion == pytest.approx(dense.criterion, abs=1e-7)
    assert sparse.fixed == pytest.approx(dense.fixed, abs=1e-4)
    for name, effect in dense.effects.items():
        assert sparse.effects[name] == pytest.approx(effect, abs=1e-3)


def test_cross_products_are_those_of_the_filled_in_matrix(cells: Cells) -> None:
    dense, sparse = (kind.of(cells, cells.weight) for kind in (DenseSchur, SparseSchur))
    generator = np.random.default_rng(0)
    assert np.asarray(sparse.cross) == pytest.approx(dense.cross)
    for columns in (1, 12):
        right, left = generator.normal(size=(50, columns)), generator.normal(size=(60, columns))
        assert sparse.cross @ right == pytest.approx(dense.cross @ right)
        assert sparse.cross.T @ left == pytest.approx(dense.cross.T @ left)

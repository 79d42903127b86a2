"""Matrix functions from products alone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvaljury.core.calibration.solvers import krylov
from kvaljury.core.calibration.solvers.krylov import InverseRoot, blocks, conjugate_gradients


def positive_definite(order: int, seed: int) -> np.ndarray:
    roots = np.random.default_rng(seed).normal(size=(order, order)) / np.sqrt(order)
    return np.eye(order) / 2 + roots @ roots.T


def test_a_system_of_two_is_solved_in_two_steps() -> None:
    matrix = np.array([[4.0, 1.0], [1.0, 3.0]])
    found = conjugate_gradients(matrix.__matmul__, np.array([[1.0], [2.0]]))
    assert found.solved[:, 0] == pytest.approx([1 / 11, 7 / 11], abs=1e-12)
    assert len(found.diagonal) == 2


def test_columns_are_solved_side_by_side_each_as_if_alone() -> None:
    matrix = positive_definite(30, 1)
    right = np.random.default_rng(2).normal(size=(30, 5)) * [1, 1e-6, 1e6, 0, 1]
    found = conjugate_gradients(matrix.__matmul__, right).solved
    assert found / [1, 1e-6, 1e6, 1, 1] == pytest.approx(
        np.linalg.solve(matrix, right) / [1, 1e-6, 1e6, 1, 1], abs=1e-9
    )


def test_nothing_to_solve_takes_no_step() -> None:
    found = conjugate_gradients(np.eye(3).__matmul__, np.zeros((3, 2)))
    assert found.solved == pytest.approx(np.zeros((3, 2)))
    assert found.diagonal.shape == found.beside.shape == (0, 2)
    assert found.log_forms()[0].tolist() == [0, 0]


def test_the_unit_matrix_takes_one_step_and_has_no_logarithm() -> None:
    right = np.random.default_rng(0).normal(size=(9, 3))
    found = conjugate_gradients(np.eye(9).__matmul__, right)
    forms, low, high = found.log_forms()
    assert found.solved == pytest.approx(right, abs=1e-15)
    assert forms == pytest.approx(0, abs=1e-13)
    assert (low, high) == pytest.approx((1, 1))


@settings(max_examples=25)
@given(st.integers(1, 25), st.integers(0, 5))
def test_the_forms_of_all_units_add_up_to_the_log_determinant(order: int, seed: int) -> None:
    matrix = positive_definite(order, seed)
    forms, low, high = conjugate_gradients(matrix.__matmul__, np.eye(order)).log_forms()
    values = np.linalg.eigvalsh(matrix)
    assert forms.sum() == pytest.approx(np.log(values).sum(), abs=1e-7)
    assert values[0] - 1e-7 <= low <= high <= values[-1] + 1e-7


def test_a_form_is_that_of_the_logarithm_of_the_matrix() -> None:
    values, vectors = np.linalg.eigh(positive_definite(40, 3))
    matrix, logarithm = (vectors * f @ vectors.T for f in (values, np.log(values)))
    right = np.random.default_rng(4).normal(size=(40, 6))
    forms, _, _ = conjugate_gradients(matrix.__matmul__, right, 1e-6).log_forms()
    assert forms == pytest.approx(np.sum(right * (logarithm @ right), axis=0), rel=1e-9)


def test_steps_are_bounded(monkeypatch) -> None:
    monkeypatch.setattr(krylov, "_MOST_STEPS", 3)
    right = np.random.default_rng(4).normal(size=(40, 2))
    assert len(conjugate_gradients(positive_definite(40, 3).__matmul__, right).diagonal) == 3


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_inverse_root_is_good_to_a_ten_thousandth(dtype: type) -> None:
    values, vectors = np.linalg.eigh(positive_definite(40, 3))
    matrix, root = ((vectors * f @ vectors.T).astype(dtype) for f in (values, values**-0.5))
    right = np.random.default_rng(5).normal(size=(40, 6)).astype(dtype)
    found = InverseRoot.on(values[0], values[-1]).times(matrix.__matmul__, right)
    assert found.dtype == dtype
    assert np.abs(found - root @ right).max() < 5e-4 * np.abs(right).max() * root.max()


def test_eigenvalues_close_together_need_a_short_series() -> None:
    assert len(InverseRoot.on(0.9, 1.1).series) < len(InverseRoot.on(0.1, 1.1).series) < 30
    assert len(InverseRoot.on(1.0, 1.0).series) >= 2


def test_blocks_cover_all_columns_once() -> None:
    assert [np.arange(40)[part].tolist() for part in blocks(40)] == [
        list(range(16)),
        list(range(16, 32)),
        list(range(32, 40)),
    ]
    assert list(blocks(0)) == []

"""Elimination by fronts: any pattern, solved, drawn from and inverted as the dense matrix is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvaljury.core.calibration.solvers import ordering
from kvaljury.core.calibration.solvers.elimination import Elimination, Lists
from kvaljury.core.calibration.solvers.factors import DenseFactor, inverted
from kvaljury.core.calibration.solvers.fronts import FrontFactor
from kvaljury.core.calibration.solvers.ordering import order_nodes


def ring(nodes: int) -> list[list[int]]:
    return [[i, (i + 1) % nodes] for i in range(nodes)]


def random_cliques(generator, nodes: int, count: int) -> list[list[int]]:
    sizes = generator.integers(1, 5, count)
    return [list(generator.choice(nodes, min(nodes, size), replace=False)) for size in sizes]


def matrix_of(generator, cliques, sizes):
    """Give a matrix with the pattern of the cliques, the columns of the nodes, and the pattern."""
    ends = np.concatenate([[0], np.cumsum(sizes)])
    order = int(ends[-1])
    matrix, pattern = np.eye(order), np.eye(order, dtype=bool)
    for clique in [*cliques, *([i] for i in range(len(sizes)))]:
        columns = np.concatenate([np.arange(ends[i], ends[i + 1]) for i in clique])
        root = generator.normal(size=(len(columns), len(columns)))
        matrix[np.ix_(columns, columns)] += root @ root.T
        pattern[np.ix_(columns, columns)] = True
    return matrix, Lists(np.arange(order), ends), pattern


def factorised(matrix, members, pattern, cliques):
    elimination = Elimination.of(order_nodes(members.lengths.tolist(), cliques), members)
    one, other = np.nonzero(np.tril(pattern))
    first, second = elimination.locate(one, other)
    fronts = np.zeros(elimination.size)
    fronts[first] = fronts[second] = matrix[one, other] - (one == other)
    fronts[elimination.diagonal] += 1
    return FrontFactor.of(elimination, fronts), one, other, first


def assert_is_the_dense_factor(generator, cliques, sizes):
    matrix, members, pattern = matrix_of(generator, cliques, sizes)
    factor, one, other, first = factorised(matrix, members, pattern, cliques)
    inverse = np.linalg.inv(matrix)
    right = generator.normal(size=(len(matrix), 3))
    assert factor.log_determinant == pytest.approx(np.linalg.slogdet(matrix)[1], abs=1e-8)
    assert factor.solve(right) == pytest.approx(inverse @ right, abs=1e-8)
    assert factor.solve(np.asfortranarray(right)) == pytest.approx(inverse @ right, abs=1e-8)
    assert factor.selected[first] == pytest.approx(inverse[one, other], abs=1e-8)
    root = factor.spread(np.eye(len(matrix)))
    assert root @ root.T == pytest.approx(inverse, abs=1e-8)
    return factor


@pytest.mark.parametrize("nodes", [1, 2, 3, 7, 40])
def test_a_ring_is_solved_as_the_dense_matrix_is(nodes: int) -> None:
    generator = np.random.default_rng(nodes)
    assert_is_the_dense_factor(generator, ring(nodes), generator.integers(1, 6, nodes))


def test_a_long_ring_has_few_batches_of_many_fronts() -> None:
    steps = order_nodes([5] * 1000, ring(1000))
    members = Lists(np.arange(5000), np.arange(1001) * 5)
    elimination = Elimination.of(steps, members)
    assert len(elimination.batches) < 20
    assert elimination.batches[0].shape[0] > 300
    assert elimination.size < 1000 * 15**2 * 1.2


def test_single_precision_draws_stay_in_single_precision() -> None:
    generator = np.random.default_rng(1)
    factor = assert_is_the_dense_factor(generator, ring(60), np.full(60, 2))
    normal = generator.normal(size=(120, 4))
    drawn = factor.spread(normal.astype(np.float32))
    assert drawn.dtype == np.float32
    assert drawn == pytest.approx(factor.spread(normal), abs=1e-4)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 30), st.integers(0, 40))
def test_any_pattern_is_solved_as_the_dense_matrix_is(seed: int, nodes: int, count: int) -> None:
    generator = np.random.default_rng(seed)
    cliques = random_cliques(generator, nodes, count)
    assert_is_the_dense_factor(generator, cliques, generator.integers(1, 4, nodes))


def test_large_fronts_of_unequal_sizes_are_filled_up_to_one_shape() -> None:
    generator = np.random.default_rng(3)
    sizes = [*generator.integers(9, 13, 30), 4]
    cliques = [[i, 30] for i in range(30)]
    factor = assert_is_the_dense_factor(generator, cliques, np.array(sizes))
    assert any(
        (batch.own == len(factor.solve(np.zeros((sum(sizes), 1))))).any()
        for batch in factor.elimination.batches
    )


@given(st.integers(0, 10_000), st.integers(1, 40), st.integers(0, 60))
def test_every_node_is_eliminated_once_and_before_its_parent(
    seed: int, nodes: int, count: int
) -> None:
    cliques = random_cliques(np.random.default_rng(seed), nodes, count)
    steps = order_nodes([1] * nodes, cliques)
    assert sorted(node for step in steps for node in step.own) == list(range(nodes))
    for index, step in enumerate(steps):
        assert step.own_size == len(step.own)
        assert step.parent == -1 if not step.below else step.parent > index
        if step.below:
            parent = steps[step.parent]
            assert step.below <= set(parent.own) | parent.below


def test_a_search_that_becomes_long_takes_the_rest_at_once(monkeypatch) -> None:
    monkeypatch.setattr(ordering, "_WORK_AT_LEAST", 0)
    monkeypatch.setattr(ordering, "_WORK_BY_NODE", 0)
    steps = order_nodes([1] * 50, ring(50))
    assert [sorted(step.own) for step in steps] == [list(range(50))]


def test_what_is_connected_with_all_is_eliminated_at_once() -> None:
    assert len(order_nodes([1] * 6, [[0, 1, 2, 3, 4, 5]])) == 1


@pytest.mark.parametrize(("count", "order"), [(1, 0), (1, 1), (3, 1), (20, 5), (2, 30), (1, 200)])
def test_blocks_are_inverted_with_their_log_determinants(count: int, order: int) -> None:
    generator = np.random.default_rng(order)
    roots = generator.normal(size=(count, order, order))
    blocks = roots @ roots.transpose(0, 2, 1) + np.eye(order)
    inverses, log_determinant = inverted(blocks)
    assert inverses == pytest.approx(np.linalg.inv(blocks), abs=1e-9)
    assert log_determinant == pytest.approx(np.linalg.slogdet(blocks)[1].sum(), abs=1e-9)


def test_a_dense_factor_solves_and_draws() -> None:
    matrix = np.array([[4.0, 2.0], [2.0, 3.0]])
    factor = DenseFactor.of(matrix)
    assert factor.log_determinant == pytest.approx(np.log(8))
    assert matrix @ factor.solve(np.array([[1.0], [2.0]])) == pytest.approx(np.array([[1], [2]]))
    root = factor.spread(np.eye(2))
    assert root @ root.T @ matrix == pytest.approx(np.eye(2))

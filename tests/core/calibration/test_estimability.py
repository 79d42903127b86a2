"""Which entries can be compared when examiners stand in several teams."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.calibration import estimability as module
from kvaljury.core.calibration import estimability_of, estimability_warning, estimable_parts
from kvaljury.core.calibration.estimability import graph_parts
from kvaljury.core.calibration.modular import PRIME, random_solutions, reduced_rows


def compact(values):
    """Number the values that occur from 0, as the readers of files do."""
    return np.unique(np.asarray(values), return_inverse=True)[1]


def columns(rows):
    return tuple(compact(column) for column in zip(*rows, strict=True))


def dense_null_space(entry, examiner, team):
    """Give orthonormal assignments that sum to zero over every reading, and the entry count."""
    sizes = [int(code.max()) + 1 for code in (entry, examiner, team)]
    dummies = np.hstack(
        [np.eye(n)[code] for n, code in zip(sizes, (entry, examiner, team), strict=True)]
    )
    _, singular, rows = np.linalg.svd(dummies)
    return rows[int((singular > 1e-9).sum()) :].T, sizes


def dense_parts(entry, examiner, team):
    """Label entries by the rank of the whole dummy matrix."""
    free, sizes = dense_null_space(entry, examiner, team)
    labels, kinds = [], []
    for row in free[: sizes[0]]:
        same = [k for k, kind in enumerate(kinds) if np.abs(kind - row).max() < 1e-8]
        kinds += [] if same else [row]
        labels.append(same[0] if same else len(kinds) - 1)
    return labels


def check(entry, examiner, team):
    found = estimability_of(entry, examiner, team)
    assert found.parts.tolist() == dense_parts(entry, examiner, team)
    if found.confounded is None:
        assert found.parts.tolist() == found.graph.tolist()
    else:
        free, sizes = dense_null_space(entry, examiner, team)
        first, second = free[sizes[0] + sizes[1] :][list(found.confounded)]
        assert np.abs(first - second).max() > 1e-8
    return found


TWO_PANELS = [(0, 0, 0), (1, 0, 0), (1, 1, 0), (2, 1, 1), (3, 1, 1), (3, 2, 1)]


def test_two_panels_that_share_one_examiner_are_connected_yet_not_comparable() -> None:
    entry, examiner, team = columns(TWO_PANELS)
    assert estimable_parts(entry, examiner).tolist() == [0, 0, 0, 0]
    found = check(entry, examiner, team)
    assert found.graph.tolist() == [0, 0, 0, 0]
    assert found.parts.tolist() == [0, 0, 1, 1]
    assert found.confounded == (0, 1)


def test_an_entry_that_the_shared_examiner_reads_for_both_panels_makes_them_comparable() -> None:
    found = check(*columns([*TWO_PANELS, (1, 1, 1)]))
    assert found.parts.tolist() == [0, 0, 0, 0]
    assert found.confounded is None


def test_a_cycle_of_shared_examiners_does_not_tell_three_panels_apart() -> None:
    rows = [(t, x, t) for t in range(3) for x in (t, (t + 1) % 3)]
    assert check(*columns(rows)).parts.tolist() == [0, 1, 2]


def test_a_cycle_through_two_entries_read_for_both_teams_tells_them_apart() -> None:
    """a0 + b0 + c0 = a1 + b0 + c1 and a0 + b1 + c1 = a1 + b1 + c0 leave c0 = c1."""
    found = check(*columns([(0, 0, 0), (1, 0, 1), (0, 1, 1), (1, 1, 0)]))
    assert found.parts.tolist() == [0, 0]


def test_without_a_cycle_that_binds_them_teams_stay_free() -> None:
    """Round the only cycle the shifts cancel, so the two teams may differ by anything."""
    found = check(*columns([(0, 0, 0), (1, 0, 1), (0, 1, 0), (1, 1, 1)]))
    assert found.parts.tolist() == [0, 1]


def test_where_examiners_have_one_team_the_graph_decides() -> None:
    found = check(*columns([(0, 0, 0), (0, 1, 1), (1, 1, 1), (2, 2, 1)]))
    assert found.parts.tolist() == [0, 0, 1]
    assert found.graph is found.parts


def test_without_teams_the_graph_decides() -> None:
    assert estimability_of(*columns([(0, 0), (1, 1), (2, 0)])).parts.tolist() == [0, 1, 0]


def test_a_long_chain_is_one_part() -> None:
    count = 3000
    entry = np.random.default_rng(1).permutation(count)
    parts = graph_parts(np.repeat(entry, 2)[1:-1], np.repeat(np.arange(count - 1), 2))
    assert parts.tolist() == [0] * count


def test_a_chain_in_which_teams_alternate_is_peeled_and_solved(monkeypatch) -> None:
    """More rounds than merging is given: the rest is left to the solver."""
    monkeypatch.setattr(module, "_ROUNDS", 2)
    entry, examiner = np.repeat(np.arange(40), 2)[1:-1], np.repeat(np.arange(39), 2)
    check(entry, examiner, compact(np.arange(len(entry)) // 3 % 4))


@pytest.mark.parametrize("rounds", [0, 30])
def test_random_sparse_designs_agree_with_the_rank_of_the_dummies(monkeypatch, rounds) -> None:
    """Few readings to many levels, so that neither everything nor nothing can be told."""
    monkeypatch.setattr(module, "_ROUNDS", rounds)
    generator = np.random.default_rng(7)
    split = 0
    for _ in range(60):
        sizes = generator.integers((8, 8, 3), (25, 20, 14))
        readings = int(sizes.sum() * generator.uniform(0.6, 1.2))
        found = check(*(compact(generator.integers(0, size, readings)) for size in sizes))
        split += found.confounded is not None
    assert 5 < split < 55


@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 8), st.integers(0, 6)), min_size=1, max_size=32
    )
)
def test_every_small_design_agrees_with_the_rank_of_the_dummies(rows) -> None:
    check(*columns(rows))


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 3)), min_size=1, max_size=20
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_readings_does_not_matter(rows, random) -> None:
    shuffled = random.sample(rows, len(rows))
    assert estimable_parts(*columns(shuffled)).tolist() == estimable_parts(*columns(rows)).tolist()


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 3)), min_size=2, max_size=20
    )
)
def test_one_more_reading_of_the_same_people_never_parts_entries(rows) -> None:
    entry, examiner, team = columns(rows)
    before = estimable_parts(entry, examiner, team)
    more = (np.append(code, code[place]) for code, place in ((entry, 0), (examiner, -1), (team, 0)))
    after = estimable_parts(*more)
    assert all(len(set(after[before == part])) == 1 for part in before)


def test_the_warning_names_two_teams_that_cannot_be_told_apart() -> None:
    warning = estimability_warning(estimability_of(*columns(TWO_PANELS)), ("Norr", "Söder"))
    assert "Norr and Söder" in str(warning)


def test_there_is_no_warning_where_the_graph_tells_all() -> None:
    assert estimability_warning(estimability_of(*columns([(0, 0, 0)])), ("Norr",)) is None


def test_reduced_rows_have_ones_of_their_own() -> None:
    rows = np.random.default_rng(3).integers(-3, 4, (150, 90))
    reduced = reduced_rows(rows)
    assert reduced.shape == (90, 90)
    assert sorted(np.argmax(reduced, axis=1)) == list(range(90))
    assert reduced.sum() == 90


def test_rows_that_follow_from_others_add_nothing() -> None:
    rows = np.random.default_rng(4).integers(-3, 4, (70, 100))
    basis = reduced_rows(rows)
    more = reduced_rows(np.stack([rows[0] + rows[69], np.zeros(100, dtype=int)]), basis)
    assert more.shape == (70, 100)
    assert np.array_equal(np.sort(more, axis=0), np.sort(basis, axis=0))


def test_random_solutions_solve_the_rows_and_keep_what_is_free() -> None:
    generator = np.random.default_rng(5)
    rows = generator.integers(-9, 10, (80, 120))
    drawn = generator.integers(0, PRIME, (120, 3))
    solved = random_solutions(reduced_rows(rows), drawn)
    product = rows.astype(object) @ solved.astype(object)
    assert not (product % PRIME).any()
    assert int((solved == drawn).all(axis=1).sum()) == 40


def test_more_teams_than_can_be_tested_are_said() -> None:
    count = 2002
    entry, examiner = np.arange(count), np.arange(count) // 2
    found = estimability_of(entry, examiner, np.arange(count))
    assert not found.is_tested
    assert np.array_equal(found.parts, found.graph)
    assert "more than 2000 teams" in str(estimability_warning(found, ["t"] * count))

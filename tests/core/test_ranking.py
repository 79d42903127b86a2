"""Ranks, their intervals and ties within a class."""

from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from kvaljury.core.ranking import rank_scores, round_half_up, score_intervals


def draws_around(scores, spread=3.0, count=2000, seed=1):
    generator = np.random.default_rng(seed)
    return np.asarray(scores) + generator.normal(0, spread, (count, len(scores)))


@pytest.mark.parametrize(
    ("score", "decimals", "shown"),
    [
        (61.25, 1, "61.3"),
        (61.35, 1, "61.4"),
        (61.249999, 1, "61.2"),
        (2.5, 0, "3"),
        (-1.25, 1, "-1.3"),
    ],
)
def test_scores_round_half_up_as_people_do(score: float, decimals: int, shown: str) -> None:
    assert round_half_up(score, decimals) == Decimal(shown)


def test_tied_entries_share_a_rank_and_the_next_one_is_skipped() -> None:
    statistics = rank_scores(np.array([70.04, 69.96, 60.0]), None, 1, 1)
    assert statistics.rank.tolist() == [1, 1, 3]
    assert statistics.tied.tolist() == [2, 2, 1]
    assert statistics.p_best is None


def test_neighbours_are_compared_draw_by_draw() -> None:
    draws = np.array([[3.0, 2.0, 1.0], [2.0, 3.0, 1.0], [3.0, 2.0, 2.5], [3.0, 3.0, 1.0]])
    above = rank_scores(np.array([3.0, 2.5, 1.0]), draws, 1, 1).above_next
    assert above[:2].tolist() == [(1 + 0 + 1 + 0.5) / 4, (1 + 1 + 0 + 1) / 4]
    assert np.isnan(above[2])


def test_joint_draws_tell_neighbours_apart_that_two_margins_would_not() -> None:
    shared = np.random.default_rng(4).normal(0, 20, (500, 1))
    above = rank_scores(np.array([51.0, 50.0]), shared + np.array([51.0, 50.0]), 1, 1).above_next
    assert above[0] == 1


def test_tied_neighbours_are_even_and_the_next_rank_is_compared_with_all_of_them() -> None:
    draws = np.array([[5.0, 4.0, 1.0], [1.0, 4.0, 2.0]])
    statistics = rank_scores(np.array([4.0, 4.0, 1.0]), draws, 1, 1)
    assert statistics.above_next[:2].tolist() == [0.5, 3 / 4]
    lowest_first = rank_scores(np.array([1.0, 4.0, 4.0]), draws[:, [2, 0, 1]], 1, 1)
    assert lowest_first.above_next[1:].tolist() == [0.5, 3 / 4]


def test_what_draws_say_is_pooled_over_a_tie() -> None:
    scores = np.array([70.04, 69.96, 60.0])
    statistics = rank_scores(scores, draws_around(scores), 1, 1)
    assert statistics.p_best[0] == statistics.p_best[1]
    assert statistics.expected[0] == statistics.expected[1]
    assert statistics.low[0] == statistics.low[1]
    assert statistics.p_best.sum() == pytest.approx(1)


def test_an_entry_far_ahead_is_surely_best() -> None:
    scores = np.array([90.0, 50.0, 40.0])
    statistics = rank_scores(scores, draws_around(scores), 1, 1)
    assert statistics.p_best.tolist() == [1, 0, 0]
    assert (statistics.low[0], statistics.high[0]) == (1, 1)
    assert statistics.expected[0] == 1


def test_probabilities_count_ranks_up_to_k() -> None:
    draws = np.array([[3.0, 2.0, 1.0], [3.0, 1.0, 2.0], [1.0, 3.0, 2.0], [3.0, 2.0, 1.0]])
    statistics = rank_scores(np.array([3.0, 2.0, 1.5]), draws, 2, 1)
    assert statistics.p_best.tolist() == [0.75, 0.25, 0]
    assert statistics.p_shortlist.tolist() == [0.75, 0.75, 0.5]
    assert statistics.expected.tolist() == [1.5, 2.0, 2.5]


def test_a_class_without_entries_has_no_ranks() -> None:
    statistics = rank_scores(np.array([]), np.empty((10, 0)), 3, 1)
    assert statistics.rank.tolist() == []


def test_intervals_are_about_the_deviation_from_the_mean_of_all() -> None:
    generator = np.random.default_rng(1)
    scores = np.array([60.0, 50.0, 40.0])
    shared = generator.normal(0, 30, (5000, 1))
    low, high = score_intervals(scores, scores + shared + generator.normal(0, 1, (5000, 3)))
    assert np.all(high - low < 4), "what all share says nothing of their order"
    assert np.all((low < scores) & (scores < high))


def test_intervals_are_not_clipped_to_the_scale() -> None:
    scores = np.array([99.0, 50.0])
    _, high = score_intervals(scores, draws_around(scores, spread=10))
    assert high[0] > 100


@given(
    arrays.arrays(float, st.integers(1, 8), elements=st.integers(0, 200).map(lambda x: x / 4)),
    st.integers(1, 5),
    st.integers(0, 2),
)
def test_ranks_are_consistent(scores, size: int, decimals: int) -> None:
    statistics = rank_scores(scores, draws_around(scores, count=200), size, decimals)
    shown = [round_half_up(score, decimals) for score in scores]
    for i, own in enumerate(shown):
        assert statistics.rank[i] == 1 + sum(other > own for other in shown)
        assert statistics.tied[i] == shown.count(own)
        assert 1 <= statistics.low[i] <= statistics.high[i] <= len(scores)
        assert 1 <= statistics.expected[i] <= len(scores)
    assert statistics.p_best.sum() == pytest.approx(1)
    assert statistics.p_shortlist.sum() == pytest.approx(min(size, len(scores)))


@given(st.permutations(range(6)))
def test_the_order_of_entries_does_not_matter(order) -> None:
    scores = np.array([50.0, 55.0, 55.0, 60.0, 61.0, 40.0])
    draws = draws_around(scores)
    order = list(order)
    plain = rank_scores(scores, draws, 2, 1)
    moved = rank_scores(scores[order], draws[:, order], 2, 1)
    assert moved.rank.tolist() == plain.rank[order].tolist()
    assert moved.p_shortlist == pytest.approx(plain.p_shortlist[order])
    assert moved.expected == pytest.approx(plain.expected[order])


TIES = st.integers(1, 6).flatmap(
    lambda n: arrays.arrays(
        float, st.tuples(st.integers(1, 30), st.just(n)), elements=st.integers(0, 4).map(float)
    )
)


@given(TIES)
def test_interval_ends_are_the_quantiles_that_numpy_gives(draws) -> None:
    scores = np.linspace(40, 60, draws.shape[1])
    deviations = draws - draws.mean(axis=1, keepdims=True)
    expected = np.quantile(deviations, (0.05, 0.95), axis=0) + scores.mean()
    assert np.array(score_intervals(scores, draws)).tolist() == pytest.approx(expected)


@given(TIES, st.data())
def test_what_draws_say_is_counted_draw_by_draw(draws, data) -> None:
    count = draws.shape[1]
    scores = np.array(data.draw(st.permutations([50.0 - i for i in range(count)])))
    statistics = rank_scores(scores, draws, 2, 1)
    ranks = [[sorted(row, reverse=True).index(own) for own in row] for row in draws.tolist()]
    for i, row in enumerate(ranks):
        for j in range(count):  # the first of equals ranks higher
            row[j] += sum(draws[i, k] == draws[i, j] for k in range(j))
    assert statistics.p_best == pytest.approx(np.mean([[r == 0 for r in row] for row in ranks], 0))
    assert statistics.expected == pytest.approx(1 + np.mean(ranks, axis=0))
    order = np.argsort(-scores)
    for above, below in pairwise(order):
        gaps = draws[:, above] - draws[:, below]
        assert statistics.above_next[above] == np.mean(gaps > 0) + np.mean(gaps == 0) / 2


def test_ranks_of_negative_scores_are_those_of_what_is_shown() -> None:
    assert rank_scores(np.array([-1.24, -1.25, 0.04]), None, 1, 1).rank.tolist() == [2, 3, 1]

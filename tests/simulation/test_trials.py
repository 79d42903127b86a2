"""How well a method did: rank correlation, places of the best, coverage."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from benchmarks.panels import DESIGNS, Sample, sample_panel
from benchmarks.trials import METHODS, Recovered, coverage, judge, kendall_tau, try_methods

COMMAND = Path(__file__).parents[2] / "benchmarks" / "simulate.py"
SAMPLE = sample_panel(DESIGNS["linked"], 1)


def judged(scores, quality=(3.0, 2.0, 1.0, 0.0), draws=None):
    truth = np.array(quality)
    return judge(Recovered(np.array(scores), draws), Sample(SAMPLE.panel, truth, truth))


@pytest.mark.parametrize(
    ("second", "tau"), [([1, 2, 3, 4], 1), ([4, 3, 2, 1], -1), ([1, 2, 4, 3], 2 / 3)]
)
def test_tau_counts_pairs_in_the_same_order(second, tau) -> None:
    assert kendall_tau(np.arange(4.0), np.array(second)) == pytest.approx(tau)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=20))
def test_tau_is_tau_b_with_ties(pairs) -> None:
    first, second = np.array(pairs, dtype=float).T
    if np.ptp(first) > 0 and np.ptp(second) > 0:
        assert kendall_tau(first, second) == pytest.approx(stats.kendalltau(first, second)[0])


@pytest.mark.parametrize(
    ("scores", "first", "among_three"),
    [([9, 8, 7, 6], 1, 1), ([7, 9, 8, 6], 0, 1), ([5, 9, 8, 7], 0, 0), ([9, 9, 7, 6], 1, 1)],
)
def test_the_place_of_the_truly_best_entry_is_counted(scores, first, among_three) -> None:
    trial = judged(scores)
    assert (trial.best_first, trial.best_among_three) == (first, among_three)


def test_coverage_is_about_deviations_from_the_mean() -> None:
    low, high = np.array([-1.0, -1.0, 0.0]), np.array([0.0, 0.5, 0.5])
    assert coverage(low, high, np.array([10.0, 11.0, 12.0])) == pytest.approx(2 / 3)


def test_intervals_are_measured_where_a_method_gives_draws() -> None:
    scores = np.array([53.0, 52.0, 51.0, 50.0])
    deviates = np.random.default_rng(0).normal(size=(20_000, 4))
    trial = judged(scores, draws=scores + deviates)
    assert trial.covered == trial.covered_answered == 1
    assert trial.width == pytest.approx(2 * 1.645 * np.sqrt(3 / 4), rel=0.03)


def test_what_shifts_every_score_alike_changes_nothing() -> None:
    scores = np.array([53.0, 51.0, 52.0, 50.0])
    draws = scores + np.random.default_rng(0).normal(size=(100, 4))
    one, other = judged(scores, draws=draws), judged(scores + 20, draws=draws + 20)
    assert one.covered == other.covered
    assert one.width == pytest.approx(other.width)


def test_methods_without_draws_have_no_coverage() -> None:
    assert np.isnan(judged([9, 8, 7, 6]).covered)


def test_a_trial_is_reproducible_method_by_method() -> None:
    everything = try_methods(tuple(METHODS), "linked", 5, 200)
    assert everything[-1:] == try_methods(("mixed-cohort",), "linked", 5, 200)


def test_least_squares_without_links_is_the_shortest_solution() -> None:
    trial, linked = (
        try_methods(("least-squares",), name, 5, 200)[0] for name in ("disjoint", "linked")
    )
    assert np.isnan(trial.covered)
    assert 0 < trial.tau < 1
    assert linked.covered > 0


def test_the_command_prints_the_tables() -> None:
    arguments = ["--replications", "2", "--workers", "1", "--design", "linked"]
    arguments += ["--design", "disjoint"]
    done = subprocess.run(
        [sys.executable, COMMAND, *arguments], capture_output=True, text=True, check=True
    )
    rows = [line for line in done.stdout.splitlines() if line.startswith("| ")]
    titles = [row.split(" | ")[0] for row in rows]
    linked, disjoint = "| each team reads 1 foreign entry, random", "| disjoint, random allocation"
    assert titles == ["| design", linked, disjoint] * 2 + ["| design", linked]
    assert rows[2].endswith(" | as team |")
    assert done.stderr == ""
    assert "2 replications" in done.stdout

"""What each method makes of each design, on panels whose truth is known.

The bounds follow from the noise of the simulation. The reference figures are means of 200
replications, those here of 20 with fixed seeds: 4 standard errors of their difference are allowed.
``python benchmarks/simulate.py`` shows the same with 200 replications.
"""

from functools import cache

import attrs
import numpy as np
import pytest

from benchmarks.panels import DESIGNS, sample_panel
from benchmarks.trials import METHODS, Recovered, Trial, judge, try_methods
from kvaljury import CalibrationSettings

REPLICATIONS, REFERENCE = 20, 200
DRAWS = 500
ERRORS = 4
LOWEST, HIGHEST = 0.85, 0.93

# Kendall's tau-b against true quality as another implementation found it; without links the
# cohort is the team, so kvaljury has no such figure.
FIGURES = {
    "disjoint": (0.650, 0.706, 0.743, 0.735),
    "disjoint-sorted": (0.657, 0.356, 0.562, 0.401),
    "linked": (0.659, 0.729, 0.737, 0.779, 0.777),
    "linked-sorted": (0.666, 0.456, 0.739, 0.679, 0.764),
    "linked-twice": (0.671, 0.749, 0.792, 0.801, 0.800),
    "linked-twice-sorted": (0.672, 0.532, 0.788, 0.761, 0.798),
    "rotated": (0.711, 0.769, 0.795, 0.797, 0.797),
    "everyone": (0.904, 0.902, 0.904, 0.904),
}
LINKED = ("linked", "linked-sorted", "linked-twice", "linked-twice-sorted", "rotated")
SORTED = ("linked-sorted", "linked-twice-sorted")


@cache
def measured(design: str) -> dict[tuple[str, str], np.ndarray]:
    """Give ``(REPLICATIONS,)`` values by method and measure."""
    trials = [try_methods(tuple(METHODS), design, seed, DRAWS) for seed in range(REPLICATIONS)]
    return {
        (method, field.name): np.array([getattr(trial[i], field.name) for trial in trials])
        for i, method in enumerate(METHODS)
        for field in attrs.fields(Trial)
    }


def standard_error(values: np.ndarray) -> float:
    return float(values.std(ddof=1) / np.sqrt(len(values)))


def covered(method: str, designs: tuple[str, ...], measure: str = "covered_answered") -> np.ndarray:
    return np.concatenate([measured(design)[method, measure] for design in designs])


@pytest.mark.parametrize("design", FIGURES)
def test_every_method_orders_entries_as_well_as_the_reference_says(design: str) -> None:
    for method, figure in zip(METHODS, FIGURES[design], strict=False):
        tau = measured(design)[method, "tau"]
        noise = standard_error(tau) * np.sqrt(1 + REPLICATIONS / REFERENCE)
        assert tau.mean() == pytest.approx(figure, abs=ERRORS * noise), method


@pytest.mark.parametrize("design", SORTED)
def test_the_cohort_keeps_good_teams_from_being_taken_for_generous_ones(design: str) -> None:
    gain = measured(design)["mixed-cohort", "tau"] - measured(design)["mixed", "tau"]
    assert gain.mean() - ERRORS * standard_error(gain) > 0


@pytest.mark.parametrize("design", ["linked", "linked-twice", "rotated"])
def test_the_cohort_costs_next_to_nothing_where_allocation_was_random(design: str) -> None:
    gain = measured(design)["mixed-cohort", "tau"] - measured(design)["mixed", "tau"]
    assert abs(gain.mean()) < 0.01


def test_z_scores_lose_what_allocation_put_between_teams() -> None:
    loss = measured("linked-sorted")["raw", "tau"] - measured("linked-sorted")["z-score", "tau"]
    assert loss.mean() - ERRORS * standard_error(loss) > 0.1


@pytest.mark.parametrize("measure", ["covered", "covered_answered"])
def test_intervals_cover_what_they_promise_in_connected_designs(measure: str) -> None:
    assert LOWEST < covered("mixed-cohort", LINKED, measure).mean() < HIGHEST


def test_intervals_cover_what_they_promise_when_allocation_followed_quality() -> None:
    assert LOWEST < covered("mixed-cohort", SORTED).mean() < HIGHEST


@pytest.mark.parametrize("design", [*LINKED, "everyone"])
def test_no_connected_design_misses_the_promise_by_more_than_noise(design: str) -> None:
    values = covered("mixed-cohort", (design,))
    slack = 2 * standard_error(values)
    assert LOWEST - slack < values.mean() < HIGHEST + slack


def test_intervals_without_the_cohort_break_the_promise_when_allocation_followed_quality() -> None:
    assert covered("mixed", SORTED).mean() < LOWEST


def test_intervals_narrower_by_a_sixth_break_the_promise() -> None:
    settings = CalibrationSettings(draws=DRAWS)
    values = []
    for seed in range(REPLICATIONS):
        sample = sample_panel(DESIGNS["rotated"], seed)
        whole = METHODS["mixed-cohort"](sample.panel, settings)
        narrow = whole.scores + (whole.draws - whole.scores) * 5 / 6
        values.append(judge(Recovered(whole.scores, narrow), sample).covered_answered)
    assert np.mean(values) < LOWEST


def test_the_best_entry_is_found_more_often_with_links_than_by_raw_means() -> None:
    found = {
        method: np.mean([measured(design)[method, "best_among_three"].mean() for design in LINKED])
        for method in ("raw", "mixed-cohort")
    }
    assert found["raw"] < found["mixed-cohort"] - 0.05

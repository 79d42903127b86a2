"""Simulated panels are what their designs say."""

import numpy as np
import pytest

from benchmarks.panels import (
    DESIGNS,
    ENTRIES,
    EXAMINERS,
    OWN,
    SIZE,
    TEAMS,
    sample_panel,
)
from kvaljury import calibration

READINGS = {
    "disjoint": 256,
    "disjoint-sorted": 256,
    "one-reader": 264,
    "one-reader-sorted": 264,
    "linked": 288,
    "linked-sorted": 288,
    "spread": 288,
    "spread-sorted": 288,
    "linked-twice": 320,
    "linked-twice-sorted": 320,
    "rotated": 256,
    "everyone": 2048,
}


def foreign(panel):
    return panel.home[panel.entry] != panel.team


@pytest.mark.parametrize("name", DESIGNS)
def test_a_panel_has_the_readings_of_its_design(name: str) -> None:
    panel = sample_panel(DESIGNS[name], 1).panel
    pairs = panel.entry * EXAMINERS + panel.examiner
    assert len(pairs) == READINGS[name]
    assert np.all(np.diff(pairs) > 0)
    assert set(panel.entry) == set(range(ENTRIES))
    assert set(panel.examiner) == set(range(EXAMINERS))


@pytest.mark.parametrize("name", DESIGNS)
def test_every_team_is_home_of_eight_entries_and_of_its_examiners(name: str) -> None:
    panel = sample_panel(DESIGNS[name], 1).panel
    assert np.bincount(panel.home).tolist() == [OWN] * TEAMS
    assert np.array_equal(panel.team, panel.examiner // SIZE)


@pytest.mark.parametrize("name", DESIGNS)
def test_readings_connect_exactly_the_designs_that_say_so(name: str) -> None:
    panel = sample_panel(DESIGNS[name], 1).panel
    parts = len(calibration.components_of(panel))
    assert parts == (1 if DESIGNS[name].is_connected else TEAMS)


@pytest.mark.parametrize(
    ("name", "entries", "readers", "lenders"),
    [("one-reader", 1, 1, 1), ("linked", 1, 4, 1), ("spread", 4, 1, 4), ("linked-twice", 2, 4, 1)],
)
def test_each_team_reads_that_many_foreign_entries(
    name: str, entries: int, readers: int, lenders: int
) -> None:
    panel = sample_panel(DESIGNS[name], 1).panel
    for team in range(TEAMS):
        guest = foreign(panel) & (panel.team == team)
        lent, times = np.unique(panel.entry[guest], return_counts=True)
        assert times.tolist() == [readers] * entries
        assert len(set(panel.home[lent])) == lenders


def test_spread_links_are_shared_among_the_examiners_of_a_team() -> None:
    panel = sample_panel(DESIGNS["spread"], 1).panel
    assert np.bincount(panel.examiner[foreign(panel)]).tolist() == [1] * EXAMINERS


def test_rotated_examiners_read_one_entry_with_each_other_team_at_least() -> None:
    panel = sample_panel(DESIGNS["rotated"], 1).panel
    assert np.bincount(panel.examiner).tolist() == [OWN] * EXAMINERS
    assert np.bincount(panel.entry).tolist() == [SIZE] * ENTRIES
    homes = [set(panel.home[panel.entry[panel.examiner == x]]) for x in (1, 3)]
    assert homes == [set(range(TEAMS))] * 2


@pytest.mark.parametrize(
    ("name", "lowest", "highest"), [("linked", -0.1, 0.1), ("linked-sorted", 0.45, 0.65)]
)
def test_allocation_follows_quality_only_where_it_says_so(
    name: str, lowest: float, highest: float
) -> None:
    """Share of the variance of quality that lies between teams, less what chance puts there."""
    shares = []
    for seed in range(30):
        sample = sample_panel(DESIGNS[name], seed)
        means = np.bincount(sample.panel.home, sample.quality) / OWN
        shares.append(means.var() / sample.quality.var() - (TEAMS - 1) / (ENTRIES - 1))
    assert lowest < np.mean(shares) < highest


def test_the_same_seed_gives_the_same_panel_and_another_another() -> None:
    one, same, other = (sample_panel(DESIGNS["linked"], seed) for seed in (1, 1, 2))
    assert np.array_equal(one.panel.score, same.panel.score)
    assert not np.array_equal(one.panel.score, other.panel.score)


def test_designs_share_the_truth_of_a_seed() -> None:
    linked, everyone = (sample_panel(DESIGNS[name], 3) for name in ("linked", "everyone"))
    assert np.array_equal(linked.quality, everyone.quality)


def test_scores_are_means_of_twenty_whole_marks_from_0_to_100() -> None:
    score = sample_panel(DESIGNS["everyone"], 1).panel.score
    assert np.allclose(score * 20, np.rint(score * 20))
    assert score.min() >= 0
    assert score.max() <= 100


def test_raw_scores_are_the_means_of_the_readings() -> None:
    panel = sample_panel(DESIGNS["linked"], 1).panel
    assert panel.raw[5] == pytest.approx(panel.score[panel.entry == 5].mean())


def test_everyone_together_agrees_on_how_well_entries_answer_these_questions() -> None:
    """The error that is left is that of 32 readings: a standard deviation of .78 points."""
    errors = []
    for seed in range(20):
        sample = sample_panel(DESIGNS["everyone"], seed)
        error = sample.panel.raw - sample.answered
        errors.append(np.std(error, ddof=1))
    assert np.mean(errors) == pytest.approx(np.sqrt((16 + 64 * np.exp(0.08) / 20) / 32), rel=0.05)


def test_quality_and_its_answers_differ_as_entries_do_by_question() -> None:
    samples = [sample_panel(DESIGNS["disjoint"], seed) for seed in range(30)]
    quality = np.concatenate([sample.quality for sample in samples])
    answered = np.concatenate([sample.answered for sample in samples])
    assert quality.std() == pytest.approx(8, rel=0.06)
    assert (answered - quality).std() == pytest.approx(4 / np.sqrt(20), rel=0.06)

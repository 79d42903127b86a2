"""The panel's model: means of classes, effects that can be told apart, draws, kept fraction."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.calibration import (
    draw_scores,
    draw_spread,
    fit_panel,
    kept_fraction,
    score_covariance,
)
from kvaljury.core.calibration.equations import fit_reml

FROZEN = {"entry": 60.0, "team": 15.0, "examiner": 16.0, "residual": 20.0}
WITH_COHORT = {**FROZEN, "cohort": 12.0}
KEPT = pytest.mark.parametrize("kept", [FROZEN, WITH_COHORT], ids=["plain", "cohort"])


def dense_posterior(panel, model):
    """Mean and covariance of the scores from the full joint normal, fixed means flat."""
    groups = int(model.group.max()) + 1
    variance = model.fit.variance
    prior, columns, taken = [], [], []
    entries = np.arange(len(panel.entries))
    for name, level, own in (
        ("entry", panel.entry, entries),
        ("team", panel.team, None),
        ("examiner", panel.examiner, None),
        ("cohort", panel.home[panel.entry], panel.home),
    ):
        if name in variance:
            count = int(level.max()) + 1
            columns.append(np.eye(count)[level])
            prior += [variance[name]] * count
            taken.append(np.zeros((len(entries), count)) if own is None else np.eye(count)[own])
    random = np.hstack(columns)
    design = np.hstack([np.eye(groups)[model.group[panel.entry]], random])
    precision = design.T @ design / variance["residual"]
    precision[groups:, groups:] += np.diag(1 / np.maximum(prior, 1e-12))
    covariance = np.linalg.inv(precision)
    mean = covariance @ design.T @ panel.score / variance["residual"]
    pick = np.hstack([np.eye(groups)[model.group], *taken])
    return pick @ mean, pick @ covariance @ pick.T


@KEPT
def test_scores_are_the_posterior_means_of_the_joint_normal(simulate_panel, kept) -> None:
    panel = simulate_panel(1)
    model = fit_panel(panel, kept)
    assert ("cohort" in model.effects) == ("cohort" in kept)
    mean, _ = dense_posterior(panel, model)
    assert model.scores == pytest.approx(mean, abs=1e-7)


@KEPT
def test_score_covariance_is_that_of_the_joint_normal(simulate_panel, kept) -> None:
    model = fit_panel(simulate_panel(2), kept)
    _, covariance = dense_posterior(simulate_panel(2), model)
    assert score_covariance(model) == pytest.approx(covariance, abs=1e-7)


def test_draws_have_the_joint_posterior_covariance(simulate_panel) -> None:
    panel = simulate_panel(2)
    model = fit_panel(panel, FROZEN)
    mean, covariance = dense_posterior(panel, model)
    draws = draw_scores(model, 40_000, seed=5)
    assert draws.mean(axis=0) == pytest.approx(mean, abs=0.15)
    scale = np.sqrt(np.diag(covariance))
    found = np.cov(draws.T) / np.outer(scale, scale)
    assert found == pytest.approx(covariance / np.outer(scale, scale), abs=0.03)
    within = found[0, 1]
    assert within > 0.2, "entries of one team share its severity"


def test_the_same_seed_gives_the_same_draws_and_another_seed_others(simulate_panel) -> None:
    model = fit_panel(simulate_panel(2))
    assert np.array_equal(draw_scores(model, 50, 1), draw_scores(model, 50, 1))
    assert not np.array_equal(draw_scores(model, 50, 1), draw_scores(model, 50, 2))


def test_classes_of_five_have_their_own_mean_and_smaller_ones_share(make_panel) -> None:
    rows, classes = [], {}
    for class_id, size in (("big", 5), ("small", 2), ("tiny", 1)):
        for i in range(size):
            entry = f"{class_id}{i}"
            classes[entry] = class_id
            rows += [(entry, f"x{j}", "t", 50 + 7 * i + j * (i + 1)) for j in range(3)]
    panel = make_panel(rows, classes=classes)
    group = dict(zip(panel.entries, fit_panel(panel).group, strict=True))
    assert len(set(group.values())) == 2
    assert group["small0"] == group["small1"] == group["tiny0"] != group["big0"]


def test_severity_of_a_linked_team_is_taken_out(make_panel) -> None:
    generator = np.random.default_rng(7)
    rows = []
    for team in range(6):
        for e in range(4):
            readers = [(x, team) for x in range(3)] + [(e % 3, (team + 1) % 6)]
            rows += [
                (
                    f"e{team}{e}",
                    f"x{home}{x}",
                    f"t{home}",
                    50 + 6 * e - 15 * (home == 0) + generator.normal(0, 1),
                )
                for x, home in readers
            ]
    panel = make_panel(rows, {f"e{t}{e}": f"t{t}" for t in range(6) for e in range(4)})
    scores = dict(zip(panel.entries, fit_panel(panel).scores, strict=True))
    raw = dict(zip(panel.entries, panel.raw, strict=True))
    assert raw["e03"] < raw["e12"]
    assert scores["e03"] > scores["e12"], "the severe team's best entry overtakes"


def panel_of_unequal_cohorts(make_panel):
    """Six teams of three examiners and four entries; the first was given the best ones."""
    generator = np.random.default_rng(7)
    rows = []
    for team in range(6):
        for e in range(4):
            quality = 6 * e + 15 * (team == 0)
            readers = [(x, team) for x in range(3)] + [(e % 3, (team + 1) % 6)]
            rows += [
                (f"e{team}{e}", f"x{home}{x}", f"t{home}", 50 + quality + generator.normal(0, 1))
                for x, home in readers
            ]
    return make_panel(rows, {f"e{t}{e}": f"t{t}" for t in range(6) for e in range(4)})


def test_a_team_that_was_given_better_entries_is_not_taken_for_generous(make_panel) -> None:
    panel = panel_of_unequal_cohorts(make_panel)
    best = [i for i, entry in enumerate(panel.entries) if entry.startswith("e0")]
    kept = {}
    for cohort in (True, False):
        scores = fit_panel(panel, cohort=cohort).scores
        kept[cohort] = scores[best].mean() - np.delete(scores, best).mean()
    assert kept[True] == pytest.approx(15, abs=1)
    assert kept[True] > kept[False]


def test_cohorts_that_are_the_teams_themselves_are_left_out(simulate_panel) -> None:
    assert "cohort" not in fit_panel(simulate_panel(1, guests=0)).effects
    assert "cohort" in fit_panel(simulate_panel(1)).effects
    assert "cohort" not in fit_panel(simulate_panel(1), cohort=False).effects


def test_an_effect_with_one_level_is_left_out(make_panel) -> None:
    rows = [(f"e{e}", f"x{x}", "t", 50 + 5 * e + x * e) for e in range(6) for x in range(3)]
    assert fit_panel(make_panel(rows)).effects == ("entry", "examiner")


def test_examiners_with_one_reading_each_are_told_from_error_by_nobody(make_panel) -> None:
    rows = [(f"e{e}", f"x{e}{i}", f"t{e % 2}", 50 + 5 * e + i) for e in range(6) for i in range(3)]
    assert "examiner" not in fit_panel(make_panel(rows)).effects


def test_teams_of_one_examiner_are_one_effect(make_panel) -> None:
    rows = [
        (f"e{e}", f"x{x}", f"t{x}", 50 + 5 * e + 3 * x + (e * x) % 4)
        for e in range(6)
        for x in range(3)
    ]
    assert fit_panel(make_panel(rows)).effects == ("entry", "team")


def test_teams_that_follow_the_classes_are_left_to_the_class_means(make_panel) -> None:
    rows = [
        (f"e{e}", f"x{e // 5}{x}", f"t{e // 5}", 50 + 3 * (e % 5) + x + (e * x) % 3)
        for e in range(10)
        for x in range(3)
    ]
    panel = make_panel(rows, classes={f"e{e}": f"c{e // 5}" for e in range(10)})
    assert fit_panel(panel).effects == ("entry", "examiner")


@pytest.mark.parametrize(
    "rows",
    [
        [("e1", "x1", "t", 50)],
        [("e1", "x1", "t", 50), ("e1", "x2", "t", 60)],
        [("e1", "x1", "t", 50), ("e2", "x1", "t", 60), ("e3", "x1", "t", 70)],
        [(f"e{e}", f"x{x}", "t", 50) for e in range(5) for x in range(3)],
        [(f"e{e}", f"x{x}", "t", 50 + e) for e in range(5) for x in range(3)],
    ],
    ids=["one reading", "one entry", "each entry once", "all equal", "no error at all"],
)
def test_a_panel_that_cannot_be_estimated_gives_no_model(make_panel, rows) -> None:
    assert fit_panel(make_panel(rows)) is None


def test_spread_draws_follow_how_readings_of_an_entry_differ() -> None:
    entry = np.repeat(np.arange(4), 4)
    values = 50 + np.tile([-3.0, -1.0, 1.0, 3.0], 4)
    draws = draw_spread(entry, values, np.full(4, 50.0), 20_000, 1)
    assert draws.std(axis=0) == pytest.approx(np.sqrt(20 / 3 / 4), rel=0.03)


def test_spread_draws_need_an_entry_that_was_read_twice() -> None:
    assert draw_spread(np.arange(3), np.arange(3.0), np.zeros(3), 10, 1) is None


def test_readings_that_never_differ_give_no_spread() -> None:
    assert draw_spread(np.repeat(np.arange(3), 2), np.full(6, 50.0), np.full(3, 50.0), 9, 1) is None


def test_few_teams_get_a_prior_and_many_do_not(simulate_panel) -> None:
    assert fit_panel(simulate_panel(1, teams=3)).priors == ("cohort", "team")
    assert fit_panel(simulate_panel(1, teams=3), cohort=False).priors == ("team",)
    assert fit_panel(simulate_panel(1, teams=6), cohort=False).priors == ()
    doubtful = fit_panel(simulate_panel(1, teams=6), cohort=False, doubts_teams=True)
    assert doubtful.priors == ("team",)
    assert fit_panel(simulate_panel(1, teams=3), FROZEN).priors == ()


def test_teams_and_cohorts_together_get_priors_however_many_they_are(simulate_panel) -> None:
    assert fit_panel(simulate_panel(1, teams=6)).priors == ("cohort", "team")
    assert fit_panel(simulate_panel(1, teams=6), WITH_COHORT).priors == ()
    assert fit_panel(simulate_panel(1, teams=6, guests=0)).priors == ()


def test_entries_that_look_alike_get_a_prior_and_an_interval(make_panel) -> None:
    generator = np.random.default_rng(2)
    rows = [
        (f"e{e}", f"x{i}", "t", 50 + 3 * i + generator.normal(0, 6))
        for e in range(8)
        for i in range(3)
    ]
    model = fit_panel(make_panel(rows))
    assert "entry" in model.priors
    assert model.fit.variance["entry"] > 0
    assert np.sqrt(np.diag(score_covariance(model))).min() > 0.5


def test_kept_fraction_is_between_nothing_and_all(simulate_panel) -> None:
    panel = simulate_panel(4, guests=0)
    kept = kept_fraction(panel, fit_panel(panel, FROZEN))
    assert 0 < kept < 1
    generous = kept_fraction(panel, fit_panel(panel, {**FROZEN, "team": 0.01, "examiner": 0.01}))
    assert kept < generous


def test_the_cohort_keeps_more_of_what_teams_differ_by(simulate_panel) -> None:
    panel = simulate_panel(4, guests=2)
    without = kept_fraction(panel, fit_panel(panel, FROZEN))
    apart = kept_fraction(panel, fit_panel(panel, {**FROZEN, "cohort": 20.0}))
    assert 0 < without < apart


def test_kept_fraction_takes_two_teams(make_panel) -> None:
    rows = [(f"e{e}", f"x{x}", "t", 50 + 5 * e + x * e) for e in range(6) for x in range(3)]
    panel = make_panel(rows)
    assert kept_fraction(panel, fit_panel(panel)) is None


@given(st.integers(0, 50), st.integers(0, 70), st.floats(0.5, 20))
def test_a_higher_mark_never_lowers_a_score_nor_a_rank_with_variances_kept(
    simulate_panel, make_panel, seed: int, reading: int, more: float
) -> None:
    panel = simulate_panel(seed)
    reading %= len(panel.score)
    raised = panel.score.copy()
    raised[reading] += more
    before = fit_panel(panel, FROZEN).scores
    rows = zip(panel.entry, panel.examiner, panel.team, raised, strict=True)
    higher = make_panel(
        [(panel.entries[e], panel.examiners[x], panel.teams[t], y) for e, x, t, y in rows]
    )
    change = fit_panel(higher, FROZEN).scores - before
    own = panel.entry[reading]
    assert change[own] > 0
    assert change[own] >= change.max() - 1e-9, "nobody gains more than the entry itself"


@given(st.integers(0, 20), st.randoms())
def test_the_order_and_names_of_teams_and_examiners_do_not_matter(
    simulate_panel, make_panel, seed: int, random
) -> None:
    panel = simulate_panel(seed)
    names = [f"n{i:02d}" for i in range(len(panel.examiners))]
    teams = [f"m{i}" for i in range(len(panel.teams))]
    random.shuffle(names)
    random.shuffle(teams)
    rows = [
        (panel.entries[e], names[x], teams[t], y)
        for e, x, t, y in zip(panel.entry, panel.examiner, panel.team, panel.score, strict=True)
    ]
    random.shuffle(rows)
    renamed = make_panel(rows)
    assert fit_panel(renamed, FROZEN).scores == pytest.approx(
        fit_panel(panel, FROZEN).scores, abs=1e-9
    )


def test_a_balanced_design_gives_the_textbook_anova_estimates() -> None:
    entry, examiner = (level.ravel() for level in np.mgrid[:8, :4])
    generator = np.random.default_rng(3)
    table = (
        generator.normal(0, 8, 8)[:, None]
        + generator.normal(0, 4, 4)
        + generator.normal(0, 2, (8, 4))
    )
    fit = fit_reml(table.ravel(), np.ones((32, 1)), {"entry": entry, "examiner": examiner})
    rows, columns, mean = table.mean(axis=1), table.mean(axis=0), table.mean()
    error = np.sum((table - rows[:, None] - columns + mean) ** 2) / 21
    between = 4 * rows.var(ddof=1)
    assert fit.variance["residual"] == pytest.approx(error, rel=1e-6)
    assert fit.variance["entry"] == pytest.approx((between - error) / 4, rel=1e-6)
    assert fit.variance["examiner"] == pytest.approx(
        (8 * columns.var(ddof=1) - error) / 8, rel=1e-6
    )

"""The identification guard, and what a normalisation may answer."""

import attrs
import numpy as np
import pytest

from kvaljury.core.calibration import components_of, guarded_scores
from kvaljury.core.comparability import compare_teams, quantised
from kvaljury.core.model import (
    Allocation,
    Basis,
    Calibration,
    CalibrationSettings,
    Normalisation,
    Text,
)
from kvaljury.errors import PluginFault, RulesFault
from kvaljury_plugins import mixed_model, raw, z_score

SETTINGS = CalibrationSettings(draws=500)
RANDOM = attrs.evolve(SETTINGS, allocation=Allocation.RANDOM)
MIXED = Normalisation("mixed-model", mixed_model.calibrate)
RAW = Normalisation("raw", raw.calibrate)
Z_SCORE = Normalisation("z-score", z_score.calibrate)


def all_in_one(panel):
    return {"c": panel.entries}


def test_a_linked_design_is_calibrated_and_comparable(simulate_panel) -> None:
    panel = simulate_panel(1)
    compared = compare_teams(panel, MIXED, SETTINGS, all_in_one(panel))
    assert compared.summary.basis is Basis.LINKS
    assert compared.summary.components == 1
    assert compared.summary.comparable is True
    assert compared.summary.links == ()
    assert not np.allclose(compared.scores, panel.raw)
    assert compared.draws.shape == (500, len(panel.entries))


@pytest.mark.parametrize("normalisation", [MIXED, RAW, Z_SCORE], ids=lambda n: n.name)
def test_without_links_nothing_is_adjusted_whatever_the_method(
    simulate_panel, normalisation
) -> None:
    panel = simulate_panel(1, guests=0)
    compared = compare_teams(panel, normalisation, SETTINGS, all_in_one(panel))
    assert compared.summary.basis is Basis.NONE
    assert compared.summary.components == 6
    assert compared.summary.comparable is False
    assert compared.comparable == {"c": False}
    assert np.array_equal(compared.scores, quantised(panel.raw))


def test_the_proposed_links_end_the_guard(simulate_panel, make_panel) -> None:
    panel = simulate_panel(1, guests=0)
    links = compare_teams(panel, MIXED, SETTINGS, all_in_one(panel)).summary.links
    assert len(links) == 5, "the fewest that join six teams"
    rows = [
        (panel.entries[e], panel.examiners[x], panel.teams[t], y)
        for e, x, t, y in zip(panel.entry, panel.examiner, panel.team, panel.score, strict=True)
    ]
    team = {examiner: f"t{int(examiner[1:]) // 3}" for examiner in panel.examiners}
    rows += [(entry, examiner, team[examiner], 50.0) for examiner, entry in links]
    linked = make_panel(rows)
    compared = compare_teams(linked, MIXED, SETTINGS, all_in_one(linked))
    assert compared.summary.basis is Basis.LINKS
    assert compared.summary.comparable is True


def test_stated_random_allocation_makes_teams_comparable_and_says_what_is_kept(
    simulate_panel,
) -> None:
    panel = simulate_panel(1, guests=0)
    compared = compare_teams(panel, MIXED, RANDOM, all_in_one(panel))
    assert compared.summary.basis is Basis.ALLOCATION
    assert compared.summary.comparable is True
    assert compared.summary.components == 6
    assert not np.allclose(compared.scores, panel.raw)
    (warning,) = compared.summary.warnings
    assert "% of the difference between a team's mean" in str(warning)


def test_links_are_the_basis_even_where_allocation_is_random(simulate_panel) -> None:
    panel = simulate_panel(1)
    compared = compare_teams(panel, MIXED, RANDOM, all_in_one(panel))
    assert compared.summary.basis is Basis.LINKS
    assert compared.summary.warnings == ()


def test_only_the_classes_that_lie_apart_are_guarded(simulate_panel) -> None:
    panel = simulate_panel(2, guests=0)
    within = tuple(e for e in panel.entries if e < "e04")
    across = tuple(e for e in panel.entries if e >= "e04")
    classes = np.array([0 if e in within else 1 for e in panel.entries])
    panel = attrs.evolve(panel, classes=("in", "out"), entry_class=classes)
    compared = compare_teams(panel, MIXED, SETTINGS, {"in": within, "out": across})
    assert compared.comparable == {"in": True, "out": False}
    own = np.array([e in within for e in panel.entries])
    assert np.array_equal(compared.scores[~own], quantised(panel.raw)[~own])
    assert not np.allclose(compared.scores[own], panel.raw[own])
    assert compared.summary.basis is Basis.NONE
    assert len(compared.summary.links) == 4


def test_guarded_draws_carry_the_whole_variance_between_teams(simulate_panel) -> None:
    panel = simulate_panel(3, teams=8, guests=0, team_sd=15.0)
    draws = guarded_scores(panel, 8000, 1)
    assert draws.mean(axis=0) == pytest.approx(panel.raw, abs=1.0)
    same_team = np.std(draws[:, 0] - draws[:, 1])
    other_team = np.std(draws[:, 0] - draws[:, 4])
    assert other_team > 2 * same_team


def test_a_guard_without_variance_components_gives_no_uncertainty(make_panel) -> None:
    panel = make_panel([("a", "x", "A", 50), ("b", "y", "B", 60)], {"a": "A", "b": "B"})
    assert guarded_scores(panel, 100, 1) is None
    compared = compare_teams(panel, MIXED, SETTINGS, all_in_one(panel))
    assert compared.draws is None
    assert compared.scores.tolist() == [50, 60]
    assert compared.summary.links == (("x", "b"),)


def test_jav_keeps_a_pair_out_of_the_proposed_links(make_panel) -> None:
    panel = make_panel([("a", "x", "A", 50), ("b", "y", "B", 60)])
    compared = compare_teams(panel, MIXED, SETTINGS, all_in_one(panel), {("x", "b")})
    assert compared.summary.links == (("y", "a"),)


def test_severities_and_variances_are_quantised(simulate_panel) -> None:
    panel = simulate_panel(1)
    summary = compare_teams(panel, MIXED, SETTINGS, all_in_one(panel)).summary
    assert set(summary.variance) == {"entry", "team", "cohort", "examiner", "residual"}
    numbers = list(summary.variance.values())
    numbers += [v for effects in summary.effects.values() for v in effects.values()]
    assert len(numbers) == 5 + 6 + 18
    assert all(round(number, 6) == number for number in numbers)


def test_components_count_parts_with_readings(simulate_panel) -> None:
    assert len(components_of(simulate_panel(1, teams=3, guests=0))) == 3


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (None, "NoneType instead of a Calibration"),
        (Calibration("x", np.zeros(2), None, {}), "scores that are not 24 finite numbers"),
        (Calibration("x", np.full(24, np.nan), None, {}), "scores that are not 24 finite numbers"),
        (Calibration("x", np.zeros(24), np.zeros((5, 3)), {}), "draws that are not finite"),
        (Calibration("x", np.zeros(24), np.zeros((0, 24)), {}), "draws that are not finite"),
        (Calibration("x", np.zeros(24), np.zeros(24), {}), "draws that are not finite"),
        (Calibration("x", np.zeros(24), np.full((2, 24), np.inf), {}), "draws that are not finite"),
        (Calibration("x", np.zeros(24), None, {"entry": np.nan}), "variance components that are"),
        (Calibration("x", np.zeros(24), None, {"entry": -1.0}), "variance components that are"),
        (Calibration("x", np.zeros(24), None, {"entry": "1"}), "variance components that are"),
        (Calibration("x", np.zeros(24), None, {}, {"team": {"t1": np.inf}}), "severities that"),
        (Calibration("x", np.zeros(24), None, {}, {"team": {"t1": 1e300}}), "severities that"),
        (Calibration("x", np.zeros(24), None, {}, {}, ("careful",)), "warnings that are no texts"),
        (Calibration("x", np.full(24, 1e300), None, {}), "scores that are not 24 finite numbers"),
        (Calibration("x", [1.0] * 24, None, {}), "scores that are not 24 finite numbers"),
    ],
)
def test_an_unusable_answer_names_the_normalisation(simulate_panel, answer, said: str) -> None:
    panel = simulate_panel(1)
    with pytest.raises(PluginFault, match=said) as caught:
        compare_teams(panel, Normalisation("odd", lambda *_: answer), SETTINGS, all_in_one(panel))
    assert "odd" in str(caught.value)
    assert caught.value.exit_code == 4


def test_a_normalisation_that_raises_is_named(simulate_panel) -> None:
    panel = simulate_panel(1)
    broken = Normalisation("broken", lambda *_: 1 / 0)
    with pytest.raises(PluginFault, match="broken failed: ZeroDivisionError: division by zero"):
        compare_teams(panel, broken, SETTINGS, all_in_one(panel))


def test_a_normalisation_may_refuse_the_data_in_its_own_words(simulate_panel) -> None:
    panel = simulate_panel(1)

    def refuse(*_):
        raise RulesFault(Text("not this design"))

    with pytest.raises(RulesFault, match="not this design"):
        compare_teams(panel, Normalisation("picky", refuse), SETTINGS, all_in_one(panel))


def test_quantised_numbers_have_no_negative_zero() -> None:
    assert str(quantised(np.array([-1e-9]))[0]) == "0.0"


def test_the_guard_takes_as_many_draws_as_the_normalisation_gave(simulate_panel) -> None:
    panel = simulate_panel(1, guests=0)
    few = Normalisation("few", lambda p, _: Calibration("few", p.raw, np.tile(p.raw, (7, 1)), {}))
    assert compare_teams(panel, few, SETTINGS, all_in_one(panel)).draws.shape == (7, 24)


def test_teams_of_one_entry_each_may_differ_as_much_as_entries_do(make_panel) -> None:
    rows = [(f"e{e}", f"x{e}{i}", f"t{e}", 40 + 8 * e + i) for e in range(6) for i in range(3)]
    panel = make_panel(rows, {f"e{e}": f"t{e}" for e in range(6)})
    draws = guarded_scores(panel, 4000, 1)
    assert draws.std(axis=0).min() > 8, "nothing tells the team from its only entry"


def test_a_variance_between_teams_of_zero_is_doubted_by_the_guard(make_panel) -> None:
    rows = [
        (f"e{t}{e}", f"x{t}{i}", f"t{t}", 40 + 10 * e + [-2, 0, 2][i] + (e * e + i) % 3)
        for t in range(6)
        for e in range(4)
        for i in range(3)
    ]
    panel = make_panel(rows, {f"e{t}{e}": f"t{t}" for t in range(6) for e in range(4)})
    draws = guarded_scores(panel, 4000, 1)
    assert np.std(draws[:, 0] - draws[:, 4]) > np.std(draws[:, 0] - draws[:, 1])

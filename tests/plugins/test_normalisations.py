"""The built-in normalisations on small panels whose answer is known."""

import attrs
import numpy as np
import pytest

from kvaljury.core.model import Allocation, CalibrationSettings
from kvaljury_plugins import mixed_model, raw, z_score

SETTINGS = CalibrationSettings(draws=400)


def test_raw_changes_nothing_and_says_so(simulate_panel) -> None:
    panel = simulate_panel(1)
    calibration = raw.calibrate(panel, SETTINGS)
    assert np.array_equal(calibration.scores, panel.raw)
    assert calibration.draws.shape == (400, len(panel.entries))
    assert "severe or generous team is not corrected" in str(calibration.warnings[0])


def test_raw_without_a_second_reader_has_no_uncertainty(make_panel) -> None:
    calibration = raw.calibrate(make_panel([("a", "x", "t", 1), ("b", "x", "t", 2)]), SETTINGS)
    assert calibration.draws is None
    assert len(calibration.warnings) == 2


def test_mixed_model_falls_back_to_raw_with_a_warning(make_panel) -> None:
    panel = make_panel([("a", "x", "t", 50), ("a", "y", "t", 54), ("b", "x", "t", 60)])
    panel_alone = make_panel([("a", "x", "t", 50), ("a", "y", "t", 54)])
    calibration = mixed_model.calibrate(panel_alone, SETTINGS)
    assert calibration.scores.tolist() == [52]
    assert "cannot be estimated" in str(calibration.warnings[0])
    assert mixed_model.calibrate(panel, SETTINGS).scores.shape == (2,)


def test_mixed_model_gives_severities_by_id(simulate_panel) -> None:
    panel = simulate_panel(1)
    calibration = mixed_model.calibrate(panel, SETTINGS)
    assert set(calibration.effects["team"]) == set(panel.teams)
    assert set(calibration.effects["examiner"]) == set(panel.examiners)
    assert calibration.variance["cohort"] is not None
    assert calibration.variance["entry"] > 0


def test_allocation_by_lot_in_a_design_without_links_needs_no_cohort(simulate_panel) -> None:
    by_lot = attrs.evolve(SETTINGS, allocation=Allocation.RANDOM)
    assert mixed_model.calibrate(simulate_panel(1, guests=0), by_lot).variance["cohort"] is None
    assert mixed_model.calibrate(simulate_panel(1), by_lot).variance["cohort"] is not None


def test_z_scores_standardise_each_examiner_and_warn(make_panel) -> None:
    rows = [(f"e{e}", "low", "t", 10 + e) for e in range(4)]
    rows += [(f"e{e}", "high", "t", 50 + 10 * e) for e in range(4)]
    panel = make_panel(rows)
    calibration = z_score.calibrate(panel, SETTINGS)
    standard = (np.arange(4) - 1.5) / np.sqrt(1.25)
    assert calibration.scores == pytest.approx(panel.score.mean() + panel.score.std() * standard)
    assert "assume that every examiner read equally good entries" in str(calibration.warnings[0])


def test_an_examiner_without_spread_gives_every_entry_the_same_z(make_panel) -> None:
    panel = make_panel([("a", "flat", "t", 50), ("b", "flat", "t", 50), ("a", "y", "t", 10)])
    scores = z_score.calibrate(panel, SETTINGS).scores
    assert scores[0] == scores[1] == pytest.approx(panel.score.mean())


@pytest.mark.parametrize("plugin", [raw, mixed_model, z_score])
def test_each_is_offered_once_under_its_name_and_repeats_itself(plugin, simulate_panel) -> None:
    (offer,) = plugin.kvaljury_normalisations()
    assert offer.name == plugin.__name__.rsplit(".", 1)[-1].replace("_", "-")
    panel = simulate_panel(5)
    first, second = (offer.calibrate(panel, SETTINGS) for _ in range(2))
    assert np.array_equal(first.scores, second.scores)
    assert np.array_equal(first.draws, second.draws)
    assert first.method == offer.name

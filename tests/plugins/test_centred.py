"""The normalisation centred, and what the simulations say that its warning cites."""

import attrs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvaljury.core.model import CalibrationSettings
from kvaljury.testing import check_normalisation, panels
from kvaljury_plugins import centred, z_score

(OFFER,) = centred.kvaljury_normalisations()
SETTINGS = CalibrationSettings(method="centred", draws=300)


def test_it_is_offered_under_its_name_and_keeps_its_contract() -> None:
    assert OFFER.name == "centred"
    check_normalisation(OFFER)


def test_each_reading_is_moved_to_the_mean_of_all_by_hand(make_panel) -> None:
    rows = [("a", "x", "A", 40), ("b", "x", "A", 50), ("b", "y", "A", 70), ("c", "y", "A", 80)]
    found = OFFER.calibrate(make_panel(rows), SETTINGS)
    # x has the mean 45, y 75, all 60: x's readings become 55 and 65, y's 55 and 65.
    assert found.scores == pytest.approx([55, 60, 65])
    assert found.effects == {"examiner": pytest.approx({"x": -15, "y": 15})}
    assert found.method == "centred"
    assert found.variance == {}


def test_draws_show_how_centred_readings_of_an_entry_differ(make_panel) -> None:
    rows = [("a", "x", "A", 40), ("b", "x", "A", 50), ("b", "y", "A", 70), ("c", "y", "A", 80)]
    draws = OFFER.calibrate(make_panel(rows), attrs.evolve(SETTINGS, draws=20_000)).draws
    # b alone was read twice, as 65 and 55: a variance of 50.
    assert draws.var(axis=0) == pytest.approx([50, 25, 50], rel=0.05)
    assert draws.mean(axis=0) == pytest.approx([55, 60, 65], abs=0.2)


def test_it_warns_of_what_it_assumes_in_both_languages(simulate_panel, check_bilingual) -> None:
    (warning,) = OFFER.calibrate(simulate_panel(1), SETTINGS).warnings
    check_bilingual(warning)
    assert "assumes that every examiner read equally good entries" in str(warning)


@pytest.mark.parametrize(
    "rows",
    [
        [("a", "x", "A", 55)],
        [("a", "x", "A", 50), ("b", "x", "A", 60)],
        [("a", "x", "A", 50), ("b", "y", "A", 60)],
    ],
    ids=["one reading", "one examiner", "each its own examiner"],
)
def test_without_a_second_reader_there_is_no_interval_and_it_is_said(
    make_panel, rows, check_bilingual
) -> None:
    found = OFFER.calibrate(make_panel(rows), SETTINGS)
    assert found.draws is None
    assert len(found.warnings) == 2
    check_bilingual(found.warnings[1])
    assert "no interval can be given" in str(found.warnings[1])


def test_an_examiner_of_one_entry_says_nothing_of_it(make_panel) -> None:
    rows = [("a", "x", "A", 20), ("b", "y", "A", 60), ("c", "y", "A", 70)]
    scores = OFFER.calibrate(make_panel(rows), SETTINGS).scores
    assert scores == pytest.approx([50, 45, 55])


def test_equal_scores_stay_equal(make_panel) -> None:
    rows = [(e, x, "A", 50) for e in "abc" for x in "xy"]
    found = OFFER.calibrate(make_panel(rows), SETTINGS)
    assert found.scores == pytest.approx([50, 50, 50])
    assert found.draws is None


@settings(max_examples=50, deadline=None)
@given(panels(), st.floats(-40, 40), st.data())
def test_a_severity_moves_all_scores_alike(panel, constant, data) -> None:
    who = data.draw(st.integers(0, len(panel.examiners) - 1))
    moved = attrs.evolve(panel, score=panel.score + constant * (panel.examiner == who))
    change = OFFER.calibrate(moved, SETTINGS).scores - OFFER.calibrate(panel, SETTINGS).scores
    assert np.ptp(change) == pytest.approx(0, abs=1e-8)


@settings(max_examples=50, deadline=None)
@given(panels(), st.randoms(use_true_random=False))
def test_the_order_of_readings_never_matters(panel, random) -> None:
    order = list(range(len(panel.score)))
    random.shuffle(order)
    other = attrs.evolve(
        panel,
        entry=panel.entry[order],
        examiner=panel.examiner[order],
        team=panel.team[order],
        score=panel.score[order],
    )
    one, two = (OFFER.calibrate(each, SETTINGS).scores for each in (panel, other))
    assert one == pytest.approx(two, abs=1e-9)


def share_of_best_first(calibrate, make_panel, years=120, teams=8):
    """Play years of equally severe teams with two entries each; ties share the first place."""
    generator = np.random.default_rng(11)
    won = 0.0
    for _ in range(years):
        quality = generator.normal(55, 8, 2 * teams)
        severity = generator.normal(0, 4, 4 * teams)
        rows = [
            (f"e{e:02}", f"x{x:02}", f"t{e // 2}", quality[e] + severity[x] + noise)
            for e in range(2 * teams)
            for x, noise in enumerate(generator.normal(0, 6, 4), e // 2 * 4)
        ]
        scores = calibrate(make_panel(rows))
        first = np.flatnonzero(scores >= scores.max() - 1e-9)
        won += (quality.argmax() in first) / len(first)
    return won / years


@pytest.mark.parametrize("plugin", [centred, z_score])
def test_the_simulations_that_the_warnings_cite_come_out_so(make_panel, plugin) -> None:
    few = CalibrationSettings(draws=1)
    assert share_of_best_first(lambda p: plugin.calibrate(p, few).scores, make_panel) < 0.3
    assert share_of_best_first(lambda p: p.raw, make_panel) > 0.5
    warning = str(plugin.calibrate(make_panel([("a", "x", "A", 1)]), few).warnings[0])
    assert "less than three times in ten, against more than five" in warning

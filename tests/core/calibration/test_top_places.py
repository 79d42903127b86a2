"""Ranks of many entries, counted from draws, are those that each draw gives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.calibration import top_places
from kvaljury.core.calibration.equations import Fit, draw_effects, fit_reml
from kvaljury.core.calibration.mixed_model import fit_panel
from kvaljury.core.calibration.top_places import count_places, draw_places, rank_rows
from kvaljury.core.ranking import rank_scores
from tests.core.calibration.equations.test_joint_draws import ring_panel  # the same panel


@pytest.fixture(scope="module")
def fitted() -> Fit:
    model = fit_panel(ring_panel(), cohort=False)
    assert model is not None
    return model.fit


def drawn(fit: Fit, draws: int, seed: int):
    return np.concatenate([effects for _, effects in draw_effects(fit, draws, seed)])


def test_places_are_what_each_draw_gives(fitted: Fit) -> None:
    effects = drawn(fitted, 500, 2)
    places = draw_places(fitted, None, 500, 3, 2)
    expected = rank_scores(fitted.effects["entry"].round(6), effects, 3, 6)
    assert places.expected == pytest.approx(expected.expected)
    assert places.best == pytest.approx(expected.p_best)
    assert places.top == pytest.approx(expected.p_shortlist)
    assert places.low.tolist() == expected.low.tolist()
    assert places.high.tolist() == expected.high.tolist()


def test_classes_are_ranked_by_themselves(fitted: Fit) -> None:
    classes = np.arange(18) % 3
    effects = drawn(fitted, 300, 2)
    places = draw_places(fitted, classes, 300, 2, 2)
    for own in range(3):
        members = classes == own
        scores = fitted.effects["entry"][members].round(6)
        expected = rank_scores(scores, effects[:, members], 2, 6)
        assert places.expected[members] == pytest.approx(expected.expected)
        assert places.top[members].sum() == pytest.approx(2)
        assert places.best[members].sum() == pytest.approx(1)


@given(st.integers(0, 1000), st.integers(1, 40), st.integers(1, 5), st.floats(1e-6, 1e6))
def test_rows_are_ranked_as_by_sorting(seed: int, entries: int, rows: int, unit: float) -> None:
    scores = (unit * np.random.default_rng(seed).normal(size=(rows, entries))).astype(np.float32)
    expected = np.argsort(np.argsort(-scores, axis=1), axis=1) + 1
    assert rank_rows(scores, np.dtype(np.uint16)).tolist() == expected.tolist()


def test_equal_scores_keep_their_order_and_zeros_are_no_trouble() -> None:
    assert rank_rows(np.zeros((1, 3), dtype=np.float32), np.dtype(np.uint32)).tolist() == [
        [1, 2, 3]
    ]


def test_intervals_do_not_depend_on_how_entries_are_taken(monkeypatch) -> None:
    ranks = rank_rows(
        np.random.default_rng(0).normal(size=(40, 50)).astype(np.float32), np.dtype(np.uint16)
    )
    whole = count_places(ranks, 5)
    monkeypatch.setattr(top_places, "_BLOCK_ELEMENTS", 90)
    parts = count_places(ranks, 5)
    assert parts.low.tolist() == whole.low.tolist() == np.sort(ranks, axis=0)[1].tolist()
    assert parts.high.tolist() == whole.high.tolist() == np.sort(ranks, axis=0)[37].tolist()


def test_one_draw_is_its_own_interval() -> None:
    places = count_places(np.array([[2, 1]], dtype=np.uint16), 1)
    assert places.low.tolist() == places.high.tolist() == [2, 1]
    assert places.best.tolist() == places.top.tolist() == [0, 1]


def test_more_than_65_thousand_entries_have_wider_ranks() -> None:
    assert top_places._type_for(65_535) == np.uint16
    assert top_places._type_for(65_536) == np.uint32


def test_entries_that_nothing_tells_apart_share_all_places() -> None:
    rows = [52.0, 50, 51, 49, 51, 50, 49, 50, 50]
    effects = {"entry": np.arange(9) % 3, "examiner": np.arange(9) // 3}
    level = fit_reml(np.array(rows), np.ones((9, 1)), effects)
    assert level.variance["entry"] == 0
    places = draw_places(level, None, 2000, 1, 5)
    assert places.expected == pytest.approx([2, 2, 2], abs=0.1)
    assert places.best == pytest.approx([1 / 3] * 3, abs=0.05)
    assert (places.low.tolist(), places.high.tolist()) == ([1, 1, 1], [3, 3, 3])


def test_entries_alike_follow_their_cohorts_and_share_places_within_them() -> None:
    entry, examiner = np.repeat(np.arange(8), 2), np.tile([0, 1], 8)
    cohort = np.repeat([0, 1], 4)
    score = np.array([40.0, 41, 41, 40, 40, 41, 41, 40, 60, 61, 61, 60, 60, 61, 61, 60])
    effects = {"entry": entry, "examiner": examiner, "cohort": cohort[entry]}
    level = fit_reml(score, np.ones((16, 1)), effects)
    assert level.variance["entry"] == 0
    places = draw_places(level, None, 1000, 4, 5, cohort=cohort)
    assert places.expected == pytest.approx([6.5] * 4 + [2.5] * 4, abs=0.3)
    assert places.top == pytest.approx([0] * 4 + [1] * 4)

"""Ranks of many entries, counted from draws, are those that each draw gives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.calibration import top_places
from kvaljury.core.calibration.joint_draws import draw_effects
from kvaljury.core.calibration.mixed_model import fit_panel
from kvaljury.core.calibration.reml import Fit
from kvaljury.core.calibration.top_places import count_places, draw_places, rank_rows
from kvaljury.core.ranking import rank_scores
from tests.core.calibration.test_joint_draws import ring_panel  # the same panel


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

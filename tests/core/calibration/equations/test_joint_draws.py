"""Draws through the factor have the covariance that is formed where designs are small."""

import attrs
import numpy as np
import pytest

from kvaljury.core.calibration.draws import score_covariance
from kvaljury.core.calibration.equations import joint_draws
from kvaljury.core.calibration.equations.joint_draws import draw_effects, quick_normals
from kvaljury.core.calibration.mixed_model import MixedModel, fit_panel
from kvaljury.core.calibration.solvers import schur as schur_module
from kvaljury.core.calibration.solvers.schur import SparseSchur
from kvaljury.core.model import Panel

DRAWS = 40_000


def ring_panel(seed: int = 1, teams: int = 6) -> Panel:
    generator = np.random.default_rng(seed)
    entries = teams * 3
    home = np.arange(entries) // 3
    entry = np.concatenate([np.repeat(np.arange(entries), 3), np.arange(0, entries, 3)])
    examiner = np.concatenate(
        [(home[:, None] * 3 + np.arange(3)).ravel(), (np.arange(teams) * 3 + 4) % (teams * 3)]
    )
    order = np.lexsort((examiner, entry))
    entry, examiner = entry[order], examiner[order]
    team = examiner // 3
    score = 50 + generator.normal(0, 8, entries)[entry] + generator.normal(0, 3, len(entry))
    score += generator.normal(0, 4, teams * 3)[examiner] + generator.normal(0, 4, teams)[team]
    return Panel(
        entries=tuple(f"e{i:02}" for i in range(entries)),
        examiners=tuple(f"x{i:02}" for i in range(teams * 3)),
        teams=tuple(f"t{i}" for i in range(teams)),
        classes=("a", "b"),
        entry=entry,
        examiner=examiner,
        team=team,
        score=score,
        home=home,
        entry_class=np.arange(entries) % 2,
        raw=np.bincount(entry, score) / np.bincount(entry),
    )


@pytest.fixture(params=["dense", "sparse"])
def model(request, monkeypatch) -> MixedModel:
    if request.param == "sparse":
        monkeypatch.setattr(schur_module, "DENSE_UP_TO", 0)
    fitted = fit_panel(
        ring_panel(),
        {"entry": 60.0, "team": 10.0, "examiner": 12.0, "cohort": 6.0, "residual": 9.0},
    )
    assert fitted is not None
    is_sparse = isinstance(fitted.fit.system.schur, SparseSchur)
    assert is_sparse == (request.param == "sparse")
    return fitted


def test_draws_have_the_mean_and_covariance_of_the_scores(model: MixedModel) -> None:
    blocks = list(draw_effects(model.fit, DRAWS, 5, model.cohort))
    fixed, effects = (np.concatenate(parts) for parts in zip(*blocks, strict=True))
    scores = fixed[:, model.group] + effects
    expected = score_covariance(model)
    error = 5 * expected.max() / np.sqrt(DRAWS)
    assert scores.shape == (DRAWS, 18)
    assert scores.mean(axis=0) == pytest.approx(model.scores, abs=5 * np.sqrt(error / 200))
    assert np.cov(scores.T) == pytest.approx(expected, abs=error)


def test_draws_of_the_entries_alone_leave_the_cohorts_out(model: MixedModel) -> None:
    (fixed, effects), *_ = draw_effects(model.fit, 4000, 5)
    assert effects.mean(axis=0) == pytest.approx(model.fit.effects["entry"], abs=0.6)
    assert fixed.mean(axis=0) == pytest.approx(model.fit.fixed, abs=0.6)


def test_the_seed_decides_the_draws_and_blocks_differ(model: MixedModel, monkeypatch) -> None:
    monkeypatch.setattr(joint_draws, "_BLOCK_ELEMENTS", 18 * 4)
    first, again = (list(draw_effects(model.fit, 10, 3)) for _ in range(2))
    assert [len(effects) for _, effects in first] == [4, 4, 2]
    for (_, one), (_, other) in zip(first, again, strict=True):
        assert np.array_equal(one, other)
    assert not np.array_equal(first[0][1], first[1][1])
    (_, other), *_ = draw_effects(model.fit, 10, 4)
    assert not np.array_equal(other, first[0][1])


def test_without_a_residual_nothing_is_uncertain(model: MixedModel) -> None:
    sure = attrs.evolve(model.fit, variance={**model.fit.variance, "residual": 0.0})
    (_, effects), *_ = draw_effects(sure, 3, 1)
    assert effects == pytest.approx(np.tile(model.fit.effects["entry"], (3, 1)), abs=1e-5)


@pytest.mark.parametrize("shape", [(1, 1), (3, 5), (400, 500)])
def test_quick_normals_are_normal(shape: tuple[int, int]) -> None:
    drawn = quick_normals(np.random.default_rng(1), shape)
    assert drawn.shape == shape
    assert drawn.dtype == np.float32
    assert np.all(np.isfinite(drawn))
    if drawn.size > 1000:
        flat = np.sort(drawn.ravel().astype(float))
        assert flat.mean() == pytest.approx(0, abs=0.01)
        assert flat.std() == pytest.approx(1, abs=0.01)
        tails = [np.mean(np.abs(flat) > limit) for limit in (1.0, 1.96, 3.0)]
        assert tails == pytest.approx([0.3173, 0.05, 0.0027], abs=0.003)
        half = len(drawn) // 2
        assert np.corrcoef(drawn[:half].ravel(), drawn[half:].ravel())[0, 1] == pytest.approx(
            0, abs=0.01
        )

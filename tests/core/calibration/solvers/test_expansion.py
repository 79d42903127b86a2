"""Which designs are not eliminated."""

import numpy as np
import pytest

from kvaljury.core.calibration.solvers import expansion
from kvaljury.core.calibration.solvers import pattern as pattern_module
from kvaljury.core.calibration.solvers import schur as schur_module
from kvaljury.core.calibration.solvers.cells import Cells
from kvaljury.core.calibration.solvers.expansion import mixes_well, spectral_gap
from kvaljury.core.calibration.solvers.iterative import IterativeSchur
from kvaljury.core.calibration.solvers.schur import SparseSchur, assemble
from tests.core.calibration.solvers.random_design import draw_design


def ring(teams: int, foreign: int = 1) -> Cells:
    """Teams of four read eight entries each, and some of the next team's."""
    home = np.repeat(np.arange(teams * 8), 4)
    reader = home // 8 * 4 + np.tile(np.arange(4), teams * 8)
    guest = np.repeat(np.arange(teams * 4), foreign)
    read = (guest // 4 + 1) % teams * 8 + np.tile(np.arange(foreign), teams * 4)
    entry, examiner = np.concatenate([home, read]), np.concatenate([reader, guest])
    response = np.random.default_rng(0).normal(size=len(entry))
    effects = {"entry": entry, "examiner": examiner}
    return Cells.of_rows(response, np.ones((len(entry), 1)), effects)


def two_teams() -> Cells:
    """Two examiners read two entries, and two others two others."""
    entry = np.array([0, 0, 1, 1, 2, 2, 3, 3])
    examiner = np.array([0, 1, 0, 1, 2, 3, 2, 3])
    effects = {"entry": entry, "examiner": examiner}
    return Cells.of_rows(np.arange(8.0), np.ones((8, 1)), effects)


def test_parts_that_nothing_connects_are_never_forgotten() -> None:
    assert spectral_gap(two_teams(), 1) == pytest.approx(0, abs=1e-9)


def test_where_everybody_reads_everything_one_step_forgets_all() -> None:
    entry, examiner = np.divmod(np.arange(30), 6)
    effects = {"entry": entry, "examiner": examiner}
    cells = Cells.of_rows(np.arange(30.0), np.ones((30, 1)), effects)
    assert spectral_gap(cells, 1) == pytest.approx(1, abs=1e-9)


def test_random_assignment_mixes_and_a_ring_of_teams_does_not(monkeypatch) -> None:
    monkeypatch.setattr(expansion, "_ORDER", 100)
    assert mixes_well(draw_design(400))
    assert mixes_well(draw_design(400, areas=7))
    assert not mixes_well(ring(50))
    assert not mixes_well(ring(50, foreign=2))


def test_small_designs_are_always_eliminated() -> None:
    assert not mixes_well(draw_design(400))
    assert isinstance(assemble(draw_design(600), np.ones(2400)), SparseSchur)


def test_large_random_designs_are_not_eliminated(monkeypatch) -> None:
    monkeypatch.setattr(expansion, "_ORDER", 250)
    cells = draw_design(600)
    schur = assemble(cells, cells.weight)
    assert isinstance(schur, IterativeSchur)
    again = assemble(cells, cells.weight / 2, schur)
    assert isinstance(again, IterativeSchur)
    assert again.probes is schur.probes
    assert again.cross.sum() == pytest.approx(schur.cross.sum() / 2)


def test_what_turns_out_to_fill_in_is_not_eliminated(monkeypatch) -> None:
    cells = draw_design(600)
    monkeypatch.setattr(expansion, "_WORK", 1e3)
    assert isinstance(assemble(cells, cells.weight), IterativeSchur)


def test_rings_are_eliminated(monkeypatch) -> None:
    monkeypatch.setattr(expansion, "_ORDER", 250)
    cells = ring(100)
    assert isinstance(assemble(cells, cells.weight), SparseSchur)
    assert schur_module.DENSE_UP_TO < 400


def test_addresses_are_the_same_however_they_are_looked_up(monkeypatch) -> None:
    cells = ring(60)
    one = SparseSchur.of(cells, cells.weight).pattern
    monkeypatch.setattr(pattern_module, "_MOSTLY_EMPTY", 0)
    other = SparseSchur.of(cells, cells.weight).pattern
    assert np.array_equal(one.first, other.first)
    assert np.array_equal(one.pair, other.pair)

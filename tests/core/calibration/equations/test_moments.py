"""Where the search for variance components begins: near its end, and never at zero."""

import numpy as np
import pytest

from kvaljury.core.calibration.equations.moments import start_ratios
from kvaljury.core.calibration.equations.reml import fit
from kvaljury.core.calibration.equations.system import Design
from kvaljury.core.calibration.solvers.cells import Cells


def ring_cells(teams: int, seed: int = 0, deviations=(8.0, 4.0, 5.0, 4.0)) -> Cells:
    generator = np.random.default_rng(seed)
    entry = np.repeat(np.arange(teams * 8), 4)
    examiner = (entry // 8) * 4 + np.tile(np.arange(4), teams * 8)
    guest = (np.arange(teams) + 1) % teams * 8
    entry = np.concatenate([entry, np.repeat(guest, 4)])
    examiner = np.concatenate([examiner, np.arange(teams * 4)])
    own, severity, culture, noise = deviations
    team = examiner // 4
    response = 50 + generator.normal(0, own, teams * 8)[entry]
    response += generator.normal(0, severity, teams * 4)[examiner]
    response += generator.normal(0, culture, teams)[team] + generator.normal(0, noise, len(entry))
    effects = {"entry": entry, "examiner": examiner, "team": team}
    return Cells.of_rows(response, np.ones((len(entry), 1)), effects)


def test_moments_come_near_the_restricted_likelihood() -> None:
    design = Design(ring_cells(150))
    assert start_ratios(design) == pytest.approx(fit(design).ratios, rel=0.2)


def test_a_wanting_component_starts_where_nothing_is_known() -> None:
    ratios = start_ratios(Design(ring_cells(60, deviations=(8.0, 4.0, 0.0, 4.0))))
    assert np.all(ratios > 0)
    entry = np.repeat(np.arange(8), 3)
    balanced = 50 + 5.0 * (entry % 4) + np.tile([1.0, 0.0, -1.0], 8) * np.repeat([1, -1] * 4, 3)
    effects = {"entry": entry, "examiner": np.tile(np.arange(3), 8)}
    ratios = start_ratios(Design(Cells.of_rows(balanced, np.ones((24, 1)), effects)))
    assert ratios[1] == 0.7


def test_no_error_starts_everything_where_nothing_is_known() -> None:
    entry = np.repeat(np.arange(4), 2)
    effects = {"entry": entry, "examiner": np.tile([0, 1], 4)}
    cells = Cells.of_rows(np.full(8, 50.0), np.ones((8, 1)), effects)
    assert start_ratios(Design(cells)) == pytest.approx([0.7, 0.7])


def test_the_halo_is_estimated_from_marks_of_one_reading() -> None:
    generator = np.random.default_rng(3)
    cells = ring_cells(80)
    count = len(cells.total)
    reading = np.tile(np.arange(count), 5)
    response = cells.total[reading] + generator.normal(0, 3, len(reading))
    marks = Cells.of_marks(
        response,
        np.repeat(np.arange(5), count),
        reading,
        dict(zip(cells.names, cells.levels, strict=True)),
    )
    ratios = start_ratios(Design(marks, has_reading=True))
    assert ratios[-1] == pytest.approx(4 / 3, rel=0.1)


@pytest.mark.parametrize("seed", range(3))
def test_where_the_search_begins_does_not_change_where_it_ends(seed: int) -> None:
    design = Design(ring_cells(12, seed))
    near, far = fit(design), fit(design, start=np.full(3, 0.1))
    assert near.criterion == pytest.approx(far.criterion, abs=1e-6)
    assert near.ratios == pytest.approx(far.ratios, abs=1e-3)

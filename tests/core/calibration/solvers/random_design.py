"""Random assignment, as at conferences: examiners drawn for every entry, without teams."""

import numpy as np

from kvaljury.core.calibration.solvers.cells import Cells


def draw_design(
    entries: int, seed: int = 0, readers: int = 4, load: int = 8, areas: int = 0
) -> Cells:
    """Draw readings with variances 64 (entry), 25 (examiner), 16 (area) and 17 (residual)."""
    generator = np.random.default_rng(seed)
    examiners = entries * readers // load
    drawn = generator.permutation(np.repeat(np.arange(examiners), load))
    pair = np.unique(np.repeat(np.arange(entries), readers) * examiners + drawn)
    entry, examiner = pair // examiners, pair % examiners
    area = examiner % max(1, areas)
    response = (
        55
        + generator.normal(0, 8, entries)[entry]
        + generator.normal(0, 5, examiners)[examiner]
        + generator.normal(0, np.sqrt(17), len(pair))
    )
    effects = {"entry": entry, "examiner": examiner}
    if areas:
        response += generator.normal(0, 4, areas)[area]
        effects["area"] = area
    return Cells.of_rows(response, np.ones((len(pair), 1)), effects)

"""Scores standardised within each examiner; punishes examiners who read only good entries."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from kvaljury import (
    Calibration,
    CalibrationSettings,
    Normalisation,
    Panel,
    Text,
    calibration,
    hookimpl,
)

_WARNING = Text(
    "Z-scores assume that every examiner read equally good entries. Where that is not so, good "
    "entries in a strong team are pulled down; the mixed model is safer.",
    sv="Z-poäng förutsätter att alla examinatorer har läst lika bra bidrag. Om det inte stämmer "
    "dras bra bidrag i ett starkt lag ned; den blandade modellen är säkrare.",
)


def calibrate(panel: Panel, settings: CalibrationSettings) -> Calibration:
    """Give the mean z-score of each entry's readings on the scale of all readings."""
    spread = float(panel.score.std())
    standard = float(panel.score.mean()) + spread * _standardised(panel)
    counts = np.bincount(panel.entry)
    scores = np.bincount(panel.entry, standard) / counts
    draws = calibration.draw_spread(panel.entry, standard, scores, settings.draws, settings.seed)
    return Calibration("z-score", scores, draws, {}, warnings=(_WARNING,))


def _standardised(panel: Panel) -> NDArray[np.float64]:
    counts = np.bincount(panel.examiner)
    means = np.bincount(panel.examiner, panel.score) / counts
    deviations = panel.score - means[panel.examiner]
    spreads = np.sqrt(np.bincount(panel.examiner, deviations**2) / counts)
    own = spreads[panel.examiner]
    return np.divide(deviations, own, out=np.zeros_like(deviations), where=own > 0)


@hookimpl
def kvaljury_normalisations() -> Iterable[Normalisation]:
    """Offer ``z-score``."""
    yield Normalisation("z-score", calibrate)

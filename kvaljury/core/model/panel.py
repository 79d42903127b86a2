"""The readings of all teams as arrays, and what a calibration makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import attrs
import numpy as np
from numpy.typing import NDArray

from kvaljury.errors import Text

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


@attrs.frozen
class Reading:
    """One examiner's reading of one entry, scored.

    Attributes:
        team: the examiner's home team.
        total: on 0-100, exact.
        areas: score by area id on 0-100, areas without any mark left out.
        questions: score by question id on 0-100, likewise.
        leaves: score by leaf id on 0-100, likewise.
        missing: leaves that lack a mark, in the order of the instructions.
    """

    entry: str
    examiner: str
    team: str
    total: Fraction
    areas: Mapping[str, Fraction] = attrs.field(hash=False)
    questions: Mapping[str, Fraction] = attrs.field(hash=False)
    leaves: Mapping[str, Fraction] = attrs.field(hash=False)
    missing: tuple[str, ...] = ()


@attrs.frozen(eq=False)
class Panel:
    """Readings as arrays, sorted by entry and examiner; every entry has a reading.

    Attributes:
        entries: ``(n,)`` ids, sorted.
        examiners: ``(e,)`` ids, sorted.
        teams: ``(t,)`` ids, sorted.
        classes: ``(c,)`` ids, sorted.
        entry: ``(r,)`` index of each reading's entry.
        examiner: ``(r,)`` index of each reading's examiner.
        team: ``(r,)`` index of each reading's team, the examiner's home team.
        score: ``(r,)`` totals on 0-100.
        home: ``(n,)`` index of each entry's home team, -1 where that team has no reading.
        entry_class: ``(n,)`` index of each entry's class.
        raw: ``(n,)`` aggregated raw scores on 0-100.
    """

    entries: tuple[str, ...]
    examiners: tuple[str, ...]
    teams: tuple[str, ...]
    classes: tuple[str, ...]
    entry: Ints
    examiner: Ints
    team: Ints
    score: Floats
    home: Ints
    entry_class: Ints
    raw: Floats


@attrs.frozen(eq=False)
class Calibration:
    """Calibrated scores with their joint uncertainty.

    Attributes:
        method: name of the method as shown.
        scores: ``(n,)`` on 0-100, in the panel's order of entries.
        draws: ``(m, n)`` joint draws of the scores, or None where no uncertainty is known.
        variance: variance component by effect (entry, team, cohort, examiner, residual) in
            squared points, None where the model has no such effect.
        effects: by effect (team, examiner), the estimated severity by id in points;
            positive is generous.
        warnings: what readers must know.
    """

    method: str
    scores: Floats
    draws: Floats | None
    variance: Mapping[str, float | None]
    effects: Mapping[str, Mapping[str, float]] = attrs.field(factory=dict)
    warnings: tuple[Text, ...] = ()

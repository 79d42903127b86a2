"""Readings, examiners and entries that people should talk about; nothing is ever removed."""

from __future__ import annotations

import numpy as np

from kvaljury.core.model import DividedEntry, FlatExaminer, LargeResidual, Panel
from kvaljury.core.model.panel import Floats

DECIMALS = 6


def large_residuals(
    panel: Panel, residuals: Floats, variance: float | Floats, limit: float = 3.0
) -> tuple[LargeResidual, ...]:
    """List readings whose residual exceeds a number of standard deviations.

    Args:
        panel: readings of all teams.
        residuals: ``(r,)`` reading less fitted value in points, in the panel's order.
        variance: of the residuals in squared points, one for all or ``(r,)``; a residual
            without variance is never listed.
        limit: standard deviations; exactly the limit, to 6 decimals, is not listed.

    Returns:
        The readings, the largest in size first, then by entry and examiner.

    Source:
        The figure 3 is the house's; a residual by its own standard deviation as Cook and
        Weisberg 1982, Residuals and Influence in Regression, section 2.2.
    """
    deviation = np.sqrt(np.broadcast_to(np.asarray(variance, dtype=np.float64), residuals.shape))
    standardised = np.divide(
        residuals, deviation, out=np.zeros(len(residuals)), where=deviation > 0
    ).round(DECIMALS)
    listed = np.flatnonzero(np.abs(standardised) > limit)
    order = listed[np.argsort(-np.abs(standardised[listed]), kind="stable")]
    return tuple(
        LargeResidual(
            entry=panel.entries[panel.entry[r]],
            examiner=panel.examiners[panel.examiner[r]],
            team=panel.teams[panel.team[r]],
            score=float(panel.score[r]),
            residual=float(residuals[r]),
            standardised=float(standardised[r]),
        )
        for r in order
    )


def flat_examiners(panel: Panel, spread: float = 1.0, entries: int = 3) -> tuple[FlatExaminer, ...]:
    """List examiners whose totals hardly differ between entries.

    Args:
        panel: readings of all teams, one for each entry and examiner.
        spread: points between lowest and highest total that still count as none.
        entries: fewest entries that an examiner must have read to be listed, from 1.

    Returns:
        The examiners, by id.

    Source:
        A house rule: with one total for all, an examiner tells nothing about the entries.
    """
    counts = np.bincount(panel.examiner, minlength=len(panel.examiners))
    low, high = np.full(len(counts), np.inf), np.full(len(counts), -np.inf)
    np.minimum.at(low, panel.examiner, panel.score)
    np.maximum.at(high, panel.examiner, panel.score)
    team = np.zeros(len(counts), dtype=np.intp)
    team[panel.examiner] = panel.team
    return tuple(
        FlatExaminer(
            examiner=panel.examiners[x],
            team=panel.teams[team[x]],
            entries=int(counts[x]),
            low=float(low[x]),
            high=float(high[x]),
        )
        for x in np.flatnonzero(counts >= entries)
        if round(float(high[x] - low[x]), DECIMALS) <= spread
    )


def divided_entries(panel: Panel, limit: float = 20.0) -> tuple[DividedEntry, ...]:
    """List entries whose examiners' totals differ by more than a limit, guests included.

    Args:
        panel: readings of all teams, totals on 0-100.
        limit: points; exactly the limit, to 6 decimals, is not listed.

    Returns:
        The entries, the most divided first, then by id.

    Source:
        A house rule; the edition sets the limit.
    """
    count = len(panel.entries)
    low, high = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(low, panel.entry, panel.score)
    np.maximum.at(high, panel.entry, panel.score)
    listed = np.flatnonzero((high - low).round(DECIMALS) > limit)
    found = [_divided(panel, int(entry)) for entry in listed]
    return tuple(sorted(found, key=lambda divided: (-divided.difference, divided.entry)))


def _divided(panel: Panel, entry: int) -> DividedEntry:
    readings = np.flatnonzero(panel.entry == entry)
    scores = panel.score[readings]
    lowest, highest = readings[scores.argmin()], readings[scores.argmax()]
    return DividedEntry(
        entry=panel.entries[entry],
        low_examiner=panel.examiners[panel.examiner[lowest]],
        low=float(panel.score[lowest]),
        high_examiner=panel.examiners[panel.examiner[highest]],
        high=float(panel.score[highest]),
        difference=round(float(scores.max() - scores.min()), DECIMALS),
    )

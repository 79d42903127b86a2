"""A panel and its calibration to the account of how far examiners agree, and of one entry."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
import numpy as np

from kvaljury.core.agreement.components import harmonic_mean
from kvaljury.core.agreement.outliers import (
    DECIMALS,
    divided_entries,
    flat_examiners,
    large_residuals,
)
from kvaljury.core.agreement.reliability import reliability_of
from kvaljury.core.agreement.residuals import least_squares_residuals, model_residuals
from kvaljury.core.agreement.sentences import describe_agreement
from kvaljury.core.agreement.teams import agreement_by_team
from kvaljury.core.model import (
    AgreementAccount,
    CalibrationSummary,
    ClassRanking,
    DividedEntry,
    EntryAgreement,
    LargeResidual,
    Panel,
    RankedEntry,
    Ranking,
    Reason,
    Text,
)
from kvaljury.core.model.panel import Floats


def account_of_agreement(
    panel: Panel, summary: CalibrationSummary, scores: Floats, limit: float
) -> AgreementAccount:
    """Account for how far the examiners of an edition agree.

    A reading is compared with its score and the severities that the method tells. Where it
    tells none, or a class is shown without adjustment, least squares over entries and examiners
    gives what to expect.

    Args:
        panel: readings of all teams, totals on 0-100.
        summary: how the scores were made comparable.
        scores: ``(n,)`` on 0-100, as they are shown.
        limit: points that the totals of an entry may differ by.

    Returns:
        The account; nothing of it changes a score or a place.
    """
    examiners = harmonic_mean(np.bincount(panel.entry))
    teams = agreement_by_team(panel)
    reliability = reliability_of(summary.variance, examiners)
    residuals = _far_readings(panel, summary, scores)
    return AgreementAccount(
        limit=limit,
        teams=teams,
        reliability=reliability,
        residuals=residuals,
        flat=flat_examiners(panel),
        divided=divided_entries(panel, limit),
        sentences=describe_agreement(
            teams,
            reliability,
            residuals,
            tells_strictness=summary.comparable,
        ),
    )


def with_agreement(ranking: Ranking, panel: Panel, scores: Floats, limit: float) -> Ranking:
    """Give a ranking its account of agreement, and its divided entries a reason that says so.

    Args:
        ranking: without the account.
        panel: its readings.
        scores: ``(n,)`` of the panel's entries, as they are shown.
        limit: points that the totals of an entry may differ by.

    Returns:
        The ranking; places and statuses are as they were.
    """
    account = account_of_agreement(panel, ranking.calibration, scores, limit)
    divided = {found.entry: found for found in account.divided}
    classes = tuple(_with_divided(ranked, divided, limit) for ranked in ranking.classes)
    return attrs.evolve(ranking, classes=classes, agreement=account)


def agreement_on_entry(ranking: Ranking, entry: str, team: str | None) -> EntryAgreement | None:
    """Pick what a ranking's account says of one entry.

    Args:
        ranking: with its account.
        entry: id.
        team: id of its home team, or None.

    Returns:
        How far its examiners agree, or None without a reading or an account.
    """
    account = ranking.agreement
    totals = [float(reading.total) for reading in ranking.readings if reading.entry == entry]
    if account is None or not totals:
        return None
    far = account.residuals
    return EntryAgreement(
        readings=len(totals),
        low=min(totals),
        high=max(totals),
        limit=account.limit,
        is_divided=any(found.entry == entry for found in account.divided),
        residuals=None if far is None else tuple(found for found in far if found.entry == entry),
        team=next((found for found in account.teams if found.team == team), None),
    )


def _far_readings(
    panel: Panel, summary: CalibrationSummary, scores: Floats
) -> tuple[LargeResidual, ...] | None:
    residuals = None
    if summary.comparable:
        residuals = model_residuals(panel, scores, summary.effects, summary.variance)
    if residuals is None:
        residuals = least_squares_residuals(panel)
    if residuals is None:
        return None
    return large_residuals(panel, residuals.values, residuals.variance)


def _with_divided(
    ranked: ClassRanking, divided: Mapping[str, DividedEntry], limit: float
) -> ClassRanking:
    if not any(entry.id in divided for entry in ranked.entries):
        return ranked
    entries = tuple(
        _flagged(entry, divided[entry.id], limit) if entry.id in divided else entry
        for entry in ranked.entries
    )
    return attrs.evolve(ranked, entries=entries)


def _flagged(entry: RankedEntry, found: DividedEntry, limit: float) -> RankedEntry:
    text = Text(
        "the examiners differ by {difference} points; the limit is {limit}",
        difference=_shown_above(found.difference, limit),
        limit=round(limit, DECIMALS),
    )
    return attrs.evolve(entry, reasons=(*entry.reasons, Reason("divided", text)))


def _shown_above(value: float, limit: float) -> float:
    """Round to one decimal, but never so that the value seems to keep the limit it exceeds."""
    rounded = round(value, 1)
    return rounded if rounded > limit else value

"""A panel to how far the examiners of each team agree on the team's own entries."""

from __future__ import annotations

import numpy as np

from kvaljury.core.agreement.components import separate_components
from kvaljury.core.agreement.concordance import kendall_w
from kvaljury.core.agreement.intraclass import agreement_of_readers, intraclass_correlations
from kvaljury.core.agreement.krippendorff import krippendorff_alpha
from kvaljury.core.model import Panel, TeamAgreement
from kvaljury.core.model.panel import Floats, Ints


def agreement_by_team(panel: Panel) -> tuple[TeamAgreement, ...]:
    """Measure the agreement within each team over its home readings.

    A home reading is of an entry by an examiner of the entry's own team: guests are left out.
    On a complete table the intraclass correlations are those of Shrout and Fleiss; gaps are
    bridged by variance components.

    Args:
        panel: readings of all teams, totals on 0-100.

    Returns:
        One value for each team, in the panel's order of teams.

    Source:
        As ``intraclass_correlations``, ``separate_components``, ``krippendorff_alpha`` and
        ``kendall_w``.
    """
    own = panel.team == panel.home[panel.entry]
    return tuple(
        _agreement(team, panel, np.flatnonzero(own & (panel.team == t)).astype(np.intp))
        for t, team in enumerate(panel.teams)
    )


def _agreement(team: str, panel: Panel, readings: Ints) -> TeamAgreement:
    entry, examiner = _recoded(panel.entry[readings]), _recoded(panel.examiner[readings])
    entries, examiners = (int(level.max(initial=-1)) + 1 for level in (entry, examiner))
    table = np.full((entries, examiners), np.nan)
    table[entry, examiner] = panel.score[readings]
    readers = np.bincount(entry)
    shared = int(np.count_nonzero(readers > 1))
    single, mean = _correlations(table, entry, examiner, readers)
    return TeamAgreement(
        team=team,
        entries=entries,
        examiners=examiners,
        shared=shared,
        icc_single=single,
        icc_mean=mean,
        # Within one entry alone alpha is 0 whatever its examiners say.
        alpha=krippendorff_alpha(table, "interval") if shared > 1 else None,
        kendall_w=kendall_w(table),
        mean_difference=_mean_difference(table, readers),
    )


def _recoded(level: Ints) -> Ints:
    """Number the levels that occur from 0 without gaps, in their order."""
    number = np.cumsum(np.bincount(level) > 0) - 1
    return number[level]


def _correlations(
    table: Floats, entry: Ints, examiner: Ints, readers: Ints
) -> tuple[float | None, float | None]:
    """Give ICC(2,1) and ICC(2,k), of a complete table the fast way."""
    if entry.size == table.size:
        complete = intraclass_correlations(table)
        return complete.agreement, complete.agreement_mean
    found = separate_components(entry, examiner, table[entry, examiner])
    if found is None:
        return None, None
    variance = {"entry": found.entry, "examiner": found.examiner, "residual": found.residual}
    gapped = agreement_of_readers(variance, readers)
    return (gapped.single, gapped.mean) if gapped else (None, None)


def _mean_difference(table: Floats, readers: Ints) -> float | None:
    pairs = int(np.sum(readers * (readers - 1)))  # each pair counts from both sides
    differences = np.abs(table[:, :, None] - table[:, None, :])
    return float(np.sum(differences[np.isfinite(differences)])) / pairs if pairs else None

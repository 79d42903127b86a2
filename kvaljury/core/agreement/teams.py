"""A panel to how far the examiners of each team agree on the team's own entries."""

from __future__ import annotations

import attrs
import numpy as np

from kvaljury.core.agreement.components import separate_components
from kvaljury.core.agreement.concordance import kendall_w
from kvaljury.core.agreement.intraclass import agreement_of_readers
from kvaljury.core.agreement.krippendorff import krippendorff_alpha
from kvaljury.core.model import Panel
from kvaljury.core.model.panel import Floats, Ints


@attrs.frozen
class TeamAgreement:
    """How far the examiners of one team agree; it says nothing of other teams.

    Attributes:
        team: id.
        entries: home entries with a home reading.
        examiners: examiners with a home reading.
        icc_single: ICC(2,1), of one examiner's reading; at most 1, None where undefined.
        icc_mean: ICC(2,k), of the mean of an entry's readings, k their harmonic mean; likewise.
        alpha: Krippendorff's, interval metric; likewise.
        kendall_w: from 0 to 1, over entries that all these examiners read; likewise.
        mean_difference: mean absolute difference of two examiners on one entry, in points;
            None where no entry was read twice.
    """

    team: str
    entries: int
    examiners: int
    icc_single: float | None = None
    icc_mean: float | None = None
    alpha: float | None = None
    kendall_w: float | None = None
    mean_difference: float | None = None


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
    entries, entry = np.unique(panel.entry[readings], return_inverse=True)
    examiners, examiner = np.unique(panel.examiner[readings], return_inverse=True)
    score = panel.score[readings]
    table = np.full((len(entries), len(examiners)), np.nan)
    table[entry, examiner] = score
    components = separate_components(entry, examiner, score)
    variance = {} if components is None else attrs.asdict(components)
    icc = agreement_of_readers(variance, np.bincount(entry))
    return TeamAgreement(
        team=team,
        entries=len(entries),
        examiners=len(examiners),
        icc_single=icc.single if icc else None,
        icc_mean=icc.mean if icc else None,
        alpha=krippendorff_alpha(table, "interval"),
        kendall_w=kendall_w(table),
        mean_difference=_mean_difference(table),
    )


def _mean_difference(table: Floats) -> float | None:
    first, second = np.triu_indices(table.shape[1], 1)
    differences = np.abs(table[:, first] - table[:, second])
    known = differences[np.isfinite(differences)]
    return float(known.mean()) if len(known) else None

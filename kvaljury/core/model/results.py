"""What the core hands back: findings, rankings, warnings and the trace of an entry."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import attrs

from kvaljury.core.model.agreement import AgreementAccount
from kvaljury.core.model.kinds import Basis, Outcome, ProposalKind, Stage, Status
from kvaljury.core.model.linkage import Linkage
from kvaljury.core.model.panel import Reading
from kvaljury.errors import Text


@attrs.frozen
class Finding:
    """A rule's verdict on an entry at one stage.

    Attributes:
        rule: id in the edition (``"E25-04"``).
        source: the line of the instructions (``"S25:54"``).
        value: what was tested, as shown, or None where it is unknown.
        limit: what was asked for, as shown, or None.
        overridden_by: who set the rule aside, or None.
    """

    rule: str
    entry: str
    stage: Stage
    verdict: Outcome
    reason: Text
    source: str
    value: Text | str | None = None
    limit: Text | str | None = None
    overridden_by: str | None = None


@attrs.frozen
class Eligibility:
    """All findings on one entry.

    Attributes:
        stages: pass, fail or unknown by stage; award and mention include participation.
        findings: in the order of the rule set, then of stages.
    """

    entry: str
    stages: Mapping[Stage, Outcome] = attrs.field(hash=False)
    findings: tuple[Finding, ...]


@attrs.frozen
class Reason:
    """Why an entry stands where it stands.

    Attributes:
        code: stable word for scripts (``"proposed"``, ``"tied"``, ``"unknown:E25-07"``).
        text: one sentence.
    """

    code: str
    text: Text


@attrs.frozen
class RankedEntry:
    """One competing entry in its class; a number that is not there is None.

    Attributes:
        raw: aggregated total of all valid readings, 0-100.
        score: calibrated score, 0-100, quantised to 6 decimals.
        low: lower end of the 90 % interval.
        high: upper end of the 90 % interval.
        rank: 1 is best; tied entries share one (1, 1, 3).
        rank_low: best rank of the 90 % rank interval.
        rank_high: worst rank of the 90 % rank interval.
        expected_rank: mean rank over the draws.
        p_best: probability of being best in the class.
        p_shortlist: probability of being among the k best in the class.
        p_above_next: probability of lying above the entry that is listed next, None for the
            last one.
        proposal: the team's, or None where none was filed.
        reasons: why the status is what it is, and what people must look at.
    """

    id: str
    name: str
    team: str | None
    status: Status
    proposal: ProposalKind | None = None
    raw: float | None = None
    score: float | None = None
    low: float | None = None
    high: float | None = None
    rank: int | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    expected_rank: float | None = None
    p_best: float | None = None
    p_shortlist: float | None = None
    p_above_next: float | None = None
    reasons: tuple[Reason, ...] = ()
    findings: tuple[Finding, ...] = ()
    readings: int = 0


@attrs.frozen
class ClassRanking:
    """A class, best first, those without a rank last.

    Attributes:
        class_id: id of the class.
        shortlist_size: k.
        comparable: False where its entries cannot be compared with each other.
        entries: ordered by rank, then id; unranked ones by status, then id.
        mentions: ids of entries proposed for a mention that can receive one, sorted.
        notes: what readers of the class must know, the banner of the guard first.
    """

    class_id: str
    title: Text
    shortlist_size: int
    comparable: bool
    entries: tuple[RankedEntry, ...]
    mentions: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()


@attrs.frozen
class ExcludedReading:
    """Marks of one examiner on one entry that were left out for declared jäv."""

    entry: str
    examiner: str
    ground: str
    marks: int


@attrs.frozen
class CalibrationSummary:
    """How scores were made comparable.

    Attributes:
        method: name of the normalisation.
        basis: what makes teams comparable.
        components: parts of the design that have readings.
        comparable: True where every class is.
        variance: by effect, squared points, quantised; None where there is no such effect.
        effects: estimated severities by effect and id, points, quantised.
        warnings: what readers must know.
        links: readings (examiner, entry) that would connect the parts most cheaply.
        linkage: how firmly readings link the teams, or None where there is only one.
    """

    method: str
    basis: Basis
    components: int
    comparable: bool
    variance: Mapping[str, float | None] = attrs.field(hash=False)
    effects: Mapping[str, Mapping[str, float]] = attrs.field(hash=False, factory=dict)
    warnings: tuple[Text, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    linkage: Linkage | None = None


@attrs.frozen
class Ranking:
    """The decision basis of an edition: advice, no decision.

    Attributes:
        classes: in the edition's order.
        readings: every scored reading, sorted by entry and examiner.
        raw: exact raw score by entry id, entries of every state.
        excluded: readings left out for declared jäv, sorted.
        not_competing: ids of withdrawn entries and calibration cases, sorted.
        warnings: missing marks, few readers, team sizes.
        agreement: how far the examiners agree.
    """

    calibration: CalibrationSummary
    classes: tuple[ClassRanking, ...]
    readings: tuple[Reading, ...]
    raw: Mapping[str, Fraction] = attrs.field(hash=False)
    excluded: tuple[ExcludedReading, ...] = ()
    not_competing: tuple[str, ...] = ()
    warnings: tuple[Text, ...] = ()
    agreement: AgreementAccount | None = None

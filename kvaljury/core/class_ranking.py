"""The entries of one class to their places, statuses and reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import attrs
import numpy as np

from kvaljury.core.comparability import ComparedScores, quantised
from kvaljury.core.completeness import FEWEST_READERS
from kvaljury.core.model import (
    ClassRanking,
    Edition,
    Eligibility,
    Entry,
    EntryClass,
    Finding,
    Outcome,
    Panel,
    Proposal,
    ProposalKind,
    RankedEntry,
    Reading,
    Reason,
    ShortlistRule,
    Stage,
    State,
    Status,
    Text,
)
from kvaljury.core.model.panel import Floats
from kvaljury.core.ranking import RankStatistics, rank_scores, score_intervals
from kvaljury.core.shortlist import can_receive, decide_statuses, is_barred

_UNRANKED = (Status.NOT_ELIGIBLE, Status.BARRED_AWARD, Status.UNMARKED)


def rank_class(
    edition: Edition,
    *,
    entry_class: EntryClass,
    panel: Panel,
    compared: ComparedScores,
    eligibility: Mapping[str, Eligibility],
    readings: Mapping[str, Sequence[Reading]],
    scored: Mapping[str, Mapping[str, float | None]],
    rule: ShortlistRule,
) -> ClassRanking:
    """Rank the competing entries of a class.

    Args:
        edition: entries, proposals, settings.
        entry_class: the class.
        panel: readings of all teams.
        compared: scores and draws of all read entries, guarded.
        eligibility: by entry id.
        readings: by entry id.
        scored: of all entries, as :func:`scored_entries` gives them.
        rule: the edition's shortlist rule.

    Returns:
        The class, best first; barred and unmarked entries last.

    Raises:
        PluginFault: if the shortlist rule fails or answers with something unusable.
    """
    settings = edition.rules.settings
    size = entry_class.shortlist_size or settings.shortlist.size
    home = edition.home_team_by_entry()
    entries = [
        _describe(
            entry,
            proposal=edition.proposals.get(entry.id),
            team=home.get(entry.id),
            verdict=eligibility[entry.id],
            own=readings.get(entry.id, ()),
            scored=scored.get(entry.id, {}),
        )
        for entry in edition.entries
        if entry.entry_class == entry_class.id and entry.state is State.COMPETING
    ]
    ranked = [entry for entry in entries if entry.status not in _UNRANKED]
    column = {entry: place for place, entry in enumerate(panel.entries)}
    columns = [column[entry.id] for entry in ranked]
    statistics = rank_scores(
        compared.scores[columns],
        None if compared.draws is None else compared.draws[:, columns],
        size,
        settings.rounding.decimals,
    )
    placed = {entry.id: entry for entry in _placed(ranked, statistics)}
    comparable = compared.comparable[entry_class.id]
    ranking = ClassRanking(
        class_id=entry_class.id,
        title=entry_class.title,
        shortlist_size=size,
        comparable=comparable,
        entries=tuple(sorted((placed.get(e.id, e) for e in entries), key=_order)),
        mentions=tuple(
            entry.id
            for entry in entries
            if entry.proposal is ProposalKind.MENTION and can_receive(entry, Stage.MENTION)
        ),
        notes=_notes(entries, ranked, comparable),
    )
    return decide_statuses(ranking, rule, attrs.evolve(settings.shortlist, size=size))


def is_rankable(entry: Entry, verdict: Eligibility) -> bool:
    """Tell whether an entry competes and may take part and be awarded."""
    return (
        entry.state is State.COMPETING
        and verdict.stages[Stage.PARTICIPATION] is not Outcome.FAIL
        and verdict.stages[Stage.AWARD] is not Outcome.FAIL
    )


def scored_entries(panel: Panel, compared: ComparedScores) -> dict[str, dict[str, float | None]]:
    """Give raw score, score and interval ends of every read entry, 0-100 and quantised."""
    low: Floats | None = None
    high: Floats | None = None
    if compared.draws is not None:
        low, high = map(quantised, score_intervals(compared.scores, compared.draws))
    raw = quantised(panel.raw)
    return {
        entry: {
            "raw": float(raw[i]),
            "score": float(compared.scores[i]),
            "low": None if low is None else float(low[i]),
            "high": None if high is None else float(high[i]),
        }
        for i, entry in enumerate(panel.entries)
    }


def _describe(
    entry: Entry,
    *,
    proposal: Proposal | None,
    team: str | None,
    verdict: Eligibility,
    own: Sequence[Reading],
    scored: Mapping[str, float | None],
) -> RankedEntry:
    asked = proposal.proposal if proposal else None
    return RankedEntry(
        id=entry.id,
        name=entry.name,
        team=team,
        status=_standing(verdict, own),
        proposal=asked,
        reasons=_standing_reasons(verdict.findings, asked, own),
        findings=verdict.findings,
        readings=len(own),
        **scored,  # type: ignore[arg-type]  # the keys are the score fields
    )


def _standing(verdict: Eligibility, own: Sequence[Reading]) -> Status:
    if verdict.stages[Stage.PARTICIPATION] is Outcome.FAIL:
        return Status.NOT_ELIGIBLE
    if verdict.stages[Stage.AWARD] is Outcome.FAIL:
        return Status.BARRED_AWARD
    return Status.DISCUSS if own else Status.UNMARKED


def _standing_reasons(
    findings: Sequence[Finding], proposal: ProposalKind | None, own: Sequence[Reading]
) -> tuple[Reason, ...]:
    reasons: dict[str, Reason] = {}
    for finding in findings:
        if finding.verdict is Outcome.FAIL:
            reasons.setdefault(
                f"failed:{finding.rule}", Reason(f"failed:{finding.rule}", finding.reason)
            )
        if finding.verdict is Outcome.UNKNOWN:
            reasons.setdefault(
                f"unknown:{finding.rule}", Reason(f"unknown:{finding.rule}", finding.reason)
            )
        if finding.overridden_by is not None:
            reasons.setdefault(
                f"overridden:{finding.rule}", Reason(f"overridden:{finding.rule}", finding.reason)
            )
    listed = list(reasons.values())
    if proposal is ProposalKind.MENTION and is_barred(findings, Stage.MENTION):
        listed.append(
            Reason("mention_barred", Text("proposed for a mention that it cannot receive"))
        )
    if proposal is ProposalKind.AWARD and is_barred(findings, Stage.AWARD):
        listed.append(Reason("award_barred", Text("proposed for the award that it cannot receive")))
    if not own:
        listed.append(Reason("unmarked", Text("no valid mark")))
    elif any(reading.missing for reading in own):
        count = sum(len(reading.missing) for reading in own)
        listed.append(Reason("missing_marks", Text("missing marks: {n}", n=count)))
    if 0 < len(own) < FEWEST_READERS:
        listed.append(Reason("few_readers", Text("valid readers: {n}", n=len(own))))
    return tuple(listed)


def _placed(ranked: Sequence[RankedEntry], statistics: RankStatistics) -> Iterator[RankedEntry]:
    """Give ranked entries their places and, where the uncertainty is known, what is known of it."""
    found = {"rank": statistics.rank.tolist()}
    if (
        statistics.low is not None
        and statistics.high is not None
        and statistics.expected is not None
        and statistics.p_best is not None
        and statistics.p_shortlist is not None
        and statistics.above_next is not None
    ):
        found |= {
            "rank_low": statistics.low.tolist(),
            "rank_high": statistics.high.tolist(),
            "expected_rank": quantised(statistics.expected).tolist(),
            "p_best": quantised(statistics.p_best).tolist(),
            "p_shortlist": quantised(statistics.p_shortlist).tolist(),
            "p_above_next": [
                None if np.isnan(above) else above
                for above in quantised(statistics.above_next).tolist()
            ],
        }
    for entry, *values in zip(ranked, *found.values(), strict=True):
        yield attrs.evolve(entry, **dict(zip(found, values, strict=True)))


def _order(entry: RankedEntry) -> tuple[int, int, str]:
    if entry.rank is not None:
        return (0, entry.rank, entry.id)
    return (1, -_UNRANKED.index(entry.status), entry.id)


def _notes(
    entries: Sequence[RankedEntry], ranked: Sequence[RankedEntry], comparable: bool
) -> tuple[Text, ...]:
    notes = []
    if not comparable:
        teams = sorted({entry.team for entry in ranked if entry.team is not None})
        notes.append(Text("The teams cannot be compared: {teams}", teams=", ".join(teams)))
    if not entries:
        notes.append(Text("No entry competes in this class"))
    elif not ranked:
        notes.append(Text("No entry in this class can be ranked"))
    elif len(ranked) == 1:
        notes.append(Text("One entry alone: there is nobody to compare it with"))
    standing = Counter(entry.status for entry in entries)
    if standing[Status.UNMARKED]:
        notes.append(Text("Entries without a valid mark: {n}", n=standing[Status.UNMARKED]))
    return tuple(notes)

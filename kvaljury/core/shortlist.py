"""A class's ranking to the beredningsgrupp's list: who stands clear, who must be discussed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import attrs

from kvaljury.core.asking import asking
from kvaljury.core.model import (
    ClassRanking,
    Finding,
    Outcome,
    ProposalKind,
    RankedEntry,
    Reason,
    ShortlistRule,
    ShortlistSettings,
    Stage,
    Status,
    Text,
)
from kvaljury.errors import PluginFault

_LISTED = {Status.SHORTLISTED, Status.DISCUSS, Status.NOT_SHORTLISTED}


def decide_statuses(
    ranking: ClassRanking, rule: ShortlistRule, settings: ShortlistSettings
) -> ClassRanking:
    """Give each ranked entry of a class its status.

    Barred and unmarked entries are taken out before the rule sees the ranking. Where entries
    cannot be compared the best status is ``discuss``, a tie at the cut is always discussed, and
    an entry proposed for the award that can receive it is never below.

    Args:
        ranking: the class, with the status of unranked entries already set.
        rule: the edition's.
        settings: the edition's, with the class's k as ``size``.

    Returns:
        The class with statuses and the reasons for them.

    Raises:
        PluginFault: if the rule fails, leaves an entry out or gives one that it was not given.
    """
    ranked = tuple(entry for entry in ranking.entries if entry.rank is not None)
    asked = _ask(attrs.evolve(ranking, entries=ranked), rule, settings) if ranked else {}
    entries = tuple(
        _with_status(entry, asked[entry.id], ranking, settings) if entry.id in asked else entry
        for entry in ranking.entries
    )
    return attrs.evolve(ranking, entries=entries)


def is_tied_at_cut(entry: RankedEntry, entries: Collection[RankedEntry], size: int) -> bool:
    """Tell whether an entry shares its rank with so many that only some have a place.

    Args:
        entry: a ranked entry.
        entries: the ranked entries of its class.
        size: k.
    """
    if entry.rank is None:
        return False
    sharing = sum(other.rank == entry.rank for other in entries)
    return entry.rank <= size < entry.rank + sharing - 1


def can_receive(entry: RankedEntry, stage: Stage) -> bool:
    """Tell whether no rule bars an entry from what is decided at a stage.

    Args:
        entry: with all its findings.
        stage: award or mention; participation is included.
    """
    return not is_barred(entry.findings, stage)


def is_barred(findings: Iterable[Finding], stage: Stage) -> bool:
    """Tell whether a rule bars from what is decided at a stage.

    Args:
        findings: all those on one entry.
        stage: award or mention; participation is included.
    """
    return any(
        finding.verdict is Outcome.FAIL and finding.stage in {Stage.PARTICIPATION, stage}
        for finding in findings
    )


def _ask(
    ranking: ClassRanking, rule: ShortlistRule, settings: ShortlistSettings
) -> Mapping[str, Status]:
    def failed(said: str) -> Text:
        return Text("The shortlist rule {name} failed: {error}", name=rule.name, error=said)

    copies = tuple(attrs.evolve(entry) for entry in ranking.entries)
    with asking(f"shortlist-rule {rule.name}", failed, may_refuse=True):
        statuses = dict(rule.decide(attrs.evolve(ranking, entries=copies), settings))
    given = {entry.id for entry in ranking.entries}
    wrong = sorted(given ^ statuses.keys(), key=str) + sorted(
        entry
        for entry, status in statuses.items()
        if type(status) is not Status or status not in _LISTED
    )
    if wrong:
        raise PluginFault(
            Text(
                "The shortlist rule {name} must give shortlisted, discuss or not_shortlisted to "
                "each entry that it was given and to no other; wrong: {entries}",
                name=rule.name,
                entries=", ".join(map(str, wrong)),
            ),
            code="plugin-wrong-answer",
            plugin=f"shortlist-rule {rule.name}",
        )
    return statuses


def _with_status(
    entry: RankedEntry, asked: Status, ranking: ClassRanking, settings: ShortlistSettings
) -> RankedEntry:
    status, reasons = asked, list(entry.reasons)
    if not ranking.comparable:
        status = Status.DISCUSS if status is Status.SHORTLISTED else status
        reasons.append(Reason("not_comparable", Text("the teams of the class cannot be compared")))
    ranked = [other for other in ranking.entries if other.rank is not None]
    is_tied = is_tied_at_cut(entry, ranked, settings.size)
    if is_tied:
        status = Status.DISCUSS
        reasons.append(Reason("tied", Text("tied at the end of the shortlist")))
    if status is Status.DISCUSS and entry.p_shortlist is None:
        reasons.append(Reason("no_uncertainty", Text("the uncertainty cannot be estimated")))
    elif asked is Status.DISCUSS and not is_tied:
        reasons.append(Reason("uncertain", Text("the scores do not settle the place")))
    if asked is Status.SHORTLISTED and len(ranked) <= settings.size:
        reasons.append(
            Reason(
                "few_entries", Text("the class has no more entries than places on the shortlist")
            )
        )
    if entry.proposal is ProposalKind.AWARD and status is Status.NOT_SHORTLISTED:
        status = Status.DISCUSS
        reasons.append(Reason("proposed", Text("proposed for the award by its team")))
        reasons.append(
            Reason("proposal_above_score", Text("the team proposes the award, the score is low"))
        )
    elif (
        asked is Status.SHORTLISTED
        and len(ranked) > settings.size
        and entry.proposal is not None
        and entry.proposal is not ProposalKind.AWARD
    ):
        reasons.append(
            Reason("score_above_proposal", Text("the score is high, the team proposes no award"))
        )
    return attrs.evolve(entry, status=status, reasons=tuple(reasons))

"""A ranking and the teams' proposals to a first list of nominations, for people to edit."""

from __future__ import annotations

from collections.abc import Iterator

from kvaljury.core.model import Outcome, ProposalKind, RankedEntry, Ranking, Stage, Status
from kvaljury.core.model.figures import percent_text
from kvaljury.core.model.wording import PROPOSAL_WORDS
from kvaljury.core.shortlist import can_receive
from kvaljury.errors import Text

_LISTED = (Status.SHORTLISTED, Status.DISCUSS)
_PROPOSED = {ProposalKind.AWARD: Stage.AWARD, ProposalKind.MENTION: Stage.MENTION}


def first_nominations(ranking: Ranking) -> tuple[tuple[str, ProposalKind, Text], ...]:
    """Draw up what people can start from; it decides nothing.

    Args:
        ranking: of the edition.

    Returns:
        Entry, what it is put forward for, and what that rests on, in the order of classes and
        places: every entry that is shortlisted, to be discussed or proposed and that no rule
        keeps from everything.
    """
    return tuple(
        (entry.id, *_suggestion(entry))
        for ranked in ranking.classes
        for entry in ranked.entries
        if _is_listed(entry)
    )


def _is_listed(entry: RankedEntry) -> bool:
    is_up = entry.status in _LISTED or entry.proposal in _PROPOSED
    return is_up and any(can_receive(entry, stage) for stage in _PROPOSED.values())


def _suggestion(entry: RankedEntry) -> tuple[ProposalKind, Text]:
    wished = entry.proposal
    if wished is None and entry.status is Status.SHORTLISTED:
        wished = ProposalKind.AWARD
    kind = wished or ProposalKind.NONE
    is_barred = kind in _PROPOSED and not can_receive(entry, _PROPOSED[kind])
    reason = _joined(_reasons(entry, is_barred=is_barred))
    return (ProposalKind.NONE if is_barred else kind), reason


def _reasons(entry: RankedEntry, *, is_barred: bool) -> Iterator[Text]:
    if entry.p_shortlist is not None and entry.status is Status.SHORTLISTED:
        yield Text("shortlisted, probability {p}", p=percent_text(entry.p_shortlist))
    elif entry.p_shortlist is not None and entry.status is Status.DISCUSS:
        probability = percent_text(entry.p_shortlist)
        yield Text("to be discussed, probability of the shortlist {p}", p=probability)
    if entry.proposal is None:
        yield Text("the team has filed no proposal")
    else:
        yield Text("the team proposes: {kind}", kind=PROPOSAL_WORDS[entry.proposal])
    if is_barred:
        yield Text("the rules do not allow what is proposed")
    unknown = sorted({f.rule for f in entry.findings if f.verdict is Outcome.UNKNOWN})
    if unknown:
        yield Text("not examined: {rules}", rules=unknown)


def _joined(reasons: Iterator[Text]) -> Text:
    first = next(reasons)
    for reason in reasons:
        first = Text("{first}; {rest}", first=first, rest=reason)
    return first

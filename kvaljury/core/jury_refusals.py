"""Why a class cannot be decided as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kvaljury.core.model import (
    Eligibility,
    Entry,
    Nomination,
    Outcome,
    ProposalKind,
    Stage,
    State,
)
from kvaljury.core.model.jury import JuryRules
from kvaljury.core.model.jury_day import Papers, Refusal
from kvaljury.core.model.sitting import Item, ItemResult
from kvaljury.core.model.voting import Tally, places
from kvaljury.errors import Text

_STAGE_OF = {ProposalKind.AWARD: Stage.AWARD, ProposalKind.MENTION: Stage.MENTION}
_BARS = (Outcome.FAIL, Outcome.UNKNOWN)


def refusals_of(
    class_id: str,
    nominees: Sequence[Nomination],
    results: Sequence[ItemResult],
    tally: Tally | None,
    papers: Papers,
) -> Iterable[Refusal]:
    """Give every reason why a class cannot be decided.

    Args:
        class_id: of the class.
        nominees: what is up in it.
        results: of what was put to the vote.
        tally: of the ballots, or None.
        papers: rules, eligibility, leaves.
    """
    if not results:
        yield Refusal("no-vote", Text("nothing has been put to the vote"))
    up = {nominee.entry: nominee.nominated_for for nominee in nominees}
    for result in results:
        yield from _refused_item(result, up, papers)
    awards = carried(results, ProposalKind.AWARD)
    yield from _refused_number(class_id, awards, tally, papers.jury.rules)
    yield from _refused_nobody(results, awards)
    for entry in carried(results, ProposalKind.MENTION):
        if entry in awards:
            message = Text(
                "{entry} was given both the award and a mention",
                entry=f"{entry} {papers.entries[entry].name}",
            )
            yield Refusal("award-and-mention", message, Text("correct the votes"))


def _refused_nobody(results: Sequence[ItemResult], awards: Sequence[str]) -> Iterable[Refusal]:
    nobody = [r.is_carried for r in results if r.item.proposed is ProposalKind.NONE]
    if True in nobody and awards:
        message = Text("it was carried both that nobody gets the award and that somebody does")
        yield Refusal("contradiction", message, Text("correct the votes"))
    if False in nobody and not awards:
        message = Text("it was voted down that nobody gets the award, and no award was carried")
        hint = Text("vote on the award of a nominee, or again on the proposal that nobody gets it")
        yield Refusal("nothing-carried", message, hint)


def _refused_item(
    result: ItemResult, up: Mapping[str, ProposalKind], papers: Papers
) -> Iterable[Refusal]:
    sitting, entry = result.sitting, result.item.entry
    if not sitting.has_quorum:
        message = Text(
            "{what}: {n} take part, and the quorum is {needed}",
            what=said_item(result.item, papers.entries),
            n=len(sitting.seats),
            needed=sitting.needed,
        )
        yield Refusal("no-quorum", message, Text("call substitutes, or decide on another day"))
    elif result.is_carried is None:
        message = Text(
            "{what}: the numbers are equal, and whoever is in the chair abstains",
            what=said_item(result.item, papers.entries),
        )
        yield Refusal("undecided", message, Text("vote again, or let the chair vote"))
    if not result.is_carried or not entry:
        return
    yield from _refused_nominee(result.item, up.get(entry), papers)
    yield from _refused_stage(result.item, papers)


def _refused_nominee(
    item: Item, nominated_for: ProposalKind | None, papers: Papers
) -> Iterable[Refusal]:
    what, entry = said_item(item, papers.entries), papers.entries[item.entry]
    if entry.state is not State.COMPETING:
        message = (
            Text("{what}: the entry is withdrawn", what=what)
            if entry.state is State.WITHDRAWN
            else Text("{what}: the entry is a calibration case and does not compete", what=what)
        )
        yield Refusal("not-competing", message, Text("correct the votes and nominations.csv"))
    if nominated_for is None:
        message = Text("{what}: the entry is not nominated", what=what)
        yield Refusal("not-nominated", message, Text("add it to nominations.csv with a reason"))
    elif nominated_for is ProposalKind.MENTION and item.proposed is ProposalKind.AWARD:
        message = Text("{what}: the entry is nominated for a mention only", what=what)
        hint = Text("nominate it for the award in nominations.csv with a reason")
        yield Refusal("not-nominated", message, hint)


def barring_rules(eligibility: Eligibility, *stages: Stage) -> tuple[str, ...]:
    """Give the rules that bar an entry from stages or could not be tried, sorted.

    Args:
        eligibility: of the entry.
        stages: participation is included.
    """
    within = (Stage.PARTICIPATION, *stages)
    rules = {f.rule for f in eligibility.findings if f.stage in within and f.verdict in _BARS}
    return tuple(sorted(rules))


def _refused_stage(item: Item, papers: Papers) -> Iterable[Refusal]:
    stage = _STAGE_OF[item.proposed]
    eligibility = papers.eligibility[item.entry]
    given = {rule for leave in papers.leaves if leave.entry == item.entry for rule in leave.rules}
    left = [rule for rule in barring_rules(eligibility, stage) if rule not in given]
    if not left:
        return
    is_barred = any(f.verdict is Outcome.FAIL for f in eligibility.findings if f.rule in left)
    rules = ", ".join(left)
    message = (
        Text(
            "{what}: the rules bar it ({rules})", what=said_item(item, papers.entries), rules=rules
        )
        if is_barred
        else Text(
            "{what}: the rules could not be tried ({rules})",
            what=said_item(item, papers.entries),
            rules=rules,
        )
    )
    hint = Text(
        "a named person can let it through: --override {entry} --by NAME --reason TEXT",
        entry=item.entry,
    )
    yield Refusal("barred" if is_barred else "untried", message, hint)


def _refused_number(
    class_id: str, awards: Sequence[str], tally: Tally | None, rules: JuryRules
) -> Iterable[Refusal]:
    most = rules.awards_of(class_id)
    if len(awards) <= most or (rules.may_share and _are_tied(awards, most, tally)):
        return
    message = Text("{n} awards were carried, and the class has {most}", n=len(awards), most=most)
    hint = Text("correct the votes, or change the number of awards under [rules.awards]")
    yield Refusal("too-many-awards", message, hint)


def _are_tied(awards: Sequence[str], most: int, tally: Tally | None) -> bool:
    """Tell whether what goes beyond the number is a tie at the cut, so that it may be shared."""
    if tally is None:
        return False
    cut = places(tally.tiers, most)
    return set(awards) <= {*cut.within, *cut.tied}


def carried(results: Iterable[ItemResult], kind: ProposalKind) -> tuple[str, ...]:
    """Give the entries for which a kind of proposal was carried, sorted."""
    found = {r.item.entry for r in results if r.is_carried and r.item.proposed is kind}
    return tuple(sorted(found))


def said_item(item: Item, entries: Mapping[str, Entry]) -> Text:
    """Give what was put to the vote, in words."""
    if item.proposed is ProposalKind.NONE:
        return Text("nobody gets the award of the class")
    name = f"{item.entry} {entries[item.entry].name}"
    if item.proposed is ProposalKind.AWARD:
        return Text("award to {entry}", entry=name)
    return Text("mention to {entry}", entry=name)

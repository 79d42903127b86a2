"""Why a class cannot be decided as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from kvaljury.core.model import Entry, Outcome, ProposalKind, Stage
from kvaljury.core.model.jury import JuryRules
from kvaljury.core.model.jury_day import Papers, Refusal
from kvaljury.core.model.sitting import Item, ItemResult
from kvaljury.core.model.voting import Tally, places
from kvaljury.errors import Text

_STAGE_OF = {ProposalKind.AWARD: Stage.AWARD, ProposalKind.MENTION: Stage.MENTION}


def refusals_of(
    class_id: str,
    names: AbstractSet[str],
    results: Sequence[ItemResult],
    tally: Tally | None,
    papers: Papers,
) -> Iterable[Refusal]:
    """Give every reason why a class cannot be decided.

    Args:
        class_id: of the class.
        names: ids of the nominees.
        results: of what was put to the vote.
        tally: of the ballots, or None.
        papers: rules, eligibility, leaves.
    """
    if not results:
        yield Refusal("no-vote", Text("nothing has been put to the vote"))
    for result in results:
        yield from _refused_item(result, names, papers)
    awards = carried(results, ProposalKind.AWARD)
    yield from _refused_number(class_id, awards, tally, papers.jury.rules)
    nobody = any(r.is_carried and r.item.proposed is ProposalKind.NONE for r in results)
    if nobody and awards:
        message = Text("it was carried both that nobody gets the award and that somebody does")
        yield Refusal("contradiction", message, Text("correct the votes"))


def _refused_item(result: ItemResult, names: AbstractSet[str], papers: Papers) -> Iterable[Refusal]:
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
    if entry not in names:
        message = Text(
            "{what}: the entry is not nominated", what=said_item(result.item, papers.entries)
        )
        yield Refusal("not-nominated", message, Text("add it to nominations.csv with a reason"))
    yield from _refused_stage(result.item, papers)


def _refused_stage(item: Item, papers: Papers) -> Iterable[Refusal]:
    stage = _STAGE_OF[item.proposed]
    eligibility = papers.eligibility[item.entry]
    outcome = eligibility.stages[stage]
    if outcome is Outcome.PASS or any(leave.entry == item.entry for leave in papers.leaves):
        return
    rules = ", ".join(sorted({f.rule for f in eligibility.findings if f.verdict is outcome}))
    message = (
        Text(
            "{what}: the rules bar it ({rules})", what=said_item(item, papers.entries), rules=rules
        )
        if outcome is Outcome.FAIL
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
    yield Refusal("barred" if outcome is Outcome.FAIL else "untried", message, hint)


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

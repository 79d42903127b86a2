"""A recorded decision of a class to its paragraph of the minutes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kvaljury.core.jav_grounds import ground_text
from kvaljury.core.minutes.ballots import ballot_blocks
from kvaljury.core.minutes.votes import vote_blocks
from kvaljury.core.minutes.words import (
    KNOWN_WORDS,
    NOMINATED_WORDS,
    NOT_PASSED_WORDS,
    STAGE_OF,
    absent_from,
)
from kvaljury.core.model.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Facts,
    Heading,
    Paragraph,
    Table,
    Words,
)
from kvaljury.core.model.jury import Answer, JavSource, Role
from kvaljury.core.model.kinds import Outcome, ProposalKind
from kvaljury.core.model.recorded import RecordedDecision, RecordedItem, RecordedJav
from kvaljury.errors import Text

_TOLD = "{known}: {reason}"


def class_blocks(decision: RecordedDecision) -> Iterator[Block]:
    """Tell of a class: who sat, what was up, what was said, and what was decided.

    Args:
        decision: as recorded.

    Returns:
        Blocks below the paragraph's heading; the decision itself comes last.
    """
    yield from _sittings(decision)
    yield from _jav(decision)
    yield _nominees(decision)
    yield from ballot_blocks(decision)
    yield from vote_blocks(decision)
    yield from _eligibility(decision)
    yield from _outcome(decision)


def _sittings(decision: RecordedDecision) -> Iterator[Block]:
    """Tell who took part; once where that is the same in every proposal."""
    by_seats: dict[object, tuple[RecordedItem, list[int]]] = {}
    for number, item in enumerate(decision.items, start=1):
        away = (item.answers[Answer.JAV], item.answers[Answer.ABSENT])
        key = (item.chair, item.voters, tuple(item.stands_in.items()), away)
        by_seats.setdefault(key, (item, []))[1].append(number)
    for item, numbers in by_seats.values():
        if len(by_seats) > 1:
            which = Text("Sitting for proposal {numbers}", numbers=tuple(numbers))
            yield Heading(which, level=3)
        yield Facts(tuple(_sitting(decision, item)))
        yield Paragraph(_quorum(item))


def _sitting(decision: RecordedDecision, item: RecordedItem) -> Iterator[tuple[Words, Words]]:
    yield Text("In the chair"), _chair(decision, item)
    substitutes = [name for name in item.voters if name in item.stands_in]
    yield (
        Text("Members who take part"),
        _names(decision, [name for name in item.voters if name not in item.stands_in]),
    )
    if substitutes:
        pairs = [
            Text(
                "{substitute} for {member}",
                substitute=decision.person(name),
                member=decision.person(item.stands_in[name]),
            )
            for name in substitutes
        ]
        yield Text("Substitutes who take part"), Text("{all}", sv="{all}", all=tuple(pairs))
    yield Text("Out for jäv"), _names(decision, item.answers[Answer.JAV])
    yield Text("Absent"), _names(decision, absent_from(decision, item))


def _chair(decision: RecordedDecision, item: RecordedItem) -> Words:
    if item.chair is None:
        return Text("nobody")
    name = decision.person(item.chair)
    if not item.is_acting:
        return name
    ordinary = [p.id for p in decision.people.values() if p.role is Role.CHAIR]
    has_jav = any(juror in item.answers[Answer.JAV] for juror in ordinary)
    if has_jav:
        return Text("{name}, acting, since the chair has jäv", name=name)
    return Text("{name}, acting, since the chair is absent", name=name)


def _quorum(item: RecordedItem) -> Text:
    there = len(item.voters)
    if there >= item.needed:
        return Text(
            "There is a quorum: {n} take part, at least {needed} are needed.",
            n=there,
            needed=item.needed,
        )
    return Text(
        "There is no quorum: {n} take part, at least {needed} are needed.",
        n=there,
        needed=item.needed,
    )


def _names(decision: RecordedDecision, jurors: Sequence[str]) -> Words:
    return ", ".join(map(decision.person, jurors)) or Text("nobody")


def _jav(decision: RecordedDecision) -> Iterator[Block]:
    yield Heading(Text("Jäv"), level=3)
    if not decision.jav:
        yield Paragraph(Text("No jäv was declared or found in this class."))
        return
    yield Bullets(tuple(_finding(decision, each) for each in decision.jav))
    jurors = dict.fromkeys(each.juror for each in decision.jav)
    yield Paragraph(
        Text(
            "{names} take no part in the decision that the jäv reaches.",
            names=_names(decision, tuple(jurors)),
        )
    )


def _finding(decision: RecordedDecision, found: RecordedJav) -> Text:
    # What a juror has declared is the ground itself, also where it was found late.
    is_declared = found.known == JavSource.DECLARED or (
        found.known == JavSource.FOUND_LATER and bool(found.ground)
    )
    known = KNOWN_WORDS.get(found.known, found.known)
    return Text(
        "{juror}, for {unit}. Ground: {ground}. {known}",
        juror=decision.person(found.juror),
        unit=decision.unit(found.entry),
        ground=ground_text(found.ground) if found.ground else Text("no ground given"),
        known=known if is_declared else Text(_TOLD, sv=_TOLD, known=known, reason=found.reason),
    )


def _nominees(decision: RecordedDecision) -> Table:
    columns = (
        Column(Text("Unit"), width=3),
        Column(Text("Nominated for"), width=2.7),
        Column(Text("Reason"), width=3.3),
        Column(Text("By"), width=3),
    )
    rows = tuple(
        (
            Cell(decision.unit(each.entry)),
            Cell(NOMINATED_WORDS[each.proposed]),
            Cell(each.reason),
            Cell(each.by),
        )
        for each in decision.nominees
    )
    return Table(Text("What the drafting group sends on"), columns, rows)


def _eligibility(decision: RecordedDecision) -> Iterator[Block]:
    yield Heading(Text("Tried against the rules on the day of the decision"), level=3)
    bars = [bar for bar in _concerned(decision) if bar]
    if bars:
        yield Bullets(tuple(bars))
    else:
        yield Paragraph(Text("Every nominee may receive what it is nominated for."))
    for each in decision.overrides:
        text = Text(
            "{by} has set the rules aside for {unit}. Reason: {why}",
            by=each.by,
            unit=decision.unit(each.entry),
            why=each.reason,
        )
        yield Paragraph(text, is_notice=True)


def _concerned(decision: RecordedDecision) -> Iterator[Text]:
    """Say what bars nominees from what they are nominated for, or receive."""
    stages = {(n.entry, STAGE_OF.get(n.proposed)) for n in decision.nominees}
    stages |= {(entry, STAGE_OF[ProposalKind.AWARD]) for entry in decision.awards}
    stages |= {(entry, STAGE_OF[ProposalKind.MENTION]) for entry in decision.mentions}
    for bar in decision.eligibility:
        if bar.outcome is Outcome.PASS or (bar.entry, bar.stage) not in stages:
            continue
        rules = tuple(
            Text("{rule}: {why}", sv="{rule}: {why}", rule=rule, why=why)
            for rule, why in bar.failed
        )
        template = "{unit} {outcome} ({rules})" if rules else "{unit} {outcome}"
        yield Text(
            template,
            sv=template,
            unit=decision.unit(bar.entry),
            outcome=NOT_PASSED_WORDS[bar.outcome],
            rules=rules,
        )


def _outcome(decision: RecordedDecision) -> Iterator[Block]:
    yield Heading(Text("Decision"), level=3)
    for entry in decision.awards:
        yield Paragraph(
            Text(
                "The jury decides that {unit} receives the award in the class {title}.",
                unit=decision.unit(entry),
                title=decision.title,
            )
        )
        yield from _motivation(decision, entry)
    if not decision.awards:
        text = Text(
            "The jury decides that nobody receives the award in the class {title}.",
            title=decision.title,
        )
        yield Paragraph(text)
    for entry in decision.mentions:
        yield Paragraph(
            Text(
                "The jury decides that {unit} receives an honourable mention in the class {title}.",
                unit=decision.unit(entry),
                title=decision.title,
            )
        )
        yield from _motivation(decision, entry)


def _motivation(decision: RecordedDecision, entry: str) -> Iterator[Paragraph]:
    found = decision.motivations.get(entry)
    if found is None:
        yield Paragraph(Text("No motivation stands in the record."), is_notice=True)
    elif found.by:
        yield Paragraph(Text("Motivation: {text} (By {by})", text=found.text, by=found.by))
    else:
        yield Paragraph(Text("Motivation: {text}", text=found.text))

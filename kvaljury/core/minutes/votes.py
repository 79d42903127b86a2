"""The formal votes of a class as minutes tell them: names where voting is open, else numbers."""

from __future__ import annotations

from collections.abc import Iterator

from kvaljury.core.minutes.words import ANSWER_WORDS, absent_from
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
from kvaljury.core.model.jury import Answer, Voting
from kvaljury.core.model.kinds import ProposalKind
from kvaljury.core.model.recorded import RecordedDecision, RecordedItem
from kvaljury.errors import Text

_WIDTHS = {
    Answer.YES: 0.9,
    Answer.NO: 0.9,
    Answer.ABSTAINS: 1.2,
    Answer.JAV: 0.9,
    Answer.ABSENT: 2.0,
}


def vote_blocks(decision: RecordedDecision) -> Iterator[Block]:
    """Tell what was put to the vote and what came of it.

    Args:
        decision: as recorded.

    Returns:
        Blocks; with closed voting no name but those of reservations, whose authors gave it.
    """
    yield Heading(Text("Vote"), level=3)
    if not decision.items:
        yield Paragraph(Text("Nothing was put to the vote."))
        return
    is_open = decision.voting is Voting.OPEN
    yield Paragraph(Text("Voting was open.") if is_open else Text("Voting was closed."))
    yield _numbers(decision)
    if is_open:
        yield Facts(tuple(_named(decision)))
    remarks = tuple(_remarks(decision, is_open=is_open))
    if remarks:
        yield Bullets(remarks)
    yield from _reservations(decision)


def _numbers(decision: RecordedDecision) -> Table:
    columns = (
        Column(Text("Put to the vote"), width=4),
        *(Column(ANSWER_WORDS[answer], is_number=True, width=_WIDTHS[answer]) for answer in Answer),
        Column(Text("Result"), width=1.6),
    )
    rows = tuple(
        (
            Cell(_proposal(decision, item, number)),
            *(Cell(str(_count(decision, item, answer))) for answer in Answer),
            Cell(_result(item)),
        )
        for number, item in enumerate(decision.items, start=1)
    )
    return Table(Text("Votes"), columns, rows)


def _count(decision: RecordedDecision, item: RecordedItem, answer: Answer) -> int:
    is_absence = answer is Answer.ABSENT
    return len(absent_from(decision, item) if is_absence else item.answers[answer])


def _proposal(decision: RecordedDecision, item: RecordedItem, number: int) -> Text:
    unit = decision.unit(item.entry)
    if item.proposed is ProposalKind.AWARD:
        return Text("{n}. {unit} receives the award", n=number, unit=unit)
    if item.proposed is ProposalKind.MENTION:
        return Text("{n}. {unit} receives an honourable mention", n=number, unit=unit)
    return Text("{n}. Nobody receives the award", n=number)


def _result(item: RecordedItem) -> Text:
    if item.is_carried is None:
        return Text("not decided")
    return Text("carried") if item.is_carried else Text("lost")


def _named(decision: RecordedDecision) -> Iterator[tuple[Words, Words]]:
    for number, item in enumerate(decision.items, start=1):
        for answer in (Answer.YES, Answer.NO, Answer.ABSTAINS):
            if item.answers[answer]:
                term = Text("Proposal {n}: {answer}", n=number, answer=ANSWER_WORDS[answer])
                yield term, ", ".join(map(decision.person, item.answers[answer]))


def _remarks(decision: RecordedDecision, *, is_open: bool) -> Iterator[Text]:
    for number, item in enumerate(decision.items, start=1):
        if item.casting_vote is not None and is_open:
            yield Text(
                "Proposal {n}: equal numbers; the casting vote of {name} decided.",
                n=number,
                name=decision.person(item.casting_vote),
            )
        elif item.casting_vote is not None:
            yield Text("Proposal {n}: equal numbers; the casting vote decided.", n=number)
        if item.voided and is_open:
            yield Text(
                "Proposal {n}: the vote of {names} does not count, for jäv.",
                n=number,
                names=tuple(map(decision.person, item.voided)),
            )
        elif item.voided:
            count = len(item.voided)
            yield Text(
                "Proposal {n}: votes that do not count, for jäv: {count}.", n=number, count=count
            )


def _reservations(decision: RecordedDecision) -> Iterator[Block]:
    found = [
        (
            Text("{name}, on proposal {n}", name=decision.person(juror), n=number),
            words,
        )
        for number, item in enumerate(decision.items, start=1)
        for juror, words in item.reservations.items()
    ]
    if found:
        yield Heading(Text("Reservations"), level=3)
        yield Facts(tuple(found))

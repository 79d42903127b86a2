"""What the ballots of a class came to, as minutes tell it: numbers, ties and cycles, no names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kvaljury.core.minutes.words import voting_method_text
from kvaljury.core.model.blocks import Block, Bullets, Cell, Column, Heading, Paragraph, Table
from kvaljury.core.model.recorded import RecordedDecision, RecordedTally
from kvaljury.errors import Text


def ballot_blocks(decision: RecordedDecision) -> Iterator[Block]:
    """Tell the tally of a class.

    Args:
        decision: as recorded.

    Returns:
        Blocks; the ballots of single jurors stand in the record, not here.
    """
    yield Heading(Text("Ballots"), level=3)
    tally = decision.tally
    if tally is None:
        yield Paragraph(Text("No ballots were counted before the vote."))
    else:
        yield Paragraph(
            Text(
                "Jurors whose ballots count: {n}. They were counted by {method}. The tally"
                " advises, the vote below decides.",
                n=decision.ballots,
                method=voting_method_text(decision.method),
            )
        )
        yield _table(decision, tally)
        yield from _remarks(decision, tally)
    yield from _void(decision)
    yield from _mentions(decision)


def _void(decision: RecordedDecision) -> Iterator[Block]:
    out = {jav.juror for jav in decision.jav}
    for_jav = sum(juror in out for juror in decision.void_ballots)
    if for_jav:
        text = Text("Jurors whose ballots do not count, for jäv: {n}.", n=for_jav)
        yield Paragraph(text, is_notice=True)
    if unseated := len(decision.void_ballots) - for_jav:
        text = Text("Substitutes with a ballot that nobody made room for: {n}.", n=unseated)
        yield Paragraph(text, is_notice=True)


def _table(decision: RecordedDecision, tally: RecordedTally) -> Table:
    columns = (
        Column(Text("Unit"), width=3),
        Column(Text("Place"), is_number=True),
        *(Column(figure.label, is_number=True, width=1.5) for figure in tally.figures),
    )
    rows = tuple(
        (
            Cell(decision.unit(entry)),
            Cell(str(place)),
            *(Cell(figure.values.get(entry, "")) for figure in tally.figures),
        )
        for place, entry in _places(tally.tiers)
    )
    return Table(Text("Tally"), columns, rows)


def _places(tiers: Sequence[Sequence[str]]) -> Iterator[tuple[int, str]]:
    """Give each nominee its place; tied ones share it, and the next is left out as often."""
    place = 1
    for tier in tiers:
        for entry in tier:
            yield place, entry
        place += len(tier)


def _remarks(decision: RecordedDecision, tally: RecordedTally) -> Iterator[Block]:
    tied = [tier for tier in tally.tiers if len(tier) > 1]
    if tied:
        yield Bullets(
            tuple(
                Text("Tied: {units}", units=tuple(decision.unit(entry) for entry in tier))
                for tier in tied
            )
        )
    if tally.cycle:
        yield Paragraph(_cycle(decision, tally.cycle), is_notice=True)
    if tally.pairs:
        yield Table(
            Text("How many grade one above the other"),
            (
                Column(Text("First"), width=3),
                Column(Text("For the first"), is_number=True),
                Column(Text("Second"), width=3),
                Column(Text("For the second"), is_number=True),
            ),
            tuple(
                (
                    Cell(decision.unit(pair.first)),
                    Cell(str(pair.for_first)),
                    Cell(decision.unit(pair.second)),
                    Cell(str(pair.for_second)),
                )
                for pair in tally.pairs
            ),
        )
    if decision.order_would_decide:
        units = tuple(decision.unit(entry) for entry in decision.order_would_decide)
        text = Text(
            "The order in which proposals are put against each other would decide between {units};"
            " each was to be put by itself.",
            units=units,
        )
        yield Paragraph(text, is_notice=True)


def _cycle(decision: RecordedDecision, cycle: Sequence[str]) -> Text:
    units = [decision.unit(entry) for entry in (*cycle, cycle[0])]
    steps = tuple(
        Text("{one} above {other}", one=one, other=other) for one, other in pairwise(units)
    )
    return Text("The majorities go round in a circle: {steps}.", steps=steps)


def _mentions(decision: RecordedDecision) -> Iterator[Table]:
    wished = {entry: both for entry, both in decision.mentions_wished.items() if any(both)}
    if wished:
        yield Table(
            Text("Mentions on the ballots"),
            (
                Column(Text("Unit"), width=3),
                Column(Text("Yes"), is_number=True),
                Column(Text("No"), is_number=True),
            ),
            tuple(
                (Cell(decision.unit(entry)), Cell(str(yes)), Cell(str(no)))
                for entry, (yes, no) in wished.items()
            ),
        )

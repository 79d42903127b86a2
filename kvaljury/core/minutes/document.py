"""Events of the record to minutes: every decision a paragraph, nothing that was replaced left out.

What they say comes from the record alone. Names stand beside votes only where voting was open;
a reservation is its author's own and stands under the name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from kvaljury.core.jav_grounds import ground_text
from kvaljury.core.minutes.class_paragraph import class_blocks
from kvaljury.core.minutes.words import ROLE_WORDS, absent_from
from kvaljury.core.model.blocks import (
    Block,
    Cell,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Signatures,
    Table,
    Words,
)
from kvaljury.core.model.jury import Answer
from kvaljury.core.model.record import BEGINNING, DecisionRecord, Event
from kvaljury.core.model.recorded import RecordedDecision, RecordedPerson
from kvaljury.core.recorded_decisions import (
    CORRECTED,
    DECIDED,
    VOIDED,
    read_count,
    read_decision,
    read_field,
)
from kvaljury.errors import Text

NAME = "protokoll"
MINUTES = Text("Minutes")
_MINUTE = len("2025-10-14T15:30")
_BLANK = "…………………………"
_TOLD = (DECIDED, VOIDED, CORRECTED)


@attrs.frozen
class _Told:
    """An event that has a paragraph of its own.

    Attributes:
        number: of the paragraph.
        decision: of the event; of a later jäv the one that it concerns.
        correction: the event that says why this decision replaces another.
    """

    number: int
    event: Event
    decision: RecordedDecision
    correction: Event | None = None


def minutes_document(record: DecisionRecord, title: Words) -> Document | None:
    """Write the minutes.

    Args:
        record: that verifies.
        title: of the edition.

    Returns:
        A document, or None where nothing has been decided. What was published afterwards does
        not alter it.

    Raises:
        VerificationFault: if an event is not as kvaljury writes it.
    """
    events = [event for event in record.events if event.kind in _TOLD]
    told = list(_paragraphs(events))
    if not told:
        return None
    last = max(event.number for event in events)
    blocks: list[Block] = [_opening(told), Heading(Text("Present")), _attendance(told)]
    for each in told:
        blocks += _blocks(each, told)
    blocks += _closing(signed_head(record), last)
    blocks += [Heading(Text("Signatures")), _signatures(told)]
    return Document(NAME, Text("Minutes of the jury's meeting"), title, tuple(blocks), MINUTES)


def signed_head(record: DecisionRecord) -> str:
    """Give the checksum that minutes carry: that of the last event that they tell of."""
    told = [event.digest for event in record.events if event.kind in _TOLD]
    return told[-1] if told else BEGINNING


def _paragraphs(events: Sequence[Event]) -> Iterator[_Told]:
    latest: dict[str, RecordedDecision] = {}
    correction: Event | None = None
    number = 0
    for event in events:
        if event.kind == CORRECTED:
            correction = event
            continue
        if event.kind == DECIDED:
            decision = read_decision(event)
            latest[decision.class_id] = decision
        elif read_field(event, "class") not in latest:
            continue
        else:
            decision = latest[read_field(event, "class")]
        number += 1
        yield _Told(number, event, decision, correction if event.kind == DECIDED else None)
        correction = None


def _opening(told: Sequence[_Told]) -> Facts:
    decisions = [each.decision for each in told if each.event.kind == DECIDED]
    dates = dict.fromkeys(decision.date for decision in decisions)
    places = dict.fromkeys(decision.place for decision in decisions if decision.place)
    return Facts(
        (
            (Text("Date"), ", ".join(dates)),
            (Text("Place"), ", ".join(places) or _BLANK),
            (Text("Recorded by"), ", ".join(dict.fromkeys(decision.by for decision in decisions))),
        )
    )


def _attendance(told: Sequence[_Told]) -> Table:
    people: dict[str, RecordedPerson] = {}
    for each in told:
        people |= each.decision.people
    columns = (
        Column(Text("Name"), width=3),
        Column(Text("Role"), width=2),
        Column(Text("Organisation"), width=3),
        Column(Text("Takes part in"), width=2),
        Column(Text("Takes no part in"), width=3),
    )
    rows = tuple(
        (
            Cell(person.name),
            Cell(ROLE_WORDS[person.role]),
            Cell(person.organisation),
            *map(Cell, _presence(person.id, told)),
        )
        for person in people.values()
    )
    return Table(Text("Who took part in which paragraph"), columns, rows)


def _presence(juror: str, told: Sequence[_Told]) -> tuple[Words, Words]:
    """Say in which paragraphs a juror took part, and in which not and why."""
    taken: list[Words] = []
    left: list[Words] = []
    for each in told:
        if each.event.kind != DECIDED:
            continue
        items = each.decision.items
        seated = [juror in item.voters for item in items]
        if seated and all(seated):
            taken.append(f"§ {each.number}")
        elif any(seated):
            taken.append(Text("§ {n} in part", n=each.number))
        why = _why_away(juror, each.decision)
        if why is not None and not (seated and all(seated)):
            left.append(Text("§ {n} ({why})", sv="§ {n} ({why})", n=each.number, why=why))
    return _listed(taken), _listed(left)


def _why_away(juror: str, decision: RecordedDecision) -> Text | None:
    if any(juror in item.answers[Answer.JAV] for item in decision.items):
        return Text("jäv")
    is_absent = any(juror in absent_from(decision, item) for item in decision.items)
    return Text("absent") if is_absent else None


def _listed(words: Sequence[Words]) -> Words:
    return Text("{all}", sv="{all}", all=tuple(words)) if words else "–"


def _blocks(each: _Told, told: Sequence[_Told]) -> Iterator[Block]:
    decision, shown = each.decision, f"§ {each.number}"
    if each.event.kind == VOIDED:
        title = Text("{title}: jäv found after the decision", title=decision.title)
        yield Heading(Text("{mark} {title}", sv="{mark} {title}", mark=shown, title=title))
        yield from _voided(each.event, decision, told)
        return
    yield Heading(Text("{mark} {title}", sv="{mark} {title}", mark=shown, title=decision.title))
    days = {one.decision.date for one in told}
    if len(days) > 1:
        yield Paragraph(Text("Decided on {day}.", day=decision.date))
    yield from _standing(each, told)
    yield from class_blocks(decision)
    yield Paragraph(
        Text(
            "Recorded as event {n} at {at} by {by}.",
            n=each.event.number,
            at=each.event.at[:_MINUTE].replace("T", " "),
            by=each.event.by,
        )
    )


def _standing(each: _Told, told: Sequence[_Told]) -> Iterator[Paragraph]:
    """Say what a decision replaces, and what has come of it since."""
    places = {one.event.number: one.number for one in told}
    if each.correction is not None:
        replaced = places.get(read_count(each.correction, "replaces"), 0)
        reason = read_field(each.correction, "reason")
        text = Text("This decision replaces § {n}. Reason: {why}", n=replaced, why=reason)
        yield Paragraph(text, is_notice=True)
    later = [one for one in told if one.number > each.number and _same_class(one, each)]
    for one in later:
        if one.event.kind == DECIDED:
            text = Text("This decision no longer stands: it was replaced by § {n}.", n=one.number)
            yield Paragraph(text, is_notice=True)
            return
    for one in later:
        text = Text(
            "Jäv was found after this decision, see § {n}; the class has not been decided anew.",
            n=one.number,
        )
        yield Paragraph(text, is_notice=True)


def _same_class(one: _Told, other: _Told) -> bool:
    return one.decision.class_id == other.decision.class_id


def _voided(event: Event, decision: RecordedDecision, told: Sequence[_Told]) -> Iterator[Block]:
    places = {one.event.number: one.number for one in told}
    concerned = [places[n] for n in _numbers(event) if n in places]
    juror, entry = read_field(event, "juror"), read_field(event, "entry")
    yield Facts(
        (
            (Text("Juror"), decision.person(juror)),
            (Text("Jäv for"), decision.unit(entry)),
            (Text("Ground"), ground_text(read_field(event, "ground"))),
            (Text("Found on"), read_field(event, "on")),
            (Text("Concerns"), ", ".join(f"§ {number}" for number in concerned) or "–"),
        )
    )
    yield Paragraph(
        Text(
            "Void answers on ballots: {ballots}. Void votes: {votes}. They stand in the record as"
            " they were given; nothing has been deleted.",
            ballots=read_count(event, "ballots"),
            votes=read_count(event, "votes"),
        )
    )


def _numbers(event: Event) -> list[int]:
    found = event.data.get("events")
    return [n for n in found if isinstance(n, int)] if isinstance(found, list | tuple) else []


def _closing(head: str, last: int) -> Iterator[Block]:
    yield Heading(Text("Checksum of the record"))
    yield Paragraph(
        Text(
            "Everything above stands in the record of decisions, in which nothing can be changed"
            " or removed without altering the checksum. This is the checksum after event {n}:",
            n=last,
        )
    )
    yield Paragraph(head)
    yield Paragraph(
        Text(
            "Whoever holds the signed minutes can check that the record is still the same:"
            " kvaljury verify --head, followed by the checksum."
        )
    )


def _signatures(told: Sequence[_Told]) -> Signatures:
    secretaries = dict.fromkeys(each.event.by for each in told)
    chairs: dict[str, tuple[str, bool, list[int]]] = {}
    for each in told:
        for name, is_acting in _chairs(each):
            chairs.setdefault(name, (name, is_acting, []))[2].append(each.number)
    lines: list[tuple[Words, Words]] = [
        (Text("Secretary"), next(iter(secretaries)) if len(secretaries) == 1 else "")
    ]
    lines += [(_chair_word(acting, where), name) for name, acting, where in chairs.values()]
    return Signatures((*lines, (Text("Adjuster"), "")))


def _chair_word(is_acting: bool, paragraphs: Sequence[int]) -> Text:
    sign = "§" if len(paragraphs) == 1 else "§§"
    where = f"{sign} {', '.join(map(str, paragraphs))}"
    if is_acting:
        return Text("Acting chair, {where}", where=where)
    return Text("Chair, {where}", where=where)


def _chairs(each: _Told) -> dict[tuple[str, bool], None]:
    """Give who was in the chair in a paragraph, each once, with whether they acted for another."""
    if each.event.kind != DECIDED:
        return {}
    decision = each.decision
    return dict.fromkeys(
        (decision.person(item.chair), item.is_acting) for item in decision.items if item.chair
    )

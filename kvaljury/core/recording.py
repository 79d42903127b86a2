"""Decisions of a day to the events that go into the record, or the reasons why none may."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

import attrs

from kvaljury.core.decision_data import (
    DECIDED,
    VOIDED,
    corrected_event,
    is_same_decision,
    is_void,
    last_decisions,
    rows_of,
    voided_events,
)
from kvaljury.core.model.jury import JavFinding, JavSource
from kvaljury.core.model.jury_day import ClassDay, Leave, Papers, Refusal
from kvaljury.core.model.record import DecisionRecord, Event, NewEvent, Plain
from kvaljury.core.recusal import DECLARED
from kvaljury.errors import Text


class Recording(StrEnum):
    """What becomes of a class in the record."""

    NEW = "new"
    CORRECTED = "corrected"
    UNCHANGED = "unchanged"
    VOIDED = "voided"


@attrs.frozen
class Recorded:
    """What a day adds to the record.

    Attributes:
        events: none where anything is refused.
        by_class: what becomes of each class by its id.
        refusals: why a class cannot be recorded, with its id, in the order of classes.
    """

    events: tuple[NewEvent, ...]
    by_class: Mapping[str, Recording]
    refusals: tuple[tuple[str, Refusal], ...] = ()


def record_day(
    record: DecisionRecord,
    days: Sequence[ClassDay],
    data: Mapping[str, Mapping[str, Plain]],
    papers: Papers,
    *,
    by: str,
    correction: str | None = None,
) -> Recorded:
    """Draw up what is to be recorded of a day: all of it, or nothing.

    Args:
        record: as it stands.
        days: of the classes to be recorded.
        data: of the event ``decided`` by class id.
        papers: what they rest on.
        by: who answers for it.
        correction: why decisions in the record are replaced, or None where none may be.

    Returns:
        Events in the order of the record. A class whose decision a jäv found later makes void
        is decided anew only with a correction.
    """
    voided = [e for e in voided_events(record, papers, by) if e.data["class"] in data]
    newly = {event.data["class"] for event in voided}
    last = last_decisions(record)
    events: list[NewEvent] = list(voided)
    by_class: dict[str, Recording] = {}
    refusals: list[tuple[str, Refusal]] = []
    for day in days:
        name = day.class_id
        if name in newly and correction is None:
            by_class[name] = Recording.VOIDED
            continue
        is_stale = name in newly or is_void(record, name)
        found, why = _recording(last.get(name), data[name], correction, is_stale=is_stale)
        by_class[name] = found
        refusals += [(name, refusal) for refusal in (*day.refusals, *why)]
        if found is Recording.CORRECTED and correction is not None:
            events.append(corrected_event(last[name], correction, by))
        if found is not Recording.UNCHANGED:
            events.append(NewEvent(DECIDED, by, data[name]))
    return Recorded(() if refusals else tuple(events), by_class, tuple(refusals))


def _recording(
    last: Event | None, data: Mapping[str, Plain], correction: str | None, *, is_stale: bool
) -> tuple[Recording, tuple[Refusal, ...]]:
    if last is None:
        return Recording.NEW, ()
    if is_same_decision(last.data, data) and not is_stale:
        return Recording.UNCHANGED, ()
    if correction is not None:
        return Recording.CORRECTED, ()
    hint = Text("decide again and record it with a reason: --correct REASON")
    message = (
        Text("its decision, event {n}, rests on what was made void since", n=last.number)
        if is_stale
        else Text("it is decided, event {n}, and what that rests on has changed", n=last.number)
    )
    refusal = Refusal("void" if is_stale else "changed", message, hint)
    return Recording.CORRECTED, (refusal,)


def recorded_leaves(record: DecisionRecord) -> tuple[Leave, ...]:
    """Give what was let through in the decisions that count and that nothing has made void."""
    return tuple(
        leave
        for name, event in last_decisions(record).items()
        if not is_void(record, name)
        for leave in leaves_of(event)
    )


def leaves_of(event: Event) -> tuple[Leave, ...]:
    """Give what a decision let through.

    Args:
        event: of the kind ``decided``; where it does not name the rules of a leave, those count
            that it notes as failed or not tried.
    """
    return tuple(
        Leave(str(given["entry"]), str(given["by"]), str(given["reason"]), _rules_of(given, event))
        for given in rows_of(event.data, "overrides")
    )


def _rules_of(given: Mapping[str, Plain], event: Event) -> tuple[str, ...]:
    named = given.get("rules")
    if isinstance(named, list | tuple):
        return tuple(str(rule) for rule in named)
    failed = {
        str(one["rule"])
        for stage in rows_of(event.data, "eligibility")
        if stage["entry"] == given["entry"]
        for one in rows_of(stage, "failed")
    }
    return tuple(sorted(failed))


def jav_on_record(
    record: DecisionRecord, papers: Papers, *, settled: bool = False
) -> tuple[JavFinding, ...]:
    """Give the jäv that made something void and that the jury's files no longer tell of.

    It stays in force: otherwise a vote under jäv would count again as soon as its line is gone.

    Args:
        record: as it stands.
        papers: with the jäv that the files tell of.
        settled: only what came before the decision that counts for its class.

    Returns:
        Findings sorted by person and entry, each pair once.
    """
    known = {(one.person, one.entry) for one in papers.jav if one.rule == DECLARED}
    jurors = {juror.id for juror in papers.jury.jurors}
    last = last_decisions(record)
    found: dict[tuple[str, str], JavFinding] = {}
    for event in record.events:
        if event.kind != VOIDED:
            continue
        decision = last.get(str(event.data["class"]))
        if settled and (decision is None or decision.number < event.number):
            continue
        juror, entry, ground = (
            str(event.data.get(key, "")) for key in ("juror", "entry", "ground")
        )
        if juror in jurors and (juror, entry) not in known:
            reason = Text("declared: {ground}", ground=ground)
            found[juror, entry] = JavFinding(
                juror, entry, DECLARED, ground, reason, JavSource.FOUND_LATER
            )
    return tuple(found[pair] for pair in sorted(found))


def with_jav_on_record(papers: Papers, found: Sequence[JavFinding]) -> Papers:
    """Give papers with more jäv, in the order in which jäv stands in them."""
    jav = sorted(
        (*papers.jav, *found), key=lambda one: (one.person, one.entry, one.rule, one.ground)
    )
    return attrs.evolve(papers, jav=tuple(jav))

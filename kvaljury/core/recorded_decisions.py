"""Events of the record to the decisions that they tell of; what they lack is never guessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, TypeVar

import attrs

from kvaljury.core.model.jury import Answer, Role, Voting
from kvaljury.core.model.kinds import Outcome, ProposalKind, Stage
from kvaljury.core.model.record import DecisionRecord, Event
from kvaljury.core.model.recorded import (
    RecordedBar,
    RecordedDecision,
    RecordedFigure,
    RecordedItem,
    RecordedJav,
    RecordedMotivation,
    RecordedNominee,
    RecordedOverride,
    RecordedPerson,
    RecordedTally,
)
from kvaljury.core.model.voting import Pair
from kvaljury.errors import RulesFault, Text, VerificationFault

DECIDED, VOIDED, CORRECTED = "decided", "voided", "corrected"
FORCED, PUBLISHED = "feedback-forced", "published"

KINDS = frozenset({DECIDED, VOIDED, CORRECTED, FORCED, PUBLISHED})
"""Every kind of event that kvaljury writes."""

_Kind = TypeVar("_Kind", bound=Enum)


class Unsound(ValueError):
    """A field is not there, or of another kind than it should be; its name."""


@attrs.frozen
class Fields:
    """The fields of an event or of a part of one, each exactly of the kind that is asked for.

    Attributes:
        values: what should be a mapping.
    """

    values: object

    def get(self, name: str, *kinds: type) -> Any:
        """Give a field that is of one of some kinds."""
        value = self.values.get(name) if isinstance(self.values, Mapping) else None
        if not isinstance(self.values, Mapping) or type(value) not in kinds:
            raise Unsound(name)
        return value

    def text(self, name: str) -> str:
        """Give a text."""
        return str(self.get(name, str))

    def maybe(self, name: str) -> str:
        """Give a text; empty where there is none."""
        return self.get(name, str, type(None)) or ""

    def day(self, name: str) -> str:
        """Give a day as ISO text, ``2025-10-14`` and no other way of writing it."""
        found = self.text(name)
        try:
            is_day = date.fromisoformat(found).isoformat() == found
        except ValueError:
            is_day = False
        if not is_day:
            raise Unsound(name)
        return found

    def number(self, name: str) -> int:
        """Give a whole number."""
        return int(self.get(name, int))

    def names(self, name: str) -> tuple[str, ...]:
        """Give a list of texts."""
        found = self.get(name, list, tuple)
        if not all(isinstance(each, str) for each in found):
            raise Unsound(name)
        return tuple(found)

    def parts(self, name: str) -> list[Fields]:
        """Give a list of parts."""
        return [Fields(each) for each in self.get(name, list, tuple)]

    def mapping(self, name: str) -> Mapping[str, Any]:
        """Give a mapping by id."""
        found: Mapping[str, Any] = self.get(name, dict)
        return found

    def texts(self, name: str) -> dict[str, str]:
        """Give texts by id."""
        found = self.mapping(name)
        return {each: Fields(found).text(each) for each in found}

    def word(self, name: str, kind: type[_Kind]) -> _Kind:
        """Give a word of a closed set."""
        try:
            return kind(self.text(name))
        except ValueError:
            raise Unsound(name) from None

    def said(self, name: str) -> Text:
        """Give a text in both languages."""
        both = Fields(self.get(name, dict))
        return Text(both.text("en"), sv=both.text("sv"))


def fields_of(event: Event) -> Fields:
    """Give the fields of an event."""
    return Fields(dict(event.data))


def unsound(event: Event, field: str) -> VerificationFault:
    """Say that an event is not as kvaljury writes it, though the chain holds."""
    return VerificationFault(
        Text(
            "event {n} of the record is not as kvaljury writes it: see {field}",
            n=event.number,
            field=field,
        ),
        hint=Text("compare with a copy: kvaljury verify --against COPY"),
        code="record-unsound",
    )


def read_decision(event: Event) -> RecordedDecision:
    """Read an event of the kind ``decided``.

    Raises:
        VerificationFault: if it is not as kvaljury writes it.
    """
    try:
        return _decision(event, fields_of(event))
    except Unsound as error:
        raise unsound(event, str(error)) from error


def read_field(event: Event, name: str) -> str:
    """Read a text of any event.

    Raises:
        VerificationFault: if it has none.
    """
    try:
        return fields_of(event).text(name)
    except Unsound as error:
        raise unsound(event, str(error)) from error


def read_count(event: Event, name: str) -> int:
    """Read a whole number of any event, likewise."""
    try:
        return fields_of(event).number(name)
    except Unsound as error:
        raise unsound(event, str(error)) from error


def standing_decisions(record: DecisionRecord) -> dict[str, RecordedDecision]:
    """Give the decisions that count: of each class the last one.

    Args:
        record: that verifies.

    Returns:
        By class id, in the order in which classes were first decided.

    Raises:
        RulesFault: if votes of a class were voided, or its decision taken back, and it has not
            been decided anew.
        VerificationFault: if an event is not as kvaljury writes it.
    """
    found: dict[str, RecordedDecision] = {}
    shaken: dict[str, int] = {}
    for event in record.events:
        if event.kind == DECIDED:
            decision = read_decision(event)
            found[decision.class_id] = decision
            shaken.pop(decision.class_id, None)
        elif event.kind in (VOIDED, CORRECTED):
            shaken[read_field(event, "class")] = event.number
    for class_id, number in shaken.items():
        raise RulesFault(
            Text(
                "the decision of the class {name} was shaken by event {n} of the record, and the"
                " class has not been decided anew",
                name=class_id,
                n=number,
            ),
            hint=Text("decide the class anew: kvaljury decide --class {name}", name=class_id),
            code="decision-shaken",
        )
    return found


def _decision(event: Event, told: Fields) -> RecordedDecision:
    rules = Fields(told.mapping("rules"))
    ballots = told.parts("ballots")
    counted = [each for each in ballots if not each.get("void", bool)]
    tally = told.get("tally", dict, type(None))
    return RecordedDecision(
        number=event.number,
        at=event.at,
        by=event.by,
        class_id=told.text("class"),
        title=told.said("title"),
        date=told.day("date"),
        place=told.maybe("place"),
        voting=rules.word("voting", Voting),
        method=rules.text("method"),
        people=dict(_people(told.mapping("people"))),
        nominees=tuple(map(_nominee, told.parts("nominees"))),
        jav=tuple(map(_jav, told.parts("jav"))),
        mentions_wished=_mentions_wished(counted),
        ballots=len({each.text("juror") for each in counted if _is_given(each)}),
        void_ballots=_each_once(
            each.text("juror") for each in ballots if each.get("void", bool) and _is_given(each)
        ),
        tally=None if tally is None else _tally(Fields(tally)),
        order_would_decide=told.names("order_would_decide"),
        items=tuple(map(_item, told.parts("items"))),
        awards=told.names("awards"),
        mentions=told.names("mentions"),
        motivations={
            entry: RecordedMotivation(Fields(each).text("text"), Fields(each).maybe("by"))
            for entry, each in told.mapping("motivations").items()
        },
        eligibility=tuple(map(_bar, told.parts("eligibility"))),
        overrides=tuple(
            RecordedOverride(each.text("entry"), each.text("by"), each.text("reason"))
            for each in told.parts("overrides")
        ),
    )


def _people(people: Mapping[str, Any]) -> Iterator[tuple[str, RecordedPerson]]:
    for juror, each in people.items():
        told = Fields(each)
        name, organisation = told.text("name"), told.maybe("organisation")
        yield juror, RecordedPerson(juror, name, told.word("role", Role), organisation)


def _nominee(told: Fields) -> RecordedNominee:
    return RecordedNominee(
        told.text("entry"),
        told.text("name"),
        told.word("for", ProposalKind),
        told.maybe("reason"),
        told.maybe("by"),
    )


def _jav(told: Fields) -> RecordedJav:
    return RecordedJav(
        told.text("juror"),
        told.text("entry"),
        told.maybe("ground"),
        told.said("reason"),
        told.text("known"),
    )


def _is_given(ballot: Fields) -> bool:
    return ballot.word("state", Answer) is Answer.YES


def _each_once(names: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _mentions_wished(ballots: Sequence[Fields]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for each in ballots:
        yes, no = found.get(each.text("entry"), (0, 0))
        said = each.maybe("mention")
        found[each.text("entry")] = (yes + (said == Answer.YES), no + (said == Answer.NO))
    return found


def _tally(told: Fields) -> RecordedTally:
    tiers = tuple(Fields({"tier": tier}).names("tier") for tier in told.get("tiers", list, tuple))
    pairs = tuple(
        Pair(each.text("first"), each.text("second"), *_both(each)) for each in told.parts("pairs")
    )
    return RecordedTally(tiers, tuple(map(_figure, told.parts("figures"))), pairs, _cycle(told))


def _cycle(told: Fields) -> tuple[str, ...]:
    return told.names("cycle")


def _both(pair: Fields) -> tuple[int, int]:
    return pair.number("for_first"), pair.number("for_second")


def _figure(told: Fields) -> RecordedFigure:
    values = Fields(told.mapping("values"))
    return RecordedFigure(
        told.said("label"),
        {entry: _figure_value(values, entry) for entry in told.mapping("values")},
    )


def _figure_value(values: Fields, entry: str) -> Text | str:
    value = values.get(entry, str, int, dict)
    if isinstance(value, dict):
        return values.said(entry)
    try:
        number = Decimal(value)
        return Text(
            "{n}", sv="{n}", n=number if number == number.to_integral_value() else round(number, 2)
        )
    except InvalidOperation:
        raise Unsound(entry) from None


def _item(told: Fields) -> RecordedItem:
    answers = Fields(told.mapping("answers"))
    return RecordedItem(
        entry=told.maybe("entry"),
        proposed=told.word("for", ProposalKind),
        chair=told.maybe("chair") or None,
        is_acting=told.get("is_acting", bool),
        needed=told.number("needed"),
        voters=told.names("voters"),
        stands_in=told.texts("stands_in"),
        answers={answer: answers.names(answer.value) for answer in Answer},
        voided=told.names("voided"),
        is_carried=told.get("carried", bool, type(None)),
        casting_vote=told.maybe("casting_vote") or None,
        reservations=told.texts("reservations"),
    )


def _bar(told: Fields) -> RecordedBar:
    failed = tuple((each.text("rule"), each.said("reason")) for each in told.parts("failed"))
    stage, outcome = told.word("stage", Stage), told.word("outcome", Outcome)
    return RecordedBar(told.text("entry"), stage, outcome, failed)

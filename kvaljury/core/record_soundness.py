"""Events of the record held against what kvaljury can have written there."""

from __future__ import annotations

from collections.abc import Sequence

from kvaljury.core.model.record import Event
from kvaljury.core.recorded_decisions import DECIDED, Fields, Unsound, fields_of, unsound

_DAY = len("2025-10-14")


def require_sound_voiding(event: Event, before: Sequence[Event]) -> None:
    """Refuse an event ``voided`` that speaks of what no decision before it holds.

    Args:
        event: of the kind ``voided``.
        before: the events that stand before it.

    Raises:
        VerificationFault: naming the first field that kvaljury would not have written so.
    """
    try:
        _check_voiding(fields_of(event), before)
    except Unsound as error:
        raise unsound(event, str(error)) from error


def _check_voiding(told: Fields, before: Sequence[Event]) -> None:
    name = told.text("class")
    decided = [e for e in before if e.kind == DECIDED and e.data.get("class") == name]
    numbers = [event.number for event in decided]
    _require("class", bool(decided))
    last = fields_of(decided[-1])
    _require("juror", told.text("juror") in last.mapping("people"))
    nominees = [nominee.text("entry") for nominee in last.parts("nominees")]
    _require("entry", told.text("entry") in nominees)
    told.text("ground")
    told.day("on")
    told.number("ballots")
    told.number("votes")
    _require("events", all(number in numbers for number in told.get("events", list, tuple)))


def _require(name: str, is_sound: bool) -> None:  # what is required
    if not is_sound:
        raise Unsound(name)


def require_sound_inputs(event: Event) -> None:
    """Refuse a decision that does not say plainly what it rests on, or was made ahead of its day.

    Raises:
        VerificationFault: naming the field.
    """
    told = fields_of(event)
    try:
        told.texts("inputs")
        told.text("version")
        told.parts("plugins")
        _require("date", told.day("date") <= event.at[:_DAY])
    except Unsound as error:
        raise unsound(event, str(error)) from error

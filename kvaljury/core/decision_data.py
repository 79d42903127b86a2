"""What the jury has said of a class to plain event data, and what the record already holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

import attrs

from kvaljury.core.model import Nomination, Outcome, PluginUse, Stage
from kvaljury.core.model.jury import Answer, Ballot, Juror, Motivation
from kvaljury.core.model.jury_day import ClassDay, Papers
from kvaljury.core.model.record import DecisionRecord, Event, NewEvent, Plain
from kvaljury.core.model.results import Eligibility
from kvaljury.core.model.sitting import ItemResult
from kvaljury.core.model.voting import Figure, Tally
from kvaljury.errors import Text

DECIDED, CORRECTED, VOIDED = "decided", "corrected", "voided"
_CIRCUMSTANCES = frozenset({"date", "inputs", "plugins", "version"})
_GIVEN = (Answer.YES, Answer.NO)
_PLACES = Decimal("0.000001")

Both = Callable[[Text | str], Mapping[str, str]]
"""A text to its Swedish and English, under ``sv`` and ``en``."""


@attrs.frozen(kw_only=True)
class Circumstances:
    """What a decision rests on besides what people said.

    Attributes:
        date: the day of the decision, as ISO text.
        motivations: by entry id.
        inputs: SHA-256 by file.
        plugins: in use.
        version: of kvaljury.
        both: gives a text in both languages.
    """

    date: str
    motivations: Mapping[str, Motivation] = attrs.field(hash=False)
    inputs: Mapping[str, str] = attrs.field(hash=False)
    plugins: Sequence[PluginUse]
    version: str
    both: Both


def decided_data(day: ClassDay, papers: Papers, around: Circumstances) -> dict[str, Plain]:
    """Give the data of the event ``decided`` of a class.

    Args:
        day: what the jury has said.
        papers: what that rests on.
        around: what else.

    Returns:
        Texts, whole numbers, lists and mappings only; decimals as texts.
    """
    both, names = around.both, [nominee.entry for nominee in day.nominees]
    received = sorted({*day.awards, *day.mentions})
    return {
        "class": day.class_id,
        "title": dict(both(day.title)),
        "date": around.date,
        "rules": _rules(day.class_id, papers),
        "people": {juror.id: _juror(juror) for juror in papers.jury.jurors},
        "nominees": [_nominee(nominee, papers) for nominee in day.nominees],
        "jav": [
            {
                "juror": found.person,
                "entry": found.entry,
                "rule": found.rule,
                "ground": found.ground,
                "reason": dict(both(found.reason)),
                "known": found.known.value,
            }
            for found in day.jav
        ],
        "ballots": [_ballot(b, day) for b in papers.ballots if b.entry in names],
        "tally": None if day.tally is None else _tally(day.tally, both),
        "order_would_decide": list(day.order_would_decide),
        "items": [_item(result) for result in day.results],
        "awards": list(day.awards),
        "mentions": list(day.mentions),
        "motivations": {
            entry: {"text": around.motivations[entry].text, "by": around.motivations[entry].by}
            for entry in received
            if entry in around.motivations
        },
        "eligibility": [
            _stage(papers.eligibility[entry], stage, both)
            for entry in names
            for stage in (Stage.AWARD, Stage.MENTION)
        ],
        "overrides": [
            {
                "entry": leave.entry,
                "by": leave.by,
                "reason": leave.reason,
                "rules": list(leave.rules),
            }
            for leave in papers.leaves
            if leave.entry in names
        ],
        "inputs": dict(sorted(around.inputs.items())),
        "plugins": [
            {"name": use.name, "provider": use.provider, "version": use.version}
            for use in around.plugins
        ],
        "version": around.version,
    }


def last_decisions(record: DecisionRecord) -> dict[str, Event]:
    """Give the decision that counts for each class, its last one."""
    return {str(event.data["class"]): event for event in record.events if event.kind == DECIDED}


def is_same_decision(one: Mapping[str, Plain], other: Mapping[str, Plain]) -> bool:
    """Tell whether two decisions say the same of the same, whatever the day and the files.

    Args:
        one: data of an event ``decided``.
        other: likewise.
    """

    def said(data: Mapping[str, Plain]) -> object:
        return {key: _thawed(data[key]) for key in data if key not in _CIRCUMSTANCES}

    return said(one) == said(other)


def voided_events(record: DecisionRecord, papers: Papers, by: str) -> list[NewEvent]:
    """Find what a jäv that was found after a decision makes void in the record.

    Args:
        record: as it stands.
        papers: with the jury as it is now.
        by: who answers for it.

    Returns:
        An event for each member, nominee and class, in the order of classes; none for a jäv
        that the decision knew of, that nothing rests on, or that is in the record already.
    """
    found = []
    for class_id, event in last_decisions(record).items():
        for juror in papers.jury.jurors:
            for jav in juror.declared:
                if jav.on is None or _is_known(record, event, juror.id, jav.entry):
                    continue
                ballots, votes = _reached(event.data, juror.id, jav.entry)
                if ballots or votes:
                    data: dict[str, Plain] = {
                        "class": class_id,
                        "juror": juror.id,
                        "entry": jav.entry,
                        "ground": jav.ground,
                        "on": jav.on.isoformat(),
                        "events": _numbers_with(record, class_id, juror.id, jav.entry),
                        "ballots": ballots,
                        "votes": votes,
                    }
                    found.append(NewEvent(VOIDED, by, data))
    return found


def is_void(record: DecisionRecord, class_id: str) -> bool:
    """Tell whether the decision of a class rests on what was made void since."""
    last = last_decisions(record).get(class_id)
    return last is not None and any(
        event.kind == VOIDED and event.data["class"] == class_id and event.number > last.number
        for event in record.events
    )


def corrected_event(replaced: Event, reason: str, by: str) -> NewEvent:
    """Give the event that stands right before a decision that takes the place of another."""
    data = {"replaces": replaced.number, "class": replaced.data["class"], "reason": reason}
    return NewEvent(CORRECTED, by, data)


def rows_of(data: Mapping[str, Plain], key: str) -> Sequence[Mapping[str, Plain]]:
    """Give a list of records of an event.

    Args:
        data: of the event.
        key: under which the list stands.
    """
    return data[key]  # type: ignore[return-value]  # the record's own contract


def plain_number(value: Fraction) -> str | int:
    """Give a number without binary fractions: whole, or a decimal text of at most six places.

    >>> plain_number(Fraction(4)), plain_number(Fraction(3, 8)), plain_number(Fraction(1, 3))
    (4, '0.375', '0.333333')
    """
    if value.denominator == 1:
        return value.numerator
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{exact.quantize(_PLACES):f}".rstrip("0")


def _rules(class_id: str, papers: Papers) -> dict[str, Plain]:
    rules = papers.jury.rules
    return {
        "quorum": rules.quorum or "more-than-half",
        "majority": rules.majority.value,
        "casting_vote": rules.casting_vote.value,
        "sits_out": rules.sits_out.value,
        "voting": rules.voting.value,
        "method": papers.method.name,
        "share": rules.may_share,
        "awards": rules.awards_of(class_id),
    }


def _juror(juror: Juror) -> dict[str, Plain]:
    return {"name": juror.name, "role": juror.role.value, "organisation": juror.organisation}


def _nominee(nominee: Nomination, papers: Papers) -> dict[str, Plain]:
    return {
        "entry": nominee.entry,
        "name": papers.entries[nominee.entry].name,
        "for": nominee.nominated_for.value,
        "reason": nominee.reason,
        "by": nominee.by,
    }


def _ballot(ballot: Ballot, day: ClassDay) -> dict[str, Plain]:
    return {
        "juror": ballot.juror,
        "entry": ballot.entry,
        "state": ballot.state.value,
        "grade": ballot.grade.value if ballot.grade else None,
        "mention": ballot.mention.value,
        "void": ballot in day.void_ballots,
    }


def _tally(tally: Tally, both: Both) -> dict[str, Plain]:
    return {
        "tiers": [list(tier) for tier in tally.tiers],
        "figures": [_figure(figure, both) for figure in tally.figures],
        "pairs": [attrs.asdict(pair) for pair in tally.pairs],
        "cycle": list(tally.cycle),
    }


def _figure(figure: Figure, both: Both) -> dict[str, Plain]:
    values: dict[str, Plain] = {}
    for entry, value in figure.values.items():
        is_text = isinstance(value, Text)
        values[entry] = dict(both(value)) if is_text else plain_number(Fraction(value))  # type: ignore[arg-type]
    return {"label": dict(both(figure.label)), "values": values}


def _item(result: ItemResult) -> dict[str, Plain]:
    sitting = result.sitting
    return {
        "entry": result.item.entry,
        "for": result.item.proposed.value,
        "chair": sitting.chair,
        "is_acting": sitting.is_acting,
        "needed": sitting.needed,
        "voters": list(sitting.voters),
        "stands_in": {s.juror: s.stands_in_for for s in sitting.seats if s.stands_in_for},
        "answers": {answer.value: list(result.answers.get(answer, ())) for answer in Answer},
        "voided": list(result.voided),
        "unseated": list(result.unseated),
        "carried": result.is_carried,
        "casting_vote": result.casting_vote,
        "reservations": dict(result.reservations),
    }


def _stage(eligibility: Eligibility, stage: Stage, both: Both) -> dict[str, Plain]:
    outcome = eligibility.stages[stage]
    failed = {
        finding.rule: finding.reason
        for finding in eligibility.findings
        if outcome is not Outcome.PASS
        and finding.verdict is outcome
        and finding.stage in (Stage.PARTICIPATION, stage)
    }
    return {
        "entry": eligibility.entry,
        "stage": stage.value,
        "outcome": outcome.value,
        "failed": [{"rule": rule, "reason": dict(both(why))} for rule, why in failed.items()],
    }


def _is_known(record: DecisionRecord, event: Event, juror: str, entry: str) -> bool:
    """Tell whether a decision, or what was made void after it, knew of a jäv."""
    known = [(jav["juror"], jav["entry"]) for jav in rows_of(event.data, "jav")]
    known += [
        (later.data["juror"], later.data["entry"])
        for later in record.events
        if later.kind == VOIDED and later.number > event.number
    ]
    return (juror, entry) in known


def _reached(data: Mapping[str, Plain], juror: str, entry: str) -> tuple[int, int]:
    """Count the ballots and votes of a juror that a jäv for an entry reaches in a decision."""
    if entry not in [nominee["entry"] for nominee in rows_of(data, "nominees")]:
        return 0, 0
    whole = _mapping(data["rules"])["sits_out"] == "class"
    ballots = [
        ballot
        for ballot in rows_of(data, "ballots")
        if ballot["juror"] == juror
        and (ballot["state"] == Answer.YES or ballot["mention"] in _GIVEN)
        and not ballot["void"]
        and (whole or ballot["entry"] == entry)
    ]
    votes = [
        item
        for item in rows_of(data, "items")
        if (whole or item["entry"] in (entry, "")) and juror in _who_voted(item)
    ]
    return len(ballots), len(votes)


def _who_voted(item: Mapping[str, Plain]) -> Iterator[Plain]:
    answers = _mapping(item["answers"])
    for answer in _GIVEN:
        yield from answers[answer.value]  # type: ignore[misc]  # lists of ids by contract


def _numbers_with(record: DecisionRecord, class_id: str, juror: str, entry: str) -> list[Plain]:
    return [
        event.number
        for event in record.events
        if event.kind == DECIDED
        and event.data["class"] == class_id
        and any(_reached(event.data, juror, entry))
    ]


def _mapping(value: Plain) -> Mapping[str, Plain]:
    return value  # type: ignore[return-value]  # the record's own contract


def _thawed(value: object) -> object:
    """Make lists of tuples and dicts of mappings, so that equal values are equal."""
    if isinstance(value, Mapping):
        return {key: _thawed(item) for key, item in value.items()}
    return [_thawed(item) for item in value] if isinstance(value, list | tuple) else value

"""What the jury has said of each class, as people read it before and after they decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from kvaljury.cli.ballots_view import jav_text, people_text, person_text, sitting_texts
from kvaljury.cli.jury_papers import JuryDesk
from kvaljury.cli.output import Column, Output
from kvaljury.core.jury_day import LEVEL_WORDS
from kvaljury.core.jury_refusals import said_item
from kvaljury.core.model import Stage
from kvaljury.core.model.jury import Answer
from kvaljury.core.model.jury_day import ClassDay
from kvaljury.core.model.record import DecisionRecord
from kvaljury.core.model.sitting import ItemResult
from kvaljury.core.model.voting import Pair, Tally, places
from kvaljury.core.model.wording import BASIS_FOR_DECISION, OUTCOME_WORDS, PROPOSAL_WORDS
from kvaljury.core.recording import Recorded, Recording
from kvaljury.errors import Text

_ANSWER_WORDS = {
    Answer.YES: Text("Yes"),
    Answer.NO: Text("No"),
    Answer.ABSTAINS: Text("Abstain"),
    Answer.JAV: Text("Jäv"),
    Answer.ABSENT: Text("Absent"),
}
_RECORDING_WORDS = {
    Recording.NEW: Text("recorded"),
    Recording.CORRECTED: Text("recorded; it takes the place of an earlier decision"),
    Recording.UNCHANGED: Text("on record already, unchanged"),
    Recording.VOIDED: Text(
        "ballots or votes in the recorded decision are void for jäv found later; the class has to"
        " be decided again. Vote again, then: kvaljury decide --record --by NAME --correct REASON"
    ),
}


def show_days(
    desk: JuryDesk, days: Sequence[ClassDay], output: Output, day: date, done: Recorded | None
) -> None:
    """Show every class.

    Args:
        desk: what the day rests on.
        days: what the jury has said.
        output: where and in which language.
        day: of the decision.
        done: what became of it in the record; None for a draft.
    """
    if done is None:
        output.line(BASIS_FOR_DECISION)
    output.line(Text("{title}, {date}", title=desk.inputs.edition.title, date=day))
    for each in days:
        is_recorded = done is not None and done.by_class[each.class_id] is not Recording.VOIDED
        _show_class(desk, each, output, is_recorded=is_recorded)


def show_recorded(
    desk: JuryDesk,
    days: Sequence[ClassDay],
    done: Recorded,
    record: DecisionRecord,
    output: Output,
) -> None:
    """Say what became of each class in the record, its head, and what to do next."""
    output.heading(Text("The record of decisions"))
    for day in days:
        said = Text(
            "{title}: {what}", title=day.title, what=_RECORDING_WORDS[done.by_class[day.class_id]]
        )
        output.paragraph(said)
    for event in done.events:
        if event.kind == "voided":
            output.paragraph(_voided_text(event.data, desk), indent=4)
    output.line(Text("Events in the record: {n}.", n=len(record.events)))
    output.line(Text("Checksum of the record: {head}", head=record.head))
    output.paragraph(
        Text("Make the minutes, which hold the checksum for those who sign: kvaljury protocol")
    )


def _voided_text(data: Mapping[str, object], desk: JuryDesk) -> Text:
    return Text(
        "{person}, {entry}: {ballots} ballots and {votes} votes are void, found on {on}",
        person=person_text(str(data["juror"]), desk),
        entry=data["entry"],
        ballots=data["ballots"],
        votes=data["votes"],
        on=data["on"],
    )


def _show_class(desk: JuryDesk, day: ClassDay, output: Output, *, is_recorded: bool) -> None:
    output.heading(day.title)
    _show_nominees(desk, day, output)
    for text in _who_decides(desk, day):
        output.paragraph(text)
    if day.tally:
        _show_tally(desk, day, day.tally, output)
    else:
        output.paragraph(Text("No ballot that counts has been read for this class."))
    for result in day.results:
        _show_item(desk, day, result, output, is_recorded=is_recorded)
    for text in _outcome(desk, day):
        output.paragraph(text)
    for refusal in day.refusals:
        output.paragraph(Text("Cannot be decided: {what}", what=refusal.message))
        if refusal.hint:
            output.paragraph(refusal.hint, indent=4)


def _who_decides(desk: JuryDesk, day: ClassDay) -> Iterator[Text]:
    yield from sitting_texts(day.sitting, desk)
    for found in day.jav:
        yield Text("Jäv: {what}", what=jav_text(found, desk))


def _show_nominees(desk: JuryDesk, day: ClassDay, output: Output) -> None:
    say = output.language.render
    output.line()
    output.table(
        [
            Column(Text("Entry")),
            Column(Text("Nominated for")),
            Column(Text("May receive the award")),
            Column(Text("May receive a mention")),
        ],
        [
            [
                _named(desk, nominee.entry),
                say(PROPOSAL_WORDS[nominee.nominated_for]),
                *(
                    say(OUTCOME_WORDS[desk.papers.eligibility[nominee.entry].stages[stage]])
                    for stage in (Stage.AWARD, Stage.MENTION)
                ),
            ]
            for nominee in day.nominees
        ],
    )
    output.line()


def _show_tally(desk: JuryDesk, day: ClassDay, tally: Tally, output: Output) -> None:
    output.line()
    output.line(Text("Ballots, by the method {method}:", method=desk.papers.method.label))
    order = [entry for tier in tally.tiers for entry in tier]
    _show_grades(desk, day, order, output)
    output.line()
    output.table(
        [Column(Text("Entry")), *(Column(each.label, right=True) for each in tally.figures)],
        [
            [_named(desk, entry), *(_shown(each.values[entry], output) for each in tally.figures)]
            for entry in order
        ],
    )
    _show_mentions_only(desk, day, output)
    for text in _tier_texts(desk, day, tally):
        output.paragraph(text)
    if tally.cycle:
        output.paragraph(_cycle_text(tally))
    if day.order_would_decide:
        names = ", ".join(_named(desk, entry) for entry in day.order_would_decide)
        output.paragraph(
            Text("Which of these comes first would hang on the order of propositions: {names}",
                 names=names)
        )  # fmt: skip
    output.line()


def _show_grades(desk: JuryDesk, day: ClassDay, order: Sequence[str], output: Output) -> None:
    heads = [*LEVEL_WORDS, Text("Abstain"), *(figure.label for figure in day.mentions_wished)]
    rows = []
    for entry in order:
        given = day.grades.of(entry)
        counts = [given.count(level) for level in range(len(LEVEL_WORDS))]
        counts.append(len(day.sitting.seats) - len(given))
        wished = [_shown(figure.values[entry], output) for figure in day.mentions_wished]
        rows.append([_named(desk, entry), *map(str, counts), *wished])
    output.table([Column(Text("Entry")), *(Column(head, right=True) for head in heads)], rows)


def _shown(value: Text | Fraction | int, output: Output) -> str:
    if isinstance(value, Text):
        return output.language.render(value)
    return output.language.number(value, 2) if isinstance(value, Fraction) else str(value)


def _show_mentions_only(desk: JuryDesk, day: ClassDay, output: Output) -> None:
    if not day.mentions_wished:
        return
    yes, no = (figure.values for figure in day.mentions_wished)
    for nominee in day.nominees:
        if nominee.entry not in day.grades.nominees:
            output.line(
                Text(
                    "{entry}: yes to a mention {yes}, no {no}",
                    entry=_named(desk, nominee.entry),
                    yes=yes[nominee.entry],
                    no=no[nominee.entry],
                )
            )


def _tier_texts(desk: JuryDesk, day: ClassDay, tally: Tally) -> Iterator[Text]:
    for place, tier in enumerate(tally.tiers, start=1):
        names = ", ".join(_named(desk, entry) for entry in tier)
        yield (
            Text("{place}. {names}", place=str(place), names=names)
            if len(tier) == 1
            else Text("{place}. {names} – equal", place=str(place), names=names)
        )
    most = desk.papers.jury.rules.awards_of(day.class_id)
    tied = places(tally.tiers, most)
    if tied.tied:
        yield Text(
            "Equal at the cut: {names}; there is room for {room} of them, and nothing but the"
            " jury's vote tells them apart.",
            names=", ".join(_named(desk, entry) for entry in tied.tied),
            room=tied.room,
        )


def _cycle_text(tally: Tally) -> Text:
    by_pair = {(pair.first, pair.second): pair for pair in tally.pairs}
    steps = [_step(a, b, by_pair) for a, b in pairwise((*tally.cycle, tally.cycle[0]))]
    said = steps[0]
    for step in steps[1:]:
        said = Text("{first}, {rest}", first=said, rest=step)
    return Text("Majorities go round in a circle: {steps}.", steps=said)


def _step(a: str, b: str, by_pair: Mapping[tuple[str, str], Pair]) -> Text:
    pair = by_pair.get((min(a, b), max(a, b)))
    if pair is None:
        return Text("{a} before {b}", a=a, b=b)
    ahead, behind = pair.for_first, pair.for_second
    if a != pair.first:
        ahead, behind = behind, ahead
    return Text("{a} before {b} {ahead}–{behind}", a=a, b=b, ahead=ahead, behind=behind)


def _show_item(
    desk: JuryDesk, day: ClassDay, result: ItemResult, output: Output, *, is_recorded: bool
) -> None:
    what = said_item(result.item, desk.papers.entries)
    said = _carried_text(result, is_recorded=is_recorded)
    yes, no = result.count(Answer.YES), result.count(Answer.NO)
    output.paragraph(
        Text("Vote on {what}: {yes}–{no}, {said}.", what=what, yes=yes, no=no, said=said)
    )
    is_open = desk.papers.jury.rules.is_open
    for answer, names in result.answers.items():
        if not names:
            continue
        who = people_text(names, desk)
        if not is_open and answer in (Answer.YES, Answer.NO, Answer.ABSTAINS):
            who = str(len(names))
        output.paragraph(Text("{answer}: {who}", answer=_ANSWER_WORDS[answer], who=who), indent=4)
    for text in _item_notes(desk, day, result):
        output.paragraph(text, indent=4)


def _item_notes(desk: JuryDesk, day: ClassDay, result: ItemResult) -> Iterator[Text]:
    if result.sitting != day.sitting:
        yield from sitting_texts(result.sitting, desk)
    is_open = desk.papers.jury.rules.is_open
    if result.casting_vote and not is_open:
        yield Text("Equal numbers; the casting vote decided.")
    elif result.casting_vote:
        yield Text("Equal numbers; the casting vote of {chair} decided.",
                   chair=person_text(result.casting_vote, desk))  # fmt: skip
    if result.voided and not is_open:
        yield Text("Void for jäv, votes: {n}", n=len(result.voided))
    elif result.voided:
        yield Text("Void for jäv: the votes of {people}", people=people_text(result.voided, desk))
    for juror, words in result.reservations.items():
        yield Text("Reservation of {person}: {words}", person=person_text(juror, desk), words=words)


def _carried_text(result: ItemResult, *, is_recorded: bool) -> Text:
    if result.is_carried is None:
        return Text("not decided")
    if is_recorded:
        return Text("carried") if result.is_carried else Text("lost")
    if result.is_carried:
        return Text("carried by the votes handed in")
    return Text("lost by the votes handed in")


def _outcome(desk: JuryDesk, day: ClassDay) -> Iterator[Text]:
    """Say what people should know of the class, and what the votes handed in come to."""
    for warning in day.warnings:
        yield Text("Note: {what}", what=warning)
    names = [nominee.entry for nominee in day.nominees]
    for leave in desk.papers.leaves:
        if leave.entry in names:
            yield Text(
                "Let through by {by}: {entry}. Reason: {reason}",
                by=leave.by,
                entry=_named(desk, leave.entry),
                reason=leave.reason,
            )
    if not day.results:
        return
    if not day.awards and not day.refusals:
        yield Text("No award is carried in the class; that is a decision like any other.")
    received = sorted({*day.awards, *day.mentions})
    missing = [entry for entry in received if entry not in desk.motivations]
    if missing:
        shown = ", ".join(_named(desk, entry) for entry in missing)
        yield Text("Without a motivation in motivations.csv: {names}", names=shown)


def _named(desk: JuryDesk, entry: str) -> str:
    return f"{entry} {desk.papers.entries[entry].name}"

"""The jury's agenda as people read it in a meeting, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kvaljury.cli.jury_papers import JuryDesk
from kvaljury.cli.language import Language
from kvaljury.cli.output import Output
from kvaljury.core.jav_grounds import ground_text
from kvaljury.core.jury_agenda import AgendaItem
from kvaljury.core.model.jury import JavFinding, JavSource
from kvaljury.core.model.sitting import Sitting
from kvaljury.core.model.wording import BASIS_FOR_DECISION
from kvaljury.errors import Text

_KNOWN = {
    JavSource.DECLARED: Text("declared"),
    JavSource.DERIVED: Text("proposed ground – to be confirmed by the member"),
    JavSource.FOUND_LATER: Text("found later"),
}


def show_agenda(desk: JuryDesk, agenda: Sequence[AgendaItem], output: Output) -> None:
    """Show order, quorum, who leaves and returns, and all jäv."""
    output.line(BASIS_FOR_DECISION)
    output.heading(Text("Agenda with the fewest walk-outs"))
    for place, item in enumerate(agenda, start=1):
        output.line(Text("{place}. {title}", place=str(place), title=item.day.title))
        for said in _who_moves(item, desk):
            output.paragraph(said, indent=4)
        for said in sitting_texts(item.day.sitting, desk):
            output.paragraph(said, indent=4)
    output.heading(Text("Jäv of members"))
    findings = [found for item in agenda for found in item.day.jav]
    if not findings:
        output.line(Text("No member has jäv for what is nominated."))
    for found in sorted(findings, key=lambda f: (_place(f.person, desk), f.entry, f.rule)):
        output.paragraph(jav_text(found, desk))


def jav_text(found: JavFinding, desk: JuryDesk) -> Text:
    """Say who has jäv for what, on which ground, and how it is known."""
    entry = f"{found.entry} {desk.papers.entries[found.entry].name}"
    person = person_text(found.person, desk)
    known = _KNOWN[found.known]
    if found.known is JavSource.DERIVED:
        return Text(
            "{person}, {entry}: {ground}; {reason} ({known})",
            person=person,
            entry=entry,
            ground=ground_text(found.ground),
            reason=found.reason,
            known=known,
        )
    if not found.ground:
        return Text("{person}, {entry}: {reason}", person=person, entry=entry, reason=found.reason)
    return Text(
        "{person}, {entry}: {ground} ({known})",
        person=person,
        entry=entry,
        ground=ground_text(found.ground),
        known=known,
    )


def person_text(juror: str, desk: JuryDesk) -> str:
    """Name a juror by id and name."""
    names = {each.id: each.name for each in desk.papers.jury.jurors}
    return f"{juror} {names[juror]}"


def people_text(jurors: Sequence[str], desk: JuryDesk) -> str:
    """Name jurors in a list."""
    return ", ".join(person_text(juror, desk) for juror in jurors)


def sitting_texts(sitting: Sitting, desk: JuryDesk) -> Iterator[Text]:
    """Say who takes part, whether that is enough, and who is in the chair."""
    yield (
        Text("Take part: {n}, the quorum is {needed}.", n=len(sitting.seats), needed=sitting.needed)
        if sitting.has_quorum
        else Text(
            "No quorum: {n} take part, {needed} are needed. Call substitutes.",
            n=len(sitting.seats),
            needed=sitting.needed,
        )
    )
    if sitting.chair:
        chair = person_text(sitting.chair, desk)
        yield (
            Text("In the chair: {chair}, acting.", chair=chair)
            if sitting.is_acting
            else Text("In the chair: {chair}.", chair=chair)
        )
    for seat in sitting.seats:
        if seat.stands_in_for:
            yield Text(
                "{substitute} stands in for {member}.",
                substitute=person_text(seat.juror, desk),
                member=person_text(seat.stands_in_for, desk),
            )


def agenda_json(desk: JuryDesk, agenda: Sequence[AgendaItem], language: Language) -> dict[str, Any]:
    """Give the agenda as JSON, schema ``kvaljury.ballots/1``."""
    return {
        "agenda": [_item_json(item, language) for item in agenda],
        "jav": [
            {
                "juror": found.person,
                "entry": found.entry,
                "rule": found.rule,
                "ground": found.ground,
                "reason": language.render(found.reason),
                "known": found.known.value,
            }
            for item in agenda
            for found in item.day.jav
        ],
        "jurors": [
            {"id": each.id, "name": each.name, "role": each.role.value}
            for each in desk.papers.jury.jurors
        ],
    }


def _item_json(item: AgendaItem, language: Language) -> dict[str, Any]:
    sitting = item.day.sitting
    return {
        "class": item.day.class_id,
        "title": language.render(item.day.title),
        "nominees": [nominee.entry for nominee in item.day.nominees],
        "out": {entry: sorted(jurors) for entry, jurors in sorted(item.out.items()) if entry},
        "leaving": list(item.leaving),
        "returning": list(item.returning),
        "voters": list(sitting.voters),
        "stands_in": {s.juror: s.stands_in_for for s in sitting.seats if s.stands_in_for},
        "chair": sitting.chair,
        "is_acting": sitting.is_acting,
        "needed": sitting.needed,
        "has_quorum": sitting.has_quorum,
    }


def _who_moves(item: AgendaItem, desk: JuryDesk) -> Iterator[Text]:
    if item.returning:
        yield Text("Come back: {people}", people=people_text(item.returning, desk))
    if item.leaving:
        yield Text("Leave for jäv: {people}", people=people_text(item.leaving, desk))


def _place(juror: str, desk: JuryDesk) -> int:
    return [each.id for each in desk.papers.jury.jurors].index(juror)

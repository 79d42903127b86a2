"""``kvaljury decide``: ballots and votes counted, and what was decided put on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import click

from kvaljury.cli.language import LANGUAGES, Language
from kvaljury.cli.nominate import by_option, named_person
from kvaljury.cli.options import command, edition_argument, json_option, plugins_option
from kvaljury.cli.progress import day_of
from kvaljury.errors import RulesFault, Text, UsageFault

if TYPE_CHECKING:
    from kvaljury.cli.jury_papers import JuryDesk
    from kvaljury.core.model.jury_day import ClassDay, Leave, Refusal
    from kvaljury.core.model.record import DecisionRecord, NewEvent, Plain
    from kvaljury.core.recording import Recorded

SCHEMA = "kvaljury.decision/1"


@attrs.frozen(kw_only=True)
class Asked:
    """What is to be decided and how.

    Attributes:
        day: of the decision.
        classes: ids of the classes; none means all.
        records: whether it goes into the record.
        by: who answers for it, or None.
        overrides: ids of entries let through.
        reasons: why, in the same order.
        correction: why recorded decisions are replaced, or None.
    """

    day: date
    classes: tuple[str, ...] = ()
    records: bool = False
    by: str | None = None
    overrides: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    correction: str | None = None


def build(language: Language) -> click.Command:
    """Make the command in a language."""

    def callback(
        folder: Path,
        plugin_folders: Sequence[Path],
        *,
        day: str | None,
        as_json: bool,
        **asked: Any,
    ) -> None:
        decide(language, folder, plugin_folders, Asked(day=day_of(day), **asked), as_json=as_json)

    return command(
        language,
        "decide",
        Text(
            "Count the ballots and the formal votes of each class and show what was carried, jäv,"
            " quorum, casting votes and what hinders a decision. Without --record it is a draft."
            " With --record what was decided is put into decisions/record.jsonl, where nothing is"
            " ever changed or deleted."
        ),
        callback,
        [
            edition_argument(language),
            plugins_option(language),
            *_decide_options(language),
            json_option(language),
        ],
    )


def _decide_options(language: Language) -> list[click.Option]:
    say = language.render
    return [
        click.Option(
            ["--class", "classes"],
            multiple=True,
            metavar="ID",
            help=say(Text("Only this class. May be repeated.")),
        ),
        click.Option(
            ["--date", "day"],
            metavar=say(Text("YYYY-MM-DD")),
            help=say(Text("The day of the decision; today if not given.")),
        ),
        click.Option(
            ["--record", "records"],
            is_flag=True,
            help=say(Text("Put what was decided on record. Needs --by.")),
        ),
        by_option(language),
        click.Option(
            ["--override", "overrides"],
            multiple=True,
            metavar="ID",
            help=say(
                Text(
                    "Let an entry receive what the rules bar it from. Needs --by, and --reason for"
                    " each. May be repeated."
                )
            ),
        ),
        click.Option(
            ["--reason", "reasons"],
            multiple=True,
            metavar="TEXT",
            help=say(Text("Why an entry is let through, in the order of --override.")),
        ),
        click.Option(
            ["--correct", "correction"],
            metavar="TEXT",
            help=say(Text("Why decisions on record are replaced; they stay there.")),
        ),
    ]


def decide(
    language: Language,
    folder: Path,
    plugin_folders: Sequence[Path],
    asked: Asked,
    *,
    as_json: bool,
) -> None:
    """Work through the jury's day, and record it where that is asked for.

    Args:
        language: of what is shown.
        folder: the edition folder.
        plugin_folders: folders of one-file plugins.
        asked: what is to be decided and how.
        as_json: print one JSON document instead of tables.

    Raises:
        KvaljuryError: if the input, a plugin, the record or the disk is at fault, or a class
            cannot be decided; then nothing has been recorded.
    """
    from kvaljury.cli.boundary import tell_warnings
    from kvaljury.cli.decision_view import show_days, show_recorded
    from kvaljury.cli.jury_papers import gather_desk, with_leaves, with_recorded_jav
    from kvaljury.cli.output import Output
    from kvaljury.core.jury_day import hold_day
    from kvaljury.core.model.wording import BASIS_FOR_DECISION
    from kvaljury.core.recording import recorded_leaves
    from kvaljury.files.decision_record import read_record

    _check_options(asked)
    desk = gather_desk(folder, plugin_folders)
    if asked.records:
        _check_day(asked.day, desk.inputs.edition.year)
    record = read_record(folder)
    desk = with_recorded_jav(desk, record)
    given = _leaves(asked, desk)
    before = [old for old in recorded_leaves(record) if old.entry not in asked.overrides]
    desk = with_leaves(desk, [*given, *before])
    days = _chosen(hold_day(desk.papers), asked, desk)
    data = decided_by_class(desk, days, asked.day)
    done = None
    if asked.records:
        record, done = _record(folder, desk, days, data, asked)
    output = Output(language)
    tell_warnings(desk.inputs.log.warnings, output)
    if as_json:
        output.json(
            {
                "schema": SCHEMA,
                "edition": language.render(desk.inputs.edition.title),
                "year": desk.inputs.edition.year,
                "status": "recorded" if done else "draft",
                "note": None if done else language.render(BASIS_FOR_DECISION),
                "head": record.head if record.events else None,
                "classes": [
                    {**data[day.class_id], **_state_json(day, record, done, language)}
                    for day in days
                ],
            }
        )
        return
    show_days(desk, days, output, asked.day, done)
    if done:
        show_recorded(desk, days, done, record, output)


def _check_options(asked: Asked) -> None:
    if len(asked.overrides) != len(asked.reasons):
        message = Text(
            "each --override needs its own --reason: there are {overrides} and {reasons}",
            overrides=len(asked.overrides),
            reasons=len(asked.reasons),
        )
        raise UsageFault(message)
    if asked.overrides:
        named_person(asked.by, "--override")
    if asked.records:
        named_person(asked.by, "--record")
    if asked.correction is not None and not asked.records:
        message = Text("--correct goes with --record")
        raise UsageFault(message, hint=Text("add --record --by NAME"))
    for reason in (*asked.reasons, *([] if asked.correction is None else [asked.correction])):
        if not reason.strip():
            raise UsageFault(Text("a reason is empty"))


def _check_day(day: date, year: int) -> None:
    """Refuse days on which the jury cannot have decided."""
    if day > datetime.now().astimezone().date():
        message = Text("{date} has not come yet, so nothing was decided then", date=day)
        raise UsageFault(message, hint=Text("give the day of the decision with --date"))
    if day.year not in (year, year + 1):
        message = Text(
            "{date} is not in the edition's year {year} or the next", date=day, year=year
        )
        raise UsageFault(message, hint=Text("give the day of the decision with --date"))


def _leaves(asked: Asked, desk: JuryDesk) -> list[Leave]:
    from kvaljury.core.model.jury_day import Leave
    from kvaljury.files.nearest import nearest_hint

    known = desk.papers.nominations
    for entry in asked.overrides:
        if entry not in known:
            message = Text('the entry "{id}" is not nominated, so it needs no --override', id=entry)
            raise UsageFault(message, hint=nearest_hint(entry, known))
        if not rules_against(entry, desk):
            message = Text('no rule bars the entry "{id}", so it needs no --override', id=entry)
            raise UsageFault(message, hint=Text("leave --override and its --reason out"))
    by = asked.by or ""
    pairs = zip(asked.overrides, asked.reasons, strict=True)
    return [
        Leave(entry, " ".join(by.split()), reason.strip(), rules_against(entry, desk))
        for entry, reason in pairs
    ]


def rules_against(entry: str, desk: JuryDesk) -> tuple[str, ...]:
    """Give the rules that keep a nominee from what it may receive, or could not be tried."""
    from kvaljury.core.jury_refusals import barring_rules
    from kvaljury.core.model import ProposalKind, Stage

    kind = desk.papers.nominations[entry].nominated_for
    stages = [Stage.MENTION] if kind is ProposalKind.MENTION else [Stage.AWARD, Stage.MENTION]
    return barring_rules(desk.papers.eligibility[entry], *stages)


def _chosen(days: Sequence[ClassDay], asked: Asked, desk: JuryDesk) -> list[ClassDay]:
    from kvaljury.files.nearest import nearest_hint

    known = {day.class_id: day for day in days}
    for name in asked.classes:
        if name in known:
            continue
        if name in [found.id for found in desk.papers.classes]:
            message = Text("the class {id} has no nominee, so there is nothing to decide", id=name)
            raise RulesFault(message, hint=Text("nominate in nominations.csv"), code="no-nominee")
        raise UsageFault(
            Text('no class has the id "{id}"', id=name), hint=nearest_hint(name, known)
        )
    return [day for name, day in known.items() if not asked.classes or name in asked.classes]


def decided_by_class(
    desk: JuryDesk, days: Sequence[ClassDay], day: date
) -> dict[str, dict[str, Plain]]:
    """Give the data of the event ``decided`` of each class, as it would be recorded.

    Args:
        desk: what the day rests on.
        days: what the jury has said.
        day: of the decision.
    """
    from kvaljury import __version__
    from kvaljury.core.decision_data import Circumstances, decided_data

    around = Circumstances(
        date=day.isoformat(),
        motivations=desk.motivations,
        inputs=desk.inputs.log.hashes,
        plugins=desk.plugins,
        version=__version__,
        both=lambda text: {code: Language(code).render(text) for code in LANGUAGES},
    )
    return {each.class_id: decided_data(each, desk.papers, around) for each in days}


def _record(
    folder: Path,
    desk: JuryDesk,
    days: Sequence[ClassDay],
    data: Mapping[str, Mapping[str, Plain]],
    asked: Asked,
) -> tuple[DecisionRecord, Recorded]:
    from kvaljury.core.recording import record_day
    from kvaljury.files.decision_record import append_events

    by = named_person(asked.by, "--record")
    found: list[Recorded] = []

    def make(record: DecisionRecord) -> Sequence[NewEvent]:
        correction = asked.correction.strip() if asked.correction else None
        done = record_day(record, days, data, desk.papers, by=by, correction=correction)
        if done.refusals:
            raise _refused(done, days)
        found.append(done)
        return done.events

    at = datetime.now().astimezone().isoformat(timespec="seconds")
    record = append_events(folder, make, at)
    return record, found[0]


def _refused(done: Recorded, days: Sequence[ClassDay]) -> RulesFault:
    """Give every reason at once."""
    titles = {day.class_id: day.title for day in days}
    said = [_said(titles[name], refusal) for name, refusal in done.refusals]
    hints = list(dict.fromkeys(refusal.hint for _, refusal in done.refusals if refusal.hint))
    message = Text("Nothing was recorded. {reasons}", reasons=_joined(said))
    return RulesFault(message, hint=_joined(hints) if hints else None, code="not-decided")


def _said(title: Text, refusal: Refusal) -> Text:
    return Text("{title}: {reason}", title=title, reason=refusal.message)


def _joined(texts: Sequence[Text]) -> Text:
    joined = texts[0]
    for text in texts[1:]:
        joined = Text("{first}; {rest}", first=joined, rest=text)
    return joined


def _state_json(
    day: ClassDay, record: DecisionRecord, done: Recorded | None, language: Language
) -> dict[str, Any]:
    from kvaljury.core.decision_data import is_void, last_decisions

    last = last_decisions(record).get(day.class_id)
    return {
        "warnings": [language.render(text) for text in day.warnings],
        "refusals": [_refusal_json(refusal, language) for refusal in day.refusals],
        "event": last.number if last else None,
        "is_void": is_void(record, day.class_id),
        "recording": done.by_class[day.class_id].value if done else None,
    }


def _refusal_json(refusal: Refusal, language: Language) -> dict[str, Any]:
    return {
        "code": refusal.code,
        "message": language.render(refusal.message),
        "hint": language.render(refusal.hint) if refusal.hint else None,
    }

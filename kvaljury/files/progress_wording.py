"""The words for who has delivered what, and for what is left of a deadline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time

from kvaljury.core.model import Edition
from kvaljury.core.model.progress import (
    Completeness,
    DeadlineProgress,
    Deliverer,
    EditionProgress,
    ReadingKind,
)
from kvaljury.errors import Text
from kvaljury.files.agreement_tables import named

PROGRESS = Text("How far the year has come")
STATE_WORDS = {
    Completeness.NONE: Text("not begun"),
    Completeness.PARTLY: Text("begun"),
    Completeness.COMPLETE: Text("complete"),
}
READING_WORDS = {
    ReadingKind.HOME: Text("home team"),
    ReadingKind.GUEST: Text("guest"),
    ReadingKind.EXTRA: Text("not asked for"),
}
WHOLE_ENTRY = Text("the entry as a whole")
_MISSING_WORDS = {
    Deliverer.ENTRY: Text("missing from {n} of {total} entries: {ids}"),
    Deliverer.EXAMINER: Text("missing from {n} of {total} examiners: {ids}"),
    Deliverer.TEAM: Text("missing from {n} of {total} teams: {ids}"),
}
_NOBODY = "–"
_ALL_IN = Text("nothing is missing")


def names_of_entries(edition: Edition) -> dict[str, str]:
    """Give the name of every entry by id."""
    return {entry.id: entry.name for entry in edition.entries}


def names_of_examiners(edition: Edition) -> dict[str, str]:
    """Give the name, where it is known, of every examiner by id."""
    return {each.id: each.name for each in edition.examiners if each.name}


def leaf_labels(edition: Edition) -> dict[str, Text]:
    """Give what every leaf is called, by id."""
    return {leaf.id: leaf.label for leaf in edition.rules.leaves()}


def document_labels(edition: Edition) -> dict[str, Text]:
    """Give what every document of the check list is called, by id."""
    return {document.id: document.label for document in edition.rules.documents}


def time_left(found: DeadlineProgress) -> Text:
    """Say how many days are left of a deadline, or how long ago it passed."""
    n = found.days_left
    if n == 0:
        return Text("today")
    if n == 1:
        return Text("1 day left")
    if n > 1:
        return Text("{n} days left", n=n)
    if n == -1:
        return Text("passed yesterday")
    return Text("passed {n} days ago", n=-n)


def deadline_moment(found: DeadlineProgress) -> Text | str:
    """Write when a deadline runs out as people do; midnight is 24.00 of the day before."""
    day = found.last_day.isoformat()
    if found.deadline.at.whole_day:
        return day
    return Text("{day} at {hour}", day=day, hour=_hour(found.deadline.at.at))


def who_is_missing(found: DeadlineProgress, names: Mapping[str, str]) -> Text | str:
    """Say who has not delivered what a deadline is about; a dash where nobody is asked.

    Args:
        found: the deadline on a day.
        names: of entries and examiners by id.
    """
    if found.deliverer is Deliverer.NOBODY:
        return _NOBODY
    if not found.missing:
        return _ALL_IN
    template = _MISSING_WORDS[found.deliverer]
    return Text(
        template.en,
        n=len(found.missing),
        total=found.total,
        ids=", ".join(named(each, names) for each in found.missing),
    )


def next_deadline_sentences(progress: EditionProgress, names: Mapping[str, str]) -> list[Text]:
    """Say which deadlines pass next and who has not delivered.

    Args:
        progress: on a day.
        names: of entries and examiners by id.
    """
    if not progress.deadlines:
        return [Text("The edition has no deadlines.")]
    if not progress.next_deadlines:
        return [Text("All deadlines have passed.")]
    return [
        Text(
            "Next: {label}, {moment} ({left}): {missing}",
            label=found.deadline.label,
            moment=deadline_moment(found),
            left=time_left(found),
            missing=who_is_missing(found, names),
        )
        for found in progress.next_deadlines
    ]


def summary_sentences(progress: EditionProgress) -> list[Text]:
    """Say in few words how far marks and proposals have come.

    Args:
        progress: on a day.
    """
    if not progress.teams:
        return [Text("No team has been formed, so nobody is asked for marks.")]
    filed = sum(len(team.filed) for team in progress.teams)
    unfiled = sum(len(team.unfiled) for team in progress.teams)
    asked = progress.asked
    return [
        Text(
            "Marks: {given} of {expected}. Complete readings: {complete} of {readings}.",
            given=sum(reading.marks.given for reading in asked),
            expected=sum(reading.marks.expected for reading in asked),
            complete=_count(reading.marks.state is Completeness.COMPLETE for reading in asked),
            readings=len(asked),
        ),
        Text("Proposals: {filed} of {entries} entries.", filed=filed, entries=filed + unfiled),
    ]


def _count(statements: Iterable[bool]) -> int:
    return sum(statements)


def _hour(at: datetime) -> str:
    if at.time() == time():
        return "24.00"
    return at.strftime("%H.%M.%S").removesuffix(".00")

"""Marks and readings to warnings: what is missing, and which scores rest on too little."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set

from kvaljury.core.consensus import home_readers
from kvaljury.core.model import Edition, Entry, Mark, Marks, MarksUsed, Reading, State, Team
from kvaljury.errors import Text

FEWEST_READERS = 3


def scoring_warnings(
    edition: Edition, readings: Sequence[Reading], marks: Marks
) -> tuple[Text, ...]:
    """List what people must know before they trust the scores.

    Args:
        edition: entries, teams and settings.
        readings: as ``score_readings`` gave them for these marks.
        marks: valid, excluded and consensus marks.

    Returns:
        Readings marked in part, marks that give no score, competing entries with few readers
        or none, home examiners who have marked nothing, and, where the edition scores by
        consensus, leaves without one. Each group is sorted by entry.
    """
    read = {(mark.entry, mark.examiner) for mark in marks.valid}
    return (
        *_partly_marked(readings),
        *_without_score(readings, read),
        *_few_readers(edition, readings),
        *_absent_examiners(edition, read, marks.excluded),
        *(_consensus_gaps(edition, readings, marks) if _by_consensus(edition) else ()),
    )


def _by_consensus(edition: Edition) -> bool:
    return edition.rules.settings.scoring.marks is MarksUsed.CONSENSUS


def _partly_marked(readings: Iterable[Reading]) -> Iterator[Text]:
    for reading in readings:
        if reading.missing:
            yield Text(
                "Entry {entry}, examiner {examiner}: not marked in full on {leaves}; "
                "scored over the rest",
                entry=reading.entry,
                examiner=reading.examiner,
                leaves=", ".join(reading.missing),
            )


def _without_score(readings: Iterable[Reading], read: Set[tuple[str, str]]) -> Iterator[Text]:
    scored = {(reading.entry, reading.examiner) for reading in readings}
    for entry, examiner in sorted(read - scored):
        yield Text(
            "Entry {entry}, examiner {examiner}: no question of any weight is marked in full; "
            "the reading is left out",
            entry=entry,
            examiner=examiner,
        )


def _few_readers(edition: Edition, readings: Iterable[Reading]) -> Iterator[Text]:
    readers = Counter(reading.entry for reading in readings)
    for entry in _competing(edition):
        n = readers[entry.id]
        if n == 0:
            yield Text("Entry {entry}: no valid reading", entry=entry.id)
        elif n < FEWEST_READERS:
            yield Text(
                "Entry {entry}: too few valid readings, {n} of at least {fewest}",
                entry=entry.id,
                n=n,
                fewest=FEWEST_READERS,
            )


def _competing(edition: Edition) -> list[Entry]:
    competing = [entry for entry in edition.entries if entry.state is State.COMPETING]
    return sorted(competing, key=lambda entry: entry.id)


def _absent_examiners(
    edition: Edition, read: Set[tuple[str, str]], excluded: Iterable[Mark]
) -> Iterator[Text]:
    present = read | {(mark.entry, mark.examiner) for mark in excluded}
    present |= {(jav.entry, person.id) for person in edition.examiners for jav in person.jav}
    begun = {entry for entry, _ in read}
    team_of = {entry: team for team in edition.teams for entry in team.entries}
    for entry in _competing(edition):
        if entry.id in begun and entry.id in team_of:
            absent = _absent(team_of[entry.id], entry.id, present)
            if absent:
                yield Text(
                    "Entry {entry}: no mark from {examiners} of the home team",
                    entry=entry.id,
                    examiners=", ".join(absent),
                )


def _absent(team: Team, entry: str, present: Set[tuple[str, str]]) -> list[str]:
    return sorted(examiner for examiner in team.examiners if (entry, examiner) not in present)


def _consensus_gaps(edition: Edition, readings: Sequence[Reading], marks: Marks) -> Iterator[Text]:
    order = [leaf.id for leaf in edition.rules.leaves()]
    agreed = _criteria((m.entry, m.question, m.criterion) for m in marks.consensus)
    needed = _criteria(("", m.question, m.criterion) for m in marks.valid)
    marked = _leaves_marked_at_home(edition, readings)
    for entry in sorted(marked.keys() | {mark.entry for mark in marks.consensus}):
        own = marked.get(entry, set())
        without = [x for x in order if x in own and needed["", x] - agreed.get((entry, x), set())]
        if without:
            yield Text(
                "Entry {entry}: no consensus on {leaves}; the examiners' own marks stand",
                entry=entry,
                leaves=", ".join(without),
            )
        idle = [leaf for leaf in order if (entry, leaf) in agreed and leaf not in own]
        if idle:
            yield Text(
                "Entry {entry}: the consensus on {leaves} is not used, since nobody in the home "
                "team has marked it in full",
                entry=entry,
                leaves=", ".join(idle),
            )


def _leaves_marked_at_home(edition: Edition, readings: Sequence[Reading]) -> dict[str, set[str]]:
    leaves = {(reading.entry, reading.examiner): reading.leaves for reading in readings}
    home = home_readers(edition, leaves)
    return {e: {leaf for reader in who for leaf in leaves[reader]} for e, who in home.items()}


def _criteria(cells: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str], set[str]]:
    criteria: dict[tuple[str, str], set[str]] = {}
    for entry, leaf, criterion in cells:
        criteria.setdefault((entry, leaf), set()).add(criterion)
    return criteria

"""Marks, proposals and answers to who has delivered what on a day, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date

from kvaljury.core.aggregation import by_entry
from kvaljury.core.deadlines import follow_deadlines
from kvaljury.core.discussions import entries_to_discuss
from kvaljury.core.model import (
    DocumentCheck,
    Edition,
    Marks,
    MarksUsed,
    Remark,
    RemarkKind,
    Rubric,
    RuleSet,
    State,
    Team,
    Toolkit,
)
from kvaljury.core.model.progress import (
    ConsensusProgress,
    DocumentProgress,
    EditionProgress,
    ExaminerProgress,
    MarkCount,
    ReadingKind,
    ReadingProgress,
    TeamProgress,
)
from kvaljury.core.model.reading_lists import reading_lists

_Cell = tuple[str, str]


def account_for_progress(
    edition: Edition, marks: Marks, toolkit: Toolkit, day: date
) -> EditionProgress:
    """Tell who has delivered what, and what is missing.

    An examiner is asked to read the home team's entries and those that he or she is listed as a
    guest for: competing entries and calibration cases, not withdrawn ones and none under
    declared jäv. What else has marks, as a calibration case of no team has, is shown as an extra
    reading that nobody waits for, so that every valid mark is counted once.

    Args:
        edition: entries, teams, proposals and rules.
        marks: valid marks, agreed ones, remarks and document checks, in any order.
        toolkit: the functions that the edition names.
        day: on which deadlines are looked at.

    Returns:
        The account; an edition without teams or marks has one too.

    Raises:
        PluginFault: if a rubric or the aggregation fails.
    """
    cells = marked_cells(edition.rules, toolkit.rubrics)
    examiners = tuple(_examiners(edition, marks, cells))
    documents = _documents(edition, marks.document_checks)
    teams = tuple(_teams(edition, marks, cells, documents))
    waiting = {reading.entry for each in examiners for reading in each.waiting}
    return EditionProgress(
        day=day,
        examiners=examiners,
        teams=teams,
        deadlines=follow_deadlines(edition, examiners, teams, documents, day),
        limit=edition.rules.settings.agreement.limit,
        discussions=entries_to_discuss(edition, marks, toolkit, waiting),
        to_verify=_to_verify(edition, marks.remarks),
        not_seen=_not_seen(edition.rules, marks.document_checks),
    )


def marked_cells(rules: RuleSet, rubrics: Mapping[str, Rubric]) -> tuple[_Cell, ...]:
    """Give everything that a mark is set on: leaf and criterion, in the order of instructions.

    Args:
        rules: with their leaves.
        rubrics: by name, every rubric that a leaf uses.
    """
    return tuple(
        (leaf.id, criterion.id)
        for leaf in rules.leaves()
        for criterion in rubrics[leaf.rubric].criteria
    )


def count_marks(cells: Sequence[_Cell], given: Set[_Cell]) -> MarkCount:
    """Count what is given of what is expected.

    Args:
        cells: leaf and criterion ids of everything expected, in order.
        given: those that have a mark.

    >>> count_marks([("1", "x"), ("1", "y")], {("1", "x")}).missing
    ('1',)
    """
    lacking = [cell for cell in cells if cell not in given]
    missing = tuple(dict.fromkeys(leaf for leaf, _ in lacking))
    return MarkCount(len(cells) - len(lacking), len(cells), missing)


def _examiners(
    edition: Edition, marks: Marks, cells: Sequence[_Cell]
) -> Iterator[ExaminerProgress]:
    given: dict[tuple[str, str], set[_Cell]] = {}
    for mark in marks.valid:
        given.setdefault((mark.examiner, mark.entry), set()).add((mark.question, mark.criterion))
    asked = _asked_readings(edition)
    jav = {(person.id, jav.entry) for person in edition.examiners for jav in person.jav}
    home = edition.home_team_by_examiner()
    names = {person.id: person.name for person in edition.examiners}
    for examiner in sorted(home.keys() | names.keys()):
        own = asked.get(examiner, {})
        extra = {entry for reader, entry in given if reader == examiner} - own.keys()
        kinds = own | dict.fromkeys(extra, ReadingKind.EXTRA)
        yield ExaminerProgress(
            examiner,
            names.get(examiner),
            home.get(examiner),
            tuple(
                ReadingProgress(
                    entry,
                    examiner,
                    kinds[entry],
                    count_marks(cells, given.get((examiner, entry), set())),
                )
                for entry in sorted(kinds)
                if (examiner, entry) not in jav
            ),
            tuple(sorted(entry for entry in own if (examiner, entry) in jav)),
        )


def _asked_readings(edition: Edition) -> dict[str, dict[str, ReadingKind]]:
    """Give why each examiner reads which entry, by examiner and entry."""
    read = {entry.id for entry in edition.entries if entry.state is not State.WITHDRAWN}
    return {
        examiner: {
            entry: kind
            for entry, kind in own.items()
            if kind is not ReadingKind.EXTRA and entry in read
        }
        for examiner, own in reading_lists(edition).items()
    }


def _teams(
    edition: Edition,
    marks: Marks,
    cells: Sequence[_Cell],
    documents: Mapping[str, DocumentProgress],
) -> Iterator[TeamProgress]:
    competing = {entry.id for entry in edition.entries if entry.state is State.COMPETING}
    for team in sorted(edition.teams, key=lambda team: team.id):
        entries = sorted(competing.intersection(team.entries))
        yield TeamProgress(
            team.id,
            team.name,
            team.coordinator,
            filed=tuple(entry for entry in entries if entry in edition.proposals),
            unfiled=tuple(entry for entry in entries if entry not in edition.proposals),
            consensus=_consensus(edition, team, entries, marks, cells),
            documents=tuple(documents[entry] for entry in entries if entry in documents),
        )


def _consensus(
    edition: Edition, team: Team, competing: Iterable[str], marks: Marks, cells: Sequence[_Cell]
) -> tuple[ConsensusProgress, ...]:
    own = by_entry(mark for mark in marks.consensus if mark.entry in team.entries)
    if not own and edition.rules.settings.scoring.marks is not MarksUsed.CONSENSUS:
        return ()
    given = {
        entry: {(mark.question, mark.criterion) for mark in own.get(entry, ())}
        for entry in {*competing, *own}
    }
    return tuple(
        ConsensusProgress(entry, count_marks(cells, given[entry])) for entry in sorted(given)
    )


def _documents(edition: Edition, checks: Iterable[DocumentCheck]) -> dict[str, DocumentProgress]:
    """Give what is said of the documents of each competing entry; nothing without a list."""
    if not edition.rules.documents:
        return {}
    answers = {(check.entry, check.document): check.seen for check in checks}
    return {
        entry.id: _answered(edition.rules, entry.id, answers)
        for entry in edition.entries
        if entry.state is State.COMPETING
    }


def _answered(
    rules: RuleSet, entry: str, answers: Mapping[tuple[str, str], bool | None]
) -> DocumentProgress:
    def those(seen: bool) -> tuple[str, ...]:
        return tuple(d.id for d in rules.documents if answers.get((entry, d.id)) is seen)

    unanswered = tuple(
        document.id
        for document in rules.documents
        if not document.on_request and answers.get((entry, document.id)) is None
    )
    return DocumentProgress(entry, those(True), those(False), unanswered)


def _to_verify(edition: Edition, remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Put what is to be verified in the order of a visit; the entry as a whole comes first."""
    place = {area.id: n for n, area in enumerate(edition.rules.areas, start=1)}
    wanted = [remark for remark in remarks if remark.kind is RemarkKind.VERIFY]
    return tuple(sorted(wanted, key=lambda r: (r.entry, place.get(r.area, 0), r.examiner, r.text)))


def _not_seen(rules: RuleSet, checks: Iterable[DocumentCheck]) -> tuple[DocumentCheck, ...]:
    place = {document.id: n for n, document in enumerate(rules.documents)}
    unseen = [check for check in checks if check.seen is False]
    return tuple(sorted(unseen, key=lambda c: (c.entry, place.get(c.document, len(place)))))

"""Who has delivered what as tables, for a terminal and for a workbook."""

from __future__ import annotations

from collections.abc import Iterator

from kvaljury.core.model import DeadlineKind, Edition
from kvaljury.core.model.progress import (
    Completeness,
    EditionProgress,
    ExaminerProgress,
    MarkCount,
    TeamProgress,
)
from kvaljury.errors import Text
from kvaljury.files.agreement_tables import AgreementColumn, AgreementTable, Cell, named
from kvaljury.files.progress_wording import (
    READING_WORDS,
    STATE_WORDS,
    WHOLE_ENTRY,
    deadline_moment,
    document_labels,
    leaf_labels,
    names_of_entries,
    names_of_examiners,
    time_left,
    who_is_missing,
)

_Row = tuple[Cell, ...]
_OF_AN_ENTRY = (DeadlineKind.BID, DeadlineKind.BOARD_NOTICE, DeadlineKind.BASIC_CONTROL)
_TEAM = AgreementColumn(Text("Team"), width=10)
_EXAMINER = AgreementColumn(Text("Examiner"), width=18)
_ENTRY = AgreementColumn(Text("Entry"), width=34)
_QUESTION = AgreementColumn(Text("Question"), width=10)
_TOPIC = AgreementColumn(Text("Topic"), width=40)
_GIVEN = AgreementColumn(Text("Marks given"), "count", 10)
_EXPECTED = AgreementColumn(Text("Marks expected"), "count", 10)
_STATE = AgreementColumn(Text("Stands at"), width=14)


def examiners_table(progress: EditionProgress, edition: Edition) -> AgreementTable:
    """Give a row an examiner: what is marked of what is asked for."""
    names = names_of_examiners(edition)
    return AgreementTable(
        Text("Examiners"),
        (
            _TEAM,
            _EXAMINER,
            AgreementColumn(Text("Complete readings"), "count", 12),
            AgreementColumn(Text("Readings asked for"), "count", 12),
            _GIVEN,
            _EXPECTED,
            _STATE,
            AgreementColumn(Text("Not read because of jäv"), width=20),
        ),
        tuple(
            (
                found.team or "",
                named(found.examiner, names),
                len(found.asked) - len(found.waiting),
                len(found.asked),
                found.given,
                found.expected,
                STATE_WORDS[found.state],
                ", ".join(found.jav),
            )
            for found in sorted(progress.examiners, key=_by_team)
        ),
    )


def readings_table(
    progress: EditionProgress, edition: Edition, *, only_partly: bool = False
) -> AgreementTable:
    """Give a row a reading, with the questions that lack a mark.

    Args:
        progress: on a day.
        edition: for names.
        only_partly: leave out what is complete, not begun or not asked for.
    """
    entries, examiners = names_of_entries(edition), names_of_examiners(edition)
    return AgreementTable(
        Text("Readings begun and not complete") if only_partly else Text("Readings"),
        (
            _TEAM,
            _EXAMINER,
            _ENTRY,
            AgreementColumn(Text("Reads as"), width=14),
            _GIVEN,
            _EXPECTED,
            _STATE,
            AgreementColumn(Text("Questions not marked in full"), width=60),
        ),
        tuple(
            (
                found.team or "",
                named(found.examiner, examiners),
                named(reading.entry, entries),
                READING_WORDS[reading.kind],
                reading.marks.given,
                reading.marks.expected,
                STATE_WORDS[reading.marks.state],
                ", ".join(reading.marks.missing),
            )
            for found in sorted(progress.examiners, key=_by_team)
            for reading in (found.waiting if only_partly else found.readings)
            if not (only_partly and reading.marks.state is Completeness.NONE)
        ),
    )


def teams_table(progress: EditionProgress, edition: Edition) -> AgreementTable:
    """Give a row a team: proposals, agreed marks and documents of the visits."""
    names = names_of_examiners(edition)
    return AgreementTable(
        Text("Teams"),
        (
            _TEAM,
            AgreementColumn(Text("Coordinator"), width=18),
            AgreementColumn(Text("Proposals"), "count", 12),
            AgreementColumn(Text("Entries"), "count", 12),
            AgreementColumn(Text("Marks agreed on"), "count", 12),
            AgreementColumn(Text("Expected"), "count", 12),
            AgreementColumn(Text("Documents seen"), "count", 12),
            AgreementColumn(Text("Not seen"), "count", 12),
            AgreementColumn(Text("Unanswered"), "count", 12),
            AgreementColumn(Text("Entries without proposal"), width=40),
        ),
        tuple(_team_row(team, named(team.coordinator or "", names)) for team in progress.teams),
    )


def _team_row(team: TeamProgress, coordinator: str) -> _Row:
    agreed = [found.marks for found in team.consensus]
    return (
        team.team,
        coordinator,
        len(team.filed),
        len(team.filed) + len(team.unfiled),
        sum(count.given for count in agreed) if agreed else None,
        sum(count.expected for count in agreed) if agreed else None,
        *_documents_counted(team),
        ", ".join(team.unfiled),
    )


def _documents_counted(team: TeamProgress) -> _Row:
    if not team.documents:
        return None, None, None
    return (
        sum(len(found.seen) for found in team.documents),
        sum(len(found.not_seen) for found in team.documents),
        sum(len(found.unanswered) for found in team.documents),
    )


def deadlines_table(progress: EditionProgress, edition: Edition) -> AgreementTable:
    """Give a row a deadline, in the order in which they pass."""
    names = names_of_entries(edition) | names_of_examiners(edition)
    return AgreementTable(
        Text("Deadlines"),
        (
            AgreementColumn(Text("Deadline"), width=40),
            AgreementColumn(Text("Last moment"), width=22),
            AgreementColumn(Text("Days left"), "count", 10),
            AgreementColumn(Text("Stands at"), width=24),
            AgreementColumn(Text("Source"), width=12),
            AgreementColumn(Text("Who has not delivered"), width=80),
        ),
        tuple(
            (
                found.deadline.label,
                deadline_moment(found),
                found.days_left,
                time_left(found),
                found.deadline.source,
                who_is_missing(found, names),
            )
            for found in progress.deadlines
        ),
    )


def missing_table(progress: EditionProgress, edition: Edition) -> AgreementTable:
    """Give a row for each thing that somebody waits for, so that one can sort and filter."""
    return AgreementTable(
        Text("What is missing"),
        (
            AgreementColumn(Text("What"), width=36),
            _TEAM,
            AgreementColumn(Text("From"), width=22),
            _ENTRY,
            AgreementColumn(Text("How much"), width=16),
            AgreementColumn(Text("Which"), width=70),
        ),
        (
            *_missing_from_entries(progress, edition),
            *_missing_marks(progress, edition),
            *_missing_from_teams(progress, edition),
        ),
    )


def _missing_from_entries(progress: EditionProgress, edition: Edition) -> Iterator[_Row]:
    names, team = names_of_entries(edition), edition.home_team_by_entry()
    for found in progress.deadlines:
        if found.deadline.kind in _OF_AN_ENTRY:
            for entry in found.missing:
                name = named(entry, names)
                words = STATE_WORDS[Completeness.NONE]
                yield found.deadline.label, team.get(entry, ""), name, name, words, ""


def _missing_marks(progress: EditionProgress, edition: Edition) -> Iterator[_Row]:
    entries, examiners = names_of_entries(edition), names_of_examiners(edition)
    for found in sorted(progress.examiners, key=_by_team):
        for reading in found.waiting:
            yield (
                Text("Marks"),
                found.team or "",
                named(found.examiner, examiners),
                named(reading.entry, entries),
                STATE_WORDS[reading.marks.state],
                _which(reading.marks),
            )


def _missing_from_teams(progress: EditionProgress, edition: Edition) -> Iterator[_Row]:
    entries, examiners = names_of_entries(edition), names_of_examiners(edition)
    documents = document_labels(edition)
    for team in progress.teams:
        who = named(team.coordinator or "", examiners) or team.team
        for entry in team.unfiled:
            words = STATE_WORDS[Completeness.NONE]
            yield Text("Proposal"), team.team, who, named(entry, entries), words, ""
        for agreed in team.consensus:
            if agreed.marks.state is not Completeness.COMPLETE:
                state, which = STATE_WORDS[agreed.marks.state], _which(agreed.marks)
                name = named(agreed.entry, entries)
                yield Text("Marks agreed on"), team.team, who, name, state, which
        for found in team.documents:
            if found.unanswered:
                answered = found.seen or found.not_seen
                yield (
                    Text("Documents of the visit"),
                    team.team,
                    who,
                    named(found.entry, entries),
                    STATE_WORDS[Completeness.PARTLY if answered else Completeness.NONE],
                    Text("{all}", sv="{all}", all=tuple(documents[d] for d in found.unanswered)),
                )


def _which(count: MarkCount) -> str:
    return ", ".join(count.missing) if count.given else ""


def discussions_table(progress: EditionProgress, edition: Edition) -> AgreementTable:
    """Give a row an entry whose examiners differ beyond the limit, the most divided first."""
    names = names_of_entries(edition)
    return AgreementTable(
        Text(
            "Entries whose examiners differ by more than the edition's limit, {limit} points",
            limit=progress.limit,
        ),
        (
            _ENTRY,
            AgreementColumn(Text("Lowest"), "score"),
            _EXAMINER,
            AgreementColumn(Text("Highest"), "score"),
            _EXAMINER,
            AgreementColumn(Text("Difference, points"), "score"),
            AgreementColumn(Text("Remark"), width=50),
        ),
        tuple(
            (
                named(found.divided.entry, names),
                found.divided.low,
                found.divided.low_examiner,
                found.divided.high,
                found.divided.high_examiner,
                found.divided.difference,
                Text("preliminary: not all marks are in") if found.is_preliminary else "",
            )
            for found in progress.discussions
        ),
    )


def leaves_table(progress: EditionProgress, edition: Edition) -> AgreementTable:
    """Give the questions on which the examiners of these entries differ most."""
    names, labels = names_of_entries(edition), leaf_labels(edition)
    return AgreementTable(
        Text("Questions on which they differ most, to ask about at the visit"),
        (
            _ENTRY,
            _QUESTION,
            AgreementColumn(Text("Lowest"), "score"),
            _EXAMINER,
            AgreementColumn(Text("Highest"), "score"),
            _EXAMINER,
            AgreementColumn(Text("Difference, points"), "score"),
            _TOPIC,
        ),
        tuple(
            (
                named(found.divided.entry, names),
                leaf.leaf,
                float(leaf.low),
                leaf.low_examiner,
                float(leaf.high),
                leaf.high_examiner,
                float(leaf.difference),
                labels[leaf.leaf],
            )
            for found in progress.discussions
            for leaf in found.leaves
        ),
    )


def verify_table(progress: EditionProgress, edition: Edition) -> AgreementTable:
    """Give what examiners want to verify at the visits, by entry and area."""
    names = names_of_entries(edition)
    areas: dict[str, Cell] = {area.id: area.label for area in edition.rules.areas}
    return AgreementTable(
        Text("To verify at the visit"),
        (
            _ENTRY,
            AgreementColumn(Text("Area"), width=34),
            _EXAMINER,
            AgreementColumn(Text("To verify"), width=80),
        ),
        tuple(
            (
                named(remark.entry, names),
                areas.get(remark.area, remark.area or WHOLE_ENTRY),
                remark.examiner,
                remark.text,
            )
            for remark in progress.to_verify
        ),
    )


def unseen_table(progress: EditionProgress, edition: Edition) -> AgreementTable:
    """Give the documents that teams asked for and did not see, with what they say of it."""
    names = names_of_entries(edition)
    labels: dict[str, Cell] = dict(document_labels(edition))
    return AgreementTable(
        Text("Documents not seen at the visit"),
        (
            _ENTRY,
            AgreementColumn(Text("Document"), width=34),
            AgreementColumn(Text("Remark"), width=80),
        ),
        tuple(
            (
                named(check.entry, names),
                labels.get(check.document, check.document),
                check.remark,
            )
            for check in progress.not_seen
        ),
    )


def _by_team(found: ExaminerProgress) -> tuple[str, str]:
    return found.team or "", found.examiner

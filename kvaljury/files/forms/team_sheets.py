"""An edition and its marks to the form of a team: agreed marks and the documents of the visit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial

import attrs

from kvaljury.core.model import (
    ConsensusMark,
    DocumentCheck,
    Edition,
    Entry,
    Marks,
    State,
    Team,
    VisitDocument,
)
from kvaljury.errors import Text
from kvaljury.files.forms.layout import (
    Asked,
    Asks,
    Form,
    FormKind,
    FormSheet,
    Line,
    Look,
    Shown,
    Subject,
)
from kvaljury.files.forms.permitted import entries_by_id, jav_of
from kvaljury.files.forms.question_rows import FIRST_FREE, LABEL, WIDTHS, QuestionRows
from kvaljury.files.forms.sheet_parts import (
    HEAD_ROW,
    PAGE,
    README,
    README_NAME,
    README_WIDTHS,
    RUBRIC_WIDTHS,
    RUBRICS,
    RUBRICS_NAME,
    Desk,
    boxed,
    full_width,
    head_line,
    mark_cell,
    named,
    paragraph,
    rubric_lines,
)
from kvaljury.files.sheet_names import sheet_names

_READER_WIDTH, _MARK_WIDTH, _REASON_WIDTH = 8, 10, 58
SEEN_CHOICES = {True: Text("yes"), False: Text("no")}


@attrs.frozen
class TeamBasis:
    """What the form of a team shows and may have filled in.

    Attributes:
        shown: individual marks by entry, leaf, criterion and examiner.
        readers: examiners by entry.
        agreed: filled in already, by entry, leaf and criterion.
        checks: filled in already, by entry and document.
    """

    shown: Mapping[tuple[str, str, str, str], Fraction]
    readers: Mapping[str, tuple[str, ...]]
    agreed: Mapping[tuple[str, str, str], ConsensusMark] = attrs.field(factory=dict)
    checks: Mapping[tuple[str, str], DocumentCheck] = attrs.field(factory=dict)

    @classmethod
    def of(cls, marks: Marks, *, is_filled: bool) -> TeamBasis:
        """Collect the marks of an edition; those under declared jäv are not shown."""
        shown = {(m.entry, m.question, m.criterion, m.examiner): m.value for m in marks.valid}
        readers: dict[str, set[str]] = {}
        for entry, _, _, examiner in shown:
            readers.setdefault(entry, set()).add(examiner)
        by_entry = {entry: tuple(sorted(own)) for entry, own in readers.items()}
        if not is_filled:
            return cls(shown, by_entry)
        agreed = {(m.entry, m.question, m.criterion): m for m in marks.consensus}
        checks = {(check.entry, check.document): check for check in marks.document_checks}
        return cls(shown, by_entry, agreed, checks)


def team_layout(desk: Desk, team: Team, basis: TeamBasis) -> Form | None:
    """Lay out the form of a team.

    Args:
        desk: what it is made from.
        team: of the edition.
        basis: marks that it shows and answers that are filled in.

    Returns:
        The form, or None for a team without entries that compete; none under declared jäv of
        the coordinator is in it.
    """
    barred = barred_entries(desk.edition, team)
    entries = [e for e in _competing(desk.edition, team) if e.id not in barred]
    if not entries:
        return None
    fixed = ["kvaljury", desk.render(README_NAME), desk.render(RUBRICS_NAME)]
    names = sheet_names([*fixed, *(entry.id for entry in entries)])[1:]
    footer = f"{desk.title()} – {team.id}"
    readme = tuple(_readme_lines(desk, team, entries))
    sheets = (
        FormSheet(README, names[0], footer, README_WIDTHS, readme),
        FormSheet(RUBRICS, names[1], desk.title(), RUBRIC_WIDTHS, tuple(rubric_lines(desk))),
        *(
            _entry_sheet(desk, team, entry, name, basis)
            for entry, name in zip(entries, names[2:], strict=True)
        ),
    )
    edition = desk.edition
    return Form(
        kind=FormKind.TEAM,
        who=team.id,
        rules=edition.rules.name,
        year=edition.year,
        title=desk.title(),
        language=desk.language,
        page=desk.render(PAGE),
        sheets=sheets,
    )


def barred_entries(edition: Edition, team: Team) -> tuple[str, ...]:
    """Give the competing entries of a team whose coordinator has declared jäv for them.

    The form shows what each examiner has set, and it is the coordinator who fills it in.
    """
    barred = jav_of(edition, team.coordinator) if team.coordinator else frozenset[str]()
    return tuple(entry.id for entry in _competing(edition, team) if entry.id in barred)


def _competing(edition: Edition, team: Team) -> list[Entry]:
    known = entries_by_id(edition)
    listed = [known[entry] for entry in team.entries if entry in known]
    return [entry for entry in listed if entry.state is State.COMPETING]


def _readme_lines(desk: Desk, team: Team, entries: Sequence[Entry]) -> Iterator[Line]:
    render = desk.render
    title = Text("Agreed marks and visit: {title}", title=desk.edition.title)
    yield paragraph(render(title), Look.TITLE)
    who = f"{team.id} {team.name or ''}".strip()
    yield paragraph(render(Text("The form of the team {who}", who=who)), Look.STRONG)
    if team.coordinator:
        said = Text("Filled in by the coordinator {who} for the team.", who=team.coordinator)
        yield paragraph(render(said))
    yield Line({})
    yield paragraph(render(Text("Entries of the team")), Look.AREA)
    for entry in entries:
        shown = Text("{entry}, {title}", entry=named(entry), title=desk.class_title(entry))
        yield paragraph(render(shown), Look.LINK, f"entry/{entry.id}")
    known = entries_by_id(desk.edition)
    for barred in barred_entries(desk.edition, team):
        left = Text(
            "{entry} is left out, since the coordinator has declared jäv. The agreed marks of the"
            " team are entered in a table in the folder consensus by somebody else.",
            entry=named(known[barred]),
        )
        yield paragraph(render(left))
    yield Line({})
    yield paragraph(render(Text("How to fill in")), Look.AREA)
    yield from (paragraph(render(text)) for text in _instructions())
    yield Line({})
    yield paragraph(render(Text("Where to send it")), Look.AREA)
    yield paragraph(
        render(
            Text(
                "Save the form under its own name and send it to the drafting group, which puts"
                " it into the folder consensus of the edition. Send it to nobody else."
            )
        )
    )


def _instructions() -> Iterator[Text]:
    yield Text(
        "Each entry has a sheet of its own with the marks of each examiner. They are shown for the"
        " talk in the team: they are locked, stay as they were and are not read from this form."
    )
    yield Text(
        "Where the team has agreed on a mark, write it as a number on the scale, with the reason"
        " beside it. Each agreed mark needs a reason. Leave the cells empty where the individual"
        " marks are to stand alone."
    )
    yield Text(
        "Below the questions stands the check list of documents for the visit: choose yes or no"
        " for each document, and write a remark where there is one."
    )
    yield Text(
        "Write only in the yellow cells; the rest is locked, without a password. Insert, delete,"
        " hide, merge, copy and rename nothing: then the form cannot be read."
    )


def _entry_sheet(desk: Desk, team: Team, entry: Entry, name: str, basis: TeamBasis) -> FormSheet:
    readers = basis.readers.get(entry.id, ())
    widths = (*WIDTHS, *[_READER_WIDTH] * len(readers), _MARK_WIDTH, _REASON_WIDTH)
    return FormSheet(
        f"entry/{entry.id}",
        name,
        f"{named(entry)} – {team.id}",
        widths,
        tuple(_entry_lines(desk, team, entry, basis, widths)),
        HEAD_ROW,
        is_wide=True,
    )


def _entry_lines(
    desk: Desk, team: Team, entry: Entry, basis: TeamBasis, widths: Sequence[int]
) -> Iterator[Line]:
    render, readers = desk.render, basis.readers.get(entry.id, ())
    yield full_width(named(entry), Look.TITLE, widths)
    said = Text(
        "{title}. Team {team}. Write in the yellow cells.",
        title=desk.class_title(entry),
        team=team.id,
    )
    yield full_width(render(said), Look.SUBTITLE, widths)
    titles = (Text("No."), Text("Question"), Text("Rubric"), Text("Scale"))
    last = (Text("Agreed mark"), Text("Reason"))
    yield head_line(desk, *titles, *readers, *last)
    answers = partial(_answers, desk, entry, basis)
    rows = QuestionRows(desk, entry, Asks.CONSENSUS, widths, answers)
    for area in desk.edition.rules.areas:
        yield full_width(render(area.label), Look.AREA, widths)
        for question in area.questions:
            yield from rows.lines(question)
    yield from _document_lines(desk, entry, basis, widths)


def _answers(
    desk: Desk, entry: Entry, basis: TeamBasis, leaf: str, criterion: str
) -> dict[int, Shown | Asked]:
    """Give the marks of each examiner, which are locked, and the cells of the agreed one."""
    key = (entry.id, leaf, criterion)
    agreed, readers = basis.agreed.get(key), basis.readers.get(entry.id, ())
    cells: dict[int, Shown | Asked] = {}
    for place, examiner in enumerate(readers, start=FIRST_FREE):
        value = basis.shown.get((*key, examiner))
        if value is not None:
            cells[place] = Shown(f"{float(value):.15g}", Look.FIGURE, value)
    mark = FIRST_FREE + len(readers)
    cells[mark] = mark_cell(desk, desk.scheme.rubrics[leaf], agreed.value if agreed else None)
    cells[mark + 1] = Asked("reason", (agreed.reason or None) if agreed else None)
    return cells


def _document_lines(
    desk: Desk, entry: Entry, basis: TeamBasis, widths: Sequence[int]
) -> Iterator[Line]:
    documents = desk.edition.rules.documents
    if not documents:
        return
    render = desk.render
    yield Line({})
    yield full_width(render(Text("Documents at the visit")), Look.AREA, widths)
    seen = len(widths)
    heads = {LABEL: Text("Document"), seen: Text("Seen"), seen + 1: Text("Remark")}
    titles = {place: Shown(render(text), Look.HEAD) for place, text in heads.items()}
    yield boxed(titles, widths, look=Look.RULED)
    for document in documents:
        cells = _document_cells(desk, document, basis.checks.get((entry.id, document.id)), seen)
        subject = Subject(Asks.DOCUMENT, entry.id, document.id)
        yield boxed(cells, widths, subject, Look.RULED)


def _document_cells(
    desk: Desk, document: VisitDocument, check: DocumentCheck | None, seen: int
) -> dict[int, Shown | Asked]:
    words = {answer: desk.render(word) for answer, word in SEEN_CHOICES.items()}
    listed = desk.render(Text("Choose one of: {words}.", words=", ".join(words.values())))
    answered = words[check.seen] if check and check.seen is not None else None
    cells: dict[int, Shown | Asked] = {
        LABEL: Shown(desk.render(document.label)),
        seen: Asked(
            "seen",
            answered,
            words=tuple(words.values()),
            prompt=(desk.render(Text("Seen at the visit")), listed),
            complaint=listed,
        ),
        seen + 1: Asked("note", (check.remark or None) if check else None),
    }
    if document.on_request:
        cells[LABEL + 1] = Shown(desk.render(Text("on request")), Look.NOTE)
    return cells

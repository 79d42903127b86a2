"""An edition to the form of one examiner: what to read first, rubrics, entries, proposals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from kvaljury.core.model import (
    Area,
    DeadlineKind,
    Entry,
    Examiner,
    Leaf,
    Mark,
    Marks,
    Proposal,
    ProposalKind,
    Question,
    RemarkKind,
    State,
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
from kvaljury.files.forms.permitted import entries_by_id, jav_of, readings_of
from kvaljury.files.forms.sheet_parts import (
    PAGE,
    PROPOSALS,
    README,
    README_NAME,
    README_WIDTHS,
    RUBRIC_WIDTHS,
    RUBRICS,
    RUBRICS_NAME,
    Desk,
    boxed,
    full_width,
    mark_cell,
    named,
    paragraph,
    rubric_lines,
    rubric_title,
    scale_text,
)
from kvaljury.files.sheet_names import sheet_names

_NUMBER, _LABEL, _RUBRIC, _SCALE, _MARK, _COMMENT = range(2, 8)
_WIDTHS = (7, 34, 16, 17, 9, 52)
_PROPOSAL_WIDTHS = (12, 44, 20, 60)
_PROPOSALS_NAME = Text("The team's proposals")
_HEAD = 4
REMARKS = {
    RemarkKind.STRENGTH: (
        Text("Strengths"),
        Text("What the unit does well, one point a line. Goes to the jury."),
    ),
    RemarkKind.DEVELOPMENT: (
        Text("Development areas"),
        Text("What can be developed, one point a line. Goes to the jury."),
    ),
    RemarkKind.VERIFY: (
        Text("To verify at the visit"),
        Text("What to ask or look for, one point a line. Stays with the team."),
    ),
}
PROPOSAL_CHOICES = {
    ProposalKind.AWARD: Text("award", sv="utmärkelse"),
    ProposalKind.MENTION: Text("mention", sv="hedersomnämnande"),
    ProposalKind.NONE: Text("none", sv="inget"),
}
"""The words to choose from, which are among those that proposals.csv may hold."""


@attrs.frozen
class Given:
    """What an examiner has given already, to be filled in.

    Attributes:
        marks: by entry, leaf and criterion.
        remarks: by entry, area and kind.
        proposals: by entry.
    """

    marks: Mapping[tuple[str, str, str], Mark] = attrs.field(factory=dict)
    remarks: Mapping[tuple[str, str, RemarkKind], str] = attrs.field(factory=dict)
    proposals: Mapping[str, Proposal] = attrs.field(factory=dict)

    @classmethod
    def of(cls, marks: Marks, proposals: Mapping[str, Proposal], examiner: str) -> Given:
        """Collect what one examiner has given."""
        own = [mark for mark in marks.valid if mark.examiner == examiner]
        remarks: dict[tuple[str, str, RemarkKind], str] = {}
        for each in marks.remarks:
            if each.examiner == examiner:
                key = (each.entry, each.area, each.kind)
                remarks[key] = f"{remarks[key]}\n{each.text}" if key in remarks else each.text
        by_cell = {(mark.entry, mark.question, mark.criterion): mark for mark in own}
        return cls(by_cell, remarks, proposals)

    def entries(self) -> set[str]:
        """Give the entries that anything was given for."""
        return {key[0] for key in self.marks} | {key[0] for key in self.remarks}


def examiner_layout(desk: Desk, examiner: Examiner, given: Given | None = None) -> Form | None:
    """Lay out the form of an examiner.

    Args:
        desk: what it is made from.
        examiner: of the edition.
        given: what is filled in already; None leaves every answer empty.

    Returns:
        The form, or None for an examiner who has nothing to read and to propose.
    """
    given = given or Given()
    entries = read_entries(desk, examiner.id, given)
    proposed, barred = _proposed_entries(desk, examiner.id)
    if not entries and not proposed:
        return None
    names = _names(desk, entries)
    sheets = [
        FormSheet(
            README, names[0], _footer(desk, examiner), README_WIDTHS,
            tuple(_readme_lines(desk, examiner, entries)),
        ),
        FormSheet(RUBRICS, names[1], desk.title(), RUBRIC_WIDTHS, tuple(rubric_lines(desk))),
        *(
            FormSheet(
                f"entry/{entry.id}", name, f"{named(entry)} – {examiner.id}", _WIDTHS,
                tuple(_entry_lines(desk, examiner, entry, given)), _HEAD,
            )
            for entry, name in zip(entries, names[3:], strict=True)
        ),
    ]  # fmt: skip
    if proposed:
        lines = tuple(_proposal_lines(desk, proposed, barred, given))
        footer = _footer(desk, examiner)
        sheets.append(
            FormSheet(PROPOSALS, names[2], footer, _PROPOSAL_WIDTHS, lines, _HEAD, is_wide=True)
        )
    edition = desk.edition
    return Form(
        kind=FormKind.EXAMINER,
        who=examiner.id,
        rules=edition.rules.name,
        year=edition.year,
        title=desk.title(),
        language=desk.language,
        page=desk.render(PAGE),
        sheets=tuple(sheets),
    )


def entries_without_form(desk: Desk) -> tuple[str, ...]:
    """Give the competing entries for which no form asks for a proposal.

    Returns:
        Ids of those in a team without a coordinator, or with one who has declared jäv.
    """
    asked = {
        entry.id
        for examiner in desk.edition.examiners
        for entry in _proposed_entries(desk, examiner.id)[0]
    }
    competing = (e.id for e in desk.edition.entries if e.state is State.COMPETING)
    return tuple(entry for entry in competing if entry not in asked)


def read_entries(desk: Desk, examiner: str, given: Given) -> list[Entry]:
    """Give the entries that a form has a sheet for, withdrawn ones only where anything is given."""
    known = entries_by_id(desk.edition)
    started = given.entries()
    return [
        known[entry]
        for entry in readings_of(desk.edition, examiner)
        if entry in known and (known[entry].state is not State.WITHDRAWN or entry in started)
    ]


def _proposed_entries(desk: Desk, examiner: str) -> tuple[list[Entry], list[Entry]]:
    """Give the entries that a coordinator proposes for, and those left out for declared jäv."""
    known = entries_by_id(desk.edition)
    listed = [
        known[entry]
        for team in desk.edition.teams
        if team.coordinator == examiner
        for entry in team.entries
        if entry in known and known[entry].state is State.COMPETING
    ]
    barred = jav_of(desk.edition, examiner)
    return [e for e in listed if e.id not in barred], [e for e in listed if e.id in barred]


def _names(desk: Desk, entries: Iterable[Entry]) -> list[str]:
    fixed = (README_NAME, RUBRICS_NAME, _PROPOSALS_NAME)
    names = sheet_names(
        ["kvaljury", *map(desk.render, fixed), *(entry.id for entry in entries)]
    )  # the hidden sheet keeps its name
    return names[1:]


def _footer(desk: Desk, examiner: Examiner) -> str:
    return f"{desk.title()} – {examiner.id}"


def _readme_lines(desk: Desk, examiner: Examiner, entries: list[Entry]) -> Iterator[Line]:
    render = desk.render
    yield paragraph(render(Text("Marks: {title}", title=desk.edition.title)), Look.TITLE)
    who = f"{examiner.id} {examiner.name or ''}".strip()
    yield paragraph(render(Text("The form of the examiner {who}", who=who)), Look.STRONG)
    yield from (paragraph(render(text)) for text in _deadline_texts(desk))
    yield Line({})
    yield paragraph(render(Text("Entries to read")), Look.AREA)
    reasons = readings_of(desk.edition, examiner.id)
    for entry in entries:
        said = Text(
            "{entry}, {title} ({why})",
            entry=named(entry),
            title=desk.class_title(entry),
            why=reasons[entry.id],
        )
        yield paragraph(render(said), Look.LINK, f"entry/{entry.id}")
    yield Line({})
    yield paragraph(render(Text("How to fill in")), Look.AREA)
    yield from (paragraph(render(text)) for text in _instructions())
    yield Line({})
    yield paragraph(render(Text("Where to send it")), Look.AREA)
    yield paragraph(
        render(
            Text(
                "Save the form under its own name and send it to the drafting group, which puts"
                " it into the folder marks of the edition. Send it to nobody else."
            )
        )
    )


def _deadline_texts(desk: Desk) -> Iterator[Text]:
    for deadline in desk.edition.rules.deadlines:
        if deadline.kind is DeadlineKind.MARKS:
            yield Text("To be sent in by {at} ({label}).", at=deadline.at, label=deadline.label)


def _instructions() -> Iterator[Text]:
    yield Text(
        "Each entry has a sheet of its own, which is named by the id of the entry. Write only in"
        " the yellow cells; the tab key leads from one to the next. The rest is locked, without a"
        " password, so that nothing is written over by mistake."
    )
    yield Text(
        "Set a mark on each question as a number on the scale beside it. The levels of the scale"
        " are worded in the sheet of rubrics; the name of the rubric leads there. A cell that is"
        " left empty means that no mark has been set."
    )
    yield Text(
        "Write one number in each cell for a mark, with comma or point for decimals: no ranges"
        " such as 4-5, no other signs and no formulas."
    )
    yield Text(
        "Comments, strengths and development areas may be shown to the jury and given back to the"
        " unit, without the name of the examiner. Press Alt and Enter for a new line in a cell."
    )
    yield Text(
        "Write nothing outside the yellow cells. Insert, delete, hide, merge, copy and rename"
        " nothing, neither sheets nor rows nor columns: then the form cannot be read."
    )


def _entry_lines(desk: Desk, examiner: Examiner, entry: Entry, given: Given) -> Iterator[Line]:
    render = desk.render
    yield full_width(named(entry), Look.TITLE, _WIDTHS)
    who = f"{examiner.id} {examiner.name or ''}".strip()
    said = Text(
        "{title}. Examiner {who}. Write in the yellow cells.",
        title=desk.class_title(entry),
        who=who,
    )
    yield full_width(render(said), Look.SUBTITLE, _WIDTHS)
    yield _head(desk, Text("No."), Text("Question"), Text("Rubric"), Text("Scale"), Text("Mark"),
                Text("Comment"))  # fmt: skip
    for area in desk.edition.rules.areas:
        yield full_width(render(area.label), Look.AREA, _WIDTHS)
        for question in area.questions:
            yield from _question_lines(desk, entry, question, given)
        yield from _remark_lines(desk, entry, area, given)


def _head(desk: Desk, *titles: Text) -> Line:
    return Line({place: Shown(desk.render(t), Look.HEAD) for place, t in enumerate(titles, 2)})


def _question_lines(desk: Desk, entry: Entry, question: Question, given: Given) -> Iterator[Line]:
    if question.leaves[0].id != question.id or len(question.leaves) > 1:
        yield boxed(part_heading(desk, question), _WIDTHS)
    for leaf in question.leaves:
        yield from _leaf_lines(desk, entry, leaf, given)


def part_heading(desk: Desk, question: Question) -> dict[int, Shown | Asked]:
    """Give the cells of a question that is marked by its parts."""
    label = Shown(desk.render(question.label), Look.STRONG)
    return {_NUMBER: Shown(question.id, Look.NUMBER), _LABEL: label}


def leaf_cells(desk: Desk, leaf: Leaf) -> dict[int, Shown | Asked]:
    """Give the locked cells of a leaf: number, label, rubric and scale."""
    rubric = desk.scheme.rubrics[leaf.id]
    return {
        _NUMBER: Shown(leaf.id, Look.NUMBER),
        _LABEL: Shown(desk.render(leaf.label)),
        _RUBRIC: Shown(desk.render(rubric_title(rubric)), Look.RUBRIC, link=RUBRICS),
        _SCALE: Shown(desk.render(scale_text(rubric)), Look.SCALE),
    }


def _leaf_lines(desk: Desk, entry: Entry, leaf: Leaf, given: Given) -> Iterator[Line]:
    rubric = desk.scheme.rubrics[leaf.id]
    cells = leaf_cells(desk, leaf)
    if len(rubric.criteria) > 1:
        yield boxed(cells, _WIDTHS)
    for criterion in rubric.criteria:
        mark = given.marks.get((entry.id, leaf.id, criterion.id))
        locked = (
            cells
            if len(rubric.criteria) == 1
            else {_LABEL: Shown(f"– {desk.render(criterion.label)}")}
        )
        asked = {
            _MARK: mark_cell(desk, rubric, mark.value if mark else None),
            _COMMENT: Asked("comment", (mark.comment or None) if mark else None),
        }
        subject = Subject(Asks.MARK, entry.id, leaf.id, criterion.id)
        yield boxed({**locked, **asked}, _WIDTHS, subject)


def _remark_lines(desk: Desk, entry: Entry, area: Area, given: Given) -> Iterator[Line]:
    for kind, (title, hint) in REMARKS.items():
        label, said = Shown(desk.render(title), Look.STRONG), Shown(desk.render(hint), Look.NOTE)
        asked = Asked("remark", given.remarks.get((entry.id, area.id, kind)))
        subject = Subject(Asks.REMARK, entry.id, area.id, kind)
        yield boxed({_LABEL: label, _RUBRIC: said, _COMMENT: asked}, _WIDTHS, subject)


def _proposal_lines(
    desk: Desk, entries: list[Entry], barred: list[Entry], given: Given
) -> Iterator[Line]:
    render = desk.render
    yield full_width(render(_PROPOSALS_NAME), Look.TITLE, _PROPOSAL_WIDTHS)
    said = Text(
        "Filled in by the coordinator for the whole team after the visits. Choose a word from the"
        " list; leave the cell empty until the team has agreed."
    )
    yield full_width(render(said), Look.SUBTITLE, _PROPOSAL_WIDTHS)
    yield _head(desk, Text("Entry"), Text("Unit"), Text("Proposal"), Text("Reason"))
    for entry in entries:
        yield _proposal_line(desk, entry, given.proposals.get(entry.id))
    for entry in barred:
        left = Text(
            "{entry} is left out, since the coordinator has declared jäv. The proposal of the team"
            " is entered in proposals.csv by somebody else.",
            entry=named(entry),
        )
        yield full_width(render(left), Look.NOTE, _PROPOSAL_WIDTHS)


def _proposal_line(desk: Desk, entry: Entry, filed: Proposal | None) -> Line:
    words = tuple(desk.render(word) for word in PROPOSAL_CHOICES.values())
    listed = ", ".join(words)
    chosen = desk.render(PROPOSAL_CHOICES[filed.proposal]) if filed else None
    cells: dict[int, Shown | Asked] = {
        2: Shown(entry.id, Look.NUMBER),
        3: Shown(entry.name),
        4: Asked(
            "proposal",
            chosen,
            words=words,
            prompt=(
                desk.render(Text("Proposal")),
                desk.render(Text("Choose one of: {words}.", words=listed)),
            ),
            complaint=desk.render(Text("Choose one of: {words}.", words=listed)),
        ),
        5: Asked("reason", (filed.reason or None) if filed else None),
    }
    return Line(cells, Subject(Asks.PROPOSAL, entry.id))

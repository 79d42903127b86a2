"""An edition to the form of one examiner: what to read first, rubrics, entries, proposals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TypeVar

import attrs

from kvaljury.core.model import (
    Area,
    DeadlineKind,
    Entry,
    Examiner,
    Mark,
    Marks,
    Proposal,
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
from kvaljury.files.forms.permitted import entries_by_id, readings_of
from kvaljury.files.forms.proposal_sheet import PROPOSALS_NAME, proposal_sheet, proposed_entries
from kvaljury.files.forms.question_rows import FIRST_FREE, LABEL, RUBRIC, WIDTHS, QuestionRows
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

_MARK, _COMMENT = FIRST_FREE, FIRST_FREE + 1
_WIDTHS = (*WIDTHS, 9, 52)
_Key = TypeVar("_Key")
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


@attrs.frozen
class Given:
    """What an examiner has given already, to be filled in.

    Attributes:
        marks: by entry, leaf and criterion.
        comments: likewise, lone ones too; several on the same are lines of one text.
        remarks: by entry, area and kind.
        proposals: by entry.
    """

    marks: Mapping[tuple[str, str, str], Mark] = attrs.field(factory=dict)
    comments: Mapping[tuple[str, str, str], str] = attrs.field(factory=dict)
    remarks: Mapping[tuple[str, str, RemarkKind], str] = attrs.field(factory=dict)
    proposals: Mapping[str, Proposal] = attrs.field(factory=dict)

    @classmethod
    def of(cls, marks: Marks, proposals: Mapping[str, Proposal], examiner: str) -> Given:
        """Collect what one examiner has given."""
        by_cell = {
            (mark.entry, mark.question, mark.criterion): mark
            for mark in marks.valid
            if mark.examiner == examiner
        }
        comments = _joined(
            ((each.entry, each.question, each.criterion), each.comment)
            for each in marks.commented
            if each.examiner == examiner and each.comment
        )
        remarks = _joined(
            ((each.entry, each.area, each.kind), each.text)
            for each in marks.remarks
            if each.examiner == examiner
        )
        return cls(by_cell, comments, remarks, proposals)

    def entries(self) -> set[str]:
        """Give the entries that anything was given for."""
        return {key[0] for key in (*self.marks, *self.comments, *self.remarks)}


def _joined(texts: Iterable[tuple[_Key, str]]) -> dict[_Key, str]:
    """Put texts with the same key together as lines of one text."""
    joined: dict[_Key, str] = {}
    for key, text in texts:
        joined[key] = f"{joined[key]}\n{text}" if key in joined else text
    return joined


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
    proposed = proposed_entries(desk, examiner.id)
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
                tuple(_entry_lines(desk, examiner, entry, given)), HEAD_ROW,
            )
            for entry, name in zip(entries, names[3:], strict=True)
        ),
    ]  # fmt: skip
    if proposed:
        footer = _footer(desk, examiner)
        sheets.append(proposal_sheet(desk, examiner.id, names[2], footer, given.proposals))
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


def read_entries(desk: Desk, examiner: str, given: Given) -> list[Entry]:
    """Give the entries that a form has a sheet for, withdrawn ones only where anything is given."""
    known = entries_by_id(desk.edition)
    started = given.entries()
    return [
        known[entry]
        for entry in readings_of(desk.edition, examiner)
        if entry in known and (known[entry].state is not State.WITHDRAWN or entry in started)
    ]


def _names(desk: Desk, entries: Iterable[Entry]) -> list[str]:
    fixed = (README_NAME, RUBRICS_NAME, PROPOSALS_NAME)
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
    yield head_line(desk, Text("No."), Text("Question"), Text("Rubric"), Text("Scale"),
                    Text("Mark"), Text("Comment"))  # fmt: skip
    rows = QuestionRows(desk, entry, Asks.MARK, _WIDTHS, partial(_answers, desk, entry, given))
    for area in desk.edition.rules.areas:
        yield full_width(render(area.label), Look.AREA, _WIDTHS)
        for question in area.questions:
            yield from rows.lines(question)
        yield from _remark_lines(desk, entry, area, given)


def _answers(
    desk: Desk, entry: Entry, given: Given, leaf: str, criterion: str
) -> dict[int, Shown | Asked]:
    key = (entry.id, leaf, criterion)
    mark = given.marks.get(key)
    return {
        _MARK: mark_cell(desk, desk.scheme.rubrics[leaf], mark.value if mark else None),
        _COMMENT: Asked("comment", given.comments.get(key)),
    }


def _remark_lines(desk: Desk, entry: Entry, area: Area, given: Given) -> Iterator[Line]:
    for kind, (title, hint) in REMARKS.items():
        label, said = Shown(desk.render(title), Look.STRONG), Shown(desk.render(hint), Look.NOTE)
        asked = Asked("remark", given.remarks.get((entry.id, area.id, kind)))
        subject = Subject(Asks.REMARK, entry.id, area.id, kind)
        yield boxed({LABEL: label, RUBRIC: said, _COMMENT: asked}, _WIDTHS, subject)

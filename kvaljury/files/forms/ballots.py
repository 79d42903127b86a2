"""What the jury is to decide on to the ballot of one juror, and a ballot that came back to rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from kvaljury.core.model import Edition, FormulaPolicy, ProposalKind
from kvaljury.errors import Source, Text
from kvaljury.files.forms.answers import AnswerReader, AnswerRow, AnswerTable
from kvaljury.files.forms.layout import (
    TEMPLATE_SHEET,
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
from kvaljury.files.forms.reading import read_template, refuse_other_edition
from kvaljury.files.forms.sheet_parts import (
    PAGE,
    README,
    README_NAME,
    README_WIDTHS,
    Render,
    boxed,
    full_width,
    paragraph,
)
from kvaljury.files.forms.structure import FormStructure
from kvaljury.files.forms.template import Template
from kvaljury.files.log import InputLog
from kvaljury.files.sheet_names import sheet_names
from kvaljury.files.workbooks.contents import Workbook

BALLOT = "ballot"
BALLOT_NAME = Text("Ballot")
GRADE_CHOICES = (
    Text("worthy now"),
    Text("could receive"),
    Text("not now"),
    Text("abstains"),
    Text("jäv"),
)
MENTION_CHOICES = (Text("yes"), Text("no"), Text("abstains"), Text("jäv"))
_WIDTHS = (10, 38, 22, 18, 22)
_ENTRY, _NAME, _FOR, _GRADE, _MENTION = range(2, 7)
_HEAD = 4
_NOMINATED_FOR = {
    ProposalKind.AWARD: Text("award"),
    ProposalKind.MENTION: Text("honourable mention"),
}


@attrs.frozen
class BallotRow:
    """A nominee as it stands on a ballot.

    Attributes:
        entry: id, or the code of a blind round.
        name: of the unit, empty in a blind round.
        nominated_for: award or mention.
        jav: why the juror does not answer here, in words; empty where the juror answers.
    """

    entry: str
    name: str
    nominated_for: ProposalKind
    jav: str = ""


@attrs.frozen
class BallotClass:
    """A class as it stands on a ballot.

    Attributes:
        title: in words.
        rows: its nominees.
        jav: why the juror takes no part in the class, in words; empty where the juror does.
    """

    title: str
    rows: tuple[BallotRow, ...]
    jav: str = ""


@attrs.frozen
class BallotPaper:
    """What the ballot of one juror holds.

    Attributes:
        juror: id.
        name: of the juror.
        classes: in the order of the agenda.
        is_blind: whether codes stand for entries.
    """

    juror: str
    name: str
    classes: tuple[BallotClass, ...]
    is_blind: bool = False


def ballot_layout(paper: BallotPaper, edition: Edition, render: Render, language: str) -> Form:
    """Lay out the ballot of a juror.

    Args:
        paper: what it holds.
        edition: whose ballot it is.
        render: gives a text in the language.
        language: its code.
    """
    title = render(edition.title)
    names = sheet_names(["kvaljury", render(README_NAME), render(BALLOT_NAME)])[1:]
    footer = f"{title} – {paper.juror}"
    readme = tuple(_readme_lines(paper, title, render))
    lines = tuple(_ballot_lines(paper, title, render))
    return Form(
        kind=FormKind.JUROR,
        who=paper.juror,
        rules=edition.rules.name,
        year=edition.year,
        title=title,
        language=language,
        page=render(PAGE),
        sheets=(
            FormSheet(README, names[0], footer, README_WIDTHS, readme),
            FormSheet(BALLOT, names[1], footer, _WIDTHS, lines, _HEAD, is_wide=True),
        ),
    )


def read_ballot_form(
    workbook: Workbook, edition: Edition | None, formulas: FormulaPolicy, log: InputLog
) -> AnswerTable | None:
    """Read a ballot.

    Args:
        workbook: a form.
        edition: whose ballot it must be, where that is known.
        formulas: what becomes of cells that hold a formula.
        log: gets every fault and warning.

    Returns:
        Rows with the columns of ballots/*.csv, or None where the ballot as a whole is refused.
    """
    template = read_template(workbook, log)
    if template is None:
        return None
    if template.kind is not FormKind.JUROR:
        message = Text("this is no ballot but the form of {who}", who=template.who)
        place = "marks" if template.kind is FormKind.EXAMINER else "consensus"
        hint = Text("move the file to the folder {folder}", folder=place)
        where = Source(workbook.file, 0, "", TEMPLATE_SHEET)
        log.fault("wrong-folder", where, message, hint)
        return None
    if edition and refuse_other_edition(template, workbook.file, edition, log):
        return None
    return _gather(workbook, template, AnswerReader(workbook.file, formulas, log), log)


def _gather(
    workbook: Workbook, template: Template, reader: AnswerReader, log: InputLog
) -> AnswerTable:
    rows: list[AnswerRow] = []
    cells = 0
    for planned, sheet in FormStructure(workbook, template, log).sound_sheets():
        for line in planned.rows:
            if line.subject is None:
                continue
            cells += len(line.answers)
            row = reader.read(sheet, line, {"juror": template.who, "entry": line.subject.entry})
            if row.filled:
                rows.append(row)
    return AnswerTable(workbook.file, tuple(rows), cells, 0)


def _readme_lines(paper: BallotPaper, title: str, render: Render) -> Iterator[Line]:
    yield paragraph(render(Text("Ballot: {title}", title=title)), Look.TITLE)
    yield paragraph(f"{paper.name} ({paper.juror})", Look.STRONG)
    yield Line({})
    yield paragraph(render(Text("How to fill in")), Look.AREA)
    yield from (paragraph(render(text)) for text in _instructions(paper))
    yield Line({})
    yield paragraph(render(Text("Where to send it")), Look.AREA)
    yield paragraph(
        render(
            Text(
                "Save the ballot under its own name and send it to the drafting group, which puts"
                " it into the folder ballots of the edition. Send it to nobody else."
            )
        )
    )


def _instructions(paper: BallotPaper) -> Iterator[Text]:
    yield Text(
        "The ballot is what the jury talks about, and no decision. The jury decides by a vote when"
        " it meets."
    )
    yield Text(
        "Say of each nominee whether it is worthy of the award now, could receive it, or should"
        " not receive it now. Compare it with what the award demands, not with a number of places."
    )
    yield Text(
        "Say also of each nominee whether it should get an honourable mention: yes or no. Choose"
        " that you abstain where you have no opinion."
    )
    yield Text(
        "Choose jäv where you may not take part in the handling of a nominee, and tell the chair"
        " why. Where it is known already, there is nothing to fill in."
    )
    if paper.is_blind:
        yield Text("Codes stand for the units in this round. The names follow when the jury meets.")
    yield Text(
        "Write only in the yellow cells; the rest is locked, without a password. Insert, delete,"
        " hide, merge, copy and rename nothing: then the form cannot be read."
    )


def _ballot_lines(paper: BallotPaper, title: str, render: Render) -> Iterator[Line]:
    yield full_width(render(Text("Ballot")), Look.TITLE, _WIDTHS)
    yield full_width(f"{title}. {paper.name} ({paper.juror})", Look.SUBTITLE, _WIDTHS)
    titles = (
        Text("Entry"),
        Text("Unit"),
        Text("Nominated for"),
        Text("Worthy of the award?"),
        Text("Honourable mention?"),
    )
    yield Line(
        {place: Shown(render(text), Look.HEAD) for place, text in enumerate(titles, start=_ENTRY)}
    )
    for each in paper.classes:
        yield full_width(each.title, Look.AREA, _WIDTHS)
        if each.jav:
            yield full_width(each.jav, Look.LABEL, _WIDTHS)
            continue
        yield from (_row(row, render) for row in each.rows)


def _row(row: BallotRow, render: Render) -> Line:
    shown: dict[int, Shown | Asked] = {
        _ENTRY: Shown(row.entry, Look.NUMBER),
        _NAME: Shown(row.name),
        _FOR: Shown(render(_NOMINATED_FOR[row.nominated_for])),
    }
    if row.jav:
        shown[_GRADE] = Shown(row.jav, Look.NOTE, span=2)
        return Line(shown)
    if row.nominated_for is ProposalKind.AWARD:
        shown[_GRADE] = _choice("grade", Text("Worthy of the award?"), GRADE_CHOICES, render)
    shown[_MENTION] = _choice("mention", Text("Honourable mention?"), MENTION_CHOICES, render)
    return boxed(shown, _WIDTHS, Subject(Asks.BALLOT, row.entry))


def _choice(field: str, title: Text, choices: Sequence[Text], render: Render) -> Asked:
    words = tuple(render(choice) for choice in choices)
    listed = render(Text("Choose one of: {words}.", words=", ".join(words)))
    return Asked(field, words=words, prompt=(render(title), listed), complaint=listed)

"""A form that came back to the answers in it: none lost, none made up, all counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from kvaljury.core.model import DocumentCheck, Edition, FormulaPolicy, Remark, RemarkKind
from kvaljury.errors import Source, Text
from kvaljury.files.forms.answers import AnswerReader, AnswerRow, AnswerTable
from kvaljury.files.forms.entry_names import EntryNames
from kvaljury.files.forms.layout import TEMPLATE_SHEET, TEMPLATE_VERSION, Asks, FormKind, Subject
from kvaljury.files.forms.structure import FormStructure
from kvaljury.files.forms.template import (
    HEADS,
    Template,
    TemplateSheet,
    parse_template,
    version_of,
)
from kvaljury.files.log import InputLog
from kvaljury.files.nearest import nearest_hint
from kvaljury.files.references import KnownIds
from kvaljury.files.value_words import YES_NO
from kvaljury.files.workbooks.contents import Sheet, Visibility, Workbook

NEW_FORM = Text("make new forms with kvaljury forms, and carry the answers over")


@attrs.frozen
class FormContents:
    """What stands in a form.

    Attributes:
        examiner: whose it is, None for the form of a team.
        team: whose it is, None for the form of an examiner.
        marks: rows with the columns of marks/*.csv.
        remarks: in the order of the sheets.
        proposals: rows with the columns of proposals.csv.
        consensus: rows with the columns of consensus/*.csv.
        document_checks: in the order of the sheets.
        others: the rows of remarks and document checks, for the count of cells.
    """

    examiner: str | None
    team: str | None
    marks: AnswerTable
    remarks: tuple[Remark, ...]
    proposals: AnswerTable
    consensus: AnswerTable
    document_checks: tuple[DocumentCheck, ...]
    others: AnswerTable

    def tables(self) -> tuple[AnswerTable, ...]:
        """Give every table; each cell to answer in is counted by one of them."""
        return self.marks, self.proposals, self.consensus, self.others


def is_form(workbook: Workbook) -> bool:
    """Tell whether a workbook is a form: it has the sheet that people do not see."""
    sheet = workbook.sheet(TEMPLATE_SHEET)
    if sheet is None:
        return False
    return sheet.visibility is not Visibility.VISIBLE or sheet.text(1, 1) == HEADS[0]


def read_form(
    workbook: Workbook, edition: Edition, formulas: FormulaPolicy, log: InputLog
) -> FormContents | None:
    """Read a form.

    Args:
        workbook: a form.
        edition: whose form it must be.
        formulas: what becomes of cells that hold a formula.
        log: gets every fault and warning, and the count of the answers that are refused with
            their sheet; the others are counted by `AnswerTable.note_tally`.

    Returns:
        What stands in its sound sheets, or None where the form as a whole is refused.
    """
    template = read_template(workbook, log)
    if template is None:
        return None
    if _belongs(template, workbook.file, edition, log):
        return _gather(workbook, template, edition, formulas, log)
    _refuse_all(workbook, template, edition, formulas, log)
    return None


def _gather(
    workbook: Workbook,
    template: Template,
    edition: Edition,
    formulas: FormulaPolicy,
    log: InputLog,
) -> FormContents:
    gathered = _Gathered(template, edition, workbook.file, log)
    reader = AnswerReader(workbook.file, formulas, log)
    structure = FormStructure(workbook, template, log)
    for planned, sheet in structure.sound_sheets():
        if EntryNames(workbook.file, edition, log).refuses_sheet(planned, sheet):
            structure.count_refused(planned, sheet)
        else:
            gathered.add(planned, sheet, reader)
    return gathered.contents()


def _refuse_all(
    workbook: Workbook,
    template: Template,
    edition: Edition,
    formulas: FormulaPolicy,
    log: InputLog,
) -> None:
    """Count the answers of a form of another year as refused, without a word on each."""
    aside = InputLog()
    for table in _gather(workbook, template, edition, formulas, aside).tables():
        for row in table.rows:
            row.refused = True
        table.note_tally(aside)
    for tally in aside.tallies:
        log.tally(*attrs.astuple(tally))


def read_template(workbook: Workbook, log: InputLog) -> Template | None:
    """Read what a form says of itself, None after a fault."""
    hidden = workbook.sheet(TEMPLATE_SHEET)
    where = Source(workbook.file, 0, "", TEMPLATE_SHEET)
    version = version_of(hidden) if hidden else ""
    if hidden is None or version != TEMPLATE_VERSION:
        message = (
            Text(
                "the form has the template version {version}; {expected} was expected",
                version=version,
                expected=TEMPLATE_VERSION,
            )
            if version
            else Text("the hidden sheet does not say which form this is")
        )
        log.fault("template-version", where, message, NEW_FORM)
        return None
    template = parse_template(hidden)
    if template is None:
        message = Text("the hidden sheet by which the form is read has been changed")
        log.fault("broken-form", where, message, NEW_FORM)
    return template


def _belongs(template: Template, file: str, edition: Edition, log: InputLog) -> bool:
    """Refuse the form of another year or rule set, and of a stranger."""
    before = len(log.faults)
    where = Source(file, 0, "", TEMPLATE_SHEET)
    if template.kind is FormKind.JUROR:
        message = Text("this is the ballot of {juror}", juror=template.who)
        hint = Text("move the file to the folder {folder}", folder="ballots")
        log.fault("wrong-folder", where, message, hint)
        return False
    refuse_other_edition(template, file, edition, log)
    if template.kind is FormKind.EXAMINER:
        known = KnownIds.of("examiner", (each.id for each in edition.examiners), log)
        return known.check(template.who, where) and len(log.faults) == before
    teams = [team.id for team in edition.teams]
    if template.who not in teams and "team" not in log.unread:
        message = Text('the team "{id}" is unknown', id=template.who)
        log.fault("unknown-team", where, message, nearest_hint(template.who, teams))
    return template.who in teams and len(log.faults) == before


def refuse_other_edition(template: Template, file: str, edition: Edition, log: InputLog) -> bool:
    """Refuse the form of another year or rule set, and tell whether it was."""
    where = Source(file, 0, "", TEMPLATE_SHEET)
    given = (template.rules, template.year)
    expected = (edition.rules.name, str(edition.year))
    if given != expected:
        message = Text(
            "the form is made for {rules}, year {year}; the edition has {our_rules}, year"
            " {our_year}",
            rules=given[0],
            year=given[1],
            our_rules=expected[0],
            our_year=expected[1],
        )
        hint = Text("move the form to the folder of the year {year}", year=given[1])
        log.fault("other-edition", where, message, hint)
    return given != expected


@attrs.define
class _Gathered:
    """Gathers the answers of a form by what they are about.

    Attributes:
        template: what the form says of itself.
        edition: whose form it is.
        file: its address.
        log: gets every fault and warning.
    """

    template: Template
    edition: Edition
    file: str
    log: InputLog
    _rows: dict[Asks, list[AnswerRow]] = attrs.field(
        factory=lambda: {asks: [] for asks in Asks}, init=False
    )
    _cells: dict[Asks, int] = attrs.field(factory=lambda: dict.fromkeys(Asks, 0), init=False)
    _remarks: list[Remark] = attrs.field(factory=list, init=False)
    _checks: list[DocumentCheck] = attrs.field(factory=list, init=False)

    def add(self, planned: TemplateSheet, sheet: Sheet, reader: AnswerReader) -> None:
        """Read every row of a sheet that asks for answers."""
        for line in planned.rows:
            if line.subject is None:
                continue
            about = line.subject
            self._cells[about.asks] += len(line.answers)
            row = reader.read(sheet, line, dict(self._known(about)))
            if row.filled:
                names = EntryNames(self.file, self.edition, self.log)
                row.refused |= names.refuses_row(line, sheet)
                self._rows[about.asks].append(row)
                self._note(row, about)

    def contents(self) -> FormContents:
        """Give all that was gathered."""
        is_examiner = self.template.kind is FormKind.EXAMINER
        return FormContents(
            examiner=self.template.who if is_examiner else None,
            team=None if is_examiner else self.template.who,
            marks=self._table(Asks.MARK),
            remarks=tuple(self._remarks),
            proposals=self._table(Asks.PROPOSAL),
            consensus=self._table(Asks.CONSENSUS),
            document_checks=tuple(self._checks),
            others=self._table(Asks.REMARK, Asks.DOCUMENT),
        )

    def _known(self, about: Subject) -> Iterator[tuple[str, str]]:
        yield "entry", about.entry
        if about.asks is Asks.MARK:
            yield "examiner", self.template.who
        if about.asks in {Asks.MARK, Asks.CONSENSUS}:
            yield "question", about.part
            if about.detail:
                yield "criterion", about.detail

    def _table(self, *kinds: Asks) -> AnswerTable:
        rows = tuple(row for asks in kinds for row in self._rows[asks])
        return AnswerTable(self.file, rows, sum(self._cells[asks] for asks in kinds), 0)

    def _note(self, row: AnswerRow, about: Subject) -> None:
        if about.asks is Asks.REMARK:
            self._note_remark(row, about)
        elif about.asks is Asks.DOCUMENT:
            self._note_check(row, about)

    def _note_remark(self, row: AnswerRow, about: Subject) -> None:
        text = row.prose("remark")
        areas = (area.id for area in self.edition.rules.areas)
        if text and self._is_known(row, about.part, areas):
            kind = RemarkKind(about.detail)
            where = row.where("remark")
            self._remarks.append(
                Remark(about.entry, self.template.who, about.part, kind, text, where)
            )

    def _note_check(self, row: AnswerRow, about: Subject) -> None:
        seen, remark = row.word("seen", YES_NO), row.prose("note")
        entries = KnownIds.of("entry", (entry.id for entry in self.edition.entries), self.log)
        documents = (document.id for document in self.edition.rules.documents)
        if not entries.check(about.entry, row.where()):
            row.refused = True
        if self._is_known(row, about.part, documents) and not row.refused:
            check = DocumentCheck(about.entry, about.part, seen, remark, row.where())
            self._checks.append(check)

    def _is_known(self, row: AnswerRow, part: str, parts: Iterable[str]) -> bool:
        if part in parts:
            return True
        message = Text('the edition no longer has "{part}", which the form asks about', part=part)
        row.fault("", "changed-edition", message, NEW_FORM)
        return False

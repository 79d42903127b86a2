"""Forms laid out to Excel workbooks: the same form gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import attrs

from kvaljury.core.model import Examiner, Scale, Team
from kvaljury.files.forms.examiner_sheets import Given, examiner_layout
from kvaljury.files.forms.layout import (
    FIRST_COLUMN,
    KEY_COLUMN,
    TEMPLATE_SHEET,
    Asked,
    Form,
    FormSheet,
    Look,
    Shown,
)
from kvaljury.files.forms.row_heights import fixed_rows, growing_rows, line_height
from kvaljury.files.forms.sheet_parts import Desk
from kvaljury.files.forms.team_sheets import TeamBasis, team_layout
from kvaljury.files.forms.template import Template, TemplateSheet, template_of, template_rows
from kvaljury.files.sheet_cells import write_text
from kvaljury.files.workbooks.contents import cell_reference

_A4 = 9
_LONGEST_PROMPT_TITLE = 32
_LONGEST_PROMPT = 255
_LONGEST_FOOTER = 200
_INK, _LINE, _ANSWER = "#1F1F1F", "#7F7F7F", "#FFF8D6"
_ROOM = {"text_wrap": True, "valign": "top", "font_color": _INK}
_BOXED = {**_ROOM, "border": 1, "border_color": _LINE}
_HEAD = {**_BOXED, "bold": True, "bg_color": "#D9E3EE"}
_LOOKS: Mapping[Look, dict[str, Any]] = {
    Look.TITLE: {**_ROOM, "bold": True, "font_size": 16},
    Look.SUBTITLE: {**_ROOM, "font_color": "#404040"},
    Look.HEAD: _HEAD,
    Look.AREA: {**_ROOM, "bold": True, "font_size": 12, "bg_color": "#1F4E79",
                "font_color": "#FFFFFF", "valign": "vcenter"},
    Look.NUMBER: {**_BOXED, "bold": True},
    Look.LABEL: _BOXED,
    Look.STRONG: {**_BOXED, "bold": True},
    Look.RUBRIC: {**_BOXED, "font_color": "#0B4F8A", "underline": 1, "font_size": 10},
    Look.SCALE: {**_BOXED, "font_size": 10},
    Look.FIGURE: {**_BOXED, "align": "center", "bg_color": "#F2F2F2"},
    Look.RULED: {**_ROOM, "top": 1, "bottom": 1, "top_color": _LINE, "bottom_color": _LINE},
    Look.NOTE: {**_BOXED, "font_color": "#404040", "font_size": 9},
    Look.LINK: {**_ROOM, "font_color": "#0B4F8A", "underline": 1},
}  # fmt: skip
_OPEN = {**_BOXED, "locked": False, "bg_color": _ANSWER}
_ANSWERS: Mapping[str, dict[str, Any]] = {
    "mark": {**_OPEN, "align": "center", "bold": True, "font_size": 12},
    "word": {**_OPEN, "num_format": "@"},
    # As text, so that a line that begins with a hyphen or equals sign is no formula.
    "prose": {**_OPEN, "num_format": "@"},
}
# Rows and columns may be made wider, since words are longer than anyone can foresee.
_LEAVE = {"format_rows": True, "format_columns": True}
_RUNNING = {Look.LABEL, Look.STRONG}


def examiner_form(desk: Desk, examiner: Examiner, given: Given | None = None) -> bytes | None:
    """Make the form of an examiner, with arguments as for `examiner_layout`.

    Returns:
        A workbook, or None for an examiner who has nothing to read and to propose.
    """
    form = examiner_layout(desk, examiner, given)
    return form_bytes(form) if form else None


def team_form(desk: Desk, team: Team, basis: TeamBasis) -> bytes | None:
    """Make the form of a team, with arguments as for `team_layout`.

    Returns:
        A workbook, or None for a team without entries that compete.
    """
    form = team_layout(desk, team, basis)
    return form_bytes(form) if form else None


def form_bytes(form: Form) -> bytes:
    """Write a form as a workbook.

    Args:
        form: laid out.

    Returns:
        The bytes of an ``.xlsx`` file; whatever text says, it is written as text.
    """
    import xlsxwriter  # noqa: PLC0415  # few commands write workbooks

    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    fixed = datetime(form.year, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    workbook.set_properties(
        {"title": f"{form.title} – {form.who}", "author": "kvaljury", "created": fixed}
    )
    pen = _Pen.of(workbook, form)
    template = template_of(form)
    for sheet, planned in zip(form.sheets, template.sheets, strict=True):
        pen.write_sheet(sheet, planned, template)
    _write_template(workbook.add_worksheet(TEMPLATE_SHEET), template)
    workbook.close()
    return growing_rows(buffer.getvalue(), [fixed_rows(sheet) for sheet in form.sheets])


def _write_template(sheet: Any, template: Template) -> None:
    for line, row in enumerate(template_rows(template)):
        for place, cell in enumerate(row):
            if cell:
                write_text(sheet, line, place, cell)
    sheet.protect()
    sheet.very_hidden()


@attrs.frozen
class _Pen:
    """Writes the sheets of one workbook.

    Attributes:
        workbook: of XlsxWriter.
        form: that is written.
        formats: by look, and by kind of answer.
        names: of the sheets by id.
    """

    workbook: Any
    form: Form
    formats: Mapping[str, Any]
    names: Mapping[str, str]

    @classmethod
    def of(cls, workbook: Any, form: Form) -> _Pen:
        every = {**{str(look): said for look, said in _LOOKS.items()}, **_ANSWERS}
        every["running"] = _ROOM
        every["running-strong"] = {**_ROOM, "bold": True}
        formats = {name: workbook.add_format(said) for name, said in every.items()}
        return cls(workbook, form, formats, {sheet.id: sheet.name for sheet in form.sheets})

    def write_sheet(self, sheet: FormSheet, planned: TemplateSheet, template: Template) -> None:
        page = self.workbook.add_worksheet(sheet.name)
        self._set_up(page, sheet)
        write_text(page, 0, 0, template.sheet_key(planned))
        for column, key in planned.column_keys().items():
            write_text(page, 0, column - 1, key)
        for number, line in sheet.numbered():
            page.set_row(number - 1, line_height(line, sheet.widths))
            if line.subject:
                write_text(page, number - 1, KEY_COLUMN - 1, line.subject.key)
            for place, shown in line.shown().items():
                self._write_shown(
                    page, number - 1, place - 1, shown, is_boxed=len(sheet.widths) > 1
                )
            for place, asked in line.asked().items():
                self._write_asked(page, number - 1, place - 1, asked)
        _validate(page, sheet)

    def _write_shown(
        self, page: Any, row: int, column: int, shown: Shown, *, is_boxed: bool
    ) -> None:
        form = self.formats[str(shown.look)]
        if not is_boxed and shown.look in _RUNNING:
            form = self.formats["running-strong" if shown.look is Look.STRONG else "running"]
        if shown.span > 1:
            page.merge_range(row, column, row, column + shown.span - 1, "", form)
        if shown.number is not None:
            page.write_number(row, column, float(shown.number), form)
        elif shown.link:
            name = self.names[shown.link].replace("'", "''")
            page.write_url(row, column, f"internal:'{name}'!B2", form, shown.text)
        else:
            write_text(page, row, column, shown.text, form)

    def _write_asked(self, page: Any, row: int, column: int, asked: Asked) -> None:
        kind = "mark" if asked.scale else "prose" if asked.is_prose else "word"
        form = self.formats[kind]
        if asked.value is None:
            page.write_blank(row, column, None, form)
        elif isinstance(asked.value, Fraction):
            page.write_number(row, column, float(asked.value), form)
        else:
            write_text(page, row, column, asked.value.replace("\r\n", "\n"), form)

    def _set_up(self, page: Any, sheet: FormSheet) -> None:
        page.set_row(0, None, None, {"hidden": True})
        page.set_column(0, 0, None, None, {"hidden": True})
        for place, width in enumerate(sheet.widths, start=FIRST_COLUMN - 1):
            page.set_column(place, place, width)
        page.hide_gridlines(2)
        page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        page.protect("", _LEAVE)
        page.set_paper(_A4)
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        page.fit_to_pages(1, 0)
        if sheet.is_wide:
            page.set_landscape()
        if sheet.head:
            page.freeze_panes(sheet.head, 0)
            page.repeat_rows(sheet.head - 1)
        page.set_footer(f"&L{_plain(sheet.footer)}&R{self.form.page}")
        first = _first_answer(sheet)
        if first:
            page.set_selection(*first, *first)


def _first_answer(sheet: FormSheet) -> tuple[int, int] | None:
    for number, line in sheet.numbered():
        for place in sorted(line.asked()):
            return number - 1, place - 1
    return None


def _validate(page: Any, sheet: FormSheet) -> None:
    """Set what each kind of answer takes, once for all cells of the kind."""
    cells: dict[tuple[Any, ...], list[tuple[int, int]]] = {}
    for number, line in sheet.numbered():
        for place, asked in line.asked().items():
            if not asked.is_prose:
                kind = (asked.scale, asked.words, asked.prompt, asked.complaint)
                cells.setdefault(kind, []).append((number - 1, place - 1))
    for (scale, words, (title, said), complaint), places in cells.items():
        row, column = places[0]
        page.data_validation(
            row,
            column,
            row,
            column,
            {
                **(
                    {"validate": "custom", "value": mark_rule(scale, row, column)}
                    if scale
                    else {"validate": "list", "source": list(words)}
                ),
                "input_title": title[:_LONGEST_PROMPT_TITLE],
                "input_message": said[:_LONGEST_PROMPT],
                "error_title": title[:_LONGEST_PROMPT_TITLE],
                "error_message": complaint[:_LONGEST_PROMPT],
                "other_cells": [[r, c, r, c] for r, c in places[1:]],
            },
        )


def mark_rule(scale: Scale, row: int, column: int) -> str:
    """Give Excel's rule of a cell for a mark.

    Args:
        scale: of the mark; rounding keeps steps such as 0.1 from falling between.
        row: from 0.
        column: from 0.

    Returns:
        A formula that is true for the marks on the scale.
    """
    cell = cell_reference(row + 1, column + 1)
    low, high, step = (_formula(value) for value in (scale.low, scale.high, scale.step))
    steps = f"({cell}-{low})/{step}"
    rule = f"AND(ISNUMBER({cell}),{cell}>={low},{cell}<={high},ABS({steps}-ROUND({steps},0))<1E-6)"
    return f"={rule}"


def _formula(value: Fraction) -> str:
    return f"({value.numerator}/{value.denominator})"


def _plain(text: str) -> str:
    """Keep the signs of a name from being taken for those of a footer."""
    return text[:_LONGEST_FOOTER].replace("&", "&&")[:_LONGEST_FOOTER].rstrip("&")

"""The sheets of a form against its hidden plan: moved, missing, copied, hidden or written over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from kvaljury.errors import Source, Text
from kvaljury.files.characters import SPACES, quoted
from kvaljury.files.forms.answers import is_blank
from kvaljury.files.forms.layout import KEY_COLUMN, TEMPLATE_SHEET
from kvaljury.files.forms.template import Template, TemplateSheet, fingerprint
from kvaljury.files.log import InputLog
from kvaljury.files.workbooks.contents import (
    Cell,
    Sheet,
    Visibility,
    Workbook,
    cell_reference,
)
from kvaljury.files.workbooks.grids import reaches, runs

_ANEW = Text("carry the answers over to a new form; kvaljury forms makes one")


@attrs.define
class FormStructure:
    """Holds the sheets of a workbook against what they were.

    Attributes:
        workbook: the form that came back.
        template: what its hidden sheet says.
        log: gets every fault and warning.
    """

    workbook: Workbook
    template: Template
    log: InputLog

    def sound_sheets(self) -> list[tuple[TemplateSheet, Sheet]]:
        """Find the sheets of the form.

        Returns:
            Those whose answers can be read surely, in the order in which they were made. The
            answers of the others are counted as refused, what stands beside answers too.
        """
        by_key = {self.template.sheet_key(planned): planned for planned in self.template.sheets}
        found: dict[str, list[Sheet]] = {}
        for sheet in self.workbook.sheets:
            if sheet.name.casefold() == TEMPLATE_SHEET:
                continue
            planned = by_key.get(sheet.text(1, KEY_COLUMN))
            if planned is None:
                self._refuse_stranger(sheet)
            else:
                found.setdefault(planned.id, []).append(sheet)
        sound = []
        for planned in self.template.sheets:
            only = self._only(planned, found.get(planned.id, []))
            if only and self._is_sound(planned, only):
                sound.append((planned, only))
        return sound

    def _refuse_stranger(self, sheet: Sheet) -> None:
        filled = [cell for cell in _in_order(sheet) if not is_blank(cell)]
        if not filled:
            return
        where = self._at(sheet, filled[0])
        if sheet.text(1, KEY_COLUMN).startswith("kvaljury/"):
            message = Text("the sheet comes from another form")
            hint = Text("remove the sheet; each form holds the sheets that it was made with")
        else:
            message = Text("the sheet is none of the form's and holds cells: {n}", n=len(filled))
            hint = Text("move what stands there to the cells for answers, and remove the sheet")
        self.log.fault("strange-sheet", where, message, hint)
        self.log.tally(self.workbook.file, len(filled), 0, 0, len(filled))

    def _only(self, planned: TemplateSheet, sheets: Sequence[Sheet]) -> Sheet | None:
        """Give the one sheet that is a planned one; the fault names what is there instead."""
        if not sheets:
            if planned.answer_count:
                message = Text("the sheet {name} is missing", name=planned.name)
                where = Source(self.workbook.file, 0, "", planned.name)
                self.log.fault("missing-sheet", where, message, _ANEW)
            return None
        if len(sheets) == 1:
            self._check_name(planned, sheets[0])
            return sheets[0]
        names = ", ".join(sheet.name for sheet in sheets)
        message = Text("the form has this sheet more than once: {names}", names=names)
        hint = Text("keep the sheet that holds, and remove the others")
        where = Source(self.workbook.file, 0, "", sheets[1].name)
        self.log.fault("copied-sheet", where, message, hint)
        for sheet in sheets:
            self.count_refused(planned, sheet)
        return None

    def _check_name(self, planned: TemplateSheet, sheet: Sheet) -> None:
        """Warn of a new name, since the sheet is known by its hidden key."""
        if planned.name.casefold() != sheet.name.casefold():
            message = Text("the sheet was called {name} and is read as that", name=planned.name)
            where = Source(self.workbook.file, 0, "", sheet.name)
            self.log.warn("renamed-sheet", where, message)  # noqa: PLE1205  # no logger

    def _is_sound(self, planned: TemplateSheet, sheet: Sheet) -> bool:
        before = len(self.log.faults)
        if self._is_moved(planned, sheet):
            self.count_refused(planned, sheet)
            return False
        self._refuse_hidden(planned, sheet)
        self._refuse_merged(planned, sheet)
        is_readable = len(self.log.faults) == before
        self._refuse_strays(planned, sheet)
        if not is_readable:
            self.count_refused(planned, sheet)
        return is_readable

    def _is_moved(self, planned: TemplateSheet, sheet: Sheet) -> bool:
        """Refuse a sheet whose hidden keys stand elsewhere than they did."""
        expected = {(1, column): key for column, key in planned.column_keys().items()}
        expected[1, KEY_COLUMN] = self.template.sheet_key(planned)
        keyed = [row for row in planned.rows if row.subject]
        expected.update(((row.row, KEY_COLUMN), row.subject.key) for row in keyed if row.subject)
        actual = {
            place: cell.text.strip(SPACES)
            for place, cell in sheet.cells.items()
            if (place[0] == 1 or place[1] == KEY_COLUMN) and not is_blank(cell)
        }
        if actual == expected:
            return False
        place = min(p for p in actual | expected if actual.get(p) != expected.get(p))
        message = Text("rows or columns have been inserted, removed or moved from here on")
        hint = Text("undo it, or carry the answers over to a new form; kvaljury forms makes one")
        where = Source(self.workbook.file, place[0], cell_reference(*place), sheet.name)
        self.log.fault("moved-cells", where, message, hint)
        return True

    def _refuse_hidden(self, planned: TemplateSheet, sheet: Sheet) -> None:
        if not planned.answer_count:
            return
        file, name = self.workbook.file, sheet.name
        if sheet.visibility is not Visibility.VISIBLE:
            message = Text("the sheet is hidden and asks for answers")
            hint = Text("unhide the sheet and check it")
            self.log.fault("hidden-sheet", Source(file, 0, "", name), message, hint)
        rows = [row.row for row in planned.rows if row.answers and row.row in sheet.hidden_rows]
        if rows:
            message = Text(
                "rows that ask for answers are hidden or filtered out: {rows}", rows=runs(rows)
            )
            where = Source(file, rows[0], f"{rows[0]}:{rows[0]}", name)
            hint = Text("unhide the rows and check them")
            self.log.fault("hidden-row", where, message, hint)
        asked = {column for row in planned.rows for column in row.answers}
        for column in sorted(asked & sheet.hidden_columns):
            letters = cell_reference(1, column)[:-1]
            message = Text("the column {column} asks for answers and is hidden", column=letters)
            where = Source(file, 0, f"{letters}:{letters}", name)
            self.log.fault("hidden-column", where, message, Text("unhide the column and check it"))

    def _refuse_merged(self, planned: TemplateSheet, sheet: Sheet) -> None:
        asked = sorted((row.row, column) for row in planned.rows for column in row.answers)
        for merged in sheet.merged:
            place = next((p for p in asked if merged.covers(*p)), None)
            if place and reaches(merged, [place[0]], [place[1]]):
                message = Text("a cell that asks for an answer is merged with others")
                where = Source(self.workbook.file, place[0], cell_reference(*place), sheet.name)
                self.log.fault("merged-cells", where, message, Text("unmerge the cells"))

    def _refuse_strays(self, planned: TemplateSheet, sheet: Sheet) -> None:
        """Refuse what stands beside the cells for answers, and text of the form that is gone."""
        texts = {
            (r.row, column): print_ for r in planned.rows for column, print_ in r.texts.items()
        }
        asked = {(row.row, column) for row in planned.rows for column in row.answers}
        strays = 0
        for cell in _in_order(sheet):
            place = (cell.row, cell.column)
            if place in asked or 1 in place or is_blank(cell):
                continue
            # A link to the rubrics may come back as a formula, which shows the same text.
            if texts.get(place) != fingerprint(cell.text):
                self._refuse_stray(sheet, cell, is_own=place in texts)
                strays += 1
        if strays:
            self.log.tally(self.workbook.file, strays, 0, 0, strays)
        gone = sorted(p for p in texts if is_blank(sheet.cells.get(p)))
        if gone:
            message = Text("the text of the form is gone from cells: {n}", n=len(gone))
            where = Source(self.workbook.file, gone[0][0], cell_reference(*gone[0]), sheet.name)
            self.log.fault("changed-form", where, message, _ANEW)

    def _refuse_stray(self, sheet: Sheet, cell: Cell, *, is_own: bool) -> None:
        said = quoted(cell.text)
        message = (
            Text('"{text}" stands here instead of the text of the form', text=said)
            if is_own
            else Text('"{text}" stands beside the cells for answers', text=said)
        )
        hint = (
            Text("put the answer into a yellow cell, and the text of the form back")
            if is_own
            else Text("move it to a yellow cell, or delete it")
        )
        self.log.fault("stray-cell", self._at(sheet, cell), message, hint)

    def count_refused(self, planned: TemplateSheet, sheet: Sheet) -> None:
        """Count the answers of a sheet as refused."""
        places = [(row.row, column) for row in planned.rows for column in row.answers]
        filled = sum(not is_blank(sheet.cells.get(place)) for place in places)
        self.log.tally(self.workbook.file, len(places), 0, len(places) - filled, filled)

    def _at(self, sheet: Sheet, cell: Cell) -> Source:
        return Source(self.workbook.file, cell.row, cell.reference, sheet.name)


def _in_order(sheet: Sheet) -> Iterator[Cell]:
    """Give the cells of a sheet as one reads them."""
    return (sheet.cells[place] for place in sorted(sheet.cells))

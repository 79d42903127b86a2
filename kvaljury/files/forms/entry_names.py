"""The units that a form names, held against those that have the same ids today."""

from __future__ import annotations

import attrs

from kvaljury.core.model import Edition
from kvaljury.errors import Source, Text
from kvaljury.files.characters import quoted
from kvaljury.files.forms.layout import FIRST_COLUMN, FIRST_ROW, Asks
from kvaljury.files.forms.sheet_parts import named
from kvaljury.files.forms.template import TemplateRow, TemplateSheet, fingerprint
from kvaljury.files.headers import fold_header
from kvaljury.files.log import InputLog
from kvaljury.files.workbooks.contents import Sheet, cell_reference

NAME_COLUMN = 3
"""Where the sheet of proposals names the unit of a row."""


@attrs.frozen
class EntryNames:
    """Holds the names in a form against those of an edition.

    Attributes:
        file: address of the form.
        edition: of today.
        log: gets every fault.
    """

    file: str
    edition: Edition
    log: InputLog

    def refuses_sheet(self, planned: TemplateSheet, sheet: Sheet) -> bool:
        """Tell whether a sheet is about another unit than its id means today; a fault says so."""
        return self._refuses(sheet, planned.entry, _text_of(planned), (FIRST_ROW, FIRST_COLUMN))

    def refuses_row(self, line: TemplateRow, sheet: Sheet) -> bool:
        """Tell the same of a row of the sheet of proposals."""
        if line.subject is None or line.subject.asks is not Asks.PROPOSAL:
            return False
        print_ = line.texts.get(NAME_COLUMN, "")
        return self._refuses(sheet, line.subject.entry, print_, (line.row, NAME_COLUMN))

    def _refuses(self, sheet: Sheet, entry: str, made: str, place: tuple[int, int]) -> bool:
        known = next((each for each in self.edition.entries if each.id == entry), None)
        if known is None or not made:
            return False  # whoever reads the row says that the entry is unknown
        ours = known.name if place[1] == NAME_COLUMN else named(known)
        printed = sheet.text(*place)
        # The name may have been mended in a letter's case or in punctuation.
        if made == fingerprint(ours) or fold_header(printed) == fold_header(ours):
            return False
        message = Text(
            'the form is about "{printed}", and {entry} is "{name}" today',
            printed=quoted(printed),
            entry=entry,
            name=quoted(known.name),
        )
        hint = Text(
            "if it is another unit, make a new form with kvaljury forms and carry the answers over"
            " by the name; if the unit has a new name, write the one of the form in the list of"
            " entries, make the form anew with --filled, and then write the new name"
        )
        where = Source(self.file, place[0], cell_reference(*place), sheet.name)
        self.log.fault("other-unit", where, message, hint)
        return True


def _text_of(planned: TemplateSheet) -> str:
    first = next((row for row in planned.rows if row.row == FIRST_ROW), None)
    return first.texts.get(FIRST_COLUMN, "") if first and planned.entry else ""

"""Whether anybody has written in a form, so that no answer is written over."""

from __future__ import annotations

from pathlib import Path

from kvaljury.files.forms.answers import is_blank
from kvaljury.files.forms.layout import KEY_COLUMN, TEMPLATE_SHEET, TEMPLATE_VERSION
from kvaljury.files.forms.template import TemplateSheet, fingerprint, parse_template, version_of
from kvaljury.files.input_files import is_present, read_input
from kvaljury.files.log import InputLog
from kvaljury.files.workbooks.contents import Sheet, Workbook
from kvaljury.files.workbooks.reading import read_workbook

_MEGABYTES = 20


def has_writing(path: Path, fresh: bytes) -> bool:
    """Tell whether a file holds what would be lost if it were replaced.

    Args:
        path: of the file, which may be absent.
        fresh: what would stand in its place.

    Returns:
        False for an absent or empty file, the same bytes, and a form without answers; True for
        anything else, a file that cannot be read too.

    Raises:
        DiskFault: if the file is there but cannot be read.
    """
    if not is_present(path):
        return False
    log = InputLog()
    content = read_input(path, path.name, _MEGABYTES, log)
    if content is None:
        return True
    if content in (b"", fresh):
        return False
    workbook = read_workbook(content, path.name, log)
    return workbook is None or not _is_untouched(workbook)


def _is_untouched(workbook: Workbook) -> bool:
    hidden = workbook.sheet(TEMPLATE_SHEET)
    if hidden is None or version_of(hidden) != TEMPLATE_VERSION:
        return False
    template = parse_template(hidden)
    if template is None:
        return False
    planned = {template.sheet_key(sheet): sheet for sheet in template.sheets}
    return all(
        _is_as_made(sheet, planned.get(sheet.text(1, KEY_COLUMN)))
        for sheet in workbook.sheets
        if sheet is not hidden
    )


def _is_as_made(sheet: Sheet, planned: TemplateSheet | None) -> bool:
    """Tell whether nothing but the form's own text and keys stands in a sheet."""
    if sheet.notes:
        return False
    if planned is None:
        return all(map(is_blank, sheet.cells.values()))
    texts = {(row.row, column): said for row in planned.rows for column, said in row.texts.items()}
    return all(
        is_blank(cell) or 1 in place or texts.get(place) == fingerprint(cell.text)
        for place, cell in sheet.cells.items()
    )

"""A workbook of the edition folder to its contents, once for all who look into it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kvaljury.errors import Source, Text
from kvaljury.files.characters import quoted
from kvaljury.files.input_files import read_input
from kvaljury.files.log import InputLog
from kvaljury.files.workbooks.contents import Workbook, cell_reference

_MEGABYTES = 20


def open_workbook(path: Path, file: str, log: InputLog) -> Workbook | None:
    """Read a workbook, or give what another reader with the same log has read.

    Args:
        path: where it lies.
        file: its address relative to the edition folder.
        log: gets the hash and every fault, once.

    Returns:
        What stands in it, or None where it is refused as a whole.

    Raises:
        DiskFault: if the file is there but cannot be read.
    """
    if file not in log.workbooks:
        log.workbooks[file] = _read(path, file, log)
    return log.workbooks[file]


def _read(path: Path, file: str, log: InputLog) -> Workbook | None:
    from kvaljury.files.workbooks.reading import read_workbook  # noqa: PLC0415  # few need it

    content = read_input(path, file, _MEGABYTES, log)
    if content is None:
        return None
    log.hashes[file] = hashlib.sha256(content).hexdigest()
    workbook = read_workbook(content, file, log)
    if workbook:
        _warn_of_notes(workbook, log)
    return workbook


def _warn_of_notes(workbook: Workbook, log: InputLog) -> None:
    """Tell people of every note and text box, since what stands in it may change an answer."""
    for sheet in workbook.sheets:
        for note in sheet.notes:
            reference = cell_reference(note.row, note.column)
            said = quoted(note.text)
            message = (
                Text('the text box at {cell} is not read: "{text}"', cell=reference, text=said)
                if note.is_box
                else Text('the note on {cell} is not read: "{text}"', cell=reference, text=said)
            )
            hint = Text("move what counts to a cell, such as the one for the comment")
            where = Source(workbook.file, note.row, reference, sheet.name)
            log.warn("unread-note", where, message, hint)  # noqa: PLE1205  # no logger

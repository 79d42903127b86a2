"""A workbook of the edition folder to its contents, once for all who look into it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kvaljury.files.input_files import read_input
from kvaljury.files.log import InputLog
from kvaljury.files.workbooks.contents import Workbook

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
    return read_workbook(content, file, log)

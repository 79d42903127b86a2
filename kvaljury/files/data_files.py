"""A folder of CSV files to their paths and addresses; workbooks in it are refused aloud."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kvaljury.errors import DiskFault, Source, Text
from kvaljury.files.input_files import is_present
from kvaljury.files.log import InputLog

_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})


def csv_files(folder: Path, name: str, log: InputLog) -> list[tuple[Path, str]]:
    """List the CSV files of a folder of the edition.

    Args:
        folder: the edition folder.
        name: the folder within it, which may be absent.
        log: gets a fault for each workbook, and where the folder is none.

    Returns:
        Path and address of each, sorted by address. Hidden files, the lock files that Excel
        leaves (``~$…``) and all other kinds of file are passed over.

    Raises:
        DiskFault: if the folder cannot be listed.
    """
    try:
        inside = sorted((folder / name).iterdir())
    except FileNotFoundError:
        if is_present(folder / name):
            message = Text("this is a link that leads to no folder")
            log.fault("broken-link", Source(name), message)
        return []
    except NotADirectoryError:
        message = Text("{name} is a file; a folder was expected", name=name)
        log.fault("no-folder", Source(name), message)
        return []
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = Text("the folder cannot be read: {reason}", reason=reason)
        raise DiskFault(message, Source(name)) from error
    seen = [path for path in inside if not path.name.startswith((".", "~$"))]
    books = (path for path in seen if path.suffix.lower() in _WORKBOOKS)
    refuse_workbooks(books, f"{name}/", log)
    return [(p, f"{name}/{_shown(p.name)}") for p in seen if p.suffix.lower() == ".csv"]


def refuse_workbooks(paths: Iterable[Path], prefix: str, log: InputLog) -> None:
    """Note a fault for each Excel file, lest it be passed over.

    Args:
        paths: files that are refused where they exist.
        prefix: the folder part of their addresses, with its slash.
        log: gets the faults.
    """
    for path in paths:
        if is_present(path):
            log.fault(
                "excel-file",
                Source(prefix + _shown(path.name)),
                Text("this version reads CSV, not Excel workbooks"),
                Text("in Excel choose Save as, CSV UTF-8 (comma delimited); remove the workbook"),
            )


def refuse_workbooks_for(path: Path, log: InputLog) -> None:
    """Note a fault for each Excel file that stands where a CSV file or TOML file is read.

    Args:
        path: the file that is read, in the edition folder itself.
        log: gets the faults.
    """
    refuse_workbooks((path.with_suffix(suffix) for suffix in sorted(_WORKBOOKS)), "", log)


def _shown(name: str) -> str:
    """Give a file name in which bytes that are no UTF-8 are escaped, so that it can be shown."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")

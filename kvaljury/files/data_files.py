"""Where the tables of an edition lie: CSV files and workbooks, one of them for each table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from kvaljury.errors import DiskFault, Source, Text
from kvaljury.files.input_files import is_present
from kvaljury.files.log import InputLog

WORKBOOK = ".xlsx"
"""How the name of a workbook ends that is read."""

_OTHER_WORKBOOKS = (".ods", ".xls", ".xlsb", ".xlsm")
_READ = (".csv", WORKBOOK)
_LOCKS = (".", "~$")
_NOTES = (".txt", ".md")
"""Files in which people note something for themselves, which nobody sends in as a delivery."""

_Found = list[tuple[Path, str]]


def data_files(folder: Path, name: str, log: InputLog) -> _Found:
    """List the CSV files and workbooks of a folder of the edition.

    Args:
        folder: the edition folder.
        name: the folder within it, which may be absent.
        log: gets a fault for each workbook of another kind, for a table that stands both as
            CSV and as a workbook, and where the folder is none.

    Returns:
        Path and address of each, sorted by address; of a CSV file and a workbook of one name
        the CSV file. Hidden files and the lock files that Excel leaves (``~$…``) are passed
        over; of other kinds of file, and of folders within the folder, a warning tells.

    Raises:
        DiskFault: if the folder cannot be listed.
    """
    try:
        inside = _inside(folder / name)
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
    refuse_workbooks(inside, f"{name}/", log)
    _warn_of_unread(inside, f"{name}/", log)
    chosen = _chosen(inside)
    for path in inside:
        if path.suffix.lower() in _READ and path not in chosen:
            csv = next(p.name for p in chosen if p.stem.casefold() == path.stem.casefold())
            _refuse_several((csv, path.name), f"{name}/", log)
    return [(path, f"{name}/{shown_name(path.name)}") for path in chosen]


def workbooks_in(folder: Path, name: str) -> _Found:
    """List the workbooks that `data_files` gives, with nothing noted and nothing raised."""
    try:
        chosen = _chosen(_inside(folder / name))
    except OSError:
        return []
    return [(p, f"{name}/{shown_name(p.name)}") for p in chosen if p.suffix.lower() == WORKBOOK]


def table_files(folder: Path, names: Sequence[str], log: InputLog) -> tuple[str, ...]:
    """Find the file of the edition folder in which a table stands.

    Args:
        folder: the edition folder.
        names: what the file may be called.
        log: gets a fault where several of them are there, and for workbooks of other kinds.

    Returns:
        The names of those that are there: one, none, or several after a fault.
    """
    stem = Path(names[0]).stem
    others = (folder / f"{stem}{suffix}" for suffix in _OTHER_WORKBOOKS)
    refuse_workbooks((path for path in others if is_present(path)), "", log)
    present = tuple(name for name in names if is_present(folder / name))
    if len(present) > 1:
        _refuse_several(present, "", log)
    return present


def refuse_workbooks(paths: Iterable[Path], prefix: str, log: InputLog) -> None:
    """Note a fault for each workbook of a kind that is not read, lest it be passed over.

    Args:
        paths: files that are there.
        prefix: the folder part of their addresses, with its slash.
        log: gets the faults.
    """
    for path in paths:
        if path.suffix.lower() in _OTHER_WORKBOOKS:
            kind = path.suffix.lower()
            log.fault(
                "other-workbook",
                Source(prefix + shown_name(path.name)),
                Text("workbooks of the kind {kind} are not read", kind=kind),
                Text("in Excel choose Save as, Excel workbook (.xlsx); remove this file"),
            )


def _warn_of_unread(inside: Sequence[Path], prefix: str, log: InputLog) -> None:
    """Tell of what may be a delivery and is not read, once a log."""
    for path in inside:
        suffix = path.suffix.lower()
        if suffix in (*_READ, *_OTHER_WORKBOOKS, *_NOTES):
            continue
        where = Source(prefix + shown_name(path.name))
        if path.is_dir():
            message = Text("folders within the folder are not read")
            hint = Text("move its files up beside the others, if they are to be read")
        else:
            message = Text("the file is not read: workbooks (.xlsx) and CSV files are")
            hint = Text(
                "ask for the form itself, saved as an Excel workbook (.xlsx), and unpack archives;"
                " move the file out of the folder"
            )
        if not any(known.where == where for known in log.warnings):
            log.warn("unread-file", where, message, hint)  # noqa: PLE1205  # no logger


def _refuse_several(names: Sequence[str], prefix: str, log: InputLog) -> None:
    shown = [shown_name(name) for name in names]
    message = Text("{files} have the same name; one of them was expected", files=", ".join(shown))
    hint = Text("look which one holds; rename it if both count, or move the other one away")
    log.fault("several-files", Source(prefix + shown[-1]), message, hint)


def _inside(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not path.name.startswith(_LOCKS))


def _chosen(inside: Sequence[Path]) -> list[Path]:
    """Leave out workbooks that stand beside a CSV file of the same name."""
    stems = {path.stem.casefold() for path in inside if path.suffix.lower() == ".csv"}
    read = (path for path in inside if path.suffix.lower() in _READ)
    return [p for p in read if p.suffix.lower() == ".csv" or p.stem.casefold() not in stems]


def shown_name(name: str) -> str:
    """Give a file name in which bytes that are no UTF-8 are escaped, so that it can be shown."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")

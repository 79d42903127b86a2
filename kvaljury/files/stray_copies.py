"""Files that look like those that are read, and are not: copies a program or a person made."""

from __future__ import annotations

import re
from pathlib import Path

from kvaljury.errors import Source, Text
from kvaljury.files.decision_record import RECORD
from kvaljury.files.log import InputLog

_READ_AT_TOP = (
    "edition",
    "entries",
    "jury",
    "motivations",
    "nominations",
    "organisation",
    "proposals",
    "teams",
    "votes",
)
_FORMATS = "toml|csv|xlsx"
# votes-DATOR1.csv, votes (1).csv, votes kopia.csv, "Kopia av votes.csv"
_COPY = re.compile(
    rf"(?:({'|'.join(_READ_AT_TOP)})[\W_].*|.*[\W_]({'|'.join(_READ_AT_TOP)}))\.({_FORMATS})",
    re.IGNORECASE,
)


def stray_copies(folder: Path) -> tuple[str, ...]:
    """Find files beside those that are read which look like another version of them.

    Args:
        folder: the edition folder.

    Returns:
        Paths relative to the folder, sorted: whatever lies beside the record, and files whose
        name is that of a file of the edition with something added, as programs that share
        folders name them when two computers wrote at once.
    """
    beside = (folder / RECORD).parent
    found = [path for path in _files(beside) if path.name != Path(RECORD).name]
    found += [path for path in _files(folder) if _COPY.fullmatch(path.name)]
    return tuple(sorted(path.relative_to(folder).as_posix() for path in found))


def warn_of_copies(folder: Path, log: InputLog) -> None:
    """Warn of every such file.

    Args:
        folder: the edition folder.
        log: gets a warning a file.
    """
    for path in stray_copies(folder):
        message = Text("the file lies beside the one that is read, and nothing in it counts")
        hint = Text("find out which of them is right, and move the other one away")
        log.warn("stray-copy", Source(path), message, hint)  # noqa: PLE1205  # no logger


def _files(folder: Path) -> list[Path]:
    """Give the files of a folder; none where it cannot be listed. Hidden ones are locks."""
    try:
        return [p for p in folder.iterdir() if not p.name.startswith((".", "~$")) and p.is_file()]
    except OSError:
        return []

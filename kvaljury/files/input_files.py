"""Input files to bytes: regular files of a size that can be meant, each fault at its address."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from kvaljury.errors import DiskFault, Source, Text
from kvaljury.files.log import InputLog

MEGABYTE = 1_000_000
"""Bytes."""

_ABSENT = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG)


def is_present(path: Path) -> bool:
    """Tell whether anything has a name, a link that leads nowhere too."""
    return os.path.lexists(path)


def read_input(path: Path, file: str, megabytes: int, log: InputLog) -> bytes | None:
    """Read a file whole.

    Args:
        path: where it lies; links are followed.
        file: its address relative to the edition folder, with forward slashes.
        megabytes: the most that it may hold, in millions of bytes.
        log: gets a fault where it is missing, no regular file, or too large.

    Returns:
        The bytes, or None after a fault; a pipe or device is never opened.

    Raises:
        DiskFault: if the file is there but cannot be read.
    """
    try:
        misfit = _misfit(path, megabytes)
        if misfit is None:
            return path.read_bytes()
    except ValueError:  # NUL in the path
        misfit = "missing-file", Text("the file is missing"), None
    except OSError as error:
        misfit = _absence(path, error)
        if misfit is None:
            reason = error.strerror or type(error).__name__
            message = Text("the file cannot be read: {reason}", reason=reason)
            raise DiskFault(message, Source(file)) from error
    code, message, hint = misfit
    log.fault(code, Source(file), message, hint)
    return None


_Misfit = tuple[str, Text, Text | None]


def _misfit(path: Path, megabytes: int) -> _Misfit | None:
    """Say why a file that is there is not read; what is not there is told by reading it."""
    with suppress(OSError):
        status = path.stat()
        if S_ISDIR(status.st_mode):
            return "no-file", Text("this is a folder; a file was expected"), None
        if not S_ISREG(status.st_mode):
            message = Text("this is a pipe or a device; a regular file was expected")
            return "no-file", message, Text("put a file in its place")
        if status.st_size > megabytes * MEGABYTE:
            message = Text(
                "the file is {size} MB; at most {limit} MB can be read",
                size=-(-status.st_size // MEGABYTE),
                limit=megabytes,
            )
            return "too-large", message, Text("check that it is the right file")
    return None


def _absence(path: Path, error: OSError) -> _Misfit | None:
    if error.errno == errno.ELOOP or (error.errno == errno.ENOENT and path.is_symlink()):
        message = Text("this is a link that leads to no file")
        return "broken-link", message, Text("put the file in its place, or remove the link")
    if error.errno in _ABSENT:
        return "missing-file", Text("the file is missing"), None
    return None

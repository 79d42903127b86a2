"""Bytes to files, all of them or none, so that a crash never leaves half a file."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path, PurePosixPath

from filelock import FileLock, Timeout

from kvaljury.errors import DiskFault, Source, Text, UsageFault

LOCK_FILE = ".kvaljury.lock"
_PREFIX, _SUFFIX = ".kvaljury-", ".tmp"
_STAGING = f"{_PREFIX}init{_SUFFIX}"
_PATIENCE = 10.0
_LAST = "edition.toml"  # a folder without it is no edition: whatever moved before it is harmless
_number = count()


def write_outputs(
    folder: Path,
    files: Mapping[str, bytes],
    lock: Path | None = None,
    patience: float = _PATIENCE,
) -> None:
    """Write files so that either all of them have the new content or all have the old.

    Args:
        folder: where they go; made if absent.
        files: content by path within the folder, with forward slashes.
        lock: the lock file, or None for one in the folder.
        patience: seconds to wait for another kvaljury that writes there.

    Raises:
        DiskFault: if the disk, a lock or a permission is in the way; the old files stand.
    """
    with _said_plainly(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(lock or folder / LOCK_FILE, patience):
            _remove_stale(folder, files)
            _replace_all({folder / _relative(name): content for name, content in files.items()})


def replace_outputs(
    folder: Path,
    files: Mapping[str, bytes],
    stale: Sequence[str],
    lock: Path | None = None,
    patience: float = _PATIENCE,
) -> None:
    """Write files, and remove those of an earlier run that are no more among them.

    Args:
        folder: where they go; made if absent.
        files: content by name.
        stale: patterns of names that this program gives; nothing else is ever removed.
        lock: as for :func:`write_outputs`.
        patience: likewise.

    Raises:
        DiskFault: as for :func:`write_outputs`.
    """
    write_outputs(folder, files, lock, patience)
    with _said_plainly(folder):
        for pattern in stale:
            for path in sorted(folder.glob(pattern)):
                if path.name not in files and path.is_file():
                    path.unlink()


def update_file(
    path: Path, change: Callable[[bytes | None], bytes | None], patience: float = _PATIENCE
) -> None:
    """Change a file by what stands in it, alone: nobody else changes it in between.

    Args:
        path: the file; its folder is made if absent.
        change: the content, None where there is no file, to the new content, or None to leave it.
        patience: seconds to wait for another kvaljury that writes there.

    Raises:
        DiskFault: as for :func:`write_outputs`.
    """
    with _said_plainly(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        with _locked(path.parent / LOCK_FILE, patience):
            _remove_stale(path.parent, {})
            changed = change(_content(path))
            if changed is not None:
                _replace_all({path: changed})


def create_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a new folder with files in it.

    Args:
        folder: absent or empty.
        files: content by path within the folder, with forward slashes.

    Raises:
        UsageFault: if there is something in the folder, or a file has its name.
        DiskFault: if the disk or a permission is in the way; nothing of it is left then.
    """
    with _said_plainly(folder):
        _require_empty(folder)
        made = _missing_folders(folder)
        moved: list[Path] = []
        try:
            _fill(folder, files, moved)
        except OSError:
            for path in [*moved, folder / _STAGING, *made]:
                _discard(path)
            raise


def _fill(folder: Path, files: Mapping[str, bytes], moved: list[Path]) -> None:
    staging = folder / _STAGING
    _discard(staging)
    staging.mkdir(parents=True)
    for name, content in files.items():
        path = staging / _relative(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_new(path, content)
    for path in sorted(staging.iterdir(), key=lambda path: (path.name == _LAST, path.name)):
        moved.append(folder / path.name)
        path.replace(folder / path.name)
    staging.rmdir()
    _sync_folder(folder)


def _require_empty(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        message = Text("{folder} is a file; a new or empty folder was expected", folder=str(folder))
        raise UsageFault(message, hint=Text("choose another name"))
    if folder.exists() and any(path.name != _STAGING for path in folder.iterdir()):
        message = Text("the folder {folder} is not empty", folder=str(folder))
        raise UsageFault(message, hint=Text("choose a new or empty folder"))


def _missing_folders(folder: Path) -> list[Path]:
    """List the folder and those above it that are not there, the outermost first."""
    return [path for path in reversed([folder, *folder.parents]) if not path.exists()]


def _replace_all(files: Mapping[Path, bytes]) -> None:
    fresh: dict[Path, Path] = {}
    try:
        for target, content in files.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh[target] = _temporary(target)
            _write_new(fresh[target], content)
        _swap(fresh)
    finally:
        for path in fresh.values():
            _discard(path)
    for parent in {target.parent for target in files}:
        _sync_folder(parent)


def _swap(fresh: Mapping[Path, Path]) -> None:
    """Put every fresh file in its place; put the old ones back where one cannot be replaced."""
    old = {target: _content(target) for target in fresh}
    done: list[Path] = []
    try:
        for target, path in fresh.items():
            path.replace(target)
            done.append(target)
    except OSError as error:
        error.filename = error.filename2 or str(target)
        for target in done:
            _restore(target, old[target])
        raise


def _content(target: Path) -> bytes | None:
    if not target.exists():
        return None
    if not (target.is_file() or target.is_dir()):
        raise DiskFault(
            Text("this is a pipe or a device; a regular file was expected"), Source(str(target))
        )
    return target.read_bytes()


def _restore(target: Path, content: bytes | None) -> None:
    if content is None:
        _discard(target)
        return
    path = _temporary(target)
    try:
        _write_new(path, content)
        path.replace(target)
    finally:
        _discard(path)


def _temporary(target: Path) -> Path:
    return target.parent / f"{_PREFIX}{os.getpid()}-{next(_number)}{_SUFFIX}"


def _write_new(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new names last; not every system lets a folder be synced."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _remove_stale(folder: Path, files: Mapping[str, bytes]) -> None:
    """Remove what a killed run left; nobody else is writing, since the lock is held."""
    parents = {folder, *((folder / _relative(name)).parent for name in files)}
    for parent in parents:
        for path in parent.glob(f"{_PREFIX}*{_SUFFIX}"):
            _discard(path)


def _discard(path: Path) -> None:
    with contextlib.suppress(OSError):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _relative(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or not path.parts:
        raise ValueError(f"{name!r} does not lie within the folder")
    return path


@contextlib.contextmanager
def _locked(lock: Path, patience: float) -> Iterator[None]:
    try:
        with FileLock(lock, timeout=patience):
            yield
    except Timeout as error:
        message = Text("another kvaljury is writing here")
        hint = Text("wait until it is done and try again")
        raise DiskFault(message, Source(str(lock)), hint) from error


@contextlib.contextmanager
def _said_plainly(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = Source(str(error.filename2 or error.filename or folder))
        raise DiskFault(*_plain(error, where)) from error


def _plain(error: OSError, where: Source) -> tuple[Text, Source, Text | None]:
    if isinstance(error, PermissionError):
        return (
            Text("the file cannot be written"),
            where,
            Text("close it if it is open in Excel, or check that you may write there"),
        )
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Text("the disk is full"), where, Text("make room and try again")
    reason = error.strerror or type(error).__name__
    return Text("nothing could be written: {reason}", reason=reason), where, None

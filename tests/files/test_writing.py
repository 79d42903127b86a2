"""Either every file has its new content or every file has its old one."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from kvaljury.errors import DiskFault, UsageFault
from kvaljury.files.writing import LOCK_FILE, create_folder, write_outputs

NEW = {"ranking.csv": b"new csv", "ranking.json": b"new json", "ranking.xlsx": b"new xlsx"}
OLD = {"ranking.csv": b"old csv", "ranking.json": b"old json"}


def content_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != LOCK_FILE
    }


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder that holds an older output."""
    folder = tmp_path / "out"
    folder.mkdir()
    for name, content in OLD.items():
        (folder / name).write_bytes(content)
    return folder


def fail_on(
    monkeypatch: pytest.MonkeyPatch, name: str, call: int, error: OSError, *, once: bool = True
) -> None:
    """Let a function of os fail on its n-th call, from 1."""
    real: Callable[..., object] = getattr(os, name)
    calls = 0

    def failing(*args: object, **kwargs: object) -> object:
        nonlocal calls
        calls += 1
        if calls == call or (calls > call and not once):
            raise error
        return real(*args, **kwargs)

    monkeypatch.setattr(os, name, failing)


def test_files_are_written_and_replaced(out: Path) -> None:
    write_outputs(out, NEW)
    assert content_of(out) == NEW


def test_the_folder_is_made_with_all_above_it(tmp_path: Path) -> None:
    write_outputs(tmp_path / "a/b/out", NEW)
    assert content_of(tmp_path / "a/b/out") == NEW


def test_files_in_subfolders_are_written(tmp_path: Path) -> None:
    write_outputs(tmp_path, {"dossiers/F01.html": b"x", "index.html": b"y"})
    assert content_of(tmp_path) == {"dossiers/F01.html": b"x", "index.html": b"y"}


@pytest.mark.parametrize("name", ["../x", "/x", "", "a/../../x", "a\\b"])
def test_no_file_is_written_outside_the_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="does not lie within the folder"):
        write_outputs(tmp_path, {name: b""})
    assert content_of(tmp_path) == {}


def test_stale_temporary_files_are_removed_and_others_are_not(out: Path) -> None:
    (out / ".kvaljury-123-0.tmp").write_bytes(b"torn")
    (out / "mine.tmp").write_bytes(b"kept")
    write_outputs(out, {"ranking.csv": b"new"})
    assert content_of(out) == {**OLD, "ranking.csv": b"new", "mine.tmp": b"kept"}


@pytest.mark.parametrize("call", [1, 2, 3])
def test_when_syncing_fails_the_old_files_stand(
    call: int, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_on(monkeypatch, "fsync", call, OSError(errno.ENOSPC, "No space left on device"))
    with pytest.raises(DiskFault) as caught:
        write_outputs(out, NEW)
    assert str(caught.value).endswith("out: the disk is full (make room and try again)")
    assert content_of(out) == OLD


@pytest.mark.parametrize("call", [1, 2, 3])
def test_when_replacing_fails_the_old_files_are_put_back(
    call: int, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_on(monkeypatch, "replace", call, PermissionError(errno.EACCES, "Permission denied"))
    with pytest.raises(DiskFault) as caught:
        write_outputs(out, NEW)
    name = list(NEW)[call - 1]
    assert str(caught.value) == (
        f"{out / name}: the file cannot be written"
        " (close it if it is open in Excel, or check that you may write there)"
    )
    assert content_of(out) == OLD


def test_a_new_file_is_taken_away_again_when_replacing_fails(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_on(monkeypatch, "replace", 2, OSError(errno.EIO, "Input/output error"))
    with pytest.raises(DiskFault):
        write_outputs(out, dict(reversed(NEW.items())))
    assert content_of(out) == OLD


def test_when_putting_back_fails_too_every_file_is_still_whole(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_on(monkeypatch, "replace", 3, OSError(errno.EIO, "Input/output error"), once=False)
    with pytest.raises(DiskFault, match="nothing could be written: Input/output error"):
        write_outputs(out, NEW)
    after = content_of(out)
    assert all(content in (OLD.get(name), NEW[name]) for name, content in after.items())


def test_an_error_without_words_is_named_by_its_kind(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_on(monkeypatch, "fsync", 1, OSError())
    with pytest.raises(DiskFault, match="nothing could be written: OSError"):
        write_outputs(out, NEW)


def test_a_folder_that_cannot_be_synced_is_no_fault(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_on(monkeypatch, "fsync", 4, OSError(errno.EINVAL, "Invalid argument"))
    write_outputs(out, NEW)
    assert content_of(out) == NEW


def test_a_file_in_the_place_of_the_folder_is_a_fault_of_the_disk(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"")
    with pytest.raises(DiskFault, match="nothing could be written: File exists"):
        write_outputs(tmp_path / "out", NEW)


def test_while_another_writes_nothing_is_changed(out: Path) -> None:
    with (
        FileLock(out / LOCK_FILE),
        pytest.raises(DiskFault, match="another kvaljury is writing here"),
    ):
        write_outputs(out, NEW, patience=0.0)
    assert content_of(out) == OLD


def test_the_lock_may_be_another_file(tmp_path: Path, out: Path) -> None:
    with (
        FileLock(tmp_path / "edition.lock"),
        pytest.raises(DiskFault, match="another kvaljury"),
    ):
        write_outputs(out, NEW, lock=tmp_path / "edition.lock", patience=0.0)


KILLED = """
import os, sys
from pathlib import Path
from kvaljury.files import writing
calls = 0
def kill(*args):
    global calls
    calls += 1
    if calls == int(sys.argv[2]):
        os._exit(9)
    return real(*args)
real = getattr(os, sys.argv[3])
setattr(os, sys.argv[3], kill)
writing.write_outputs(Path(sys.argv[1]), {"ranking.csv": b"new csv", "ranking.json": b"new json"})
"""


@pytest.mark.parametrize(("call", "function"), [(1, "fsync"), (2, "fsync"), (1, "replace")])
def test_a_run_that_is_killed_leaves_whole_files_and_the_next_one_cleans_up(
    call: int, function: str, out: Path
) -> None:
    command = [sys.executable, "-c", KILLED, str(out), str(call), function]
    root = Path(__file__).parents[2]
    killed = subprocess.run(command, check=False, cwd=root, env={**os.environ, "PYTHONPATH": "."})
    assert killed.returncode == 9
    assert {name: content_of(out)[name] for name in OLD} == OLD
    assert any(path.name.endswith(".tmp") for path in out.iterdir())
    write_outputs(out, NEW)
    assert content_of(out) == NEW


FILES = {"edition.toml": b'rules = "x"', "entries.csv": b"id", "marks/E01.csv": b"entry"}


@pytest.mark.parametrize("name", ["2025", "a/b/2025"])
def test_a_folder_is_made_with_its_files(name: str, tmp_path: Path) -> None:
    create_folder(tmp_path / name, FILES)
    assert content_of(tmp_path / name) == FILES
    assert list((tmp_path / name).glob(".kvaljury*")) == []


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    create_folder(tmp_path, FILES)
    assert content_of(tmp_path) == FILES


def test_what_an_interrupted_run_left_is_no_content(tmp_path: Path) -> None:
    (tmp_path / ".kvaljury-init.tmp/marks").mkdir(parents=True)
    create_folder(tmp_path, FILES)
    assert content_of(tmp_path) == FILES


def test_a_folder_with_content_is_left_alone(out: Path) -> None:
    with pytest.raises(UsageFault, match="is not empty"):
        create_folder(out, FILES)
    assert content_of(out) == OLD


def test_a_file_in_the_place_of_a_new_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "2025").write_bytes(b"mine")
    with pytest.raises(UsageFault, match="a new or empty folder was expected"):
        create_folder(tmp_path / "2025", FILES)
    assert (tmp_path / "2025").read_bytes() == b"mine"


@pytest.mark.parametrize(("function", "call"), [("fsync", 2), ("replace", 1), ("replace", 3)])
def test_a_new_folder_that_cannot_be_filled_is_removed(
    function: str, call: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_on(monkeypatch, function, call, OSError(errno.ENOSPC, "No space left on device"))
    with pytest.raises(DiskFault, match="the disk is full"):
        create_folder(tmp_path / "a/2025", FILES)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_that_cannot_be_filled_is_left_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_on(monkeypatch, "replace", 3, OSError(errno.ENOSPC, "No space left on device"))
    with pytest.raises(DiskFault):
        create_folder(tmp_path, FILES)
    assert list(tmp_path.iterdir()) == []


def test_the_file_that_makes_it_an_edition_comes_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved: list[str] = []
    real = os.replace

    def note(source: Path, target: Path) -> None:
        moved.append(Path(target).name)
        real(source, target)

    monkeypatch.setattr(os, "replace", note)
    create_folder(tmp_path / "2025", FILES)
    assert moved == ["entries.csv", "marks", "edition.toml"]

import errno
from pathlib import Path

import pytest
from filelock import FileLock

from kvaljury.errors import DiskFault
from kvaljury.files import writing
from kvaljury.files.writing import LOCK_FILE, replace_outputs

STALE = ("bidrag-*.html", "index.html")


def names(folder):
    return sorted(path.name for path in folder.iterdir() if path.name != LOCK_FILE)


def test_new_files_are_written_into_a_folder_that_is_made(tmp_path):
    replace_outputs(tmp_path / "out" / "dossier", {"index.html": b"a"}, STALE)
    assert (tmp_path / "out" / "dossier" / "index.html").read_bytes() == b"a"


def test_files_of_an_earlier_run_are_removed_and_all_others_kept(tmp_path):
    replace_outputs(tmp_path, {"bidrag-F01.html": b"a", "index.html": b"b"}, STALE)
    (tmp_path / "anteckningar.html").write_bytes(b"mine")
    (tmp_path / "bidrag-F01.docx").write_bytes(b"mine")
    (tmp_path / "bidrag-mapp.html").mkdir()
    replace_outputs(tmp_path, {"bidrag-F02.html": b"c", "index.html": b"d"}, STALE)
    assert names(tmp_path) == [
        "anteckningar.html",
        "bidrag-F01.docx",
        "bidrag-F02.html",
        "bidrag-mapp.html",
        "index.html",
    ]
    assert (tmp_path / "index.html").read_bytes() == b"d"


def test_files_in_folders_below_are_no_earlier_runs(tmp_path):
    below = tmp_path / "arkiv"
    below.mkdir()
    (below / "bidrag-F01.html").write_bytes(b"mine")
    replace_outputs(tmp_path, {"index.html": b"a"}, STALE)
    assert (below / "bidrag-F01.html").read_bytes() == b"mine"


def test_without_patterns_nothing_is_removed(tmp_path):
    (tmp_path / "bidrag-F01.html").write_bytes(b"a")
    replace_outputs(tmp_path, {"index.html": b"a"}, ())
    assert names(tmp_path) == ["bidrag-F01.html", "index.html"]


def test_another_that_writes_there_is_waited_for_and_then_named(tmp_path):
    lock = tmp_path / "a.lock"
    (tmp_path / "bidrag-F01.html").write_bytes(b"old")
    with FileLock(lock), pytest.raises(DiskFault, match="another kvaljury is writing here"):
        replace_outputs(tmp_path, {"index.html": b"a"}, STALE, lock, patience=0.01)
    assert (tmp_path / "bidrag-F01.html").read_bytes() == b"old"
    assert not (tmp_path / "index.html").exists()


def test_stale_files_stand_until_every_new_one_is_in_place(tmp_path, monkeypatch):
    (tmp_path / "bidrag-F01.html").write_bytes(b"old")

    def full(path, content):
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(writing, "_write_new", full)
    with pytest.raises(DiskFault, match="the disk is full"):
        replace_outputs(tmp_path, {"index.html": b"a"}, STALE)
    assert names(tmp_path) == ["bidrag-F01.html"]


def test_a_stale_file_that_cannot_be_removed_is_said_plainly(tmp_path, monkeypatch):
    (tmp_path / "bidrag-F01.html").write_bytes(b"old")
    unlink = Path.unlink

    def refuse(self, missing_ok=False):
        if self.name == "bidrag-F01.html":
            raise PermissionError(errno.EACCES, "Permission denied", str(self))
        unlink(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(DiskFault, match="the file cannot be written") as caught:
        replace_outputs(tmp_path, {"index.html": b"a"}, STALE)
    assert caught.value.where.file.endswith("bidrag-F01.html")
    assert (tmp_path / "index.html").read_bytes() == b"a"

"""Which files an archive takes as they are, and cells that are read again as the same values."""

from fractions import Fraction
from pathlib import Path

import pytest

from kvaljury.core.model import State
from kvaljury.errors import DiskFault
from kvaljury.files.archive_choice import kept_files, left_csv, left_files
from kvaljury.files.archive_tables import plain_cell
from kvaljury.files.moments import parse_moment


def test_own_rules_and_plugins_in_use_are_kept_and_others_are_judged_by_hand(tmp_path):
    (tmp_path / "plugins").mkdir()
    for name in ("own.toml", "plugins/own.py", "plugins/unused.py"):
        (tmp_path / name).write_text("x = 1")
    kept = kept_files(tmp_path, ("own.toml", "plugins/own.py"))
    assert [file.path for file in kept] == ["regler/own.toml", "regler/plugins/own.py"]
    (left,) = left_files(tmp_path, kept)
    assert (left.path, left.proposal.en) == ("plugins/unused.py", "judge by hand")
    assert b"plugins/unused.py" in left_csv([left])


def test_two_documents_of_one_name_both_have_room(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / "out" / folder).mkdir(parents=True)
        (tmp_path / "out" / folder / "F01.pdf").write_bytes(b"%PDF")
    paths = [file.path for file in kept_files(tmp_path, ())]
    assert len(set(paths)) == 2


def test_a_file_that_cannot_be_read_is_said_plainly(tmp_path, monkeypatch):
    (tmp_path / "note.txt").write_text("x")

    def refuse(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(DiskFault, match=r"note\.txt"):
        left_files(tmp_path, [])


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (Fraction(1, 3), "1/3"),
        (Fraction(5), "5"),
        (False, "false"),
        (State.COMPETING, "competing"),
        (parse_moment("2025-05-06"), "2025-05-06"),
        (parse_moment("2025-05-06 10.00"), "2025-05-06 10:00"),
        (parse_moment("2025-05-06 10:00:05"), "2025-05-06 10:00:05"),
    ],
)
def test_values_become_cells_that_say_the_same(value, cell):
    assert plain_cell(value) == cell

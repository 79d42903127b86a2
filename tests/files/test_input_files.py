"""Only regular files of a size that can be meant are read; nothing else is passed over."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kvaljury.core.model import Edition, Scheme
from kvaljury.errors import DiskFault, InputFaults
from kvaljury.files import InputLog, read_edition, read_marks
from kvaljury.files.input_files import is_present, read_input
from kvaljury.files.writing import write_outputs

Write = Callable[[Mapping[str, str | bytes]], Path]

GOOD = {
    "edition.toml": 'rules = "stockholm-2025"\nyear = 2025\n',
    "entries.csv": "id;name;class\nF01;Ängen;Förskola\n",
}
READ = ("edition.toml", "entries.csv", "teams.toml", "proposals.csv", "nominations.csv")
OTHER = "this is a pipe or a device; a regular file was expected (put a file in its place)"

needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")


def faults_of(folder: Path) -> list[str]:
    try:
        read_edition(folder)
    except InputFaults as caught:
        return [str(fault) for fault in caught.faults]
    return []


def lay(folder: Path, name: str, put: Callable[[Path], object]) -> None:
    (folder / name).unlink(missing_ok=True)
    put(folder / name)


def test_a_regular_file_and_a_link_to_one_are_read(tmp_path: Path, log: InputLog) -> None:
    (tmp_path / "a.csv").write_bytes(b"x" * 1_000_000)
    (tmp_path / "b.csv").symlink_to(tmp_path / "a.csv")
    assert read_input(tmp_path / "b.csv", "b.csv", 1, log) == b"x" * 1_000_000
    assert log.faults == []


def test_a_file_over_the_limit_is_refused_with_its_size_unread(
    tmp_path: Path, log: InputLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(Path, "read_bytes")
    (tmp_path / "a.csv").write_bytes(b"x" * 1_000_001)
    assert read_input(tmp_path / "a.csv", "a.csv", 1, log) is None
    shown = "a.csv: the file is 2 MB; at most 1 MB can be read (check that it is the right file)"
    assert [str(fault) for fault in log.faults] == [shown]


@pytest.mark.parametrize(("name", "limit"), [("teams.toml", 2), ("proposals.csv", 200)])
def test_toml_and_csv_have_their_limits(write: Write, name: str, limit: int) -> None:
    folder = write(GOOD)
    with (folder / name).open("wb") as file:
        file.truncate(limit * 1_000_000 + 1)
    assert [f"the file is {limit + 1} MB; at most {limit} MB" in s for s in faults_of(folder)] == [
        True
    ]


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("target", ["nowhere", "itself"])
def test_a_broken_link_is_a_fault_and_not_an_absent_file(
    write: Write, name: str, target: str
) -> None:
    folder = write(GOOD)
    lay(folder, name, lambda path: path.symlink_to(path if target == "itself" else "nowhere"))
    assert is_present(folder / name)
    hint = "put the file in its place, or remove the link"
    assert faults_of(folder) == [f"{name}: this is a link that leads to no file ({hint})"]


def test_a_broken_link_for_a_folder_of_marks_is_a_fault(
    write: Write, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    folder = write(GOOD)
    (folder / "marks").symlink_to("nowhere")
    read_marks(folder, scheme, edition, log)
    assert [str(fault) for fault in log.faults] == ["marks: this is a link that leads to no folder"]


@needs_pipes
@pytest.mark.parametrize("name", READ)
def test_a_pipe_is_a_fault_beside_the_other_faults(write: Write, name: str) -> None:
    folder = write(GOOD | {"proposals.xls": b"PK"})
    lay(folder, name, os.mkfifo)
    shown = faults_of(folder)
    assert f"{name}: {OTHER}" in shown
    assert any(fault.startswith("proposals.xls: ") for fault in shown)


@pytest.mark.parametrize("name", READ)
def test_a_folder_in_place_of_a_file_is_a_fault(write: Write, name: str) -> None:
    folder = write(GOOD)
    lay(folder, name, Path.mkdir)
    assert faults_of(folder) == [f"{name}: this is a folder; a file was expected"]


@pytest.mark.parametrize("name", ["proposals", "nominations"])
@pytest.mark.parametrize("suffix", ["xlsb", "xlsm", "xls"])
def test_a_workbook_of_proposals_or_nominations_is_refused_aloud(
    write: Write, name: str, suffix: str
) -> None:
    book = f"{name}.{suffix}"
    shown = faults_of(write(GOOD | {book: b"PK"}))
    assert len(shown) == 1
    assert shown[0].startswith(f"{book}: workbooks of the kind .{suffix} are not read")


@pytest.mark.parametrize("book", ["marks/E01.xls", "consensus/L1.xlsm"])
def test_a_workbook_of_marks_is_refused_aloud(
    write: Write, book: str, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    read_marks(write({book: b"PK"}), scheme, edition, log)
    assert [str(fault.where) for fault in log.faults] == [book]


@needs_pipes
def test_a_pipe_is_neither_read_nor_replaced_by_an_output(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ranking.csv")
    with pytest.raises(DiskFault, match="this is a pipe or a device"):
        write_outputs(tmp_path, {"ranking.csv": b"new"})
    assert (tmp_path / "ranking.csv").is_fifo()


@pytest.mark.parametrize("plugins", ["a\\u0000", " ", "x" * 201])
def test_a_plugin_folder_at_fault_is_dropped(write: Write, plugins: str) -> None:
    own = f'{GOOD["edition.toml"]}plugins = "{plugins}"\n'
    log = InputLog()
    edition = read_edition(write(GOOD | {"edition.toml": own}), log)
    assert edition.plugins is None
    assert [str(fault.where) for fault in log.faults] == ["edition.toml:3: plugins"]


def test_names_and_free_text_have_their_lengths(write: Write) -> None:
    long = {
        "edition.toml": f'{GOOD["edition.toml"]}title = "{"x" * 201}"\n',
        "entries.csv": f"id;name;class\nF01;{'x' * 201};Förskola\nF02;{'x' * 200};Förskola\n",
        "proposals.csv": f"entry;proposal;reason\nF02;award;{'x' * 30_001}\n",
        "teams.toml": f'[[teams]]\nid = "L1"\nname = "{"x" * 201}"\nexaminers = ["A", "B", "C"]\n',
    }
    shown = faults_of(write(long))
    assert sorted(shown) == [
        "edition.toml:3: title: the text is longer than 200 characters",
        "entries.csv:2: name: the text is longer than 200 characters (shorten it)",
        "proposals.csv:2: reason: the text is longer than 30000 characters (shorten it)",
        "teams.toml:3: teams[1].name: the text is longer than 200 characters (shorten it)",
    ]


@pytest.mark.parametrize(
    "field", ["employees_excluding_manager", "stockholm_share", "result_previous_year"]
)
def test_a_cell_of_16_digits_is_too_long_a_number(write: Write, field: str) -> None:
    entries = f"id;name;class;{field}\nF01;Ängen;Förskola;{'1' * 16}\n"
    hint = "write at most 15 digits before the decimal mark, and few after it"
    shown = f"entries.csv:2: {field}: the number is too long ({hint})"
    assert faults_of(write(GOOD | {"entries.csv": entries})) == [shown]


def test_a_share_just_over_the_limit_is_shown_exactly(write: Write) -> None:
    entries = "id;name;class;stockholm_share\nF01;Ängen;Förskola;100,0000001\n"
    shown = "stockholm_share: 100.0000001 is no percentage between 0 and 100"
    assert faults_of(write(GOOD | {"entries.csv": entries})) == [f"entries.csv:2: {shown}"]


@pytest.mark.parametrize("question", ["1" + " " * 20 + "!", "0" * 100_000, "1" + " " * 20 + "."])
def test_a_question_of_over_20_characters_is_unknown(
    write: Write, question: str, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    marks = f"entry,examiner,question,mark\nF01,E01,{question},5\n"
    read_marks(write({"marks/E01.csv": marks}), scheme, edition, log)
    assert [fault.code for fault in log.faults] == ["unknown-question"]


def test_a_predecessor_has_the_length_of_a_name(write: Write) -> None:
    entries = f"id;name;class;predecessors\nF01;Ängen;Förskola;{'x' * 201}=2020\n"
    shown = faults_of(write(GOOD | {"entries.csv": entries}))
    assert len(shown) == 1
    assert "is no predecessor" in shown[0]

"""What README.md shows works as shown."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from kvaljury.cli.app import COMMANDS

README = Path(__file__).resolve().parents[2] / "README.md"
TEXT = README.read_text(encoding="utf-8")


def shown_commands():
    """Give the commands of every console block, in order."""
    blocks = re.findall(r"```console\n(.*?)```", TEXT, flags=re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    return [line.removeprefix("$ kvaljury ").split() for line in lines if line.startswith("$ ")]


def test_every_console_line_is_a_command_of_kvaljury():
    assert len(shown_commands()) >= 8
    assert {command[0] for command in shown_commands()} <= COMMANDS.keys()


def test_the_commands_shown_work_in_the_order_shown(kvaljury, tmp_path, monkeypatch):
    if not (files("kvaljury_rubrics") / "demo").is_dir():
        pytest.skip("the fictitious year is not there yet")
    monkeypatch.chdir(tmp_path)
    for command in shown_commands():
        said = kvaljury(*command)
        assert said.code == 0, (command, said.err)
    assert (tmp_path / "demo" / "out" / "ranking.xlsx").is_file()


def test_every_command_stands_in_the_table_of_commands():
    table = TEXT.split("## Commands")[1].split("## ")[0]
    assert all(f"| `{name}" in table for name in COMMANDS)


def test_every_exit_code_is_explained():
    table = TEXT.split("## Exit codes")[1].split("## ")[0]
    assert re.findall(r"^\| (\d+) \|", table, flags=re.MULTILINE) == [*"01234567", "130"]


@pytest.mark.parametrize("target", re.findall(r"\]\((?!http)([^)]+)\)", TEXT))
def test_every_link_leads_somewhere(target):
    path = README.parent / target
    if not path.exists() and target.endswith("README.md"):
        pytest.skip(f"{target} is not there yet")
    assert path.exists()

"""kvaljury as a process of its own, with the streams that consoles give it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def process(*arguments, stdout=subprocess.PIPE, **environment):
    paths = os.pathsep.join(str(ROOT / part) for part in ("", "plugins", "rubrics"))
    outside = {k: v for k, v in os.environ.items() if not k.startswith("KVALJURY")}
    return subprocess.run(
        [sys.executable, "-m", "kvaljury", *map(str, arguments)],
        env={**outside, "PYTHONPATH": paths, **environment},
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
    )


def test_swedish_is_right_on_a_redirected_windows_console(linked_year):
    done = process("rank", linked_year, PYTHONIOENCODING="cp1252")
    assert done.returncode == 0
    text = done.stdout.decode("cp1252")
    assert text.startswith("Underlag – inget beslut")
    assert "Förskolan Åkervinda" in text
    assert "?" not in text


def test_help_is_right_on_a_redirected_windows_console():
    done = process("--help", PYTHONIOENCODING="cp1252")
    assert "Användning" in done.stdout.decode("cp1252")


def test_json_is_utf_8_whatever_the_console(linked_year):
    done = process("rank", linked_year, "--json", PYTHONIOENCODING="cp1252")
    assert done.stdout == (linked_year / "out" / "ranking.json").read_bytes()
    assert "Åkervinda" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp850"])
def test_a_name_outside_the_console_s_letters_does_not_stop_the_command(linked_year, encoding):
    entries = linked_year / "entries.csv"
    text = entries.read_text(encoding="utf-8")
    entries.write_text(text.replace("Åkervinda", "Łódź 漢字 ✓"), encoding="utf-8")
    done = process("rank", linked_year, PYTHONIOENCODING=encoding)
    assert done.returncode == 0
    assert done.stderr == b""


def test_errors_are_right_on_a_redirected_windows_console(tmp_path):
    done = process("rank", tmp_path / "finns-inte", PYTHONIOENCODING="cp1252")
    assert done.returncode == 2
    assert "Ogiltigt värde" in done.stderr.decode("cp1252")


def test_a_piped_table_has_no_colours(linked_year):
    assert b"\x1b" not in process("rank", linked_year, FORCE_COLOR="1").stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_at_the_other_end_is_told_once(linked_year):
    with Path("/dev/full").open("w") as full:
        done = process("rank", linked_year, stdout=full)
    assert done.returncode == 7
    assert "disken är full" in done.stderr.decode()
    assert b"Exception" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="pipes break differently on Windows")
def test_a_reader_that_leaves_is_no_news(linked_year):
    read, write = os.pipe()
    os.close(read)
    done = process("rank", linked_year, stdout=write)
    os.close(write)
    assert done.returncode == 7
    assert done.stderr == b""


def test_help_loads_nothing_heavy():
    code = (
        "import sys; from kvaljury.cli import run; run(['--help']);"
        "heavy = {'numpy', 'scipy', 'rich', 'pluggy', 'cattrs', 'xlsxwriter', 'filelock'};"
        "sys.exit(sorted(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.stderr == b""
    assert done.returncode == 0


def test_rank_never_loads_scipy(linked_year):
    code = (
        "import sys; sys.path[:0] = ['plugins', 'rubrics'];"
        f"from kvaljury.cli import run; run(['rank', {str(linked_year)!r}]);"
        "sys.exit('scipy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr

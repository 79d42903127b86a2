"""Streams that are closed, full or meddled with by plugins."""

import errno
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kvaljury.cli.boundary import exit_code_of, settle
from kvaljury.cli.fault_listing import LeftOut, listed
from kvaljury.cli.language import Language
from kvaljury.cli.output import Column, Output
from kvaljury.cli.streams import kept_streams, silence, standard_error, standard_output
from kvaljury.errors import DiskFault, InputFault, InputFaults, PluginFault, Source, Text
from tests.cli.small_year import write_year

ROOT = Path(__file__).resolve().parents[2]
SWEDISH = Language("sv")
PLUGIN = """
import statistics, sys
from kvaljury import Aggregation, hookimpl
{act}

@hookimpl
def kvaljury_aggregations():
    {act}
    yield Aggregation("loud", called)

def called(totals):
    {act}
    return statistics.median(totals)
"""
posix_only = pytest.mark.skipif(os.name == "nt", reason="a shell closes the streams")


def write_plugin(folder, act):
    folder.mkdir()
    (folder / "loud.py").write_text(PLUGIN.format(act=act), encoding="utf-8")
    return folder


def shell(redirection, *arguments):
    """Run kvaljury in a shell with streams as it redirects them."""
    paths = os.pathsep.join(str(ROOT / part) for part in ("", "plugins", "rubrics"))
    outside = {k: v for k, v in os.environ.items() if not k.startswith("KVALJURY")}
    return subprocess.run(
        ["sh", "-c", f'"$@" {redirection}', "sh", sys.executable, "-m", "kvaljury", *arguments],
        env={**outside, "PYTHONPATH": paths},
        capture_output=True,
        check=False,
    )


@posix_only
@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["plugins"]])
def test_a_closed_output_is_exit_7_without_a_traceback(arguments):
    done = shell(">&-", "--lang=en", *arguments)
    assert done.returncode == 7
    assert done.stderr.decode() == ("the output cannot be written: standard output is closed\n")


@posix_only
@pytest.mark.parametrize("redirection", ["2>&-", "2>/dev/full", "2>&- >&-"])
@pytest.mark.parametrize(
    ("arguments", "code"), [(["rank", "finns-inte"], 2), (["check", "."], 3), (["plugin"], 2)]
)
def test_lost_messages_change_no_exit_code(redirection, arguments, code, tmp_path):
    if arguments == ["check", "."]:
        (tmp_path / "edition.toml").write_text("year = ", encoding="utf-8")
        arguments = ["rank", str(tmp_path)]
    done = shell(redirection, *arguments)
    assert done.returncode == code
    assert done.stdout + done.stderr == b""


def test_without_any_stream_the_exit_code_still_tells(monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setattr(sys, "stdout", None)
    assert exit_code_of(PluginFault(Text("wrong", sv="fel")), SWEDISH) == 4
    assert settle(4, SWEDISH) == 4
    assert settle(0, SWEDISH) == 7


def test_a_stream_that_a_plugin_closed_is_exit_7(monkeypatch, capsys):
    class Shut(io.StringIO):
        def flush(self):
            raise ValueError("I/O operation on closed file")

    monkeypatch.setattr(sys, "stdout", Shut())
    assert settle(0, Language("en")) == 7
    assert "standard output is closed" in capsys.readouterr().err


def test_an_error_stream_that_cannot_be_emptied_changes_nothing(monkeypatch, capsys):
    class Full(io.StringIO):
        def flush(self):
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(sys, "stderr", Full())
    assert settle(0, SWEDISH) == 0
    assert capsys.readouterr().out == ""


def test_nothing_is_silenced_where_there_is_no_stream():
    assert silence(None) is None


def test_output_has_no_stream_where_it_is_closed(monkeypatch):
    stream = io.StringIO()
    stream.close()
    monkeypatch.setattr(sys, "stdout", stream)
    with pytest.raises(DiskFault):
        standard_output()


@pytest.mark.parametrize("has_descriptor", [True, False])
def test_streams_come_back_whatever_is_done_to_them(monkeypatch, has_descriptor, capfd):
    if not has_descriptor:
        monkeypatch.setattr(sys, "stderr", io.StringIO())
    out, err = sys.stdout, sys.stderr
    with kept_streams():
        sys.stdout.write("stray\n")
        sys.stdout.close()
        sys.stdout = sys.stderr = None
        assert (standard_output(), standard_error()) == (out, err)
    assert (sys.stdout, sys.stderr) == (out, err)
    assert not out.closed
    told = capfd.readouterr()
    assert (told.out, told.err) == ("", "stray\n" if has_descriptor else "")


@pytest.mark.parametrize(
    "act",
    ["print('stray')", "sys.stdout.write('stray')", "sys.stdout = None"],
)
def test_a_plugin_that_prints_spoils_no_document(kvaljury, tmp_path, act):
    year = write_year(tmp_path / "year", extra='[scoring]\naggregation = "loud"\n')
    plugins = write_plugin(tmp_path / "plugins", act)
    for command in ("plugins", "rank", "check", "eligibility"):
        told = kvaljury(command, year, "--json", "--plugins-dir", plugins)
        assert told.code == 0, told.err
        assert told.json["schema"].startswith("kvaljury.")
        assert ("stray" in told.err) is ("stray" in act)


def test_a_plugin_that_closes_its_output_closes_nothing_of_ours(kvaljury, linked_year, tmp_path):
    plugins = write_plugin(tmp_path / "plugins", "sys.stdout.close()")
    told = kvaljury("rank", linked_year, "--json", "--plugins-dir", plugins)
    assert told.code == 0, told.err
    assert told.json["schema"].startswith("kvaljury.")


@posix_only
def test_a_path_that_is_no_text_is_escaped(tmp_path):
    folder = os.fsencode(tmp_path) + b"/pl\xff"
    try:
        os.mkdir(folder)  # noqa: PTH102  # bytes
    except OSError:
        pytest.skip("this file system has no such names")
    plugin = Path(os.fsdecode(folder), "loud.py")
    plugin.write_text(PLUGIN.format(act="pass"), encoding="utf-8")
    done = shell("", "plugins", "--json", "--plugins-dir", folder)
    assert done.returncode == 0, done.stderr
    assert str(plugin) in {offer["origin"] for offer in json.loads(done.stdout)["plugins"]}
    assert shell("", "plugins", "--plugins-dir", folder).returncode == 0


def test_half_a_surrogate_pair_is_escaped_in_json(capfdbinary):
    Output(SWEDISH).json({"origin": "pl\udcffå"})
    out = capfdbinary.readouterr().out
    assert b"pl\\udcff\xc3\xa5" in out
    assert json.loads(out) == {"origin": "pl\udcffå"}


class Mute:
    """A value whose own words are at fault."""

    def __str__(self):
        raise RuntimeError("mute")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (PluginFault(Text("{n} of", sv="{n} av {total}", n=3)), "3 of"),
        (PluginFault(Text("{missing}", sv="{missing}", n=3)), "PluginFault"),
        (PluginFault(Text("{n}", sv="{n}", n=Mute())), "PluginFault"),
        (PluginFault("a string", where="no source"), "no source: a string"),
        (PluginFault(Text("a", sv="a"), hint=Text("{x}", sv="{x}", y=1)), "PluginFault"),
    ],
)
def test_an_error_that_cannot_be_put_in_words_keeps_its_exit_code(fault, words, capsys):
    assert exit_code_of(fault, SWEDISH) == 4
    assert words in capsys.readouterr().err


def test_what_has_no_faults_of_its_own_is_told_by_its_name(capsys):
    broken = InputFaults(Text("x", sv="x"), faults=(3,))
    assert exit_code_of(broken, SWEDISH) == 3
    assert capsys.readouterr().err == "3\n"


def many(count, file="marks/E01.csv", code="mark"):
    message = Text("wrong", sv="fel")
    return [InputFault(message, Source(file, line), code=code) for line in range(1, count + 1)]


def test_a_hundred_faults_of_a_kind_are_all_listed():
    faults = many(100)
    assert listed(faults) == faults


def test_of_more_faults_a_hundred_of_each_file_and_kind_are_listed():
    first, other, second = many(103), many(2, code="id"), many(101, "marks/E02.csv")
    assert listed([*first, *other, *second]) == [
        *first[:100],
        *other,
        LeftOut(Source("marks/E01.csv"), "mark", 3),
        *second[:100],
        LeftOut(Source("marks/E02.csv"), "mark", 1),
    ]


def test_masses_of_faults_end_with_how_many_more_there_are(capsys):
    assert exit_code_of(InputFaults.of(many(12_345)), SWEDISH) == 3
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 101
    assert lines[99] == "marks/E01.csv:100: fel"
    assert lines[100].startswith("marks/E01.csv: ")
    assert "12\u00a0245" in lines[100]


def test_check_counts_the_faults_that_it_leaves_out(kvaljury, linked_year):
    marks = linked_year / "marks" / "E01.csv"
    lines = marks.read_text(encoding="utf-8").splitlines()
    strange = [lines[1].replace(lines[1].split(";")[0], f"X{n}", 1) for n in range(150)]
    marks.write_text("\n".join([*lines, *strange]) + "\n", encoding="utf-8")
    told = kvaljury("check", linked_year, "--json")
    assert told.code == 3
    document = told.json
    left_out = sum(group["count"] for group in document["faults_left_out"])
    assert left_out >= 50
    assert document["fault_count"] == len(document["faults"]) + left_out
    assert "are not shown" in kvaljury("--lang=en", "check", linked_year).out


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


@pytest.mark.parametrize(("columns", "words"), [("79", 1), ("40", 1), ("100", 60)])
def test_a_terminal_without_room_has_no_grid(monkeypatch, columns, words):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("COLUMNS", columns)
    heads = [Column(f"Kolumn{n}") for n in range(min(words, 20) + 1)]
    Output(SWEDISH).table(heads, [["cell"] * len(heads)])
    plain = terminal.getvalue()
    assert "|" not in plain
    assert plain.count("cell") == len(heads)


@pytest.mark.parametrize("arguments", [[""], ["", "--demo"]])
def test_a_new_folder_needs_a_name(kvaljury, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    told = kvaljury("--lang=en", "init", *arguments)
    assert told.code == 2
    assert "the name of the folder is empty" in told.err
    assert list(tmp_path.iterdir()) == []

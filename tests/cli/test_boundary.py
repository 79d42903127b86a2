"""Errors to exit codes and plain words."""

import errno
import io
import sys

import click
import pytest

import kvaljury.cli.app
from kvaljury.cli import run
from kvaljury.cli.boundary import exit_code_of, settle
from kvaljury.cli.language import Language
from kvaljury.errors import (
    DiskFault,
    InputFault,
    InputFaults,
    KvaljuryError,
    PluginFault,
    RulesFault,
    Source,
    Text,
    UsageFault,
)

SWEDISH = Language("sv")
MESSAGE = Text("wrong", sv="fel")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageFault(MESSAGE), 2),
        (InputFault(MESSAGE), 3),
        (InputFaults.of([InputFault(MESSAGE)]), 3),
        (PluginFault(MESSAGE), 4),
        (RulesFault(MESSAGE), 5),
        (DiskFault(MESSAGE), 7),
        (KvaljuryError(MESSAGE), 1),
        (click.UsageError("x"), 2),
        (click.FileError("x"), 2),
        (click.exceptions.Exit(3), 3),
        (click.exceptions.Exit(0), 0),
        (click.Abort(), 130),
        (KeyboardInterrupt(), 130),
        (OSError(errno.EIO, "I/O error"), 7),
        (PermissionError(errno.EACCES, "denied", "out/ranking.xlsx"), 7),
        (FileNotFoundError(errno.ENOENT, "none", "x"), 7),
        (ZeroDivisionError(), 1),
        (RecursionError(), 1),
    ],
)
def test_every_error_has_its_exit_code_and_no_traceback(error, code, capsys):
    assert exit_code_of(error, SWEDISH) == code
    assert "Traceback" not in capsys.readouterr().err


def test_every_fault_has_a_line_with_its_address_and_a_hint_under_it(capsys):
    faults = InputFaults.of(
        [
            InputFault(MESSAGE, Source("teams.toml", 4), Text("do", sv="gör")),
            InputFault(MESSAGE, Source("entries.csv", 2, "class")),
        ]
    )
    exit_code_of(faults, SWEDISH)
    assert capsys.readouterr().err.splitlines() == [
        "entries.csv:2: class: fel",
        "teams.toml:4: fel",
        "    gör",
    ]


def test_a_fault_cannot_forge_another_line(capsys):
    exit_code_of(InputFault(Text("{x}", sv="{x}", x="a\nteams.toml:1: b")), SWEDISH)
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left"), "disken är full"),
        (PermissionError(errno.EACCES, "denied", "/a/ranking.xlsx"), "ranking.xlsx kunde inte"),
        (FileNotFoundError(errno.ENOENT, "none", "/a/x.csv"), "x.csv finns inte"),
        (OSError(errno.EIO, "I/O error"), "I/O error"),
        (OSError("odd"), "OSError"),
    ],
)
def test_the_disk_is_spoken_of_in_plain_words(error, words, capsys):
    exit_code_of(error, SWEDISH)
    assert words in capsys.readouterr().err


def test_a_broken_pipe_is_quiet(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert exit_code_of(BrokenPipeError(), SWEDISH) == 7
    assert capsys.readouterr().err == ""


def test_a_bug_shows_its_traceback_only_when_asked(monkeypatch, capsys):
    monkeypatch.setenv("KVALJURY_DEBUG", "1")
    exit_code_of(ZeroDivisionError("by zero"), SWEDISH)
    assert "ZeroDivisionError: by zero" in capsys.readouterr().err


class Full(io.StringIO):
    """A stream whose disk is full."""

    def flush(self):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_output_that_cannot_be_delivered_is_not_done(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdout", Full())
    assert settle(0, SWEDISH) == 7
    assert "full" in capsys.readouterr().err


def test_a_failed_command_keeps_its_code_when_the_output_fails_too(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdout", Full())
    assert settle(3, SWEDISH) == 3
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("error", "code"), [(ZeroDivisionError, 1), (KeyboardInterrupt, 130), (MemoryError, 1)]
)
def test_nothing_escapes_the_command_line(monkeypatch, error, code):
    def fails(_language):
        raise error

    monkeypatch.setattr(kvaljury.cli.app, "build_app", fails)
    assert run(["--help"]) == code

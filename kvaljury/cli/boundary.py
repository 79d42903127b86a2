"""Errors to exit codes: the one place that says what a failed command returns."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from kvaljury.cli.language import Language
from kvaljury.cli.output import Output, silence
from kvaljury.errors import InputFaults, KvaljuryError, Source, Text

if TYPE_CHECKING:
    from kvaljury.files import InputWarning

BUG = 1
USAGE = 2
DISK = 7
INTERRUPTED = 130


def exit_code_of(error: BaseException, language: Language) -> int:
    """Tell the user about an error and give the exit code that stands for it.

    Args:
        error: what a command raised.
        language: what the user reads.

    Returns:
        The exit code that README.md explains.
    """
    output = Output(language)
    match error:
        case click.exceptions.Exit():
            return error.exit_code
        case click.ClickException():
            error.show(sys.stderr)
            return USAGE
        case KvaljuryError():
            tell_fault(error, output)
            return error.exit_code
        case KeyboardInterrupt() | click.Abort():
            output.complaint(Text("Interrupted. Nothing more was written."))
            return INTERRUPTED
        case OSError():
            return _disk(error, output)
        case _:
            return _bug(error, output)


def tell_fault(error: KvaljuryError, output: Output) -> None:
    """Say what is at fault, where, and what to do about it, where errors go.

    Args:
        error: the fault, or all faults of the input.
        output: where and in which language.
    """
    faults = error.faults if isinstance(error, InputFaults) and error.faults else (error,)
    for fault in faults:
        output.complaint(addressed(fault.where, fault.message, output.language))
        if fault.hint:
            output.complaint(fault.hint, indent=4)


def addressed(where: Source | None, message: Text, language: Language) -> str:
    """Give a message with its address in front, as editors and people look it up."""
    said = language.render(message)
    return f"{where}: {said}" if where and where.file else said


def tell_warnings(warnings: Sequence[InputWarning], output: Output) -> None:
    """Say what people should look at, one warning a line, where errors go.

    Args:
        warnings: in the order of finding.
        output: where and in which language.
    """
    for warning in sorted(warnings, key=lambda warning: (warning.where, str(warning.message))):
        said = addressed(warning.where, warning.message, output.language)
        output.complaint(Text("{line} [{kind}]", line=said, kind=Text("warning")))
        if warning.hint:
            output.complaint(warning.hint, indent=4)


def _disk(error: OSError, output: Output) -> int:
    if isinstance(error, BrokenPipeError):
        silence(sys.stdout)
        return DISK
    name = PurePath(os.fsdecode(error.filename)).name if error.filename else ""
    output.complaint(_in_plain_words(error, name or output.language.render(Text("the output"))))
    return DISK


def _in_plain_words(error: OSError, name: str) -> Text:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Text("{name} could not be written: the disk is full.", name=name)
    if isinstance(error, PermissionError):
        return Text(
            "{name} could not be opened or written. Is it open in another program, such as Excel?"
            " Otherwise you lack permission to the folder.",
            name=name,
        )
    if isinstance(error, FileNotFoundError):
        return Text("{name} is not there.", name=name)
    return Text(
        "{name} could not be read or written: {reason}.",
        name=name,
        reason=error.strerror or type(error).__name__,
    )


def _bug(error: BaseException, output: Output) -> int:
    if os.environ.get("KVALJURY_DEBUG") == "1":
        import traceback

        traceback.print_exception(error, file=sys.stderr)
    output.complaint(
        Text(
            "Sorry, this is a bug in kvaljury ({kind}). Nothing is wrong with what you did."
            " Set KVALJURY_DEBUG=1 to see the details and report them.",
            kind=type(error).__name__,
        )
    )
    return BUG


def settle(code: int, language: Language) -> int:
    """Make sure that every word has left, since exit code 0 promises it.

    Args:
        code: the exit code so far.
        language: what the user reads.

    Returns:
        The code, or 7 where a finished command's output could not be delivered.
    """
    try:
        sys.stdout.flush()
    except OSError as error:
        silence(sys.stdout)
        return code or exit_code_of(error, language)
    return code

"""Errors to exit codes: the one place that says what a failed command returns."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, cast

import click

from kvaljury.cli.fault_listing import listed
from kvaljury.cli.language import Language
from kvaljury.cli.output import Output
from kvaljury.cli.streams import CLOSED, silence, standard_output
from kvaljury.errors import DiskFault, InputFaults, KvaljuryError, Source, Text

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
    try:
        _tell(error, output)
    except BaseException:  # no error may be lost in the telling of it
        output.complaint(_bare(error))
    return _code_of(error)


def _code_of(error: BaseException) -> int:
    match error:
        case click.exceptions.Exit():
            return error.exit_code
        case click.ClickException():
            return USAGE
        case KvaljuryError():
            return error.exit_code
        case KeyboardInterrupt() | click.Abort():
            return INTERRUPTED
        case OSError():
            return DISK
        case _:
            return BUG


def _tell(error: BaseException, output: Output) -> None:
    match error:
        case click.exceptions.Exit():
            pass
        case click.ClickException():
            _tell_click(error, output)
        case KvaljuryError():
            tell_fault(error, output)
        case KeyboardInterrupt() | click.Abort():
            output.complaint(Text("Interrupted. Nothing more was written."))
        case OSError():
            _tell_disk(error, output)
        case _:
            _tell_bug(error, output)


def _tell_click(error: click.ClickException, output: Output) -> None:
    # Left to itself, click writes to standard output where there is no other stream.
    said = io.StringIO()
    error.show(said)
    for line in said.getvalue().splitlines():
        output.complaint(line)


def _bare(error: BaseException) -> str:
    try:
        return str(error) or type(error).__name__
    except BaseException:  # its own words are what is at fault
        return type(error).__name__


def tell_fault(error: KvaljuryError, output: Output) -> None:
    """Say what is at fault, where, and what to do about it, where errors go.

    Args:
        error: the fault, or all faults of the input.
        output: where and in which language.
    """
    faults = error.faults if isinstance(error, InputFaults) and error.faults else (error,)
    for fault in listed(faults):
        try:
            said = addressed(fault.where, fault.message, output.language)
            hint = output.language.render(fault.hint) if fault.hint else ""
        except Exception:  # a plugin's words; the other faults are told still
            said, hint = _bare(cast("KvaljuryError", fault)), ""
        output.complaint(said)
        if hint:
            output.complaint(hint, indent=4)


def addressed(where: Source | None, message: Text, language: Language) -> str:
    """Give a message with its address in front, as editors and people look it up."""
    said = language.render(message)
    return f"{language.render(where.said())}: {said}" if where and where.file else said


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


def _tell_disk(error: OSError, output: Output) -> None:
    if isinstance(error, BrokenPipeError):
        silence(sys.stdout)
        return
    name = PurePath(os.fsdecode(error.filename)).name if error.filename else ""
    output.complaint(_in_plain_words(error, name or output.language.render(Text("the output"))))


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


def _tell_bug(error: BaseException, output: Output) -> None:
    if os.environ.get("KVALJURY_DEBUG") == "1":
        import traceback

        output.verbatim_complaint("".join(traceback.format_exception(error)))
    output.complaint(
        Text(
            "Sorry, this is a bug in kvaljury ({kind}). Nothing is wrong with what you did."
            " Set KVALJURY_DEBUG=1 to see the details and report them.",
            kind=type(error).__name__,
        )
    )


def settle(code: int, language: Language) -> int:
    """Make sure that every word has left, since exit code 0 promises it.

    Args:
        code: the exit code so far.
        language: what the user reads.

    Returns:
        The code, or 7 where a finished command's output could not be delivered.
    """
    try:
        standard_output().flush()
    except (OSError, ValueError, DiskFault) as error:
        silence(sys.stdout)
        code = code or _undelivered(error, language)
    try:
        if sys.stderr:
            sys.stderr.flush()
    except (OSError, ValueError):
        silence(sys.stderr)
    return code


def _undelivered(error: Exception, language: Language) -> int:
    return exit_code_of(DiskFault(CLOSED) if isinstance(error, ValueError) else error, language)

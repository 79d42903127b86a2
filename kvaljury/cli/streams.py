"""The standard streams as they were at the start, whatever plugins do to them since."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from contextvars import ContextVar
from typing import TextIO

import attrs

from kvaljury.errors import DiskFault, Text

CLOSED = Text("the output cannot be written: standard output is closed")


@attrs.frozen
class _Streams:
    out: TextIO | None
    err: TextIO | None


_KEPT: ContextVar[_Streams | None] = ContextVar("kept", default=None)


@contextmanager
def kept_streams() -> Iterator[None]:
    """Keep the streams for kvaljury's own words; what others print goes where errors go.

    What others close or put in the place of a stream is theirs alone, and gone afterwards.
    """
    kept = _Streams(sys.stdout, sys.stderr)
    token = _KEPT.set(kept)
    aside = _aside(kept.err)
    try:
        with redirect_stderr(kept.err), redirect_stdout(aside):
            yield
    finally:
        _KEPT.reset(token)
        with suppress(OSError, ValueError):
            aside.close()


def _aside(err: TextIO | None) -> TextIO:
    """Open the error stream once more, so that closing it closes nothing of ours."""
    try:
        descriptor = os.dup(err.fileno()) if err else os.open(os.devnull, os.O_WRONLY)
    except (OSError, ValueError):
        descriptor = os.open(os.devnull, os.O_WRONLY)
    encoding = getattr(err, "encoding", None) or "utf-8"
    return open(  # noqa: PTH123  # the caller closes it
        descriptor, "w", encoding=encoding, errors="backslashreplace", buffering=1
    )


def standard_output() -> TextIO:
    """Give the stream for what was asked for.

    Raises:
        DiskFault: if it is closed, or never was open.
    """
    kept = _KEPT.get()
    stream: TextIO | None = kept.out if kept else sys.stdout
    if stream is None or stream.closed:
        raise DiskFault(CLOSED)
    return stream


def standard_error() -> TextIO | None:
    """Give the stream for errors and warnings, or None where there is none."""
    kept = _KEPT.get()
    return kept.err if kept else sys.stderr


def silence(stream: TextIO | None) -> None:
    """Point a broken stream at nothing, so that Python's own flush at exit says nothing more."""
    if stream is None:
        return
    try:
        descriptor = stream.fileno()
    except (OSError, ValueError):
        return
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, descriptor)
    os.close(nothing)

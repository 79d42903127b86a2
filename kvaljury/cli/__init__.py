"""The command line: arguments to commands, and whatever happens to an exit code."""

from __future__ import annotations

import os
from collections.abc import Sequence

__all__ = ["run"]


def run(argv: Sequence[str]) -> int:
    """Carry out one command.

    Args:
        argv: the arguments, without the program's name.

    Returns:
        The exit code: 0 done, 1 a bug, 2 usage, 3 input, 4 plugin, 5 rules, 6 verification,
        7 disk, 130 interrupted.
    """
    from kvaljury.cli.app import build_app
    from kvaljury.cli.boundary import exit_code_of, settle
    from kvaljury.cli.language import language_of
    from kvaljury.cli.output import prepare_streams

    # One thread: the matrices are small, and threads change the last bits of what they give.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    prepare_streams()
    language = language_of(argv, os.environ)
    with language.spoken_by_click():
        try:
            app = build_app(language)
            with app.make_context("kvaljury", list(argv)) as context:
                app.invoke(context)
            code = 0
        except BaseException as error:  # the one place where errors end
            code = exit_code_of(error, language)
    return settle(code, language)

"""Long work to a bar where errors go, on a terminal only and only after a second."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kvaljury.cli.language import Language
from kvaljury.cli.streams import standard_error
from kvaljury.errors import Text

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE = 1.0
Tell = Callable[[int, int], None]


@contextmanager
def progress_bar(what: Text, language: Language, patience: float = PATIENCE) -> Iterator[Tell]:
    """Show how far work has come, where somebody is watching and it takes long enough.

    Args:
        what: is being done.
        language: to say it in.
        patience: seconds before a bar is shown.

    Yields:
        A function to be told the number of steps done and of all steps.
    """
    begun = time.monotonic()
    shown: list[Progress] = []
    stream = standard_error()
    is_watched = stream is not None and stream.isatty()

    def tell(done: int, total: int) -> None:
        if not is_watched or time.monotonic() - begun < patience:
            return
        if not shown:
            shown.append(_start(language.render(what)))
        task = shown[0].tasks[0].id
        shown[0].update(task, completed=done, total=total)

    try:
        yield tell
    finally:
        for bar in shown:
            bar.stop()


def _start(what: str) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    console = Console(file=standard_error(), markup=False, emoji=False, highlight=False)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn())
    bar = Progress(*columns, console=console, transient=True)
    bar.add_task(what)
    bar.start()
    return bar

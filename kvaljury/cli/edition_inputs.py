"""An edition folder to values and the functions they name: what most commands start from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import attrs

from kvaljury.core.model import Edition, Marks, Scheme, Toolkit
from kvaljury.errors import PluginFault
from kvaljury.files import InputLog, read_edition, read_marks
from kvaljury.registry import Registry, load_plugins


@attrs.frozen
class EditionInputs:
    """An edition with the plugins it names.

    Attributes:
        folder: the edition folder.
        log: what reading it found; later readers add to it.
    """

    folder: Path
    edition: Edition
    registry: Registry
    toolkit: Toolkit
    log: InputLog

    def marks(self) -> Marks:
        """Read the marks; faults go to the log."""
        rubrics = self.toolkit.rubrics
        leaves = self.edition.rules.leaves()
        scheme = Scheme({leaf.id: rubrics[leaf.rubric] for leaf in leaves})
        return read_marks(self.folder, scheme, self.edition, self.log)


def read_inputs(
    folder: Path, plugin_folders: Sequence[Path], log: InputLog | None = None
) -> EditionInputs:
    """Read an edition and find the plugins it names.

    Args:
        folder: the edition folder.
        plugin_folders: folders of one-file plugins besides the edition's own.
        log: where faults are collected.

    Returns:
        The best that could be read; the caller raises the log's faults.

    Raises:
        InputFaults: if the edition cannot be read at all.
        PluginFault: if a plugin is at fault or missing, and no fault of the input explains it.
    """
    log = InputLog() if log is None else log
    edition = read_edition(folder, log)
    own = [folder / edition.plugins] if edition.plugins else []
    try:
        registry = load_plugins([*own, *plugin_folders])
        toolkit = registry.resolve(edition.rules)
    except PluginFault:
        log.raise_faults()
        raise
    return EditionInputs(folder, edition, registry, toolkit, log)

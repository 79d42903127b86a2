"""An edition folder to values and the functions they name: what most commands start from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from kvaljury.cli.plugin_names import at_the_line
from kvaljury.core.model import Edition, EligibilityRule, Marks, PluginUse, Scheme, Toolkit
from kvaljury.errors import PluginFault
from kvaljury.files import InputLog, read_edition, read_edition_entries, read_marks
from kvaljury.files.input_files import is_present
from kvaljury.registry import Offer, Registry, load_plugins

if TYPE_CHECKING:
    from kvaljury.cli.jury_files import JuryFiles


@attrs.frozen
class EditionInputs:
    """An edition with the plugins it names.

    Attributes:
        folder: the edition folder.
        log: what reading it found; later readers add to it.
        jury_files: the jury and who leads what, where organisation.toml is there; else None.
    """

    folder: Path
    edition: Edition
    registry: Registry
    toolkit: Toolkit
    log: InputLog
    jury_files: JuryFiles | None = None

    def marks(self) -> Marks:
        """Read the marks; faults go to the log."""
        rubrics = self.toolkit.rubrics
        leaves = self.edition.rules.leaves()
        scheme = Scheme({leaf.id: rubrics[leaf.rubric] for leaf in leaves})
        return read_marks(self.folder, scheme, self.edition, self.log)


@attrs.frozen
class FoundPlugins:
    """An edition and all that plugins offer, before any name is looked up.

    Attributes:
        folder: the edition folder.
        log: what reading it found.
    """

    folder: Path
    edition: Edition
    registry: Registry
    log: InputLog

    def resolve(self) -> EditionInputs:
        """Look up what the edition names; the files of plugins in use count as inputs.

        Raises:
            PluginFault: if nobody offers one of the names.
        """
        with at_the_line(self.folder, self.edition.rules, self.registry):
            toolkit = self.registry.resolve(self.edition.rules)
        note_hashes(self.registry, toolkit.plugins, self.folder, self.log)
        inputs = EditionInputs(self.folder, self.edition, self.registry, toolkit, self.log)
        if not is_present(self.folder / "organisation.toml"):
            return inputs
        from kvaljury.cli.jury_files import derive_jav  # most editions have none
        from kvaljury.files.proposals import without_jav

        inputs = derive_jav(inputs)
        edition = inputs.edition
        # Proposals were read before the jäv was known that follows from who leads what.
        proposals = without_jav(edition.proposals, edition.examiners, self.log)
        return attrs.evolve(inputs, edition=attrs.evolve(edition, proposals=proposals))


def find_plugins(folder: Path, plugin_folders: Sequence[Path], log: InputLog) -> FoundPlugins:
    """Read an edition and load the plugins that are there.

    Args:
        folder: the edition folder.
        plugin_folders: folders of one-file plugins besides the edition's own.
        log: where faults are collected.

    Raises:
        InputFaults: if the edition cannot be read at all.
        PluginFault: if a plugin is at fault.
    """
    edition = read_edition(folder, log)
    return FoundPlugins(folder, edition, _load(folder, edition, plugin_folders), log)


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
    try:
        return find_plugins(folder, plugin_folders, log).resolve()
    except PluginFault:
        log.raise_faults()
        raise


def read_rules_and_entries(
    folder: Path, plugin_folders: Sequence[Path], log: InputLog
) -> tuple[Edition, Mapping[str, EligibilityRule], tuple[PluginUse, ...]]:
    """Read what eligibility rests on: edition.toml, the entries and the rules' plugins.

    Args:
        folder: the edition folder; the state of its other files does not matter.
        plugin_folders: as for `read_inputs`.
        log: where faults are collected.

    Returns:
        The edition without teams, its eligibility rules by plugin name, and where all that is
        offered comes from.

    Raises:
        InputFaults: as for `read_inputs`.
        PluginFault: as for `read_inputs`, of eligibility rules alone.
    """
    edition = read_edition_entries(folder, log)
    try:
        registry = _load(folder, edition, plugin_folders)
        with at_the_line(folder, edition.rules, registry):
            rules = registry.resolve_rules(edition.rules)
        return edition, rules, tuple(offer.use for offer in registry.offers)
    except PluginFault:
        log.raise_faults()
        raise


def _load(folder: Path, edition: Edition, plugin_folders: Sequence[Path]) -> Registry:
    own = [folder / edition.plugins] if edition.plugins else []
    return load_plugins([*own, *plugin_folders])


def note_hashes(
    registry: Registry, plugins: Sequence[PluginUse], folder: Path, log: InputLog
) -> None:
    """Count the files of plugins in use among the inputs."""
    inside = folder.resolve()
    used: list[Offer] = [offer for offer in registry.offers if offer.use in plugins]
    for offer in used:
        if not offer.sha256:
            continue
        path = Path(offer.origin)
        file = path.relative_to(inside).as_posix() if path.is_relative_to(inside) else path.name
        if log.hashes.setdefault(file, offer.sha256) != offer.sha256:
            log.hashes[f"{file} ({offer.version})"] = offer.sha256

"""The plugins that an edition names, each with the line of edition.toml that names it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs

from kvaljury.core.model import JuryRules, RuleSet
from kvaljury.errors import PluginFault, Source
from kvaljury.files import InputLog
from kvaljury.files.toml_documents import TomlDocument, read_toml
from kvaljury.registry import Registry

FILE = "edition.toml"
KeyPath = tuple[str, ...]


@attrs.frozen
class NamedPlugin:
    """A name that an edition or its rule set gives.

    Attributes:
        hook: the hook under which it is looked up.
        name: what is named.
        paths: keys of edition.toml that may name it, the one that decides first; where none is
            there, the rule set names it.
    """

    hook: str
    name: str
    paths: tuple[KeyPath, ...] = ()


def named_plugins(rules: RuleSet) -> Iterator[NamedPlugin]:
    """Give every plugin that an edition names, in the order of its rules.

    Args:
        rules: the rule set with the edition's overrides applied.
    """
    for area in rules.areas:
        for leaf in area.leaves():
            levels: tuple[KeyPath, ...] = (("leaves", leaf.id), ("areas", area.id), ("default",))
            paths = tuple(("rubrics", *level) for level in levels)
            yield NamedPlugin("kvaljury_rubrics", leaf.rubric, paths)
    for use in rules.eligibility:
        yield NamedPlugin("kvaljury_eligibility_rules", use.rule)
    settings = rules.settings
    for hook, name, path in (
        ("kvaljury_aggregations", settings.scoring.aggregation, ("scoring", "aggregation")),
        ("kvaljury_normalisations", settings.calibration.method, ("calibration", "method")),
        ("kvaljury_shortlist_rules", settings.shortlist.rule, ("shortlist", "rule")),
    ):
        yield NamedPlugin(hook, name, (path,))
    for name in settings.dossier.sections:
        yield NamedPlugin("kvaljury_dossier_sections", name, (("dossier", "sections"),))


@contextmanager
def at_the_line(folder: Path, rules: RuleSet, registry: Registry) -> Iterator[None]:
    """Give the fault that a plugin is missing the line of edition.toml that names it.

    Args:
        folder: the edition folder.
        rules: the rule set with the edition's overrides applied.
        registry: what was found.

    Raises:
        PluginFault: the one that was raised within; of several names, the first has its line.
    """
    try:
        yield
    except PluginFault as fault:
        missing = [n for n in named_plugins(rules) if (n.hook, n.name) not in registry.values]
        if fault.where is None and missing:
            fault.where = _where(folder, missing[0])
        raise


@contextmanager
def at_the_jury_line(folder: Path, rules: JuryRules, registry: Registry) -> Iterator[None]:
    """Give the fault that a plugin of the jury is missing the line that names it.

    Args:
        folder: the edition folder; jury.toml goes before edition.toml.
        rules: the jury's.
        registry: what was found.

    Raises:
        PluginFault: the one that was raised within; of several names, the first has its line.
    """
    try:
        yield
    except PluginFault as fault:
        named = [("kvaljury_jav_rules", name, "jav_rules") for name in rules.jav_rules]
        named.append(("kvaljury_voting_methods", rules.method, "method"))
        keys = [key for hook, name, key in named if (hook, name) not in registry.values]
        if fault.where is None and keys:
            fault.where = _jury_line(folder, keys[0])
        raise


def _jury_line(folder: Path, key: str) -> Source:
    for file, table in (("jury.toml", "rules"), (FILE, "jury")):
        document = read_toml(folder / file, file, InputLog()) if (folder / file).exists() else None
        if document and _stands(document, (table, key)):
            return document.source(table, key)
    return Source(FILE)


def _where(folder: Path, named: NamedPlugin) -> Source:
    document = read_toml(folder / FILE, FILE, InputLog())
    if document is None:
        return Source(FILE)
    path = next((path for path in named.paths if _stands(document, path)), ("rules",))
    return document.source(*path)


def _stands(document: TomlDocument, path: KeyPath) -> bool:
    value: object = document.data
    for key in path:
        if not isinstance(value, dict) or key not in value:
            return False
        value = value[key]
    return True

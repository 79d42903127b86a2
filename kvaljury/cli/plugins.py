"""``kvaljury plugins``: what was found, from where, which version, and what is in use."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kvaljury.cli.language import Language
from kvaljury.cli.options import command, edition_argument, json_option, plugins_option
from kvaljury.errors import PluginFault, Text

if TYPE_CHECKING:
    from kvaljury.cli.edition_inputs import EditionInputs
    from kvaljury.cli.output import Output
    from kvaljury.files import InputLog
    from kvaljury.registry import Offer, Registry

Names = Collection[tuple[str, str]]
SCHEMA = "kvaljury.plugins/1"


def build(language: Language) -> click.Command:
    """Make the command in a language."""

    def callback(folder: Path, plugin_folders: Sequence[Path], as_json: bool) -> None:
        plugins(language, folder, plugin_folders, as_json)

    return command(
        language,
        "plugins",
        Text(
            "List every plugin that was found, from where and which version, and what the"
            " edition uses. What is found takes effect only where an edition names it."
        ),
        callback,
        [edition_argument(language), plugins_option(language), json_option(language)],
    )


def plugins(
    language: Language, folder: Path, plugin_folders: Sequence[Path], as_json: bool
) -> None:
    """Show what the plugins offer.

    Args:
        language: of what is shown.
        folder: an edition folder, or any other folder where no edition is meant.
        plugin_folders: folders of one-file plugins.
        as_json: print one JSON document instead of a table.

    Raises:
        KvaljuryError: if the edition or a plugin is at fault; what was found is shown first, unless
            the edition cannot be read or a plugin cannot be loaded.
    """
    from kvaljury.cli.output import Output

    registry, named, log, fault = _find(folder, plugin_folders)
    output = Output(language)
    if as_json:
        output.json(plugins_json(registry.offers, named))
    else:
        _show(registry.offers, named, output)
    log.raise_faults()
    if fault:
        raise fault


def _find(
    folder: Path, plugin_folders: Sequence[Path]
) -> tuple[Registry, Names | None, InputLog, PluginFault | None]:
    """Give what is there, what the edition names, and what stands in the way of its use."""
    from kvaljury.files import InputLog
    from kvaljury.registry import load_plugins

    log = InputLog()
    if not (folder / "edition.toml").exists():
        return load_plugins(plugin_folders), None, log, None
    from kvaljury.cli.edition_inputs import find_plugins
    from kvaljury.cli.plugin_names import named_plugins

    found = find_plugins(folder, plugin_folders, log)
    names = {(named.hook, named.name) for named in named_plugins(found.edition.rules)}
    try:
        inputs = found.resolve()
    except PluginFault as fault:
        return found.registry, names, log, fault
    return found.registry, names | _named_by_jury(inputs), log, None


def _named_by_jury(inputs: EditionInputs) -> set[tuple[str, str]]:
    """Give what jury.toml names besides the edition."""
    from kvaljury.cli.jury_files import jury_files_of

    rules = jury_files_of(inputs).rules
    jav = {("kvaljury_jav_rules", name) for name in rules.jav_rules}
    return {("kvaljury_voting_methods", rules.method), *jav}


def plugins_json(offers: Sequence[Offer], named: Names | None) -> dict[str, Any]:
    """Give what was found as JSON, schema ``kvaljury.plugins/1``.

    Args:
        offers: sorted by hook and name.
        named: hook and name of what the edition uses, or None where there is no edition.

    Returns:
        One record an offer; ``in_use`` is null where there is no edition.
    """
    return {
        "schema": SCHEMA,
        "plugins": [
            {
                "hook": offer.hook,
                "name": offer.name,
                "provider": offer.provider,
                "version": offer.version,
                "origin": offer.origin,
                "in_use": None if named is None else (offer.hook, offer.name) in named,
            }
            for offer in offers
        ],
    }


def _show(offers: Sequence[Offer], named: Names | None, output: Output) -> None:
    from kvaljury.cli.output import Column

    titles = (Text("Hook"), Text("Name"), Text("From"), Text("Version"), Text("In use"))
    columns = [*(Column(title) for title in titles), Column(Text("Origin"))]
    rows = [
        [
            offer.hook,
            offer.name,
            offer.provider,
            offer.version,
            _in_use(offer, named, output.language),
            offer.origin,
        ]
        for offer in offers
    ]
    output.table(columns, rows)


def _in_use(offer: Offer, named: Names | None, language: Language) -> str:
    if named is None:
        return ""
    return language.render(Text("yes") if (offer.hook, offer.name) in named else Text("no"))

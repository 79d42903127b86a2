"""``kvaljury plugins``: what was found, from where, which version, and what is in use."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kvaljury.cli.language import Language
from kvaljury.cli.options import command, edition_argument, json_option, plugins_option
from kvaljury.errors import Text

if TYPE_CHECKING:
    from kvaljury.cli.output import Output
    from kvaljury.core.model import PluginUse
    from kvaljury.registry import Offer

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
        KvaljuryError: if the edition or a plugin is at fault.
    """
    from kvaljury.cli.output import Output
    from kvaljury.files.ranking_documents import json_bytes

    offers, used = _offers(folder, plugin_folders)
    output = Output(language)
    if as_json:
        output.document(json_bytes(plugins_json(offers, used)))
    else:
        _show(offers, used, output)


def _offers(
    folder: Path, plugin_folders: Sequence[Path]
) -> tuple[Sequence[Offer], Collection[PluginUse] | None]:
    if not (folder / "edition.toml").exists():
        from kvaljury.registry import load_plugins

        return load_plugins(plugin_folders).offers, None
    from kvaljury.cli.edition_inputs import read_inputs

    inputs = read_inputs(folder, plugin_folders)
    inputs.log.raise_faults()
    return inputs.registry.offers, inputs.toolkit.plugins


def plugins_json(offers: Sequence[Offer], used: Collection[PluginUse] | None) -> dict[str, Any]:
    """Give what was found as JSON, schema ``kvaljury.plugins/1``.

    Args:
        offers: sorted by hook and name.
        used: what the edition uses, or None where there is no edition.

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
                "in_use": None if used is None else offer.use in used,
            }
            for offer in offers
        ],
    }


def _show(offers: Sequence[Offer], used: Collection[PluginUse] | None, output: Output) -> None:
    from kvaljury.cli.output import Column

    titles = (Text("Hook"), Text("Name"), Text("From"), Text("Version"), Text("In use"))
    columns = [*(Column(title) for title in titles), Column(Text("Origin"))]
    rows = [
        [
            offer.hook,
            offer.name,
            offer.provider,
            offer.version,
            _in_use(offer, used, output.language),
            offer.origin,
        ]
        for offer in offers
    ]
    output.table(columns, rows)


def _in_use(offer: Offer, used: Collection[PluginUse] | None, language: Language) -> str:
    if used is None:
        return ""
    return language.render(Text("yes") if offer.use in used else Text("no"))

"""The arguments and options that commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from kvaljury.cli.language import LANGUAGES, Language
from kvaljury.cli.streams import kept_streams
from kvaljury.errors import Text


def language_option(language: Language) -> click.Option:
    """Make ``--lang``; its value has already been seen, and is checked here."""
    return click.Option(
        ["--lang"],
        type=click.Choice(LANGUAGES, case_sensitive=False),
        envvar="KVALJURY_LANG",
        expose_value=False,
        is_eager=True,
        help=language.render(Text("Language: Swedish or English.")),
    )


def json_option(language: Language) -> click.Option:
    """Make ``--json``."""
    return click.Option(
        ["--json", "as_json"],
        is_flag=True,
        help=language.render(Text("Print one JSON document instead of tables.")),
    )


def sensitivity_option(language: Language) -> click.Option:
    """Make ``--sensitivity``."""
    return click.Option(
        ["--sensitivity"],
        is_flag=True,
        help=language.render(
            Text(
                "Also tell how firmly the lists stand: without one examiner or area, with raw"
                " scores, other weights, and the smallest change that alters them."
            )
        ),
    )


def plugins_option(language: Language) -> click.Option:
    """Make ``--plugins-dir``, which may be given several times."""
    return click.Option(
        ["--plugins-dir", "plugin_folders"],
        multiple=True,
        type=_folder(),
        metavar=language.render(Text("FOLDER")),
        help=language.render(
            Text("Folder of one-file plugins, besides the edition's own. May be repeated.")
        ),
    )


def edition_argument(language: Language) -> click.Argument:
    """Make the edition folder argument; the working folder where it is left out."""
    return click.Argument(
        ["folder"],
        required=False,
        default=".",
        type=_folder(),
        metavar=language.render(Text("[EDITION_FOLDER]")),
    )


def _folder() -> click.Path:
    return click.Path(exists=True, file_okay=False, path_type=Path)


def command(
    language: Language,
    name: str,
    explanation: Text,
    callback: Callable[..., Any],
    params: list[click.Parameter],
) -> click.Command:
    """Make a command with the options that all have.

    Args:
        language: what its help is written in.
        name: what users type.
        explanation: the paragraph of its help.
        callback: what carries it out; takes the parameters by name.
        params: its own arguments and options.

    Returns:
        The command, with ``--lang`` added; while it runs, what plugins print goes where errors go.
    """

    def carry_out(**values: Any) -> None:
        with kept_streams():
            callback(**values)

    return click.Command(
        name,
        params=[*params, language_option(language)],
        callback=carry_out,
        help=language.render(explanation),
        options_metavar=language.render(Text("[OPTIONS]")),
    )

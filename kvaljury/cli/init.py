"""``kvaljury init``: a new edition folder, empty or with a complete fictitious year."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from kvaljury.cli.language import Language
from kvaljury.cli.options import command
from kvaljury.errors import Text, UsageFault

DEFAULT_RULES = "stockholm-2025"
DEMO_RULES = "stockholm-2025"


def build(language: Language) -> click.Command:
    """Make the command in a language."""

    def callback(folder: str, rules: str | None, demo: bool) -> None:
        # A Path of an empty name is the working folder, which nobody asked for.
        if not folder:
            raise UsageFault(Text("the name of the folder is empty"))
        init(language, Path(folder), rules, demo)

    return command(
        language,
        "init",
        Text(
            "Make a new edition folder with commented files to fill in, or with --demo a"
            " complete fictitious year to try kvaljury on."
        ),
        callback,
        [
            click.Argument(
                ["folder"],
                type=click.Path(path_type=str),
                metavar=language.render(Text("FOLDER")),
            ),
            click.Option(
                ["--rules"],
                metavar=language.render(Text("NAME")),
                help=language.render(
                    Text("Rule set of the edition; {name} if left out.", name=DEFAULT_RULES)
                ),
            ),
            click.Option(
                ["--demo"],
                is_flag=True,
                help=language.render(Text("Fill the folder with a complete fictitious year.")),
            ),
        ],
    )


def init(language: Language, folder: Path, rules: str | None, demo: bool) -> None:
    """Make an edition folder; nothing that stands there is touched.

    Args:
        language: of the comments and the report.
        folder: what to make; it must not exist or be empty.
        rules: name of a shipped rule set, or None for the latest.
        demo: fill it with the fictitious year.

    Raises:
        UsageFault: if the folder holds anything, or no such rule set is shipped.
        DiskFault: if it cannot be written.
    """
    from kvaljury.cli.output import Output
    from kvaljury.files.writing import create_folder

    if demo and rules not in {None, DEMO_RULES}:
        raise UsageFault(
            Text("the fictitious year follows {rules}", rules=DEMO_RULES),
            hint=Text("leave out --rules or --demo"),
        )
    contents = _demo() if demo else _template(rules or DEFAULT_RULES, language)
    create_folder(folder, contents)
    output = Output(language)
    output.line(Text("{folder} is ready, with {n} files.", folder=str(folder), n=len(contents)))
    following = "rank" if demo else "check"
    output.line(Text("Next: kvaljury {command} {folder}", command=following, folder=str(folder)))


def _template(rules: str, language: Language) -> dict[str, bytes]:
    from kvaljury.cli.edition_template import edition_template
    from kvaljury.cli.shipped import shipped_rule_set

    return edition_template(shipped_rule_set(rules), language)


def _demo() -> dict[str, bytes]:
    from importlib.resources import files

    from kvaljury.errors import DiskFault

    root = files("kvaljury_rubrics") / "demo"
    contents = dict(_read_tree(root, "")) if root.is_dir() else {}
    if not contents:
        raise DiskFault(
            Text("the fictitious year is missing from this installation"),
            hint=Text("install kvaljury anew"),
        )
    return contents


def _read_tree(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from _read_tree(item, f"{prefix}{item.name}/")
        elif not item.name.endswith((".py", ".pyc")):
            yield f"{prefix}{item.name}", item.read_bytes()

"""The command group: which commands there are, each loaded when it is called."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

import attrs
import click

from kvaljury.cli.language import Language
from kvaljury.cli.options import language_option
from kvaljury.errors import Text, UsageFault


@attrs.frozen
class Listed:
    """A command as the list of commands shows it.

    Attributes:
        module: module of ``kvaljury.cli`` whose ``build`` makes it.
        summary: what it does, in a few words.
    """

    module: str
    summary: Text


COMMANDS = {
    "init": Listed("init", Text("make a new edition folder, or one with a fictitious year")),
    "check": Listed("check", Text("read everything and list every fault and warning")),
    "intake": Listed("intake", Text("check the form of each bid and write a report about it")),
    "eligibility": Listed("eligibility", Text("hold every entry against every rule")),
    "forms": Listed("forms", Text("make Excel forms for examiners and teams")),
    "progress": Listed(
        "progress", Text("show who has marked what, what is missing and which deadline is next")
    ),
    "rank": Listed("rank", Text("rank each class and propose a shortlist")),
    "explain": Listed("explain", Text("show how one entry's score, rank and verdicts came about")),
    "dossier": Listed("dossier", Text("make what the jury reads, as HTML and PDF")),
    "nominate": Listed("nominate", Text("write a first list of nominations for people to edit")),
    "ballots": Listed("ballots", Text("make the jury's agenda and ballots, and show all jäv")),
    "decide": Listed("decide", Text("count ballots and votes, and record what was decided")),
    "protocol": Listed("protocol", Text("write the minutes of the jury, to be signed")),
    "feedback": Listed("feedback", Text("write what each unit is told after the ceremony")),
    "publish": Listed("publish", Text("write recipients and motivations for the web")),
    "verify": Listed("verify", Text("verify the record, and make decisions and ranking anew")),
    "archive": Listed("archive", Text("pack what an edition leaves behind for the archive")),
    "calibrate": Listed("calibrate", Text("fit a mixed model to any panel data")),
    "plugins": Listed("plugins", Text("list what was found, from where, and what is in use")),
    "edition": Listed("edition", Text("compare rule sets")),
}


class LazyGroup(click.Group):
    """Commands that are imported when they are called, so that help is quick."""

    def __init__(self, language: Language, params: Sequence[click.Parameter]) -> None:
        self.language = language
        say = language.render
        super().__init__(
            "kvaljury",
            params=list(params),
            help=say(
                Text(
                    "Basis for the jury of the city's quality award: calibrated rankings and"
                    " shortlists. kvaljury advises, people decide."
                )
            ),
            epilog=say(Text("Start with: kvaljury init demo --demo, then kvaljury rank demo")),
            options_metavar=say(Text("[OPTIONS]")),
            subcommand_metavar=say(Text("COMMAND [ARGUMENTS]...")),
        )

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Give the commands in the order in which a year uses them."""
        return list(COMMANDS)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that was typed, or name the nearest one.

        Raises:
            UsageFault: if there is no such command.
        """
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            from kvaljury.files.nearest import nearest_hint

            raise UsageFault(
                Text("there is no command {name}", name=args[0]),
                hint=nearest_hint(args[0], COMMANDS),
            )
        return super().resolve_command(ctx, args)

    def get_command(  # noqa: D102  # click's own
        self,
        ctx: click.Context,  # noqa: ARG002  # click's signature
        cmd_name: str,
    ) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"kvaljury.cli.{COMMANDS[cmd_name].module}")
        command: click.Command = module.build(self.language)
        return command

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002  # click's signature
        formatter: click.HelpFormatter,
    ) -> None:
        """List the commands without loading any."""
        with formatter.section(self.language.render(Text("Commands"))):
            rows = [(name, self.language.render(c.summary)) for name, c in COMMANDS.items()]
            formatter.write_dl(rows)


def build_app(language: Language) -> click.Group:
    """Make the command group in a language.

    Args:
        language: what help and messages are written in.

    Returns:
        The group; commands load when called.
    """
    return LazyGroup(language, [language_option(language), version_option(language)])


def version_option(language: Language) -> click.Option:
    """Make ``--version``."""
    return click.Option(
        ["--version"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=_show_version,
        help=language.render(Text("Show the version and exit.")),
    )


def _show_version(context: click.Context, _option: click.Parameter, asked: bool) -> None:
    if not asked:
        return
    from kvaljury import __version__

    click.echo(f"kvaljury {__version__}")
    context.exit()

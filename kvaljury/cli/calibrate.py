"""``kvaljury calibrate``: the calibration engine on any panel data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import click

from kvaljury.cli.language import Language
from kvaljury.cli.options import command, json_option
from kvaljury.errors import Text, UsageFault

MOST_DRAWS = 100_000


@attrs.frozen
class Request:
    """What was asked for.

    Attributes:
        path: the ratings.
        unit: ``review`` or ``mark``.
        effects: names with commas between, or None for the default.
        ml: full instead of restricted maximum likelihood.
        draws: number of joint draws that places rest on, or None for no places.
        top: k, how many places the probability of a top place is about.
        seed: of the draws.
        as_json: print one JSON document instead of tables.
    """

    path: Path
    unit: str
    effects: str | None
    ml: bool
    draws: int | None
    top: int
    seed: int
    as_json: bool


def build(language: Language) -> click.Command:
    """Make the command in a language."""
    say = language.render

    def callback(**given: Any) -> None:
        calibrate(language, Request(**given))

    return command(
        language,
        "calibrate",
        Text(
            "Fit a mixed model to panel data: a CSV file with the columns entry, examiner, score"
            " and, if there are any, team, question and class. Units are the file's own."
        ),
        callback,
        [
            click.Argument(
                ["path"],
                type=click.Path(exists=True, dir_okay=False, path_type=Path),
                metavar=say(Text("RATINGS.csv")),
            ),
            click.Option(
                ["--unit"],
                type=click.Choice(["review", "mark"]),
                default="review",
                help=say(
                    Text(
                        "review: one value for each entry and examiner; mark: every row by itself."
                    )
                ),
            ),
            click.Option(
                ["--effects"],
                metavar=say(Text("NAME,NAME")),
                help=say(
                    Text(
                        "Random effects, among entry, examiner, team, cohort, reading and"
                        " team:examiner. Default: entry, examiner, and team where there are teams."
                    )
                ),
            ),
            click.Option(
                ["--ml"],
                is_flag=True,
                help=say(Text("Full instead of restricted maximum likelihood.")),
            ),
            click.Option(
                ["--draws"],
                type=click.IntRange(100, MOST_DRAWS),
                metavar=say(Text("NUMBER")),
                help=say(
                    Text(
                        "Also tell places, within classes where the file has them, with their"
                        " uncertainty by so many joint draws; 1000 are enough for most purposes."
                    )
                ),
            ),
            click.Option(
                ["--top"],
                type=click.IntRange(1),
                default=3,
                metavar=say(Text("NUMBER")),
                help=say(Text("How many places the probability of a top place is about.")),
            ),
            click.Option(
                ["--seed"],
                type=click.IntRange(0, 2**63 - 1),
                default=1,
                metavar=say(Text("NUMBER")),
                help=say(Text("Start of the random numbers of the draws.")),
            ),
            json_option(language),
        ],
    )


def calibrate(language: Language, request: Request) -> None:
    """Fit and show.

    Args:
        language: of what is shown.
        request: what was asked for.

    Raises:
        KvaljuryError: if the file is at fault or the model cannot be fitted.
    """
    from kvaljury.cli.boundary import tell_warnings
    from kvaljury.cli.calibration_view import Places, calibration_document, show_calibration
    from kvaljury.cli.output import Output
    from kvaljury.core.calibration.ratings import fit_ratings
    from kvaljury.files import InputLog
    from kvaljury.files.ratings import read_ratings

    chosen = None if request.effects is None else _names(request.effects)
    log = InputLog()
    ratings = read_ratings(request.path, log)
    log.raise_faults()
    output = Output(language)
    tell_warnings(log.warnings, output)
    fitted = fit_ratings(ratings, unit=request.unit, effects=chosen, is_restricted=not request.ml)
    places = None
    if request.draws is not None:
        drawn = fitted.places(request.draws, request.top, request.seed)
        places = Places(drawn, request.top, request.draws, request.seed)
    if request.as_json:
        content = calibration_document(fitted, places, language)
        document = json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)
        output.document(document.encode("utf-8", "backslashreplace") + b"\n")
    else:
        show_calibration(fitted, places, output, is_restricted=not request.ml)


def _names(effects: str) -> list[str]:
    from kvaljury.core.calibration.ratings import EFFECTS
    from kvaljury.files.nearest import nearest_hint

    names = [name.strip() for name in effects.split(",") if name.strip()]
    for name in names:
        if name not in EFFECTS:
            raise UsageFault(
                Text("there is no effect {name}", name=name), hint=nearest_hint(name, EFFECTS)
            )
    if "entry" not in names:
        raise UsageFault(
            Text("the effects must include entry"), hint=Text("for example entry,examiner")
        )
    return names

"""``kvaljury calibrate``: the calibration engine on any panel data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kvaljury.cli.language import Language
from kvaljury.cli.options import command, json_option
from kvaljury.errors import Text, UsageFault

if TYPE_CHECKING:
    from kvaljury.cli.output import Output
    from kvaljury.core.calibration.ratings import RatingsFit

SCHEMA = "kvaljury.calibration/1"
SHOWN = 20


def build(language: Language) -> click.Command:
    """Make the command in a language."""
    say = language.render

    def callback(path: Path, unit: str, effects: str | None, ml: bool, as_json: bool) -> None:
        calibrate(language, path, unit, effects, is_restricted=not ml, as_json=as_json)

    return command(
        language,
        "calibrate",
        Text(
            "Fit a mixed model to panel data: a CSV file with the columns entry, examiner, score"
            " and, if there are any, team and question. Units are the file's own."
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
            json_option(language),
        ],
    )


def calibrate(
    language: Language,
    path: Path,
    unit: str,
    effects: str | None,
    *,
    is_restricted: bool,
    as_json: bool,
) -> None:
    """Fit and show.

    Args:
        language: of what is shown.
        path: the ratings.
        unit: ``review`` or ``mark``.
        effects: names with commas between, or None for the default.
        is_restricted: REML, or ML.
        as_json: print one JSON document instead of tables.

    Raises:
        KvaljuryError: if the file is at fault or the model cannot be fitted.
    """
    from kvaljury.cli.boundary import tell_warnings
    from kvaljury.cli.output import Output
    from kvaljury.core.calibration.ratings import fit_ratings
    from kvaljury.files import InputLog
    from kvaljury.files.ratings import read_ratings

    chosen = None if effects is None else _names(effects)
    log = InputLog()
    ratings = read_ratings(path, log)
    log.raise_faults()
    output = Output(language)
    tell_warnings(log.warnings, output)
    fitted = fit_ratings(ratings, unit=unit, effects=chosen, is_restricted=is_restricted)
    if as_json:
        document = json.dumps(_document(fitted), ensure_ascii=False, indent=1, allow_nan=False)
        output.document(document.encode("utf-8", "backslashreplace") + b"\n")
    else:
        _show(fitted, output, is_restricted=is_restricted)


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


def _document(fitted: RatingsFit) -> dict[str, Any]:
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "criterion": fitted.fit.criterion,
        "fixed": fitted.fixed,
        "variance": fitted.fit.variance,
        "components": fitted.components,
    }
    for name, key in (("entry", "entries"), ("examiner", "examiners"), ("team", "teams")):
        level = fitted.levels.get(name)
        document[key] = (
            []
            if level is None
            else [
                {"id": i, "effect": float(effect), "sd": float(deviation)}
                for i, effect, deviation in zip(
                    level.ids, level.effect, level.deviation, strict=True
                )
            ]
        )
    for entry in document["entries"]:
        entry["score"] = fitted.mean + entry["effect"]
    return document


def _show(fitted: RatingsFit, output: Output, *, is_restricted: bool) -> None:
    from kvaljury.cli.output import Column

    say = output.language
    output.line(
        Text("REML criterion: {value}", value=say.number(fitted.fit.criterion, 4))
        if is_restricted
        else Text("-2 log likelihood: {value}", value=say.number(fitted.fit.criterion, 4))
    )
    output.line(Text("Parts that readings connect: {n}", n=fitted.components))
    if fitted.components > 1:
        output.paragraph(
            Text("Scores cannot be compared across parts unless entries were allotted by lot.")
        )
    output.heading(Text("Variance"))
    total = sum(fitted.fit.variance.values())
    output.table(
        [
            Column(Text("Source")),
            Column(Text("Variance"), right=True),
            Column(Text("Share"), right=True),
        ],
        [
            [name, say.number(value, 4), say.percent(value / total)]
            for name, value in fitted.fit.variance.items()
        ],
    )
    entries = fitted.levels["entry"]
    order = sorted(range(len(entries.ids)), key=lambda i: (-entries.effect[i], entries.ids[i]))
    output.heading(Text("Entries, highest score first"))
    output.table(
        [
            Column(Text("Entry")),
            Column(Text("Score"), right=True),
            Column(Text("Effect"), right=True),
            Column(Text("Standard deviation"), right=True),
        ],
        [
            [
                entries.ids[i],
                say.number(fitted.mean + float(entries.effect[i]), 2),
                say.number(float(entries.effect[i]), 2),
                say.number(float(entries.deviation[i]), 2),
            ]
            for i in order[:SHOWN]
        ],
    )
    if len(order) > SHOWN:
        output.line(Text("and {n} more; --json gives all", n=len(order) - SHOWN))

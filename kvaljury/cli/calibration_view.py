"""A fit of panel data as people read it, and as one JSON document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from kvaljury.cli.language import Language
from kvaljury.cli.output import Column, Output
from kvaljury.core.calibration.ratings import RatingsFit
from kvaljury.core.calibration.top_places import Places as DrawnPlaces
from kvaljury.errors import Text

SCHEMA = "kvaljury.calibration/1"
SHOWN = 20
_LEVELS = (("entry", "entries"), ("examiner", "examiners"), ("team", "teams"))


@attrs.frozen(eq=False)
class Places:
    """Places of the entries, and what they were drawn with.

    Attributes:
        drawn: of each entry, within its class.
        top: k.
        draws: number of draws.
        seed: of the draws.
    """

    drawn: DrawnPlaces
    top: int
    draws: int
    seed: int

    def of(self, entry: int) -> dict[str, Any]:
        """Give what the draws say of an entry, by index."""
        drawn = self.drawn
        return {
            "expected_rank": float(drawn.expected[entry]),
            "rank_low": int(drawn.low[entry]),
            "rank_high": int(drawn.high[entry]),
            "p_best": float(drawn.best[entry]),
            "p_top": float(drawn.top[entry]),
        }


def calibration_document(
    fitted: RatingsFit, places: Places | None, language: Language
) -> dict[str, Any]:
    """Give a fit as values of JSON, schema ``kvaljury.calibration/1``.

    Args:
        fitted: the model.
        places: of the entries, or None where nobody asked.
        language: of the warnings.
    """
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "criterion": fitted.fit.criterion,
        "fixed": fitted.fixed,
        "variance": fitted.fit.variance,
        "components": fitted.components,
        "warnings": [language.render(text) for text in _warnings(fitted)],
    }
    if places is not None:
        document["draws"] = {"number": places.draws, "seed": places.seed, "top": places.top}
    for name, key in _LEVELS:
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
    for number, entry in enumerate(document["entries"]):
        entry["score"] = float(fitted.scores[number])
        if places is not None:
            entry.update(places.of(number))
    return document


def show_calibration(
    fitted: RatingsFit, places: Places | None, output: Output, *, is_restricted: bool
) -> None:
    """Show a fit.

    Args:
        fitted: the model.
        places: of the entries, or None where nobody asked.
        output: where and in which language.
        is_restricted: REML, or ML.
    """
    say = output.language
    criterion = say.number(fitted.fit.criterion, 4)
    output.line(
        Text("REML criterion: {value}", value=criterion)
        if is_restricted
        else Text("-2 log likelihood: {value}", value=criterion)
    )
    output.line(Text("Parts that can be compared within themselves: {n}", n=fitted.components))
    for warning in _warnings(fitted):
        output.paragraph(warning)
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
    _show_entries(fitted, places, output)


def _show_entries(fitted: RatingsFit, places: Places | None, output: Output) -> None:
    say = output.language
    entries = fitted.levels["entry"]
    order = sorted(range(len(entries.ids)), key=lambda i: (-fitted.scores[i], entries.ids[i]))
    output.heading(Text("Entries, highest score first"))
    columns = [
        Column(Text("Entry")),
        Column(Text("Score"), right=True),
        Column(Text("Effect"), right=True),
        Column(Text("Standard deviation"), right=True),
    ]
    if places is not None:
        columns += [
            Column(Text("Expected place"), right=True),
            Column(Text("90 % interval"), right=True),
            Column(Text("Best"), right=True),
            Column(Text("Among the {n} best", n=places.top), right=True),
        ]
    output.table(
        columns,
        [
            [
                entries.ids[i],
                say.number(float(fitted.scores[i]), 2),
                say.number(float(entries.effect[i]), 2),
                say.number(float(entries.deviation[i]), 2),
                *([] if places is None else _placed(places.of(i), say)),
            ]
            for i in order[:SHOWN]
        ],
    )
    if len(order) > SHOWN:
        output.line(Text("and {n} more; --json gives all", n=len(order) - SHOWN))


def _placed(place: dict[str, Any], say: Language) -> list[str]:
    return [
        say.number(place["expected_rank"], 1),
        f"{place['rank_low']}–{place['rank_high']}",
        say.percent(place["p_best"]),
        say.percent(place["p_top"]),
    ]


def _warnings(fitted: RatingsFit) -> Iterator[Text]:
    if fitted.components > 1:
        yield Text("Scores cannot be compared across parts unless entries were allotted by lot.")
    yield from fitted.warnings
    error = fitted.error
    if error is not None:
        yield Text(
            "The panel is so large and so mixed that it was solved approximately: the criterion is"
            " right to about {criterion:.1f} and the variances to about {variance:.3f} %.",
            criterion=error.criterion,
            variance=100 * error.variance,
        )

"""Rubric by the city's cycle of improvement: five verbs marked apart, the score is their mean."""

from __future__ import annotations

from collections.abc import Iterator

from kvaljury import Criterion, Rubric, Text, hookimpl
from kvaljury_plugins.levels import PERCENT_IN_FIVES, Floats, six_levels

CRITERIA = (
    Criterion("plan", Text("Plan", sv="Planera")),
    Criterion("do", Text("Do", sv="Utföra")),
    Criterion("follow_up", Text("Follow up", sv="Följa upp")),
    Criterion("analyse", Text("Analyse", sv="Analysera")),
    Criterion("act", Text("Act", sv="Åtgärda")),
)
LEVELS = six_levels(
    Text("The step is not described.", sv="Steget beskrivs inte."),
    Text(
        "The step is taken now and then, or by single persons.",
        sv="Steget tas då och då, eller av enskilda personer.",
    ),
    Text(
        "The step is taken with a clear purpose in parts of the unit.",
        sv="Steget tas med tydligt syfte i delar av verksamheten.",
    ),
    Text(
        "The step is taken regularly in most of the unit, and examples show how.",
        sv="Steget tas regelbundet i större delen av verksamheten, och exempel visar hur.",
    ),
    Text(
        "The step is taken throughout the unit and builds on the one before it.",
        sv="Steget tas i hela verksamheten och bygger på det föregående.",
    ),
    Text(
        "The step is a natural part of all work, has itself been improved in several rounds, "
        "and others learn from it.",
        sv="Steget är en självklar del av allt arbete, har självt förbättrats i flera omgångar, "
        "och andra lär av det.",
    ),
)


def score(marks: Floats) -> Floats:
    """Give the mean of the five marks.

    Args:
        marks: ``(n, 5)`` on 0-100.

    Returns:
        ``(n,)`` on 0-100.
    """
    means: Floats = marks.mean(axis=1)
    return means


@hookimpl
def kvaljury_rubrics() -> Iterator[Rubric]:
    """Offer ``pdca``."""
    yield Rubric("pdca", CRITERIA, PERCENT_IN_FIVES, LEVELS, score)

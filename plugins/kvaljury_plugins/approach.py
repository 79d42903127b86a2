"""Rubric for questions of how: one mark from no described way of working to one others copy."""

from __future__ import annotations

from collections.abc import Iterator

from kvaljury import Criterion, Rubric, Text, hookimpl
from kvaljury_plugins.levels import PERCENT_IN_FIVES, Floats, six_levels

LEVELS = six_levels(
    Text(
        "No way of working is described. The answer says that something is done or intended, "
        "not how.",
        sv="Inget arbetssätt beskrivs. Svaret säger att något görs eller är tänkt att göras, "
        "men inte hur.",
    ),
    Text(
        "Parts of a way of working are described, or it depends on single persons. What it is "
        "for is unclear, and there are few examples.",
        sv="Delar av ett arbetssätt beskrivs, eller så hänger det på enskilda personer. Syftet "
        "är oklart och exemplen är få.",
    ),
    Text(
        "A way of working with a clear purpose is described and used in parts of the unit. "
        "Follow-up is occasional.",
        sv="Ett arbetssätt med tydligt syfte beskrivs och används i delar av verksamheten. "
        "Uppföljning sker då och då.",
    ),
    Text(
        "The way of working is planned, known and used in most of the unit. It is followed up "
        "regularly, and concrete examples show it in use.",
        sv="Arbetssättet är planerat, känt och används i större delen av verksamheten. Det "
        "följs upp regelbundet, och konkreta exempel visar hur det används.",
    ),
    Text(
        "The way of working is used throughout the unit and fits with its goals and its other "
        "ways of working. It is evaluated, and examples show how it has been improved.",
        sv="Arbetssättet används i hela verksamheten och hänger ihop med mål och andra "
        "arbetssätt. Det utvärderas, och exempel visar hur det har förbättrats.",
    ),
    Text(
        "The way of working is a natural part of all work at every level. It has been evaluated "
        "and improved in several rounds, with comparisons outside the unit, and others learn "
        "from it.",
        sv="Arbetssättet är en självklar del av allt arbete på alla nivåer. Det har utvärderats "
        "och förbättrats i flera omgångar, med jämförelser utanför verksamheten, och andra lär "
        "av det.",
    ),
)


def score(marks: Floats) -> Floats:
    """Give the one mark as the score.

    Args:
        marks: ``(n, 1)`` on 0-100.

    Returns:
        ``(n,)`` on 0-100.
    """
    return marks[:, 0]


@hookimpl
def kvaljury_rubrics() -> Iterator[Rubric]:
    """Offer ``approach``."""
    criterion = Criterion("", Text("Way of working", sv="Arbetssätt"))
    yield Rubric("approach", (criterion,), PERCENT_IN_FIVES, LEVELS, score)

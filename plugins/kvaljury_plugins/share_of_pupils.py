"""Rule: enough of an independent preschool's or school's children or pupils are the city's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kvaljury import EligibilityRule, Entry, Operator, Outcome, Text, Verdict, hookimpl
from kvaljury_plugins.parameters import expect_parameters, kinds, number
from kvaljury_plugins.shares import OPERATOR_UNKNOWN, judge_share

PUPILS = Text("the children or pupils", sv="barnen eller eleverna")
OTHER_KIND = Text(
    "The share of children or pupils is not asked for in this class",
    sv="Andelen barn eller elever prövas inte i den här klassen",
)
NOT_INDEPENDENT = Text(
    "The unit is not independent, so its share of children or pupils is not asked for",
    sv="Verksamheten är inte fristående, så andelen barn eller elever prövas inte",
)


def check(entry: Entry, parameters: Mapping[str, object]) -> Verdict:
    """Judge by ``stockholm_share`` where the unit is independent.

    Args:
        entry: the entry.
        parameters: ``minimum``, percent; ``kinds``, the kinds of class that are judged.

    Raises:
        ValueError: if a parameter is missing or wrong.
    """
    expect_parameters(parameters, "minimum", "kinds")
    minimum = number(parameters, "minimum")
    if entry.kind not in kinds(parameters, "kinds"):
        return Verdict(Outcome.NOT_APPLICABLE, OTHER_KIND)
    if entry.operator is None:
        return Verdict(Outcome.UNKNOWN, OPERATOR_UNKNOWN)
    if entry.operator is not Operator.INDEPENDENT:
        return Verdict(Outcome.NOT_APPLICABLE, NOT_INDEPENDENT)
    return judge_share(PUPILS, entry.stockholm_share, minimum)


@hookimpl
def kvaljury_eligibility_rules() -> Iterator[EligibilityRule]:
    """Offer ``share-of-pupils``."""
    yield EligibilityRule("share-of-pupils", check)

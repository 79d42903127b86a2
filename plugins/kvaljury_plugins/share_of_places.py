"""Rule: where the city buys single places, it takes up enough of the places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kvaljury import EligibilityRule, Entry, Operator, Outcome, Text, Verdict, hookimpl
from kvaljury_plugins.parameters import expect_parameters, kinds, number
from kvaljury_plugins.shares import OPERATOR_UNKNOWN, judge_share

PLACES = Text("the places", sv="platserna")
RUN_BY_CITY = Text(
    "The city runs the unit itself, so its share of the places is not asked for",
    sv="Staden driver verksamheten själv, så dess andel av platserna prövas inte",
)
ELSEWHERE = Text(
    "The share of children or pupils is asked for instead",
    sv="I stället prövas andelen barn eller elever",
)
NO_SINGLE_PLACES = Text(
    "The unit sells no single places to the city",
    sv="Verksamheten säljer inga enstaka platser till staden",
)
SALE_UNKNOWN = Text(
    "It is not known whether the unit sells single places to the city",
    sv="Det är inte känt om verksamheten säljer enstaka platser till staden",
)


def check(entry: Entry, parameters: Mapping[str, object]) -> Verdict:
    """Judge by ``stockholm_share`` where single places are sold.

    Args:
        entry: the entry.
        parameters: ``minimum``, percent; ``elsewhere_kinds``, the kinds of class in which
            independent units are judged by another rule.

    Raises:
        ValueError: if a parameter is missing or wrong.
    """
    expect_parameters(parameters, "minimum", "elsewhere_kinds")
    minimum = number(parameters, "minimum")
    elsewhere = kinds(parameters, "elsewhere_kinds")
    if entry.sells_single_places is False:
        return Verdict(Outcome.NOT_APPLICABLE, NO_SINGLE_PLACES)
    if entry.operator is None:
        return Verdict(Outcome.UNKNOWN, OPERATOR_UNKNOWN)
    if entry.operator is Operator.CITY:
        return Verdict(Outcome.NOT_APPLICABLE, RUN_BY_CITY)
    if entry.operator is Operator.INDEPENDENT and entry.kind in elsewhere:
        return Verdict(Outcome.NOT_APPLICABLE, ELSEWHERE)
    if entry.sells_single_places is None:
        return Verdict(Outcome.UNKNOWN, SALE_UNKNOWN)
    return judge_share(PLACES, entry.stockholm_share, minimum)


@hookimpl
def kvaljury_eligibility_rules() -> Iterator[EligibilityRule]:
    """Offer ``share-of-places``."""
    yield EligibilityRule("share-of-places", check)

"""Rule: the unit is financed by the city."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kvaljury import EligibilityRule, Entry, Outcome, Text, Verdict, hookimpl
from kvaljury_plugins.parameters import expect_parameters

LIMIT = Text("financed by the city", sv="finansierad av staden")
VERDICTS = {
    True: Verdict(
        Outcome.PASS,
        Text("The unit is financed by the city", sv="Verksamheten finansieras av staden"),
        Text("yes", sv="ja"),
        LIMIT,
    ),
    False: Verdict(
        Outcome.FAIL,
        Text(
            "The unit is not financed by the city, which is asked for",
            sv="Verksamheten finansieras inte av staden, vilket krävs",
        ),
        Text("no", sv="nej"),
        LIMIT,
    ),
    None: Verdict(
        Outcome.UNKNOWN,
        Text(
            "It is not known whether the unit is financed by the city",
            sv="Det är inte känt om verksamheten finansieras av staden",
        ),
        None,
        LIMIT,
    ),
}


def check(entry: Entry, parameters: Mapping[str, object]) -> Verdict:
    """Judge by ``financed_by_city``; takes no parameters."""
    expect_parameters(parameters)
    return VERDICTS[entry.financed_by_city]


@hookimpl
def kvaljury_eligibility_rules() -> Iterator[EligibilityRule]:
    """Offer ``financed-by-city``."""
    yield EligibilityRule("financed-by-city", check)

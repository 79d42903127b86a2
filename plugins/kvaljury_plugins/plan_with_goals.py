"""Rule: the unit has an activity plan, and the plan has goals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kvaljury import EligibilityRule, Entry, Outcome, Text, Verdict, hookimpl
from kvaljury_plugins.parameters import expect_parameters

LIMIT = Text("a plan with goals", sv="en verksamhetsplan med mål")
VERDICTS = {
    True: Verdict(
        Outcome.PASS,
        Text("There is an activity plan with goals", sv="Det finns en verksamhetsplan med mål"),
        Text("yes", sv="ja"),
        LIMIT,
    ),
    False: Verdict(
        Outcome.FAIL,
        Text(
            "There is no activity plan with goals, which is asked for",
            sv="Det finns ingen verksamhetsplan med mål, vilket krävs",
        ),
        Text("no", sv="nej"),
        LIMIT,
    ),
    None: Verdict(
        Outcome.UNKNOWN,
        Text(
            "It is not known whether there is an activity plan with goals",
            sv="Det är inte känt om det finns en verksamhetsplan med mål",
        ),
        None,
        LIMIT,
    ),
}


def check(entry: Entry, parameters: Mapping[str, object]) -> Verdict:
    """Judge by ``plan_with_goals``; takes no parameters."""
    expect_parameters(parameters)
    return VERDICTS[entry.plan_with_goals]


@hookimpl
def kvaljury_eligibility_rules() -> Iterator[EligibilityRule]:
    """Offer ``plan-with-goals``."""
    yield EligibilityRule("plan-with-goals", check)

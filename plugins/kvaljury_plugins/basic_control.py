"""Rule: the city executive office's basic control found nothing against an award."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kvaljury import BasicControl, EligibilityRule, Entry, Outcome, Text, Verdict, hookimpl
from kvaljury_plugins.parameters import expect_parameters

LIMIT = Text("cleared", sv="godkänd")
VERDICTS = {
    BasicControl.CLEARED: Verdict(
        Outcome.PASS,
        Text(
            "The basic control found nothing against an award",
            sv="Den grundläggande kontrollen fann inget hinder",
        ),
        LIMIT,
        LIMIT,
    ),
    BasicControl.NOT_CLEARED: Verdict(
        Outcome.FAIL,
        Text(
            "The basic control found something that makes an award inappropriate",
            sv="Den grundläggande kontrollen fann något som gör det olämpligt att belöna "
            "verksamheten",
        ),
        Text("not cleared", sv="inte godkänd"),
        LIMIT,
    ),
    None: Verdict(
        Outcome.UNKNOWN,
        Text(
            "The basic control is not finished",
            sv="Den grundläggande kontrollen är inte klar",
        ),
        None,
        LIMIT,
    ),
}


def check(entry: Entry, parameters: Mapping[str, object]) -> Verdict:
    """Judge by ``basic_control``; takes no parameters."""
    expect_parameters(parameters)
    return VERDICTS[entry.basic_control]


@hookimpl
def kvaljury_eligibility_rules() -> Iterator[EligibilityRule]:
    """Offer ``basic-control``."""
    yield EligibilityRule("basic-control", check)

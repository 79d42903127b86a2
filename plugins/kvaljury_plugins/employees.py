"""Rule: the unit has enough employees, the manager not counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kvaljury import EligibilityRule, Entry, Outcome, Text, Verdict, hookimpl
from kvaljury_plugins.parameters import expect_parameters, whole_number


def check(entry: Entry, parameters: Mapping[str, object]) -> Verdict:
    """Judge by ``employees_excluding_manager``, persons.

    Args:
        entry: the entry.
        parameters: ``minimum``, persons.

    Raises:
        ValueError: if the minimum is missing or no whole number.
    """
    expect_parameters(parameters, "minimum")
    minimum = whole_number(parameters, "minimum")
    limit = Text("at least {minimum}", sv="minst {minimum}", minimum=minimum)
    count = entry.employees_excluding_manager
    if count is None:
        reason = Text(
            "The number of employees besides the manager is not known; {limit} are asked for",
            sv="Antalet medarbetare utöver chefen är inte känt; {limit} krävs",
            limit=limit,
        )
        return Verdict(Outcome.UNKNOWN, reason, None, limit)
    reason = Text(
        "Employees besides the manager: {count}; {limit} are asked for",
        sv="Medarbetare utöver chefen: {count}; {limit} krävs",
        count=count,
        limit=limit,
    )
    outcome = Outcome.PASS if count >= minimum else Outcome.FAIL
    return Verdict(outcome, reason, Text("{count}", sv="{count}", count=count), limit)


@hookimpl
def kvaljury_eligibility_rules() -> Iterator[EligibilityRule]:
    """Offer ``employees``."""
    yield EligibilityRule("employees", check)

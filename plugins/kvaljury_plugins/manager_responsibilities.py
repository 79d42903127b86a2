"""Rule: the manager answers for operations, budget and staff, all three."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kvaljury import EligibilityRule, Entry, Outcome, Text, Verdict, hookimpl
from kvaljury_plugins.enumeration import enumerate_texts
from kvaljury_plugins.parameters import expect_parameters

OPERATIONS = Text("operations", sv="verksamhet")
BUDGET = Text("budget", sv="budget")
STAFF = Text("staff", sv="personal")
LIMIT = enumerate_texts([OPERATIONS, BUDGET, STAFF])


def check(entry: Entry, parameters: Mapping[str, object]) -> Verdict:
    """Judge by the three ``manager_…`` fields; takes no parameters.

    One responsibility that is denied fails whatever is unknown of the others.
    """
    expect_parameters(parameters)
    held = (
        (OPERATIONS, entry.manager_operations),
        (BUDGET, entry.manager_budget),
        (STAFF, entry.manager_staff),
    )
    if lacking := [label for label, holds in held if holds is False]:
        missing = enumerate_texts(lacking)
        reason = Text(
            "The manager does not answer for {missing}; {limit} are asked for",
            sv="Chefen har inte ansvar för {missing}; ansvar för {limit} krävs",
            missing=missing,
            limit=LIMIT,
        )
        value = Text("not {missing}", sv="inte {missing}", missing=missing)
        return Verdict(Outcome.FAIL, reason, value, LIMIT)
    if unknown := [label for label, holds in held if holds is None]:
        reason = Text(
            "It is not known whether the manager answers for {unknown}; {limit} are asked for",
            sv="Det är inte känt om chefen har ansvar för {unknown}; ansvar för {limit} krävs",
            unknown=enumerate_texts(unknown),
            limit=LIMIT,
        )
        return Verdict(Outcome.UNKNOWN, reason, None, LIMIT)
    reason = Text(
        "The manager answers for {limit}", sv="Chefen har ansvar för {limit}", limit=LIMIT
    )
    return Verdict(Outcome.PASS, reason, LIMIT, LIMIT)


@hookimpl
def kvaljury_eligibility_rules() -> Iterator[EligibilityRule]:
    """Offer ``manager-responsibilities``."""
    yield EligibilityRule("manager-responsibilities", check)

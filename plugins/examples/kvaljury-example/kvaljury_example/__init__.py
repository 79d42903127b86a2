"""Eligibility rule ``employees-at-most``: a unit for the class of small units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kvaljury import EligibilityRule, Entry, Outcome, Text, Verdict, hookimpl


def check(entry: Entry, parameters: Mapping[str, object]) -> Verdict:
    """Judge by ``employees_excluding_manager``; the parameter ``most`` still passes.

    Raises:
        ValueError: if the parameter is missing or no whole number.
    """
    most = parameters.get("most")
    if not isinstance(most, int):
        raise ValueError(f"the parameter 'most' is {most!r}, expected a whole number")  # noqa: TRY004
    employees = entry.employees_excluding_manager
    if employees is None:
        unknown = Text("It is not known how many are employed", sv="Antalet anställda är inte känt")
        return Verdict(Outcome.UNKNOWN, unknown)
    reason = Text(
        "{employees} are employed, at most {most} may be",
        sv="{employees} är anställda, högst {most} får vara det",
        employees=employees,
        most=most,
    )
    outcome = Outcome.PASS if employees <= most else Outcome.FAIL
    return Verdict(outcome, reason, str(employees), str(most))


@hookimpl
def kvaljury_eligibility_rules() -> Iterator[EligibilityRule]:
    """Offer ``employees-at-most``."""
    yield EligibilityRule("employees-at-most", check)

"""Enough employees besides the manager (RULES.md E25-04)."""

import pytest

from kvaljury.core.model import Outcome
from kvaljury_plugins import employees

RULES_2025 = {"year": 2025, "minimum": 5}


@pytest.mark.parametrize(("count", "outcome"), [(4, "fail"), (5, "pass"), (6, "pass"), (0, "fail")])
def test_five_persons_are_enough_and_four_are_not(count, outcome, make_entry):
    verdict = employees.check(make_entry(employees_excluding_manager=count), RULES_2025)

    assert verdict.outcome == outcome


def test_five_with_the_manager_among_them_fail_in_2025_and_passed_when_the_minimum_was_four(
    make_entry,
):
    four_and_a_manager = make_entry(employees_excluding_manager=4)

    assert employees.check(four_and_a_manager, RULES_2025).outcome is Outcome.FAIL
    assert employees.check(four_and_a_manager, {"minimum": 4}).outcome is Outcome.PASS


def test_an_unknown_number_is_unknown(make_entry):
    verdict = employees.check(make_entry(), RULES_2025)

    assert verdict.outcome is Outcome.UNKNOWN
    assert verdict.value is None
    assert "at least 5" in str(verdict.reason)


def test_the_reason_states_number_and_limit(make_entry, in_swedish):
    verdict = employees.check(make_entry(employees_excluding_manager=4), RULES_2025)

    assert str(verdict.reason) == ("Employees besides the manager: 4; at least 5 are asked for")
    assert in_swedish(verdict.reason) == "Medarbetare utöver chefen: 4; minst 5 krävs"
    assert (str(verdict.value), str(verdict.limit)) == ("4", "at least 5")


def test_a_minimum_that_is_missing_is_refused(make_entry):
    with pytest.raises(ValueError, match="'minimum' is missing"):
        employees.check(make_entry(employees_excluding_manager=9), {"year": 2025})

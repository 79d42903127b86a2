"""Financing, plan, manager and basic control: what is said, denied and not known."""

import itertools

import pytest

from kvaljury.core.model import BasicControl, Outcome
from kvaljury_plugins import (
    basic_control,
    financed_by_city,
    manager_responsibilities,
    plan_with_goals,
)

YES_NO = [
    (financed_by_city, "financed_by_city"),
    (plan_with_goals, "plan_with_goals"),
]
MANAGER = ("manager_operations", "manager_budget", "manager_staff")


@pytest.mark.parametrize(("module", "field"), YES_NO)
@pytest.mark.parametrize(
    ("answer", "outcome"),
    [(True, Outcome.PASS), (False, Outcome.FAIL), (None, Outcome.UNKNOWN)],
)
def test_yes_passes_no_fails_and_no_answer_is_unknown(module, field, answer, outcome, make_entry):
    verdict = module.check(make_entry(**{field: answer}), {"year": 2025})

    assert verdict.outcome is outcome
    assert (verdict.value is None) == (answer is None)
    assert verdict.limit is not None


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (BasicControl.CLEARED, Outcome.PASS),
        (BasicControl.NOT_CLEARED, Outcome.FAIL),
        (None, Outcome.UNKNOWN),
    ],
)
def test_the_basic_control_clears_bars_or_is_not_finished(answer, outcome, make_entry):
    verdict = basic_control.check(make_entry(basic_control=answer), {"year": 2025})

    assert verdict.outcome is outcome
    assert (verdict.value is None) == (answer is None)


@pytest.mark.parametrize("answers", list(itertools.product((True, False, None), repeat=3)))
def test_a_denied_responsibility_fails_and_an_unknown_one_is_never_a_pass(answers, make_entry):
    verdict = manager_responsibilities.check(
        make_entry(**dict(zip(MANAGER, answers, strict=True))), {"year": 2025}
    )

    if False in answers:
        assert verdict.outcome is Outcome.FAIL
    elif None in answers:
        assert verdict.outcome is Outcome.UNKNOWN
    else:
        assert verdict.outcome is Outcome.PASS


def test_the_reason_names_the_responsibilities_that_are_lacking(make_entry, in_swedish):
    entry = make_entry(manager_operations=True, manager_budget=False, manager_staff=False)

    verdict = manager_responsibilities.check(entry, {"year": 2025})

    assert str(verdict.reason) == (
        "The manager does not answer for budget and staff; "
        "operations, budget and staff are asked for"
    )
    assert in_swedish(verdict.value) == "inte budget och personal"


def test_the_reason_names_the_responsibilities_that_are_not_known(make_entry):
    entry = make_entry(manager_operations=True, manager_budget=True)

    verdict = manager_responsibilities.check(entry, {"year": 2025})

    assert "whether the manager answers for staff" in str(verdict.reason)
    assert verdict.value is None


@pytest.mark.parametrize(
    "module", [financed_by_city, plan_with_goals, basic_control, manager_responsibilities]
)
def test_a_rule_without_parameters_refuses_any(module, make_entry):
    with pytest.raises(ValueError, match="'minimum' is unknown"):
        module.check(make_entry(), {"year": 2025, "minimum": 5})

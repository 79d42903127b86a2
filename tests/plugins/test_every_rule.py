"""What holds for every shipped eligibility rule: words in both languages, unknown is no pass."""

from datetime import datetime
from fractions import Fraction

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvaljury.core.model import (
    BasicControl,
    Entry,
    Kind,
    Moment,
    Operator,
    Outcome,
    Predecessor,
)
from kvaljury.errors import Text
from kvaljury_plugins import (
    basic_control,
    bid_in_time,
    board_notice_in_time,
    employees,
    financed_by_city,
    manager_responsibilities,
    no_deficit,
    plan_with_goals,
    quarantine,
    share_of_places,
    share_of_pupils,
)

MODULES = (
    basic_control,
    bid_in_time,
    board_notice_in_time,
    employees,
    financed_by_city,
    manager_responsibilities,
    no_deficit,
    plan_with_goals,
    quarantine,
    share_of_places,
    share_of_pupils,
)
RULES = {rule.name: rule for module in MODULES for rule in module.kvaljury_eligibility_rules()}
NOON = Moment(datetime.fromisoformat("2025-05-07T12:00"))
PARAMETERS = {
    "basic-control": {},
    "bid-in-time": {"deadline": NOON},
    "board-notice-in-time": {"deadline": NOON},
    "employees": {"minimum": 5},
    "financed-by-city": {},
    "manager-responsibilities": {},
    "no-deficit": {"fields": ["result_previous_year", "forecast_current_year"]},
    "plan-with-goals": {},
    "quarantine": {"years": 2},
    "share-of-places": {"minimum": 51, "elsewhere_kinds": ["preschool", "school"]},
    "share-of-pupils": {"minimum": 51, "kinds": ["preschool", "school"]},
}
yes_no = st.none() | st.booleans()
amounts = st.none() | st.integers(-2, 2).map(Fraction)
award_years = st.none() | st.integers(2020, 2024)
arrivals = st.none() | st.builds(
    Moment,
    st.integers(6, 8).map(lambda day: datetime.fromisoformat(f"2025-05-0{day}")),
    st.booleans(),
)
entries = st.builds(
    Entry,
    id=st.just("F01"),
    name=st.just("Exempel"),
    entry_class=st.just("x"),
    kind=st.sampled_from(Kind),
    operator=st.none() | st.sampled_from(Operator),
    financed_by_city=yes_no,
    manager_operations=yes_no,
    manager_budget=yes_no,
    manager_staff=yes_no,
    plan_with_goals=yes_no,
    sells_single_places=yes_no,
    employees_excluding_manager=st.none() | st.integers(3, 6),
    stockholm_share=st.none() | st.sampled_from([Fraction("50.99"), Fraction(51)]),
    result_previous_year=amounts,
    forecast_current_year=amounts,
    last_award_year=award_years,
    predecessors=st.lists(st.builds(Predecessor, st.just("U"), award_years), max_size=2).map(tuple),
    board_notice_date=arrivals,
    bid_received=arrivals,
    basic_control=st.none() | st.sampled_from(BasicControl),
)
# An empty one of these means none, not unknown.
EMPTY_MEANS_NONE = {"last_award_year", "last_mention_year"}
BLANKABLE = [
    field.name
    for field in attrs.fields(Entry)
    if field.default is None and field.name not in EMPTY_MEANS_NONE
]
OPEN = {Outcome.FAIL, Outcome.UNKNOWN}
every_rule = pytest.mark.parametrize("name", sorted(RULES))


def judge(name, entry):
    return RULES[name].check(entry, {"year": 2025, **PARAMETERS[name]})


def test_every_rule_of_both_editions_is_offered():
    assert sorted(RULES) == sorted(PARAMETERS)


@every_rule
@settings(max_examples=50)
@given(entry=entries)
def test_every_reason_value_and_limit_is_in_swedish_and_english(name, entry, check_bilingual):
    verdict = judge(name, entry)

    for text in (verdict.reason, verdict.value, verdict.limit):
        if isinstance(text, Text):
            check_bilingual(text)
            assert "{" not in str(text)


@every_rule
@settings(max_examples=50)
@given(entry=entries)
def test_a_verdict_of_pass_or_fail_states_the_value_that_was_tested(name, entry):
    verdict = judge(name, entry)

    if verdict.outcome in {Outcome.PASS, Outcome.FAIL}:
        assert verdict.value is not None
    if verdict.outcome is Outcome.NOT_APPLICABLE:
        assert verdict.value is None


@every_rule
@settings(max_examples=50)
@given(entry=entries, field=st.sampled_from(BLANKABLE))
def test_blanking_a_field_never_opens_what_was_barred_or_unknown(name, entry, field):
    before = judge(name, entry).outcome
    after = judge(name, attrs.evolve(entry, **{field: None})).outcome

    assert before not in OPEN or after in OPEN


@every_rule
def test_of_an_entry_of_which_nothing_is_known_no_rule_but_the_quarantine_is_met(name):
    for kind in Kind:
        outcome = judge(name, Entry(id="F01", name="X", entry_class="x", kind=kind)).outcome
        expected = {"quarantine": Outcome.PASS}.get(name, Outcome.UNKNOWN)
        if name == "share-of-pupils" and kind is Kind.OTHER:
            expected = Outcome.NOT_APPLICABLE
        assert outcome is expected


@every_rule
def test_a_parameter_that_no_rule_knows_is_refused(name):
    entry = Entry(id="F01", name="X", entry_class="x", kind=Kind.OTHER)

    with pytest.raises(ValueError, match="'minimm' is unknown"):
        RULES[name].check(entry, {"year": 2025, **PARAMETERS[name], "minimm": 1})

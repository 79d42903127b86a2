"""Entries against rules: findings, stages, overrides, and rules that misbehave."""

import itertools
from datetime import datetime
from fractions import Fraction

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvaljury.core.eligibility import decide_stages, judge_entries
from kvaljury.core.model import (
    BasicControl,
    EligibilityRule,
    Entry,
    Finding,
    Kind,
    Moment,
    Operator,
    Outcome,
    Override,
    Stage,
    State,
    Verdict,
)
from kvaljury.errors import PluginFault, Text
from kvaljury_plugins import (
    basic_control,
    bid_in_time,
    employees,
    financed_by_city,
    manager_responsibilities,
    no_deficit,
    plan_with_goals,
    quarantine,
    share_of_places,
    share_of_pupils,
)

PARTICIPATION, AWARD, MENTION = Stage
REWARDS = (AWARD, MENTION)
MODULES = (
    basic_control,
    bid_in_time,
    employees,
    financed_by_city,
    manager_responsibilities,
    no_deficit,
    plan_with_goals,
    quarantine,
    share_of_places,
    share_of_pupils,
)
SHIPPED = {rule.name: rule for module in MODULES for rule in module.kvaljury_eligibility_rules()}


def fixed(outcome, name="fixed"):
    return EligibilityRule(name, lambda entry, parameters: Verdict(outcome, Text("why"), "v", "l"))


def judge(build, uses, rules, entries=("F01",), overrides=()):
    edition = build.edition(
        entries, rules=build.rules(eligibility=uses), overrides=tuple(overrides)
    )
    return judge_entries(edition, rules)


def judge_one(build, uses, rules, **more):
    (eligibility,) = judge(build, uses, rules, **more)
    return eligibility


def test_a_finding_names_rule_entry_stage_value_limit_and_source(build):
    found = judge_one(build, [build.use("E25-04", "fixed")], {"fixed": fixed(Outcome.FAIL)})

    assert found.findings == (
        Finding("E25-04", "F01", PARTICIPATION, Outcome.FAIL, Text("why"), "S25:1", "v", "l"),
    )


def test_every_entry_of_every_state_is_judged_and_sorted_by_id(build):
    entries = [
        build.entry("F03", state=State.WITHDRAWN),
        build.entry("F01", state=State.CALIBRATION_CASE),
        "F02",
    ]

    found = judge(build, [build.use("R", "fixed")], {"fixed": fixed(Outcome.PASS)}, entries)

    assert [eligibility.entry for eligibility in found] == ["F01", "F02", "F03"]
    assert all(len(eligibility.findings) == 1 for eligibility in found)


def test_findings_come_in_the_order_of_the_rule_set_then_of_the_stages(build):
    uses = [
        build.use("Z", "fixed", MENTION, AWARD, PARTICIPATION),
        build.use("A", "fixed", MENTION),
    ]

    found = judge_one(build, uses, {"fixed": fixed(Outcome.PASS)})

    assert [(f.rule, f.stage) for f in found.findings] == [
        ("Z", PARTICIPATION),
        ("Z", AWARD),
        ("Z", MENTION),
        ("A", MENTION),
    ]


def test_a_rule_gets_its_parameters_and_the_editions_year(build):
    seen = []

    def check(entry, parameters):
        seen.append((entry.id, dict(parameters)))
        return Verdict(Outcome.PASS, Text("why"))

    uses = [build.use("R", "spy", PARTICIPATION, AWARD, minimum=5, year=1999)]

    judge(build, uses, {"spy": EligibilityRule("spy", check)})

    assert seen == [("F01", {"minimum": 5, "year": 2025})]


def test_an_edition_without_rules_bars_nobody(build):
    found = judge_one(build, [], {})

    assert found.stages == dict.fromkeys(Stage, Outcome.PASS)
    assert found.findings == ()


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ((), Outcome.PASS),
        ((Outcome.PASS,), Outcome.PASS),
        ((Outcome.NOT_APPLICABLE,), Outcome.PASS),
        ((Outcome.PASS, Outcome.UNKNOWN, Outcome.NOT_APPLICABLE), Outcome.UNKNOWN),
        ((Outcome.PASS, Outcome.UNKNOWN, Outcome.FAIL), Outcome.FAIL),
    ],
)
def test_a_stage_fails_before_it_is_unknown_and_is_unknown_before_it_passes(verdicts, expected):
    for order in itertools.permutations(verdicts):
        findings = [Finding("R", "F01", AWARD, v, Text("why"), "S25:1") for v in order]

        assert decide_stages(findings) == {
            PARTICIPATION: Outcome.PASS,
            AWARD: expected,
            MENTION: Outcome.PASS,
        }


@pytest.mark.parametrize(
    ("stage", "failing"),
    [(PARTICIPATION, set(Stage)), (AWARD, {AWARD}), (MENTION, {MENTION})],
)
def test_award_and_mention_include_participation_and_nothing_else(build, stage, failing):
    found = judge_one(build, [build.use("R", "fixed", stage)], {"fixed": fixed(Outcome.FAIL)})

    assert {s for s, outcome in found.stages.items() if outcome is Outcome.FAIL} == failing


def raising(entry, parameters):
    raise KeyError("minimum")


HOSTILE = {
    "raises": (raising, "KeyError: 'minimum'"),
    "true": (lambda entry, parameters: True, "gives True"),
    "nothing": (lambda entry, parameters: None, "gives None"),
    "outcome alone": (lambda entry, parameters: Outcome.PASS, "gives <Outcome.PASS"),
    "a word": (lambda entry, parameters: Verdict("pass", Text("why")), "gives Verdict"),
    "no text": (lambda entry, parameters: Verdict(Outcome.PASS, "why"), "gives Verdict"),
    "value": (lambda entry, parameters: Verdict(Outcome.PASS, Text("why"), 5), "gives Verdict"),
    "limit": (
        lambda entry, parameters: Verdict(Outcome.PASS, Text("why"), None, 5),
        "gives Verdict",
    ),
}


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_a_rule_that_gives_anything_but_a_verdict_is_named_with_plugin_and_entry(build, kind):
    check, complaint = HOSTILE[kind]

    with pytest.raises(PluginFault, match=complaint) as caught:
        judge(build, [build.use("E25-04", "odd")], {"odd": EligibilityRule("odd", check)})

    assert "rule E25-04 (plugin odd)" in str(caught.value)
    assert "on entry F01" in str(caught.value)
    assert caught.value.code == ("plugin-failed" if kind == "raises" else "plugin-wrong-answer")


OVERRIDE = Override("F01", "R", "Anna Exempel", "the mail system was down")


@pytest.mark.parametrize(
    ("outcome", "beginning"), [(Outcome.FAIL, "Not met"), (Outcome.UNKNOWN, "Not known")]
)
def test_a_named_person_sets_a_rule_aside_and_the_first_verdict_stays_readable(
    build, outcome, beginning
):
    found = judge_one(
        build,
        [build.use("R", "fixed", *Stage, overridable=True)],
        {"fixed": fixed(outcome)},
        overrides=[OVERRIDE],
    )

    assert found.stages == dict.fromkeys(Stage, Outcome.PASS)
    for finding in found.findings:
        assert finding.overridden_by == "Anna Exempel"
        assert str(finding.reason) == (
            f"{beginning}, but set aside by Anna Exempel (the mail system was down): why"
        )
        assert (finding.value, finding.limit) == ("v", "l")


@pytest.mark.parametrize("outcome", [Outcome.PASS, Outcome.NOT_APPLICABLE])
def test_what_bars_nobody_is_not_set_aside(build, outcome):
    uses = [build.use("R", "fixed", overridable=True)]

    found = judge_one(build, uses, {"fixed": fixed(outcome)}, overrides=[OVERRIDE])

    assert found == judge_one(build, uses, {"fixed": fixed(outcome)})


@pytest.mark.parametrize(
    ("overridable", "override"),
    [
        (False, OVERRIDE),
        (True, attrs.evolve(OVERRIDE, entry="F02")),
        (True, attrs.evolve(OVERRIDE, rule="R2")),
    ],
)
def test_an_override_of_another_entry_another_rule_or_a_rule_that_holds_changes_nothing(
    build, overridable, override
):
    uses = [build.use("R", "fixed", overridable=overridable)]

    found = judge_one(build, uses, {"fixed": fixed(Outcome.FAIL)}, overrides=[override])

    assert found.stages[PARTICIPATION] is Outcome.FAIL
    assert found.findings[0].overridden_by is None


DEFICIT_2025 = {"fields": ["result_previous_year", "forecast_current_year"]}


def stages_of_economy(build, use, result, forecast):
    entry = build.entry(result_previous_year=result, forecast_current_year=forecast)
    return judge_one(build, [use], SHIPPED, entries=[entry]).stages


@pytest.mark.parametrize(
    ("result", "forecast", "reward"),
    [
        (Fraction(-1), Fraction(1), Outcome.FAIL),
        (Fraction(0), Fraction(0), Outcome.PASS),
        (None, Fraction(0), Outcome.UNKNOWN),
    ],
)
def test_a_deficit_bars_from_receiving_and_not_from_taking_part_in_2025(
    build, result, forecast, reward
):
    use = build.use("E25-07", "no-deficit", *REWARDS, **DEFICIT_2025)

    assert stages_of_economy(build, use, result, forecast) == {
        PARTICIPATION: Outcome.PASS,
        AWARD: reward,
        MENTION: reward,
    }


def test_last_years_deficit_does_not_bar_from_taking_part_in_2012(build):
    use = build.use("E12-04", "no-deficit", fields=["forecast_current_year"])

    stages = stages_of_economy(build, use, Fraction(-1), Fraction(0))

    assert stages == dict.fromkeys(Stage, Outcome.PASS)


def uses_2025(build):
    late = Moment(datetime.fromisoformat("2025-05-07"), whole_day=True)
    kinds = ["preschool", "school"]
    return [
        build.use("E25-01", "financed-by-city"),
        build.use("E25-02", "manager-responsibilities"),
        build.use("E25-03", "plan-with-goals"),
        build.use("E25-04", "employees", minimum=5),
        build.use("E25-05", "share-of-places", minimum=51, elsewhere_kinds=kinds),
        build.use("E25-06", "share-of-pupils", minimum=51, kinds=kinds),
        build.use("E25-07", "no-deficit", *REWARDS, **DEFICIT_2025),
        build.use("E25-08", "quarantine", years=2),
        build.use("D25-03", "bid-in-time", deadline=late),
        build.use("D25-05", "basic-control", *REWARDS),
    ]


FULL = {
    "operator": Operator.INDEPENDENT,
    "financed_by_city": True,
    "manager_operations": True,
    "manager_budget": True,
    "manager_staff": True,
    "plan_with_goals": True,
    "sells_single_places": True,
    "employees_excluding_manager": 5,
    "stockholm_share": Fraction(51),
    "result_previous_year": Fraction(0),
    "forecast_current_year": Fraction(0),
    "bid_received": Moment(datetime.fromisoformat("2025-05-07T23:59:59")),
    "basic_control": BasicControl.CLEARED,
}
WORSE = {
    "operator": [Operator.CITY, Operator.CONTRACTOR],
    "financed_by_city": [False],
    "manager_operations": [False],
    "manager_budget": [False],
    "manager_staff": [False],
    "plan_with_goals": [False],
    "sells_single_places": [False],
    "employees_excluding_manager": [4],
    "stockholm_share": [Fraction("50.99")],
    "result_previous_year": [Fraction(-1)],
    "forecast_current_year": [Fraction(-1)],
    "bid_received": [Moment(datetime.fromisoformat("2025-05-08T00:00:01"))],
    "basic_control": [BasicControl.NOT_CLEARED],
}
entries = st.fixed_dictionaries(
    {name: st.sampled_from([value, value, *WORSE[name], None]) for name, value in FULL.items()}
)


def stages_2025(build, kind, fields):
    entry = build.entry(kind=kind, **fields)
    return judge_one(build, uses_2025(build), SHIPPED, entries=[entry]).stages


@pytest.mark.parametrize("kind", Kind)
def test_an_entry_on_every_limit_passes_every_stage_of_2025(build, kind):
    assert stages_2025(build, kind, FULL) == dict.fromkeys(Stage, Outcome.PASS)


def test_an_entry_of_which_nothing_is_known_passes_no_stage_of_2025(build):
    assert stages_2025(build, Kind.OTHER, {}) == dict.fromkeys(Stage, Outcome.UNKNOWN)


@settings(max_examples=60)
@given(fields=entries, kind=st.sampled_from(Kind), blank=st.sampled_from(sorted(FULL)))
def test_blanking_a_field_never_turns_a_stage_into_a_pass(build, fields, kind, blank):
    before = stages_2025(build, kind, fields)
    after = stages_2025(build, kind, fields | {blank: None})

    for stage in Stage:
        assert after[stage] is not Outcome.PASS or before[stage] is Outcome.PASS


@settings(max_examples=60)
@given(fields=entries, kind=st.sampled_from(Kind))
def test_who_may_not_take_part_may_not_receive(build, fields, kind):
    stages = stages_2025(build, kind, fields)

    for reward in REWARDS:
        assert stages[reward] is not Outcome.PASS or stages[PARTICIPATION] is Outcome.PASS
    if stages[PARTICIPATION] is Outcome.FAIL:
        assert stages[AWARD] is stages[MENTION] is Outcome.FAIL


@given(order=st.permutations(["F01", "F02", "F03"]))
def test_the_order_of_entries_never_matters(build, order):
    def check(entry, parameters):
        return Verdict(Outcome.FAIL if entry.id == "F02" else Outcome.PASS, Text(entry.id))

    rules = {"by-id": EligibilityRule("by-id", check)}
    found = judge(build, [build.use("R", "by-id")], rules, entries=order)

    assert found == judge(build, [build.use("R", "by-id")], rules, entries=sorted(order))
    assert isinstance(found, tuple)
    assert {type(entry) for entry in map(build.entry, order)} == {Entry}

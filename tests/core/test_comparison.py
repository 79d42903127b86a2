"""Two rule sets give the list of what differs."""

from datetime import datetime
from fractions import Fraction

import attrs
import pytest

from kvaljury.core.comparison import Change, compare_rule_sets
from kvaljury.core.model import (
    Area,
    Assumption,
    DossierSettings,
    EligibilityUse,
    EntryClass,
    Fact,
    Kind,
    Leaf,
    Moment,
    Question,
    RuleSet,
    Settings,
    ShortlistSettings,
    Stage,
)
from kvaljury.core.model.jury_rules import JuryRules, Voting
from kvaljury.errors import Text


def text(word: str) -> Text:
    return Text(word, sv=word)


def leaf(word: str, weight: Fraction, rubric: str = "approach") -> Leaf:
    return Leaf(word, text(f"leaf {word}"), weight, rubric, f"S1:{len(word)}")


WHOLE = Question("1", text("one"), Fraction(50), (leaf("1", Fraction(100)),))
SPLIT = Question(
    "2", text("two"), Fraction(50), (leaf("2a", Fraction(50)), leaf("2b", Fraction(50)))
)
RULE = EligibilityUse(
    "E1", "employees", text("staff"), (Stage.PARTICIPATION,), {"minimum": 5}, "S1:9"
)
RULES = RuleSet(
    name="a",
    title=text("A"),
    year=2001,
    areas=(Area("x", text("X"), Fraction(100), (WHOLE, SPLIT)),),
    classes=(EntryClass("c", text("C"), Kind.OTHER),),
    eligibility=(RULE,),
    facts=(Fact("F1", text("day"), text("one"), "S1:8"),),
    assumptions=(Assumption("scale", text("0-100")),),
    settings=Settings(),
)


def changes(**after: object) -> list[tuple[str, str, str | None, str | None]]:
    return [
        (
            change.section,
            change.key,
            None if change.before is None else str(change.before),
            None if change.after is None else str(change.after),
        )
        for change in compare_rule_sets(RULES, attrs.evolve(RULES, **after))
    ]


def with_questions(*questions: Question) -> tuple[Area, ...]:
    return (attrs.evolve(RULES.areas[0], questions=questions),)


def with_rule(**after: object) -> tuple[EligibilityUse, ...]:
    return (attrs.evolve(RULE, **after),)


def test_equal_rule_sets_do_not_differ() -> None:
    assert compare_rule_sets(RULES, RULES) == ()


def test_a_change_carries_both_texts_and_lines() -> None:
    after = attrs.evolve(RULES, eligibility=with_rule(source="S2:3", parameters={"minimum": 4}))
    assert compare_rule_sets(RULES, after) == (
        Change(
            "eligibility",
            "employees.minimum",
            Text("{value}", sv="{value}", value=5),
            Text("{value}", sv="{value}", value=4),
            ("S1:9", "S2:3"),
        ),
    )


def test_a_line_that_moved_is_no_change() -> None:
    assert changes(eligibility=with_rule(source="S2:3")) == []


def test_a_rule_is_matched_by_its_plugin_and_not_by_its_id() -> None:
    assert changes(eligibility=with_rule(id="E2")) == []


def test_stages_and_leave_to_override_are_compared() -> None:
    after = with_rule(stages=(Stage.AWARD, Stage.MENTION), overridable=True)
    assert changes(eligibility=after) == [
        ("eligibility", "employees.stages", "participation", "award, honourable mention"),
        ("eligibility", "employees.overridable", "no", "yes"),
    ]


def test_a_rule_that_is_gone_is_listed_with_its_figures() -> None:
    assert changes(eligibility=()) == [
        ("eligibility", "employees", "staff", None),
        ("eligibility", "employees.stages", "participation", None),
        ("eligibility", "employees.overridable", "no", None),
        ("eligibility", "employees.minimum", "5", None),
    ]


def test_a_plugin_that_is_used_twice_keeps_both_uses_apart() -> None:
    keys = [key for _, key, _, _ in changes(eligibility=(RULE, RULE))]
    assert keys[0] == "employees#2"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (("school", "preschool"), "school, preschool"),
        ((), "–"),
        (("forecast_current_year",), "this year's forecast"),
        (Fraction(101, 2), "50.5"),
        (Fraction(51), "51"),
        ("word", "word"),
        (Moment(datetime.fromisoformat("2025-05-07"), whole_day=True), "2025-05-07"),
        (Moment(datetime.fromisoformat("2025-05-08T00:00")), "2025-05-07 24.00"),
        (Moment(datetime.fromisoformat("2025-05-07T10:30")), "2025-05-07 10.30"),
    ],
)
def test_a_parameter_is_shown_as_people_write_it(value: object, shown: str) -> None:
    after = with_rule(parameters={"minimum": value})
    assert changes(eligibility=after) == [("eligibility", "employees.minimum", "5", shown)]


def test_areas_are_added_and_removed_with_their_weights() -> None:
    after = (attrs.evolve(RULES.areas[0], id="y", label=text("Y")),)
    assert changes(areas=after) == [
        ("areas", "x", "X", None),
        ("areas", "y", None, "Y"),
        ("weights", "areas.x", "100 %", None),
        ("weights", "areas.y", None, "100 %"),
    ]


def test_a_question_that_is_gone_takes_its_weight_and_rubric_along() -> None:
    assert changes(areas=with_questions(SPLIT)) == [("questions", "1", "one", None)]


def test_a_question_that_is_split_gets_its_leaves() -> None:
    parts = (leaf("1a", Fraction(100)),)
    after = with_questions(attrs.evolve(WHOLE, leaves=parts), SPLIT)
    assert changes(areas=after) == [("leaves", "1a", None, "leaf 1a")]


def test_labels_weights_and_rubrics_of_shared_questions_are_compared() -> None:
    parts = (leaf("2a", Fraction(100, 3)), leaf("2b", Fraction(50), "results"))
    question = attrs.evolve(SPLIT, label=text("zwei"), weight=Fraction(49), leaves=parts)
    assert changes(areas=with_questions(WHOLE, question)) == [
        ("questions", "2", "two", "zwei"),
        ("weights", "questions.2", "50 %", "49 %"),
        ("weights", "leaves.2a", "50 %", "33.33 %"),
        ("rubrics", "2b", "approach", "results"),
    ]


def test_weights_that_look_the_same_when_rounded_still_differ() -> None:
    parts = (leaf("2a", Fraction(500001, 10000)), leaf("2b", Fraction(50)))
    after = with_questions(WHOLE, attrs.evolve(SPLIT, leaves=parts))
    assert [(section, key) for section, key, _, _ in changes(areas=after)] == [
        ("weights", "leaves.2a")
    ]


def test_classes_are_compared_with_kind_and_size() -> None:
    after = (EntryClass("c", text("D"), Kind.SCHOOL, 2),)
    assert changes(classes=after) == [
        ("classes", "c", "C", "D"),
        ("classes", "c.kind", "other", "school"),
        ("classes", "c.shortlist_size", None, "2"),
    ]


def test_a_key_that_is_no_word_is_told_in_words_too() -> None:
    parts = (leaf("2a", Fraction(40)), leaf("2b", Fraction(60)))
    after = attrs.evolve(
        RULES,
        areas=with_questions(
            attrs.evolve(WHOLE, weight=Fraction(40)), attrs.evolve(SPLIT, leaves=parts)
        ),
        classes=(EntryClass("c", text("C"), Kind.SCHOOL, 2),),
        eligibility=with_rule(stages=(Stage.AWARD,), overridable=True),
    )
    assert {c.key: str(c.label) for c in compare_rule_sets(RULES, after)} == {
        "questions.1": "question 1",
        "leaves.2a": "part 2a",
        "leaves.2b": "part 2b",
        "c.kind": "C, kind",
        "c.shortlist_size": "C, places on the shortlist",
        "employees.stages": "employees, decides on",
        "employees.overridable": "employees, may be set aside",
    }


def test_facts_and_assumptions_are_compared() -> None:
    facts = (Fact("F1", text("day"), text("two"), "S2:1"),)
    assert changes(facts=facts, assumptions=()) == [
        ("facts", "F1", "day: one", "day: two"),
        ("assumptions", "scale", "0-100", None),
    ]


def test_the_sections_of_dossiers_are_compared_in_their_order() -> None:
    sections = DossierSettings().sections
    (change,) = changes(settings=Settings(dossier=DossierSettings(sections[::-1])))
    assert change == (
        "settings",
        "dossier.sections",
        ", ".join(sections),
        ", ".join(sections[::-1]),
    )


def test_settings_are_compared_key_by_key() -> None:
    assert changes(settings=Settings(shortlist=ShortlistSettings(size=4, clear=0.95))) == [
        ("settings", "shortlist.size", "3", "4"),
        ("settings", "shortlist.clear", "0.9", "0.95"),
    ]


def test_the_rules_of_a_jury_are_compared_by_the_keys_of_the_file() -> None:
    jury = JuryRules(
        quorum=5,
        voting=Voting.CLOSED,
        jav_rules=("own-unit",),
        may_share=True,
        awards={"": 1, "skola": 0},
    )
    assert changes(settings=Settings(jury=jury)) == [
        ("settings", "jury.quorum", "more than half of the members", "5"),
        ("settings", "jury.voting", "open", "closed"),
        (
            "settings",
            "jury.jav_rules",
            "head-of-administration, own-unit, basic-control",
            "own-unit",
        ),
        ("settings", "jury.share", "no", "yes"),
        ("settings", "jury.awards.skola", None, "0"),
    ]


def test_the_way_back_is_the_same_list_turned_round() -> None:
    other = attrs.evolve(RULES, facts=(), eligibility=with_rule(parameters={"minimum": 4}))
    there = compare_rule_sets(RULES, other)
    back = compare_rule_sets(other, RULES)
    assert {(c.section, c.key, c.before, c.after) for c in there} == {
        (c.section, c.key, c.after, c.before) for c in back
    }

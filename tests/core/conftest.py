"""Makers of small editions for the tests of the core."""

from fractions import Fraction
from types import SimpleNamespace

import pytest

from kvaljury.core.model import (
    Area,
    ConsensusMark,
    Criterion,
    Edition,
    EligibilityUse,
    Entry,
    EntryClass,
    Kind,
    Leaf,
    Mark,
    Marks,
    MarksUsed,
    Question,
    Rubric,
    RuleSet,
    Scale,
    ScoringSettings,
    Settings,
    Stage,
    Team,
)
from kvaljury.errors import Text

SCALE = Scale(Fraction(0), Fraction(100), Fraction(5))


def make_leaf(leaf_id, weight=100, rubric="one"):
    return Leaf(leaf_id, Text(leaf_id), Fraction(weight), rubric, "S25:1")


def make_question(question_id, weight=100, *leaves):
    parts = leaves or (make_leaf(question_id),)
    return Question(question_id, Text(question_id), Fraction(weight), tuple(parts))


def make_area(area_id, weight=100, *questions):
    return Area(area_id, Text(area_id), Fraction(weight), tuple(questions))


# Two areas, three questions, four leaves: "2" has two parts, "3" is marked on two criteria.
AREAS = (
    make_area(
        "users",
        60,
        make_question("1", 50),
        make_question("2", 50, make_leaf("2a", 25), make_leaf("2b", 75)),
    ),
    make_area("staff", 40, make_question("3", 100, make_leaf("3", 100, "two"))),
)


def make_rubric(name="one", criteria=("",), score=None):
    def mean(marks):
        return marks.mean(axis=1)

    parts = tuple(Criterion(criterion, Text(criterion or name)) for criterion in criteria)
    return Rubric(name, parts, SCALE, (), score or mean)


def make_rubrics(*extra):
    rubrics = (make_rubric(), make_rubric("two", ("x", "y")), *extra)
    return {rubric.name: rubric for rubric in rubrics}


def make_use(rule_id, rule, *stages, overridable=False, **parameters):
    return EligibilityUse(
        id=rule_id,
        rule=rule,
        label=Text(rule),
        stages=stages or (Stage.PARTICIPATION,),
        parameters=parameters,
        source="S25:1",
        overridable=overridable,
    )


def make_rules(areas=AREAS, eligibility=(), marks="individual"):
    return RuleSet(
        name="test",
        title=Text("Test"),
        year=2025,
        areas=tuple(areas),
        classes=(EntryClass("other", Text("Other"), Kind.OTHER),),
        eligibility=tuple(eligibility),
        facts=(),
        assumptions=(),
        settings=Settings(scoring=ScoringSettings(marks=MarksUsed(marks))),
    )


def make_entry(entry_id="F01", **fields):
    return Entry(
        **{
            "id": entry_id,
            "name": f"Unit {entry_id}",
            "entry_class": "other",
            "kind": Kind.OTHER,
            **fields,
        }
    )


def make_team(team_id, examiners, entries, guests=()):
    return Team(team_id, None, tuple(examiners.split()), tuple(entries.split()), tuple(guests))


def make_edition(entries=("F01",), teams=None, rules=None, **fields):
    values = [e if isinstance(e, Entry) else make_entry(e) for e in entries]
    listed = " ".join(entry.id for entry in values)
    return Edition(
        title="Test 2025",
        year=2025,
        rules=rules or make_rules(),
        entries=tuple(values),
        teams=tuple(teams) if teams is not None else (make_team("L1", "E1 E2 E3", listed),),
        **fields,
    )


def make_marks(entry, examiner, **values):
    """Marks by leaf, written ``q1=50``; ``q3`` takes one mark for both its criteria or a pair."""
    found = []
    for name, value in values.items():
        leaf = name.removeprefix("q")
        if leaf == "3":
            pair = value if isinstance(value, tuple) else (value, value)
            cells = [("x", pair[0]), ("y", pair[1])]
        else:
            cells = [("", value)]
        found += [
            Mark(entry, examiner, leaf, criterion, Fraction(mark))
            for criterion, mark in cells
            if mark is not None
        ]
    return found


def make_consensus(entry, **values):
    return [
        ConsensusMark(mark.entry, mark.question, mark.criterion, mark.value, "agreed")
        for mark in make_marks(entry, "", **values)
    ]


def collect_marks(*groups, consensus=(), excluded=()):
    return Marks(
        valid=tuple(mark for group in groups for mark in group),
        consensus=tuple(mark for group in consensus for mark in group),
        excluded=tuple(mark for group in excluded for mark in group),
    )


@pytest.fixture(scope="session")
def build():
    """Makers of rule sets, editions, marks and rubrics, by name."""
    return SimpleNamespace(
        areas=AREAS,
        leaf=make_leaf,
        question=make_question,
        area=make_area,
        rubric=make_rubric,
        rubrics=make_rubrics,
        use=make_use,
        rules=make_rules,
        entry=make_entry,
        team=make_team,
        edition=make_edition,
        marks=make_marks,
        consensus=make_consensus,
        collect=collect_marks,
    )

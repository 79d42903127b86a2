from fractions import Fraction

import attrs
import pytest

from kvaljury import (
    Aggregation,
    Criterion,
    EligibilityRule,
    JavRule,
    Level,
    Normalisation,
    Rubric,
    Scale,
    ShortlistRule,
    Text,
    VotingMethod,
    hookspecs,
)
from kvaljury.registry.contents import HOOK_KINDS, fault_in

FIVES = Scale(Fraction(0), Fraction(100), Fraction(5))
LABEL = Text("Mark", sv="Poäng")
SOUND = Rubric(
    "holistic",
    (Criterion("", LABEL),),
    FIVES,
    (Level(0, 45, LABEL), Level(50, 100, LABEL)),
    lambda marks: marks[:, 0],
)


def criteria(*ids):
    return tuple(Criterion(id_, LABEL) for id_ in ids)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"name": "a"},
        {"name": "half-marks-2"},
        {"criteria": criteria("plan", "follow_up", "act-2")},
        {"criteria": criteria("only")},
        {"levels": ()},
        {"scale": Scale(Fraction(1), Fraction(100), Fraction(99)), "levels": ()},
        {"scale": Scale(Fraction(0), Fraction(100), Fraction(1, 2))},
    ],
)
def test_a_sound_rubric_has_no_fault(changes):
    assert fault_in(attrs.evolve(SOUND, **changes)) is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "its name is ''"),
        ({"name": "Half"}, "'Half'"),
        ({"name": "a b"}, "'a b'"),
        ({"name": "på"}, "'på'"),
        ({"name": "2nd"}, "'2nd'"),
        ({"name": "a\n"}, "its name"),
        ({"name": None}, "None"),
        ({"score": None}, "score"),
        ({"criteria": ()}, "at least one Criterion"),
        ({"criteria": [*criteria("a")]}, "at least one Criterion"),
        ({"criteria": None}, "at least one Criterion"),
        ({"criteria": ("a",)}, "at least one Criterion"),
        ({"criteria": (Criterion("a", "Mark"),)}, "label"),
        ({"criteria": criteria("", "b")}, "'', 'b'"),
        ({"criteria": criteria("A")}, "'A'"),
        ({"criteria": criteria("a b")}, "'a b'"),
        ({"criteria": criteria(3)}, "3"),
        ({"criteria": criteria("a", "b", "a")}, "same id: a, b, a"),
        ({"scale": None}, "no Scale"),
        ({"scale": Scale(0, 100, 5)}, "no Scale of three Fractions"),
        ({"scale": Scale(0.0, 100.0, 5.0)}, "no Scale of three Fractions"),
        ({"scale": Scale(Fraction(0), Fraction(100), Fraction(0))}, "in steps of 0"),
        ({"scale": Scale(Fraction(0), Fraction(100), Fraction(-5))}, "in steps of -5"),
        ({"scale": Scale(Fraction(5), Fraction(5), Fraction(5))}, "from 5 to 5"),
        ({"scale": Scale(Fraction(100), Fraction(0), Fraction(5))}, "from 100 to 0"),
        ({"scale": Scale(Fraction(0), Fraction(100), Fraction(7))}, "in steps of 7"),
        ({"levels": None}, "no tuple of Level"),
        ({"levels": [Level(0, 5, LABEL)]}, "no tuple of Level"),
        ({"levels": (Level(0, 5, "Low"),)}, "wording"),
        ({"levels": (Level(0.0, 5, LABEL),)}, "whole numbers"),
        ({"levels": (Level(False, True, LABEL),)}, "whole numbers"),
        ({"levels": (Level(10, 5, LABEL),)}, "10-5 is no range"),
        ({"levels": (Level(-5, 5, LABEL),)}, "-5-5 is no range"),
        ({"levels": (Level(90, 105, LABEL),)}, "90-105 is no range"),
        ({"levels": (Level(50, 100, LABEL), Level(0, 45, LABEL))}, "0-45 does not stand above"),
        ({"levels": (Level(0, 50, LABEL), Level(50, 100, LABEL))}, "50-100 does not stand above"),
    ],
)
def test_an_unsound_rubric_is_told_what_is_wrong(changes, said):
    assert said in str(fault_in(attrs.evolve(SOUND, **changes)))


@pytest.mark.parametrize(
    ("kind", "function"),
    [
        (Aggregation, "combine"),
        (EligibilityRule, "check"),
        (Normalisation, "calibrate"),
        (ShortlistRule, "decide"),
        (JavRule, "find"),
    ],
)
def test_what_holds_no_function_is_refused(kind, function):
    assert fault_in(kind("sound", min)) is None
    assert function in str(fault_in(kind("sound", "min")))
    assert "its name" in str(fault_in(kind("Not sound", min)))


def test_a_voting_method_has_a_function_and_a_label():
    assert fault_in(VotingMethod("sound", LABEL, min)) is None
    assert "tally" in str(fault_in(VotingMethod("sound", LABEL, "min")))
    assert "label" in str(fault_in(VotingMethod("sound", "Sound", min)))


def test_every_hook_has_its_kind_and_every_kind_its_hook():
    specified = {
        name: function
        for name, function in vars(hookspecs).items()
        if name.startswith("kvaljury_") and callable(function)
    }
    assert specified.keys() == HOOK_KINDS.keys()
    for name, function in specified.items():
        (given,) = function.__annotations__["return"].__args__
        assert HOOK_KINDS[name].type is given


def test_every_kind_is_called_by_its_own_word():
    said = {str(kind.called("low")) for kind in HOOK_KINDS.values()}
    assert said == {
        "the aggregation low",
        "the dossier section low",
        "the eligibility rule low",
        "the jäv rule low",
        "the normalisation low",
        "the rubric low",
        "the shortlist rule low",
        "the voting method low",
    }
    labels = {kind.label for kind in HOOK_KINDS.values()}
    assert len(labels) == len(HOOK_KINDS)

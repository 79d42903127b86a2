"""Voting methods are asked so that whatever they answer is a tally, or names them."""

from fractions import Fraction

import attrs
import pytest

from kvaljury.core.model import Figure, Grades, Pair, Tally, Text, VotingMethod
from kvaljury.core.tallying import tally_grades
from kvaljury.errors import PluginFault

LEVELS = (Text("no"), Text("yes"))
GRADES = Grades(("A", "B", "C"), LEVELS, ((1, 0, 0), (1, None, 1)))
LABEL = Text("Votes", sv="Röster")
SOUND = Tally(
    (("A",), ("B", "C")),
    (Figure(LABEL, {"A": 2, "B": Fraction(1, 2), "C": Text("none", sv="inga")}),),
    (Pair("A", "B", 1, 0),),
    (),
    (Text("few"),),
)


def method(answer):
    return VotingMethod("tried", LABEL, lambda grades: answer)


def test_a_sound_tally_is_passed_on():
    assert tally_grades(method(SOUND), GRADES) is SOUND


def test_a_cycle_that_the_ballots_show_is_sound():
    grades = Grades(("A", "B", "C"), LEVELS, ((2, 1, 0), (0, 2, 1), (1, 0, 2)))
    tally = Tally((("A", "B", "C"),), cycle=("A", "B", "C"))
    assert tally_grades(method(tally), grades) is tally
    with pytest.raises(PluginFault, match="cycle"):
        tally_grades(method(attrs.evolve(tally, cycle=("C", "B", "A"))), grades)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (None, "no Tally"),
        (("A",), "no Tally"),
        (Tally([("A", "B", "C")]), "no tuple of tuples"),
        (Tally((["A", "B", "C"],)), "no tuple of tuples"),
        (Tally((("A",), ("B",))), "exactly one tier"),
        (Tally((("A", "B"), ("B", "C"))), "exactly one tier"),
        (Tally((("A", "B", "C", "D"),)), "exactly one tier"),
        (Tally((("A", "B", "C"), ())), "empty or not sorted"),
        (Tally((("B", "A", "C"),)), "empty or not sorted"),
        (attrs.evolve(SOUND, figures=("2",)), "figure"),
        (attrs.evolve(SOUND, figures=(Figure("Votes", SOUND.figures[0].values),)), "figure"),
        (attrs.evolve(SOUND, figures=(Figure(LABEL, {"A": 1, "B": 1}),)), "figure"),
        (attrs.evolve(SOUND, figures=(Figure(LABEL, dict.fromkeys("ABC", 0.5)),)), "figure"),
        (attrs.evolve(SOUND, figures=(Figure(LABEL, dict.fromkeys("ABC", True)),)), "figure"),
        (attrs.evolve(SOUND, pairs=(("A", "B"),)), "pair"),
        (attrs.evolve(SOUND, pairs=(Pair("A", "D", 1, 0),)), "pair"),
        (attrs.evolve(SOUND, pairs=(Pair("B", "A", 1, 0),)), "pair"),
        (attrs.evolve(SOUND, pairs=(Pair("A", "B", 1, 0.5),)), "pair"),
        (attrs.evolve(SOUND, cycle=("A", "D")), "cycle"),
        (attrs.evolve(SOUND, cycle=("A", "A")), "cycle"),
        (attrs.evolve(SOUND, cycle=("A", "B")), "cycle"),
        (attrs.evolve(SOUND, notes=("few",)), "note"),
        (attrs.evolve(SOUND, notes=(Text("{n}"),)), "note"),
    ],
)
def test_an_unsound_tally_names_the_method(answer, said):
    with pytest.raises(PluginFault, match=said) as caught:
        tally_grades(method(answer), GRADES)
    assert (caught.value.code, caught.value.plugin) == (
        "plugin-wrong-answer",
        "voting-method tried",
    )


def test_a_method_that_fails_is_named():
    with pytest.raises(PluginFault, match="The voting method tried failed: ZeroDivisionError"):
        tally_grades(VotingMethod("tried", LABEL, lambda grades: 1 // 0), GRADES)


def test_what_only_fails_when_it_is_looked_at_is_named_too():
    with pytest.raises(PluginFault, match="failed: TypeError"):
        tally_grades(method(Tally(((1, "A"),))), GRADES)

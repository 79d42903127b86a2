"""The agenda in which the fewest jurors have to leave the room."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.agenda import best_agenda, walk_outs

JURORS = st.frozensets(st.sampled_from("JKLM"))


def test_those_who_sit_out_together_are_taken_together() -> None:
    out = {"a": {"J1"}, "b": set(), "c": {"J1", "J2"}, "d": set()}
    agenda = best_agenda("abcd", out)
    assert agenda == ("a", "c", "b", "d")
    assert walk_outs(agenda, out) == 2
    assert walk_outs("abcd", out) == 3


def test_classes_that_make_no_difference_keep_their_order() -> None:
    assert best_agenda("cab", dict.fromkeys("abc", frozenset())) == ("c", "a", "b")


def test_no_class_makes_an_empty_agenda() -> None:
    assert best_agenda((), {}) == ()


@given(st.lists(JURORS, min_size=1, max_size=5))
def test_no_order_needs_fewer_walk_outs(sets: list[frozenset[str]]) -> None:
    out = dict(zip("abcde", sets, strict=False))
    best = min(walk_outs(order, out) for order in permutations(out))
    assert walk_outs(best_agenda(tuple(out), out), out) == best


@given(st.lists(JURORS, min_size=13, max_size=15))
def test_many_classes_are_all_taken_once(sets: list[frozenset[str]]) -> None:
    out = {f"c{index}": jurors for index, jurors in enumerate(sets)}
    agenda = best_agenda(tuple(out), out)
    assert sorted(agenda) == sorted(out)
    assert walk_outs(agenda, out) <= sum(map(len, sets))

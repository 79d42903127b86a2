"""Voting methods: published examples, ties that stay ties, and properties."""

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.model.voting import Grades, Pair, Places, places
from kvaljury.core.voting import approval, borda, majority_judgment, plurality, schulze
from kvaljury.core.voting.majority_judgment import majority_values
from kvaljury.core.voting.pairwise import (
    compare_pairs,
    condorcet_winner,
    find_cycle,
    margins_of,
    smith_set,
)
from kvaljury.core.voting.propositions import order_winners
from kvaljury.errors import Text

METHODS = (approval, borda, majority_judgment, plurality, schulze)
LEVELS = tuple(Text(word) for word in ("not now", "could", "worthy"))


def grades_of(*ballots: tuple[int | None, ...], levels: tuple[Text, ...] = LEVELS) -> Grades:
    return Grades(tuple("ABCDEFG"[: len(ballots[0])]), levels, ballots)


def ranked(*counted: tuple[int, str]) -> Grades:
    """Make grades of orders such as ``(5, "ACBED")``, best first."""
    nominees = tuple(sorted(counted[0][1]))
    ballots = [
        tuple(len(nominees) - order.index(n) for n in nominees)
        for count, order in counted
        for _ in range(count)
    ]
    levels = tuple(Text(str(n)) for n in range(len(nominees) + 1))
    return Grades(nominees, levels, tuple(ballots))


@st.composite
def any_grades(draw: st.DrawFn, most: int = 5) -> Grades:
    count = draw(st.integers(1, most))
    grade = st.one_of(st.none(), st.integers(0, 2))
    ballot = st.tuples(*[grade] * count)
    ballots = draw(st.lists(ballot, max_size=7))
    return Grades(tuple("ABCDEFG"[:count]), LEVELS, tuple(ballots))


class TestApproval:
    def test_counts_jurors_at_the_highest_level(self) -> None:
        tally = approval(grades_of((2, 1), (2, 2), (0, None)))
        assert tally.tiers == (("A",), ("B",))
        assert tally.figures[0].values == {"A": 2, "B": 1}

    def test_leaves_equals_tied(self) -> None:
        assert approval(grades_of((2, 0), (1, 2))).tiers == (("A", "B"),)


class TestPlurality:
    def test_shares_the_vote_of_a_juror_who_grades_several_highest(self) -> None:
        tally = plurality(grades_of((2, 2, 0), (0, 1, 0)))
        half = Fraction(1, 2)
        assert tally.figures[0].values == {"A": half, "B": 1 + half, "C": 0}
        assert tally.tiers == (("B",), ("A",), ("C",))

    def test_counts_nothing_of_a_juror_who_abstains_on_everyone(self) -> None:
        assert plurality(grades_of((None, None))).tiers == (("A", "B"),)


class TestBorda:
    def test_counts_those_below_minus_those_above(self) -> None:
        tally = borda(ranked((1, "ABC"), (1, "BCA")))
        assert tally.figures[0].values == {"A": 0, "B": 2, "C": -2}

    def test_counts_nothing_between_equals_and_the_ungraded(self) -> None:
        assert borda(grades_of((1, 1, None))).figures[0].values == {"A": 0, "B": 0, "C": 0}


class TestMajorityJudgment:
    def test_the_lower_middle_grade_decides(self) -> None:
        tally = majority_judgment(grades_of((2, 1), (0, 1), (0, 1)))
        assert tally.tiers == (("B",), ("A",))
        assert [str(tally.figures[0].values[n]) for n in "AB"] == ["not now", "could"]

    def test_equal_middles_are_told_apart_by_what_is_left(self) -> None:
        # Middles 1 and 1; without one of each, (1, 2) against (0, 2) for the lower middle.
        tally = majority_judgment(grades_of((1, 0), (1, 1), (2, 2)))
        assert tally.tiers == (("A",), ("B",))

    def test_the_same_grades_stay_tied_whoever_gave_them(self) -> None:
        assert majority_judgment(grades_of((2, 0), (0, 2), (1, 1))).tiers == (("A", "B"),)

    def test_abstaining_compares_shares(self) -> None:
        # A: 2, 2, 0, 0 of four jurors; B: 2, 0 of two who do not abstain.
        grades = grades_of((2, 2), (2, 0), (0, None), (0, None))
        assert majority_judgment(grades).tiers == (("A", "B"),)

    def test_one_whom_nobody_grades_stands_below_all(self) -> None:
        tally = majority_judgment(grades_of((0, None), (0, None)))
        assert tally.tiers == (("A",), ("B",))
        assert str(tally.figures[0].values["B"]) == "no grade"
        assert tally.figures[1].values["B"] == 0

    @given(st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=9), min_size=2, max_size=4))
    def test_is_the_same_as_taking_middles_away_one_by_one(self, given_: list[list[int]]) -> None:
        same = min(map(len, given_))
        lists = {str(i): sorted(grades[:same]) for i, grades in enumerate(given_)}
        ours, by_hand = majority_values(lists), {n: _taken(g) for n, g in lists.items()}
        for a in lists:
            for b in lists:
                assert (ours[a] < ours[b]) == (by_hand[a] < by_hand[b])


def _taken(grades: list[int]) -> list[int]:
    left, taken = sorted(grades), []
    while left:
        taken.append(left.pop((len(left) - 1) // 2))
    return taken


class TestSchulze:
    def test_the_example_of_the_literature(self) -> None:
        # Schulze (2011), example of 45 voters: E > A > C > B > D.
        grades = ranked(
            (5, "ACBED"), (5, "ADECB"), (8, "BEDAC"), (3, "CABED"),
            (7, "CAEBD"), (2, "CBADE"), (7, "DCEBA"), (8, "EBADC"),
        )  # fmt: skip
        assert schulze(grades).tiers == (("E",), ("A",), ("C",), ("B",), ("D",))

    def test_a_tie_of_beatpaths_is_told(self) -> None:
        # Margins A over B 1, B over C 3, C over A 1: the path from B to A is as strong as A's win.
        grades = ranked((2, "ABC"), (2, "BCA"), (1, "CAB"))
        margins = margins_of(compare_pairs(grades))
        assert (margins["A", "B"], margins["B", "C"], margins["C", "A"]) == (1, 3, 1)
        tally = schulze(grades)
        assert tally.tiers[0] == ("A", "B")
        assert tally.cycle == ("A", "B", "C")

    def test_a_winner_of_every_pair_wins_without_a_cycle(self) -> None:
        grades = ranked((2, "ABC"), (1, "BCA"))
        tally = schulze(grades)
        assert tally.tiers[0] == ("A",)
        assert tally.cycle == ()
        assert condorcet_winner(grades.nominees, margins_of(tally.pairs)) == "A"

    def test_counts_only_jurors_who_grade_both(self) -> None:
        (pair,) = compare_pairs(grades_of((2, None), (0, 1), (1, 1)))
        assert pair == Pair("A", "B", 0, 1)


def try_every_order(grades: Grades) -> tuple[str, ...]:
    """Carry out every order in which nominees can be put against each other, two by two."""
    margins = margins_of(compare_pairs(grades))
    won: set[str] = set()
    for order in permutations(grades.nominees):
        standing = {order[0]}
        for challenger in order[1:]:
            after = {a for a in standing if margins[a, challenger] >= 0}
            if any(margins[challenger, a] >= 0 for a in standing):
                after.add(challenger)
            standing = after
        won |= standing
    return tuple(sorted(won))


class TestCycles:
    def test_an_even_pair_is_no_win(self) -> None:
        margins = {("A", "B"): 0, ("B", "A"): 0}
        assert condorcet_winner("AB", margins) is None
        assert smith_set("AB", margins) == ("A", "B")
        assert find_cycle("AB", margins) == ()

    def test_the_order_decides_where_there_is_a_cycle(self) -> None:
        assert order_winners(ranked((1, "ABC"), (1, "BCA"), (1, "CAB"))) == ("A", "B", "C")

    def test_the_order_decides_nothing_under_a_winner_of_every_pair(self) -> None:
        assert order_winners(ranked((2, "ABC"), (1, "BCA"))) == ("A",)

    @given(any_grades())
    def test_the_winners_of_some_order_are_found_without_trying_every_order(
        self, grades: Grades
    ) -> None:
        assert order_winners(grades) == try_every_order(grades)


class TestPlaces:
    def test_fills_from_the_top(self) -> None:
        assert places([("B",), ("A",), ("C",)], 2) == Places(("A", "B"))

    def test_no_award_is_a_normal_outcome(self) -> None:
        assert places([("A",)], 0) == Places(())

    def test_a_tie_at_the_cut_is_told_and_not_broken(self) -> None:
        assert places([("A", "B", "C")], 2) == Places((), ("A", "B", "C"), 2)

    def test_a_tie_within_is_none_at_the_cut(self) -> None:
        assert places([("A", "B"), ("C",)], 2) == Places(("A", "B"))


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.__name__)
class TestEveryMethod:
    @given(grades=any_grades(), data=st.data())
    def test_neither_the_order_of_ballots_nor_that_of_nominees_decides(
        self, method, grades: Grades, data: st.DataObject
    ) -> None:
        ballots = data.draw(st.permutations(grades.ballots))
        order = data.draw(st.permutations(range(len(grades.nominees))))
        renamed = {grades.nominees[old]: grades.nominees[new] for new, old in enumerate(order)}
        moved = Grades(
            grades.nominees, grades.levels, tuple(tuple(b[old] for old in order) for b in ballots)
        )
        expected = [sorted(renamed[n] for n in tier) for tier in method(grades).tiers]
        assert [list(tier) for tier in method(moved).tiers] == expected

    @given(grades=any_grades())
    def test_every_nominee_stands_in_one_tier(self, method, grades: Grades) -> None:
        tiers = method(grades).tiers
        assert sorted(n for tier in tiers for n in tier) == list(grades.nominees)
        assert all(list(tier) == sorted(tier) and tier for tier in tiers)

    @given(grades=any_grades())
    def test_nobody_stands_below_one_whom_all_grade_lower(self, method, grades: Grades) -> None:
        tiers = method(grades).tiers
        level = {n: i for i, tier in enumerate(tiers) for n in tier}
        full = [b for b in grades.ballots if None not in b]
        for i, a in enumerate(grades.nominees):
            for j, b in enumerate(grades.nominees):
                if len(full) == len(grades.ballots) and all(x[i] >= x[j] for x in full):
                    assert level[a] <= level[b]

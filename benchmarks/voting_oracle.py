"""Compare kvaljury's voting methods with pref_voting on random profiles, ties among them.

Needs pref_voting (not part of the test install: it is large) and kvaljury:
``python benchmarks/voting_oracle.py [PROFILES] [SEED]``. Exits with 1 at any disagreement.

pref_voting breaks ties of the median once, by the majority-gauge; kvaljury goes on to the
majority-value, which tells more ties apart. Its winners must therefore be among pref_voting's.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from random import Random

from pref_voting.c1_methods import top_cycle
from pref_voting.grade_methods import approval as their_approval
from pref_voting.grade_methods import majority_judgement
from pref_voting.grade_profiles import GradeProfile
from pref_voting.margin_based_methods import beat_path
from pref_voting.profiles import Profile
from pref_voting.profiles_with_ties import ProfileWithTies
from pref_voting.scoring_methods import borda_for_profile_with_ties
from pref_voting.scoring_methods import plurality as their_plurality

from kvaljury.core.model.voting import Grades
from kvaljury.core.voting import approval, borda, majority_judgment, plurality, schulze
from kvaljury.core.voting.pairwise import compare_pairs, condorcet_winner, margins_of, smith_set
from kvaljury.errors import Text

LEVELS = 4


def names(indices: object) -> set[str]:
    """Give nominees by the numbers that pref_voting uses."""
    return {f"N{index}" for index in indices}  # type: ignore[attr-defined]


def profile(random: Random, *, is_linear: bool) -> Grades:
    """Draw 1-9 jurors' grades of 2-6 nominees, few levels so that ties are common."""
    count = random.randint(2, 6)
    levels = count if is_linear else random.randint(2, LEVELS)
    drawn = [
        random.sample(range(count), count) if is_linear else random.choices(range(levels), k=count)
        for _ in range(random.randint(1, 9))
    ]
    nominees = tuple(f"N{index}" for index in range(count))
    texts = tuple(Text(str(level)) for level in range(levels))
    return Grades(nominees, texts, tuple(tuple(ballot) for ballot in drawn))


def with_ties(grades: Grades) -> ProfileWithTies:
    """Make pref_voting's profile of rankings with ties, 1 the best rank."""
    rankings = [{c: len(grades.levels) - g for c, g in enumerate(b)} for b in grades.ballots]
    made = ProfileWithTies(rankings, candidates=list(range(len(grades.nominees))))
    made.use_extended_strict_preference()
    return made


def graded(grades: Grades, *, top_only: bool) -> GradeProfile:
    """Make pref_voting's profile of grades; for approval 1 is the highest level, 0 the others."""
    top = len(grades.levels) - 1
    maps = [{c: int(g == top) if top_only else g for c, g in enumerate(b)} for b in grades.ballots]
    return GradeProfile(maps, [0, 1] if top_only else list(range(len(grades.levels))))


def linear(grades: Grades) -> Profile:
    """Make pref_voting's profile of linear orders."""
    count = len(grades.nominees)
    return Profile([tuple(sorted(range(count), key=lambda c: -b[c])) for b in grades.ballots])


def _set(value: str | None) -> set[str]:
    return {value} if value else set()


CHECKS: dict[str, tuple[bool, Callable[[Grades], set[str]], Callable[[Grades], set[str]]]] = {
    "approval": (
        False,
        lambda g: set(approval(g).tiers[0]),
        lambda g: names(their_approval(graded(g, top_only=True))),
    ),
    "majority judgment": (
        False,
        lambda g: set(majority_judgment(g).tiers[0]),
        lambda g: names(majority_judgement(graded(g, top_only=False))),
    ),
    "schulze": (
        False,
        lambda g: set(schulze(g).tiers[0]),
        lambda g: names(beat_path(with_ties(g))),
    ),
    "smith set": (
        False,
        lambda g: set(smith_set(g.nominees, margins_of(compare_pairs(g)))),
        lambda g: names(top_cycle(with_ties(g))),
    ),
    "condorcet winner": (
        False,
        lambda g: _set(condorcet_winner(g.nominees, margins_of(compare_pairs(g)))),
        lambda g: names([w for w in [with_ties(g).condorcet_winner()] if w is not None]),
    ),
    "borda": (
        False,
        lambda g: set(borda(g).tiers[0]),
        lambda g: names(borda_for_profile_with_ties(with_ties(g))),
    ),
    "plurality, linear orders": (
        True,
        lambda g: set(plurality(g).tiers[0]),
        lambda g: names(their_plurality(linear(g))),
    ),
}


FINER = {"majority judgment"}


def main(profiles: int, seed: int) -> int:
    """Compare, print a line a method, and give the exit code."""
    disagreements = 0
    for name, (is_linear, ours, theirs) in CHECKS.items():
        random = Random(seed)
        ties = finer = differs = 0
        for _ in range(profiles):
            grades = profile(random, is_linear=is_linear)
            own, other = ours(grades), theirs(grades)
            ties += len(own) > 1
            finer += own < other
            if not (own <= other if name in FINER else own == other):
                differs += 1
                print(f"  {name}: {grades.ballots} gives {sorted(own)}, oracle {sorted(other)}")
        disagreements += differs
        told_apart = f", {finer} ties told apart" if name in FINER else ""
        print(f"{name}: {profiles} profiles, {ties} ties{told_apart}, {differs} disagreements")
    return int(bool(disagreements))


if __name__ == "__main__":
    asked = dict(enumerate(map(int, sys.argv[1:])))
    sys.exit(main(asked.get(0, 2000), asked.get(1, 1)))

"""Methods that add up: approval, plurality and Borda."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from kvaljury.core.model.voting import Figure, Grades, Tally
from kvaljury.core.voting.tiers import tiers_by
from kvaljury.errors import Text


def approval(grades: Grades) -> Tally:
    """Count the jurors who give each nominee the highest level.

    Brams and Fishburn (1978), with the highest level as approval: "worthy of the award now".

    Args:
        grades: of at least one nominee.
    """
    top = len(grades.levels) - 1
    votes = {nominee: grades.of(nominee).count(top) for nominee in grades.nominees}
    label = Text("Jurors at the highest level")
    return Tally(tiers_by(votes), (Figure(label, votes),))


def plurality(grades: Grades) -> Tally:
    """Give each juror one vote for the nominee graded highest.

    A juror who grades several highest gives each of them an equal part of the vote; one who
    abstains on everyone gives none.

    Args:
        grades: of at least one nominee.
    """
    votes = dict.fromkeys(grades.nominees, Fraction(0))
    for ballot in grades.ballots:
        given = [grade for grade in ballot if grade is not None]
        best = [
            n for n, g in zip(grades.nominees, ballot, strict=True) if given and g == max(given)
        ]
        for nominee in best:
            votes[nominee] += Fraction(1, len(best))
    return Tally(tiers_by(votes), (Figure(Text("Votes"), votes),))


def borda(grades: Grades) -> Tally:
    """Count for each juror how many nominees stand below and how many above.

    The symmetric Borda score: nominees graded lower minus nominees graded higher, over all
    jurors; those of the same grade, or without one, count neither way.

    Args:
        grades: of at least one nominee.
    """
    scores = dict.fromkeys(grades.nominees, 0)
    for ballot in grades.ballots:
        for nominee, score in zip(grades.nominees, _symmetric(ballot), strict=True):
            scores[nominee] += score
    return Tally(tiers_by(scores), (Figure(Text("Borda score"), scores),))


def _symmetric(ballot: Sequence[int | None]) -> list[int]:
    given = [grade for grade in ballot if grade is not None]
    return [
        0 if grade is None else sum(g < grade for g in given) - sum(g > grade for g in given)
        for grade in ballot
    ]

"""Rubric ``halves``: one mark on 0-10 in steps of a half."""

from fractions import Fraction

from kvaljury import Criterion, Level, Rubric, Scale, Text, hookimpl

SCALE = Scale(Fraction(0), Fraction(10), Fraction(1, 2))
LEVELS = (
    Level(0, 3, Text("Little is shown.", sv="Lite visas.")),
    Level(4, 6, Text("Half of it is shown.", sv="Hälften visas.")),
    Level(7, 10, Text("Nearly all is shown.", sv="Nästan allt visas.")),
)


def score(marks):
    """Give ten points for each point marked: ``(n, 1)`` on 0-10 to ``(n,)`` on 0-100."""
    return 10 * marks[:, 0]


@hookimpl
def kvaljury_rubrics():
    """Offer ``halves``."""
    yield Rubric("halves", (Criterion("", Text("Mark", sv="Poäng")),), SCALE, LEVELS, score)

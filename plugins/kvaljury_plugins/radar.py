"""Rubric modelled on the idea of EFQM's RADAR: the weakest key attribute caps the question.

Six attributes of a way of working are marked. The score is their mean, but never more than the
lower of the marks on the two key attributes, *sound* and *implemented*: what is not well founded,
or not done, cannot be made good by how well it is followed up. A higher mark on any attribute
never gives a lower score. The attributes and their wording are kvaljury's own.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kvaljury import Criterion, Rubric, Text, hookimpl
from kvaljury_plugins.levels import PERCENT_IN_FIVES, Floats, six_levels

CRITERIA = (
    Criterion("sound", Text("Well founded (key)", sv="Välgrundat (nyckel)")),
    Criterion("integrated", Text("Fits with goals and other work", sv="Hänger ihop med helheten")),
    Criterion("implemented", Text("Done in practice (key)", sv="Genomfört (nyckel)")),
    Criterion("systematic", Text("Systematic", sv="Systematiskt")),
    Criterion("evaluated", Text("Evaluated", sv="Utvärderat")),
    Criterion("improved", Text("Improved", sv="Förbättrat")),
)
KEY = ("sound", "implemented")
KEY_COLUMNS = [index for index, criterion in enumerate(CRITERIA) if criterion.id in KEY]
LEVELS = six_levels(
    Text("Nothing shows it.", sv="Inget visar det."),
    Text("Single signs of it.", sv="Enstaka tecken på det."),
    Text("Shown in parts of the unit.", sv="Visat i delar av verksamheten."),
    Text(
        "Shown in most of the unit, with examples.",
        sv="Visat i större delen av verksamheten, med exempel.",
    ),
    Text(
        "Shown throughout the unit, with clear evidence.",
        sv="Visat i hela verksamheten, med tydliga belägg.",
    ),
    Text(
        "Shown throughout, over several years, and a model for others.",
        sv="Visat i allt, under flera år, och en förebild för andra.",
    ),
)


def score(marks: Floats) -> Floats:
    """Give the mean of the six marks, capped by the weakest key attribute.

    Args:
        marks: ``(n, 6)`` on 0-100.

    Returns:
        ``(n,)`` on 0-100.
    """
    capped: Floats = np.minimum(marks.mean(axis=1), marks[:, KEY_COLUMNS].min(axis=1))
    return capped


@hookimpl
def kvaljury_rubrics() -> Iterator[Rubric]:
    """Offer ``radar``."""
    yield Rubric("radar", CRITERIA, PERCENT_IN_FIVES, LEVELS, score)

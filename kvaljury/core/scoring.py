"""Marks to readings: each examiner's leaf, question, area and total scores of an entry, exact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import groupby
from math import lcm
from operator import attrgetter, mul

from kvaljury.core.completeness import scoring_warnings
from kvaljury.core.consensus import shift_to_consensus
from kvaljury.core.leaf_scores import score_leaves
from kvaljury.core.model import (
    Area,
    Edition,
    Leaf,
    Mark,
    Marks,
    MarksUsed,
    Question,
    Reading,
    Rubric,
    RuleSet,
)

__all__ = [
    "cells_by_entry",
    "cells_by_reader",
    "score_readings",
    "scoring_warnings",
    "weighted_mean",
]

Cells = dict[tuple[str, str], Fraction]


def score_readings(
    edition: Edition, marks: Marks, rubrics: Mapping[str, Rubric]
) -> tuple[Reading, ...]:
    """Score every reading over what it has marks on.

    Leaf scores are combined to questions, areas and the total by the edition's weights, made to
    sum to one again over what is there. What is not marked counts nowhere, and so does what
    weighs nothing.

    Args:
        edition: rules with weights; teams.
        marks: valid marks, and consensus marks where the edition scores by them.
        rubrics: by name, every rubric that a leaf uses.

    Returns:
        Readings sorted by entry and examiner, without those that have no total because no
        leaf of any weight is marked in full.

    Raises:
        PluginFault: if a rubric raises or gives anything but scores on 0-100.
    """
    scores: Mapping[tuple[str, str], Mapping[str, Fraction]]
    scores = score_leaves(edition.rules.leaves(), cells_by_reader(marks.valid), rubrics)
    if edition.rules.settings.scoring.marks is MarksUsed.CONSENSUS:
        agreed = score_leaves(edition.rules.leaves(), cells_by_entry(marks), rubrics)
        scores = shift_to_consensus(edition, scores, agreed)
    return tuple(_readings(edition, scores))


def weighted_mean(
    parts: Iterable[Leaf | Question | Area], scores: Mapping[str, Fraction]
) -> Fraction | None:
    """Combine the scores of the parts that have one, by weights that sum to one over them.

    Args:
        parts: leaves of a question, questions of an area, or all areas.
        scores: by id of the part.

    Returns:
        The mean on the scale of the scores, or None where no part of any weight has a score.
    """
    there = [part for part in parts if part.id in scores]
    if len(there) == 1:
        (alone,) = there
        return scores[alone.id] if alone.weight else None
    # Whole numbers over two denominators: several times faster than sums of Fractions.
    weights = [part.weight.as_integer_ratio() for part in there]
    marked = [scores[part.id].as_integer_ratio() for part in there]
    per = lcm(*[denominator for _, denominator in weights])
    over = lcm(*[denominator for _, denominator in marked])
    shares = [numerator * (per // denominator) for numerator, denominator in weights]
    weight = sum(shares)
    if not weight:
        return None
    units = [numerator * (over // denominator) for numerator, denominator in marked]
    return Fraction(sum(map(mul, shares, units)), weight * over)


def cells_by_reader(marks: Iterable[Mark]) -> dict[tuple[str, str], Cells]:
    """Put marks together by entry and examiner: the value by leaf and criterion id."""
    cells: dict[tuple[str, str], Cells] = {}
    for (entry, examiner), own in groupby(marks, attrgetter("entry", "examiner")):
        reader = cells.setdefault((entry, examiner), {})
        reader.update({(mark.question, mark.criterion): mark.value for mark in own})
    return cells


def cells_by_entry(marks: Marks) -> dict[str, Cells]:
    """Put agreed marks together by entry: the value by leaf and criterion id."""
    cells: dict[str, Cells] = {}
    for mark in marks.consensus:
        cells.setdefault(mark.entry, {})[mark.question, mark.criterion] = mark.value
    return cells


def _readings(
    edition: Edition, scores: Mapping[tuple[str, str], Mapping[str, Fraction]]
) -> Iterator[Reading]:
    team = edition.home_team_by_examiner()
    leaf_ids = [leaf.id for leaf in edition.rules.leaves()]
    for (entry, examiner), leaves in sorted(scores.items(), key=lambda item: item[0]):
        questions, areas = _combine_levels(edition.rules, leaves)
        total = weighted_mean(edition.rules.areas, areas)
        if total is not None:
            missing = tuple(leaf for leaf in leaf_ids if leaf not in leaves)
            home = team[examiner]
            yield Reading(entry, examiner, home, total, areas, questions, leaves, missing)


def _combine_levels(
    rules: RuleSet, leaves: Mapping[str, Fraction]
) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
    questions = {
        question.id: score
        for area in rules.areas
        for question in area.questions
        if (score := weighted_mean(question.leaves, leaves)) is not None
    }
    areas = {
        area.id: score
        for area in rules.areas
        if (score := weighted_mean(area.questions, questions)) is not None
    }
    return questions, areas

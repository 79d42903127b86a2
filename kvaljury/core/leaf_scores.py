"""Marks to leaf scores: applies each leaf's rubric to all readings at once, and checks it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from kvaljury.core.asking import asking
from kvaljury.core.model import Leaf, Rubric
from kvaljury.errors import PluginFault, Text

Floats = NDArray[np.float64]
Reader = TypeVar("Reader", str, tuple[str, str])

BILLIONTHS = 10**9
HIGHEST = 100

_HINT = Text("mend the rubric, or name another one in edition.toml")


def score_leaves(
    leaves: Iterable[Leaf],
    marks: Mapping[Reader, Mapping[tuple[str, str], Fraction]],
    rubrics: Mapping[str, Rubric],
) -> dict[Reader, dict[str, Fraction]]:
    """Score every leaf on which a reader has set every criterion.

    Args:
        leaves: in the order of the instructions.
        marks: by reader, the mark on the rubric's scale by leaf and criterion id.
        rubrics: by name.

    Returns:
        By reader, sorted, the score on 0-100 by leaf id in the order of the instructions; a
        leaf that lacks a criterion is left out.

    Raises:
        PluginFault: if a rubric raises or gives anything but one score on 0-100 a reader.
    """
    scores: dict[Reader, dict[str, Fraction]] = {reader: {} for reader in sorted(marks)}
    for leaf in leaves:
        rubric = rubrics[leaf.rubric]
        cells = [(leaf.id, criterion.id) for criterion in rubric.criteria]
        needed = set(cells)
        complete = [r for r in scores if needed <= marks[r].keys()]
        if complete:
            rows = np.array([[_as_float(marks[r][cell]) for cell in cells] for r in complete])
            for reader, score in zip(complete, apply_rubric(rubric, rows), strict=True):
                scores[reader][leaf.id] = score
    return scores


def apply_rubric(rubric: Rubric, marks: Floats) -> list[Fraction]:
    """Turn marks into exact scores, in billionths of a point.

    Args:
        rubric: what scores them.
        marks: ``(n, criteria)`` on the rubric's scale, n at least 1.

    Returns:
        n scores on 0-100; rounding to nine decimals takes away what floating point adds.

    Raises:
        PluginFault: if the rubric raises or gives anything but n numbers on 0-100.
    """
    given = marks.copy()

    def failed(said: str) -> Text:
        return Text("the rubric {name} fails: {error}", name=rubric.name, error=said)

    with asking(f"rubric {rubric.name}", failed, hint=_HINT), np.errstate(all="ignore"):
        scores = np.asarray(rubric.score(given))
    if scores.shape != marks.shape[:1] or scores.dtype.kind not in "fiu":
        raise _fault(
            rubric,
            Text(
                "the rubric {name} gives {dtype} of the shape {shape}, expected {n} numbers",
                name=rubric.name,
                dtype=str(scores.dtype),
                shape=str(scores.shape),
                n=len(marks),
            ),
        )
    _check_range(rubric, marks, scores)
    units = np.rint(scores.astype(np.float64) * BILLIONTHS)
    whole = units.tolist()
    exact = {unit: Fraction(int(unit), BILLIONTHS) for unit in set(whole)}
    return [exact[unit] for unit in whole]


def _as_float(mark: Fraction) -> float:
    """Do what ``float`` does, several times faster."""
    numerator, denominator = mark.as_integer_ratio()
    return numerator / denominator


def _check_range(rubric: Rubric, marks: Floats, scores: Floats) -> None:
    margin = 0.4 / BILLIONTHS
    outside = ~((scores >= -margin) & (scores <= HIGHEST + margin))
    if outside.any():
        first = int(outside.argmax())
        raise _fault(
            rubric,
            Text(
                "the rubric {name} gives the score {score} for the marks {marks}, expected 0-100",
                name=rubric.name,
                score=str(scores[first]),
                marks=", ".join(f"{mark:g}" for mark in marks[first]),
            ),
        )


def _fault(rubric: Rubric, message: Text) -> PluginFault:
    return PluginFault(
        message, hint=_HINT, code="plugin-wrong-answer", plugin=f"rubric {rubric.name}"
    )

"""The rows of a panel data file as arrays."""

from __future__ import annotations

import attrs
import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int32]
Scores = NDArray[np.float64]


@attrs.frozen(eq=False)
class Ratings:
    """Scores that examiners set on entries, one row each, in the order of the file.

    Every id has a row, and several rows of one entry and examiner are several marks. Units are
    the file's. Three columns are optional: where one is absent, its ids are empty and its codes
    None. In the file, ``rows`` that are not blank = ``len(score)`` + ``blank`` + ``refused``.

    Attributes:
        entries: ``(n,)`` ids, sorted.
        examiners: ``(e,)`` ids, sorted.
        teams: ``(t,)`` ids, sorted.
        questions: ``(q,)`` ids, sorted.
        classes: ``(c,)`` ids, sorted.
        entry: ``(r,)`` index of each row's entry.
        examiner: ``(r,)`` index of each row's examiner.
        team: ``(r,)`` index of each row's team, or None; an examiner may have several.
        question: ``(r,)`` index of each row's question, or None.
        entry_class: ``(n,)`` index of each entry's class, or None.
        score: ``(r,)`` finite scores.
        blank: rows left out because they have no score.
        refused: rows left out because of a fault.
    """

    entries: tuple[str, ...]
    examiners: tuple[str, ...]
    teams: tuple[str, ...]
    questions: tuple[str, ...]
    classes: tuple[str, ...]
    entry: Codes
    examiner: Codes
    team: Codes | None
    question: Codes | None
    entry_class: Codes | None
    score: Scores
    blank: int = 0
    refused: int = 0

    @property
    def rows(self) -> int:
        """Number of rows in the file that are not blank."""
        return len(self.score) + self.blank + self.refused

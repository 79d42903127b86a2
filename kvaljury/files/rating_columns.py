"""Columns of ids and numbers, in any order, to ratings with sorted ids."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import attrs
import numpy as np

from kvaljury.core.model.ratings import Codes, Ratings, Scores
from kvaljury.errors import Source, Text
from kvaljury.files.headers import ENTRIES, MARKS, Column, Columns
from kvaljury.files.log import InputLog

_KNOWN = {column.field: column for column in (*ENTRIES.columns, *MARKS.columns)}

RATINGS = Columns(
    (
        _KNOWN["entry"],
        _KNOWN["examiner"],
        Column("score", ("poäng", "betyg"), ("mark", "points"), is_required=True),
        Column("team", ("lag", "examinatorslag"), ("team id",)),
        attrs.evolve(_KNOWN["question"], is_required=False),
        attrs.evolve(_KNOWN["class"], is_required=False),
    )
)
"""The columns of a panel data file."""

ID_FIELDS = tuple(column.field for column in RATINGS.columns if column.field != "score")
"""The columns of ids, in the order in which they are documented."""


@attrs.frozen(eq=False)
class IdColumn:
    """A column of ids.

    Attributes:
        ids: ``(n,)`` distinct ids, sorted.
        codes: ``(r,)`` index of each row's id.
    """

    ids: tuple[str, ...]
    codes: Codes

    @classmethod
    def of(cls, names: Sequence[str], number_rows: Callable[[Codes], Codes]) -> IdColumn:
        """Sort the names of cells, of which some may be equal.

        Args:
            names: ``(m,)`` name of each distinct cell.
            number_rows: gives ``(r,)`` the code of each row's cell, from those of the cells.

        Returns:
            The column.
        """
        ids = tuple(sorted(set(names)))
        place = {name: index for index, name in enumerate(ids)}
        rank = np.array([place[name] for name in names], np.int32)
        return cls(ids, number_rows(rank))

    def at(self, is_kept: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> IdColumn:
        """Give the column of some of the rows, with the ids that stand in them."""
        used, codes = np.unique(self.codes[is_kept], return_inverse=True)
        return IdColumn(tuple(self.ids[code] for code in used), codes.astype(np.int32))


def has_one_class(columns: Mapping[str, IdColumn]) -> bool:
    """Tell whether each entry has the same class on all its rows."""
    if "class" not in columns:
        return True
    return np.array_equal(_entry_class(columns)[columns["entry"].codes], columns["class"].codes)


def to_ratings(columns: Mapping[str, IdColumn], numbers: Scores, refused: int = 0) -> Ratings:
    """Make ratings of the rows that have a score.

    Args:
        columns: by field, of those that the file has.
        numbers: ``(r,)`` scores, nan where a row has none.
        refused: rows that are not among these because of a fault.

    Returns:
        The ratings, each entry with the class of its rows.
    """
    is_kept = ~np.isnan(numbers)
    blank = len(numbers) - int(np.count_nonzero(is_kept))
    if blank or refused:
        columns = {field: column.at(is_kept) for field, column in columns.items()}
        numbers = numbers[is_kept]
    nothing = IdColumn((), np.zeros(0, np.int32))
    team, question = columns.get("team"), columns.get("question")
    return Ratings(
        entries=columns["entry"].ids,
        examiners=columns["examiner"].ids,
        teams=(team or nothing).ids,
        questions=(question or nothing).ids,
        classes=columns.get("class", nothing).ids,
        entry=columns["entry"].codes,
        examiner=columns["examiner"].codes,
        team=team.codes if team else None,
        question=question.codes if question else None,
        entry_class=_entry_class(columns) if "class" in columns else None,
        score=numbers,
        blank=blank,
        refused=refused,
    )


def no_ratings() -> Ratings:
    """Give the ratings of a file that is refused whole."""
    nothing = IdColumn((), np.zeros(0, np.int32))
    return to_ratings({"entry": nothing, "examiner": nothing}, np.zeros(0))


def warn_of_blanks(blank: int, where: Source, log: InputLog) -> None:
    """Warn where rows have no score.

    Args:
        blank: how many of them there are.
        where: the first of them.
        log: gets the warning.
    """
    if blank:
        message = Text("rows without a score, left out as missing: {n}", n=blank)
        log.warn("blank-score", where, message)  # noqa: PLE1205  # no logger


def _entry_class(columns: Mapping[str, IdColumn]) -> Codes:
    entry_class = np.zeros(len(columns["entry"].ids), np.int32)
    entry_class[columns["entry"].codes] = columns["class"].codes
    return entry_class

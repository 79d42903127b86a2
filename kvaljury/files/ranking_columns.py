"""The columns that every table of a ranking has, on paper and in files."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from kvaljury.core.model import ClassRanking, RankedEntry
from kvaljury.core.model.wording import (
    BASIS_FOR_DECISION,
    PROPOSAL_WORDS,
    STATUS_WORDS,
    entry_remarks,
)
from kvaljury.errors import Text
from kvaljury.files.rounding import half_up

Render = Callable[[Text | str], str]
Cell = str | int | float | None
_PROBABILITY_DECIMALS = 3
_RANK_DECIMALS = 1


@attrs.frozen
class RankingColumn:
    """A column of the table of a class.

    Attributes:
        title: what stands at its head.
        value: class, entry and renderer to what stands in the cell; None is empty.
        kind: ``text``, ``count``, ``score`` (0-100), ``rank`` or ``probability`` (0-1).
        width: in characters, for spreadsheets.
    """

    title: Text
    value: Callable[[ClassRanking, RankedEntry, Render], Cell]
    kind: str = "text"
    width: int = 12

    def decimals(self, score_decimals: int) -> int:
        """Tell how many decimals the column shows, given those of scores."""
        return kind_decimals(self.kind, score_decimals)


def kind_decimals(kind: str, score_decimals: int) -> int:
    """Tell how many decimals a kind of number is shown with.

    Args:
        kind: as for a column.
        score_decimals: those that the edition shows scores with.

    Returns:
        At least 0.
    """
    shown = {"score": score_decimals, "rank": _RANK_DECIMALS, "probability": _PROBABILITY_DECIMALS}
    return shown.get(kind, 0)


def shown_number(value: float | None, decimals: int, decimal_mark: str) -> str:
    """Show a number rounded half up, or nothing where there is none.

    Args:
        value: a finite number or None.
        decimals: how many are shown.
        decimal_mark: the sign between whole and decimals.

    Returns:
        Digits, or an empty string.

    >>> shown_number(72.25, 1, ","), shown_number(None, 1, ",")
    ('72,3', '')
    """
    if value is None:
        return ""
    return f"{half_up(value, decimals):f}".replace(".", decimal_mark)


def _number(name: str) -> Callable[[ClassRanking, RankedEntry, Render], Cell]:
    def value(_ranked: ClassRanking, entry: RankedEntry, _render: Render) -> Cell:
        cell: Cell = getattr(entry, name)
        return cell

    return value


def _class_title(ranked: ClassRanking, _entry: RankedEntry, render: Render) -> str:
    return render(ranked.title)


def _proposal(_ranked: ClassRanking, entry: RankedEntry, render: Render) -> str:
    return render(PROPOSAL_WORDS[entry.proposal]) if entry.proposal else ""


def _status(_ranked: ClassRanking, entry: RankedEntry, render: Render) -> str:
    return render(STATUS_WORDS[entry.status])


def _remarks(_ranked: ClassRanking, entry: RankedEntry, render: Render) -> str:
    return " | ".join(render(text) for text in entry_remarks(entry))


def _comparable(ranked: ClassRanking, _entry: RankedEntry, render: Render) -> str:
    return render(Text("yes") if ranked.comparable else Text("no"))


def _notes(ranked: ClassRanking, _entry: RankedEntry, render: Render) -> str:
    return " | ".join(render(note) for note in ranked.notes)


def _kind_of_document(_ranked: ClassRanking, _entry: RankedEntry, render: Render) -> str:
    return render(BASIS_FOR_DECISION)


def _text(name: str) -> Callable[[ClassRanking, RankedEntry, Render], Cell]:
    def value(_ranked: ClassRanking, entry: RankedEntry, _render: Render) -> Cell:
        return str(getattr(entry, name) or "")

    return value


_ENTRY_COLUMNS = (
    RankingColumn(Text("Id"), _text("id")),
    RankingColumn(Text("Entry"), _text("name"), width=34),
    RankingColumn(Text("Team"), _text("team")),
    RankingColumn(Text("Place"), _number("rank"), "count", 8),
    RankingColumn(Text("Place from"), _number("rank_low"), "count", 10),
    RankingColumn(Text("Place to"), _number("rank_high"), "count", 10),
    RankingColumn(Text("Score"), _number("score"), "score", 10),
    RankingColumn(Text("Score from"), _number("low"), "score", 10),
    RankingColumn(Text("Score to"), _number("high"), "score", 10),
    RankingColumn(Text("Raw score"), _number("raw"), "score", 10),
    RankingColumn(Text("Expected place"), _number("expected_rank"), "rank", 14),
    RankingColumn(Text("Probability of first place"), _number("p_best"), "probability", 16),
    RankingColumn(Text("Probability of shortlist"), _number("p_shortlist"), "probability", 16),
    RankingColumn(Text("Proposal"), _proposal, width=20),
    RankingColumn(Text("Status"), _status, width=24),
    RankingColumn(Text("Reasons"), _remarks, width=70),
    RankingColumn(Text("Comparable"), _comparable),
)
COLUMNS = (
    RankingColumn(Text("Class"), _class_title, width=24),
    *_ENTRY_COLUMNS,
    RankingColumn(Text("Notes on the class"), _notes, width=40),
    RankingColumn(Text("Document"), _kind_of_document, width=26),
)
SHEET_COLUMNS = _ENTRY_COLUMNS

"""How far agreed marks lie from individual ones as tables, for a terminal and for a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from kvaljury.core.model import Edition
from kvaljury.core.model.drift import Deviation, Drift, EntryDrift, LeafDrift, ScoreDrift
from kvaljury.errors import Text
from kvaljury.files.agreement_tables import AgreementColumn, AgreementTable, Cell, named
from kvaljury.files.progress_wording import (
    leaf_labels,
    names_of_entries,
    names_of_examiners,
)

DRIFT = Text("Agreed marks against the examiners' own")
DRIFT_LEGEND = Text(
    "Own is the mean of the home team's examiners before they agreed, agreed is what they agreed "
    "on, both on 0-100. A change above 0 means that the team agreed on more than it had set. The "
    "individual marks stay as they were."
)
_ENTRY = AgreementColumn(Text("Entry"), width=34)
_TEAM = AgreementColumn(Text("Team"), width=10)
_ENTRIES = AgreementColumn(Text("Entries"), "count", 10)
_OWN = AgreementColumn(Text("Own"), "score", 10)
_AGREED = AgreementColumn(Text("Agreed"), "score", 10)
_CHANGE = AgreementColumn(Text("Change"), "score", 10)
_DEVIATION = (
    AgreementColumn(Text("Questions"), "count", 10),
    AgreementColumn(Text("Mean change"), "score", 12),
    AgreementColumn(Text("Standard deviation"), "score", 12),
    AgreementColumn(Text("Lowest"), "score", 10),
    AgreementColumn(Text("Highest"), "score", 10),
)


def drift_tables(
    drift: Drift, edition: Edition, most: int | None = None
) -> tuple[AgreementTable, ...]:
    """Give the tables of entries, questions, examiners and teams, in this order.

    Args:
        drift: of the edition.
        edition: for names.
        most: how many questions of each entry, those that changed most; None for all with an
            agreed mark, in the order of the instructions.
    """
    return (
        _entries(drift, edition),
        _leaves(drift, edition, most),
        _examiners(drift, edition),
        _teams(drift),
    )


def _entries(drift: Drift, edition: Edition) -> AgreementTable:
    names = names_of_entries(edition)
    return AgreementTable(
        Text("Total scores of entries"),
        (_ENTRY, _TEAM, _OWN, _AGREED, _CHANGE),
        tuple(
            (
                named(found.entry, names),
                found.team or "",
                *_before_and_after(found.total),
            )
            for found in drift.entries
        ),
    )


def _before_and_after(total: ScoreDrift | None) -> tuple[Cell, ...]:
    if total is None:
        return None, None, None
    return float(total.before), float(total.after), float(total.change)


def _leaves(drift: Drift, edition: Edition, most: int | None) -> AgreementTable:
    names, labels = names_of_entries(edition), leaf_labels(edition)
    return AgreementTable(
        Text("Questions that teams have agreed on")
        if most is None
        else Text("Questions that changed most"),
        (
            _ENTRY,
            AgreementColumn(Text("Question"), width=10),
            _OWN,
            _AGREED,
            _CHANGE,
            AgreementColumn(Text("Topic"), width=36),
            AgreementColumn(Text("Reason"), width=80),
        ),
        tuple(
            (
                named(found.entry, names),
                leaf.leaf,
                _points(leaf.before),
                _points(leaf.agreed),
                _points(leaf.change),
                labels[leaf.leaf],
                " | ".join(leaf.reasons),
            )
            for found in drift.entries
            for leaf in _chosen(found, most)
        ),
    )


def _chosen(found: EntryDrift, most: int | None) -> Iterable[LeafDrift]:
    return found.leaves if most is None else found.largest(most)


def _examiners(drift: Drift, edition: Edition) -> AgreementTable:
    names = names_of_examiners(edition)
    return AgreementTable(
        Text("Agreed score less own score, by examiner"),
        (AgreementColumn(Text("Examiner"), width=34), _TEAM, _ENTRIES, *_DEVIATION),
        tuple(
            (
                named(found.examiner, names),
                found.team,
                found.entries,
                *_deviation(found.deviation),
            )
            for found in drift.examiners
        ),
    )


def _teams(drift: Drift) -> AgreementTable:
    return AgreementTable(
        Text("Agreed score less own score, by team"),
        (AgreementColumn(Text("Team"), width=34), _ENTRIES, *_DEVIATION),
        tuple((found.team, found.entries, *_deviation(found.deviation)) for found in drift.teams),
    )


def _deviation(found: Deviation) -> tuple[Cell, ...]:
    return (
        found.leaves,
        float(found.mean),
        found.spread,
        float(found.low),
        float(found.high),
    )


def _points(value: Fraction | None) -> float | None:
    return None if value is None else float(value)

"""Readings to the entries that examiners should discuss before the visit, and over what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from fractions import Fraction

from kvaljury.core.aggregation import aggregate, by_entry
from kvaljury.core.agreement import divided_entries
from kvaljury.core.drift import scored_by
from kvaljury.core.model import Edition, Leaf, Marks, MarksUsed, Reading, Toolkit
from kvaljury.core.model.progress import Discussion, LeafSpread
from kvaljury.core.pipeline import build_panel
from kvaljury.core.scoring import score_readings

MOST_LEAVES = 5


def entries_to_discuss(
    edition: Edition, marks: Marks, toolkit: Toolkit, waiting: Set[str]
) -> tuple[Discussion, ...]:
    """List the entries whose examiners differ by more than the edition's limit.

    They are those of the ranking's account of agreement. The leaves are compared by the
    examiners' own marks, whatever the scores rest on.

    Args:
        edition: with the limit.
        marks: of any number, none too.
        toolkit: the functions that the edition names.
        waiting: ids of entries that lack a mark somebody waits for.

    Returns:
        The most divided first, then by id.
    """
    readings = score_readings(edition, marks, toolkit.rubrics)
    if not readings:
        return ()
    panel = build_panel(edition, readings, aggregate(readings, toolkit.aggregation))
    limit = edition.rules.settings.agreement.limit
    own = score_readings(scored_by(edition, MarksUsed.INDIVIDUAL), marks, toolkit.rubrics)
    grouped = by_entry(own)
    leaves = tuple(edition.rules.leaves())
    return tuple(
        Discussion(found, found.entry in waiting, widest_leaves(leaves, grouped[found.entry]))
        for found in divided_entries(panel, limit)
    )


def widest_leaves(
    leaves: Sequence[Leaf], readings: Sequence[Reading], most: int = MOST_LEAVES
) -> tuple[LeafSpread, ...]:
    """Give the leaves on which the readings of an entry differ most.

    Args:
        leaves: in the order of the instructions, which equal ones keep.
        readings: of one entry.
        most: how many leaves at most; those on which all agree are left out.
    """
    scores = {reading.examiner: reading.leaves for reading in readings}
    spread = sorted(_spreads(leaves, scores), key=lambda found: -found.difference)
    return tuple(spread[:most])


def _spreads(
    leaves: Sequence[Leaf], scores: Mapping[str, Mapping[str, Fraction]]
) -> Iterator[LeafSpread]:
    for leaf in leaves:
        found = [(scores[x][leaf.id], x) for x in sorted(scores) if leaf.id in scores[x]]
        if not found:
            continue
        low, low_examiner = min(found)
        high, _ = max(found)
        high_examiner = min(reader for score, reader in found if score == high)
        if low < high:
            yield LeafSpread(leaf.id, low_examiner, low, high_examiner, high)

"""A ranking to the account of one entry: every mark, weight and rule behind its numbers."""

from __future__ import annotations

from fractions import Fraction

import attrs

from kvaljury.core.model import (
    CalibrationSummary,
    ClassRanking,
    Edition,
    Entry,
    ExcludedReading,
    Mark,
    Marks,
    PluginUse,
    Proposal,
    RankedEntry,
    Ranking,
    Reading,
    Text,
    Toolkit,
)
from kvaljury.errors import UsageFault


@attrs.frozen
class LeafWeight:
    """What a leaf counts for.

    Attributes:
        leaf: id.
        label: a few words.
        rubric: name of the rubric by which it is marked.
        weight: percent of the total, before anything missing is left out.
        source: the line of the instructions.
    """

    leaf: str
    label: Text
    rubric: str
    weight: Fraction
    source: str


@attrs.frozen
class ReadingTrace:
    """One reading with its marks and the severities that calibration found.

    Attributes:
        reading: scores of leaves, questions and areas, and the total.
        is_guest: whether the examiner's team is another than the entry's.
        marks: what the examiner set, in the order of leaf and criterion.
        team_effect: severity of the examiner's team in points, None where not estimated.
        examiner_effect: likewise of the examiner.
    """

    reading: Reading
    is_guest: bool
    marks: tuple[Mark, ...]
    team_effect: float | None
    examiner_effect: float | None


@attrs.frozen
class EntryTrace:
    """Where the numbers of one entry come from.

    Attributes:
        ranked: its place, or None for an entry that does not compete.
        ranking: its class.
        readings: sorted by examiner.
        excluded: readings left out for declared jäv.
        weights: every leaf in the order of the instructions.
        raw: exact raw score 0-100, or None where it has no reading.
        aggregation: name of the aggregation that gave it.
        plugins: everything that took effect.
    """

    entry: Entry
    ranked: RankedEntry | None
    ranking: ClassRanking
    readings: tuple[ReadingTrace, ...]
    excluded: tuple[ExcludedReading, ...]
    weights: tuple[LeafWeight, ...]
    raw: Fraction | None
    aggregation: str
    calibration: CalibrationSummary
    proposal: Proposal | None
    plugins: tuple[PluginUse, ...]


def trace_entry(
    edition: Edition, marks: Marks, toolkit: Toolkit, ranking: Ranking, entry_id: str
) -> EntryTrace:
    """Account for the numbers of one entry.

    Args:
        edition: that was ranked.
        marks: that it was ranked by.
        toolkit: that it was ranked with.
        ranking: the result.
        entry_id: whose numbers.

    Returns:
        The account.

    Raises:
        UsageFault: if the edition has no such entry.
    """
    entry = next((entry for entry in edition.entries if entry.id == entry_id), None)
    if entry is None:
        raise UsageFault(Text("There is no entry {entry} in the edition", entry=entry_id))
    class_ranking = next(c for c in ranking.classes if c.class_id == entry.entry_class)
    return EntryTrace(
        entry=entry,
        ranked=next((ranked for ranked in class_ranking.entries if ranked.id == entry_id), None),
        ranking=class_ranking,
        readings=tuple(
            _trace_reading(reading, edition, marks, ranking)
            for reading in ranking.readings
            if reading.entry == entry_id
        ),
        excluded=tuple(left for left in ranking.excluded if left.entry == entry_id),
        weights=leaf_weights(edition),
        raw=ranking.raw.get(entry_id),
        aggregation=toolkit.aggregation.name,
        calibration=ranking.calibration,
        proposal=edition.proposals.get(entry_id),
        plugins=toolkit.plugins,
    )


def leaf_weights(edition: Edition) -> tuple[LeafWeight, ...]:
    """Give every leaf's percentage of the total, in the order of the instructions."""
    return tuple(
        LeafWeight(
            leaf=leaf.id,
            label=leaf.label,
            rubric=leaf.rubric,
            weight=area.weight * question.weight * leaf.weight / 10_000,
            source=leaf.source,
        )
        for area in edition.rules.areas
        for question in area.questions
        for leaf in question.leaves
    )


def _trace_reading(
    reading: Reading, edition: Edition, marks: Marks, ranking: Ranking
) -> ReadingTrace:
    effects = ranking.calibration.effects
    return ReadingTrace(
        reading=reading,
        is_guest=edition.home_team_by_entry().get(reading.entry) != reading.team,
        marks=tuple(
            mark
            for mark in marks.valid
            if mark.entry == reading.entry and mark.examiner == reading.examiner
        ),
        team_effect=effects.get("team", {}).get(reading.team),
        examiner_effect=effects.get("examiner", {}).get(reading.examiner),
    )

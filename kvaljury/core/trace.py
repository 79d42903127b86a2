"""A ranking to the account of one entry: every mark, weight and rule behind its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TypeVar

import attrs

from kvaljury.core.agreement import agreement_on_entry
from kvaljury.core.leaf_scores import score_leaves
from kvaljury.core.model import (
    CalibrationSummary,
    ClassRanking,
    ConsensusMark,
    Criterion,
    Edition,
    Entry,
    EntryAgreement,
    ExcludedReading,
    Mark,
    Marks,
    MarksUsed,
    PluginUse,
    Proposal,
    RankedEntry,
    Ranking,
    Reading,
    Text,
    Toolkit,
)
from kvaljury.errors import UsageFault

AnyMark = TypeVar("AnyMark", Mark, ConsensusMark)


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
class LeafConsensus:
    """What the home team agreed on for a leaf, and what that did to its examiners' scores.

    Attributes:
        leaf: id.
        marks: agreed marks with their reasons, in the order of the rubric's criteria.
        score: agreed score on 0-100, or None where a criterion has no agreed mark.
        own: mean of the home examiners' own scores, or None where none marked the leaf in full.
        shift: points added to the leaf score of every examiner of the home team, or None where
            the scores do not rest on the agreed marks.
    """

    leaf: str
    marks: tuple[ConsensusMark, ...]
    score: Fraction | None
    own: Fraction | None
    shift: Fraction | None


@attrs.frozen
class ReadingTrace:
    """One reading with its marks and the severities that calibration found.

    Attributes:
        reading: scores of leaves, questions and areas, and the total.
        is_guest: whether the examiner's team is another than the entry's.
        marks: what the examiner set, in the order of leaf and of the rubric's criteria.
        shifts: points by leaf id that consensus added to the leaf score; leaves without any
            are left out.
        team_effect: severity of the examiner's team in points, None where not estimated.
        examiner_effect: likewise of the examiner.
    """

    reading: Reading
    is_guest: bool
    marks: tuple[Mark, ...]
    shifts: Mapping[str, Fraction] = attrs.field(hash=False)
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
        criteria: what is marked, by leaf id.
        consensus: leaves with an agreed mark, in the order of the instructions.
        scores_by_consensus: whether the edition lets the scores rest on agreed marks.
        names: name by id of every entry of the edition.
        raw: exact raw score 0-100, or None where it has no reading.
        aggregation: name of the aggregation that gave it.
        plugins: everything that took effect.
        agreement: how far its examiners agree, or None where it has no reading.
    """

    entry: Entry
    ranked: RankedEntry | None
    ranking: ClassRanking
    readings: tuple[ReadingTrace, ...]
    excluded: tuple[ExcludedReading, ...]
    weights: tuple[LeafWeight, ...]
    criteria: Mapping[str, tuple[Criterion, ...]] = attrs.field(hash=False)
    consensus: tuple[LeafConsensus, ...]
    scores_by_consensus: bool
    names: Mapping[str, str] = attrs.field(hash=False)
    raw: Fraction | None
    aggregation: str
    calibration: CalibrationSummary
    proposal: Proposal | None
    plugins: tuple[PluginUse, ...]
    agreement: EntryAgreement | None = None


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
    readings = _trace_readings(entry_id, edition, marks, toolkit, ranking)
    return EntryTrace(
        entry=entry,
        ranked=next((ranked for ranked in class_ranking.entries if ranked.id == entry_id), None),
        ranking=class_ranking,
        readings=readings,
        excluded=tuple(left for left in ranking.excluded if left.entry == entry_id),
        weights=leaf_weights(edition),
        criteria={
            leaf.id: toolkit.rubrics[leaf.rubric].criteria for leaf in edition.rules.leaves()
        },
        consensus=_trace_consensus(entry_id, edition, marks, toolkit, readings),
        scores_by_consensus=edition.rules.settings.scoring.marks is MarksUsed.CONSENSUS,
        names={other.id: other.name for other in edition.entries},
        raw=ranking.raw.get(entry_id),
        aggregation=toolkit.aggregation.name,
        calibration=ranking.calibration,
        proposal=edition.proposals.get(entry_id),
        plugins=toolkit.plugins,
        agreement=agreement_on_entry(ranking, entry_id, edition.home_team_by_entry().get(entry_id)),
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


def _trace_readings(
    entry_id: str, edition: Edition, marks: Marks, toolkit: Toolkit, ranking: Ranking
) -> tuple[ReadingTrace, ...]:
    place = _places(edition, toolkit)
    own = [mark for mark in marks.valid if mark.entry == entry_id]
    cells: dict[str, dict[tuple[str, str], Fraction]] = {}
    for mark in own:
        cells.setdefault(mark.examiner, {})[mark.question, mark.criterion] = mark.value
    as_marked = score_leaves(edition.rules.leaves(), cells, toolkit.rubrics)
    home = edition.home_team_by_entry().get(entry_id)
    effects = ranking.calibration.effects
    return tuple(
        ReadingTrace(
            reading=reading,
            is_guest=home != reading.team,
            marks=_in_order((m for m in own if m.examiner == reading.examiner), place),
            shifts=_shifts(reading, as_marked[reading.examiner]),
            team_effect=effects.get("team", {}).get(reading.team),
            examiner_effect=effects.get("examiner", {}).get(reading.examiner),
        )
        for reading in ranking.readings
        if reading.entry == entry_id
    )


def _places(edition: Edition, toolkit: Toolkit) -> dict[tuple[str, str], int]:
    """Number the criteria of all leaves in the order in which they are marked."""
    cells = [
        (leaf.id, criterion.id)
        for leaf in edition.rules.leaves()
        for criterion in toolkit.rubrics[leaf.rubric].criteria
    ]
    return {cell: index for index, cell in enumerate(cells)}


def _in_order(
    marks: Iterable[AnyMark], place: Mapping[tuple[str, str], int]
) -> tuple[AnyMark, ...]:
    return tuple(sorted(marks, key=lambda mark: place[mark.question, mark.criterion]))


def _shifts(reading: Reading, as_marked: Mapping[str, Fraction]) -> dict[str, Fraction]:
    return {
        leaf: score - as_marked[leaf]
        for leaf, score in reading.leaves.items()
        if score != as_marked[leaf]
    }


def _trace_consensus(
    entry_id: str,
    edition: Edition,
    marks: Marks,
    toolkit: Toolkit,
    readings: tuple[ReadingTrace, ...],
) -> tuple[LeafConsensus, ...]:
    agreed = [mark for mark in marks.consensus if mark.entry == entry_id]
    cells = {(mark.question, mark.criterion): mark.value for mark in agreed}
    scores = score_leaves(edition.rules.leaves(), {entry_id: cells}, toolkit.rubrics)[entry_id]
    used = edition.rules.settings.scoring.marks is MarksUsed.CONSENSUS
    home = [traced for traced in readings if not traced.is_guest]
    shifted = home if used else []
    by_leaf: dict[str, list[ConsensusMark]] = {}
    for mark in _in_order(agreed, _places(edition, toolkit)):
        by_leaf.setdefault(mark.question, []).append(mark)
    return tuple(
        LeafConsensus(
            leaf,
            tuple(own),
            scores.get(leaf),
            _own_mean(leaf, home),
            _shift_of(leaf, scores, shifted),
        )
        for leaf, own in by_leaf.items()
    )


def _own_mean(leaf: str, home: Iterable[ReadingTrace]) -> Fraction | None:
    own = [
        traced.reading.leaves[leaf] - traced.shifts.get(leaf, 0)
        for traced in home
        if leaf in traced.reading.leaves
    ]
    return sum(own, Fraction(0)) / len(own) if own else None


def _shift_of(
    leaf: str, agreed: Mapping[str, Fraction], home: Iterable[ReadingTrace]
) -> Fraction | None:
    if leaf not in agreed:
        return None
    shifted = (traced for traced in home if leaf in traced.reading.leaves)
    return next((traced.shifts.get(leaf, Fraction(0)) for traced in shifted), None)

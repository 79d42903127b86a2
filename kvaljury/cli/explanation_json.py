"""The account of one entry as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import attrs

from kvaljury.cli.language import Language
from kvaljury.core.model import Mark
from kvaljury.core.trace import EntryTrace, LeafConsensus, ReadingTrace
from kvaljury.files.agreement_json import entry_agreement_json
from kvaljury.files.ranking_documents import entry_json, plugin_json
from kvaljury.files.rounding import six_decimals

SCHEMA = "kvaljury.explain/1"
Labels = Mapping[tuple[str, str], str]


def explanation_json(trace: EntryTrace, language: Language) -> dict[str, Any]:
    """Give the account as JSON, schema ``kvaljury.explain/1``.

    Args:
        trace: the account.
        language: of labels and reasons.

    Returns:
        Numbers with 6 decimals, exact ones as fractions beside them.
    """
    render = language.render
    labels = {
        (leaf, criterion.id): render(criterion.label)
        for leaf, criteria in trace.criteria.items()
        for criterion in criteria
    }
    return {
        "schema": SCHEMA,
        "entry": trace.entry.id,
        "name": trace.entry.name,
        "class": trace.ranking.class_id,
        "state": trace.entry.state.value,
        "comparable": trace.ranking.comparable,
        "notes": [render(note) for note in trace.ranking.notes],
        "ranked": None if trace.ranked is None else entry_json(trace.ranked, render),
        "raw": None if trace.raw is None else six_decimals(float(trace.raw)),
        "raw_exact": None if trace.raw is None else str(trace.raw),
        "aggregation": trace.aggregation,
        "calibration": {
            "method": trace.calibration.method,
            "basis": trace.calibration.basis.value,
            "components": trace.calibration.components,
            "comparable": trace.calibration.comparable,
            "variance": {k: six_decimals(v) for k, v in trace.calibration.variance.items()},
            "links": [{"examiner": e, "entry": entry} for e, entry in trace.calibration.links],
        },
        "marks_used": "consensus" if trace.scores_by_consensus else "individual",
        "consensus": [_consensus_json(agreed, labels) for agreed in trace.consensus],
        "readings": [_reading_json(reading, labels) for reading in trace.readings],
        "excluded": [attrs.asdict(reading) for reading in trace.excluded],
        "agreement": entry_agreement_json(trace.agreement),
        "weights": [
            {
                "leaf": weight.leaf,
                "label": render(weight.label),
                "rubric": weight.rubric,
                "weight": _decimal(weight.weight),
                "source": weight.source,
            }
            for weight in trace.weights
        ],
        "plugins": [plugin_json(use) for use in trace.plugins],
    }


def _decimal(value: Fraction) -> float | None:
    return six_decimals(float(value))


def _reading_json(traced: ReadingTrace, labels: Labels) -> dict[str, Any]:
    reading = traced.reading
    return {
        "examiner": reading.examiner,
        "team": reading.team,
        "guest": traced.is_guest,
        "total": _decimal(reading.total),
        "team_effect": six_decimals(traced.team_effect),
        "examiner_effect": six_decimals(traced.examiner_effect),
        "areas": {area: _decimal(score) for area, score in reading.areas.items()},
        "questions": {question: _decimal(score) for question, score in reading.questions.items()},
        "leaves": {leaf: _decimal(score) for leaf, score in reading.leaves.items()},
        "consensus_shift": {leaf: _decimal(shift) for leaf, shift in traced.shifts.items()},
        "missing": list(reading.missing),
        "marks": [_mark_json(mark, labels) for mark in traced.marks],
    }


def _mark_json(mark: Mark, labels: Labels) -> dict[str, Any]:
    return {
        "question": mark.question,
        "criterion": mark.criterion,
        "label": labels[mark.question, mark.criterion],
        "mark": _decimal(mark.value),
        "comment": mark.comment,
        "source": str(mark.source) if mark.source else None,
    }


def _consensus_json(agreed: LeafConsensus, labels: Labels) -> dict[str, Any]:
    return {
        "leaf": agreed.leaf,
        "own": None if agreed.own is None else _decimal(agreed.own),
        "score": None if agreed.score is None else _decimal(agreed.score),
        "shift": None if agreed.shift is None else _decimal(agreed.shift),
        "marks": [
            {
                "criterion": mark.criterion,
                "label": labels[mark.question, mark.criterion],
                "mark": _decimal(mark.value),
                "reason": mark.reason,
                "source": str(mark.source) if mark.source else None,
            }
            for mark in agreed.marks
        ],
    }

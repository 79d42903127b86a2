"""How far a year has come as JSON: the same year and day always give the same document."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import attrs

from kvaljury.core.model import DocumentCheck, Edition, Remark
from kvaljury.core.model.drift import Deviation, Drift, EntryDrift, LeafDrift, ScoreDrift
from kvaljury.core.model.progress import (
    DeadlineProgress,
    Discussion,
    EditionProgress,
    ExaminerProgress,
    MarkCount,
    TeamProgress,
)
from kvaljury.files.ranking_documents import Render
from kvaljury.files.rounding import six_decimals

SCHEMA = "kvaljury.progress/1"


@attrs.frozen
class ProgressDocument:
    """How far a year has come, ready to be written out.

    Attributes:
        drift: of agreed marks.
        inputs: SHA-256 in hexadecimal by path relative to the edition folder.
        render: texts to the reader's language.
    """

    edition: Edition
    progress: EditionProgress
    drift: Drift
    inputs: Mapping[str, str]
    render: Render


def progress_json(document: ProgressDocument) -> dict[str, Any]:
    """Give the account as JSON, schema ``kvaljury.progress/1``.

    Args:
        document: the account with its provenance.

    Returns:
        Scores with 6 decimals; ids, not names, of examiners, entries and documents.
    """
    edition, progress, render = document.edition, document.progress, document.render
    return {
        "schema": SCHEMA,
        "edition": render(edition.title),
        "year": edition.year,
        "rules": edition.rules.name,
        "date": progress.day.isoformat(),
        "inputs": dict(sorted(document.inputs.items())),
        "marks": {
            "given": sum(reading.marks.given for reading in progress.asked),
            "expected": sum(reading.marks.expected for reading in progress.asked),
        },
        "examiners": [_examiner_json(found) for found in progress.examiners],
        "teams": [_team_json(found) for found in progress.teams],
        "deadlines": [
            _deadline_json(found, found in progress.next_deadlines, render)
            for found in progress.deadlines
        ],
        "agreement": {
            "limit": progress.limit,
            "divided": [_discussion_json(found) for found in progress.discussions],
        },
        "to_verify": [_remark_json(remark) for remark in progress.to_verify],
        "documents_not_seen": [_check_json(check) for check in progress.not_seen],
        "drift": drift_json(document.drift, render),
    }


def drift_json(drift: Drift, render: Render) -> dict[str, Any]:
    """Give how far agreed marks lie from individual ones, exact numbers with 6 decimals."""
    return {
        "entries": [_entry_drift_json(found, render) for found in drift.entries],
        "examiners": [
            {
                "examiner": found.examiner,
                "team": found.team,
                "entries": found.entries,
                **_deviation_json(found.deviation),
            }
            for found in drift.examiners
        ],
        "teams": [
            {"team": found.team, "entries": found.entries, **_deviation_json(found.deviation)}
            for found in drift.teams
        ],
    }


def _examiner_json(found: ExaminerProgress) -> dict[str, Any]:
    return {
        "id": found.examiner,
        "name": found.name,
        "team": found.team,
        "given": found.given,
        "expected": found.expected,
        "state": found.state.value,
        "jav": list(found.jav),
        "readings": [
            {"entry": reading.entry, "kind": reading.kind.value, **_count_json(reading.marks)}
            for reading in found.readings
        ],
    }


def _count_json(count: MarkCount) -> dict[str, Any]:
    return {
        "given": count.given,
        "expected": count.expected,
        "state": count.state.value,
        "missing": list(count.missing),
    }


def _team_json(found: TeamProgress) -> dict[str, Any]:
    return {
        "id": found.team,
        "name": found.name,
        "coordinator": found.coordinator,
        "proposals": {"filed": list(found.filed), "missing": list(found.unfiled)},
        "consensus": [
            {"entry": agreed.entry, **_count_json(agreed.marks)} for agreed in found.consensus
        ],
        "documents": [
            {
                "entry": answered.entry,
                "seen": list(answered.seen),
                "not_seen": list(answered.not_seen),
                "unanswered": list(answered.unanswered),
            }
            for answered in found.documents
        ],
    }


def _deadline_json(found: DeadlineProgress, is_next: bool, render: Render) -> dict[str, Any]:
    at = found.deadline.at
    return {
        "id": found.deadline.id,
        "kind": found.deadline.kind.value,
        "label": render(found.deadline.label),
        "source": found.deadline.source,
        "last_day": found.last_day.isoformat(),
        "ends": None if at.whole_day else at.at.isoformat(),
        "days_left": found.days_left,
        "passed": found.has_passed,
        "next": is_next,
        "deliverer": found.deliverer.value,
        "total": found.total,
        "missing": list(found.missing),
    }


def _discussion_json(found: Discussion) -> dict[str, Any]:
    divided = found.divided
    return {
        "entry": divided.entry,
        "low_examiner": divided.low_examiner,
        "low": six_decimals(divided.low),
        "high_examiner": divided.high_examiner,
        "high": six_decimals(divided.high),
        "difference": six_decimals(divided.difference),
        "preliminary": found.is_preliminary,
        "leaves": [
            {
                "leaf": leaf.leaf,
                "low_examiner": leaf.low_examiner,
                "low": _exact(leaf.low),
                "high_examiner": leaf.high_examiner,
                "high": _exact(leaf.high),
                "difference": _exact(leaf.difference),
            }
            for leaf in found.leaves
        ],
    }


def _remark_json(remark: Remark) -> dict[str, Any]:
    return {
        "entry": remark.entry,
        "area": remark.area,
        "examiner": remark.examiner,
        "text": remark.text,
    }


def _check_json(check: DocumentCheck) -> dict[str, Any]:
    return {"entry": check.entry, "document": check.document, "remark": check.remark}


def _entry_drift_json(found: EntryDrift, render: Render) -> dict[str, Any]:
    return {
        "entry": found.entry,
        "team": found.team,
        "total": None if found.total is None else _score_json(found.total),
        "areas": {area: _score_json(drift) for area, drift in found.areas.items()},
        "leaves": [_leaf_json(leaf, render) for leaf in found.leaves],
        "examiners": {who: _deviation_json(own) for who, own in found.examiners.items()},
    }


def _score_json(drift: ScoreDrift) -> dict[str, Any]:
    return {
        "own": _exact(drift.before),
        "agreed": _exact(drift.after),
        "change": _exact(drift.change),
    }


def _leaf_json(leaf: LeafDrift, render: Render) -> dict[str, Any]:
    return {
        "leaf": leaf.leaf,
        "own": _exact(leaf.before),
        "agreed": _exact(leaf.agreed),
        "change": _exact(leaf.change),
        "marks": [
            {
                "criterion": mark.criterion,
                "label": render(mark.label),
                "mark": _exact(mark.value),
                "reason": mark.reason,
            }
            for mark in leaf.marks
        ],
    }


def _deviation_json(found: Deviation) -> dict[str, Any]:
    return {
        "leaves": found.leaves,
        "mean": _exact(found.mean),
        "sd": six_decimals(found.spread),
        "low": _exact(found.low),
        "high": _exact(found.high),
    }


def _exact(value: Fraction | None) -> float | None:
    return None if value is None else six_decimals(float(value))

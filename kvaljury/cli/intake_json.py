"""What was found about bids as one JSON document, schema ``kvaljury.intake/1``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kvaljury.cli.language import Language
from kvaljury.core.intake.changes import ChangeStanding
from kvaljury.core.intake.findings import BidFinding
from kvaljury.core.intake.inspection import BidReport, Contribution, IntakeBasis
from kvaljury.core.model import Edition

SCHEMA = "kvaljury.intake/1"


def intake_json(
    reports: Sequence[BidReport],
    edition: Edition,
    basis: IntakeBasis,
    inputs: Mapping[str, str],
    language: Language,
) -> dict[str, Any]:
    """Give what was found.

    Args:
        reports: in the order of ids.
        edition: that the bids belong to.
        basis: what they were held against.
        inputs: SHA-256 of every file that was read, by address.
        language: of the messages.

    Returns:
        Words for people beside stable codes; what is not there is null.
    """
    bid = basis.rules.bid
    due = basis.next_due()
    return {
        "schema": SCHEMA,
        "edition": language.render(edition.title),
        "rules": edition.rules.name,
        "date": basis.today.isoformat(),
        "limits": {
            "characters": bid.longest,
            "presentation": bid.presentation_longest,
            "image": list(bid.image_size) if bid.image_size else None,
        },
        "sources": {
            name: {"rule": bid.rules.get(name), "source": bid.sources.get(name)}
            for name in sorted(bid.rules.keys() | bid.sources.keys())
        },
        "next_due": due.isoformat() if due else None,
        "inputs": dict(sorted(inputs.items())),
        "entries": [_report(report, language) for report in reports],
    }


def _report(report: BidReport, language: Language) -> dict[str, Any]:
    read = report.contribution
    return {
        "id": report.entry.id,
        "contribution": _contribution(read, language) if read else None,
        "presentation_characters": report.presentation,
        "findings": [_finding(found, language) for found in report.findings],
        "change_requests": [_change(change) for change in report.changes],
        "files": [
            {"file": file.file, "role": file.role.value, "sha256": file.sha256 or None}
            for file in report.folder.files
        ],
    }


def _contribution(read: Contribution, language: Language) -> dict[str, Any]:
    return {
        "file": read.file,
        "characters": read.count.total,
        "characters_noted": read.noted,
        "doubts": [
            {
                "kind": doubt.kind.value,
                "characters": doubt.characters,
                "counted": doubt.is_counted,
                "otherwise": read.count.otherwise(doubt),
            }
            for doubt in read.count.doubts
        ],
        "sections": [
            {"title": language.render(section.title), "characters": section.characters}
            for section in read.sections
        ],
        "answered": read.answered,
        "questions": [
            {
                "id": leaf.answer.leaf,
                "state": leaf.answer.state.value,
                "found_by": leaf.answer.evidence.value if leaf.answer.evidence else None,
                "sure": leaf.answer.is_sure,
                "in_order": leaf.answer.is_in_order,
                "characters": leaf.characters,
            }
            for leaf in read.leaves
        ],
    }


def _finding(found: BidFinding, language: Language) -> dict[str, Any]:
    return {
        "code": found.code,
        "rule": found.rule or None,
        "source": found.source or None,
        "severity": found.severity.value,
        "message": language.render(found.message),
        "where": language.render(found.where) or None,
        "hint": language.render(found.hint) if found.hint else None,
    }


def _change(change: ChangeStanding) -> dict[str, Any]:
    request = change.request
    return {
        "matter": request.matter,
        "sent": request.sent.isoformat() if request.sent else None,
        "due": change.due.isoformat() if change.due else None,
        "answered": request.answered.isoformat() if request.answered else None,
        "state": change.state.value,
        "by": request.by or None,
    }

"""What a team agreed on and saw at the visit, with examiners under their codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from kvaljury.core.model import DocumentCheck, RuleSet, Text
from kvaljury.core.model.dossier import AgreedArea, AgreedLeaf, AskedDocument, TeamConsensus
from kvaljury.core.model.drift import EntryDrift, LeafDrift, ScoreDrift

_WHOLE = Text("The whole", sv="Helheten")


def team_consensus(drift: EntryDrift, rules: RuleSet, codes: Mapping[str, str]) -> TeamConsensus:
    """Give what a team agreed on as its entry's dossier may tell it.

    Args:
        drift: of the entry.
        rules: for labels.
        codes: of the entry's examiners, by id; one without a code has no total and is left out.
    """
    labels = {leaf.id: leaf.label for leaf in rules.leaves()}
    by_code = {
        codes[examiner]: float(found.mean)
        for examiner, found in drift.examiners.items()
        if examiner in codes
    }
    return TeamConsensus(
        None if drift.total is None else _agreed_area(_WHOLE, drift.total),
        tuple(
            _agreed_area(area.label, drift.areas[area.id])
            for area in rules.areas
            if area.id in drift.areas
        ),
        tuple(_agreed_leaf(leaf, labels[leaf.leaf]) for leaf in drift.leaves),
        {code: by_code[code] for code in sorted(by_code, key=lambda code: (len(code), code))},
    )


def asked_documents(rules: RuleSet, checks: Iterable[DocumentCheck]) -> tuple[AskedDocument, ...]:
    """Give every document of the check list with what the team said of it.

    Args:
        rules: with the list.
        checks: of one entry.
    """
    said = {check.document: check for check in checks}
    return tuple(
        AskedDocument(
            document.label,
            said[document.id].seen if document.id in said else None,
            said[document.id].remark if document.id in said else "",
            document.on_request,
        )
        for document in rules.documents
    )


def _agreed_area(label: Text, drift: ScoreDrift) -> AgreedArea:
    return AgreedArea(label, float(drift.before), float(drift.after))


def _agreed_leaf(leaf: LeafDrift, label: Text) -> AgreedLeaf:
    return AgreedLeaf(
        leaf.leaf,
        label,
        tuple((mark.label, float(mark.value)) for mark in leaf.marks),
        leaf.reasons,
        _number(leaf.before),
        _number(leaf.agreed),
    )


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)

"""A ranking as bytes of JSON and CSV: the same ranking always gives the same bytes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from kvaljury.core.model import (
    ClassRanking,
    Edition,
    Finding,
    PluginUse,
    RankedEntry,
    Ranking,
)
from kvaljury.core.model.wording import WOULD_CONNECT, assumption_texts, ranking_link_texts
from kvaljury.errors import Text
from kvaljury.files.agreement_json import agreement_json
from kvaljury.files.linkage_json import linkage_json
from kvaljury.files.ranking_columns import COLUMNS, shown_number
from kvaljury.files.rounding import six_decimals

if TYPE_CHECKING:
    from kvaljury.core.model.sensitivity import Sensitivity

Render = Callable[[Text | str], str]
SCHEMA = "kvaljury.ranking/1"
EFFECTS = ("entry", "team", "cohort", "examiner", "residual")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_NUMBERS = (
    "raw",
    "score",
    "low",
    "high",
    "rank",
    "rank_low",
    "rank_high",
    "expected_rank",
    "p_best",
    "p_shortlist",
    "p_above_next",
)


@attrs.frozen
class RankingDocument:
    """A ranking with everything it was made from, ready to be written out.

    Attributes:
        inputs: SHA-256 in hexadecimal by path relative to the edition folder.
        plugins: the plugins that took effect.
        render: texts to the reader's language.
        decimal_mark: the language's sign between whole and decimals.
        language: code of the reader's language.
        sensitivity: how firmly the lists stand, or None where nobody asked.
    """

    edition: Edition
    ranking: Ranking
    inputs: Mapping[str, str]
    plugins: Sequence[PluginUse]
    render: Render
    decimal_mark: str = ","
    language: str = "sv"
    sensitivity: Sensitivity | None = None


def json_bytes(value: object) -> bytes:
    """Give a document as indented UTF-8 JSON with a final line break; refuses NaN."""
    return (json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def ranking_json(document: RankingDocument) -> bytes:
    """Give a ranking as JSON, schema ``kvaljury.ranking/1``.

    Args:
        document: the ranking with its provenance.

    Returns:
        UTF-8 with keys in a fixed order; numbers carry 6 decimals, absent ones are null.
    """
    edition, ranking, render = document.edition, document.ranking, document.render
    return json_bytes(
        {
            "schema": SCHEMA,
            "language": document.language,
            "edition": render(edition.title),
            "year": edition.year,
            "rules": edition.rules.name,
            "changes": list(edition.changes),
            "inputs": dict(sorted(document.inputs.items())),
            "plugins": [plugin_json(use) for use in document.plugins],
            "calibration": _calibration_json(ranking, render),
            "classes": [_class_json(ranked, render) for ranked in ranking.classes],
            "agreement": agreement_json(ranking.agreement, render),
            "sensitivity": _sensitivity_json(document),
            "excluded": [attrs.asdict(reading) for reading in ranking.excluded],
            "not_competing": list(ranking.not_competing),
            "notes": [render(text) for text in ranking.warnings],
            "assumptions": [render(text) for text in assumption_texts(edition)],
        }
    )


def plugin_json(use: PluginUse) -> dict[str, str]:
    """Give where a plugin in use came from."""
    return {
        "name": use.offer,
        "provider": use.provider,
        "version": use.version,
        "kind": use.kind,
    }


def finding_json(finding: Finding, render: Render) -> dict[str, str]:
    """Give a finding with the keys of the contract."""
    return {
        "rule": finding.rule,
        "stage": finding.stage.value,
        "verdict": finding.verdict.value,
        "reason": render(finding.reason),
        "source": finding.source,
    }


def _calibration_json(ranking: Ranking, render: Render) -> dict[str, Any]:
    summary = ranking.calibration
    return {
        "method": summary.method,
        "basis": summary.basis.value,
        "components": summary.components,
        "comparable": summary.comparable,
        "variance": {name: six_decimals(summary.variance.get(name)) for name in EFFECTS},
        "warnings": [render(text) for text in summary.warnings],
        "links": [{"examiner": examiner, "entry": entry} for examiner, entry in summary.links],
        "linkage": linkage_json(summary.linkage),
    }


def _sensitivity_json(document: RankingDocument) -> dict[str, Any] | None:
    if document.sensitivity is None:
        return None
    # Seldom asked for, and the words for it take long to load.
    from kvaljury.files.sensitivity_documents import sensitivity_json  # noqa: PLC0415
    from kvaljury.files.sensitivity_wording import area_labels  # noqa: PLC0415

    return sensitivity_json(document.sensitivity, area_labels(document.edition), document.render)


def _class_json(ranked: ClassRanking, render: Render) -> dict[str, Any]:
    return {
        "class": ranked.class_id,
        "title": render(ranked.title),
        "shortlist_size": ranked.shortlist_size,
        "comparable": ranked.comparable,
        "entries": [entry_json(entry, render) for entry in ranked.entries],
        "mentions": list(ranked.mentions),
        "notes": [render(text) for text in ranked.notes],
    }


def entry_json(entry: RankedEntry, render: Render) -> dict[str, Any]:
    """Give an entry in its class with the keys of the contract."""
    return {
        "id": entry.id,
        "name": entry.name,
        "team": entry.team,
        **{name: six_decimals(getattr(entry, name)) for name in _NUMBERS},
        "proposal": entry.proposal.value if entry.proposal else None,
        "status": entry.status.value,
        "reasons": [reason.code for reason in entry.reasons],
        "findings": [finding_json(finding, render) for finding in entry.findings],
    }


def ranking_csv(document: RankingDocument) -> bytes:
    """Give a ranking as a table that a double click opens right in Excel.

    Args:
        document: the ranking with its provenance.

    Returns:
        UTF-8 with BOM, semicolons, CRLF; one record an entry, decimals by the language. The last
        column but one holds, for classes that cannot be compared, the readings that would
        connect them.
    """
    table = io.StringIO()
    writer = csv.writer(table, delimiter=";", lineterminator="\r\n")
    titles = [column.title for column in COLUMNS]
    writer.writerow(map(document.render, [*titles[:-1], WOULD_CONNECT, titles[-1]]))
    links = " | ".join(map(document.render, ranking_link_texts(document.ranking)))
    for ranked in document.ranking.classes:
        would_connect = "" if ranked.comparable else harmless(links)
        for entry in ranked.entries:
            record = _record(document, ranked, entry)
            writer.writerow([*record[:-1], would_connect, record[-1]])
    return table.getvalue().encode("utf-8-sig")


def _record(document: RankingDocument, ranked: ClassRanking, entry: RankedEntry) -> list[str]:
    scale = document.edition.rules.settings.rounding.decimals
    cells = []
    for column in COLUMNS:
        value = column.value(ranked, entry, document.render)
        if isinstance(value, str):
            cells.append(harmless(value))
        else:
            cells.append(shown_number(value, column.decimals(scale), document.decimal_mark))
    return cells


def harmless(text: str) -> str:
    """Keep a spreadsheet from reading text as a formula, and a record on one line.

    >>> harmless("=1+1"), harmless("Björken")
    ("'=1+1", 'Björken')
    """
    single = " ".join(text.splitlines()) if "\n" in text or "\r" in text else text
    return f"'{single}" if single.startswith(_FORMULA_STARTS) else single

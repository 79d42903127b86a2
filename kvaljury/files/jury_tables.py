"""First tables for people to fill in or edit: nominations, and ballots as plain rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from kvaljury.core.model import Nomination, ProposalKind
from kvaljury.files.headers import BALLOTS, NOMINATIONS, Columns
from kvaljury.files.ranking_documents import harmless

_WORDS = {
    "sv": {
        ProposalKind.AWARD: "utmärkelse",
        ProposalKind.MENTION: "hedersomnämnande",
        ProposalKind.NONE: "inget",
    },
    "en": {kind: kind.value for kind in ProposalKind},
}


def nominations_csv(nominations: Iterable[Nomination], language: str) -> bytes:
    """Give nominations as nominations.csv.

    Args:
        nominations: in the order of the rows.
        language: ``sv`` or ``en``, of headers and words.

    Returns:
        UTF-8 with BOM, semicolons, CRLF, so that a double click opens it right in Excel.
    """
    words = _WORDS[language]
    rows = (
        (nominee.entry, words[nominee.nominated_for], harmless(nominee.reason),
         harmless(nominee.by))
        for nominee in nominations
    )  # fmt: skip
    return _table(NOMINATIONS, rows, language)


def ballots_csv(pairs: Sequence[tuple[str, str]], language: str) -> bytes:
    """Give a template of ballots with a row for each juror and nominee.

    Args:
        pairs: id of the juror, and id or code of the entry.
        language: ``sv`` or ``en``, of the headers.

    Returns:
        As for `nominations_csv`; grades and mentions are empty.
    """
    return _table(BALLOTS, ((juror, entry, "", "") for juror, entry in pairs), language)


def _table(columns: Columns, rows: Iterable[Sequence[str]], language: str) -> bytes:
    table = io.StringIO()
    writer = csv.writer(table, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        column.swedish[0] if language == "sv" else column.field for column in columns.columns
    )
    writer.writerows(rows)
    return table.getvalue().encode("utf-8-sig")

"""How far examiners agree as tables, for a terminal and for a workbook."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from kvaljury.core.model import AgreementAccount, TeamAgreement
from kvaljury.errors import Text

Cell = str | int | float | Text | None

HOW_EXAMINERS_AGREE = Text("How far the examiners agree")
TEAM_LEGEND = Text(
    "ICC and alpha are 1 where a team's examiners agree fully and about 0 where they agree no "
    "better than by chance. W is 1 where all put the entries in the same order and 0 where there "
    "is no common order. The difference is how many points two examiners of one entry lie apart "
    "on average. A dash is a figure that the readings do not give."
)
_NOTHING = Text("none")


@attrs.frozen
class AgreementColumn:
    """A column.

    Attributes:
        title: what stands at its head.
        kind: ``text``, ``count``, ``score`` (points) or ``coefficient``.
        width: in characters, for spreadsheets.
    """

    title: Text
    kind: str = "text"
    width: int = 14


@attrs.frozen
class AgreementTable:
    """A table with a heading of its own.

    Attributes:
        title: its heading.
        columns: from left to right; the last may hold running text.
        rows: cells in the order of the columns; None is a number that is not there.
        empty: what to say where there are no rows.
    """

    title: Text
    columns: tuple[AgreementColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: Text = _NOTHING


_ENTRY = AgreementColumn(Text("Entry"), width=34)
_EXAMINER = AgreementColumn(Text("Examiner"))
_TEAM = AgreementColumn(Text("Team"))
_LOWEST = AgreementColumn(Text("Lowest"), "score")
_HIGHEST = AgreementColumn(Text("Highest"), "score")
_ENTRIES = AgreementColumn(Text("Entries"), "count")
_DIFFERENCE = AgreementColumn(Text("Difference, points"), "score")
TEAM_COLUMNS = (
    _TEAM,
    _ENTRIES,
    AgreementColumn(Text("Examiners"), "count"),
    AgreementColumn(Text("ICC, one examiner"), "coefficient"),
    AgreementColumn(Text("ICC, mean"), "coefficient"),
    AgreementColumn(Text("Krippendorff's alpha"), "coefficient"),
    AgreementColumn(Text("Kendall's W"), "coefficient"),
    _DIFFERENCE,
    AgreementColumn(Text("Remark"), width=60),
)


def agreement_tables(
    account: AgreementAccount, names: Mapping[str, str]
) -> tuple[AgreementTable, ...]:
    """Give the tables of an account in the order in which they are read.

    Args:
        account: how far the examiners agree.
        names: of entries by id.

    Returns:
        What is for discussion first, the figures of each team last.
    """
    return (
        _divided(account, names),
        _residuals(account, names),
        _flat(account),
        AgreementTable(
            Text("Agreement within each team"), TEAM_COLUMNS, tuple(map(team_row, account.teams))
        ),
    )


def team_row(team: TeamAgreement) -> tuple[Cell, ...]:
    """Give the cells of a team, as ``TEAM_COLUMNS`` orders them."""
    return (
        team.team,
        team.entries,
        team.examiners,
        team.icc_single,
        team.icc_mean,
        team.alpha,
        team.kendall_w,
        team.mean_difference,
        why_unknown(team) or "",
    )


def why_unknown(team: TeamAgreement) -> Text | None:
    """Say why a team lacks figures, or None where it has the intraclass correlations."""
    causes = (
        (team.icc_single is not None, None),
        (team.entries == 0, Text("the team has read none of its own entries")),
        (team.examiners == 1, Text("only one examiner: there is nobody to agree with")),
        (team.shared == 0, Text("no entry was read by two of the team's examiners")),
        (team.entries == 1, Text("only one entry: there is no order to agree on")),
        (
            team.alpha is None and team.shared > 1,
            Text("all readings that can be compared give the same score"),
        ),
        (True, Text("the readings do not suffice to tell entries, examiners and chance apart")),
    )
    return next(text for holds, text in causes if holds)


def named(identifier: str, names: Mapping[str, str]) -> str:
    """Give the id of an entry or an examiner with its name, where that is known.

    >>> named("F01", {"F01": "Eken"}), named("F02", {})
    ('F01 Eken', 'F02')
    """
    return f"{identifier} {names.get(identifier, '')}".strip()


def _divided(account: AgreementAccount, names: Mapping[str, str]) -> AgreementTable:
    return AgreementTable(
        Text(
            "Entries whose examiners differ by more than the edition's limit, {limit} points",
            limit=account.limit,
        ),
        (_ENTRY, _LOWEST, _EXAMINER, _HIGHEST, _EXAMINER, _DIFFERENCE),
        tuple(
            (
                named(found.entry, names),
                found.low,
                found.low_examiner,
                found.high,
                found.high_examiner,
                found.difference,
            )
            for found in account.divided
        ),
    )


def _residuals(account: AgreementAccount, names: Mapping[str, str]) -> AgreementTable:
    return AgreementTable(
        Text("Readings far from what is expected of their entry, team and examiner"),
        (
            _ENTRY,
            _EXAMINER,
            _TEAM,
            AgreementColumn(Text("Total"), "score"),
            AgreementColumn(Text("Expected"), "score"),
            _DIFFERENCE,
            AgreementColumn(Text("Standard deviations"), "coefficient"),
        ),
        tuple(
            (
                named(found.entry, names),
                found.examiner,
                found.team,
                found.score,
                found.score - found.residual,
                found.residual,
                found.standardised,
            )
            for found in account.residuals or ()
        ),
        _NOTHING if account.residuals is not None else Text("too few readings to tell"),
    )


def _flat(account: AgreementAccount) -> AgreementTable:
    return AgreementTable(
        Text("Examiners who gave all entries nearly the same score"),
        (_EXAMINER, _TEAM, _ENTRIES, _LOWEST, _HIGHEST),
        tuple(
            (found.examiner, found.team, found.entries, found.low, found.high)
            for found in account.flat
        ),
    )

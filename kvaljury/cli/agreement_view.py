"""How far examiners agree as people read it."""

from __future__ import annotations

from kvaljury.cli.language import Language
from kvaljury.cli.output import Column, Output
from kvaljury.core.model import EntryAgreement, LargeResidual
from kvaljury.errors import Text
from kvaljury.files.agreement_tables import (
    HOW_EXAMINERS_AGREE,
    TEAM_COLUMNS,
    TEAM_LEGEND,
    AgreementColumn,
    Cell,
    agreement_tables,
    team_row,
)
from kvaljury.files.ranking_documents import RankingDocument

_COEFFICIENT_DECIMALS = 2


def show_agreement(document: RankingDocument, output: Output) -> None:
    """Show how far the examiners of an edition agree; nothing where the ranking does not say.

    Args:
        document: the ranking with its provenance.
        output: where and in which language.
    """
    account = document.ranking.agreement
    if account is None:
        return
    output.heading(HOW_EXAMINERS_AGREE)
    for sentence in account.sentences:
        output.paragraph(sentence, indent=2)
    names = {entry.id: entry.name for entry in document.edition.entries}
    decimals = document.edition.rules.settings.rounding.decimals
    for table in agreement_tables(account, names):
        output.line()
        if table.rows:
            output.line(Text("{title}:", title=table.title))
            show_table(table.columns, table.rows, decimals, output)
        else:
            output.line(Text("{title}: {answer}", title=table.title, answer=table.empty))
    output.paragraph(TEAM_LEGEND)


def show_entry_agreement(agreement: EntryAgreement | None, decimals: int, output: Output) -> None:
    """Show how far the examiners of one entry agree; nothing where nobody has read it.

    Args:
        agreement: of the entry.
        decimals: of scores, as the edition shows them.
        output: where and in which language.
    """
    if agreement is None:
        return
    output.heading(HOW_EXAMINERS_AGREE)
    output.paragraph(_spread(agreement, decimals, output.language))
    for found in agreement.residuals or ():
        output.paragraph(_far_off(found, decimals, output.language))
    if agreement.residuals is None:
        output.paragraph(Text("There are too few readings to tell whether one of them stands out."))
    elif not agreement.residuals:
        output.paragraph(Text("No reading lies far from what is expected of it."))
    if agreement.team is None:
        output.paragraph(Text("The home team has no reading, so its agreement cannot be given."))
        return
    output.line()
    output.line(Text("Agreement of the home team on all its entries:"))
    show_table(TEAM_COLUMNS, (team_row(agreement.team),), decimals, output)
    output.paragraph(TEAM_LEGEND)


def _spread(agreement: EntryAgreement, decimals: int, language: Language) -> Text:
    if agreement.readings == 1:
        return Text("Only one examiner has read the entry, so there is nobody to agree with.")
    wanted = {
        "low": language.number(agreement.low, decimals),
        "high": language.number(agreement.high, decimals),
        "difference": language.number(agreement.high - agreement.low, decimals),
        "limit": language.number(agreement.limit),
    }
    if agreement.is_divided:
        return Text(
            "The totals lie from {low} to {high}, {difference} points apart; that is more than"
            " the edition's limit, {limit}, and the entry should be discussed.",
            **wanted,
        )
    return Text(
        "The totals lie from {low} to {high}, {difference} points apart; the edition's limit is"
        " {limit}.",
        **wanted,
    )


def _far_off(found: LargeResidual, decimals: int, language: Language) -> Text:
    return Text(
        "Examiner {examiner} gave {total}; {expected} was expected of entry, team and examiner."
        " The difference is {deviations} standard deviations.",
        examiner=found.examiner,
        total=language.number(found.score, decimals),
        expected=language.number(found.score - found.residual, decimals),
        deviations=language.number(found.standardised, 1),
    )


def show_table(
    columns: tuple[AgreementColumn, ...],
    rows: tuple[tuple[Cell, ...], ...],
    decimals: int,
    output: Output,
) -> None:
    """Show a table, its last column wrapped; a number that is not there is a dash.

    Args:
        columns: from left to right.
        rows: cells in the order of the columns.
        decimals: of scores, as the edition shows them.
        output: where and in which language.
    """
    shown = [
        Column(column.title, right=column.kind != "text", wraps=column is columns[-1])
        for column in columns
    ]
    language = output.language
    cells = [
        [
            _cell(cell, column.kind, decimals, language)
            for cell, column in zip(row, columns, strict=True)
        ]
        for row in rows
    ]
    output.table(shown, cells)


def _cell(cell: Cell, kind: str, decimals: int, language: Language) -> str:
    if isinstance(cell, str | Text):
        return language.render(cell)
    if cell is None:
        return "–"
    return language.number(
        cell, {"count": 0, "coefficient": _COEFFICIENT_DECIMALS}.get(kind, decimals)
    )

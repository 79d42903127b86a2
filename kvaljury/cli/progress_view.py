"""How far a year has come as people read it."""

from __future__ import annotations

from kvaljury.cli.agreement_view import show_table
from kvaljury.cli.output import Output
from kvaljury.core.model.progress import EditionProgress
from kvaljury.errors import Text
from kvaljury.files.agreement_tables import AgreementTable
from kvaljury.files.drift_tables import DRIFT, DRIFT_LEGEND, drift_tables
from kvaljury.files.progress_documents import ProgressDocument
from kvaljury.files.progress_tables import (
    deadlines_table,
    discussions_table,
    examiners_table,
    leaves_table,
    readings_table,
    teams_table,
    unseen_table,
    verify_table,
)
from kvaljury.files.progress_wording import (
    names_of_entries,
    names_of_examiners,
    next_deadline_sentences,
    summary_sentences,
)

_MOST_LEAVES = 3


def show_progress(document: ProgressDocument, output: Output) -> None:
    """Show how far a year has come: what is next first, what has been agreed on last.

    Args:
        document: the account with its provenance.
        output: where and in which language.
    """
    edition, progress = document.edition, document.progress
    names = names_of_entries(edition) | names_of_examiners(edition)
    output.line(Text("{title}, {day}", title=edition.title, day=progress.day))
    for sentence in (
        *summary_sentences(progress),
        *next_deadline_sentences(progress, names),
    ):
        output.paragraph(sentence)
    for table in _tables(document, progress):
        _show(table, document, output)
    if document.drift.entries:
        output.heading(DRIFT)
        output.paragraph(DRIFT_LEGEND)
        for table in drift_tables(document.drift, edition, _MOST_LEAVES):
            output.line()
            output.line(Text("{title}:", title=table.title))
            _show_rows(table, document, output)
    output.line()
    output.paragraph(
        Text(
            "Written to the folder out: progress.xlsx, which lists every reading and everything"
            " that is missing."
        )
    )


def _tables(document: ProgressDocument, progress: EditionProgress) -> tuple[AgreementTable, ...]:
    """Give the tables that have rows; every single thing that is missing is for the workbook."""
    edition = document.edition
    tables = (
        deadlines_table(progress, edition),
        examiners_table(progress, edition),
        teams_table(progress, edition),
        readings_table(progress, edition, only_partly=True),
        discussions_table(progress, edition),
        leaves_table(progress, edition),
        verify_table(progress, edition),
        unseen_table(progress, edition),
    )
    return tuple(table for table in tables if table.rows)


def _show(table: AgreementTable, document: ProgressDocument, output: Output) -> None:
    output.heading(table.title)
    _show_rows(table, document, output)


def _show_rows(table: AgreementTable, document: ProgressDocument, output: Output) -> None:
    decimals = document.edition.rules.settings.rounding.decimals
    if table.rows:
        show_table(table.columns, table.rows, decimals, output)
    else:
        output.line(table.empty)

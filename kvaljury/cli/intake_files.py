"""Reports about bids to files: HTML and PDF for each unit, an overview and a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kvaljury.cli.language import Language
from kvaljury.core.intake.findings import Severity
from kvaljury.core.intake.inspection import BidReport, IntakeBasis
from kvaljury.core.intake.report import (
    CHANGE_WORDS,
    FORM_ONLY,
    SEVERITY_WORDS,
    overview_document,
    report_document,
)
from kvaljury.core.model import Edition
from kvaljury.core.model.blocks import Document
from kvaljury.errors import Text
from kvaljury.files.list_spreadsheets import ListSheet, lists_xlsx
from kvaljury.files.writing import LOCK_FILE, replace_outputs, write_outputs
from kvaljury.reports.html import html_page
from kvaljury.reports.pdf import Booklet, pdf_bytes
from kvaljury.reports.voice import Voice

FOLDER = Path("out", "intake")
INDEX, LIST = "index.html", "intake.xlsx"
_PATTERNS = ("bidrag-*.html", "bidrag-*.pdf", INDEX)


def write_reports(
    folder: Path,
    reports: Sequence[BidReport],
    edition: Edition,
    basis: IntakeBasis,
    language: Language,
    *,
    is_whole: bool,
) -> None:
    """Write the reports.

    Args:
        folder: the edition folder.
        reports: in the order of ids.
        edition: for titles.
        basis: what the bids were held against.
        language: of the files.
        is_whole: whether every entry was checked; if not, the overview and the reports of the
            others stand as they are.

    Raises:
        DiskFault: if the disk, a lock or a permission is in the way.
    """
    voice = Voice(language.code, language.render, language.number)
    documents = [report_document(report, edition, basis) for report in reports]
    files = dict(_pages(documents, edition, voice))
    lock = folder / "out" / LOCK_FILE
    if not is_whole:
        write_outputs(folder / FOLDER, files, lock)
        return
    files[INDEX] = html_page(overview_document(reports, edition, basis), voice)
    replace_outputs(folder / FOLDER, files, _PATTERNS, lock)
    write_outputs(folder / "out", {LIST: _list(reports, edition, language)}, lock)


def _pages(
    documents: Sequence[Document], edition: Edition, voice: Voice
) -> Iterator[tuple[str, bytes]]:
    for document in documents:
        paper = f"{document.name}.pdf"
        links = [(Text("The page as PDF"), paper)]
        yield f"{document.name}.html", html_page(document, voice, None, links)
        yield paper, pdf_bytes(_bound(document, edition), voice)


def _bound(document: Document, edition: Edition) -> Booklet:
    return Booklet(
        title=document.title,
        subtitle=edition.title,
        running=edition.title,
        preface=(),
        documents=(document,),
        stand=FORM_ONLY,
        foot="",
        year=edition.year,
    )


def _list(reports: Sequence[BidReport], edition: Edition, language: Language) -> bytes:
    say = language.render
    heading = f"{say(edition.title)} – {say(FORM_ONLY)}"
    sheets = [
        ListSheet(
            say(Text("Overview")),
            heading,
            _columns(
                language,
                (Text("Entry"), 10),
                (Text("Unit"), 34),
                (Text("Characters"), 12),
                (Text("Answered"), 12),
                (Text("To be mended"), 12),
                (Text("To look at"), 12),
            ),
            [_overview_row(report) for report in reports],
        ),
        ListSheet(
            say(Text("Findings")),
            heading,
            _columns(
                language,
                (Text("Entry"), 10),
                (Text("What to do"), 14),
                (Text("Rule"), 10),
                (Text("Line of the instructions"), 14),
                (Text("Found"), 80),
                (Text("Where"), 30),
                (Text("What would mend it"), 50),
            ),
            [row for report in reports for row in _finding_rows(report, language)],
        ),
        ListSheet(
            say(Text("Change requests")),
            heading,
            _columns(
                language,
                (Text("Entry"), 10),
                (Text("To be changed"), 60),
                (Text("Sent"), 12),
                (Text("Last day"), 12),
                (Text("Answer came"), 12),
                (Text("State"), 24),
            ),
            [row for report in reports for row in _change_rows(report, language)],
        ),
    ]
    return lists_xlsx(heading, edition.year, sheets)


def _columns(language: Language, *given: tuple[Text, int]) -> tuple[tuple[str, int], ...]:
    return tuple((language.render(title), width) for title, width in given)


def _overview_row(report: BidReport) -> list[str | int | None]:
    read = report.contribution
    return [
        report.entry.id,
        report.entry.name,
        read.count.total if read else None,
        read.answered if read else None,
        len(report.of_severity(Severity.PROBLEM)),
        len(report.of_severity(Severity.LOOK)),
    ]


def _finding_rows(report: BidReport, language: Language) -> Iterator[list[str]]:
    say = language.render
    for found in report.findings:
        yield [
            report.entry.id,
            say(SEVERITY_WORDS[found.severity]),
            found.rule,
            found.source,
            say(found.message),
            say(found.where),
            say(found.hint) if found.hint else "",
        ]


def _change_rows(report: BidReport, language: Language) -> Iterator[list[str]]:
    for change in report.changes:
        days = (change.request.sent, change.due, change.request.answered)
        yield [
            report.entry.id,
            change.request.matter,
            *("" if day is None else day.isoformat() for day in days),
            language.render(CHANGE_WORDS[change.state]),
        ]

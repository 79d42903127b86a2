"""Documents to the two files that people sign, send and print: Word and PDF."""

from __future__ import annotations

from kvaljury.cli.language import Language
from kvaljury.core.model.blocks import Document, Words
from kvaljury.reports.pdf import Booklet, pdf_bytes
from kvaljury.reports.voice import Voice
from kvaljury.reports.word import word_bytes


def paper_files(
    document: Document, language: Language, *, running: Words, foot: Words, year: int
) -> dict[str, bytes]:
    """Make the Word file and the PDF of a document.

    Args:
        document: of neutral blocks.
        language: of both.
        running: stands at the head of every page.
        foot: stands at the foot of every page.
        year: which dates the files.

    Returns:
        Content by file name.
    """
    voice = Voice(language.code, language.render, language.number)
    booklet = Booklet(
        title=document.title,
        subtitle=document.subtitle,
        running=running,
        preface=(),
        documents=(document,),
        stand=document.stand,
        foot=foot,
        year=year,
    )
    return {
        f"{document.name}.docx": word_bytes(document, voice, running=running, foot=foot, year=year),
        f"{document.name}.pdf": pdf_bytes(booklet, voice),
    }

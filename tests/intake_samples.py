"""Made bids: the questions of an edition answered in the styles in which units write."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator

import docx
from docx.document import Document as Made

from kvaljury.core.model import RuleSet
from kvaljury.core.model.word_document import Paragraph, Stretch, WordDocument
from kvaljury.files import read_rule_set

ANSWER = "Varje månad samtalar vi om hur det går och skriver ned vad vi lärt oss av det."

# (text, heading level, automatic number)
Line = tuple[str, int, str]


def questions(rules: RuleSet) -> Iterator[tuple[str, str, str, str]]:
    """Give area, question, letter and label of every place that is answered or headed."""
    for area in rules.areas:
        for question in area.questions:
            if question.leaves[0].id == question.id:
                yield area.id, question.id, "", str(question.label.sv)
                continue
            yield area.id, question.id, "-", str(question.label.sv)
            for leaf in question.leaves:
                letter = leaf.id.removeprefix(question.id)
                yield area.id, question.id, letter, str(leaf.label.sv)


def bid_lines(
    rules: RuleSet,
    style: str = "typed",
    answer: str = ANSWER,
    left_out: tuple[str, ...] = (),
    unanswered: tuple[str, ...] = (),
) -> list[Line]:
    """Give the lines of a bid.

    Args:
        rules: of the edition.
        style: ``typed`` (``12.`` and ``a)``), ``word`` (``Fråga 12 a``), ``joined`` (``12a``),
            ``auto`` (Word's own numbers), ``headings`` (headings without numbers) or ``bare``
            (numbers without words).
        answer: to every question.
        left_out: ids that are not there at all.
        unanswered: ids that are there without an answer.
    """
    lines: list[Line] = [("Inledning", 1, ""), ("Vi är en verksamhet i Farsta.", 0, "")]
    labels = {area.id: str(area.label.sv) for area in rules.areas}
    seen = ""
    for area, question, letter, label in questions(rules):
        if area != seen:
            lines.append((labels[area], 1, ""))
            seen = area
        name = question + letter.strip("-")
        if name in left_out:
            continue
        lines.append(_heading(style, question, letter, label))
        if letter != "-" and name not in unanswered:
            lines.append((answer, 0, ""))
    return lines


def _heading(style: str, question: str, letter: str, label: str) -> Line:
    part = letter.strip("-")
    if style == "headings":
        return label, 2 + bool(part), ""
    if style == "auto":
        return label, 0, f"{part})" if part else f"{question}."
    if style == "word":
        return f"Fråga {question} {part}".strip() + f": {label}", 0, ""
    if style == "joined":
        return f"{question}{part}. {label}", 0, ""
    shown = f"{part})" if part else f"{question}."
    return (shown if style == "bare" else f"{shown} {label}"), 0, ""


def word_document(lines: list[Line], file: str = "bids/F01/bidrag.docx") -> WordDocument:
    """Give lines as a document that was read."""
    paragraphs = tuple(
        Paragraph((Stretch(text),), heading=level, number=number) for text, level, number in lines
    )
    return WordDocument(file, paragraphs)


def docx_bytes(lines: list[Line], add: object = None) -> bytes:
    """Give lines as a Word file; automatic numbers are typed."""
    made: Made = docx.Document()
    for text, level, number in lines:
        shown = f"{number} {text}" if number else text
        if level:
            made.add_heading(shown, level)
        else:
            made.add_paragraph(shown)
    if callable(add):
        add(made)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def rules_of(year: int) -> RuleSet:
    """Give a shipped rule set."""
    return read_rule_set(f"stockholm-{year}")


def png(width: int = 1920, height: int = 1200) -> bytes:
    """Give a white image."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        checked = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + checked

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xff" * (-(-width // 8))) * height)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )

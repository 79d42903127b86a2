"""Documents of neutral blocks to Word files that people can edit and listen to."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any

import attrs
import docx.image.exceptions
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from kvaljury.core.model.blocks import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    IntervalChart,
    Paragraph,
    Picture,
    Signatures,
    StripChart,
    Table,
    Words,
)
from kvaljury.errors import Text
from kvaljury.reports.chart_values import chart_rows
from kvaljury.reports.voice import Voice
from kvaljury.reports.word_package import repacked, word_text
from kvaljury.reports.word_styles import (
    BULLET,
    CAPTION,
    FACT,
    NOTICE,
    SIGNATURE,
    SUBTITLE,
    WIDTH,
    empty_document,
    locale_of,
    shading,
)

_HIGHEST = 9.0
_LONGEST_PROPERTY = 255
_UNSEEN = "–"
_SMALL = 9.0
_GAP = 8.0
# A table this short is not split between pages.
_FEW_ROWS = 10
_LINE_GREY = "BFBFBF"
_HEAD_FILL = "E7EEF5"


def word_bytes(
    document: Document, voice: Voice, *, running: Words, foot: Words, year: int
) -> bytes:
    """Give a document as a Word file.

    Args:
        document: of neutral blocks; a chart becomes the table of its values.
        voice: language of its words and numbers.
        running: stands at the head of every page, beside what the document is.
        foot: stands at the foot of every page, beside its number.
        year: of the edition, which dates the file.

    Returns:
        The same bytes for the same document. What a Word file cannot hold is replaced.
    """
    page = _Page(empty_document(voice.code), voice)
    page.write(document.title, "Heading 1")
    page.write(document.subtitle, SUBTITLE)
    for block, following in zip_longest(document.blocks, document.blocks[1:]):
        _WRITERS[type(block)](page, block)
        if isinstance(block, Paragraph) and isinstance(following, Bullets):
            page.made.paragraphs[-1].paragraph_format.keep_with_next = True
    page.head_and_foot(document.stand, running, foot)
    page.properties(document, year)
    content = io.BytesIO()
    page.made.save(content)
    return repacked(content.getvalue())


class _Page:
    """A Word document that is being written, in one language."""

    def __init__(self, made: Any, voice: Voice) -> None:
        self.made, self.voice = made, voice

    def say(self, words: Words) -> str:
        return word_text(self.voice.render(words))

    def write(self, words: Words, style: str = "Normal") -> Any:
        """Add a paragraph; one without any sign would be a heading or caption of nothing."""
        return self.made.add_paragraph(self.say(words).strip() or _UNSEEN, style)

    def head_and_foot(self, stand: Words, running: Words, foot: Words) -> None:
        section = self.made.sections[0]
        head, feet = section.header.paragraphs[0], section.footer.paragraphs[0]
        head.add_run(self.say(stand)).bold = True
        head.add_run(f"\t{self.say(running)}")
        feet.add_run(f"{self.say(foot)}\t{self.say(Text('Page'))} ")
        _field(feet, "PAGE")
        feet.add_run(f" {self.say(Text('of'))} ")
        _field(feet, "NUMPAGES")

    def properties(self, document: Document, year: int) -> None:
        told = self.made.core_properties
        told.title = (self.say(document.title).strip() or document.name)[:_LONGEST_PROPERTY]
        told.subject = self.say(document.subtitle)[:_LONGEST_PROPERTY]
        told.author = told.last_modified_by = "kvaljury"
        told.language = locale_of(self.voice.code)
        told.comments = told.keywords = told.category = ""
        told.created = told.modified = datetime(year, 1, 1)  # noqa: DTZ001  # the year is all
        told.revision = 1


def _field(paragraph: Any, instruction: str) -> None:
    field, run, shown = (OxmlElement(f"w:{name}") for name in ("fldSimple", "r", "t"))
    field.set(qn("w:instr"), instruction)
    shown.text = "1"
    run.append(shown)
    field.append(run)
    paragraph._p.append(field)  # python-docx has no fields


def _heading(page: _Page, block: Heading) -> None:
    page.write(block.text, f"Heading {block.level}")


def _paragraph(page: _Page, block: Paragraph) -> None:
    page.write(block.text, NOTICE if block.is_notice else "Normal")


def _bullets(page: _Page, block: Bullets) -> None:
    for item in block.items:
        page.write(item, BULLET)


def _facts(page: _Page, block: Facts) -> None:
    for number, (term, told) in enumerate(block.pairs, start=1):
        line = page.made.add_paragraph(style=FACT)
        line.paragraph_format.keep_with_next = number < len(block.pairs)
        line.add_run(page.say(term)).bold = True
        line.add_run(f"\t{page.say(told)}")


def _signatures(page: _Page, block: Signatures) -> None:
    for number, (role, name) in enumerate(block.lines, start=1):
        said = page.say(name)
        told = f"{page.say(role)}: {said}" if said else page.say(role)
        line = page.made.add_paragraph(f"\t\n{told}", SIGNATURE)
        line.paragraph_format.keep_with_next = number < len(block.lines)


def _table(page: _Page, block: Table) -> None:
    grid = _Grid(
        block.caption,
        [page.say(column.title) for column in block.columns],
        [[page.say(cell.text) for cell in row] for row in block.rows],
        [column.width for column in block.columns],
        [column.is_number for column in block.columns],
        block.marked,
    )
    _draw(page, grid)


def _chart(page: _Page, block: IntervalChart | StripChart) -> None:
    titles, rows = chart_rows(block, page.voice)
    heads = [word_text(title) for title in titles]
    cells = [[word_text(cell) for cell in row] for row in rows]
    shares = [2.0] + [1.0] * (len(heads) - 1)
    _draw(page, _Grid(block.title, heads, cells, shares, [False] * len(heads)))
    page.write(block.description)


@attrs.frozen
class _Grid:
    """Cells with their heads, already in words."""

    caption: Words
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    shares: Sequence[float]
    numbers: Sequence[bool]
    marked: int | None = None


def _draw(page: _Page, grid: _Grid) -> None:
    page.write(grid.caption, CAPTION)
    table = page.made.add_table(rows=0, cols=len(grid.heads), style="Table Grid")
    table.autofit = False
    _describe(table, page.say(grid.caption))
    widths = [Cm(WIDTH * share / sum(grid.shares)) for share in grid.shares]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    held = len(grid.rows) if len(grid.rows) <= _FEW_ROWS else 1
    for place, cells in enumerate((grid.heads, *grid.rows)):
        row = table.add_row()
        _mark_row(row, is_head=place == 0)
        for number, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = widths[number]
            _fill(cell, text, place in (0, _shown(grid.marked)), is_head=place == 0)
            cell.paragraphs[0].paragraph_format.keep_with_next = place < held
            if grid.numbers[number]:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    gap = page.made.add_paragraph().paragraph_format
    gap.space_after, gap.line_spacing = Pt(0), Pt(_GAP)


def _shown(marked: int | None) -> int:
    """Give the row of the table that is pointed out, its head being the first."""
    return 0 if marked is None else marked + 1


def _fill(cell: Any, text: str, is_strong: bool, *, is_head: bool) -> None:
    line = cell.paragraphs[0]
    line.paragraph_format.space_after = Pt(2)
    run = line.add_run(text)
    run.bold, run.font.size = is_strong, Pt(_SMALL)
    if is_head:
        cell._tc.get_or_add_tcPr().append(shading(_HEAD_FILL))  # python-docx has no shading


def _mark_row(row: Any, *, is_head: bool) -> None:
    """Let a row stand on one page, and the head again on every page."""
    properties = row._tr.get_or_add_trPr()  # python-docx has neither
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))


def _describe(table: Any, caption: str) -> None:
    properties = table._tbl.tblPr  # python-docx has no descriptions
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", _LINE_GREY)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    look = properties.find(qn("w:tblLook"))
    look.addprevious(borders)
    look.addprevious(properties.find(qn("w:tblLayout")))
    told = OxmlElement("w:tblCaption")
    told.set(qn("w:val"), caption)
    properties.append(told)


def _picture(page: _Page, block: Picture) -> None:
    """Add an image with what it shows; the words alone where Word cannot show it."""
    width = min(WIDTH, _HIGHEST * block.width / block.height)
    paragraph = page.made.add_paragraph()
    try:
        placed = paragraph.add_run().add_picture(io.BytesIO(block.data), width=Cm(width))
    except (docx.image.exceptions.UnrecognizedImageError, *_DAMAGED):
        paragraph.add_run(page.say(block.alternative)).italic = True
        return
    properties = placed._inline.docPr  # python-docx has no alternative text
    properties.set("descr", page.say(block.alternative))


_DAMAGED = (
    docx.image.exceptions.InvalidImageStreamError,
    docx.image.exceptions.UnexpectedEndOfFileError,
    ValueError,
    KeyError,
)

_WRITERS: Mapping[type[Block], Callable[[_Page, Any], None]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Bullets: _bullets,
    Facts: _facts,
    Table: _table,
    IntervalChart: _chart,
    StripChart: _chart,
    Picture: _picture,
    Signatures: _signatures,
}

"""An empty Word document with the paper, language and styles of kvaljury's documents."""

from __future__ import annotations

from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

FONT = "Arial"
WIDTH = 17.0
"""Of the text, in centimetres."""

FACT, NOTICE, SIGNATURE, SUBTITLE, BULLET, CAPTION = (
    "Fact",
    "Notice",
    "Signature line",
    "Subtitle",
    "List Bullet",
    "Caption",
)
_TERM, _SIGNED, _SIZE = 5.5, 9.0, 10.5
_BLUE, _GREY, _BLACK = RGBColor(0, 0x3A, 0x70), RGBColor(0x59, 0x59, 0x59), RGBColor(0, 0, 0)
_HEADINGS = {1: (20, 0, 2), 2: (14, 16, 4), 3: (11.5, 10, 3)}
_LOCALES = {"sv": ("sv-SE", ",", ";"), "en": ("en-GB", ".", ",")}
_NOT_OURS = ("stylesWithEffects", "thumbnail", "customXml")
_WORD_2013 = "15"


def empty_document(language: str) -> Any:
    """Make a document of A4 pages without text.

    Args:
        language: ``sv`` or ``en``.

    Returns:
        A document of python-docx.
    """
    document = docx.Document()
    _drop_foreign_parts(document)
    _set_paper(document.sections[0])
    _set_language(document, *_LOCALES[language])
    _set_styles(document.styles)
    return document


def locale_of(language: str) -> str:
    """Give the language as properties name it, such as ``sv-SE``."""
    return _LOCALES[language][0]


def _drop_foreign_parts(document: Any) -> None:
    """Leave out what python-docx's own template brings along: a preview, effects, a source list."""
    for rels in (document.part.rels, document.part.package.rels):
        for name in [n for n, each in rels.items() if each.reltype.endswith(_NOT_OURS)]:
            del rels[name]


def _set_paper(section: Any) -> None:
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm((21.0 - WIDTH) / 2)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
    section.header_distance = section.footer_distance = Cm(1.1)


def _set_language(document: Any, locale: str, decimal: str, separator: str) -> None:
    language = document.styles.element.find(".//" + qn("w:docDefaults")).find(".//" + qn("w:lang"))
    language.set(qn("w:val"), locale)
    language.set(qn("w:eastAsia"), locale)
    settings = document.settings.element
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), locale)
    settings.find(qn("w:decimalSymbol")).set(qn("w:val"), decimal)
    settings.find(qn("w:listSeparator")).set(qn("w:val"), separator)
    for each in settings.iter(qn("w:compatSetting")):
        if each.get(qn("w:name")) == "compatibilityMode":
            each.set(qn("w:val"), _WORD_2013)


def _set_styles(styles: Any) -> None:
    for fonts in styles.element.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "cs"):
            fonts.set(qn(f"w:{script}"), FONT)
    _set(styles["Normal"], _SIZE, after=6)
    for level, (size, before, after) in _HEADINGS.items():
        _set(styles[f"Heading {level}"], size, before, after, _BLACK if level == 1 else _BLUE)
    _set(styles[SUBTITLE], 12, after=10, colour=_GREY)
    styles[SUBTITLE].font.italic = False
    for spacing in styles[SUBTITLE].element.rPr.findall(qn("w:spacing")):
        styles[SUBTITLE].element.rPr.remove(spacing)
    _set(styles[CAPTION], 10, 8, 3, _BLACK)
    styles[CAPTION].paragraph_format.keep_with_next = True
    _set(styles[BULLET], _SIZE, after=3)
    for name in ("Header", "Footer"):
        _set(styles[name], 9, colour=_GREY)
        styles[name].paragraph_format.tab_stops.clear_all()
        styles[name].paragraph_format.tab_stops.add_tab_stop(Cm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    _add_own(styles)


def _set(
    style: Any, size: float, before: float = 0, after: float = 0, colour: RGBColor | None = None
) -> None:
    style.font.size = Pt(size)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = 1.1
    if colour is not None:
        style.font.color.rgb = colour


def _add_own(styles: Any) -> None:
    fact, notice, signature = (
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH) for name in (FACT, NOTICE, SIGNATURE)
    )
    for style in (fact, notice, signature):
        style.base_style = styles["Normal"]
    _set(fact, _SIZE, after=3)
    fact.paragraph_format.left_indent = Cm(_TERM)
    fact.paragraph_format.first_line_indent = Cm(-_TERM)
    _set(notice, _SIZE, 6, 8)
    notice.paragraph_format.left_indent = Cm(0.4)
    _frame(notice, "left", 24, "B35900", "FDF3E7")
    _set(signature, _SIZE, 40, 0)
    signature.paragraph_format.keep_together = True
    signature.paragraph_format.tab_stops.add_tab_stop(
        Cm(_SIGNED), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.LINES
    )


def _frame(style: Any, side: str, eighths: int, colour: str, fill: str) -> None:
    """Draw a line at one side of paragraphs; Word wants borders before shading."""
    properties = style.element.get_or_add_pPr()
    borders, line = OxmlElement("w:pBdr"), OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "4"), ("color", colour)):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    following = next(e for e in properties if e.tag in _AFTER_BORDERS)
    for element in (borders, shading(fill)):
        following.addprevious(element)


def shading(fill: str) -> Any:
    """Make the colour behind a cell or paragraph, six hexadecimal digits."""
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
        shade.set(qn(f"w:{name}"), value)
    return shade


_AFTER_BORDERS = {qn(f"w:{name}") for name in ("spacing", "ind", "contextualSpacing", "jc")}

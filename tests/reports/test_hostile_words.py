"""Whatever units are called and examiners write is text: on the page, and nothing else."""

import json
import re
from html.parser import HTMLParser
from unicodedata import category

import attrs
import pypdfium2
import pytest

from kvaljury.cli.language import Language
from kvaljury.core.dossier import build_blocks
from kvaljury.core.model.blocks import Document
from kvaljury.errors import Text
from kvaljury.registry import load_plugins
from kvaljury.reports.html import html_page
from kvaljury.reports.pdf import Booklet, pdf_bytes
from kvaljury.reports.voice import Voice
from kvaljury.testing.dossier_samples import sample_cases

SWEDISH = Language("sv")
VOICE = Voice("sv", SWEDISH.render, SWEDISH.number)
OFFERED = load_plugins(entry_points=False).values
CASE = sample_cases()["a full case"]
SPOKEN = ("summary", "class-chart", "comments", "presentation")
STAND = Text("Basis for decision – no decision")


def dossier(words, name="bidrag-F02", sections=SPOKEN):
    """Give the dossier of a unit of that name, of which people wrote just that."""
    case = CASE
    area = attrs.evolve(case.areas[0], strengths=(words,), development=(words,), remarks=(words,))
    case = attrs.evolve(
        case,
        entry=attrs.evolve(case.entry, name=words, team=words),
        administration=words,
        areas=(area, *case.areas[1:]),
        proposal=attrs.evolve(case.proposal, reason=words),
        nomination=attrs.evolve(case.nomination, reason=words, by=words),
        bid=attrs.evolve(case.bid, presentation=words),
    )
    used = [OFFERED["kvaljury_dossier_sections", section] for section in sections]
    return Document(name, words, case.class_title, build_blocks(case, used), STAND)


class Page(HTMLParser):
    """The tags of a page with the names of their attributes, and its text."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.words = [], [], []
        self.feed(page.decode("utf-8"))
        self.close()

    def handle_starttag(self, tag, given):
        # A long label in a chart is set smaller.
        self.tags.append((tag, tuple(name for name, _ in given if name != "font-size")))
        self.attributes += [(tag, name, value) for name, value in given]

    def handle_data(self, data):
        self.words.append(data)

    def scripts(self):
        return [value for tag, _, value in self.attributes if tag == "script"]


def is_control(sign):
    """Tell whether a sign is none in HTML; a page shows that something was there."""
    return sign in "\ufffe\uffff" or (category(sign) == "Cc" and sign not in "\t\n")


@pytest.fixture(scope="module")
def naughty(shared):
    found = json.loads((shared / "corpora" / "blns" / "blns.json").read_text("utf-8"))
    assert len(found) == 515
    return [words for words in found if words.strip()]


@pytest.fixture(scope="module")
def harmless():
    return Page(html_page(dossier("x"), VOICE, "index.html"))


def test_every_naughty_string_is_text_in_a_browser_and_makes_no_element(naughty):
    for words in naughty:
        page = Page(html_page(dossier(words), VOICE, "index.html"))
        plain = Page(html_page(dossier(re.sub(r"\S", "x", words)), VOICE, "index.html"))
        assert page.tags == plain.tags, words
        told = " ".join("".join(page.words).split())
        shown = "".join("\ufffd" if is_control(sign) else sign for sign in words)
        assert told.count(" ".join(shown.split())) >= 6, words


def test_no_attribute_that_leads_or_runs_holds_what_people_wrote(naughty, harmless):
    leading = {"href", "src", "style", "class", "id", "content", "action"}
    safe = [each for each in harmless.attributes if each[1] in leading]
    assert not any(name.startswith("on") for _, name, _ in harmless.attributes)
    for words in naughty[::10]:
        page = Page(html_page(dossier(words), VOICE, "index.html"))
        assert [each for each in page.attributes if each[1] in leading] == safe, words


def test_markup_of_typst_prints_as_it_is_written():
    words = '#read("jav.txt") *b* _i_ $x$ @ref <label> \\u{41} // no comment'
    booklet = Booklet(
        title="t",
        subtitle="s",
        running="r",
        preface=(),
        documents=(dossier(words, sections=("comments",)),),
        stand=STAND,
        foot="f",
        year=2025,
    )
    document = pypdfium2.PdfDocument(pdf_bytes(booklet, VOICE))
    told = " ".join(" ".join(p.get_textpage().get_text_bounded() for p in document).split())
    assert told.count(words) >= 4


def test_dossiers_of_naughty_strings_are_set_on_paper(naughty):
    some = naughty[::12]
    documents = tuple(
        dossier(words, f"bidrag-F{number}", ("summary", "comments"))
        for number, words in enumerate(some)
    )
    booklet = Booklet(
        title="t",
        subtitle="s",
        running="r",
        preface=(),
        documents=documents,
        stand=STAND,
        foot="f",
        year=2025,
    )
    data = pdf_bytes(booklet, VOICE)
    assert len(pypdfium2.PdfDocument(data)) >= len(some)

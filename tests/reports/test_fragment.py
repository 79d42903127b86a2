"""A piece of a web page and plain text: words stay words."""

from html.parser import HTMLParser

from kvaljury.core.model.blocks import Bullets, Document, Heading, Paragraph
from kvaljury.reports.fragment import html_fragment, plain_text
from tests.reports.hard_document import HOSTILE, voice


def announced(*blocks, title="Årets utmärkelse"):
    return Document("publish", title, "", blocks, "")


def tags(fragment):
    found = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            found.append((tag, *attrs))

    Reader().feed(fragment.decode())
    return found


def test_a_fragment_is_one_section_with_its_language_and_headings_in_order():
    document = announced(Heading("Skola"), Heading("Eken", 3), Paragraph("Rad ett\n\nRad två"))
    fragment = html_fragment(document, voice())
    assert tags(fragment) == [
        ("section", ("lang", "sv")),
        ("h2",),
        ("h3",),
        ("h4",),
        ("p",),
        ("p",),
    ]
    assert "<p>Rad två</p>" in fragment.decode()


def test_hostile_words_make_no_element():
    document = announced(Heading(HOSTILE), Paragraph(f"{HOSTILE}\x00"), title=HOSTILE)
    fragment = html_fragment(document, voice())
    assert [tag for tag, *_ in tags(fragment)] == ["section", "h2", "h3", "p"]
    assert "\ufffd" in fragment.decode()


def test_plain_text_marks_title_and_classes_by_lines():
    document = announced(Heading("Skola"), Heading("Eken", 3), Paragraph("Ord"), Bullets(("x",)))
    assert plain_text(document, voice()).decode().splitlines() == [
        "Årets utmärkelse", "================", "",
        "Skola", "-----", "", "Eken", "", "Ord",
    ]  # fmt: skip


def test_half_a_surrogate_pair_is_written_as_a_question_mark():
    assert b"?" in html_fragment(announced(Paragraph("\ud800")), voice())
    assert b"?" in plain_text(announced(Paragraph("\ud800")), voice())

"""Documents as Word files: plain text whatever it says, the same bytes every time, accessible."""

import io
import shutil
import subprocess
import unicodedata
import zipfile

import attrs
import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from PIL import Image

from kvaljury.core.model.blocks import (
    Bullets,
    Cell,
    Column,
    Facts,
    Heading,
    Paragraph,
    Picture,
    Signatures,
    Table,
)
from kvaljury.files.log import InputLog
from kvaljury.files.word.reading import read_word
from kvaljury.reports.word import word_bytes
from kvaljury.reports.word_package import repacked, word_text
from tests.reports.hard_document import document, hard_document, interval_chart, voice

HOSTILE = ("=1+1", "<b>", '#read("x")', "{{ 7*7 }}", "]]>", "&amp;", "%n", "+SUM(A1)", "_x000D_")


def made(*blocks, code="sv", **changes):
    return word_bytes(
        attrs.evolve(document(*blocks), **changes),
        voice(code), running="Provåret", foot="Fot", year=2025,
    )  # fmt: skip


def opened(data):
    return docx.Document(io.BytesIO(data))


def read(data):
    log = InputLog()
    found = read_word(data, "x.docx", log)
    assert not log.faults
    return found


def part(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


def picture(data, width=40, height=30):
    return Picture(data, "image/png", "Barn som målar", width, height)


def png():
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(content, "PNG")
    return content.getvalue()


def test_the_same_document_gives_the_same_bytes_and_no_time_of_day():
    data = word_bytes(hard_document(), voice(), running="r", foot="f", year=2025)
    again = word_bytes(hard_document(), voice(), running="r", foot="f", year=2025)
    assert data == again == repacked(data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {each.date_time for each in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist()[0] == "[Content_Types].xml"
    assert opened(data).core_properties.created.isoformat()[:10] == "2025-01-01"


@pytest.mark.parametrize(("code", "locale", "mark"), [("sv", "sv-SE", ","), ("en", "en-GB", ".")])
def test_the_language_is_that_of_every_style_and_of_the_properties(code, locale, mark):
    data = made(Paragraph("Ord"), code=code)
    styles = part(data, "word/styles.xml")
    assert f'w:lang w:val="{locale}"' in styles
    assert "en-US" not in styles.replace("w:docDefaults", "")
    assert f'w:decimalSymbol w:val="{mark}"' in part(data, "word/settings.xml")
    assert opened(data).core_properties.language == locale


def test_properties_hold_title_and_author_and_nothing_of_a_template():
    told = opened(made(title="Örnen" * 100)).core_properties
    assert told.title == ("Örnen" * 100)[:255]
    assert (told.author, told.comments, told.subject) == ("kvaljury", "", "F05, Förskola")
    with zipfile.ZipFile(io.BytesIO(made())) as package:
        assert not [n for n in package.namelist() if "thumbnail" in n or "custom" in n.lower()]


def test_the_page_is_a4_with_its_number_in_the_footer():
    data = made(Paragraph("Ord"))
    section = opened(data).sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    footer = section.footer._element.xml
    assert 'w:instr="PAGE"' in footer
    assert 'w:instr="NUMPAGES"' in footer
    assert "Provåret" in section.header.paragraphs[0].text


def test_headings_lists_facts_and_notices_are_styles():
    data = made(
        Heading("Avsnitt"), Heading("Del", 3), Bullets(("en", "två")), Facts((("Enhet", "Örnen"),)),
        Paragraph("Obs", is_notice=True),
    )  # fmt: skip
    found = [(p.heading, p.style.lower(), p.text) for p in read(data).paragraphs]
    assert (1, "heading 1", "Örnen") in found
    assert (2, "heading 2", "Avsnitt") in found
    assert (3, "heading 3", "Del") in found
    assert [style for _, style, _ in found].count("list bullet") == 2
    assert (0, "fact", "Enhet\tÖrnen") in found
    assert (0, "notice", "Obs") in found


def test_a_table_has_a_head_that_repeats_a_name_and_widths():
    columns = (Column("Bidrag", width=3), Column("Poäng", is_number=True))
    data = made(Table("Klassen", columns, ((Cell("F01"), Cell("7,5")),) * 12, marked=1))
    (table,) = opened(data).tables
    head, first, second = (table.rows[n] for n in range(3))
    assert head._tr.trPr.find(qn("w:tblHeader")) is not None
    assert first._tr.trPr.find(qn("w:tblHeader")) is None
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Klassen"
    assert round(table.columns[0].width / table.columns[1].width) == 3
    assert first.cells[1].paragraphs[0].alignment == 2
    strong = [row.cells[0].paragraphs[0].runs[0].bold for row in (head, first, second)]
    assert strong == [True, False, True]


def test_a_short_table_stays_on_one_page_and_a_long_one_may_be_split():
    def held(rows):
        data = made(Table("T", (Column("A"),), ((Cell("x"),),) * rows))
        (table,) = opened(data).tables
        return [r.cells[0].paragraphs[0].paragraph_format.keep_with_next for r in table.rows]

    assert held(2) == [True, True, False]
    assert held(12) == [True] + [False] * 12


def test_a_chart_becomes_the_table_of_its_values_with_its_description():
    chart = interval_chart()
    data = made(chart)
    (table,) = opened(data).tables
    assert len(table.rows) == len(chart.lines) + 1
    assert "80,5" in table.rows[1].cells[1].text
    assert word_text(chart.description) in [p.text for p in read(data).paragraphs]


def test_an_image_is_told_in_words_and_one_that_word_cannot_show_is_told_alone():
    (image,) = read(made(picture(png()))).images
    assert image.description == "Barn som målar"
    broken = read(made(picture(b"\x89PNG\r\n")))
    assert not broken.images
    assert "Barn som målar" in [p.text for p in broken.paragraphs]


def test_lines_to_sign_on_name_what_somebody_signs_as():
    data = made(Signatures((("Ordförande", "Åsa =1+1"), ("Justerare", ""))))
    signed = [p.text for p in read(data).paragraphs if p.style == "Signature line"]
    assert signed == ["\t\nOrdförande: Åsa =1+1", "\t\nJusterare"]


def test_nothing_is_a_heading_or_caption_without_words():
    data = made(Heading(" "), Table("", (Column(""),), ()), title=" ")
    assert "" not in [p.text for p in read(data).paragraphs if p.heading or p.style == "caption"]
    assert opened(data).core_properties.title == "bidrag-F05"


def told(data):
    return [p.text for p in read(data).paragraphs]


@pytest.mark.parametrize("words", HOSTILE)
def test_what_looks_like_code_is_text(words):
    data = made(
        Heading(words), Paragraph(words), Bullets((words,)), Facts(((words, words),)),
        Table(words, (Column(words),), ((Cell(words),),)), title=words, stand=words,
    )  # fmt: skip
    found = told(data)
    assert found.count(words) == 7
    assert f"{words}\t{words}" in found


def test_signs_that_xml_lacks_are_replaced_and_the_order_is_never_turned_around():
    assert word_text("a\x00b\x1b\ud800\ufffe") == "a\ufffdb\ufffd\ufffd\ufffd"
    assert word_text("rad\r\nrad\rrad\x0brad\u2028rad\x85rad") == "\n".join(["rad"] * 6)
    assert word_text("\u202eslut\u2069") == "slut"
    assert told(made(Paragraph("a\x00\tb\nc")))[-3:-2] != [""]


def test_naughty_strings_are_read_back_as_they_were(shared):
    lines = (shared / "corpora" / "blns" / "blns.txt").read_text("utf-8").splitlines()
    naughty = [line for line in lines if line.strip() and not line.startswith("#")]
    data = made(*map(Paragraph, naughty))
    body = [" ".join(text.split()) for text in told(data)]
    for words in naughty:
        shown = unicodedata.normalize("NFC", word_text(words))
        assert " ".join(shown.split()) in body or not shown.strip(), words


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """The hard document as LibreOffice prints it."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("office")
    (folder / "hard.docx").write_bytes(
        word_bytes(hard_document(), voice(), running="Provåret", foot="Fot", year=2025)
    )
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(folder / 'p').as_uri()}",
         "--convert-to", "pdf", "--outdir", str(folder), str(folder / "hard.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return (folder / "hard.pdf").read_bytes()


def test_libreoffice_opens_it_on_a4_with_all_its_text(printed):
    with pypdfium2.PdfDocument(printed) as pages:
        sizes = {tuple(round(size) for size in page.get_size()) for page in pages}
        text = " ".join(p.get_textpage().get_text_bounded() for p in pages)
    assert sizes == {(595, 842)}
    for words in ("I korthet", "Klassens bidrag", "Sida 1", "Provåret", "Kommentar 11"):
        assert words in text

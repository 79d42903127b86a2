"""Documents as PDF: standards, structure, typeface, repeatability, and what hostile data do."""

import hashlib
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import attrs
import page
import pikepdf
import pypdfium2
import pytest
import typst
from PIL import Image

from kvaljury.core.model.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Facts,
    Heading,
    Interval,
    IntervalChart,
    Paragraph,
    Picture,
    Strip,
    StripChart,
    Table,
)
from kvaljury.errors import DiskFault, Text
from kvaljury.reports import pdf
from kvaljury.reports.pdf import Booklet, pdf_bytes
from kvaljury.reports.typeface import LACKING
from tests.reports.hard_document import (
    HOSTILE,
    LONG,
    STAND,
    document,
    hard_document,
    interval_chart,
    voice,
)
from tests.reports.pdf_reading import (
    ACCESSIBLE,
    ARCHIVAL,
    alternatives,
    bookmarks,
    failures,
    fonts,
    opened,
    tags,
    texts,
    title,
)

ROOT = Path(__file__).resolve().parents[2]


def picture(width: int = 40, height: int = 30, mode: str = "RGB") -> Picture:
    data = io.BytesIO()
    Image.new(mode, (width, height), 90).save(data, "JPEG")
    return Picture(data.getvalue(), "image/jpeg", "Enhetens bild", width, height)


def printable_document() -> Document:
    """The hard document, with an image that is one."""
    hard = hard_document()
    blocks = tuple(picture() if isinstance(block, Picture) else block for block in hard.blocks)
    return attrs.evolve(hard, blocks=blocks)


def bound(*documents: Document, **changed: object) -> Booklet:
    booklet = Booklet(
        "Örnen", "År 2025", "Priset 2025", ("Förord.",), documents, STAND, "Fot", 2025
    )
    return attrs.evolve(booklet, **changed)


def made(*blocks: Block, code: str = "sv") -> bytes:
    return pdf_bytes(bound(document(*blocks)), voice(code))


def whole(data: bytes) -> str:
    """All text, with spaces only between words."""
    return " ".join(" ".join(texts(data)).split())


def unbroken(text: str) -> str:
    """The text without the places where lines may break."""
    return "".join(text.replace("\u200b", "").split())


def without_standards(booklet: Booklet) -> bytes:
    """The same document, untagged and without any standard: a negative control."""
    data = json.dumps(pdf._data(booklet, voice()))
    template = ROOT.joinpath("kvaljury/reports/templates/document.typ")
    source = template.read_bytes() if template.exists() else pdf._template()
    return pdf._compiler().compile(source, sys_inputs={"data": data}, pdf_tags=False)


@pytest.fixture(scope="module")
def hard() -> bytes:
    return pdf_bytes(bound(printable_document()), voice())


# Standards


@pytest.mark.parametrize("profile", [ACCESSIBLE, ARCHIVAL])
def test_the_documents_of_the_demo_meet_both_standards(
    demo_dossiers: Path, profile: page.ValidationProfile
) -> None:
    for name in ("beslutsunderlag", "klass-skola", "bidrag-F04"):
        assert failures(demo_dossiers.joinpath(f"{name}.pdf").read_bytes(), profile) == []


@pytest.mark.parametrize("profile", [ACCESSIBLE, ARCHIVAL])
def test_hard_data_meet_both_standards(hard: bytes, profile: page.ValidationProfile) -> None:
    assert failures(hard, profile) == []


@pytest.mark.parametrize("profile", [ACCESSIBLE, ARCHIVAL])
def test_the_validator_refuses_the_same_document_made_without_standards(
    profile: page.ValidationProfile,
) -> None:
    assert failures(without_standards(bound(document(Heading("Rubrik")))), profile) != []


def test_the_validator_refuses_another_level_than_the_one_that_is_claimed(hard: bytes) -> None:
    assert failures(hard, page.ValidationProfile.PDF_A_1B) != []


# What a reader's program is told


def test_language_title_date_and_author_stand_in_the_file(hard: bytes) -> None:
    file = opened(hard)
    assert file.Root.Lang == "sv-SE"
    assert file.docinfo["/Title"] == "Örnen"
    assert file.docinfo["/CreationDate"] == file.docinfo["/ModDate"] == "D:20250101000000Z"
    assert file.docinfo["/Author"] == "kvaljury"
    assert file.Root.ViewerPreferences.DisplayDocTitle
    with file.open_metadata() as metadata:
        assert metadata["dc:language"] == {"sv-SE"}
        assert metadata["pdfaid:part"] == "2"
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["pdfuaid:part"] == "1"


def test_an_english_document_says_so_and_is_dated_by_its_own_year() -> None:
    file = opened(pdf_bytes(bound(document(Heading("One")), year=2031), voice("en")))
    assert file.Root.Lang == "en-GB"
    assert str(file.docinfo["/CreationDate"]).startswith("D:20310101")


def test_every_font_is_open_sans_and_embedded(hard: bytes) -> None:
    found = fonts(hard)
    assert {name.partition("+")[2].split("-")[0].strip() for name in found} == {"OpenSans"}
    assert all(found.values())


def test_the_structure_holds_headings_tables_lists_and_figures(hard: bytes) -> None:
    found = tags(hard)
    assert found["/Document"] == found["/H1"] == 1
    assert found["/H2"] == 5
    assert found["/H3"] == 1
    assert found["/Figure"] == 4
    assert found["/Table"] == found["/THead"] == 1
    assert found["/TH"] == 5
    assert found["/LI"] == 3


def test_a_chart_is_told_in_words_with_its_values() -> None:
    (told,) = alternatives(made(interval_chart(), code="en"))
    assert "Örnen, Score 68.5, 90 % interval 64.0–72.0." in told


def test_an_image_is_told_in_words() -> None:
    assert alternatives(made(picture())) == ["Enhetens bild"]


def test_the_text_of_a_chart_can_be_selected() -> None:
    shown = whole(made(interval_chart()))
    for text in ("Örnen", "68,5", "Poäng, 0–100", "100"):
        assert text in shown


# Booklet


@pytest.fixture(scope="module")
def booklet() -> bytes:
    def each(name: str, title: str, *blocks: Block) -> Document:
        return Document(name, title, "Förskola", blocks, STAND)

    documents = (
        each("klass-a", "Översikt: Förskola", Heading("Listan"), Paragraph("Text.")),
        each("bidrag-F01", "Örnen", Heading("I korthet"), Heading("Att tänka på", level=3)),
        each("bidrag-F02", LONG, Heading("I korthet"), *[Paragraph("Rad.")] * 90),
        each("klass-b", "Översikt: Skola", Heading("Listan")),
    )
    return pdf_bytes(bound(*documents, parts=frozenset({"klass-a", "klass-b"})), voice())


def test_a_booklet_begins_with_its_contents_and_their_pages(booklet: bytes) -> None:
    first, *others = texts(booklet)
    listed = dict(re.findall(r"^(.+?) ?\.[. ]*\s?(\d+)$", first, re.MULTILINE))
    assert {title: int(number) for title, number in listed.items()} == {
        "Översikt: Förskola": 2,
        "Örnen": 3,
        LONG_SHOWN: 4,
        "Översikt: Skola": 6,
    }
    for heading, number in listed.items():
        assert unbroken(heading) in unbroken(others[int(number) - 2])
    assert "Listan" not in first
    assert "Förord." in first


def test_the_contents_lead_to_the_pages(booklet: bytes) -> None:
    file = opened(booklet)
    links = [link for link in file.pages[0].Annots if link.Subtype == "/Link"]
    assert len(links) >= 4


def test_bookmarks_go_from_classes_to_dossiers_to_sections(booklet: bytes) -> None:
    titles = dict(bookmarks(booklet))
    assert titles["Översikt: Förskola"] == ["Listan", "Örnen", LONG_SHOWN]
    assert titles["Översikt: Skola"] == ["Listan"]


LONG_SHOWN = "\u200b".join(LONG[at : at + 6] for at in range(0, len(LONG), 6))


def test_a_long_title_is_clipped_at_the_head_of_the_page(booklet: bytes) -> None:
    assert re.search(r"Priset 2025 · Förskoleverksamhet.*…", texts(booklet)[3])


def test_every_page_says_what_it_is_whose_and_which(booklet: bytes) -> None:
    pages = texts(booklet)
    for number, text in enumerate(pages, start=1):
        assert STAND in text
        assert "Priset 2025" in text
        assert f"Sida {number} av {len(pages)}" in text
    assert "Priset 2025 · Örnen" in pages[2]
    assert "Priset 2025 · Översikt: Skola" in pages[-1]


def test_a_booklet_meets_both_standards(booklet: bytes) -> None:
    assert failures(booklet, ACCESSIBLE) == failures(booklet, ARCHIVAL) == []


def test_a_booklet_without_parts_lists_its_documents_alike() -> None:
    one, other = (document(Heading("I korthet"), title=title) for title in ("Ett", "Två"))
    data = pdf_bytes(bound(one, other), voice())
    assert [title for title, _ in bookmarks(data)][-2:] == ["Ett", "Två"]


def test_a_single_document_has_no_contents(hard: bytes) -> None:
    assert "Innehåll" not in texts(hard)[0]


def test_a_dossier_of_the_demo_has_two_to_four_pages(demo_dossiers: Path) -> None:
    for file in demo_dossiers.glob("bidrag-*.pdf"):
        assert 2 <= len(texts(file.read_bytes())) <= 4, file.name


def test_no_page_of_the_demo_carries_only_a_few_lines(demo_dossiers: Path) -> None:
    for file in demo_dossiers.glob("*.pdf"):
        for text in texts(file.read_bytes()):
            assert len(text.splitlines()) >= 8, (file.name, text)


# Sections


def test_a_short_section_is_never_split() -> None:
    filled = [Paragraph(f"Rad {n}.") for n in range(43)]
    last = [Paragraph(f"Sista {n}.") for n in range(8)]
    pages = texts(made(Heading("Lång"), *filled, *[Heading("Kort"), *last]))
    assert sum("Sista" in text for text in pages) == 1
    assert "Kort" in pages[-1]


def test_a_heading_stands_with_what_it_heads() -> None:
    for count in range(39, 45):
        filled = [Paragraph(f"Rad {n}.") for n in range(count)]
        rows = tuple((Cell(f"Cell {n}"),) for n in range(30))
        table = Table("Tabellens rubrik", (Column("Kolumn"),), rows)
        for text in texts(made(Heading("Först"), *filled, Heading("Sedan"), table)):
            assert ("Sedan" in text) == ("Tabellens rubrik" in text)
            assert ("Tabellens rubrik" in text) == ("Cell 0\n" in text)


def test_a_long_table_repeats_its_head() -> None:
    rows = tuple((Cell(f"Cell {n}"),) for n in range(90))
    pages = texts(made(Table("Rubrik", (Column("Kolumn"),), rows)))
    assert len(pages) > 1
    assert all("Kolumn" in text for text in pages)


def test_headings_without_a_section_above_are_sections() -> None:
    found = tags(made(Heading("Del", level=3), Paragraph("Text."), Heading("Del", level=3)))
    assert (found["/H2"], found["/H3"]) == (1, 1)


def test_facts_are_told_in_order_and_not_as_a_table() -> None:
    pairs = tuple((f"Uppgift {n}", f"svar {n}") for n in range(7))
    data = made(Facts(pairs))
    assert tags(data)["/Table"] == 0
    assert whole(data).count("Uppgift") == 7


def test_many_short_facts_share_the_width() -> None:
    few, many = (
        next(b for b in pdf._sections([{"kind": "facts", "pairs": [["a", "b"]] * n}])[0]["blocks"])
        for n in (5, 6)
    )
    assert (few["is_double"], many["is_double"]) == (False, True)
    long = pdf._facts([["a", "b" * 200]] * 6)
    lines = pdf._facts([["a", "b\nc"]] * 6)
    assert long["is_double"] is lines["is_double"] is False


def test_facts_that_follow_each_other_are_one_list() -> None:
    facts = [
        {"kind": "facts", "pairs": [["Styrkor", "a"]]},
        {"kind": "facts", "pairs": [["b", "c"]]},
    ]
    (section,) = pdf._sections(facts)
    assert [block["pairs"] for block in section["blocks"]] == [[["Styrkor", "a"], ["b", "c"]]]


def test_every_kind_of_block_is_set(hard: bytes) -> None:
    shown = whole(hard)
    for text in ("Lagen kan inte jämföras", "I korthet", "Klassens bidrag", "Kommentar 11.", STAND):
        assert text in shown


# Room


def ink(data: bytes) -> list[tuple[int, int, int, int]]:
    """The box of each page in per mille of its width and height that something is drawn in."""
    boxes = []
    with pypdfium2.PdfDocument(data) as file:
        for each in file:
            image = each.render(scale=1).to_pil().convert("L").point(lambda v: 255 * (v < 200))
            left, top, right, bottom = image.getbbox()
            width, height = image.size
            boxes.append(
                (
                    1000 * left // width,
                    1000 * top // height,
                    1000 * right // width,
                    1000 * bottom // height,
                )
            )
    return boxes


@pytest.mark.parametrize("sign", ["Å", "m", "W", "a b "])
def test_long_names_stay_inside_the_margins(sign: str) -> None:
    name = (sign * 80)[:80]
    chart = IntervalChart(name, "", "Poäng", 0, 100, (Interval(name, 50),) * 20, cut=3)
    columns = tuple(Column(name[:30]) for _ in range(6))
    data = pdf_bytes(
        bound(
            document(
                Heading(name),
                Facts((("Enhet", name),)),
                Facts(tuple(("Enhet", name) for _ in range(8))),
                Bullets((name * 3,)),
                Paragraph(name * 4, is_notice=True),
                chart,
                Table(name, columns, (tuple(Cell(name) for _ in columns),) * 3),
                title=name,
            ),
            document(Heading("Två")),
            title=name,
        ),
        voice(),
    )
    margin = 1000 * 20 // 210
    for left, _, right, _ in ink(data):
        assert left >= margin - 2
        assert right <= 1000 - margin + 3
    assert unbroken(name) in unbroken(whole(data))


def test_an_image_fits_the_page() -> None:
    wide, tall = made(picture(1920, 1200)), made(picture(300, 2000))
    for data in (wide, tall):
        assert len(texts(data)) == 1
        assert all(left >= 90 and right <= 910 for left, _, right, _ in ink(data))


# Hostile data


def test_data_are_never_read_as_typst() -> None:
    shown = whole(made(Heading("#panic()"), Paragraph('#read("/etc/passwd") $x$ *a* @b <c> \\#')))
    assert '#read("/etc/passwd") $x$ *a* @b <c> \\#' in shown
    assert "#panic()" in shown


def test_hostile_words_are_shown_as_they_are() -> None:
    assert HOSTILE.replace(" ", "") in whole(made(Bullets((HOSTILE,)))).replace(" ", "")


def test_signs_without_a_glyph_are_marked_and_the_document_says_so() -> None:
    shown = whole(made(Paragraph("Förskolan 日本"), code="en"))
    assert f"Förskolan {LACKING}{LACKING}" in shown
    assert f"Signs that the typeface of this document lacks are shown as {LACKING}" in shown


def test_only_the_document_with_such_signs_says_so() -> None:
    whole_one, other = document(Paragraph("Örnen Ελπίδα")), document(Paragraph("日"))
    pages = texts(pdf_bytes(bound(whole_one, other), voice("en")))
    assert ["typeface" in text for text in pages] == [False, False, True]


def test_a_sign_that_was_marked_from_the_start_is_no_news() -> None:
    assert "typeface" not in whole(made(Paragraph(LACKING), code="en"))


@pytest.mark.parametrize("name", ["", " ", "\u200b", "\u202e\u2066"])
def test_a_name_that_cannot_be_seen_gives_a_title_all_the_same(name: str) -> None:
    booklet = bound(document(Heading(name), Paragraph(name), title=name), title=name)
    data = pdf_bytes(booklet, voice())
    assert title(data) == "bidrag-F05"
    assert failures(data, ACCESSIBLE) == []


def test_any_naughty_string_can_be_name_comment_label_and_code(shared: Path) -> None:
    naughty = json.loads((shared / "corpora/blns/blns.json").read_text("utf-8"))
    blocks: list[Block] = []
    for number in range(0, len(naughty), 20):
        some = naughty[number : number + 20]
        blocks += [
            Heading(some[0]),
            Facts(((some[1], "\n".join(some)),)),
            Table(some[2], (Column(some[3]),), tuple((Cell(text),) for text in some)),
            StripChart("t", "d", "s", "o", "p", 0, 9, tuple(Strip(t, 5, (4,), (t,)) for t in some)),
        ]
    data = pdf_bytes(bound(document(*blocks)), voice())
    assert failures(data, ARCHIVAL) == []
    assert whole(data).count("undefined") >= 3


def test_any_naughty_string_can_be_the_title(shared: Path) -> None:
    naughty = json.loads((shared / "corpora/blns/blns.json").read_text("utf-8"))
    for text in naughty[::25]:
        data = pdf_bytes(bound(document(title=text, stand=text), title=text, foot=text), voice())
        assert failures(data, ACCESSIBLE) == []


# Repeated


def test_the_same_documents_give_the_same_bytes(hard: bytes) -> None:
    assert pdf_bytes(bound(printable_document()), voice()) == hard


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_gives_the_same_bytes(hard: bytes, seed: str) -> None:
    code = (
        "import hashlib; from tests.reports.test_pdf import *;"
        "print(hashlib.sha256(pdf_bytes(bound(printable_document()), voice())).hexdigest())"
    )
    environment = {
        **os.environ,
        "PYTHONHASHSEED": seed,
        "PYTHONPATH": os.pathsep.join([*filter(None, sys.path), str(ROOT)]),
        "TZ": "Asia/Tokyo",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == hashlib.sha256(hard).hexdigest()


# Faults


def test_a_page_that_cannot_be_set_is_a_fault_that_names_the_document() -> None:
    with pytest.raises(DiskFault, match="bidrag-F05") as caught:
        made(picture(mode="CMYK"))
    assert "CMYK" in str(caught.value)


def test_a_booklet_that_cannot_be_set_is_named_by_its_title() -> None:
    with pytest.raises(DiskFault, match="Örnen"):
        pdf_bytes(bound(document(picture(mode="CMYK")), document()), voice())


def test_a_warning_of_the_typesetter_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    source = b'#set text(font: "No such face")\n' + pdf._template()
    monkeypatch.setattr(pdf, "_template", lambda: source)
    with pytest.raises(DiskFault, match="no such face"):
        made(Heading(Text("The list")))


def test_the_compiler_has_no_typeface_but_ours() -> None:
    families = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(pdf.FACES)]
    ).families()
    assert families == ["Open Sans"]


def test_a_padded_document_opens_in_another_reader(hard: bytes) -> None:
    with pikepdf.open(io.BytesIO(hard)) as file:
        assert file.check_pdf_syntax() == []


# Golden text


@pytest.mark.parametrize("name", ["bidrag-F04", "klass-forskola"])
def test_the_text_of_a_document_is_the_expected_one(demo_dossiers: Path, name: str) -> None:
    pages = texts(demo_dossiers.joinpath(f"{name}.pdf").read_bytes())
    shown = "\n-- page\n".join(pages) + "\n"
    told = re.sub(r" +\n", "\n", re.sub(r"[0-9a-f]{16,}", "<checksum>", shown))
    expected = Path(__file__).parent / "expected" / f"{name}.txt"
    if not expected.exists() or told != expected.read_text("utf-8"):
        keep_new(expected, told)
        pytest.fail(f"the text differs from {expected}")


def keep_new(path: Path, text: str) -> None:
    """Write what came out beside what was expected, so that accepting it is one move."""
    if os.access(path.parent if path.parent.exists() else path.parents[1], os.W_OK):
        path.parent.mkdir(exist_ok=True)
        path.with_name(path.name + ".new").write_text(text, encoding="utf-8")

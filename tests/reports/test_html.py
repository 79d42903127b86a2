"""Pages as they are written: structure, escaping, policy. What a browser does stands elsewhere."""

import base64
import hashlib
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement

from kvaljury.core.model.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Facts,
    Heading,
    Paragraph,
    Picture,
    Table,
)
from kvaljury.errors import Text
from kvaljury.reports.html import html_page
from tests.reports.hard_document import (
    COMMENTS,
    HOSTILE,
    LONG,
    STAND,
    TWO_WAYS,
    class_table,
    document,
    hard_document,
    interval_chart,
    strip_charts,
    voice,
)

LARGEST_LINE = 1.0  # width of a line that only helps the eye across


def parse(page: bytes) -> HtmlElement:
    return lxml.html.document_fromstring(page, parser=lxml.html.HTMLParser(encoding="utf-8"))


def page(*blocks: Block, code: str = "sv") -> HtmlElement:
    return parse(html_page(document(*blocks), voice(code)))


def digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@pytest.fixture(scope="module")
def hard() -> HtmlElement:
    return parse(html_page(hard_document(), voice(), "index.html"))


@pytest.fixture(scope="module")
def pages(demo_dossiers: Path, hard: HtmlElement) -> dict[str, HtmlElement]:
    found = {path.name: parse(path.read_bytes()) for path in demo_dossiers.glob("*.html")}
    assert {"index.html", "klass-forskola.html", "bidrag-F02.html"} <= set(found)
    return {**found, "hard": hard}


def check_each(pages: dict[str, HtmlElement], check: Callable[[HtmlElement], object]) -> None:
    """Name the pages of which something does not hold, with what it was."""
    wrong = {name: found for name, root in pages.items() if (found := check(root))}
    assert wrong == {}


def test_the_policy_lets_only_this_style_and_this_script_run(pages: dict[str, HtmlElement]) -> None:
    for root in pages.values():
        (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        (style,), (script,) = root.xpath("//style/text()"), root.xpath("//script/text()")
        assert policy.split("; ") == [
            "default-src 'none'",
            "img-src data:",
            f"style-src 'sha256-{digest(style)}'",
            f"script-src 'sha256-{digest(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
        ]


def test_the_policy_stands_before_everything_that_it_governs(hard: HtmlElement) -> None:
    assert [child.tag for child in hard.find("head")][:2] == ["meta", "meta"]
    assert hard.find("head")[1].get("http-equiv") == "Content-Security-Policy"


def test_no_page_has_inline_style_handlers_or_anything_from_elsewhere(
    pages: dict[str, HtmlElement],
) -> None:
    def outside(root: HtmlElement) -> list[str]:
        return [
            *root.xpath("//@style"),
            *root.xpath("//@*[starts-with(name(), 'on')]"),
            *(src for src in root.xpath("//@src") if not src.startswith("data:image/")),
            *(
                href
                for href in root.xpath("//@href")
                if not re.fullmatch(r"data:,|#[a-z0-9]+|[A-Za-z0-9_-]+\.(html|pdf)", href)
            ),
            *root.xpath("//iframe | //object | //embed | //form | //base"),
        ]

    check_each(pages, outside)
    assert b"url(" not in html_page(hard_document(), voice())


def test_every_link_of_the_demo_leads_to_a_file_or_a_place_that_is_there(
    pages: dict[str, HtmlElement], demo_dossiers: Path
) -> None:
    files = {path.name for path in demo_dossiers.iterdir()}

    def dead(root: HtmlElement) -> list[str]:
        places = {f"#{each}" for each in root.xpath("//@id")}
        return [href for href in root.xpath("//a/@href") if href not in files | places]

    check_each({name: root for name, root in pages.items() if name != "hard"}, dead)


def test_an_entry_leads_to_the_index_its_class_and_its_paper(
    pages: dict[str, HtmlElement],
) -> None:
    links = pages["bidrag-F02.html"].xpath("//header/nav//a/@href")
    assert links == ["index.html", "klass-forskola.html", "bidrag-F02.pdf"]
    links = pages["klass-skola.html"].xpath("//header/nav//a/@href")
    assert links == ["index.html", "klass-skola.pdf"]


def test_identities_are_unique_and_what_is_referred_to_is_there(
    pages: dict[str, HtmlElement],
) -> None:
    def wrong(root: HtmlElement) -> list[str]:
        known = root.xpath("//@id")
        referred = " ".join(root.xpath("//@aria-labelledby")).split()
        return [
            *(each for each in known if known.count(each) > 1),
            *(each for each in referred if each not in known),
        ]

    check_each(pages, wrong)


def test_headings_come_in_order_below_one_title(pages: dict[str, HtmlElement]) -> None:
    def jumps(root: HtmlElement) -> list[int]:
        levels = [int(each.tag[1]) for each in root.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        return [after for before, after in pairwise(levels) if after > before + 1]

    check_each(pages, jumps)


def test_every_table_has_a_caption_and_headers_for_columns_and_rows(
    pages: dict[str, HtmlElement],
) -> None:
    def wrong(table: HtmlElement) -> bool:
        heads = table.xpath("thead/tr/th")
        return not (
            table.xpath("string(caption)").strip()
            and heads
            and all(head.get("scope") == "col" and head.text_content() for head in heads)
            and all(
                [cell.tag for cell in row] == ["th"] + ["td"] * (len(heads) - 1)
                and row[0].get("scope") == "row"
                for row in table.xpath("tbody/tr")
            )
        )

    check_each(pages, lambda root: [t for t in root.xpath("//table") if wrong(t)])
    assert sum(len(root.xpath("//table")) for root in pages.values()) > 70


def test_everything_that_scrolls_has_a_name_and_is_reached_with_the_keyboard(
    pages: dict[str, HtmlElement],
) -> None:
    def wrong(root: HtmlElement) -> list[HtmlElement]:
        regions = root.xpath("//div[@class='scroll' or @class='chart']")
        return [
            each
            for each in regions
            if (each.get("role"), each.get("tabindex")) != ("region", "0")
            or not each.get("aria-label")
        ]

    check_each(pages, wrong)


def test_every_chart_has_title_description_and_a_table_of_its_figures(
    pages: dict[str, HtmlElement],
) -> None:
    def wrong(root: HtmlElement) -> list[str]:
        return [
            figure.xpath("string(figcaption)")
            for figure in root.xpath("//figure[.//svg]")
            if not (
                figure.xpath("string(.//svg/title)").strip()
                and figure.xpath("string(.//svg/desc)").strip()
                and figure.xpath(".//svg[@role='img' and @aria-labelledby]")
                and figure.xpath("details/summary[text()]")
                and figure.xpath("details//table/tbody/tr")
            )
        ]

    check_each(pages, wrong)
    assert len(pages["bidrag-F02.html"].xpath("//svg")) >= 3


def test_the_table_of_a_chart_tells_every_value() -> None:
    root = page(interval_chart(), *strip_charts())
    first, areas, readers = (table.text_content() for table in root.xpath("//details//table"))
    assert all(shown in first for shown in (LONG, TWO_WAYS, HOSTILE, "80,5", "76,0–84,0", "48,5"))
    assert "40,5" in areas
    assert "61,3" in areas
    assert "A 68,5" in readers
    assert "B 75,5" in readers


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.1 defines it, 0-1."""
    assert re.fullmatch("#[0-9a-f]{6}", colour), colour
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(colour: str, background: str = "#ffffff") -> float:
    low, high = sorted((luminance(colour), luminance(background)))
    return (high + 0.05) / (low + 0.05)


def faint(svg: HtmlElement) -> list[str]:
    """Words below 4.5:1 and marks below 3:1 on white, but for lines that only guide the eye."""
    found = []
    for element in svg.iter():
        if element.tag in ("text", "tspan") and element.text:
            inherited = element.xpath("ancestor-or-self::*[@fill][1]/@fill")
            if contrast(inherited[-1] if inherited else "#000000") < 4.5:
                found.append(f"{element.text}: {inherited}")
        elif element.tag in ("path", "circle", "rect", "line", "polygon", "ellipse"):
            colours = [element.get("stroke", "none"), element.get("fill", "#000000")]
            seen = max((contrast(c) for c in colours if c != "none"), default=1.0)
            if seen < 3 and not is_guide(element):
                found.append(lxml.html.tostring(element, encoding="unicode"))
    return found


def is_guide(element: HtmlElement) -> bool:
    """Whether this is a thin straight line from edge to edge: the values stand as numbers too."""
    is_straight = re.fullmatch(r"M[\d.]+ [\d.]+[VH][\d.]+", element.get("d", ""))
    return bool(is_straight) and float(element.get("stroke-width", "1")) <= LARGEST_LINE


def test_words_and_marks_in_charts_stand_out(pages: dict[str, HtmlElement]) -> None:
    check_each(pages, lambda root: [each for svg in root.xpath("//svg") for each in faint(svg)])


@pytest.mark.parametrize(
    "drawn",
    [
        '<text fill="#8a8a8a">ord</text>',
        '<circle r="4" fill="none" stroke="#aaaaaa"/>',
        '<path d="M1 1H9" stroke="#d0d0d0" stroke-width="3" fill="none"/>',
        '<path d="M1 1l7 7z" fill="#cccccc"/>',
    ],
)
def test_the_measure_of_contrast_finds_what_is_faint(drawn: str) -> None:
    (svg,) = lxml.html.document_fromstring(f"<svg>{drawn}</svg>").xpath("//svg")
    assert faint(svg)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000") == pytest.approx(21)
    assert contrast("#767676") == pytest.approx(4.54, abs=0.01)


def test_data_are_text_wherever_they_stand(hard: HtmlElement) -> None:
    assert len(hard.xpath("//script")) == len(hard.xpath("//style")) == 1
    assert len(hard.xpath("//img")) == 1
    assert hard.xpath("//img/@alt") == [HOSTILE]
    texts = ("//title", "//h3", "//dd", "//li", "//th", "//p", "//caption", "//figcaption")
    for place in ("//title", "//h3", "//dd", "//li", "//th[@scope='row']", "//footer/p"):
        assert any(HOSTILE in each.text_content() for each in hard.xpath(place)), place
    assert all(not each.xpath(".//script | .//img") for t in texts for each in hard.xpath(t))
    assert any(HOSTILE in each for each in hard.xpath("//@aria-label"))


@given(st.text(max_size=30))
def test_any_text_comes_back_as_it_was_but_for_what_html_cannot_hold(text: str) -> None:
    shown = re.sub(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]", "\N{REPLACEMENT CHARACTER}", text
    ).encode("utf-8", "backslashreplace")
    root = page(Bullets((text, "efter")))
    assert [each.text_content().encode() for each in root.xpath("//li")] == [shown, b"efter"]


def test_what_no_file_can_hold_is_shown_as_its_code() -> None:
    (item,) = page(Bullets(("a\ud800\x00b",))).xpath("//main/ul/li")
    assert item.text_content() == "a\\ud800\N{REPLACEMENT CHARACTER}b"


def test_the_stand_in_the_style_ends_neither_string_nor_element(hard: HtmlElement) -> None:
    (style,) = hard.xpath("//style/text()")
    shown = re.search(r'@bottom-left\{content:"([^"]*)"', style)
    assert shown
    assert set(re.sub(r"\\[0-9a-f]+ |\w", "", shown[1])) == set()
    unescaped = re.sub(r"\\([0-9a-f]+) ", lambda code: chr(int(code[1], 16)), shown[1])
    assert unescaped == f"{STAND} {HOSTILE}"


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "https://example.org/a.html", "../a.html", "//a.html", "a.exe", ""],
)
def test_a_cell_leads_to_documents_of_the_folder_only(target: str) -> None:
    table = Table("T", (Column("A"),), ((Cell("ord", link=target),), (Cell("b", link="b.pdf"),)))
    root = page(table)
    assert root.xpath("//main//a/@href") == ["b.pdf"]
    assert root.xpath("string(//tbody/tr[1]/th)") == "ord"


def test_keys_stand_beside_cells_that_have_them() -> None:
    root = page(class_table())
    assert root.xpath("//tbody/tr/td[2]/@data-key")[:3] == ["71.9", "68.0", "68.0"]
    assert len(root.xpath("//tbody/tr/td[2]/@data-key")) == 8
    assert root.xpath("//tbody/tr/th/@data-key") == []
    assert [head.get("data-sort") for head in root.xpath("//thead//th")] == [*[""] * 4, None]


def test_a_table_that_cannot_be_sorted_says_so_to_the_script() -> None:
    table = Table("T", (Column("A"), Column("B")), ((Cell("a"), Cell("1", 1.0)),))
    assert page(table).xpath("//table[@class]") == []
    assert len(page(class_table()).xpath("//table[@class='sortable']")) == 1


def test_a_row_that_is_pointed_out_is_so_without_colour() -> None:
    (row,) = page(class_table()).xpath("//tr[@aria-current='true']")
    assert row.xpath("string(th)") == HOSTILE


def test_a_notice_says_in_words_that_it_is_one() -> None:
    root = page(Paragraph("Lagen kan inte jämföras.", is_notice=True), Paragraph("Vanligt."))
    (notice,) = root.xpath("//p[@role='note']")
    assert notice.text_content() == "Observera: Lagen kan inte jämföras."


def test_each_comment_is_a_paragraph_of_its_own(hard: HtmlElement) -> None:
    told = [each.text_content() for each in hard.xpath("//dd/p")]
    assert told == list(COMMENTS)


def test_what_was_written_in_the_edition_is_marked_as_swedish_in_an_english_page() -> None:
    blocks = (
        Paragraph("Ur bidraget"),
        Paragraph(Text("Of the program")),
        Paragraph("Jämförs inte", is_notice=True),
        Bullets(("Punkt", Text("Point"))),
        Facts(((Text("Strengths"), "Bra\nBättre"), (Text("Status"), Text("Clear")))),
    )
    english = page(*blocks, code="en")
    assert english.get("lang") == "en"
    marked = [each.text_content() for each in english.xpath("//main//*[@lang='sv']")]
    assert marked == ["Ur bidraget", "Jämförs inte", "Punkt", "BraBättre"]
    swedish = page(*blocks)
    assert swedish.get("lang") == "sv"
    assert swedish.xpath("//main//@lang") == []


def test_words_of_the_page_follow_its_language() -> None:
    assert page().xpath("string(//a[@class='skip'])") == "Hoppa till innehållet"
    assert page(code="en").xpath("string(//a[@class='skip'])") == "Skip to the content"
    (told,) = page().xpath("//p[@role='status']")
    assert told.get("data-ascending") == "Sorterad efter {column}, stigande"
    assert told.get("data-descending") == "Sorterad efter {column}, fallande"


def test_the_window_is_titled_with_the_document_and_its_stand() -> None:
    assert page().xpath("string(//title)") == f"Örnen – {STAND}"


def test_a_picture_lies_in_the_page_and_has_words_and_size() -> None:
    (image,) = page(Picture(b"\xff\xd8", "image/jpeg", "Barn i skogen", 800, 600)).xpath("//img")
    assert dict(image.attrib) == {
        "src": "data:image/jpeg;base64,/9g=",
        "width": "800",
        "height": "600",
        "alt": "Barn i skogen",
    }


def test_contents_are_listed_where_there_are_more_than_three_sections() -> None:
    headings = [Heading(f"Del {n}") for n in range(4)]
    assert page(*headings[:3]).xpath("//nav") == []
    root = page(headings[0], Heading("Inuti", level=3), *headings[1:])
    links = root.xpath("//nav[@class='contents']//a")
    assert [link.text_content() for link in links] == ["Del 0", "Del 1", "Del 2", "Del 3"]
    targets = [root.get_element_by_id(link.get("href")[1:]) for link in links]
    assert [target.text_content() for target in targets] == ["Del 0", "Del 1", "Del 2", "Del 3"]


def test_links_above_the_title_are_there_only_where_they_are_given() -> None:
    assert parse(html_page(document(), voice())).xpath("//header/nav") == []
    linked = parse(html_page(document(), voice(), "index.html", ((Text("PDF"), "a.pdf"),)))
    assert linked.xpath("//header/nav//a/@href") == ["index.html", "a.pdf"]
    assert parse(html_page(document(), voice(), None, (("x", "a.pdf"),))).xpath("//header/nav//a")


def test_the_same_document_gives_the_same_bytes() -> None:
    assert html_page(hard_document(), voice()) == html_page(hard_document(), voice())


def test_a_date_never_breaks_at_its_hyphens_and_reads_as_before() -> None:
    told = "Från 2025-05-07 24.00 till <2025-05-09>, ej 2025-05-071 eller a-2025-05-07."
    columns = (Column("Dag"),)
    made = page(
        Paragraph(told),
        Bullets((told,)),
        Facts((("Dag", "2025-05-07"), ("Dagar", "2025-05-08\n2025-05-09"))),
        Table("Dagar", columns, ((Cell("2025-05-07"),), (Cell("2025-05-08", link="a.html"),))),
    )
    dates = [element.text for element in made.iter("span") if element.get("class") == "date"]
    first, last, between = "2025-05-07", "2025-05-09", "2025-05-08"
    assert dates == [first, last, first, last, first, between, last, first, between]
    assert [element.text_content() for element in made.iter("li")][-1] == told
    (style,) = made.iter("style")
    assert ".date{white-space:nowrap}" in style.text

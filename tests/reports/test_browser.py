"""Pages as Chromium shows them: to the eye, the keyboard, a screen reader and on paper."""

import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kvaljury.reports.html import html_page
from tests.reports.hard_document import (
    HOSTILE,
    LONG,
    NAMES,
    STAND,
    class_table,
    document,
    hard_document,
    interval_chart,
    voice,
)

pytest.importorskip("playwright", reason="playwright drives the browser")
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
    pytest.mark.xdist_group("chromium"),
]
KINDS = ("index", "klass-forskola", "bidrag")
EDITIONS = {"sv": (), "en": ("--lang", "en"), "blind": ("--blind",)}
DESK, PHONE, NARROWEST, ZOOMED = 1280, 380, 320, 640
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
A4_BETWEEN_MARGINS = 657  # 210 mm less 2 x 18 mm, in CSS pixels

NAMES_SHOWN = (
    "[...document.querySelectorAll('table.sortable tbody tr')].map(r => r.cells[0].innerText)"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def folders(demo_dossiers: Path, make_demo: Callable[..., Path]) -> Callable[[str], Path]:
    """Folder of the demo's pages by kind; only the first has PDF too, for the sake of time."""
    made = {"sv": demo_dossiers}

    def folder(edition: str) -> Path:
        if edition not in made:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("kvaljury.cli.dossier_files.pdf_bytes", lambda *_: b"")
                made[edition] = make_demo(*EDITIONS[edition])
        return made[edition]

    return folder


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """One page that fails its test when the console says anything or anything is fetched."""
    opened = browser.new_context(offline=True, locale="sv-SE").new_page()
    yield opened
    opened.context.close()


@pytest.fixture
def noise(page: Page) -> Iterator[list[str]]:
    """Everything that a page complains of or asks for beside itself."""
    heard: list[str] = []
    listeners: dict[str, Callable[[Any], None]] = {
        "console": lambda said: heard.append(f"console: {said.text}"),
        "pageerror": lambda error: heard.append(f"error: {error}"),
        "request": lambda asked: heard.append(asked.url),
    }
    for event, listener in listeners.items():
        page.on(event, listener)  # type: ignore[call-overload]
    yield heard
    for event, listener in listeners.items():
        page.remove_listener(event, listener)


@pytest.fixture
def show(page: Page, tmp_path: Path) -> Callable[..., Page]:
    """Show bytes as a file."""

    def open_bytes(data: bytes, width: int = DESK) -> Page:
        path = tmp_path / "page.html"
        path.write_bytes(data)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(path.as_uri())
        return page

    return open_bytes


def find(folder: Path, kind: str) -> Path:
    """A page of a kind; entries of a blind edition have other names."""
    return next(iter(sorted(folder.glob(f"{kind}*.html"))))


def open_page(page: Page, path: Path, width: int) -> Page:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path.as_uri())
    return page


def violations(page: Page) -> list[str]:
    options = {"runOnly": RULES, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response
    assert "color-contrast" in {rule["id"] for rule in found["passes"]}
    return [
        f"{rule['id']}: {node['html'][:150]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("edition", EDITIONS)
def test_axe_finds_nothing_wide_or_narrow(
    page: Page, folders: Callable[[str], Path], edition: str, kind: str
) -> None:
    path = find(folders(edition), kind)
    for width in (PHONE,) if edition == "blind" else (DESK, PHONE):
        open_page(page, path, width)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert violations(page) == []


def test_axe_finds_nothing_in_the_hardest_document(show: Callable[..., Page]) -> None:
    assert violations(show(html_page(hard_document(), voice(), "index.html"), PHONE)) == []


def test_axe_finds_what_is_wrong(show: Callable[..., Page]) -> None:
    data = html_page(hard_document(), voice())
    for before, after in (
        (b'<html lang="sv">', b"<html>"),
        (b"<h2 id=", b"<h4 id="),
        (b' alt="', b' data-alt="'),
        (b'role="img"', b'role="imge"'),
    ):
        assert before in data
        data = data.replace(before, after)
    found = {each.split(":")[0] for each in violations(show(data))}
    assert {"html-has-lang", "heading-order", "image-alt", "aria-roles"} <= found


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_page_opens_without_a_word_or_a_request(
    page: Page, noise: list[str], folders: Callable[[str], Path], edition: str
) -> None:
    paths = [find(folders(edition), kind) for kind in KINDS]
    for path in paths:
        open_page(page, path, DESK)
    asked = [each for each in noise if each != "data:,"]
    assert asked == [path.as_uri() for path in paths]


def test_data_that_look_like_code_do_nothing(show: Callable[..., Page], noise: list[str]) -> None:
    page = show(html_page(hard_document(), voice()))
    assert page.title() == f"{LONG} – {STAND} {HOSTILE}"
    assert [each for each in noise if not each.startswith(("file:", "data:image/png"))] == [
        each for each in noise if each == "data:,"
    ]


def test_the_policy_stops_what_gets_in_all_the_same(show: Callable[..., Page]) -> None:
    smuggled = (
        b"<style>h1{display:none}</style><p style='display:none' id='styled'>x</p>"
        b"<a href='javascript:document.title=1' id='link'>x</a>"
        b"<script>document.title='run'</script><img src='https://example.org/a.png' "
        b"onerror=\"document.title='run'\"></main>"
    )
    page = show(b"<html></html>")
    page.context.add_init_script(
        "window.stopped = []; addEventListener('securitypolicyviolation',"
        " event => stopped.push(event.effectiveDirective))"
    )
    page = show(html_page(document(), voice()).replace(b"</main>", smuggled, 1))
    page.click("#link")
    expected = [
        "img-src",
        "script-src-attr",
        "script-src-elem",
        "script-src-elem",
        "style-src-attr",
        "style-src-elem",
    ]
    page.wait_for_function(f"stopped.length >= {len(expected)}")
    assert sorted(page.evaluate("stopped")) == expected
    assert page.title() == f"Örnen – {STAND}"
    assert page.locator("h1").is_visible()
    assert page.locator("#styled").is_visible()


@pytest.mark.parametrize("width", [NARROWEST, PHONE, ZOOMED, DESK])
def test_no_page_is_wider_than_the_window(
    page: Page, show: Callable[..., Page], folders: Callable[[str], Path], width: int
) -> None:
    room = "[document.documentElement.scrollWidth, innerWidth]"
    for kind in KINDS:
        wide, window = open_page(page, find(folders("sv"), kind), width).evaluate(room)
        assert wide <= window, kind
    shown = show(html_page(hard_document(), voice(), "index.html"), width)
    shown.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    wide, window = shown.evaluate(room)
    assert wide <= window


def test_what_is_wider_than_its_region_scrolls_there_and_nothing_sticks_out(
    show: Callable[..., Page],
) -> None:
    page = show(html_page(hard_document(), voice()), PHONE)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    outside = page.evaluate(
        """[...document.querySelectorAll('body *')].filter(each =>
            !each.closest('.scroll, .chart, .skip') &&
            each.getBoundingClientRect().right > innerWidth + 1
        ).map(each => each.outerHTML.slice(0, 80))"""
    )
    assert outside == []


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_words_in_charts_are_large_enough_to_read(
    page: Page, folders: Callable[[str], Path], width: int
) -> None:
    open_page(page, find(folders("sv"), "bidrag"), width)
    sizes = page.evaluate(
        """[...document.querySelectorAll('svg text')].map(each =>
            parseFloat(getComputedStyle(each).fontSize) * each.getScreenCTM().a)"""
    )
    assert len(sizes) > 30
    assert min(sizes) >= 9


def test_only_regions_that_scroll_take_the_keyboard(show: Callable[..., Page]) -> None:
    data = html_page(document(interval_chart(), class_table()), voice())
    reached = "[...document.querySelectorAll('.chart, .scroll')].map(each => each.tabIndex)"
    page = show(data, DESK)
    expect(page.locator(".chart[tabindex], .scroll[tabindex]:visible")).to_have_count(0)
    expect(page.locator(".wide")).to_have_count(0)
    page = show(data, PHONE)
    expect(page.locator(".wide")).to_have_count(2)
    assert page.evaluate(reached)[0] == 0
    page.focus(".chart")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".chart")).not_to_have_js_property("scrollLeft", 0)


def sort(page: Page, title: str) -> list[str]:
    page.get_by_role("button", name=title).click()
    return page.evaluate(NAMES_SHOWN)


@pytest.fixture
def table(show: Callable[..., Page]) -> Page:
    return show(html_page(document(class_table()), voice()))


def test_names_are_sorted_as_swedish_has_it(table: Page) -> None:
    order = sort(table, "Bidrag")
    assert [name for name in order if name[0] in "ZÅÄÖ"] == [
        "Zebran",
        "Åkern",
        "Ärlan",
        "Örnen",
        "Öst 2",
        "Öst 10",
    ]
    assert sort(table, "Bidrag") == order[::-1]


def test_an_english_page_sorts_swedish_names_in_the_same_way(show: Callable[..., Page]) -> None:
    order = sort(show(html_page(document(class_table()), voice("en"))), "Bidrag")
    assert order.index("Zebran") < order.index("Åkern") < order.index("Ärlan")


def test_numbers_are_sorted_by_value_and_what_is_missing_comes_last_both_ways(
    table: Page,
) -> None:
    first = ["Zebran", "Öst 10", "Örnen", "Ärlan"]  # 9.5, 55.0, and 60.5 twice
    assert sort(table, "Poäng (90 % intervall)")[:4] == first
    assert table.evaluate(NAMES_SHOWN)[-2:] == ["Öst 2", "Åkern"]  # 100.0, and none
    order = sort(table, "Poäng (90 % intervall)")
    assert order[0] == "Öst 2"
    assert order[-1] == "Åkern"


def test_what_has_no_words_comes_last_both_ways(table: Page) -> None:
    silent = table.evaluate(NAMES_SHOWN)[1]
    assert sort(table, "Laget föreslår")[-1] == silent
    assert sort(table, "Laget föreslår")[-1] == silent


def test_rows_that_are_alike_keep_their_order(table: Page) -> None:
    given_order = table.evaluate(NAMES_SHOWN)
    assert sort(table, "Plats") == given_order
    by_place_down = [*given_order[6:], *given_order[3:6], *given_order[:3]]
    assert sort(table, "Plats") == by_place_down
    assert len(given_order) == len(NAMES)


def test_sorting_is_done_with_keys_told_aloud_and_shown(table: Page) -> None:
    head = table.get_by_role("columnheader", name="Plats")
    assert head.get_attribute("aria-sort") is None
    table.get_by_role("button", name="Bidrag").focus()
    table.keyboard.press("Tab")
    ascending, descending = (
        table.locator("#sorted").get_attribute(f"data-{way}").replace("{column}", "Plats")  # type: ignore[union-attr]
        for way in ("ascending", "descending")
    )
    for key, way, told, sign in (
        ("Enter", "ascending", ascending, "↑"),
        ("Space", "descending", descending, "↓"),
    ):
        table.keyboard.press(key)
        assert head.get_attribute("aria-sort") == way
        assert table.get_by_role("status").inner_text() == told
        shown = head.locator("button").evaluate("each => getComputedStyle(each, '::after').content")
        assert sign in shown
        assert head.locator("button").evaluate("each => each === document.activeElement")
    table.get_by_role("button", name="Bidrag").click()
    assert head.get_attribute("aria-sort") is None


def test_columns_that_cannot_be_sorted_have_no_button(table: Page) -> None:
    head = table.get_by_role("columnheader", name="Kommentar")
    assert head.locator("button").count() == 0
    assert table.locator("thead button").count() == 4


def test_the_demo_s_overview_sorts_by_place_and_back(
    page: Page, folders: Callable[[str], Path]
) -> None:
    open_page(page, folders("sv") / "klass-forskola.html", DESK)
    by_place = page.evaluate(NAMES_SHOWN)
    button = page.locator("table.sortable thead button")
    button.nth(0).click()
    assert page.evaluate(NAMES_SHOWN) == sorted(by_place)
    button.nth(1).click()
    assert [name[:3] for name in page.evaluate(NAMES_SHOWN)][:2] == [n[:3] for n in by_place][:2]


def test_the_first_key_leads_past_the_head_of_the_page(
    page: Page, folders: Callable[[str], Path]
) -> None:
    open_page(page, find(folders("sv"), "bidrag"), DESK)
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    box = skip.bounding_box()
    assert box
    assert box["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_everything_the_keyboard_reaches_shows_that_it_has(show: Callable[..., Page]) -> None:
    page = show(html_page(hard_document(), voice(), "index.html"), PHONE)
    page.wait_for_selector(".wide")
    seen = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        tag, width = page.evaluate(
            "[document.activeElement.tagName,"
            " parseFloat(getComputedStyle(document.activeElement).outlineWidth)]"
        )
        if tag == "BODY":
            break
        seen.add(tag)
        assert width >= 2, page.evaluate("document.activeElement.outerHTML")
    assert seen >= {"A", "BUTTON", "SUMMARY", "DIV"}


def test_a_page_without_script_says_the_same_and_offers_nothing_dead(
    browser: Browser, folders: Callable[[str], Path]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = open_page(context.new_page(), folders("sv") / "klass-forskola.html", PHONE)
    assert page.locator("button").count() == 0
    assert page.locator("tbody tr").count() > 5
    assert page.locator(".scroll").first.get_attribute("tabindex") == "0"
    context.close()


def test_charts_stay_readable_where_the_system_chooses_the_colours(
    show: Callable[..., Page],
) -> None:
    page = show(html_page(document(interval_chart()), voice()))
    page.emulate_media(forced_colors="active", color_scheme="dark")
    style = page.locator("svg").evaluate("each => getComputedStyle(each).backgroundColor")
    fill = page.locator("svg text").first.evaluate("each => getComputedStyle(each).fill")
    page.emulate_media(forced_colors="none", color_scheme="light")
    assert (style, fill) in {
        ("rgb(255, 255, 255)", "rgb(26, 26, 26)"),
        ("rgb(255, 255, 255)", "rgb(89, 89, 89)"),
    }


def printed(page: Page) -> list[str]:
    """The text of each page on paper."""
    pdfium = pytest.importorskip("pypdfium2")
    paper = pdfium.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    texts = []
    for number in range(len(paper)):
        sheet = paper[number]
        assert [round(size) for size in sheet.get_size()] == [595, 842]
        words = sheet.get_textpage()
        texts.append(words.get_text_bounded())
        words.close()
        sheet.close()
    paper.close()
    return texts


def test_paper_shows_the_figures_of_charts_and_the_stand_on_each_page(
    page: Page, folders: Callable[[str], Path]
) -> None:
    open_page(page, find(folders("sv"), "bidrag"), DESK)
    figures = page.locator("details td").all_inner_texts()
    (heads,) = {page.locator("details th").first.text_content()}
    texts = printed(page)
    assert 2 <= len(texts) <= 5
    for number, text in enumerate(texts, start=1):
        assert STAND in text
        assert f"{number} / {len(texts)}" in text
    assert heads
    assert heads in "".join(texts)
    assert all(each.split("; ")[0].split("–")[0] in "".join(texts) for each in figures)
    assert page.locator("details[open]").count() == 0


def test_paper_holds_the_hardest_document_whole(show: Callable[..., Page]) -> None:
    page = show(html_page(hard_document(), voice()), A4_BETWEEN_MARGINS)
    text = "".join(printed(page))
    assert all(f"Kommentar {number}." in text for number in range(12))
    page.emulate_media(media="print")
    outside = page.evaluate(
        """[...document.querySelectorAll('td, th, svg, img, p')].filter(each =>
            each.getBoundingClientRect().right > innerWidth + 1
        ).map(each => each.outerHTML.slice(0, 80))"""
    )
    hidden = [each for each in (".skip", "nav", "summary") if page.locator(each).first.is_visible()]
    page.emulate_media(media="screen")
    assert outside == []
    assert hidden == []

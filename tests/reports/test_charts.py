"""Charts as they are drawn; what a browser makes of them stands in test_browser."""

import math
import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.model.blocks import Interval, IntervalChart, Strip, StripChart
from kvaljury.reports.chart_values import chart_rows, chart_words
from kvaljury.reports.charts import WIDTH, chart_svg
from kvaljury.reports.typeface import typeface
from tests.reports.hard_document import HOSTILE, LONG, interval_chart, strip_charts, voice

SVG = "{http://www.w3.org/2000/svg}"
LEFT, RIGHT = 232, 590
numbers = st.floats(-1000, 1000)


def drawn(chart: IntervalChart | StripChart, code: str = "sv") -> ET.Element:
    return ET.fromstring(chart_svg(chart, voice(code), "c1"))


def words(root: ET.Element) -> list[str]:
    return [text.text or "" for text in root.iter(f"{SVG}text")]


def found(root: ET.Element, text: str) -> ET.Element:
    return next(each for each in root.iter(f"{SVG}text") if each.text == text)


def diamonds(root: ET.Element) -> list[tuple[float, float]]:
    """Middles of the diamonds."""
    marks = [re.match(r"M(\S+) (\S+)l7 7l", path.get("d", "")) for path in root.iter(f"{SVG}path")]
    return [(float(mark[1]), float(mark[2]) + 7) for mark in marks if mark]


def dots(root: ET.Element) -> list[float]:
    return [float(circle.get("cx", "")) for circle in root.iter(f"{SVG}circle")]


def intervals(*lines: Interval, low: float = 0, high: float = 100, cut: int | None = None):
    return IntervalChart("Titel", "Beskrivning", "Poäng", low, high, lines, cut=cut)


def strips(*lines: Strip, low: float = 0, high: float = 100) -> StripChart:
    return StripChart("Titel", "Beskrivning", "Poäng", "bidraget", "övriga", low, high, lines)


def test_a_value_stands_where_the_scale_says() -> None:
    root = drawn(intervals(Interval("a", 50, is_marked=True), Interval("b", 0), Interval("c", 100)))
    assert [x for x, _ in diamonds(root)] == [(LEFT + RIGHT) / 2]
    assert dots(root) == [LEFT, RIGHT]


def test_an_interval_reaches_from_end_to_end() -> None:
    root = drawn(intervals(Interval("a", 50, 25, 75)))
    assert any("M321.5 21H500.5" in path.get("d", "") for path in root.iter(f"{SVG}path"))


def test_a_value_beyond_the_scale_stands_at_its_edge() -> None:
    root = drawn(intervals(Interval("a", 120), Interval("b", -20)))
    assert dots(root) == [RIGHT, LEFT]


def test_the_numbers_follow_the_language() -> None:
    chart = intervals(Interval("a", 71.94))
    assert "71,9" in words(drawn(chart))
    assert "71.9" in words(drawn(chart, "en"))


def test_the_marked_entry_differs_in_shape_and_weight_not_in_colour_only() -> None:
    root = drawn(intervals(Interval("a", 50), Interval("b", 40, is_marked=True)))
    assert len(diamonds(root)) == len(dots(root)) == 1
    assert found(root, "b").get("font-weight") == "bold"
    assert found(root, "a").get("font-weight") is None


def test_the_cut_has_words_and_room_of_its_own() -> None:
    lines = [Interval(f"e{n}", 90 - n) for n in range(5)]
    root = drawn(intervals(*lines, cut=3), "en")
    above, cut, below = (
        float(found(root, text).get("y", "")) for text in ("e2", "after the 3 first", "e3")
    )
    assert above + 18 < cut < below - 18
    assert "dasharray" in chart_svg(intervals(*lines, cut=3), voice(), "c")


def test_a_cut_after_the_first_says_so() -> None:
    root = drawn(intervals(Interval("a", 50), Interval("b", 40), cut=1), "en")
    assert "after the first" in words(root)


def test_no_cut_draws_no_dashes() -> None:
    assert "dasharray" not in chart_svg(intervals(Interval("a", 50)), voice(), "c")


@pytest.mark.parametrize("chart", [interval_chart(), *strip_charts()])
def test_a_drawing_has_title_description_and_no_markup_of_the_data(chart) -> None:
    root = drawn(chart)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "c1-title c1-desc"
    assert root.find(f"{SVG}title").text == chart.title
    assert root.find(f"{SVG}desc").text == chart.description
    kinds = {each.tag.removeprefix(SVG) for each in root.iter()}
    assert kinds <= {"svg", "title", "desc", "text", "path", "circle"}


def test_hostile_words_are_text() -> None:
    hostile = attrs.evolve(
        strips(Strip(HOSTILE, 50, (40,), (HOSTILE,))),
        title=HOSTILE,
        description=HOSTILE,
        scale=HOSTILE,
        own=HOSTILE,
        other=HOSTILE,
    )
    assert words(drawn(hostile)).count(HOSTILE) >= 4


@pytest.mark.parametrize("count", [1, 2, 9, 20])
def test_every_line_has_its_label_and_value_inside_the_drawing(count: int) -> None:
    root = drawn(intervals(*(Interval(f"Enhet {n}", 90 - n) for n in range(count)), cut=1))
    height = float(root.get("viewBox", "").split()[3])
    ys = [float(found(root, f"Enhet {n}").get("y", "")) for n in range(count)]
    assert all(below - above >= 20 for above, below in pairwise(ys))
    assert max(ys) < height - 40


def test_long_labels_shrink_first_and_are_clipped_then() -> None:
    short, longer, longest = (
        next(
            each
            for each in drawn(intervals(Interval(text, 50))).iter(f"{SVG}text")
            if each.get("x") == "0"
        )
        for text in ("Örnen", "Exempelförskolan Vattenlöparen 12345", LONG)
    )
    assert short.get("font-size") is None
    assert 10 <= float(longer.get("font-size", "")) < 12
    assert longer.text == "Exempelförskolan Vattenlöparen 12345"
    assert longest.get("font-size") == "10"
    assert longest.text.endswith("…")
    assert LONG.startswith(longest.text.removesuffix("…"))
    for each in (short, longer, longest):
        assert typeface().width(each.text) * float(each.get("font-size", "12")) < LEFT - 8


def test_no_text_is_smaller_than_seven_points_on_paper() -> None:
    paper = 170 / 25.4 * 72 / WIDTH
    for chart in (interval_chart(), *strip_charts()):
        sizes = [float(text.get("font-size", "12")) for text in drawn(chart).iter(f"{SVG}text")]
        assert min(sizes) * paper >= 7


def test_letters_of_examiners_who_agree_stand_beside_each_other() -> None:
    root = drawn(strips(Strip("Helheten", 50, (50.0,) * 6, tuple("ABCDEF"))))
    places = [float(found(root, letter).get("x", "")) for letter in "ABCDEF"]
    assert all(right - left >= 10 for left, right in pairwise(places))
    assert sum(places) / 6 == pytest.approx((LEFT + RIGHT) / 2)


@pytest.mark.parametrize("value", [0.0, 100.0])
def test_letters_at_the_ends_stay_on_the_scale(value: float) -> None:
    root = drawn(strips(Strip("Helheten", value, (value,) * 10, tuple("ABCDEFGHIJ"))))
    places = [float(found(root, letter).get("x", "")) for letter in "ABCDEFGHIJ"]
    assert all(LEFT <= place <= RIGHT for place in places)
    assert all(right - left >= 10 for left, right in pairwise(places))


@given(st.lists(st.floats(0, 100), min_size=1, max_size=12))
def test_letters_keep_the_order_of_the_values(values: list[float]) -> None:
    letters = "ABCDEFGHIJKL"[: len(values)]
    root = drawn(strips(Strip("Helheten", 50, tuple(values), tuple(letters))))
    ordered = sorted(zip(values, letters, strict=True))
    places = [float(found(root, letter).get("x", "")) for _, letter in ordered]
    assert all(right - left >= 10 for left, right in pairwise(places))
    assert places[0] >= LEFT
    assert places[-1] <= RIGHT


def test_a_letter_alone_stands_above_its_stroke() -> None:
    root = drawn(strips(Strip("Helheten", None, (25.0,), ("A",))))
    assert found(root, "A").get("x") == "321.5"
    assert any("M321.5 " in path.get("d", "") for path in root.iter(f"{SVG}path"))
    assert diamonds(root) == [(LEFT + 7, float(root.get("viewBox").split()[3]) - 12)]


def test_a_strip_of_others_without_names_draws_rings() -> None:
    root = drawn(strips(Strip("Område", 50, (0.0, 100.0))))
    assert dots(root)[:2] == [LEFT, RIGHT]
    assert diamonds(root)[0][0] == (LEFT + RIGHT) / 2


def test_the_legend_names_both_marks() -> None:
    for chart in strip_charts():
        assert {chart.own, chart.other} <= set(words(drawn(chart)))


def test_long_words_of_the_legend_do_not_meet() -> None:
    chart = attrs.evolve(strip_charts()[0], own="x" * 40, other="y" * 20)
    root = drawn(chart)
    end = float(found(root, chart.own).get("x", "")) + typeface().width(chart.own) * 12
    assert end < float(found(root, chart.other).get("x", ""))


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 100, [str(n) for n in range(0, 101, 10)]),
        (40, 90, ["40", "45", "50", "55", "60", "65", "70", "75", "80", "85", "90"]),
        (50, 60, [str(n) for n in range(50, 61)]),
        (50, 70, [str(n) for n in range(50, 71, 2)]),
        (0, 1, ["0,0", "0,1", "0,2", "0,3", "0,4", "0,5", "0,6", "0,7", "0,8", "0,9", "1,0"]),
        (0, 5000, [str(n) for n in range(0, 5001, 500)]),
        (-10, 10, ["-10", "-8", "-6", "-4", "-2", "0", "2", "4", "6", "8", "10"]),
    ],
)
def test_the_scale_is_marked_in_round_numbers(low: float, high: float, ticks: list[str]) -> None:
    shown = [
        text.text
        for text in drawn(intervals(Interval("enhet", low), low=low, high=high)).iter(f"{SVG}text")
        if text.get("text-anchor") == "middle" and text.text != "Poäng"
    ]
    assert shown == ticks


@given(numbers, numbers, st.lists(st.tuples(numbers, numbers, numbers), min_size=1, max_size=4))
def test_whatever_the_numbers_the_drawing_is_sound(low, high, lines) -> None:
    chart = intervals(*(Interval("e", *line) for line in lines), low=low, high=high)
    svg = chart_svg(chart, voice(), "c")
    root = ET.fromstring(svg)
    assert len(svg) < 20_000
    for place in re.findall(r"[MHVxy\" ](-?[\d.]+(?:e[-+]?\d+)?)", svg):
        assert math.isfinite(float(place.rstrip(".")))
    assert all(LEFT <= x <= RIGHT for x in dots(root))


@given(st.text())
def test_whatever_the_words_the_drawing_is_well_formed(text: str) -> None:
    chart = strips(Strip(text, 50, (40.0,), (text,)), Strip("b", None, ()))
    drawn(attrs.evolve(chart, title=text, own=text))


def test_the_table_says_what_the_drawing_shows() -> None:
    titles, rows = chart_rows(intervals(Interval("a", 50, 40, 60), Interval("b", 30)), voice("en"))
    assert titles == ["Entry", "Score", "90 % interval"]
    assert rows == [["a", "50.0", "40.0–60.0"], ["b", "30.0", ""]]


def test_the_table_of_strips_gives_each_value_with_its_code() -> None:
    titles, rows = chart_rows(
        strips(Strip("a", 50, (40, 60), ("A", "B")), Strip("b", None, (1, 2))), voice("en")
    )
    assert titles == ["Subject", "bidraget", "övriga"]
    assert rows == [["a", "50.0", "A 40.0; B 60.0"], ["b", "", "1.0; 2.0"]]


def test_the_words_for_listeners_give_every_value() -> None:
    told = chart_words(intervals(Interval("Örnen", 50, 40, 60)), voice("en"))
    assert told == "Titel. Beskrivning Örnen, Score 50.0, 90 % interval 40.0–60.0."

import math
from itertools import repeat

import attrs
import pytest

from kvaljury import DossierSection, Text, blocks
from kvaljury.core.dossier import build_blocks
from kvaljury.core.dossier.soundness import is_sound_block, size_of
from kvaljury.errors import PluginFault
from kvaljury.testing.dossier_samples import sample_cases

CASES = sample_cases()
FULL, GUARDED = CASES["a full case"], CASES["a class that cannot be compared"]
ONE = blocks.Paragraph("ett")
LINE = blocks.Interval("A", 50.0)
CHART = blocks.IntervalChart("t", "d", "s", 0, 100, (LINE,))
STRIPS = blocks.StripChart("t", "d", "s", "o", "p", 0, 100, (blocks.Strip("A", 1.0, (2.0,)),))
TABLE = blocks.Table("c", (blocks.Column("a"),), ((blocks.Cell("b"),),))
PICTURE = blocks.Picture(b"x", "image/png", "a", 10, 10)


def fault_of(build):
    with pytest.raises(PluginFault) as caught:
        build_blocks(FULL, [DossierSection("mine", build)])
    assert caught.value.plugin == "dossier-section mine"
    assert caught.value.exit_code == 4
    return caught.value


def test_blocks_stand_in_the_order_of_sections():
    sections = [
        DossierSection("b", lambda case: [blocks.Heading("B"), ONE]),
        DossierSection("none", lambda case: ()),
        DossierSection("a", lambda case: iter([blocks.Heading("A")])),
    ]
    assert build_blocks(FULL, sections) == (blocks.Heading("B"), ONE, blocks.Heading("A"))


def test_a_section_that_fails_is_named_with_what_it_said():
    fault = fault_of(lambda case: 1 / 0)
    assert fault.code == "plugin-failed"
    assert str(fault.message) == (
        "The dossier section mine failed: ZeroDivisionError: division by zero"
    )


def test_a_section_that_fails_on_the_way_is_named_too():
    def build(case):
        yield ONE
        raise SystemExit("bye")

    assert "SystemExit: bye" in str(fault_of(build).message)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (None, "NoneType"),
        (ONE, "Paragraph"),
        ("text", "str"),
        ([ONE, "text"], "str"),
        ([blocks.Cell("part")], "Cell"),
        ([Text("text")], "Text"),
        ({"a": 1}, "str"),
    ],
)
def test_what_is_no_block_is_refused_by_its_kind(answer, kind):
    if kind == "Paragraph":
        assert build_blocks(FULL, [DossierSection("mine", lambda case: answer)]) == (ONE,)
        return
    fault = fault_of(lambda case: answer)
    assert fault.code == "plugin-wrong-answer"
    assert str(fault.message) == (
        f"The dossier section mine answered with a {kind} that cannot be shown"
    )


def test_a_section_without_end_is_stopped():
    fault = fault_of(lambda case: repeat(ONE))
    assert fault.code == "plugin-wrong-answer"
    assert "more than 1000 blocks" in str(fault.message)
    assert len(build_blocks(FULL, [DossierSection("mine", lambda c: [ONE] * 1000)])) == 1000


def test_a_subclass_of_a_block_is_refused():
    class Mine(blocks.Paragraph):
        pass

    assert str(fault_of(lambda case: [Mine("x")]).message).endswith("a Mine that cannot be shown")


@pytest.mark.parametrize(
    "block",
    [
        ONE,
        CHART,
        STRIPS,
        TABLE,
        PICTURE,
        blocks.Heading(Text("a {n}", n=1), 3),
        blocks.Bullets(()),
        blocks.Bullets(("a", Text("b"))),
        blocks.Facts((("a", Text("b")),)),
        attrs.evolve(TABLE, rows=((blocks.Cell("b", 1, "bidrag-F01.html"),),), marked=0),
        attrs.evolve(CHART, lines=(blocks.Interval("A", 5, 4, 6, True),), cut=0),
        attrs.evolve(STRIPS, lines=(blocks.Strip("A", None, (1.0, 2.0), ("A", "B")),)),
        blocks.Paragraph("<script>alert(1)</script> & #read(1)"),
    ],
)
def test_a_sound_block_can_be_shown(block):
    assert is_sound_block(block)


@pytest.mark.parametrize(
    "block",
    [
        blocks.Paragraph(None),
        blocks.Paragraph(5),
        blocks.Paragraph("a", is_notice="yes"),
        blocks.Paragraph("x" * 100_001),
        blocks.Paragraph(Text("{missing}")),
        blocks.Paragraph(Text("{a.__class__}", a=1)),
        blocks.Heading("a", 1),
        blocks.Heading("a", True),
        blocks.Bullets(["a"]),
        blocks.Bullets("abc"),
        blocks.Facts((("a",),)),
        blocks.Facts((("a", "b", "c"),)),
        attrs.evolve(TABLE, columns=()),
        attrs.evolve(TABLE, rows=((),)),
        attrs.evolve(TABLE, rows=((blocks.Cell("b"), blocks.Cell("c")),)),
        attrs.evolve(TABLE, rows=(("b",),)),
        attrs.evolve(TABLE, columns=(blocks.Column("a", width=0.0),)),
        attrs.evolve(TABLE, rows=((blocks.Cell("b", math.nan),),)),
        attrs.evolve(TABLE, rows=((blocks.Cell("b", link="javascript:alert(1)"),),)),
        attrs.evolve(TABLE, rows=((blocks.Cell("b", link="../x.html"),),)),
        attrs.evolve(TABLE, rows=tuple((blocks.Cell("b"),) for _ in range(10_000))),
        attrs.evolve(CHART, lines=()),
        attrs.evolve(CHART, low=100),
        attrs.evolve(CHART, low=math.nan),
        attrs.evolve(CHART, high=math.inf),
        attrs.evolve(CHART, decimals=7),
        attrs.evolve(CHART, decimals=-1),
        attrs.evolve(CHART, lines=(blocks.Interval("A", math.nan),)),
        attrs.evolve(CHART, lines=(blocks.Interval("A", 1e300),)),
        attrs.evolve(CHART, lines=(blocks.Interval("A", 5.0, 4.0, None),)),
        attrs.evolve(STRIPS, lines=()),
        attrs.evolve(STRIPS, lines=(blocks.Strip("A", 1.0, (1.0, 2.0), ("A",)),)),
        attrs.evolve(PICTURE, media_type="image/svg+xml"),
        attrs.evolve(PICTURE, data="x"),
        attrs.evolve(PICTURE, width=0),
        attrs.evolve(PICTURE, height=0),
    ],
)
def test_what_is_wrong_in_a_block_is_found(block):
    assert not is_sound_block(block)
    assert fault_of(lambda case: [block]).code == "plugin-wrong-answer"


def test_the_size_of_a_block_counts_its_parts():
    assert size_of(TABLE) == 1 + 1 + (1 + 4) + (1 + 3) + 1


def test_in_a_guarded_class_a_notice_stands_over_every_chart_of_its_entries():
    def build(case):
        return [ONE, CHART, blocks.Paragraph("x", is_notice=True), CHART, STRIPS]

    (banner,) = GUARDED.banner()
    shown = build_blocks(GUARDED, [DossierSection("mine", build)])
    assert shown == (ONE, banner, CHART, blocks.Paragraph("x", is_notice=True), CHART, STRIPS)
    assert len(build_blocks(FULL, [DossierSection("mine", build)])) == 5


def test_the_banner_names_the_teams_or_stands_alone():
    assert str(GUARDED.banner()[0].text).startswith("The teams cannot be compared: L1, L2. What")
    assert str(attrs.evolve(GUARDED, notes=()).banner()[0].text).startswith(
        "The teams cannot be compared. What"
    )
    assert FULL.banner() == ()


def test_a_class_has_a_choice_where_it_has_more_ranked_entries_than_places():
    assert FULL.has_choice
    assert not attrs.evolve(FULL, shortlist_size=4).has_choice
    assert not attrs.evolve(CASES["a barred entry"], shortlist_size=3).has_choice


def test_figures_are_shown_as_the_edition_rounds_them():
    assert str(FULL.number(2.25)) == "2.2"
    assert str(FULL.percent(0.5)) == "50\N{NO-BREAK SPACE}%"

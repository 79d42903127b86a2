"""A document whose data try what they can: long, hostile, of other scripts, ties, missing."""

from kvaljury.cli.language import Language
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
from kvaljury.errors import Text
from kvaljury.reports.voice import Voice

STAND = "Underlag – inget beslut"
LONG = "Förskoleverksamhetsutvecklingsansvarig" * 2 + "ABCD"
TWO_WAYS = "مدرسة \u202eomvänd Äppelbo"
HOSTILE = "</title></style><script>document.title='x'</script><img src=x onerror=alert(1)>\"'&lt;"
NAMES = (LONG, TWO_WAYS, HOSTILE, "Örnen", "Ärlan", "Åkern", "Zebran", "Öst 10", "Öst 2")
SCORES = (71.9, 68.0, 68.0, 60.5, 60.5, None, 9.5, 55.0, 100.0)
COMMENTS = tuple(f"Kommentar {n}. " + "Arbetet följs upp över tid. " * 71 for n in range(12))


def voice(code: str = "sv") -> Voice:
    """A voice of a language."""
    language = Language(code)
    return Voice(code, language.render, language.number)


def document(*blocks: Block, title: str = "Örnen", stand: str = STAND) -> Document:
    """A document of blocks."""
    return Document("bidrag-F05", title, "F05, Förskola", blocks, stand)


def class_table() -> Table:
    """A sortable table: names, places that are tied, scores of which one is not there."""
    columns = (
        Column("Bidrag", is_sortable=True),
        Column("Plats", is_number=True, is_sortable=True),
        Column("Poäng (90 % intervall)", is_number=True, is_sortable=True),
        Column("Laget föreslår", is_sortable=True),
        Column("Kommentar"),
    )
    rows = tuple(
        (
            Cell(name, link=f"bidrag-F{place}.html"),
            Cell(f"{1 + place // 3} (1–9)", 1 + place // 3),
            Cell("" if score is None else Text("{score:.1f}", score=score), score),
            Cell("" if place == 1 else ("utmärkelse", "hedersomnämnande")[place % 2]),
            Cell(""),
        )
        for place, (name, score) in enumerate(zip(NAMES, SCORES, strict=True))
    )
    return Table("Klassens bidrag", columns, rows, marked=2)


def interval_chart() -> IntervalChart:
    """Nine entries, this one marked, the cut after three."""
    lines = tuple(
        Interval(name, 80.5 - 4 * n, 76.0 - 4 * n, 84.0 - 4 * n, is_marked=n == 1)
        for n, name in enumerate(NAMES)
    )
    return IntervalChart(
        f"Poäng {HOSTILE}", f"Bidraget på plats 2 {HOSTILE}", "Poäng, 0–100", 30, 100, lines, 1, 3
    )


def strip_charts() -> tuple[StripChart, StripChart]:
    """The areas among the class's entries; the examiners by code."""
    areas = tuple(Strip(f"Område {n}", 50.0 + n, (40.5, 61.25, 70.0)) for n in range(4))
    readers = (Strip("Helheten", 71.9, (68.5, 75.5), ("A", "B")), Strip(LONG, None, (50.0,), "A"))
    return (
        StripChart("Områden", "Fyra.", "Poäng", "bidraget", "övriga", 0, 100, areas),
        StripChart("Läsare", "Två.", "Poäng", "medelvärde", "examinatorer", 40, 100, readers),
    )


def hard_document() -> Document:
    """All kinds of blocks with all kinds of data."""
    return document(
        Paragraph("Lagen kan inte jämföras: L1, L2.", is_notice=True),
        Heading("I korthet"),
        Facts((("Enhet", LONG), ("Förvaltning", TWO_WAYS), (Text("Status"), HOSTILE))),
        interval_chart(),
        Heading("Klassen"),
        class_table(),
        Heading("Områden"),
        *strip_charts(),
        Heading("Kommentarer"),
        Heading(HOSTILE, level=3),
        Facts((("Styrkor", "\n".join(COMMENTS)),)),
        Facts((("Utveckling", COMMENTS[0]),)),
        Heading("Bild"),
        Bullets((HOSTILE, TWO_WAYS, LONG)),
        Picture(b"\x89PNG\r\n", "image/png", HOSTILE, 40, 30),
        title=LONG,
        stand=f"{STAND} {HOSTILE}",
    )

"""What a document is made of, neutral of paper and browser."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from kvaljury.errors import Text

Words = Text | str


@attrs.frozen
class Heading:
    """A heading inside a document, whose own title stands above all.

    Attributes:
        level: 2 for a section, 3 for a part of one.
    """

    text: Words
    level: int = 2


@attrs.frozen
class Paragraph:
    """One or more sentences.

    Attributes:
        is_notice: whether readers must not miss it: it is framed and set apart.
    """

    text: Words
    is_notice: bool = False


@attrs.frozen
class Bullets:
    """Short statements in no order."""

    items: tuple[Words, ...]


@attrs.frozen
class Facts:
    """Pairs of what is told and what it is (``("Unit", "Björken")``)."""

    pairs: tuple[tuple[Words, Words], ...]


@attrs.frozen
class Column:
    """A column of a table.

    Attributes:
        is_number: whether its cells are numbers, set flush right.
        is_sortable: whether readers in a browser may sort by it.
        width: share of the table's width, relative to the other columns.
    """

    title: Words
    is_number: bool = False
    is_sortable: bool = False
    width: float = 1.0


@attrs.frozen
class Cell:
    """A cell of a table.

    Attributes:
        text: as shown.
        key: what sorting goes by, or None where that is the text.
        link: file name of another document of the same folder, or None.
    """

    text: Words
    key: float | None = None
    link: str | None = None


@attrs.frozen
class Table:
    """A table; its first column names the rows.

    Attributes:
        caption: what it shows.
        marked: index of a row that is pointed out, or None.
    """

    caption: Words
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    marked: int | None = None


@attrs.frozen
class Interval:
    """One line of a chart: a value with what is known of it.

    Attributes:
        label: of the line.
        value: on the chart's scale.
        low: lower end of its interval, or None without one.
        high: upper end.
        is_marked: whether this is the entry that the document is about.
        note: said beside the value in the table of the chart.
    """

    label: Words
    value: float
    low: float | None = None
    high: float | None = None
    is_marked: bool = False
    note: Words = ""


@attrs.frozen
class IntervalChart:
    """Values with their intervals, one line each, best on top.

    Attributes:
        title: what it shows, in a few words.
        description: what one sees in it, for who cannot.
        scale: name of the scale and its unit.
        low: left end of the scale.
        high: right end of the scale.
        decimals: of the values as shown.
        cut: index of the first line below the cut, or None.
    """

    title: Words
    description: Words
    scale: Words
    low: float
    high: float
    lines: tuple[Interval, ...]
    decimals: int = 1
    cut: int | None = None


@attrs.frozen
class Strip:
    """One line of a strip chart: a value among others.

    Attributes:
        label: of the line.
        value: this entry's, or None where it has none.
        others: the others' values, in no order that tells whose they are.
        names: by value of ``others``, a code to be shown, or empty.
    """

    label: Words
    value: float | None
    others: tuple[float, ...]
    names: tuple[str, ...] = ()


@attrs.frozen
class StripChart:
    """Where a value lies among others, one line a subject.

    Attributes:
        title: what it shows, in a few words.
        description: what one sees in it, for who cannot.
        scale: name of the scale and its unit.
        own: what the marked value is.
        other: what the others are.
        low: left end of the scale.
        high: right end of the scale.
        decimals: of the values as shown.
    """

    title: Words
    description: Words
    scale: Words
    own: Words
    other: Words
    low: float
    high: float
    lines: tuple[Strip, ...]
    decimals: int = 1


@attrs.frozen
class Picture:
    """An image of the bid.

    Attributes:
        data: bytes of a JPEG or PNG.
        media_type: ``image/jpeg`` or ``image/png``.
        alternative: what it shows, for who cannot see it.
        width: in pixels.
        height: in pixels.
    """

    data: bytes = attrs.field(repr=False)
    media_type: str
    alternative: Words
    width: int
    height: int


@attrs.frozen
class Signatures:
    """Lines to be signed on.

    Attributes:
        lines: pairs of what somebody signs as and the name, empty where it is written by hand.
    """

    lines: tuple[tuple[Words, Words], ...]


Block = (
    Heading
    | Paragraph
    | Bullets
    | Facts
    | Table
    | IntervalChart
    | StripChart
    | Picture
    | Signatures
)


@attrs.frozen
class Document:
    """A whole document.

    Attributes:
        name: of the file, without ending: a validated id or a fixed word.
        title: of the document.
        subtitle: a line below it.
        blocks: in reading order.
        stand: that this is a basis and no decision; stands on every page.
    """

    name: str
    title: Words
    subtitle: Words
    blocks: tuple[Block, ...]
    stand: Words


def bounds(lines: Sequence[Interval]) -> tuple[float, float]:
    """Give ends of a scale that holds every value and interval, in whole tens.

    Args:
        lines: at least one.

    >>> bounds([Interval("", 57.2, 51.0, 63.0)])
    (50.0, 70.0)
    """
    values = [value for line in lines for value in (line.value, line.low, line.high)]
    known = [value for value in values if value is not None]
    low, high = 10 * (min(known) // 10), 10 * -(-max(known) // 10)
    return (low, high) if high > low else (low - 10, high + 10)


def strip_bounds(lines: Sequence[Strip]) -> tuple[float, float]:
    """Give ends of a scale that holds every value of strips, in whole tens."""
    values = [value for line in lines for value in (*line.others, line.value) if value is not None]
    return bounds([Interval("", value) for value in values])


def middle(values: Sequence[float]) -> float:
    """Give the median of at least one value."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2

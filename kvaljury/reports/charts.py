"""Chart values to SVG that paper and browser share: selectable text, title and description."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

import attrs

from kvaljury.core.model.blocks import Interval, IntervalChart, Strip, StripChart
from kvaljury.errors import Text
from kvaljury.reports.typeface import typeface
from kvaljury.reports.voice import Voice

WIDTH = 650
_LABELS, _LABEL_ROOM = 232, 222
_RIGHT = 60
_ROW, _TIGHT_ROW, _ROW_WITH_NAMES = 22, 20, 32
_MANY = 10
_CUT = 20
_TOP = 10
_FOOT, _AXIS = 62, 40
# On paper a unit is 0.74 pt, so the smallest size comes to 7.4 pt.
_SIZE, _SMALLEST = 12.0, 10.0
_INK, _SOFT, _RULE, _OWN, _PAPER = "#1a1a1a", "#595959", "#d0d0d0", "#003a70", "#ffffff"
_APART = 10.5
_MOST_STEPS, _LEAST_STEP = 10, 1e-6


def chart_svg(chart: IntervalChart | StripChart, voice: Voice, identity: str) -> str:
    """Draw a chart.

    Args:
        chart: its values.
        voice: language of its words and numbers.
        identity: unique in the document, for the references to title and description.

    Returns:
        An SVG element whose text is text; every value stands in the table beside it too.
    """
    frame = _frame(chart, voice)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {frame.height:g}"'
        f' role="img" aria-labelledby="{identity}-title {identity}-desc"'
        f' font-family="Open Sans, Segoe UI, Arial, sans-serif" font-size="{_SIZE:g}">',
        f'<title id="{identity}-title">{_escaped(voice.render(chart.title))}</title>',
        f'<desc id="{identity}-desc">{_escaped(voice.render(chart.description))}</desc>',
        *_axis(chart, frame, voice),
    ]
    if isinstance(chart, IntervalChart):
        parts += _intervals(chart, frame, voice)
    else:
        parts += [*_strips(chart, frame, voice), *_legend(chart, frame, voice)]
    return "".join([*parts, "</svg>"])


@attrs.frozen
class _Scale:
    low: float
    high: float
    left: float = _LABELS
    right: float = WIDTH - _RIGHT

    def at(self, value: float) -> float:
        """Give the place of a value, at the edge where it lies beyond the scale."""
        share = (value - self.low) / ((self.high - self.low) or 1.0)
        return round(self.left + min(1.0, max(0.0, share)) * (self.right - self.left), 2)

    def ticks(self) -> tuple[float, list[float]]:
        """Give round values over the scale, at most eleven, and the step between them."""
        least = max((self.high - self.low) / _MOST_STEPS, _LEAST_STEP)
        power = 10.0 ** math.floor(math.log10(least))
        step = next(power * size for size in (1, 2, 5, 10) if power * size >= least * (1 - 1e-9))
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return step, [step * number for number in range(first, last + 1)]


@attrs.frozen
class _Frame:
    """Where things stand.

    Attributes:
        scale: values to places from left to right.
        row: height of a line.
        rows: middle of each line from the top.
        bottom: lower end of the lines.
        height: of the whole drawing.
        size: of the labels.
    """

    scale: _Scale
    row: float
    rows: tuple[float, ...]
    bottom: float
    height: float
    size: float


def _frame(chart: IntervalChart | StripChart, voice: Voice) -> _Frame:
    row = _row(chart)
    cut = chart.cut if isinstance(chart, IntervalChart) else None
    gaps = [_CUT if cut is not None and index >= cut else 0 for index in range(len(chart.lines))]
    bottom = _TOP + row * len(chart.lines) + max(gaps, default=0)
    widest = max((typeface("Bold").width(voice.render(x.label)) for x in chart.lines), default=0)
    return _Frame(
        scale=_Scale(chart.low, chart.high),
        row=row,
        rows=tuple(_TOP + row * index + row / 2 + gap for index, gap in enumerate(gaps)),
        bottom=bottom,
        height=bottom + (_FOOT if isinstance(chart, StripChart) else _AXIS),
        size=round(max(_SMALLEST, min(_SIZE, _LABEL_ROOM / max(widest, 1))), 2),
    )


def _row(chart: IntervalChart | StripChart) -> int:
    """Give the height of a line: letters above a line need room, many lines share it."""
    if isinstance(chart, StripChart) and any(line.names for line in chart.lines):
        return _ROW_WITH_NAMES
    return _TIGHT_ROW if len(chart.lines) > _MANY else _ROW


def _axis(chart: IntervalChart | StripChart, frame: _Frame, voice: Voice) -> Iterator[str]:
    scale = frame.scale
    step, ticks = scale.ticks()
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    for tick in ticks:
        x = scale.at(tick)
        yield f'<path d="M{x:g} {_TOP}V{frame.bottom:g}" stroke="{_RULE}" stroke-width="1"/>'
        yield _text(x, frame.bottom + 16, voice.number(tick, decimals), anchor="middle", fill=_SOFT)
    middle = (scale.left + scale.right) / 2
    yield _text(middle, frame.bottom + 34, voice.render(chart.scale), anchor="middle", fill=_SOFT)


def _intervals(chart: IntervalChart, frame: _Frame, voice: Voice) -> Iterator[str]:
    for index, (line, y) in enumerate(zip(chart.lines, frame.rows, strict=True)):
        if index == chart.cut:
            yield from _cut(index, frame, voice)
        yield _label(line.label, y, frame, voice, is_strong=line.is_marked)
        yield from _whiskers(line, frame.scale, y)
        yield _mark(frame.scale.at(line.value), y, is_own=line.is_marked)
        yield _value(voice.number(line.value, chart.decimals), y, is_strong=line.is_marked)


def _cut(count: int, frame: _Frame, voice: Voice) -> Iterator[str]:
    """Draw the cut in a band of its own, so that its words touch nothing."""
    words = voice.render(
        Text("after the first") if count == 1 else Text("after the {n} first", n=count)
    )
    y = _TOP + frame.row * count + _CUT / 2
    start = typeface().width(words) * frame.size + 8
    yield _text(0, y + 4, words, fill=_SOFT, size=frame.size)
    yield (
        f'<path d="M{start:g} {y:g}H{WIDTH}" stroke="{_INK}" stroke-width="1"'
        ' stroke-dasharray="6 4"/>'
    )


def _whiskers(line: Interval, scale: _Scale, y: float) -> Iterator[str]:
    if line.low is None or line.high is None:
        return
    colour, width = (_OWN, 3) if line.is_marked else (_SOFT, 1.5)
    left, right = scale.at(line.low), scale.at(line.high)
    yield _stroke(f"M{left:g} {y:g}H{right:g}", colour, width)
    for x in (left, right):
        yield _stroke(f"M{x:g} {y - 4:g}V{y + 4:g}", colour, width)


def _strips(chart: StripChart, frame: _Frame, voice: Voice) -> Iterator[str]:
    scale = frame.scale
    for line, middle in zip(chart.lines, frame.rows, strict=True):
        y = middle + (3.5 if line.names else 0)
        yield _label(line.label, y, frame, voice, is_strong=False)
        yield _stroke(f"M{scale.left:g} {y:g}H{scale.right:g}", _RULE, 1)
        if not line.names:
            yield from (_ring(scale.at(value), y) for value in line.others)
        if line.value is not None:
            yield _mark(scale.at(line.value), y, is_own=True)
            yield _value(voice.number(line.value, chart.decimals), y, is_strong=True)
        if line.names:
            yield from _named(line, scale, y, voice)


def _named(line: Strip, scale: _Scale, y: float, voice: Voice) -> Iterator[str]:
    """Draw a stroke for each value, over the mark of the mean, and its letter above."""
    order = sorted(range(len(line.others)), key=lambda i: (line.others[i], line.names[i]))
    places = [scale.at(line.others[i]) for i in order]
    for x in places:
        yield _stroke(f"M{x:g} {y - 5:g}V{y + 5:g}", _PAPER, 3.5)
        yield _stroke(f"M{x:g} {y - 5:g}V{y + 5:g}", _INK, 1.5)
    for i, x in zip(order, _spread_out(places, scale.left, scale.right), strict=True):
        yield _text(x, y - 9, voice.render(line.names[i]), anchor="middle")


def _spread_out(places: Sequence[float], left: float, right: float) -> list[float]:
    """Move sorted places as little as keeps letters apart and on the scale.

    Args:
        places: sorted.
        left: of the scale.
        right: of the scale.

    Returns:
        As many places, in the same order; letters without room enough pass the right end.
    """
    groups: list[tuple[float, int]] = []
    for place in places:
        middle, count = place, 1
        while groups and middle - groups[-1][0] < _APART * (count + groups[-1][1]) / 2:
            before, members = groups.pop()
            middle = (before * members + middle * count) / (members + count)
            count += members
        groups.append((middle, count))
    shown = [
        middle + _APART * (index - (count - 1) / 2)
        for middle, count in groups
        for index in range(count)
    ]
    last = len(shown) - 1
    within = [min(x, right - _APART * (last - index)) for index, x in enumerate(shown)]
    return [round(max(x, left + _APART * index), 2) for index, x in enumerate(within)]


def _legend(chart: StripChart, frame: _Frame, voice: Voice) -> Iterator[str]:
    """Say what the marks stand for; letters stand for themselves."""
    y = frame.height - 12
    own, other = voice.render(chart.own), voice.render(chart.other)
    has_names = any(line.names for line in chart.lines)
    sign = typeface().width("A B …") * _SIZE if has_names else 8
    x = WIDTH - _RIGHT - sign - 8 - typeface().width(other) * _SIZE
    x = max(x, _LABELS + 32 + typeface().width(own) * _SIZE)
    yield _mark(_LABELS + 7, y, is_own=True)
    yield _text(_LABELS + 20, y + 4, own)
    yield _text(x, y + 4, "A B …") if has_names else _ring(x + 4, y)
    yield _text(x + sign + 8, y + 4, other)


def _ring(x: float, y: float) -> str:
    return f'<circle cx="{x:g}" cy="{y:g}" r="4" fill="none" stroke="{_SOFT}"/>'


def _stroke(path: str, colour: str, width: float) -> str:
    return f'<path d="{path}" stroke="{colour}" stroke-width="{width:g}"/>'


def _mark(x: float, y: float, *, is_own: bool) -> str:
    if is_own:
        return f'<path d="M{x:g} {y - 7:g}l7 7l-7 7l-7 -7z" fill="{_OWN}"/>'
    return (
        f'<circle cx="{x:g}" cy="{y:g}" r="4.5" fill="{_PAPER}" stroke="{_INK}"'
        ' stroke-width="1.5"/>'
    )


def _label(label: Text | str, y: float, frame: _Frame, voice: Voice, *, is_strong: bool) -> str:
    face = typeface("Bold" if is_strong else "Regular")
    shown = face.clipped(voice.render(label), _LABEL_ROOM / frame.size)
    return _text(0, y + 4, shown, size=frame.size, is_strong=is_strong)


def _value(shown: str, y: float, *, is_strong: bool) -> str:
    return _text(WIDTH, y + 4, shown, anchor="end", is_strong=is_strong)


def _text(
    x: float,
    y: float,
    shown: str,
    *,
    anchor: str = "start",
    fill: str = _INK,
    size: float = _SIZE,
    is_strong: bool = False,
) -> str:
    sized = "" if size == _SIZE else f' font-size="{size:g}"'
    weight = ' font-weight="bold"' if is_strong else ""
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="{fill}"{sized}{weight}>'
        f"{_escaped(shown)}</text>"
    )


def _escaped(text: str) -> str:
    """Escape a text, without what XML cannot hold."""
    return escape("".join(sign if _is_xml(sign) else " " for sign in text))


def _is_xml(sign: str) -> bool:
    return (
        sign in "\t\n\r"
        or (" " <= sign < "\ud800")
        or (sign > "\udfff" and sign not in "\ufffe\uffff")
    )

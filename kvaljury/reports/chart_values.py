"""Chart values to the table and the sentences that say the same as the drawing."""

from __future__ import annotations

from collections.abc import Sequence

from kvaljury.core.model.blocks import Interval, IntervalChart, Strip, StripChart
from kvaljury.errors import Text
from kvaljury.reports.voice import Voice


def chart_rows(
    chart: IntervalChart | StripChart, voice: Voice
) -> tuple[list[str], list[list[str]]]:
    """Give the chart's values as a table.

    Args:
        chart: its values.
        voice: language of its words and numbers.

    Returns:
        Titles of the columns, and rows of cells as shown.
    """
    if isinstance(chart, IntervalChart):
        titles: Sequence[Text | str] = (Text("Entry"), Text("Score"), Text("90 % interval"))
        rows = [_interval(line, chart, voice) for line in chart.lines]
    else:
        titles = (Text("Subject"), chart.own, chart.other)
        rows = [_strip(line, chart, voice) for line in chart.lines]
    return [voice.render(title) for title in titles], rows


def chart_words(chart: IntervalChart | StripChart, voice: Voice) -> str:
    """Say what the chart shows and all its values, for who cannot see it.

    Args:
        chart: its values.
        voice: language of its words and numbers.

    Returns:
        Title, description and a clause for each line.
    """
    titles, rows = chart_rows(chart, voice)
    lines = [
        ", ".join(
            [label, *(f"{title} {cell}" for title, cell in zip(titles[1:], cells, strict=True))]
        )
        for label, *cells in rows
    ]
    told = f"{voice.render(chart.title)}. {voice.render(chart.description)}"
    return " ".join([told, *(f"{line}." for line in lines)])


def _interval(line: Interval, chart: IntervalChart, voice: Voice) -> list[str]:
    ends = [voice.number(x, chart.decimals) for x in (line.low, line.high) if x is not None]
    return [voice.render(line.label), voice.number(line.value, chart.decimals), "–".join(ends)]


def _strip(line: Strip, chart: StripChart, voice: Voice) -> list[str]:
    names: Sequence[str] = line.names or ("",) * len(line.others)
    others = [
        f"{voice.render(name)} {voice.number(value, chart.decimals)}".strip()
        for name, value in zip(names, line.others, strict=True)
    ]
    own = "" if line.value is None else voice.number(line.value, chart.decimals)
    return [voice.render(line.label), own, "; ".join(others)]

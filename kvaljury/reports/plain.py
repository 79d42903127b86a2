"""Blocks to plain values that templates of every kind read: words rendered, charts drawn."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Any

from kvaljury.core.model.blocks import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    IntervalChart,
    Paragraph,
    Picture,
    Signatures,
    StripChart,
    Table,
)
from kvaljury.reports.chart_values import chart_rows, chart_words
from kvaljury.reports.charts import chart_svg
from kvaljury.reports.voice import Voice

Plain = dict[str, Any]


def plain_document(document: Document, voice: Voice) -> Plain:
    """Turn a document into values of JSON.

    Args:
        document: of neutral blocks.
        voice: language of its words and numbers.

    Returns:
        Strings, numbers, lists and mappings only; charts as SVG text.
    """
    return {
        "name": document.name,
        "title": voice.render(document.title),
        "subtitle": voice.render(document.subtitle),
        "stand": voice.render(document.stand),
        "blocks": [
            _plain(block, voice, f"{document.name}-{number}")
            for number, block in enumerate(document.blocks)
        ],
    }


def _plain(block: Block, voice: Voice, identity: str) -> Plain:
    return _MAKERS[type(block)](block, voice, identity)


def _heading(block: Heading, voice: Voice, _: str) -> Plain:
    return {"kind": "heading", "level": block.level, "text": voice.render(block.text)}


def _paragraph(block: Paragraph, voice: Voice, _: str) -> Plain:
    return {"kind": "paragraph", "text": voice.render(block.text), "is_notice": block.is_notice}


def _bullets(block: Bullets, voice: Voice, _: str) -> Plain:
    return {"kind": "bullets", "texts": [voice.render(item) for item in block.items]}


def _facts(block: Facts, voice: Voice, _: str) -> Plain:
    pairs = [[voice.render(term), voice.render(told)] for term, told in block.pairs]
    return {"kind": "facts", "pairs": pairs}


def _table(block: Table, voice: Voice, _: str) -> Plain:
    return {
        "kind": "table",
        "caption": voice.render(block.caption),
        "marked": block.marked,
        "is_sortable": any(column.is_sortable for column in block.columns),
        "columns": [
            {
                "title": voice.render(column.title),
                "is_number": column.is_number,
                "is_sortable": column.is_sortable,
                "width": column.width,
            }
            for column in block.columns
        ],
        "rows": [
            {
                "cells": [
                    {"text": voice.render(cell.text), "key": cell.key, "link": cell.link}
                    for cell in row
                ]
            }
            for row in block.rows
        ],
    }


def _chart(block: IntervalChart | StripChart, voice: Voice, identity: str) -> Plain:
    titles, rows = chart_rows(block, voice)
    return {
        "kind": "chart",
        "title": voice.render(block.title),
        "description": voice.render(block.description),
        "words": chart_words(block, voice),
        "svg": chart_svg(block, voice, identity),
        "titles": titles,
        "rows": rows,
    }


def _picture(block: Picture, voice: Voice, _: str) -> Plain:
    return {
        "kind": "picture",
        "media_type": block.media_type,
        "base64": base64.b64encode(block.data).decode("ascii"),
        "alternative": voice.render(block.alternative),
        "width": block.width,
        "height": block.height,
    }


def _signatures(block: Signatures, voice: Voice, _: str) -> Plain:
    lines = [[voice.render(role), voice.render(name)] for role, name in block.lines]
    return {"kind": "signatures", "lines": lines}


_MAKERS: Mapping[type, Callable[[Any, Voice, str], Plain]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Bullets: _bullets,
    Facts: _facts,
    Table: _table,
    IntervalChart: _chart,
    StripChart: _chart,
    Picture: _picture,
    Signatures: _signatures,
}

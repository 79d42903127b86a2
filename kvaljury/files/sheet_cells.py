"""The looks of the cells of a workbook, and text that stays text."""

from __future__ import annotations

from typing import Any

import attrs

from kvaljury.files.ranking_columns import kind_decimals

_LONGEST_CELL = 32_767
_COEFFICIENT_DECIMALS = 2


@attrs.frozen
class SheetFormats:
    """The formats of a workbook.

    Attributes:
        heading: of a sheet.
        strong: of a line that must be seen.
        head: of a column.
        wrapped: of running text.
        by_kind: of cells: ``text``, ``count``, ``score``, ``rank``, ``probability`` and
            ``coefficient``.
    """

    heading: Any
    strong: Any
    head: Any
    wrapped: Any
    by_kind: dict[str, Any]


def sheet_formats(workbook: Any, score_decimals: int) -> SheetFormats:
    """Make the formats of a workbook.

    Args:
        workbook: to add them to.
        score_decimals: those that the edition shows scores with.

    Returns:
        The formats.
    """
    kinds = ("text", "count", "score", "rank", "probability", "coefficient")
    by_kind = {kind: {"valign": "top", **_number_format(kind, score_decimals)} for kind in kinds}
    by_kind["text"]["text_wrap"] = True
    return SheetFormats(
        heading=workbook.add_format({"bold": True, "font_size": 14}),
        strong=workbook.add_format({"bold": True}),
        head=workbook.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E7EEF5"}
        ),
        wrapped=workbook.add_format({"text_wrap": True, "valign": "top"}),
        by_kind={kind: workbook.add_format(form) for kind, form in by_kind.items()},
    )


def write_text(sheet: Any, line: int, place: int, text: str, form: Any = None) -> None:
    """Write text as text, cut to what a cell holds.

    Args:
        sheet: a worksheet.
        line: row from 0.
        place: column from 0.
        text: in the reader's language.
        form: a format, or None.
    """
    sheet.write_string(line, place, text[:_LONGEST_CELL], form)


def _number_format(kind: str, score_decimals: int) -> dict[str, Any]:
    if kind == "text":
        return {}
    if kind == "probability":
        return {"num_format": "0%"}
    of_kind = kind_decimals(kind, score_decimals)
    decimals = _COEFFICIENT_DECIMALS if kind == "coefficient" else of_kind
    return {"num_format": "0." + "0" * decimals if decimals else "0"}

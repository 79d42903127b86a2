"""The header of a table to the field of each column, with every fault that it has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from kvaljury.errors import Source, Text
from kvaljury.files.characters import quoted
from kvaljury.files.headers import Columns, field_name, fold_header, place_of
from kvaljury.files.log import InputLog

_MOST_COLUMNS = 200


class Line(NamedTuple):
    """A record of the file: its first line, its cells, trimmed, and how many are not blank."""

    number: int
    cells: tuple[str, ...]
    filled: int


def header_fields(
    header: Line,
    body: Iterable[Line],
    file: str,
    columns: Columns,
    log: InputLog,
    *,
    place: Callable[[int], Source] | None = None,
) -> list[str | None] | None:
    """Give the field of each column, None for those that are not read; None for a bad header.

    Args:
        header: its cells.
        body: the rows below it, looked through where a column has no header.
        file: address of the file.
        columns: the columns that the table may have.
        log: gets every fault and warning.
        place: gives the address of a header by its index in a sheet, where the line says little.
    """
    at = place or (lambda _: Source(file, header.number))
    if len(header.cells) > _MOST_COLUMNS:
        message = Text(
            "the header has {n} columns; at most {limit} can be read",
            n=len(header.cells),
            limit=_MOST_COLUMNS,
        )
        log.fault("too-many-columns", at(0), message)
        return None
    fields = [columns.field_of(cell) for cell in header.cells]
    if elsewhere := place_of(header.cells, columns):
        _refuse_place(elsewhere, at(0), log)
        return None
    faults = [
        *_double_headers(header.cells, fields),
        *_missing_columns(fields, columns),
        *_nameless_columns(header.cells, body),
    ]
    for code, index, message, hint in faults:
        log.fault(code, at(index), message, hint)
    for index, (cell, field) in enumerate(zip(header.cells, fields, strict=True)):
        if cell and field is None:
            _warn_of_unknown(cell, columns, at(index), log)
    return None if faults else fields


def _refuse_place(place: str, where: Source, log: InputLog) -> None:
    message = Text("the table has the columns of those in the folder {folder}", folder=place)
    hint = Text("move the file to the folder {folder}", folder=place)
    log.fault("wrong-folder", where, message, hint)


def _warn_of_unknown(header: str, columns: Columns, where: Source, log: InputLog) -> None:
    message = Text('the column "{header}" is unknown and is not read', header=quoted(header))
    near = columns.nearest(header)
    hint = Text("did you mean {name}?", name=near) if near else None
    if whole := columns.in_thousands(header):
        hint = Text('write the amounts in kronor, under the header "{name}"', name=whole)
    log.warn("unknown-column", where, message, hint)  # noqa: PLE1205  # no logger


_HeaderFault = tuple[str, int, Text, Text | None]


def _double_headers(headers: Sequence[str], fields: Sequence[str | None]) -> Iterator[_HeaderFault]:
    seen: dict[str, str] = {}
    for index, (cell, field) in enumerate(zip(headers, fields, strict=True)):
        if not cell:
            continue
        key = field or f"unknown {fold_header(cell) or cell}"
        if key in seen:
            yield (
                "same-header",
                index,
                Text(
                    'the columns "{first}" and "{second}" mean the same',
                    first=quoted(seen[key]),
                    second=quoted(cell),
                ),
                Text("keep one of them"),
            )
        seen.setdefault(key, cell)


def _missing_columns(fields: Sequence[str | None], columns: Columns) -> Iterator[_HeaderFault]:
    for column in columns.columns:
        if column.is_required and column.field not in fields:
            yield (
                "missing-column",
                0,
                Text("the column {field} is missing", field=field_name(column.field)),
                Text("accepted headers: {headers}", headers=", ".join(column.headers)),
            )


def _nameless_columns(headers: Sequence[str], body: Iterable[Line]) -> Iterator[_HeaderFault]:
    nameless = [index for index, cell in enumerate(headers) if not cell]
    filled: set[int] = set()
    for line in body if nameless else ():
        filled.update(i for i in nameless if i < len(line.cells) and line.cells[i])
    for index in sorted(filled):
        yield (
            "nameless-column",
            index,
            Text("column {number} has cells but no header", number=index + 1),
            Text("give it a header, or empty its cells"),
        )

"""A form's plan to the rows of its hidden sheet and back: what stands where, checked by a sum."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from unicodedata import normalize
from zlib import crc32

import attrs

from kvaljury.files.characters import SPACES
from kvaljury.files.forms.layout import (
    FIRST_COLUMN,
    TEMPLATE_VERSION,
    Asks,
    Form,
    FormKind,
    FormSheet,
    Line,
    Subject,
)
from kvaljury.files.workbooks.contents import Sheet

HEADS = ("kvaljury", "rules", "year", "title", "kind", "who", "language", "sum")
_COLUMNS = ("sheet", "row", "asks", "entry", "part", "detail", "answers", "texts", "basis")
_IS_SHEET = "sheet"
_PAIR = re.compile(r"([0-9]{1,3})=([a-z0-9]+)")
_MOST_ROWS = 100_000


@attrs.frozen
class TemplateRow:
    """A row of a sheet as it left kvaljury.

    Attributes:
        row: its number.
        subject: what its answers are about, None where it has none.
        answers: field by column.
        texts: fingerprint of the locked text by column.
        basis: by what a mark is asked for, empty where none is.
    """

    row: int
    subject: Subject | None
    answers: Mapping[int, str] = attrs.field(hash=False)
    texts: Mapping[int, str] = attrs.field(hash=False)
    basis: str = ""


@attrs.frozen
class TemplateSheet:
    """A sheet as it left kvaljury.

    Attributes:
        id: unique in the form.
        name: on its tab.
        entry: that it is about, or empty.
        last_column: of those that hold anything.
        rows: in order.
    """

    id: str
    name: str
    entry: str
    last_column: int
    rows: tuple[TemplateRow, ...]

    def column_keys(self) -> dict[int, str]:
        """Give what stands in the hidden first row by column, but for the first."""
        return {column: f"{column}" for column in range(FIRST_COLUMN, self.last_column + 1)}

    @property
    def answer_count(self) -> int:
        """The number of cells to answer in."""
        return sum(len(row.answers) for row in self.rows)


@attrs.frozen
class Template:
    """What a form says of itself.

    Attributes:
        version: of the template.
        rules: name of the rule set.
        year: of the edition.
        title: of the edition.
        kind: who fills it in.
        who: id of the examiner, team or juror.
        language: ``sv`` or ``en``.
        sheets: in the order of the tabs.
    """

    version: str
    rules: str
    year: str
    title: str
    kind: FormKind
    who: str
    language: str
    sheets: tuple[TemplateSheet, ...]

    def sheet_key(self, sheet: TemplateSheet) -> str:
        """Give what stands in the hidden first cell of a sheet, so that copies are known."""
        return f"kvaljury/{self.rules}/{self.year}/{self.kind}/{self.who}/{sheet.id}"


def fingerprint(text: str) -> str:
    r"""Give a few characters that tell two texts apart, whatever stands around them.

    >>> fingerprint("Skäl\r\nhär ") == fingerprint("Skäl\nhär")
    True
    """
    plain = normalize("NFC", text.replace("\r\n", "\n")).strip(SPACES)
    return f"{crc32(plain.encode('utf-8', 'replace')):08x}"


def template_of(form: Form) -> Template:
    """Give what a form says of itself."""
    sheets = tuple(_sheet_of(sheet) for sheet in form.sheets)
    title = normalize("NFC", form.title).strip(SPACES)
    said = (form.rules, str(form.year), title, form.kind, form.who, form.language)
    return Template(TEMPLATE_VERSION, *said, sheets)


def template_rows(template: Template) -> list[tuple[str, ...]]:
    """Give the rows of the hidden sheet.

    Args:
        template: what it says.

    Returns:
        Name and value of each head, the names of the columns, and a row for each sheet and for
        each of its rows.
    """
    body = [_COLUMNS, *_body(template)]
    said = (template.version, template.rules, template.year, template.title)
    values = (*said, template.kind, template.who, template.language)
    heads: list[tuple[str, ...]] = list(zip(HEADS, values, strict=False))
    return [*heads, (HEADS[-1], _sum_of([*heads, *body])), *body]


def version_of(sheet: Sheet) -> str:
    """Give the template version that a hidden sheet names, empty where it names none."""
    return sheet.text(1, 2) if sheet.text(1, 1) == HEADS[0] else ""


def parse_template(sheet: Sheet) -> Template | None:
    """Read the hidden sheet.

    Args:
        sheet: of the version of this module.

    Returns:
        What it says, or None where anything in it is not as it was written.
    """
    rows = _rows_of(sheet)
    if rows is None or len(rows) <= len(HEADS):
        return None
    heads, body = rows[: len(HEADS)], rows[len(HEADS) :]
    if heads[-1] != (HEADS[-1], _sum_of([*heads[:-1], *body])) or body[0] != _COLUMNS:
        return None
    version, rules, year, title, kind, who, language = (_at(head, 1) for head in heads[:-1])
    sheets = tuple(_parse_sheets(body[1:]))
    return Template(version, rules, year, title, FormKind(kind), who, language, sheets)


def _sheet_of(sheet: FormSheet) -> TemplateSheet:
    last = FIRST_COLUMN + len(sheet.widths) - 1
    rows = tuple(_row_of(number, line) for number, line in sheet.numbered() if line.cells)
    return TemplateSheet(sheet.id, sheet.name, sheet.entry, last, rows)


def _row_of(number: int, line: Line) -> TemplateRow:
    answers = {column: cell.field for column, cell in line.asked().items()}
    shown = {c: fingerprint(cell.text) for c, cell in line.shown().items() if cell.text}
    return TemplateRow(number, line.subject, answers, shown, line.basis)


def _body(template: Template) -> Iterator[tuple[str, ...]]:
    for sheet in template.sheets:
        yield _trimmed(
            (sheet.id, "", _IS_SHEET, sheet.entry, sheet.name, str(sheet.last_column), "", "")
        )
        for row in sheet.rows:
            about = row.subject
            said = (about.asks, about.entry, about.part, about.detail) if about else ("",) * 4
            packed = (_packed(row.answers), _packed(row.texts), row.basis)
            yield _trimmed((sheet.id, str(row.row), *said, *packed))


def _packed(by_column: Mapping[int, str]) -> str:
    return " ".join(f"{column}={value}" for column, value in sorted(by_column.items()))


def _unpacked(text: str) -> dict[int, str]:
    return {int(column): value for column, value in _PAIR.findall(text)}


def _trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    """Leave out empty cells at the end, which no workbook keeps."""
    kept = list(cells)
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def _rows_of(sheet: Sheet) -> list[tuple[str, ...]] | None:
    """Give the rows of a hidden sheet, None where cells stand far from where any was written."""
    cells: dict[int, dict[int, str]] = {}
    for (row, column), cell in sheet.cells.items():
        if row > _MOST_ROWS or column > len(_COLUMNS):
            return None
        cells.setdefault(row, {})[column] = cell.text
    return [
        _trimmed([cells[row].get(column, "") for column in range(1, len(_COLUMNS) + 1)])
        if row in cells
        else ()
        for row in range(1, max(cells, default=0) + 1)
    ]


def _sum_of(rows: Sequence[tuple[str, ...]]) -> str:
    text = "\n".join("\t".join(row) for row in rows)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _at(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""


def _parse_sheets(body: Sequence[tuple[str, ...]]) -> Iterator[TemplateSheet]:
    rows: dict[str, list[TemplateRow]] = {}
    for row in body:
        if _at(row, 2) != _IS_SHEET:
            rows.setdefault(row[0], []).append(_parse_row(row))
    for row in body:
        if _at(row, 2) == _IS_SHEET:
            own = tuple(rows.get(row[0], ()))
            yield TemplateSheet(row[0], _at(row, 4), _at(row, 3), int(_at(row, 5)), own)


def _parse_row(row: Sequence[str]) -> TemplateRow:
    asks, entry, part, detail, answers, texts, basis = (_at(row, place) for place in range(2, 9))
    subject = Subject(Asks(asks), entry, part, detail) if asks else None
    return TemplateRow(int(row[1]), subject, _unpacked(answers), _unpacked(texts), basis)

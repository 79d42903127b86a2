"""What stands where in a form, as values: sheets, rows, locked text and cells to answer in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from fractions import Fraction

import attrs

from kvaljury.core.model import Scale

TEMPLATE_VERSION = "2"
TEMPLATE_SHEET = "kvaljury"
KEY_COLUMN = 1
FIRST_COLUMN = 2
FIRST_ROW = 2


class FormKind(StrEnum):
    """Who fills a form in: an examiner before the visit, a team after it, a juror at the end."""

    EXAMINER = "examiner"
    TEAM = "team"
    JUROR = "juror"


class Asks(StrEnum):
    """What the answers of a row are about."""

    MARK = "mark"
    REMARK = "remark"
    PROPOSAL = "proposal"
    CONSENSUS = "consensus"
    DOCUMENT = "document"
    BALLOT = "ballot"


class Look(StrEnum):
    """What a locked cell is for people."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    HEAD = "head"
    AREA = "area"
    NUMBER = "number"
    LABEL = "label"
    STRONG = "strong"
    RUBRIC = "rubric"
    SCALE = "scale"
    FIGURE = "figure"
    RULED = "ruled"
    NOTE = "note"
    LINK = "link"


@attrs.frozen
class Subject:
    """What a row asks about.

    Attributes:
        asks: the kind of answer.
        entry: id.
        part: id of the leaf, area or document, or empty.
        detail: id of the criterion, or the kind of remark, or empty.
    """

    asks: Asks
    entry: str
    part: str = ""
    detail: str = ""

    @property
    def key(self) -> str:
        """What stands in the hidden first column of the row, unique in its sheet.

        >>> Subject(Asks.MARK, "F01", "12a", "plan").key
        'mark/F01/12a/plan'
        """
        return "/".join((self.asks, self.entry, self.part, self.detail))


@attrs.frozen
class Shown:
    """A locked cell.

    Attributes:
        text: what stands in it; of a number its plain decimals.
        look: what it is for people.
        number: where it is written as one.
        span: columns that it takes.
        link: id of the sheet that it leads to, or empty.
    """

    text: str
    look: Look = Look.LABEL
    number: Fraction | None = None
    span: int = 1
    link: str = ""


@attrs.frozen
class Asked:
    """A cell that people write in.

    Attributes:
        field: of the record that it belongs to.
        value: what is filled in already, or None.
        scale: of a mark, or None.
        words: those that may be chosen, none for free text.
        prompt: what is told when the cell is entered: a title and a sentence.
        complaint: what is told of an answer that does not fit.
    """

    field: str
    value: Fraction | str | None = None
    scale: Scale | None = None
    words: tuple[str, ...] = ()
    prompt: tuple[str, str] = ("", "")
    complaint: str = ""

    @property
    def is_prose(self) -> bool:
        """Tell whether free text is asked for."""
        return self.scale is None and not self.words


@attrs.frozen
class Line:
    """A row of a sheet.

    Attributes:
        cells: by column from 1; the first column is kept for the key.
        subject: what its answers are about, None for a row without any.
        basis: by what a mark is asked for, as `form_basis.Basis` packs it; empty without one.
    """

    cells: Mapping[int, Shown | Asked] = attrs.field(hash=False)
    subject: Subject | None = None
    basis: str = ""

    def asked(self) -> dict[int, Asked]:
        """Give the cells to answer in by column."""
        return {place: cell for place, cell in self.cells.items() if isinstance(cell, Asked)}

    def shown(self) -> dict[int, Shown]:
        """Give the locked cells by column."""
        return {place: cell for place, cell in self.cells.items() if isinstance(cell, Shown)}


@attrs.frozen
class FormSheet:
    """A sheet of a form.

    Attributes:
        id: unique in the form (``readme``, ``rubrics``, ``proposals``, ``entry/F01``).
        name: on its tab.
        footer: what stands below each printed page.
        widths: of the columns from the second, in characters.
        lines: from the second row; the first is hidden and holds keys.
        head: number of the row that is repeated on every page and stays in sight; 0 for none.
        is_wide: printed across the page.
    """

    id: str
    name: str
    footer: str
    widths: tuple[int, ...]
    lines: tuple[Line, ...]
    head: int = 0
    is_wide: bool = False

    @property
    def entry(self) -> str:
        """The entry that it is about, or empty."""
        kind, _, name = self.id.partition("/")
        return name if kind == "entry" else ""

    def numbered(self) -> Iterator[tuple[int, Line]]:
        """Give its rows with their numbers."""
        yield from enumerate(self.lines, start=FIRST_ROW)


@attrs.frozen
class Form:
    """A form.

    Attributes:
        kind: who fills it in.
        who: id of the examiner, team or juror.
        rules: name of the rule set.
        year: of the edition.
        title: of the edition.
        language: ``sv`` or ``en``.
        page: ``Page {page} of {pages}`` with Excel's signs for the numbers.
        sheets: in the order of the tabs.
    """

    kind: FormKind
    who: str
    rules: str
    year: int
    title: str
    language: str
    page: str
    sheets: tuple[FormSheet, ...]

"""The parts that sheets of forms share: titles, headings, scales and cells to answer in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

import attrs

from kvaljury.core.model import Edition, Entry, Level, Rubric, Scheme
from kvaljury.errors import Text
from kvaljury.files.forms.layout import FIRST_COLUMN, Asked, Line, Look, Shown, Subject
from kvaljury.files.numbers import as_shown

Render = Callable[[Text | str], str]

README, RUBRICS, PROPOSALS = "readme", "rubrics", "proposals"
README_NAME = Text("Read this first")
RUBRICS_NAME = Text("Rubrics")
PAGE = Text("Page {page} of {pages}", page="&P", pages="&N")
RUBRIC_WIDTHS = (12, 80)
README_WIDTHS = (72,)
HEAD_ROW = 4
"""Where the headings of columns stand, below two rows of titles."""


@attrs.frozen
class Desk:
    """What forms are made from, in one language.

    Attributes:
        edition: entries, teams and rules.
        scheme: the rubric of every leaf.
        render: gives a text in the language.
        language: its code.
    """

    edition: Edition
    scheme: Scheme
    render: Render
    language: str

    def title(self) -> str:
        """Give the title of the edition."""
        return self.render(self.edition.title)

    def class_title(self, entry: Entry) -> str:
        """Give the title of an entry's class."""
        titles = {each.id: each.title for each in self.edition.rules.classes}
        return self.render(titles.get(entry.entry_class, entry.entry_class))

    def rubrics(self) -> list[Rubric]:
        """Give the rubrics in use, each once, in the order of the instructions."""
        return list({rubric.name: rubric for rubric in self.scheme.rubrics.values()}.values())


def named(entry: Entry) -> str:
    """Give an entry's id and name, once where they are the same.

    >>> from kvaljury.core.model import Kind
    >>> named(Entry(id="F01", name="Blåmolnet", entry_class="c", kind=Kind.PRESCHOOL))
    'F01 Blåmolnet'
    """
    return entry.id if entry.id == entry.name else f"{entry.id} {entry.name}"


def rubric_title(rubric: Rubric) -> Text | str:
    """Name a rubric as people read it: by its only criterion, else by its own name."""
    return rubric.criteria[0].label if len(rubric.criteria) == 1 else rubric.name


def scale_text(rubric: Rubric) -> Text:
    """Say which marks a rubric takes."""
    low, high, step = map(as_shown, (rubric.scale.low, rubric.scale.high, rubric.scale.step))
    return Text("{low}–{high} in steps of {step}", low=low, high=high, step=step)


def full_width(text: str, look: Look, widths: Sequence[int]) -> Line:
    """Make a row of one locked cell over all columns."""
    return Line({FIRST_COLUMN: Shown(text, look, span=len(widths))})


def head_line(desk: Desk, *titles: Text | str) -> Line:
    """Make the row of headings of columns."""
    heads = enumerate(titles, FIRST_COLUMN)
    return Line({place: Shown(desk.render(title), Look.HEAD) for place, title in heads})


def boxed(
    cells: Mapping[int, Shown | Asked],
    widths: Sequence[int],
    subject: Subject | None = None,
    look: Look = Look.LABEL,
) -> Line:
    """Make a row of a ruled table; columns without a cell get an empty one."""
    empty = dict.fromkeys(range(FIRST_COLUMN, FIRST_COLUMN + len(widths)), Shown("", look))
    return Line({**empty, **cells}, subject)


def mark_cell(desk: Desk, rubric: Rubric, value: Fraction | None) -> Asked:
    """Make the cell for a mark, which takes nothing but marks on the scale."""
    scale = desk.render(scale_text(rubric))
    levels = ", ".join(_range(level) for level in rubric.levels)
    said = (
        Text("{scale}. The levels {levels} are worded in the sheet of rubrics.", scale=scale,
             levels=levels)
        if levels
        else Text("{scale}.", scale=scale)
    )  # fmt: skip
    return Asked(
        "mark",
        value,
        rubric.scale,
        prompt=(desk.render(rubric_title(rubric)), desk.render(said)),
        complaint=desk.render(
            Text("A mark is a number, {scale}. Leave the cell empty for no mark.", scale=scale)
        ),
    )


def rubric_lines(desk: Desk) -> Iterator[Line]:
    """Give the rows of the sheet that words every level of every rubric."""
    yield full_width(desk.render(Text("Rubrics and scales")), Look.TITLE, RUBRIC_WIDTHS)
    for rubric in desk.rubrics():
        head = Text("{title}: {scale}", title=rubric_title(rubric), scale=scale_text(rubric))
        yield Line({})
        yield full_width(desk.render(head), Look.AREA, RUBRIC_WIDTHS)
        if len(rubric.criteria) > 1:
            labels = ", ".join(desk.render(criterion.label) for criterion in rubric.criteria)
            said = Text("A mark is set on each of: {criteria}", criteria=labels)
            yield full_width(desk.render(said), Look.LABEL, RUBRIC_WIDTHS)
        for level in rubric.levels:
            shown = Shown(_range(level), Look.NUMBER)
            yield Line({2: shown, 3: Shown(desk.render(level.wording))})


def paragraph(text: str, look: Look = Look.LABEL, link: str = "") -> Line:
    """Make a row of running text, which grows by itself."""
    return Line({FIRST_COLUMN: Shown(text, look, link=link)})


def _range(level: Level) -> str:
    return f"{level.low}–{level.high}" if level.low != level.high else f"{level.low}"

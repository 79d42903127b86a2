"""The rows of questions that the forms of examiners and teams share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import attrs

from kvaljury.core.model import Entry, Leaf, Question
from kvaljury.files.form_basis import Basis
from kvaljury.files.forms.layout import Asked, Asks, Line, Look, Shown, Subject
from kvaljury.files.forms.sheet_parts import RUBRICS, Desk, boxed, rubric_title, scale_text

Cells = Mapping[int, Shown | Asked]
NUMBER, LABEL, RUBRIC, SCALE, FIRST_FREE = range(2, 7)
WIDTHS = (7, 34, 16, 17)
"""Of the columns before the first that the form fills as it likes, in characters."""


@attrs.frozen
class QuestionRows:
    """Makes the rows of an entry's questions.

    Attributes:
        desk: what forms are made from.
        entry: that the sheet is about.
        asks: what each row asks for.
        widths: of all columns of the sheet.
        answers: gives the cells after the locked ones, of a leaf and one of its criteria by ids.
    """

    desk: Desk
    entry: Entry
    asks: Asks
    widths: Sequence[int]
    answers: Callable[[str, str], Cells]

    def lines(self, question: Question) -> Iterator[Line]:
        """Give the rows of a question: a heading where it has parts, then its leaves."""
        if question.leaves[0].id != question.id or len(question.leaves) > 1:
            label = Shown(self.desk.render(question.label), Look.STRONG)
            yield boxed({NUMBER: Shown(question.id, Look.NUMBER), LABEL: label}, self.widths)
        for leaf in question.leaves:
            yield from self._leaf_lines(leaf)

    def _leaf_lines(self, leaf: Leaf) -> Iterator[Line]:
        rubric = self.desk.scheme.rubrics[leaf.id]
        criteria = rubric.criteria
        locked = self._leaf_cells(leaf)
        if len(criteria) > 1:
            yield boxed(locked, self.widths)
        for criterion in criteria:
            label = Shown(f"– {self.desk.render(criterion.label)}")
            shown = locked if len(criteria) == 1 else {LABEL: label}
            subject = Subject(self.asks, self.entry.id, leaf.id, criterion.id)
            cells = {**shown, **self.answers(leaf.id, criterion.id)}
            line = boxed(cells, self.widths, subject)
            yield attrs.evolve(line, basis=Basis.of(leaf, rubric).packed)

    def _leaf_cells(self, leaf: Leaf) -> Cells:
        """Give the locked cells of a leaf: number, label, rubric and scale."""
        rubric, render = self.desk.scheme.rubrics[leaf.id], self.desk.render
        return {
            NUMBER: Shown(leaf.id, Look.NUMBER),
            LABEL: Shown(render(leaf.label)),
            RUBRIC: Shown(render(rubric_title(rubric)), Look.RUBRIC, link=RUBRICS),
            SCALE: Shown(render(scale_text(rubric)), Look.SCALE),
        }

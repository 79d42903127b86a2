"""What a mark may be: leaf, criterion and value of one cell each, against the scheme."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

import attrs

from kvaljury.core.model import Edition, Rubric, Scheme
from kvaljury.errors import Text
from kvaljury.files.characters import quoted
from kvaljury.files.nearest import nearest_hint
from kvaljury.files.numbers import as_shown
from kvaljury.files.records import Record

# Possessive, so that no text takes more than one pass.
_QUESTION = re.compile(r"0*+([0-9]++)\s*+[.\-]?+\s*+([a-z]?+)\s*+[.)]?+", re.IGNORECASE)
_LONGEST_QUESTION = 20


@attrs.frozen
class Marking:
    """The leaves of an edition and the rubric of each.

    Attributes:
        rubrics: by leaf id.
        leaf_by_word: leaf id by its folded form.
        parts: leaf ids of each question that has parts, by question id.
    """

    rubrics: Mapping[str, Rubric]
    leaf_by_word: Mapping[str, str]
    parts: Mapping[str, tuple[str, ...]]
    _leaf_by_cell: dict[str, str] = attrs.field(factory=dict, init=False)
    _criterion_by_cell: dict[tuple[str, str], str] = attrs.field(factory=dict, init=False)
    _value_by_cell: dict[tuple[str, str], Fraction] = attrs.field(factory=dict, init=False)

    @classmethod
    def of(cls, edition: Edition, scheme: Scheme) -> Marking:
        """Collect leaves and questions."""
        questions = [question for area in edition.rules.areas for question in area.questions]
        parts = {q.id: tuple(leaf.id for leaf in q.leaves) for q in questions}
        return cls(
            scheme.rubrics,
            {leaf.casefold(): leaf for leaf in scheme.rubrics},
            {question: leaves for question, leaves in parts.items() if leaves != (question,)},
        )

    def leaf(self, record: Record) -> str | None:
        """Give the leaf that the cell ``question`` names: ``12a``, ``12 A`` or ``12.a``."""
        known = self._leaf_by_cell.get(str(record.cells.get("question")))
        if known is not None:
            return known
        text = record.exact_text("question")
        if text is None:
            return None
        leaf = self._find_leaf(text)
        if leaf is None:
            self._refuse_question(record, text)
            return None
        self._leaf_by_cell[text] = leaf
        return leaf

    def criterion(self, record: Record, leaf: str) -> str | None:
        """Give the id of the criterion that a cell names; a blank one is the rubric's only."""
        criteria = self.rubrics[leaf].criteria
        text = record.exact_text("criterion") if "criterion" in record.cells else ""
        if text is None:
            return None
        if not text and len(criteria) == 1:
            return criteria[0].id
        known = self._criterion_by_cell.get((leaf, text))
        if known is not None:
            return known
        labels = {
            label.casefold(): c.id for c in criteria for label in (c.label.en, c.label.sv or "")
        }
        words = {**labels, **{c.id.casefold(): c.id for c in criteria}}
        found = words.get(text.casefold()) if text else None
        if found is None:
            self._refuse_criterion(record, leaf, text)
            return None
        self._criterion_by_cell[leaf, text] = found
        return found

    def value(self, record: Record, leaf: str) -> Fraction | None:
        """Give the mark of a cell, on the scale of the leaf's rubric."""
        text = record.cells.get("mark")
        known = self._value_by_cell.get((leaf, str(text)))
        if known is not None:
            return known
        value = record.number("mark")
        if value is None or not self._is_on_scale(record, leaf, value):
            return None
        self._value_by_cell[leaf, str(text)] = value
        return value

    def _find_leaf(self, text: str) -> str | None:
        word = text.casefold()
        if word in self.leaf_by_word:
            return self.leaf_by_word[word]
        shape = _shape_of(word)
        return self.leaf_by_word.get(shape[1] + shape[2]) if shape else None

    def _refuse_question(self, record: Record, text: str) -> None:
        shape = _shape_of(text)
        parts = self.parts.get(shape[1] if shape and not shape[2] else text)
        if parts:
            record.fault(
                "question",
                "question-with-parts",
                Text('the question "{question}" is marked by its parts', question=text),
                Text("write one of: {words}", words=", ".join(parts)),
            )
            return
        record.fault(
            "question",
            "unknown-question",
            Text('the question "{question}" is unknown', question=quoted(text)),
            nearest_hint(text, self.rubrics),
        )

    def _refuse_criterion(self, record: Record, leaf: str, text: str) -> None:
        rubric = self.rubrics[leaf]
        names = [criterion.id for criterion in rubric.criteria if criterion.id]
        message = (
            Text(
                'the rubric {rubric} of question {question} has no criterion "{criterion}"',
                rubric=rubric.name,
                question=leaf,
                criterion=quoted(text),
            )
            if text
            else Text(
                "the rubric {rubric} of question {question} has several criteria; one was expected",
                rubric=rubric.name,
                question=leaf,
            )
        )
        hint = (
            Text("write one of: {words}", words=", ".join(names))
            if names
            else Text("leave the cell empty")
        )
        record.fault("criterion", "unknown-criterion", message, hint)

    def _is_on_scale(self, record: Record, leaf: str, value: Fraction) -> bool:
        scale = self.rubrics[leaf].scale
        if scale.admits(value):
            return True
        low, high, step = map(as_shown, (scale.low, scale.high, scale.step))
        mark = as_shown(value)
        outside = not scale.low <= value <= scale.high
        message = (
            Text("mark {mark} is outside {low}-{high}", mark=mark, low=low, high=high)
            if outside
            else Text(
                "mark {mark} is not on the scale {low}-{high} in steps of {step}",
                mark=mark,
                low=low,
                high=high,
                step=step,
            )
        )
        hint = (
            Text(
                "the scale goes from {low} to {high} in steps of {step}",
                low=low,
                high=high,
                step=step,
            )
            if outside
            else None
        )
        record.fault("mark", "off-scale", message, hint)
        return False


def _shape_of(text: str) -> re.Match[str] | None:
    return _QUESTION.fullmatch(text) if len(text) <= _LONGEST_QUESTION else None

"""By what a form asked for marks, held against the rubrics and questions of today."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from zlib import crc32

import attrs

from kvaljury.core.model import Edition, Leaf, Rubric, Scale, Scheme
from kvaljury.errors import Text
from kvaljury.files.numbers import as_shown
from kvaljury.files.tables import Row

_HINT = Text(
    "make a new form with kvaljury forms, and let the examiner set these marks on today's scale"
)


@attrs.frozen
class Basis:
    """By what a form asks for the marks of a leaf.

    Attributes:
        rubric: its name.
        scale: low, high and step.
        label: a few characters that tell one wording of the question from another.
    """

    rubric: str
    scale: Scale
    label: str

    @classmethod
    def of(cls, leaf: Leaf, rubric: Rubric) -> Basis:
        """Give that of an edition."""
        wording = f"{leaf.label.en}\n{leaf.label.sv or ''}"
        return cls(rubric.name, rubric.scale, f"{crc32(wording.encode('utf-8', 'replace')):08x}")

    @classmethod
    def parse(cls, text: str) -> Basis:
        """Read what `packed` gave."""
        label, low, high, step, rubric = text.split(" ", 4)
        return cls(rubric, Scale(Fraction(low), Fraction(high), Fraction(step)), label)

    @property
    def packed(self) -> str:
        """One line of text, as the hidden sheet of a form holds it."""
        scale = self.scale
        return f"{self.label} {scale.low} {scale.high} {scale.step} {self.rubric}"


@attrs.frozen
class Bases:
    """By what an edition asks for marks today.

    Attributes:
        by_leaf: id of the leaf.
        told: files and leaves of which people have been told.
    """

    by_leaf: Mapping[str, Basis]
    _told: set[tuple[str, str]] = attrs.field(factory=set, init=False)

    @classmethod
    def of(cls, edition: Edition, scheme: Scheme) -> Bases:
        """Collect them from the rules and the rubrics."""
        leaves = (leaf for area in edition.rules.areas for leaf in area.leaves())
        return cls(
            {leaf.id: Basis.of(leaf, scheme.rubrics[leaf.id])
             for leaf in leaves if leaf.id in scheme.rubrics}
        )  # fmt: skip

    def refuses(self, row: Row, leaf: str) -> bool:
        """Refuse a row with a mark that was set by another rubric; a file's leaf is told once.

        Args:
            row: of a form; rows of tables say nothing of what they were asked by.
            leaf: id of today.

        Returns:
            Whether the row is refused; one whose question is only worded otherwise is not.
        """
        if not row.basis or "mark" not in row.cells:
            return False
        then, now = Basis.parse(row.basis), self.by_leaf[leaf]
        if then == now:
            return False
        is_told = (row.file, leaf) in self._told
        self._told.add((row.file, leaf))
        if (then.rubric, then.scale) == (now.rubric, now.scale):
            if not is_told:
                _warn_of_wording(row, leaf)
            return False
        row.refused = True
        if not is_told:
            _refuse_rubric(row, leaf, then, now)
        return True


def _warn_of_wording(row: Row, leaf: str) -> None:
    message = Text("the question {question} is worded otherwise today than in the form",
                   question=leaf)  # fmt: skip
    hint = Text("check that the marks on it answer today's question too")
    row.warn("mark", "other-wording", message, hint)


def _refuse_rubric(row: Row, leaf: str, then: Basis, now: Basis) -> None:
    message = Text(
        "the form asks for marks on question {question} by the rubric {then} ({then_scale}), and"
        " the edition of today by the rubric {now} ({now_scale})",
        question=leaf,
        then=then.rubric,
        then_scale=_said(then.scale),
        now=now.rubric,
        now_scale=_said(now.scale),
    )
    row.fault("mark", "other-rubric", message, _HINT)


def _said(scale: Scale) -> Text:
    low, high, step = map(as_shown, (scale.low, scale.high, scale.step))
    return Text("{low}–{high} in steps of {step}", low=low, high=high, step=step)

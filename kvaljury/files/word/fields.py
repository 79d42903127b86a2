"""Word's complex fields, which begin and end anywhere in the text, to what of it is shown."""

from __future__ import annotations

import attrs

from kvaljury.files.word.names import Element, child, children, value, whole


@attrs.define
class _Field:
    """A field that is open; ``choice`` is that of a drop-down that has shown nothing yet."""

    choice: str
    is_in_result: bool = False


@attrs.define
class Fields:
    """The fields that are open where the text has been read to.

    Attributes:
        swallowed: whether text stood in the instructions of a field that is still open.
    """

    swallowed: bool = False
    _open: list[_Field] = attrs.field(factory=list)

    @property
    def is_open(self) -> bool:
        """Whether text belongs to a field."""
        return bool(self._open)

    @property
    def hides(self) -> bool:
        """Whether text is part of an instruction and so not shown."""
        return not all(field.is_in_result for field in self._open)

    def show(self) -> None:
        """Note that the innermost field shows text of its own."""
        self._open[-1].choice = ""

    def turn(self, mark: Element) -> str:
        """Pass a mark that begins, divides or ends a field.

        Returns:
            At the end of a drop-down of the old kind its choice, which stands in no run; else
            empty.
        """
        kind = value(mark, "w:fldCharType")
        if kind == "begin":
            self._open.append(_Field(_choice(mark)))
        elif kind == "separate" and self._open:
            self._open[-1].is_in_result = True
        elif kind == "end" and self._open:
            choice = self._open.pop().choice
            self.swallowed &= self.hides
            return choice
        return ""


def _choice(mark: Element) -> str:
    listed = child(child(mark, "w:ffData"), "w:ddList")
    entries = [value(entry) or "" for entry in children(listed, "w:listEntry")]
    chosen = whole(child(listed, "w:result"))
    if chosen is None:
        chosen = whole(child(listed, "w:default")) or 0
    return entries[chosen] if 0 <= chosen < len(entries) else ""

"""Word's automatic numbering to the number that it prints in front of each paragraph."""

from __future__ import annotations

import re
from collections.abc import Mapping

import attrs

from kvaljury.files.word.names import Element, child, children, is_on, value, whole

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_LETTERS = 26
_MOST_ROMAN = 32_767  # Word counts no further
_MOST_LETTERS = 30 * _LETTERS  # nor does it go beyond thirty z
_LONGEST = 255  # characters of a pattern; Word takes fewer
_LEVELS = 9
_PRIVATE = re.compile("[\ue000-\uf8ff]")  # Symbol and Wingdings have their bullets there


@attrs.frozen
class Level:
    """How a level of a list is numbered.

    Attributes:
        start: its first number.
        form: Word's name of the format (``decimal``, ``lowerLetter``, ``bullet``).
        text: with ``%1`` for the number of the first level and so on.
        restart: the level from 1 whose numbers start this one anew, 0 for none, or None for
            every level above.
        is_legal: whether all numbers are shown in digits.
        style: id of the style that is numbered at this level, or empty.
    """

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    is_legal: bool = False
    style: str = ""

    def starts_anew(self, own: int, used: int) -> bool:
        """Tell whether a paragraph of another level above (both from 0) starts it anew."""
        highest = own if self.restart is None else self.restart
        return used < min(own, highest)


@attrs.frozen
class NumberedList:
    """A list: its levels, and what it starts anew where it is first used.

    Attributes:
        pattern: id of the definition whose count it shares.
        levels: by number from 0.
        starts: the number that a level is set to at first use.
    """

    pattern: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]

    def level_of(self, style: str) -> int:
        """Give the level that a style is numbered at, 0 where none names it."""
        return next((n for n, level in self.levels.items() if level.style == style), 0)


@attrs.define
class Counter:
    """Counts the paragraphs of the lists of one story as they come.

    Attributes:
        lists: by id.
    """

    lists: Mapping[int, NumberedList]
    _counts: dict[str, dict[int, int]] = attrs.field(factory=dict)
    _started: set[tuple[int, int]] = attrs.field(factory=set)

    def number(self, list_id: int, level: int) -> str:
        """Give what stands before the next paragraph of a list at a level from 0."""
        found = self.lists.get(list_id)
        if found is None or level not in found.levels:
            return ""
        counts = self._counts.setdefault(found.pattern, {})
        self._count(list_id, found, level, counts)
        for deeper in [n for n in counts if n > level]:
            if deeper in found.levels and found.levels[deeper].starts_anew(deeper, level):
                del counts[deeper]
        return _printed(found, level, counts)

    def _count(self, list_id: int, found: NumberedList, level: int, counts: dict[int, int]) -> None:
        for above in range(level):
            counts.setdefault(above, found.levels.get(above, Level()).start)
        is_first = (list_id, level) not in self._started
        self._started.add((list_id, level))
        if is_first and level in found.starts:
            counts[level] = found.starts[level]
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = found.levels[level].start


def _printed(found: NumberedList, level: int, counts: Mapping[int, int]) -> str:
    own = found.levels[level]
    if own.form == "bullet":
        return _PRIVATE.sub("•", own.text)

    text = own.text
    # One replacement for each level, not for each place: a pattern may repeat them at length.
    for at in range(_LEVELS):
        if f"%{at + 1}" in text:
            form = "decimal" if own.is_legal else found.levels.get(at, Level()).form
            text = text.replace(f"%{at + 1}", formatted(counts[at], form) if at in counts else "")
    return text


def formatted(number: int, form: str) -> str:
    """Write a number in a format of Word, in digits where the format is a rare one.

    >>> [formatted(28, form) for form in ("lowerLetter", "upperRoman", "decimalZero")]
    ['bb', 'XXVIII', '28']
    """
    match form:
        case "none" | "bullet":
            return ""
        case "lowerLetter" | "upperLetter":
            letters = _letters(number)
        case "lowerRoman" | "upperRoman":
            letters = _roman(number)
        case "decimalZero":
            return f"{number:02d}"
        case _:
            return str(number)
    return letters.upper() if form.startswith("upper") else letters


def _letters(number: int) -> str:
    if not 0 < number <= _MOST_LETTERS:
        return str(number)
    times, letter = divmod(number - 1, _LETTERS)
    return chr(ord("a") + letter) * (times + 1)


def _roman(number: int) -> str:
    if not 0 < number <= _MOST_ROMAN:
        return str(number)
    written = ""
    for size, letters in _ROMAN:
        times, number = divmod(number, size)
        written += letters * times
    return written


def read_lists(root: Element | None) -> dict[int, NumberedList]:
    """Read the part ``numbering.xml``.

    Args:
        root: its element, or None where the file has none.

    Returns:
        The lists by id.
    """
    patterns = {value(e, "w:abstractNumId") or "": e for e in children(root, "w:abstractNum")}
    found = {}
    for element in children(root, "w:num"):
        list_id = whole(element, "w:numId")
        pattern = value(child(element, "w:abstractNumId")) or ""
        if list_id is not None and pattern in patterns:
            found[list_id] = _list(element, _followed(pattern, patterns), patterns)
    return found


def _followed(pattern: str, patterns: Mapping[str, Element]) -> str:
    """Follow a definition that only names a numbering style to the one that defines it."""
    style = value(child(patterns[pattern], "w:numStyleLink"))
    if style is None:
        return pattern
    defining = (n for n, e in patterns.items() if value(child(e, "w:styleLink")) == style)
    return next(defining, pattern)


def _list(element: Element, pattern: str, patterns: Mapping[str, Element]) -> NumberedList:
    levels = dict(map(_level, children(patterns[pattern], "w:lvl")))
    starts = {}
    for override in children(element, "w:lvlOverride"):
        levels.update(map(_level, children(override, "w:lvl")))
        at, start = whole(override, "w:ilvl"), whole(child(override, "w:startOverride"))
        if at is not None and start is not None:
            starts[at] = start
    return NumberedList(pattern, {n: levels[n] for n in levels if 0 <= n < _LEVELS}, starts)


def _level(element: Element) -> tuple[int, Level]:
    start = whole(child(element, "w:start"))
    return whole(element, "w:ilvl") or 0, Level(
        start=0 if start is None else start,
        form=value(child(element, "w:numFmt")) or "decimal",
        text=(value(child(element, "w:lvlText")) or "")[:_LONGEST],
        restart=whole(child(element, "w:lvlRestart")),
        is_legal=is_on(child(element, "w:isLgl")) or False,
        style=value(child(element, "w:pStyle")) or "",
    )

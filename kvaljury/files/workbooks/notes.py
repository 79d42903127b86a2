"""What people stick onto a sheet beside its cells: notes, threaded comments and text boxes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.parsers import expat

from kvaljury.errors import Source, Text
from kvaljury.files.characters import SPACES
from kvaljury.files.workbooks.contents import Note
from kvaljury.files.workbooks.markup import natural
from kvaljury.files.workbooks.packages import Package, broken_part
from kvaljury.files.workbooks.parts import relationships
from kvaljury.files.workbooks.references import parse_range

_THREAD = "threadedComment"
_MOST_NOTES = 10_000


def read_notes(package: Package, part: str) -> tuple[Note, ...]:
    """Read what is stuck onto a sheet.

    Args:
        package: the workbook.
        part: name of the sheet's part.

    Returns:
        In the order of the cells; of a note that Excel keeps beside a threaded comment only
        the comment.

    Raises:
        InputFault: if a part is not understood.
    """
    notes: dict[tuple[int, int], Note] = {}
    boxes: list[Note] = []
    threads: list[Note] = []
    for found in relationships(package, part).values():
        use, content = found.use.rpartition("/")[2], package.part(found.target)
        where = Source(package.file, 0, found.target)
        if content is None:
            continue
        if use == "comments":
            notes.update(((n.row, n.column), n) for n in _walked(content, "comment", where))
        elif use == _THREAD:
            threads.extend(_walked(content, _THREAD, where))
        elif use == "drawing":
            boxes.extend(_walked(content, "sp", where))
    spoken = {(note.row, note.column) for note in threads}
    lone = [note for place, note in notes.items() if place not in spoken]
    every = (note for note in (*lone, *threads, *boxes) if note.text)
    return tuple(sorted(every, key=lambda n: (n.row, n.column)))


def _walked(content: bytes, holder: str, where: Source) -> Iterator[Note]:
    reader = _NoteReader(holder)
    parser = expat.ParserCreate(namespace_separator=" ")
    handlers: dict[str, Callable[..., None]] = {
        "StartElementHandler": reader.begin,
        "EndElementHandler": reader.end,
        "CharacterDataHandler": reader.take,
    }
    for name, handler in handlers.items():
        setattr(parser, name, handler)
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise broken_part(Text("its XML is damaged"), where) from error
    if len(reader.notes) > _MOST_NOTES:
        message = Text("it has over {limit} notes", limit=_MOST_NOTES)
        raise broken_part(message, where, "too-large")
    return iter(reader.notes)


class _NoteReader:
    """Gathers the text of each holder, and the cell to which it is stuck."""

    def __init__(self, holder: str) -> None:
        self.notes: list[Note] = []
        self._holder = holder
        self._place = (1, 1)
        self._depth = 0
        self._text: list[str] = []
        self._is_anchor = False
        self._number: list[str] | None = None

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        local = name.rpartition(" ")[2]
        if local == self._holder:
            self._depth, self._text = 1, []
            cells = parse_range(attributes.get("ref", ""))
            if cells:
                self._place = cells.first_row, cells.first_column
        elif local == "from":
            self._is_anchor, self._place = True, (1, 1)
        self._number = [] if self._is_anchor and local in {"row", "col"} else None

    def take(self, text: str) -> None:
        """Take text, which may come in pieces."""
        if self._number is not None:
            self._number.append(text)
        elif self._depth:
            self._text.append(text)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        local = name.rpartition(" ")[2]
        if self._number is not None:
            number = (natural("".join(self._number).strip(SPACES)) or 0) + 1
            row, column = self._place
            self._place = (number, column) if local == "row" else (row, number)
        elif local == "from":
            self._is_anchor = False
        elif local == self._holder:
            said = " ".join("".join(self._text).split())
            self.notes.append(Note(*self._place, said, is_box=self._holder == "sp"))
            self._depth = 0
        elif local == "p":
            self._text.append("\n")
        self._number = None

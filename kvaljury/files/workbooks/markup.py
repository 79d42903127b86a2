"""XML to calls by what may stand where; what the grammar does not know is refused or skipped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from xml.parsers import expat

import attrs

from kvaljury.errors import Text
from kvaljury.files.characters import quoted

ENCODINGS = frozenset({"utf-8", "utf8", "utf-16", "us-ascii", "ascii"})
"""Those in which the parts of Office files may be written."""

XML_SPACES = " \t\r\n"
"""The white space of XML; a no-break space is text."""

_MOST_DIGITS = 9
_DEEPEST = 100  # elements; workbooks of Excel have under twenty

Attributes = Mapping[str, str]


class MarkupFault(Exception):  # a fault, as everywhere in the house
    """XML that is not understood.

    Attributes:
        message: what is, and what was expected.
        code: kebab-case kind of fault.
    """

    def __init__(self, message: Text, code: str = "broken-part") -> None:
        super().__init__(message, code)
        self.message = message
        self.code = code


@attrs.define(eq=False)
class Element:
    """What may stand in an element, and who is told of it.

    Attributes:
        children: by name, with its namespace and a blank before it.
        others: what becomes of further children; None refuses them.
        begin: is told of the attributes.
        end: is told of the text, empty where there is none.
        holds_text: whether it may have any.
    """

    children: Mapping[str, Element] = attrs.field(factory=dict)
    others: Element | None = None
    begin: Callable[[Attributes], None] | None = None
    end: Callable[[str], None] | None = None
    holds_text: bool = False


def skipping(*refused: str) -> Element:
    """Make an element of which nothing matters but that some names stand nowhere in it."""
    element = Element({name: Element(begin=_refuse) for name in refused}, holds_text=True)
    element.others = element
    return element


@lru_cache(maxsize=8192)
def natural(text: str) -> int | None:
    """Read a count or number that an attribute or value gives, or None.

    >>> natural("12"), natural("-1"), natural("1.0")
    (12, None, None)
    """
    is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_number else None


def named(space: str | tuple[str, ...], children: Mapping[str, Element]) -> dict[str, Element]:
    """Put names into a namespace, or into each of several that mean the same."""
    spaces = (space,) if isinstance(space, str) else space
    return {f"{one} {name}": element for one in spaces for name, element in children.items()}


def walk(content: bytes, document: Mapping[str, Element]) -> None:
    """Parse a part and tell the elements' functions what stands in it.

    Args:
        content: the part; UTF-8 or UTF-16.
        document: the element that it must consist of.

    Raises:
        MarkupFault: if it is not well-formed, too deep, or holds what the grammar lacks.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    walker = _Walker(Element(document))
    parser.StartElementHandler = walker.begin
    parser.EndElementHandler = walker.end
    parser.CharacterDataHandler = walker.chunks.append
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.XmlDeclHandler = _check_encoding
    try:
        parser.Parse(content, True)  # positional only
    except expat.ExpatError as error:
        message = Text("its XML is damaged at line {line}", line=str(error.lineno))
        raise MarkupFault(message) from error


class _Walker:
    """Where in the grammar one stands; ``chunks`` is the text since the last tag."""

    __slots__ = ("chunks", "element", "stack")

    def __init__(self, document: Element) -> None:
        self.element = document
        self.stack: list[Element] = []
        self.chunks: list[str] = []

    def begin(self, name: str, attributes: Attributes) -> None:
        if self.chunks:
            self._check_text(self._take())
        inner = self.element.children.get(name, self.element.others)
        if inner is None:
            raise MarkupFault(Text("<{name}> is not understood where it stands", name=_local(name)))
        self.stack.append(self.element)
        if len(self.stack) > _DEEPEST:
            raise MarkupFault(Text("its XML is nested deeper than {limit}", limit=_DEEPEST))
        self.element = inner
        if inner.begin:
            inner.begin(attributes)

    def end(self, _name: str) -> None:
        text = self._take() if self.chunks else ""
        if text:
            self._check_text(text)
        element = self.element
        self.element = self.stack.pop()
        if element.end:
            element.end(text)

    def _take(self) -> str:
        text = "".join(self.chunks)
        self.chunks.clear()
        return text

    def _check_text(self, text: str) -> None:
        if not self.element.holds_text and text.strip(XML_SPACES):
            said = quoted(text.strip(XML_SPACES))
            raise MarkupFault(Text('the text "{text}" stands where none can', text=said))


def _local(name: str) -> str:
    return quoted(name.rpartition(" ")[2])


def _refuse(_: Attributes) -> None:
    message = Text("alternatives or extensions hold cells, which can be read in two ways")
    raise MarkupFault(message)


def _refuse_doctype(*_: object) -> None:
    raise MarkupFault(Text("its XML declares a document type (DTD)"), "document-type")


def _check_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding and encoding.lower() not in ENCODINGS:
        raise MarkupFault(Text("its XML is in an encoding that Office does not use"))

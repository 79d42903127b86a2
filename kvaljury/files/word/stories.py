"""A story of a Word file (its body, a footnote, a header) to paragraphs, in reading order."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import attrs

from kvaljury.core.model.word_document import Origin, Paragraph, Part
from kvaljury.errors import Text
from kvaljury.files.word.drawings import (
    Placing,
    drawn_text,
    image,
    old_placing,
    placing,
    symbol,
)
from kvaljury.files.word.fields import Fields
from kvaljury.files.word.gathered import (
    BITS,
    DELETED,
    DRAWING,
    FIELD,
    HIDDEN,
    INSERTED,
    PASSED_ON,
    Gathered,
    Note,
    Pieces,
    stretches,
)
from kvaljury.files.word.names import UNDERSTOOD, Element, child, is_on, tags, value, whole
from kvaljury.files.word.numbering import Counter
from kvaljury.files.word.styles import heading_level


def read_story(
    gathered: Gathered,
    root: Element,
    source: str,
    part: Part,
    *,
    bits: int = 0,
    anchor: int | None = None,
) -> None:
    """Read a story.

    Args:
        gathered: gets its paragraphs, images and references to notes.
        root: the element that holds its paragraphs.
        source: name of the part of the file that it stands in.
        part: what it is.
        bits: what all of it is part of.
        anchor: index of the paragraph that refers to it.

    Raises:
        InputFault: if it holds text that cannot be read.
    """
    story = _Story(gathered, source, part, anchor, Counter(gathered.lists))
    story.walk(root, bits)
    story.close()


@attrs.define
class _Story:
    """Reads one story; what changes on the way down is given back on the way up."""

    gathered: Gathered
    source: str
    part: Part
    anchor: int | None
    counter: Counter
    fields: Fields = attrs.field(factory=Fields)
    pieces: Pieces | None = None
    at: int | None = None
    hides: bool = False
    in_table: bool = False
    placed: Placing = attrs.field(factory=Placing)

    def walk(self, element: Element, bits: int) -> None:
        for each in element:
            handle = _HANDLERS.get(each.tag, _Story.walk)
            if handle is not None:
                handle(self, each, bits)

    def close(self) -> None:
        """Refuse a story whose text ends inside the instruction of a field."""
        if self.fields.swallowed:
            message = Text("a field has no end, so that the text after it cannot be told from it")
            hint = Text("remove the field in Word, or replace it by its text (Ctrl+Shift+F9)")
            raise self.gathered.package.refusal("open-field", message, hint)

    # Paragraphs and what they stand in

    def paragraph(self, element: Element, bits: int) -> None:
        gathered, outer = self.gathered, (self.pieces, self.at, self.hides)
        properties = child(element, "w:pPr")
        style = value(child(properties, "w:pStyle")) or gathered.styles.default
        self.pieces, self.at = [], len(gathered.paragraphs)
        self.hides = gathered.styles.hides(style)
        number = self.number(properties, style)
        made = Paragraph(
            (),
            self.part,
            self.heading(properties, style),
            number,
            self.in_table,
            gathered.styles.name(style),
            self.anchor,
        )
        gathered.paragraphs.append(made)
        self.walk(element, bits)
        if self.pieces:
            text = attrs.evolve(made, stretches=stretches(self.pieces))
            gathered.paragraphs[self.at] = text
        self.pieces, self.at, self.hides = outer

    def heading(self, properties: Element | None, style: str) -> int:
        own = whole(child(properties, "w:outlineLvl"))
        return self.gathered.styles.heading(style) if own is None else heading_level(own)

    def number(self, properties: Element | None, style: str) -> str:
        own = child(properties, "w:numPr")
        list_id, level = whole(child(own, "w:numId")), whole(child(own, "w:ilvl"))
        if list_id is None:
            list_id, by_style = self.list_of(style)
            level = by_style if level is None else level
        return self.counter.number(list_id, level or 0) if list_id else ""

    def list_of(self, style: str) -> tuple[int | None, int | None]:
        """Give the list and level that a style numbers by."""
        for each in self.gathered.styles.chain(style):
            if each.list_id is not None:
                found = self.gathered.lists.get(each.list_id)
                at = found.level_of(each.id) if found else 0
                return each.list_id, at if each.list_level is None else each.list_level
        return None, None

    def table(self, element: Element, bits: int) -> None:
        outer, self.in_table = self.in_table, True
        self.walk(element, bits)
        self.in_table = outer

    def row(self, element: Element, bits: int) -> None:
        properties = child(element, "w:trPr")
        if is_on(child(properties, "w:hidden")):
            bits |= HIDDEN
        self.walk(element, bits | self.change(properties, "w:ins", "w:del"))

    def cell(self, element: Element, bits: int) -> None:
        properties = child(element, "w:tcPr")
        self.walk(element, bits | self.change(properties, "w:cellIns", "w:cellDel"))

    def change(self, properties: Element | None, inserted: str, deleted: str) -> int:
        is_inserted = child(properties, inserted) is not None
        is_deleted = child(properties, deleted) is not None
        self.gathered.tracks_changes |= is_inserted or is_deleted
        return INSERTED * is_inserted | DELETED * is_deleted

    def text_box(self, element: Element, bits: int) -> None:
        part = Part.TEXT_BOX if self.part is Part.BODY else self.part
        box = _Story(self.gathered, self.source, part, self.anchor, Counter(self.gathered.lists))
        box.walk(element, bits & PASSED_ON)
        box.close()

    def control(self, element: Element, bits: int) -> None:
        bits |= BITS[Origin.CONTENT_CONTROL]
        if is_on(child(child(element, "w:sdtPr"), "w:showingPlcHdr")):
            bits |= BITS[Origin.PLACEHOLDER]
        self.walk(element, bits)

    def alternatives(self, element: Element, bits: int) -> None:
        """Read one of several forms of the same thing: the first that is understood."""
        for each in element:
            asked = each.get("Requires", "").split()
            if all(each.nsmap.get(prefix) in UNDERSTOOD for prefix in asked):
                self.walk(each, bits)
                return

    def imported(self, _element: Element, _bits: int) -> None:
        message = Text("the document draws in text of another file, which cannot be counted")
        hint = Text("open the file in Word, save it as a new Word document and send that")
        raise self.gathered.package.refusal("imported-text", message, hint)

    # Text

    def run(self, element: Element, bits: int) -> None:
        # Its properties stand first and most runs have none that matter: this is the hot path.
        properties = element[0] if len(element) and element[0].tag in _RUN_PROPERTIES else None
        if self.is_hidden(properties):
            bits |= HIDDEN
        self.walk(element, bits)

    def is_hidden(self, properties: Element | None) -> bool:
        """Tell whether a run is hidden: its own word, else one of its two styles."""
        styles = self.gathered.styles
        if properties is None:
            return styles.hides_all or self.hides
        own = is_on(child(properties, "w:vanish"))
        if own is not None:
            return own
        named = value(child(properties, "w:rStyle"))
        return styles.hides_all or self.hides != (styles.hides(named) if named else False)

    def text(self, element: Element, bits: int) -> None:
        self.add("".join(element.itertext()) if len(element) else element.text or "", bits)

    def add(self, text: str, bits: int) -> None:
        if self.fields.is_open:
            bits |= FIELD
            if self.fields.hides:
                self.fields.swallowed |= bool(text.strip())
                return
            self.fields.show()
        if self.pieces is not None:
            self.pieces.append((text, bits))
        elif text:
            alone = Paragraph(stretches([(text, bits)]), self.part, anchor=self.anchor)
            self.gathered.paragraphs.append(alone)

    def deleted_text(self, element: Element, bits: int) -> None:
        self.text(element, bits | DELETED)

    def symbol(self, element: Element, bits: int) -> None:
        self.add(symbol(element), bits)

    def sign(self, element: Element, bits: int) -> None:
        self.add(_SIGN_BY_TAG[element.tag], bits)

    def field_mark(self, element: Element, bits: int) -> None:
        chosen = self.fields.turn(element)
        if chosen:
            self.add(chosen, bits | FIELD)

    def note(self, part: Part, element: Element, bits: int) -> None:
        found = value(element, "w:id")
        if found is not None and self.at is not None and self.part is not Part.COMMENT:
            self.gathered.notes.append(Note(part, found, bits & PASSED_ON, self.at))

    # What is drawn

    def frame(self, element: Element, bits: int) -> None:
        outer, self.placed = self.placed, placing(element)
        self.walk(element, bits)
        self.placed = outer

    def shape(self, element: Element, bits: int) -> None:
        outer, self.placed = self.placed, old_placing(element)
        self.walk(element, bits)
        self.placed = outer

    def word_art(self, element: Element, bits: int) -> None:
        self.add(element.get("string", ""), bits | DRAWING)

    def drawn(self, element: Element, bits: int) -> None:
        name, text = drawn_text(self.gathered.package, self.source, element)
        if name not in self.gathered.drawn:
            self.gathered.drawn.add(name)
            self.add(text, bits | DRAWING)

    def drawn_paragraph(self, element: Element, bits: int) -> None:
        bits |= DRAWING
        self.walk(element, bits)
        self.add("\n", bits)

    def picture(self, element: Element, bits: int) -> None:
        shown = value(element, "r:embed") or value(element, "r:link") or value(element, "r:id")
        if shown is None or bits & DELETED:
            return
        package = self.gathered.package
        if found := image(package, self.source, shown, self.placed, self.at):
            self.gathered.images.append(found)


_RUN_PROPERTIES = tags("w:rPr")

_Handler: TypeAlias = Callable[[_Story, Element, int], None] | None


def _within(origin: Origin) -> Callable[[_Story, Element, int], None]:
    """Read what stands inside as of an origin."""
    bit = BITS[origin]

    def handle(story: _Story, element: Element, bits: int) -> None:
        story.walk(element, bits | bit)

    return handle


def _changed(bit: int) -> Callable[[_Story, Element, int], None]:
    def handle(story: _Story, element: Element, bits: int) -> None:
        story.gathered.tracks_changes = True
        story.walk(element, bits | bit)

    return handle


def _noted(part: Part) -> Callable[[_Story, Element, int], None]:
    return lambda story, element, bits: story.note(part, element, bits)


_SIGNS = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:br": "\n",
    "w:cr": "\n",
    "a:br": "\n",
    "w:noBreakHyphen": "\u2011",
    "w:softHyphen": "\u00ad",
}
_SIGN_BY_TAG = {tag: sign for name, sign in _SIGNS.items() for tag in tags(name)}

_NO_TEXT = (
    "w:pPr",
    "w:rPr",
    "w:sectPr",
    "w:tblPr",
    "w:tblGrid",
    "w:trPr",
    "w:tcPr",
    "w:sdtPr",
    "w:sdtEndPr",
    "w:instrText",
    "w:delInstrText",
    "w:fldData",
    "w:smartTagPr",
    "w:customXmlPr",
    "w:rubyPr",
    "w:tblPrEx",
)

_BY_NAME: dict[str, _Handler] = {
    "w:p": _Story.paragraph,
    "w:r": _Story.run,
    "w:t": _Story.text,
    "w:delText": _Story.deleted_text,
    **dict.fromkeys(_SIGNS, _Story.sign),
    "w:sym": _Story.symbol,
    "w:tbl": _Story.table,
    "w:tr": _Story.row,
    "w:tc": _Story.cell,
    "w:ins": _changed(INSERTED),
    "w:moveTo": _changed(INSERTED),
    "w:del": _changed(DELETED),
    "w:moveFrom": _changed(DELETED),
    "w:sdt": _Story.control,
    "w:fldSimple": _within(Origin.FIELD),
    "w:fldChar": _Story.field_mark,
    "w:rt": _within(Origin.FIELD),
    "w:footnoteReference": _noted(Part.FOOTNOTE),
    "w:endnoteReference": _noted(Part.ENDNOTE),
    "w:altChunk": _Story.imported,
    "w:subDoc": _Story.imported,
    "w:txbxContent": _Story.text_box,
    "mc:AlternateContent": _Story.alternatives,
    "m:oMath": _within(Origin.EQUATION),
    "m:t": _Story.text,
    "wp:inline": _Story.frame,
    "wp:anchor": _Story.frame,
    "a:blip": _Story.picture,
    "a:p": _Story.drawn_paragraph,
    "a:t": _Story.text,
    "c:chart": _Story.drawn,
    "cx:chart": _Story.drawn,
    "dgm:relIds": _Story.drawn,
    "v:shape": _Story.shape,
    "v:rect": _Story.shape,
    "v:imagedata": _Story.picture,
    "v:textpath": _Story.word_art,
}

_HANDLERS: dict[str, _Handler] = {
    tag: handle
    for name, handle in (*_BY_NAME.items(), *((name, None) for name in _NO_TEXT))
    for tag in tags(name)
}

"""A Word file's bytes to its paragraphs and images, or to why it is refused."""

from __future__ import annotations

from kvaljury.core.model.word_document import Part, WordDocument
from kvaljury.errors import InputFault, Text
from kvaljury.files.log import InputLog
from kvaljury.files.word.gathered import HIDDEN, Gathered, Note
from kvaljury.files.word.names import Element, child, children, tags, value
from kvaljury.files.word.numbering import read_lists
from kvaljury.files.word.packages import WordPackage, open_word
from kvaljury.files.word.stories import read_story
from kvaljury.files.word.styles import read_styles

_EMBEDDED = ("oleObject", "package", "control")
_NOTES = {Part.FOOTNOTE: ("footnotes", "w:footnote"), Part.ENDNOTE: ("endnotes", "w:endnote")}
_MOST_DIGITS = 9


def read_word(content: bytes, file: str, log: InputLog) -> WordDocument | None:
    """Read a Word document.

    Every text run is walked: content controls, tracked changes, fields, text boxes, notes,
    comments, headers and footers, charts and diagrams, each told from the rest by `Part` and
    `Origin`.

    Args:
        content: the bytes of the file.
        file: its address relative to the edition folder.
        log: gets the fault where it is refused as a whole: another format, a password, macros,
            damage, or text that stands in another file.

    Returns:
        The document, or None after a fault.
    """
    try:
        package = open_word(content, file, log)
        return None if package is None else _read(package)
    except InputFault as fault:
        log.faults.append(fault)
        return None


def _read(package: WordPackage) -> WordDocument:
    main = _main_part(package)
    root = package.xml(main)
    body = child(root, "w:body") if root.tag in tags("w:document") else None
    if body is None:
        message = Text("the file holds no text of a Word document")
        raise package.refusal("no-word-file", message)
    gathered = Gathered(
        package,
        read_styles(_only(package, main, "styles")),
        read_lists(_only(package, main, "numbering")),
    )
    read_story(gathered, body, main, Part.BODY)
    _read_notes(gathered, main)
    _read_rest(gathered, main)
    return WordDocument(
        file=package.file,
        paragraphs=tuple(gathered.paragraphs),
        images=tuple(gathered.images),
        counted_by_word=_counted_by_word(package),
        tracks_changes=gathered.tracks_changes,
        embedded=_embedded(package, main),
    )


def _main_part(package: WordPackage) -> str:
    found = package.related("", "officeDocument")
    if len(found) != 1:
        message = Text("the file does not say which part of it holds the text")
        raise package.refusal("no-word-file", message)
    return found[0]


def _only(package: WordPackage, main: str, kind: str) -> Element | None:
    found = package.related(main, kind)
    return package.xml(found[0]) if found else None


def _read_notes(gathered: Gathered, main: str) -> None:
    """Read the notes in the order of their references; what nothing refers to nobody sees."""
    package, references = gathered.package, list(gathered.notes)
    for part, (kind, tag) in _NOTES.items():
        for source in package.related(main, kind):
            notes = {value(e, "w:id"): e for e in children(package.xml(source), tag)}
            regular = {name: e for name, e in notes.items() if _is_regular(e)}
            for reference in references:
                if reference.part is part and reference.id in regular:
                    element = regular.pop(reference.id)
                    _read_note(gathered, element, source, reference)
            for element in regular.values():
                read_story(gathered, element, source, part, bits=HIDDEN)


def _read_note(gathered: Gathered, element: Element, source: str, reference: Note) -> None:
    part, bits, anchor = reference.part, reference.bits, reference.anchor
    read_story(gathered, element, source, part, bits=bits, anchor=anchor)


def _is_regular(note: Element) -> bool:
    """Tell a note from the lines that Word draws above notes."""
    return value(note, "w:type") in {None, "normal"}


def _read_rest(gathered: Gathered, main: str) -> None:
    for kind, part in (
        ("comments", Part.COMMENT),
        ("header", Part.HEADER),
        ("footer", Part.FOOTER),
    ):
        for source in gathered.package.related(main, kind):
            read_story(gathered, gathered.package.xml(source), source, part)


def _counted_by_word(package: WordPackage) -> int | None:
    """Give the count of the program that saved the file; 0 is what others than Word note."""
    sources = package.related("", "extended-properties") + package.related("", "extendedProperties")
    noted = child(package.xml(sources[0]), "ep:Characters") if sources else None
    digits = ("" if noted is None else noted.text or "").strip()
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS
    return (int(digits) or None) if is_number else None


def _embedded(package: WordPackage, main: str) -> tuple[str, ...]:
    found = [name for kind in _EMBEDDED for name in package.related(main, kind)]
    return tuple(name.rpartition("/")[2] for name in found)

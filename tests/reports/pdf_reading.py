"""PDF documents to what tests look at: text, structure, fonts, verdicts of a validator."""

import io
from collections import Counter
from collections.abc import Iterator

import page
import pikepdf
import pypdfium2

ACCESSIBLE, ARCHIVAL = page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A


def texts(data: bytes) -> list[str]:
    """The text of each page, lines ended by a line feed."""
    with pypdfium2.PdfDocument(data) as document:
        pages = [each.get_textpage().get_text_bounded() for each in document]
    return [text.replace("\r\n", "\n").replace("\ufffe", "-") for text in pages]


def failures(data: bytes, profile: page.ValidationProfile) -> list[str]:
    """What keeps a document from a profile."""
    report = page.validate_pdf_bytes(data, profile=profile)
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def elements(data: bytes) -> Iterator[pikepdf.Dictionary]:
    """The structure elements in reading order."""
    file = opened(data)  # what is read from it lives no longer than it does
    waiting = [file.Root.StructTreeRoot.K]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting.extend(reversed(list(node)))
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                yield node
            if "/K" in node:
                waiting.append(node.K)


def alternatives(data: bytes) -> list[str]:
    """What listeners are told of each figure."""
    return [str(element.Alt) for element in elements(data) if element.S == "/Figure"]


def title(data: bytes) -> str:
    file = opened(data)
    return str(file.docinfo["/Title"])


def tags(data: bytes) -> Counter[str]:
    """How often each kind of structure element occurs."""
    return Counter(str(element.S) for element in elements(data))


def fonts(data: bytes) -> dict[str, bool]:
    """Whether each font of a document is embedded, by name."""
    found = {}
    file = opened(data)
    for each in file.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor":
            found[str(each.FontName)] = any(f"/FontFile{n}" in each for n in ("", 2, 3))
    return found


def bookmarks(data: bytes) -> list[tuple[str, list[str]]]:
    """Titles of the bookmarks with those of the level below."""
    file = opened(data)
    with file.open_outline() as outline:
        return [(item.title, [below.title for below in item.children]) for item in outline.root]

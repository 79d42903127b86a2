"""A document to one in which every line that a writer has broken is a paragraph of its own."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from kvaljury.core.model.word_document import Paragraph, Stretch, WordDocument


@attrs.frozen
class Lines:
    """A document by its lines.

    Attributes:
        document: with a paragraph for each line; its characters without whitespace are those of
            the document that it was made of.
        origins: index of the paragraph that each line stands in.
    """

    document: WordDocument
    origins: tuple[int, ...]

    def of_paragraph(self, index: int) -> range:
        """Give the indexes of a paragraph's lines, at least one."""
        first = self.origins.index(index)
        return range(first, first + self.origins.count(index))


def by_lines(document: WordDocument) -> Lines:
    """Split a document at line breaks: a question may begin after one.

    Args:
        document: as it was read.

    Returns:
        Its lines; a paragraph's number stands before its first line only, notes and images
        refer to the first line of theirs.
    """
    split = [_lines(paragraph) for paragraph in document.paragraphs]
    firsts = [0]
    for lines in split:
        firsts.append(firsts[-1] + len(lines))
    paragraphs = tuple(
        attrs.evolve(line, anchor=None if line.anchor is None else firsts[line.anchor])
        for lines in split
        for line in lines
    )
    images = tuple(
        attrs.evolve(image, paragraph=None if image.paragraph is None else firsts[image.paragraph])
        for image in document.images
    )
    origins = tuple(index for index, lines in enumerate(split) for _ in lines)
    return Lines(attrs.evolve(document, paragraphs=paragraphs, images=images), origins)


def _lines(paragraph: Paragraph) -> Sequence[Paragraph]:
    # What nobody reads, such as a deleted break, begins no line.
    if "\n" not in paragraph.text:
        return [paragraph]
    rows: list[list[Stretch]] = [[]]
    for stretch in paragraph.stretches:
        first, *others = stretch.text.split("\n") if stretch.is_read else [stretch.text]
        rows[-1].append(attrs.evolve(stretch, text=first))
        rows += [[attrs.evolve(stretch, text=other)] for other in others]
    first_line, *rest = (attrs.evolve(paragraph, stretches=tuple(row)) for row in rows)
    return [first_line, *(attrs.evolve(line, number="") for line in rest)]

"""Personal identity numbers in all that a unit has sent and that could be read."""

from __future__ import annotations

from collections.abc import Iterator

from kvaljury.core.intake.citations import NO_RULE
from kvaljury.core.intake.findings import BidFinding, Severity, paragraph_text
from kvaljury.core.intake.lines import Lines
from kvaljury.core.intake.personal_numbers import PersonalNumber, personal_numbers
from kvaljury.core.intake.sections import Outline
from kvaljury.core.model.bid_folder import BidFolder
from kvaljury.core.model.word_document import Paragraph, Part, WordDocument
from kvaljury.errors import Text

_PARTS = {
    Part.FOOTNOTE: Text("in a footnote"),
    Part.ENDNOTE: Text("in an endnote"),
    Part.COMMENT: Text("in a comment"),
    Part.HEADER: Text("in a header"),
    Part.FOOTER: Text("in a footer"),
}


def personal_findings(
    folder: BidFolder, chosen: tuple[Lines, Outline] | None, year: int
) -> Iterator[BidFinding]:
    """Look for personal numbers.

    Args:
        folder: of the bid.
        chosen: lines and outline of the document that is the contribution, or None.
        year: the latest year of birth that can be meant.
    """
    for number in dict.fromkeys(n for f in folder.files for n in personal_numbers(f.name, year)):
        yield _finding(number, Text("in the name of a file"))
    for document in folder.documents:
        if chosen is not None and document.file == chosen[0].document.file:
            yield from _in_contribution(document, *chosen, year)
        else:
            yield from _in_another(document, year)
    if folder.presentation_document is not None:
        yield from _in_another(folder.presentation_document, year)
    elif folder.presentation is not None:
        for number in dict.fromkeys(personal_numbers(folder.presentation, year)):
            yield _finding(number, Text("in the presentation text"))


def _in_contribution(
    document: WordDocument, lines: Lines, seen: Outline, year: int
) -> Iterator[BidFinding]:
    for index, paragraph in enumerate(document.paragraphs):
        for number in _numbers(paragraph, year):
            if paragraph.part in _PARTS:
                yield _finding(number, _PARTS[paragraph.part])
                continue
            own = lines.of_paragraph(index)
            inside = (i for i in own if number in _numbers(lines.document.paragraphs[i], year))
            yield _finding(number, paragraph_text(next(inside, own.start), seen))


def _in_another(document: WordDocument, year: int) -> Iterator[BidFinding]:
    name = document.file.rpartition("/")[2]
    for index, paragraph in enumerate(document.paragraphs):
        place = _PARTS.get(paragraph.part, Text("paragraph {n}", n=index + 1))
        for number in _numbers(paragraph, year):
            yield _finding(number, Text("{file}, {place}", file=name, place=place))


def _numbers(paragraph: Paragraph, year: int) -> list[PersonalNumber]:
    """Give each number once; what was deleted under tracked changes is still in the file."""
    texts = (paragraph.text, "".join(stretch.text for stretch in paragraph.stretches))
    return list(dict.fromkeys(n for text in texts for n in personal_numbers(text, year)))


def _finding(number: PersonalNumber, where: Text) -> BidFinding:
    return BidFinding(
        "personal-number",
        NO_RULE,
        Severity.LOOK,
        Text(
            "{number} looks like a personal {kind}.", number=number.masked, kind=kind_text(number)
        ),
        where,
        removal_hint(number),
    )


def kind_text(number: PersonalNumber) -> Text:
    """Name what a number is built as."""
    return Text("coordination number") if number.is_coordination else Text("identity number")


def removal_hint(number: PersonalNumber) -> Text:
    """Say what to do about a number, which may be something else."""
    if number.is_coordination:
        return Text(
            "Remove personal coordination numbers. If it is a case or invoice number, it may stay."
        )
    return Text("Remove personal identity numbers. If it is a case or invoice number, it may stay.")

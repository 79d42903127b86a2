"""The decisions that count to what the city tells of them: who receives what, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kvaljury.core.model.blocks import Block, Document, Heading, Paragraph, Words
from kvaljury.core.model.recorded import RecordedDecision
from kvaljury.errors import Text

NAME = "publish"


def announcement_document(decisions: Iterable[RecordedDecision], title: Words) -> Document:
    """Write what is published.

    Args:
        decisions: those that count, in the order in which classes are shown.
        title: of the edition.

    Returns:
        For each class the recipients with their motivations; one that lacks is left out here
        and told by `without_motivation`.
    """
    blocks = tuple(block for decision in decisions for block in _class(decision))
    return Document(NAME, title, Text("Recipients and motivations"), blocks, "")


def recipients(decision: RecordedDecision) -> tuple[str, ...]:
    """Give the ids of who receives the award, then of who receives a mention."""
    return decision.awards + decision.mentions


def without_motivation(decisions: Iterable[RecordedDecision]) -> tuple[str, ...]:
    """Name the recipients for whom the record holds no motivation."""
    return tuple(
        decision.unit(entry)
        for decision in decisions
        for entry in recipients(decision)
        if entry not in decision.motivations
    )


def _class(decision: RecordedDecision) -> Iterator[Block]:
    yield Heading(decision.title)
    if not decision.awards:
        yield Paragraph(Text("Nobody receives the award of the class this year."))
    for entry in decision.awards:
        said = Text("The award: {unit}", unit=_name(decision, entry))
        yield from _recipient(decision, entry, said)
    for entry in decision.mentions:
        said = Text("Honourable mention: {unit}", unit=_name(decision, entry))
        yield from _recipient(decision, entry, said)


def _name(decision: RecordedDecision, entry: str) -> str:
    return next((n.name for n in decision.nominees if n.entry == entry), entry)


def _recipient(decision: RecordedDecision, entry: str, said: Text) -> Iterator[Block]:
    yield Heading(said, level=3)
    motivation = decision.motivations.get(entry)
    if motivation is not None:
        yield Paragraph(motivation.text)

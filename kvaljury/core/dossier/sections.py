"""Section plugins asked for their blocks, and what they answer held against its contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from kvaljury.core.asking import asking
from kvaljury.core.dossier.soundness import is_sound_block
from kvaljury.core.model import DossierCase, DossierSection, Text
from kvaljury.core.model.blocks import Block, IntervalChart, Paragraph
from kvaljury.errors import PluginFault

_MOST_BLOCKS = 1000


def build_blocks(case: DossierCase, sections: Sequence[DossierSection]) -> tuple[Block, ...]:
    """Ask every section what it has to tell of an entry.

    Args:
        case: everything that may be told.
        sections: in order.

    Returns:
        The blocks of all sections, in order; in a class that cannot be compared, a notice stands
        over every chart of its entries.

    Raises:
        PluginFault: if a section fails or answers with something that cannot be shown.
    """
    return tuple(block for section in sections for block in _blocks_of(case, section))


def _blocks_of(case: DossierCase, section: DossierSection) -> Iterator[Block]:
    def failed(said: str) -> Text:
        return Text("The dossier section {name} failed: {error}", name=section.name, error=said)

    plugin = f"dossier-section {section.name}"
    with asking(plugin, failed):
        answered: object = section.build(case)
        if isinstance(answered, Iterable):
            answered = tuple(islice(answered, _MOST_BLOCKS + 1))
    blocks = answered if isinstance(answered, tuple) else (answered,)
    if len(blocks) > _MOST_BLOCKS:
        message = Text(
            "The dossier section {name} answered with more than {n} blocks",
            name=section.name,
            n=_MOST_BLOCKS,
        )
        raise PluginFault(message, code="plugin-wrong-answer", plugin=plugin)
    for block in blocks:
        if not is_sound_block(block):
            raise PluginFault(
                Text(
                    "The dossier section {name} answered with a {kind} that cannot be shown",
                    name=section.name,
                    kind=type(block).__name__,
                ),
                code="plugin-wrong-answer",
                plugin=plugin,
            )
    yield from _with_banners(case, blocks)


def _with_banners(case: DossierCase, blocks: Sequence[Block]) -> Iterator[Block]:
    """Put the notice over charts that set entries against each other, where it is not there."""
    before: Block | None = None
    for block in blocks:
        is_told = isinstance(before, Paragraph) and before.is_notice
        if isinstance(block, IntervalChart) and not is_told:
            yield from case.banner()
        yield block
        before = block

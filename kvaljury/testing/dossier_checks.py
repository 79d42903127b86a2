"""What kvaljury relies on in dossier sections, tried on made-up cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from kvaljury.core.dossier.sections import build_blocks
from kvaljury.core.dossier.soundness import BLOCKS
from kvaljury.core.model import DossierCase, DossierSection, Text
from kvaljury.core.model.blocks import Block, Cell, Column, Interval, IntervalChart, Strip
from kvaljury.errors import PluginFault
from kvaljury.registry.contents import fault_in
from kvaljury.testing.dossier_samples import sample_cases

_PARTS = (Cell, Column, Interval, Strip)


def check_dossier_section(section: DossierSection) -> None:
    """Hold a dossier section to its contract, on cases with and without what it may look for.

    Args:
        section: what a plugin offers.

    Raises:
        AssertionError: unless every case gives sound blocks, the same each time, every Text has
            its Swedish, and in a class that cannot be compared a notice stands over each chart
            of its entries.
    """
    _demand(type(section) is DossierSection, f"expected a DossierSection, not {section!r}")
    fault = fault_in(section)
    _demand(fault is None, f"{section.name}: {fault}")
    for what, case in sample_cases().items():
        blocks = _built(section, case, what)
        _demand(_built(section, case, what) == blocks, f"{what}: the same case gave other blocks")
        for text in _texts(blocks):
            _demand(
                text.sv is not None or text in _given(case),
                f"{what}: the text {text.en!r} lacks its Swedish, sv=…",
            )
        charts = sum(isinstance(block, IntervalChart) for block in blocks)
        said = tuple(section.build(case))
        _demand(
            case.comparable or not charts or len(said) == len(blocks),
            f"{what}: case.banner() must stand right over a chart of the class's entries",
        )


def _built(section: DossierSection, case: DossierCase, what: str) -> tuple[Block, ...]:
    try:
        return build_blocks(case, [section])
    except PluginFault as fault:
        raise AssertionError(f"{what}: {fault}") from fault


def _texts(value: Any) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
        for _, each in value.parameters:
            yield from _texts(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
    elif type(value) in (*BLOCKS, *_PARTS):
        yield from _texts(attrs.astuple(value, recurse=False))


def _given(case: DossierCase) -> set[Text]:
    """Give the texts of kvaljury's own that a case holds; the catalogue has their Swedish."""
    return {text for banner in case.banner() for text in _texts((banner,))}


def _demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise AssertionError(otherwise)

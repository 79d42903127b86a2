"""Presentation texts that hold what no dossier should show: personal identity numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kvaljury.core.intake.personal_findings import kind_text, removal_hint
from kvaljury.core.intake.personal_numbers import personal_numbers
from kvaljury.core.model.dossier import Bid
from kvaljury.errors import Source, Text
from kvaljury.files import InputWarning
from kvaljury.files.bids import BIDS


def presentation_warnings(bids: Mapping[str, Bid], year: int) -> Iterator[InputWarning]:
    """Warn of each number that is built as a personnummer or samordningsnummer.

    Args:
        bids: what was read, by entry id.
        year: the latest year of birth that can be meant.

    Yields:
        One warning for each number and entry, the number masked.
    """
    for entry, bid in bids.items():
        for number in dict.fromkeys(personal_numbers(bid.presentation, year)):
            message = Text(
                "the presentation text holds {number}, which looks like a personal {kind}",
                number=number.masked,
                kind=kind_text(number),
            )
            where = Source(f"{BIDS}/{entry}")
            yield InputWarning(message, where, removal_hint(number), "personal-number")

"""A ranking to what the jury reads: a case for each entry, an overview for each class."""

from kvaljury.core.dossier.blinding import (
    Blinding,
    blinded,
    blinded_class,
    blinded_edition,
    blinding_of,
    hiding_others,
)
from kvaljury.core.dossier.cases import build_cases, entries_for_jury
from kvaljury.core.dossier.codes import reader_codes, unit_codes
from kvaljury.core.dossier.comments import Comments, sort_comments
from kvaljury.core.dossier.overview import dossier_name, overview_blocks, overview_name
from kvaljury.core.dossier.sections import build_blocks

__all__ = [
    "Blinding",
    "Comments",
    "blinded",
    "blinded_class",
    "blinded_edition",
    "blinding_of",
    "build_blocks",
    "build_cases",
    "dossier_name",
    "entries_for_jury",
    "hiding_others",
    "overview_blocks",
    "overview_name",
    "reader_codes",
    "sort_comments",
    "unit_codes",
]

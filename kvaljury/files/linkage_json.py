"""How firmly the teams are linked as JSON."""

from __future__ import annotations

from typing import Any

from kvaljury.core.model import Linkage
from kvaljury.files.rounding import six_decimals


def linkage_json(linkage: Linkage | None) -> dict[str, Any] | None:
    """Give the links between teams.

    Args:
        linkage: of a ranking, or None where it has one team only.

    Returns:
        Numbers with 6 decimals, absent ones null; every pair of teams.
    """
    if linkage is None:
        return None
    return {
        "algebraic_connectivity": six_decimals(linkage.algebraic_connectivity),
        "standard_error": six_decimals(linkage.standard_error),
        "team_differences": [
            {
                "teams": list(pair.teams),
                "difference": six_decimals(pair.difference),
                "standard_error": six_decimals(pair.standard_error),
            }
            for pair in linkage.team_differences
        ],
        "strengthening": [
            {
                "examiner": reading.examiner,
                "entry": reading.entry,
                "standard_error": six_decimals(reading.standard_error_after),
            }
            for reading in linkage.strengthening
        ],
    }

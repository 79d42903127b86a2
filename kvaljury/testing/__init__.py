"""Contract checks for what plugins offer, and strategies and samples for their tests."""

from kvaljury.testing.checks import (
    check_aggregation,
    check_eligibility_rule,
    check_normalisation,
    check_rubric,
    check_shortlist_rule,
)
from kvaljury.testing.dossier_checks import check_dossier_section
from kvaljury.testing.jury_checks import check_jav_rule, check_voting_method
from kvaljury.testing.samples import panel_of
from kvaljury.testing.strategies import entries, marks, panels

__all__ = [
    "check_aggregation",
    "check_dossier_section",
    "check_eligibility_rule",
    "check_jav_rule",
    "check_normalisation",
    "check_rubric",
    "check_shortlist_rule",
    "check_voting_method",
    "entries",
    "marks",
    "panel_of",
    "panels",
]

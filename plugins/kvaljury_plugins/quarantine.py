"""Rule: an awarded unit waits some years; a mention bars nothing, predecessors count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kvaljury import EligibilityRule, Entry, Outcome, Text, Verdict, hookimpl
from kvaljury_plugins.parameters import expect_parameters, whole_number


def check(entry: Entry, parameters: Mapping[str, object]) -> Verdict:
    """Judge by the latest award of the unit and its predecessors.

    Args:
        entry: the entry.
        parameters: ``years``, whole years between the award and the next entry; ``year`` of
            the edition. Won 2022 with ``years`` 2: 2023 and 2024 are barred, 2025 is free.

    Raises:
        ValueError: if a parameter is missing or no whole number.
    """
    expect_parameters(parameters, "years", "year")
    years = whole_number(parameters, "years")
    year = whole_number(parameters, "year")
    won = _latest_award(entry)
    if won is None:
        return Verdict(
            Outcome.PASS,
            Text("The unit has had no award", sv="Verksamheten har inte fått någon utmärkelse"),
            Text("no award", sv="ingen utmärkelse"),
        )
    earliest = won + years + 1
    reason = Text(
        "Latest award {won}; the unit may take part again from {earliest}",
        sv="Senaste utmärkelse {won}; verksamheten får delta igen tidigast {earliest}",
        won=str(won),
        earliest=str(earliest),
    )
    outcome = Outcome.PASS if year >= earliest else Outcome.FAIL
    limit = Text("from {earliest}", sv="tidigast {earliest}", earliest=str(earliest))
    return Verdict(outcome, reason, str(won), limit)


def _latest_award(entry: Entry) -> int | None:
    years = (entry.last_award_year, *(unit.last_award_year for unit in entry.predecessors))
    return max((year for year in years if year is not None), default=None)


@hookimpl
def kvaljury_eligibility_rules() -> Iterator[EligibilityRule]:
    """Offer ``quarantine``."""
    yield EligibilityRule("quarantine", check)

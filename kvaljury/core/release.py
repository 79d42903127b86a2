"""The deadlines of an edition to the day after which results may be told."""

from __future__ import annotations

from datetime import date

from kvaljury.core.deadlines import all_deadlines, last_day_of
from kvaljury.core.model import DeadlineKind, RuleSet


def ceremony_day(rules: RuleSet) -> date | None:
    """Give the day of the ceremony, the last one where there are several.

    Args:
        rules: with the edition's changes applied.

    Returns:
        The day, or None where the edition names none.
    """
    days = [
        last_day_of(deadline.at)
        for deadline in all_deadlines(rules)
        if deadline.kind is DeadlineKind.CEREMONY
    ]
    return max(days, default=None)


def may_be_told(rules: RuleSet, day: date) -> bool:
    """Tell whether results may be told on a day: the ceremony must have been before it."""
    ceremony = ceremony_day(rules)
    return ceremony is not None and day > ceremony

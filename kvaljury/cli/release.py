"""Whether results may be told yet, as commands that tell them ask."""

from __future__ import annotations

from datetime import date, datetime

from kvaljury.cli.progress import day_of
from kvaljury.core.model import Edition
from kvaljury.errors import RulesFault, Text, UsageFault


def today() -> date:
    """Give the day that it is here."""
    return datetime.now().astimezone().date()


def moment() -> str:
    """Give the local time as ISO text, as the record notes it."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def told_day(text: str | None) -> date:
    """Read the day on which results are told.

    Args:
        text: ``2025-11-26``, or None for today.

    Raises:
        UsageFault: if it is no day, or lies ahead: nobody can be told of tomorrow's results.
    """
    day = today() if text is None else day_of(text)
    if day > today():
        raise UsageFault(
            Text("{day} has not come yet; today or an earlier day was expected", day=day)
        )
    return day


def require_told(edition: Edition, day: date, hint: Text | None = None) -> None:
    """Refuse to tell results before the day after the ceremony.

    Args:
        edition: whose deadlines name the ceremony.
        day: on which results would be told.
        hint: what may be done about it.

    Raises:
        RulesFault: if the ceremony has not been, or the edition names none.
    """
    from kvaljury.core.release import ceremony_day, may_be_told

    if may_be_told(edition.rules, day):
        return
    ceremony = ceremony_day(edition.rules)
    if ceremony is None:
        raise RulesFault(
            Text("the edition names no day for the ceremony, and results are told after it"),
            hint=hint or _NAME_IT,
            code="no-ceremony",
        )
    raise RulesFault(
        Text(
            "the ceremony is on {ceremony}; results are told from the day after, and this is {day}",
            ceremony=ceremony,
            day=day,
        ),
        hint=hint or Text("wait until the ceremony has been"),
        code="before-ceremony",
    )


_NAME_IT = Text("give edition.toml a [[deadlines]] of the kind ceremony")

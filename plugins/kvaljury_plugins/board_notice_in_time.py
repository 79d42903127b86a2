"""Rule: the extract of the board's minutes came in time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kvaljury import EligibilityRule, Entry, Text, Verdict, hookimpl
from kvaljury_plugins.deadlines import judge_arrival
from kvaljury_plugins.parameters import expect_parameters, moment

WHAT = Text("The extract of the minutes", sv="Protokollsutdraget")


def check(entry: Entry, parameters: Mapping[str, object]) -> Verdict:
    """Judge by ``board_notice_date``.

    Args:
        entry: the entry.
        parameters: ``deadline``, the last moment or day in local time.

    Raises:
        ValueError: if the deadline is missing or no moment.
    """
    expect_parameters(parameters, "deadline")
    return judge_arrival(WHAT, entry.board_notice_date, moment(parameters, "deadline"))


@hookimpl
def kvaljury_eligibility_rules() -> Iterator[EligibilityRule]:
    """Offer ``board-notice-in-time``."""
    yield EligibilityRule("board-notice-in-time", check)

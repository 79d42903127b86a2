"""Which entries an examiner reads: the team's own, guest readings and calibration cases."""

from __future__ import annotations

from kvaljury.core.model import Edition, Entry
from kvaljury.core.model.progress import ReadingKind
from kvaljury.core.model.reading_lists import reading_lists
from kvaljury.errors import Text

_WHY = {
    ReadingKind.HOME: Text("of the team"),
    ReadingKind.GUEST: Text("guest reading"),
    ReadingKind.EXTRA: Text("calibration case, which may be read and is not waited for"),
}


def readings_of(edition: Edition, examiner: str) -> dict[str, Text]:
    """Give what an examiner has leave to read.

    Args:
        edition: entries, teams, guests and declared jäv.
        examiner: id.

    Returns:
        Why, by entry id: the team's entries first, then guest readings, then calibration
        cases; none under declared jäv.
    """
    barred = jav_of(edition, examiner)
    listed = reading_lists(edition).get(examiner, {})
    return {entry: _WHY[kind] for entry, kind in listed.items() if entry not in barred}


def jav_of(edition: Edition, examiner: str) -> frozenset[str]:
    """Give the entries for which an examiner has declared jäv."""
    return frozenset(
        jav.entry for each in edition.examiners if each.id == examiner for jav in each.jav
    )


def entries_by_id(edition: Edition) -> dict[str, Entry]:
    """Give the entries of an edition by id."""
    return {entry.id: entry for entry in edition.entries}

"""Which entries an examiner reads: the team's own, guest readings and calibration cases."""

from __future__ import annotations

from kvaljury.core.model import Edition, Entry, State
from kvaljury.errors import Text

HOME = Text("of the team")
GUEST = Text("guest reading")
CASE = Text("calibration case")


def readings_of(edition: Edition, examiner: str) -> dict[str, Text]:
    """Give what an examiner has leave to read.

    Args:
        edition: entries, teams, guests and declared jäv.
        examiner: id.

    Returns:
        Why, by entry id: the team's entries first, then guest readings, then calibration
        cases; none under declared jäv.
    """
    own = [team for team in edition.teams if examiner in team.examiners]
    read = {entry: HOME for team in own for entry in team.entries}
    for team in edition.teams:
        for guest in team.guests:
            if guest.examiner == examiner:
                read.setdefault(guest.entry, GUEST)
    for entry in edition.entries:
        if entry.state is State.CALIBRATION_CASE:
            read.setdefault(entry.id, CASE)
    barred = jav_of(edition, examiner)
    return {entry: why for entry, why in read.items() if entry not in barred}


def jav_of(edition: Edition, examiner: str) -> frozenset[str]:
    """Give the entries for which an examiner has declared jäv."""
    return frozenset(
        jav.entry for each in edition.examiners if each.id == examiner for jav in each.jav
    )


def entries_by_id(edition: Edition) -> dict[str, Entry]:
    """Give the entries of an edition by id."""
    return {entry.id: entry for entry in edition.entries}

"""Who is asked, and who may besides, read which entry: for forms and for progress alike."""

from __future__ import annotations

from collections.abc import Mapping

from kvaljury.core.model.edition import Edition
from kvaljury.core.model.kinds import State
from kvaljury.core.model.progress import ReadingKind


def reading_lists(edition: Edition) -> dict[str, Mapping[str, ReadingKind]]:
    """Give why each examiner reads which entry.

    Args:
        edition: entries, teams and guests.

    Returns:
        Kinds by entry id, by the id of every examiner: the home team's entries first, then
        guest readings, then calibration cases, which everybody may read and nobody waits for.
        Withdrawn entries and those under declared jäv are among them.
    """
    found: dict[str, dict[str, ReadingKind]] = {each.id: {} for each in edition.examiners}
    for team in edition.teams:
        for examiner in team.examiners:
            own = found.setdefault(examiner, {})
            own.update(dict.fromkeys(team.entries, ReadingKind.HOME))
    for team in edition.teams:
        for guest in team.guests:
            found.setdefault(guest.examiner, {}).setdefault(guest.entry, ReadingKind.GUEST)
    cases = [entry.id for entry in edition.entries if entry.state is State.CALIBRATION_CASE]
    for own in found.values():
        for case in cases:
            own.setdefault(case, ReadingKind.EXTRA)
    return dict(found)

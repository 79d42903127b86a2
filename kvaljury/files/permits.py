"""Who may read which entry, by the teams of the edition."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from kvaljury.core.model import Edition, State
from kvaljury.errors import Text

HINT = Text("if the reading is agreed, list the pair under guests of a team in teams.toml")
TEAM_HINT = Text("make new forms with kvaljury forms --consensus, or mend the team in teams.toml")


@attrs.frozen
class Permits:
    """Who may read which entry.

    Attributes:
        team_by_examiner: home team of each examiner.
        team_by_entry: home team of each entry that is in one.
        guests: pairs of examiner and entry.
        jav: pairs of examiner and entry under declared jäv.
        open_entries: those that everybody may read.
    """

    team_by_examiner: Mapping[str, str]
    team_by_entry: Mapping[str, str]
    guests: frozenset[tuple[str, str]]
    jav: frozenset[tuple[str, str]]
    open_entries: frozenset[str]

    @classmethod
    def of(cls, edition: Edition) -> Permits:
        """Collect teams, guests and jäv."""
        cases = (e.id for e in edition.entries if e.state is State.CALIBRATION_CASE)
        return cls(
            edition.home_team_by_examiner(),
            edition.home_team_by_entry(),
            frozenset((g.examiner, g.entry) for team in edition.teams for g in team.guests),
            frozenset((e.id, jav.entry) for e in edition.examiners for jav in e.jav),
            frozenset(cases),
        )

    def may_read(self, examiner: str, entry: str) -> bool:
        """Tell whether a known examiner may read a known entry."""
        return (
            self.team_by_examiner.get(examiner, "") == self.team_by_entry.get(entry)
            or (examiner, entry) in self.guests
            or entry in self.open_entries
        )

    def misfit(self, examiner: str, entry: str) -> Text:
        """Say why an examiner may not read an entry."""
        home = self.team_by_entry.get(entry)
        if home is None:
            return Text(
                "the examiner {examiner} marks the entry {entry}, which is in no team",
                examiner=examiner,
                entry=entry,
            )
        return Text(
            "the examiner {examiner} of team {team} marks the entry {entry} of team {home}",
            examiner=examiner,
            team=self.team_by_examiner[examiner],
            entry=entry,
            home=home,
        )

    def team_misfit(self, team: str, entry: str) -> Text | None:
        """Say why the form of a team cannot speak of a known entry; None where it can."""
        home = self.team_by_entry.get(entry)
        if home == team:
            return None
        if home is None:
            return Text(
                "the form of the team {team} asks about the entry {entry}, which is in no team",
                team=team,
                entry=entry,
            )
        return Text(
            "the form of the team {team} asks about the entry {entry} of team {home}",
            team=team,
            entry=entry,
            home=home,
        )


def words_under_jav(examiner: str, entry: str) -> Text:
    """Say that what somebody writes on an entry is not shown to anybody."""
    return Text(
        "what the examiner {examiner} writes on the entry {entry} is left out, for jäv",
        examiner=examiner,
        entry=entry,
    )

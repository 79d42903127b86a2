"""How firmly readings across teams hold the teams together, and what one more would buy."""

from __future__ import annotations

import attrs


@attrs.frozen
class TeamDifference:
    """How much more generous one team is than another, as far as shared entries show it.

    Attributes:
        teams: ids, the first before the second.
        difference: severity of the first less that of the second, in points; positive where the
            first is the more generous. None where the readings cannot tell.
        standard_error: of the difference, in points; None where the readings cannot tell it.
    """

    teams: tuple[str, str]
    difference: float | None
    standard_error: float | None


@attrs.frozen
class ProposedReading:
    """A reading that would make the differences between teams better known.

    Attributes:
        examiner: id of who would read.
        entry: id of what would be read.
        standard_error_after: mean standard error of the differences between teams in points,
            once this reading and those proposed before it are made.
    """

    examiner: str
    entry: str
    standard_error_after: float


@attrs.frozen
class Linkage:
    """The strength of the links between teams.

    Attributes:
        algebraic_connectivity: Fiedler value of the graph of teams, in readings: two teams that
            share the weight w of readings have 2 w. 0 exactly when the readings fall apart.
        team_differences: every pair of teams with readings, sorted.
        standard_error: mean over the pairs that can be told, in points; None where there is none.
        strengthening: extra readings, the one that buys most first; none where readings fall
            apart, for then links are what is needed.
    """

    algebraic_connectivity: float
    team_differences: tuple[TeamDifference, ...]
    standard_error: float | None
    strengthening: tuple[ProposedReading, ...] = ()

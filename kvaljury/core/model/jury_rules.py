"""How a jury decides, as far as an edition may choose it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import attrs


class CastingVote(StrEnum):
    """What becomes of equal numbers of votes."""

    CHAIR = "chair"
    FALLS = "falls"


class SitsOut(StrEnum):
    """How far a juror with jäv for one nominee stays away."""

    CLASS = "class"
    ENTRY = "entry"


class Majority(StrEnum):
    """What a proposal needs: more yes than no, or yes from more than half of those present."""

    SIMPLE = "simple"
    ABSOLUTE = "absolute"


class Voting(StrEnum):
    """Whether the minutes tell how each juror voted."""

    OPEN = "open"
    CLOSED = "closed"


@attrs.frozen
class JuryRules:
    """How the jury decides; every default is a proposal, since the instructions are silent.

    Attributes:
        quorum: the number of members who have to be present, or None for more than half.
        voting: whether votes are given openly; a first round under codes is possible anyway.
        majority: what a proposal needs.
        casting_vote: what becomes of equal numbers.
        sits_out: how far jäv reaches.
        method: name of the voting method by which ballots are tallied.
        jav_rules: names of the rules by which jäv is derived, in any order.
        may_share: whether tied nominees may share an award.
        awards: number of awards of a class by its id; the default stands under ``""``. It is
            never a duty: a class may go without.
    """

    quorum: int | None = None
    voting: Voting = Voting.OPEN
    majority: Majority = Majority.SIMPLE
    casting_vote: CastingVote = CastingVote.CHAIR
    sits_out: SitsOut = SitsOut.CLASS
    method: str = "majority-judgment"
    jav_rules: tuple[str, ...] = ("head-of-administration", "own-unit", "basic-control")
    may_share: bool = attrs.field(default=False, metadata={"toml": "share"})
    awards: Mapping[str, int] = attrs.field(factory=lambda: {"": 1}, hash=False)

    @property
    def is_open(self) -> bool:
        """Whether votes are given openly."""
        return self.voting is Voting.OPEN

    def awards_of(self, class_id: str) -> int:
        """Give the number of awards of a class."""
        return self.awards.get(class_id, self.awards.get("", 1))

"""Who takes part in an item, what was put to the vote, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from kvaljury.core.model.jury import Answer, Vote
from kvaljury.core.model.kinds import ProposalKind


@attrs.frozen
class Seat:
    """A person who takes part in an item.

    Attributes:
        juror: id.
        stands_in_for: id of the member, or None for a member.
    """

    juror: str
    stands_in_for: str | None = None


@attrs.frozen
class Sitting:
    """Who takes part in an item, and whether they may decide it.

    Attributes:
        seats: in order of precedence.
        jav: ids of jurors who stay away for jäv, in the order of the jury.
        absent: ids of jurors who are not there, likewise.
        chair: id of whoever is in the chair, or None where nobody takes part.
        is_acting: whether that is another than the chair of the jury.
        needed: the quorum.
    """

    seats: tuple[Seat, ...]
    jav: tuple[str, ...]
    absent: tuple[str, ...]
    chair: str | None
    is_acting: bool
    needed: int

    @property
    def voters(self) -> tuple[str, ...]:
        """Ids of those who take part."""
        return tuple(seat.juror for seat in self.seats)

    @property
    def has_quorum(self) -> bool:
        """Tell whether enough take part for a decision."""
        return len(self.seats) >= self.needed


@attrs.frozen(order=True)
class Item:
    """A proposal that is put to the vote.

    Attributes:
        class_id: id of the class.
        entry: id, or empty for the proposal that nobody gets the award of the class.
        proposed: award, mention, or none where ``entry`` is empty.
    """

    class_id: str
    entry: str
    proposed: ProposalKind

    @classmethod
    def of(cls, vote: Vote) -> Item:
        """Give the item that a vote is about."""
        return cls(vote.class_id, vote.entry, vote.proposed)


@attrs.frozen
class ItemResult:
    """What came of an item.

    Attributes:
        item: what was put to the vote.
        sitting: who took part.
        answers: ids of jurors by state, in the order of precedence; every juror stands in one
            but substitutes who listen.
        voided: ids of jurors whose yes or no does not count, for jäv.
        unseated: ids of others whose yes or no does not count, because they do not take part:
            substitutes without a seat, and who was noted as absent.
        is_carried: None where it could not be decided: no quorum, or equal numbers and no
            casting vote.
        casting_vote: id of whoever decided between equal numbers, or None.
        reservations: words by id of juror.
    """

    item: Item
    sitting: Sitting
    answers: Mapping[Answer, tuple[str, ...]] = attrs.field(hash=False)
    voided: tuple[str, ...]
    is_carried: bool | None
    casting_vote: str | None = None
    reservations: Mapping[str, str] = attrs.field(factory=dict, hash=False)
    unseated: tuple[str, ...] = ()

    def count(self, answer: Answer) -> int:
        """Give how many jurors are in a state."""
        return len(self.answers.get(answer, ()))

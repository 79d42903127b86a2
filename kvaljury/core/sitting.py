"""Who decides an item: members, those who stand in for them, the chair, and the quorum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from kvaljury.core.model.jury import Answer, Juror, Jury, Role, Vote
from kvaljury.core.model.sitting import Seat, Sitting


def quorum_of(jury: Jury) -> int:
    """Give how many have to take part: the rule's number, or more than half of the members."""
    return jury.rules.quorum or len(jury.members) // 2 + 1


def seat_jury(jury: Jury, jav: AbstractSet[str], absent: AbstractSet[str]) -> Sitting:
    """Seat the jury for an item.

    Substitutes who are there and have no jäv stand in, in order of precedence, for members who
    are away; one who may stand in for anyone makes room for one who may only stand in for some.
    Those for whom no seat is left listen.

    Args:
        jury: members and substitutes in order of precedence.
        jav: ids of those who may not handle the item.
        absent: ids of those who are not there; whoever is both counts as out for jäv.

    Returns:
        Who takes part; the chair is the jury's, else the deputy, else the first in order.
    """
    away = jav | absent
    members = [member for member in jury.members if member.id not in away]
    seats = [Seat(member.id) for member in members]
    seats += _stand_ins(jury, away)
    chair = _chair(jury.jurors, {seat.juror for seat in seats})
    return Sitting(
        seats=tuple(seats),
        jav=tuple(juror.id for juror in jury.jurors if juror.id in jav),
        absent=tuple(juror.id for juror in jury.jurors if juror.id in absent - jav),
        chair=chair.id if chair else None,
        is_acting=chair is not None and chair.role is not Role.CHAIR,
        needed=quorum_of(jury),
    )


def seat_voters(jury: Jury, jav: AbstractSet[str], votes: Sequence[Vote]) -> Sitting:
    """Seat the jury for an item by what is noted of it.

    Args:
        jury: members and substitutes in order of precedence.
        jav: ids of those who are known not to be allowed to handle the item.
        votes: on the item; a juror who is noted with jäv or as absent there is out as well, and
            one of whom nothing is noted is absent.
    """
    noted = {vote.juror: vote.answer for vote in votes}
    out = {name for name, answer in noted.items() if answer is Answer.JAV}
    absent = {j.id for j in jury.jurors if noted.get(j.id, Answer.ABSENT) is Answer.ABSENT}
    return seat_jury(jury, jav | out, absent)


def _stand_ins(jury: Jury, away: AbstractSet[str]) -> list[Seat]:
    empty = [member.id for member in jury.members if member.id in away]
    by_member: dict[str, str] = {}
    free = {
        juror.id: [m for m in empty if not juror.substitute_for or m in juror.substitute_for]
        for juror in jury.jurors
        if juror.role is Role.SUBSTITUTE and juror.id not in away
    }
    for substitute in free:
        _seat(substitute, free, by_member, set())
    place = {substitute: member for member, substitute in by_member.items()}
    return [Seat(substitute, place[substitute]) for substitute in free if substitute in place]


def _seat(
    substitute: str, free: Mapping[str, Sequence[str]], by_member: dict[str, str], tried: set[str]
) -> bool:
    """Find a seat, moving those who have one only where none is free (Kuhn 1955)."""
    for member in free[substitute]:
        if member not in by_member:
            by_member[member] = substitute
            return True
    for member in free[substitute]:
        if member not in tried:
            tried.add(member)
            if _seat(by_member[member], free, by_member, tried):
                by_member[member] = substitute
                return True
    return False


def _chair(jurors: Sequence[Juror], seated: AbstractSet[str]) -> Juror | None:
    there = [juror for juror in jurors if juror.id in seated]
    for role in (Role.CHAIR, Role.DEPUTY_CHAIR, Role.MEMBER, Role.SUBSTITUTE):
        for juror in there:
            if juror.role is role:
                return juror
    return None

"""What the jury has before it to an agenda: the order of classes, and who leaves and returns."""

from __future__ import annotations

import attrs

from kvaljury.core.agenda import best_agenda
from kvaljury.core.jury_day import hold_day
from kvaljury.core.model.jury import JavFinding
from kvaljury.core.model.jury_day import ClassDay, Papers
from kvaljury.core.recusal import who_sits_out


@attrs.frozen
class AgendaItem:
    """A class on the agenda.

    Attributes:
        day: nominees, jäv, and who takes part if everybody without jäv comes.
        out: by entry id the ids of the jurors who stay away; the whole class under ``""``.
        leaving: ids of those who were in the room for the class before, or from the start, and
            go now, in the order of the jury.
        returning: ids of those who come back, likewise.
    """

    day: ClassDay
    out: dict[str, frozenset[str]]
    leaving: tuple[str, ...]
    returning: tuple[str, ...]

    def findings(self, juror: str) -> tuple[JavFinding, ...]:
        """Give the jäv of a juror in the class."""
        return tuple(found for found in self.day.jav if found.person == juror)


def plan_agenda(papers: Papers) -> tuple[AgendaItem, ...]:
    """Order the classes so that the fewest have to leave the room.

    Args:
        papers: what the day rests on; what has been answered plays no part.

    Returns:
        Every class with a nominee, in the order in which it should come up.
    """
    blank = attrs.evolve(papers, ballots=(), votes=())
    days = {day.class_id: day for day in hold_day(blank)}
    nominees = {name: {n.entry for n in day.nominees} for name, day in days.items()}
    out = who_sits_out(papers.jav, nominees, papers.jury.rules.sits_out)
    order = best_agenda(tuple(days), {name: out[name, ""] for name in days})
    items, before = [], frozenset[str]()
    for name in order:
        now = out[name, ""]
        items.append(
            AgendaItem(
                days[name],
                {entry: out[name, entry] for entry in ("", *nominees[name])},
                _in_order(now - before, papers),
                _in_order(before - now, papers),
            )
        )
        before = now
    return tuple(items)


def _in_order(names: frozenset[str], papers: Papers) -> tuple[str, ...]:
    return tuple(juror.id for juror in papers.jury.jurors if juror.id in names)

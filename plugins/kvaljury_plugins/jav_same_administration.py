"""Jäv rule: whoever works in the unit's administration, without leading it.

It is in no rule set: many work in a large administration without any tie to a unit there, and a
jury of heads would have few left. An edition names it where it wants the wider distance. The ground
that is proposed is the general one, KL 6 kap. 28 § 5. People confirm it.
"""

from __future__ import annotations

from collections.abc import Iterator

from kvaljury import Entry, JavGround, JavRule, Organisation, Person, Text, hookimpl

GROUND = "KL 6:28 5"


def find(person: Person, entry: Entry, organisation: Organisation) -> JavGround | None:
    """Find jäv where the person's administration is the entry's, or one that lists it."""
    own = _words(person.administration)
    above = [entry.administration, *(each.name for each in organisation.above(entry))]
    if not own or own not in map(_words, above):
        return None
    reason = Text(
        "works in {administration}, which the unit stands under",
        sv="arbetar i {administration}, som enheten hör till",
        administration=person.administration,
    )
    return JavGround(GROUND, reason)


def _words(name: str | None) -> list[str]:
    return (name or "").casefold().split()


@hookimpl
def kvaljury_jav_rules() -> Iterator[JavRule]:
    """Offer ``same-administration``."""
    yield JavRule("same-administration", find)

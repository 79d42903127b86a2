"""Jäv rule: a head of administration, and the units under that administration.

The ground that is proposed is the general one, KL 6 kap. 28 § 5: nobody is promoted by who gets
the award, but whoever answers for a unit is not seen as impartial towards it. People confirm it.
"""

from __future__ import annotations

from collections.abc import Iterator

from kvaljury import Entry, JavGround, JavRule, Organisation, Person, Text, hookimpl

GROUND = "KL 6:28 5"


def find(person: Person, entry: Entry, organisation: Organisation) -> JavGround | None:
    """Find jäv where the person leads an administration that the unit stands under."""
    for administration in organisation.above(entry):
        if person.id in administration.heads:
            reason = Text(
                "leads {administration}, which the unit stands under",
                sv="leder {administration}, som enheten hör till",
                administration=administration.name,
            )
            return JavGround(GROUND, reason)
    return None


@hookimpl
def kvaljury_jav_rules() -> Iterator[JavRule]:
    """Offer ``head-of-administration``."""
    yield JavRule("head-of-administration", find)

"""Jäv rule: whoever answered the basic control for the unit's administration.

That person has said before whether the unit may be awarded. The ground that is proposed is the
general one, KL 6 kap. 28 § 5; the ground for having decided before, FL 16 § 3, is about another
authority's decision that is reviewed and does not fit. People confirm it.
"""

from __future__ import annotations

from collections.abc import Iterator

from kvaljury import Entry, JavGround, JavRule, Organisation, Person, Text, hookimpl

GROUND = "KL 6:28 5"


def find(person: Person, entry: Entry, organisation: Organisation) -> JavGround | None:
    """Find jäv where the person answered the basic control for one above the unit."""
    for administration in organisation.above(entry):
        if person.id in administration.basic_control:
            reason = Text(
                "answered the basic control for {administration}, which the unit stands under",
                sv="besvarade den grundläggande kontrollen för {administration}, som enheten hör "
                "till",
                administration=administration.name,
            )
            return JavGround(GROUND, reason)
    return None


@hookimpl
def kvaljury_jav_rules() -> Iterator[JavRule]:
    """Offer ``basic-control``."""
    yield JavRule("basic-control", find)

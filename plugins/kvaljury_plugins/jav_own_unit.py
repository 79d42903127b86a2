"""Jäv rule: whoever works at the unit, or leads it.

The ground that is proposed is KL 6 kap. 28 § 1: the award is given to the unit, and so concerns
those who work there themselves. Where somebody has a looser tie, as a former post, whoever confirms
the jäv may find that 28 § 5 fits better, or declare it instead.
"""

from __future__ import annotations

from collections.abc import Iterator

from kvaljury import Entry, JavGround, JavRule, Organisation, Person, Text, hookimpl

FOUND = JavGround(
    "KL 6:28 1", Text("works at the unit or leads it", sv="arbetar vid eller leder enheten")
)


def find(person: Person, entry: Entry, organisation: Organisation) -> JavGround | None:  # noqa: ARG001
    """Find jäv where the entry stands in the person's ``works_at``."""
    return FOUND if entry.id in person.works_at else None


@hookimpl
def kvaljury_jav_rules() -> Iterator[JavRule]:
    """Offer ``own-unit``."""
    yield JavRule("own-unit", find)

"""Made-up organisations, persons and ballots, on which jury plugins are tried."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import attrs
import numpy as np

from kvaljury.core.model import (
    Administration,
    Entry,
    Grades,
    Kind,
    Organisation,
    Person,
    Text,
)

_LEVELS = (Text("not now"), Text("could receive it"), Text("worthy now"))
_DRAWN = 60
_BLANK = Entry(id="A1", name="Sample", entry_class="andra", kind=Kind.OTHER)

STRANGER = Person("X9")
"""Somebody of whom nothing is known."""

ORGANISATION = Organisation(
    (
        Administration("North", heads=("P1",), basic_control=("P2",)),
        Administration("South", heads=("P3", "P2"), entries=("A1",), basic_control=("P1",)),
        Administration("Company", heads=("P4",)),
    ),
    (Person("P1", "One", ("A1",)), Person("P3", "Three", ("A2",), "North")),
)


def sample_cases() -> Iterator[tuple[Person, Entry, Organisation]]:
    """Give persons with every tie and without any, towards entries under every administration."""
    homes = (None, "North", "south", "Company", "Elsewhere")
    persons = [
        STRANGER,
        *(
            Person(f"P{n}", works_at=units, administration=home)
            for n, units, home in product(range(1, 6), ((), ("A1",), ("A2", "A1")), homes[:4])
        ),
    ]
    entries = [
        attrs.evolve(_BLANK, id=id_, administration=home)
        for id_, home in product(("A1", "A2", "A3"), homes)
    ]
    yield from product(persons, entries, (ORGANISATION, Organisation()))


def backwards(organisation: Organisation) -> Organisation:
    """Give the same organisation listed the other way round.

    Args:
        organisation: who leads what.
    """
    turned = [
        attrs.evolve(
            each,
            heads=each.heads[::-1],
            entries=each.entries[::-1],
            basic_control=each.basic_control[::-1],
        )
        for each in organisation.administrations
    ]
    return Organisation(tuple(reversed(turned)), organisation.persons[::-1])


def sample_grades() -> Iterator[Grades]:
    """Give grades with ties, a cycle, abstentions, nobody who grades, one nominee, and drawn."""
    yield _grades((0, 1, 2), (1, 2, 0), (2, 0, 1))
    yield _grades((2, 2), (0, 0))
    yield _grades((2, 0), (0, 2))
    yield _grades((2, None, 1), (None, None, None), (0, 2, None))
    yield _grades((None, None))
    yield _grades((1,))
    yield Grades(("A1", "A2"), _LEVELS, ())
    generator = np.random.default_rng(1)
    for _ in range(_DRAWN):
        nominees, jurors = (int(generator.integers(1, most)) for most in (6, 9))
        drawn = generator.integers(-1, len(_LEVELS), (jurors, nominees)).tolist()
        yield _grades(*(tuple(None if g < 0 else g for g in ballot) for ballot in drawn))


def _grades(*ballots: tuple[int | None, ...]) -> Grades:
    return Grades(tuple(f"A{n}" for n, _ in enumerate(ballots[0], 1)), _LEVELS, ballots)


def renamed(grades: Grades) -> tuple[Grades, dict[str, str]]:
    """Give the same grades under other names, in another order, and the new name of each.

    Args:
        grades: of at least one nominee.
    """
    count = len(grades.nominees)
    names = {nominee: f"B{count - n:02}" for n, nominee in enumerate(grades.nominees)}
    ballots = tuple(ballot[::-1] for ballot in grades.ballots)
    return Grades(tuple(sorted(names.values())), grades.levels, ballots), names

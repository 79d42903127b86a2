"""The jury and what it needs to decide fairly: people, jäv, ballots, votes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum

import attrs

from kvaljury.core.model.edition import Entry
from kvaljury.core.model.jury_rules import CastingVote, JuryRules, Majority, SitsOut, Voting
from kvaljury.core.model.kinds import ProposalKind
from kvaljury.errors import Source, Text

__all__ = [
    "Administration",
    "Answer",
    "Ballot",
    "CastingVote",
    "Declaration",
    "Grade",
    "JavFinding",
    "JavGround",
    "JavRule",
    "JavSource",
    "Juror",
    "Jury",
    "JuryRules",
    "Majority",
    "Motivation",
    "Organisation",
    "Person",
    "Role",
    "SitsOut",
    "Vote",
    "Voting",
]


class Role(StrEnum):
    """What a person is in the jury."""

    CHAIR = "chair"
    DEPUTY_CHAIR = "deputy_chair"
    MEMBER = "member"
    SUBSTITUTE = "substitute"


class Answer(StrEnum):
    """The five states of a juror in an item."""

    YES = "yes"
    NO = "no"
    ABSTAINS = "abstains"
    JAV = "jav"
    ABSENT = "absent"


class Grade(StrEnum):
    """What a juror thinks of a nominee; none where the state is another than a vote."""

    WORTHY_NOW = "worthy_now"
    COULD_RECEIVE = "could_receive"
    NOT_NOW = "not_now"


@attrs.frozen
class Declaration:
    """A jäv that a person has declared, or that somebody has pointed out.

    Attributes:
        entry: id.
        ground: code of the legal ground (``"KL 6:28 5"``) or plain words.
        on: the day it was declared, or None where it was there from the start.
    """

    entry: str
    ground: str
    on: date | None = None
    source: Source | None = attrs.field(default=None, eq=False)


@attrs.frozen
class Juror:
    """A member of the jury or a substitute.

    Attributes:
        id: unique regardless of case.
        organisation: where the person works or comes from, or None.
        person: id in organisation.toml where it is another than ``id``, or None.
        declared: jäv declared.
        substitute_for: ids of those whom a substitute stands in for; empty means anyone, in the
            order in which substitutes are listed.
    """

    id: str
    name: str
    role: Role = Role.MEMBER
    organisation: str | None = None
    person: str | None = None
    declared: tuple[Declaration, ...] = ()
    substitute_for: tuple[str, ...] = ()
    source: Source | None = attrs.field(default=None, eq=False)


@attrs.frozen
class Jury:
    """The jury of an edition.

    Attributes:
        jurors: in the order of jury.toml, which is that of precedence.
    """

    jurors: tuple[Juror, ...]
    rules: JuryRules = attrs.field(factory=JuryRules)

    @property
    def members(self) -> tuple[Juror, ...]:
        """Those who are no substitutes; the quorum is reckoned of them."""
        return tuple(juror for juror in self.jurors if juror.role is not Role.SUBSTITUTE)


def same_administration(one: str | None, other: str | None) -> bool:
    """Tell whether two names mean the same administration; no name means none.

    >>> same_administration("Farsta  stadsdelsförvaltning", "farsta stadsdelsförvaltning")
    True
    """
    words = [(name or "").casefold().split() for name in (one, other)]
    return words[0] == words[1] != []


@attrs.frozen
class Administration:
    """An administration or company of the city, as far as jäv needs it.

    Attributes:
        name: as the entries give it.
        heads: ids of the persons who lead it.
        entries: ids of units under it, besides the entries that name it.
        basic_control: ids of the persons who answered the basic control for it.
    """

    name: str
    heads: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    basic_control: tuple[str, ...] = ()
    source: Source | None = attrs.field(default=None, eq=False)


@attrs.frozen
class Person:
    """Somebody who handles or is part of what is judged.

    Attributes:
        id: of a juror, an examiner or somebody else.
        works_at: ids of the entries whose unit the person works at or leads.
        administration: name of the own administration, or None.
    """

    id: str
    name: str | None = None
    works_at: tuple[str, ...] = ()
    administration: str | None = None


@attrs.frozen
class Organisation:
    """Who leads what: organisation.toml."""

    administrations: tuple[Administration, ...] = ()
    persons: tuple[Person, ...] = ()

    def person(self, name: str) -> Person:
        """Find a person; one who is not listed is nothing but an id."""
        return next((p for p in self.persons if p.id == name), Person(name))

    def above(self, entry: Entry) -> tuple[Administration, ...]:
        """Give the administrations that an entry's unit stands under."""
        return tuple(
            a
            for a in self.administrations
            if entry.id in a.entries or same_administration(a.name, entry.administration)
        )

    def ids(self) -> frozenset[str]:
        """Give the ids of everybody who is named."""
        named = {person.id for person in self.persons}
        for administration in self.administrations:
            named.update(administration.heads, administration.basic_control)
        return frozenset(named)


class JavSource(StrEnum):
    """How a jäv is known."""

    DECLARED = "declared"
    DERIVED = "derived"
    FOUND_LATER = "found_later"


@attrs.frozen
class JavFinding:
    """A reason why a person may not handle an entry.

    Attributes:
        person: id.
        entry: id.
        rule: name of the rule, or ``"declared"``.
        ground: code of the legal ground, such as ``"KL 6:28 5"``.
        reason: one sentence with what it rests on.
        known: how it is known.
    """

    person: str
    entry: str
    rule: str
    ground: str
    reason: Text
    known: JavSource = JavSource.DERIVED
    source: Source | None = attrs.field(default=None, eq=False)


@attrs.frozen
class JavGround:
    """What a jäv rule answers where it finds jäv.

    Attributes:
        ground: code of the legal ground.
        reason: one sentence with what it rests on.
    """

    ground: str
    reason: Text


@attrs.frozen
class JavRule:
    """A way to derive jäv from who leads what.

    Attributes:
        name: what editions call it.
        find: person, entry and organisation to the ground, or None where there is none; a person
            may be an id and nothing more.
    """

    name: str
    find: Callable[[Person, Entry, Organisation], JavGround | None]


@attrs.frozen
class Ballot:
    """What one juror says of one nominee before the formal vote.

    Attributes:
        grade: None where the state is another than a vote, or only the mention is asked for.
        state: ``yes`` with a grade; else ``abstains``, ``jav`` or ``absent``.
        mention: whether the nominee should get a mention.
    """

    juror: str
    entry: str
    state: Answer
    grade: Grade | None = None
    mention: Answer = Answer.ABSTAINS
    source: Source | None = attrs.field(default=None, eq=False)


@attrs.frozen
class Motivation:
    """Why an entry gets an award or mention, in the words that are made public.

    Attributes:
        by: who has written them.
    """

    entry: str
    text: str
    by: str
    source: Source | None = attrs.field(default=None, eq=False)


@attrs.frozen
class Vote:
    """What one juror says to one proposal.

    Attributes:
        class_id: of the item.
        entry: id, or empty for the proposal that nobody gets the award of the class.
        proposed: award, mention, or none where ``entry`` is empty.
        answer: one of the five states.
        reservation: the juror's words against the decision, or empty.
    """

    class_id: str
    entry: str
    proposed: ProposalKind
    juror: str
    answer: Answer
    reservation: str = ""
    source: Source | None = attrs.field(default=None, eq=False)

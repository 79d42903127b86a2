"""A decision of the jury as the record holds it."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from kvaljury.core.model.jury import Answer, Role, Voting
from kvaljury.core.model.kinds import Outcome, ProposalKind, Stage
from kvaljury.core.model.voting import Pair
from kvaljury.errors import Text


@attrs.frozen
class RecordedPerson:
    """A juror on the day of the decision."""

    id: str
    name: str
    role: Role
    organisation: str = ""


@attrs.frozen
class RecordedNominee:
    """What the beredningsgrupp sent on.

    Attributes:
        name: of the unit.
    """

    entry: str
    name: str
    proposed: ProposalKind
    reason: str
    by: str


@attrs.frozen
class RecordedJav:
    """Why a juror stayed away.

    Attributes:
        known: ``declared``, ``derived`` or ``found_later``.
    """

    juror: str
    entry: str
    ground: str
    reason: Text
    known: str


@attrs.frozen
class RecordedFigure:
    """A line of the tally: a number or word for each nominee."""

    label: Text
    values: Mapping[str, Text | str] = attrs.field(hash=False)


@attrs.frozen
class RecordedTally:
    """What the voting method made of the ballots; as `Tally`."""

    tiers: tuple[tuple[str, ...], ...]
    figures: tuple[RecordedFigure, ...]
    pairs: tuple[Pair, ...]
    cycle: tuple[str, ...]


@attrs.frozen
class RecordedItem:
    """A proposal that was put to the vote, who took part, and what came of it.

    Attributes:
        entry: id, or empty for the proposal that nobody gets the award.
        voters: ids of those who took part, in order of precedence.
        stands_in: id of the member by id of the substitute.
        answers: ids by state.
        voided: ids of those whose vote did not count, for jäv.
        is_carried: None where nothing was decided.
        casting_vote: id of whoever decided between equal numbers, or None.
        reservations: words by id.
    """

    entry: str
    proposed: ProposalKind
    chair: str | None
    is_acting: bool
    needed: int
    voters: tuple[str, ...]
    stands_in: Mapping[str, str] = attrs.field(hash=False)
    answers: Mapping[Answer, tuple[str, ...]] = attrs.field(hash=False)
    voided: tuple[str, ...]
    is_carried: bool | None
    casting_vote: str | None
    reservations: Mapping[str, str] = attrs.field(hash=False)


@attrs.frozen
class RecordedMotivation:
    """The words of an award or mention, and whose they are."""

    text: str
    by: str


@attrs.frozen
class RecordedBar:
    """What kept an entry from a stage on the day of the decision, or was not known.

    Attributes:
        failed: rules with what they say.
    """

    entry: str
    stage: Stage
    outcome: Outcome
    failed: tuple[tuple[str, Text], ...]


@attrs.frozen
class RecordedOverride:
    """A rule set aside for an entry by a named person."""

    entry: str
    by: str
    reason: str


@attrs.frozen(kw_only=True)
class RecordedDecision:
    """What the jury decided of a class.

    Attributes:
        number: of the event.
        at: when it was recorded, as ISO text.
        by: who answers for the record.
        date: of the decision, as ISO text.
        place: where it was made, or empty.
        people: by id, in the order of the record.
        mentions_wished: yes and no to a mention on the ballots that count, by entry id.
        ballots: how many jurors' ballots count.
        void_ballots: ids of jurors whose ballots do not count.
        tally: None where there were no ballots.
        order_would_decide: ids of nominees of whom the order of proposals would pick one.
        motivations: by entry id.
        eligibility: of every nominee at its stages, in order.
    """

    number: int
    at: str
    by: str
    class_id: str
    title: Text
    date: str
    place: str = ""
    voting: Voting
    method: str
    people: Mapping[str, RecordedPerson] = attrs.field(hash=False)
    nominees: tuple[RecordedNominee, ...]
    jav: tuple[RecordedJav, ...]
    mentions_wished: Mapping[str, tuple[int, int]] = attrs.field(hash=False)
    ballots: int
    void_ballots: tuple[str, ...]
    tally: RecordedTally | None
    order_would_decide: tuple[str, ...]
    items: tuple[RecordedItem, ...]
    awards: tuple[str, ...]
    mentions: tuple[str, ...]
    motivations: Mapping[str, RecordedMotivation] = attrs.field(hash=False)
    eligibility: tuple[RecordedBar, ...]
    overrides: tuple[RecordedOverride, ...]

    def unit(self, entry: str) -> str:
        """Name a unit with its id, as far as the decision names it."""
        name = next((n.name for n in self.nominees if n.entry == entry), entry)
        return name if name == entry else f"{name} ({entry})"

    def person(self, juror: str) -> str:
        """Name a juror, as far as the decision names them."""
        found = self.people.get(juror)
        return found.name if found else juror

"""What the jury has before it, and what it has said of each class."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from kvaljury.core.model.edition import Entry, Nomination
from kvaljury.core.model.jury import Ballot, JavFinding, Jury, Vote
from kvaljury.core.model.results import Eligibility
from kvaljury.core.model.rules import EntryClass
from kvaljury.core.model.sitting import ItemResult, Sitting
from kvaljury.core.model.voting import Figure, Grades, Tally, VotingMethod
from kvaljury.errors import Text


@attrs.frozen
class Leave:
    """An award or mention let through although the rules bar it or cannot be tried.

    Attributes:
        by: the named person who answers for it.
        rules: ids of the rules that barred it or could not be tried then; it lets past no other.
    """

    entry: str
    by: str
    reason: str
    rules: tuple[str, ...] = ()


@attrs.frozen
class Refusal:
    """Why a class cannot be decided as it stands.

    Attributes:
        code: kebab-case.
        hint: what would mend it.
    """

    code: str
    message: Text
    hint: Text | None = None


@attrs.frozen(kw_only=True)
class Papers:
    """All that the jury's day rests on.

    Attributes:
        jury: its people and rules.
        classes: in the order in which they are shown.
        entries: by id.
        nominations: by entry id.
        eligibility: by entry id, as the rules stand on the day of the decision.
        jav: every jäv of jurors towards entries.
        ballots: in any order, at most one of a juror for an entry.
        votes: in the order in which they were put.
        leaves: awards and mentions let through.
        method: the voting method.
    """

    jury: Jury
    classes: tuple[EntryClass, ...]
    entries: Mapping[str, Entry] = attrs.field(hash=False)
    nominations: Mapping[str, Nomination] = attrs.field(hash=False)
    eligibility: Mapping[str, Eligibility] = attrs.field(hash=False)
    jav: tuple[JavFinding, ...] = ()
    ballots: tuple[Ballot, ...] = ()
    votes: tuple[Vote, ...] = ()
    leaves: tuple[Leave, ...] = ()
    method: VotingMethod


@attrs.frozen(kw_only=True)
class ClassDay:
    """What the jury has before it and has said of one class.

    Attributes:
        nominees: what is up for the award or a mention, sorted by entry.
        jav: towards the nominees.
        sitting: who takes part in the class as a whole.
        grades: of those who take part; nominees for the award only.
        tally: None where nobody has handed in a ballot.
        order_would_decide: nominees of whom the order of propositions would pick one; empty
            where it makes no difference.
        mentions_wished: for each nominee how many say yes and no to a mention.
        void_ballots: of jurors who may not take part, or for whom no seat was left.
        results: of what was put to the vote, in that order.
        awards: entries whose award was carried, sorted.
        mentions: likewise.
        refusals: why the class cannot be decided; empty where it can.
        warnings: what people should know.
    """

    class_id: str
    title: Text
    nominees: tuple[Nomination, ...]
    jav: tuple[JavFinding, ...]
    sitting: Sitting
    grades: Grades
    tally: Tally | None
    order_would_decide: tuple[str, ...]
    mentions_wished: tuple[Figure, ...]
    void_ballots: tuple[Ballot, ...]
    results: tuple[ItemResult, ...]
    awards: tuple[str, ...]
    mentions: tuple[str, ...]
    refusals: tuple[Refusal, ...]
    warnings: tuple[Text, ...]

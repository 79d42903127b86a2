"""The jury's work on each class: ballots to a tally, votes to decisions, and what hinders them.

Nothing here decides for anyone. It counts what people said, leaves out what jäv makes void, and
says why a class cannot be decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

import attrs

from kvaljury.core.decision import decide_item
from kvaljury.core.jury_refusals import carried, refusals_of, said_item
from kvaljury.core.model import (
    Entry,
    EntryClass,
    Nomination,
    ProposalKind,
)
from kvaljury.core.model.jury import (
    Answer,
    Ballot,
    Grade,
    JavFinding,
    JavSource,
    Jury,
    Role,
    SitsOut,
    Vote,
)
from kvaljury.core.model.jury_day import ClassDay, Papers
from kvaljury.core.model.sitting import Item, ItemResult, Sitting
from kvaljury.core.model.voting import Figure, Grades, Tally
from kvaljury.core.recusal import DECLARED, who_sits_out
from kvaljury.core.sitting import seat_jury, seat_voters
from kvaljury.core.tallying import tally_grades
from kvaljury.core.voting.propositions import order_winners
from kvaljury.errors import Text

EVERYONE = ""
"""The juror of a vote by acclamation: all who take part and have no vote of their own."""

LEVELS = (Grade.NOT_NOW, Grade.COULD_RECEIVE, Grade.WORTHY_NOW)
"""From the lowest to the highest."""

LEVEL_WORDS = (
    Text("not now"),
    Text("could receive the award"),
    Text("worthy of the award now"),
)


def hold_day(papers: Papers) -> tuple[ClassDay, ...]:
    """Work through every class that has a nominee.

    Args:
        papers: all that it rests on.

    Returns:
        One value a class, in the order of the classes.
    """
    return tuple(
        _class_day(found, nominees, papers)
        for found in papers.classes
        if (nominees := nominees_of(found.id, papers.nominations.values(), papers.entries))
    )


def nominees_of(
    class_id: str, nominations: Iterable[Nomination], entries: Mapping[str, Entry]
) -> tuple[Nomination, ...]:
    """Give what is up in a class, sorted by entry; a nomination for nothing is none."""
    up = (
        nomination
        for nomination in nominations
        if nomination.nominated_for is not ProposalKind.NONE
        and entries[nomination.entry].entry_class == class_id
    )
    return tuple(sorted(up, key=lambda nomination: nomination.entry))


def _class_day(found: EntryClass, nominees: tuple[Nomination, ...], papers: Papers) -> ClassDay:
    names = frozenset(nominee.entry for nominee in nominees)
    known = [*papers.jav, *_said_in_ballots(papers.ballots)]
    known += _said_in_votes(found.id, known, names, papers)
    jav = tuple(one for one in known if one.entry in names)
    out = who_sits_out(jav, {found.id: names}, papers.jury.rules.sits_out)
    ballots = [ballot for ballot in papers.ballots if ballot.entry in names]
    sitting = seat_jury(papers.jury, _out_of_all(found.id, out, papers), _silent(ballots, papers))
    grades = _grades(nominees, ballots, sitting, {e: out[found.id, e] for e in names})
    tally = tally_grades(papers.method, grades) if _is_given(grades) else None
    results = _results(found.id, papers, out)
    winners = order_winners(grades) if tally else ()
    return ClassDay(
        class_id=found.id,
        title=found.title,
        nominees=nominees,
        jav=jav,
        sitting=sitting,
        grades=grades,
        tally=tally,
        order_would_decide=winners if len(winners) > 1 else (),
        mentions_wished=_mentions_wished(
            nominees, [b for b in ballots if b.juror not in out[found.id, b.entry]], sitting
        ),
        void_ballots=tuple(
            b
            for b in ballots
            if (b.juror in out[found.id, b.entry] or b.juror not in sitting.voters)
            and _says_something(b)
        ),
        results=results,
        awards=carried(results, ProposalKind.AWARD),
        mentions=carried(results, ProposalKind.MENTION),
        refusals=tuple(refusals_of(found.id, nominees, results, tally, papers)),
        warnings=(
            *_warnings(results, sitting, tally, winners),
            *_warnings_of_ballots(ballots, out, found.id, sitting),
            *_warnings_of_votes(results, papers),
        ),
    )


def _said_in_ballots(ballots: Iterable[Ballot]) -> Iterable[JavFinding]:
    """Give the jäv that jurors declare on their ballots."""
    for ballot in ballots:
        if ballot.state is Answer.JAV:
            reason = Text("declared on the ballot")
            yield JavFinding(
                ballot.juror,
                ballot.entry,
                DECLARED,
                "",
                reason,
                JavSource.DECLARED,
                ballot.source,
            )


def _said_in_votes(
    class_id: str,
    known: Iterable[JavFinding],
    names: AbstractSet[str],
    papers: Papers,
) -> Iterable[JavFinding]:
    """Give the jäv that jurors declare in the formal votes and that is not known otherwise.

    Jäv for the proposal that nobody gets the award does not say towards whom; where jäv reaches
    the whole class it is noted for every nominee.
    """
    pairs = {(one.person, one.entry) for one in known}
    is_whole = papers.jury.rules.sits_out is SitsOut.CLASS
    for vote in papers.votes:
        if vote.class_id != class_id or vote.answer is not Answer.JAV:
            continue
        if vote.entry:
            reason, towards = Text("declared in the vote"), {vote.entry}
        else:
            is_known = any((vote.juror, name) in pairs for name in names)
            reason = Text("declared in the vote on whether anybody gets the award")
            towards = set(names) if is_whole and not is_known else set()
        for entry in sorted(towards):
            if (vote.juror, entry) not in pairs:
                pairs.add((vote.juror, entry))
                yield JavFinding(
                    vote.juror, entry, DECLARED, "", reason, JavSource.DECLARED, vote.source
                )


def _out_of_all(
    class_id: str, out: Mapping[tuple[str, str], AbstractSet[str]], papers: Papers
) -> AbstractSet[str]:
    """Give who takes no part in the class at all."""
    if papers.jury.rules.sits_out is SitsOut.CLASS:
        return out[class_id, ""]
    per_entry = [jurors for (_, entry), jurors in out.items() if entry]
    return frozenset.intersection(*map(frozenset, per_entry))


def _silent(ballots: Sequence[Ballot], papers: Papers) -> AbstractSet[str]:
    """Give those who have handed in nothing; where nobody has, the day has not come."""
    there = {ballot.juror for ballot in ballots if ballot.state is not Answer.ABSENT}
    return {juror.id for juror in papers.jury.jurors} - there if ballots else frozenset()


def _grades(
    nominees: Sequence[Nomination],
    ballots: Iterable[Ballot],
    sitting: Sitting,
    out: Mapping[str, AbstractSet[str]],
) -> Grades:
    up = tuple(n.entry for n in nominees if n.nominated_for is ProposalKind.AWARD)
    given = {
        (ballot.juror, ballot.entry): LEVELS.index(ballot.grade)
        for ballot in ballots
        if ballot.grade is not None and ballot.juror not in out[ballot.entry]
    }
    rows = (tuple(given.get((juror, entry)) for entry in up) for juror in sitting.voters)
    return Grades(up, LEVEL_WORDS, tuple(row for row in rows if any(g is not None for g in row)))


def _says_something(ballot: Ballot) -> bool:
    return ballot.state is Answer.YES or ballot.mention in (Answer.YES, Answer.NO)


def _is_given(grades: Grades) -> bool:
    return bool(grades.nominees and grades.ballots)


def _mentions_wished(
    nominees: Sequence[Nomination], ballots: Sequence[Ballot], sitting: Sitting
) -> tuple[Figure, ...]:
    def count(answer: Answer) -> dict[str, int]:
        return {
            nominee.entry: sum(
                ballot.entry == nominee.entry
                and ballot.mention is answer
                and ballot.juror in sitting.voters
                for ballot in ballots
            )
            for nominee in nominees
        }

    if not ballots:
        return ()
    yes = Figure(Text("Yes to a mention"), count(Answer.YES))
    return yes, Figure(Text("No to a mention"), count(Answer.NO))


def _results(
    class_id: str, papers: Papers, out: Mapping[tuple[str, str], AbstractSet[str]]
) -> tuple[ItemResult, ...]:
    by_item: dict[Item, list[Vote]] = {}
    for vote in papers.votes:
        if vote.class_id == class_id:
            by_item.setdefault(Item.of(vote), []).append(vote)
    return tuple(
        _result(item, votes, papers.jury, out.get((class_id, item.entry), frozenset()))
        for item, votes in by_item.items()
    )


def _result(item: Item, votes: Sequence[Vote], jury: Jury, jav: AbstractSet[str]) -> ItemResult:
    own = [vote for vote in votes if vote.juror != EVERYONE]
    of_everyone = [vote for vote in votes if vote.juror == EVERYONE]
    if not of_everyone:
        return decide_item(item, own, seat_voters(jury, jav, own), jury.rules)
    named = {vote.juror: vote.answer for vote in own}
    away = {name for name, answer in named.items() if answer is Answer.ABSENT}
    # "Everyone" are the members: a substitute was only there if something is noted of them.
    away |= {juror.id for juror in jury.jurors if juror.role is Role.SUBSTITUTE} - named.keys()
    said_jav = {name for name, answer in named.items() if answer is Answer.JAV}
    sitting = seat_jury(jury, jav | said_jav, away)
    silent = [name for name in sitting.voters if name not in named]
    own += [attrs.evolve(vote, juror=name) for vote in of_everyone for name in silent]
    return decide_item(item, own, sitting, jury.rules)


def _warnings(
    results: Sequence[ItemResult], sitting: Sitting, tally: Tally | None, winners: Sequence[str]
) -> Iterable[Text]:
    if tally and tally.cycle:
        yield Text("majorities go round in a circle: no nominee wins every pair")
    if len(winners) > 1:
        yield Text(
            "the order in which proposals are put against each other would decide;"
            " put each of them by itself"
        )
    if tally and not sitting.has_quorum:
        yield Text("fewer than the quorum have handed in ballots")
    if any(result.voided for result in results):
        yield Text("votes of jurors with jäv were left out")


def _warnings_of_ballots(
    ballots: Iterable[Ballot],
    out: Mapping[tuple[str, str], AbstractSet[str]],
    class_id: str,
    sitting: Sitting,
) -> Iterable[Text]:
    said = [ballot for ballot in ballots if _says_something(ballot)]
    void = {ballot.juror for ballot in said if ballot.juror in out[class_id, ballot.entry]}
    if void:
        yield Text("ballots of {jurors}, who have jäv, were left out", jurors=sorted(void))
    unseated = {ballot.juror for ballot in said} - void - {*sitting.voters}
    if unseated:
        yield Text(
            "ballots of {jurors}, who have no seat in the class, were left out",
            jurors=sorted(unseated),
        )


def _warnings_of_votes(results: Sequence[ItemResult], papers: Papers) -> Iterable[Text]:
    for result in results:
        noted = {vote.juror for vote in papers.votes if Item.of(vote) == result.item}
        members = {member.id for member in papers.jury.members}
        silent = [name for name in result.sitting.absent if name in members - noted]
        if silent:
            yield Text(
                "{what}: no vote is noted of {jurors}, who count as absent",
                what=said_item(result.item, papers.entries),
                jurors=silent,
            )
        if free := _not_called(result, noted, papers.jury):
            yield Text(
                "{what}: {jurors} could have stood in; a substitute takes part by a row of their"
                " own",
                what=said_item(result.item, papers.entries),
                jurors=free,
            )
        if result.unseated:
            yield Text(
                "{what}: the votes of {jurors}, who take no part, were left out",
                what=said_item(result.item, papers.entries),
                jurors=result.unseated,
            )


def _not_called(result: ItemResult, noted: AbstractSet[str], jury: Jury) -> list[str]:
    """Give the substitutes whom a vote of everyone left out though a seat was empty for them."""
    if EVERYONE not in noted:
        return []
    sitting = result.sitting
    taken = {seat.stands_in_for for seat in sitting.seats}
    empty = {*sitting.jav, *sitting.absent} & {member.id for member in jury.members} - taken
    return [
        juror.id
        for juror in jury.jurors
        if juror.role is Role.SUBSTITUTE
        and juror.id not in {*noted, *sitting.jav}
        and (empty & {*juror.substitute_for} if juror.substitute_for else empty)
    ]

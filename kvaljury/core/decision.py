"""Votes to decisions, item by item: nothing is carried without a quorum, and ties are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kvaljury.core.model.jury import Answer, CastingVote, JuryRules, Majority, Vote
from kvaljury.core.model.sitting import Item, ItemResult, Sitting


def decide_item(
    item: Item, votes: Sequence[Vote], sitting: Sitting, rules: JuryRules
) -> ItemResult:
    """Count the votes on an item.

    Args:
        item: what was put to the vote.
        votes: on this item, at most one a juror; those of jurors who do not take part are void.
        sitting: who takes part.
        rules: majority and casting vote.

    Returns:
        What came of it. A juror who takes part and has no vote abstains.

    Raises:
        ValueError: if somebody is seated whose vote says jäv or absent: quorum and chair would be
            wrong. `seat_voters` takes them out.
    """
    given = {vote.juror: vote for vote in votes}
    _refuse_strangers(given, sitting)
    answers = _answers(given, sitting)
    yes, no = (len(answers.get(answer, ())) for answer in (Answer.YES, Answer.NO))
    is_carried, casting = _result(answers, yes, no, sitting, rules)
    return ItemResult(
        item=item,
        sitting=sitting,
        answers=answers,
        voided=tuple(name for name in sitting.jav if _has_voted(name, given)),
        is_carried=is_carried,
        casting_vote=casting,
        reservations={
            name: given[name].reservation
            for name in sitting.voters
            if name in given and given[name].reservation
        },
        unseated=tuple(
            name
            for name in given
            if name not in {*sitting.voters, *sitting.jav} and _has_voted(name, given)
        ),
    )


def _has_voted(name: str, given: Mapping[str, Vote]) -> bool:
    return name in given and given[name].answer in (Answer.YES, Answer.NO)


def _refuse_strangers(given: Mapping[str, Vote], sitting: Sitting) -> None:
    for name in sitting.voters:
        if name in given and given[name].answer in (Answer.JAV, Answer.ABSENT):
            raise ValueError(f"{name} is seated and noted as {given[name].answer}")


def _answers(given: Mapping[str, Vote], sitting: Sitting) -> dict[Answer, tuple[str, ...]]:
    by_state: dict[Answer, list[str]] = {answer: [] for answer in Answer}
    for name in sitting.voters:
        by_state[given[name].answer if name in given else Answer.ABSTAINS].append(name)
    by_state[Answer.JAV] += sitting.jav
    by_state[Answer.ABSENT] += sitting.absent
    return {answer: tuple(names) for answer, names in by_state.items()}


def _result(
    answers: Mapping[Answer, tuple[str, ...]], yes: int, no: int, sitting: Sitting, rules: JuryRules
) -> tuple[bool | None, str | None]:
    if not sitting.has_quorum:
        return None, None
    if yes != no:
        present = len(sitting.seats) if rules.majority is Majority.ABSOLUTE else yes + no
        return yes * 2 > present, None
    if rules.casting_vote is CastingVote.CHAIR:
        if sitting.chair in answers[Answer.YES]:
            return True, sitting.chair
        if sitting.chair in answers[Answer.NO]:
            return False, sitting.chair
    return (False, None) if rules.casting_vote is CastingVote.FALLS else (None, None)

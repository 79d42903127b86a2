"""Statuses of a class: clear, discuss, not listed; what overrides what."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.model import (
    ClassRanking,
    Finding,
    Outcome,
    ProposalKind,
    RankedEntry,
    ShortlistRule,
    ShortlistSettings,
    Stage,
    Status,
    Text,
)
from kvaljury.core.shortlist import can_receive, decide_statuses, is_tied_at_cut
from kvaljury.errors import PluginFault, RulesFault
from kvaljury_plugins import probability

(RULE,) = probability.kvaljury_shortlist_rules()
SETTINGS = ShortlistSettings(size=2)


def ranked(entry_id, rank, p, proposal=None, **more):
    return RankedEntry(
        id=entry_id,
        name=entry_id,
        team="t",
        status=Status.DISCUSS,
        rank=rank,
        p_shortlist=p,
        proposal=proposal,
        **more,
    )


def failing(entry_id, stage):
    return Finding("E1", entry_id, stage, Outcome.FAIL, Text("no"), "S1:1")


def class_of(*entries, comparable=True):
    return ClassRanking("c", Text("C"), 2, comparable, entries)


def statuses(ranking, rule=RULE, settings=SETTINGS):
    decided = decide_statuses(ranking, rule, settings)
    return {entry.id: entry.status.value for entry in decided.entries}


def reasons(ranking, entry_id, rule=RULE):
    decided = decide_statuses(ranking, rule, SETTINGS)
    (entry,) = [entry for entry in decided.entries if entry.id == entry_id]
    return [reason.code for reason in entry.reasons]


def test_clear_entries_are_listed_and_the_rest_is_discussed_or_not() -> None:
    ranking = class_of(
        ranked("a", 1, 0.95), ranked("b", 2, 0.6), ranked("c", 3, 0.4), ranked("d", 4, 0.05)
    )
    assert statuses(ranking) == {
        "a": "shortlisted",
        "b": "discuss",
        "c": "discuss",
        "d": "not_shortlisted",
    }
    assert reasons(ranking, "b") == ["uncertain"]
    assert reasons(ranking, "a") == []


@pytest.mark.parametrize(
    ("p", "status"),
    [
        (1.0, "shortlisted"),
        (0.9, "shortlisted"),
        (0.899999, "discuss"),
        (0.100001, "discuss"),
        (0.1, "not_shortlisted"),
        (0.0, "not_shortlisted"),
        (None, "discuss"),
    ],
)
def test_the_limits_belong_to_the_clear_side(p, status: str) -> None:
    others = [ranked(name, rank, 0.5) for rank, name in enumerate("xyz", 2)]
    assert statuses(class_of(ranked("a", 1, p), *others))["a"] == status


def test_a_tie_at_the_cut_is_discussed_however_sure_the_draws_are() -> None:
    ranking = class_of(ranked("a", 1, 1.0), ranked("b", 2, 0.95), ranked("c", 2, 0.95))
    assert statuses(ranking) == {"a": "shortlisted", "b": "discuss", "c": "discuss"}
    assert reasons(ranking, "b") == ["tied"]


def test_a_tie_within_the_places_is_no_tie_at_the_cut() -> None:
    ranking = class_of(ranked("a", 1, 0.95), ranked("b", 1, 0.95), ranked("c", 3, 0.05))
    assert statuses(ranking)["a"] == statuses(ranking)["b"] == "shortlisted"


@pytest.mark.parametrize(
    ("rank", "sharing", "tied"),
    [(1, 2, False), (1, 3, True), (2, 1, False), (2, 2, True), (3, 2, False)],
)
def test_a_tie_at_the_cut_reaches_past_the_last_place(rank: int, sharing: int, tied: bool) -> None:
    entries = [ranked(f"e{i}", rank, 0.5) for i in range(sharing)]
    assert is_tied_at_cut(entries[0], entries, 2) is tied


def test_an_entry_without_rank_is_never_tied() -> None:
    assert is_tied_at_cut(attrs.evolve(ranked("a", 1, 0.5), rank=None), [], 2) is False


def test_an_entry_proposed_for_the_award_is_never_below_discuss() -> None:
    ranking = class_of(
        ranked("a", 1, 0.95), ranked("b", 2, 0.95), ranked("c", 3, 0.01, ProposalKind.AWARD)
    )
    assert statuses(ranking)["c"] == "discuss"
    assert reasons(ranking, "c") == ["proposed", "proposal_above_score"]


def test_a_proposal_for_a_mention_does_not_lift_an_entry() -> None:
    ranking = class_of(
        ranked("a", 1, 0.95), ranked("b", 2, 0.95), ranked("c", 3, 0.01, ProposalKind.MENTION)
    )
    assert statuses(ranking)["c"] == "not_shortlisted"


@pytest.mark.parametrize("proposal", [ProposalKind.NONE, ProposalKind.MENTION])
def test_a_high_score_without_a_proposal_for_the_award_is_pointed_out(proposal) -> None:
    ranking = class_of(*(ranked(name, i, 0.95, proposal) for i, name in enumerate("abc", 1)))
    assert "score_above_proposal" in reasons(ranking, "a")
    everybody = class_of(ranked("a", 1, 1.0, proposal), ranked("b", 2, 1.0))
    assert "score_above_proposal" not in reasons(everybody, "a")


def test_no_proposal_filed_is_no_disagreement() -> None:
    ranking = class_of(*(ranked(name, i, 0.95) for i, name in enumerate("abc", 1)))
    assert reasons(ranking, "a") == []


def test_where_teams_cannot_be_compared_the_best_status_is_discuss() -> None:
    ranking = class_of(
        ranked("a", 1, 0.99), ranked("b", 2, 0.5), ranked("c", 3, 0.01), comparable=False
    )
    assert statuses(ranking) == {"a": "discuss", "b": "discuss", "c": "not_shortlisted"}
    assert "not_comparable" in reasons(ranking, "a")


def test_without_uncertainty_everything_is_discussed() -> None:
    ranking = class_of(ranked("a", 1, None), ranked("b", 2, None), ranked("c", 3, None))
    assert set(statuses(ranking).values()) == {"discuss"}
    assert reasons(ranking, "a") == ["no_uncertainty"]


def test_a_class_smaller_than_the_list_says_that_nobody_was_weighed_out() -> None:
    assert "few_entries" in reasons(class_of(ranked("a", 1, 1.0)), "a")


def test_a_rule_never_sees_entries_without_a_rank_and_leaves_their_status() -> None:
    seen = []

    def decide(ranking, settings):
        seen.extend(entry.id for entry in ranking.entries)
        return {entry.id: Status.SHORTLISTED for entry in ranking.entries}

    barred = RankedEntry(id="x", name="x", team="t", status=Status.BARRED_AWARD)
    ranking = class_of(ranked("a", 1, 0.5), barred)
    assert statuses(ranking, ShortlistRule("all", decide)) == {
        "a": "shortlisted",
        "x": "barred_award",
    }
    assert seen == ["a"]


def test_a_class_without_ranked_entries_asks_no_rule() -> None:
    barred = RankedEntry(id="x", name="x", team="t", status=Status.UNMARKED)
    assert statuses(class_of(barred), ShortlistRule("never", lambda *_: 1 / 0)) == {"x": "unmarked"}


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"a": Status.SHORTLISTED, "x": Status.SHORTLISTED},
        {"a": Status.BARRED_AWARD},
        {"a": "odd"},
    ],
    ids=["left out", "a barred entry comes back", "not a status to give", "no status"],
)
def test_an_unusable_answer_names_the_rule(answer) -> None:
    barred = RankedEntry(id="x", name="x", team="t", status=Status.BARRED_AWARD)
    ranking = class_of(ranked("a", 1, 0.5), barred)
    with pytest.raises(PluginFault, match="The shortlist rule odd must give") as caught:
        statuses(ranking, ShortlistRule("odd", lambda *_: answer))
    assert caught.value.exit_code == 4


def test_a_rule_that_raises_is_named() -> None:
    with pytest.raises(PluginFault, match="odd failed: ZeroDivisionError: division by zero"):
        statuses(class_of(ranked("a", 1, 0.5)), ShortlistRule("odd", lambda *_: 1 / 0))


def test_a_rule_cannot_change_what_is_published() -> None:
    def decide(ranking, _):
        for entry in ranking.entries:
            object.__setattr__(entry, "score", 99.0)
        return {entry.id: Status.DISCUSS for entry in ranking.entries}

    ranking = class_of(ranked("a", 1, 0.5, score=50.0))
    decided = decide_statuses(ranking, ShortlistRule("meddling", decide), SETTINGS)
    assert decided.entries[0].score == 50.0


def test_a_rule_may_refuse_in_its_own_words() -> None:
    def refuse(*_):
        raise RulesFault(Text("not these rules"))

    with pytest.raises(RulesFault, match="not these rules"):
        statuses(class_of(ranked("a", 1, 0.5)), ShortlistRule("odd", refuse))


def test_a_rule_barring_the_award_leaves_the_mention_open() -> None:
    entry = ranked("a", 1, 0.5, findings=(failing("a", Stage.AWARD),))
    assert can_receive(entry, Stage.MENTION) is True
    assert can_receive(entry, Stage.AWARD) is False


def test_who_may_not_take_part_receives_nothing() -> None:
    entry = ranked("a", 1, 0.5, findings=(failing("a", Stage.PARTICIPATION),))
    assert can_receive(entry, Stage.MENTION) is False


@given(
    st.lists(
        st.tuples(st.integers(1, 5), st.floats(0, 1), st.sampled_from([None, *ProposalKind])),
        min_size=1,
        max_size=7,
    ),
    st.booleans(),
    st.integers(1, 4),
)
def test_statuses_keep_the_promises(rows, comparable: bool, size: int) -> None:
    entries = tuple(
        ranked(f"e{i}", rank, p, proposal) for i, (rank, p, proposal) in enumerate(rows)
    )
    settings = ShortlistSettings(size=size)
    decided = decide_statuses(class_of(*entries, comparable=comparable), RULE, settings)
    for entry in decided.entries:
        if entry.proposal is ProposalKind.AWARD:
            assert entry.status is not Status.NOT_SHORTLISTED
        if not comparable or is_tied_at_cut(entry, entries, size):
            assert entry.status is not Status.SHORTLISTED
        if entry.status is Status.SHORTLISTED:
            assert entry.p_shortlist >= 0.9
        same = [
            o
            for o in decided.entries
            if o.rank == entry.rank
            and o.p_shortlist == entry.p_shortlist
            and o.proposal == entry.proposal
        ]
        assert {other.status for other in same} == {entry.status}, "tied in, tied out"

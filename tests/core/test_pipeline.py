"""From an edition and its marks to the decision basis."""

from fractions import Fraction

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.calibration import fit_panel
from kvaljury.core.model import (
    Aggregation,
    Area,
    Calibration,
    CalibrationSettings,
    Edition,
    EligibilityRule,
    EligibilityUse,
    Entry,
    EntryClass,
    Examiner,
    Guest,
    Jav,
    Kind,
    Leaf,
    Mark,
    Marks,
    Normalisation,
    Outcome,
    PluginUse,
    Proposal,
    ProposalKind,
    Question,
    Rubric,
    RuleSet,
    Settings,
    Stage,
    State,
    Status,
    Team,
    Text,
    Toolkit,
    Verdict,
)
from kvaljury.core.pipeline import build_panel, rank_edition
from kvaljury.core.trace import leaf_weights, trace_entry
from kvaljury.errors import PluginFault, RulesFault, UsageFault
from kvaljury_plugins import approach, mean, mixed_model, probability, raw

FROZEN = {"entry": 60.0, "team": 15.0, "examiner": 16.0, "residual": 20.0}


def check(entry, parameters):
    """Bar by name: what stands in the entry's administration fails."""
    if entry.administration == parameters["bar"]:
        return Verdict(Outcome.FAIL, Text("barred here"))
    if entry.administration == "unsure":
        return Verdict(Outcome.UNKNOWN, Text("nobody knows"))
    return Verdict(Outcome.PASS, Text("fine"))


def use(stage):
    return EligibilityUse(
        f"R-{stage.value}", "bar", Text("Bar"), (stage,), {"bar": stage.value}, "S1:1"
    )


def rule_set(**settings):
    leaves = [Leaf(str(i), Text(f"Q{i}"), Fraction(100), "approach", f"S1:{i}") for i in (1, 2)]
    questions = tuple(Question(leaf.id, leaf.label, Fraction(50), (leaf,)) for leaf in leaves)
    return RuleSet(
        name="small",
        title=Text("Small"),
        year=2025,
        areas=(Area("a", Text("A"), Fraction(100), questions),),
        classes=(
            EntryClass("c", Text("C"), Kind.OTHER),
            EntryClass("d", Text("D"), Kind.OTHER, shortlist_size=1),
        ),
        eligibility=tuple(map(use, Stage)),
        facts=(),
        assumptions=(),
        settings=Settings(calibration=CalibrationSettings(draws=400), **settings),
    )


(APPROACH,) = approach.kvaljury_rubrics()
(MEAN,) = mean.kvaljury_aggregations()
(MIXED,) = mixed_model.kvaljury_normalisations()
(RAW,) = raw.kvaljury_normalisations()
(PROBABILITY,) = probability.kvaljury_shortlist_rules()
TOOLKIT = Toolkit(
    {"approach": APPROACH}, {"bar": EligibilityRule("bar", check)}, MEAN, MIXED, PROBABILITY
)


def edition(entries=8, teams=4, proposals=None, changes=None, guests=True):
    """Entries e0.. in class c, two a team, three examiners a team, a guest of the next team."""
    changes = changes or {}
    made = tuple(
        Entry(
            **{
                "id": f"e{i}",
                "name": f"Unit {i}",
                "entry_class": "c",
                "kind": Kind.OTHER,
                **changes.get(f"e{i}", {}),
            }
        )
        for i in range(entries)
    )
    per_team = -(-entries // teams)
    return Edition(
        title="Small year",
        year=2025,
        rules=rule_set(),
        entries=made,
        teams=tuple(
            Team(
                f"t{t}",
                None,
                tuple(f"x{t}{j}" for j in range(3)),
                tuple(e.id for e in made[t * per_team : (t + 1) * per_team]),
                (Guest(f"x{(t + 1) % teams}0", f"e{t * per_team}"),) if guests else (),
            )
            for t in range(teams)
        ),
        examiners=tuple(Examiner(f"x{t}{j}") for t in range(teams) for j in range(3)),
        proposals={
            entry: Proposal(entry, ProposalKind(kind)) for entry, kind in (proposals or {}).items()
        },
    )


def marks_of(year, seed=1, spread=1.0):
    """Marks that rise with the entry's number, with noise, in steps of five."""
    random = np.random.default_rng(seed)
    found = []
    for team in year.teams:
        pairs = [(e, x) for e in team.entries for x in team.examiners]
        pairs += [(guest.entry, guest.examiner) for guest in team.guests]
        for entry, examiner in pairs:
            for leaf in ("1", "2"):
                level = 25 + 6 * int(entry[1:]) + random.normal(0, 6)
                value = Fraction(int(np.clip(round(level / 5 * spread) * 5, 0, 100)))
                found.append(Mark(entry, examiner, leaf, "", value))
    return Marks(tuple(sorted(found, key=lambda m: (m.entry, m.examiner, m.question))))


def statuses(ranking):
    return {e.id: e.status.value for c in ranking.classes for e in c.entries}


def entry_of(ranking, entry_id):
    return next(e for c in ranking.classes for e in c.entries if e.id == entry_id)


def codes(ranking, entry_id):
    return [reason.code for reason in entry_of(ranking, entry_id).reasons]


def test_a_linked_year_is_ranked_best_first_with_uncertainty() -> None:
    year = edition()
    ranking = rank_edition(year, marks_of(year), TOOLKIT)
    first, empty = ranking.classes
    assert [entry.rank for entry in first.entries] == sorted(e.rank for e in first.entries)
    assert first.entries[0].id in {"e6", "e7"}
    assert first.comparable is True
    assert all(e.low < e.score < e.high for e in first.entries)
    assert empty.entries == ()
    assert [str(note) for note in empty.notes] == ["No entry competes in this class"]
    assert (first.shortlist_size, empty.shortlist_size) == (3, 1)
    assert ranking.warnings == ()


def test_statuses_follow_the_first_rule_that_fits() -> None:
    year = edition(
        changes={
            "e7": {"administration": "participation"},
            "e6": {"administration": "award"},
            "e5": {"administration": "mention"},
            "e4": {"administration": "unsure"},
        },
        proposals={"e5": "mention", "e6": "award"},
    )
    ranking = rank_edition(year, marks_of(year), TOOLKIT)
    assert statuses(ranking)["e7"] == "not_eligible"
    assert statuses(ranking)["e6"] == "barred_award"
    assert entry_of(ranking, "e7").rank is None
    assert entry_of(ranking, "e7").raw is not None
    assert entry_of(ranking, "e7").p_best is None
    assert codes(ranking, "e7") == ["failed:R-participation"]
    assert codes(ranking, "e5")[0] == "failed:R-mention"
    assert "mention_barred" in codes(ranking, "e5")
    assert entry_of(ranking, "e5").rank == 1
    assert codes(ranking, "e4")[:3] == [
        "unknown:R-participation",
        "unknown:R-award",
        "unknown:R-mention",
    ]
    assert ranking.classes[0].mentions == ()
    assert [e.id for e in ranking.classes[0].entries][-2:] == ["e6", "e7"]


def test_mentions_come_from_proposals_and_never_from_rank() -> None:
    year = edition(proposals={"e0": "mention", "e7": "award"})
    ranking = rank_edition(year, marks_of(year), TOOLKIT)
    assert ranking.classes[0].mentions == ("e0",)
    assert entry_of(ranking, "e0").rank > 4


def test_a_barred_entry_may_still_be_proposed_for_a_mention() -> None:
    year = edition(changes={"e1": {"administration": "award"}}, proposals={"e1": "mention"})
    ranking = rank_edition(year, marks_of(year), TOOLKIT)
    assert statuses(ranking)["e1"] == "barred_award"
    assert ranking.classes[0].mentions == ("e1",)


def test_an_entry_without_marks_is_unmarked_and_the_class_says_so() -> None:
    year = edition()
    marks = marks_of(year)
    left = Marks(tuple(mark for mark in marks.valid if mark.entry != "e3"))
    ranking = rank_edition(year, left, TOOLKIT)
    assert statuses(ranking)["e3"] == "unmarked"
    assert entry_of(ranking, "e3").score is None
    assert codes(ranking, "e3") == ["unmarked"]
    assert [str(note) for note in ranking.classes[0].notes] == ["Entries without a valid mark: 1"]


def test_missing_marks_and_few_readers_are_named_in_reasons() -> None:
    year = edition()
    marks = marks_of(year)
    kept = [
        mark
        for mark in marks.valid
        if not (mark.entry == "e3" and mark.examiner == "x11" and mark.question == "2")
        and not (mark.entry == "e5" and mark.examiner in {"x20", "x21"})
    ]
    ranking = rank_edition(year, Marks(tuple(kept)), TOOLKIT)
    assert "missing_marks" in codes(ranking, "e3")
    assert "few_readers" in codes(ranking, "e5")


def test_withdrawn_entries_and_calibration_cases_calibrate_but_are_not_listed() -> None:
    year = edition(
        changes={"e0": {"state": State.WITHDRAWN}, "e1": {"state": State.CALIBRATION_CASE}}
    )
    ranking = rank_edition(year, marks_of(year), TOOLKIT)
    assert ranking.not_competing == ("e0", "e1")
    assert not {"e0", "e1"} & statuses(ranking).keys()
    assert {"e0", "e1"} <= ranking.raw.keys()


def test_teams_without_links_are_guarded_with_a_banner_and_the_links_that_would_help() -> None:
    year = edition(guests=False)
    ranking = rank_edition(year, marks_of(year), TOOLKIT)
    (first, _) = ranking.classes
    assert first.comparable is False
    assert str(first.notes[0]) == "The teams cannot be compared: t0, t1, t2, t3"
    assert not {"shortlisted"} & set(statuses(ranking).values())
    assert all(e.score == pytest.approx(e.raw) for e in first.entries)
    assert ranking.calibration.comparable is False
    assert len(ranking.calibration.links) == 3


def test_proposed_links_leave_declared_jav_out() -> None:
    year = edition(guests=False)
    (pair, *_) = rank_edition(year, marks_of(year), TOOLKIT).calibration.links
    examiners = tuple(
        attrs.evolve(x, jav=(Jav(pair[1], "kin"),)) if x.id == pair[0] else x
        for x in year.examiners
    )
    again = rank_edition(attrs.evolve(year, examiners=examiners), marks_of(year), TOOLKIT)
    assert pair not in again.calibration.links


def test_one_entry_alone_is_shown_with_a_word_of_caution() -> None:
    year = edition(changes={"e7": {"entry_class": "d"}})
    ranking = rank_edition(year, marks_of(year), TOOLKIT)
    (alone,) = ranking.classes[1].entries
    assert (alone.rank, alone.p_best) == (1, 1.0)
    assert "nobody to compare it with" in str(ranking.classes[1].notes[0])
    assert "few_entries" in [reason.code for reason in alone.reasons]


def test_a_class_where_all_are_barred_ranks_nobody() -> None:
    year = edition(changes={"e7": {"entry_class": "d", "administration": "participation"}})
    ranking = rank_edition(year, marks_of(year), TOOLKIT)
    assert str(ranking.classes[1].notes[0]) == "No entry in this class can be ranked"


def test_marks_under_jav_are_listed_with_their_ground() -> None:
    year = edition()
    examiners = tuple(
        attrs.evolve(x, jav=(Jav("e0", "kin"),)) if x.id == "x00" else x for x in year.examiners
    )
    marks = marks_of(year)
    under = tuple(m for m in marks.valid if (m.entry, m.examiner) == ("e0", "x00"))
    valid = tuple(m for m in marks.valid if m not in under)
    ranking = rank_edition(attrs.evolve(year, examiners=examiners), Marks(valid, under), TOOLKIT)
    (excluded,) = ranking.excluded
    assert (excluded.entry, excluded.examiner, excluded.ground, excluded.marks) == (
        "e0",
        "x00",
        "kin",
        2,
    )
    assert entry_of(ranking, "e0").readings == 3


def test_without_any_mark_the_rules_cannot_be_applied() -> None:
    with pytest.raises(RulesFault, match="no valid mark") as caught:
        rank_edition(edition(), Marks(), TOOLKIT)
    assert caught.value.exit_code == 5
    assert "marks/" in str(caught.value.hint)


def test_a_plugin_that_gives_nothing_usable_is_named() -> None:
    toolkit = attrs.evolve(TOOLKIT, aggregation=Aggregation("odd", lambda _: Fraction(1000)))
    year = edition()
    with pytest.raises(PluginFault, match="odd"):
        rank_edition(year, marks_of(year), toolkit)


def test_a_plugin_fault_names_where_the_plugin_comes_from() -> None:
    toolkit = attrs.evolve(
        TOOLKIT,
        aggregation=Aggregation("odd", lambda _: Fraction(1000)),
        plugins=(PluginUse("aggregation odd", "plugins/odd.py", "0123456789ab"),),
    )
    with pytest.raises(PluginFault) as caught:
        rank_edition(edition(), marks_of(edition()), toolkit)
    assert str(caught.value.where) == "plugins/odd.py: 0123456789ab"


def test_a_normalisation_cannot_change_the_panel() -> None:
    def spoil(panel, _):
        panel.raw[:] = 0

    year = edition()
    spoiling = attrs.evolve(TOOLKIT, normalisation=Normalisation("spoiling", spoil))
    with pytest.raises(PluginFault, match="read-only"):
        rank_edition(year, marks_of(year), spoiling)


def test_a_barred_entry_apart_does_not_make_its_class_incomparable() -> None:
    year = edition(entries=4, teams=2, guests=False, changes={"e2": {"administration": "award"}})
    year = attrs.evolve(
        year,
        teams=(
            attrs.evolve(year.teams[0], entries=("e0", "e1", "e3")),
            attrs.evolve(year.teams[1], entries=("e2",)),
        ),
    )
    ranking = rank_edition(year, marks_of(year), TOOLKIT)
    assert ranking.calibration.components == 2
    assert ranking.classes[0].comparable is True


def test_a_proposal_for_an_award_that_is_barred_is_pointed_out() -> None:
    year = edition(changes={"e6": {"administration": "award"}}, proposals={"e6": "award"})
    assert "award_barred" in codes(rank_edition(year, marks_of(year), TOOLKIT), "e6")


def test_without_draws_numbers_that_are_not_there_are_none() -> None:
    bare = Normalisation("bare", lambda panel, _: Calibration("bare", panel.raw, None, {}))
    year = edition()
    ranking = rank_edition(year, marks_of(year), attrs.evolve(TOOLKIT, normalisation=bare))
    entry = ranking.classes[0].entries[0]
    assert (entry.low, entry.rank_low, entry.p_best, entry.expected_rank) == (None,) * 4
    assert entry.rank == 1
    assert entry.status is Status.DISCUSS


def test_raw_scores_are_the_exact_mean_of_the_readings() -> None:
    year = edition()
    ranking = rank_edition(year, marks_of(year), attrs.evolve(TOOLKIT, normalisation=RAW))
    for entry in ranking.classes[0].entries:
        totals = [r.total for r in ranking.readings if r.entry == entry.id]
        assert ranking.raw[entry.id] == sum(totals) / len(totals)
        assert entry.score == pytest.approx(float(ranking.raw[entry.id]), abs=5e-7)


@given(st.randoms(use_true_random=False))
def test_the_order_of_marks_teams_and_examiners_never_matters(random) -> None:
    year = edition(proposals={"e0": "award"})
    marks = list(marks_of(year).valid)
    expected = rank_edition(year, Marks(tuple(marks)), TOOLKIT)
    random.shuffle(marks)
    teams, examiners = list(year.teams), list(year.examiners)
    random.shuffle(teams)
    random.shuffle(examiners)
    shuffled = attrs.evolve(
        year,
        teams=tuple(
            attrs.evolve(t, examiners=tuple(reversed(t.examiners)), entries=t.entries[::-1])
            for t in teams
        ),
        examiners=tuple(examiners),
    )
    assert rank_edition(shuffled, Marks(tuple(marks)), TOOLKIT) == expected


@given(st.sets(st.sampled_from([f"e{i}" for i in range(8)])), st.booleans())
def test_a_barred_entry_is_never_shortlisted_nor_discussed(barred, guests: bool) -> None:
    year = edition(
        changes={e: {"administration": "award"} for e in barred},
        proposals={f"e{i}": "award" for i in range(8)},
        guests=guests,
    )
    found = statuses(rank_edition(year, marks_of(year), TOOLKIT))
    assert {e for e, status in found.items() if status == "barred_award"} == barred


@given(st.integers(0, 20), st.integers(0, 51))
def test_a_higher_mark_never_lowers_raw_score_nor_rank(seed: int, which: int) -> None:
    year = edition()
    marks = marks_of(year, seed).valid
    mark = marks[which % len(marks)]
    raised = attrs.evolve(mark, value=min(Fraction(100), mark.value + 15))
    higher = tuple(raised if m is mark else m for m in marks)
    toolkit = attrs.evolve(TOOLKIT, normalisation=RAW)
    before = entry_of(rank_edition(year, Marks(marks), toolkit), mark.entry)
    after = entry_of(rank_edition(year, Marks(higher), toolkit), mark.entry)
    assert after.score >= before.score
    assert after.rank <= before.rank


@given(st.integers(0, 20), st.integers(0, 51))
def test_a_higher_mark_never_lowers_the_calibrated_rank_with_variances_kept(
    seed: int, which: int
) -> None:
    def calibrate(panel, settings):
        return Calibration("kept", fit_panel(panel, FROZEN).scores, None, {})

    year = edition()
    marks = marks_of(year, seed).valid
    mark = marks[which % len(marks)]
    raised = attrs.evolve(mark, value=min(Fraction(100), mark.value + 15))
    higher = tuple(raised if m is mark else m for m in marks)
    toolkit = attrs.evolve(TOOLKIT, normalisation=Normalisation("kept", calibrate))
    before = entry_of(rank_edition(year, Marks(marks), toolkit), mark.entry)
    after = entry_of(rank_edition(year, Marks(higher), toolkit), mark.entry)
    assert after.score >= before.score
    assert after.rank <= before.rank


def test_panels_do_not_depend_on_the_order_of_readings() -> None:
    year = edition()
    ranking = rank_edition(year, marks_of(year), TOOLKIT)
    panel = build_panel(year, ranking.readings, ranking.raw)
    other = build_panel(year, ranking.readings[::-1], ranking.raw)
    assert panel.entries == other.entries == tuple(f"e{i}" for i in range(8))
    assert np.array_equal(panel.score, other.score)
    assert panel.home.tolist() == [0, 0, 1, 1, 2, 2, 3, 3]


def test_a_trace_holds_the_marks_weights_and_severities_behind_a_score() -> None:
    year = edition(proposals={"e0": "award"})
    marks = marks_of(year)
    ranking = rank_edition(year, marks, TOOLKIT)
    trace = trace_entry(year, marks, TOOLKIT, ranking, "e0")
    assert trace.ranked == entry_of(ranking, "e0")
    assert [r.is_guest for r in trace.readings] == [False, False, False, True]
    for reading in trace.readings:
        assert sum(mark.value for mark in reading.marks) / 2 == reading.reading.total
    assert trace.raw == sum(r.reading.total for r in trace.readings) / 4
    team = ranking.calibration.effects["team"]
    assert trace.readings[0].team_effect == team["t0"]
    assert trace.readings[3].team_effect == team["t1"]
    assert trace.proposal.proposal is ProposalKind.AWARD
    assert trace.aggregation == "mean"
    assert [(w.leaf, w.weight, w.rubric) for w in trace.weights] == [
        ("1", 50, "approach"),
        ("2", 50, "approach"),
    ]


def test_an_entry_that_does_not_compete_can_be_traced_too() -> None:
    year = edition(changes={"e0": {"state": State.WITHDRAWN}})
    marks = marks_of(year)
    trace = trace_entry(year, marks, TOOLKIT, rank_edition(year, marks, TOOLKIT), "e0")
    assert trace.ranked is None
    assert trace.raw is not None


def test_an_unknown_entry_cannot_be_traced() -> None:
    year = edition()
    marks = marks_of(year)
    with pytest.raises(UsageFault, match="no entry Q1"):
        trace_entry(year, marks, TOOLKIT, rank_edition(year, marks, TOOLKIT), "Q1")


def test_leaf_weights_sum_to_a_hundred() -> None:
    assert sum(weight.weight for weight in leaf_weights(edition())) == 100


def test_a_rubric_is_used_by_name() -> None:
    halved = Rubric(
        "approach", APPROACH.criteria, APPROACH.scale, APPROACH.levels, lambda m: m[:, 0] / 2
    )
    year = edition()
    marks = marks_of(year)
    plain = rank_edition(year, marks, TOOLKIT).raw
    half = rank_edition(year, marks, attrs.evolve(TOOLKIT, rubrics={"approach": halved})).raw
    assert half == {entry: score / 2 for entry, score in plain.items()}

"""How often entries stay on the list when somebody or something is left out."""

from fractions import Fraction

import attrs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvaljury.core.model import Aggregation, Calibration, Normalisation, Text
from kvaljury.core.model.sensitivity import Family, ListedCount, ListState
from kvaljury.core.pipeline import rank_edition
from kvaljury.core.sensitivity import assess_sensitivity
from kvaljury.core.sensitivity.recalculation import prepare_trial, recalculate, with_own_total
from kvaljury.core.sensitivity.scenarios import adjusted_totals
from kvaljury.errors import PluginFault, RulesFault
from tests.core.sensitivity.years import (
    MEDIAN,
    MIXED,
    RAW,
    assess,
    counts,
    entry_of,
    first_class,
    grid,
    toolkit,
    year,
)

# Means 50 and 46; without x1 they are 45 and 46.5; medians 50 and 45.
TWO = grid([(60, 50, 40), (45, 45, 48)])
CROSSED = grid([(60, 55, 50, 61), (45, 45, 48, 52), (30, 35, 44, 29), (20, 28, 31, 26)])


def test_leaving_an_examiner_out_swaps_two_entries():
    found = first_class(TWO)
    first, second = found.entries
    assert (first.id, first.place, first.is_listed) == ("e1", 1, True)
    assert first.taken_off_by == ("without-examiner:x1",)
    assert second.put_on_by == ("without-examiner:x1",)
    assert (first.put_on_by, second.taken_off_by) == ((), ())
    assert counts(found, "e1")["examiners"] == (2, 3)
    assert counts(found, "e2")["examiners"] == (1, 3)
    assert [(e.best, e.worst) for e in found.entries] == [(1, 2), (1, 2)]


def test_the_median_of_the_examiners_is_a_scenario_of_its_own():
    found = first_class(grid([(90, 40, 41), (50, 45, 52)]))
    assert entry_of(found, "e1").taken_off_by[:1] == ("median",)
    assert counts(found, "e1")["aggregation"] == (1, 2)
    assert counts(found, "e1")["raw"] == (1, 1)


def test_leaving_an_area_out_uses_the_weights_of_the_others():
    # Totals 60 and 55; without a: 40 and 60; without b: 80 and 50.
    table = grid([((80, 40),) * 2, ((50, 60),) * 2])
    found = first_class(table, weights={"a": 50, "b": 50})
    assert entry_of(found, "e1").taken_off_by == ("weights", "without-area:a")
    assert counts(found, "e1")["areas"] == (1, 2)


def test_an_area_without_weight_and_an_only_area_are_not_left_out():
    assert counts(first_class(TWO), "e1")["areas"] == (0, 0)
    table = grid([((80, 40),) * 2, ((50, 60),) * 2])
    found = first_class(table, weights={"a": 100, "b": 0})
    assert counts(found, "e1")["areas"] == (0, 0)
    assert counts(found, "e1")["weights"] == (50, 50)


def test_a_reading_without_the_other_areas_drops_out_with_its_area():
    table = grid([((80, 40), (80, None)), ((50, 60), (50, 60))])
    found = first_class(table, weights={"a": 50, "b": 50})
    assert found.lost == ()
    assert counts(found, "e1")["areas"] == (1, 2)


def test_raw_scores_are_held_against_calibrated_ones():
    # x1 and x2 read all; x3 is generous by 30 and read e1 alone: raw 60, adjusted about 50.
    table = grid([(50, 50), (55, 55), (30, 34), (41, 40), (62, 60), (20, 24)])
    table["e1"]["x3"] = 80
    for entry in ("e3", "e4", "e6"):
        table[entry]["x3"] = table[entry]["x1"] + 30
    found = first_class(table, MIXED, size=2)
    assert "raw" in entry_of(found, "e2").taken_off_by
    assert "raw" in entry_of(found, "e1").put_on_by
    assert counts(found, "e2")["aggregation"] == (2, 2)


def test_means_and_medians_are_of_totals_without_the_severities_of_team_and_examiner():
    effects = {"team": {"A": 4.0, "B": -1.0}, "examiner": {"x1": 2.0}}
    told = Normalisation("told", lambda panel, _: Calibration("told", panel.raw, None, {}, effects))
    table = {"e1": {"x1": 50, "y1": 60}, "e2": {"x1": 30, "y1": 40}}
    edition, marks = year(table, homes={"x1": "A", "y1": "B", "e1": "A", "e2": "B"})
    tools = toolkit(told)
    trial = prepare_trial(edition, rank_edition(edition, marks, tools), tools)
    assert adjusted_totals(trial).tolist() == [44, 61, 24, 41]


def test_a_tie_at_the_cut_counts_as_on_the_list():
    # Without x3 both have 50.
    found = first_class(grid([(50, 50, 80), (50, 50, 40)]))
    assert counts(found, "e1")["examiners"] == (3, 3)
    assert counts(found, "e2")["examiners"] == (1, 3)
    assert entry_of(found, "e2").put_on_by == ("median", "without-examiner:x3")


def test_entries_that_share_the_last_place_are_told():
    found = first_class(grid([(50, 50), (50, 50), (20, 20)]))
    assert found.state is ListState.TIED
    assert (found.reading, found.weight) == (None, None)
    assert [entry.is_listed for entry in found.entries] == [True, True, False]


def test_a_class_without_a_choice_has_nothing_to_alter():
    found = first_class(TWO, size=2)
    assert found.state is ListState.NO_CHOICE
    assert (found.reading, found.weight) == (None, None)
    assert all(entry.is_listed and not entry.taken_off_by for entry in found.entries)


def test_a_class_without_entries_is_there_and_empty():
    found = assess(TWO, classes={"e1": "d", "e2": "d"})
    assert [(c.class_id, len(c.entries)) for c in found.classes] == [("c", 0), ("d", 2)]
    assert found.classes[0].state is ListState.NO_CHOICE


def test_barred_entries_never_appear():
    table = grid([(90, 95, 99), (60, 50, 40), (45, 45, 48)])
    found = first_class(table, barred=("e1",))
    assert [entry.id for entry in found.entries] == ["e2", "e3"]
    assert "e1" not in {*found.reading.comes_on, *found.reading.falls_off}


def test_a_scenario_that_leaves_an_entry_unread_is_named():
    table = grid([(60, 50), (45, 45), (20, 30)])
    table["e3"] = {"x3": 30}
    found = first_class(table)
    (lost,) = found.lost
    assert lost.code == "without-examiner:x3"
    assert str(lost.reason) == "an entry would have no reading left"
    assert counts(found, "e1")["examiners"] == (2, 2)


def test_leaving_out_everybody_is_answered_too():
    found = first_class({"e1": {"x1": 50}, "e2": {"x1": 40}})
    assert [lost.code for lost in found.lost] == ["without-examiner:x1"]
    assert entry_of(found, "e1").counts[0].share is None


def test_the_only_link_between_teams_cannot_be_left_out():
    table = {
        "e1": {"x1": 60, "x2": 50, "x3": 55},
        "e2": {"x3": 45, "x4": 48},
        "e3": {"x3": 41, "x4": 42},
    }
    homes = {"e1": "t", "x1": "t", "x2": "t", "e2": "u", "e3": "u", "x3": "u", "x4": "u"}
    found = first_class(table, homes=homes)
    assert found.comparable is True
    assert [(lost.code, str(lost.reason)) for lost in found.lost] == [
        ("without-examiner:x3", "the teams of the class could no longer be compared")
    ]


APART = {
    "e1": {"x1": 60, "x2": 50, "x5": 61},
    "e2": {"x1": 45, "x2": 44, "x5": 41},
    "e3": {"x3": 52, "x4": 58},
    "e4": {"x3": 35, "x4": 36},
}
APART_HOMES = {
    **dict.fromkeys(("e1", "e2", "x1", "x2", "x5"), "t"),
    **dict.fromkeys(("e3", "e4", "x3", "x4"), "u"),
}


@pytest.mark.parametrize("method", [RAW, MIXED])
def test_of_teams_that_cannot_be_compared_nothing_but_raw_is_said(method):
    found = first_class(APART, method, homes=APART_HOMES)
    assert found.comparable is False
    assert counts(found, "e1")["raw"] == (0, 0)
    # 57 against 55; without x3, e3 has 58.
    assert counts(found, "e1")["examiners"] == (4, 5)
    assert entry_of(found, "e1").taken_off_by == ("without-examiner:x3",)


def test_a_class_that_is_comparable_is_so_beside_one_that_is_not():
    table = {**APART, "f1": {"x1": 70, "x2": 71}, "f2": {"x1": 65, "x2": 66}}
    homes = {**APART_HOMES, "f1": "t", "f2": "t"}
    found = assess(table, homes=homes, classes={"f1": "d", "f2": "d"})
    assert [c.comparable for c in found.classes] == [False, True]
    assert counts(found.classes[1], "f1")["raw"] == (1, 1)


def refusing(error):
    def calibrate(panel, _settings):
        if len(panel.examiners) < 3:
            raise error
        return Calibration("picky", panel.raw, None, {})

    return Normalisation("picky", calibrate)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (RulesFault(Text("not connected")), "the method cannot be applied"),
        (ZeroDivisionError("oh"), "a plugin fails"),
    ],
)
def test_a_method_that_refuses_or_fails_in_a_scenario_costs_that_scenario(error, reason):
    found = first_class(TWO, refusing(error))
    assert [(lost.code, str(lost.reason)) for lost in found.lost] == [
        (f"without-examiner:x{i}", reason) for i in (1, 2, 3)
    ]
    assert counts(found, "e1")["examiners"] == (0, 0)
    assert counts(found, "e1")["raw"] == (1, 1)


def test_an_aggregation_that_fails_in_a_scenario_costs_that_scenario():
    def combine(totals):
        return sum(totals) / 3 if len(totals) == 3 else 1 / 0

    found = first_class(TWO, aggregation=Aggregation("three", combine))
    assert {str(lost.reason) for lost in found.lost} == {"a plugin fails"}
    assert counts(found, "e1")["weights"] == (50, 50)


def test_a_method_that_fails_only_in_draws_of_weights_is_counted():
    def calibrate(panel, _settings):
        if panel.raw.max() != panel.raw.min() and abs(panel.score.sum() % 1) > 1e-9:
            raise ValueError("only whole sums")
        return Calibration("whole", panel.raw**2 / 100, None, {})

    table = grid([((80, 40),) * 2, ((50, 60),) * 2])
    found = first_class(table, Normalisation("whole", calibrate), weights={"a": 50, "b": 50})
    (lost,) = [lost for lost in found.lost if lost.code == "weights"]
    assert lost.count > 40
    assert counts(found, "e1")["weights"][1] == 50 - lost.count


def test_a_method_that_fails_on_the_ranked_readings_is_named():
    edition, marks = year(TWO)
    ranking = rank_edition(edition, marks, toolkit())

    def calibrate(_panel, _settings):
        raise ValueError("tired")

    with pytest.raises(PluginFault, match="tired"):
        assess_sensitivity(edition, ranking, toolkit(Normalisation("tired", calibrate)))


def test_scores_that_depend_on_the_number_of_draws_are_computed_with_the_editions():
    def calibrate(panel, settings):
        return Calibration("drawn", panel.raw + settings.draws, None, {})

    seen = []

    def watched(panel, settings):
        seen.append(settings.draws)
        return calibrate(panel, settings)

    found = first_class(TWO, Normalisation("drawn", watched))
    assert set(seen[:3]) == {200, 100}
    assert set(seen[3:]) == {200}
    assert entry_of(found, "e1").taken_off_by == ("without-examiner:x1",)


def test_few_draws_are_asked_for_where_scores_do_not_depend_on_them():
    seen = []

    def watched(panel, settings):
        seen.append(settings.draws)
        return RAW.calibrate(panel, settings)

    first_class(TWO, Normalisation("raw", watched))
    assert set(seen[1:]) == {100}


@pytest.mark.parametrize(("method", "aggregation"), [(RAW, None), (MIXED, None), (RAW, MEDIAN)])
def test_the_order_of_marks_never_matters(method, aggregation):
    options = {"aggregation": aggregation} if aggregation else {}
    weights = {"a": 60, "b": 40}
    table = {
        entry: {examiner: (score, 100 - score) for examiner, score in row.items()}
        for entry, row in CROSSED.items()
    }
    turned = {entry: dict(reversed(row.items())) for entry, row in reversed(list(table.items()))}
    found = assess(table, method, weights=weights, size=2, **options)
    assert found == assess(
        turned, method, weights=weights, size=2, entry_order=lambda t: sorted(t)[::-1], **options
    )


def test_progress_is_told_step_by_step():
    told = []
    assess(TWO, tell=lambda done, total: told.append((done, total)))
    assert [done for done, _ in told] == list(range(1, len(told) + 1))
    assert {total for _, total in told} == {len(told)}


scores = st.integers(0, 100)
tables = (
    st.integers(2, 5)
    .flatmap(
        lambda entries: st.lists(
            st.lists(st.tuples(scores, scores), min_size=3, max_size=3),
            min_size=entries,
            max_size=entries,
        )
    )
    .map(grid)
)


@settings(max_examples=25)
@given(tables, st.integers(1, 3), st.sampled_from([RAW, MIXED]))
def test_every_scenario_lists_k_entries_or_more_where_they_tie(table, size, method):
    found = first_class(table, method, weights={"a": 70, "b": 30}, size=size, draws=20)
    for place, family in enumerate(Family):
        of_family = [entry.counts[place] for entry in found.entries]
        scenarios = of_family[0].scenarios
        assert all(count.family is family for count in of_family)
        assert sum(count.listed for count in of_family) >= scenarios * min(size, len(table))
        assert all(count.share is None or 0 <= count.share <= 1 for count in of_family)
    for entry in found.entries:
        assert 1 <= entry.best <= entry.place <= entry.worst <= len(table)
        assert not (entry.taken_off_by and entry.put_on_by)


@settings(max_examples=25)
@given(tables, st.sampled_from([RAW, MIXED]))
def test_an_entry_that_is_best_in_every_reading_and_area_always_stays(table, method):
    best = {
        examiner: tuple(
            min(100, max(row[examiner][i] for row in table.values()) + 1) for i in (0, 1)
        )
        for examiner in ("x1", "x2", "x3")
    }
    found = first_class({**table, "e0": best}, method, weights={"a": 70, "b": 30}, draws=20)
    first = entry_of(found, "e0")
    assert (first.is_listed, first.best, first.worst) == (True, 1, 1)
    assert all(count.listed == count.scenarios for count in first.counts)


def test_a_share_without_scenarios_is_unknown():
    assert ListedCount(Family.AREAS, 0, 0).share is None
    assert ListedCount(Family.AREAS, 4, 3).share == 0.75


def test_equal_input_gives_equal_values():
    assert attrs.asdict(assess(CROSSED, MIXED, size=2)) == attrs.asdict(
        assess(CROSSED, MIXED, size=2)
    )
    assert np.isfinite([e.place for e in first_class(CROSSED, MIXED).entries]).all()


def test_only_entries_whose_readings_change_are_combined_anew():
    asked = []

    def combine(totals):
        asked.append(totals)
        return MEDIAN.combine(totals)

    edition, marks = year(TWO)
    tools = toolkit(aggregation=Aggregation("median", combine))
    trial = prepare_trial(edition, rank_edition(edition, marks, tools), tools)
    asked.clear()
    kept = [r for r in trial.readings if (r.entry, r.examiner) != ("e1", "x1")]
    assert recalculate(trial, kept).raw == {"e1": 45.0, "e2": 45.0}
    assert asked == [(40, 50)]
    asked.clear()
    assert recalculate(trial, trial.readings[::-1]).raw == {"e1": 50.0, "e2": 45.0}
    assert set(asked) == {(40, 50, 60), (45, 45, 48)}


def test_a_reading_with_another_total_is_otherwise_the_same():
    edition, marks = year(TWO)
    reading = rank_edition(edition, marks, toolkit()).readings[0]
    changed = with_own_total(reading, Fraction(1, 3))
    assert changed == attrs.evolve(reading, total=Fraction(1, 3))
    assert changed.total == Fraction(1, 3)

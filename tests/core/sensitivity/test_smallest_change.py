"""The smallest change that alters a list."""

from fractions import Fraction

import attrs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvaljury.core.calibration import fit_panel
from kvaljury.core.comparability import compare_teams
from kvaljury.core.model import Calibration, Normalisation
from kvaljury.core.pipeline import build_panel, rank_edition
from kvaljury.core.sensitivity import assess_sensitivity
from kvaljury.core.sensitivity.crossing import Candidate, smallest_altering, smallest_verified
from kvaljury.core.sensitivity.linear_response import class_responses, mixed_model_response
from kvaljury.core.sensitivity.recalculation import prepare_trial
from kvaljury.core.sensitivity.smallest_reading import linear_candidates
from tests.core.sensitivity.years import (
    MEAN,
    MEDIAN,
    MIXED,
    RAW,
    Z_SCORE,
    assess,
    counts,
    first_class,
    grid,
    toolkit,
    year,
)

TWO = grid([(60, 50, 40), (45, 45, 48)])


def test_a_mean_of_three_moves_a_third_of_a_reading():
    change = first_class(TWO).reading
    assert (change.examiner, change.entry, change.before) == ("x1", "e1", 60.0)
    assert change.after == pytest.approx(48.0, abs=0.03)
    assert change.after < 48
    assert (change.comes_on, change.falls_off) == (("e2",), ("e1",))


def test_a_median_moves_only_with_its_middle_reading():
    # Medians 50 and 45: e1's middle reading below 45 gives the place to e2.
    change = first_class(TWO, aggregation=MEDIAN).reading
    assert (change.examiner, change.entry, change.before) == ("x2", "e1", 50.0)
    assert change.after == pytest.approx(45.0, abs=0.02)


def test_a_reading_at_the_end_of_the_scale_goes_one_way_alone():
    change = first_class(grid([(100, 50, 0), (45, 40, 45)]), aggregation=MEDIAN).reading
    assert (change.examiner, change.entry) == ("x2", "e1")
    assert change.after == pytest.approx(45.0, abs=0.02)


def test_where_no_reading_can_alter_the_list_none_is_named():
    found = first_class(grid([(90, 90, 90), (10, 10, 10)]))
    assert (found.reading, found.weight) == (None, None)


@pytest.mark.parametrize("aggregation", [MEAN, MEDIAN])
def test_the_weight_at_which_two_entries_tie_is_found(aggregation):
    # At the share w of area a the totals are 40 + 40 w and 60 - 10 w: equal at 0.4.
    table = grid([((80, 40),) * 3, ((50, 60),) * 3])
    found = first_class(table, weights={"a": 50, "b": 50}, aggregation=aggregation)
    change = found.weight
    assert (change.area, change.before) == ("a", 50.0)
    assert change.after == pytest.approx(40.0, abs=0.03)
    assert (change.comes_on, change.falls_off) == (("e2",), ("e1",))


def test_the_weight_is_found_for_a_method_that_is_not_linear():
    table = grid([((80, 40),) * 2, ((50, 60),) * 2])
    squares = Normalisation("squares", lambda p, _s: Calibration("s", p.raw**2 / 100, None, {}))
    found = first_class(table, squares, weights={"a": 50, "b": 50})
    assert found.weight.after == pytest.approx(40.0, abs=0.03)
    assert found.reading.after == pytest.approx(50.0, abs=0.03)


def test_entries_that_differ_in_no_area_keep_their_order_under_any_weight():
    table = grid([((80, 80),) * 2, ((50, 50),) * 2])
    assert first_class(table, weights={"a": 50, "b": 50}).weight is None


def test_a_weight_that_leaves_a_reading_with_nothing_is_no_answer():
    # e2 has no mark on b, so at 100 for b it has no score at all.
    table = grid([((80, 60),) * 2, ((70, None),) * 2])
    change = first_class(table, weights={"a": 50, "b": 50}).weight
    assert change is None or 0 < change.after < 100


def test_the_scores_of_classes_apart_follow_the_raw_ones():
    table = {"e1": {"x1": 60, "x2": 50}, "e2": {"x3": 45, "x4": 48}}
    homes = {"e1": "t", "x1": "t", "x2": "t", "e2": "u", "x3": "u", "x4": "u"}
    found = first_class(table, MIXED, homes=homes)
    assert found.comparable is False
    assert abs(found.reading.after - found.reading.before) == pytest.approx(17.0, abs=0.04)


def simulated(seed, method=MIXED, guests=2, teams=3, areas=("a", "b")):
    """Five entries in each team of three, linked by guests, two classes."""
    random = np.random.default_rng(seed)
    table, homes, classes = {}, {}, {}
    quality = random.normal(55, 8, teams * 5)
    culture = random.normal(0, 4, teams)
    severity = random.normal(0, 4, teams * 3)
    for i, level in enumerate(quality):
        team = i // 5
        name = f"e{i:02}"
        homes[name] = f"t{team}"
        classes[name] = "cd"[i % 2]
        readers = [team * 3 + j for j in range(3)]
        readers += [((team + 1) % teams) * 3] if i % 5 < guests else []
        table[name] = {}
        for x in readers:
            homes[f"x{x:02}"] = f"t{x // 3}"
            noise = random.normal(0, 4, len(areas))
            values = np.clip(np.round(level + culture[x // 3] + severity[x] + noise), 0, 100)
            table[name][f"x{x:02}"] = tuple(int(v) for v in values)
    edition, marks = year(
        table,
        weights=dict.fromkeys(areas, Fraction(100, len(areas))),
        size=3,
        homes=homes,
        classes=classes,
    )
    tools = toolkit(method)
    return edition, rank_edition(edition, marks, tools), tools


def list_with(edition, tools, class_id, readings):
    """Give the list of a class straight from the readings, past the code under test."""
    totals = {}
    for reading in readings:
        totals.setdefault(reading.entry, []).append(reading.total)
    raw = {entry: tools.aggregation.combine(found) for entry, found in totals.items()}
    panel = build_panel(edition, readings, raw)
    groups = {
        c.id: [e.id for e in edition.entries if e.entry_class == c.id]
        for c in edition.rules.classes
    }
    compared = compare_teams(panel, tools.normalisation, edition.rules.settings.calibration, groups)
    scores = dict(zip(panel.entries, compared.scores, strict=True))
    return set(sorted(groups[class_id], key=lambda entry: -scores[entry])[:3])


def changed(readings, change, part):
    size = part * (change.after - change.before)
    return [
        attrs.evolve(r, total=r.total + Fraction(round(size * 1e6), 10**6))
        if (r.entry, r.examiner) == (change.entry, change.examiner)
        else r
        for r in readings
    ]


def weighted(edition, readings, change, part):
    after = change.before + part * (change.after - change.before)
    weights = {
        area.id: after
        if area.id == change.area
        else float(area.weight) * (100 - after) / (100 - change.before)
        for area in edition.rules.areas
    }
    return [
        attrs.evolve(
            r,
            total=Fraction(
                sum(weights[a] * float(s) for a, s in r.areas.items())
                / sum(weights[a] for a in r.areas)
            ),
        )
        for r in readings
    ]


@settings(max_examples=4)
@given(st.integers(0, 10_000), st.sampled_from([MIXED, RAW, Z_SCORE]))
def test_the_smallest_change_alters_the_list_and_a_little_less_does_not(seed, method):
    edition, ranking, tools = simulated(seed, method)
    found = assess_sensitivity(edition, ranking, tools, draws=10)
    for one in found.classes:
        for change, apply in (
            (one.reading, lambda c, part: changed(ranking.readings, c, part)),
            (one.weight, lambda c, part: weighted(edition, ranking.readings, c, part)),
        ):
            if change is None:
                continue
            before = list_with(edition, tools, one.class_id, ranking.readings)
            after = list_with(edition, tools, one.class_id, apply(change, 1))
            assert after == before - set(change.falls_off) | set(change.comes_on)
            assert after != before
            assert list_with(edition, tools, one.class_id, apply(change, 0.99)) == before


def test_no_other_reading_alters_the_list_by_much_less():
    edition, ranking, tools = simulated(3)
    one = assess_sensitivity(edition, ranking, tools, draws=10).classes[0]
    size = abs(one.reading.after - one.reading.before)
    before = list_with(edition, tools, "c", ranking.readings)
    for reading in ranking.readings:
        for sign in (1, -1):
            start = float(reading.total)
            tried = attrs.evolve(
                one.reading,
                examiner=reading.examiner,
                entry=reading.entry,
                before=start,
                after=start + sign * size * 0.97,
            )
            assert list_with(edition, tools, "c", changed(ranking.readings, tried, 1)) == before


def test_the_mixed_models_matrix_gives_its_scores(simulate_panel):
    for seed in range(3):
        panel = simulate_panel(seed)
        model = fit_panel(panel)
        matrix = mixed_model_response(panel, model.fit.variance)
        assert matrix @ panel.score == pytest.approx(model.scores, abs=1e-6)
        # With the components kept, the model is linear in the readings.
        other = attrs.evolve(panel, score=panel.score + np.sin(np.arange(len(panel.score))))
        kept = fit_panel(other, model.fit.variance)
        assert matrix @ other.score == pytest.approx(kept.scores, abs=1e-6)


def test_components_that_are_not_a_mixed_models_give_no_matrix(simulate_panel):
    panel = simulate_panel(1)
    assert mixed_model_response(panel, {}) is None
    assert mixed_model_response(panel, {"entry": 4.0}) is None
    assert mixed_model_response(panel, {"entry": 4.0, "halo": 1.0, "residual": 1.0}) is None


def test_a_panel_too_large_for_a_matrix_gives_none(simulate_panel, monkeypatch):
    monkeypatch.setattr("kvaljury.core.sensitivity.linear_response._LARGEST_SYSTEM", 10)
    variance = {"entry": 4.0, "residual": 1.0}
    assert mixed_model_response(simulate_panel(1), variance) is None


def test_without_variance_between_entries_all_of_a_class_have_its_mean(simulate_panel):
    panel = simulate_panel(1)
    matrix = mixed_model_response(panel, {"entry": 0.0, "team": 2.0, "residual": 1.0})
    assert np.ptp(matrix, axis=0).max() == pytest.approx(0.0, abs=1e-12)


def trial_of(method, aggregation=MEAN):
    edition, ranking, _ = simulated(5, RAW)
    tools = toolkit(method, aggregation)
    again = attrs.evolve(
        ranking,
        classes=tuple(
            attrs.evolve(c, entries=tuple(attrs.evolve(e, score=0.0) for e in c.entries))
            for c in ranking.classes
        ),
    )
    return prepare_trial(edition, again, tools)


def halves(panel, _settings):
    return Calibration("halves", 20 + panel.raw / 2, None, {})


def test_an_affine_method_is_found_out_by_changing_totals_one_by_one():
    found = class_responses(trial_of(Normalisation("halves", halves))).by_class
    for matrix in found.values():
        assert set(np.round(np.unique(matrix), 5).tolist()) == {0.0, 0.125, 0.16667}


def not_raw(trial):
    return attrs.evolve(trial, base=attrs.evolve(trial.base, scores=trial.base.scores + 1))


def test_a_method_that_falls_back_on_raw_scores_is_taken_to_go_on_so():
    trial = trial_of(RAW)

    def fragile(panel, _settings):
        same = np.allclose(panel.score, trial.panel.score)
        return Calibration("f", panel.raw if same else panel.raw**2 / 100, None, {})

    tried = attrs.evolve(trial, toolkit=toolkit(Normalisation("fragile", fragile)))
    found = class_responses(tried)
    assert found.keeps_estimates is True
    assert all(matrix is not None for matrix in found.by_class.values())
    by_median = attrs.evolve(trial, toolkit=toolkit(Normalisation("fragile", fragile), MEDIAN))
    assert set(class_responses(by_median).by_class.values()) == {None}


def test_a_method_that_is_linear_only_nearby_has_no_response():
    def bent(panel, _settings):
        start = trial.panel.raw
        return Calibration("b", start + np.maximum(panel.raw - start, 0) ** 2, None, {})

    trial = not_raw(trial_of(RAW))
    bent_trial = attrs.evolve(trial, toolkit=toolkit(Normalisation("bent", bent)))
    assert set(class_responses(bent_trial).by_class.values()) == {None}


def limited(most):
    """A method that fails from the n-th call on."""
    calls = []

    def calibrate(panel, settings):
        calls.append(1)
        if len(calls) > most:
            raise ValueError("enough")
        return halves(panel, settings)

    return Normalisation("limited", calibrate)


@pytest.mark.parametrize("most", [2, 3, 4, 5, 6, 20])
def test_a_method_that_fails_while_it_is_tried_out_has_no_response(most):
    assert set(class_responses(trial_of(limited(most))).by_class.values()) == {None}


def test_a_method_linear_along_one_line_alone_has_no_response():
    # Linear along any one line from the start, and along each reading, but not additive.
    trial = not_raw(trial_of(RAW))

    def longest(panel, _settings):
        moved = panel.score - trial.panel.score
        return Calibration("l", trial.panel.raw + np.sqrt((moved**2).sum()), None, {})

    bent = attrs.evolve(trial, toolkit=toolkit(Normalisation("longest", longest)))
    assert set(class_responses(bent).by_class.values()) == {None}


def test_draws_of_weights_without_a_response_are_computed_one_by_one():
    table = grid([((80, 40),) * 2, ((50, 60),) * 2])
    squares = Normalisation("squares", lambda p, _s: Calibration("s", p.raw**2 / 100, None, {}))
    slow = assess(table, squares, weights={"a": 50, "b": 50})
    fast = assess(table, RAW, weights={"a": 50, "b": 50})
    assert counts(slow.classes[0], "e1") == counts(fast.classes[0], "e1")
    assert slow.keeps_estimates is fast.keeps_estimates is False


def test_the_mixed_model_keeps_its_variance_components_in_draws():
    edition, ranking, tools = simulated(2)
    assert assess_sensitivity(edition, ranking, tools, draws=5).keeps_estimates is True


def test_candidates_are_the_crossings_of_straight_lines():
    # Gap 4; reading 0 lifts the listed entry, reading 1 the other, reading 2 both alike.
    scores, listed = np.array([50.0, 46.0]), np.array([True, False])
    response = np.array([[0.5, 0.0, 0.2], [0.0, 0.25, 0.2]])
    found = linear_candidates(scores, listed, response, np.array([60.0, 80.0, 50.0]))
    assert found == [Candidate(0, -1.0, 8.0, 60.0), Candidate(1, 1.0, 16.0, 20.0)]


def test_candidates_stay_within_the_scale():
    scores, listed = np.array([50.0, 46.0]), np.array([True, False])
    response = np.array([[0.5, 0.0], [0.0, 0.25]])
    assert linear_candidates(scores, listed, response, np.array([7.0, 90.0])) == []


@given(st.floats(0.01, 90), st.floats(0.1, 3))
def test_the_threshold_is_found_wherever_the_guess_lies(threshold, factor):
    guess = min(threshold * factor, 100.0)
    found = smallest_altering(lambda size: size >= threshold, guess, 100.0)
    if found is None:
        assert 2 * guess < threshold
    else:
        assert threshold <= found <= threshold * 1.0021


def test_a_change_that_always_alters_shrinks_to_nothing():
    assert smallest_altering(lambda _size: True, 10.0, 100.0) < 1e-5


def test_nothing_is_found_where_nothing_alters():
    assert smallest_altering(lambda _size: False, 10.0, 12.0) is None


def test_the_best_verified_candidate_wins_over_a_better_guess():
    thresholds = {0: 9.0, 1: 5.0, 2: 50.0}
    candidates = [Candidate(i, 1.0, size, 100.0) for i, size in ((0, 4.8), (1, 5.0), (2, 6.0))]
    best = smallest_verified(candidates, lambda i, change: change >= thresholds[i])
    assert (best.subject, best.change) == (1, pytest.approx(5.0, rel=0.003))


def test_no_candidate_no_change():
    assert smallest_verified([], lambda _i, _change: True) is None
    assert smallest_verified([Candidate(0, -1.0, 1.0, 2.0)], lambda _i, _c: False) is None


@pytest.mark.parametrize("method", [RAW, MIXED])
def test_changes_that_are_not_sought_are_left_out_and_nothing_else(method):
    asked = []

    def watched(panel, settings):
        asked.append(len(panel.score))
        return method.calibrate(panel, settings)

    edition, marks = year(TWO)
    tools = toolkit(Normalisation(method.name, watched))
    ranking = rank_edition(edition, marks, tools)
    sought = assess_sensitivity(edition, ranking, tools, draws=5)
    times = len(asked)
    steps = []
    found = assess_sensitivity(
        edition, ranking, tools, draws=5, seeks_changes=False, tell=lambda *step: steps.append(step)
    )
    assert len(asked) - times < times - 1
    assert sought.classes[0].reading is not None
    (alone,) = found.classes
    assert (alone.reading, alone.weight) == (None, None)
    assert found == attrs.evolve(
        sought, classes=(attrs.evolve(sought.classes[0], reading=None, weight=None),)
    )
    assert steps[-1][0] == steps[-1][1] == len(steps)

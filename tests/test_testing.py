"""The contract checks pass what is sound and refuse each way of being unsound."""

import sys
from fractions import Fraction

import attrs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvaljury import (
    Aggregation,
    Calibration,
    Criterion,
    EligibilityRule,
    Entry,
    Kind,
    Normalisation,
    Outcome,
    Panel,
    Rubric,
    RulesFault,
    Scale,
    ShortlistRule,
    Status,
    Text,
    Verdict,
    testing,
)
from kvaljury.errors import UsageFault
from kvaljury.registry import load_plugins
from kvaljury.testing.samples import sample_marks, sample_panels, with_other_names

LABEL = Text("Mark", sv="Poäng")
TENTHS = Scale(Fraction(0), Fraction(10), Fraction(1))
FIVES = Scale(Fraction(0), Fraction(100), Fraction(5))


def counter():
    """Give a function that counts its calls, for what is not the same each time."""
    calls = []

    def count():
        calls.append(1)
        return len(calls)

    return count


def rubric(score, criteria=("a", "b"), scale=TENTHS):
    return Rubric("tried", tuple(Criterion(c, LABEL) for c in criteria), scale, (), score)


def mutating(marks):
    marks[:, 0] = 0
    return marks[:, 1] * 10


def growing(count):
    return lambda marks: 10 * marks[:, 0] / count()


@pytest.mark.parametrize(
    "score",
    [
        lambda marks: marks.mean(axis=1) * 10,
        lambda marks: marks.min(axis=1) * 10,
        lambda marks: np.where(marks.min(axis=1) > 4, 100.0, 0.0),
        lambda marks: np.full(len(marks), 50.0),
    ],
)
def test_a_sound_rubric_passes(score):
    testing.check_rubric(rubric(score))


@pytest.mark.parametrize(
    ("score", "said"),
    [
        (lambda marks: marks, "one score for each row"),
        (lambda marks: marks.mean(axis=1, keepdims=True), "one score for each row"),
        (lambda marks: float(marks.mean()), "one score for each row"),
        (lambda marks: list(marks[:, 0]), "list"),
        (lambda marks: marks.sum(axis=1) * 10, "expected was 0-100"),
        (lambda marks: marks[:, 0] - 1, "expected was 0-100"),
        (lambda marks: marks[:, 0] * np.nan, "finite"),
        (lambda marks: marks[:, 0].astype(int), "floating-point"),
        (lambda marks: 100 - 10 * marks[:, 1], "higher mark on criterion 'b' lowers"),
        (lambda marks: np.abs(marks[:, 0] - 5), "higher mark on criterion 'a' lowers"),
        (lambda marks: marks[:, 0] * 10 / max(marks[:, 0].max(initial=1), 1), "other rows"),
        (mutating, "changed the marks"),
        (growing(counter()), "other scores"),
        (lambda marks: marks[:, 2], "IndexError"),
        (lambda marks: 10 * marks[:, 0] + 0 * marks[0, 0], "IndexError"),
    ],
)
def test_an_unsound_rubric_is_refused(score, said):
    with pytest.raises(AssertionError, match=said):
        testing.check_rubric(rubric(score))


def test_a_rubric_of_many_criteria_is_tried_at_its_corners():
    rows = sample_marks(rubric(None, "abcde", FIVES))
    found = {tuple(row) for row in rows}
    assert {(0.0,) * 5, (100.0,) * 5, (100.0, 0, 0, 0, 0), (0.0, 100, 100, 100, 100)} <= found


def test_a_rubric_of_few_marks_is_tried_on_all():
    rows = sample_marks(rubric(None, "ab"))
    assert {tuple(row) for row in rows} == {(a, b) for a in range(11) for b in range(11)}


def test_what_the_registry_refuses_the_checks_refuse():
    with pytest.raises(AssertionError, match="Not sound: its name"):
        testing.check_rubric(attrs.evolve(rubric(lambda m: 10 * m[:, 0]), name="Not sound"))
    with pytest.raises(AssertionError, match="expected a Rubric, not Aggregation"):
        testing.check_rubric(Aggregation("mean", min))


def verdict(outcome, reason=LABEL):
    return Verdict(outcome, reason)


def at_least_five(entry, parameters):
    if entry.employees_excluding_manager is None:
        return verdict(Outcome.UNKNOWN)
    return verdict(Outcome.PASS if entry.employees_excluding_manager >= 5 else Outcome.FAIL)


def lenient(entry, parameters):
    return verdict(Outcome.FAIL if entry.plan_with_goals is False else Outcome.PASS)


def not_asked(entry, parameters):
    if entry.plan_with_goals is None:
        return verdict(Outcome.NOT_APPLICABLE)
    return lenient(entry, parameters)


def won_lately(entry, parameters):
    won = entry.last_award_year
    return verdict(Outcome.FAIL if won == parameters["year"] - 1 else Outcome.PASS)


def moody(count):
    return lambda entry, parameters: Verdict(Outcome.PASS, Text("{n}", n=count()))


@pytest.mark.parametrize("check", [at_least_five, won_lately])
def test_a_sound_rule_passes(check):
    testing.check_eligibility_rule(EligibilityRule("tried", check), {"year": 2025})


@pytest.mark.parametrize(
    ("check", "said"),
    [
        (lenient, "pass with plan_with_goals unknown"),
        (not_asked, "not_applicable with plan_with_goals unknown"),
        (lambda e, p: Outcome.PASS, "expected was a Verdict"),
        (lambda e, p: verdict("pass"), "expected was a Verdict with an Outcome"),
        (lambda e, p: verdict(Outcome.PASS, "fine"), "lacks a reason"),
        (lambda e, p: verdict(Outcome.PASS, Text("")), "lacks a reason"),
        (lambda e, p: verdict(Outcome.PASS) if p.pop("year") else None, "changed the parameters"),
        (lambda e, p: verdict(Outcome.PASS) if p["most"] else None, "KeyError"),
        (lambda e, p: verdict(Outcome(e.operator)), "ValueError for Entry"),
        (moody(counter()), "another verdict"),
    ],
)
def test_an_unsound_rule_is_refused(check, said):
    with pytest.raises(AssertionError, match=said):
        testing.check_eligibility_rule(EligibilityRule("tried", check), {"year": 2025})


def test_a_rule_is_tried_with_the_year_that_it_will_get():
    with pytest.raises(AssertionError, match="lack the year"):
        testing.check_eligibility_rule(EligibilityRule("tried", at_least_five), {})


def mean(totals):
    return sum(totals, Fraction(0)) / len(totals)


def contrary(totals):
    return totals[0] if totals[-1] == 100 else totals[-1]


def wandering(count):
    return lambda totals: totals[count() % len(totals)]


def emptying(totals):
    return totals.pop()


@pytest.mark.parametrize("combine", [mean, min, max, lambda totals: totals[len(totals) // 2]])
def test_a_sound_aggregation_passes(combine):
    testing.check_aggregation(Aggregation("tried", combine))


@pytest.mark.parametrize(
    ("combine", "said"),
    [
        (lambda totals: float(mean(totals)), "expected was a Fraction"),
        (sum, "not between"),
        (lambda totals: mean(totals) / 2, "not between"),
        (contrary, "lowers"),
        (emptying, "changed the totals"),
        (lambda totals: totals[1], "IndexError for"),
        (wandering(counter()), "another score"),
    ],
)
def test_an_unsound_aggregation_is_refused(combine, said):
    with pytest.raises(AssertionError, match=said):
        testing.check_aggregation(Aggregation("tried", combine))


def entry_means(panel, settings):
    return Calibration("tried", panel.raw, None, {"entry": 1.0, "team": None})


def drawn(panel, settings):
    generator = np.random.default_rng(settings.seed)
    draws = panel.raw + generator.standard_normal((settings.draws, len(panel.entries)))
    return Calibration("tried", panel.raw, draws, {})


def with_fields(**fields):
    def calibrate(panel, settings):
        made = {name: field(panel, settings) for name, field in fields.items()}
        return attrs.evolve(entry_means(panel, settings), **made)

    return calibrate


def spoiling(panel, settings):
    panel.score[:] = 0
    return entry_means(panel, settings)


GENERATOR = np.random.default_rng(1)


@pytest.mark.parametrize("calibrate", [entry_means, drawn])
def test_a_sound_normalisation_passes(calibrate):
    testing.check_normalisation(Normalisation("tried", calibrate))


@pytest.mark.parametrize(
    ("calibrate", "said"),
    [
        (lambda p, s: p.raw, "expected a Calibration"),
        (with_fields(scores=lambda p, s: p.score), "finite numbers"),
        (with_fields(scores=lambda p, s: p.raw * np.nan), "finite numbers"),
        (with_fields(draws=lambda p, s: p.raw), "200 by 12 finite numbers"),
        (with_fields(draws=lambda p, s: np.zeros((10, len(p.entries)))), "200 by 12"),
        (with_fields(draws=lambda p, s: np.full((200, len(p.entries)), np.inf)), "200 by 12"),
        (with_fields(variance=lambda p, s: {"entry": -1.0}), "at least 0"),
        (with_fields(variance=lambda p, s: {"entry": np.inf}), "at least 0"),
        (with_fields(variance=lambda p, s: {"unit": 1.0}), "for effects among"),
        (with_fields(scores=lambda p, s: p.raw + GENERATOR.normal()), "other numbers"),
        (
            with_fields(draws=lambda p, s: GENERATOR.normal(size=(200, len(p.entries)))),
            "other numbers",
        ),
        (with_fields(scores=lambda p, s: p.raw + p.examiner[0] - p.examiner[-1]), "are called"),
        (spoiling, "changed the panel"),
        (with_fields(warnings=lambda p, s: ("careful",)), "expected were Texts"),
        (with_fields(effects=lambda p, s: {"team": {"t": np.nan}}), "finite severities"),
        (lambda p, s: 1 / 0, "ZeroDivisionError"),
    ],
)
def test_an_unsound_normalisation_is_refused(calibrate, said):
    with pytest.raises(AssertionError, match=said):
        testing.check_normalisation(Normalisation("tried", calibrate))


def refusing(hint, is_refused):
    def calibrate(panel, settings):
        if is_refused(panel):
            raise RulesFault(Text("not this design"), hint=hint)
        return entry_means(panel, settings)

    return Normalisation("tried", calibrate)


def is_odd(panel):
    return len(panel.score) < 41 or np.ptp(panel.score) == 0


def test_a_normalisation_may_refuse_what_does_not_suit_it():
    refused = [is_odd(panel) for panel in sample_panels()]
    assert refused == [False, True, True, True]
    testing.check_normalisation(refusing(Text("link the teams"), is_odd))


def test_a_refusal_that_says_no_remedy_is_refused():
    with pytest.raises(AssertionError, match="without a hint"):
        testing.check_normalisation(refusing(None, is_odd))


def test_a_normalisation_that_refuses_a_connected_design_is_refused():
    with pytest.raises(AssertionError, match=r"(?s)RulesFault for .*not this design"):
        testing.check_normalisation(refusing(Text("link the teams"), lambda panel: True))


def test_an_error_on_an_odd_panel_is_no_refusal():
    def calibrate(panel, settings):
        return entry_means(panel, settings) if not is_odd(panel) else 1 / 0

    with pytest.raises(AssertionError, match="ZeroDivisionError for Panel"):
        testing.check_normalisation(Normalisation("tried", calibrate))


def test_a_panel_under_other_names_is_the_same_panel():
    for panel in sample_panels():
        other = with_other_names(panel)
        assert other.entries == panel.entries
        assert np.allclose(other.raw, panel.raw)
        assert sorted(zip(other.entry, other.score, strict=True)) == sorted(
            zip(panel.entry, panel.score, strict=True)
        )
        if len(panel.examiners) > 1:
            assert not np.array_equal(other.examiner, panel.examiner)
        back = with_other_names(other)
        for name in ("entry", "examiner", "team", "score", "home", "entry_class"):
            assert np.array_equal(getattr(back, name), getattr(panel, name))


def by_rank(ranking, settings):
    return {
        entry.id: Status.SHORTLISTED if entry.rank == 1 else Status.DISCUSS
        for entry in ranking.entries
    }


def by_place(ranking, settings):
    places = (Status.SHORTLISTED, *[Status.NOT_SHORTLISTED] * 9)
    best = sorted(ranking.entries, key=lambda entry: (entry.rank, entry.id))
    return {entry.id: place for entry, place in zip(best, places, strict=False)}


def all_of(status):
    return lambda ranking, settings: {entry.id: status for entry in ranking.entries}


@pytest.mark.parametrize("decide", [by_rank, all_of(Status.DISCUSS)])
def test_a_sound_shortlist_rule_passes(decide):
    testing.check_shortlist_rule(ShortlistRule("tried", decide))


@pytest.mark.parametrize(
    ("decide", "said"),
    [
        (lambda r, s: {e.id: Status.DISCUSS for e in r.entries[1:]}, "not to the entries"),
        (lambda r, s: {"B1": Status.DISCUSS, **by_rank(r, s)}, "not to the entries"),
        (all_of(Status.BARRED_AWARD), "expected were not_shortlisted, discuss, shortlisted"),
        (all_of("best"), "expected were"),
        (
            lambda r, s: {
                e.id: Status.DISCUSS if e is r.entries[0] else Status.NOT_SHORTLISTED
                for e in r.entries
            },
            "order of the entries",
        ),
        (by_place, "entries of rank 1 and 1 are shortlisted and not_shortlisted"),
        (
            lambda r, s: {
                e.id: Status.NOT_SHORTLISTED if e.rank == 1 else Status.DISCUSS for e in r.entries
            },
            "entries of rank 1 and 2 are not_shortlisted and discuss",
        ),
        (lambda r, s: 1 / 0, "ZeroDivisionError"),
    ],
)
def test_an_unsound_shortlist_rule_is_refused(decide, said):
    with pytest.raises(AssertionError, match=said):
        testing.check_shortlist_rule(ShortlistRule("tried", decide))


BUILT_IN = load_plugins(entry_points=False).values
CHECK_BY_HOOK = {
    "kvaljury_rubrics": testing.check_rubric,
    "kvaljury_aggregations": testing.check_aggregation,
    "kvaljury_normalisations": testing.check_normalisation,
    "kvaljury_shortlist_rules": testing.check_shortlist_rule,
}


@pytest.mark.parametrize(("hook", "name"), sorted(k for k in BUILT_IN if k[0] in CHECK_BY_HOOK))
def test_every_built_in_plugin_keeps_its_contract(hook, name):
    CHECK_BY_HOOK[hook](BUILT_IN[hook, name])


@given(st.data())
def test_drawn_marks_lie_on_the_scale(data):
    scale = data.draw(
        st.sampled_from([TENTHS, FIVES, Scale(Fraction(1), Fraction(4), Fraction(1, 2))])
    )
    assert scale.admits(data.draw(testing.marks(scale)))


@settings(max_examples=30)
@given(testing.entries())
def test_drawn_entries_are_entries(entry):
    assert type(entry) is Entry
    assert isinstance(entry.kind, Kind)
    assert entry.name


def test_drawn_entries_leave_out_and_fill_in_every_field():
    seen = {}

    @settings(max_examples=100, database=None)
    @given(testing.entries())
    def collect(entry):
        for name, value in attrs.asdict(entry, recurse=False).items():
            seen.setdefault(name, set()).add(value is None or value == ())

    collect()
    drawn_fields = seen.keys() - {
        "id",
        "name",
        "entry_class",
        "kind",
        "administration",
        "state",
        "source",
    }
    assert all(seen[name] == {True, False} for name in drawn_fields)


@settings(max_examples=50)
@given(testing.panels())
def test_drawn_panels_are_sorted_and_whole(panel):
    assert type(panel) is Panel
    pairs = list(zip(panel.entry, panel.examiner, strict=True))
    assert pairs == sorted(set(pairs))
    assert set(panel.entry) == set(range(len(panel.entries)))
    assert set(panel.examiner) == set(range(len(panel.examiners)))
    assert set(panel.team) == set(range(len(panel.teams)))
    assert list(panel.entries) == sorted(panel.entries)
    assert ((panel.score >= 0) & (panel.score <= 100)).all()
    own = [panel.score[panel.entry == n].mean() for n in range(len(panel.entries))]
    assert np.allclose(panel.raw, own)


def test_a_home_team_without_a_reading_has_no_index():
    panel = testing.panel_of({("A1", "E1"): 50.0}, {"E1": "K"}, {"A1": "L"})
    assert panel.home.tolist() == [-1]


def test_without_hypothesis_the_checks_work_and_the_strategies_say_what_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    testing.check_aggregation(Aggregation("tried", mean))
    with pytest.raises(UsageFault, match="need Hypothesis") as caught:
        testing.marks(TENTHS)
    assert "pip install hypothesis" in str(caught.value.hint)

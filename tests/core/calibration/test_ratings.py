"""Panel data to effects: lme4's answers, units, effects that cannot be told apart."""

import csv
import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.calibration.ratings import fit_ratings
from kvaljury.core.model import Ratings
from kvaljury.errors import RulesFault


def ratings_of(rows, has_team=True, has_question=True, classes=None):
    """Rows of (entry, examiner, team, question, score), and the class of each entry if any."""
    columns = list(zip(*rows, strict=True))
    ids, codes = [], []
    for column in columns[:4]:
        names, code = np.unique(np.array(column, dtype=str), return_inverse=True)
        ids.append(tuple(map(str, names)))
        codes.append(code.astype(np.int32))
    class_ids = sorted(set(classes.values())) if classes else []
    return Ratings(
        entries=ids[0],
        examiners=ids[1],
        teams=ids[2] if has_team else (),
        questions=ids[3] if has_question else (),
        classes=tuple(class_ids),
        entry=codes[0],
        examiner=codes[1],
        team=codes[2] if has_team else None,
        question=codes[3] if has_question else None,
        entry_class=np.array([class_ids.index(classes[e]) for e in ids[0]], dtype=np.int32)
        if classes
        else None,
        score=np.array(columns[4], dtype=float),
    )


def simulated(seed=0, teams=6, questions=3):
    generator = np.random.default_rng(seed)
    rows = []
    quality = generator.normal(50, 8, teams * 3)
    for t in range(teams):
        for x in range(3):
            severity = generator.normal(0, 4)
            read = [*range(3 * t, 3 * t + 3)] + ([(3 * t + 3) % (3 * teams)] if x == 0 else [])
            for e in read:
                halo = generator.normal(0, 3)
                for q in range(questions):
                    score = quality[e] + severity + halo + 2 * q + generator.normal(0, 2)
                    rows.append((f"e{e:02}", f"x{t}{x}", f"t{t}", f"q{q}", score))
    return rows


@pytest.fixture(scope="module")
def skating(shared: Path) -> Ratings:
    with gzip.open(shared / "data/figure-skating-2016-2018.csv.gz", "rt", encoding="utf-8") as file:
        return ratings_of(
            [
                (r["entry"], r["examiner"], r["team"], r["question"], float(r["score"]))
                for r in csv.DictReader(file)
                if r["examiner"]
            ]
        )


def agree_with(reference, fitted):
    assert fitted.fit.criterion == pytest.approx(reference["criterion"], abs=1e-4)
    for name, level in fitted.levels.items():
        spread = np.sqrt(fitted.fit.variance[name])
        blups = [reference["ranef"][name][i] for i in level.ids]
        deviations = [reference["condsd"][name][i] for i in level.ids]
        assert level.effect == pytest.approx(np.array(blups), abs=1e-3 * spread)
        assert level.deviation == pytest.approx(np.array(deviations), abs=1e-3 * spread)
    for question, mean in fitted.fixed.items():
        assert mean == pytest.approx(reference["fixef"][f"question{question}"], abs=1e-4)


@pytest.mark.parametrize(
    ("model", "effects", "criterion"),
    [
        ("reml", None, 81136.7638),
        ("teamexaminer_reml", ("entry", "examiner", "team", "team:examiner"), 75234.8303),
        ("halo_reml", ("entry", "examiner", "team", "reading"), 33835.9460),
    ],
)
def test_marks_of_real_skating_panels_agree_with_lme4(
    shared: Path, skating: Ratings, model: str, effects, criterion: float
) -> None:
    reference = json.loads((shared / f"reference/lme4_skating_{model}.json").read_text())
    assert reference["criterion"] == pytest.approx(criterion, abs=1e-4)
    fitted = fit_ratings(skating, unit="mark", effects=effects)
    agree_with(reference, fitted)
    assert fitted.components == 152, "every entry was judged by one panel alone"
    assert "difference between their entries cannot be estimated" in str(fitted.warnings[0])
    for name, value in reference["var"].items():
        known = {"Residual": "residual", "halo": "reading"}.get(name, name)
        assert fitted.fit.variance[known] == pytest.approx(value, rel=2e-4)


@pytest.mark.parametrize(("kind", "criterion"), [("reml", 330.8606), ("ml", 332.1883)])
def test_penicillin_agrees_with_lme4_by_reml_and_ml(
    shared: Path, kind: str, criterion: float
) -> None:
    rows = csv.DictReader((shared / "data/penicillin.csv").read_text().splitlines())
    data = ratings_of(
        [(r["plate"], r["sample"], "t", "q", float(r["diameter"])) for r in rows], False, False
    )
    reference = json.loads((shared / f"reference/lme4_penicillin_{kind}.json").read_text())
    fitted = fit_ratings(data, is_restricted=kind == "reml")
    assert fitted.fit.criterion == pytest.approx(reference["criterion"], abs=1e-4)
    assert fitted.fit.criterion == pytest.approx(criterion, abs=1e-4)
    for ours, theirs in (("entry", "plate"), ("examiner", "sample")):
        level = fitted.levels[ours]
        assert fitted.fit.variance[ours] == pytest.approx(reference["var"][theirs], rel=1e-4)
        for i, name in enumerate(level.ids):
            assert level.effect[i] == pytest.approx(reference["ranef"][theirs][name], abs=1e-3)
            assert level.deviation[i] == pytest.approx(reference["condsd"][theirs][name], abs=1e-3)
    assert fitted.fixed == {"mean": pytest.approx(22.972222, abs=1e-5)}
    assert fitted.scores - fitted.levels["entry"].effect == pytest.approx(22.972222, abs=1e-5)


def test_reading_means_carry_halo_and_error_as_one() -> None:
    data = ratings_of(simulated())
    marks = fit_ratings(data, unit="mark", effects=("entry", "examiner", "team", "reading"))
    means = fit_ratings(data)
    variance = marks.fit.variance
    assert means.fit.variance["residual"] == pytest.approx(
        variance["reading"] + variance["residual"] / 3, rel=1e-4
    )
    assert means.fit.variance["entry"] == pytest.approx(variance["entry"], rel=1e-4)
    assert means.levels["entry"].effect == pytest.approx(marks.levels["entry"].effect, abs=1e-3)


def test_a_missing_mark_does_not_make_a_reading_look_easier() -> None:
    rows = [
        (f"e{e}", f"x{x}", "t", f"q{q}", 50 + 3 * e + 2 * x + 20 * q + (e * x) % 3)
        for e in range(6)
        for x in range(3)
        for q in range(2)
    ]
    whole = fit_ratings(ratings_of(rows, has_team=False))
    gapped = [row for row in rows if row[:2] != ("e0", "x0") or row[3] != "q1"]
    part = fit_ratings(ratings_of(gapped, has_team=False))
    assert part.levels["entry"].effect[0] == pytest.approx(whole.levels["entry"].effect[0], abs=0.5)


@given(st.randoms(use_true_random=False), st.integers(0, 5))
def test_the_order_of_rows_does_not_matter(random, seed: int) -> None:
    rows = simulated(seed)
    plain = fit_ratings(ratings_of(rows))
    random.shuffle(rows)
    shuffled = fit_ratings(ratings_of(rows))
    assert shuffled.fit.criterion == pytest.approx(plain.fit.criterion, abs=1e-6)
    assert shuffled.levels["entry"].effect == pytest.approx(plain.levels["entry"].effect, abs=1e-6)


def test_teams_are_taken_in_where_there_are_several() -> None:
    assert set(fit_ratings(ratings_of(simulated())).levels) == {"entry", "examiner", "team"}
    alone = [(e, x, "t", q, y) for e, x, _, q, y in simulated()]
    assert set(fit_ratings(ratings_of(alone)).levels) == {"entry", "examiner"}


def test_the_cohort_is_told_from_the_team_by_guests_only() -> None:
    effects = ("entry", "examiner", "team", "cohort")
    linked = fit_ratings(ratings_of(simulated()), effects=effects)
    assert "cohort" in linked.fit.variance
    home_only = [r for r in simulated() if int(r[0][1:]) // 3 == int(r[2][1:])]
    with pytest.raises(RulesFault, match="team and cohort cannot be told apart") as caught:
        fit_ratings(ratings_of(home_only), effects=effects)
    assert caught.value.exit_code == 5


CLASSES = {f"e{i:02}": "abc"[i % 3] for i in range(18)}


def dense_criterion(fixed, random, variance, response, restricted=True):
    """-2 log (restricted) likelihood by whole matrices, constants as lme4's."""
    covariance = variance["residual"] * np.eye(len(response))
    for name, level in random.items():
        covariance += variance[name] * np.equal.outer(level, level)
    inverse = np.linalg.inv(covariance)
    information = fixed.T @ inverse @ fixed
    means = np.linalg.solve(information, fixed.T @ inverse @ response)
    rest = response - fixed @ means
    criterion = np.linalg.slogdet(covariance)[1] + rest @ inverse @ rest
    freedom = len(response) - (fixed.shape[1] if restricted else 0)
    criterion += freedom * np.log(2 * np.pi)
    return criterion + (np.linalg.slogdet(information)[1] if restricted else 0), means


def coded(data, *more):
    by_class = data.entry_class[data.entry]
    return np.hstack([np.eye(int(code.max()) + 1)[code] for code in (*more, by_class)])


RANDOM = ("entry", "examiner", "team")


@pytest.mark.parametrize("gaps", [0, 7], ids=["complete", "gapped"])
@pytest.mark.parametrize("restricted", [True, False], ids=["reml", "ml"])
def test_class_means_at_mark_level_are_those_of_the_whole_matrices(gaps, restricted) -> None:
    rows = [row for i, row in enumerate(simulated()) if not gaps or i % gaps]
    data = ratings_of(rows, classes=CLASSES)
    fitted = fit_ratings(data, unit="mark", is_restricted=restricted)
    fixed = np.delete(coded(data, data.question), 3, axis=1)
    levels = {name: getattr(data, name) for name in RANDOM}
    criterion, means = dense_criterion(fixed, levels, fitted.fit.variance, data.score, restricted)
    assert fitted.fit.criterion == pytest.approx(criterion, abs=1e-6)
    assert list(fitted.fixed) == ["q0", "q1", "q2", "class:a", "class:b", "class:c"]
    assert list(fitted.fixed.values()) == pytest.approx([*means[:3], 0, *means[3:]], abs=1e-6)
    rows_of = np.bincount(data.question)
    base = means[:3] @ rows_of / rows_of.sum() + np.array([0, *means[3:]])[data.entry_class]
    assert fitted.scores == pytest.approx(base + fitted.levels["entry"].effect, abs=1e-6)


def test_class_means_of_reading_means_are_those_of_the_whole_matrices() -> None:
    data = ratings_of(simulated(questions=1), has_question=False, classes=CLASSES)
    fitted = fit_ratings(data)
    levels = {name: getattr(data, name) for name in RANDOM}
    criterion, means = dense_criterion(coded(data), levels, fitted.fit.variance, data.score)
    assert fitted.fit.criterion == pytest.approx(criterion, abs=1e-6)
    assert list(fitted.fixed) == ["class:a", "class:b", "class:c"]
    assert list(fitted.fixed.values()) == pytest.approx(list(means), abs=1e-6)
    assert fitted.scores == pytest.approx(
        means[data.entry_class] + fitted.levels["entry"].effect, abs=1e-6
    )


def test_classes_of_fewer_than_five_entries_share_a_mean() -> None:
    classes = {e: "big" if i < 12 else f"small{i % 2}" for i, e in enumerate(CLASSES)}
    fixed = fit_ratings(ratings_of(simulated(), classes=classes)).fixed
    assert fixed["class:small0"] == fixed["class:small1"] != fixed["class:big"]


def test_more_classes_than_can_have_a_mean_are_refused() -> None:
    count = 5 * 1001
    classes = {f"e{i:04}": f"c{i // 5:04}" for i in range(count)}
    rows = [(f"e{i:04}", f"x{j}", "t", "q", float(i % 7 + j)) for i in range(count) for j in (0, 1)]
    with pytest.raises(RulesFault, match="There are 1001 classes; at most 1000 can have a mean"):
        fit_ratings(ratings_of(rows, has_team=False, has_question=False, classes=classes))


def test_more_questions_than_can_have_a_mean_are_refused() -> None:
    rows = [(f"e{i % 300}", f"x{i % 7}", "t", f"q{i:04}", float(i % 9)) for i in range(1001)]
    with pytest.raises(RulesFault, match="There are 1001 questions") as caught:
        fit_ratings(ratings_of(rows, has_team=False), unit="mark")
    assert caught.value.code == "too-many-means"


SEVEN = [
    ("e0", "x0", "t2", "q", 50.0),
    ("e1", "x3", "t2", "q", 51.0),
    ("e0", "x1", "t0", "q", 51.0),
    ("e1", "x5", "t1", "q", 49.0),
    ("e0", "x5", "t1", "q", 48.0),
    ("e1", "x1", "t0", "q", 52.0),
    ("e1", "x2", "t1", "q", 50.0),
]


@pytest.mark.parametrize(
    ("rows", "given"),
    [
        (SEVEN, {}),
        ([(f"e{e}", f"x{x}", "t", "q", e + 10.0 * x) for e in range(6) for x in range(5)], {}),
        (
            [
                (f"e{e}", f"x{x}", "t", "q", np.sin(7 * e + 3 * x * x))
                for e in range(8)
                for x in range(6)
            ]
            * 2,
            {"unit": "mark", "effects": ("entry", "examiner", "reading")},
        ),
    ],
    ids=["few readings", "exactly additive", "every row twice"],
)
def test_a_model_that_explains_everything_is_refused(rows, given) -> None:
    with pytest.raises(RulesFault, match="leave no error to estimate"):
        fit_ratings(ratings_of(rows, has_team=rows is SEVEN, has_question=False), **given)


def dense_minimum(data, levels, starts):
    """The least criterion that a search over whole matrices finds."""
    from scipy.optimize import minimize

    fixed = np.ones((len(data.score), 1))

    def criterion(ratios):
        shape = np.eye(len(data.score))
        for ratio, level in zip(ratios, levels, strict=True):
            shape += ratio**2 * np.equal.outer(level, level)
        inverse = np.linalg.inv(shape)
        information = fixed.T @ inverse @ fixed
        rest = data.score - fixed @ np.linalg.solve(information, fixed.T @ inverse @ data.score)
        freedom = len(data.score) - 1
        residual = rest @ inverse @ rest / freedom
        spread = freedom * (1 + np.log(2 * np.pi * residual))
        return np.linalg.slogdet(shape)[1] + np.linalg.slogdet(information)[1] + spread

    bounds = [(0, 50)] * len(levels)
    found = [minimize(criterion, start, bounds=bounds, method="L-BFGS-B") for start in starts]
    return min(result.fun for result in found)


@pytest.mark.parametrize("seed", range(12))
def test_small_panels_are_fitted_at_the_best_of_their_minima(seed: int) -> None:
    generator = np.random.default_rng(seed)
    rows = [
        (f"e{e}", f"x{x}", "t", "q", float(np.round(generator.normal(50, 5), 1)))
        for e in range(5)
        for x in generator.choice(4, 3, replace=False)
    ]
    data = ratings_of(rows, has_team=False, has_question=False)
    fitted = fit_ratings(data)
    starts = [(a, b) for a in (0.0, 0.5, 2.0, 8.0) for b in (0.0, 0.5, 2.0, 8.0)]
    least = dense_minimum(data, [data.entry, data.examiner], starts)
    assert fitted.fit.criterion == pytest.approx(least, abs=1e-4)


def test_renamed_ids_give_the_same_numbers() -> None:
    rows = simulated(3)
    renamed = [(f"e{99 - int(e[1:])}", f"x{99 - int(x[1:])}", t, q, y) for e, x, t, q, y in rows]
    plain, turned = fit_ratings(ratings_of(rows)), fit_ratings(ratings_of(renamed))
    assert turned.scores[::-1] == pytest.approx(plain.scores, abs=2e-8)
    for name, value in plain.fit.variance.items():
        assert turned.fit.variance[name] == pytest.approx(value, rel=1e-7, abs=1e-8)


def test_classes_with_questions_of_their_own_are_told_by_these_alone() -> None:
    classes = {e: "ab"[i % 2] for i, e in enumerate(CLASSES)}
    rows = [(e, x, t, f"{classes[e]}{q}", y) for e, x, t, q, y in simulated()]
    data = ratings_of(rows, classes=classes)
    fitted = fit_ratings(data, unit="mark")
    plain = fit_ratings(ratings_of(rows), unit="mark")
    assert fitted.fit.criterion == pytest.approx(plain.fit.criterion, abs=1e-9)
    assert fitted.fixed["class:a"] == fitted.fixed["class:b"] == 0
    own = {c: np.mean([fitted.fixed[f"{c}q{q}"] for q in range(3)]) for c in "ab"}
    effect = fitted.levels["entry"].effect
    for i, entry in enumerate(data.entries):
        assert fitted.scores[i] == pytest.approx(own[classes[entry]] + effect[i], abs=1e-6)


def test_teams_that_are_the_classes_are_refused() -> None:
    rows = [row for row in simulated() if int(row[0][1:]) // 3 == int(row[2][1:])]
    rows += [(f"f{e[1:]}", x, t, q, y + 1) for e, x, t, q, y in rows]
    classes = {row[0]: row[2] for row in rows}
    with pytest.raises(RulesFault, match="team and class cannot be told apart"):
        fit_ratings(ratings_of(rows, classes=classes))


def test_without_a_team_effect_examiners_alone_connect_panels() -> None:
    rows = [
        (f"e{p}{e}", f"x{x}", f"t{p}", "q", 50 + 7 * e + 3 * x + (e * x + p) % 4)
        for p in (0, 1)
        for e in range(4)
        for x in range(3)
    ]
    assert fit_ratings(ratings_of(rows)).components == 2
    together = fit_ratings(ratings_of(rows), effects=("entry", "examiner"))
    assert (together.components, together.warnings) == (1, ())


def test_a_score_takes_in_the_cohort_that_was_asked_for() -> None:
    effects = ("entry", "examiner", "team", "cohort")
    rows = [(*r[:4], r[4] + 40 * (int(r[0][1:]) < 3)) for r in simulated()]
    fitted = fit_ratings(ratings_of(rows), effects=effects)
    cohort = fitted.fit.effects["cohort"]
    base = fitted.fixed["mean"] + fitted.levels["entry"].effect
    assert fitted.scores == pytest.approx(base + np.repeat(cohort, 3), abs=1e-9)
    assert cohort[0] > 10


def test_a_home_team_that_cannot_be_told_is_refused() -> None:
    rows = [
        ("e0", "x0", "t0", "q", 1.0),
        ("e0", "x1", "t1", "q", 2.0),
        ("e1", "x0", "t0", "q", 3.0),
        ("e1", "x1", "t1", "q", 5.0),
    ]
    with pytest.raises(RulesFault, match="home team of entry e0 cannot be told"):
        fit_ratings(ratings_of(rows), effects=("entry", "cohort"))


@pytest.mark.parametrize("effect", ["team", "cohort", "team:examiner"])
def test_effects_of_teams_need_several(effect: str) -> None:
    rows = [(e, x, "t", q, y) for e, x, _, q, y in simulated()]
    with pytest.raises(RulesFault, match=f"The effect {effect} needs several teams"):
        fit_ratings(ratings_of(rows), effects=("entry", effect))


def test_a_reading_is_error_where_every_reading_is_one_value() -> None:
    with pytest.raises(RulesFault, match="error and reading cannot be told apart"):
        fit_ratings(ratings_of(simulated()), effects=("entry", "reading"))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("e", "x", "t", "q", 5.0)], "cannot be told apart"),
        ([(f"e{i}", "x", "t", "q", float(i)) for i in range(5)], "cannot be told apart"),
        ([(f"e{i}", f"x{i}", "t", "q", float(i)) for i in range(200)], "cannot be told apart"),
        (
            [(f"e{i // 4}", f"x{i}", "t", "q", float(i % 7)) for i in range(10_000)],
            "examiner and error cannot be told apart",
        ),
        ([(f"e{i}", f"x{j}", "t", "q", 5.0) for i in range(4) for j in range(3)], "no error"),
    ],
    ids=["one rating", "each entry once", "one reading each", "10,000 examiners", "all equal"],
)
def test_data_that_no_model_fits_are_refused_in_plain_words(rows, said: str) -> None:
    with pytest.raises(RulesFault, match=said) as caught:
        fit_ratings(ratings_of(rows, has_team=False, has_question=False))
    assert caught.value.hint is not None


def test_parts_that_no_reading_connects_are_counted() -> None:
    rows = [
        (f"e{p}{e}", f"x{p}{x}", "t", "q", 50 + 3 * e + x + (e * x) % 3 + 4 * p)
        for p in range(3)
        for e in range(4)
        for x in range(3)
    ]
    assert fit_ratings(ratings_of(rows, has_team=False, has_question=False)).components == 3


def test_a_part_of_one_entry_has_a_score_and_is_counted() -> None:
    rows = [
        (f"e{e}", f"x{x}", "t", "q", 50 + 3 * e + x + (e * x) % 3)
        for e in range(4)
        for x in range(3)
    ]
    alone = [("e9", "x9", "t", "q", 70.0)]
    fitted = fit_ratings(ratings_of([*rows, *alone], has_team=False, has_question=False))
    assert fitted.components == 2
    assert np.isfinite(fitted.scores).all()


def test_entries_that_nothing_tells_apart_are_said_to_be() -> None:
    scores = (52.0, 50, 51, 49, 51, 50, 49, 50, 50)
    rows = [(f"e{i % 3}", f"x{i // 3}", "t", "q", y) for i, y in enumerate(scores)]
    fitted = fit_ratings(ratings_of(rows, has_team=False, has_question=False))
    assert fitted.fit.variance["entry"] == 0
    (said,) = fitted.warnings
    assert "do not tell the entries apart" in str(said)

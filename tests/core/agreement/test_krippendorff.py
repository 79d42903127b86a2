"""Krippendorff's alpha in four metrics, with gaps."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from kvaljury.core.agreement import METRICS, krippendorff_alpha

GAP = np.nan
# Krippendorff 2011, example C: four observers, twelve units, missing data.
KRIPPENDORFF = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, 3],
        [GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, GAP],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP],
    ]
).T
PUBLISHED = {"nominal": 0.743, "ordinal": 0.815, "interval": 0.849, "ratio": 0.797}

RATINGS = hnp.arrays(
    float,
    st.tuples(st.integers(1, 6), st.integers(1, 4)),
    elements=st.one_of(st.integers(0, 5).map(float), st.just(GAP)),
)
every_metric = pytest.mark.parametrize("metric", METRICS)


def brute_force(ratings, metric):
    """Follow the definition pair by pair, the ordinal metric by its sum of frequencies."""
    units = [[v for v in row if not np.isnan(v)] for row in ratings]
    units = [unit for unit in units if len(unit) >= 2]
    values = [v for unit in units for v in unit]
    if len(set(values)) < 2:
        return None

    def distance(c, k):
        low, high = min(c, k), max(c, k)
        between = sum(low <= v <= high for v in values)
        ends = values.count(c) + values.count(k)
        return {
            "nominal": float(c != k),
            "ordinal": (between - ends / 2) ** 2 if c != k else 0.0,
            "interval": (c - k) ** 2,
            "ratio": ((c - k) / (c + k)) ** 2 if c + k else 0.0,
        }[metric]

    observed = sum(sum(distance(c, k) for c in u for k in u) / (len(u) - 1) for u in units)
    expected = sum(distance(c, k) for c in values for k in values) / (len(values) - 1)
    return 1 - observed / expected


@every_metric
def test_the_published_alphas_of_four_coders_and_twelve_units_are_reproduced(metric):
    assert krippendorff_alpha(KRIPPENDORFF, metric) == pytest.approx(PUBLISHED[metric], abs=5e-4)


def test_the_metric_is_interval_unless_said_otherwise():
    assert krippendorff_alpha(KRIPPENDORFF) == krippendorff_alpha(KRIPPENDORFF, "interval")


@every_metric
@given(RATINGS)
def test_alpha_is_what_the_definition_gives_pair_by_pair(metric, ratings):
    found, expected = krippendorff_alpha(ratings, metric), brute_force(ratings, metric)
    assert found == (None if expected is None else pytest.approx(expected, abs=1e-9))


@every_metric
@pytest.mark.parametrize(
    "ratings",
    [
        np.empty((0, 3)),
        np.empty((3, 0)),
        np.full((3, 2), GAP),
        np.array([[1.0, GAP], [GAP, 2.0]]),
        np.array([[3.0, 3.0], [3.0, GAP], [GAP, 7.0]]),
        np.array([[1.0], [2.0]]),
    ],
    ids=["no unit", "no coder", "nothing", "no pair", "one value in pairs", "one coder"],
)
def test_alpha_is_none_where_nothing_can_agree_or_differ(metric, ratings):
    assert krippendorff_alpha(ratings, metric) is None


def test_a_ratio_of_negative_ratings_is_undefined():
    ratings = np.array([[-1.0, 2.0], [3.0, 3.0]])
    assert krippendorff_alpha(ratings, "ratio") is None
    assert krippendorff_alpha(ratings, "interval") is not None


def test_zero_is_a_rating_on_a_ratio_scale():
    assert krippendorff_alpha(np.array([[0.0, 0.0], [4.0, 4.0]]), "ratio") == 1.0


@every_metric
def test_a_unit_with_one_rating_changes_nothing(metric):
    lone = np.vstack([KRIPPENDORFF, [GAP, GAP, 99.0, GAP]])
    assert krippendorff_alpha(lone, metric) == krippendorff_alpha(KRIPPENDORFF, metric)


@every_metric
@given(RATINGS, st.randoms(use_true_random=False))
def test_the_order_of_units_and_coders_does_not_matter(metric, ratings, random):
    rows, columns = list(range(ratings.shape[0])), list(range(ratings.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    found = krippendorff_alpha(ratings[rows][:, columns], metric)
    before = krippendorff_alpha(ratings, metric)
    assert found == (None if before is None else pytest.approx(before, abs=1e-9))


@given(RATINGS, st.integers(-500, 500), st.sampled_from([-1.0, 0.3, 7.0]))
def test_neither_origin_nor_unit_of_an_interval_scale_matters(ratings, shift, scale):
    found = krippendorff_alpha(scale * ratings + shift, "interval")
    before = krippendorff_alpha(ratings, "interval")
    assert found == (None if before is None else pytest.approx(before, abs=1e-9))


@given(RATINGS)
def test_an_ordinal_scale_may_be_stretched_unevenly(ratings):
    before = krippendorff_alpha(ratings, "ordinal")
    assert krippendorff_alpha(np.exp(ratings), "ordinal") == before


@given(RATINGS)
def test_a_nominal_scale_may_be_renamed(ratings):
    renamed = np.where(np.isnan(ratings), GAP, (7 * np.nan_to_num(ratings)) % 6)
    before = krippendorff_alpha(ratings, "nominal")
    found = krippendorff_alpha(renamed, "nominal")
    assert found == (None if before is None else pytest.approx(before, abs=1e-9))


@every_metric
@given(st.lists(st.integers(0, 100), min_size=2, max_size=6), st.integers(2, 4))
def test_perfect_agreement_is_one(metric, scores, coders):
    assume(len(set(scores)) > 1)
    ratings = np.repeat(np.array(scores, dtype=float)[:, None], coders, axis=1)
    assert krippendorff_alpha(ratings, metric) == pytest.approx(1.0)

"""Intraclass correlations, of tables and of readings with gaps."""

import itertools

import attrs
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from kvaljury.core.agreement import (
    CrossedComponents,
    IntraclassCorrelations,
    agreement_of_readers,
    harmonic_mean,
    intraclass_correlations,
    separate_components,
)

# Shrout and Fleiss 1979, table 2: six targets, four judges.
SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], float
)
# The anxiety ratings that R's package irr documents: twenty subjects, three raters.
ANXIETY = np.array(
    [
        [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
        [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
        [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
    ],
    float,
).T

UNDEFINED = IntraclassCorrelations()
TABLES = hnp.arrays(
    float,
    st.tuples(st.integers(2, 6), st.integers(2, 5)),
    elements=st.integers(0, 100).map(float),
)


def same(first, second):
    """Hold two frozen values of floats and None against each other."""
    for one, other in zip(attrs.astuple(first), attrs.astuple(second), strict=True):
        assert one == (None if other is None else pytest.approx(other, abs=1e-9))


def flat(table):
    """Give entry, examiner and score of the cells that hold a number."""
    entry, examiner = np.nonzero(np.isfinite(table))
    return entry, examiner, table[entry, examiner]


def test_the_six_correlations_of_shrout_and_fleiss_are_reproduced():
    found = attrs.astuple(intraclass_correlations(SHROUT_FLEISS))
    assert [round(value, 2) for value in found] == [0.17, 0.29, 0.71, 0.44, 0.62, 0.91]


def test_the_documented_agreement_of_the_anxiety_ratings_is_reproduced():
    assert intraclass_correlations(ANXIETY).agreement == pytest.approx(0.198, abs=5e-4)


def test_whole_numbers_do_as_well_as_fractions():
    same(intraclass_correlations(SHROUT_FLEISS.astype(int)), intraclass_correlations(SHROUT_FLEISS))


@pytest.mark.parametrize(
    "table",
    [
        np.array([[1.0, 2.0, 3.0]]),
        np.array([[1.0], [2.0], [3.0]]),
        np.full((3, 4), 70.1),
        np.empty((0, 3)),
        np.empty((3, 0)),
        np.array([[1.0, np.nan], [2.0, 3.0]]),
        np.array([[1.0, np.inf], [2.0, 3.0]]),
    ],
    ids=["one target", "one judge", "no spread", "no target", "no judge", "a gap", "infinity"],
)
def test_a_table_that_cannot_show_agreement_gives_none(table):
    assert intraclass_correlations(table) == UNDEFINED


def test_targets_that_are_all_alike_leave_the_shares_of_nothing_undefined():
    found = intraclass_correlations(np.array([[1.0, 2.0], [1.0, 2.0]]))
    assert found == IntraclassCorrelations(
        one_way=-1.0, agreement=0.0, consistency=None, agreement_mean=0.0
    )


def test_means_of_judges_who_contradict_each_other_have_no_share_in_a_negative_variance():
    found = intraclass_correlations(np.array([[0.0, 1.0], [1.0, 0.0]]))
    assert found.consistency == -1.0
    assert (found.agreement, found.agreement_mean, found.consistency_mean) == (None, None, None)


def test_a_lone_difference_far_below_the_level_is_not_rounding():
    found = intraclass_correlations(np.array([[70.1, 70.1], [70.2, 70.2], [70.1, 70.1]]))
    assert attrs.astuple(found) == (1.0,) * 6


def test_a_huge_unit_neither_overflows_nor_warns():
    same(intraclass_correlations(SHROUT_FLEISS * 1e200), intraclass_correlations(SHROUT_FLEISS))


@given(TABLES, st.randoms(use_true_random=False))
def test_the_order_of_targets_and_judges_does_not_matter(table, random):
    rows, columns = list(range(table.shape[0])), list(range(table.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    same(intraclass_correlations(table[rows][:, columns]), intraclass_correlations(table))


@given(TABLES, st.integers(-500, 500), st.sampled_from([0.25, 0.3, 7.0, 100.0]))
def test_neither_origin_nor_unit_of_the_scale_matters(table, shift, scale):
    same(intraclass_correlations(scale * table + shift), intraclass_correlations(table))


@given(TABLES)
def test_no_correlation_exceeds_one(table):
    known = [v for v in attrs.astuple(intraclass_correlations(table)) if v is not None]
    assert all(value <= 1 + 1e-9 for value in known)


@given(
    st.lists(st.floats(0, 100).map(lambda x: round(x, 2)), min_size=2, max_size=6),
    st.integers(2, 5),
)
def test_perfect_agreement_is_one(scores, judges):
    assume(len(set(scores)) > 1)
    table = np.repeat(np.array(scores)[:, None], judges, axis=1)
    assert attrs.astuple(intraclass_correlations(table)) == pytest.approx((1.0,) * 6)


@given(TABLES, st.lists(st.integers(-30, 30), min_size=5, max_size=5))
def test_severity_of_a_judge_leaves_consistency_as_it_was(table, severity):
    shifted = intraclass_correlations(table + np.array(severity[: table.shape[1]]))
    before = intraclass_correlations(table)
    if None not in (before.consistency, shifted.consistency):
        assert shifted.consistency == pytest.approx(before.consistency, abs=1e-9)


def textbook(table):
    """Give the mean squares of the analysis of variance with loops."""
    n, k = table.shape
    grand = table.mean()
    between = k * sum((row.mean() - grand) ** 2 for row in table) / (n - 1)
    judge = n * sum((column.mean() - grand) ** 2 for column in table.T) / (k - 1)
    total = sum((value - grand) ** 2 for value in table.flat)
    error = (total - (n - 1) * between - (k - 1) * judge) / ((n - 1) * (k - 1))
    return between, judge, error


@given(TABLES)
def test_the_components_of_a_complete_table_are_those_of_the_analysis_of_variance(table):
    found = separate_components(*flat(table))
    if found is None:
        assert np.ptp(table) == 0
        return
    between, judge, error = textbook(table)
    n, k = table.shape
    expected = ((between - error) / k, (judge - error) / n, error)
    assert attrs.astuple(found) == pytest.approx(expected, abs=1e-7)


@given(TABLES)
def test_components_and_mean_squares_give_the_same_correlations(table):
    components = separate_components(*flat(table))
    assume(components is not None)
    readers = np.full(len(table), table.shape[1])
    found = agreement_of_readers(attrs.asdict(components), readers)
    direct = intraclass_correlations(table)
    entry, error = components.entry, components.examiner + components.residual
    assume(entry + error > 1e-6)
    assert found.single == pytest.approx(direct.agreement, abs=1e-7)
    if abs(entry + error / found.readers) > 1e-6:
        assert found.mean == (
            None
            if direct.agreement_mean is None
            else pytest.approx(direct.agreement_mean, rel=1e-6, abs=1e-6)
        )


def test_components_of_a_table_with_a_gap_fit_constants():
    """Worked by hand: readings 1, 3 / 2, 6 / 5, -; only the first two entries tell severity."""
    table = np.array([[1.0, 3.0], [2.0, 6.0], [5.0, np.nan]])
    # Examiner 2 is 3 above examiner 1 within entries; what is left is -+0.5 in four cells.
    residual = 4 * 0.5**2 / 1
    of_examiner = (2.0 + 8.0) - 1.0 - 1 * residual
    of_entry = (np.var([1, 2, 5]) * 3 + np.var([3, 6]) * 2) - 1.0 - 2 * residual
    found = separate_components(*flat(table))
    assert found.residual == pytest.approx(residual)
    assert found.examiner == pytest.approx(of_examiner / (5 - 3))
    assert found.entry == pytest.approx(of_entry / (5 - 2))


def test_components_are_unbiased_on_readings_with_gaps():
    generator = np.random.default_rng(7)
    read = np.ones((5, 4), dtype=bool)
    read[[0, 1, 2, 3], [0, 1, 2, 3]] = False
    entry, examiner = np.nonzero(read)
    found = []
    for _ in range(3000):
        score = (
            generator.normal(60, 3, 5)[entry]
            + generator.normal(0, 2, 4)[examiner]
            + generator.normal(0, 1, len(entry))
        )
        found.append(attrs.astuple(separate_components(entry, examiner, score)))
    assert np.mean(found, axis=0) == pytest.approx((9, 4, 1), rel=0.08)


@pytest.mark.parametrize(
    "table",
    [
        [[1, 2, 3]],
        [[1], [2], [3]],
        [[1, np.nan], [np.nan, 2]],
        [[1, 2], [np.nan, 2]],
        [[5, 5], [5, 5]],
    ],
    ids=["one entry", "one examiner", "never together", "nothing to spare", "no spread"],
)
def test_components_that_cannot_be_told_apart_are_none(table):
    assert separate_components(*flat(np.array(table, dtype=float))) is None


def test_no_readings_have_no_components():
    nobody = np.array([], dtype=np.intp)
    assert separate_components(nobody, nobody, np.array([])) is None


@given(TABLES, st.integers(-50, 50))
def test_components_do_not_move_with_the_origin_and_grow_with_the_square_of_the_unit(table, shift):
    before = separate_components(*flat(table))
    assume(before is not None)
    after = separate_components(*flat(3 * table + shift))
    expected = tuple(9 * value for value in attrs.astuple(before))
    assert attrs.astuple(after) == pytest.approx(expected, rel=1e-9, abs=1e-6)


def test_severity_alone_is_told_from_error_exactly():
    entry, examiner = np.array(list(itertools.product(range(3), range(2)))).T
    score = np.array([50.0, 60.0, 70.0, 80.0, 55.0, 65.0])
    assert separate_components(entry, examiner, score).residual == 0.0


def test_single_and_mean_reading_differ_by_the_harmonic_mean_of_readers():
    variance = {"entry": 6.0, "team": 9.0, "cohort": 9.0, "examiner": 2.0, "residual": 4.0}
    found = agreement_of_readers(variance, np.array([2, 4, 4]))
    assert found.readers == pytest.approx(3.0)
    assert found.single == pytest.approx(0.5)
    assert found.mean == pytest.approx(6 / (6 + 6 / 3))


@pytest.mark.parametrize("variance", [{}, {"examiner": None}], ids=["absent", "None"])
def test_a_model_without_examiners_has_their_severity_in_the_residual(variance):
    found = agreement_of_readers({"entry": 3.0, "residual": 1.0, **variance}, np.array([1, 1]))
    assert (found.single, found.mean) == (0.75, 0.75)


@pytest.mark.parametrize(
    ("variance", "readers"),
    [
        ({"entry": None, "residual": 1.0}, [2]),
        ({"entry": 1.0, "residual": None}, [2]),
        ({}, [2]),
        ({"entry": 1.0, "residual": 1.0}, []),
    ],
)
def test_components_that_were_not_estimated_give_no_agreement(variance, readers):
    assert agreement_of_readers(variance, np.array(readers, dtype=np.intp)) is None


def test_components_of_nothing_leave_the_shares_undefined():
    found = agreement_of_readers({"entry": 0.0, "examiner": 0.0, "residual": 0.0}, np.array([2]))
    assert (found.single, found.mean) == (None, None)


def test_a_negative_variance_of_the_mean_leaves_its_share_undefined():
    components = CrossedComponents(entry=-1.0, examiner=0.0, residual=2.0)
    found = agreement_of_readers(attrs.asdict(components), np.array([4, 4]))
    assert (found.single, found.mean) == (-1.0, None)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=8))
def test_the_harmonic_mean_lies_between_the_smallest_and_the_arithmetic_mean(counts):
    found = harmonic_mean(np.array(counts))
    assert min(counts) - 1e-9 <= found <= np.mean(counts) + 1e-9

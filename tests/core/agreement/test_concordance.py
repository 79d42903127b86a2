"""Kendall's W with ties."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from kvaljury.core.agreement import kendall_w

# Siegel 1956, chapter 9: three executives rank six applicants, without ties ...
APPLICANTS = np.array([[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]], float).T
# ... and ten objects, with ties.
TIED = np.array(
    [
        [1, 4.5, 2, 4.5, 3, 7.5, 6, 9, 7.5, 10],
        [2.5, 1, 2.5, 4.5, 4.5, 8, 9, 6.5, 10, 6.5],
        [2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10],
    ]
).T

SCORES = hnp.arrays(
    float,
    st.tuples(st.integers(2, 6), st.integers(2, 4)),
    elements=st.integers(0, 6).map(float),
)


def textbook(scores):
    """Follow the formula with its tie correction, ranks by counting."""
    n, m = scores.shape
    ranks = np.array([[(c < v).sum() + ((c == v).sum() + 1) / 2 for v in c] for c in scores.T])
    squares = np.sum((ranks.sum(axis=0) - m * (n + 1) / 2) ** 2)
    ties = sum(t**3 - t for c in scores.T for t in np.unique(c, return_counts=True)[1])
    largest = (m**2 * (n**3 - n) - m * ties) / 12
    return squares / largest if largest else None


@pytest.mark.parametrize(
    ("scores", "published"), [(APPLICANTS, 0.162), (TIED, 0.828)], ids=["no ties", "ties"]
)
def test_the_textbook_values_are_reproduced(scores, published):
    assert kendall_w(scores) == pytest.approx(published, abs=5e-4)


@given(SCORES)
def test_the_tie_correction_is_the_formulas(scores):
    expected = textbook(scores)
    assert kendall_w(scores) == (None if expected is None else pytest.approx(expected))


def test_an_entry_that_lacks_a_reading_is_left_out():
    gap = np.vstack([APPLICANTS, [9.0, np.nan, 1.0]])
    assert kendall_w(gap) == kendall_w(APPLICANTS)


@pytest.mark.parametrize(
    "scores",
    [
        np.empty((0, 0)),
        np.array([[1.0], [2.0], [3.0]]),
        np.array([[1.0, 2.0, 3.0]]),
        np.array([[1.0, 2.0], [np.nan, 3.0], [4.0, np.nan]]),
        np.array([[5.0, 7.0], [5.0, 7.0]]),
    ],
    ids=["nothing", "one examiner", "one entry", "one complete entry", "all tied"],
)
def test_w_is_none_where_there_is_no_order_to_share(scores):
    assert kendall_w(scores) is None


def test_an_examiner_who_ties_everything_lowers_the_accord_of_the_others():
    assert kendall_w(np.array([[1.0, 1.0, 5.0], [2.0, 2.0, 5.0]])) == pytest.approx(2 / 3)


@given(SCORES, st.randoms(use_true_random=False))
def test_the_order_of_entries_and_examiners_does_not_matter(scores, random):
    rows, columns = list(range(scores.shape[0])), list(range(scores.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    before = kendall_w(scores)
    found = kendall_w(scores[rows][:, columns])
    assert found == (None if before is None else pytest.approx(before))


@given(SCORES, st.lists(st.integers(-40, 40), min_size=4, max_size=4))
def test_severity_and_spread_of_an_examiner_do_not_matter(scores, severity):
    moved = 3 * scores + np.array(severity[: scores.shape[1]])
    assert kendall_w(moved) == kendall_w(scores)


@given(SCORES)
def test_w_lies_between_none_and_full_accord(scores):
    found = kendall_w(scores)
    assert found is None or -1e-12 <= found <= 1 + 1e-12


@given(st.lists(st.integers(0, 50), min_size=2, max_size=6), st.integers(2, 4))
def test_perfect_agreement_is_one(order, examiners):
    assume(len(set(order)) > 1)
    scores = np.repeat(np.array(order, dtype=float)[:, None], examiners, axis=1)
    assert kendall_w(scores) == pytest.approx(1.0)

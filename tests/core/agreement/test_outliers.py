"""What stands out among readings, examiners and entries."""

import attrs
import numpy as np
import pytest
from hypothesis import given

from kvaljury.core.agreement import (
    DividedEntry,
    FlatExaminer,
    LargeResidual,
    divided_entries,
    flat_examiners,
    large_residuals,
)
from kvaljury.testing import panels

ROWS = [
    ("a", "x1", "A", 50.0),
    ("a", "x2", "A", 71.0),
    ("b", "x1", "A", 50.5),
    ("b", "x2", "A", 70.5),
    ("c", "x1", "A", 51.0),
    ("c", "y1", "B", 90.0),
    ("d", "y1", "B", 10.0),
]


def test_a_reading_beyond_three_standard_deviations_is_listed(make_panel):
    residuals = np.array([0.0, -7.0, 6.0, 0, 0, 0, 9.0])
    first, second = large_residuals(make_panel(ROWS), residuals, 4.0)
    assert first == LargeResidual("d", "y1", "B", 10.0, 9.0, 4.5)
    assert second == LargeResidual("a", "x2", "A", 71.0, -7.0, -3.5)


def test_readings_equally_far_off_come_by_entry_and_examiner(make_panel):
    residuals = np.array([0.0, 8, -8, 0, 0, 0, 8])
    found = large_residuals(make_panel(ROWS), residuals, 4.0)
    assert [(r.entry, r.examiner) for r in found] == [("a", "x2"), ("b", "x1"), ("d", "y1")]


def test_each_reading_may_have_a_variance_of_its_own(make_panel):
    residuals = np.full(7, 4.0)
    variance = np.array([4.0, 4, 4, 1, 4, 4, 4])
    (found,) = large_residuals(make_panel(ROWS), residuals, variance)
    assert (found.entry, found.examiner, found.standardised) == ("b", "x2", 4.0)


def test_exactly_the_limit_and_rounding_above_it_are_not_listed(make_panel):
    residuals = np.array([0.3, 0.1 + 0.2, 0, 0, 0, 0, 0])
    assert large_residuals(make_panel(ROWS), residuals, 0.01) == ()
    assert len(large_residuals(make_panel(ROWS), residuals, 0.01, limit=2.9)) == 2


def test_residuals_without_variance_are_not_listed(make_panel):
    assert large_residuals(make_panel(ROWS), np.full(7, 50.0), 0.0) == ()


def test_an_examiner_with_one_score_for_all_is_listed(make_panel):
    assert flat_examiners(make_panel(ROWS)) == (FlatExaminer("x1", "A", 3, 50.0, 51.0),)


def test_two_entries_are_too_few_to_call_an_examiner_flat(make_panel):
    found = flat_examiners(make_panel(ROWS), entries=2)
    assert [examiner.examiner for examiner in found] == ["x1", "x2"]


def test_a_spread_above_the_limit_is_no_flatness(make_panel):
    assert flat_examiners(make_panel(ROWS), spread=0.9) == ()


def test_a_spread_of_one_point_is_one_point_despite_binary_fractions(make_panel):
    rows = [("a", "x", "A", 7.3), ("b", "x", "A", 8.3), ("c", "x", "A", 7.8)]
    assert 8.3 - 7.3 > 1
    assert len(flat_examiners(make_panel(rows))) == 1


def test_an_examiner_without_readings_is_not_flat(make_panel):
    panel = make_panel(ROWS)
    panel = attrs.evolve(panel, examiners=(*panel.examiners, "z1"))
    assert [found.examiner for found in flat_examiners(panel)] == ["x1"]


def test_an_entry_beyond_the_limit_is_listed_with_who_gave_what(make_panel):
    first, second = divided_entries(make_panel(ROWS))
    assert first == DividedEntry("c", "x1", 51.0, "y1", 90.0, 39.0)
    assert second == DividedEntry("a", "x1", 50.0, "x2", 71.0, 21.0)


def test_the_edition_may_set_another_limit(make_panel):
    found = divided_entries(make_panel(ROWS), limit=19.0)
    assert [entry.entry for entry in found] == ["c", "a", "b"]


def test_exactly_the_limit_is_not_divided_despite_binary_fractions(make_panel):
    rows = [("a", "x", "A", 12.2), ("a", "y", "A", 32.2)]
    assert 32.2 - 12.2 > 20
    assert divided_entries(make_panel(rows)) == ()


def test_of_several_at_the_ends_the_first_by_id_is_named_and_equals_come_by_entry(make_panel):
    rows = [
        (entry, examiner, "A", score)
        for entry in "ba"
        for examiner, score in (("x1", 10.0), ("x2", 90.0), ("x3", 10.0), ("x4", 90.0))
    ]
    found = divided_entries(make_panel(rows))
    assert [(d.entry, d.low_examiner, d.high_examiner) for d in found] == [
        ("a", "x1", "x2"),
        ("b", "x1", "x2"),
    ]


@given(panels())
def test_what_is_listed_is_what_the_readings_say(panel):
    by_entry = {e: panel.score[panel.entry == i] for i, e in enumerate(panel.entries)}
    divided = {found.entry for found in divided_entries(panel)}
    assert divided == {e for e, s in by_entry.items() if round(float(np.ptp(s)), 6) > 20}
    flat = {found.examiner for found in flat_examiners(panel)}
    for i, examiner in enumerate(panel.examiners):
        scores = panel.score[panel.examiner == i]
        expected = len(scores) >= 3 and round(float(np.ptp(scores)), 6) <= 1
        assert (examiner in flat) == expected


@pytest.mark.parametrize("find", [flat_examiners, divided_entries])
def test_nothing_is_removed_from_the_panel(make_panel, find):
    panel = make_panel(ROWS)
    before = panel.score.copy()
    find(panel)
    assert (panel.score == before).all()

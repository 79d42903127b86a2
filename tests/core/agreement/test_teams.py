"""Agreement of each team over its home readings."""

import attrs
import numpy as np
import pytest
from hypothesis import given

from kvaljury.core.agreement import (
    TeamAgreement,
    agreement_by_team,
    intraclass_correlations,
    kendall_w,
    krippendorff_alpha,
)
from kvaljury.testing import panels

GAP = np.nan
TABLE = np.array([[50.0, 60, 55], [70, 72, 75], [40, 52, 44], [90, 85, 95]])


def rows_of(table, team="A"):
    return [
        (f"{team.lower()}{e}", f"{team}x{x}", team, score)
        for e, row in enumerate(table)
        for x, score in enumerate(row)
        if not np.isnan(score)
    ]


def homes(rows):
    return {entry: team for entry, _, team, _ in rows}


def test_a_complete_team_has_the_published_coefficients_of_its_table(make_panel):
    (found,) = agreement_by_team(make_panel(rows_of(TABLE)))
    icc = intraclass_correlations(TABLE)
    assert (found.team, found.entries, found.examiners) == ("A", 4, 3)
    assert found.icc_single == pytest.approx(icc.agreement)
    assert found.icc_mean == pytest.approx(icc.agreement_mean)
    assert found.alpha == pytest.approx(krippendorff_alpha(TABLE, "interval"))
    assert found.kendall_w == pytest.approx(kendall_w(TABLE))


def test_the_mean_difference_is_over_pairs_of_examiners_in_points(make_panel):
    table = np.array([[50.0, 60, 55], [70, GAP, 76]])
    (found,) = agreement_by_team(make_panel(rows_of(table)))
    assert found.mean_difference == pytest.approx((10 + 5 + 5 + 6) / 4)


def test_a_gap_is_bridged_for_all_but_the_ranks(make_panel):
    table = TABLE.copy()
    table[0, 0] = GAP
    (found,) = agreement_by_team(make_panel(rows_of(table)))
    assert found.kendall_w == pytest.approx(kendall_w(table[1:]))
    assert found.alpha == pytest.approx(krippendorff_alpha(table))
    assert 0 < found.icc_single < found.icc_mean < 1


def test_guests_and_their_readings_are_left_out(make_panel):
    own = rows_of(TABLE) + rows_of(TABLE[::-1] / 2, "B")
    guests = [("a0", "Bx0", "B", 5.0), ("b1", "Ax2", "A", 99.0)]
    with_guests = agreement_by_team(make_panel([*own, *guests], homes(own)))
    assert with_guests == agreement_by_team(make_panel(own, homes(own)))
    assert [team.team for team in with_guests] == ["A", "B"]


def test_agreement_says_nothing_of_severity_between_teams(make_panel):
    rows = rows_of(TABLE) + rows_of(TABLE - 30, "B")
    first, second = agreement_by_team(make_panel(rows, homes(rows)))
    for one, other in zip(attrs.astuple(first)[1:], attrs.astuple(second)[1:], strict=True):
        assert one == pytest.approx(other)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ([[50.0]], TeamAgreement("A", 1, 1)),
        ([[50.0], [60.0]], TeamAgreement("A", 2, 1)),
        ([[50.0, 60.0]], TeamAgreement("A", 1, 2, 1, mean_difference=10.0)),
        ([[7.0, 7.0], [7.0, 7.0]], TeamAgreement("A", 2, 2, 2, mean_difference=0.0)),
        ([[50.0, GAP], [GAP, 60.0]], TeamAgreement("A", 2, 2)),
    ],
    ids=["one reading", "one examiner", "one entry", "no spread", "nothing read twice"],
)
def test_what_is_undefined_is_none(make_panel, table, expected):
    assert agreement_by_team(make_panel(rows_of(table))) == (expected,)


def test_a_team_that_only_guests_has_nothing_to_agree_on(make_panel):
    rows = [*rows_of(TABLE), ("a0", "Bx0", "B", 50.0)]
    found = agreement_by_team(make_panel(rows, dict.fromkeys(homes(rows), "A")))
    assert found[1] == TeamAgreement("B", 0, 0)


def test_an_entry_whose_home_team_has_no_reading_belongs_to_no_team(make_panel):
    panel = make_panel(rows_of(TABLE))
    panel = attrs.evolve(panel, home=np.array([-1, 0, 0, 0]))
    (found,) = agreement_by_team(panel)
    assert found.entries == 3
    assert found.icc_single == pytest.approx(intraclass_correlations(TABLE[1:]).agreement)


@given(panels())
def test_any_panel_gets_numbers_or_none_for_every_team(panel):
    found = agreement_by_team(panel)
    assert [agreement.team for agreement in found] == list(panel.teams)
    for agreement in found:
        numbers = [v for v in attrs.astuple(agreement)[1:] if v is not None]
        assert all(np.isfinite(number) for number in numbers)

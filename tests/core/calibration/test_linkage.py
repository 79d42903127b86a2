"""How firmly readings link teams, and what one more link would buy."""

import math
from itertools import pairwise

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.calibration import linkage_of
from kvaljury.core.calibration.linkage import _best, _open_pairs, _System
from kvaljury.core.model import ProposedReading

SHARED_ENTRY = [("a1", "x", "A", 50), ("a1", "y", "B", 60)]
CHAIN = [
    ("e1", "x", "A", 50),
    ("e1", "y", "B", 54),
    ("e2", "y", "B", 70),
    ("e2", "z", "C", 71),
]


def rows_of(panel):
    return [
        (panel.entries[e], panel.examiners[x], panel.teams[t], y)
        for e, x, t, y in zip(panel.entry, panel.examiner, panel.team, panel.score, strict=True)
    ]


def by_teams(linkage):
    return {pair.teams: (pair.difference, pair.standard_error) for pair in linkage.team_differences}


def dense(panel):
    """Give team differences and relative standard errors from the whole dummy matrix."""
    entries, examiners = len(panel.entries), len(panel.examiners)
    dummies = np.hstack([np.eye(entries)[panel.entry], np.eye(examiners)[panel.examiner]])
    inverse = np.linalg.pinv(dummies.T @ dummies)
    estimate = np.linalg.lstsq(dummies, panel.score, rcond=None)[0]
    member = np.zeros((len(panel.teams), examiners))
    member[panel.team, panel.examiner] = 1
    contrasts = {}
    for first, one in enumerate(panel.teams):
        for second, other in list(enumerate(panel.teams))[first + 1 :]:
            weights = member[first] / member[first].sum() - member[second] / member[second].sum()
            contrast = np.concatenate([np.zeros(entries), weights])
            told = dummies.T @ dummies @ inverse @ contrast
            if np.allclose(told, contrast, atol=1e-8):
                error = math.sqrt(contrast @ inverse @ contrast)
                contrasts[one, other] = (contrast @ estimate, error)
            else:
                contrasts[one, other] = (None, None)
    return contrasts, dummies, estimate


def test_two_examiners_of_one_entry_differ_with_the_error_of_two_readings(make_panel) -> None:
    linkage = linkage_of(make_panel(SHARED_ENTRY), 25.0)
    assert by_teams(linkage) == {("A", "B"): (-10.0, pytest.approx(math.sqrt(50), abs=1e-6))}
    assert linkage.standard_error == pytest.approx(math.sqrt(50), abs=1e-6)
    assert linkage.algebraic_connectivity == 1.0, "weight 1 · 1 / 2, twice"


def test_the_ends_of_a_chain_are_known_worse_than_neighbours(make_panel) -> None:
    linkage = linkage_of(make_panel(CHAIN), 1.0)
    assert by_teams(linkage) == {
        ("A", "B"): (-4.0, pytest.approx(math.sqrt(2), abs=1e-6)),
        ("A", "C"): (-5.0, pytest.approx(2.0, abs=1e-6)),
        ("B", "C"): (-1.0, pytest.approx(math.sqrt(2), abs=1e-6)),
    }
    assert linkage.algebraic_connectivity == 0.5, "a path of weights 1/2: 1/2 (2 - 2 cos 60°)"


def test_a_closed_chain_is_the_proposal_and_gives_what_it_promised(make_panel) -> None:
    """Neighbours then have the resistance 1 / (1/2 + 1 / (2 + 2)) of their loop or thereabouts."""
    home = {"e1": "A", "e2": "C"}
    linkage = linkage_of(make_panel(CHAIN, home), 1.0)
    first = linkage.strengthening[0]
    assert (first.examiner, first.entry) == ("x", "e2")
    after = linkage_of(make_panel([*CHAIN, ("e2", "x", "A", 40)], home), 1.0)
    assert after.standard_error == pytest.approx(first.standard_error_after, abs=1e-6)


def test_a_panel_of_one_team_has_nothing_to_link(make_panel) -> None:
    assert linkage_of(make_panel([("a", "x", "A", 1), ("a", "y", "A", 2)])) is None


def test_teams_that_share_nothing_have_no_difference_and_no_strength(make_panel) -> None:
    rows = [("a", "x", "A", 1), ("a", "v", "A", 2), ("b", "y", "B", 2), ("b", "w", "B", 5)]
    linkage = linkage_of(make_panel(rows, {"b": "B"}), 4.0)
    assert by_teams(linkage) == {("A", "B"): (None, None)}
    assert linkage.algebraic_connectivity == 0.0
    assert linkage.standard_error is None
    assert linkage.strengthening == ()


def test_readings_that_fall_apart_have_no_strength_even_where_two_teams_are_linked(
    make_panel,
) -> None:
    linkage = linkage_of(make_panel([*SHARED_ENTRY, ("c", "z", "C", 5)]), 4.0)
    assert linkage.algebraic_connectivity == 0.0
    assert by_teams(linkage)["A", "B"] == (-10.0, pytest.approx(math.sqrt(8), abs=1e-6))
    assert by_teams(linkage)["A", "C"] == (None, None)
    assert linkage.standard_error == pytest.approx(math.sqrt(8), abs=1e-6)


def test_teams_that_stand_alike_in_each_part_can_be_told_apart(make_panel) -> None:
    rows = [
        ("e1", "x1", "A", 50),
        ("e1", "y1", "B", 52),
        ("e2", "x2", "A", 60),
        ("e2", "y2", "B", 66),
    ]
    linkage = linkage_of(make_panel(rows), 1.0)
    assert by_teams(linkage) == {("A", "B"): (-4.0, pytest.approx(1.0, abs=1e-6))}


def test_without_a_model_the_error_is_that_of_least_squares(make_panel) -> None:
    """Two examiners differ by 2 and by 6 on two entries: mean 4, residual variance 4."""
    rows = [("a", "x", "A", 50), ("a", "y", "B", 48), ("b", "x", "A", 60), ("b", "y", "B", 54)]
    linkage = linkage_of(make_panel(rows))
    assert by_teams(linkage) == {("A", "B"): (4.0, pytest.approx(2.0, abs=1e-6))}


def test_a_fit_without_any_error_left_gives_differences_alone(make_panel) -> None:
    linkage = linkage_of(make_panel(SHARED_ENTRY))
    assert by_teams(linkage) == {("A", "B"): (-10.0, None)}
    assert linkage.standard_error is None
    assert linkage.strengthening == ()


def test_readings_without_error_call_for_no_more(make_panel) -> None:
    linkage = linkage_of(make_panel(CHAIN), 0.0)
    assert linkage.standard_error == 0.0
    assert linkage.strengthening == ()


def test_links_are_spread_over_entries_and_examiners(simulate_panel) -> None:
    proposed = linkage_of(simulate_panel(3, teams=2, guests=1), 16.0).strengthening
    assert len(proposed) == 4
    assert len({reading.entry for reading in proposed}) == 4
    assert len({reading.examiner for reading in proposed}) == 4


def test_each_proposal_counts_on_those_before_it(simulate_panel, make_panel) -> None:
    panel = simulate_panel(5, teams=5)
    home = {entry: panel.teams[t] for entry, t in zip(panel.entries, panel.home, strict=True)}
    linkage, rows = linkage_of(panel, 16.0), rows_of(panel)
    assert len(linkage.strengthening) == 4
    for reading in linkage.strengthening:
        rows.append((reading.entry, reading.examiner, f"t{int(reading.examiner[1:]) // 3}", 50.0))
        again = linkage_of(make_panel(rows, home), 16.0)
        assert again.standard_error == pytest.approx(reading.standard_error_after, abs=2e-6)
    errors = [linkage.standard_error, *(r.standard_error_after for r in linkage.strengthening)]
    assert all(later < earlier for earlier, later in pairwise(errors))


def test_no_other_reading_would_have_bought_more(simulate_panel, make_panel) -> None:
    panel = simulate_panel(6, teams=4, per_team=3)
    home = {entry: panel.teams[t] for entry, t in zip(panel.entries, panel.home, strict=True)}
    read = {row[:2] for row in rows_of(panel)}
    found = []
    for examiner in panel.examiners:
        team = f"t{int(examiner[1:]) // 3}"
        for entry in panel.entries:
            if home[entry] != team and (entry, examiner) not in read:
                more = make_panel([*rows_of(panel), (entry, examiner, team, 50.0)], home)
                found.append(linkage_of(more, 16.0, most=0).standard_error)
    (first,) = linkage_of(panel, 16.0, most=1).strengthening
    assert first.standard_error_after == pytest.approx(min(found), abs=2e-6)


def test_jav_and_entries_that_do_not_compete_are_never_proposed(simulate_panel) -> None:
    panel = simulate_panel(3, teams=3)
    forbidden: set[tuple[str, str]] = {("nobody", "e00"), ("x00", "nothing")}
    for _ in range(6):
        proposed = linkage_of(panel, 16.0, forbidden=forbidden, entries=panel.entries[:8])
        pairs = {(reading.examiner, reading.entry) for reading in proposed.strengthening}
        assert pairs.isdisjoint(forbidden)
        assert {entry for _, entry in pairs} <= set(panel.entries[:8])
        forbidden |= pairs


def test_where_everything_is_read_or_forbidden_nothing_is_proposed(make_panel) -> None:
    home = {"e1": "A", "e2": "C"}
    forbidden = {("x", "e2"), ("z", "e1")}
    assert linkage_of(make_panel(CHAIN, home), 1.0, forbidden=forbidden).strengthening == ()


def test_a_reading_that_tells_nothing_of_the_teams_is_not_proposed(make_panel) -> None:
    """Only y1 might read g, and it would be compared with y2 of its own team alone."""
    rows = [("e", "x", "A", 5), ("e", "y1", "B", 6), ("e", "y2", "B", 7), ("g", "y2", "B", 8)]
    panel = make_panel(rows, {"e": "A", "g": "A"})
    assert _open_pairs(panel, (), None).sum() == 1
    assert linkage_of(panel, 1.0).strengthening == ()


@pytest.mark.parametrize("likely", [1, 7])
def test_readings_that_are_not_weighed_could_not_have_been_chosen(
    simulate_panel, monkeypatch, likely
) -> None:
    for seed in range(4):
        panel = simulate_panel(seed, teams=5)
        wanted = linkage_of(panel, 16.0)
        with monkeypatch.context() as patch:
            patch.setattr("kvaljury.core.calibration.linkage._LIKELY", likely)
            assert linkage_of(panel, 16.0) == wanted


def test_equal_gains_go_to_those_who_read_least_then_by_id(make_panel) -> None:
    """x1 and x2 could link alike, and so could y1 and y2, but a third entry burdens x1 and y1."""
    rows = [(e, x, x[0].upper(), 50) for e in ("e1", "e2") for x in ("x1", "x2", "y1", "y2")]
    rows += [("a1", "x1", "X", 5), ("a2", "x2", "X", 5), ("b1", "y1", "Y", 5), ("b2", "y2", "Y", 5)]
    home = {"b1": "Y", "b2": "Y"}
    (first,) = linkage_of(make_panel(rows, home), 1.0, most=1).strengthening
    assert (first.examiner, first.entry) == ("x1", "b1")
    burdened = [*rows, ("a3", "x1", "X", 5)]
    (first,) = linkage_of(make_panel(burdened, home), 1.0, most=1).strengthening
    assert (first.examiner, first.entry) == ("x2", "b1")


def test_an_unread_home_makes_every_examiner_a_stranger(make_panel) -> None:
    panel = make_panel(CHAIN)
    panel = attrs.evolve(panel, home=np.array([-1, -1]))
    assert _open_pairs(panel, (), None).tolist() == [[False, True], [False, False], [True, False]]


def test_the_rank_one_update_is_the_system_of_one_more_reading(simulate_panel, make_panel) -> None:
    panel = simulate_panel(2, teams=3)
    home = {entry: panel.teams[t] for entry, t in zip(panel.entries, panel.home, strict=True)}
    updated = _System.of(panel).with_reading(0, 11)
    afresh = _System.of(make_panel([*rows_of(panel), ("e11", "x00", "t0", 50)], home))
    assert updated.deviations() == pytest.approx(afresh.deviations(), abs=1e-10)
    assert updated.share == pytest.approx(afresh.share)
    assert updated.counts.tolist() == afresh.counts.tolist()


def test_a_large_choice_is_weighed_by_its_best_part_only(simulate_panel, monkeypatch) -> None:
    panel = simulate_panel(2, teams=3)
    system, is_open = _System.of(panel), _open_pairs(panel, (), None)
    load = np.zeros(is_open.shape, dtype=int)
    wanted = _best(system, is_open, load)
    monkeypatch.setattr("kvaljury.core.calibration.linkage._LIKELY", 1)
    monkeypatch.setattr("kvaljury.core.calibration.linkage._MOST_WEIGHED", 1)
    found = _best(system, is_open, load)
    assert is_open[found]
    assert system.with_reading(*found).deviations().mean() < system.deviations().mean()
    assert system.with_reading(*wanted).deviations().mean() <= (
        system.with_reading(*found).deviations().mean()
    )


READINGS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 5), st.integers(0, 100)),
    min_size=2,
    unique_by=lambda row: row[:2],
)


def panel_of(make_panel, readings):
    rows = [(f"e{e}", f"x{x}", f"t{x % 3}", float(y)) for e, x, y in readings]
    return make_panel(rows, {row[0]: row[2] for row in sorted(rows, reverse=True)})


@given(READINGS)
def test_differences_agree_with_the_whole_dummy_matrix(make_panel, readings) -> None:
    panel = panel_of(make_panel, readings)
    linkage = linkage_of(panel, 4.0, most=0)
    if linkage is None:
        assert len(panel.teams) == 1
        return
    expected, _, _ = dense(panel)
    for teams, (difference, error) in by_teams(linkage).items():
        assert (difference is None) == (expected[teams][0] is None)
        if difference is not None:
            assert difference == pytest.approx(expected[teams][0], abs=1e-5)
            assert error == pytest.approx(2 * expected[teams][1], abs=1e-5)


@given(READINGS)
def test_the_error_of_least_squares_agrees_with_the_whole_dummy_matrix(
    make_panel, readings
) -> None:
    panel = panel_of(make_panel, readings)
    _, dummies, estimate = dense(panel)
    free = len(panel.score) - np.linalg.matrix_rank(dummies)
    residual = _System.of(panel).residual(panel)
    assert (residual is None) == (free == 0)
    if residual is not None:
        error = panel.score - dummies @ estimate
        assert residual == pytest.approx(error @ error / free, abs=1e-8)


@given(READINGS)
def test_strength_is_nought_exactly_when_readings_fall_apart(make_panel, readings) -> None:
    panel = panel_of(make_panel, readings)
    linkage = linkage_of(panel, 4.0, most=0)
    if linkage is not None:
        assert (linkage.algebraic_connectivity == 0) == (_System.of(panel).parts > 1)


@given(READINGS, st.integers(0, 6), st.integers(0, 5))
def test_one_more_reading_never_weakens_the_links(make_panel, readings, e, x) -> None:
    panel = panel_of(make_panel, readings)
    known = f"e{e}" in panel.entries and f"x{x}" in panel.examiners
    before = linkage_of(panel, 4.0, most=0)
    if before is None or not known or any(row[:2] == (e, x) for row in readings):
        return
    after = linkage_of(panel_of(make_panel, [*readings, (e, x, 50)]), 4.0, most=0)
    assert after.algebraic_connectivity >= before.algebraic_connectivity - 1e-6
    for earlier, later in zip(before.team_differences, after.team_differences, strict=True):
        if earlier.standard_error is not None:
            assert later.standard_error <= earlier.standard_error + 1e-6


@given(READINGS, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(make_panel, readings, random) -> None:
    shuffled = random.sample(readings, len(readings))
    linkage = linkage_of(panel_of(make_panel, readings), 4.0)
    assert linkage_of(panel_of(make_panel, shuffled), 4.0) == linkage


@given(READINGS)
def test_what_is_proposed_gives_what_it_promises(make_panel, readings) -> None:
    panel = panel_of(make_panel, readings)
    linkage = linkage_of(panel, 4.0)
    rows = list(readings)
    for reading in linkage.strengthening if linkage else ():
        assert isinstance(reading, ProposedReading)
        assert (int(reading.entry[1:]), int(reading.examiner[1:])) not in {r[:2] for r in rows}
        rows.append((int(reading.entry[1:]), int(reading.examiner[1:]), 50))
        again = linkage_of(panel_of(make_panel, rows), 4.0, most=0)
        assert again.standard_error == pytest.approx(reading.standard_error_after, abs=2e-6)

"""How long an awarded unit waits (E25-08, E12-05)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.model import Outcome, Predecessor
from kvaljury_plugins import quarantine

years = st.none() | st.integers(1995, 2025)


def judge(entry, year, wait=2):
    return quarantine.check(entry, {"year": year, "years": wait})


@pytest.mark.parametrize(
    ("year", "outcome"),
    [
        (2022, Outcome.FAIL),
        (2023, Outcome.FAIL),
        (2024, Outcome.FAIL),
        (2025, Outcome.PASS),
        (2026, Outcome.PASS),
    ],
)
def test_a_winner_of_2022_takes_part_again_in_2025(year, outcome, make_entry):
    assert judge(make_entry(last_award_year=2022), year).outcome is outcome


def test_a_winner_of_2010_took_part_again_in_2013(make_entry):
    winner = make_entry(last_award_year=2010)

    assert judge(winner, 2012).outcome is Outcome.FAIL
    assert judge(winner, 2013).outcome is Outcome.PASS


def test_a_mention_bars_nothing(make_entry):
    assert judge(make_entry(last_mention_year=2024), 2025).outcome is Outcome.PASS


def test_an_award_to_a_predecessor_bars_the_unit(make_entry):
    merged = make_entry(predecessors=(Predecessor("Eken", 2023), Predecessor("Alen")))

    assert judge(merged, 2025).outcome is Outcome.FAIL
    assert judge(merged, 2026).outcome is Outcome.PASS


def test_the_latest_of_several_awards_counts(make_entry):
    entry = make_entry(
        last_award_year=2015, predecessors=(Predecessor("Eken", 2024), Predecessor("Alen", 2010))
    )

    verdict = judge(entry, 2025)

    assert verdict.outcome is Outcome.FAIL
    assert verdict.value == "2024"


def test_a_unit_without_any_award_passes(make_entry):
    verdict = judge(make_entry(predecessors=(Predecessor("Eken"),)), 2025)

    assert verdict.outcome is Outcome.PASS
    assert str(verdict.value) == "no award"


def test_the_reason_says_when_the_unit_may_take_part_again(make_entry, in_swedish):
    verdict = judge(make_entry(last_award_year=2023), 2025)

    assert str(verdict.reason) == "Latest award 2023; the unit may take part again from 2026"
    assert in_swedish(verdict.limit) == "tidigast 2026"


@pytest.mark.parametrize(
    "parameters",
    [
        {"year": 2025},
        {"years": 2},
        {"year": 2025, "years": 2.5},
        {"year": 2025, "years": -1},
        {"year": 2025, "years": True},
        {"year": "2025", "years": 2},
    ],
)
def test_a_wait_that_is_no_whole_number_is_refused(parameters, make_entry):
    with pytest.raises(ValueError, match="parameter 'year"):
        quarantine.check(make_entry(), parameters)


@given(own=years, before=st.lists(years, max_size=3), wait=st.integers(0, 5))
def test_the_earliest_year_follows_the_latest_award_by_the_wait_and_one(
    make_entry, own, before, wait
):
    entry = make_entry(
        last_award_year=own, predecessors=tuple(Predecessor("U", year) for year in before)
    )
    awards = [year for year in (own, *before) if year is not None]

    for year in range(1995, 2035):
        passes = judge(entry, year, wait).outcome is Outcome.PASS
        assert passes == all(year - award > wait for award in awards)

"""Shares of variance, errors and coefficients, and the sentences about them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.agreement import (
    WITHIN_TEAMS_ONLY,
    agreement_of_readers,
    describe_reliability,
    reliability_of,
)

VARIANCE = {"entry": 60.0, "team": 20.0, "cohort": 8.0, "examiner": 12.0, "residual": 36.0}
COMPONENTS = st.fixed_dictionaries(
    {"entry": st.floats(0.01, 400), "residual": st.floats(0.01, 400)},
    optional={
        name: st.one_of(st.none(), st.floats(0, 400)) for name in ("team", "cohort", "examiner")
    },
)


def test_a_worked_example_of_four_examiners():
    found = reliability_of(VARIANCE, 4)
    assert found.shares == pytest.approx(
        {name: component / 136 for name, component in VARIANCE.items()}
    )
    assert found.now.standard_error == pytest.approx(3.0)
    assert found.now.standard_error_other_examiners == pytest.approx(12**0.5)
    assert found.now.generalizability == pytest.approx(60 / 69)
    assert found.now.dependability == pytest.approx(60 / 72)
    assert found.one_more.examiners == 5
    assert found.one_more.generalizability == pytest.approx(60 / (60 + 36 / 5))


def test_an_effect_that_the_model_lacks_has_no_share():
    found = reliability_of({"entry": 3.0, "team": None, "residual": 1.0, "examiner": None}, 1)
    assert found.shares == {"entry": 0.75, "residual": 0.25}
    assert found.now.standard_error == found.now.standard_error_other_examiners == 1.0


@pytest.mark.parametrize(
    ("variance", "examiners"),
    [
        ({"entry": None, "residual": 1.0}, 3),
        ({"entry": 1.0, "residual": None}, 3),
        ({}, 3),
        ({"entry": 0.0, "residual": 0.0}, 3),
        (VARIANCE, 0),
    ],
    ids=["no entry", "no residual", "nothing", "all zero", "no examiner"],
)
def test_reliability_is_none_where_it_cannot_be_known(variance, examiners):
    assert reliability_of(variance, examiners) is None


def test_entries_without_variance_cannot_be_told_apart():
    assert reliability_of({"entry": 0.0, "residual": 4.0}, 2).now.generalizability == 0.0


def test_variance_between_teams_alone_leaves_the_coefficients_undefined():
    found = reliability_of({"entry": 0.0, "team": 5.0, "residual": 0.0}, 3)
    assert (found.now.generalizability, found.now.dependability) == (None, None)
    assert found.shares["team"] == 1.0


@given(COMPONENTS, st.floats(1, 12))
def test_shares_sum_to_one_and_one_more_examiner_never_hurts(variance, examiners):
    found = reliability_of(variance, examiners)
    now, more = found.now, found.one_more
    assert sum(found.shares.values()) == pytest.approx(1.0)
    assert now.generalizability < more.generalizability < 1
    assert more.standard_error < now.standard_error
    assert now.standard_error <= now.standard_error_other_examiners
    assert now.dependability <= now.generalizability


@given(COMPONENTS, st.integers(1, 9))
def test_dependability_is_the_agreement_of_the_mean_reading(variance, examiners):
    agreement = agreement_of_readers(variance, np.full(3, examiners))
    assert reliability_of(variance, examiners).now.dependability == pytest.approx(agreement.mean)


@given(COMPONENTS, st.floats(1, 12), st.floats(0, 400))
def test_severe_teams_move_neither_error_nor_coefficient(variance, examiners, team):
    other = reliability_of({**variance, "team": team, "cohort": team}, examiners)
    assert other.now == reliability_of(variance, examiners).now


def test_the_sentences_say_every_share_the_error_and_the_limit():
    said = [str(text) for text in describe_reliability(reliability_of(VARIANCE, 4))]
    assert [sentence.partition(" per cent")[0] for sentence in said[:5]] == [
        "44",
        "15",
        "6",
        "9",
        "26",
    ]
    assert "(on average 4)" in said[5]
    assert "3.0 points" in said[5]
    assert "3.5 points" in said[5]
    assert "is 0.87" in said[6]
    assert "would be 0.89" in said[6]
    assert said[-1] == str(WITHIN_TEAMS_ONLY)
    assert "nothing about differences between teams" in said[-1]


def test_each_share_is_said_of_its_own_source():
    said = [str(text) for text in describe_reliability(reliability_of(VARIANCE, 4))]
    for sentence, words in zip(
        said,
        ["between entries", "teams are", "better entries", "examiners of a team", "single reading"],
        strict=False,
    ):
        assert words in sentence


def test_the_number_of_examiners_is_shown_with_one_decimal():
    texts = describe_reliability(reliability_of(VARIANCE, 10 / 3))
    assert any("(on average 3.3)" in str(text) for text in texts)


def test_an_undefined_coefficient_is_passed_over_in_silence():
    found = reliability_of({"entry": 0.0, "team": 5.0, "residual": 0.0}, 3)
    said = [str(text) for text in describe_reliability(found)]
    assert len(said) == 5
    assert not any("Reliability" in sentence for sentence in said)

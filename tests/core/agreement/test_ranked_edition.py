"""The account of agreement in a ranking of a whole edition."""

import attrs
import numpy as np
import pytest

from kvaljury.core.model import AgreementSettings, Mark, Marks
from kvaljury.core.pipeline import rank_edition
from kvaljury.core.trace import trace_entry
from tests.core.test_pipeline import RAW, TOOLKIT, edition, marks_of


def with_limit(year, limit):
    settings = attrs.evolve(year.rules.settings, agreement=AgreementSettings(limit))
    return attrs.evolve(year, rules=attrs.evolve(year.rules, settings=settings))


def without_agreement(ranking):
    classes = tuple(
        attrs.evolve(
            ranked,
            entries=tuple(
                attrs.evolve(e, reasons=tuple(r for r in e.reasons if r.code != "divided"))
                for e in ranked.entries
            ),
        )
        for ranked in ranking.classes
    )
    return attrs.evolve(ranking, classes=classes, agreement=None)


def far_off(marks, entry, examiner, points):
    """Raise every mark of one reading."""
    return Marks(
        tuple(
            attrs.evolve(mark, value=min(mark.value + points, type(mark.value)(100)))
            if (mark.entry, mark.examiner) == (entry, examiner)
            else mark
            for mark in marks.valid
        )
    )


@pytest.fixture(scope="module")
def year():
    return edition(entries=12, teams=4)


def test_the_limit_is_the_edition_s_and_moves_no_place(year):
    marks = marks_of(year)
    strict = rank_edition(with_limit(year, 0.0), marks, TOOLKIT)
    lax = rank_edition(with_limit(year, 100.0), marks, TOOLKIT)
    assert (strict.agreement.limit, lax.agreement.limit) == (0.0, 100.0)
    assert len(strict.agreement.divided) > 0
    assert lax.agreement.divided == ()
    assert without_agreement(strict) == without_agreement(lax)


def test_a_reading_far_off_is_listed_and_still_counts(year):
    marks = far_off(marks_of(year), "e4", "x11", 60)
    ranking = rank_edition(year, marks, TOOLKIT)
    (found,) = ranking.agreement.residuals
    assert (found.entry, found.examiner, found.team) == ("e4", "x11", "t1")
    assert ("e4", "x11") in {(r.entry, r.examiner) for r in ranking.readings}
    entry = next(e for e in ranking.classes[0].entries if e.id == "e4")
    assert entry.rank is not None
    assert "divided" in {reason.code for reason in entry.reasons}


def test_what_is_expected_adds_up_from_score_and_severities(year):
    marks = far_off(marks_of(year), "e4", "x11", 60)
    ranking = rank_edition(year, marks, TOOLKIT)
    (found,) = ranking.agreement.residuals
    trace = trace_entry(year, marks, TOOLKIT, ranking, "e4")
    reading = next(r for r in trace.readings if r.reading.examiner == "x11")
    severities = (reading.team_effect or 0.0) + reading.examiner_effect
    expected = trace.ranked.score + severities
    assert found.score - found.residual == pytest.approx(expected, abs=1e-5)
    assert trace.agreement.residuals == (found,)
    assert trace.agreement.is_divided


def test_raw_scores_list_the_same_reading_without_a_model(year):
    marks = far_off(marks_of(year), "e4", "x11", 60)
    ranking = rank_edition(year, marks, attrs.evolve(TOOLKIT, normalisation=RAW))
    assert ranking.agreement.reliability is None
    assert ("e4", "x11") in {(f.entry, f.examiner) for f in ranking.agreement.residuals}


def test_teams_without_links_are_not_called_strict():
    year = edition(entries=12, teams=4, guests=False)
    told = " ".join(map(str, rank_edition(year, marks_of(year), TOOLKIT).agreement.sentences))
    assert "were given better or worse entries cannot be told" in told
    assert "that teams are more or less strict." not in told


def test_an_entry_without_readings_has_no_agreement(year):
    marks = Marks(tuple(mark for mark in marks_of(year).valid if mark.entry != "e3"))
    ranking = rank_edition(year, marks, TOOLKIT)
    assert trace_entry(year, marks, TOOLKIT, ranking, "e3").agreement is None


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_marks_does_not_matter(year, seed):
    marks = marks_of(year, seed)
    order = np.random.default_rng(seed).permutation(len(marks.valid))
    shuffled = Marks(tuple(marks.valid[i] for i in order))
    assert (
        rank_edition(year, shuffled, TOOLKIT).agreement
        == rank_edition(year, marks, TOOLKIT).agreement
    )


def test_a_single_reading_gives_an_account_of_nothing():
    year = edition(entries=1, teams=1)
    marks = Marks((Mark("e0", "x00", "1", "", marks_of(year).valid[0].value),))
    account = rank_edition(year, marks, TOOLKIT).agreement
    assert (account.reliability, account.residuals) == (None, None)
    assert (account.flat, account.divided) == ((), ())

"""The account of how far the examiners of an edition agree."""

import random
from fractions import Fraction

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.agreement import (
    NOTHING_REMOVED,
    WITHIN_TEAMS_ONLY,
    account_of_agreement,
    agreement_by_team,
    agreement_on_entry,
    describe_agreement,
    divided_entries,
    flat_examiners,
    least_squares_residuals,
    with_agreement,
)
from kvaljury.core.model import (
    Basis,
    CalibrationSummary,
    ClassRanking,
    RankedEntry,
    Ranking,
    Reading,
    Reason,
    Status,
    TeamAgreement,
    Text,
)
from kvaljury.testing import panels

VARIANCE = {"entry": 60.0, "team": 10.0, "cohort": None, "examiner": 20.0, "residual": 16.0}
PLAIN = CalibrationSummary("raw", Basis.LINKS, 1, True, {})
MODEL = attrs.evolve(PLAIN, method="mixed-model", variance=VARIANCE)
# Eight entries read by four: additive, but for one reading that lies 24 points too high.
ADDITIVE = np.arange(40.0, 80, 5)[:, None] + np.array([-4.0, -1, 2, 3])
FAR = ADDITIVE + 24 * (np.arange(32).reshape(8, 4) == 9)


def rows_of(table, team="A"):
    return [(f"e{e}", f"x{x}", team, s) for e, row in enumerate(table) for x, s in enumerate(row)]


def account_of(panel, summary=PLAIN, limit=20.0):
    return account_of_agreement(panel, summary, panel.raw, limit)


def ranking_of(panel, summary=PLAIN):
    entries = tuple(
        RankedEntry(entry, f"Unit {entry}", "A", Status.DISCUSS, rank=place + 1)
        for place, entry in enumerate(panel.entries)
    )
    readings = tuple(
        Reading(panel.entries[e], panel.examiners[x], "A", Fraction(score), {}, {}, {})
        for e, x, score in zip(panel.entry, panel.examiner, panel.score.tolist(), strict=True)
    )
    classes = (ClassRanking("c", Text("C"), 3, True, entries),)
    return Ranking(summary, (*classes, ClassRanking("d", Text("D"), 3, True, ())), readings, {})


def ranked(panel, summary=PLAIN, limit=20.0):
    return with_agreement(ranking_of(panel, summary), panel, panel.raw, limit)


class TestAccount:
    def test_it_holds_what_its_parts_say(self, make_panel):
        panel = make_panel(rows_of(FAR))
        account = account_of(panel, MODEL, 12.0)
        assert account.limit == 12.0
        assert account.teams == agreement_by_team(panel)
        assert account.divided == divided_entries(panel, 12.0)
        assert account.flat == flat_examiners(panel)

    def test_reliability_is_for_the_harmonic_mean_of_readers(self, make_panel):
        rows = [("a", "x", "A", 50.0), ("b", "x", "A", 60.0), ("b", "y", "A", 62.0)]
        rows += [("c", "x", "A", 40.0), ("c", "y", "A", 44.0)]
        account = account_of(make_panel(rows), MODEL)
        assert account.reliability.now.examiners == pytest.approx(1.5)
        assert account.reliability.one_more.examiners == pytest.approx(2.5)
        assert account.reliability.now.generalizability == pytest.approx(60 / (60 + 16 / 1.5))
        assert account.reliability.shares["team"] == pytest.approx(10 / 106)

    def test_a_method_without_variances_has_no_reliability_and_says_so(self, make_panel):
        account = account_of(make_panel(rows_of(FAR)))
        assert account.reliability is None
        assert "cannot be given" in str(account.sentences[0])

    def test_a_reading_far_off_is_found_without_any_model(self, make_panel):
        (found,) = account_of(make_panel(rows_of(FAR))).residuals
        assert (found.entry, found.examiner, found.score) == ("e2", "x1", 73.0)
        # Of an outlier, (1 - 1/8)(1 - 1/4) is left over in its own residual; it is all there is.
        assert found.residual == pytest.approx(24 * 21 / 32)
        assert found.standardised == pytest.approx(21**0.5)

    def test_with_severities_a_reading_is_compared_with_the_model(self, make_panel):
        panel = make_panel(rows_of(ADDITIVE))
        effects = {"examiner": {"x0": -4.0, "x1": -1.0, "x2": 2.0, "x3": 3.0}}
        summary = attrs.evolve(MODEL, effects=effects)
        scores = np.arange(40.0, 80, 5)
        assert account_of_agreement(panel, summary, scores, 20.0).residuals == ()
        scores[3] -= 20
        found = account_of_agreement(panel, summary, scores, 20.0).residuals
        assert {(far.entry, far.residual) for far in found} == {("e3", 20.0)}

    def test_scores_shown_without_adjustment_are_not_taken_for_the_model_s(self, make_panel):
        panel = make_panel(rows_of(ADDITIVE))
        effects = {"examiner": {"x0": 40.0, "x1": -40.0}}
        guarded = attrs.evolve(MODEL, effects=effects, comparable=False, basis=Basis.NONE)
        assert account_of(panel, guarded).residuals == ()

    def test_where_no_reading_can_be_checked_it_says_so(self, make_panel):
        account = account_of(make_panel(rows_of([[50.0], [60.0]])))
        assert account.residuals is None
        assert any("too few readings" in str(sentence) for sentence in account.sentences)

    def test_equal_scores_give_an_account_without_figures(self, make_panel):
        account = account_of(make_panel(rows_of(np.full((4, 3), 55.0))))
        assert (account.residuals, account.divided) == ((), ())
        assert [flat.examiner for flat in account.flat] == ["x0", "x1", "x2"]
        assert account.teams == (TeamAgreement("A", 4, 3, 4, mean_difference=0.0),)

    @given(panels(), st.randoms(use_true_random=False))
    def test_the_order_of_readings_never_matters(self, make_panel, panel, chance):
        rows = [
            (panel.entries[e], panel.examiners[x], panel.teams[t], float(score))
            for e, x, t, score in zip(
                panel.entry, panel.examiner, panel.team, panel.score, strict=True
            )
        ]
        homes = {entry: panel.teams[panel.home[i]] for i, entry in enumerate(panel.entries)}
        shuffled = random.Random(chance.random()).sample(rows, len(rows))
        assert account_of(make_panel(shuffled, homes)) == account_of(make_panel(rows, homes))

    @given(panels(), st.integers(0, 7))
    def test_what_stands_out_in_an_entry_goes_with_it(self, panel, place):
        entry = place % len(panel.entries)
        if len(panel.entries) == 1:
            return
        kept = panel.entry != entry
        # The index of the entry's home team stays; its examiners may have read others.
        without = attrs.evolve(
            panel,
            entries=panel.entries[:entry] + panel.entries[entry + 1 :],
            entry=panel.entry[kept] - (panel.entry[kept] > entry),
            examiner=panel.examiner[kept],
            team=panel.team[kept],
            score=panel.score[kept],
            home=np.delete(panel.home, entry),
            entry_class=np.delete(panel.entry_class, entry),
            raw=np.delete(panel.raw, entry),
        )
        account = account_of(without, limit=0.0)
        gone = panel.entries[entry]
        assert gone not in {found.entry for found in account.divided}
        assert gone not in {found.entry for found in account.residuals or ()}
        before = {d for d in account_of(panel, limit=0.0).divided if d.entry != gone}
        assert set(account.divided) == before

    @given(panels(), st.floats(0, 100))
    def test_a_higher_limit_lists_no_more_entries(self, panel, limit):
        few = {found.entry for found in account_of(panel, limit=limit).divided}
        assert few <= {found.entry for found in account_of(panel, limit=limit / 2).divided}

    @given(panels())
    def test_only_readings_over_three_standard_deviations_are_listed(self, panel):
        residuals = least_squares_residuals(panel)
        found = account_of(panel).residuals
        assert (found is None) == (residuals is None)
        assert all(abs(far.standardised) > 3 for far in found or ())


class TestDividedReason:
    def test_a_divided_entry_says_so_beside_its_place(self, make_panel):
        panel = make_panel([("a", "x", "A", 40.0), ("a", "y", "A", 72.5), ("b", "x", "A", 50.0)])
        (first, second) = ranked(panel).classes[0].entries
        assert first.reasons == (
            Reason(
                "divided",
                Text(
                    "the examiners differ by {difference} points; the limit is {limit}",
                    difference=32.5,
                    limit=20.0,
                ),
            ),
        )
        assert second.reasons == ()

    @pytest.mark.parametrize(
        ("high", "limit", "shown"),
        [(60.04, 20.0, 20.04), (60.06, 20.0, 20.1), (60.000001, 20.0, 20.000001), (60, 0, 20.0)],
    )
    def test_the_difference_never_seems_to_keep_the_limit(self, make_panel, high, limit, shown):
        panel = make_panel([("a", "x", "A", 40.0), ("a", "y", "A", high)])
        (reason,) = ranked(panel, limit=limit).classes[0].entries[0].reasons
        assert dict(reason.text.parameters) == {"difference": shown, "limit": limit}

    def test_earlier_reasons_stay_before_it(self, make_panel):
        panel = make_panel([("a", "x", "A", 10.0), ("a", "y", "A", 90.0)])
        ranking = ranking_of(panel)
        tied = Reason("tied", Text("tied"))
        (entry,) = ranking.classes[0].entries
        flagged = attrs.evolve(ranking.classes[0], entries=(attrs.evolve(entry, reasons=(tied,)),))
        found = with_agreement(attrs.evolve(ranking, classes=(flagged,)), panel, panel.raw, 20.0)
        assert [r.code for r in found.classes[0].entries[0].reasons] == ["tied", "divided"]

    @given(panels(), st.floats(0, 100))
    def test_nothing_but_reasons_is_touched(self, panel, limit):
        before, after = ranking_of(panel), ranked(panel, limit=limit)
        told = attrs.evolve(
            after,
            agreement=None,
            classes=tuple(
                attrs.evolve(c, entries=tuple(attrs.evolve(e, reasons=()) for e in c.entries))
                for c in after.classes
            ),
        )
        assert told == before
        divided = {found.entry for found in after.agreement.divided}
        flagged = {e.id for c in after.classes for e in c.entries if e.reasons}
        assert flagged == divided


class TestOneEntry:
    def test_its_spread_limit_and_team_are_told(self, make_panel):
        panel = make_panel(rows_of(FAR))
        found = agreement_on_entry(ranked(panel), "e2", "A")
        assert (found.readings, found.low, found.high, found.limit) == (4, 46.0, 73.0, 20.0)
        assert found.is_divided
        assert found.team == agreement_by_team(panel)[0]
        assert [far.examiner for far in found.residuals] == ["x1"]

    def test_another_entry_s_residuals_are_not_its(self, make_panel):
        found = agreement_on_entry(ranked(make_panel(rows_of(FAR))), "e1", "B")
        assert (found.residuals, found.is_divided, found.team) == ((), False, None)

    def test_a_reading_that_nobody_can_check_is_told_as_such(self, make_panel):
        found = agreement_on_entry(ranked(make_panel(rows_of([[50.0], [60.0]]))), "e0", "A")
        assert (found.readings, found.residuals) == (1, None)

    def test_without_readings_or_account_there_is_nothing(self, make_panel):
        panel = make_panel(rows_of(FAR))
        assert agreement_on_entry(ranked(panel), "nobody", "A") is None
        assert agreement_on_entry(ranking_of(panel), "e1", "A") is None


class TestSentences:
    def test_the_last_one_says_that_nothing_is_removed(self, make_panel):
        for summary in (PLAIN, MODEL):
            sentences = account_of(make_panel(rows_of(FAR)), summary).sentences
            assert sentences[-1] == NOTHING_REMOVED
            assert WITHIN_TEAMS_ONLY in sentences

    def test_teams_that_cannot_be_compared_are_not_called_strict(self, make_panel):
        panel = make_panel(rows_of(FAR))
        apart = attrs.evolve(MODEL, comparable=False, basis=Basis.NONE)
        told = [str(sentence) for sentence in account_of(panel, apart).sentences]
        assert any(
            sentence.startswith("9 per cent") and "cannot be told" in sentence for sentence in told
        )
        assert not any("that teams are more or less strict." in sentence for sentence in told)
        assert any("the examiners of a team are more or less strict" in s for s in told)

    @pytest.mark.parametrize(
        ("sizes", "said"), [((9, 40), "as few as 9;"), ((0, 3), "as few as 3;")]
    )
    def test_figures_on_few_entries_are_called_rough(self, sizes, said):
        teams = [TeamAgreement(f"t{size}", size, 3) for size in sizes]
        assert any(said in str(sentence) for sentence in describe_agreement(teams, None, ()))

    @pytest.mark.parametrize("sizes", [(10, 12), (0,), ()])
    def test_figures_on_enough_entries_or_none_are_not(self, sizes):
        teams = [TeamAgreement(f"t{size}", size, 3) for size in sizes]
        told = describe_agreement(teams, None, ())
        assert not any("rough" in str(sentence) for sentence in told)

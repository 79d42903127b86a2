"""How far examiners agree as people read it."""

import attrs
import pytest

from kvaljury.cli.agreement_view import show_agreement, show_entry_agreement
from kvaljury.cli.edition_template import edition_template
from kvaljury.cli.language import Language
from kvaljury.cli.output import Output
from kvaljury.core.model import AgreementSettings, RoundingSettings, Settings
from tests.cli.agreement_examples import AGREED, NOTHING, ON_ENTRY
from tests.cli.ranking_examples import EDITION, RANKING, document
from tests.cli.small_year import write_year

TITLE = "How far the examiners agree"


@pytest.fixture
def told(capsys):
    """Show an account in English and give what was said."""

    def show(ranking, edition=EDITION):
        show_agreement(document(ranking, "en", edition), Output(Language("en")))
        return capsys.readouterr().out

    return show


@pytest.fixture
def told_of_entry(capsys):
    """Likewise of one entry, with the whole said on one line."""

    def show(agreement, decimals=1):
        show_entry_agreement(agreement, decimals, Output(Language("en")))
        return " ".join(capsys.readouterr().out.split())

    return show


class TestEdition:
    def test_a_ranking_without_an_account_shows_nothing(self, told):
        assert told(RANKING) == ""

    def test_the_sentences_come_first(self, told):
        lines = told(AGREED).splitlines()
        assert lines[1:4] == [TITLE, "-" * len(TITLE), "  figures of agreement"]

    def test_divided_entries_residuals_and_flat_examiners_have_a_row_each(self, told):
        rows = [line.split() for line in told(AGREED).splitlines()]
        assert ["F01", "40.0", "E01", "72.3", "E02", "32.3"] in rows
        assert ["F02", "E03", "L1", "71.5", "51.3", "20.3", "3.46"] in rows
        assert ["E05", "L2", "3", "50.0", "50.5"] in rows

    def test_a_team_is_a_row_and_a_figure_that_is_not_there_a_dash_with_its_reason(self, told):
        out = told(AGREED)
        assert ["L1", "4", "3", "0.65", "0.85", "-0.05", "1.00", "7.3"] in [
            line.split() for line in out.splitlines()
        ]
        (alone,) = (line for line in out.splitlines() if line.startswith("L2"))
        assert alone.split()[:8] == ["L2", "2", "1", "–", "–", "–", "–", "–"]
        assert "only one examiner" in alone

    def test_decimals_are_the_edition_s(self, told):
        rules = attrs.evolve(EDITION.rules, settings=Settings(rounding=RoundingSettings(3)))
        assert "32.345" in told(AGREED, attrs.evolve(EDITION, rules=rules))

    def test_an_empty_list_is_one_line(self, told):
        out = told(attrs.evolve(AGREED, agreement=NOTHING))
        assert (
            "Entries whose examiners differ by more than the edition's limit, 20 points: none\n"
            in out
        )
        assert "entry, team and examiner: too few readings to tell\n" in out


class TestEntry:
    def test_an_entry_that_nobody_has_read_shows_nothing(self, told_of_entry):
        assert told_of_entry(None) == ""

    def test_a_divided_entry_is_to_be_discussed(self, told_of_entry):
        out = told_of_entry(ON_ENTRY)
        assert "from 51.3 to 71.5, 20.3 points apart; that is more than the edition's limit" in out
        assert "should be discussed" in out

    def test_a_united_entry_is_told_its_limit(self, told_of_entry):
        out = told_of_entry(attrs.evolve(ON_ENTRY, is_divided=False, limit=25.5))
        assert "20.3 points apart; the edition's limit is 25.5." in out
        assert "discussed" not in out

    def test_a_reading_far_off_is_told_with_what_was_expected(self, told_of_entry):
        out = told_of_entry(ON_ENTRY)
        assert "Examiner E03 gave 71.5; 51.3 was expected of entry, team and examiner." in out
        assert "3.5 standard deviations" in out

    @pytest.mark.parametrize(
        ("residuals", "words"),
        [((), "No reading lies far from what is expected of it."), (None, "too few readings")],
    )
    def test_that_none_is_far_off_or_can_be_is_said(self, told_of_entry, residuals, words):
        assert words in told_of_entry(attrs.evolve(ON_ENTRY, residuals=residuals))

    def test_a_single_reader_agrees_with_nobody(self, told_of_entry):
        alone = attrs.evolve(ON_ENTRY, readings=1, residuals=None)
        out = told_of_entry(alone)
        assert "Only one examiner has read the entry" in out
        assert "apart;" not in out

    def test_the_team_s_agreement_is_a_row(self, told_of_entry):
        assert "L1 4 3 0.65 0.85 -0.05 1.00 7.3" in told_of_entry(ON_ENTRY)

    def test_a_home_team_without_readings_is_told_as_such(self, told_of_entry):
        out = told_of_entry(attrs.evolve(ON_ENTRY, team=None))
        assert "The home team has no reading" in out
        assert "Krippendorff" not in out


class TestCommands:
    def test_rank_shows_agreement_and_json_carries_it(self, kvaljury, linked_year):
        assert TITLE in kvaljury("rank", linked_year, "--lang", "en").out
        account = kvaljury("rank", linked_year, "--json").json["agreement"]
        assert account["limit"] == 20.0
        assert [team["team"] for team in account["teams"]] == ["L1", "L2"]
        assert account["sentences"]

    def test_the_edition_sets_the_limit_and_no_place_moves(self, kvaljury, tmp_path):
        told = {}
        for limit in (0, 100):
            year = write_year(tmp_path / str(limit), extra=f"[agreement]\nlimit = {limit}\n")
            told[limit] = kvaljury("rank", year, "--json").json
        strict, lax = told[0], told[100]
        assert len(strict["agreement"]["divided"]) == 7
        assert lax["agreement"]["divided"] == []
        for one, other in zip(strict["classes"], lax["classes"], strict=True):
            for divided, united in zip(one["entries"], other["entries"], strict=True):
                assert divided["reasons"] == [*united["reasons"], "divided"]
                assert {**divided, "reasons": []} == {**united, "reasons": []}

    def test_a_divided_entry_says_so_in_its_row(self, kvaljury, tmp_path):
        year = write_year(tmp_path / "year", extra="[agreement]\nlimit = 0\n")
        out = " ".join(kvaljury("rank", year, "--lang", "en").out.split())
        assert "points; the limit is 0" in out

    def test_explain_shows_one_entry_s_agreement(self, kvaljury, linked_year):
        out = kvaljury("explain", "F01", linked_year, "--lang", "en").out
        assert TITLE in out
        assert "the edition's limit is 20." in out
        told = kvaljury("explain", "F01", linked_year, "--json").json["agreement"]
        assert told["team"]["team"] == "L1"
        assert told["difference"] == pytest.approx(told["high"] - told["low"])

    def test_a_new_edition_names_the_limit(self, kvaljury, tmp_path):
        kvaljury("init", tmp_path / "new", "--lang", "en")
        template = (tmp_path / "new" / "edition.toml").read_text(encoding="utf-8")
        assert "# [agreement]\n# limit = 20\n" in template

    def test_a_rule_set_s_own_limit_is_named_in_a_new_edition(self):
        settings = Settings(agreement=AgreementSettings(22.5))
        rules = attrs.evolve(EDITION.rules, settings=settings)
        template = edition_template(rules, Language("en"))["edition.toml"].decode()
        assert "# [agreement]\n# limit = 22.5\n" in template

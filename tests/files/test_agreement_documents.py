"""How far examiners agree as JSON, as tables and as a sheet."""

import io
import json

import attrs
import openpyxl
import pytest

from kvaljury.cli.language import Language
from kvaljury.core.model import TeamAgreement, Text
from kvaljury.files.agreement_json import agreement_json, entry_agreement_json
from kvaljury.files.agreement_sheet import write_agreement
from kvaljury.files.agreement_tables import (
    TEAM_COLUMNS,
    agreement_tables,
    named,
    team_row,
    why_unknown,
)
from kvaljury.files.ranking_documents import ranking_json
from kvaljury.files.spreadsheets import ranking_xlsx
from tests.cli.agreement_examples import ACCOUNT, AGREED, ALONE, NOTHING, ON_ENTRY, TEAM
from tests.cli.ranking_examples import CLASS, RANKING, document

ENGLISH = Language("en")
NAMES = {"F01": "Blåklockan"}


def sheet_of(ranking, code="en"):
    book = openpyxl.load_workbook(io.BytesIO(ranking_xlsx(document(ranking, code))))
    return book["Agreement" if code == "en" else book.sheetnames[-2]]


def cells_of(sheet):
    return [[cell for cell in row if cell is not None] for row in sheet.values]


class TestJson:
    def test_it_stands_at_the_top_of_the_ranking(self):
        told = json.loads(ranking_json(document(AGREED)))["agreement"]
        assert list(told) == [
            "limit",
            "teams",
            "reliability",
            "residuals",
            "flat",
            "divided",
            "sentences",
        ]
        assert told["sentences"] == ["siffror om samstämmighet"]

    def test_a_ranking_without_an_account_has_null(self):
        assert json.loads(ranking_json(document(RANKING)))["agreement"] is None

    def test_teams_have_every_figure_with_six_decimals_or_null(self):
        told = agreement_json(ACCOUNT, ENGLISH.render)["teams"]
        assert told == [
            {
                "team": "L1",
                "entries": 4,
                "examiners": 3,
                "shared": 4,
                "icc_single": 0.654322,
                "icc_mean": 0.85,
                "alpha": -0.05,
                "kendall_w": 1.0,
                "mean_difference": 7.25,
            },
            {
                "team": "L2",
                "entries": 2,
                "examiners": 1,
                "shared": 0,
                "icc_single": None,
                "icc_mean": None,
                "alpha": None,
                "kendall_w": None,
                "mean_difference": None,
            },
        ]

    def test_shares_name_every_source_and_precision_is_told_now_and_with_one_more(self):
        told = agreement_json(ACCOUNT, ENGLISH.render)["reliability"]
        assert told["shares"] == {
            "entry": 0.666667,
            "team": None,
            "cohort": None,
            "examiner": None,
            "residual": 0.333333,
        }
        assert told["now"] == {
            "examiners": 3.2,
            "standard_error": 2.1,
            "standard_error_other_examiners": 3.3,
            "generalizability": 0.9,
            "dependability": 0.8,
        }
        assert told["one_more"]["generalizability"] is None

    def test_what_stands_out_is_named_by_id(self):
        told = agreement_json(ACCOUNT, ENGLISH.render)
        assert told["residuals"] == [
            {
                "entry": "F02",
                "examiner": "E03",
                "team": "L1",
                "score": 71.5,
                "residual": 20.25,
                "standardised": 3.456789,
            }
        ]
        assert told["divided"][0]["difference"] == 32.345
        assert told["flat"][0]["examiner"] == "E05"

    def test_what_is_not_known_is_null_and_what_is_nothing_is_empty(self):
        told = agreement_json(NOTHING, ENGLISH.render)
        assert (told["reliability"], told["residuals"]) == (None, None)
        assert (told["flat"], told["divided"]) == ([], [])

    def test_one_entry_has_its_spread_and_its_team(self):
        told = entry_agreement_json(ON_ENTRY)
        assert (told["readings"], told["low"], told["high"]) == (4, 51.25, 71.5)
        assert (told["difference"], told["limit"], told["divided"]) == (20.25, 20.0, True)
        assert told["team"]["team"] == "L1"
        assert told["residuals"][0]["examiner"] == "E03"

    def test_an_entry_without_reading_or_home_has_null(self):
        assert entry_agreement_json(None) is None
        told = entry_agreement_json(attrs.evolve(ON_ENTRY, residuals=None, team=None))
        assert (told["residuals"], told["team"]) == (None, None)


class TestTables:
    def test_what_is_for_discussion_comes_before_the_figures(self):
        titles = [ENGLISH.render(table.title) for table in agreement_tables(ACCOUNT, NAMES)]
        assert titles == [
            "Entries whose examiners differ by more than the edition's limit, 20 points",
            "Readings far from what is expected of their entry, team and examiner",
            "Examiners who gave all entries nearly the same score",
            "Agreement within each team",
        ]

    def test_every_row_has_a_cell_for_every_column(self):
        for table in agreement_tables(ACCOUNT, NAMES):
            assert {len(row) for row in table.rows} == {len(table.columns)}

    def test_a_divided_entry_is_told_with_who_gave_what(self):
        divided, *_ = agreement_tables(ACCOUNT, NAMES)
        assert divided.rows == (("F01 Blåklockan", 40.0, "E01", 72.345, "E02", 32.345),)

    def test_a_residual_is_told_with_what_was_expected(self):
        _, far, *_ = agreement_tables(ACCOUNT, NAMES)
        assert far.rows == (("F02", "E03", "L1", 71.5, 51.25, 20.25, 3.4567891),)

    def test_where_nothing_could_be_checked_that_is_said(self):
        divided, far, flat, _ = agreement_tables(NOTHING, NAMES)
        assert [str(table.empty) for table in (divided, far, flat)] == [
            "none",
            "too few readings to tell",
            "none",
        ]

    def test_a_team_with_figures_needs_no_remark(self):
        assert team_row(TEAM) == ("L1", 4, 3, 0.6543219, 0.85, -0.05, 1.0, 7.25, "")

    @pytest.mark.parametrize(
        ("team", "words"),
        [
            (TeamAgreement("t", 0, 0), "none of its own entries"),
            (ALONE, "only one examiner"),
            (TeamAgreement("t", 1, 1), "only one examiner"),
            (TeamAgreement("t", 2, 2, 0), "no entry was read by two"),
            (TeamAgreement("t", 1, 2, 1, mean_difference=3.0), "only one entry"),
            (TeamAgreement("t", 2, 2, 2, mean_difference=0.0), "the same score"),
            (TeamAgreement("t", 2, 3, 1, mean_difference=0.0), "do not suffice"),
            (TeamAgreement("t", 2, 4, 2, alpha=0.5, mean_difference=2.0), "do not suffice"),
        ],
    )
    def test_a_team_without_figures_says_why(self, team, words):
        assert words in str(why_unknown(team))
        assert team_row(team)[-1] == why_unknown(team)

    def test_an_entry_without_a_known_name_is_its_id(self):
        assert named("F01", NAMES) == "F01 Blåklockan"
        assert named("K01", NAMES) == "K01"


class TestSheet:
    def test_it_stands_between_the_classes_and_the_account_of_the_year(self):
        book = openpyxl.load_workbook(io.BytesIO(ranking_xlsx(document(AGREED, "en"))))
        assert book.sheetnames == ["Preschool", "Agreement", "About"]

    def test_a_ranking_without_an_account_has_no_such_sheet(self):
        book = openpyxl.load_workbook(io.BytesIO(ranking_xlsx(document(RANKING, "en"))))
        assert book.sheetnames == ["Preschool", "About"]

    def test_a_class_of_the_same_name_keeps_both(self):
        named = attrs.evolve(CLASS, title=Text("agreement", sv="x"))
        ranking = attrs.evolve(AGREED, classes=(named,))
        book = openpyxl.load_workbook(io.BytesIO(ranking_xlsx(document(ranking, "en"))))
        assert book.sheetnames == ["agreement 2", "Agreement", "About"]

    def test_nothing_is_written_of_a_ranking_without_an_account(self):
        assert write_agreement(None, document(RANKING), None) is None

    def test_it_says_what_it_is_and_what_the_figures_mean(self):
        rows = cells_of(sheet_of(AGREED))
        assert rows[0] == ["How far the examiners agree – Basis for decision – no decision"]
        assert rows[2] == ["figures of agreement"]
        assert rows[3][0].startswith("ICC and alpha are 1")

    def test_figures_are_numbers_and_a_missing_one_is_a_dash(self):
        rows = cells_of(sheet_of(AGREED))
        assert ["L1", 4, 3, 0.654322, 0.85, -0.05, 1, 7.25] in [row[:8] for row in rows]
        alone = next(row for row in rows if row[:1] == ["L2"])
        assert alone[1:8] == [2, 1, "–", "–", "–", "–", "–"]
        assert alone[8].startswith("only one examiner")
        assert [ENGLISH.render(column.title) for column in TEAM_COLUMNS] in rows

    def test_what_is_for_discussion_has_its_rows(self):
        rows = cells_of(sheet_of(AGREED))
        assert ["F01", 40, "E01", 72.345, "E02", 32.345] in rows
        assert ["F02", "E03", "L1", 71.5, 51.25, 20.25, 3.456789] in rows

    def test_an_empty_list_says_that_there_is_nothing(self):
        rows = cells_of(sheet_of(attrs.evolve(AGREED, agreement=NOTHING)))
        place = rows.index(
            ["Entries whose examiners differ by more than the edition's limit, 20 points"]
        )
        assert rows[place + 1] == ["none"]
        place = rows.index(["Readings far from what is expected of their entry, team and examiner"])
        assert rows[place + 1] == ["too few readings to tell"]

    def test_long_text_has_a_row_high_enough_for_it(self):
        long = attrs.evolve(ACCOUNT, sentences=(Text("word " * 100),))
        sheet = sheet_of(attrs.evolve(AGREED, agreement=long))
        assert sheet.row_dimensions[3].height == 45

    def test_text_that_looks_like_a_formula_stays_text(self):
        evil = attrs.evolve(ACCOUNT, sentences=(Text("=1+1"),))
        sheet = sheet_of(attrs.evolve(AGREED, agreement=evil))
        assert (sheet["A3"].value, sheet["A3"].data_type) == ("=1+1", "s")

    def test_the_same_account_gives_the_same_bytes(self):
        assert ranking_xlsx(document(AGREED)) == ranking_xlsx(document(AGREED))

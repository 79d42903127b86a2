"""How firmly teams are linked, on the terminal, in JSON and in the workbook."""

import io
import json

import attrs
import openpyxl
import pytest

from kvaljury.cli.language import Language
from kvaljury.cli.linkage_view import show_linkage
from kvaljury.cli.output import Output
from kvaljury.core.model import Linkage, ProposedReading, TeamDifference
from kvaljury.files.linkage_json import linkage_json
from kvaljury.files.ranking_documents import ranking_json
from kvaljury.files.spreadsheets import ranking_xlsx
from tests.cli.ranking_examples import RANKING, SUMMARY, document

LINKAGE = Linkage(
    algebraic_connectivity=1.644,
    team_differences=(
        TeamDifference(("L1", "L2"), -2.5, 2.25),
        TeamDifference(("L1", "L3"), 0.125, 3.004),
        TeamDifference(("L2", "L3"), 2.625, 2.75),
    ),
    standard_error=2.668,
    strengthening=(ProposedReading("E03", "F01", 2.4), ProposedReading("E01", "F99", 2.104)),
)
SPLIT = Linkage(
    algebraic_connectivity=0.0,
    team_differences=(TeamDifference(("L1", "L2"), None, None),),
    standard_error=None,
)


def ranking(linkage):
    return attrs.evolve(RANKING, calibration=attrs.evolve(SUMMARY, linkage=linkage))


def told(linkage, capsys, code="en"):
    show_linkage(document(ranking(linkage), code), Output(Language(code)))
    return " ".join(capsys.readouterr().out.split())


def test_the_mean_and_the_largest_error_are_told_with_its_teams(capsys):
    out = told(LINKAGE, capsys)
    assert "a standard error of 2.67 points on average" in out
    assert "largest between L1 and L3, 3.00 points" in out
    assert "(algebraic connectivity) is 1.64 readings" in out
    assert "L2 and L3" not in out


def test_the_proposals_stand_by_name_with_what_they_buy(capsys):
    out = told(LINKAGE, capsys)
    assert "E03 reads F01 Blåklockan: the average standard error falls to 2.40 points" in out
    assert "E01 reads F99: the average standard error falls to 2.10 points" in out


def test_pairs_that_cannot_be_told_are_counted_and_no_error_is_given(capsys):
    out = told(SPLIT, capsys)
    assert "For 1 of 1 pairs of teams" in out
    assert "standard error" not in out
    assert "better known" not in out


def test_differences_without_an_error_say_so(capsys):
    bare = attrs.evolve(
        SPLIT,
        team_differences=(TeamDifference(("L1", "L2"), 3.0, None),),
        algebraic_connectivity=1.0,
    )
    assert "too few readings to tell how well" in told(bare, capsys)


def test_numbers_follow_the_language(capsys):
    assert "2,67" in told(LINKAGE, capsys, "sv")


def test_one_team_alone_is_passed_over(capsys):
    assert told(None, capsys) == ""


def test_the_whole_view_has_the_section(kvaljury, linked_year):
    said = kvaljury("rank", linked_year, "--lang", "en")
    assert said.code == 0
    assert "How firmly the teams are linked\n" in said.out


def test_json_carries_every_pair_and_the_proposals():
    value = json.loads(ranking_json(document(ranking(LINKAGE))))["calibration"]["linkage"]
    assert value == {
        "algebraic_connectivity": 1.644,
        "standard_error": 2.668,
        "team_differences": [
            {"teams": ["L1", "L2"], "difference": -2.5, "standard_error": 2.25},
            {"teams": ["L1", "L3"], "difference": 0.125, "standard_error": 3.004},
            {"teams": ["L2", "L3"], "difference": 2.625, "standard_error": 2.75},
        ],
        "strengthening": [
            {"examiner": "E03", "entry": "F01", "standard_error": 2.4},
            {"examiner": "E01", "entry": "F99", "standard_error": 2.104},
        ],
    }


def test_json_has_null_for_what_is_not_there():
    assert linkage_json(None) is None
    (pair,) = linkage_json(SPLIT)["team_differences"]
    assert pair == {"teams": ["L1", "L2"], "difference": None, "standard_error": None}


def sheet(linkage):
    workbook = openpyxl.load_workbook(io.BytesIO(ranking_xlsx(document(ranking(linkage), "en"))))
    return workbook["Links between teams"] if linkage else workbook.sheetnames


def test_the_workbook_has_a_sheet_with_every_pair():
    rows = [row for row in sheet(LINKAGE).iter_rows(values_only=True) if any(row)]
    assert rows[-3:] == [
        ("L1", "L2", -2.5, 2.25),
        ("L1", "L3", 0.125, 3.004),
        ("L2", "L3", 2.625, 2.75),
    ]
    assert rows[-4][:2] == ("Team", "Compared with")
    assert any("E03 reads F01 Blåklockan" in str(row[0]) for row in rows)


def test_the_sheet_shows_a_dash_for_what_cannot_be_told():
    rows = [row for row in sheet(SPLIT).iter_rows(values_only=True) if any(row)]
    assert rows[-1] == ("L1", "L2", "–", "–")


def test_without_linkage_there_is_no_sheet():
    assert "Links between teams" not in sheet(None)


@pytest.mark.parametrize("name", ["linked", "split"])
def test_a_year_says_how_firmly_its_teams_are_linked(kvaljury, request, name):
    calibration = kvaljury("rank", request.getfixturevalue(f"{name}_year"), "--json").json[
        "calibration"
    ]
    linkage = calibration["linkage"]
    assert (linkage["algebraic_connectivity"] > 0) == (name == "linked")
    assert bool(calibration["links"]) == (name == "split")
    assert all(
        (pair["difference"] is None) == (name == "split") for pair in linkage["team_differences"]
    )

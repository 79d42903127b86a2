"""The table of change requests, and the fingerprints of forms."""

from datetime import date
from pathlib import Path

import attrs
import pytest

from kvaljury.core.intake.changes import ChangeState, change_standings
from kvaljury.core.model.bid_folder import ChangeRequest, PassageKind
from kvaljury.errors import Source
from kvaljury.files import read_rule_set
from kvaljury.files.change_requests import read_change_requests
from kvaljury.files.form_passages import read_form_passages


def test_requests_are_read_with_swedish_headers(write, edition, log):
    folder = write(
        {
            "change_requests.csv": "bidrag;skickad;ärende;besvarad;av\n"
            "S01;2025-05-08;Korta texten;;KE\n"
            "F01;2025-05-08;Ta bort bilden;2025-05-09;KE\n"
            "F01;;Mer text;;\n"
        }
    )
    assert read_change_requests(folder, edition, log) == (
        ChangeRequest("F01", "Ta bort bilden", date(2025, 5, 8), date(2025, 5, 9), "KE"),
        ChangeRequest("F01", "Mer text"),
        ChangeRequest("S01", "Korta texten", date(2025, 5, 8), None, "KE"),
    )
    assert (log.faults, log.warnings) == ([], [])
    (tally,) = log.tallies
    assert (tally.accepted, tally.blank, tally.refused) == (11, 4, 0)


def test_24_00_belongs_to_the_day_that_it_ends(write, edition, log):
    folder = write(
        {
            "change_requests.csv": "entry;sent;matter;answered\n"
            "F01;2025-05-08 24.00;Korta;2025-05-12 24.00\n"
            "F01;2025-05-08 24.00;Korta;2025-05-08 10.00\n"
        }
    )
    found = read_change_requests(folder, edition, log)
    assert [(each.sent, each.answered) for each in found] == [
        (date(2025, 5, 8), date(2025, 5, 12)),
        (date(2025, 5, 8), date(2025, 5, 8)),
    ]
    (standing, _) = change_standings(found, (1, 2), date(2025, 6, 1), ())
    assert standing.state is ChangeState.IN_TIME


def test_a_day_beyond_all_years_is_no_date(write, edition, log):
    folder = write({"change_requests.csv": "entry;sent;matter\nF01;9999-12-30;Korta\n"})
    assert read_change_requests(folder, edition, log) == ()
    assert [fault.code for fault in log.faults] == ["not-a-date"]


def test_no_table_is_no_request(write, edition, log):
    assert read_change_requests(write({}), edition, log) == ()
    assert log.faults == []


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("F99;2025-05-08;Korta;;", "unknown-entry"),
        ("F01;2025-05-08;;;", "empty-field"),
        ("F01;i går;Korta;;", "not-a-date"),
        ("F01;;Korta;2025-05-08;", "answered-before-sent"),
        ("F01;2025-05-08;Korta;2025-05-07;", "answered-before-sent"),
    ],
)
def test_a_row_at_fault_is_left_out_and_said(write, edition, log, row, code):
    folder = write({"change_requests.csv": f"entry;sent;matter;answered;by\n{row}\n"})
    assert read_change_requests(folder, edition, log) == ()
    assert [fault.code for fault in log.faults] == [code]


def test_a_table_that_cannot_be_read_or_stands_twice_is_at_fault(write, edition, log):
    assert read_change_requests(write({"change_requests.csv": ""}), edition, log) == ()
    assert [fault.code for fault in log.faults] == ["empty-file"]
    folder = write({"change_requests.xlsx": b"x"})
    assert read_change_requests(folder, edition, log) == ()
    assert log.faults[-1].code == "several-files"


@pytest.mark.parametrize("name", ["stockholm-2025", "stockholm-2012"])
def test_the_form_of_a_shipped_rule_set_has_every_question(name, tmp_path, log):
    rules = read_rule_set(name)
    passages = read_form_passages(rules, tmp_path, log)
    questions = {p.name for p in passages if p.kind is PassageKind.QUESTION}
    assert questions >= {leaf.id for leaf in rules.leaves()}
    assert {p.name for p in passages if p.kind is PassageKind.INTRODUCTION} <= {
        area.id for area in rules.areas
    }
    assert all(p.prints for p in passages)


def test_a_rule_set_of_ones_own_may_have_a_form_beside_it(write, log):
    own = attrs.evolve(
        read_rule_set("stockholm-2025"), name="own", source=Source("regler/rules.toml")
    )
    folder = write({"regler/rules.toml": ""})
    assert read_form_passages(own, folder, log) == ()
    text = '[[passages]]\nkind = "annex"\nname = "Bilaga 1"\nprints = "ab cd\\nef"\n'
    write({"regler/form.toml": text})
    (passage,) = read_form_passages(own, folder, log)
    assert (passage.kind, passage.prints) == (PassageKind.ANNEX, frozenset({"ab", "cd", "ef"}))
    write({"regler/form.toml": "passages = 3"})
    assert read_form_passages(own, folder, log) == ()
    assert log.faults
    assert read_form_passages(attrs.evolve(own, source=None), Path(), log) == ()


def test_the_words_of_a_rule_set_name_every_leaf():
    for name in ("stockholm-2025", "stockholm-2012"):
        for leaf in read_rule_set(name).leaves():
            assert leaf.words, leaf.id
            assert all(" " not in word for word in leaf.words)

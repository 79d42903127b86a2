"""Deadlines, check lists and the format of contributions, in rule sets and in an edition."""

from datetime import datetime
from pathlib import Path

import pytest

from kvaljury.core.model import BidFormat, DeadlineKind, FormulaPolicy, Moment, RuleSet
from kvaljury.errors import InputFaults, Source
from kvaljury.files.edition_file import read_edition_file
from kvaljury.files.log import InputLog
from kvaljury.files.rule_sets import read_rule_set

OWN = """\
name = "own"
title = "Egen"
year = 2027
classes = [{ id = "a", title = "A", kind = "school" }]
areas = [{ id = "x", label = "X", weight = 100, questions = [
  { id = "1", label = "Ett", weight = 100, rubric = "approach" }] }]
"""


def rules_of(folder: Path, text: str) -> tuple[RuleSet, InputLog]:
    (folder / "rules.toml").write_text(OWN + text, "utf-8")
    log = InputLog()
    return read_rule_set("rules.toml", folder, log), log


def faults_of(folder: Path, text: str) -> list[str]:
    return [str(fault) for fault in rules_of(folder, text)[1].faults]


class TestDeadlines:
    def test_stand_in_the_order_of_time_whatever_their_order_in_the_file(self, tmp_path: Path):
        late = '[[deadlines]]\nid = "B"\nkind = "marks"\nlabel = "B"\nat = "2027-09-01"\n'
        early = '[[deadlines]]\nid = "A"\nkind = "visit"\nlabel = "A"\nat = "2027-05-07 24.00"\n'
        rules, log = rules_of(tmp_path, late + early)
        assert not log.faults
        assert [(d.id, d.kind) for d in rules.deadlines] == [
            ("A", DeadlineKind.VISIT),
            ("B", DeadlineKind.MARKS),
        ]
        assert rules.deadlines[0].at == Moment(datetime.fromisoformat("2027-05-08"))
        assert rules.deadlines[1].at == Moment(datetime.fromisoformat("2027-09-01"), whole_day=True)

    def test_one_that_is_no_date_is_a_fault_at_its_line(self, tmp_path: Path) -> None:
        text = '[[deadlines]]\nid = "A"\nkind = "marks"\nlabel = "A"\nat = "7 maj"\n'
        (fault,) = faults_of(tmp_path, text)
        assert fault.startswith('rules.toml:11: deadlines[1].at: "7 maj" is no date')
        assert "2025-05-07 24.00" in fault

    def test_a_kind_that_nobody_knows_is_refused(self, tmp_path: Path) -> None:
        text = '[[deadlines]]\nid = "A"\nkind = "lunch"\nlabel = "A"\nat = "2027-05-07"\n'
        (tmp_path / "rules.toml").write_text(OWN + text, "utf-8")
        with pytest.raises(InputFaults, match=r"rules.toml:9: deadlines\[1\].kind"):
            read_rule_set("rules.toml", tmp_path)

    def test_two_of_one_id_are_refused(self, tmp_path: Path) -> None:
        one = '[[deadlines]]\nid = "{}"\nkind = "marks"\nlabel = "A"\nat = "2027-05-07"\n'
        (fault,) = faults_of(tmp_path, one.format("A") + one.format("a"))
        assert "a stands already on line 8" in fault


class TestOfAnEdition:
    HEAD = 'rules = "stockholm-2025"\nyear = 2025\n'

    def read(self, folder: Path, text: str) -> tuple[RuleSet, tuple[str, ...], InputLog]:
        (folder / "edition.toml").write_text(self.HEAD + text, "utf-8")
        log = InputLog()
        edition = read_edition_file(folder, log)
        assert edition is not None
        return edition.rules, edition.changes, log

    def test_adds_its_own_deadlines_among_those_of_the_rule_set(self, tmp_path: Path) -> None:
        own = '[[deadlines]]\nid = "marks"\nkind = "marks"\nlabel = "Poäng"\nat = "2025-08-29"\n'
        rules, changes, log = self.read(tmp_path, own)
        assert not log.faults
        assert [d.id for d in rules.deadlines] == ["D25-02", "D25-05", "marks", "D25-06"]
        assert "deadlines.marks" in changes

    def test_replaces_one_of_the_rule_set_by_its_id(self, tmp_path: Path) -> None:
        own = (
            '[[deadlines]]\nid = "D25-06"\nkind = "ceremony"\nlabel = "Ceremoni"\n'
            'at = "2025-12-01"\n'
        )
        rules, changes, _ = self.read(tmp_path, own)
        (ceremony,) = [d for d in rules.deadlines if d.kind is DeadlineKind.CEREMONY]
        assert ceremony.at.at == datetime.fromisoformat("2025-12-01")
        assert changes == ("deadlines.D25-06",)

    def test_without_any_keeps_those_of_the_rule_set(self, tmp_path: Path) -> None:
        rules, changes, _ = self.read(tmp_path, "")
        assert rules.deadlines == read_rule_set("stockholm-2025").deadlines
        assert changes == ()

    def test_chooses_what_becomes_of_formulas(self, tmp_path: Path) -> None:
        rules, changes, _ = self.read(tmp_path, '[workbooks]\nformulas = "value"\n')
        assert rules.settings.workbooks.formulas is FormulaPolicy.VALUE
        assert changes == ("workbooks.formulas",)

    def test_refuses_formulas_unless_it_says_otherwise(self, tmp_path: Path) -> None:
        rules, _, _ = self.read(tmp_path, "")
        assert rules.settings.workbooks.formulas is FormulaPolicy.REFUSE


class TestBidFormat:
    def test_asks_for_nothing_where_the_rule_set_says_nothing(self, tmp_path: Path) -> None:
        assert rules_of(tmp_path, "")[0].bid == BidFormat()

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("longest = 0", "rules.toml:8: bid.longest: a number above 0 was expected"),
            ("image_size = [1920]", "rules.toml:8: bid.image_size: two whole numbers"),
            ("image_size = [1920, -1]", "rules.toml:8: bid.image_size: a number above 0"),
            ("change_days = [1, 2, 3]", "rules.toml:8: bid.change_days: two whole numbers"),
            ("presentation_longest = -1", "rules.toml:8: bid.presentation_longest: a number"),
        ],
    )
    def test_refuses_figures_that_cannot_be_meant(
        self, tmp_path: Path, text: str, said: str
    ) -> None:
        (fault,) = faults_of(tmp_path, f"[bid]\n{text}\n")
        assert fault.startswith(said)


class TestShippedRuleSets:
    """Figures of the instructions, as they stand in lines 68-178 of 2025 and 53-107 of 2012."""

    def test_2025(self) -> None:
        rules = read_rule_set("stockholm-2025")
        assert (rules.bid.longest, rules.bid.presentation_longest) == (95_000, 1_000)
        assert (rules.bid.image_size, rules.bid.change_days) == ((1920, 1200), (1, 2))
        assert rules.bid.takes_appendices is False
        assert [d.source for d in rules.documents] == [f"S25:{n}" for n in range(137, 143)]
        assert [d.on_request for d in rules.documents] == [False] * 5 + [True]
        assert [(d.id, d.at.at.isoformat()[:10]) for d in rules.deadlines] == [
            ("D25-02", "2025-03-21"),
            ("D25-05", "2025-06-13"),
            ("D25-06", "2025-11-25"),
        ]

    def test_2012(self) -> None:
        rules = read_rule_set("stockholm-2012")
        assert rules.bid == BidFormat(
            longest=85_000, sources={"longest": "S12:107"}, rules={"longest": "F12-01"}
        )
        assert [d.source for d in rules.documents] == [f"S12:{n}" for n in range(269, 276)]
        assert [(d.id, d.at.at.isoformat()[:10]) for d in rules.deadlines] == [
            ("D12-02", "2012-03-30"),
            ("D12-04", "2012-11-20"),
        ]

    @pytest.mark.parametrize("name", ["stockholm-2025", "stockholm-2012"])
    def test_deadlines_and_limits_say_what_the_facts_beside_them_say(self, name: str) -> None:
        rules = read_rule_set(name)
        facts = {fact.id: fact.value.sv or fact.value.en for fact in rules.facts}
        for deadline in rules.deadlines:
            assert deadline.at.at.strftime("%Y-%m-%d") in facts[deadline.id]
        length = facts[rules.bid.rules["longest"]]
        assert f"{rules.bid.longest:,}".replace(",", " ") in length.replace("\u00a0", " ")


class TestSource:
    def test_tells_sheet_and_cell_in_the_order_in_which_one_looks(self) -> None:
        source = Source("marks/E07.xlsx", 12, "D12", "F01")
        assert str(source) == "marks/E07.xlsx: sheet F01, cell D12"
        assert source.said().sv == "{file}: blad {sheet}, cell {cell}"

    def test_tells_a_sheet_alone(self) -> None:
        assert str(Source("a.xlsx", sheet="F01")) == "a.xlsx: sheet F01"

    def test_sorts_by_file_then_sheet_then_row(self) -> None:
        sources = [
            Source("b.csv"),
            Source("a.xlsx", 2, "A2", "F02"),
            Source("a.xlsx", 10, "A10", "F01"),
            Source("a.xlsx", 9, "B9", "F01"),
        ]
        assert [str(s) for s in sorted(sources)] == [
            "a.xlsx: sheet F01, cell B9",
            "a.xlsx: sheet F01, cell A10",
            "a.xlsx: sheet F02, cell A2",
            "b.csv",
        ]
        assert Source("a").__lt__("b") is NotImplemented  # type: ignore[operator]

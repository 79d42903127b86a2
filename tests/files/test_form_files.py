"""Forms among the marks are read once, by one author each, and in the folder they belong to."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import attrs
import pytest

from kvaljury.core.model import (
    ConsensusMark,
    DocumentCheck,
    Edition,
    FormulaPolicy,
    Mark,
    Marks,
    Proposal,
    ProposalKind,
    Remark,
    RemarkKind,
    Scheme,
    Text,
)
from kvaljury.errors import Source
from kvaljury.files.edition_folder import read_marks
from kvaljury.files.log import CellTally, InputLog
from kvaljury.files.proposals import read_proposals
from kvaljury.files.remarks import read_document_checks, read_remarks
from kvaljury.files.tables import Row, Table
from kvaljury.files.workbooks.contents import (
    Cell,
    CellKind,
    Sheet,
    Visibility,
    Workbook,
    cell_reference,
)

Write = Callable[[Mapping[str, str | bytes]], Path]
E01, E02, L1 = "marks/E01.xlsx", "marks/E02.xlsx", "consensus/L1.xlsx"


@attrs.frozen
class Contents:
    """What the tests say that a form holds."""

    examiner: str | None
    team: str | None
    marks: Table
    proposals: Table
    consensus: Table
    remarks: tuple[Remark, ...] = ()
    document_checks: tuple[DocumentCheck, ...] = ()
    others: Table = attrs.field(kw_only=True)

    def tables(self) -> tuple[Table, ...]:
        return self.marks, self.proposals, self.consensus, self.others


Rows = Sequence[Mapping[str, str]]


def table(file: str, log: InputLog, rows: Rows = ()) -> Table:
    made = []
    for number, cells in enumerate(rows, start=2):
        places = {f: cell_reference(number, c) for c, f in enumerate(cells, start=1)}
        made.append(Row({f: t for f, t in cells.items() if t}, log, file, number, places, "F01"))
    return Table(file, tuple(made), sum(map(len, rows)), 0)


def form(
    log: InputLog,
    file: str = E01,
    *,
    examiner: str | None = "E01",
    team: str | None = "L1",
    marks: Rows = (),
    proposals: Rows = (),
    consensus: Rows = (),
    remarks: Sequence[Remark] = (),
    checks: Sequence[DocumentCheck] = (),
    others: Rows = (),
) -> Contents:
    return Contents(
        examiner,
        team,
        table(file, log, marks),
        table(file, log, proposals),
        table(file, log, consensus),
        tuple(remarks),
        tuple(checks),
        others=table(file, log, others),
    )


class Shelf:
    """The forms that the reader of forms gives, by address, and how often it was asked."""

    def __init__(self) -> None:
        self.forms: dict[str, Contents | None] = {}
        self.asked: list[str] = []
        self.policies: set[FormulaPolicy] = set()

    def is_form(self, workbook: Workbook) -> bool:
        return workbook.file in self.forms

    def read_form(
        self, workbook: Workbook, edition: Edition, formulas: FormulaPolicy, log: InputLog
    ) -> Contents | None:
        assert edition.teams
        self.asked.append(workbook.file)
        self.policies.add(formulas)
        if self.forms[workbook.file] is None:
            log.fault("form", Source(workbook.file), Text("not in order"))
        return self.forms[workbook.file]


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    shelf = Shelf()
    reading = ModuleType("kvaljury.files.forms.reading")
    reading.is_form, reading.read_form = shelf.is_form, shelf.read_form  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, reading.__name__, reading)
    return shelf


Lay = Callable[..., Path]


@pytest.fixture
def lay(write: Write, log: InputLog, shelf: Shelf) -> Lay:
    """Put workbooks into the folder and forms on the shelf; equal names have equal bytes."""

    def lay_files(
        forms: Mapping[str, Contents | None],
        plain: Mapping[str, Workbook | None] | None = None,
        others: Mapping[str, str] | None = None,
        same: Sequence[str] = (),
    ) -> Path:
        for file in forms:
            log.workbooks[file] = Workbook(file, (), "same" if file in same else file)
        log.workbooks.update(plain or {})
        shelf.forms.update(forms)
        return write({**dict.fromkeys(log.workbooks, b"PK"), **(others or {})})

    return lay_files


MARK = {"entry": "F01", "examiner": "E01", "question": "1", "mark": "45"}
AGREED = {"entry": "F01", "question": "1", "mark": "50", "reason": "efter besöket"}
PROPOSED = {"entry": "F01", "proposal": "award", "reason": "Stark"}


def faults(log: InputLog) -> list[str]:
    return [str(fault) for fault in log.faults]


def remark(entry: str, examiner: str = "E01", area: str = "all", file: str = E01) -> Remark:
    where = Source(file, 9, "C9", entry)
    return Remark(entry, examiner, area, RemarkKind.STRENGTH, "Tydlig", where)


def check(entry: str = "F01", *, seen: bool | None = True, file: str = L1) -> DocumentCheck:
    return DocumentCheck(entry, "plan", seen, "", Source(file, 3, "C3", entry))


def test_marks_of_forms_and_of_csv_pass_the_same_path(
    lay: Lay, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    text = "entry;examiner;question;mark\nF02;E02;1;10\n"
    folder = lay({E01: form(log, marks=[MARK])}, others={"marks/x.csv": text})
    marks = read_marks(folder, scheme, edition, log)
    assert marks.valid == (
        Mark("F01", "E01", "1", "", Fraction(45)),
        Mark("F02", "E02", "1", "", Fraction(10)),
    )
    assert str(marks.valid[0].source) == "marks/E01.xlsx: sheet F01, row 2"
    assert log.faults == []
    assert CellTally(E01, 4, 4, 0, 0) in log.tallies


def test_a_mark_off_the_scale_is_refused_at_its_cell(
    lay: Lay, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    folder = lay({E01: form(log, marks=[{**MARK, "mark": "105"}])})
    assert read_marks(folder, scheme, edition, log).valid == ()
    assert faults(log)[0].startswith(
        "marks/E01.xlsx: sheet F01, cell D2: mark 105 is outside 0-100"
    )


def test_a_team_form_gives_agreed_marks_and_documents(
    lay: Lay, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    checks = [check("F02"), check(seen=None), check("F01")][:2]
    folder = lay({L1: form(log, L1, examiner=None, consensus=[AGREED], checks=checks)})
    marks = read_marks(folder, scheme, edition, log)
    assert marks.consensus == (ConsensusMark("F01", "1", "", Fraction(50), "efter besöket"),)
    assert marks.document_checks == (check(seen=None), check("F02"))
    assert log.faults == []


def test_two_teams_that_say_different_things_of_a_document_are_refused(
    lay: Lay, edition: Edition, log: InputLog
) -> None:
    other = "consensus/L2.xlsx"
    folder = lay(
        {
            L1: form(log, L1, examiner=None, checks=[check()]),
            other: form(
                log, other, examiner=None, team="L2", checks=[check(seen=False, file=other)]
            ),
        }
    )
    assert read_document_checks(folder, edition, log) == (check(),)
    assert faults(log) == [
        "consensus/L2.xlsx: sheet F01, cell C3: consensus/L1.xlsx: sheet F01, cell C3 says"
        " otherwise of the document plan of the entry F01 (keep one of them)"
    ]


def test_documents_that_are_said_twice_alike_are_said_once(
    lay: Lay, edition: Edition, log: InputLog
) -> None:
    twice = [check(), check()]
    folder = lay({L1: form(log, L1, examiner=None, checks=twice, others=[{"seen": "ja"}])})
    assert read_document_checks(folder, edition, log) == (check(),)
    assert log.faults == []
    assert log.tallies == [CellTally(L1, 1, 1, 0, 0)]


def test_remarks_are_sorted_and_those_under_jav_left_out(
    lay: Lay, edition: Edition, log: InputLog
) -> None:
    mine = [remark("F02"), remark("F01", area="b"), remark("F01"), remark("K01")]
    under_jav = [remark("F02", "E03"), remark("F01", "E03")]
    e03 = "marks/E03.xlsx"
    folder = lay(
        {E01: form(log, remarks=mine), e03: form(log, e03, examiner="E03", remarks=under_jav)}
    )
    read = read_remarks(folder, edition, log)
    assert [(r.entry, r.examiner, r.area) for r in read] == [
        ("F01", "E01", "all"),
        ("F01", "E01", "b"),
        ("F01", "E03", "all"),
        ("F02", "E01", "all"),
        ("K01", "E01", "all"),
    ]
    assert log.faults == []


def test_a_remark_of_an_examiner_who_may_not_read_is_refused_once(
    lay: Lay, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    remarks = [remark("S01"), remark("S01", area="b"), remark("F01")]
    remarks[0] = attrs.evolve(remarks[0], source=Source(E01, 3, "A3", "F01"))
    others = [{"remark": "Tydlig"}] * 3
    folder = lay({E01: form(log, remarks=remarks, others=others)})
    assert read_marks(folder, scheme, edition, log).remarks == (remark("F01"),)
    assert faults(log) == [
        "marks/E01.xlsx: sheet F01, cell A3: the examiner E01 of team L1 marks the entry S01 of"
        " team L2 (if the reading is agreed, list the pair under guests of a team in teams.toml)"
    ]
    assert log.tallies == [CellTally(E01, 3, 2, 0, 1)]


def test_what_a_mark_was_refused_for_is_not_told_again_of_a_remark(
    lay: Lay, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    rows = [{**MARK, "entry": "S01"}, {**MARK, "entry": "F0l"}]
    folder = lay({E01: form(log, marks=rows, remarks=[remark("S01"), remark("F0l")])})
    assert read_marks(folder, scheme, edition, log).remarks == ()
    assert [fault.code for fault in log.faults] == ["no-permit", "unknown-entry"]


def test_a_remark_on_an_unknown_entry_or_of_an_unknown_examiner_is_refused(
    lay: Lay, edition: Edition, log: InputLog
) -> None:
    bare = attrs.evolve(remark("F01", "E99"), source=None)
    folder = lay({E01: form(log, remarks=[remark("F99"), bare])})
    assert read_remarks(folder, edition, log) == ()
    assert [(fault.code, str(fault.where)) for fault in log.faults] == [
        ("unknown-entry", "marks/E01.xlsx: sheet F99, cell C9"),
        ("unknown-examiner", "marks"),
    ]


def test_without_readable_teams_nobody_is_refused_for_the_entry(
    lay: Lay, edition: Edition, log: InputLog
) -> None:
    folder = lay({E01: form(log, remarks=[remark("S01")])})
    log.unread.add("team")
    assert read_remarks(folder, edition, log) == (remark("S01"),)


def test_proposals_of_forms_and_of_the_table_are_merged(
    lay: Lay, edition: Edition, log: InputLog
) -> None:
    text = "entry;proposal;reason\nF01;Utmärkelse;Stark\nS01;inget;\n"
    folder = lay(
        {
            E01: form(log, proposals=[PROPOSED]),
            L1: form(log, L1, examiner=None, proposals=[{**PROPOSED, "entry": "F02"}]),
        },
        others={"proposals.csv": text},
    )
    assert read_proposals(folder, edition.entries, log, edition) == {
        "F01": Proposal("F01", ProposalKind.AWARD, "Stark"),
        "F02": Proposal("F02", ProposalKind.AWARD, "Stark"),
        "S01": Proposal("S01", ProposalKind.NONE),
    }
    assert log.faults == []
    assert sorted(tally.file for tally in log.tallies) == [L1, E01, "proposals.csv"]


@pytest.mark.parametrize("change", [{"proposal": "mention"}, {"reason": "Svag"}])
def test_two_different_proposals_for_an_entry_name_both_addresses(
    change: dict[str, str], lay: Lay, edition: Edition, log: InputLog
) -> None:
    folder = lay(
        {
            E01: form(log, proposals=[PROPOSED]),
            L1: form(log, L1, examiner=None, proposals=[{**PROPOSED, **change}]),
        }
    )
    read_proposals(folder, edition.entries, log, edition)
    assert faults(log) == [
        "marks/E01.xlsx: sheet F01, cell B2: consensus/L1.xlsx: sheet F01, row 2 holds another"
        " proposal for the entry F01 (keep the one that holds)"
    ]


def test_forms_are_read_once_for_proposals_and_marks(
    lay: Lay, shelf: Shelf, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    folder = lay({E01: form(log, marks=[MARK], proposals=[PROPOSED]), E02: None})
    read_proposals(folder, edition.entries, log, edition)
    read_marks(folder, scheme, edition, log)
    assert shelf.asked == [E01, E02]
    assert shelf.policies == {FormulaPolicy.REFUSE}
    assert log.tallies == [CellTally(E01, 7, 7, 0, 0)]
    assert [fault.code for fault in log.faults] == ["form"]


def test_without_an_edition_no_form_is_read(
    lay: Lay, shelf: Shelf, edition: Edition, log: InputLog
) -> None:
    folder = lay({E01: form(log, proposals=[PROPOSED])})
    assert read_proposals(folder, edition.entries, log) == {}
    assert shelf.asked == []


def test_two_different_forms_of_one_examiner_are_refused(
    lay: Lay, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    other = "marks/E01 (2).xlsx"
    rows = [{**MARK, "mark": "50"}, {**MARK, "question": "12a", "mark": ""}]
    folder = lay({E01: form(log, marks=[MARK]), other: form(log, other, marks=rows)})
    marks = read_marks(folder, scheme, edition, log)
    assert [mark.value for mark in marks.valid] == [50]
    assert faults(log) == [
        "marks/E01.xlsx: marks/E01 (2).xlsx is another form of the same examiner, E01, and"
        " differs from this (ask which one holds, and move the other out of the folder)"
    ]
    assert sorted(log.tallies) == [CellTally(other, 8, 7, 1, 0), CellTally(E01, 4, 0, 0, 4)]


def test_two_different_forms_of_one_team_are_refused(
    lay: Lay, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    other = "consensus/M.xlsx"
    folder = lay({f: form(log, f, examiner=None, consensus=[AGREED]) for f in (L1, other)})
    assert len(read_marks(folder, scheme, edition, log).consensus) == 1
    assert faults(log) == [
        "consensus/M.xlsx: consensus/L1.xlsx is another form of the same team, L1, and differs"
        " from this (ask which one holds, and move the other out of the folder)"
    ]


def test_a_copy_is_read_once_with_a_warning(
    lay: Lay, shelf: Shelf, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    other = "marks/E01 kopia.xlsx"
    folder = lay({f: form(log, f, marks=[MARK]) for f in (other, E01)}, same=[other, E01])
    assert len(read_marks(folder, scheme, edition, log).valid) == 1
    assert shelf.asked == [other]
    assert log.faults == []
    assert [str(warning) for warning in log.warnings] == [
        "marks/E01.xlsx: the file is a copy of marks/E01 kopia.xlsx and is not read again"
        " (delete one of them)"
    ]


WRONG_FOLDER = [
    (L1, "E01", "this is the form of the examiner E01 (move the file to the folder marks)"),
    (E01, None, "this is the form of the team L1 (move the file to the folder consensus)"),
]


@pytest.mark.parametrize("case", WRONG_FOLDER)
def test_a_form_in_the_wrong_folder_is_refused_whole(
    case: tuple[str, str | None, str], lay: Lay, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    file, examiner, said = case
    rows = {"marks": [MARK], "consensus": [AGREED], "proposals": [PROPOSED]}
    folder = lay({file: form(log, file, examiner=examiner, remarks=[remark("F01")], **rows)})
    assert read_marks(folder, scheme, edition, log) == Marks()
    assert read_proposals(folder, edition.entries, log, edition) == {}
    assert faults(log) == [f"{file}: {said}"]
    assert log.tallies == [CellTally(file, 11, 0, 0, 11)]


def plain(file: str, rows: Sequence[Sequence[str]]) -> Workbook:
    cells = {
        (r, c): Cell(r, c, CellKind.TEXT, text)
        for r, row in enumerate(rows, start=1)
        for c, text in enumerate(row, start=1)
    }
    return Workbook(file, (Sheet("Blad1", Visibility.VISIBLE, cells),), file)


def test_plain_tables_stand_beside_forms(
    lay: Lay, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    rows = [["Bidrag", "Examinator", "Fråga", "Poäng"], ["F01", "E02", "1", "10"]]
    agreed = [["Bidrag", "Fråga", "Poäng", "Skäl"], ["F01", "1", "20", "besök"]]
    folder = lay({E01: form(log, marks=[MARK])}, {E02: plain(E02, rows), L1: plain(L1, agreed)})
    marks = read_marks(folder, scheme, edition, log)
    assert [mark.value for mark in marks.valid] == [45, 10]
    assert [mark.value for mark in marks.consensus] == [20]
    assert log.faults == []


def test_a_workbook_that_is_refused_is_asked_for_nothing_more(
    lay: Lay, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    folder = lay({}, {E01: None, L1: None})
    assert read_marks(folder, scheme, edition, log) == Marks()
    assert log.faults == log.tallies == []


def test_a_csv_file_and_a_workbook_of_one_name_are_refused_and_the_csv_read(
    lay: Lay, shelf: Shelf, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    text = "entry;examiner;question;mark\nF01;E01;1;10\n"
    folder = lay({E01: form(log, marks=[MARK])}, others={"marks/e01.csv": text})
    marks = read_marks(folder, scheme, edition, log)
    assert [mark.value for mark in marks.valid] == [10]
    assert shelf.asked == []
    assert faults(log) == [
        "marks/E01.xlsx: e01.csv, E01.xlsx hold the same table; one of them was expected"
        " (delete or rename all but one)"
    ]


def test_a_folder_that_cannot_be_listed_holds_no_forms(write: Write, edition: Edition) -> None:
    log = InputLog()
    assert read_remarks(write({"marks": "a file"}), edition, log) == ()
    assert log.faults == []

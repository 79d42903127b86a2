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
    Examiner,
    FormulaPolicy,
    Jav,
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
from kvaljury.files.proposals import read_proposals, without_jav
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


OTHER_TEAM = (
    "consensus/L2.xlsx: sheet F01, {where}: the form of the team L2 asks about the entry F01 of"
    " team L1 (make new forms with kvaljury forms --consensus, or mend the team in teams.toml)"
)
L2 = "consensus/L2.xlsx"


def test_the_form_of_another_team_says_nothing_of_an_entry(
    lay: Lay, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    folder = lay(
        {
            L2: form(
                log,
                L2,
                examiner=None,
                team="L2",
                consensus=[AGREED, {**AGREED, "entry": "S01"}],
                checks=[check(seen=False, file=L2), check("S01", file=L2)],
                others=[{"entry": "F01", "seen": "nej"}, {"entry": "S01", "seen": "ja"}],
            )
        }
    )
    marks = read_marks(folder, scheme, edition, log)
    assert [mark.entry for mark in marks.consensus] == ["S01"]
    assert [each.entry for each in marks.document_checks] == ["S01"]
    assert faults(log) == [
        OTHER_TEAM.format(where="cell A2"),
        OTHER_TEAM.format(where="cell C3"),
    ]
    assert log.tallies[0].refused == 4 + 2


@pytest.mark.parametrize("is_unread", [False, True])
def test_an_entry_in_no_team_is_told_so_where_the_teams_could_be_read(
    is_unread: bool, lay: Lay, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    agreed = {**AGREED, "entry": "K01"}
    folder = lay({L1: form(log, L1, examiner=None, consensus=[agreed], checks=[check("K01")])})
    log.unread.update(["team"] * is_unread)
    marks = read_marks(folder, scheme, edition, log)
    assert len(marks.consensus) == len(marks.document_checks) == is_unread
    assert [fault.code for fault in log.faults] == ["no-permit"] * 2 * (not is_unread)
    assert all("the entry K01, which is in no team" in said for said in faults(log))


def test_a_table_of_agreed_marks_is_of_no_team(
    write: Write, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    text = "entry;question;mark;reason\nF01;1;50;ett\nS01;1;50;två\n"
    assert len(read_marks(write({"consensus/L2.csv": text}), scheme, edition, log).consensus) == 2
    assert log.faults == []


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


def test_words_under_jav_are_told_once_a_file_and_counted_as_refused(
    lay: Lay, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    e03 = "marks/E03.xlsx"
    under = [
        attrs.evolve(remark("F02", "E03", area, e03), source=Source(e03, line, f"C{line}", "F01"))
        for line, area in ((2, "all"), (3, "b"))
    ]
    rows = {**MARK, "entry": "F02", "examiner": "E03", "mark": "", "comment": "ord"}
    others = [{"remark": "Tydlig"}] * 2
    contents = form(log, e03, examiner="E03", marks=[rows], remarks=under, others=others)
    marks = read_marks(lay({e03: contents}), scheme, edition, log)
    assert marks.remarks == marks.lone_comments == ()
    assert [str(warning) for warning in log.warnings] == [
        "marks/E03.xlsx: sheet F01, cell E2: what the examiner E03 writes on the entry F02 is left"
        " out, for jäv"
    ]
    assert log.faults == []
    assert log.tallies == [CellTally(e03, 7, 0, 1, 6)]


def test_remarks_under_jav_alone_are_told_at_the_first(
    lay: Lay, edition: Edition, log: InputLog
) -> None:
    e03 = "marks/E03.xlsx"
    under = [remark("F02", "E03", area, e03) for area in ("all", "b")]
    bare = attrs.evolve(under[0], source=None)
    folder = lay({e03: form(log, e03, examiner="E03", remarks=[*under, bare])})
    assert read_remarks(folder, edition, log) == ()
    assert [(w.code, str(w.where)) for w in log.warnings] == [
        ("words-under-jav", "marks/E03.xlsx: sheet F02, cell C9"),
        ("words-under-jav", "marks"),
    ]


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


def led_by(edition: Edition, coordinator: str | None) -> Edition:
    first, *others = edition.teams
    return attrs.evolve(edition, teams=(attrs.evolve(first, coordinator=coordinator), *others))


def test_a_proposal_of_a_coordinator_under_jav_is_left_out_and_told(
    lay: Lay, edition: Edition, log: InputLog
) -> None:
    e03 = "marks/E03.xlsx"
    rows = [{**PROPOSED, "entry": "F02"}, PROPOSED]
    text = "entry;proposal;reason\nF02;inget;annan\n"
    folder = lay(
        {e03: form(log, e03, examiner="E03", proposals=rows)}, others={"proposals.csv": text}
    )
    led = led_by(edition, "E03")
    assert read_proposals(folder, edition.entries, log, led) == {
        "F01": Proposal("F01", ProposalKind.AWARD, "Stark"),
        "F02": Proposal("F02", ProposalKind.NONE, "annan"),
    }
    assert log.faults == []
    assert [str(warning) for warning in log.warnings] == [
        "marks/E03.xlsx: sheet F01, row 2: the proposal of the examiner E03 for the entry F02 is"
        " left out, for jäv (let the coordinator fill it in, or somebody without jäv enter it in"
        " proposals.csv)"
    ]
    assert CellTally(e03, 6, 4, 0, 2) in log.tallies


@pytest.mark.parametrize("coordinator", ["E02", None])
def test_a_proposal_of_an_examiner_who_does_not_coordinate_the_team_is_refused(
    coordinator: str | None, lay: Lay, edition: Edition, log: InputLog
) -> None:
    folder = lay({E01: form(log, proposals=[PROPOSED, {**PROPOSED, "entry": "S01"}])})
    led = led_by(edition, coordinator)
    assert read_proposals(folder, edition.entries, log, led) == {}
    assert faults(log)[0] == (
        "marks/E01.xlsx: sheet F01, cell B2: the examiner E01 proposes for the entry F01 and does"
        " not coordinate its team (let the coordinator fill it in, or somebody without jäv enter it"
        " in proposals.csv)"
    )
    assert [fault.code for fault in log.faults] == ["no-permit"] * 2
    assert log.tallies == [CellTally(E01, 6, 0, 0, 6)]


def test_nobody_is_refused_a_proposal_where_teams_could_not_be_read(
    lay: Lay, edition: Edition, log: InputLog
) -> None:
    folder = lay({E01: form(log, proposals=[PROPOSED])})
    log.unread.add("team")
    assert list(read_proposals(folder, edition.entries, log, led_by(edition, None))) == ["F01"]
    assert log.faults == []


def test_jav_that_is_known_later_leaves_out_proposals_of_forms_alone(log: InputLog) -> None:
    proposals = {
        "F01": Proposal("F01", ProposalKind.AWARD, "", Source(E01, 2), "E01"),
        "F02": Proposal("F02", ProposalKind.AWARD, "", None, "E01"),
        "F03": Proposal("F03", ProposalKind.NONE, "", Source("proposals.csv", 2)),
        "F04": Proposal("F04", ProposalKind.NONE, "", None, "E01"),
    }
    log.tally(E01, 8, 6, 2, 0)
    own = Examiner("E01", jav=tuple(Jav(entry, "chef") for entry in ("F01", "F02", "F03")))
    assert list(without_jav(proposals, [own, Examiner("E02")], log)) == ["F03", "F04"]
    assert [str(warning.where) for warning in log.warnings] == [f"{E01}:2", "marks"]
    assert log.tallies == [CellTally(E01, 8, 5, 2, 1)]


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
    rows = {L1: AGREED, other: {**AGREED, "mark": "55"}}
    folder = lay({f: form(log, f, examiner=None, consensus=[row]) for f, row in rows.items()})
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


def test_a_form_with_the_same_answers_in_other_bytes_is_a_copy(
    lay: Lay, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    given = {"marks": [MARK], "remarks": [remark("F01")], "others": [{"remark": "Tydlig"}]}
    other = "marks/E01 igen.xlsx"
    folder = lay({f: form(log, f, **given) for f in (E01, other)})
    assert len(read_marks(folder, scheme, edition, log).valid) == 1
    assert log.faults == []
    assert [str(warning) for warning in log.warnings] == [
        "marks/E01.xlsx: the file is a copy of marks/E01 igen.xlsx and is not read again"
        " (delete one of them)"
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"marks": [{**MARK, "comment": "x"}]},
        {"marks": [MARK, {**MARK, "question": "12a"}]},
        {"remarks": [remark("F01", area="b")]},
        {"proposals": [PROPOSED]},
    ],
)
def test_a_form_that_says_anything_else_is_no_copy(
    change: dict[str, Rows], lay: Lay, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    same = {"marks": [MARK], "remarks": [remark("F01")]}
    other = "marks/E01 igen.xlsx"
    folder = lay({E01: form(log, **{**same, **change}), other: form(log, other, **same)})
    read_marks(folder, scheme, edition, log)
    assert [fault.code for fault in log.faults] == ["two-forms"]


NAMED_AFTER = [
    ("marks/E02.xlsx", "E02"),
    ("marks/e02.XLSX", "E02"),
    ("consensus/L2-gemensamt.xlsx", "L2"),
    ("consensus/l2.xlsx", "L2"),
]


@pytest.mark.parametrize("case", NAMED_AFTER)
def test_a_form_that_is_named_after_somebody_else_is_refused(
    case: tuple[str, str], lay: Lay, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    file, named = case
    held = (
        form(log, file, marks=[MARK])
        if named == "E02"
        else form(log, file, examiner=None, consensus=[AGREED])
    )
    assert read_marks(lay({file: held}), scheme, edition, log) == Marks()
    (said,) = faults(log)
    own = {"E02": "E01", "L2": "L1"}[named]
    assert said.startswith(
        f"{file}: the file is named after {named} and holds the form of {own} (ask who"
    )
    assert log.tallies == [CellTally(file, 4, 0, 0, 4)]


@pytest.mark.parametrize("name", ["E01.xlsx", "E1.xlsx", "L2.xlsx", "E02 och E01.xlsx"])
def test_any_other_name_of_a_form_is_fine(
    name: str, lay: Lay, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    file = f"marks/{name}"
    folder = lay({file: form(log, file, marks=[MARK])})
    assert len(read_marks(folder, scheme, edition, log).valid) == 1
    assert log.faults == []


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
        "marks/E01.xlsx: e01.csv, E01.xlsx have the same name; one of them was expected"
        " (look which one holds; rename it if both count, or move the other one away)"
    ]


def test_a_folder_that_cannot_be_listed_holds_no_forms(write: Write, edition: Edition) -> None:
    log = InputLog()
    assert read_remarks(write({"marks": "a file"}), edition, log) == ()
    assert log.faults == []


@pytest.mark.parametrize("other", ["marks/E01 (2).xlsx", "marks/E01x.xlsx"])
def test_an_empty_form_beside_the_filled_one_is_set_aside(
    lay: Lay, scheme: Scheme, edition: Edition, log: InputLog, other: str
) -> None:
    folder = lay({E01: form(log, marks=[MARK]), other: form(log, other)})
    assert len(read_marks(folder, scheme, edition, log).valid) == 1
    assert log.faults == []
    assert [str(warning) for warning in log.warnings] == [
        f"{other}: the form is empty and set aside for marks/E01.xlsx (delete it)"
    ]


def test_sheets_of_a_form_without_its_hidden_sheet_are_one_fault(
    lay: Lay, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    key = Cell(1, 1, CellKind.TEXT, "kvaljury/stockholm-2025/2025/examiner/E01/entry/F01")
    bared = Workbook(E01, (Sheet("F01", Visibility.VISIBLE, {(1, 1): key}),), "bared")
    folder = lay({}, {E01: bared})
    assert read_marks(folder, scheme, edition, log) == Marks()
    assert [fault.code for fault in log.faults] == ["broken-form"]


def test_deliveries_that_are_not_read_are_told(
    lay: Lay, scheme: Scheme, edition: Edition, log: InputLog
) -> None:
    files = ["marks/E02.pdf", "consensus/L1.zip", "marks/nya/E02.csv", "marks/läs.txt"]
    folder = lay({E01: form(log, marks=[MARK])}, others=dict.fromkeys(files, "x"))
    for _ in range(2):
        read_marks(folder, scheme, edition, log)
    unread = [str(w) for w in log.warnings if w.code == "unread-file"]
    assert [said.partition(" (ask")[0].partition(" (move")[0] for said in unread] == [
        "marks/E02.pdf: the file is not read: workbooks (.xlsx) and CSV files are",
        "marks/nya: folders within the folder are not read",
        "consensus/L1.zip: the file is not read: workbooks (.xlsx) and CSV files are",
    ]

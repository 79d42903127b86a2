"""How far a year has come as tables, words and JSON, made by hand."""

from datetime import date, datetime
from fractions import Fraction

import attrs
import pytest

from kvaljury.core.model import (
    Deadline,
    DeadlineKind,
    DividedEntry,
    DocumentCheck,
    Entry,
    Examiner,
    Kind,
    Moment,
    Remark,
    RemarkKind,
    Team,
    VisitDocument,
)
from kvaljury.core.model.drift import Drift
from kvaljury.core.model.progress import (
    ConsensusProgress,
    DeadlineProgress,
    Deliverer,
    Discussion,
    DocumentProgress,
    EditionProgress,
    ExaminerProgress,
    LeafSpread,
    MarkCount,
    ReadingKind,
    ReadingProgress,
    TeamProgress,
)
from kvaljury.errors import Text
from kvaljury.files.progress_documents import ProgressDocument, progress_json
from kvaljury.files.progress_spreadsheets import progress_xlsx
from kvaljury.files.progress_tables import (
    discussions_table,
    examiners_table,
    leaves_table,
    missing_table,
    readings_table,
    teams_table,
    unseen_table,
    verify_table,
)
from kvaljury.files.progress_wording import (
    deadline_moment,
    next_deadline_sentences,
    summary_sentences,
    time_left,
    who_is_missing,
)
from tests.cli.ranking_examples import EDITION

DAY = date(2025, 5, 7)
PEOPLE = (Examiner("E01", "Kim Exempel"), Examiner("E02"))
RULES = attrs.evolve(
    EDITION.rules, documents=(VisitDocument("plan", Text("Annual plan"), "S25:137"),)
)
YEAR = attrs.evolve(
    EDITION,
    rules=RULES,
    examiners=PEOPLE,
    entries=(Entry(id="F01", name="Blåklockan", entry_class="forskola", kind=Kind.PRESCHOOL),),
    teams=(Team("L1", "E01", ("E01",), ("F01",)),),
)
LEAF = next(RULES.leaves()).id
AREA = RULES.areas[0]


def due(kind=DeadlineKind.BID, left=0, missing=(), deliverer=Deliverer.ENTRY, at=None):
    moment = at or Moment(datetime(2025, 5, 8))  # noqa: DTZ001  # local, naive
    deadline = Deadline("D1", kind, Text("Bids"), moment, "S25:82")
    return DeadlineProgress(deadline, DAY, left, deliverer, missing, 3)


def reading(entry, given, kind=ReadingKind.HOME, missing=()):
    return ReadingProgress(entry, "E01", kind, MarkCount(given, 4, missing))


def progress(**changes):
    return attrs.evolve(EditionProgress(DAY, (), (), (), 20.0), **changes)


def texts(table):
    return [[str(cell) for cell in row] for row in table.rows]


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (2, "2 days left"),
        (1, "1 day left"),
        (0, "today"),
        (-1, "passed yesterday"),
        (-2, "passed 2 days ago"),
    ],
)
def test_days_left_are_told_as_people_say_them(left, words):
    assert str(time_left(due(left=left))) == words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (Moment(datetime(2025, 5, 8)), "2025-05-07 at 24.00"),  # noqa: DTZ001  # local, naive
        (Moment(datetime(2025, 5, 7, 10)), "2025-05-07 at 10.00"),  # noqa: DTZ001  # likewise
        (Moment(datetime(2025, 5, 7, 10, 0, 30)), "2025-05-07 at 10.00.30"),  # noqa: DTZ001  # likewise
        (Moment(datetime(2025, 5, 7), whole_day=True), "2025-05-07"),  # noqa: DTZ001  # likewise
    ],
)
def test_a_moment_is_written_as_people_do(at, words):
    assert str(deadline_moment(due(at=at))) == words


def test_who_is_missing_is_named_counted_or_nobody():
    names = {"F01": "Eken"}
    assert str(who_is_missing(due(missing=("F01", "F02")), names)) == (
        "missing from 2 of 3 entries: F01 Eken, F02"
    )
    assert "examiners" in str(
        who_is_missing(due(missing=("E1",), deliverer=Deliverer.EXAMINER), names)
    )
    assert "teams" in str(who_is_missing(due(missing=("L1",), deliverer=Deliverer.TEAM), names))
    assert str(who_is_missing(due(), names)) == "nothing is missing"
    assert str(who_is_missing(due(deliverer=Deliverer.NOBODY), names)) == "–"


def test_the_next_deadlines_are_told_one_a_sentence_and_their_absence_too():
    assert [str(t) for t in next_deadline_sentences(progress(), {})] == [
        "The edition has no deadlines."
    ]
    over = progress(deadlines=(due(left=-1),))
    assert [str(t) for t in next_deadline_sentences(over, {})] == ["All deadlines have passed."]
    two = progress(deadlines=(due(), due(DeadlineKind.CEREMONY, deliverer=Deliverer.NOBODY)))
    assert [str(t) for t in next_deadline_sentences(two, {})] == [
        "Next: Bids, 2025-05-07 at 24.00 (today): nothing is missing",
        "Next: Bids, 2025-05-07 at 24.00 (today): –",
    ]


PARTLY = reading("F01", 3, missing=("1", "2a"))
EXAMINER = ExaminerProgress(
    "E01",
    "Kim Exempel",
    "L1",
    (
        PARTLY,
        reading("F02", 4),
        reading("F03", 0, missing=("1",)),
        reading("F04", 1, ReadingKind.EXTRA, ("2b",)),
    ),
    ("F09",),
)
HOMELESS = ExaminerProgress("E02", None, None, ())
TEAM = TeamProgress(
    "L1",
    None,
    "E01",
    filed=("F02",),
    unfiled=("F01",),
    consensus=(
        ConsensusProgress("F01", MarkCount(1, 4, ("2a",))),
        ConsensusProgress("F02", MarkCount(4, 4)),
        ConsensusProgress("F03", MarkCount(0, 4, ("1", "2a"))),
    ),
    documents=(
        DocumentProgress("F01", (), (), ("plan",)),
        DocumentProgress("F02", ("plan",), (), ("plan",)),
        DocumentProgress("F03", ("plan",), (), ()),
    ),
)
BARE = TeamProgress("L2", None, None, (), ())
FULL = progress(
    examiners=(HOMELESS, EXAMINER),
    teams=(TEAM, BARE),
    deadlines=(
        due(missing=("F01", "F77")),
        due(DeadlineKind.MARKS, missing=("E01",), deliverer=Deliverer.EXAMINER),
    ),
    discussions=(
        Discussion(
            DividedEntry("F01", "E01", 40.0, "E02", 70.0, 30.0),
            is_preliminary=False,
            leaves=(LeafSpread(LEAF, "E01", Fraction(10), "E02", Fraction(95)),),
        ),
    ),
    to_verify=(
        Remark("F01", "E01", AREA.id, RemarkKind.VERIFY, "=HYPERLINK(1)"),
        Remark("F01", "E01", "", RemarkKind.VERIFY, "allt"),
        Remark("F01", "E01", "gone", RemarkKind.VERIFY, "rest"),
    ),
    not_seen=(
        DocumentCheck("F01", "plan", False, "hos HR"),
        DocumentCheck("F01", "gone", False),
    ),
)


def test_the_summary_counts_what_is_asked_for_alone():
    assert [str(text) for text in summary_sentences(FULL)] == [
        "Marks: 7 of 12. Complete readings: 1 of 3.",
        "Proposals: 1 of 2 entries.",
    ]


def test_examiners_stand_by_team_with_their_jav():
    assert texts(examiners_table(FULL, YEAR)) == [
        ["", "E02", "0", "0", "0", "0", "complete", ""],
        ["L1", "E01 Kim Exempel", "1", "3", "7", "12", "begun", "F09"],
    ]


def test_every_reading_is_listed_or_those_alone_that_are_begun():
    every = texts(readings_table(FULL, YEAR))
    assert [row[3] for row in every] == ["home team"] * 3 + ["not asked for"]
    assert [row[-1] for row in every] == ["1, 2a", "", "1", "2b"]
    (begun,) = texts(readings_table(FULL, YEAR, only_partly=True))
    assert begun[4:] == ["3", "4", "begun", "1, 2a"]


def test_a_team_has_sums_and_a_dash_where_nothing_is_asked_for():
    first, second = teams_table(FULL, YEAR).rows
    assert first == ("L1", "E01 Kim Exempel", 1, 2, 5, 12, 2, 0, 2, "F01")
    assert second == ("L2", "", 0, 0, None, None, None, None, None, "")


def test_each_thing_that_is_missing_has_a_row():
    rows = texts(missing_table(FULL, YEAR))
    name = "F01 Blåklockan"
    assert rows[0] == ["Bids", "L1", name, name, "not begun", ""]
    assert [row[0] for row in rows] == [
        *["Bids"] * 2,
        *["Marks"] * 2,
        "Proposal",
        *["Marks agreed on"] * 2,
        *["Documents of the visit"] * 2,
    ]
    assert rows[1] == ["Bids", "", "F77", "F77", "not begun", ""]
    assert rows[2] == ["Marks", "L1", "E01 Kim Exempel", name, "begun", "1, 2a"]
    assert rows[3][4:] == ["not begun", ""]
    assert rows[5][4:] == ["begun", "2a"]
    assert rows[6][4:] == ["not begun", ""]
    assert [row[4] for row in rows[7:]] == ["not begun", "begun"]


def test_who_stands_for_a_team_without_coordinator_is_the_team():
    team = attrs.evolve(BARE, unfiled=("F01",))
    (row,) = texts(missing_table(progress(teams=(team,)), YEAR))
    assert row[1:3] == ["L2", "L2"]


def test_divided_entries_say_whether_that_may_change():
    (sure,) = discussions_table(FULL, YEAR).rows
    assert sure[1:] == (40.0, "E01", 70.0, "E02", 30.0, "")
    early = attrs.evolve(FULL.discussions[0], is_preliminary=True)
    ((*_, remark),) = discussions_table(progress(discussions=(early,)), YEAR).rows
    assert str(remark) == "preliminary: not all marks are in"
    ((_, leaf, *rest, _),) = leaves_table(FULL, YEAR).rows
    assert (leaf, *rest) == (LEAF, 10.0, "E01", 95.0, "E02", 85.0)


def test_what_is_to_be_verified_and_was_not_seen_keeps_its_words():
    assert [row[1:] for row in texts(verify_table(FULL, YEAR))] == [
        [str(AREA.label), "E01", "=HYPERLINK(1)"],
        ["the entry as a whole", "E01", "allt"],
        ["gone", "E01", "rest"],
    ]
    assert [row[1:] for row in texts(unseen_table(FULL, YEAR))] == [
        ["Annual plan", "hos HR"],
        ["gone", ""],
    ]


def document(found):
    return ProgressDocument(YEAR, found, Drift(), {"edition.toml": "ab"}, str)


def test_the_workbook_is_made_of_anything_and_the_same_each_time():
    for found in (progress(), FULL):
        assert progress_xlsx(document(found)) == progress_xlsx(document(found))
    assert progress_xlsx(document(progress())) != progress_xlsx(document(FULL))


def test_json_tells_remarks_documents_and_inputs():
    told = progress_json(document(FULL))
    assert told["inputs"] == {"edition.toml": "ab"}
    assert told["to_verify"][1] == {
        "entry": "F01",
        "area": "",
        "examiner": "E01",
        "text": "allt",
    }
    assert told["documents_not_seen"][0]["remark"] == "hos HR"
    assert told["examiners"][1]["jav"] == ["F09"]
    assert told["deadlines"][1]["ends"] == "2025-05-08T00:00:00"
    assert told["teams"][0]["documents"][0]["unanswered"] == ["plan"]
    whole = due(at=Moment(datetime(2025, 5, 7), whole_day=True))  # noqa: DTZ001  # local, naive
    assert progress_json(document(progress(deadlines=(whole,))))["deadlines"][0]["ends"] is None

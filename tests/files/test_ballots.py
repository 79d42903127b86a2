"""Ballots in tables and forms: every answer once, every fault told where it stands."""

from __future__ import annotations

import io

import attrs
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.core.model import Marks, Nomination, ProposalKind
from kvaljury.core.model.jury import Answer, Ballot, Grade, Juror, Jury, Role
from kvaljury.files.ballots import read_ballots
from kvaljury.files.forms.ballots import (
    GRADE_CHOICES,
    MENTION_CHOICES,
    BallotClass,
    BallotPaper,
    BallotRow,
    ballot_layout,
)
from kvaljury.files.forms.layout import FormKind
from kvaljury.files.forms.writing import form_bytes
from kvaljury.files.jury_tables import ballots_csv, nominations_csv
from kvaljury.files.log import InputLog
from kvaljury.files.marks import read_mark_files
from kvaljury.files.proposals import read_nominations
from kvaljury.files.value_words import ANSWERS, GRADES
from tests.core.jury_examples import ENTRIES

JURY = Jury((Juror("J1", "Anna", Role.CHAIR), Juror("J2", "Bo"), Juror("J3", "Carin")))
FOR = {"F01": ProposalKind.AWARD, "F02": ProposalKind.MENTION, "K01": ProposalKind.NONE}
HEAD = "juror,entry,grade,mention\n"


@pytest.fixture
def nominated(edition):
    return attrs.evolve(
        edition, nominations={name: Nomination(name, kind, "r", "b") for name, kind in FOR.items()}
    )


def read(write, edition, log, text, **files):
    folder = write({"ballots/all.csv": text, **files})
    return read_ballots(folder, edition.entries, JURY, log, {}, edition=edition)


def told(log):
    return [(fault.code, str(fault.where)) for fault in log.faults]


def test_each_word_is_a_grade_or_a_state_in_both_languages(write, nominated, log) -> None:
    text = HEAD + "J1,F01,worthy_now,yes\nJ2,F01,kan få,nej\nJ3,F01,avstår,\n"
    assert read(write, nominated, log, text) == (
        Ballot("J1", "F01", Answer.YES, Grade.WORTHY_NOW, Answer.YES),
        Ballot("J2", "F01", Answer.YES, Grade.COULD_RECEIVE, Answer.NO),
        Ballot("J3", "F01", Answer.ABSTAINS, None, Answer.ABSTAINS),
    )
    assert not log.faults
    assert sum(tally.cells for tally in log.tallies) == 12


def test_swedish_headers_are_read(write, nominated, log) -> None:
    text = "Ledamot;Bidrag;Omdöme;Hedersomnämnande\nJ1;F01;inte nu;avstår\n"
    (ballot,) = read(write, nominated, log, text)
    assert (ballot.grade, ballot.mention) == (Grade.NOT_NOW, Answer.ABSTAINS)


@pytest.mark.parametrize("word", ["jäv", "frånvarande"])
def test_jav_and_absence_hold_for_grade_and_mention(write, nominated, log, word) -> None:
    text = HEAD + f"J1,F01,{word},\nJ2,F01,{word},{word}\nJ3,F02,,{word}\n"
    ballots = read(write, nominated, log, text)
    assert {(b.state, b.mention, b.grade) for b in ballots} == {
        (ANSWERS.meaning(word), ANSWERS.meaning(word), None)
    }
    assert len(ballots) == 3


@pytest.mark.parametrize(
    "row", ["J1,F01,jäv,ja", "J1,F01,kan få,jäv", "J1,F01,kan få,frånvarande", "J1,F01,absent,no"]
)
def test_who_is_away_says_nothing_else(write, nominated, log, row) -> None:
    assert read(write, nominated, log, HEAD + row + "\n") == ()
    assert told(log) == [("contradiction", "ballots/all.csv:2: mention")]


def test_a_nominee_for_a_mention_needs_no_grade(write, nominated, log) -> None:
    ballots = read(write, nominated, log, HEAD + "J1,F02,,ja\nJ2,F02,,avstår\n")
    assert [(b.state, b.grade, b.mention) for b in ballots] == [
        (Answer.YES, None, Answer.YES),
        (Answer.ABSTAINS, None, Answer.ABSTAINS),
    ]


def test_a_mention_without_a_grade_of_a_nominee_for_the_award_is_a_fault(
    write, nominated, log
) -> None:
    assert read(write, nominated, log, HEAD + "J1,F01,,ja\n") == ()
    assert told(log) == [("empty-field", "ballots/all.csv:2: grade")]


def test_a_row_without_answers_is_no_ballot(write, nominated, log) -> None:
    assert read(write, nominated, log, HEAD + "J1,F01,,\n") == ()
    assert not log.faults


def test_every_fault_is_told_at_once(write, nominated, log) -> None:
    rows = [
        "J9,F01,kan få,",
        "J1,F09,kan få,",
        "J1,F01,toppen,",
        "J1,S01,kan få,",
        "J1,K01,inte nu,",
        "J2,F01,kan få,ja",
        "J2,F01,inte nu,ja",
    ]
    ballots = read(write, nominated, log, HEAD + "\n".join(rows) + "\n")
    assert [ballot.grade for ballot in ballots] == [Grade.COULD_RECEIVE]
    assert told(log) == [
        ("unknown-juror", "ballots/all.csv:2: juror"),
        ("unknown-entry", "ballots/all.csv:3: entry"),
        ("unknown-word", "ballots/all.csv:4: grade"),
        ("not-nominated", "ballots/all.csv:5: entry"),
        ("not-nominated", "ballots/all.csv:6: entry"),
        ("same-ballot", "ballots/all.csv:8: entry"),
    ]
    assert "ballots/all.csv:7" in str(log.faults[-1])


def test_an_unknown_juror_in_several_places_is_one_fault(write, nominated, log) -> None:
    read(write, nominated, log, HEAD + "JJ,F01,kan få,\nJJ,F02,,ja\n")
    assert [str(fault.message) for fault in log.faults] == [
        'the member "JJ" is unknown; it stands in 2 places here'
    ]


def test_without_an_edition_nominations_are_not_looked_at(write, edition, log) -> None:
    folder = write({"ballots/all.csv": HEAD + "J1,S01,kan få,ja\n"})
    assert len(read_ballots(folder, edition.entries, JURY, log, {})) == 1


def test_ballots_without_a_jury_are_a_fault(write, nominated, log) -> None:
    folder = write({"ballots/all.csv": HEAD + "J1,F01,kan få,\n"})
    assert read_ballots(folder, nominated.entries, None, log, {}) == ()
    assert told(log) == [("missing-jury", "jury.toml")]


def test_ballots_beside_a_faulty_jury_are_passed_over(write, nominated, log) -> None:
    folder = write({"ballots/all.csv": HEAD + "J1,F01,kan få,\n", "jury.toml": "x"})
    assert read_ballots(folder, nominated.entries, None, log, {}) == ()
    assert not log.faults


def test_no_folder_means_no_ballots(write, nominated, log) -> None:
    assert read_ballots(write({}), nominated.entries, None, log, {}) == ()
    assert log == InputLog()


def test_a_code_of_a_blind_round_names_its_entry(write, nominated, log) -> None:
    folder = write(
        {"ballots/all.csv": HEAD + "J1,b07,kan få,ja\nJ2,F01,kan få,ja\nJ1,F01,inte nu,\n"}
    )
    ballots = read_ballots(
        folder, nominated.entries, JURY, log, {"F01": "B07", "Z9": "B08"}, edition=nominated
    )
    assert [(b.juror, b.entry) for b in ballots] == [("J1", "F01"), ("J2", "F01")]
    assert told(log) == [("same-ballot", "ballots/all.csv:4: entry")]


def test_a_copy_of_a_file_is_read_once(write, nominated, log) -> None:
    text = HEAD + "J1,F01,kan få,ja\n"
    assert len(read(write, nominated, log, text, **{"ballots/copy.csv": text})) == 1
    assert [warning.code for warning in log.warnings] == ["same-file"]
    assert not log.faults


def test_a_broken_file_is_refused_whole(write, nominated, log) -> None:
    assert read(write, nominated, log, "") == ()
    assert [fault.code for fault in log.faults] == ["empty-file"]
    log = InputLog()
    assert read(write, nominated, log, HEAD, **{"ballots/x.xlsx": b"no workbook"}) == ()
    assert log.faults


def test_a_plain_workbook_is_a_table(write, nominated, log) -> None:
    book = openpyxl.Workbook()
    for row in (("ledamot", "bidrag", "omdöme", "hedersomnämnande"), ("J1", "F01", "kan få", "ja")):
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    (ballot,) = read(write, nominated, log, HEAD, **{"ballots/b.xlsx": buffer.getvalue()})
    assert str(ballot.source) == "ballots/b.xlsx: sheet Sheet, row 2"


PAPER = BallotPaper(
    "J1",
    "Anna",
    (
        BallotClass(
            "Skola",
            (
                BallotRow("F01", "Enheten F01", ProposalKind.AWARD),
                BallotRow("F02", "Enheten F02", ProposalKind.MENTION),
                BallotRow("S01", "Enheten S01", ProposalKind.AWARD, "Jäv: närstående"),
            ),
        ),
        BallotClass("Vård", (BallotRow("K01", "x", ProposalKind.AWARD),), "Jäv: chef"),
    ),
)


def form(edition, answers=None, paper=PAPER):
    """Make a ballot, and write answers into its yellow cells by entry."""
    content = form_bytes(ballot_layout(paper, edition, str, "en"))
    if answers is None:
        return content
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["Ballot"]
    for row in sheet.iter_rows(min_row=2):
        given = answers.get(str(row[1].value))
        for cell, value in zip(row[4:6], given or (), strict=False):
            cell.value = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_ballot_that_was_filled_in_is_read(write, nominated, log) -> None:
    content = form(nominated, {"F01": ("worthy now", "no"), "F02": (None, "yes")})
    folder = write({"ballots/J1.xlsx": content})
    ballots = read_ballots(folder, nominated.entries, JURY, log, {}, edition=nominated)
    assert not log.faults
    assert ballots == (
        Ballot("J1", "F01", Answer.YES, Grade.WORTHY_NOW, Answer.NO),
        Ballot("J1", "F02", Answer.YES, None, Answer.YES),
    )
    (tally,) = log.tallies
    assert (tally.cells, tally.accepted, tally.blank, tally.refused) == (3, 3, 0, 0)
    assert str(ballots[0].source).startswith("ballots/J1.xlsx: sheet Ballot, cell ")


def test_an_empty_ballot_is_none_that_was_handed_in(write, nominated, log) -> None:
    folder = write({"ballots/J1.xlsx": form(nominated)})
    assert read_ballots(folder, nominated.entries, JURY, log, {}, edition=nominated) == ()
    assert not log.faults


def test_who_has_jav_is_asked_nothing(nominated) -> None:
    layout = ballot_layout(PAPER, nominated, str, "en")
    asked = [line.subject.entry for line in layout.sheets[1].lines if line.subject]
    assert asked == ["F01", "F02"]


def test_a_blind_ballot_says_what_codes_are(nominated) -> None:
    plain, blind = (
        ballot_layout(attrs.evolve(PAPER, is_blind=is_blind), nominated, str, "en")
        for is_blind in (False, True)
    )
    assert len(blind.sheets[0].lines) == len(plain.sheets[0].lines) + 1


def test_a_ballot_of_another_year_is_refused(write, nominated, log) -> None:
    content = form(attrs.evolve(nominated, year=2024), {"F01": ("worthy now", "no")})
    folder = write({"ballots/J1.xlsx": content})
    assert read_ballots(folder, nominated.entries, JURY, log, {}, edition=nominated) == ()
    assert [fault.code for fault in log.faults] == ["other-edition"]
    assert len(read_ballots(folder, nominated.entries, JURY, InputLog(), {})) == 1


def test_a_ballot_whose_hidden_sheet_was_changed_is_refused(write, nominated, log) -> None:
    book = openpyxl.load_workbook(io.BytesIO(form(nominated)))
    book["kvaljury"]["B6"] = "J2"
    buffer = io.BytesIO()
    book.save(buffer)
    folder = write({"ballots/J1.xlsx": buffer.getvalue()})
    assert read_ballots(folder, nominated.entries, JURY, log, {}, edition=nominated) == ()
    assert [fault.code for fault in log.faults] == ["broken-form"]


def test_a_ballot_among_the_marks_is_told_where_it_belongs(write, nominated, scheme, log) -> None:
    folder = write({"marks/J1.xlsx": form(nominated, {"F01": ("worthy now", "no")})})
    assert read_mark_files(folder, scheme, nominated, log) == Marks()
    assert [(fault.code, str(fault.hint)) for fault in log.faults] == [
        ("wrong-folder", "move the file to the folder ballots")
    ]


@pytest.mark.parametrize(("kind", "place"), [("examiner", "marks"), ("team", "consensus")])
def test_another_form_among_the_ballots_is_told_where_it_belongs(
    write, nominated, log, kind, place
) -> None:
    layout = attrs.evolve(ballot_layout(PAPER, nominated, str, "en"), kind=FormKind(kind))
    folder = write({"ballots/x.xlsx": form_bytes(layout)})
    assert read_ballots(folder, nominated.entries, JURY, log, {}, edition=nominated) == ()
    assert str(log.faults[0].hint) == f"move the file to the folder {place}"


def test_the_same_ballot_gives_the_same_bytes(nominated) -> None:
    assert form(nominated) == form(nominated)


def test_words_to_choose_from_are_words_that_are_read() -> None:
    assert None not in [GRADES.meaning(str(choice)) for choice in GRADE_CHOICES]
    assert None not in [ANSWERS.meaning(str(choice)) for choice in MENTION_CHOICES]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_plain_template_is_read_when_it_is_filled_in(write, nominated, log, language) -> None:
    template = ballots_csv([("J1", "F01"), ("J2", "F01")], language).decode("utf-8-sig")
    assert read(write, nominated, log, template) == ()
    filled = template.replace("J2;F01;;", "J2;F01;kan få;ja")
    (ballot,) = read(write, nominated, log, filled)
    assert (ballot.juror, ballot.grade) == ("J2", Grade.COULD_RECEIVE)
    assert not log.faults


@pytest.mark.parametrize("language", ["sv", "en"])
def test_nominations_that_are_written_are_read_again(write, edition, log, language) -> None:
    listed = [
        Nomination(name, kind, "skäl; med tecken", "Kim")
        for name, kind in (("F01", ProposalKind.AWARD), ("F02", ProposalKind.NONE))
    ]
    folder = write({"nominations.csv": nominations_csv(listed, language)})
    assert list(read_nominations(folder, edition.entries, log).values()) == listed
    assert not log.faults


@given(st.lists(st.sampled_from(sorted(GRADES.by_word)), min_size=3, max_size=3))
def test_every_word_of_the_contract_gives_one_ballot(tmp_path_factory, words) -> None:
    folder = tmp_path_factory.mktemp("ballots")
    (folder / "ballots").mkdir()
    rows = "".join(f"J{n},F01,{word},\n" for n, word in enumerate(words, start=1))
    (folder / "ballots/all.csv").write_text(HEAD + rows, encoding="utf-8")
    log = InputLog()
    assert len(read_ballots(folder, ENTRIES, JURY, log, {})) == 3
    assert not log.faults

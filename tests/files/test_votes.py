"""Votes and motivations: one vote of each juror on each item, every fault where it stands."""

from __future__ import annotations

import attrs
import pytest

from kvaljury.core.model import Nomination, ProposalKind
from kvaljury.core.model.jury import Answer, Juror, Jury, Motivation, Role, Vote
from kvaljury.files.log import InputLog
from kvaljury.files.votes import read_motivations, read_votes

JURY = Jury((Juror("J1", "Anna", Role.CHAIR), Juror("J2", "Bo")))
HEAD = "class,entry,for,juror,vote,reservation\n"


def read(write, edition, classes, log, text):
    folder = write({"votes.csv": text})
    return read_votes(folder, edition.entries, classes, JURY, log, edition=edition)


def told(log):
    return [(fault.code, str(fault.where)) for fault in log.faults]


def test_votes_are_read_in_the_order_of_the_file(write, edition, classes, log) -> None:
    text = HEAD + "skola,S01,award,J2,no,Svagt underlag\nskola,S01,award,J1,yes,\n"
    assert read(write, edition, classes, log, text) == (
        Vote("skola", "S01", ProposalKind.AWARD, "J2", Answer.NO, "Svagt underlag"),
        Vote("skola", "S01", ProposalKind.AWARD, "J1", Answer.YES),
    )
    assert log.tallies[0].accepted == 11


def test_swedish_words_and_titles_of_classes_are_read(write, edition, classes, log) -> None:
    text = "klass;bidrag;förslag;ledamot;röst\nSkola;S01;hedersomnämnande;J1;avstår\n"
    assert read(write, edition, classes, log, text) == (
        Vote("skola", "S01", ProposalKind.MENTION, "J1", Answer.ABSTAINS),
    )


@pytest.mark.parametrize("word", ["alla", "All"])
def test_a_vote_of_everyone_has_no_juror_and_single_votes_stand_beside(
    write, edition, classes, log, word
) -> None:
    text = HEAD + f"skola,S01,award,{word},yes,\nskola,S01,award,J2,no,\n"
    assert [vote.juror for vote in read(write, edition, classes, log, text)] == ["", "J2"]
    assert not log.faults


def test_nobody_gets_the_award_is_voted_on_without_an_entry(write, edition, classes, log) -> None:
    (vote,) = read(write, edition, classes, log, HEAD + "skola,,none,alla,yes,\n")
    assert (vote.entry, vote.proposed) == ("", ProposalKind.NONE)


def test_every_fault_is_told_at_once(write, edition, classes, log) -> None:
    rows = [
        "skolen,S01,award,J1,yes,",
        "forskola,S01,award,J1,yes,",
        "skola,S09,award,J1,yes,",
        "skola,S01,pris,J1,yes,",
        "skola,S01,award,J9,yes,",
        "skola,S01,award,J1,kanske,",
        "skola,,award,J1,yes,",
        "skola,S01,none,J1,yes,",
        "skola,S01,award,alla,jav,",
        "skola,S01,award,alla,yes,Nej!",
        ",S01,award,J1,,",
    ]
    assert read(write, edition, classes, log, HEAD + "\n".join(rows) + "\n") == ()
    assert [code for code, _ in told(log)] == [
        "unknown-class",
        "other-class",
        "unknown-entry",
        "unknown-word",
        "unknown-juror",
        "unknown-word",
        "empty-field",
        "entry-of-none",
        "state-of-everyone",
        "reservation-of-everyone",
        "empty-field",
        "empty-field",
    ]
    assert [where for _, where in told(log)][:2] == ["votes.csv:2: class", "votes.csv:3: entry"]


@pytest.mark.parametrize(("juror", "said"), [("J1", "J1 has voted"), ("alla", "everyone has")])
def test_a_second_vote_on_an_item_is_a_fault(  # noqa: PLR0917  # fixtures
    write, edition, classes, log, juror, said
) -> None:
    text = HEAD + f"skola,S01,award,{juror},yes,\nskola,S01,award,{juror},no,\n"
    (vote,) = read(write, edition, classes, log, text)
    assert vote.answer is Answer.YES
    assert told(log) == [("same-vote", "votes.csv:3: juror")]
    assert str(log.faults[0].message).startswith(said)


def test_where_classes_could_not_be_read_nothing_more_is_said_of_votes(
    write, edition, classes, log
) -> None:
    folder = write({"votes.csv": HEAD + "skola,S01,award,J1,yes,\n"})
    assert read_votes(folder, edition.entries, None, JURY, log) == ()
    assert not log.faults


def test_votes_without_a_jury_are_a_fault(write, edition, classes, log) -> None:
    folder = write({"votes.csv": HEAD + "skola,S01,award,J1,yes,\n"})
    assert read_votes(folder, edition.entries, classes, None, log) == ()
    assert told(log) == [("missing-jury", "jury.toml")]


def test_votes_beside_a_faulty_jury_are_passed_over(write, edition, classes, log) -> None:
    folder = write({"votes.csv": HEAD + "skola,S01,award,J1,yes,\n", "jury.toml": "x"})
    assert read_votes(folder, edition.entries, classes, None, log) == ()
    assert not log.faults


def test_a_broken_table_is_refused(write, edition, classes, log) -> None:
    assert read(write, edition, classes, log, "\n") == ()
    assert [fault.code for fault in log.faults] == ["empty-file"]


def test_two_tables_are_refused(write, edition, classes, log) -> None:
    folder = write({"votes.csv": HEAD, "votes.xlsx": b"x"})
    assert read_votes(folder, edition.entries, classes, JURY, log) == ()
    assert [fault.code for fault in log.faults] == ["several-files"]


def test_no_file_means_no_votes(write, edition, classes, log) -> None:
    assert read_votes(write({}), edition.entries, classes, None, log) == ()
    assert read_motivations(write({}), edition.entries, log) == {}
    assert log == InputLog()


def test_motivations_are_read_by_entry(write, edition, log) -> None:
    text = "bidrag;motivering;av\nS01;Helhet över tid.;Anna\nF01;Mod.;Bo\n"
    found = read_motivations(write({"motivations.csv": text}), edition.entries, log, edition)
    assert list(found.items()) == [
        ("F01", Motivation("F01", "Mod.", "Bo")),
        ("S01", Motivation("S01", "Helhet över tid.", "Anna")),
    ]
    assert not log.faults


def test_motivations_are_whole_and_stand_once(write, edition, log) -> None:
    text = "entry;motivation;by\nS01;A;Anna\nS01;B;Anna\nF01;;Anna\nF09;C;Anna\nF02;D;\n"
    found = read_motivations(write({"motivations.csv": text}), edition.entries, log)
    assert {entry: one.text for entry, one in found.items()} == {"S01": "A"}
    assert told(log) == [
        ("same-entry", "motivations.csv:3: entry"),
        ("empty-field", "motivations.csv:4: motivation"),
        ("unknown-entry", "motivations.csv:5: entry"),
        ("empty-field", "motivations.csv:6: by"),
    ]


def test_votes_in_a_class_without_a_nominee_are_a_warning(write, edition, classes, log) -> None:
    kinds = {"F01": ProposalKind.AWARD, "S01": ProposalKind.NONE}
    up = {name: Nomination(name, kind, "r", "b") for name, kind in kinds.items()}
    rows = "andra,,none,alla,yes,\nandra,,none,J1,no,\nskola,S01,award,alla,yes,\n"
    votes = read(write, attrs.evolve(edition, nominations=up), classes, log, HEAD + rows)
    assert len(votes) == 3
    assert [(w.code, str(w.where)) for w in log.warnings] == [("idle-votes", "votes.csv:2")]

"""Proposals and nominations are two records, one each for an entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kvaljury.core.model import Edition, Nomination, Proposal, ProposalKind
from kvaljury.files.log import InputLog
from kvaljury.files.proposals import read_nominations, read_proposals

Write = Callable[[Mapping[str, str | bytes]], Path]


def test_proposals_are_read_by_entry_in_the_order_of_ids(
    write: Write, edition: Edition, log: InputLog
) -> None:
    text = "entry,proposal,reason\nS01,award,Stark\nF02,none,\nF01,mention,Gott exempel\n"
    proposals = read_proposals(write({"proposals.csv": text}), edition.entries, log)
    assert list(proposals.values()) == [
        Proposal("F01", ProposalKind.MENTION, "Gott exempel"),
        Proposal("F02", ProposalKind.NONE),
        Proposal("S01", ProposalKind.AWARD, "Stark"),
    ]
    assert list(proposals) == ["F01", "F02", "S01"]
    assert str(proposals["S01"].source) == "proposals.csv:2"
    assert log.faults == []


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("award", ProposalKind.AWARD),
        ("Utmärkelse", ProposalKind.AWARD),
        ("kvalitetsutmärkelse", ProposalKind.AWARD),
        ("mention", ProposalKind.MENTION),
        ("hedersomnämnande", ProposalKind.MENTION),
        ("Hedersomnämmande", ProposalKind.MENTION),
        ("hedersomnämnde", ProposalKind.MENTION),
        ("HEDERSOMNAMNANDE", ProposalKind.MENTION),
        ("none", ProposalKind.NONE),
        ("inget", ProposalKind.NONE),
        ("Ingen", ProposalKind.NONE),
    ],
)
def test_words_are_read_in_both_languages_and_a_misspelt_mention_too(
    word: str, kind: ProposalKind, write: Write, edition: Edition, log: InputLog
) -> None:
    text = f"Bidrag;Förslag;Motivering\nF01;{word};\n"
    proposals = read_proposals(write({"proposals.csv": text}), edition.entries, log)
    assert proposals["F01"].proposal is kind


def test_a_blank_proposal_was_not_filed(write: Write, edition: Edition, log: InputLog) -> None:
    text = "entry,proposal,reason\nF01,,\nF02,,återkommer\n"
    assert read_proposals(write({"proposals.csv": text}), edition.entries, log) == {}
    assert [str(warning) for warning in log.warnings] == [
        "proposals.csv:3: reason: a reason stands without a proposal and is not carried over"
    ]
    assert log.faults == []
    assert (log.tallies[0].accepted, log.tallies[0].refused) == (1, 2)


WORDS = "write one of: award, mention, none, utmärkelse, hedersomnämnande, inget"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (",award,", "2: entry: entry is empty"),
        ("F1,award,", '2: entry: the entry "F1" is unknown (did you mean F01?)'),
        (
            "F01,pris,",
            f'2: proposal: "pris" is none of the words that proposal can have ({WORDS})',
        ),
        (
            "F01,award,\nF01,award,",
            "3: entry: the entry F01 stands already at proposals.csv:2 (keep one of the rows)",
        ),
        (
            "F01,award",
            "2: the row has 2 cells where the header has 3"
            " (separate as the header does; a cell that holds the separator stands in quotes)",
        ),
    ],
)
def test_a_bad_proposal_is_refused_at_its_line(
    rows: str, said: str, write: Write, edition: Edition, log: InputLog
) -> None:
    folder = write({"proposals.csv": f"entry,proposal,reason\n{rows}\n"})
    read_proposals(folder, edition.entries, log)
    assert [str(fault) for fault in log.faults] == [f"proposals.csv:{said}"]
    (tally,) = log.tallies
    assert tally.cells == tally.accepted + tally.blank + tally.refused


def test_absent_files_are_no_proposals_and_no_nominations(
    write: Write, edition: Edition, log: InputLog
) -> None:
    assert read_proposals(write({}), edition.entries, log) == {}
    assert read_nominations(write({}), edition.entries, log) == {}
    assert log == InputLog()


@pytest.mark.parametrize(
    "header", ["entry,for,reason,by", "Verksamhet,Nomineras till,Motivering,Beslutat av"]
)
def test_nominations_are_read_by_entry(
    header: str, write: Write, edition: Edition, log: InputLog
) -> None:
    text = f'{header}\nF01,utmärkelse,"Helhet, över tid",Kim Exempel\n'
    nominations = read_nominations(write({"nominations.csv": text}), edition.entries, log)
    assert nominations == {
        "F01": Nomination("F01", ProposalKind.AWARD, "Helhet, över tid", "Kim Exempel")
    }
    assert log.warnings == []


def test_a_proposal_for_an_entry_that_does_not_compete_is_a_warning(
    write: Write, edition: Edition, log: InputLog
) -> None:
    folder = write({"proposals.csv": "entry,proposal\nF01,award\nK01,mention\n"})
    assert list(read_proposals(folder, edition.entries, log)) == ["F01", "K01"]
    assert [str(warning) for warning in log.warnings] == [
        "proposals.csv:3: proposal: the entry K01 does not compete, so the proposal has no effect"
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("F01,,skäl,Kim", "2: for: for is empty"),
        ("F01,award,,Kim", "2: reason: reason is empty"),
        ("F01,award,skäl,", "2: by: by is empty"),
        (
            "F01,award,skäl,Kim\nF01,none,skäl,Kim",
            "3: entry: the entry F01 stands already at nominations.csv:2 (keep one of the rows)",
        ),
    ],
)
def test_a_bad_nomination_is_refused_at_its_line(
    row: str, said: str, write: Write, edition: Edition, log: InputLog
) -> None:
    folder = write({"nominations.csv": f"entry,for,reason,by\n{row}\n"})
    read_nominations(folder, edition.entries, log)
    assert [str(fault) for fault in log.faults] == [f"nominations.csv:{said}"]


def test_a_nomination_of_what_does_not_compete_is_a_warning(
    write: Write, edition: Edition, log: InputLog
) -> None:
    text = "entry,for,reason,by\nF01,award,x,Kim\nK01,mention,x,Kim\n"
    folder = write({"nominations.csv": text})
    assert list(read_nominations(folder, edition.entries, log)) == ["F01", "K01"]
    assert [str(warning) for warning in log.warnings] == [
        "nominations.csv:3: for: the entry K01 does not compete, so it can receive nothing"
        " (take the row away, or nominate it for none)"
    ]


def test_to_nominate_what_does_not_compete_for_nothing_is_in_order(
    write: Write, edition: Edition, log: InputLog
) -> None:
    folder = write({"nominations.csv": "entry,for,reason,by\nK01,none,x,Kim\n"})
    assert list(read_nominations(folder, edition.entries, log)) == ["K01"]
    assert log.warnings == []

"""Teams are checked against the entries and against each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import attrs
import pytest

from kvaljury.core.model import Edition, Entry, Examiner, Guest, Jav, State, Team
from kvaljury.files.log import InputLog
from kvaljury.files.teams import read_teams

Write = Callable[[Mapping[str, str | bytes]], Path]
Read = Callable[[str], tuple[tuple[Team, ...], tuple[Examiner, ...]]]

GOOD = """\
[[teams]]
id = "L2"
name = "Lag Syd"
examiners = ["E06", "E04", "E05"]
entries = ["S01"]
guests = [{ examiner = "E01", entry = "S01" }]

[[teams]]
id = "L1"
coordinator = "E01"
examiners = ["E01", "E02", "E03", "E07"]
entries = ["F02", "F01"]

[[examiners]]
id = "E03"
name = "Kim Exempel"
administration = "Farsta stadsdelsförvaltning"
jav = [{ entry = "F02", ground = "närstående" }, { entry = "F02", ground = "chef" }]
"""


@pytest.fixture
def entries(edition: Edition) -> tuple[Entry, ...]:
    return edition.entries


@pytest.fixture
def read(write: Write, entries: tuple[Entry, ...], log: InputLog) -> Read:
    return lambda text: read_teams(write({"teams.toml": text}), entries, log)


def team(number: int, *lines: str, size: int = 3) -> str:
    """A team of its own examiners, E10, E11 … for the first, with further lines."""
    examiners = ", ".join(f'"E{number}{n}"' for n in range(size))
    head = f'[[teams]]\nid = "L{number}"\n'
    own = (
        ""
        if any(line.startswith("examiners") for line in lines)
        else f"examiners = [{examiners}]\n"
    )
    return head + own + "".join(f"{line}\n" for line in lines)


def test_teams_and_examiners_are_read_sorted(read: Read, log: InputLog) -> None:
    teams, examiners = read(GOOD)
    assert teams == (
        Team("L1", "E01", ("E01", "E02", "E03", "E07"), ("F02", "F01")),
        Team("L2", None, ("E06", "E04", "E05"), ("S01",), (Guest("E01", "S01"),), "Lag Syd"),
    )
    assert [examiner.id for examiner in examiners] == [f"E0{n}" for n in range(1, 8)]
    assert examiners[2] == Examiner(
        "E03",
        "Kim Exempel",
        "Farsta stadsdelsförvaltning",
        (Jav("F02", "närstående"), Jav("F02", "chef")),
    )
    assert examiners[0] == Examiner("E01")
    assert log.faults == log.warnings == []
    assert list(log.hashes) == ["teams.toml"]


def test_teams_and_examiners_know_where_they_stand(read: Read) -> None:
    teams, examiners = read(GOOD)
    assert [str(t.source) for t in teams] == ["teams.toml:8: teams[2]", "teams.toml:1: teams[1]"]
    assert str(examiners[2].source) == "teams.toml:14: examiners[1]"
    assert str(examiners[0].source) == "teams.toml:8: teams[2]"


def test_an_absent_file_is_no_team_and_no_fault(
    write: Write, entries: tuple[Entry, ...], log: InputLog
) -> None:
    assert read_teams(write({}), entries, log) == ((), ())
    assert log == InputLog()


def test_a_file_without_teams_warns_of_nothing(read: Read, log: InputLog) -> None:
    assert read("") == ((), ())
    assert log.warnings == []


FAULTS = [
    (
        team(1, 'entries = ["F01", "F2"]'),
        'teams.toml:4: teams[1].entries[2]: the entry "F2" is unknown (did you mean F02?)',
    ),
    (
        team(1, 'entries = ["xyz"]'),
        'teams.toml:4: teams[1].entries[1]: the entry "xyz" is unknown'
        " (no entry has this id; entries stand in entries.toml or entries.csv)",
    ),
    (
        team(1, 'coordinator = "E1"'),
        'teams.toml:4: teams[1].coordinator: the examiner "E1" is unknown (did you mean E12?)',
    ),
    (
        team(1, 'guests = [{ examiner = "E01", entry = "F1" }]'),
        'teams.toml:4: teams[1].guests[1].entry: the entry "F1" is unknown (did you mean F01?)',
        'teams.toml:4: teams[1].guests[1].examiner: the examiner "E01" is unknown'
        " (did you mean E12?)",
    ),
    (
        team(1) + team(2, 'examiners = ["E10", "E21", "E22"]'),
        "teams.toml:6: teams[2].examiners[1]: the examiner E10 stands in two teams, L1 and L2"
        " (list the examiner in one team; let them read for the other as a guest)",
    ),
    (
        team(1, 'entries = ["F01"]') + team(2, 'entries = ["S01", "F01"]'),
        "teams.toml:8: teams[2].entries[2]: the entry F01 stands in two teams, L1 and L2"
        " (list it in its home team; let the others read it as guests)",
    ),
    (
        team(1, 'examiners = ["E10", "E11", "E12", "E10"]'),
        "teams.toml:3: teams[1].examiners[4]: E10 stands twice in team L1 (delete one of them)",
    ),
    (
        team(1, 'entries = ["F01", "F01"]'),
        "teams.toml:4: teams[1].entries[2]: F01 stands twice in team L1 (delete one of them)",
    ),
    (
        team(1) + team(2, 'examiners = ["e10", "E21", "E22"]'),
        'teams.toml:6: teams[2].examiners[1]: the ids "E10" in team L1 and "e10" in team L2'
        " differ only in capitals (capitals do not tell ids apart)",
    ),
    (
        team(1, 'examiners = ["E10", "e10", "E12"]'),
        'teams.toml:3: teams[1].examiners[2]: the ids "E10" in team L1 and "e10" in team L1'
        " differ only in capitals (capitals do not tell ids apart)",
    ),
    (
        team(1) + team(1, 'examiners = ["E20", "E21", "E22"]').replace("L1", "l1"),
        'teams.toml:5: teams[2].id: the id "l1" is taken: "L1" stands at'
        " teams.toml:2: teams[1].id (capitals do not tell ids apart)",
    ),
    (
        team(1).replace("L1", "Lag 1"),
        'teams.toml:2: teams[1].id: the id "Lag 1" has characters that an id cannot have'
        " (use A-Z, a-z, 0-9, hyphen and underscore, beginning with a letter or digit)",
    ),
    (
        team(1, 'examiners = ["E10", "con", "E12"]'),
        "teams.toml:3: teams[1].examiners[2]: the id con is a device name in Windows"
        " (choose another id, so that files can be named after it)",
    ),
    (
        team(1) + '[[examiners]]\nid = "E1"\n',
        "teams.toml:5: examiners[1].id: the examiner E1 is in no team (did you mean E12?)",
    ),
    (
        team(1) + '[[examiners]]\nid = "Kim"\n',
        "teams.toml:5: examiners[1].id: the examiner Kim is in no team (add them to a team)",
    ),
    (
        team(1) + '[[examiners]]\nid = "E10"\n' * 2,
        'teams.toml:7: examiners[2].id: the id "E10" is taken: "E10" stands at'
        " teams.toml:5: examiners[1].id (capitals do not tell ids apart)",
    ),
    (
        team(1) + '[[examiners]]\nid = "E10"\njav = [{ entry = "F1", ground = "chef" }]\n',
        'teams.toml:6: examiners[1].jav[1].entry: the entry "F1" is unknown (did you mean F01?)',
    ),
    (
        team(1) + '[[examiners]]\nid = "E10"\njav = [{ entry = "F01", ground = " \u00a0" }]\n',
        "teams.toml:6: examiners[1].jav[1].ground: the ground of the jäv is empty",
    ),
    (
        team(1) + '[[examiners]]\nid = "E10"\njav = [{ entry = "F01" }]\n',
        "teams.toml:6: examiners[1].jav[1].ground: the key ground is missing",
    ),
    (
        team(1) + '[[examiners]]\nid = "E10"\nname = "Kim\\u202E"\n',
        "teams.toml:6: examiners[1].name: a character that no name can have (U+202E) stands here"
        " (type the text anew)",
    ),
    (
        team(1, 'name = "Syd\\u0007"'),
        "teams.toml:4: teams[1].name: a character that no name can have (U+0007) stands here"
        " (type the text anew)",
    ),
    (
        team(1, 'coordnator = "E10"'),
        "teams.toml:4: teams[1].coordnator: the key coordnator is unknown"
        " (did you mean coordinator?)",
    ),
    ('[[teams]]\nid = "L1"\n', "teams.toml:1: teams[1].examiners: the key examiners is missing"),
]


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: case[1])
def test_a_fault_is_said_at_its_line_and_key(
    case: tuple[str, ...], read: Read, log: InputLog
) -> None:
    text, *said = case
    read(text)
    assert [str(fault) for fault in log.faults] == said
    assert "team" in log.unread


def test_a_file_of_another_shape_leaves_every_examiner_in_doubt(read: Read, log: InputLog) -> None:
    assert read("[[teams]]\nid = 5\n") == ((), ())
    assert log.may_exist("examiner", "E01")


def test_broken_toml_leaves_every_examiner_in_doubt(read: Read, log: InputLog) -> None:
    assert read("[[teams") == ((), ())
    assert [fault.code for fault in log.faults] == ["broken-toml"]
    assert log.may_exist("examiner", "E01")


def test_a_refused_entry_is_not_called_unknown(read: Read, log: InputLog) -> None:
    log.refuse("entry", "F09")
    (only,), _ = read(team(1, 'entries = ["F01", "F09"]'))
    assert log.faults == []
    assert only.entries == ("F01",)


@pytest.mark.parametrize("size", [0, 1, 2, 5])
def test_a_team_of_another_size_is_a_warning(size: int, read: Read, log: InputLog) -> None:
    read(team(1, size=size))
    assert str(log.warnings[0]) == (
        f"teams.toml:3: teams[1].examiners: team L1 has {size} examiners; 3-4 were expected"
    )
    assert log.faults == []


@pytest.mark.parametrize("size", [3, 4])
def test_a_team_of_three_or_four_is_no_warning(size: int, read: Read, log: InputLog) -> None:
    read(team(1, 'entries = ["F01", "F02", "S01"]', size=size))
    assert log.warnings == []


def test_a_coordinator_of_another_team_is_a_warning(read: Read, log: InputLog) -> None:
    read(team(1, 'entries = ["F01", "F02", "S01"]') + team(2, 'coordinator = "E10"'))
    assert [str(warning) for warning in log.warnings] == [
        "teams.toml:8: teams[2].coordinator:"
        " the coordinator E10 is none of the examiners of team L2"
    ]
    assert log.faults == []


def test_an_entry_in_no_team_is_a_warning_unless_it_does_not_compete(
    write: Write, entries: tuple[Entry, ...], log: InputLog
) -> None:
    withdrawn = [attrs.evolve(e, state=State.WITHDRAWN) if e.id == "F02" else e for e in entries]
    read_teams(write({"teams.toml": team(1, 'entries = ["S01"]')}), withdrawn, log)
    assert [str(warning) for warning in log.warnings] == [
        "teams.toml: the entry F01 is in no team (list it in its team)"
    ]


def test_the_same_guest_in_two_teams_permits_the_same_reading(read: Read, log: InputLog) -> None:
    guests = 'guests = [{ examiner = "E10", entry = "F01" }, { examiner = "E10", entry = "F01" }]'
    teams, _ = read(team(1, guests) + team(2, guests))
    assert [t.guests for t in teams] == [(Guest("E10", "F01"),)] * 2
    assert log.faults == []

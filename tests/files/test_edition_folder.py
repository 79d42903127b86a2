"""A whole edition folder is read at once, and all its faults are said at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kvaljury.core.model import Edition, Guest, Jav, ProposalKind
from kvaljury.errors import DiskFault, InputFaults
from kvaljury.files import InputLog, read_edition, read_edition_entries

Write = Callable[[Mapping[str, str | bytes]], Path]

EDITION = 'rules = "stockholm-2025"\nyear = 2025\n'
ENTRIES = "id;name;class\nF01;Förskolan Ängen;Förskola\nF02;Gläntan;forskola\nS03;Skolan;skola\n"
TEAMS = """\
[[teams]]
id = "L1"
coordinator = "E01"
examiners = ["E01", "E02", "E03"]
entries = ["F01", "F02", "S03"]
guests = [{ examiner = "E07", entry = "F01" }]
[[teams]]
id = "L2"
examiners = ["E07", "E08", "E09"]
[[examiners]]
id = "E01"
administration = "Farsta stadsdelsförvaltning"
jav = [{ entry = "S03", ground = "närstående" }]
"""
GOOD = {
    "edition.toml": EDITION,
    "entries.csv": ENTRIES,
    "teams.toml": TEAMS,
    "proposals.csv": "entry;proposal;reason\nF01;award;Stark\n",
    "nominations.csv": "entry;for;reason;by\nF01;award;Enigt;Kim Exempel\n",
}


def test_an_edition_is_read_whole(write: Write, log: InputLog) -> None:
    edition = read_edition(write(GOOD), log)
    assert (edition.year, edition.rules.name) == (2025, "stockholm-2025")
    assert [entry.id for entry in edition.entries] == ["F01", "F02", "S03"]
    assert edition.home_team_by_entry() == {"F01": "L1", "F02": "L1", "S03": "L1"}
    assert edition.teams[0].guests == (Guest("E07", "F01"),)
    assert edition.examiners[0].jav == (Jav("S03", "närstående"),)
    assert edition.proposals["F01"].proposal is ProposalKind.AWARD
    assert edition.nominations["F01"].by == "Kim Exempel"
    assert log.faults == []
    assert log.warnings == []
    assert sorted(GOOD) == sorted(path for path in log.hashes if "/" not in path)


def test_only_edition_and_entries_are_needed(write: Write) -> None:
    edition = read_edition(write({"edition.toml": EDITION, "entries.csv": ENTRIES}))
    assert (edition.teams, edition.examiners, edition.proposals) == ((), (), {})


def test_files_that_are_not_in_the_contract_are_ignored(write: Write) -> None:
    extra = {"notes.xlsx": b"PK", "marks.txt": b"\0", "out/ranking.csv": b"\xff", "Thumbs.db": b""}
    assert read_edition(write({**GOOD, **extra})) == read_edition(write(GOOD))


def test_faults_of_all_files_are_raised_at_once_in_the_order_of_files(write: Write) -> None:
    folder = write(
        {
            "edition.toml": EDITION + "yeer = 2025\n",
            "entries.csv": ENTRIES + "S03;Dubbel;skola\n",
            "teams.toml": TEAMS.replace('"S03"]', '"S04"]'),
            "proposals.csv": "entry;proposal\nF01;pris\n",
            "nominations.csv": "entry;for;reason;by\nF01;award;;Kim\n",
        }
    )
    with pytest.raises(InputFaults) as caught:
        read_edition(folder)
    assert [str(fault.where) for fault in caught.value.faults] == [
        "edition.toml:3: yeer",
        "entries.csv:5: id",
        "nominations.csv:2: reason",
        "proposals.csv:2: proposal",
        "teams.toml:5: teams[1].entries[3]",
    ]


def test_with_a_log_the_best_effort_is_given_and_nothing_is_raised(
    write: Write, log: InputLog
) -> None:
    edition = read_edition(write({**GOOD, "entries.csv": ENTRIES + "S04;;skola\n"}), log)
    assert len(edition.entries) == 3
    assert [str(fault) for fault in log.faults] == ["entries.csv:5: name: name is empty"]


def test_an_unusable_edition_file_is_raised_also_with_a_log(write: Write, log: InputLog) -> None:
    with pytest.raises(InputFaults) as caught:
        read_edition(write({"edition.toml": 'rules = "nowhere"\nyear = 2025\n'}), log)
    assert [fault.where and fault.where.file for fault in caught.value.faults][:1] == [
        "edition.toml"
    ]
    assert list(caught.value.faults) == sorted(
        log.faults, key=lambda fault: (fault.where, str(fault.message))
    )


def test_an_entry_of_a_refused_row_is_not_called_unknown_elsewhere(
    write: Write, log: InputLog
) -> None:
    bad = ENTRIES.replace("S03;Skolan;skola", "S03;Skolan;slott")
    read_edition(write({**GOOD, "entries.csv": bad}), log)
    assert [fault.code for fault in log.faults] == ["unknown-class"]


def test_an_override_of_an_unknown_entry_is_refused(write: Write, log: InputLog) -> None:
    override = '[[overrides]]\nentry = "{}"\nrule = "D25-03"\nby = "Kim"\nreason = "Sjukdom"\n'
    folder = write({**GOOD, "edition.toml": EDITION + override.format("F1")})
    read_edition(folder, log)
    assert [str(fault) for fault in log.faults] == [
        'edition.toml:3: overrides[1]: the entry "F1" is unknown (did you mean F01?)'
    ]


HINT = "make an edition folder with: kvaljury init FOLDER"


def test_a_folder_that_is_not_there_is_refused_with_the_way_to_make_one(tmp_path: Path) -> None:
    folder = tmp_path / "2025"
    with pytest.raises(InputFaults) as caught:
        read_edition(folder)
    assert str(caught.value) == f"{folder}: there is no such folder ({HINT})"


def test_a_file_is_no_edition_folder(tmp_path: Path) -> None:
    path = tmp_path / "entries.csv"
    path.write_text(ENTRIES, encoding="utf-8")
    with pytest.raises(InputFaults) as caught:
        read_edition(path)
    assert str(caught.value) == f"{path}: this is a file; an edition folder was expected ({HINT})"


def test_a_folder_without_edition_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputFaults) as caught:
        read_edition(tmp_path)
    assert str(caught.value) == (
        f"edition.toml: the folder {tmp_path} has no edition.toml ({HINT})"
    )


def test_a_folder_that_may_not_be_read_is_a_fault_of_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_dir", refuse)
    with pytest.raises(DiskFault, match="the folder cannot be read: Permission denied"):
        read_edition(tmp_path)


def test_a_folder_of_marks_that_may_not_be_listed_is_a_fault_of_the_disk(
    write: Write, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kvaljury.core.model import Scheme
    from kvaljury.files import read_marks

    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    folder = write(GOOD)
    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(DiskFault, match="marks: the folder cannot be read: Permission denied"):
        read_marks(folder, Scheme({}), edition)


def test_the_same_bytes_in_another_folder_are_the_same_edition(
    write: Write, tmp_path: Path
) -> None:
    first = read_edition(write(GOOD))
    other = tmp_path / "other"
    other.mkdir()
    for name, text in GOOD.items():
        (other / name).write_text(
            text.replace("\n", "\r\n"), encoding="utf-8-sig" if name.endswith("csv") else "utf-8"
        )
    assert read_edition(other) == first


@pytest.mark.parametrize("entries", [None, "id;name;class\n"])
def test_without_entries_nothing_else_is_called_unknown(
    entries: str | None, write: Write, log: InputLog
) -> None:
    files = {name: text for name, text in GOOD.items() if name != "entries.csv"}
    read_edition(write(files if entries is None else {**files, "entries.csv": entries}), log)
    assert [str(fault.where) for fault in log.faults] == ["entries.csv"]


def test_an_unknown_entry_is_told_once_a_file_with_the_number_of_places(
    write: Write, log: InputLog
) -> None:
    teams = TEAMS.replace('"S03"', '"F99"')
    proposals = "entry;proposal\nF98;award\nF99;award\n"
    read_edition(write({**GOOD, "teams.toml": teams, "proposals.csv": proposals}), log)
    assert [(str(fault.where), str(fault.message)) for fault in log.faults] == [
        (
            "teams.toml:5: teams[1].entries[3]",
            'the entry "F99" is unknown; it stands in 2 places here',
        ),
        ("proposals.csv:2: entry", 'the entry "F98" is unknown'),
        ("proposals.csv:3: entry", 'the entry "F99" is unknown'),
    ]


BROKEN = {**GOOD, "teams.toml": "= broken", "proposals.csv": "x", "nominations.csv": ""}


class TestEntriesAlone:
    def test_only_edition_and_entries_are_read(self, write: Write, log: InputLog) -> None:
        edition = read_edition_entries(write(BROKEN), log)
        assert [entry.id for entry in edition.entries] == ["F01", "F02", "S03"]
        assert (edition.teams, edition.proposals, edition.nominations) == ((), {}, {})
        assert log.faults == log.warnings == []
        assert sorted(path for path in log.hashes if "/" not in path) == [
            "edition.toml",
            "entries.csv",
        ]

    def test_their_faults_are_raised_without_a_log(self, write: Write) -> None:
        folder = write({**BROKEN, "entries.csv": ENTRIES + "S04;;skola\n"})
        with pytest.raises(InputFaults, match=r"entries\.csv:5: name: name is empty"):
            read_edition_entries(folder)

    def test_without_faults_nothing_is_raised(self, write: Write) -> None:
        assert len(read_edition_entries(write(BROKEN)).entries) == 3

    def test_an_unusable_edition_file_is_raised_with_a_log_too(
        self, write: Write, log: InputLog
    ) -> None:
        folder = write({**GOOD, "edition.toml": 'rules = "nowhere"\nyear = 2025\n'})
        with pytest.raises(InputFaults):
            read_edition_entries(folder, log)

    def test_an_override_of_an_unknown_entry_is_refused(self, write: Write, log: InputLog) -> None:
        own = '[[overrides]]\nentry = "F1"\nrule = "D25-03"\nby = "Kim"\nreason = "Sjuk"\n'
        read_edition_entries(write({**GOOD, "edition.toml": EDITION + own}), log)
        assert [fault.code for fault in log.faults] == ["unknown-entry"]

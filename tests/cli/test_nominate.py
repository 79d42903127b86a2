"""``nominate`` writes a first list for people to edit, and never over one that is there."""

import pytest

from kvaljury.files import InputLog, read_edition
from tests.cli.small_year import write_year


def test_a_first_list_is_written_and_can_be_read(kvaljury, linked_year) -> None:
    said = kvaljury("nominate", linked_year, "--by", "Kim  Exempel", "--lang", "en")
    assert said.code == 0
    assert said.out.startswith("Basis for decision")
    log = InputLog()
    nominations = read_edition(linked_year, log).nominations
    assert not log.faults
    assert "idle-nominations" not in [warning.code for warning in log.warnings]
    assert {one.by for one in nominations.values()} == {"Kim Exempel"}
    assert nominations["F02"].nominated_for.value == "award"  # the team's proposal
    assert nominations["S03"].nominated_for.value == "mention"
    assert not {"F04", "S02"} & nominations.keys()  # barred
    assert "probability" in nominations["F03"].reason


def test_swedish_headers_and_words_come_with_swedish(kvaljury, linked_year) -> None:
    assert kvaljury("nominate", linked_year, "--by", "Kim").code == 0
    text = (linked_year / "nominations.csv").read_text("utf-8-sig")
    assert text.splitlines()[0] == "bidrag;nomineras till;skäl;av"
    assert ";utmärkelse;" in text


@pytest.mark.parametrize("file", ["nominations.csv", "nominations.xlsx"])
def test_a_list_that_is_there_is_not_written_over(kvaljury, linked_year, file) -> None:
    (linked_year / file).write_bytes(b"ours")
    said = kvaljury("nominate", linked_year, "--by", "Kim", "--lang", "en")
    assert (said.code, (linked_year / file).read_bytes()) == (2, b"ours")
    assert file in said.err


@pytest.mark.parametrize("name", [[], ["--by", "  "], ["--by", "A\x07"]])
def test_a_name_is_needed(kvaljury, linked_year, name) -> None:
    assert kvaljury("nominate", linked_year, *name).code == 2
    assert not (linked_year / "nominations.csv").exists()


def test_without_marks_nothing_is_written(kvaljury, tmp_path) -> None:
    folder = write_year(tmp_path / "year", marked=False)
    assert kvaljury("nominate", folder, "--by", "Kim").code == 5
    assert not (folder / "nominations.csv").exists()


def test_a_list_that_somebody_writes_meanwhile_stands(kvaljury, linked_year, monkeypatch) -> None:
    from kvaljury.cli import nominate

    seen = []

    def look(folder):
        seen.append(folder)
        if len(seen) > 1:
            return refuse(folder)
        (folder / "nominations.csv").write_bytes(b"theirs")
        return None

    refuse = nominate._refuse_present
    monkeypatch.setattr(nominate, "_refuse_present", look)
    linked_year.joinpath("proposals.csv").unlink()
    said = kvaljury("nominate", linked_year, "--by", "Kim")
    assert said.code in {2, 3}
    assert (linked_year / "nominations.csv").read_bytes() == b"theirs"

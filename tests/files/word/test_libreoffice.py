"""Counts of made documents beside LibreOffice's own, each difference explained."""

import re
import shutil
import subprocess
import tomllib
import zipfile
from pathlib import Path

import pytest

from kvaljury.core.intake.counting import count_characters
from kvaljury.files.log import InputLog
from kvaljury.files.word.reading import read_word

TABLE = tomllib.loads(Path(__file__).with_name("libreoffice_counts.toml").read_text("utf-8"))
STATISTIC = re.compile(rb'meta:non-whitespace-character-count="(\d+)"')


@pytest.fixture(scope="session")
def counted(documents, tmp_path_factory):
    """Let LibreOffice count all made documents, started once."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("libreoffice")
    for name, content in documents.items():
        (folder / f"{name}.docx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    asked = ["soffice", "--headless", profile, "--convert-to", "odt", "--outdir", str(folder)]
    files = sorted(map(str, folder.glob("*.docx")))
    subprocess.run([*asked, *files], check=True, capture_output=True, timeout=120)
    return {name: _statistic(folder / f"{name}.odt") for name in documents}


def _statistic(path):
    with zipfile.ZipFile(path) as archive:
        return int(STATISTIC.search(archive.read("meta.xml"))[1])


def count(content):
    log = InputLog()
    document = read_word(content, "bidrag.docx", log)
    assert log.faults == []
    return count_characters(document)


def by_table(name, found):
    """Give what LibreOffice should say of a document, by the table's explanation."""
    row = TABLE[name]
    doubts = {doubt.kind.value: doubt for doubt in found.doubts}
    adds, omits = row.get("adds", []), row.get("omits", [])
    assert not any(doubts[kind].is_counted for kind in adds)
    assert all(doubts[kind].is_counted for kind in omits)
    added = sum(doubts[kind].characters for kind in adds)
    omitted = sum(doubts[kind].characters for kind in omits)
    return row["ours"] + added - omitted + row.get("more", 0)


def test_the_table_is_of_the_made_documents_and_explains_each_difference(documents):
    assert TABLE.keys() == documents.keys()
    for name, row in TABLE.items():
        differs = bool(row.keys() & {"adds", "omits", "more"})
        assert differs == bool(row.get("why")), name


def test_our_counts_are_those_of_the_table(documents):
    found = {name: count(content).total for name, content in documents.items()}
    assert found == {name: row["ours"] for name, row in TABLE.items()}


def test_libreoffice_agrees_but_for_what_the_table_explains(documents, counted):
    expected = {name: by_table(name, count(content)) for name, content in documents.items()}
    assert counted == expected

"""``kvaljury archive``: all in one file that opens anew, and nothing that does not verify."""

import csv
import hashlib
import io
import json
import zipfile

import pytest

from kvaljury.errors import VerificationFault
from kvaljury.files.archive_fields import described
from kvaljury.files.archives import ArchivedFile, Both, archive_bytes, check_archive
from tests.cli.decided_year import FILES, RECORD, write_decided_year
from tests.cli.small_year import write_year

FILE = "out/arkiv-2025.zip"


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """A decided year with minutes and a few odd files, and its archive; only read by tests."""
    from kvaljury.cli import run

    year = write_decided_year(tmp_path_factory.mktemp("archived") / "year")
    (year / "bids" / "F01").mkdir(parents=True)
    (year / "bids" / "F01" / "bidrag.docx").write_bytes(b"PK")
    (year / "egen anteckning.txt").write_text("ring Anna")
    (year / "out").mkdir()
    (year / "out" / "annat.pdf").write_bytes(b"%PDF-1.4")
    for command in (["decide", *RECORD], ["rank"], ["protocol"], ["archive"]):
        assert run([command[0], str(year), *command[1:]]) == 0
    return year


@pytest.fixture
def files(packed):
    with zipfile.ZipFile(packed / FILE) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


OWN_METHOD = """\
from kvaljury import Text, VotingMethod, hookimpl, voting


@hookimpl
def kvaljury_voting_methods():
    yield VotingMethod("own", Text("Own method", sv="Egen metod"), voting.approval)
"""


def test_a_plugin_that_only_jury_toml_names_is_in_use_and_packed(kvaljury, tmp_path):
    year = write_decided_year(tmp_path / "year")
    (year / "plugins").mkdir()
    (year / "plugins" / "own.py").write_text(OWN_METHOD, "utf-8")
    edition = year / "edition.toml"
    edition.write_text('plugins = "plugins"\n' + edition.read_text("utf-8"), "utf-8")
    jury = year / "jury.toml"
    jury.write_text(jury.read_text("utf-8").replace('"majority-judgment"', '"own"'), "utf-8")
    assert kvaljury("decide", year, *RECORD).code == 0
    offers = json.loads(kvaljury("plugins", year, "--json").out)["plugins"]
    used = {offer["name"] for offer in offers if offer["in_use"]}
    assert "own" in used
    assert kvaljury("archive", year).code == 0
    with zipfile.ZipFile(year / FILE) as archive:
        assert archive.read("regler/plugins/own.py").decode("utf-8") == OWN_METHOD


def table(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def test_every_file_stands_in_the_manifest_with_its_hash_and_size(files):
    rows = {row["path"]: row for row in table(files["manifest.csv"])}
    assert set(rows) == set(files) - {"manifest.csv"}
    for path, row in rows.items():
        assert row["sha256"] == hashlib.sha256(files[path]).hexdigest()
        assert int(row["size"]) == len(files[path])
        assert all(row[key] for key in ("media_type", "title_sv", "title_en", "personal_data_sv"))
    assert rows["json/record.jsonl"]["source"] == "decisions/record.jsonl"
    assert rows["pdf/protokoll.pdf"]["title_sv"] == "Protokoll (PDF/A)"
    assert rows["pdf/utskickat/annat.pdf"]["title_sv"].endswith("inte PDF/A)")


def test_what_was_handed_in_is_read_again_as_the_same_values(files, packed, tmp_path):
    from kvaljury.cli.archive_contents import _values
    from kvaljury.cli.edition_inputs import read_inputs

    again = tmp_path / "again"
    (again / "ballots").mkdir(parents=True)
    (again / "marks").mkdir()
    for path, content in files.items():
        folder, _, name = path.partition("/")
        inside = {"ballots.csv": "ballots/all.csv", "marks.csv": "marks/all.csv"}.get(name, name)
        if folder in ("data", "regler"):
            (again / inside).write_bytes(content)
    before, after = (_values(read_inputs(folder, ())) for folder in (packed, again))
    assert after == before


def test_every_column_and_key_is_described_in_both_languages(files):
    rows = table(files["faltbeskrivning.csv"])
    assert all(row["description_sv"] and row["description_en"] for row in rows)
    for path, content in files.items():
        if path.endswith(".csv"):
            head = next(csv.reader(io.StringIO(content.decode())))
            assert [row["field"] for row in rows if row["file"] == path] == head, path


def keys_of(value, way=""):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield f"{way}.{key}".lstrip(".")
            yield from keys_of(inner, f"{way}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from keys_of(inner, f"{way}[]")


@pytest.mark.parametrize("path", ["json/ranking.json", "json/record.jsonl"])
def test_every_key_of_a_document_falls_under_a_description(files, path):
    names = [name for name, _ in described(path)]
    exact = [name.removesuffix("[]") for name in names]
    starts = tuple(name.removesuffix("*").removesuffix(".") for name in names if "*" in name)
    parents = {name[:i] for name in exact for i in range(len(name))}
    for line in files[path].split(b"\n}\n" if path.endswith(".json") else b"\n"):
        document = line + b"\n}" if path.endswith(".json") and line else line
        for key in keys_of(json.loads(document)) if line else ():
            assert key in exact or key in parents or key.startswith(starts), key


def test_what_is_not_in_it_is_listed_with_a_proposal_and_a_reason(files):
    rows = {row["path"]: row for row in table(files["gallringsforslag.csv"])}
    assert rows["marks/E01.csv"]["proposal_sv"] == "gallras"
    assert "arkivets tabeller" in rows["votes.csv"]["reason_sv"]
    assert rows["bids/F01/bidrag.docx"]["proposal_en"] == "keep with the registry"
    assert rows["egen anteckning.txt"]["proposal_sv"] == "bedöms för hand"
    assert "decisions/record.jsonl" not in rows
    assert not [path for path in rows if path.startswith("out/arkiv") or ".lock" in path]


def test_the_first_page_says_how_to_try_it_and_whom_it_names(files, packed):
    text = files["LASMIG.txt"].decode()
    from kvaljury.files.decision_record import read_record

    assert read_record(packed).head in text
    assert "data/votes.csv: id för ledamöter" in text
    assert "Också där omröstningen var sluten" in text
    assert "\r\n" in text


def test_the_same_year_gives_the_same_bytes_and_the_command_their_hash(kvaljury, packed):
    before = (packed / FILE).read_bytes()
    said = kvaljury("archive", packed, "--json")
    assert said.code == 0
    assert (packed / FILE).read_bytes() == before
    assert said.json["sha256"] == hashlib.sha256(before).hexdigest()
    assert "pdf/utskickat/annat.pdf is no PDF/A" in said.err or "inte PDF/A" in said.err


def test_a_record_that_does_not_hold_is_not_packed(kvaljury, tmp_path):
    year = write_decided_year(tmp_path / "year")
    assert kvaljury("decide", year, *RECORD).code == 0
    record = year / "decisions" / "record.jsonl"
    record.write_bytes(record.read_bytes().replace(b"Anna Ek", b"Anna Al"))
    assert kvaljury("archive", year).code == 6
    assert not (year / FILE).exists()


def test_votes_that_give_another_result_are_not_packed(kvaljury, tmp_path):
    year = write_decided_year(tmp_path / "year")
    assert kvaljury("decide", year, *RECORD).code == 0
    votes = FILES["votes.csv"].replace("mention,alla,yes", "mention,alla,no")
    (year / "votes.csv").write_text(votes, "utf-8")
    assert kvaljury("archive", year).code == 6
    assert not (year / FILE).exists()


def test_files_that_changed_without_another_result_are_told_and_packed(kvaljury, tmp_path):
    year = write_decided_year(tmp_path / "year")
    assert kvaljury("decide", year, *RECORD).code == 0
    (year / "votes.csv").write_text(FILES["votes.csv"] + "\n", "utf-8")
    said = kvaljury("archive", year, "--lang", "en")
    assert said.code == 0
    assert "have been changed or removed since" in said.err
    with zipfile.ZipFile(year / FILE) as archive:
        assert "pdf/protokoll.pdf" in archive.namelist()


def test_minutes_of_another_record_are_left_out_and_made_anew(kvaljury, tmp_path):
    year = write_decided_year(tmp_path / "year")
    assert kvaljury("decide", year, *RECORD).code == 0
    (year / "out").mkdir()
    (year / "out" / "protokoll.pdf").write_bytes(b"%PDF-1.4 of another record")
    said = kvaljury("archive", year, "--lang", "en")
    assert said.code == 0
    assert "out/protokoll.pdf is not of the record as it stands" in said.err
    with zipfile.ZipFile(year / FILE) as archive:
        assert b"another record" not in archive.read("pdf/protokoll.pdf")
        assert "out/protokoll.pdf" in archive.read("gallringsforslag.csv").decode()
    assert kvaljury("protocol", year, "--lang", "en").code == 0
    assert "not of the record" not in kvaljury("archive", year, "--lang", "en").err


def test_input_at_fault_is_told_as_such_and_nothing_is_packed(kvaljury, tmp_path):
    year = write_year(tmp_path / "year")
    assert kvaljury("rank", year).code == 0
    (year / "teams.toml").write_text("x = 1")
    assert kvaljury("archive", year).code == 3
    assert not (year / FILE).exists()


def test_a_year_without_a_decision_is_packed_and_told(kvaljury, tmp_path):
    said = kvaljury("archive", write_year(tmp_path / "year"), "--lang", "en")
    assert said.code == 0
    assert "nothing has been decided" in said.err


class TestChecking:
    FILES = (
        ArchivedFile("a.txt", b"aaaa", "text/plain", Both("A", "A")),
        ArchivedFile("b.txt", b"bbbb", "text/plain", Both("B", "B")),
    )

    def test_what_comes_out_as_it_went_in_is_fine(self):
        check_archive(archive_bytes(self.FILES), self.FILES)

    @pytest.mark.parametrize("change", [(b"aaaa", b"aaab"), (b"b.txt", b"c.txt"), (b"PK", b"XX")])
    def test_whatever_is_changed_is_found(self, change):
        with pytest.raises(VerificationFault):
            check_archive(archive_bytes(self.FILES).replace(*change), self.FILES)

    def test_a_file_too_many_or_too_few_is_found(self):
        with pytest.raises(VerificationFault):
            check_archive(archive_bytes(self.FILES), self.FILES[:1])
        with pytest.raises(VerificationFault):
            check_archive(archive_bytes(self.FILES[:1]), self.FILES)

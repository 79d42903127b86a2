"""Nothing of another entry is in a dossier, and nothing of any in a blind one."""

import io
import json
import re
from contextlib import redirect_stdout
from html import unescape

import pikepdf
import pypdfium2
import pytest

from kvaljury.cli import run
from kvaljury.files import read_rule_set
from tests.cli.small_year import ENTRIES, TEAMS, write_year

TEAM_OF = {entry: team for team, (_, entries) in TEAMS.items() for entry in entries}
SPOKEN = ("name", "administration", "comment", "reason", "why", "text", "former")


def canary(entry, what):
    return f"Kanarie{what}{entry}"


def name_of(entry):
    return f"{canary(entry, 'name')} gården"


def write_canaries(folder):
    """Give every entry words of its own wherever an entry may have words."""
    write_year(folder)
    lines = (folder / "entries.csv").read_text("utf-8").splitlines()
    header = lines[0].split(";")
    rows = [dict(zip(header, line.split(";"), strict=True)) for line in lines[1:]]
    for row in rows:
        row["name"] = name_of(row["id"])
        row["administration"] = canary(row["id"], "administration")
        row["predecessors"] = canary(row["id"], "former")
        row["bid_received"] = "2025-06-30 10:00" if row["id"] == "S01" else row["bid_received"]
    columns = [*header, "predecessors"]
    body = [";".join(columns), *(";".join(row[c] for c in columns) for row in rows)]
    (folder / "entries.csv").write_text("\n".join(body) + "\n", "utf-8")
    (folder / "proposals.csv").write_text(
        "entry;proposal;reason\n"
        + "".join(f"{e};award;{canary(e, 'reason')} {said_of(e)}\n" for e in ENTRIES),
        "utf-8",
    )
    (folder / "nominations.csv").write_text(
        "entry;for;reason;by\n"
        + "".join(f"{e};award;{canary(e, 'why')} {said_of(e)};Kim\n" for e in ENTRIES),
        "utf-8",
    )
    with (folder / "edition.toml").open("a", encoding="utf-8") as file:
        file.write(
            '[[overrides]]\nentry = "S01"\nrule = "D25-03"\nby = "Kim"\n'
            f'reason = "{canary("S01", "why")} {said_of("S01")}"\n'
        )
    for path in sorted((folder / "marks").glob("*.csv")):
        text = path.read_text("utf-8")
        marked = re.sub(
            r"^(\w+)(;\w+;\w+;;\d+;)$",
            lambda m: f"{m[1]}{m[2]}{canary(m[1], 'comment')} {said_of(m[1])}",
            text,
            flags=re.MULTILINE,
        )
        path.write_text(marked, "utf-8")
    for entry in ENTRIES:
        own = folder / "bids" / entry
        own.mkdir(parents=True)
        (own / "presentation.txt").write_text(canary(entry, "text"), "utf-8")
    return folder


def said_of(entry):
    """Give what people write when they name what they write of."""
    return (
        f"{name_of(entry).upper()}s arbete i {entry} av {TEAM_OF[entry]} under"
        f" {canary(entry, 'administration')}, {canary(entry, 'name')} kort sagt"
    )


def words_in(path):
    """Give all text of a file: markup, attributes, titles and metadata too."""
    if path.suffix == ".html":
        return unescape(path.read_text("utf-8"))
    with pikepdf.open(path) as pdf, pdf.open_metadata() as metadata:
        about = [str(value) for value in (*pdf.docinfo.values(), *metadata.values())]
        outline = [item.title for item in pdf.open_outline().root]
    document = pypdfium2.PdfDocument(path)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    # A word that was divided at the end of a line is put together again.
    text = "\n".join([*about, *outline, *pages]).replace("\ufffe\r\n", "").replace("\xad", "")
    return re.sub(r"-?\s*[\r\n]+", " ", text)


def made(folder, *options):
    """Make the dossiers; give what was said, and the files."""
    said = io.BytesIO()
    with redirect_stdout(io.TextIOWrapper(said, "utf-8", write_through=True)):
        assert run(["dossier", str(folder), *options]) == 0
        out = said.getvalue().decode("utf-8")
    place = folder / "out" / ("dossier-blind" if "--blind" in options else "dossier")
    return out, {path: words_in(path) for path in sorted(place.iterdir())}


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    return write_canaries(tmp_path_factory.mktemp("canaries") / "year")


@pytest.fixture(scope="module")
def shown(year):
    return made(year)[1]


@pytest.fixture(scope="module")
def blind(year):
    return made(year, "--blind", "--json")


def test_a_dossier_holds_its_own_entry_and_nothing_of_any_other(shown):
    files = [path for path in shown if path.name.startswith("bidrag-")]
    assert {path.stem for path in files} == {f"bidrag-{entry}" for entry in ENTRIES}
    for path in files:
        words, own = shown[path], path.stem.removeprefix("bidrag-")
        for what in ("name", "administration", "reason", "comment", "text"):
            if own not in {"F04", "S02"} or what != "comment":
                assert canary(own, what).casefold() in words.casefold(), (path.name, what)
        for other in set(ENTRIES) - {own}:
            for what in SPOKEN:
                assert canary(other, what).casefold() not in words.casefold(), (path.name, what)
            assert not re.search(rf"(?<!\w){other}(?!\w)", words), (path.name, other)


def test_a_dossier_names_no_examiner(shown):
    for path, words in shown.items():
        assert not re.search(r"(?<!\w)E0\d(?!\w)", words), path.name


def test_a_blind_dossier_holds_neither_name_nor_id_administration_nor_team(blind):
    files = blind[1]
    assert len(files) > len(ENTRIES)
    for path, words in files.items():
        told = f"{path.name}\n{words}"
        for entry in ENTRIES:
            for what in ("name", "administration", "text", "former"):
                assert canary(entry, what).casefold() not in told.casefold(), (path.name, what)
            for word in (entry, TEAM_OF[entry]):
                assert not re.search(rf"(?<!\w){word}(?!\w)", told), (path.name, word)
    codes = {path.stem for path in files if path.name.startswith("bidrag-")}
    assert codes == {f"bidrag-B0{n}" for n in range(1, len(ENTRIES) + 1)}


def test_a_blind_listing_names_codes_alone(blind):
    listed = json.loads(blind[0])
    assert sorted(listed["entries"]) == [f"B0{n}" for n in range(1, len(ENTRIES) + 1)]
    for entry in ENTRIES:
        assert not re.search(rf"(?<!\w){entry}(?!\w)", blind[0])


def test_the_rule_set_of_the_small_year_is_the_one_whose_deadline_is_set_aside():
    assert "D25-03" in {use.id for use in read_rule_set("stockholm-2025").eligibility}

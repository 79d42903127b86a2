"""Sections of dossiers as editions name them: found, listed, refused, failing."""

import pytest

SECTION = """
from kvaljury import DossierSection, Text, blocks, hookimpl

def build(case):
    {body}

@hookimpl
def kvaljury_dossier_sections():
    yield DossierSection("mine", build)
"""
PARAGRAPH = 'yield blocks.Paragraph(Text("Mine & own", sv="Mitt <b>eget</b>"))'


@pytest.fixture
def choose(linked_year):
    """Let the small year use a plugin of its own, with sections as given."""

    def chosen(sections, body=PARAGRAPH):
        (linked_year / "plugins").mkdir(exist_ok=True)
        (linked_year / "plugins" / "mine.py").write_text(SECTION.format(body=body), "utf-8")
        path = linked_year / "edition.toml"
        text = path.read_text("utf-8").split("plugins =")[0]
        path.write_text(f'{text}plugins = "plugins"\n[dossier]\nsections = {sections}\n', "utf-8")
        return linked_year

    return chosen


def test_a_section_of_ones_own_stands_where_it_is_named_as_text(kvaljury, choose):
    folder = choose('["mine", "method"]')
    assert kvaljury("dossier", folder).code == 0
    page = (folder / "out" / "dossier" / "bidrag-F01.html").read_text("utf-8")
    assert page.index("Mitt &lt;b&gt;eget&lt;/b&gt;") < page.index("Så är siffrorna framtagna")
    assert "I korthet" not in page


def test_an_unknown_section_is_refused_by_every_command_with_line_and_nearest(kvaljury, choose):
    folder = choose('["summary", "metod"]')
    for command in ("check", "rank", "dossier"):
        said = kvaljury(command, folder, "--lang", "en")
        assert said.code == 4
        assert "edition.toml:6" in said.err + said.out
        assert "nearest to metod: method" in said.err + said.out


def test_a_section_that_fails_names_its_file_and_writes_nothing(kvaljury, choose):
    folder = choose('["mine"]', "yield 1 / 0")
    said = kvaljury("dossier", folder, "--lang", "en")
    assert said.code == 4
    assert "mine.py" in said.err
    assert "The dossier section mine failed: ZeroDivisionError: division by zero" in said.err
    assert not (folder / "out").exists()


def test_a_section_changes_no_ranking_and_is_not_among_what_took_effect(kvaljury, choose):
    folder = choose('["summary", "method"]')
    assert kvaljury("rank", folder).code == 0
    before = (folder / "out" / "ranking.json").read_bytes()
    assert b"dossier-section" not in before


def test_plugins_lists_sections_and_which_are_in_use(kvaljury, choose):
    listed = kvaljury("plugins", choose('["mine", "method"]'), "--json").json["plugins"]
    in_use = {
        each["name"]: each["in_use"]
        for each in listed
        if each["hook"] == "kvaljury_dossier_sections"
    }
    assert [name for name, used in in_use.items() if used] == ["method", "mine"]
    assert len(in_use) == 11


def test_check_looks_at_the_bids_of_every_entry(kvaljury, linked_year):
    own = linked_year / "bids" / "F04"
    own.mkdir(parents=True)
    (own / "presentation.txt").write_bytes(b"\xff")
    (linked_year / "bids" / "F9").mkdir()
    said = kvaljury("check", linked_year, "--lang", "en")
    assert said.code == 3
    assert "bids/F04/presentation.txt: the text is not UTF-8" in said.out
    assert "bids/F9: no entry is called F9" in said.out


def test_init_writes_the_sections_as_a_comment(kvaljury, tmp_path):
    assert kvaljury("init", tmp_path / "new", "--lang", "en").code == 0
    text = (tmp_path / "new" / "edition.toml").read_text("utf-8")
    assert '# [dossier]\n# sections = ["summary", "class-chart", ' in text

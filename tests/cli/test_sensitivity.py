"""``kvaljury rank --sensitivity`` as users run it."""

import io
import json

import attrs
import pytest

from kvaljury.cli import progress_bar as bar_module
from kvaljury.cli.language import Language
from kvaljury.cli.output import Output
from kvaljury.cli.progress_bar import progress_bar
from kvaljury.cli.sensitivity_view import show_sensitivity
from kvaljury.core.model import Text
from kvaljury.core.model.sensitivity import ListState
from tests.cli.ranking_examples import RANKING, document
from tests.cli.small_year import write_year
from tests.files.test_sensitivity_documents import CLASS, FIRST, SECOND, SENSITIVITY


def told(found, capsys):
    shown = attrs.evolve(document(RANKING, "en"), sensitivity=found)
    show_sensitivity(shown, Output(Language("en")))
    return capsys.readouterr().out


def test_rank_tells_how_firmly_lists_stand_where_asked(tmp_path, kvaljury):
    folder = write_year(tmp_path / "year", extra="[shortlist]\nsize = 1\n")
    said = kvaljury("rank", folder, "--sensitivity", "--json", "--lang", "en")
    assert said.code == 0
    found = said.json["sensitivity"]
    assert [c["class"] for c in found["classes"]] == [c["class"] for c in said.json["classes"]]
    ranked = {
        entry["id"]: entry["rank"]
        for c in said.json["classes"]
        for entry in c["entries"]
        if entry["rank"] is not None
    }
    assert {e["id"]: e["place"] for c in found["classes"] for e in c["entries"]} == ranked
    again = kvaljury("rank", folder, "--sensitivity", "--json", "--lang", "en")
    assert again.out == said.out
    assert (folder / "out/ranking.json").read_text("utf-8") == said.out


def test_without_the_option_nothing_is_tried(tmp_path, kvaljury):
    folder = write_year(tmp_path / "year")
    assert kvaljury("rank", folder, "--json").json["sensitivity"] is None
    assert "how firmly" not in kvaljury("rank", folder, "--lang", "en").out


def test_people_read_a_section_for_each_class(tmp_path, kvaljury):
    folder = write_year(tmp_path / "year", extra="[shortlist]\nsize = 1\n")
    out = kvaljury("rank", folder, "--sensitivity", "--lang", "en").out
    assert out.count("how firmly the list stands") == 2
    assert "Places go by score alone" in out


def test_a_section_shows_who_stands_near_the_cut(capsys):
    far = attrs.evolve(SECOND, id="F03", place=3, best=3, worst=3, put_on_by=())
    out = told(
        attrs.evolve(SENSITIVITY, classes=(attrs.evolve(CLASS, entries=(FIRST, SECOND, far)),)),
        capsys,
    )
    assert "1 (1–2)" in out
    assert "412/500" in out
    assert "F01 Blåklockan" in out
    assert "Tallen" not in out
    assert "If E07 had given F01 3.4 points less" in out


def test_a_place_that_nothing_moves_is_shown_alone(capsys):
    firm = attrs.evolve(FIRST, worst=1, taken_off_by=())
    out = told(attrs.evolve(SENSITIVITY, classes=(attrs.evolve(CLASS, entries=(firm,)),)), capsys)
    assert "1 (" not in out
    assert "F01 Blåklockan" in out


def test_classes_without_a_choice_or_entries_have_no_table(capsys):
    few = attrs.evolve(CLASS, state=ListState.NO_CHOICE)
    out = told(attrs.evolve(SENSITIVITY, classes=(few,)), capsys)
    assert "nothing to alter" in out
    assert "412/500" not in out
    none = attrs.evolve(few, entries=())
    assert "how firmly" not in told(attrs.evolve(SENSITIVITY, classes=(none,)), capsys)


def test_nothing_is_shown_where_nobody_asked(capsys):
    assert told(None, capsys) == ""


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("stream", "patience", "is_shown"),
    [(Terminal(), 0.0, True), (Terminal(), 60.0, False), (io.StringIO(), 0.0, False)],
)
def test_a_bar_is_for_terminals_and_long_work_alone(monkeypatch, stream, patience, is_shown):
    monkeypatch.setattr(bar_module, "standard_error", lambda: stream)
    with progress_bar(Text("Working"), Language("en"), patience) as tell:
        tell(1, 2)
        tell(2, 2)
    assert ("Working" in stream.getvalue()) is is_shown


def test_without_an_error_stream_there_is_no_bar(monkeypatch):
    monkeypatch.setattr(bar_module, "standard_error", lambda: None)
    with progress_bar(Text("Working"), Language("en"), 0.0) as tell:
        tell(1, 1)


def test_the_option_is_explained(kvaljury):
    assert "--sensitivity" in kvaljury("rank", "--help", "--lang", "en").out


def test_json_is_the_same_whatever_the_order_of_the_entries(tmp_path, kvaljury):
    folder = write_year(tmp_path / "year", extra="[shortlist]\nsize = 1\n")
    before = kvaljury("rank", folder, "--sensitivity", "--json").json["sensitivity"]
    entries = folder / "entries.csv"
    head, *lines = entries.read_text("utf-8").splitlines()
    entries.write_text("\n".join([head, *reversed(lines)]) + "\n", encoding="utf-8")
    after = kvaljury("rank", folder, "--sensitivity", "--json").json["sensitivity"]
    assert json.dumps(before) == json.dumps(after)

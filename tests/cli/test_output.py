"""Lines and tables that no name can break."""

import io
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.cli.language import Language
from kvaljury.cli.output import Column, Output, prepare_streams, shown, width
from kvaljury.cli.streams import silence
from kvaljury.errors import Text

OUTPUT = Output(Language("sv"))
COLUMNS = (
    Column(Text("Name", sv="Namn")),
    Column(Text("Score", sv="Poäng"), right=True),
    Column(Text("Reasons", sv="Skäl"), wraps=True),
)


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


@given(st.text())
def test_no_name_breaks_the_line_or_commands_the_terminal(name):
    told = shown(name)
    assert len(told.splitlines()) <= 1
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in told)
    assert not set("\u202a\u202e\u2066\u2069\u200f") & set(told)


@pytest.mark.parametrize("name", ["Åkervinda – 2", "10\u00a0000", "👩\u200d🏫", "co\u00adop"])
def test_ordinary_text_is_shown_as_it_is(name):
    assert shown(name) == name


@pytest.mark.parametrize(("text", "columns"), [("Åsa", 3), ("A\u030asa", 3), ("漢字", 4), ("", 0)])
def test_width_counts_the_columns_of_a_terminal(text, columns):
    assert width(text) == columns


def test_a_piped_table_is_aligned_plain_text(capsys):
    OUTPUT.table(COLUMNS, [["Åkervinda", "7,5", "a"], ["漢字", "12,0", ""]])
    assert capsys.readouterr().out.splitlines() == [
        "Namn       Poäng  Skäl",
        "---------  -----  ----",
        "Åkervinda    7,5  a",
        "漢字        12,0",
    ]


def test_the_last_column_wraps_under_itself(capsys):
    OUTPUT.table(COLUMNS, [["A", "1", "ord " * 60]])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 3
    assert all(len(line) <= 120 for line in lines)
    assert lines[3].startswith(" " * 13 + "ord")


def test_a_table_without_rows_has_its_head(capsys):
    OUTPUT.table(COLUMNS, [])
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_names_are_never_read_as_markup_on_a_terminal(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("COLUMNS", "100")
    OUTPUT.table(COLUMNS, [["[/b] :smile: [red]x", "1", "\x1b[2J"]])
    assert "[/b] :smile: [red]x" in terminal.getvalue()
    assert "\x1b[2J" not in terminal.getvalue()


def test_a_terminal_table_has_rules_that_every_console_can_show(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    OUTPUT.table(COLUMNS, [["A", "1", "b"]])
    assert terminal.getvalue().isascii() is False
    assert terminal.getvalue().encode("cp1252")


@pytest.mark.parametrize("columns", ["30", "60", "200"])
def test_a_terminal_table_cuts_no_name(monkeypatch, columns):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("COLUMNS", columns)
    row = ["Exempelförskolan" * 2, "1", "ord " * 20]
    OUTPUT.table(COLUMNS, [row])
    plain = re.sub(r"\x1b\[[0-9;]*m", "", terminal.getvalue())
    assert "…" not in plain
    letters = "".join([*row, "Namn", "Poäng", "Skäl"])
    assert sorted(filter(str.isalpha, plain)) == sorted(filter(str.isalpha, letters))


def test_a_paragraph_keeps_to_the_page_and_its_indent(capsys):
    OUTPUT.paragraph("ord " * 80, indent=4)
    lines = capsys.readouterr().out.splitlines()
    assert all(line.startswith("    ord") and len(line) <= 120 for line in lines)


def test_a_document_is_written_byte_for_byte(capfdbinary):
    OUTPUT.line("före")
    OUTPUT.document("≥ ✓\n".encode())
    assert capfdbinary.readouterr().out == "före\n≥ ✓\n".encode()


def test_a_document_goes_to_a_stream_without_bytes_as_text(monkeypatch):
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    OUTPUT.document("å\n".encode())
    assert stream.getvalue() == "å\n"


def test_a_character_that_the_stream_lacks_does_not_stop_the_command(monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, "cp1252", write_through=True))
    prepare_streams()
    OUTPUT.line("å ≥")
    assert raw.getvalue().split() == ["å".encode("cp1252"), b"?"]


def test_a_complaint_to_a_closed_stream_is_no_new_error(monkeypatch):
    tried = []

    class Broken(io.StringIO):
        def write(self, text):
            tried.append(text)
            raise OSError("gone")

    stream = Broken()
    monkeypatch.setattr(sys, "stderr", stream)
    OUTPUT.complaint("något")
    assert tried == ["något\n"]
    assert stream.getvalue() == ""


def test_silence_leaves_a_stream_without_a_descriptor_as_it_is():
    stream = io.StringIO()
    silence(stream)
    stream.write("kvar")
    assert stream.getvalue() == "kvar"


def test_signs_that_a_stream_lacks_are_written_plainly(monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, "cp850", write_through=True))
    prepare_streams()
    OUTPUT.line("1 (1–3) ”Åkervinda”…")
    assert raw.getvalue().decode("cp850").split() == ["1", "(1-3)", '"Åkervinda"...']


def test_bytes_that_cannot_be_read_are_no_business_of_the_plain_signs():
    prepare_streams()
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("utf-8", "kvaljury-plainly")


def test_silence_points_a_stream_at_nothing(tmp_path):
    with (tmp_path / "out").open("w") as stream:
        silence(stream)
        stream.write("nobody reads this")
    assert (tmp_path / "out").read_text() == ""

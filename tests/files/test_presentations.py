"""The presentation text may come in Word and passes the same checks as plain text."""

import io

import docx
import pytest

from kvaljury.core.model import BidFormat
from kvaljury.core.model.characters import count_signs
from kvaljury.errors import DiskFault
from kvaljury.files.log import InputLog
from kvaljury.files.presentations import (
    parse_presentation,
    presentation_files,
    read_presentation,
)

BID = BidFormat(presentation_longest=1_000, rules={"presentation_longest": "F25-04"})


def word(*paragraphs, style=None):
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text, style=style)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.fixture
def log():
    return InputLog()


@pytest.fixture
def read(tmp_path, log):
    def done(files, bid=BID):
        for name, content in files.items():
            (tmp_path / name).write_bytes(content)
        named = {path.name.casefold(): path for path in sorted(tmp_path.iterdir())}
        return read_presentation(presentation_files(named), "bids/F01", bid, log)

    return done


def told(log):
    return [str(each) for each in (*log.faults, *log.warnings)]


@pytest.mark.parametrize(
    "name",
    [
        "presentation.docx",
        "Presentation.DOCX",
        "presentationstext.docx",
        "presentationstext Ängen.docx",
        "Presentation förskolan.docx",
    ],
)
def test_a_text_in_word_is_read_and_hashed(read, log, name):
    assert read({name: word("Vi lyssnar. ", "", "Vi mäter.")}) == "Vi lyssnar.\n\nVi mäter."
    assert told(log) == []
    assert list(log.hashes) == [f"bids/F01/{name}"]


def test_bullets_are_kept(read):
    assert read({"presentation.docx": word("ett", "två", style="List Bullet")}) == "• ett\n• två"


def test_what_word_puts_in_front_is_shown_and_not_counted(log):
    found = parse_presentation(word("ett", "två", style="List Bullet"), "p.docx", log)
    assert (found.shown, found.written) == ("• ett\n• två", "ett\ntvå")
    made = word(*["x" * 100] * 10, style="List Bullet")
    assert count_signs(parse_presentation(made, "p.docx", log).written).counted == 1_000


def test_bullets_make_no_text_too_long(read, log):
    read({"presentation.docx": word(*["x" * 100] * 10, style="List Bullet")})
    assert told(log) == []


def test_a_limit_without_a_rule_is_the_editions(read, log):
    read({"presentation.txt": b"x" * 11}, bid=BidFormat(presentation_longest=10))
    assert told(log)[0].endswith("11 characters without spaces; the edition allows 10")


def test_files_of_other_names_are_none(read, log):
    assert read({"presentation.odt": b"x", "min presentation.docx": b"x"}) == ""
    assert told(log) == []


def test_two_texts_are_a_fault_that_names_both(read, log):
    files = {"presentation.txt": b"hej", "presentation.docx": word("hej")}
    assert read(files) == ""
    assert told(log) == [
        "bids/F01: there are several presentation texts: presentation.docx, presentation.txt"
        " (keep one)"
    ]
    assert log.hashes == {}


def test_a_word_file_that_cannot_be_read_is_a_fault(read, log):
    assert read({"presentation.docx": b"%PDF-1.7"}) == ""
    (fault,) = told(log)
    assert fault.startswith("bids/F01/presentation.docx: this is a PDF; a Word document (.docx)")


def test_a_text_in_word_is_held_against_the_limit(read, log):
    text = "xxxx " * 250 + "y\u200b\u00a0"
    assert len(read({"presentation.docx": word(text)})) > 1000
    assert told(log) == [
        "bids/F01/presentation.docx: the presentation text has 1001 characters without spaces;"
        " F25-04 allows 1000"
    ]


def test_instructions_without_a_limit_are_not_cited(read, log):
    read({"presentation.docx": word("x" * 1001)}, bid=BidFormat())
    assert told(log) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x" * 10_001, "the text is longer than 10000 characters (shorten it)"),
        ("a\x85b\x9f", "the text holds the control character U+0085 (take it away)"),
    ],
)
def test_a_text_in_word_passes_the_same_checks(read, log, text, said):
    assert read({"presentation.docx": word(text)}) == ""
    assert told(log) == [f"bids/F01/presentation.docx: {said}"]


def test_changes_that_nobody_has_accepted_are_pointed_out(read, log):
    made = docx.Document()
    run = made.add_paragraph("Vi ").add_run("gör")._r
    inserted = docx.oxml.OxmlElement("w:ins")
    run.addprevious(inserted)
    inserted.append(run)
    out = io.BytesIO()
    made.save(out)
    assert read({"presentation.docx": out.getvalue()}) == "Vi gör"
    assert told(log) == [
        "bids/F01/presentation.docx: the text holds changes that nobody has accepted; they are"
        " taken as accepted (accept or reject them in Word)"
    ]


def test_comments_and_headers_are_no_part_of_the_text(read):
    made = docx.Document()
    made.add_paragraph("text")
    made.sections[0].header.paragraphs[0].text = "sidhuvud"
    out = io.BytesIO()
    made.save(out)
    assert read({"presentation.docx": out.getvalue()}) == "text"


def test_a_file_that_cannot_be_opened_is_said_plainly(tmp_path, log, monkeypatch):
    path = tmp_path / "presentation.docx"
    path.write_bytes(b"x")

    def refuse(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "read_bytes", refuse)
    with pytest.raises(DiskFault, match="Permission denied"):
        read_presentation([path], "bids/F01", BID, log)

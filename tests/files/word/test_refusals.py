"""What cannot be read whole and surely is refused with one fault that names the remedy."""

import struct

import pytest

from kvaljury.files.log import InputLog
from kvaljury.files.word import packages
from kvaljury.files.word.reading import read_word

SAVE = "(open the file in Word and save it anew as a Word document (.docx))"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (OLD + "WordDocument".encode("utf-16-le"), "a Word document of the old kind (.doc)"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "encrypted with a password"),
        (b"%PDF-1.7\n", "this is a PDF"),
        (b"{\\rtf1 text}", "a text in the RTF format"),
        (b"<html><body>x</body></html>", "a web page (HTML)"),
        (b"bara text", "a text or CSV file"),
    ],
)
def test_other_files_are_named_for_what_they_are(refused, content, said):
    assert said in refused(content=content)


def test_an_open_document_is_named(refused, xml):
    content = xml.zipped({"mimetype": "application/vnd.oasis.opendocument.text"})
    assert "an OpenDocument text (.odt)" in refused(content=content)


def test_a_document_with_macros_is_refused(refused, xml):
    assert "macros" in refused(xml.plain("x"), raw={"word/vbaProject.bin": b"x"})


def test_a_part_of_which_one_byte_is_wrong_is_refused(refused, xml, make):
    content = bytearray(make(xml.plain("x" * 50)))
    place = content.index(b"word/document.xml") + len("word/document.xml") + 5
    content[place] ^= 1
    assert refused(content=bytes(content)).startswith("bidrag.docx: word/document.xml: ")


def test_a_bomb_is_refused(refused, xml, make):
    content = make(xml.plain("x"), raw={"word/media/a.png": b"\0" * 30_000_000})
    assert "unpacks to more than" in refused(content=content)


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa">]>',
        '<!DOCTYPE x SYSTEM "http://a.se/x.dtd">',
    ],
)
def test_a_document_type_is_refused_in_any_encoding(refused, make, log, declared):
    inner = f'<?xml version="1.0" encoding="{{}}"?>{declared}<x/>'
    for encoding in ("utf-8", "utf-16"):
        log.faults.clear()
        content = inner.format(encoding).encode(encoding)
        assert "document type" in refused(content=make("", raw={"word/document.xml": content}))


@pytest.mark.parametrize("encoding", ["cp500", "utf-32"])
def test_an_encoding_that_the_gate_does_not_see_through_is_refused(refused, make, encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    content = make("", raw={"word/document.xml": text.encode(encoding)})
    assert refused(content=content).startswith("bidrag.docx: ")


def test_a_document_type_that_reaches_the_parser_is_refused(make, log):
    package = packages.WordPackage("bidrag.docx", {"a.xml": b"<!DOCTYPE x><x/>"})
    with pytest.raises(packages.InputFault, match=r"a\.xml is not written as Word files are"):
        package.xml("a.xml")


def test_xml_that_is_not_well_formed_is_refused(refused, make):
    assert refused(content=make("", raw={"word/document.xml": "<w:document>"})) == (
        f"bidrag.docx: word/document.xml is damaged: it is no well-formed XML {SAVE}"
    )


def test_xml_deeper_than_any_document_is_refused(refused, make):
    deep = "<a>" * 400 + "</a>" * 400
    assert "no well-formed XML" in refused(content=make("", raw={"word/document.xml": deep}))


@pytest.mark.parametrize(("name", "limit"), [("_MOST_NODES", 200), ("_MOST_BYTES", 2000)])
def test_xml_larger_than_memory_allows_is_refused(refused, xml, monkeypatch, name, limit):
    monkeypatch.setattr(packages, name, limit)
    assert refused(xml.plain("x") * 100) == (
        "bidrag.docx: word/document.xml is larger than a contribution can be"
        " (check that it is the right file)"
    )


@pytest.mark.parametrize("tag", ['<w:altChunk r:id="a"/>', '<w:p><w:subDoc r:id="a"/></w:p>'])
def test_text_of_another_file_is_refused(refused, xml, tag):
    assert refused(xml.plain("x") + tag) == (
        "bidrag.docx: the document draws in text of another file, which cannot be counted"
        " (open the file in Word, save it as a new Word document and send that)"
    )


def test_a_part_that_is_missing_is_refused(refused, xml):
    raw = {"word/footnotes.xml": None}
    assert refused(xml.plain("x"), footnotes="", raw=raw) == (
        f"bidrag.docx: the file refers to its part word/footnotes.xml, which is missing {SAVE}"
    )


@pytest.mark.parametrize(
    "root",
    [
        "<x/>",
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>',
    ],
)
def test_a_file_without_text_of_a_document_is_refused(refused, make, root):
    content = make("", raw={"word/document.xml": root})
    assert refused(content=content) == (
        f"bidrag.docx: the file holds no text of a Word document {SAVE}"
    )


def test_a_file_that_does_not_say_where_its_text_is_is_refused(refused, make):
    assert refused(content=make("", raw={"_rels/.rels": None})) == (
        f"bidrag.docx: the file does not say which part of it holds the text {SAVE}"
    )


def test_names_of_parts_differ_by_more_than_case(read, xml):
    document = read(
        xml.plain("x"), raw={"word/document.xml": None, "WORD/Document.XML": _document(xml)}
    )
    assert [p.text for p in document.paragraphs] == ["i versaler"]


def _document(xml):
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    inner = xml.plain("i versaler")
    return f'<w:document xmlns:w="{space}"><w:body>{inner}</w:body></w:document>'


def test_each_bit_that_flips_leaves_the_text_or_refuses_the_file(make, xml):
    content = make(xml.plain("Vi gör så här") + xml.paragraph(xml.deleted("fem")))
    whole = read_word(content, "a.docx", InputLog())
    outcomes = {"same": 0, "refused": 0}
    for place in range(0, len(content), 3):
        flipped = bytearray(content)
        flipped[place] ^= 1 << place % 8
        log = InputLog()
        document = read_word(bytes(flipped), "a.docx", log)
        assert (document is None) == bool(log.faults)
        assert document is None or document == whole, place
        outcomes["refused" if document is None else "same"] += 1
    assert outcomes["refused"] > 10 * outcomes["same"]


def test_a_file_that_is_cut_off_anywhere_is_refused(make, xml):
    content = make(xml.plain("Vi gör så här"))
    for end in range(0, len(content), 7):
        log = InputLog()
        assert read_word(content[:end], "a.docx", log) is None
        assert len(log.faults) == 1


def test_a_part_that_declares_another_size_is_refused(refused, xml, make):
    content = bytearray(make(xml.plain("x")))
    place = content.rindex(b"PK\x01\x02")
    struct.pack_into("<I", content, place + 24, 5)
    assert "bidrag.docx: " in refused(content=bytes(content))

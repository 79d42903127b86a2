"""What stands in a Word document is read once, in order, and told for what it is."""

import pytest

from kvaljury.core.model.word_document import Origin, Part
from kvaljury.files.log import InputLog
from kvaljury.files.word.reading import read_word

BOX, BODY = Part.TEXT_BOX, Part.BODY


def said(document):
    """Give text and origin of every stretch."""
    return [(s.text, s.origin) for p in document.paragraphs for s in p.stretches]


def texts(document, part=None):
    return [p.text for p in document.paragraphs if part in {None, p.part}]


def one(document):
    (found,) = said(document)
    return found


@pytest.mark.parametrize("strict", [False, True])
def test_paragraphs_are_read_in_both_namespaces(read, xml, strict):
    document = read(xml.plain("Vi gör") + xml.plain("så här"), strict=strict)
    assert texts(document) == ["Vi gör", "så här"]
    assert {p.part for p in document.paragraphs} == {BODY}
    assert document.file == "bidrag.docx"
    assert not document.tracks_changes


def test_any_prefix_will_do(read, make, log):
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    content = make(
        "",
        raw={
            "word/document.xml": f'<x:document xmlns:x="{space}"><x:body><x:p><x:r><x:t>Vi</x:t>'
            "</x:r></x:p></x:body></x:document>"
        },
    )
    assert texts(read_word(content, "a.docx", log)) == ["Vi"]


def test_the_signs_of_a_run_are_characters(read, xml):
    inner = (
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:noBreakHyphen/>"
        '<w:softHyphen/><w:ptab/><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>'
    )
    assert one(read(xml.paragraph(inner)))[0] == "a\tb\nc\n\u2011\u00ad\t\uf0e0"


@pytest.mark.parametrize("code", ["", "0", "D800", "110000", "xyz", "-1", "١"])
def test_a_symbol_without_a_character_counts_as_one_all_the_same(read, xml, code):
    assert one(read(xml.paragraph(f'<w:r><w:sym w:char="{code}"/></w:r>')))[0] == "?"


def test_text_is_composed_over_the_borders_of_runs(read, xml):
    assert one(read(xml.paragraph(xml.run("A") + xml.run("\u030angen"))))[0] == "Ången"


def test_comments_inside_xml_divide_no_text(read, xml):
    inner = "<w:r><w:t>Vi <!-- x -->gör<?x y?> så<w:x/> här</w:t></w:r>"
    assert one(read(xml.paragraph(inner)))[0] == "Vi gör så här"


def test_a_run_outside_any_paragraph_is_not_lost(read, xml):
    assert texts(read(xml.run("lös") + "<w:r><w:t/></w:r>")) == ["lös"]


def test_tracked_changes_are_told_apart(read, xml):
    document = read(
        xml.paragraph(xml.run("Vi ") + xml.change("ins", xml.run("gör ")) + xml.deleted("lät "))
    )
    assert said(document) == [
        ("Vi ", Origin.PLAIN),
        ("gör ", Origin.INSERTED),
        ("lät ", Origin.DELETED),
    ]
    assert texts(document) == ["Vi gör "]
    assert document.tracks_changes


def test_moved_text_stands_where_it_was_moved_to(read, xml):
    body = xml.paragraph(xml.change("moveFrom", xml.run("text")))
    document = read(body + xml.paragraph(xml.change("moveTo", xml.run("text"))))
    assert texts(document) == ["", "text"]


def test_deleted_text_is_deleted_wherever_it_stands(read, xml):
    inner = "<w:r><w:delText>bort</w:delText></w:r>"
    assert one(read(xml.paragraph(inner)))[1] is Origin.DELETED
    inner = xml.change("ins", xml.deleted("bort"))
    assert one(read(xml.paragraph(inner)))[1] is Origin.DELETED


@pytest.mark.parametrize(
    ("properties", "origin"), [("<w:del/>", Origin.DELETED), ("<w:ins/>", Origin.INSERTED)]
)
def test_rows_and_cells_are_inserted_and_deleted_whole(read, xml, properties, origin):
    cell = properties.replace("w:del", "w:cellDel").replace("w:ins", "w:cellIns")
    for row_properties, cell_properties in ((properties, ""), ("", cell)):
        document = read(
            f"<w:tbl><w:tr><w:trPr>{row_properties}</w:trPr>"
            f"<w:tc><w:tcPr>{cell_properties}</w:tcPr>{xml.plain('cell')}</w:tc></w:tr></w:tbl>"
        )
        assert one(document) == ("cell", origin)
        assert document.tracks_changes


def test_hidden_rows_are_hidden(read, xml):
    row = f"<w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{xml.plain('dold')}</w:tc></w:tr>"
    assert one(read(f"<w:tbl>{row}</w:tbl>")) == ("dold", Origin.HIDDEN)


def test_cells_are_told_from_paragraphs(read, xml):
    inner = xml.table((xml.plain("inre"),))
    document = read(xml.table((xml.plain("a"), xml.plain("b") + inner)) + xml.plain("efter"))
    assert [(p.text, p.in_table) for p in document.paragraphs] == [
        ("a", True),
        ("b", True),
        ("inre", True),
        ("efter", False),
    ]


STYLES = (
    '<w:style w:type="paragraph" w:styleId="Dold"><w:name w:val="dold"/>'
    "<w:rPr><w:vanish/></w:rPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="Under"><w:basedOn w:val="Dold"/></w:style>'
    '<w:style w:type="character" w:styleId="Tecken"><w:rPr><w:vanish/></w:rPr></w:style>'
)


@pytest.mark.parametrize(
    ("paragraph_style", "properties", "is_hidden"),
    [
        ("", "", False),
        ("", "<w:b/>", False),
        ("", "<w:vanish/>", True),
        ("", '<w:vanish w:val="0"/>', False),
        ("", '<w:vanish w:val="false"/>', False),
        ("", '<w:vanish w:val="true"/>', True),
        ("Dold", "", True),
        ("Under", "<w:b/>", True),
        ("Dold", '<w:vanish w:val="off"/>', False),
        ("", '<w:rStyle w:val="Tecken"/>', True),
        ("Dold", '<w:rStyle w:val="Tecken"/>', False),  # Word lets two switches cancel out
        ("Okänd", '<w:rStyle w:val="Okänd"/>', False),
    ],
)
def test_text_is_hidden_by_itself_or_by_its_styles(
    read, xml, paragraph_style, properties, is_hidden
):
    style = f'<w:pStyle w:val="{paragraph_style}"/>' if paragraph_style else ""
    document = read(xml.paragraph(xml.run("text", properties), style), styles=STYLES)
    assert one(document)[1] is (Origin.HIDDEN if is_hidden else Origin.PLAIN)


def test_the_defaults_of_a_document_can_hide_all(read, xml):
    styles = (
        "<w:docDefaults><w:rPrDefault><w:rPr><w:vanish/></w:rPr></w:rPrDefault></w:docDefaults>"
    )
    assert one(read(xml.plain("text"), styles=styles))[1] is Origin.HIDDEN
    shown = xml.paragraph(xml.run("text", '<w:vanish w:val="0"/>'))
    assert one(read(shown, styles=styles))[1] is Origin.PLAIN


def test_content_controls_and_their_prompts_are_told_apart(read, xml):
    document = read(
        xml.paragraph(
            xml.control(xml.run("Ängen"), "<w:text/>")
            + xml.control(xml.run("Skriv här"), "<w:showingPlcHdr/>")
            + xml.control(xml.run("svar"), '<w:showingPlcHdr w:val="0"/><w:dropDownList/>')
        )
        + xml.control(xml.plain("helt stycke"))
        + xml.control(xml.table((xml.control(xml.plain("cell")),)))
    )
    assert said(document) == [
        ("Ängen", Origin.CONTENT_CONTROL),
        ("Skriv här", Origin.PLACEHOLDER),
        ("svar", Origin.CONTENT_CONTROL),
        ("helt stycke", Origin.CONTENT_CONTROL),
        ("cell", Origin.CONTENT_CONTROL),
    ]


def test_links_tags_and_other_wrappers_leave_text_as_it_is(read, xml):
    inner = xml.run("sida")
    for tag in ("hyperlink", "smartTag", "customXml", "bdo", "dir", "okänd"):
        assert one(read(xml.paragraph(f"<w:{tag}>{inner}</w:{tag}>"))) == ("sida", Origin.PLAIN)


def test_the_base_of_ruby_is_text_and_its_reading_a_field(read, xml):
    ruby = f"<w:ruby><w:rubyPr/><w:rt>{xml.run('a')}</w:rt><w:rubyBase>{xml.run('b')}</w:rubyBase>"
    document = read(xml.paragraph(f"<w:r>{ruby}</w:ruby></w:r>"))
    assert said(document) == [("a", Origin.FIELD), ("b", Origin.PLAIN)]


def test_equations_are_told_apart(read, xml):
    inner = "<m:oMath><m:r><m:rPr/><m:t>a+b</m:t></m:r></m:oMath>"
    assert one(read(xml.paragraph(inner))) == ("a+b", Origin.EQUATION)


# Text boxes


@pytest.mark.parametrize("kind", ["old_box", "either_box"])
def test_a_text_box_follows_the_paragraph_that_anchors_it_and_is_read_once(read, xml, kind):
    box = getattr(xml, kind)(xml.plain("I rutan"))
    document = read(xml.paragraph(xml.run("Före") + box + xml.run("efter")) + xml.plain("sist"))
    assert [(p.text, p.part) for p in document.paragraphs] == [
        ("Föreefter", BODY),
        ("I rutan", BOX),
        ("sist", BODY),
    ]


def test_a_box_in_deleted_or_hidden_text_shares_its_lot(read, xml):
    box = xml.old_box(xml.plain("I rutan"))
    assert one(read(xml.paragraph(xml.change("del", box))))[1] is Origin.DELETED
    hidden = box.replace("<w:r><w:pict>", "<w:r><w:rPr><w:vanish/></w:rPr><w:pict>")
    assert one(read(xml.paragraph(hidden)))[1] is Origin.HIDDEN


def test_a_box_is_no_part_of_the_table_or_field_around_it(read, xml):
    inner = xml.field("REF a", xml.old_box(xml.plain("I rutan")))
    document = read(xml.table((xml.paragraph(inner),)))
    (box,) = [p for p in document.paragraphs if p.part is BOX]
    assert (box.text, box.in_table, box.stretches[0].origin) == ("I rutan", False, Origin.PLAIN)


def test_of_alternatives_the_first_that_is_understood_is_read(read, xml):
    unknown = (
        '<mc:AlternateContent xmlns:q="urn:future"><mc:Choice Requires="q">{}</mc:Choice>'
        '<mc:Choice Requires="wps v">{}</mc:Choice><mc:Fallback>{}</mc:Fallback>'
        "</mc:AlternateContent>"
    )
    inner = unknown.format(*(f"<w:t>{text}</w:t>" for text in ("ny", "känd", "äldre")))
    assert texts(read(xml.paragraph(f"<w:r>{inner}</w:r>"))) == ["känd"]


def test_without_an_alternative_that_is_understood_nothing_stands_there(read, xml):
    inner = '<mc:AlternateContent><mc:Choice Requires="zz"><w:t>ny</w:t></mc:Choice>'
    document = read(xml.paragraph(f"<w:r>{inner}</mc:AlternateContent></w:r>"))
    assert texts(document) == [""]


# Notes, comments, headers


@pytest.mark.parametrize(("kind", "part"), [("footnote", Part.FOOTNOTE), ("endnote", Part.ENDNOTE)])
def test_notes_come_in_the_order_of_their_references_with_their_anchor(read, xml, kind, part):
    notes = xml.note(kind, 3, "andra") + xml.note(kind, 2, "första") + xml.separators(kind)
    body = xml.plain("x") + xml.paragraph(xml.reference(kind, 2) + xml.reference(kind, 2))
    body += xml.paragraph(xml.reference(kind, 3) + f"<w:r><w:{kind}Reference/></w:r>")
    document = read(body, **{f"{kind}s": notes})
    found = [(p.text, p.part, p.anchor) for p in document.paragraphs if p.part is not BODY]
    assert found == [("första", part, 1), ("andra", part, 2)]


def test_a_note_that_nothing_refers_to_is_hidden_and_one_of_deleted_text_deleted(read, xml):
    notes = xml.note("footnote", 2, "borta") + xml.note("footnote", 3, "ingen")
    body = xml.paragraph(xml.change("del", xml.reference("footnote", 2)))
    document = read(body, footnotes=notes)
    assert said(document) == [("borta", Origin.DELETED), ("ingen", Origin.HIDDEN)]


def test_a_note_in_a_text_box_is_anchored_there(read, xml):
    box = xml.old_box(xml.paragraph(xml.reference("footnote", 2)))
    document = read(xml.paragraph(box), footnotes=xml.note("footnote", 2, "not"))
    assert document.paragraphs[-1].anchor == 1


def test_comments_headers_and_footers_come_last(read, xml):
    comment = f'<w:comment w:id="1">{xml.plain("fråga")}</w:comment>'
    box = xml.paragraph(xml.old_box(xml.plain("i rutan överst")))
    document = read(xml.plain("text"), footer=xml.plain("nederst"), header=box, comments=comment)
    assert [(p.text, p.part) for p in document.paragraphs] == [
        ("text", BODY),
        ("fråga", Part.COMMENT),
        ("", Part.HEADER),
        ("i rutan överst", Part.HEADER),
        ("nederst", Part.FOOTER),
    ]


# What else a document says


@pytest.mark.parametrize(
    ("noted", "read_as"),
    [("87720", 87720), ("0", None), ("", None), ("många", None), ("9" * 12, None), (None, None)],
)
def test_what_word_has_counted_is_a_cross_check(read, xml, noted, read_as):
    assert read(xml.plain("x"), characters=noted).counted_by_word == read_as


def test_embedded_files_are_named(read, xml):
    more = {
        "embeddings/budget.xlsx": ("package", b"x"),
        "embeddings/oleObject1.bin": ("oleObject", b"x"),
    }
    assert read(xml.plain("x"), more=more).embedded == ("oleobject1.bin", "budget.xlsx")


def test_reading_twice_gives_the_same(documents):
    for content in documents.values():
        first, second = (read_word(content, "a.docx", InputLog()) for _ in range(2))
        assert first == second

"""Of a field its result is text and its instruction is none."""

import pytest

from kvaljury.core.model.word_document import Origin


def mark(kind, inner=""):
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inner}</w:fldChar></w:r>'


def text(document):
    return [p.text for p in document.paragraphs]


def test_the_result_is_text_and_the_instruction_is_none(read, xml):
    document = read(xml.paragraph(xml.run("se ") + xml.field("REF a", xml.run("sidan")) + "."))
    assert [(s.text, s.origin) for s in document.paragraphs[0].stretches] == [
        ("se ", Origin.PLAIN),
        ("sidan", Origin.FIELD),
    ]


def test_a_simple_field_is_its_result(read, xml):
    (stretch,) = (
        read(xml.paragraph(f'<w:fldSimple w:instr="DATE">{xml.run("maj")}</w:fldSimple>'))
        .paragraphs[0]
        .stretches
    )
    assert (stretch.text, stretch.origin) == ("maj", Origin.FIELD)


def test_text_in_an_instruction_is_none_whatever_stands_in_it(read, xml):
    inner = mark("begin") + xml.run("= ") + xml.field("PAGE", xml.run("3")) + xml.run(" + 1")
    document = read(xml.paragraph(inner + mark("separate") + xml.run("4") + mark("end")))
    assert text(document) == ["4"]


def test_a_field_in_a_result_is_text(read, xml):
    inner = xml.field("TOC", xml.run("Mål ") + xml.field("PAGEREF", xml.run("12")))
    assert text(read(xml.paragraph(inner))) == ["Mål 12"]


def test_a_field_goes_on_over_paragraphs(read, xml):
    first = mark("begin") + mark("separate") + xml.run("Innehåll")
    body = xml.paragraph(first) + xml.plain("sidan 2") + xml.paragraph(mark("end") + xml.run("x"))
    origins = [p.stretches[0].origin for p in read(body).paragraphs]
    assert origins == [Origin.FIELD, Origin.FIELD, Origin.PLAIN]


def test_a_field_without_a_result_shows_nothing(read, xml):
    inner = mark("begin") + "<w:r><w:instrText>XE mål</w:instrText></w:r>" + mark("end")
    assert text(read(xml.paragraph(inner + xml.run("x")))) == ["x"]


@pytest.mark.parametrize("kind", ["separate", "end", "okänd"])
def test_a_mark_without_a_beginning_is_passed_over(read, xml, kind):
    assert text(read(xml.paragraph(mark(kind) + xml.run("x")))) == ["x"]


def test_a_field_without_an_end_that_swallows_text_is_refused(refused, xml):
    assert refused(xml.paragraph(mark("begin")) + xml.plain("allt efter")) == (
        "bidrag.docx: a field has no end, so that the text after it cannot be told from it"
        " (remove the field in Word, or replace it by its text (Ctrl+Shift+F9))"
    )


def test_a_field_without_an_end_in_a_text_box_is_refused_too(refused, xml):
    box = xml.old_box(xml.paragraph(mark("begin") + xml.run("text")))
    assert "a field has no end" in refused(xml.paragraph(box))


def test_a_field_without_an_end_that_swallows_none_is_read(read, xml):
    inner = mark("begin") + mark("separate") + xml.run("resultat")
    assert text(read(xml.paragraph(inner))) == ["resultat"]
    assert text(read(xml.paragraph(xml.run("x") + mark("begin")))) == ["x"]


def listed(chosen):
    entries = "".join(f'<w:listEntry w:val="{each}"/>' for each in ("Ja", "Nej"))
    return f"<w:ffData><w:ddList>{chosen}{entries}</w:ddList></w:ffData>"


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        ('<w:result w:val="1"/>', "Nej"),
        ('<w:default w:val="1"/>', "Nej"),
        ("", "Ja"),
        ('<w:result w:val="7"/>', ""),
        ('<w:result w:val="-1"/>', ""),
    ],
)
def test_a_drop_down_of_the_old_kind_shows_its_choice(read, xml, chosen, shown):
    document = read(xml.paragraph(mark("begin", listed(chosen)) + mark("end")))
    assert text(document) == [shown]


def test_a_drop_down_that_shows_its_choice_as_text_is_read_once(read, xml):
    inner = mark("begin", listed("")) + mark("separate") + xml.run("Ja") + mark("end")
    assert text(read(xml.paragraph(inner))) == ["Ja"]

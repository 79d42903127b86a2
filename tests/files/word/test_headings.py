"""Headings are told by outline level, else by the name of their style."""

import pytest

from kvaljury.files.word.styles import Style, Styles

STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
    '<w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Rubrik1"><w:name w:val="heading 1"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Rubrik2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Rubrik3"/>'
    '<w:style w:type="paragraph" w:styleId="Egen"><w:name w:val="Egen rubrik"/>'
    '<w:basedOn w:val="Rubrik1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Djup"><w:basedOn w:val="Rubrik1"/>'
    '<w:pPr><w:outlineLvl w:val="3"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Ingen"><w:basedOn w:val="Rubrik1"/>'
    '<w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="Standard"/>'
)


@pytest.mark.parametrize(
    ("style", "level", "name"),
    [
        ("", 0, "Normal"),
        ("Rubrik1", 1, "heading 1"),
        ("Rubrik2", 2, "heading 2"),
        ("Rubrik3", 3, "Rubrik3"),
        ("Heading4", 4, "Heading4"),
        ("Egen", 1, "Egen rubrik"),
        ("Djup", 4, "Djup"),
        ("Ingen", 0, "Ingen"),
        ("A", 0, "A"),
        ("Rubrik", 0, "Rubrik"),
        ("Rubrik12", 0, "Rubrik12"),
    ],
)
def test_a_style_gives_level_and_name(read, xml, style, level, name):
    chosen = f'<w:pStyle w:val="{style}"/>' if style else ""
    (found,) = read(xml.paragraph(xml.run("Mål"), chosen), styles=STYLES).paragraphs
    assert (found.heading, found.style) == (level, name)


@pytest.mark.parametrize(("outline", "level"), [("1", 2), ("9", 0), ("-1", 0), ("x", 1)])
def test_the_outline_level_of_a_paragraph_goes_before_its_style(read, xml, outline, level):
    own = f'<w:pStyle w:val="Rubrik1"/><w:outlineLvl w:val="{outline}"/>'
    (found,) = read(xml.paragraph(xml.run("Mål"), own), styles=STYLES).paragraphs
    assert found.heading == level


def test_a_circle_of_styles_ends():
    styles = Styles({"A": Style("A", "A", "B"), "B": Style("B", "B", "A")})
    assert [style.id for style in styles.chain("A")] == ["A", "B"]
    assert not styles.hides("A")

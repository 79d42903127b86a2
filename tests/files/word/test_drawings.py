"""Images come with bytes, size and description; the text of charts and diagrams is told apart."""

import pytest

from kvaljury.core.model.word_document import Origin

CHART = (
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:title>'
    "<a:p><a:r><a:t>Nöjda</a:t></a:r></a:p></c:title><c:strCache><c:pt><c:v>2024</c:v></c:pt>"
    "<c:pt><c:v> </c:v></c:pt></c:strCache></c:chartSpace>"
)
DIAGRAM = (
    '<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><dgm:pt><dgm:t><a:p><a:r>'
    "<a:t>Mål</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:dataModel>"
)


def blip(identity, attribute="embed"):
    inner = f'<pic:pic><pic:blipFill><a:blip r:{attribute}="{identity}"/></pic:blipFill></pic:pic>'
    return f"<a:graphicData>{inner}</a:graphicData>"


@pytest.fixture
def picture(read, xml):
    """Read a document with an image after a paragraph."""

    def done(inner, **how):
        more = how.pop("more", {"media/image1.PNG": ("image", b"png")})
        body = xml.plain("före") + xml.paragraph(f"<w:r>{inner}</w:r>")
        return read(body, more=more, **how).images

    return done


@pytest.mark.parametrize("kind", ["anchor", "inline"])
@pytest.mark.parametrize("strict", [False, True])
def test_an_image_has_bytes_size_and_description(picture, xml, kind, strict):
    (found,) = picture(xml.anchored(blip("image1"), kind, "Gården"), strict=strict)
    assert (found.name, found.media_type, found.data) == ("image1.png", "image/png", b"png")
    assert (found.width_mm, found.height_mm) == (100.0, 50.0)
    assert (found.paragraph, found.description) == (1, "Gården")


def test_the_media_type_of_a_part_goes_before_that_of_its_ending(picture, xml, make):
    more = {"media/image1.bin": ("image", b"x")}
    (found,) = picture(xml.anchored(blip("image1")), more=more)
    assert found.media_type == ""
    (found,) = picture(xml.anchored(blip("image1")), more=more, types={"bin": "image/x-emf"})
    assert found.media_type == "image/x-emf"


def test_a_linked_image_is_named_and_has_no_bytes(picture, xml):
    outside = {"far": ("image", "https://a.se/bild.png")}
    (found,) = picture(xml.anchored(blip("far", "link")), outside=outside)
    assert (found.name, found.data) == ("bild.png", b"")


def test_an_image_whose_part_is_missing_has_no_bytes(picture, xml):
    (found,) = picture(
        xml.anchored(blip("image1")),
        more={"media/image1.png": ("image", b"x")},
        raw={"word/media/image1.png": None},
    )
    assert found.data == b""


def test_an_image_that_refers_to_nothing_is_none(picture, xml):
    assert picture(xml.anchored(blip("image7"))) == ()
    assert picture(xml.anchored("<a:graphicData><a:blip/></a:graphicData>")) == ()


def test_a_deleted_image_is_none(read, xml):
    drawn = xml.change("del", f"<w:r>{xml.anchored(blip('image1'))}</w:r>")
    more = {"media/image1.png": ("image", b"x")}
    assert read(xml.paragraph(drawn), more=more).images == ()


@pytest.mark.parametrize(
    ("style", "width", "height"),
    [
        ("position:absolute;width:72pt;height:36pt;z-index:1", 25.4, 12.7),
        ("width: 2in; height: 5cm", 50.8, 50.0),
        ("width:30mm;height:96px", 30.0, 25.4),
        ("mso-width-percent:50;width:auto", 0.0, 0.0),
        ("", 0.0, 0.0),
    ],
)
def test_an_image_of_the_old_kind_has_size_and_description(picture, style, width, height):
    inner = f'<w:pict><v:shape style="{style}" alt="Gården"><v:imagedata r:id="image1"/></v:shape>'
    (found,) = picture(f"{inner}</w:pict>")
    assert (found.width_mm, found.height_mm, found.description) == (width, height, "Gården")


@pytest.mark.parametrize("extent", ["", '<wp:extent cx="-5" cy="stor"/>'])
def test_a_size_that_is_none_is_unknown(picture, extent):
    inner = f"<w:drawing><wp:inline>{extent}{blip('image1')}</wp:inline></w:drawing>"
    (found,) = picture(inner)
    assert (found.width_mm, found.height_mm, found.description) == (0.0, 0.0, "")


def drawn(document):
    return [(s.text, s.origin) for p in document.paragraphs for s in p.stretches]


def test_the_text_of_a_chart_is_read_once_and_told_apart(read, xml):
    inner = '<w:r><w:drawing><c:chart r:id="chart1"/></w:drawing></w:r>'
    document = read(
        xml.paragraph(xml.run("se ") + inner + inner),
        more={"charts/chart1.xml": ("chart", CHART)},
    )
    assert drawn(document) == [("se ", Origin.PLAIN), ("Nöjda\n2024", Origin.DRAWING)]
    assert document.paragraphs[0].text == "se "


def test_the_text_of_a_diagram_is_told_apart(read, xml):
    inner = '<w:r><w:drawing><dgm:relIds r:dm="data1" r:lo="layout1"/></w:drawing></w:r>'
    document = read(xml.paragraph(inner), more={"diagrams/data1.xml": ("diagramData", DIAGRAM)})
    assert drawn(document) == [("Mål", Origin.DRAWING)]


@pytest.mark.parametrize("outside", [{}, {"chart1": ("chart", "https://a.se/x")}])
def test_a_chart_that_is_not_there_says_nothing(read, xml, outside):
    inner = '<w:r><w:drawing><c:chart r:id="chart1"/></w:drawing></w:r>'
    assert drawn(read(xml.paragraph(inner), outside=outside)) == []


def test_text_drawn_in_place_is_told_apart(read, xml):
    inner = "<w:r><w:drawing><a:p><a:r><a:t>i</a:t></a:r><a:br/><a:r><a:t>ritning</a:t></a:r></a:p>"
    document = read(xml.paragraph(inner + "</w:drawing></w:r>"))
    assert drawn(document) == [("i\nritning\n", Origin.DRAWING)]


def test_word_art_of_the_old_kind_is_drawn_text(read, xml):
    inner = '<w:r><w:pict><v:shape><v:textpath string="UTKAST"/></v:shape></w:pict></w:r>'
    assert drawn(read(xml.paragraph(inner))) == [("UTKAST", Origin.DRAWING)]

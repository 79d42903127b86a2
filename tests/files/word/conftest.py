"""Word files made by hand, with whatever a municipal form may hold."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

import pytest

from kvaljury.core.model.word_document import WordDocument
from kvaljury.files.log import InputLog
from kvaljury.files.word.reading import read_word

OPEN = "http://schemas.openxmlformats.org"
STRICT = "http://purl.oclc.org/ooxml"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SPACES = {
    "w": f"{OPEN}/wordprocessingml/2006/main",
    "r": f"{OPEN}/officeDocument/2006/relationships",
    "m": f"{OPEN}/officeDocument/2006/math",
    "wp": f"{OPEN}/drawingml/2006/wordprocessingDrawing",
    "a": f"{OPEN}/drawingml/2006/main",
    "pic": f"{OPEN}/drawingml/2006/picture",
    "c": f"{OPEN}/drawingml/2006/chart",
    "dgm": f"{OPEN}/drawingml/2006/diagram",
    "mc": f"{OPEN}/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
STRICT_SPACES = {
    "w": f"{STRICT}/wordprocessingml/main",
    "r": f"{STRICT}/officeDocument/relationships",
    "m": f"{STRICT}/officeDocument/math",
    "wp": f"{STRICT}/drawingml/wordprocessingDrawing",
    "a": f"{STRICT}/drawingml/main",
    "c": f"{STRICT}/drawingml/chart",
    "dgm": f"{STRICT}/drawingml/diagram",
}
ROOTS = {
    "styles": "w:styles",
    "numbering": "w:numbering",
    "footnotes": "w:footnotes",
    "endnotes": "w:endnotes",
    "comments": "w:comments",
    "header": "w:hdr",
    "footer": "w:ftr",
}
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

Make = Callable[..., bytes]


def root(name: str, inner: str, spaces: Mapping[str, str]) -> str:
    declared = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in spaces.items())
    return f"{HEAD}<{name}{declared}>{inner}</{name}>"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def relations(listed: Mapping[str, tuple[str, str]], strict: bool) -> str:
    base = STRICT if strict else f"{OPEN}/officeDocument/2006"
    folder = f"{base}/relationships" if not strict else f"{base}/officeDocument/relationships"

    def element(identity: str, kind: str, target: str) -> str:
        mode = ' TargetMode="External"' if "://" in target else ""
        return f'<Relationship Id="{identity}" Type="{folder}/{kind}" Target="{target}"{mode}/>'

    inner = "".join(element(identity, *told) for identity, told in listed.items())
    return f'{HEAD}<Relationships xmlns="{OPEN}/package/2006/relationships">{inner}</Relationships>'


def make_docx(
    body: str,
    *,
    strict: bool = False,
    more: Mapping[str, tuple[str, str | bytes]] | None = None,
    outside: Mapping[str, tuple[str, str]] | None = None,
    types: Mapping[str, str] | None = None,
    raw: Mapping[str, str | bytes | None] | None = None,
    characters: str | None = None,
    **known: str,
) -> bytes:
    """Make a Word file.

    Args:
        body: XML inside ``w:body``.
        strict: in the namespaces of ISO 29500 strict.
        more: kind of relation and content by name of a further part (``charts/chart1.xml``);
            the id of the relation is the name without folder and ending.
        outside: kind and address by id of what stands in no part.
        types: media types by ending.
        raw: parts to put in as they are, or to leave out.
        characters: what ``docProps/app.xml`` says.
        known: XML inside the root of ``styles``, ``numbering``, ``footnotes`` and so on.
    """
    spaces = {**SPACES, **(STRICT_SPACES if strict else {})}
    parts: dict[str, str | bytes] = {"word/document.xml": ""}
    listed: dict[str, tuple[str, str]] = {}
    for name, inner in known.items():
        parts[f"word/{name}.xml"] = root(ROOTS[name], inner, spaces)
        listed[name] = (name, f"{name}.xml")
    for name, (kind, content) in (more or {}).items():
        parts[f"word/{name}"] = content
        listed[name.rpartition("/")[2].partition(".")[0]] = (kind, name)
    listed.update(outside or {})
    shown = "".join(
        f'<w:{name}Reference w:type="default" r:id="{name}"/>'
        for name in ("header", "footer")
        if name in known
    )
    section = f"<w:sectPr>{shown}</w:sectPr>"
    parts["word/document.xml"] = root("w:document", f"<w:body>{body}{section}</w:body>", spaces)
    parts["word/_rels/document.xml.rels"] = relations(listed, strict)
    own = {"main": ("officeDocument", "word/document.xml")}
    if characters is not None:
        parts["docProps/app.xml"] = (
            f'<Properties xmlns="{OPEN}/officeDocument/2006/extended-properties">'
            f"<Characters>{characters}</Characters></Properties>"
        )
        own["app"] = ("extended-properties", "docProps/app.xml")
    parts["_rels/.rels"] = relations(own, strict)
    stated = {"rels": "application/vnd.openxmlformats-package.relationships+xml"}
    stated |= {"xml": "application/xml", "png": "image/png", **(types or {})}
    kinds = [*known, "document.main"]
    defaults = "".join(
        f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in stated.items()
    )
    overrides = "".join(
        f'<Override PartName="/word/{kind.partition(".")[0]}.xml"'
        f' ContentType="{WORD_TYPE}.{kind}+xml"/>'
        for kind in kinds
    )
    parts["[Content_Types].xml"] = (
        f'{HEAD}<Types xmlns="{OPEN}/package/2006/content-types">{defaults}{overrides}</Types>'
    )
    parts |= {name: content for name, content in (raw or {}).items() if content is not None}
    left_out = {name for name, content in (raw or {}).items() if content is None}
    ordered = sorted(parts, key=lambda name: name != "[Content_Types].xml")
    return zipped({name: parts[name] for name in ordered if name not in left_out})


@pytest.fixture(scope="session")
def make() -> Make:
    """Make a Word file from the XML of its body and further parts."""
    return make_docx


@pytest.fixture
def read(make: Make, log: InputLog) -> Callable[..., WordDocument]:
    """Make a Word file and read it, without a fault."""

    def done(body: str, **how: object) -> WordDocument:
        document = read_word(make(body, **how), "bidrag.docx", log)
        assert [str(fault) for fault in log.faults] == []
        assert document is not None
        return document

    return done


@pytest.fixture
def refused(make: Make, log: InputLog) -> Callable[..., str]:
    """Make a Word file that is refused and give the one fault."""

    def done(body: str = "", **how: object) -> str:
        content = how.pop("content", None)
        found = make(body, **how) if content is None else content
        assert read_word(found, "bidrag.docx", log) is None
        (fault,) = log.faults
        return str(fault)

    return done


# What stands in the made documents


def run(text: str, properties: str = "") -> str:
    set_ = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{set_}<w:t xml:space='preserve'>{text}</w:t></w:r>"


def paragraph(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def plain(text: str) -> str:
    return paragraph(run(text))


def change(tag: str, inner: str) -> str:
    return f'<w:{tag} w:id="7" w:author="A" w:date="2025-05-01T10:00:00Z">{inner}</w:{tag}>'


def deleted(text: str) -> str:
    return change("del", f"<w:r><w:delText xml:space='preserve'>{text}</w:delText></w:r>")


def field(instruction: str, result: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    asked = f"<w:r><w:instrText xml:space='preserve'> {instruction} </w:instrText></w:r>"
    return mark("begin") + asked + mark("separate") + result + mark("end")


def control(inner: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def table(*rows: tuple[str, ...]) -> str:
    cells = [[f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in row] for row in rows]
    inner = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in cells)
    return f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{inner}</w:tbl>"


def old_box(inner: str) -> str:
    return (
        '<w:r><w:pict><v:rect style="width:100pt;height:50pt"><v:textbox><w:txbxContent>'
        f"{inner}</w:txbxContent></v:textbox></v:rect></w:pict></w:r>"
    )


def anchored(inner: str, kind: str = "anchor", description: str = "") -> str:
    return (
        f'<w:drawing><wp:{kind} distT="0" distB="0" distL="0" distR="0" simplePos="0"'
        ' relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        '<wp:extent cx="3600000" cy="1800000"/><wp:wrapNone/>'
        f'<wp:docPr id="1" name="x" descr="{description}"/>'
        f"<a:graphic>{inner}</a:graphic></wp:{kind}></w:drawing>"
    )


def new_box(inner: str) -> str:
    shape = (
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="3600000" cy="1800000"/></a:xfrm><a:prstGeom prst="rect"/></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
        "</a:graphicData>"
    )
    return anchored(shape)


def either_box(inner: str) -> str:
    older = old_box(inner).removeprefix("<w:r>").removesuffix("</w:r>")
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{new_box(inner)}</mc:Choice>'
        f"<mc:Fallback>{older}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def note(kind: str, identity: int, text: str) -> str:
    return f'<w:{kind} w:id="{identity}"><w:p><w:r><w:{kind}Ref/></w:r>{run(text)}</w:p></w:{kind}>'


def reference(kind: str, identity: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{identity}"/></w:r>'


def separators(kind: str) -> str:
    return (
        f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
        f'<w:{kind} w:type="continuationSeparator" w:id="0"><w:p><w:r>'
        f"<w:continuationSeparator/></w:r>{run('aldrig')}</w:p></w:{kind}>"
    )


def level(at: int, form: str, text: str, inner: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{inner}'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
    )


def numbered(text: str, at: int = 0, listed: int = 1) -> str:
    properties = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{listed}"/></w:numPr>'
    return paragraph(run(text), properties)


NUMBERING = (
    '<w:abstractNum w:abstractNumId="5"><w:multiLevelType w:val="multilevel"/>'
    + level(0, "decimal", "%1.")
    + level(1, "lowerLetter", "%2)")
    + level(2, "upperRoman", "%1.%2.%3")
    + "</w:abstractNum>"
    + '<w:abstractNum w:abstractNumId="6">'
    + level(0, "bullet", "\uf0b7")
    + "</w:abstractNum>"
    + '<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
    + '<w:num w:numId="2"><w:abstractNumId w:val="6"/></w:num>'
    + '<w:num w:numId="3"><w:abstractNumId w:val="5"/>'
    + '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
)


class Pieces:
    """The makers of XML, for tests."""

    run = staticmethod(run)
    paragraph = staticmethod(paragraph)
    plain = staticmethod(plain)
    change = staticmethod(change)
    deleted = staticmethod(deleted)
    field = staticmethod(field)
    control = staticmethod(control)
    table = staticmethod(table)
    old_box = staticmethod(old_box)
    new_box = staticmethod(new_box)
    either_box = staticmethod(either_box)
    anchored = staticmethod(anchored)
    note = staticmethod(note)
    reference = staticmethod(reference)
    separators = staticmethod(separators)
    level = staticmethod(level)
    numbered = staticmethod(numbered)
    zipped = staticmethod(zipped)
    NUMBERING = NUMBERING


@pytest.fixture(scope="session")
def xml() -> type[Pieces]:
    """What makes the XML of documents."""
    return Pieces


def _characters() -> str:
    agreed = "Vi gör\u00a0så\u202fhär\u2007och\u3000där\u2011om \U0001f600 \u2764\ufe0f a\u030a"
    return plain(agreed) + plain("Vi – jo – gör a/b (c) … &amp; 3&#8211;4 %, “så” här — nu.")


def _ordinary() -> str:
    signs = "<w:tab/><w:t>cd</w:t><w:br/><w:t>ef</w:t><w:cr/><w:t>g</w:t><w:noBreakHyphen/>"
    symbol = '<w:t>pil </w:t><w:sym w:font="Wingdings" w:char="F0E0"/><w:t> hit</w:t>'
    return (
        plain("Vi lyssnar på dem vi är till för.")
        + paragraph(f"<w:r><w:t>ab</w:t>{signs}{symbol}</w:r>")
        + table((plain("Mål"), plain("Resultat")), (plain("Två"), plain("Åtta")))
        + table((plain("Yttre") + table((plain("Inre"),)) + plain(""),))
        + paragraph(f'<w:hyperlink w:anchor="a">{run("till sidan")}</w:hyperlink>')
        + paragraph(
            f'<w:smartTag w:uri="u" w:element="e">{run("Stock")}</w:smartTag>' + run("holm")
        )
    )


def _fields() -> str:
    simple = f'<w:fldSimple w:instr=" AUTHOR ">{run("Kim")}</w:fldSimple>'
    link = field('HYPERLINK "https://a.se"', run("sidan"))
    return paragraph(run("Av ") + simple) + paragraph(run("Se ") + link)


def _changes() -> str:
    return (
        paragraph(run("Vi ") + change("ins", run("gör ")) + run("så"))
        + paragraph(run("Vi ") + deleted("aldrig ") + run("så"))
        + paragraph(change("moveFrom", run("flyttat")) + run("Vi har "))
        + paragraph(change("moveTo", run("flyttat")))
    )


def _invisible() -> str:
    signs = "".join(plain(f"Vi gör{sign}så") for sign in "\u00ad\u2060\ufeff\u200e")
    return signs + paragraph("<w:r><w:t>av</w:t><w:softHyphen/><w:t>stava</w:t></w:r>")


def _lists() -> str:
    places = ((0, 1), (0, 1), (1, 1), (2, 1), (0, 1), (0, 3), (0, 2), (0, 2))
    return "".join(numbered("punkt", at, listed) for at, listed in places)


def _notes() -> str:
    return paragraph(run("Mer") + reference("footnote", 2) + reference("endnote", 2))


def _comment() -> str:
    start, end = (f'<w:commentRange{place} w:id="1"/>' for place in ("Start", "End"))
    return paragraph(f'{start}{run("Text")}{end}<w:r><w:commentReference w:id="1"/></w:r>')


def _controls() -> str:
    filled = control(run("Ängen"), '<w:alias w:val="n"/><w:text/>')
    return paragraph(run("Enhet: ") + filled) + control(plain("Hela stycket")) + plain("efter")


def made_documents() -> dict[str, bytes]:
    """Give the documents on which counts are compared, by name."""
    prompt = control(run("Skriv här"), "<w:showingPlcHdr/><w:text/>")
    sentence = "Vi lyssnar på de äldre, mäter vad som händer och lär oss av det. " * 4
    bodies = {
        "agreed-characters": _characters(),
        "ordinary": _ordinary(),
        "long": plain(sentence) * 430,
        "fields": _fields(),
        "changes": _changes(),
        "hidden": paragraph(run("Vi ") + run("dolt", "<w:vanish/>") + run(" syns")),
        "text-boxes": "".join(
            paragraph(run("Före") + box(plain("I rutan")) + run("efter"))
            for box in (old_box, either_box)
        ),
        "comment": _comment(),
        "invisible": _invisible(),
        "zero-width-space": plain("Vi gör\u200bså här"),
        "family-emoji": plain("Vi \U0001f468\u200d\U0001f469\u200d\U0001f467 här"),
        "letter-with-loose-accent": plain("Vi görx\u0323så här"),
        "controls": _controls(),
        "unfilled-control": paragraph(run("Enhet: ") + prompt),
        "equation": paragraph(run("Av ") + "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"),
        "lists": _lists(),
        "notes": _notes(),
        "header-and-footer": plain("Text"),
    }
    dated = 'w:author="A" w:date="2025-05-01T10:00:00Z" w:initials="A"'
    known = {
        "lists": {"numbering": NUMBERING},
        "notes": {
            f"{kind}s": separators(kind) + note(kind, 2, " En not")
            for kind in ("footnote", "endnote")
        },
        "comment": {"comments": f'<w:comment w:id="1" {dated}>{plain("En fråga")}</w:comment>'},
        "header-and-footer": {"header": plain("Överst"), "footer": plain("Nederst på sidan")},
    }
    return {name: make_docx(body, **known.get(name, {})) for name, body in bodies.items()}


@pytest.fixture(scope="session")
def documents() -> dict[str, bytes]:
    """The documents on which counts are compared, by name."""
    return made_documents()

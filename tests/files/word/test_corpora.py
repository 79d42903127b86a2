"""Real and hostile files are read or refused, and agree with python-docx where it reads all."""

import docx
import pytest
from lxml import etree

from kvaljury.core.model.word_document import Part
from kvaljury.files.log import InputLog
from kvaljury.files.word.reading import read_word

SPECIAL = {
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "sdt",
    "fldChar",
    "fldSimple",
    "vanish",
    "txbxContent",
    "footnoteReference",
    "AlternateContent",
    "altChunk",
    "smartTag",
    "noBreakHyphen",
    "softHyphen",
    "sym",
    "ptab",
    "hyperlink",
}
REFUSED = {
    "crafted": {"entity-expansion.docx", "truncated.docx"},
    "python-docx": set(),
}


def files_of(shared, folder):
    found = sorted((shared / "corpora" / folder).glob("*.doc*"))
    if not found:
        pytest.skip(f"the files of {folder} are absent")
    return found


@pytest.mark.parametrize("folder", ["python-docx", "poi-nasty", "crafted"])
def test_every_file_is_read_or_refused_with_one_fault(shared, folder):
    refused = set()
    for path in files_of(shared, folder):
        log = InputLog()
        document = read_word(path.read_bytes(), path.name, log)
        assert len(log.faults) == (document is None), path.name
        assert all(str(fault).startswith(path.name) for fault in log.faults)
        if document is None:
            refused.add(path.name)
    assert refused == REFUSED.get(folder, refused)


def test_of_the_hostile_files_the_sound_ones_are_read(shared):
    read = set()
    for path in files_of(shared, "poi-nasty"):
        if read_word(path.read_bytes(), path.name, InputLog()):
            read.add(path.name.removeprefix("document__"))
    assert read == {
        "bug56075-changeTracking_off.docx",
        "bug56075-changeTracking_on.docx",
        "delins.docx",
        "documentProtection_trackedChanges_no_password.docx",
        "footnotes.docx",
        "form_footnotes.docx",
        "table_footnotes.docx",
    }


def is_special(document):
    tags = {etree.QName(e).localname for e in document.element.body.iter(etree.Element)}
    return not SPECIAL.isdisjoint(tags)


def shown(paragraphs):
    """Give texts without whitespace: page breaks are line breaks here and nothing there."""
    return ["".join(p.text.split()) for p in paragraphs]


def test_python_docx_gives_the_same_paragraphs_where_nothing_special_stands(shared):
    compared = 0
    for path in files_of(shared, "python-docx"):
        with path.open("rb") as file:
            other = docx.Document(file)
        if is_special(other):
            continue
        document = read_word(path.read_bytes(), path.name, InputLog())
        own = [p for p in document.paragraphs if p.part is Part.BODY]
        assert shown(p for p in own if not p.in_table) == shown(other.paragraphs), path.name
        cells = shown(p for t in other.tables for c in t._cells for p in c.paragraphs)
        assert set(cells) <= set(shown(p for p in own if p.in_table))
        compared += 1
    assert compared > 30

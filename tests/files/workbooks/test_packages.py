"""The gate: what is no sound Office file is refused before anything in it is believed."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from kvaljury.files.workbooks import packages
from kvaljury.files.workbooks.packages import DOCUMENT, WORKBOOK, open_package

CORPORA = Path(__file__).resolve().parents[4] / "shared/corpora"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(content, log, kind=WORKBOOK):
    assert open_package(content, "E01.xlsx", log, kind) is None
    (fault,) = log.faults
    assert fault.where.file == "E01.xlsx"
    assert fault.hint is not None
    return fault


@pytest.fixture
def sound(parts, pack):
    return pack(parts())


def test_a_sound_workbook_gives_its_parts_by_lower_case_name(sound, log):
    package = open_package(sound, "E01.xlsx", log, WORKBOOK)
    assert log.faults == []
    assert package.parts["xl/sharedstrings.xml"].startswith(b"<sst")
    assert package.part("/xl/sharedStrings.xml") == package.parts["xl/sharedstrings.xml"]
    assert package.part("xl/absent.xml") is None


def test_stored_parts_and_a_comment_at_the_end_are_sound(parts, pack, log):
    content = bytearray(pack(parts(), zipfile.ZIP_STORED))
    content[-2:] = struct.pack("<H", 3)
    assert open_package(bytes(content) + b"hej", "E01.xlsx", log, WORKBOOK)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (OLE + "Workbook".encode("utf-16-le"), "an Excel workbook of the old kind (.xls)"),
        (OLE + "WordDocument".encode("utf-16-le"), "a Word document of the old kind (.doc)"),
        (OLE + b"what", "an Office file of an old kind"),
        (b"\x09\x08\x10\x00", "an Excel workbook of the old kind (.xls)"),
        (b"%PDF-1.7", "a PDF"),
        (b"{\\rtf1", "a text in the RTF format"),
        (b"\x89PNG\r\n", "a picture"),
        (b"entry;mark\nF01;4,5\n", "a text or CSV file"),
        ("entry;mark".encode("utf-16"), "a text or CSV file"),
        (b"<HTML><table>", "a web page (HTML)"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "an Excel workbook of the kind XML 2003",
        ),
        (b"\x01\x02\x03", "a file of an unknown kind"),
    ],
)
def test_a_file_under_a_false_name_is_called_what_it_is(content, said, log):
    fault = refusal(content, log)
    assert fault.code == "wrong-file-type"
    assert str(fault.message) == f"this is {said}; an Excel workbook (.xlsx) was expected"
    assert "save it as an Excel workbook (.xlsx)" in str(fault.hint)


def test_an_empty_file_is_called_empty(log):
    assert refusal(b"", log).code == "empty-file"


def test_an_encrypted_workbook_asks_for_the_password_to_be_removed(log):
    fault = refusal(OLE + "EncryptedPackage".encode("utf-16-le"), log)
    assert fault.code == "encrypted"
    assert "remove the password" in str(fault.hint)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "(.ods)"),
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "(.odt)"),
        ({"mimetype": "application/vnd.oasis.opendocument.graphics"}, "an OpenDocument file"),
        ({"a.txt": "x"}, "a zip archive that is no Office file"),
    ],
)
def test_an_archive_of_another_kind_is_called_what_it_is(parts, said, pack, log):
    assert said in str(refusal(pack(parts), log).message)


def with_type(parts, content_type):
    made = parts()
    types = made["[Content_Types].xml"]
    made["[Content_Types].xml"] = types.replace(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", content_type
    )
    return made


@pytest.mark.parametrize(
    ("content_type", "said"),
    [
        ("application/vnd.ms-excel.sheet.binary.macroEnabled.main", "a binary Excel workbook"),
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "a Word document (.docx)",
        ),
        (
            "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
            "a PowerPoint presentation",
        ),
        ("application/vnd.ms-visio.drawing.main+xml", "an Office file of another kind"),
        ("text/plain", "an Office file of another kind"),
    ],
)
def test_an_office_file_of_another_kind_is_called_what_it_is(parts, content_type, said, pack, log):
    assert said in str(refusal(pack(with_type(parts, content_type)), log).message)


def test_a_template_is_as_good_as_a_workbook(parts, pack, log):
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml"
    assert open_package(pack(with_type(parts, kind)), "E01.xlsx", log, WORKBOOK)


def test_a_workbook_is_no_document(sound, log):
    fault = refusal(sound, log, DOCUMENT)
    assert "this is an Excel workbook (.xlsx); a Word document (.docx) was" in str(fault.message)


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/VBAPROJECT.BIN", "xl/macrosheets/s.xml"])
def test_macros_are_refused_by_the_name_of_their_part(parts, pack, name, log):
    assert refusal(pack(parts(**{name: b"x"})), log).code == "macros"


def test_macros_are_refused_by_the_content_type(parts, pack, log):
    kind = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    assert refusal(pack(with_type(parts, kind)), log).code == "macros"


@pytest.mark.parametrize(
    "part",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]><a/>',
        '\n<?xml version="1.0"?><!DOCTYPE a><a/>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'.encode("utf-16"),
        "<!DOCTYPE a><a/>".encode("utf-16-be"),
        b"\xef\xbb\xbf<!DOCTYPE a><a/>",
    ],
)
def test_a_document_type_is_refused_in_any_part_whatever_its_encoding(parts, pack, part, log):
    fault = refusal(pack(parts(**{"docProps/any.bin": part})), log)
    assert fault.code == "document-type"
    assert fault.where.detail == "docprops/any.bin"


def test_more_tags_than_can_be_read_in_time_are_refused(sound, log, monkeypatch):
    monkeypatch.setattr(packages, "_MOST_TAGS", 20)
    assert refusal(sound, log).code == "too-large"


def test_an_encoding_that_office_does_not_use_is_refused(parts, pack, log):
    part = "<?xml version='1.0' encoding = 'UTF-7'?><a/>"
    fault = refusal(pack(parts(**{"docProps/app.xml": part})), log)
    assert fault.code == "broken-part"


def test_the_content_types_must_be_sound_xml(parts, pack, log):
    fault = refusal(pack(parts() | {"[Content_Types].xml": "<Types"}), log)
    assert fault.code == "broken-part"
    assert fault.where.detail == "[content_types].xml"

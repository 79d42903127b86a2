"""The encodings that Excel writes are told apart; nothing is guessed in silence."""

from __future__ import annotations

import pytest

from kvaljury.files.csv_text import decode_csv, line_at
from kvaljury.files.log import InputLog

REMEDY = "save it from Excel as CSV UTF-8 (comma delimited)"
SWEDISH = "Enhet;Fråga\r\nFörskolan Ängen;F1\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf_8_is_read_with_and_without_byte_order_mark(encoding: str, log: InputLog) -> None:
    assert decode_csv(SWEDISH.encode(encoding), "m.csv", log) == SWEDISH
    assert log == InputLog()


def test_windows_1252_is_read_with_a_warning_at_the_first_letter(log: InputLog) -> None:
    text = "a;b\r\nx;y\r\nÅsa;ö–é\r\n"
    assert decode_csv(text.encode("cp1252"), "m.csv", log) == text
    assert [str(w) for w in log.warnings] == [
        f"m.csv:3: the text is not in UTF-8 and was read as Windows-1252 ({REMEDY})"
    ]
    assert log.faults == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            b"PK\x03\x04rest",
            "m.csv: the file is an Excel workbook or a zip archive with the name of a CSV",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1",
            "m.csv: the file is an old Excel workbook with the name of a CSV",
        ),
        (b"%PDF-1.7", "m.csv: the file is a PDF with the name of a CSV"),
        (SWEDISH.encode("utf-16"), "m.csv: the text is in UTF-16; UTF-8 was expected"),
        (
            b"\xfe\xff" + SWEDISH.encode("utf-16-be"),
            "m.csv: the text is in UTF-16; UTF-8 was expected",
        ),
        (SWEDISH.encode("utf-16-le"), "m.csv: the text is in UTF-16; UTF-8 was expected"),
        (b"a;b\n1;4\0\n", "m.csv:2: the file holds a NUL byte, so it is no text"),
        (
            SWEDISH.encode() + "Åsa".encode("cp1252"),
            "m.csv:3: the text mixes UTF-8 with another encoding, from this line",
        ),
        (
            SWEDISH.encode("mac-roman"),
            "m.csv:1: the text seems to be in Mac Roman; UTF-8 was expected",
        ),
        (b"a;b\r\n\x81;\x8d\r\n", "m.csv:2: the text is neither in UTF-8 nor in Windows-1252"),
    ],
)
def test_another_encoding_is_refused_with_the_remedy(
    content: bytes, said: str, log: InputLog
) -> None:
    assert decode_csv(content, "m.csv", log) is None
    assert [str(fault) for fault in log.faults] == [f"{said} ({REMEDY})"]
    assert log.faults[0].code == "wrong-encoding"


def test_a_czech_name_in_windows_1252_is_not_taken_for_mac_roman(log: InputLog) -> None:
    text = "namn\nŠárka på förskolan\n"
    assert decode_csv(text.encode("cp1252"), "m.csv", log) == text


def test_typographic_signs_of_windows_1252_alone_are_not_taken_for_mac_roman(
    log: InputLog,
) -> None:
    text = "kommentar\n“bra” – 5 €\n"
    assert decode_csv(text.encode("cp1252"), "m.csv", log) == text


@pytest.mark.parametrize(("end", "line"), [(b"\n", 3), (b"\r\n", 3), (b"\r", 3)])
def test_lines_are_counted_with_every_line_end(end: bytes, line: int) -> None:
    content = end.join([b"a", b"b", b"c"])
    assert line_at(content, len(content)) == line

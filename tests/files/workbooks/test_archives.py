"""Zip archives that two readers could read in two ways are refused, and bombs are not unpacked."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaljury.files.log import InputLog
from kvaljury.files.workbooks import archives
from kvaljury.files.workbooks.packages import WORKBOOK, open_package


def refusal(content, log, kind=WORKBOOK):
    assert open_package(content, "E01.xlsx", log, kind) is None
    (fault,) = log.faults
    assert fault.where.file == "E01.xlsx"
    assert fault.hint is not None
    return fault


@pytest.fixture
def sound(parts, pack):
    return pack(parts())


def flaw(content, log):
    fault = refusal(content, log)
    return fault.code, str(fault.message).rpartition(": ")[2]


def end_of(content):
    return content.rfind(b"PK\x05\x06")


def directory_of(content):
    return struct.unpack_from("<I", content, end_of(content) + 16)[0]


def patched(content, place, value):
    return content[:place] + value + content[place + len(value) :]


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (lambda c: c[:-30], "its end is missing; the file has been cut off"),
        (lambda c: c[:-1], "its end is missing; the file has been cut off"),
        (lambda c: c + b"more", "bytes stand after its end, or are missing there"),
        (lambda c: b"PK" + c, "its directory does not stand where it should"),
        (lambda c: b"junk" + c, "its directory does not stand where it should"),
        (lambda c: patched(c, end_of(c) + 8, b"\x01\0\x01\0"), "its directory is damaged"),
        (lambda c: patched(c, end_of(c) + 8, b"\x63\0\x63\0"), "its directory is damaged"),
        (lambda c: patched(c, directory_of(c), b"XX"), "its directory is damaged"),
    ],
    ids=["cut", "cut by one", "appended", "before", "prepended", "few", "many", "signature"],
)
def test_an_archive_that_is_not_whole_is_refused(sound, break_it, said, log):
    fault_code, message = flaw(break_it(sound), log)
    assert (fault_code, message) == ("broken-package", said)


def test_an_archive_without_parts_is_refused(pack, log):
    assert flaw(pack({}), log)[1] == "its directory is damaged"


def test_a_second_directory_inside_the_comment_is_refused(parts, pack, log):
    first, second = pack(parts()), pack({"a": "b"})
    content = patched(first, len(first) - 2, struct.pack("<H", len(second))) + second
    assert flaw(content, log)[1] == "its directory does not stand where it should"


def test_bytes_before_the_first_part_are_refused_even_if_the_directory_knows_of_them(parts, log):
    content = io.BytesIO(b"hidden")
    content.seek(0, 2)
    with zipfile.ZipFile(content, "a") as archive:
        for name, part in parts().items():
            archive.writestr(name, part)
    assert flaw(b"PK" + content.getvalue()[2:], log)[1] == "bytes stand before its beginning"


def hidden_between(parts, hidden):
    """Make an archive with bytes between the parts that the directory does not list."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, part in parts().items():
            archive.writestr(name, part)
            if name == "_rels/.rels":
                archive.fp.write(hidden)
                archive.start_dir = archive.fp.tell()
    return content.getvalue()


def test_bytes_between_the_parts_are_refused(parts, log):
    said = "bytes that belong to no part follow the part"
    assert flaw(hidden_between(parts, b"PK\x03\x04hidden"), log)[1] == said


@pytest.mark.parametrize(
    ("offset", "value"),
    [(6, b"\x02\0"), (8, b"\x00\0"), (10, b"\x01\x01"), (14, b"\0\0\0\0"), (22, b"\1\0\0\0")],
    ids=["flags", "method", "time", "crc", "size"],
)
def test_a_part_that_contradicts_the_directory_is_refused(sound, offset, value, log):
    said = "the directory and the part say different things"
    assert flaw(patched(sound, offset, value), log) == ("broken-package", said)


def test_a_part_under_another_name_than_in_the_directory_is_refused(sound, log):
    content = sound.replace(b"xl/styles.xml", b"xl/stylez.xml", 1)
    assert flaw(content, log)[1] == "the directory and the part say different things"


def test_a_part_without_its_header_is_refused(sound, log):
    assert flaw(b"PK\x03\x05" + sound[4:], log)[1].endswith("say different things")


@pytest.mark.parametrize(
    ("offset", "value", "code", "said"),
    [
        (8, b"\x01\0", "encrypted", "the part is encrypted"),
        (8, b"\x40\0", "broken-package", "the part is packed in a way that Office does not use"),
        (10, b"\x0c\0", "broken-package", "the part is packed in a way that Office does not use"),
    ],
)
def test_what_office_does_not_do_to_parts_is_refused(sound, log, *, offset, value, code, said):
    assert flaw(patched(sound, directory_of(sound) + offset, value), log) == (code, said)


@pytest.mark.parametrize(
    "name",
    ["../evil.xml", "xl/../../evil.xml", "/etc/passwd", "C:/evil.xml", "xl//a", "..\\a", "a\x01"],
)
def test_a_name_that_leads_out_is_refused(parts, pack, name, log):
    assert flaw(pack(parts(**{name: "x"})), log)[1].endswith("leads out of the package")


@pytest.mark.parametrize("name", ["XL/workbook.XML", "xl\\workbook.xml"])
def test_a_part_that_stands_twice_is_refused_by_case_and_by_slash(parts, pack, name, log):
    assert flaw(pack(parts(**{name: "x"})), log)[1] == "the part stands in it twice"


def test_the_same_name_twice_is_refused(parts, log):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, part in parts().items():
            archive.writestr(name, part)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("xl/styles.xml", "x")
    assert flaw(content.getvalue(), log)[1] == "the part stands in it twice"


def test_folders_are_no_harm(parts, pack, log):
    assert open_package(pack({"xl/": "", **parts()}), "E01.xlsx", log, WORKBOOK)


def test_a_bomb_is_refused_by_its_ratio_before_it_is_unpacked(parts, pack, log):
    code, said = flaw(pack(parts(**{"xl/bomb.xml": b"\0" * 3_000_000})), log)
    assert (code, said) == ("too-large", "the part unpacks to more than 400 times its size")


def test_a_part_that_is_too_large_is_refused(parts, pack, log, monkeypatch):
    monkeypatch.setattr(archives, "_PART_BYTES", 1000)
    fault = refusal(pack(parts(**{"xl/large.xml": b"\0" * 1001})), log)
    assert fault.code == "too-large"
    assert fault.where.detail == "xl/large.xml"


def test_parts_that_are_too_large_together_are_refused(sound, log, monkeypatch):
    monkeypatch.setattr(archives, "MOST_BYTES", 1000)
    fault = refusal(sound, log)
    assert (fault.code, fault.where.detail) == ("too-large", "")


def test_too_many_parts_are_refused(sound, log, monkeypatch):
    monkeypatch.setattr(archives, "MOST_PARTS", 3)
    assert flaw(sound, log) == ("too-large", "it has 7 parts; at most 3 are read")


def reheaded(content, **changes):
    """Change the first part's sizes or checksum in both headers alike."""
    places = {"crc": (14, 16), "packed": (18, 20), "size": (22, 24)}
    for name, value in changes.items():
        local, listed = places[name]
        packed = struct.pack("<I", value)
        content = patched(content, local, packed)
        content = patched(content, directory_of(content) + listed, packed)
    return content


def test_a_wrong_checksum_is_refused(sound, log):
    said = "the checksum or size of the part is wrong"
    assert flaw(reheaded(sound, crc=1), log)[1] == said


@pytest.mark.parametrize("by", [-1, 1])
def test_a_part_larger_or_smaller_than_declared_is_refused(sound, by, log):
    size = struct.unpack_from("<I", sound, 22)[0]
    assert "part" in flaw(reheaded(sound, size=size + by), log)[1]


def test_a_part_that_is_no_deflate_stream_is_refused(sound, log):
    start = 30 + struct.unpack_from("<H", sound, 26)[0]
    assert flaw(patched(sound, start, b"\xff\xff"), log)[1] == "the part cannot be unpacked"


def test_bytes_behind_the_deflate_stream_of_a_part_are_refused(parts, pack, log):
    made = parts()
    first = made["[Content_Types].xml"].encode()
    stored = pack(made, zipfile.ZIP_STORED)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    stream = packer.compress(first) + packer.flush()
    stream += b"x" * (len(first) - len(stream))
    start = 30 + struct.unpack_from("<H", stored, 26)[0]
    content = patched(stored, start, stream)
    content = patched(content, 8, b"\x08\0")
    content = patched(content, directory_of(content) + 10, b"\x08\0")
    assert flaw(content, log)[1] == "the part cannot be unpacked"


def test_a_part_that_reaches_into_the_next_is_refused(sound, log):
    packed = struct.unpack_from("<I", sound, 18)[0]
    assert flaw(reheaded(sound, packed=packed + 1), log)[1] == "the part overlaps another"


def test_two_parts_at_one_place_are_refused(sound, log):
    second = sound.find(b"PK\x01\x02", directory_of(sound) + 4)
    assert flaw(patched(sound, second + 42, b"\0\0\0\0"), log)[1] == "the part overlaps another"


def streamed(parts, **options):
    """Write without going back, so that sizes follow each part, as many programs do."""

    class Pipe(io.RawIOBase):
        def __init__(self):
            self.content = b""

        def writable(self):
            return True

        def write(self, data):
            self.content += bytes(data)
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            with archive.open(name, "w", **options) as file:
                file.write(part.encode())
    return pipe.content


@pytest.mark.parametrize("is_long", [False, True], ids=["32 bits", "64 bits"])
def test_sizes_that_follow_the_part_are_read(parts, is_long, log):
    content = streamed(parts(), force_zip64=is_long)
    assert open_package(content, "E01.xlsx", log, WORKBOOK)


def test_what_follows_a_part_must_be_its_own_sizes(parts, log):
    content = streamed(parts())
    place = content.find(b"PK\x07\x08")
    content = patched(content, place + 8, b"\xff")
    assert flaw(content, log)[1] == "bytes that belong to no part follow the part"


def long_directory(content, offset=0, **changes):
    """Put a 64-bit end before the usual one."""
    end = end_of(content)
    count, size, start = struct.unpack_from("<HII", content, end + 10)
    fields = {"disk": 0, "rest": 44, "signature": b"PK\x06\x06", **changes}
    record = struct.pack(
        "<4sQ2H2I4Q",
        *(fields["signature"], fields["rest"], 45, 45, fields["disk"], 0),
        *(count, count, size, start),
    )
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, end + offset, 1)
    return content[:end] + record + locator + content[end:]


def test_a_64_bit_directory_is_read(sound, log):
    assert open_package(long_directory(sound), "E01.xlsx", log, WORKBOOK)


@pytest.mark.parametrize(
    "changes", [{"offset": 1}, {"rest": 45}, {"signature": b"PK\x06\x00"}, {"disk": 1}]
)
def test_a_64_bit_directory_that_is_not_sound_is_refused(sound, changes, log):
    said = "its directory does not stand where it should"
    assert flaw(long_directory(sound, **changes), log)[1] == said


def with_extra(content, extra):
    """Give the first part an additional field in its own header."""
    name = struct.unpack_from("<H", content, 26)[0]
    grown = patched(content, 28, struct.pack("<H", len(extra)))
    grown = grown[: 30 + name] + extra + grown[30 + name :]
    start = directory_of(content) + len(extra)
    grown = patched(grown, end_of(grown) + 16, struct.pack("<I", start))
    place = start
    for _ in range(struct.unpack_from("<H", grown, end_of(grown) + 10)[0]):
        offset = struct.unpack_from("<I", grown, place + 42)[0]
        if offset:
            grown = patched(grown, place + 42, struct.pack("<I", offset + len(extra)))
        place += 46 + sum(struct.unpack_from("<3H", grown, place + 28))
    return grown


def test_a_field_of_excel_is_no_harm_but_a_second_name_is(sound, log):
    growth = struct.pack("<HH", 0xA220, 4) + b"\0" * 4
    assert open_package(with_extra(sound, growth), "E01.xlsx", log, WORKBOOK)
    second = struct.pack("<HH", 0x7075, 6) + b"\1evil!"
    assert flaw(with_extra(sound, second), log)[1].endswith("say different things")


def test_a_second_name_in_the_directory_is_refused(parts, log):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, part in parts().items():
            info = zipfile.ZipInfo(name)
            info.extra = struct.pack("<HH", 0x7075, 6) + b"\1evil!"
            archive.writestr(info, part)
    assert flaw(content.getvalue(), log)[1] == "the part has two names"


@given(st.binary(max_size=400))
def test_no_bytes_at_all_leak_an_exception(content):
    log = InputLog()
    assert open_package(b"PK" + content, "E01.xlsx", log, WORKBOOK) is None
    assert len(log.faults) == 1


@given(st.binary(max_size=60), st.integers(0, 60))
def test_no_directory_at_all_leaks_an_exception(noise, place):
    content = b"PK\x03\x04" + noise[:place] + b"PK\x06\x07" + noise[place:] + b"PK\x05\x06"
    for tail in (noise, noise[:18].ljust(18, b"\0")):
        log = InputLog()
        assert open_package(content + tail, "E01.xlsx", log, WORKBOOK) is None
        assert len(log.faults) == 1

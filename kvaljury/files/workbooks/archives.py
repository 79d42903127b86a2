"""Zip archives to the bytes of their parts; what two readers could read in two ways is refused."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from kvaljury.errors import InputFault, Source, Text
from kvaljury.files.characters import quoted
from kvaljury.files.input_files import MEGABYTE

MOST_PARTS = 2000
"""Parts that a package may have; a workbook of 250 sheets with comments has a thousand."""

MOST_BYTES = 100 * MEGABYTE
"""Bytes of all parts together once inflated: five times what a workbook of half a million cells
needs, and little enough to be held in memory."""

_PART_BYTES = 64 * MEGABYTE
_RATIO = 400  # sheets of nothing but formatted blank cells come to about 200
_UNSUSPECTED = 2 * MEGABYTE

_END = struct.Struct("<4s4HIIH")
_LONG_PLACE = struct.Struct("<4sIQI")
_LONG_END = struct.Struct("<4sQ2H2I4Q")
_LISTED = struct.Struct("<4s6H3I5H2I")
_LOCAL = struct.Struct("<4s5H3I2H")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _DESCRIBED_AFTER, _UTF8 = 1 << 0, 1 << 3, 1 << 11
_UNDERSTOOD = 1 << 1 | 1 << 2 | _DESCRIBED_AFTER | _UTF8  # 1 and 2 only say how hard it was packed
_LONG, _LONG_EXTRA, _NAME_EXTRA = 0xFFFFFFFF, 0x0001, 0x7075
_OUTSIDE = re.compile(r"(^|/)\.{0,2}(/|$)|^[A-Za-z]:|[\x00-\x1f\x7f]")


class _Entry(NamedTuple):
    """A part as the directory lists it; sizes and offset in bytes."""

    name: bytes
    flags: int
    method: int
    stamp: tuple[int, int]
    crc: int
    packed: int
    size: int
    offset: int

    @property
    def said(self) -> str:
        """Its name as far as it can be told, for messages."""
        return self.name.decode("utf-8" if self.flags & _UTF8 else "cp437", "replace")


def read_archive(content: bytes, file: str) -> dict[str, bytes]:
    """Read all parts of a zip archive.

    Directory and local headers must agree, the parts must lie side by side from the first byte
    to the directory, and each must inflate to just what is declared, with the right CRC.

    Args:
        content: the archive.
        file: its address relative to the edition folder.

    Returns:
        Bytes by name: forward slashes, lower case, as Office tells parts apart.

    Raises:
        InputFault: for the first flaw, with the part where one is at fault.
    """
    start, end, count = _directory(content, file)
    entries = _listed(content, start, end, count, file)
    _refuse_bombs(entries, file)
    names = _names(entries, file)
    ordered = sorted(entries, key=lambda entry: entry.offset)
    begins = [*(entry.offset for entry in ordered), start]
    if begins[0] != 0:
        raise _flaw(file, Text("bytes stand before its beginning"))
    for entry, (_, follows) in zip(ordered, pairwise(begins), strict=True):
        _check_local(content, entry, follows, file)
    return {names[entry.name]: _inflated(content, entry, file) for entry in entries}


def _flaw(file: str, flaw: Text, part: str = "", code: str = "broken-package") -> InputFault:
    message = Text("the zip package of the file is not as it should be: {flaw}", flaw=flaw)
    return InputFault(message, Source(file, 0, quoted(part)), None, code)


def _directory(content: bytes, file: str) -> tuple[int, int, int]:
    """Give where the directory begins and ends and how many parts it lists."""
    place = content.rfind(b"PK\x05\x06")
    if place < 0 or place + _END.size > len(content):
        raise _flaw(file, Text("its end is missing; the file has been cut off"))
    _, *disks, here, count, size, start, comment = _END.unpack_from(content, place)
    if place + _END.size + comment != len(content):
        raise _flaw(file, Text("bytes stand after its end, or are missing there"))
    end = place
    if content[max(place - _LONG_PLACE.size, 0) : place].startswith(b"PK\x06\x07"):
        end, disks, here, count, size, start = _long_directory(content, place, file)
    if any(disks) or here != count or start + size != end:
        raise _flaw(file, Text("its directory does not stand where it should"))
    if count > MOST_PARTS:
        message = Text("it has {n} parts; at most {limit} are read", n=count, limit=MOST_PARTS)
        raise _flaw(file, message, code="too-large")
    return start, end, count


def _long_directory(
    content: bytes, place: int, file: str
) -> tuple[int, list[int], int, int, int, int]:
    """Read the 64-bit end that some programs write before the usual one, whatever the size."""
    _, disk, end, disks = _LONG_PLACE.unpack_from(content, place - _LONG_PLACE.size)
    if end + _LONG_END.size + _LONG_PLACE.size != place or disk or disks != 1:
        raise _flaw(file, Text("its directory does not stand where it should"))
    signature, rest, _, _, *on_disks, here, count, size, start = _LONG_END.unpack_from(content, end)
    if signature != b"PK\x06\x06" or rest + 12 != _LONG_END.size:
        raise _flaw(file, Text("its directory does not stand where it should"))
    return end, on_disks, here, count, size, start


def _listed(content: bytes, start: int, end: int, count: int, file: str) -> list[_Entry]:
    entries = []
    place = start
    for _ in range(count):
        if place + _LISTED.size > end or content[place : place + 4] != b"PK\x01\x02":
            raise _flaw(file, Text("its directory is damaged"))
        fields = _LISTED.unpack_from(content, place)
        flags, method, stamp = fields[3], fields[4], (fields[5], fields[6])
        lengths = fields[10:13]
        name_end = place + _LISTED.size + lengths[0]
        name = content[place + _LISTED.size : name_end]
        extra = _extra(content[name_end : name_end + lengths[1]])
        packed, size, offset = _sizes(extra, fields[8], fields[9], fields[16])
        entries.append(_Entry(name, flags, method, stamp, fields[7], packed, size, offset))
        place += _LISTED.size + sum(lengths)
        _refuse_features(entries[-1], extra, file)
    if place != end or not entries:
        raise _flaw(file, Text("its directory is damaged"))
    return entries


def _extra(block: bytes) -> dict[int, bytes]:
    """Give the additional fields by their number; what is no field is of no consequence."""
    fields = {}
    while len(block) >= 4:  # noqa: PLR2004  # the size of its header
        number, length = struct.unpack_from("<HH", block)
        fields[number] = block[4 : 4 + length]
        block = block[4 + length :]
    return fields


def _sizes(extra: dict[int, bytes], packed: int, size: int, offset: int = 0) -> tuple[int, ...]:
    """Fill in from the 64-bit field what does not fit into 32 bits."""
    wide = extra.get(_LONG_EXTRA, b"")
    values = {"size": size, "packed": packed, "offset": offset}
    for name, value in values.items():
        if value == _LONG and len(wide) >= 8:  # noqa: PLR2004  # bytes of a 64-bit number
            values[name] = int.from_bytes(wide[:8], "little")
            wide = wide[8:]
    return values["packed"], values["size"], values["offset"]


def _refuse_features(entry: _Entry, extra: dict[int, bytes], file: str) -> None:
    if entry.flags & _ENCRYPTED:
        raise _flaw(file, Text("the part is encrypted"), entry.said, "encrypted")
    if entry.flags & ~_UNDERSTOOD or entry.method not in {_STORED, _DEFLATED}:
        raise _flaw(file, Text("the part is packed in a way that Office does not use"), entry.said)
    if _NAME_EXTRA in extra:
        raise _flaw(file, Text("the part has two names"), entry.said)


def _refuse_bombs(entries: Sequence[_Entry], file: str) -> None:
    """Refuse by the declared sizes; `_inflated` holds each part to its own."""
    total = sum(entry.size for entry in entries)
    worst = max(entries, key=lambda entry: entry.size)
    limit = _PART_BYTES if worst.size > _PART_BYTES else MOST_BYTES
    if worst.size > _PART_BYTES or total > MOST_BYTES:
        message = Text("it unpacks to more than {limit} MB", limit=limit // MEGABYTE)
        raise _flaw(file, message, worst.said if worst.size > _PART_BYTES else "", "too-large")
    for entry in entries:
        if entry.size > max(_UNSUSPECTED, _RATIO * entry.packed):
            message = Text("the part unpacks to more than {n} times its size", n=_RATIO)
            raise _flaw(file, message, entry.said, "too-large")


def _names(entries: Sequence[_Entry], file: str) -> dict[bytes, str]:
    names: dict[str, bytes] = {}
    for entry in entries:
        name = entry.said.replace("\\", "/")
        if _OUTSIDE.search(name.removesuffix("/")):
            raise _flaw(file, Text("the name of the part leads out of the package"), entry.said)
        key = name.lower()
        if key in names:
            raise _flaw(file, Text("the part stands in it twice"), entry.said)
        names[key] = entry.name
    return {raw: name for name, raw in names.items()}


def _check_local(content: bytes, entry: _Entry, follows: int, file: str) -> None:
    """Hold a part's own header, and all up to the next part, against the directory."""
    if entry.offset + _LOCAL.size > follows:
        raise _flaw(file, Text("the part overlaps another"), entry.said)
    fields = _LOCAL.unpack_from(content, entry.offset)
    name_end = entry.offset + _LOCAL.size + fields[9]
    extra = _extra(content[name_end : name_end + fields[10]])
    own = (fields[0], content[entry.offset + _LOCAL.size : name_end], *fields[2:4], fields[4:6])
    if own != (b"PK\x03\x04", entry.name, entry.flags, entry.method, entry.stamp):
        raise _disagreement(entry, file)
    packed, size, _ = _sizes(extra, fields[7], fields[8])
    declared = (entry.crc, entry.packed, entry.size)
    is_described_after = bool(entry.flags & _DESCRIBED_AFTER)
    left_open = [(0, 0, 0)] if is_described_after else []
    if (fields[6], packed, size) not in [declared, *left_open] or _NAME_EXTRA in extra:
        raise _disagreement(entry, file)
    data_end = name_end + fields[10] + entry.packed
    if data_end > follows:
        raise _flaw(file, Text("the part overlaps another"), entry.said)
    if content[data_end:follows] not in (_descriptors(entry) if is_described_after else [b""]):
        raise _flaw(file, Text("bytes that belong to no part follow the part"), entry.said)


def _disagreement(entry: _Entry, file: str) -> InputFault:
    return _flaw(file, Text("the directory and the part say different things"), entry.said)


def _descriptors(entry: _Entry) -> list[bytes]:
    """Give the four forms in which checksum and sizes may follow a part."""
    forms = [
        struct.pack("<III", entry.crc, entry.packed, entry.size),
        struct.pack("<IQQ", entry.crc, entry.packed, entry.size),
    ]
    return [signature + form for form in forms for signature in (b"PK\x07\x08", b"")]


def _inflated(content: bytes, entry: _Entry, file: str) -> bytes:
    fields = _LOCAL.unpack_from(content, entry.offset)
    start = entry.offset + _LOCAL.size + fields[9] + fields[10]
    data = content[start : start + entry.packed]
    if entry.method == _DEFLATED:
        data = _inflate(data, entry, file)
    if len(data) != entry.size or zlib.crc32(data) != entry.crc:
        raise _flaw(file, Text("the checksum or size of the part is wrong"), entry.said)
    return data


def _inflate(data: bytes, entry: _Entry, file: str) -> bytes:
    """Inflate, to at most a byte more than is declared."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        inflated = inflater.decompress(data, entry.size + 1)
    except zlib.error as error:
        raise _flaw(file, Text("the part cannot be unpacked"), entry.said) from error
    if not inflater.eof or inflater.unused_data:
        raise _flaw(file, Text("the part cannot be unpacked"), entry.said)
    return inflated
